/* inquiry_test.c - for whom a route is to be planned */
#include "workers/route-planner/inquiry.h"

#include "sample.h"

#include <criterion/criterion.h>
#include <stdlib.h>
#include <string.h>

Test(inquiry, what_diagnostics_gives_is_taken)
{
    struct inquiry q;

    sample_inquiry(
        &q, "{'deficits':[{'competence':'a','title':'A','score':42.5,'threshold':60,'gap':17.5,"
            "'level':'базовый'},{'competence':'b'}],'level':'базовый','strong':[]}");
    cr_expect_eq(q.need_count, 2);
    cr_expect_str_eq(q.needs[0].title, "A");
    cr_expect_str_eq(q.needs[0].level, "базовый");
    cr_expect_str_eq(q.needs[1].title, "b");
    cr_expect(q.needs[1].score == NULL && !q.needs[0].failed);
    cr_expect(q.hours_max == INQUIRY_HOURS_NO_MAX && q.start == CIVIL_DAY_NONE && !q.young);
    inquiry_fini(&q);
}

Test(inquiry, first_years_end_with_the_third)
{
    struct inquiry q;

    sample_inquiry(&q, "{'deficits':[],'teacher':{'experience_years':2.5,'municipality':'Р'}}");
    cr_expect(q.young && strcmp(q.municipality, "Р") == 0);
    inquiry_fini(&q);
    sample_inquiry(&q, "{'deficits':[],'teacher':{'experience_years':3}}");
    cr_expect(!q.young);
    inquiry_fini(&q);
}

Test(inquiry, without_a_list_all_that_is_still_a_deficit_has_failed)
{
    struct inquiry q;

    sample_inquiry(
        &q, "{'deficits':[{'competence':'a'},{'competence':'b'}],'previous':{'elements':[]}}");
    cr_expect(q.needs[0].failed && q.needs[1].failed);
    inquiry_fini(&q);
    sample_inquiry(
        &q, "{'deficits':[{'competence':'a'},{'competence':'b'}],'previous':{'elements':"
            "[{'kind':'site','id':'s','competence':'b','hours':5}],'failed':['b','other']}}");
    cr_expect(!q.needs[0].failed && q.needs[1].failed);
    cr_expect(inquiry_tried(&q, "s") && !inquiry_tried(&q, "t"));
    cr_expect(q.past[0].kind == KIND_SITE && q.past[0].hours == 5);
    inquiry_fini(&q);
}

static void refuses(const char *text, const char *about)
{
    struct inquiry q;
    struct error err = ERROR_INIT;
    char *copy = strdup(text);

    for (char *c = copy; *c != '\0'; c++) {
        *c = *c == '\'' ? '"' : *c;
    }
    cr_expect(!inquiry_read(bytes_of(copy), &q, &err), "%s", text);
    cr_expect_eq(err.code, ERROR_INVALID);
    cr_expect(strstr(err.text, about) != NULL, "%s: %s", text, err.text);
    inquiry_fini(&q);
    free(copy);
}

Test(inquiry, bad_input_is_refused_with_a_sentence)
{
    refuses("", "не объект JSON");
    refuses("{}", "deficits");
    refuses("{'deficits':{}}", "deficits");
    refuses("{'deficits':[1]}", "№ 1");
    refuses("{'deficits':[{'competence':'a'},{'competence':''}]}", "№ 2");
    refuses("{'deficits':[{'competence':'a','title':1}]}", "title");
    refuses("{'deficits':[{'competence':'a'},{'competence':'a'}]}", "дважды");
    refuses("{'deficits':[],'previous':{}}", "previous");
    refuses("{'deficits':[],'previous':{'elements':[{}]}}", "№ 1");
    refuses("{'deficits':[],'previous':{'elements':[{'kind':'x','id':'i','competence':'c'}]}}",
            "kind");
    refuses("{'deficits':[],'previous':{'elements':[{'kind':'site','id':'i','competence':'c','"
            "hours':-1}]}}",
            "hours");
    refuses("{'deficits':[],'previous':{'elements':[],'failed':'c'}}", "failed");
    refuses("{'deficits':[],'previous':{'elements':[],'failed':[1]}}", "failed");
    refuses("{'deficits':[],'teacher':1}", "teacher");
    refuses("{'deficits':[],'teacher':{'experience_years':'2'}}", "experience_years");
    refuses("{'deficits':[],'hours_max':-1}", "hours_max");
    refuses("{'deficits':[],'hours_max':1.5}", "hours_max");
    refuses("{'deficits':[],'start':'1 февраля'}", "start");
    refuses("{'deficits':[],'taken':{'p':-1}}", "p");
    refuses("{'deficits':[],'taken':[]}", "taken");
}
