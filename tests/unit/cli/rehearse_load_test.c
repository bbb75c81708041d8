/* rehearse_load_test.c - days and weeks with too much at once */
#include "cli/rehearse_load.h"

#include <criterion/criterion.h>
#include <stdlib.h>

/* 2023-08-14 is a Monday. */
static civil_day august(int day)
{
    return civil_to_day((struct civil){2023, 8, day});
}

static struct load_term term(const char *body, int day, uint32_t number)
{
    return (struct load_term){.body = body, .day = august(day), .own = true, .term = number};
}

Test(load, nothing_is_no_load)
{
    struct load *loads;

    cr_assert_eq(load_find(NULL, 0, 1, 1, &loads), 0);
    cr_assert_null(loads);
}

Test(load, a_day_is_told_of_at_its_bound_and_not_one_below)
{
    struct load_term terms[] = {term("a", 14, 0), term("a", 14, 1), term("a", 15, 2)};
    struct load *loads;

    cr_assert_eq(load_find(terms, 3, 2, 100, &loads), 1);
    cr_assert_eq(loads[0].from, august(14));
    cr_assert_eq(loads[0].to, august(14));
    cr_assert_eq(loads[0].count, 2);
    free(loads);
    cr_assert_eq(load_find(terms, 3, 3, 100, &loads), 0);
}

Test(load, each_body_counts_for_itself)
{
    struct load_term terms[] = {term("b", 14, 0), term("a", 14, 1), term("b", 14, 2),
                                term("a", 15, 3)};
    struct load *loads;

    cr_assert_eq(load_find(terms, 4, 2, 3, &loads), 1);
    cr_assert_str_eq(terms[loads[0].first].body, "b");
    cr_assert_eq(terms[loads[0].first].term, 0);
    cr_assert_eq(terms[loads[0].first + 1].term, 2);
    free(loads);
}

Test(load, a_week_goes_from_monday_to_sunday)
{
    /* Sunday and Monday beside each other are two weeks */
    struct load_term terms[] = {term("a", 13, 0), term("a", 14, 1), term("a", 20, 2),
                                term("a", 21, 3)};
    struct load *loads;

    cr_assert_eq(load_find(terms, 4, 100, 2, &loads), 1);
    cr_assert_eq(loads[0].from, august(14));
    cr_assert_eq(loads[0].to, august(20));
    cr_assert_eq(loads[0].count, 2);
    free(loads);
}

Test(load, a_week_that_is_one_day_is_told_once)
{
    struct load_term terms[] = {term("a", 16, 0), term("a", 16, 1), term("a", 16, 2)};
    struct load *loads;

    cr_assert_eq(load_find(terms, 3, 2, 2, &loads), 1);
    cr_assert_eq(loads[0].to, loads[0].from);
    free(loads);
    cr_assert_eq(load_find(terms, 3, 4, 2, &loads), 1, "the day alone is not too much");
    cr_assert_neq(loads[0].to, loads[0].from);
    free(loads);
}

Test(load, a_week_stands_before_its_days)
{
    struct load_term terms[] = {term("a", 14, 0), term("a", 17, 1), term("a", 17, 2)};
    struct load *loads;

    cr_assert_eq(load_find(terms, 3, 2, 3, &loads), 2);
    cr_assert_eq(loads[0].count, 3);
    cr_assert_eq(loads[1].count, 2);
    cr_assert_eq(loads[1].from, august(17));
    free(loads);
}
