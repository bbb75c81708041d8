/* digest_quiet_test.c - the letter of the day: what it leaves out */
#include "digest_fixture.h"

#include <criterion/criterion.h>

TestSuite(digest, .init = digest_fixture_init, .fini = fixture_fini);

Test(digest, of_what_is_closed_nobody_hears)
{
    gather();
    cr_assert(fixture_assign(ids[1], 1, ACTION_WITHDRAW, "inspector"));
    cr_assert_str_eq(letters(), "school: withdrawn/1");
    assert_letters("2023-04-03", 9, "school: reminder/2");
}

Test(digest, of_what_is_reported_nobody_hears)
{
    gather();
    cr_assert(fixture_assign(ids[1], 1, ACTION_REPORT, "school"));
    cr_assert(fixture_assign(ids[2], 1, ACTION_REPORT, "school"));
    letters();
    assert_letters("2023-04-03", 9, "");
    cr_assert_eq(newest_letter()->state, INSTANCE_COMPLETED);
    fixture_assert_replay();
}

Test(digest, of_a_suspended_plan_nobody_hears)
{
    gather();
    cr_assert(decide_suspend(&fx.world, ids[2], bytes_of("проверка"), &fx.err));
    assert_letters("2023-04-03", 9, "school: reminder/1");
    assert_letters("2023-04-05", 9, "");
    fixture_assert_replay();
}

Test(digest, what_a_suspended_plan_would_have_told_is_told_when_it_is_resumed)
{
    gather();
    cr_assert(decide_suspend(&fx.world, ids[2], bytes_of("проверка"), &fx.err));
    assert_letters("2023-04-03", 9, "school: reminder/1");
    fixture_now("2023-04-05", 12 * 60);
    cr_assert(decide_resume(&fx.world, ids[2], &fx.err));
    assert_letters("2023-04-05", 13, "school: reminder/2");
    assert_letters("2023-04-06", 9, "");
    assert_letters("2023-04-11", 9, "school: overdue/1 today/2");
    fixture_assert_replay();
}

Test(digest, of_what_a_suspended_plan_would_have_told_the_strongest_is_told_and_only_what_is_true)
{
    gather();
    cr_assert(decide_suspend(&fx.world, ids[1], bytes_of("проверка"), &fx.err));
    cr_assert(decide_suspend(&fx.world, ids[2], bytes_of("проверка"), &fx.err));
    assert_letters("2023-04-03", 9, "");
    fixture_now("2023-04-10", 12 * 60); /* the last day of the first came meanwhile */
    cr_assert(fixture_assign(ids[2], 1, ACTION_WITHDRAW, "inspector"), "%s", fx.err.text);
    letters();
    cr_assert(decide_resume(&fx.world, ids[1], &fx.err));
    assert_letters("2023-04-10", 13, "school: today/1");
    fixture_assert_replay();
}

Test(digest, the_news_of_a_term_that_moved_is_dropped)
{
    gather();
    cr_assert(fixture_assign(ids[1], 1, ACTION_MOVE, "inspector"), "%s", fx.err.text);
    cr_assert_str_eq(letters(), "school: moved/1");
    assert_letters("2023-04-03", 9, "school: reminder/2");
}
