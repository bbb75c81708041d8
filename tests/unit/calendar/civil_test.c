/* civil_test.c - days of the calendar: arithmetic and text */
#include "calendar/civil.h"

#include <criterion/criterion.h>
#include <string.h>

#define FIRST_DAY (-25567) /* 1900-01-01 */
#define LAST_DAY  84005    /* 2199-12-31 */

static civil_day parsed(const char *text)
{
    civil_day day = CIVIL_DAY_NONE;

    cr_assert(civil_parse(bytes_of(text), &day), "%s", text);
    return day;
}

Test(civil, the_ends_of_the_calendar_are_where_they_are_said_to_be)
{
    cr_assert_eq(parsed("1900-01-01"), FIRST_DAY);
    cr_assert_eq(parsed("1970-01-01"), 0);
    cr_assert_eq(parsed("2199-12-31"), LAST_DAY);
}

Test(civil, every_day_becomes_a_date_and_comes_back)
{
    struct civil last = {1899, 12, 31};

    for (civil_day day = FIRST_DAY; day <= LAST_DAY; day++) {
        struct civil c = civil_of_day(day);
        bool next_day = c.year == last.year && c.month == last.month && c.day == last.day + 1;
        bool next_month = c.year == last.year && c.month == last.month + 1 && c.day == 1;
        bool next_year = c.year == last.year + 1 && c.month == 1 && c.day == 1;
        cr_assert(next_day || next_month || next_year, "after %d", day - 1);
        cr_assert(civil_valid(c));
        cr_assert_eq(civil_to_day(c), day);
        last = c;
    }
}

Test(civil, weekdays_follow_one_another)
{
    cr_assert_eq(civil_weekday(parsed("2023-01-09")), 1);
    cr_assert_eq(civil_weekday(parsed("1900-01-01")), 1);
    cr_assert_eq(civil_weekday(parsed("2000-02-29")), 2);
    for (civil_day day = FIRST_DAY; day < LAST_DAY; day++) {
        cr_assert_eq(civil_weekday(day + 1), civil_weekday(day) % 7 + 1);
    }
}

Test(civil, a_printed_day_parses_back)
{
    for (civil_day day = FIRST_DAY; day <= LAST_DAY; day++) {
        char text[CIVIL_TEXT_MAX];
        civil_print(day, text);
        cr_assert_eq(parsed(text), day);
    }
}

Test(civil, dates_that_are_none_are_refused)
{
    static const char *const wrong[] = {
        "",           "2023-02-29", "2023-13-01",  "2023-00-10", "2023-01-00", "2023-04-31",
        "1900-02-29", "2100-02-29", "1899-12-31",  "2200-01-01", "2023-1-01",  "2023/01/01",
        "23-01-01",   "2023-01-1",  "2023-01-011", "+023-01-01", " 023-01-01", "2023-01-0a"};

    for (size_t i = 0; i < sizeof wrong / sizeof *wrong; i++) {
        civil_day day = 7;
        cr_assert_not(civil_parse(bytes_of(wrong[i]), &day), "%s", wrong[i]);
        cr_assert_eq(day, 7, "the output is untouched");
    }
    civil_day day;
    cr_assert_not(civil_parse((struct bytes){NULL, 0}, &day));
    cr_assert(civil_parse(bytes_of("2000-02-29"), &day));
}

Test(civil, a_day_is_printed_as_people_write_it)
{
    char text[CIVIL_TEXT_MAX];

    civil_print_ru(parsed("2023-08-15"), text);
    cr_assert_str_eq(text, "15 августа 2023 г.");
    civil_print_ru(parsed("2023-09-01"), text);
    cr_assert_str_eq(text, "1 сентября 2023 г.");
    civil_print_en(parsed("2023-08-15"), text);
    cr_assert_str_eq(text, "15 August 2023");
}
