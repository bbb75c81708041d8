/* calendar_table_test.c - calendars of the catalog as tables: layers, transfers, six days, versions
 */
#include "reading.h"

#include <criterion/criterion.h>
#include <stdio.h>
#include <string.h>

static civil_day day(const char *text)
{
    civil_day d;

    cr_assert(civil_parse(bytes_of(text), &d));
    return d;
}

static enum day_kind kind(const struct workdays *w, const char *text)
{
    return workdays_kind(w, day(text));
}

/* The next version of a calendar; its number. */
static uint32_t put(struct catalog *catalog, const char *name, const char *rest)
{
    uint32_t number = catalog_next_number(catalog);
    char text[2048];

    snprintf(text, sizeof text, "document: {kind: calendar, name: %s, version: '1'}\n%s", name,
             rest);
    struct definition *d = parsed(text);
    catalog_add(catalog, &d, number, number);
    return number;
}

#define COUNTRY                                                                                    \
    "week: five-day\n"                                                                             \
    "holidays: [{day: 01-01, title: New Year}, {day: 05-09, title: Victory}]\n"                    \
    "years:\n"                                                                                     \
    "  - year: 2023\n"                                                                             \
    "    source: a decree\n"                                                                       \
    "    transfers:\n"                                                                             \
    "      - {from: 2023-01-01, to: 2023-02-24}\n"                                                 \
    "      - {from: 2023-04-29, to: 2023-05-08}\n"                                                 \
    "    short: [2023-04-29]\n"

Test(calendar_table, without_calendars_there_is_the_law)
{
    struct catalog *catalog = catalog_create();
    const struct workdays *w = catalog_workdays(catalog, "none");

    cr_assert_eq(catalog_workdays(catalog, NULL), w);
    cr_assert_eq(catalog_workdays(catalog, "nobody"), w);
    cr_assert_eq(kind(w, "2023-01-08"), DAY_HOLIDAY);
    cr_assert_eq(kind(w, "2012-01-06"), DAY_WORKING, "a holiday since 2013");
    cr_assert_eq(kind(w, "2012-01-05"), DAY_HOLIDAY);
    cr_assert_eq(kind(w, "2023-02-24"), DAY_WORKING);
    cr_assert_eq(kind(w, "2023-07-01"), DAY_WEEKEND);
    cr_assert_eq(workdays_missing(w, day("2023-01-01"), day("2023-12-31")), 2023);
    cr_assert_null(catalog_school(catalog, NULL));
    catalog_destroy(catalog);
}

Test(calendar_table, a_calendar_says_holidays_transfers_and_short_days)
{
    struct catalog *catalog = catalog_create();

    put(catalog, "ru", COUNTRY);
    const struct workdays *w = catalog_workdays(catalog, "ru");
    cr_assert_eq(catalog_workdays(catalog, NULL), w, "who names none has this one");
    cr_assert_eq(catalog_workdays(catalog, "ru"), w, "made once");
    cr_assert_eq(kind(w, "2023-01-01"), DAY_HOLIDAY, "moved away, and off as a holiday");
    cr_assert_eq(kind(w, "2023-02-24"), DAY_OFF);
    cr_assert_eq(kind(w, "2023-04-29"), DAY_SHORT, "a Saturday");
    cr_assert_eq(kind(w, "2023-05-08"), DAY_OFF);
    cr_assert_eq(kind(w, "2023-01-02"), DAY_WORKING, "the calendar says all holidays itself");
    cr_assert_eq(workdays_missing(w, day("2023-01-01"), day("2024-01-01")), 2024);
    catalog_destroy(catalog);
}

Test(calendar_table, a_region_adds_to_what_it_extends)
{
    struct catalog *catalog = catalog_create();

    put(catalog, "ru", COUNTRY);
    put(catalog, "region",
        "extends: ru\n"
        "holidays: [{day: 08-30, title: Republic}]\n"
        "years:\n"
        "  - {year: 2023, source: a, holidays: [{day: 2023-06-28, title: Feast}],\n"
        "     working: [2023-05-08, 2023-05-09], short: [2023-06-27]}\n"
        "  - {year: 2024, source: a, holidays: [{day: 2024-06-17, title: Feast}]}\n");
    const struct workdays *w = catalog_workdays(catalog, "region");
    cr_assert_eq(kind(w, "2023-01-01"), DAY_HOLIDAY);
    cr_assert_eq(kind(w, "2023-02-24"), DAY_OFF);
    cr_assert_eq(kind(w, "2023-08-30"), DAY_HOLIDAY);
    cr_assert_eq(kind(w, "2023-05-09"), DAY_WORKING, "a holiday, too");
    cr_assert_eq(kind(w, "2023-06-28"), DAY_OFF);
    cr_assert_eq(kind(w, "2023-06-27"), DAY_SHORT);
    cr_assert_eq(kind(w, "2023-05-08"), DAY_WORKING, "worked here, whatever the country says");
    cr_assert_eq(kind(w, "2024-06-17"), DAY_OFF);
    cr_assert_eq(kind(catalog_workdays(catalog, "ru"), "2023-08-30"), DAY_WORKING);
    catalog_destroy(catalog);
}

Test(calendar_table, a_year_is_approved_by_all_calendars_that_have_years)
{
    struct catalog *catalog = catalog_create();

    put(catalog, "law", "week: five-day\n");
    put(catalog, "ru", "extends: law\nyears: [{year: 2022, source: a}, {year: 2023, source: a}]\n");
    put(catalog, "region",
        "extends: ru\nyears: [{year: 2023, source: a}, {year: 2024, source: a}]\n");
    put(catalog, "school", "extends: region\nweek: six-day\n");
    const struct workdays *w = catalog_workdays(catalog, "school");
    cr_assert(workdays_is_approved(catalog_workdays(catalog, "ru"), 2022));
    cr_assert_not(workdays_is_approved(w, 2022), "the region has said nothing");
    cr_assert(workdays_is_approved(w, 2023));
    cr_assert_not(workdays_is_approved(w, 2024), "a region's holiday is no decree on the year");
    catalog_destroy(catalog);
}

/* 588n, item 1: the Saturday would have been worked as the day it stands for. */
Test(calendar_table, in_a_week_of_six_days_nothing_is_moved_from_a_saturday)
{
    struct catalog *catalog = catalog_create();

    put(catalog, "ru", COUNTRY);
    put(catalog, "six", "extends: ru\nweek: six-day\n");
    put(catalog, "school", "extends: six\n");
    put(catalog, "office", "extends: six\nweek: five-day\n");
    const struct workdays *w = catalog_workdays(catalog, "school");
    cr_assert_eq(kind(w, "2023-04-29"), DAY_WORKING, "an ordinary Saturday");
    cr_assert_eq(kind(w, "2023-05-08"), DAY_SHORT, "worked, and the hour stays with it");
    cr_assert_eq(kind(w, "2023-02-24"), DAY_OFF, "from a Sunday");
    cr_assert_eq(kind(w, "2023-07-01"), DAY_WORKING);
    cr_assert_eq(kind(w, "2023-07-02"), DAY_WEEKEND);
    w = catalog_workdays(catalog, "office");
    cr_assert_eq(kind(w, "2023-04-29"), DAY_SHORT, "the uppermost week holds for all layers");
    cr_assert_eq(kind(w, "2023-05-08"), DAY_OFF);
    catalog_destroy(catalog);
}

Test(calendar_table, a_saturday_that_was_moved_away_can_take_a_rest_day)
{
    struct catalog *catalog = catalog_create();

    put(catalog, "ru",
        "week: five-day\n"
        "years:\n"
        "  - year: 2023\n"
        "    source: a\n"
        "    transfers:\n"
        "      - {from: 2023-05-07, to: 2023-05-06}\n"
        "      - {from: 2023-05-06, to: 2023-05-10}\n");
    const struct workdays *w = catalog_workdays(catalog, "ru");
    cr_assert_eq(kind(w, "2023-05-06"), DAY_OFF);
    cr_assert_eq(kind(w, "2023-05-07"), DAY_WORKING);
    cr_assert_eq(kind(w, "2023-05-10"), DAY_OFF);
    catalog_destroy(catalog);
}

Test(calendar_table, a_new_version_counts_from_when_it_is_there_and_until_it_goes)
{
    struct catalog *catalog = catalog_create();

    put(catalog, "ru", COUNTRY);
    put(catalog, "region", "extends: ru\n");
    cr_assert_eq(kind(catalog_workdays(catalog, "region"), "2023-03-08"), DAY_WORKING);
    uint32_t number = put(catalog, "ru",
                          "week: five-day\n"
                          "holidays: [{day: 03-08, title: Women}]\n");
    cr_assert_eq(kind(catalog_workdays(catalog, "region"), "2023-03-08"), DAY_HOLIDAY);
    cr_assert_eq(kind(catalog_workdays(catalog, "ru"), "2023-05-09"), DAY_WORKING);
    catalog_remove(catalog, number);
    cr_assert_eq(kind(catalog_workdays(catalog, "region"), "2023-03-08"), DAY_WORKING);
    cr_assert_eq(kind(catalog_workdays(catalog, "ru"), "2023-05-09"), DAY_HOLIDAY);
    catalog_destroy(catalog);
}

Test(calendar_table, where_what_is_extended_is_missing_the_law_stands)
{
    struct catalog *catalog = catalog_create();

    put(catalog, "region",
        "extends: ru\n"
        "holidays: [{day: 08-30, title: Republic}]\n"
        "years: [{year: 2023, source: a}]\n");
    const struct workdays *w = catalog_workdays(catalog, "region");
    cr_assert_eq(kind(w, "2023-05-09"), DAY_HOLIDAY);
    cr_assert_eq(kind(w, "2023-08-30"), DAY_HOLIDAY);
    cr_assert_eq(kind(w, "2023-07-01"), DAY_WEEKEND);
    catalog_destroy(catalog);
}

/* Checks refuse it; but a document that was checked by itself can be in a catalog. */
Test(calendar_table, a_circle_of_calendars_ends)
{
    struct catalog *catalog = catalog_create();

    put(catalog, "a", "extends: b\nholidays: [{day: 08-30, title: A}]\n");
    put(catalog, "b", "extends: a\nholidays: [{day: 08-31, title: B}]\n");
    const struct workdays *w = catalog_workdays(catalog, "a");
    cr_assert_eq(kind(w, "2023-08-30"), DAY_HOLIDAY);
    cr_assert_eq(kind(w, "2023-08-31"), DAY_HOLIDAY);
    catalog_destroy(catalog);
}

Test(calendar_table, the_school_year_is_that_of_the_uppermost_calendar_that_has_one)
{
    struct catalog *catalog = catalog_create();

    put(catalog, "ru",
        "week: five-day\n"
        "school: {year: {from: 09-01, to: 05-26}}\n");
    put(catalog, "region", "extends: ru\n");
    put(catalog, "school",
        "extends: region\n"
        "school:\n"
        "  year: {from: 09-02, to: 05-31}\n"
        "  terms: [{from: 09-02, to: 12-28}, {from: 01-09, to: 05-31}]\n");
    const struct school *school = catalog_school(catalog, "region");
    cr_assert(school->year.from_month == 9 && school->year.from_day == 1);
    cr_assert(school->year.to_month == 5 && school->year.to_day == 26);
    cr_assert_eq(school->term_count, 0);
    cr_assert_eq(catalog_school(catalog, NULL), school);
    school = catalog_school(catalog, "school");
    cr_assert(school->year.from_day == 2 && school->term_count == 2);
    cr_assert(school->terms[0].to_month == 12 && school->terms[0].to_day == 28);
    cr_assert(school->terms[1].from_month == 1 && school->terms[1].from_day == 9);
    catalog_destroy(catalog);
}
