/* term_test.c - when an item of a plan is due: phrases, decisions about them, openings, what comes
 * before what
 */
#include "reading.h"

#include <criterion/criterion.h>
#include <stdio.h>
#include <string.h>

/* A plan of 2023 with items 1.1 to 1.4, whose words are given. */
#define PLAN                                                                                       \
    "document: {kind: roadmap, name: r, version: '1'}\n"                                           \
    "act: {number: 17-р, date: 2023-01-16}\n"                                                     \
    "period: {from: 2023-01-01, to: 2023-12-31}\n"                                                 \
    "controller: c\npolicy: p\nitems:\n"
#define ITEM "  - no: '1.1'\n    title: t\n    responsible: [b]\n    due: "

static civil_day on(const char *text)
{
    civil_day day;

    cr_assert(civil_parse(bytes_of(text), &day), "%s", text);
    return day;
}

/* A plan whose one item is due so. */
static struct definition *due(const char *words)
{
    char text[2048];

    snprintf(text, sizeof text, PLAN ITEM "%s\n", words);
    return parsed(text);
}

static void due_refused(const char *words, enum error_code code, int line, int column,
                        const char *said)
{
    char text[2048];

    snprintf(text, sizeof text, PLAN ITEM "%s\n", words);
    refused(text, code, line, column, said);
}

static void has_window(const struct roadmap_item *item, uint32_t index, const char *opens,
                       const char *from, const char *to)
{
    cr_assert_lt(index, item->window_count, "there are %u windows", item->window_count);
    cr_assert_eq(item->opens[index], on(opens), "opens");
    cr_assert_eq(item->windows[index].from, on(from), "from");
    cr_assert_eq(item->windows[index].to, on(to), "to");
}

Test(term, a_phrase_gives_the_windows)
{
    struct definition *d = due("1, 2 полугодие");
    const struct roadmap_item *item = &d->roadmap.items[0];

    cr_assert_str_eq(item->due_phrase, "1, 2 полугодие");
    cr_assert_eq(item->due_kind, DUE_RECURRING);
    cr_assert_eq(item->window_count, 2);
    has_window(item, 0, "2023-01-01", "2023-01-01", "2023-06-30");
    has_window(item, 1, "2023-07-01", "2023-07-01", "2023-12-31");
    cr_assert_not_null(item->due_rule);
    cr_assert_not(item->bounded);
    definition_destroy(d);
}

Test(term, working_days_are_those_of_the_week_and_the_law)
{
    struct definition *d = due("первый рабочий день месяца");
    const struct roadmap_item *item = &d->roadmap.items[0];

    cr_assert_eq(item->window_count, 11);
    cr_expect_eq(item->windows[3].to, on("2023-05-02"), "1 May is a holiday");
    cr_assert_not_null(item->due_ambiguity);
    cr_expect_not_null(strstr(item->due_ambiguity, "без переноса выходных"), "%s",
                       item->due_ambiguity);
    definition_destroy(d);
}

Test(term, a_map_with_a_phrase_alone_says_the_same)
{
    struct definition *d = due("{phrase: Январь-февраль}");

    has_window(&d->roadmap.items[0], 0, "2023-01-01", "2023-01-01", "2023-02-28");
    definition_destroy(d);
}

Test(term, one_day_opens_when_the_plan_is_in_force)
{
    struct definition *d = due("25 июля 2023 года");

    has_window(&d->roadmap.items[0], 0, "2023-01-16", "2023-07-25", "2023-07-25");
    definition_destroy(d);
}

Test(term, a_day_before_the_act_was_signed_opens_on_itself)
{
    struct definition *d = due("{phrase: x, kind: date, windows: [2023-01-10]}");

    has_window(&d->roadmap.items[0], 0, "2023-01-10", "2023-01-10", "2023-01-10");
    definition_destroy(d);
}

Test(term, days_open_one_after_the_other)
{
    struct definition *d = due("{phrase: x, kind: recurring, windows: [2023-02-14, 2023-02-28]}");

    has_window(&d->roadmap.items[0], 0, "2023-01-16", "2023-02-14", "2023-02-14");
    has_window(&d->roadmap.items[0], 1, "2023-02-15", "2023-02-28", "2023-02-28");
    definition_destroy(d);
}

Test(term, a_window_that_is_written_opens_on_its_first_day_though_it_is_one_day)
{
    struct definition *d =
        due("{phrase: x, kind: date, windows: [{from: 2023-05-31, to: 2023-05-31}]}");

    has_window(&d->roadmap.items[0], 0, "2023-05-31", "2023-05-31", "2023-05-31");
    definition_destroy(d);
}

Test(term, a_day_years_ahead_opens_a_year_before)
{
    struct definition *d =
        parsed("document: {kind: roadmap, name: r, version: '1'}\n"
               "period: {from: 2023-01-01, to: 2026-12-31}\ncontroller: c\npolicy: p\nitems:\n" ITEM
               "15 мая 2026 года\n");

    has_window(&d->roadmap.items[0], 0, "2025-05-15", "2026-05-15", "2026-05-15");
    cr_assert_eq(d->roadmap.signed_day, CIVIL_DAY_NONE);
    cr_assert_null(d->roadmap.act_number);
    definition_destroy(d);
}

Test(term, what_a_person_has_decided_wins)
{
    struct definition *d = due("\n      phrase: ежемесячно\n      windows:\n"
                               "        - {from: 2023-09-01, to: 2023-09-30}\n"
                               "      why: центр открывается в сентябре");
    const struct roadmap_item *item = &d->roadmap.items[0];

    cr_assert_eq(item->due_kind, DUE_RECURRING, "as the phrase says");
    cr_assert_eq(item->window_count, 1);
    has_window(item, 0, "2023-09-01", "2023-09-01", "2023-09-30");
    cr_assert_str_eq(item->due_why, "центр открывается в сентябре");
    cr_assert_null(item->due_rule);
    cr_assert_null(item->due_ambiguity);
    definition_destroy(d);
}

Test(term, the_kind_may_be_decided_too_and_then_the_phrase_need_not_be_understood)
{
    struct definition *d = due("{phrase: как договорятся, kind: on_demand, "
                               "windows: [{from: 2023-03-01, to: 2023-04-30}]}");

    cr_assert_eq(d->roadmap.items[0].due_kind, DUE_ON_DEMAND);
    definition_destroy(d);
}

Test(term, what_has_no_days_of_its_own_has_the_period)
{
    struct definition *d = due("по мере необходимости");
    const struct roadmap_item *item = &d->roadmap.items[0];

    cr_assert_eq(item->due_kind, DUE_ON_DEMAND);
    cr_assert(item->bounded);
    cr_assert_eq(item->window_count, 1);
    cr_assert_eq(item->windows[0].to, on("2023-12-31"));
    definition_destroy(d);
}

Test(term, a_word_that_is_not_understood_is_shown_where_it_stands)
{
    due_refused("до 15 брюмера", ERROR_SYNTAX, 10, 16, "");
    due_refused("'до 15 брюмера'", ERROR_SYNTAX, 10, 17, "");
    due_refused("{phrase: до 15 брюмера}", ERROR_SYNTAX, 10, 25, "");
    due_refused(">-\n      до 15\n      брюмера", ERROR_SYNTAX, 10, 10, "");
}

Test(term, terms_that_say_nothing_for_this_plan_are_refused)
{
    due_refused("", ERROR_INVALID, 10, 9, "empty");
    due_refused("[Май]", ERROR_INVALID, 10, 10, "the document's words");
    due_refused("{phrase: Май, kind: date}", ERROR_INVALID, 10, 30, "goes with \"windows\"");
    due_refused("{phrase: Май, windows: [2023-05-01], reading: 1}", ERROR_INVALID, 10, 56,
                "beside \"windows\"");
    due_refused("{phrase: Май, reading: 9}", ERROR_INVALID, 10, 33,
                "\"reading\" must be from 1 to");
    due_refused("{phrase: Май, windows: [2023-02-29]}", ERROR_INVALID, 10, 34, "no such day");
    due_refused("{phrase: Май, windows: [2024-01-01]}", ERROR_INVALID, 10, 34, "period");
    due_refused("{phrase: Май, windows: [2023-05-02, 2023-05-02]}", ERROR_INVALID, 10, 46,
                "in order");
}

/* --- the plan itself -------------------------------------------------------------------------- */

Test(term, a_plan_without_a_last_day_shows_two_years)
{
    struct definition *d =
        parsed("document: {kind: roadmap, name: r, version: '1'}\nperiod: {from: 2022-08-08}\n"
               "controller: c\npolicy: p\nitems:\n" ITEM "До 15 августа ежегодно\n");

    cr_assert(d->roadmap.open_ended);
    cr_assert_eq(d->roadmap.period.to, on("2024-08-07"));
    cr_assert_eq(d->roadmap.items[0].window_count, 2);
    has_window(&d->roadmap.items[0], 1, "2022-08-16", "2023-08-15", "2023-08-15");
    definition_destroy(d);
}

Test(term, the_two_years_end_with_the_calendar)
{
    struct definition *leap =
        parsed("document: {kind: roadmap, name: r, version: '1'}\nperiod: {from: 2024-02-29}\n"
               "controller: c\npolicy: p\nitems:\n" ITEM "постоянно\n");
    struct definition *last =
        parsed("document: {kind: roadmap, name: r, version: '1'}\nperiod: {from: 2199-08-08}\n"
               "controller: c\npolicy: p\nitems:\n" ITEM
               "{phrase: x, kind: date, windows: [2199-12-31]}\n");

    cr_assert_eq(leap->roadmap.period.to, on("2026-02-28"));
    cr_assert_eq(last->roadmap.period.to, on("2199-12-31"));
    definition_destroy(leap);
    definition_destroy(last);
}

Test(term, an_act_has_a_day)
{
    struct definition *d = due("Май");

    cr_assert_str_eq(d->roadmap.act_number, "17-р");
    cr_assert_eq(d->roadmap.signed_day, on("2023-01-16"));
    definition_destroy(d);
    refused("document: {kind: roadmap, name: r, version: '1'}\nact: {number: 17-р}\n"
            "period: {from: 2023-01-01, to: 2023-12-31}\ncontroller: c\npolicy: p\nitems:\n" ITEM
            "Май\n",
            ERROR_INVALID, 2, 6, "\"date\" is missing");
}

Test(term, an_item_may_stand_outside_of_sections_and_say_for_whom_it_is)
{
    struct definition *d = due("Май\n    audience: Руководители школ");

    cr_assert_eq(d->roadmap.section_count, 0);
    cr_assert_eq(d->roadmap.items[0].section, SECTION_NONE);
    cr_assert_str_eq(d->roadmap.items[0].audience, "Руководители школ");
    definition_destroy(d);
}

/* --- what comes before what ------------------------------------------------------------------- */

/* Items "1", "2", … each with its `after`; NULL ends them. */
static void write_order(char *text, size_t size, const char *const *after)
{
    size_t used = (size_t)snprintf(text, size, "%s", PLAN);

    for (int i = 0; after[i] != NULL; i++) {
        used += (size_t)snprintf(text + used, size - used,
                                 "  - {no: '%d', title: t, responsible: [b], due: Май%s}\n", i + 1,
                                 after[i]);
    }
}

static void order_refused(const char *const *after, int line, const char *said)
{
    char text[2048];

    write_order(text, sizeof text, after);
    refused(text, ERROR_INVALID, line, 61, said);
}

Test(term, items_may_come_after_others_that_stand_anywhere)
{
    static const char *const after[] = {", after: ['3', '2']", "", ", after: ['2']", NULL};
    char text[2048];

    write_order(text, sizeof text, after);
    struct definition *d = parsed(text);
    cr_assert_eq(d->roadmap.items[0].after_count, 2);
    cr_assert_str_eq(d->roadmap.items[0].after[0], "3");
    definition_destroy(d);
}

Test(term, an_item_that_comes_after_itself_is_refused)
{
    static const char *const alone[] = {", after: ['1']", NULL};
    static const char *const pair[] = {", after: ['2']", ", after: ['1']", NULL};
    static const char *const ring[] = {"", ", after: ['4']", ", after: ['2']", ", after: ['3']",
                                       NULL};

    order_refused(alone, 7, "item \"1\" would come after itself, by way of \"1\"");
    order_refused(pair, 8, "item \"2\" would come after itself, by way of \"1\"");
    order_refused(ring, 9, "item \"3\" would come after itself, by way of \"2\"");
}

Test(term, an_item_that_is_not_there_cannot_come_first)
{
    static const char *const unknown[] = {", after: ['7']", NULL};
    static const char *const twice[] = {"", ", after: ['1', '1']", NULL};
    char text[2048];

    order_refused(unknown, 7, "there is no item \"7\" in this roadmap");
    write_order(text, sizeof text, twice);
    refused(text, ERROR_INVALID, 8, 66, "second time");
}
