/* recurrence_year_test.c - series of a year as libical has them, against a look at every day */
#include "calendar/recurrence_year.h"

#include <criterion/criterion.h>

static civil_day on(int year, int month, int day)
{
    return civil_to_day((struct civil){year, month, day});
}

static int month_length(struct civil c)
{
    return c.month == 12 ? 31 : on(c.year, c.month + 1, 1) - on(c.year, c.month, 1);
}

/* Is it the number-th of those that follow each other at this step? */
static bool counts(int at, int length, int step, int number)
{
    return number > 0 ? (at - 1) / step == number - 1 : (length - at) / step == -number - 1;
}

static void compare_year(struct recurrence_series series, int year)
{
    for (civil_day day = on(year, 1, 1); day <= on(year, 12, 31); day++) {
        struct civil c = civil_of_day(day);
        int step = series.weekday > 0 ? 7 : 1;
        bool expected = (series.weekday == 0 || civil_weekday(day) == series.weekday) &&
                        (series.number == 0 || counts(c.day, month_length(c), step, series.number));
        civil_day found;
        cr_assert_eq(recurrence_series_next(series, day, day, &found), expected,
                     "%d-%d-%d: %d of %d", year, c.month, c.day, series.number, series.weekday);
    }
}

Test(recurrence_year, weekdays_of_months_in_all_kinds_of_years)
{
    for (int year = 2010; year < 2038; year++) {
        for (int weekday = 1; weekday <= 7; weekday++) {
            for (int number = -5; number <= 5; number++) {
                compare_year((struct recurrence_series){weekday, number}, year);
            }
        }
    }
}

Test(recurrence_year, days_of_months_in_all_kinds_of_years)
{
    for (int year = 2010; year < 2038; year++) {
        for (int number = -31; number <= 31; number++) {
            if (number != 0) {
                compare_year((struct recurrence_series){0, number}, year);
            }
        }
    }
}

Test(recurrence_year, the_next_day_may_lie_in_a_later_year)
{
    struct recurrence_series thursday_5 = {4, 5};
    civil_day day;

    cr_assert(recurrence_series_next(thursday_5, on(2023, 12, 1), on(2024, 12, 31), &day));
    cr_expect_eq(day, on(2024, 2, 29));
    cr_expect_not(recurrence_series_next(thursday_5, on(2023, 12, 1), on(2024, 2, 28), &day));
    cr_expect_not(recurrence_series_next(thursday_5, on(2024, 2, 29), on(2024, 2, 28), &day));
}

Test(recurrence_year, years_at_the_ends_of_the_calendar)
{
    compare_year((struct recurrence_series){2, 0}, 1900);
    compare_year((struct recurrence_series){5, -1}, 1900);
    compare_year((struct recurrence_series){5, -1}, 2199);
    compare_year((struct recurrence_series){0, 31}, 2100);
}
