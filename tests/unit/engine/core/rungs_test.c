/* rungs_test.c - what a whole ladder does, day by day: repeats, escalation, reassigning, and quiet
 */
#include "people_fixture.h"

#include <criterion/criterion.h>
#include <stdio.h>
#include <string.h>

#define POLICY                                                                                     \
    "document: {kind: policy, name: default, version: '2'}\n"                                      \
    "at: '09:00'\nsoon: 3\nletters: on any day\ndigest: false\nladder:\n"                          \
    "  - {remind: 1 day after, every: 5 days, until: 16 days after}\n"                             \
    "  - {escalate: 2 days after, to: parent, every: 7 days, until: 20 days after}\n"              \
    "  - {escalate: 10 days after, to: controller, critical: true}\n"

#define REASSIGNS                                                                                  \
    "document: {kind: policy, name: default, version: '2'}\n"                                      \
    "at: '09:00'\nsoon: 3\nletters: on any day\ndigest: false\nladder:\n"                          \
    "  - {remind: 1 day after, every: 2 days, until: 9 days after}\n"                              \
    "  - {reassign: 4 days after, to: parent}\n"

static void set_up(void)
{
    people_fixture_init();
    fixture_deploy(POLICY);
}

TestSuite(rungs, .init = set_up, .fini = fixture_fini);

static void give_to_school(void)
{
    id =
        fixture_start("ask", "{\"responsible\":[\"school\"],\"controller\":\"inspector\"," DUE "}");
}

/* Every day at nine, from the day after the last up to so many days after it. */
static void pass_days(int first, int last)
{
    char day[CIVIL_TEXT_MAX];

    for (int n = first; n <= last; n++) {
        civil_print(day_of("2023-01-20") + n, day);
        at(day, 9);
    }
}

/* "1 6 11 ": on which days after the last one letters of this kind went to this body. */
static const char *days_of(enum letter letter, const char *to)
{
    static char text[512];

    text[0] = '\0';
    for (size_t i = 0; i < fx.record_count; i++) {
        const struct record *r = &fx.records[i];
        if (r->kind == RECORD_ASSIGNMENT_NOTICED && r->other == (uint64_t)letter &&
            text_is(r->text, to)) {
            snprintf(text + strlen(text), sizeof text - strlen(text), "%d ",
                     (int)((r->time_ms - moscow_ms("2023-01-20", 540)) / 86400000));
        }
    }
    return text;
}

Test(rungs, repeat_until_their_last_day_and_then_no_more)
{
    give_to_school();
    pass_days(1, 90);
    cr_assert_str_eq(days_of(LETTER_OVERDUE, "school"), "1 6 11 16 ");
    cr_assert_str_eq(days_of(LETTER_ESCALATED, "district"), "2 9 16 ");
    cr_assert_str_eq(days_of(LETTER_ESCALATED, "inspector"), "10 ");
    cr_assert_eq(assignment()->next_step, assignment()->step_count, "nothing is left to come");
    cr_assert_eq(fixture_task(id, 1)->at_ms, 0, "and time does not look at it any more");
    fixture_assert_replay();
}

Test(rungs, say_nothing_of_what_is_accepted)
{
    give_to_school();
    pass_days(1, 7);
    act(ACTION_REPORT, "school");
    pass_days(8, 12);
    cr_assert_eq(letters_of(LETTER_ESCALATED, "inspector"), 0, "a report waits");
    act(ACTION_ACCEPT, "inspector");
    pass_days(13, 90);
    cr_assert_str_eq(days_of(LETTER_OVERDUE, "school"), "1 6 ");
    cr_assert_str_eq(days_of(LETTER_ESCALATED, "district"), "2 ");
    cr_assert_str_eq(days_of(LETTER_ESCALATED, "inspector"), "");
}

Test(rungs, say_nothing_of_what_is_withdrawn)
{
    give_to_school();
    pass_days(1, 7);
    act(ACTION_WITHDRAW, "inspector");
    pass_days(8, 90);
    cr_assert_str_eq(days_of(LETTER_OVERDUE, "school"), "1 6 ");
    cr_assert_str_eq(days_of(LETTER_ESCALATED, "district"), "2 ");
    cr_assert_str_eq(days_of(LETTER_ESCALATED, "inspector"), "");
}

Test(rungs, go_on_with_the_new_body_when_one_of_them_gives_it_the_work)
{
    fixture_deploy(REASSIGNS);
    give_to_school();
    pass_days(1, 90);
    cr_assert(text_is(assignment()->people[0], "district"));
    cr_assert_str_eq(days_of(LETTER_OVERDUE, "school"), "1 3 ");
    cr_assert_str_eq(days_of(LETTER_OVERDUE, "district"), "5 7 9 ");
    cr_assert_str_eq(days_of(LETTER_REASSIGNED, "school"), "4 ");
    cr_assert_str_eq(days_of(LETTER_REASSIGNED, "district"), "4 ");
    cr_assert_eq(fixture_count(RECORD_ASSIGNMENT_REASSIGNED), 1);
    assert_refused(ACTION_REPORT, "school", ERROR_REFUSED);
    act(ACTION_REPORT, "district");
    act(ACTION_ACCEPT, "inspector");
    fixture_assert_replay();
}
