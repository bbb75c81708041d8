/* term_test.c - terms of assignments in the calendar of their body: words, days off, pauses */
#include "engine/core/term.h"

#include "language/document.h"

#include <criterion/criterion.h>
#include <stdio.h>
#include <string.h>

static struct catalog *catalog;
static struct arena arena;
static struct world world;
static struct error err;

static struct urgency urgencies[] = {{"срочно", {3, true}, "s"}, {"сегодня", {0, false}, "s"}};
static struct policy policy = {.urgencies = urgencies, .urgency_count = 2};

static void deploy(const char *yaml)
{
    struct definition *definition = NULL;
    uint32_t number = catalog_next_number(catalog);

    cr_assert(document_parse("t.yaml", bytes_of(yaml), NULL, &definition, &err), "%d: %s", err.line,
              err.text);
    catalog_add(catalog, &definition, number, number);
}

static void set_up(void)
{
    catalog = catalog_create();
    world = (struct world){.catalog = catalog, .arena = &arena};
    deploy("document: {kind: calendar, name: ru, version: '1'}\nweek: five-day\nholidays:\n"
           "  - {day: 05-01, title: M}\n  - {day: 05-09, title: V}\nyears:\n"
           "  - {year: 2023, source: d, transfers: [{from: 2023-01-08, to: 2023-05-08}]}\n");
    deploy("document: {kind: calendar, name: six, version: '1'}\nextends: ru\nweek: six-day\n");
    deploy("document: {kind: bodies, name: b, version: '1'}\ntimezone: Europe/Moscow\nbodies:\n"
           "  - {id: a, name: A}\n  - {id: school, name: S, calendar: six, timezone: "
           "Asia/Kamchatka}\n");
    policy.shift = SHIFT_PREVIOUS;
    policy.soon = (struct days){0, false};
    policy.rung_count = 0;
}

static void tear_down(void)
{
    catalog_destroy(catalog);
    arena_fini(&arena);
}

TestSuite(term, .init = set_up, .fini = tear_down);

static civil_day day(const char *text)
{
    civil_day d;

    cr_assert(civil_parse(bytes_of(text), &d));
    return d;
}

static void is_day(civil_day d, const char *text)
{
    char is[CIVIL_TEXT_MAX] = "none";

    if (d != CIVIL_DAY_NONE) {
        civil_print(d, is);
    }
    cr_assert_str_eq(is, text);
}

/* By the calendar of this body, on this day. */
static struct term_rules rules_of(const char *body, const char *today)
{
    world.now_ms = (int64_t)day(today) * 86400000 + 36000000;
    return term_rules(&world, &policy, bytes_of(body));
}

static bool reads(const struct term_rules *rules, const char *due, struct term_reading *ret_term)
{
    json_t *json = json_loads(due, JSON_DECODE_ANY, NULL);

    err = ERROR_INIT;
    cr_assert_not_null(json, "%s", due);
    bool good = term_read(rules, json, ret_term, &err);
    json_decref(json);
    return good;
}

static void term_is(const char *due, const char *from, const char *literal, const char *to)
{
    struct term_rules rules = rules_of("a", "2023-04-27");
    struct term_reading term;

    cr_assert(reads(&rules, due, &term), "%s: %s", due, err.text);
    is_day(term.from, from);
    is_day(term.literal, literal);
    is_day(term.to, to);
}

static void refused(const char *due, const char *said)
{
    struct term_rules rules = rules_of("a", "2023-04-27");
    struct term_reading term = {1, 2, 3};

    cr_assert_not(reads(&rules, due, &term), "%s", due);
    cr_assert_not_null(strstr(err.text, said), "\"%s\" is not in: %s", said, err.text);
    cr_assert(term.from == 1 && term.literal == 2 && term.to == 3, "outputs stay untouched");
}

/* --- words ------------------------------------------------------------------------------------ */

Test(term, dates_are_as_they_are_written)
{
    term_is("{\"from\":\"2023-04-03\",\"to\":\"2023-05-10\"}", "2023-04-03", "2023-05-10",
            "2023-05-10");
    term_is("{\"from\":\"2023-04-03\",\"to\":\"2023-04-03\"}", "2023-04-03", "2023-04-03",
            "2023-04-03");
}

Test(term, the_day_it_is_counted_from_is_not_counted)
{
    term_is("{\"days\":1}", "2023-04-27", "2023-04-28", "2023-04-28");
    term_is("{\"days\":0}", "2023-04-27", "2023-04-27", "2023-04-27");
    term_is("{\"days\":10,\"working\":false,\"since\":\"2023-03-01\"}", "2023-03-01", "2023-03-11",
            "2023-03-10");
    term_is("{\"days\":1,\"working\":true,\"since\":\"2023-04-28\"}", "2023-04-28", "2023-05-02",
            "2023-05-02");
    term_is("{\"days\":3,\"working\":true,\"since\":null,\"from\":\"2023-04-20\"}", "2023-04-20",
            "2023-05-03", "2023-05-03");
}

Test(term, a_word_is_what_the_policy_says_it_is)
{
    term_is("{\"word\":\"срочно\"}", "2023-04-27", "2023-05-03", "2023-05-03");
    term_is("{\"word\":\"сегодня\",\"since\":\"2023-05-10\"}", "2023-05-10", "2023-05-10",
            "2023-05-10");
}

Test(term, what_is_no_term_is_refused_with_a_sentence)
{
    refused("{}", "due.from must be a date");
    refused("null", "due.from must be a date");
    refused("\"2023-04-03\"", "due.from must be a date");
    refused("{\"from\":\"2023-04-03\"}", "due.to must be a date");
    refused("{\"from\":\"2023-04-31\",\"to\":\"2023-05-01\"}", "due.from must be a date");
    refused("{\"from\":\"2023-05-02\",\"to\":\"2023-05-01\"}", "ends before it starts");
    refused("{\"days\":1,\"from\":\"2023-05-29\"}", "ends before it starts");
    refused("{\"days\":-1}", "a number of days, up to 3660");
    refused("{\"days\":3661}", "a number of days, up to 3660");
    refused("{\"days\":\"10\"}", "a number of days, up to 3660");
    refused("{\"days\":1.5}", "a number of days, up to 3660");
    refused("{\"days\":1,\"working\":\"yes\"}", "true or false");
    refused("{\"days\":1,\"since\":20230401}", "due.since must be a date");
    refused("{\"word\":\"скоро\"}", "no term for the word \"скоро\"");
}

/* --- phrases ---------------------------------------------------------------------------------- */

/* The words of a phrase, with more fields; given on Thursday 27 April 2023. */
static void phrase_is(const char *phrase, const char *more, const char *from, const char *literal)
{
    struct term_rules rules = rules_of("a", "2023-04-27");
    struct term_reading term;
    char due[512];

    snprintf(due, sizeof due, "{\"phrase\":\"%s\"%s}", phrase, more);
    cr_assert(reads(&rules, due, &term), "%s: %s", due, err.text);
    is_day(term.from, from);
    is_day(term.literal, literal);
}

Test(term, the_words_of_a_document_give_its_window)
{
    phrase_is("до 15 августа 2023 года", "", "2023-04-27", "2023-08-15");
    phrase_is("до 15 августа", "", "2023-04-27", "2023-08-15");
    phrase_is("до 15 августа", ",\"year\":2024", "2023-04-27", "2024-08-15");
    phrase_is("31 мая 2023 года", "", "2023-04-27", "2023-05-31");
    phrase_is("сентябрь 2023 года", "", "2023-09-01", "2023-09-30");
    phrase_is("апрель 2023 года", "", "2023-04-27", "2023-04-30");
    phrase_is("февраль 2023 года", "", "2023-02-01", "2023-02-28");
    phrase_is("сентябрь 2023 года", ",\"from\":\"2023-09-10\"", "2023-09-10", "2023-09-30");
    phrase_is("сентябрь", ",\"year\":null,\"signed\":null,\"since\":null", "2023-09-01",
              "2023-09-30");
}

Test(term, of_what_repeats_the_next_is_meant)
{
    phrase_is("ежеквартально", "", "2023-04-27", "2023-06-30");
    phrase_is("1, 2 полугодие", "", "2023-04-27", "2023-06-30");
    phrase_is("1, 2 полугодие", ",\"since\":\"2023-07-10\"", "2023-07-10", "2023-12-31");
    phrase_is("1, 2 полугодие", ",\"since\":\"2023-06-30\"", "2023-06-30", "2023-06-30");
    phrase_is("до 1 марта ежегодно", "", "2023-04-27", "2024-03-01");
}

Test(term, what_runs_from_an_event_is_counted_from_it)
{
    phrase_is("в течение 10 рабочих дней со дня получения запроса", "", "2023-04-27", "2023-05-16");
    phrase_is("в течение 10 дней со дня получения запроса", ",\"since\":\"2023-05-01\"",
              "2023-05-01", "2023-05-11");
    phrase_is("в течение двух недель со дня получения запроса", "", "2023-04-27", "2023-05-11");
    phrase_is("в течение месяца со дня получения запроса", ",\"since\":\"2023-01-31\"",
              "2023-01-31", "2023-02-28");
    phrase_is("в течение года со дня получения запроса", ",\"since\":\"2024-02-29\"", "2024-02-29",
              "2025-02-28");
}

Test(term, what_comes_before_an_event_needs_its_day)
{
    phrase_is("не позднее чем за 45 дней до начала",
              ",\"since\":\"2023-09-01\",\"from\":\"2023-06-01\"", "2023-06-01", "2023-07-18");
    refused("{\"phrase\":\"не позднее чем за 45 дней до начала\"}", "gives no day");
}

Test(term, a_phrase_that_gives_no_day_is_refused)
{
    refused("{\"phrase\":\"по мере необходимости\"}", "gives no day: \"по мере");
    refused("{\"phrase\":\"по отдельному плану\"}", "gives no day");
    refused("{\"phrase\":\"как получится\"}", "is not understood: ");
    refused("{\"phrase\":\"до 31 февраля 2023 года\"}", "is not understood: ");
    refused("{\"phrase\":5}", "is not understood: it is no text");
    refused("{\"phrase\":\"сентябрь\",\"year\":\"2023\"}", "a year like 2023");
    refused("{\"phrase\":\"сентябрь\",\"year\":23}", "a year like 2023");
    refused("{\"phrase\":\"сентябрь\",\"signed\":\"2023\"}", "due.signed must be a date");
    refused("{\"phrase\":\"сентябрь 2022 года\",\"from\":\"2023-01-01\"}", "ends before it starts");
}

/* --- days off --------------------------------------------------------------------------------- */

Test(term, a_last_day_that_is_off_goes_where_the_policy_says)
{
    static const char due[] = "{\"from\":\"2023-04-03\",\"to\":\"2023-05-07\"}";

    term_is(due, "2023-04-03", "2023-05-07", "2023-05-05");
    policy.shift = SHIFT_NEXT;
    term_is(due, "2023-04-03", "2023-05-07", "2023-05-10");
    policy.shift = SHIFT_KEEP;
    term_is(due, "2023-04-03", "2023-05-07", "2023-05-07");
}

Test(term, no_term_moves_before_its_first_day)
{
    term_is("{\"from\":\"2023-05-06\",\"to\":\"2023-05-07\"}", "2023-05-06", "2023-05-07",
            "2023-05-07");
    term_is("{\"from\":\"2023-05-05\",\"to\":\"2023-05-07\"}", "2023-05-05", "2023-05-07",
            "2023-05-05");
}

Test(term, each_body_has_its_own_calendar_and_its_own_day)
{
    struct term_rules rules = rules_of("school", "2023-04-27");
    struct term_reading term;

    is_day(rules.today, "2023-04-27");
    cr_assert(reads(&rules, "{\"from\":\"2023-04-03\",\"to\":\"2023-05-06\"}", &term));
    is_day(term.to, "2023-05-06");
    world.now_ms += 5 * 3600000; /* three in the afternoon UTC is the next day there */
    is_day(term_rules(&world, &policy, bytes_of("school")).today, "2023-04-28");
    is_day(term_rules(&world, &policy, bytes_of("a")).today, "2023-04-27");
    cr_assert_eq(term_workdays(&world, bytes_of("nobody")), term_workdays(&world, bytes_of("a")));
}

Test(term, a_year_without_a_calendar_is_named)
{
    struct bytes people[] = {bytes_of("a")};
    struct assignment a = {.people = people, .people_count = 1};

    a.from = day("2023-01-01");
    a.to = day("2023-12-31");
    cr_assert_eq(term_missing_year(&world, &a), 0);
    a.to = day("2024-01-01");
    cr_assert_eq(term_missing_year(&world, &a), 2024);
}

/* --- parts ------------------------------------------------------------------------------------ */

static const struct term_reading *whole(void)
{
    static struct term_reading term;

    term = (struct term_reading){day("2023-04-03"), day("2023-05-14"), day("2023-05-12")};
    return &term;
}

static bool part_reads(const char *entry, civil_day *ret_to)
{
    struct term_rules rules = rules_of("a", "2023-04-03");
    json_t *json = json_loads(entry, JSON_DECODE_ANY, NULL);
    bool good = term_read_part(&rules, json, whole(), ret_to, &err);

    cr_assert(good || strstr(err.text, "co_executors") || strstr(err.text, "co-executor \"b\""));
    json_decref(json);
    return good;
}

static void part_is(const char *entry, const char *to)
{
    civil_day is = CIVIL_DAY_NONE;

    cr_assert(part_reads(entry, &is), "%s: %s", entry, err.text);
    is_day(is, to);
}

Test(term, a_part_has_the_term_of_the_whole_or_an_earlier_one)
{
    part_is("\"b\"", "2023-05-12");
    part_is("{\"body\":\"b\"}", "2023-05-12");
    part_is("{\"body\":\"b\",\"to\":null}", "2023-05-12");
    part_is("{\"body\":\"b\",\"to\":\"2023-05-04\"}", "2023-05-04");
    part_is("{\"body\":\"b\",\"to\":\"2023-04-29\"}", "2023-04-28");
    part_is("{\"body\":\"b\",\"to\":\"2023-05-13\"}", "2023-05-12");
    part_is("{\"body\":\"b\",\"days_before\":3,\"working\":true}", "2023-05-05");
    part_is("{\"body\":\"b\",\"days_before\":3}", "2023-05-05");
    part_is("{\"body\":\"b\",\"days_before\":0}", "2023-05-12");
}

Test(term, a_part_outside_of_the_whole_is_refused)
{
    civil_day to = 1;

    cr_assert_not(part_reads("{\"body\":\"b\",\"to\":\"2023-05-15\"}", &to));
    cr_assert_not(part_reads("{\"body\":\"b\",\"to\":\"2023-04-02\"}", &to));
    cr_assert_not(part_reads("{\"body\":\"b\",\"to\":\"soon\"}", &to));
    cr_assert_not(part_reads("{\"body\":\"b\",\"days_before\":100}", &to));
    cr_assert_not(part_reads("{\"body\":\"b\",\"days_before\":-1}", &to));
    cr_assert_eq(to, 1);
}

Test(term, a_body_may_stand_by_itself_or_in_a_map)
{
    json_t *list = json_loads("[\"b\", {\"body\":\"c\"}, {\"to\":\"x\"}, 5, null]", 0, NULL);

    cr_assert_str_eq(term_part_body(json_array_get(list, 0)), "b");
    cr_assert_str_eq(term_part_body(json_array_get(list, 1)), "c");
    for (size_t i = 2; i < 5; i++) {
        cr_assert_null(term_part_body(json_array_get(list, i)));
    }
    json_decref(list);
}

/* --- a clock that stood ----------------------------------------------------------------------- */

Test(term, a_term_goes_on_by_as_many_days_as_it_stood)
{
    struct term_rules rules = rules_of("a", "2023-05-03");

    is_day(term_resumed(&rules, day("2023-05-12"), day("2023-04-26")), "2023-05-19");
    policy.soon.working = true;
    /* 26, 27, 28 April and 2 May */
    is_day(term_resumed(&rules, day("2023-05-12"), day("2023-04-26")), "2023-05-18");
    is_day(term_resumed(&rules, day("2023-05-12"), day("2023-05-03")), "2023-05-12");
    is_day(term_resumed(&rules, day("2023-04-25"), day("2023-04-26")), "2023-04-25");
    is_day(term_resumed(&rules, day("2023-04-26"), day("2023-04-26")), "2023-05-03");
}

Test(term, a_rung_in_working_days_makes_the_clock_one_of_working_days)
{
    struct rung rung = {.offset = {-3, true}};
    struct term_rules rules = rules_of("a", "2023-05-03");

    policy.rungs = &rung;
    policy.rung_count = 1;
    is_day(term_resumed(&rules, day("2023-05-12"), day("2023-04-26")), "2023-05-18");
}

Test(term, a_child_is_due_before_its_parent_while_there_is_time)
{
    struct term_rules rules = rules_of("a", "2023-05-03");

    is_day(term_of_child(&rules, day("2023-05-15")), "2023-05-10");
    is_day(term_of_child(&rules, day("2023-05-12")), "2023-05-05");
    is_day(term_of_child(&rules, day("2023-05-10")), "2023-05-10");
    is_day(term_of_child(&rules, day("2023-05-02")), "2023-05-02");
}

/* --- properties ------------------------------------------------------------------------------- */

Test(term, wherever_it_ends_it_is_on_a_worked_day_or_kept)
{
    struct term_rules rules = rules_of("a", "2023-01-09");

    for (int shift = 0; shift < SHIFT_COUNT; shift++) {
        policy.shift = (enum shift)shift;
        for (civil_day from = day("2023-01-09"); from < day("2023-06-30"); from += 3) {
            for (civil_day to = from; to < from + 20; to++) {
                civil_day is = term_shift(&rules, from, to);
                cr_assert(is >= from);
                cr_assert(is == to || workdays_is_worked(rules.workdays, is));
                cr_assert(is <= to || shift == SHIFT_NEXT);
                cr_assert(is >= to || shift == SHIFT_PREVIOUS);
                cr_assert(is == to || !workdays_is_worked(rules.workdays, to));
                cr_assert_eq(term_shift(&rules, from, is), is, "it moves once");
            }
        }
    }
}
