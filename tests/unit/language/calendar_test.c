/* calendar_test.c - calendars: what is read, what is refused and where */
#include "reading.h"

#include <criterion/criterion.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define CALENDAR                                                                                   \
    "document: {kind: calendar, name: c, version: '1'}\n"                                          \
    "week: five-day\n"
#define YEAR CALENDAR "years:\n  - year: 2023\n    source: a decree\n"

static civil_day day(const char *text)
{
    civil_day d;

    cr_assert(civil_parse(bytes_of(text), &d));
    return d;
}

Test(calendar, a_whole_one_is_read)
{
    struct definition *d = parsed("document: {kind: calendar, name: c, version: '1'}\n"
                                  "week: six-day\n"
                                  "source: a law\n"
                                  "holidays:\n"
                                  "  - {day: 01-01, title: New Year}\n"
                                  "  - {day: 05-09, title: Victory, since: 1965, until: 1999}\n"
                                  "  - {day: 05-09, title: Victory Day, since: 2000}\n"
                                  "years:\n"
                                  "  - year: 2023\n"
                                  "    source: a decree\n"
                                  "    holidays: [{day: 2023-06-28, title: Feast}]\n"
                                  "    transfers:\n"
                                  "      - {from: 2023-01-01, to: 2023-02-24}\n"
                                  "      - {from: 2023-07-02, to: 2023-07-03, source: another}\n"
                                  "    working: [2023-07-09]\n"
                                  "    short: [2023-06-27, 2023-07-09]\n"
                                  "  - {year: 2024, source: one more}\n");
    const struct calendar *c = &d->calendar;

    cr_assert_eq(d->kind, DEFINITION_CALENDAR);
    cr_assert_eq(c->week, WEEK_SIX);
    cr_assert_str_eq(c->source, "a law");
    cr_assert_null(c->extends);
    cr_assert_eq(c->holiday_count, 3);
    cr_assert(c->holidays[1].month == 5 && c->holidays[1].day == 9);
    cr_assert(c->holidays[1].since == 1965 && c->holidays[1].until == 1999);
    cr_assert(c->holidays[0].since == 0 && c->holidays[0].until == 0);
    cr_assert_eq(c->year_count, 2);
    const struct calendar_year *y = &c->years[0];
    cr_assert_eq(y->year, 2023);
    cr_assert_str_eq(y->source, "a decree");
    cr_assert_eq(y->off[0].day, day("2023-06-28"));
    cr_assert_str_eq(y->off[0].title, "Feast");
    cr_assert(y->transfer_count == 2 && y->transfers[0].source == NULL);
    cr_assert_eq(y->transfers[0].to, day("2023-02-24"));
    cr_assert_str_eq(y->transfers[1].source, "another");
    cr_assert(y->working_count == 1 && y->working[0] == day("2023-07-09"));
    cr_assert(y->shortened_count == 2 && y->shortened[0] == day("2023-06-27"));
    definition_destroy(d);
}

Test(calendar, one_that_extends_another_needs_no_week)
{
    struct definition *d = parsed("document: {kind: calendar, name: c, version: '1'}\n"
                                  "extends: ru\n");

    cr_assert_eq(d->calendar.week, WEEK_INHERITED);
    cr_assert_str_eq(d->calendar.extends, "ru");
    definition_destroy(d);
    refused("document: {kind: calendar, name: c, version: '1'}\n", ERROR_INVALID, 1, 1, "\"week\"");
    refused("document: {kind: calendar, name: c, version: '1'}\nweek: five-days\n", ERROR_INVALID,
            2, 7, "did you mean \"five-day\"");
    refused("document: {kind: calendar, name: c, version: '1'}\nweek: none\n", ERROR_INVALID, 2, 7,
            "five-day, six-day");
}

Test(calendar, a_school_year_has_up_to_six_terms)
{
    struct definition *d =
        parsed(CALENDAR "school:\n"
                        "  year: {from: 09-01, to: 05-26}\n"
                        "  terms: [{from: 09-01, to: 12-30}, {from: 01-12, to: 05-26}]\n");
    const struct school *s = d->calendar.school;

    cr_assert(s->year.from_month == 9 && s->year.from_day == 1);
    cr_assert(s->year.to_month == 5 && s->year.to_day == 26);
    cr_assert_eq(s->term_count, 2);
    cr_assert(s->terms[0].to_month == 12 && s->terms[0].to_day == 30);
    cr_assert(s->terms[1].from_month == 1 && s->terms[1].from_day == 12);
    definition_destroy(d);
    d = parsed(CALENDAR "school: {year: {from: 01-09, to: 12-25}}\n");
    cr_assert_eq(d->calendar.school->term_count, 0);
    definition_destroy(d);
    d = parsed(CALENDAR);
    cr_assert_null(d->calendar.school);
    definition_destroy(d);
}

#define SCHOOL CALENDAR "school: {year: {from: 09-01, to: 05-26}, terms: "

Test(calendar, what_is_no_school_year_is_refused)
{
    refused(CALENDAR "school: 09-01\n", ERROR_INVALID, 3, 9, "must be a map");
    refused(CALENDAR "school: {years: 1}\n", ERROR_INVALID, 3, 10, "did you mean \"year\"");
    refused(CALENDAR "school: {terms: []}\n", ERROR_INVALID, 3, 9, "\"year\"");
    refused(CALENDAR "school: {year: {from: 09-01}}\n", ERROR_INVALID, 3, 16, "\"to\"");
    refused(CALENDAR "school: {year: {from: 09-01, to: 02-29}}\n", ERROR_INVALID, 3, 34,
            "every year");
    refused(SCHOOL "[]}\n", ERROR_INVALID, 3, 49, "empty");
    refused(SCHOOL "[{from: 09-01, to: 1-2}]}\n", ERROR_INVALID, 3, 68, "01-07");
    refused(SCHOOL "[1, 2, 3, 4, 5, 6, 7]}\n", ERROR_TOO_LARGE, 3, 49, "limit is 6");
    refused(SCHOOL "[{from: 08-31, to: 10-24}]}\n", ERROR_INVALID, 3, 50, "lie in the school year");
    refused(SCHOOL "[{from: 04-06, to: 05-27}]}\n", ERROR_INVALID, 3, 50, "lie in the school year");
    refused(SCHOOL "[{from: 10-24, to: 09-01}]}\n", ERROR_INVALID, 3, 50, "lie in the school year");
    refused(SCHOOL "[{from: 09-01, to: 10-24}, {from: 10-24, to: 12-30}]}\n", ERROR_INVALID, 3, 83,
            "before the one above");
    definition_destroy(parsed(SCHOOL "[{from: 12-31, to: 12-31}, {from: 01-01, to: 05-26}]}\n"));
}

Test(calendar, days_of_every_year_are_month_and_day)
{
    refused(CALENDAR "holidays: [{day: 1-1, title: a}]\n", ERROR_INVALID, 3, 18, "01-07");
    refused(CALENDAR "holidays: [{day: 02-29, title: a}]\n", ERROR_INVALID, 3, 18, "every year");
    refused(CALENDAR "holidays: [{day: 13-01, title: a}]\n", ERROR_INVALID, 3, 18, "every year");
    refused(CALENDAR "holidays: [{day: 01-01}]\n", ERROR_INVALID, 3, 12, "\"title\"");
    refused(CALENDAR "holidays: [{day: 01-01, title: a, from: 2000}]\n", ERROR_INVALID, 3, 35,
            "no field \"from\"");
    refused(CALENDAR "holidays: [{day: 01-01, title: a, since: 2013, until: 2012}]\n",
            ERROR_INVALID, 3, 55, "before");
    refused(CALENDAR "holidays: []\n", ERROR_INVALID, 3, 11, "empty");
}

Test(calendar, holidays_stand_in_order_and_once_for_the_same_years)
{
    refused(CALENDAR "holidays:\n"
                     "  - {day: 05-09, title: a}\n"
                     "  - {day: 05-01, title: b}\n",
            ERROR_INVALID, 5, 11, "order");
    refused(CALENDAR "holidays:\n"
                     "  - {day: 05-09, title: a, until: 2000}\n"
                     "  - {day: 05-09, title: b, since: 2000}\n",
            ERROR_INVALID, 5, 11, "second time");
}

Test(calendar, days_of_a_year_lie_in_it)
{
    refused(YEAR "    short: [2024-02-22]\n", ERROR_INVALID, 6, 13, "not in the year 2023");
    refused(YEAR "    holidays: [{day: 2022-12-31, title: a}]\n", ERROR_INVALID, 6, 22,
            "not in the year");
    refused(YEAR "    transfers: [{from: 2023-01-01, to: 2024-01-09}]\n", ERROR_INVALID, 6, 40,
            "not in the year");
    refused(YEAR "    working: [2023-02-30]\n", ERROR_INVALID, 6, 15, "no such day");
    refused(CALENDAR "years: [{year: 2023}]\n", ERROR_INVALID, 3, 9, "\"source\"");
    refused(CALENDAR "years: [{year: 1899, source: a}]\n", ERROR_INVALID, 3, 16, "from 1900");
    refused(YEAR "  - {year: 2023, source: b}\n", ERROR_INVALID, 6, 12, "out of order");
}

Test(calendar, a_rest_day_moves_from_a_weekend_to_a_day_that_is_worked)
{
    refused(YEAR "    transfers: [{from: 2023-01-02, to: 2023-02-24}]\n", ERROR_INVALID, 6, 24,
            "Saturday or a Sunday");
    refused(YEAR "    transfers: [{from: 2023-01-01, to: 2023-02-25}]\n", ERROR_INVALID, 6, 40,
            "another rest day");
    refused(CALENDAR "holidays: [{day: 05-09, title: Victory}]\n"
                     "years:\n"
                     "  - year: 2023\n"
                     "    source: a\n"
                     "    transfers: [{from: 2023-01-01, to: 2023-05-09}]\n",
            ERROR_INVALID, 7, 40, "this is \"Victory\"");
    refused(YEAR "    transfers:\n"
                 "      - {from: 2023-01-01, to: 2023-02-24}\n"
                 "      - {from: 2023-01-01, to: 2023-02-27}\n",
            ERROR_INVALID, 8, 16, "second time");
    refused(YEAR "    transfers:\n"
                 "      - {from: 2023-01-01, to: 2023-02-24}\n"
                 "      - {from: 2023-01-08, to: 2023-02-22}\n",
            ERROR_INVALID, 8, 32, "order");
}

Test(calendar, a_saturday_that_was_moved_away_can_take_a_rest_day_and_can_be_short)
{
    definition_destroy(parsed(YEAR "    transfers:\n"
                                   "      - {from: 2023-04-29, to: 2023-04-28}\n"
                                   "      - {from: 2023-05-06, to: 2023-05-08}\n"
                                   "    short: [2023-05-06]\n"));
    refused(YEAR "    short: [2023-05-06]\n", ERROR_INVALID, 6, 13, "off");
    refused(YEAR "    transfers: [{from: 2023-05-06, to: 2023-05-08}]\n"
                 "    short: [2023-05-08]\n",
            ERROR_INVALID, 7, 13, "off");
}

Test(calendar, nothing_is_moved_from_a_saturday_that_is_worked)
{
    definition_destroy(parsed("document: {kind: calendar, name: c, version: '1'}\n"
                              "week: six-day\n"
                              "years:\n"
                              "  - year: 2023\n"
                              "    source: a\n"
                              "    transfers: [{from: 2023-05-06, to: 2023-05-08}]\n"
                              "    short: [2023-05-08]\n"));
}

Test(calendar, a_day_is_off_once_and_worked_only_against_something)
{
    refused(CALENDAR "holidays: [{day: 05-09, title: Victory}]\n"
                     "years:\n"
                     "  - {year: 2023, source: a, holidays: [{day: 2023-05-09, title: b}]}\n",
            ERROR_INVALID, 5, 46, "Victory");
    refused(YEAR "    holidays:\n"
                 "      - {day: 2023-06-28, title: a}\n"
                 "      - {day: 2023-06-28, title: b}\n",
            ERROR_INVALID, 8, 15, "second time");
    refused(YEAR "    working: [2023-05-03]\n", ERROR_INVALID, 6, 15, "worked anyway");
    refused(YEAR "    working: [2023-05-06, 2023-05-06]\n", ERROR_INVALID, 6, 27, "second time");
    refused(YEAR "    short: [2023-05-05, 2023-05-04]\n", ERROR_INVALID, 6, 25, "earlier");
    /* what the extended calendar says of that day is not known here */
    definition_destroy(parsed("document: {kind: calendar, name: c, version: '1'}\n"
                              "extends: ru\n"
                              "years: [{year: 2023, source: a, working: [2023-05-03]}]\n"));
}

static void put(struct catalog *catalog, const char *name, const char *extends)
{
    char text[256];

    snprintf(text, sizeof text, "document: {kind: calendar, name: %s, version: '1'}\n%s%s\n", name,
             extends ? "extends: " : "week: five-day", extends ? extends : "");
    struct definition *d = parsed(text);
    catalog_add(catalog, &d, catalog_next_number(catalog), 1);
}

Test(calendar, calendars_never_extend_each_other_in_a_circle)
{
    struct catalog *catalog = catalog_create();

    put(catalog, "ru", NULL);
    put(catalog, "region", "ru");
    put(catalog, "school", "region");
    refused_with(catalog,
                 "document: {kind: calendar, name: ru, version: '2'}\n"
                 "extends: school\n",
                 ERROR_INVALID, 2, 10, "extend itself");
    refused_with(catalog,
                 "document: {kind: calendar, name: x, version: '2'}\n"
                 "extends: rus\n",
                 ERROR_INVALID, 2, 10, "there is no calendar \"rus\"");
    refused("document: {kind: calendar, name: x, version: '2'}\nextends: x\n", ERROR_INVALID, 2, 10,
            "extend itself");
    catalog_destroy(catalog);
}

/* c0 … c7 are eight, which a ninth may extend; a tenth may not. */
Test(calendar, eight_calendars_may_stand_above_one)
{
    struct catalog *catalog = catalog_create();
    struct document_options options = {.catalog = catalog};
    struct problems problems = {0};

    put(catalog, "c0", NULL);
    for (int i = 1; i <= 8; i++) {
        char above[16];
        char name[16];
        snprintf(above, sizeof above, "c%d", i - 1);
        snprintf(name, sizeof name, "c%d", i);
        put(catalog, name, above);
    }
    cr_assert(document_check("t.yaml",
                             bytes_of("document: {kind: calendar, name: c8, version: '2'}\n"
                                      "extends: c7\n"),
                             &options, &problems, NULL));
    refused_with(catalog,
                 "document: {kind: calendar, name: c9, version: '1'}\n"
                 "extends: c8\n",
                 ERROR_TOO_LARGE, 2, 10, "more than 8");
    catalog_destroy(catalog);
}
