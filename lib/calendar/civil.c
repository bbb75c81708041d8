/* civil.c - civil days: number <-> year, month, day <-> text
 *
 * Owns:    the arithmetic of the Gregorian calendar and the names of its months.
 * In:      civil_parse() from documents and messages; civil_of_day() and the printers everywhere.
 * Out:     numbers and text; nothing is kept.
 * Always:  civil_of_day(civil_to_day(c)) == c; a printed day parses back to itself.
 * See:     civil.h; ISO 8601:2004 §4.1.2
 */
#include "calendar/civil.h"

#include "base/must.h"

#include <stdio.h>

/* Days from 0001-01-01 to 1970-01-01, proleptic. */
#define EPOCH_DAYS 719162

/* Days of the year before each month, in a year that is no leap year. */
static const int days_before_month[13] = {0,   31,  59,  90,  120, 151, 181,
                                          212, 243, 273, 304, 334, 365};

static bool leap(int64_t year)
{
    return (year % 4 == 0 && year % 100 != 0) || year % 400 == 0;
}

static int before_month(int64_t year, int month)
{
    return days_before_month[month - 1] + (month > 2 && leap(year) ? 1 : 0);
}

static int month_days(int64_t year, int month)
{
    return days_before_month[month] - days_before_month[month - 1] +
           (month == 2 && leap(year) ? 1 : 0);
}

static int64_t floor_div(int64_t a, int64_t b)
{
    return a / b - (a % b < 0 ? 1 : 0);
}

/* The number of 1 January. */
static int64_t year_start(int64_t year)
{
    int64_t past = year - 1;

    return past * 365 + floor_div(past, 4) - floor_div(past, 100) + floor_div(past, 400) -
           EPOCH_DAYS;
}

bool civil_valid(struct civil c)
{
    return c.year >= CIVIL_YEAR_FIRST && c.year <= CIVIL_YEAR_LAST && c.month >= 1 &&
           c.month <= 12 && c.day >= 1 && c.day <= month_days(c.year, c.month);
}

civil_day civil_to_day(struct civil c)
{
    must(civil_valid(c));
    return (civil_day)(year_start(c.year) + before_month(c.year, c.month) + c.day - 1);
}

struct civil civil_of_day(civil_day day)
{
    /* 400 years have 146097 days; the guess is at most one year off either way */
    int64_t year = floor_div(((int64_t)day + EPOCH_DAYS) * 400, 146097) + 1;

    while (year_start(year) > day) {
        year--;
    }
    while (year_start(year + 1) <= day) {
        year++;
    }
    int rest = (int)(day - year_start(year));
    int month =
        rest / 29 + 1; /* at most one too many: no month begins before its 29 days a piece */
    month = month > 12 ? 12 : month;
    while (before_month(year, month) > rest) {
        month--;
    }
    return (struct civil){(int)year, month, rest - before_month(year, month) + 1};
}

int civil_weekday(civil_day day)
{
    int64_t since_monday = (int64_t)day + 3; /* 1970-01-01 was a Thursday */

    return (int)(since_monday - floor_div(since_monday, 7) * 7) + 1;
}

static bool digits(const char *text, int count, int *ret_value)
{
    int value = 0;

    for (int i = 0; i < count; i++) {
        if (text[i] < '0' || text[i] > '9') {
            return false;
        }
        value = value * 10 + (text[i] - '0');
    }
    *ret_value = value;
    return true;
}

bool civil_parse(struct bytes text, civil_day *ret_day)
{
    const char *s = text.data;
    struct civil c;

    if (text.size != 10 || s[4] != '-' || s[7] != '-' || !digits(s, 4, &c.year) ||
        !digits(s + 5, 2, &c.month) || !digits(s + 8, 2, &c.day) || !civil_valid(c)) {
        return false;
    }
    *ret_day = civil_to_day(c);
    return true;
}

void civil_print(civil_day day, char buf[CIVIL_TEXT_MAX])
{
    struct civil c = civil_of_day(day);

    snprintf(buf, CIVIL_TEXT_MAX, "%04d-%02d-%02d", c.year, c.month, c.day);
}

void civil_print_ru(civil_day day, char buf[CIVIL_TEXT_MAX])
{
    static const char *const months[] = {"января",   "февраля", "марта",  "апреля",
                                         "мая",      "июня",    "июля",   "августа",
                                         "сентября", "октября", "ноября", "декабря"};
    struct civil c = civil_of_day(day);

    snprintf(buf, CIVIL_TEXT_MAX, "%d %s %d г.", c.day, months[c.month - 1], c.year);
}

void civil_print_en(civil_day day, char buf[CIVIL_TEXT_MAX])
{
    static const char *const months[] = {"January",   "February", "March",    "April",
                                         "May",       "June",     "July",     "August",
                                         "September", "October",  "November", "December"};
    struct civil c = civil_of_day(day);

    snprintf(buf, CIVIL_TEXT_MAX, "%d %s %d", c.day, months[c.month - 1], c.year);
}
