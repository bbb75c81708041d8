/* recurrence_test.c - days of rules, against a look at every day */
#include "calendar/recurrence.h"

#include <criterion/criterion.h>

static uint64_t random_state;

static uint32_t drawn(void)
{
    random_state = random_state * UINT64_C(6364136223846793005) + UINT64_C(1442695040888963407);
    return (uint32_t)(random_state >> 33);
}

static civil_day on(int year, int month, int day)
{
    return civil_to_day((struct civil){year, month, day});
}

static bool allowed(uint32_t set, int number)
{
    return set == 0 || (set >> number & 1) != 0;
}

static civil_day looked_up(const struct recurrence *r, civil_day from, civil_day last)
{
    for (civil_day day = from; day <= last; day++) {
        struct civil c = civil_of_day(day);
        if (allowed(r->months, c.month) && allowed(r->days, c.day) &&
            allowed(r->weekdays, civil_weekday(day))) {
            return day;
        }
    }
    return CIVIL_DAY_NONE;
}

static void check(const struct recurrence *r, civil_day from, civil_day last)
{
    civil_day day = CIVIL_DAY_NONE;
    bool found = recurrence_next(r, from, last, &day);

    cr_assert_eq(found, day != CIVIL_DAY_NONE, "the output is untouched when there is none");
    cr_assert_eq(day, looked_up(r, from, last), "%x %x %x from %d: %d", r->months, r->days,
                 r->weekdays, from, day);
}

Test(recurrence, every_day_of_a_month_on_every_weekday)
{
    for (int month = 1; month <= 12; month++) {
        for (int day = 1; day <= 31; day++) {
            for (int weekday = 1; weekday <= 7; weekday++) {
                struct recurrence r = {1u << month, 1u << day, 1u << weekday};
                check(&r, on(2024, month, 15), on(2031, 12, 31));
            }
        }
    }
}

Test(recurrence, any_sets_from_any_day)
{
    random_state = 7;
    for (int i = 0; i < 700; i++) {
        struct recurrence r = {drawn() & drawn() & 0x1ffe, drawn() & drawn() & 0xfffffffe,
                               drawn() & drawn() & 0xfe};
        r.months = drawn() % 3 == 0 ? 0 : r.months;
        r.days = drawn() % 2 == 0 ? 0 : r.days;
        r.weekdays = drawn() % 2 == 0 ? 0 : r.weekdays;
        civil_day from = on(1995, 1, 1) + (civil_day)(drawn() % 20000);
        check(&r, from, from + (civil_day)(drawn() % 2928));
    }
}

Test(recurrence, leap_days_around_a_year_that_is_none)
{
    struct recurrence leap = {1u << 2, 1u << 29, 0};
    civil_day day = 0;

    cr_assert(recurrence_next(&leap, on(2096, 3, 1), on(2104, 2, 29), &day));
    cr_assert_eq(day, on(2104, 2, 29));
    cr_assert_not(recurrence_next(&leap, on(2096, 3, 1), on(2104, 2, 28), &day));
}

Test(recurrence, ends_with_the_years_that_civil_days_have)
{
    struct recurrence first = {1u << 1, 1u << 1, 0};
    struct recurrence all = {0, 0, 0};
    civil_day day = 0;

    cr_assert_not(recurrence_next(&first, on(2199, 1, 2), on(2199, 12, 31), &day));
    cr_assert(recurrence_next(&all, on(2199, 12, 31), on(2199, 12, 31), &day));
    cr_assert_eq(day, on(2199, 12, 31));
    cr_assert(recurrence_next(&first, on(1900, 1, 1), on(2199, 12, 31), &day));
    cr_assert_eq(day, on(1900, 1, 1));
}
