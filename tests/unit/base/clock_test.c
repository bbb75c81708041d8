/* clock_test.c - real, virtual and demonstration time */
#include "base/clock.h"
#include "base/thread.h"

#include <criterion/criterion.h>
#include <signal.h>

#define DAY_MS   INT64_C(86400000)
#define START_MS INT64_C(1673244000000) /* 2023-01-09 09:00 in Moscow */

Test(clock, real_time_is_in_this_century_and_monotonic_time_does_not_go_back)
{
    struct clock clock = clock_real();
    int64_t start = monotonic_ms();
    int64_t last = start;

    cr_assert_gt(clock_now_ms(&clock), START_MS);
    cr_assert_lt(clock_now_ms(&clock), INT64_C(4102444800000));
    for (int i = 0; i < 50000; i++) {
        int64_t next = monotonic_ms();
        if (next < last) {
            cr_assert_fail("it went back by %lld ms", (long long)(last - next));
        }
        last = next;
    }
    cr_assert_lt(last - start, 60000, "its unit is the millisecond");
}

Test(clock, virtual_time_stands_until_it_is_moved)
{
    struct clock clock = clock_virtual(START_MS);

    cr_assert_eq(clock_now_ms(&clock), START_MS);
    clock_set(&clock, START_MS + 365 * DAY_MS);
    cr_assert_eq(clock_now_ms(&clock), START_MS + 365 * DAY_MS);
}

Test(clock, virtual_time_may_go_back_as_real_clocks_do)
{
    struct clock clock = clock_virtual(START_MS);

    clock_set(&clock, START_MS - 1);
    cr_assert_eq(clock_now_ms(&clock), START_MS - 1);
}

Test(clock, a_copy_of_a_clock_is_a_clock_of_its_own)
{
    struct clock clock = clock_virtual(START_MS);
    struct clock copy = clock;

    clock_set(&clock, 0);
    cr_assert_eq(clock_now_ms(&copy), START_MS);
}

Test(clock, demonstration_time_starts_where_it_is_told_and_runs_at_its_rate)
{
    struct clock clock = clock_demo(START_MS, DAY_MS / 3000);

    /* Where it is told: no more than the time since it was made, times the rate. */
    int64_t now = clock_now_ms(&clock);
    int64_t real = monotonic_ms() - clock.base_mono_ms;
    cr_assert_geq(now, START_MS);
    cr_assert_leq(now, START_MS + real * clock.rate);

    clock.base_mono_ms -= 3000; /* as if three seconds had passed: one day */
    cr_assert_geq(clock_now_ms(&clock), START_MS + DAY_MS);
}

Test(clock, the_wait_until_a_past_moment_is_none)
{
    struct clock virtual = clock_virtual(START_MS);
    struct clock demo = clock_demo(START_MS, 1000);
    struct clock real = clock_real();

    cr_assert_eq(clock_real_ms_until(&virtual, START_MS), 0);
    cr_assert_eq(clock_real_ms_until(&virtual, START_MS - 5), 0);
    cr_assert_eq(clock_real_ms_until(&demo, START_MS - 5), 0);
    cr_assert_eq(clock_real_ms_until(&real, START_MS), 0);
    cr_assert_eq(clock_real_ms_until(&real, 0), 0);
}

Test(clock, virtual_time_never_comes_by_waiting)
{
    struct clock clock = clock_virtual(START_MS);

    cr_assert_eq(clock_real_ms_until(&clock, START_MS + 1), INT64_MAX);
}

Test(clock, the_wait_in_demonstration_time_is_rounded_up_so_that_nobody_wakes_early)
{
    struct clock clock = clock_demo(START_MS, 1000);

    for (int64_t left = 5000000; left < 5003000; left += 499) {
        int64_t before = clock_now_ms(&clock);
        int64_t wait = clock_real_ms_until(&clock, before + left);
        int64_t passed = clock_now_ms(&clock) - before;
        cr_assert_geq(wait * clock.rate + passed, left);
        cr_assert_leq(wait, left / clock.rate + 1);
    }
}

Test(clock, the_wait_in_real_time_is_the_difference)
{
    struct clock clock = clock_real();
    int64_t before = clock_now_ms(&clock);
    int64_t wait = clock_real_ms_until(&clock, before + DAY_MS);

    cr_assert_leq(wait, DAY_MS);
    cr_assert_gt(wait, DAY_MS - 60000);
}

Test(clock, only_virtual_time_can_be_set, .signal = SIGABRT)
{
    struct clock clock = clock_real();

    clock_set(&clock, START_MS);
}

Test(clock, a_demonstration_that_stands_still_is_a_bug, .signal = SIGABRT)
{
    clock_demo(START_MS, 0);
}

/* A thread that works until its stint is over; how long another's stint lasted meanwhile. */
static void *work(void *context)
{
    struct stint stint = stint_begin(200);
    int64_t rounds = 0;

    (void)context;
    while (!stint_is_over(&stint)) {
        rounds++;
    }
    return rounds > 0 ? context : NULL;
}

Test(clock, waiting_for_others_is_no_work_of_a_stint)
{
    struct stint waiting = stint_begin(200);
    struct error err;
    pthread_t thread;
    void *worked;

    cr_assert(thread_start(&thread, work, &waiting, &err), "%s", err.text);
    pthread_join(thread, &worked);
    cr_expect_not_null(worked, "a stint that works comes to its end");
    waiting.end_ms = INT64_MAX;
    cr_expect_not(stint_is_over(&waiting));
}

Test(clock, a_stint_that_waited_ten_times_its_length_is_over)
{
    struct stint stint = stint_begin(1000000);

    cr_expect_not(stint_is_over(&stint));
    stint.end_ms = monotonic_ms();
    cr_expect(stint_is_over(&stint));
}
