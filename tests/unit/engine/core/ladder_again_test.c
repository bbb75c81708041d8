/* ladder_again_test.c - the ladder of an assignment that goes on */
#include "ladder_fixture.h"

#include "base/limits.h"

#include <criterion/criterion.h>
#include <stdio.h>

TestSuite(ladder_again, .init = ladder_fixture_init, .fini = ladder_fixture_fini);

/* --- an assignment that goes on --------------------------------------------------------------- */

Test(ladder_again, what_is_over_is_not_told_again_but_the_phase_is)
{
    struct assignment a = build("moscow", "2023-03-01", "2023-03-31", &working);

    now_is("moscow", "2023-03-30", 600);
    ladder_after(&world, &a, &working, NULL);
    assert_in_order(&a);
    cr_assert_eq(a.steps[0].phase, PHASE_SOON);
    cr_assert_eq(a.steps[0].letter, LETTER_NONE);
    cr_assert_eq(a.steps[1].phase, PHASE_TODAY);
    cr_assert_null(find_letter(&a, LETTER_OPENED, 0, 0));
    cr_assert_null(find_letter(&a, LETTER_REMINDER, 0, 0));
    assert_at("moscow", find_letter(&a, LETTER_TODAY, 0, 0), "2023-03-31", 540);
}

Test(ladder_again, what_is_due_at_this_moment_is_over)
{
    struct assignment a = build("moscow", "2023-03-01", "2023-03-31", &working);

    now_is("moscow", "2023-03-31", 540);
    ladder_after(&world, &a, &working, NULL);
    cr_assert_null(find_letter(&a, LETTER_TODAY, 0, 0));
    cr_assert_eq(a.steps[0].phase, PHASE_TODAY);
}

Test(ladder_again, nothing_is_lost_of_what_is_still_ahead)
{
    struct assignment before = build("moscow", "2023-03-01", "2023-03-31", &working);
    struct assignment after = build("moscow", "2023-03-01", "2023-03-31", &working);

    now_is("moscow", "2023-02-01", 600);
    ladder_after(&world, &after, &working, NULL);
    cr_assert_eq(after.step_count, before.step_count);
    cr_assert_eq(after.steps[0].letter, LETTER_OPENED);
}

Test(ladder_again, who_is_away_now_is_handed_over_once)
{
    struct acting acting = {bytes_of("away"), bytes_of("moscow"), day("2023-04-16")};

    now_is("moscow", "2023-04-10", 600);
    struct assignment a = build("away", "2023-03-01", "2023-05-31", &working);
    ladder_after(&world, &a, &working, NULL);
    assert_in_order(&a);
    assert_at("moscow", find_deed(&a, DEED_HAND_OVER, 0), "2023-04-03", 0);

    a = build("away", "2023-03-01", "2023-05-31", &working);
    a.acting = &acting;
    a.acting_count = 1;
    ladder_after(&world, &a, &working, NULL);
    assert_in_order(&a);
    assert_at("moscow", find_deed(&a, DEED_HAND_OVER, 0), "2023-04-17", 0);
    assert_at("moscow", find_deed(&a, DEED_HAND_BACK, 0), "2023-04-17", 0);

    acting.deputy = bytes_of("omsk"); /* the document names another deputy now */
    a = build("away", "2023-03-01", "2023-05-31", &working);
    a.acting = &acting;
    a.acting_count = 1;
    ladder_after(&world, &a, &working, NULL);
    assert_at("moscow", find_deed(&a, DEED_HAND_OVER, 0), "2023-04-03", 0);
}

Test(ladder_again, who_is_not_away_any_more_gets_its_work_back_at_once)
{
    struct acting acting = {bytes_of("omsk"), bytes_of("moscow"), day("2023-04-16")};

    now_is("moscow", "2023-03-10", 600);
    struct assignment a = build("omsk", "2023-03-01", "2023-03-31", &working);
    a.acting = &acting;
    a.acting_count = 1;
    ladder_after(&world, &a, &working, NULL);
    assert_in_order(&a);
    cr_assert_eq(find_deed(&a, DEED_HAND_BACK, 0)->at_ms, world.now_ms);
}

Test(ladder_again, a_rung_that_gave_it_to_another_is_not_taken_again)
{
    struct rung deeds[] = {{.kind = LADDER_REASSIGN, .offset = {5, true}},
                           {.kind = LADDER_REASSIGN, .offset = {10, true}, .levels = 1}};
    struct policy p = {.minute = 540, .rungs = deeds, .rung_count = 2};
    struct assignment a = build("kam", "2023-03-01", "2023-03-31", &p);
    struct ladder_step taken = *find_deed(&a, DEED_REASSIGN, 0);

    world.now_ms = taken.at_ms;
    a = build("moscow", "2023-03-01", "2023-03-31", &p); /* where it is nine hours earlier */
    ladder_after(&world, &a, &working, &taken);
    assert_in_order(&a);
    cr_assert_eq(find_deed(&a, DEED_REASSIGN, 0)->levels, 1);
    cr_assert_null(find_deed(&a, DEED_REASSIGN, 1));
}

Test(ladder_again, a_report_that_waits_reminds_its_controller)
{
    struct policy p = working;
    struct assignment a = build("moscow", "2023-03-01", "2023-03-31", &p);
    uint32_t count = a.step_count;

    cr_assert_not(ladder_undecided(&world, &a, &p, day("2023-03-10")), "the policy wants none");
    p.decide_within = (struct days){5, true};
    cr_assert_not(ladder_undecided(&world, &a, &p, day("2023-03-10")), "nobody controls");
    a.controller = bytes_of("omsk");
    a.next_step = 1;
    cr_assert(ladder_undecided(&world, &a, &p, day("2023-03-10")));
    cr_assert(a.next_step == 0 && a.step_count == count);
    cr_assert_eq(a.steps[0].letter, LETTER_UNDECIDED);
    assert_at("moscow", &a.steps[0], "2023-03-17", 540);
}
