/* recurrence.c - sets of numbers -> RRULE -> days
 *
 * Owns:    which rules libical is asked about.
 * In:      recurrence_next() whenever the next moment of a schedule is computed.
 * Out:     a civil day; nothing is kept.
 * Always:  a search ends. libical is asked with FREQ=YEARLY, BYMONTH and BYMONTHDAY or BYDAY, and
 *          nothing else: it expands each year once. A rule without any day, for which it would go
 *          through 500 years, is not put to it; every other one has a day within 40 years.
 * See:     recurrence.h; RFC 5545 §3.3.10
 */
#include "calendar/recurrence.h"

#include "base/must.h"

#include <libical/ical.h>

#include <stdio.h>
#include <string.h>

#define LEAP_YEAR    2000
#define RULE_BYTES   256 /* all numbers in all three sets take 164 */
#define MONTHS_MAX   12
#define DAYS_MAX     31
#define WEEKDAYS_MAX 7

static const char *const weekdays[WEEKDAYS_MAX + 1] = {NULL, "MO", "TU", "WE",
                                                       "TH", "FR", "SA", "SU"};

/* ";BYMONTH=1,2": the members of a set, all numbers up to max when it is empty. */
static void add_part(char rule[RULE_BYTES], const char *name, uint32_t set, int max,
                     const char *const *words)
{
    size_t size = strlen(rule);
    const char *before = name;

    for (int i = 1; i <= max; i++) {
        if (set != 0 && (set >> i & 1) == 0) {
            continue;
        }
        char number[12];
        snprintf(number, sizeof number, "%d", i);
        int length = snprintf(rule + size, RULE_BYTES - size, "%s%s", before,
                              words != NULL ? words[i] : number);
        must(length > 0 && (size_t)length < RULE_BYTES - size);
        size += (size_t)length;
        before = ",";
    }
}

/* BYMONTHDAY and BYDAY together: a day must be in both; with neither, YEARLY would take the day of
 * the month on which the recurrence starts. */
static void print_rule(const struct recurrence *r, char rule[RULE_BYTES])
{
    snprintf(rule, RULE_BYTES, "FREQ=YEARLY");
    add_part(rule, ";BYMONTH=", r->months, MONTHS_MAX, NULL);
    if (r->days != 0) {
        add_part(rule, ";BYMONTHDAY=", r->days, DAYS_MAX, NULL);
    }
    if (r->weekdays != 0 || r->days == 0) {
        add_part(rule, ";BYDAY=", r->weekdays, WEEKDAYS_MAX, weekdays);
    }
}

static struct icaltimetype ical_day(civil_day day)
{
    struct civil c = civil_of_day(day);
    struct icaltimetype time = icaltime_null_date();

    time.year = c.year;
    time.month = c.month;
    time.day = c.day;
    return time;
}

/* libical may begin with a day twice, and goes on beyond the years that civil days have. */
static bool first_day(icalrecur_iterator *days, civil_day from, civil_day last, civil_day *ret_day)
{
    for (;;) {
        struct icaltimetype time = icalrecur_iterator_next(days);
        struct civil c = {time.year, time.month, time.day};
        if (!civil_valid(c) || civil_to_day(c) > last) {
            return false;
        }
        if (civil_to_day(c) >= from) {
            *ret_day = civil_to_day(c);
            return true;
        }
    }
}

static bool holds(uint32_t set, int number)
{
    return set == 0 || (set >> number & 1) != 0;
}

static bool allows(const struct recurrence *r, civil_day day)
{
    struct civil c = civil_of_day(day);

    return holds(r->months, c.month) && holds(r->days, c.day) &&
           holds(r->weekdays, civil_weekday(day));
}

/* No 31 February. */
static bool possible(const struct recurrence *r)
{
    for (int month = 1; month <= MONTHS_MAX; month++) {
        for (int day = 1; day <= DAYS_MAX && holds(r->months, month); day++) {
            if (holds(r->days, day) && civil_valid((struct civil){LEAP_YEAR, month, day})) {
                return true;
            }
        }
    }
    return false;
}

bool recurrence_next(const struct recurrence *recurrence, civil_day from, civil_day last,
                     civil_day *ret_day)
{
    char text[RULE_BYTES];

    if (from > last || !possible(recurrence)) {
        return false;
    }
    if (allows(recurrence, from)) { /* often, and libical takes most of a millisecond */
        *ret_day = from;
        return true;
    }
    print_rule(recurrence, text);
    struct icalrecurrencetype rule = icalrecurrencetype_from_string(text);
    icalrecur_iterator *days = icalrecur_iterator_new(rule, ical_day(from));
    must(days != NULL);
    bool found = first_day(days, from, last, ret_day);
    icalrecur_iterator_free(days);
    return found;
}
