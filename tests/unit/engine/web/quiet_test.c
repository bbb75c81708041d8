/* quiet_test.c - stretches of the journal that need no second look */
#include "engine/web/quiet.h"

#include <criterion/criterion.h>

Test(quiet, nothing_is_stepped_over_before_anything_is_known)
{
    struct quiet q = {NULL, 0};

    cr_expect_eq(quiet_below(&q, 7), 7);
    cr_expect_eq(quiet_below(&q, 0), 0);
}

Test(quiet, a_stretch_is_stepped_over_from_its_ends_and_its_middle)
{
    struct quiet q = {NULL, 0};

    quiet_add(&q, 5, 9);
    cr_expect_eq(quiet_below(&q, 10), 10);
    cr_expect_eq(quiet_below(&q, 9), 4);
    cr_expect_eq(quiet_below(&q, 7), 4);
    cr_expect_eq(quiet_below(&q, 5), 4);
    cr_expect_eq(quiet_below(&q, 4), 4);
    quiet_fini(&q);
}

Test(quiet, stretches_that_touch_or_overlap_become_one)
{
    struct quiet q = {NULL, 0};

    quiet_add(&q, 5, 9);
    quiet_add(&q, 20, 30);
    quiet_add(&q, 10, 10);
    cr_expect_eq(q.count, 2);
    cr_expect_eq(quiet_below(&q, 10), 4);
    cr_expect_eq(quiet_below(&q, 12), 12);
    quiet_add(&q, 4, 4);
    cr_expect_eq(q.count, 2);
    cr_expect_eq(quiet_below(&q, 9), 3);
    quiet_add(&q, 8, 22);
    cr_expect_eq(q.count, 1);
    cr_expect_eq(quiet_below(&q, 30), 3);
    quiet_fini(&q);
}

Test(quiet, the_beginning_of_the_journal_has_nothing_below)
{
    struct quiet q = {NULL, 0};

    quiet_add(&q, 1, 3);
    cr_expect_eq(quiet_below(&q, 2), 0);
    quiet_fini(&q);
}

Test(quiet, one_too_many_costs_the_shortest)
{
    struct quiet q = {NULL, 0};

    for (uint64_t i = 0; i < QUIET_MAX; i++) {
        quiet_add(&q, 10 * i + 1, 10 * i + (i == 17 ? 2 : 4));
    }
    cr_expect_eq(q.count, QUIET_MAX);
    quiet_add(&q, 10 * QUIET_MAX + 1, 10 * QUIET_MAX + 4);
    cr_expect_eq(q.count, QUIET_MAX);
    cr_expect_eq(quiet_below(&q, 172), 172);
    cr_expect_eq(quiet_below(&q, 164), 160);
    cr_expect_eq(quiet_below(&q, 10 * QUIET_MAX + 2), 10 * QUIET_MAX);
    quiet_fini(&q);
}
