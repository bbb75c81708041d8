/* scoring_test.c - results of a diagnosis and thresholds -> deficits */
#include "workers/diagnostics/scoring.h"

#include <criterion/criterion.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* JSON with single quotes. */
static json_t *score(const char *text, struct error *err)
{
    char *copy = strdup(text);

    for (char *c = copy; *c != '\0'; c++) {
        *c = *c == '\'' ? '"' : *c;
    }
    json_t *output = scoring_score(bytes_of(copy), err);
    free(copy);
    return output;
}

static void gives(const char *input, const char *expected)
{
    struct error err = ERROR_INIT;
    json_t *output = score(input, &err);
    char *wanted = strdup(expected);

    for (char *c = wanted; *c != '\0'; c++) {
        *c = *c == '\'' ? '"' : *c;
    }
    cr_assert(output != NULL, "%s", err.text);
    char *got = json_dumps(output, JSON_COMPACT | JSON_REAL_PRECISION(15));
    cr_expect_str_eq(got, wanted, "%s\nnot\n%s", got, wanted);
    free(got);
    free(wanted);
    json_decref(output);
}

static void refuses(const char *input, const char *about)
{
    struct error err = ERROR_INIT;
    json_t *output = score(input, &err);

    cr_assert(output == NULL, "%s", input);
    cr_expect_eq(err.code, ERROR_INVALID);
    cr_expect(strstr(err.text, about) != NULL, "%s: %s", input, err.text);
}

Test(scoring, below_the_threshold_is_a_deficit_and_at_it_is_none)
{
    gives("{'teacher':{'id':'t-1'},'results':[{'competence':'a','title':'Методика','score':21,'max'"
          ":50},"
          "{'competence':'b','score':60}],'thresholds':{'default':60}}",
          "{'deficits':[{'competence':'a','title':'Методика','score':42,'threshold':60,'gap':18,"
          "'level':'ниже базового'}],'level':'ниже базового','strong':[],'explanation':["
          "'«Методика»: результат 42 % при пороге 60 %, не хватает 18 п. п.; уровень — ниже "
          "базового.']}");
}

Test(scoring, nothing_below_is_said_so)
{
    gives(
        "{'results':[{'competence':'a','score':95},{'competence':'b','score':80}]}",
        "{'deficits':[],'level':'повышенный','strong':[{'competence':'a','title':'a','score':95}],"
        "'explanation':['Дефициты не выявлены: все результаты не ниже порогов.']}");
}

Test(scoring, thresholds_of_a_competence_come_before_the_default)
{
    gives("{'results':[{'competence':'a','score':70},{'competence':'b','score':92}],"
          "'thresholds':{'default':50,'b':95}}",
          "{'deficits':[{'competence':'b','title':'b','score':92,'threshold':95,'gap':3,'level':'"
          "высокий'}],"
          "'level':'базовый','strong':[],'explanation':['«b»: результат 92 % при пороге 95 %, не "
          "хватает 3 "
          "п. п.; уровень — высокий.']}");
}

Test(scoring, the_widest_gap_comes_first_and_equal_ones_keep_their_order)
{
    struct error err = ERROR_INIT;
    json_t *output =
        score("{'results':[{'competence':'x','score':50},{'competence':'y','score':10},"
              "{'competence':'z','score':50}]}",
              &err);
    const char *order[] = {"y", "x", "z"};

    for (size_t i = 0; i < 3; i++) {
        const json_t *deficit = json_array_get(json_object_get(output, "deficits"), i);
        cr_expect_str_eq(json_string_value(json_object_get(deficit, "competence")), order[i]);
    }
    json_decref(output);
}

static void level(const char *members, double number, const char *expected)
{
    char input[256];
    struct error err = ERROR_INIT;

    snprintf(input, sizeof input,
             "{%s'results':[{'competence':'a','score':%g}],'thresholds':{'a':0}}", members, number);
    json_t *output = score(input, &err);
    cr_assert(output != NULL, "%s", err.text);
    cr_expect_str_eq(json_string_value(json_object_get(output, "level")), expected, "%g", number);
    json_decref(output);
}

Test(scoring, levels_begin_at_their_borders)
{
    level("", 0, "ниже базового");
    level("", 59.9, "ниже базового");
    level("", 60, "базовый");
    level("", 74.9, "базовый");
    level("", 75, "повышенный");
    level("", 89.9, "повышенный");
    level("", 90, "высокий");
    level("", 100, "высокий");
    level("'levels':{'base':40,'high':80},", 40, "базовый");
    level("'levels':{'base':40,'high':80},", 80, "высокий");
}

Test(scoring, what_is_shown_is_what_was_compared)
{
    /* 59.96 is 60 when rounded to a tenth */
    gives("{'results':[{'competence':'a','score':59.96},{'competence':'b','score':1,'max':3}]}",
          "{'deficits':[{'competence':'b','title':'b','score':33.3,'threshold':60,'gap':26.7,"
          "'level':'ниже базового'}],'level':'ниже базового','strong':[],'explanation':["
          "'«b»: результат 33,3 % при пороге 60 %, не хватает 26,7 п. п.; уровень — ниже "
          "базового.']}");
}

Test(scoring, bad_input_is_refused_with_a_sentence)
{
    refuses("", "не объект JSON");
    refuses("[]", "не объект JSON");
    refuses("{}", "results");
    refuses("{'results':[]}", "results");
    refuses("{'results':{}}", "results");
    refuses("{'results':[7]}", "№ 1");
    refuses("{'results':[{'competence':'a','score':1},{'score':1}]}", "№ 2");
    refuses("{'results':[{'competence':'','score':1}]}", "№ 1");
    refuses("{'results':[{'competence':'a','title':1,'score':1}]}", "title");
    refuses("{'results':[{'competence':'a'}]}", "score");
    refuses("{'results':[{'competence':'a','score':-1}]}", "score");
    refuses("{'results':[{'competence':'a','score':100.1}]}", "score");
    refuses("{'results':[{'competence':'a','score':6,'max':5}]}", "score");
    refuses("{'results':[{'competence':'a','score':0,'max':0}]}", "max");
    refuses("{'results':[{'competence':'a','score':1,'max':'5'}]}", "max");
    refuses("{'results':[{'competence':'a','score':1},{'competence':'a','score':2}]}",
            "два результата");
    refuses("{'results':[{'competence':'a','score':1}],'thresholds':[60]}", "thresholds");
    refuses("{'results':[{'competence':'a','score':1}],'thresholds':{'a':101}}", "порог");
    refuses("{'results':[{'competence':'a','score':1}],'levels':{'base':80}}", "границы");
    refuses("{'results':[{'competence':'a','score':1}],'levels':{'base':'x'}}", "base");
}

static bool takes(int count)
{
    struct buffer text = BUFFER_INIT;
    struct error err = ERROR_INIT;
    char one[64];

    buffer_text(&text, "{\"results\":[");
    for (int i = 0; i < count; i++) {
        snprintf(one, sizeof one, "%s{\"competence\":\"c%d\",\"score\":1}", i > 0 ? "," : "", i);
        buffer_text(&text, one);
    }
    buffer_text(&text, "]}");
    json_t *output = scoring_score(buffer_bytes(&text), &err);
    bool good = output != NULL;
    json_decref(output);
    buffer_fini(&text);
    return good;
}

Test(scoring, as_many_results_as_are_allowed_and_one_more)
{
    cr_expect(takes(SCORING_RESULTS_MAX));
    cr_expect(!takes(SCORING_RESULTS_MAX + 1));
}
