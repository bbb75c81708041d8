/* calendars_test.c - the calendars in workflows/: working days as they were published
 *
 * Numbers of days: the production calendars of the country, 2012-2026, a week of five days; hours
 * of a week of 40 hours follow from days and short days and are compared too. Tatarstan: its
 * ministry of labour.
 */
#include "language/document.h"

#include <criterion/criterion.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static struct catalog *catalog;

static void load(const char *name)
{
    struct error err = ERROR_INIT;
    struct definition *d = NULL;
    char why[1024] = "";
    char path[256];

    snprintf(path, sizeof path, "%s/workflows/calendars/%s.yaml", SOURCE_DIR, name);
    FILE *f = fopen(path, "rb");
    cr_assert_not_null(f, "%s", path);
    static char text[65536];
    size_t size = fread(text, 1, sizeof text, f);
    fclose(f);
    bool good = document_parse(path, (struct bytes){text, size}, catalog, &d, &err);
    error_print(&err, why, sizeof why);
    cr_assert(good, "%s", why);
    cr_assert_str_eq(d->name, name);
    catalog_add(catalog, &d, catalog_next_number(catalog), 1);
}

static void set_up(void)
{
    catalog = catalog_create();
    load("ru");
    load("ru-six-day");
    load("ru-nonworking-2020-2021");
    load("ru-school");
    load("tatarstan");
}

static void tear_down(void)
{
    catalog_destroy(catalog);
}

TestSuite(calendars, .init = set_up, .fini = tear_down);

static civil_day on(int year, int month, int day)
{
    return civil_to_day((struct civil){year, month, day});
}

static int32_t worked(const char *calendar, int year)
{
    return workdays_count(catalog_workdays(catalog, calendar), on(year, 1, 1), on(year, 12, 31));
}

static int short_days(const char *calendar, int year)
{
    const struct workdays *w = catalog_workdays(catalog, calendar);
    int count = 0;

    for (civil_day day = on(year, 1, 1); day <= on(year, 12, 31); day++) {
        count += workdays_kind(w, day) == DAY_SHORT ? 1 : 0;
    }
    return count;
}

/* --- the country ------------------------------------------------------------------------------ */

static const struct {
    int year;
    int quarters[4];
    int days;
    int hours; /* of the year, in a week of 40 hours */
} published[] = {
    {2012, {57, 62, 65, 65}, 249, 1986}, {2013, {57, 59, 66, 65}, 247, 1970},
    {2014, {57, 60, 66, 64}, 247, 1970}, {2015, {55, 61, 66, 65}, 247, 1971},
    {2016, {56, 61, 66, 64}, 247, 1974}, {2017, {57, 61, 65, 64}, 247, 1973},
    {2018, {56, 61, 65, 65}, 247, 1970}, {2019, {57, 59, 66, 65}, 247, 1970},
    {2020, {57, 60, 66, 65}, 248, 1979}, {2021, {56, 62, 66, 63}, 247, 1972},
    {2022, {57, 60, 66, 64}, 247, 1973}, {2023, {57, 61, 65, 64}, 247, 1973},
    {2024, {57, 60, 66, 65}, 248, 1979}, {2025, {58, 59, 66, 64}, 247, 1972},
    {2026, {55, 62, 66, 64}, 247, 1972},
};

Test(calendars, every_year_has_the_working_days_that_were_published)
{
    const struct workdays *w = catalog_workdays(catalog, "ru");

    for (size_t i = 0; i < sizeof published / sizeof *published; i++) {
        int year = published[i].year;
        cr_assert(workdays_is_approved(w, year), "%d", year);
        cr_assert_eq(worked("ru", year), published[i].days, "%d: %d", year, worked("ru", year));
        for (int q = 0; q < 4; q++) {
            civil_day next = q < 3 ? on(year, 3 * q + 4, 1) : on(year + 1, 1, 1);
            int days = (int)workdays_count(w, on(year, 3 * q + 1, 1), next - 1);
            cr_assert_eq(days, published[i].quarters[q], "%d, quarter %d: %d", year, q + 1, days);
        }
        int hours = published[i].days * 8 - short_days("ru", year);
        cr_assert_eq(hours, published[i].hours, "%d: %d", year, hours);
    }
    cr_assert_not(workdays_is_approved(w, 2011));
    cr_assert_not(workdays_is_approved(w, 2027));
}

/* Article 95: the day right before a holiday is short, or the day worked in its place. */
Test(calendars, a_worked_day_before_a_holiday_is_short)
{
    static const char *const names[] = {"ru", "ru-six-day"};

    for (int i = 0; i < 2; i++) {
        const struct workdays *w = catalog_workdays(catalog, names[i]);
        for (civil_day day = on(2012, 1, 1); day <= on(2026, 12, 31); day++) {
            bool before = workdays_kind(w, day + 1) == DAY_HOLIDAY;
            enum day_kind kind = workdays_kind(w, day);
            cr_assert(!before || kind != DAY_WORKING, "%s: %d", names[i], civil_of_day(day).year);
        }
    }
}

Test(calendars, the_holidays_of_the_country_are_those_that_stand_in_the_program)
{
    struct catalog *empty = catalog_create();
    const struct workdays *law = catalog_workdays(empty, NULL);
    const struct workdays *w = catalog_workdays(catalog, "ru");

    for (civil_day day = on(1900, 1, 1); day <= on(2199, 12, 31); day++) {
        bool holiday = workdays_kind(w, day) == DAY_HOLIDAY;
        cr_assert_eq(workdays_kind(law, day) == DAY_HOLIDAY, holiday, "%d", civil_of_day(day).year);
    }
    catalog_destroy(empty);
}

Test(calendars, some_days_that_people_remember)
{
    const struct workdays *w = catalog_workdays(catalog, "ru");

    cr_assert_eq(workdays_kind(w, on(2012, 1, 6)), DAY_OFF, "not yet a holiday");
    cr_assert_eq(workdays_kind(w, on(2012, 3, 11)), DAY_WORKING, "a Sunday");
    cr_assert_eq(workdays_kind(w, on(2013, 2, 25)), DAY_WORKING);
    cr_assert_eq(workdays_kind(w, on(2014, 2, 24)), DAY_SHORT, "for 3 November");
    cr_assert_eq(workdays_kind(w, on(2018, 4, 28)), DAY_SHORT, "a Saturday");
    cr_assert_eq(workdays_kind(w, on(2020, 4, 15)), DAY_WORKING);
    cr_assert_eq(workdays_kind(w, on(2020, 12, 31)), DAY_SHORT);
    cr_assert_eq(workdays_kind(w, on(2021, 12, 31)), DAY_OFF);
    cr_assert_eq(workdays_kind(w, on(2024, 11, 2)), DAY_SHORT, "a Saturday, for 30 April");
    cr_assert_eq(workdays_kind(w, on(2025, 5, 8)), DAY_OFF);
    cr_assert_eq(workdays_kind(w, on(2026, 1, 9)), DAY_OFF);
}

/* --- others ----------------------------------------------------------------------------------- */

Test(calendars, days_of_the_presidents_orders_are_off_only_where_one_asks_for_it)
{
    const struct workdays *w = catalog_workdays(catalog, "ru-nonworking-2020-2021");

    cr_assert_eq(worked("ru", 2020) - worked("ru-nonworking-2020-2021", 2020), 29);
    cr_assert_eq(worked("ru", 2021) - worked("ru-nonworking-2020-2021", 2021), 7);
    cr_assert_eq(workdays_add(w, on(2020, 3, 27), 1), on(2020, 5, 12));
    cr_assert_eq(workdays_kind(w, on(2020, 6, 24)), DAY_OFF);
    cr_assert_eq(workdays_kind(w, on(2020, 6, 23)), DAY_WORKING);
}

/* A transfer from a Saturday means nothing; one from a Sunday does. */
Test(calendars, a_week_of_six_days_has_its_own_days)
{
    const struct workdays *w = catalog_workdays(catalog, "ru-six-day");

    for (int year = 2012; year <= 2026; year++) {
        cr_assert(workdays_is_approved(w, year), "%d", year);
    }
    cr_assert_eq(workdays_kind(w, on(2023, 2, 24)), DAY_OFF, "from Sunday, 1 January");
    cr_assert_eq(workdays_kind(w, on(2023, 11, 6)), DAY_WORKING, "from Saturday, 4 November");
    cr_assert_eq(workdays_kind(w, on(2024, 4, 30)), DAY_SHORT, "from Saturday, 2 November");
    cr_assert_eq(workdays_kind(w, on(2024, 11, 2)), DAY_WORKING);
    cr_assert_eq(workdays_kind(w, on(2016, 12, 31)), DAY_SHORT, "a Saturday");
    cr_assert_eq(worked("ru-six-day", 2023), 298);
    cr_assert_eq(worked("ru-six-day", 2024), 300);
}

Test(calendars, tatarstan_has_the_working_days_that_its_ministry_published)
{
    static const int days[] = {246, 244, 245, 245, 244};
    const struct workdays *w = catalog_workdays(catalog, "tatarstan");

    for (int i = 0; i < 5; i++) {
        int got = (int)worked("tatarstan", 2022 + i);
        cr_assert_eq(got, days[i], "%d: %d", 2022 + i, got);
    }
    cr_assert_eq(short_days("tatarstan", 2022), 5);
    cr_assert_eq(short_days("tatarstan", 2026), 7);
    cr_assert_not(workdays_is_approved(w, 2021), "feasts of that year are not known here");
    cr_assert_eq(workdays_kind(w, on(2023, 6, 28)), DAY_OFF);
    cr_assert_eq(workdays_kind(catalog_workdays(catalog, "ru"), on(2023, 6, 28)), DAY_WORKING);
}

Test(calendars, a_school_has_its_year_and_four_terms)
{
    const struct school *school = catalog_school(catalog, "ru-school");

    cr_assert_eq(school->term_count, 4);
    cr_assert(school->terms[1].from_month == 11 && school->terms[1].from_day == 5);
    cr_assert(school->year.to_month == 5 && school->year.to_day == 26);
    cr_assert_null(catalog_school(catalog, "ru"));
}
