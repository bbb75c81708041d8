/* retry_test.c - pauses between attempts: they grow, they are capped, they scatter */
#include "engine/core/retry.h"

#include <criterion/criterion.h>

static const struct retry_policy plain = {.attempts_max = 3,
                                          .delay_ms = 1000,
                                          .delay_max_ms = 30000,
                                          .factor_percent = 200,
                                          .jitter_percent = 0};

Test(retry, pauses_grow_by_the_factor)
{
    cr_assert_eq(retry_delay_ms(&plain, 1, 1), 1000);
    cr_assert_eq(retry_delay_ms(&plain, 2, 1), 2000);
    cr_assert_eq(retry_delay_ms(&plain, 3, 1), 4000);
    cr_assert_eq(retry_delay_ms(&plain, 5, 1), 16000);
}

Test(retry, a_pause_is_never_longer_than_the_longest)
{
    cr_assert_eq(retry_delay_ms(&plain, 6, 1), 30000);
    cr_assert_eq(retry_delay_ms(&plain, 1000, 1), 30000);
    cr_assert_eq(retry_delay_ms(&plain, UINT32_MAX, 1), 30000);
}

Test(retry, a_century_does_not_overflow)
{
    struct retry_policy p = plain;

    p.delay_ms = p.delay_max_ms = INT64_C(36525) * 86400000;
    p.factor_percent = 10000;
    p.jitter_percent = 100;
    for (uint64_t seed = 0; seed < 100; seed++) {
        int64_t delay_ms = retry_delay_ms(&p, 40, seed);
        cr_assert(delay_ms >= 0 && delay_ms <= 2 * p.delay_max_ms);
    }
}

Test(retry, a_factor_of_one_keeps_the_pause)
{
    struct retry_policy p = plain;

    p.factor_percent = 100;
    cr_assert_eq(retry_delay_ms(&p, 1, 1), 1000);
    cr_assert_eq(retry_delay_ms(&p, 90, 1), 1000);
}

Test(retry, no_delay_is_no_delay)
{
    struct retry_policy p = plain;

    p.delay_ms = 0;
    p.jitter_percent = 100;
    cr_assert_eq(retry_delay_ms(&p, 9, 5), 0);
}

Test(retry, jitter_stays_in_its_bounds_and_uses_them)
{
    struct retry_policy p = plain;
    int64_t least = INT64_MAX;
    int64_t most = 0;

    p.jitter_percent = 20;
    for (uint64_t seed = 0; seed < 5000; seed++) {
        int64_t delay_ms = retry_delay_ms(&p, 1, seed);
        least = delay_ms < least ? delay_ms : least;
        most = delay_ms > most ? delay_ms : most;
    }
    cr_assert(least >= 800 && least < 820, "%d", (int)least);
    cr_assert(most <= 1200 && most > 1180, "%d", (int)most);
}

Test(retry, the_same_seed_gives_the_same_pause)
{
    struct retry_policy p = plain;

    p.jitter_percent = 50;
    cr_assert_eq(retry_delay_ms(&p, 2, 99), retry_delay_ms(&p, 2, 99));
    cr_assert_neq(retry_delay_ms(&p, 2, 99), retry_delay_ms(&p, 2, 100));
}

Test(retry, attempts_end_at_their_number)
{
    cr_assert(retry_allowed(&plain, 1));
    cr_assert(retry_allowed(&plain, 2));
    cr_assert_not(retry_allowed(&plain, 3));
    cr_assert_not(retry_allowed(&plain, 4));
}

Test(retry, zero_attempts_are_attempts_without_end)
{
    struct retry_policy p = plain;

    p.attempts_max = 0;
    cr_assert(retry_allowed(&p, UINT32_MAX));
    cr_assert(retry_allowed(&retry_notice, 1000000), "a letter must not be lost");
}

Test(retry, one_attempt_is_no_retry)
{
    struct retry_policy p = plain;

    p.attempts_max = 1;
    cr_assert_not(retry_allowed(&p, 1));
}
