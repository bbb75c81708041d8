/* plan_test.c - the habits of simulated officials */
#include "workers/officials/plan.h"

#include <criterion/criterion.h>
#include <stdio.h>
#include <string.h>

#define MANY 20000

static civil_day day(const char *text)
{
    civil_day result = CIVIL_DAY_NONE;

    cr_assert(civil_parse(bytes_of(text), &result));
    return result;
}

static struct habits habits(uint64_t seed)
{
    struct habits usual = HABITS_DEFAULT;

    usual.seed = seed;
    return usual;
}

static const char *task(unsigned i)
{
    static char text[32];

    snprintf(text, sizeof text, "%u.%u", i / 3 + 1, i % 3 + 1);
    return text;
}

static void within(unsigned count, unsigned percent, unsigned slack)
{
    unsigned got = count * 100 / MANY;

    cr_assert(got + slack >= percent && got <= percent + slack, "%u %%, not about %u %%", got,
              percent);
}

Test(plan, most_are_on_time_some_late_and_a_few_never)
{
    struct habits h = habits(1);
    unsigned counts[3] = {0};
    unsigned returned = 0;
    unsigned slow = 0;

    for (unsigned i = 0; i < MANY; i++) {
        struct plan plan = plan_of(&h, task(i), day("2023-01-01"), day("2023-02-28"));
        counts[plan.punctuality]++;
        returned += plan.returns_first;
        slow += plan.decide_days > PLAN_SLOW_DAYS;
    }
    within(counts[PLAN_ON_TIME], 70, 2);
    within(counts[PLAN_LATE], 20, 2);
    within(counts[PLAN_NEVER], 10, 2);
    within(returned, 10, 2);
    within(slow, 20, 2);
}

Test(plan, the_same_seed_task_and_window_give_the_same_plan)
{
    struct habits h = habits(7);

    for (unsigned i = 0; i < 500; i++) {
        struct plan a = plan_of(&h, task(i), day("2023-01-01"), day("2023-02-28"));
        struct plan b = plan_of(&h, task(i), day("2023-01-01"), day("2023-02-28"));
        cr_assert_eq(a.punctuality, b.punctuality);
        cr_assert_eq(a.report_day, b.report_day);
        cr_assert_eq(a.decide_days, b.decide_days);
        cr_assert_eq(a.returns_first, b.returns_first);
    }
}

Test(plan, another_seed_makes_other_people)
{
    struct habits one = habits(1);
    struct habits two = habits(2);
    unsigned different = 0;

    for (unsigned i = 0; i < 500; i++) {
        struct plan a = plan_of(&one, task(i), day("2023-01-01"), day("2023-02-28"));
        struct plan b = plan_of(&two, task(i), day("2023-01-01"), day("2023-02-28"));
        different += a.report_day != b.report_day;
    }
    cr_assert_gt(different, 300);
}

Test(plan, who_is_on_time_reports_in_the_last_third_on_a_working_day)
{
    struct habits h = habits(3);

    for (unsigned i = 0; i < MANY; i++) {
        civil_day from = day("2023-01-01") + (civil_day)(i % 300);
        civil_day to = from + (civil_day)(i % 97);
        struct plan plan = plan_of(&h, task(i), from, to);
        if (plan.punctuality == PLAN_ON_TIME) {
            civil_day third = (to - from + 3) / 3;
            cr_assert(plan.report_day > to - third && plan.report_day <= to);
            cr_assert(plan.report_day >= from);
            cr_assert(civil_weekday(plan.report_day) <= 5 || third < 3,
                      "a weekend though there was a working day");
        }
    }
}

Test(plan, who_is_late_is_so_by_1_to_20_days)
{
    struct habits h = habits(3);
    bool first = false;
    bool last = false;

    h.late_percent = 100;
    h.never_percent = 0;
    for (unsigned i = 0; i < MANY; i++) {
        civil_day to = day("2023-02-28") + (civil_day)(i % 7);
        struct plan plan = plan_of(&h, task(i), day("2023-01-01"), to);
        cr_assert_eq(plan.punctuality, PLAN_LATE);
        cr_assert(plan.report_day > to && plan.report_day <= to + PLAN_LATE_DAYS_MAX);
        first = first || plan.report_day == to + 1;
        last = last || plan.report_day == to + PLAN_LATE_DAYS_MAX;
    }
    cr_assert(first && last);
}

Test(plan, habits_can_be_set_to_their_ends)
{
    struct habits h = habits(3);

    h.late_percent = 0;
    h.never_percent = 100;
    h.return_percent = 0;
    h.slow_percent = 0;
    for (unsigned i = 0; i < 1000; i++) {
        struct plan plan = plan_of(&h, task(i), day("2023-01-01"), day("2023-01-01"));
        cr_assert_eq(plan.punctuality, PLAN_NEVER);
        cr_assert_eq(plan.report_day, CIVIL_DAY_NONE);
        cr_assert_not(plan.returns_first);
        cr_assert(plan.decide_days == 1 || plan.decide_days == 2);
    }
}

Test(plan, a_window_of_one_day_is_that_day)
{
    struct habits h = habits(3);

    h.late_percent = 0;
    h.never_percent = 0;
    for (int i = 0; i < 7; i++) { /* weekends too: there is no other day */
        civil_day only = day("2023-01-02") + i;
        cr_assert_eq(plan_of(&h, "1.1", only, only).report_day, only);
    }
}
