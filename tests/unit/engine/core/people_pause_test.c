/* people_pause_test.c - the clock of an assignment stands and runs on */
#include "people_fixture.h"

#include <criterion/criterion.h>
#include <string.h>

TestSuite(pauses, .init = people_fixture_init, .fini = fixture_fini);

Test(pauses, nothing_is_announced_while_the_clock_stands)
{
    start("2023-01-09", "2023-01-31");
    act(ACTION_PAUSE, "inspector");
    const struct assignment *a = assignment();
    cr_assert(a->state == ASSIGNMENT_PAUSED && a->pause.kind == PAUSE_LEAVE);
    cr_assert(text_is(a->pause.by, "inspector") && text_is(a->pause.reason, "нет подписи"));
    cr_assert_eq(fixture_task(id, 1)->at_ms, 0);
    cr_assert_eq(letters_of(LETTER_PAUSED, "school"), 1);
    size_t records = fx.record_count;
    at("2023-03-31", 12);
    cr_assert_eq(fx.record_count, records);
    assert_refused(ACTION_REPORT, "school", ERROR_CONFLICT);
    fixture_assert_replay();
}

Test(pauses, the_term_moves_by_as_many_days_as_the_clock_stood)
{
    start("2023-01-09", "2023-01-31");
    at("2023-01-16", 12);
    act(ACTION_PAUSE, "inspector");
    at("2023-01-26", 12);
    act(ACTION_RESUME, "inspector");
    const struct assignment *a = assignment();
    cr_assert(a->state == ASSIGNMENT_OPEN && a->pause.kind == PAUSE_NONE);
    cr_assert_eq(a->to, day_of("2023-02-10"), "ten days later");
    cr_assert(a->term_count == 2 && a->terms[1].why == TERM_RESUMED);
    cr_assert(text_is(a->terms[1].reason, "нет подписи"), "why it stood");
    cr_assert_eq(letters_of(LETTER_RESUMED, "district"), 1);
    cr_assert_eq(letters_of(LETTER_REMINDER, NULL), 0, "of the old term nothing is told");
    at("2023-02-07", 9);
    cr_assert_eq(letters_of(LETTER_REMINDER, "school"), 1);
    fixture_assert_replay();
}

Test(pauses, a_policy_that_counts_working_days_counts_those_that_were_worked)
{
    fixture_deploy("document: {kind: policy, name: default, version: '2'}\n"
                   "at: '09:00'\nsoon: 3 working days\nladder: [{remind: on the day}]\n");
    start("2023-01-09", "2023-01-31");
    at("2023-01-13", 12); /* Friday */
    act(ACTION_PAUSE, "inspector");
    at("2023-01-17", 12); /* Tuesday: Friday and Monday have passed */
    act(ACTION_RESUME, "inspector");
    cr_assert_eq(assignment()->to, day_of("2023-02-02"));
}

Test(pauses, a_term_that_was_over_before_the_pause_is_not_moved)
{
    start("2023-01-09", "2023-01-20");
    at("2023-01-25", 12);
    act(ACTION_PAUSE, "inspector");
    at("2023-02-10", 12);
    act(ACTION_RESUME, "inspector");
    cr_assert_eq(assignment()->to, day_of("2023-01-20"));
    cr_assert_eq(assignment()->term_count, 1);
    cr_assert_eq(assignment()->phase, PHASE_CRITICAL, "late stays late");
}

Test(pauses, a_clock_that_stood_for_no_day_moves_nothing)
{
    start("2023-01-09", "2023-01-20");
    act(ACTION_PAUSE, "inspector");
    act(ACTION_RESUME, "inspector");
    cr_assert_eq(assignment()->term_count, 1);
    cr_assert_eq(assignment()->state, ASSIGNMENT_OPEN);
}

Test(pauses, a_pause_names_its_kind)
{
    start("2023-01-09", "2023-01-20");
    struct assignment_command c = command(ACTION_PAUSE, "inspector");
    c.pause = PAUSE_NONE;
    assert_refuses(&c, ERROR_INVALID, "higher_order");
}

Test(pauses, a_planned_assignment_may_stand_before_it_begins)
{
    start("2023-02-01", "2023-02-28");
    act(ACTION_PAUSE, "inspector");
    at("2023-02-03", 12);
    act(ACTION_RESUME, "inspector");
    cr_assert_eq(assignment()->state, ASSIGNMENT_OPEN, "its window has begun meanwhile");
    cr_assert_eq(letters_of(LETTER_OPENED, "school"), 0, "LETTER_RESUMED tells of it");
    fixture_assert_replay();
}

Test(pauses, what_is_paused_ends_with_its_instance_or_with_what_gives_it_up)
{
    start("2023-01-09", "2023-01-31");
    act(ACTION_PAUSE, "inspector");
    cr_assert(decide_cancel(&fx.world, id, bytes_of("план отменён"), &fx.err));
    cr_assert(assignment()->state == ASSIGNMENT_WITHDRAWN &&
              assignment()->pause.kind == PAUSE_NONE);
    start("2023-01-09", "2023-01-31");
    act(ACTION_PAUSE, "inspector");
    act(ACTION_WITHDRAW, "inspector");
    cr_assert_eq(assignment()->state, ASSIGNMENT_WITHDRAWN);
    cr_assert_not_null(fixture_find(id, TASK_CALL), "the flow goes on");
    start("2023-01-09", "2023-01-31");
    act(ACTION_PAUSE, "inspector");
    cr_assert_not(decide_skip(&fx.world, id, 1, bytes_of("x"), bytes_of("{}"), &fx.err));
    cr_assert_eq(fx.err.code, ERROR_CONFLICT);
    fixture_turn();
    fixture_assert_replay();
}

Test(pauses, a_suspended_instance_may_be_paused_and_resumed_by_people)
{
    start("2023-01-09", "2023-01-31");
    cr_assert(decide_suspend(&fx.world, id, bytes_of("x"), &fx.err));
    act(ACTION_PAUSE, "inspector");
    at("2023-01-19", 12);
    act(ACTION_RESUME, "inspector");
    cr_assert_eq(assignment()->to, day_of("2023-02-10"));
    cr_assert(decide_resume(&fx.world, id, &fx.err));
    at("2023-02-07", 9);
    cr_assert_eq(letters_of(LETTER_REMINDER, "school"), 1);
    fixture_assert_replay();
}

Test(pauses, what_was_delegated_stands_and_runs_with_the_whole)
{
    start("2023-01-09", "2023-02-28");
    act(ACTION_DELEGATE, "school");
    uint32_t child = assignment()->child;
    civil_day before = assignment_of(child)->to;
    act(ACTION_PAUSE, "inspector");
    cr_assert_eq(assignment_of(child)->state, ASSIGNMENT_PAUSED);
    at("2023-01-19", 12);
    act(ACTION_RESUME, "inspector");
    cr_assert_eq(assignment()->state, ASSIGNMENT_DELEGATED);
    cr_assert_eq(assignment_of(child)->state, ASSIGNMENT_OPEN);
    cr_assert_eq(assignment()->to, day_of("2023-03-10"));
    cr_assert_eq(assignment_of(child)->to, before + 10);
    fixture_assert_replay();
}

Test(pauses, a_pause_of_its_own_outlives_that_of_the_whole)
{
    start("2023-01-09", "2023-02-28");
    act(ACTION_DELEGATE, "school");
    uint32_t child = assignment()->child;
    cr_assert(fixture_assign(id, child, ACTION_PAUSE, "school"), "%s", fx.err.text);
    act(ACTION_PAUSE, "inspector");
    act(ACTION_RESUME, "inspector");
    cr_assert_eq(assignment()->state, ASSIGNMENT_DELEGATED);
    cr_assert_eq(assignment_of(child)->state, ASSIGNMENT_PAUSED);
    cr_assert(fixture_assign(id, child, ACTION_RESUME, "school"), "%s", fx.err.text);
    fixture_assert_replay();
}
