/* ladder_test.c - moments of an assignment: phases, rungs, days off, parts, absences */
#include "ladder_fixture.h"

#include "base/limits.h"

#include <criterion/criterion.h>
#include <stdio.h>

TestSuite(ladder, .init = ladder_fixture_init, .fini = ladder_fixture_fini);

/* --- phases ----------------------------------------------------------------------------------- */

Test(ladder, phases_come_in_order_at_their_moments)
{
    struct assignment a = build("moscow", "2023-01-15", "2023-03-31", &plain);

    assert_in_order(&a);
    assert_at("moscow", find_phase(&a, PHASE_OPEN), "2023-01-15", 540);
    assert_at("moscow", find_phase(&a, PHASE_SOON), "2023-03-21", 0);
    assert_at("moscow", find_phase(&a, PHASE_TODAY), "2023-03-31", 0);
    assert_at("moscow", find_phase(&a, PHASE_OVERDUE), "2023-04-01", 0);
    assert_at("moscow", find_phase(&a, PHASE_CRITICAL), "2023-04-14", 540);
    cr_assert_eq(a.step_count, 4 + plain.rung_count);
    cr_assert_eq(letters(&a), 1 + plain.rung_count);
}

Test(ladder, letters_say_which_rung_they_are)
{
    struct assignment a = build("moscow", "2023-01-15", "2023-03-31", &plain);
    static const struct {
        enum letter letter;
        int days;
        unsigned levels;
    } expected[] = {{LETTER_OPENED, -75, 0},  {LETTER_REMINDER, -10, 0}, {LETTER_REMINDER, -3, 0},
                    {LETTER_TODAY, 0, 0},     {LETTER_OVERDUE, 1, 0},    {LETTER_ESCALATED, 1, 1},
                    {LETTER_ESCALATED, 5, 2}, {LETTER_ESCALATED, 14, 0}};
    uint32_t next = 0;

    for (uint32_t i = 0; i < a.step_count; i++) {
        const struct ladder_step *s = &a.steps[i];
        if (s->letter != LETTER_NONE) {
            cr_assert(s->letter == expected[next].letter && s->levels == expected[next].levels);
            cr_assert_eq(s->offset_days, expected[next].days);
            next++;
        }
    }
    cr_assert_eq(next, 8);
}

Test(ladder, overdue_is_never_before_the_end_of_the_due_day)
{
    static const struct {
        const char *body;
        int hours; /* what clocks there are ahead of UTC in 2023 */
    } bodies[] = {{"kld", 2},   {"moscow", 3},   {"samara", 4}, {"ekb", 5},
                  {"omsk", 6},  {"kras", 7},     {"irk", 8},    {"yak", 9},
                  {"vlad", 10}, {"magadan", 11}, {"kam", 12}};

    for (size_t i = 0; i < sizeof bodies / sizeof bodies[0]; i++) {
        struct assignment a = build(bodies[i].body, "2023-06-01", "2023-06-30", &plain);
        int64_t end_ms = (int64_t)(a.to + 1) * DAY_MS - bodies[i].hours * 3600000;
        cr_assert_eq(find_phase(&a, PHASE_OVERDUE)->at_ms, end_ms, "%s", bodies[i].body);
        cr_assert_eq(find_phase(&a, PHASE_TODAY)->at_ms, end_ms - DAY_MS, "%s", bodies[i].body);
        for (uint32_t s = 0; s < a.step_count; s++) {
            bool late =
                a.steps[s].letter == LETTER_OVERDUE || a.steps[s].letter == LETTER_ESCALATED;
            cr_assert(!late || a.steps[s].at_ms >= end_ms, "%s", bodies[i].body);
        }
    }
}

Test(ladder, a_day_with_a_change_of_clocks_has_its_own_length)
{
    /* the last Sunday of March 2023 has 23 hours in Berlin */
    struct assignment a = build("berlin", "2023-03-01", "2023-03-26", &plain);
    int64_t hours =
        (find_phase(&a, PHASE_OVERDUE)->at_ms - find_phase(&a, PHASE_TODAY)->at_ms) / 3600000;

    cr_assert_eq(hours, 23);
}

Test(ladder, soon_counts_working_days)
{
    struct policy p = {.minute = 540, .soon = {5, true}};
    struct assignment a = build("moscow", "2023-04-01", "2023-05-11", &p);

    /* 10 and 5 May, 4, 3, 2 May: 8 and 9 May are off, and a weekend */
    assert_at("moscow", find_phase(&a, PHASE_SOON), "2023-05-02", 0);
}

Test(ladder, a_window_of_one_day_opens_on_its_last_day)
{
    struct assignment a = build("moscow", "2023-05-10", "2023-05-10", &plain);

    assert_in_order(&a);
    cr_assert_eq(a.steps[0].phase, PHASE_TODAY);
    cr_assert_eq(a.steps[0].letter, LETTER_OPENED);
    assert_at("moscow", &a.steps[0], "2023-05-10", 540);
    assert_at("moscow", &a.steps[1], "2023-05-11", 0);
    cr_assert_eq(letters(&a), 1 + 4, "opened, then only what is after the day");
}

Test(ladder, a_window_shorter_than_soon_opens_as_soon)
{
    struct assignment a = build("moscow", "2023-05-01", "2023-05-05", &plain);

    assert_in_order(&a);
    cr_assert_eq(a.steps[0].phase, PHASE_SOON);
    cr_assert_null(find_phase(&a, PHASE_OPEN));
    cr_assert_eq(letters(&a), 1 + plain.rung_count - 1, "10 days before is before the window");
}

Test(ladder, a_reminder_at_the_moment_of_the_opening_is_left_out)
{
    struct assignment a = build("moscow", "2023-05-02", "2023-05-05", &plain);

    cr_assert_eq(letters(&a), 1 + plain.rung_count - 2);
    cr_assert_eq(a.steps[0].letter, LETTER_OPENED);
    cr_assert_eq(a.steps[1].phase, PHASE_TODAY);
}

Test(ladder, what_is_critical_before_the_due_day_stays_critical)
{
    struct rung early[] = {
        {.kind = LADDER_ESCALATE, .offset = {-5, false}, .levels = 1, .critical = true},
        {.offset = {0, false}}};
    struct policy p = {.minute = 600, .soon = {3, false}, .rungs = early, .rung_count = 2};
    struct assignment a = build("moscow", "2023-05-02", "2023-05-31", &p);

    assert_in_order(&a);
    assert_at("moscow", find_phase(&a, PHASE_CRITICAL), "2023-05-26", 600);
    cr_assert_null(find_phase(&a, PHASE_OVERDUE));
}

Test(ladder, a_policy_without_rungs_still_has_phases)
{
    struct policy p = {.minute = 0};
    struct assignment a = build("kam", "2023-05-02", "2023-05-31", &p);

    assert_in_order(&a);
    cr_assert_eq(letters(&a), 1);
    cr_assert_not_null(find_phase(&a, PHASE_OVERDUE));
}

/* --- days off --------------------------------------------------------------------------------- */

Test(ladder, letters_wait_for_a_working_day_and_reminders_go_before_one)
{
    /* the last day is Tuesday 9 May, off as are 6, 7 and 8 May: kept by the policy */
    struct assignment a = build("moscow", "2023-04-03", "2023-05-09", &working);

    assert_in_order(&a);
    assert_at("moscow", find_letter(&a, LETTER_REMINDER, 0, 0), "2023-05-03", 540);
    assert_at("moscow", find_letter(&a, LETTER_REMINDER, 0, 1), "2023-05-05", 540);
    cr_assert_null(find_letter(&a, LETTER_TODAY, 0, 0), "nobody works on the last day");
    cr_assert_null(find_letter(&a, LETTER_REMINDER, 0, 2), "two rungs came to one day");
    assert_at("moscow", find_phase(&a, PHASE_TODAY), "2023-05-09", 0);
    assert_at("moscow", find_phase(&a, PHASE_OVERDUE), "2023-05-10", 0);
    assert_at("moscow", find_letter(&a, LETTER_OVERDUE, 0, 0), "2023-05-10", 540);
    assert_at("moscow", find_letter(&a, LETTER_ESCALATED, 0, 0), "2023-05-11", 540);
    assert_at("moscow", find_letter(&a, LETTER_ESCALATED, 0, 1), "2023-05-16", 540);
    cr_assert(find_letter(&a, LETTER_ESCALATED, 0, 1)->working);
    cr_assert_not(find_letter(&a, LETTER_ESCALATED, 0, 0)->working);
}

Test(ladder, an_opening_on_a_day_off_is_told_on_the_next_working_day)
{
    struct assignment a = build("moscow", "2023-01-01", "2023-03-31", &working);

    assert_at("moscow", find_phase(&a, PHASE_OPEN), "2023-01-01", 540);
    assert_at("moscow", find_letter(&a, LETTER_OPENED, 0, 0), "2023-01-09", 540);
}

Test(ladder, a_reminder_with_an_opening_that_was_told_late_is_left_out)
{
    struct rung one = {.offset = {-4, true}};
    struct policy p = {.minute = 540, .rungs = &one, .rung_count = 1};
    struct assignment a = build("moscow", "2023-01-01", "2023-01-13", &p);

    cr_assert_eq(letters(&a), 1);
    one.offset.count = -3;
    a = build("moscow", "2023-01-01", "2023-01-13", &p);
    cr_assert_eq(letters(&a), 2);
}

Test(ladder, an_opening_is_told_before_a_window_without_a_working_day)
{
    struct assignment a = build("moscow", "2023-05-06", "2023-05-09", &working);

    assert_in_order(&a);
    assert_at("moscow", find_letter(&a, LETTER_OPENED, 0, 0), "2023-05-05", 540);
    assert_at("moscow", find_phase(&a, PHASE_SOON), "2023-05-06", 540);
    cr_assert_null(find_letter(&a, LETTER_REMINDER, 0, 0));
}

Test(ladder, what_is_given_on_a_day_off_is_told_on_the_next_working_day)
{
    now_is("moscow", "2023-04-22", 700);
    struct assignment a = build("moscow", "2023-04-21", "2023-05-05", &working);

    assert_at("moscow", find_letter(&a, LETTER_OPENED, 0, 0), "2023-04-24", 540);
    assert_at("moscow", find_phase(&a, PHASE_OPEN), "2023-04-21", 540);
}

Test(ladder, what_is_given_late_is_told_at_once)
{
    now_is("moscow", "2023-05-20", 700);
    struct assignment a = build("moscow", "2023-04-03", "2023-04-14", &working);

    cr_assert_lt(find_letter(&a, LETTER_OPENED, 0, 0)->at_ms, world.now_ms);
    assert_at("moscow", find_letter(&a, LETTER_OVERDUE, 0, 0), "2023-04-17", 540);
}

/* --- repeats and deeds of rungs --------------------------------------------------------------- */

Test(ladder, a_rung_repeats_until_its_last_day)
{
    struct rung weekly[] = {{.offset = {1, true}, .every = {5, true}, .until = {20, true}}};
    struct policy p = {.minute = 540, .rungs = weekly, .rung_count = 1};
    struct assignment a = build("moscow", "2023-03-01", "2023-03-31", &p);
    static const char *const days[] = {"2023-04-03", "2023-04-10", "2023-04-17", "2023-04-24"};

    for (uint32_t i = 0; i < 4; i++) {
        const struct ladder_step *s = find_letter(&a, LETTER_OVERDUE, 0, i);
        assert_at("moscow", s, days[i], 540);
        cr_assert(s->working && s->offset_days == 1 + 5 * (int)i);
    }
    cr_assert_null(find_letter(&a, LETTER_OVERDUE, 0, 4));
}

Test(ladder, repeats_that_come_to_one_working_day_are_one)
{
    struct rung daily[] = {{.offset = {-2, false}, .every = {1, false}, .until = {5, false}}};
    struct policy p = {.minute = 540, .rungs = daily, .rung_count = 1};
    struct assignment a = build("moscow", "2023-03-01", "2023-03-31", &p);

    assert_at("moscow", find_letter(&a, LETTER_REMINDER, 0, 0), "2023-03-29", 540);
    assert_at("moscow", find_letter(&a, LETTER_REMINDER, 0, 1), "2023-03-30", 540);
    assert_at("moscow", find_letter(&a, LETTER_TODAY, 0, 0), "2023-03-31", 540);
    assert_at("moscow", find_letter(&a, LETTER_OVERDUE, 0, 0), "2023-04-03", 540);
    assert_at("moscow", find_letter(&a, LETTER_OVERDUE, 0, 1), "2023-04-04", 540);
    assert_at("moscow", find_letter(&a, LETTER_OVERDUE, 0, 2), "2023-04-05", 540);
    cr_assert_null(find_letter(&a, LETTER_OVERDUE, 0, 3));
}

Test(ladder, a_rung_gives_late_work_to_another)
{
    struct rung deeds[] = {{.kind = LADDER_REASSIGN, .offset = {10, true}, .levels = 2}};
    struct policy p = {.minute = 540, .rungs = deeds, .rung_count = 1};
    struct assignment a = build("moscow", "2023-03-01", "2023-03-31", &p);
    const struct ladder_step *s = find_deed(&a, DEED_REASSIGN, 0);

    assert_at("moscow", s, "2023-04-14", 540);
    cr_assert(s->letter == LETTER_NONE && s->levels == 2 && s->offset_days == 10 && s->working);
}

/* --- parts ------------------------------------------------------------------------------------ */

static struct assignment with_parts(const char *to, enum part_state state)
{
    struct assignment a = {.from = day("2023-03-01"),
                           .to = day("2023-03-31"),
                           .people = people,
                           .people_count = 3,
                           .parts = parts};

    people[0] = bytes_of("moscow");
    people[1] = bytes_of("kam");
    people[2] = bytes_of("omsk");
    parts[0] = (struct part){.state = state, .to = day(to)};
    parts[1] = (struct part){.state = PART_OPEN, .to = a.to};
    ladder_build(&world, &a, &working);
    return a;
}

Test(ladder, a_part_with_an_earlier_term_has_reminders_of_its_own)
{
    struct assignment a = with_parts("2023-03-24", PART_OPEN);

    assert_in_order(&a);
    assert_at("moscow", find_letter(&a, LETTER_REMINDER, 1, 0), "2023-03-21", 540);
    assert_at("moscow", find_letter(&a, LETTER_REMINDER, 1, 1), "2023-03-23", 540);
    assert_at("moscow", find_letter(&a, LETTER_TODAY, 1, 0), "2023-03-24", 540);
    assert_at("moscow", find_letter(&a, LETTER_OVERDUE, 1, 0), "2023-03-27", 540);
    cr_assert_null(find_letter(&a, LETTER_OVERDUE, 1, 1), "told once");
    cr_assert_null(find_letter(&a, LETTER_REMINDER, 2, 0), "the term of the whole");
    cr_assert_not_null(find_letter(&a, LETTER_TODAY, 0, 0));
}

Test(ladder, a_part_that_is_answered_has_no_reminders)
{
    struct assignment a = with_parts("2023-03-24", PART_ANSWERED);

    for (uint32_t i = 0; i < a.step_count; i++) {
        cr_assert_eq(a.steps[i].person, 0);
    }
}

/* --- absences --------------------------------------------------------------------------------- */

Test(ladder, work_is_handed_over_with_an_absence_and_back_after_it)
{
    struct assignment a = build("away", "2023-03-01", "2023-05-31", &working);
    const struct ladder_step *over = find_deed(&a, DEED_HAND_OVER, 0);

    assert_in_order(&a);
    assert_at("moscow", over, "2023-04-03", 0);
    cr_assert_eq(over->person, 0);
    assert_at("moscow", find_deed(&a, DEED_HAND_BACK, 0), "2023-04-17", 0);
    assert_at("moscow", find_deed(&a, DEED_HAND_OVER, 1), "2023-04-17", 0);
    cr_assert_lt(find_deed(&a, DEED_HAND_BACK, 0), find_deed(&a, DEED_HAND_OVER, 1),
                 "back from the one before over to the other");
    assert_at("moscow", find_deed(&a, DEED_HAND_BACK, 1), "2023-05-01", 0);
    assert_at("moscow", find_deed(&a, DEED_HAND_OVER, 2), "2023-06-01", 0);
}

Test(ladder, an_absence_that_lasts_at_the_opening_comes_before_its_letter)
{
    struct assignment a = build("away", "2023-04-10", "2023-04-14", &working);

    cr_assert_eq(a.steps[0].deed, DEED_HAND_OVER);
    assert_at("moscow", &a.steps[0], "2023-04-10", 540);
    cr_assert_eq(a.steps[1].letter, LETTER_OPENED);
    cr_assert_eq(a.steps[1].at_ms, a.steps[0].at_ms);
}

Test(ladder, an_absence_that_is_over_is_left_out)
{
    now_is("moscow", "2023-05-02", 600);
    struct assignment a = build("away", "2023-04-03", "2023-05-31", &working);

    assert_at("moscow", find_deed(&a, DEED_HAND_OVER, 0), "2023-06-01", 0);
}

Test(ladder, the_controller_is_absent_where_it_is)
{
    struct assignment a = {.from = day("2023-03-01"),
                           .to = day("2023-03-31"),
                           .people = people,
                           .people_count = 1,
                           .parts = parts,
                           .controller = bytes_of("away")};
    struct deputy deputy;

    people[0] = bytes_of("omsk");
    ladder_build(&world, &a, &working);
    assert_at("moscow", find_deed(&a, DEED_HAND_OVER, 0), "2023-04-03", 0);
    cr_assert_eq(find_deed(&a, DEED_HAND_OVER, 0)->person, PERSON_CONTROLLER);
    now_is("moscow", "2023-04-17", 600);
    cr_assert(ladder_deputy(&world, &working, &a, PERSON_CONTROLLER, &deputy));
    cr_assert_str_eq(deputy.body->id, "kam");
    cr_assert_not(ladder_deputy(&world, &working, &a, 0, &deputy));
    now_is("moscow", "2023-05-17", 600);
    cr_assert_not(ladder_deputy(&world, &working, &a, PERSON_CONTROLLER, &deputy));
}
