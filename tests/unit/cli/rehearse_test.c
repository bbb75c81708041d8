/* rehearse_test.c - what a rehearsal makes of the rows of the journal, and what it finds in them */
#include "speech.h"

#include "base/must.h"
#include "cli/fields.h"
#include "cli/rehearse_findings.h"
#include "cli/rehearse_notices.h"
#include "cli/rehearse_people.h"
#include "cli/rehearse_term.h"
#include "cli/rehearse_words.h"
#include "language/document.h"

#include <stdio.h>
#include <string.h>

#define BODIES                                                                                     \
    "document: {kind: bodies, name: people, version: '1'}\n"                                       \
    "timezone: Asia/Kamchatka\n"                                                                   \
    "bodies:\n"                                                                                    \
    "  - {id: school, name: Школа № 1, parent: region}\n"                                   \
    "  - {id: region, name: Комитет, email: region@lo.invalid}\n"

static struct rehearsal r;
static struct catalog *catalog;
static struct roadmap_item items[3];
static struct definition plan;

static void open_rehearsal(void)
{
    struct rehearse_options options = {.from = CIVIL_DAY_NONE,
                                       .to = CIVIL_DAY_NONE,
                                       .start = CIVIL_DAY_NONE,
                                       .per_day = 2,
                                       .per_week = 100};
    struct definition *bodies;
    struct error err;

    speak_russian();
    catalog = catalog_create();
    cr_assert(document_parse("b", bytes_of(BODIES), catalog, &bodies, &err), "%s", err.text);
    catalog_add(catalog, &bodies, 1, 1);
    rehearsal_init(&r, &options);
    r.catalog = catalog;
    r.plans = xcalloc(1, sizeof *r.plans);
    r.plans[0].definition = &plan;
    r.plan_count = 1;
}

static void close_rehearsal(void)
{
    r.plan_count = 0; /* the plan is not ours to free */
    rehearsal_fini(&r);
    catalog_destroy(catalog);
}

TestSuite(rehearse, .init = open_rehearsal, .fini = close_rehearsal);

/* A plan of two items, the second after the first; so many windows each. */
static void make_plan(uint32_t first, uint32_t second)
{
    static char words[][24] = {"1", "2", "Первое", "май", "other", "plan", "none"};
    static char *after[] = {words[0]};

    items[0] = (struct roadmap_item){.no = words[0],
                                     .title = words[2],
                                     .due_phrase = words[3],
                                     .due_kind = DUE_WINDOW,
                                     .workflow = words[4],
                                     .window_count = first};
    items[1] = items[0];
    items[1].no = words[1];
    items[1].window_count = second;
    items[1].after = after;
    items[1].after_count = 1;
    plan = (struct definition){.kind = DEFINITION_ROADMAP, .name = words[5]};
    plan.roadmap.items = items;
    plan.roadmap.item_count = 2;
    plan.roadmap.policy = words[6];
    plan.roadmap.period = (struct window){civil_to_day((struct civil){2023, 1, 1}),
                                          civil_to_day((struct civil){2023, 12, 31})};
}

static void add(const char *text)
{
    json_t *row = json_of(text);

    rehearsal_add(&r, row);
    json_decref(row);
}

/* An occurrence of an item, in an instance of its own, with this last day. */
static void give(int instance, const char *no, int occurrence, const char *to)
{
    char text[1024];

    snprintf(text, sizeof text,
             "{'kind':'instance.started','instance':%d,'parent':1,'input':{'plan':'plan',"
             "'no':'%s','occurrence':%d}}",
             instance, no, occurrence);
    add(text);
    snprintf(text, sizeof text,
             "{'kind':'assignment.given','instance':%d,'assignment':{'task':'%d.1','instance':%d,"
             "'state':'planned','responsible':{'id':'school'},'co_executors':['region'],"
             "'controller':'region','from':'2023-05-01','to':'%s'}}",
             instance, instance, instance, to);
    add(text);
}

/* A notice to a body in Kamchatka, where 21:00 UTC is 09:00; letter 0: a letter of its own. */
static void tell(int seq, const char *task, const char *time, const char *kind, int letter)
{
    char text[512];

    snprintf(text, sizeof text,
             "{'kind':'assignment.noticed','seq':%d,'task':'%s','time':'2023-05-%s:00.000Z','to':"
             "{'id':'region'},'notice':'%s','days':%d%s%.0d}",
             seq, task, time, kind, -seq, letter ? ",'letter':" : "", letter);
    add(text);
}

static json_t *finding(size_t index)
{
    return json_array_get(r.findings, index);
}

Test(rehearse, a_term_knows_its_item)
{
    make_plan(1, 2);
    give(2, "2", 2, "2023-05-31");
    cr_assert_eq(r.term_count, 1);
    cr_assert_str_eq(term_no(&r.terms[0]), "2");
    cr_assert_str_eq(term_title(&r.terms[0]), "Первое");
    cr_assert_eq(term_occurrences(&r.terms[0]), 2);
    cr_assert_str_eq(term_responsible(&r.terms[0]), "school");
    cr_assert_str_eq(term_co_executor(&r.terms[0], 0), "region");
    cr_assert_null(term_co_executor(&r.terms[0], 1));
    char *item = rehearse_item(&r, &r.terms[0]);
    cr_assert_str_eq(item, "2 (2 из 2)");
    free(item);
}

Test(rehearse, what_an_occurrence_runs_belongs_to_its_item)
{
    make_plan(1, 1);
    add("{'kind':'instance.started','instance':7,'parent':1,'input':{'plan':'plan','no':'1',"
        "'occurrence':1}}");
    add("{'kind':'instance.started','instance':9000,'parent':7,'input':{}}");
    add("{'kind':'assignment.given','assignment':{'task':'9000.4','instance':9000,'to':"
        "'2023-05-10'}}");
    cr_assert_str_eq(term_no(&r.terms[0]), "1");
    cr_assert_not_null(rehearsal_find_term(&r, "9000.4"));
    cr_assert_null(rehearsal_find_term(&r, "9000.5"));
    cr_assert_null(rehearsal_find_term(&r, "123456.1"));
    cr_assert_null(rehearsal_find_term(&r, NULL));
}

Test(rehearse, a_term_keeps_how_it_was_given_and_how_it_stands)
{
    make_plan(1, 1);
    give(2, "1", 1, "2023-05-31");
    cr_assert(term_is_open(&r.terms[0]));
    add("{'kind':'assignment.accepted','assignment':{'task':'2.1','instance':2,'state':'accepted',"
        "'to':'2023-06-30'}}");
    cr_assert_eq(r.term_count, 1);
    cr_assert_not(term_is_open(&r.terms[0]));
    cr_assert_eq(r.terms[0].to, civil_to_day((struct civil){2023, 5, 31}));
}

Test(rehearse, what_is_due_before_what_it_depends_on_is_found)
{
    make_plan(1, 1);
    give(2, "1", 1, "2023-05-31");
    give(3, "2", 1, "2023-05-30");
    rehearsal_finish(&r);
    rehearse_find_order(&r);
    cr_assert_eq(json_array_size(r.findings), 1);
    char *sentence = rehearse_finding_sentence(&r, finding(0));
    cr_assert_str_eq(sentence, "п. 2: срок 30 мая 2023 г. — раньше, чем у того, от чего зависит: "
                               "п. 1, срок 31 мая 2023 г.");
    free(sentence);
}

Test(rehearse, what_is_due_on_the_same_day_is_in_order)
{
    make_plan(1, 1);
    give(2, "1", 1, "2023-05-31");
    give(3, "2", 1, "2023-05-31");
    rehearsal_finish(&r);
    rehearse_find_order(&r);
    cr_assert_eq(json_array_size(r.findings), 0);
}

Test(rehearse, occurrences_depend_on_those_of_the_same_number)
{
    make_plan(2, 2);
    give(2, "1", 1, "2023-03-31");
    give(3, "1", 2, "2023-06-30");
    give(4, "2", 1, "2023-04-30");
    give(5, "2", 2, "2023-05-31");
    rehearsal_finish(&r);
    rehearse_find_order(&r);
    cr_assert_eq(json_array_size(r.findings), 1);
    cr_assert_eq(field_number(finding(0), "occurrence"), 2);
    cr_assert_eq(field_number(json_object_get(finding(0), "after"), "occurrence"), 2);
}

Test(rehearse, what_is_due_once_comes_before_every_occurrence)
{
    make_plan(1, 2);
    give(2, "1", 1, "2023-05-31");
    give(3, "2", 1, "2023-04-30");
    give(4, "2", 2, "2023-06-30");
    rehearsal_finish(&r);
    rehearse_find_order(&r);
    cr_assert_eq(json_array_size(r.findings), 1);
    cr_assert_eq(field_number(finding(0), "occurrence"), 1);
}

Test(rehearse, co_executors_have_the_term_too)
{
    make_plan(1, 1);
    give(2, "1", 1, "2023-05-31");
    give(3, "2", 1, "2023-05-31");
    rehearsal_finish(&r);
    rehearse_find_loads(&r);
    cr_assert_eq(json_array_size(r.findings), 2);
    cr_assert_str_eq(field_text(finding(0), "body"), "region");
    cr_assert_eq(field_number(finding(0), "responsible"), 0);
    cr_assert_eq(field_number(finding(1), "responsible"), 2);
    char *sentence = rehearse_finding_sentence(&r, finding(0));
    cr_assert_str_eq(sentence, "31 мая 2023 г., Комитет: 2 срока (ответственный — 0): 1, 2");
    free(sentence);
}

Test(rehearse, only_what_lies_in_the_asked_days_is_found)
{
    make_plan(1, 1);
    give(2, "1", 1, "2023-05-31");
    give(3, "2", 1, "2023-05-30");
    tell(7, "2.1", "30T21:00", "today", 0);
    rehearsal_finish(&r);
    rehearse_findings(&r);
    size_t all = json_array_size(r.findings);
    cr_assert_gt(all, 1);
    cr_assert_eq(r.unseen, 0);
    json_array_clear(r.findings);
    r.options.from = civil_to_day((struct civil){2030, 1, 1});
    r.options.to = civil_to_day((struct civil){2030, 2, 1});
    rehearse_findings(&r);
    cr_assert_eq(json_array_size(r.findings), 0);
    cr_assert_eq(r.unseen, all);
    r.first = r.options.from;
    r.last = r.options.to;
    char *sentence = rehearse_outside_sentence(&r);
    cr_assert_not_null(strstr(sentence, "Показан период: 1 января 2030 г. – 1 февраля 2030 г.; вне "
                                        "периода: 2 срока, 1 письмо, "));
    free(sentence);
}

Test(rehearse, a_span_is_told_of_when_one_of_its_days_is)
{
    civil_day may = civil_to_day((struct civil){2023, 5, 1});

    r.options.from = may;
    r.options.to = may + 30;
    cr_assert(rehearsal_tells_span(&r, (struct window){may - 10, may}));
    cr_assert(rehearsal_tells_span(&r, (struct window){may + 30, may + 90}));
    cr_assert(rehearsal_tells_span(&r, (struct window){may - 10, may + 90}));
    cr_assert(rehearsal_tells_span(&r, (struct window){CIVIL_DAY_NONE, may + 3}));
    cr_assert_not(rehearsal_tells_span(&r, (struct window){may - 10, may - 1}));
    cr_assert_not(rehearsal_tells_span(&r, (struct window){may + 31, may + 90}));
    cr_assert_not(rehearsal_tells_span(&r, (struct window){CIVIL_DAY_NONE, may + 31}));
}

/* 4 November 2023 was a Saturday, and is a holiday by law in any year. */
Test(rehearse, a_day_off_is_told_with_where_the_term_went)
{
    make_plan(1, 1);
    add("{'kind':'instance.started','instance':2,'parent':1,'input':{'plan':'plan','no':'1',"
        "'occurrence':1}}");
    add("{'kind':'assignment.given','assignment':{'task':'2.1','instance':2,'responsible':'school',"
        "'from':'2023-10-01','to':'2023-11-03','literal_to':'2023-11-04'}}");
    rehearsal_finish(&r);
    rehearse_find_days_off(&r);
    cr_assert_eq(json_array_size(r.findings), 1);
    char *sentence = rehearse_finding_sentence(&r, finding(0));
    cr_assert_str_eq(sentence,
                     "4 ноября 2023 г., суббота — праздник: срок перенесён на 3 ноября 2023 г.: 1");
    free(sentence);
    rehearse_find_years(&r);
    sentence = rehearse_finding_sentence(&r, finding(1));
    cr_assert_str_eq(sentence, "календарь на 2023 год не утверждён: учтены только праздники по "
                               "ст. 112 ТК РФ; в этом году 1 срок");
    free(sentence);
}

Test(rehearse, people_act_in_the_last_minute_of_the_last_day_where_they_are)
{
    make_plan(1, 1);
    give(2, "1", 1, "2023-05-31");
    /* 23:59 in Kamchatka, UTC+12 */
    int64_t last_ms = (int64_t)civil_to_day((struct civil){2023, 5, 31}) * 86400000 +
                      (24 * 60 - 1 - 12 * 60) * 60000;
    cr_assert_eq(rehearse_people_next(&r), last_ms);
    r.terms[0].acts_ms = 0;
    r.options.people = PEOPLE_LATE;
    r.options.late_days = 3;
    cr_assert_eq(rehearse_people_next(&r), last_ms + 3 * 86400000);
    r.terms[0].acts_ms = 0;
    r.options.people = PEOPLE_NOBODY;
    cr_assert_eq(rehearse_people_next(&r), INT64_MAX);
}

struct deaf {
    char log[512];
    const char *refused;
};

static json_t *answer(void *arg, const char *verb, json_t *request, struct error *err)
{
    struct deaf *deaf = arg;
    const char *action = field_text(request, "action");
    bool good = deaf->refused == NULL || strcmp(deaf->refused, action) != 0;

    snprintf(deaf->log + strlen(deaf->log), sizeof deaf->log - strlen(deaf->log), "%s %s by %s; ",
             verb, action, field_text(request, "by"));
    json_decref(request);
    if (!good) {
        error_set(err, ERROR_REFUSED, "no");
    }
    return good ? json_object() : NULL;
}

Test(rehearse, people_report_once_and_the_controller_accepts)
{
    struct deaf deaf = {0};

    make_plan(1, 1);
    give(2, "1", 1, "2023-05-31");
    int64_t when_ms = rehearse_people_next(&r);
    cr_assert_not(rehearse_people_act(&r, when_ms - 1, answer, &deaf));
    cr_assert(rehearse_people_act(&r, when_ms, answer, &deaf));
    cr_assert_not(rehearse_people_act(&r, when_ms, answer, &deaf));
    cr_assert_str_eq(deaf.log, "ASSIGNMENT report by school; ASSIGNMENT accept by region; ");
    cr_assert_eq(rehearse_people_next(&r), INT64_MAX);
}

Test(rehearse, what_people_are_refused_is_found)
{
    struct deaf deaf = {.refused = "accept"};

    make_plan(1, 1);
    give(2, "1", 1, "2023-05-31");
    rehearse_people_act(&r, rehearse_people_next(&r), answer, &deaf);
    rehearsal_finish(&r);
    rehearse_findings(&r);
    char *sentence = rehearse_finding_sentence(&r, finding(0));
    cr_assert_str_eq(sentence, "п. 1: отчёт не принят (Комитет): no");
    free(sentence);
}

Test(rehearse, letters_are_grouped_by_the_day_of_the_recipient)
{
    make_plan(1, 1);
    give(2, "1", 1, "2023-05-31");
    /* 21:00 UTC is the next day in Kamchatka */
    add("{'kind':'assignment.noticed','seq':7,'task':'2.1','time':'2023-05-20T21:00:00.000Z',"
        "'to':{'id':'school'},'notice':'reminder','days':-10,'working':false}");
    add("{'kind':'assignment.noticed','seq':8,'task':'2.1','time':'2023-05-20T21:00:00.000Z',"
        "'to':{'id':'region'},'notice':'opened','days':0}");
    add("{'kind':'task.opened','task_kind':'call','task':'2.4','time':'2023-05-20T21:00:00.000Z'}");
    rehearsal_finish(&r);
    cr_assert_eq(r.notice_count, 2);
    cr_assert_eq(r.notices[0].day, civil_to_day((struct civil){2023, 5, 21}));
    cr_assert_eq(r.notices[0].minute, 9 * 60);
    cr_assert_str_eq(r.notices[0].to, "region");
    cr_assert_eq(rehearse_notices_group(&r, 0), 1);
    cr_assert_eq(r.notices[1].term, 0);
    char *words = rehearse_notice(&r.notices[1]);
    cr_assert_str_eq(words, "напоминание за 10 дней");
    free(words);
    cr_assert_eq(rehearsal_count(&r).letters, 2);
    rehearse_findings(&r);
    json_t *last = finding(json_array_size(r.findings) - 1);
    cr_assert_str_eq(field_text(last, "kind"), "no-address");
    cr_assert_str_eq(field_text(last, "body"), "school");
}

static void check_group(uint32_t first, uint32_t size, const char *to, const char *about)
{
    cr_assert_eq(rehearse_notices_group(&r, first), size);
    char *recipient = rehearse_recipient(&r, &r.notices[first], size);
    char *words = rehearse_about(&r, &r.notices[first], size);
    cr_assert_str_eq(recipient, to);
    cr_assert_str_eq(words, about);
    free(words);
    free(recipient);
}

Test(rehearse, two_letters_of_a_day_are_two_rows_in_the_order_of_their_hours)
{
    make_plan(1, 1);
    give(2, "1", 1, "2023-05-31");
    give(3, "2", 1, "2023-05-31");
    tell(7, "2.1", "31T11:59", "opened", 0);
    tell(8, "3.1", "30T21:00", "today", 40);
    tell(9, "2.1", "30T21:00", "today", 40);
    rehearsal_finish(&r);
    cr_assert_eq(r.notices[0].minute, 9 * 60);
    check_group(0, 2, "Комитет", "срок сегодня: 1, 2");
    cr_assert_eq(r.notices[2].minute, 23 * 60 + 59);
    check_group(2, 1, "Комитет", "поручение дано: 1");
    cr_assert_eq(rehearsal_count(&r).letters, 2);
}

Test(rehearse, what_is_told_several_times_is_said_once)
{
    make_plan(1, 2);
    give(2, "2", 1, "2023-05-31");
    for (int seq = 7; seq < 10; seq++) {
        tell(seq, "2.1", "31T11:59", "part", 0);
    }
    rehearsal_finish(&r);
    check_group(0, 3, "Комитет (3 письма)", "ответ соисполнителя: 2 (1 из 2) ×3");
}

Test(rehearse, who_is_written_to_for_another_is_told_so)
{
    make_plan(1, 1);
    give(2, "1", 1, "2023-05-31");
    add("{'kind':'assignment.noticed','seq':7,'task':'2.1','time':'2023-05-31T06:00:00.000Z','to':"
        "{'id':'region'},'for':{'id':'school'},'notice':'today','days':0}");
    rehearsal_finish(&r);
    check_group(0, 1, "Комитет", "срок сегодня (вместо: Школа № 1): 1");
}

Test(rehearse, the_letter_of_a_day_leaves_at_its_hour_with_all_that_was_gathered)
{
    make_plan(1, 1);
    give(2, "1", 1, "2023-05-31");
    add("{'kind':'assignment.noticed','seq':7,'task':'2.1','time':'2023-05-19T12:00:00.000Z',"
        "'to':{'id':'region'},'for':{'id':'school'},'notice':'overdue','days':2,'working':true,"
        "'letter':40}");
    add("{'kind':'assignment.noticed','seq':8,'task':'2.1','time':'2023-05-19T13:00:00.000Z',"
        "'to':{'id':'region'},'notice':'opened','days':0,'letter':40}");
    add("{'kind':'task.opened','task_kind':'notice','instance':41,'task':'41.2',"
        "'time':'2023-05-20T20:00:00.000Z'}");
    add("{'kind':'task.opened','task_kind':'notice','instance':40,'task':'40.2',"
        "'time':'2023-05-20T21:00:00.000Z'}");
    rehearsal_finish(&r);
    cr_assert_eq(rehearsal_count(&r).notices, 2);
    cr_assert_eq(rehearsal_count(&r).letters, 1);
    cr_assert_eq(r.notices[1].day, civil_to_day((struct civil){2023, 5, 21}));
    cr_assert_eq(r.notices[1].minute, 9 * 60);
    char *words = rehearse_notice(&r.notices[1]);
    cr_assert_str_eq(words, "просрочено на 2 рабочих дня");
    free(words);
}

Test(rehearse, co_executors_answer_first_and_on_their_own_days)
{
    struct deaf deaf = {0};

    make_plan(1, 1);
    give(2, "1", 1, "2023-05-31");
    add("{'kind':'assignment.step','assignment':{'task':'2.1','instance':2,'state':'open',"
        "'decider':'region','to':'2023-05-31','parts':[{'body':'region','state':'open','to':"
        "'2023-05-31'},{'body':{'id':'school'},'state':'open','to':'2023-05-20'},"
        "{'body':'school','state':'answered','to':'2023-05-10'}]}}");
    int64_t early_ms = rehearse_people_next(&r);
    cr_assert(rehearse_people_act(&r, early_ms, answer, &deaf));
    cr_assert_str_eq(deaf.log, "ASSIGNMENT report by school; ");
    int64_t last_ms = rehearse_people_next(&r);
    cr_assert_eq(last_ms - early_ms, 11 * (int64_t)86400000);
    cr_assert(rehearse_people_act(&r, last_ms, answer, &deaf));
    cr_assert_str_eq(deaf.log, "ASSIGNMENT report by school; ASSIGNMENT report by region; "
                               "ASSIGNMENT report by school; ASSIGNMENT accept by region; ");
    cr_assert_eq(rehearse_people_next(&r), INT64_MAX);
}
