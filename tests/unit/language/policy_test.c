/* policy_test.c - the words of a policy, and its ladder in working days */
#include "base/limits.h"
#include "language/day_words.h"
#include "language/document.h"

#include <criterion/criterion.h>
#include <stdio.h>
#include <string.h>

#define HEAD "document: {kind: policy, name: p, version: '1'}\nat: '09:00'\n"

static struct definition *definition;

static void tear_down(void)
{
    definition_destroy(definition);
}

TestSuite(policy, .fini = tear_down);

/* The text behind the head: lines from 3 on. */
static const struct policy *policy_of(const char *text)
{
    static char document[8192];
    struct error err = ERROR_INIT;

    snprintf(document, sizeof document, "%s%s", HEAD, text);
    definition_destroy(definition);
    definition = NULL;
    cr_assert(document_parse("t.yaml", bytes_of(document), NULL, &definition, &err), "%d:%d: %s",
              err.line, err.column, err.text);
    return &definition->policy;
}

static void refused(const char *text, int line, int column, const char *said)
{
    char document[16384];
    struct definition *d = NULL;
    struct error err = ERROR_INIT;

    snprintf(document, sizeof document, "%s%s", HEAD, text);
    cr_assert_not(document_parse("t.yaml", bytes_of(document), NULL, &d, &err), "%s", text);
    cr_assert(err.line == line && err.column == column, "%s at %d:%d: %s", text, err.line,
              err.column, err.text);
    cr_assert_not_null(strstr(err.text, said), "\"%s\" is not in: %s", said, err.text);
}

static void assert_days(struct days days, int count, bool working)
{
    cr_assert(days.count == count && days.working == working, "%d %s", (int)days.count,
              days.working ? "working" : "calendar");
}

/* --- days ---------------------------------------------------------------------------------------
 */

Test(policy, what_is_printed_of_days_is_read_as_the_same)
{
    for (int32_t n = -366; n <= 366; n++) {
        for (int working = 0; working <= (n != 0); working++) {
            struct days days = {n, working != 0};
            struct days read = {0};
            char text[DAY_WORDS_TEXT_MAX];
            day_words_print_offset(days, text);
            cr_assert(day_words_offset(text, &read), "%s", text);
            assert_days(read, n, days.working);
            day_words_print_span(days, text);
            cr_assert_eq(day_words_span(text, &read), n != 0, "%s", text);
            assert_days(read, n < 0 ? -n : n, days.working);
        }
    }
}

Test(policy, days_that_are_not_shaped_so_are_not_read)
{
    static const char *const wrong[] = {
        "",
        "10",
        "10 day befor",
        "ten days before",
        "0 days before",
        "367 days before",
        "-3 days before",
        "3  days before",
        "3 days  before",
        "3 daysbefore",
        "3 workingdays before",
        "3 work days before",
        "3 days before ",
        "on the  day",
        "3 days",
        "0010 days before",
        "3 calendar days before",
        "за 3 дня",
        "3 days after the day",
    };
    struct days days;

    for (size_t i = 0; i < sizeof wrong / sizeof *wrong; i++) {
        cr_assert_not(day_words_offset(wrong[i], &days), "%s", wrong[i]);
    }
    cr_assert_not(day_words_span("3 days before", &days));
    cr_assert_not(day_words_span("on the day", &days));
}

Test(policy, only_what_is_earlier_in_any_calendar_is_earlier)
{
    cr_assert(day_words_is_earlier((struct days){-10, true}, (struct days){-5, false}));
    cr_assert(day_words_is_earlier((struct days){-1, false}, (struct days){1, true}));
    cr_assert(day_words_is_earlier((struct days){2, false}, (struct days){3, true}));
    cr_assert(day_words_is_earlier((struct days){1, true}, (struct days){40, false}));
    cr_assert_not(day_words_is_earlier((struct days){3, true}, (struct days){4, false}),
                  "over a weekend it is later");
    cr_assert_not(day_words_is_earlier((struct days){4, false}, (struct days){3, true}));
    cr_assert_not(day_words_is_earlier((struct days){-4, false}, (struct days){-3, true}));
    cr_assert_not(day_words_is_earlier((struct days){0, false}, (struct days){0, true}));
}

/* --- the words ----------------------------------------------------------------------------------
 */

Test(policy, everything_that_a_policy_can_say_is_read)
{
    const struct policy *p = policy_of("soon: 10 working days\n"
                                       "letters: on any day\n"
                                       "digest: false\n"
                                       "shift: {to: previous, source: Инструкция}\n"
                                       "urgent:\n"
                                       "  - {word: срочно, within: 3 working days, source: A}\n"
                                       "  - {word: сегодня, within: the same day, source: B}\n"
                                       "extension: {ask: 3 working days before, at_most: 2}\n"
                                       "report: {decide_within: 5 working days}\n"
                                       "ladder: []\n");

    assert_days(p->soon, 10, true);
    cr_assert(p->any_day && !p->digest);
    cr_assert_eq(p->shift, SHIFT_PREVIOUS);
    cr_assert_str_eq(p->shift_source, "Инструкция");
    cr_assert_eq(p->urgency_count, 2);
    cr_assert_str_eq(p->urgencies[0].word, "срочно");
    assert_days(p->urgencies[0].days, 3, true);
    cr_assert_str_eq(p->urgencies[0].source, "A");
    assert_days(p->urgencies[1].days, 0, false);
    assert_days(p->ask_before, 3, true);
    cr_assert_eq(p->extensions_max, 2);
    assert_days(p->decide_within, 5, true);
}

Test(policy, what_a_policy_does_not_say_is_usual)
{
    const struct policy *p = policy_of("soon: 0\nladder: []\n");

    assert_days(p->soon, 0, false);
    cr_assert(!p->any_day && p->digest);
    cr_assert_eq(p->shift, SHIFT_KEEP);
    cr_assert_null(p->shift_source);
    cr_assert_eq(p->urgency_count, 0);
    assert_days(p->ask_before, 0, false);
    cr_assert_eq(p->extensions_max, 0);
    assert_days(p->decide_within, 0, false);
}

Test(policy, words_that_mean_nothing_are_refused)
{
    refused("soon: 400 days\nladder: []\n", 3, 7, "5 working days");
    refused("soon: 1\nletters: weekly\nladder: []\n", 4, 10, "on any day");
    refused("soon: 1\ndigest: yes\nladder: []\n", 4, 9, "true or false");
    refused("soon: 1\nshift: previous\nladder: []\n", 4, 8, "a shift of terms");
    refused("soon: 1\nshift: {to: monday, source: s}\nladder: []\n", 4, 13,
            "previous, next or keep");
    refused("soon: 1\nshift: {to: next}\nladder: []\n", 4, 8, "\"source\" is missing");
    refused("soon: 1\nshift: {source: s}\nladder: []\n", 4, 8, "\"to\" is missing");
    refused("soon: 1\nurgent: [срочно]\nladder: []\n", 4, 10, "a word with a term");
    refused("soon: 1\nurgent: [{word: w, within: 3, source: s}]\nladder: []\n", 4, 28,
            "the same day");
    refused("soon: 1\nurgent: [{word: w, within: 3 days}]\nladder: []\n", 4, 10,
            "\"source\" is missing");
    refused("soon: 1\nurgent: [{word: w, within: 3 days, source: s}, {word: w, within: 4 days, "
            "source: s}]\nladder: []\n",
            4, 55, "second time");
    refused("soon: 1\nextension: {ask: 3 days after}\nladder: []\n", 4, 18,
            "3 working days before");
    refused("soon: 1\nextension: {at_most: 0}\nladder: []\n", 4, 22, "from 1 to 100");
    refused("soon: 1\nextension: 2\nladder: []\n", 4, 12, "a rule of extensions");
    refused("soon: 1\nreport: {decide_within: on the day}\nladder: []\n", 4, 25, "5 working days");
    refused("soon: 1\nreport: {}\nladder: []\n", 4, 9, "\"decide_within\" is missing");
}

Test(policy, words_with_terms_are_taken_up_to_the_limit)
{
    for (int count = 32; count <= 33; count++) {
        char text[4096] = "soon: 1\nladder: []\nurgent:\n";
        for (int i = 0; i < count; i++) {
            size_t size = strlen(text);
            snprintf(text + size, sizeof text - size, "  - {word: w%d, within: 1 day, source: s}\n",
                     i);
        }
        if (count == 32) {
            cr_assert_eq(policy_of(text)->urgency_count, 32);
        } else {
            refused(text, 6, 3, "the limit is 32");
        }
    }
}

/* --- rungs --------------------------------------------------------------------------------------
 */

Test(policy, rungs_count_working_days_repeat_and_reassign)
{
    const struct policy *p =
        policy_of("soon: 5\n"
                  "ladder:\n"
                  "  - remind: 10 working days before\n"
                  "  - remind: 3 days before\n"
                  "  - remind: 1 working day after\n"
                  "    every: 5 working days\n"
                  "    until: 30 days after\n"
                  "  - escalate: 5 working days after\n"
                  "    to: parent\n"
                  "    every: 7 days\n"
                  "    until: 30 working days after\n"
                  "  - {reassign: 10 working days after, to: deputy}\n"
                  "  - {reassign: 20 working days after, to: 2 levels up, critical: true}\n");

    cr_assert_eq(p->rung_count, 6);
    assert_days(p->rungs[0].offset, -10, true);
    assert_days(p->rungs[1].offset, -3, false);
    assert_days(p->rungs[2].offset, 1, true);
    assert_days(p->rungs[2].every, 5, true);
    assert_days(p->rungs[2].until, 30, false);
    cr_assert_eq(p->rungs[3].kind, LADDER_ESCALATE);
    assert_days(p->rungs[3].every, 7, false);
    cr_assert(p->rungs[4].kind == LADDER_REASSIGN && p->rungs[4].levels == 0);
    cr_assert(p->rungs[5].levels == 2 && p->rungs[5].critical);
}

#define LADDER(rungs) "soon: 1\nladder: [" rungs "]\n"

Test(policy, rungs_that_cannot_be_climbed_are_refused)
{
    refused(LADDER("{remind: 1 day after, every: 1 day}"), 4, 10, "\"until\" is missing");
    refused(LADDER("{remind: 1 day after, until: 9 days after}"), 4, 10, "\"every\" is missing");
    refused(LADDER("{remind: 1 day after, every: daily, until: 9 days after}"), 4, 39,
            "5 working days");
    refused(LADDER("{remind: 5 days after, every: 1 day, until: 2 days after}"), 4, 54,
            "nothing to repeat");
    refused(LADDER("{remind: 1 day after, every: 1 day, until: 62 days after}"), 4, 39,
            "repeat 61 times; the limit is 60");
    policy_of(LADDER("{remind: 1 day after, every: 1 day, until: 61 days after}"));
    policy_of(LADDER(
        "{remind: 1 working day after, every: 1 working day, until: 61 working days after}"));
    refused(LADDER("{remind: 1 day after, every: 1 day, until: 100 working days after}"), 4, 39,
            "the limit is 60");
    refused(LADDER("{reassign: on the day, to: parent}"), 4, 21, "only what is late");
    refused(LADDER("{reassign: 5 days after, to: controller}"), 4, 39, "write deputy");
    refused(LADDER("{reassign: 5 days after, to: 11 levels up}"), 4, 39, "up to 10");
    refused(LADDER("{reassign: 5 days after}"), 4, 10, "\"to\" is missing");
    refused(LADDER("{escalate: 5 days after, to: deputy}"), 4, 39, "nobody");
    refused(LADDER("{reassign: 5 days after, to: parent, every: 1 day}"), 4, 47, "a reassignment");
    refused(LADDER("{remind: 10 working days before}, {remind: 15 working days before}"), 4, 44,
            "in order");
    policy_of(LADDER("{remind: 5 working days before}, {remind: 6 days before}"));
}
