/* due_days.c - days and weekdays of a month or of something longer
 *
 * Owns:    which of them are series that recurrence rules count, and which are dates.
 * In:      due_points.c; due_items.c, for the last days of months.
 * Out:     windows of one day.
 * See:     due_calendar.h; recurrence_year.h; docs/time.md §3
 */
#include "calendar/due_count.h"
#include "calendar/recurrence_year.h"

#define WEEKS_OF_MONTH 5
#define DAYS_OF_MONTH  31
#define SHORT_MONTH    28
#define SERIES_MAX     128 /* weeks of two years and more: nothing that is divided is longer */

static void add_day(struct window whole, int number, struct windows *windows)
{
    if (number == 0) {
        for (civil_day day = whole.from; day <= whole.to; day++) {
            due_windows_add(windows, day, day);
        }
        return;
    }
    civil_day day = number > 0 ? whole.from + number - 1 : whole.to + 1 + number;
    if (day >= whole.from && day <= whole.to) {
        due_windows_add(windows, day, day);
    }
}

static bool is_month(struct window whole)
{
    struct civil from = civil_of_day(whole.from);

    return from.day == 1 && whole.to == due_day_of(from.year, from.month + 1, 1) - 1;
}

/* The days of a series, as its recurrence rule has them; the number-th alone, or all for 0. */
static void add_series(struct recurrence_series series, struct window whole, int number,
                       struct windows *windows)
{
    civil_day days[SERIES_MAX];
    civil_day day;
    int count = 0;

    for (civil_day from = whole.from;
         count < SERIES_MAX && recurrence_series_next(series, from, whole.to, &day);
         from = day + 1) {
        days[count++] = day;
    }
    for (int i = 0; i < count; i++) {
        if (number == 0 || number == i + 1 || number == i - count) {
            due_windows_add(windows, days[i], days[i]);
        }
    }
}

/* Of a month the rule says which one; of a longer time the rule gives each of them. */
void due_add_weekdays(const struct point *point, struct window whole, struct windows *windows)
{
    int weekday = point->weekday;
    int number = point->number;

    if (weekday == 0) { /* a phrase that names none has no days */
        return;
    }
    if (is_month(whole) && number >= -WEEKS_OF_MONTH && number <= WEEKS_OF_MONTH) {
        add_series((struct recurrence_series){weekday, number}, whole, 0, windows);
    } else {
        add_series((struct recurrence_series){weekday, 0}, whole, number, windows);
    }
}

/* «15 числа каждого месяца» is a series; «15 августа» a date. */
void due_add_days(const struct point *point, struct window whole, struct windows *windows)
{
    bool series = point->of != NULL && point->of->unit == UNIT_MONTH && point->of->number == 0 &&
                  point->number != 0 && point->number >= -DAYS_OF_MONTH &&
                  point->number <= DAYS_OF_MONTH && is_month(whole);

    if (series) {
        add_series((struct recurrence_series){0, point->number}, whole, 0, windows);
    } else {
        add_day(whole, point->number, windows);
    }
}

/* --- days that not every month has -------------------------------------------------------------
 */

/* A 29th and later, which not every month has. */
bool due_late_day(const struct point *day)
{
    return day->unit == UNIT_DAY && day->number > SHORT_MONTH &&
           (day->of == NULL || day->of->unit == UNIT_MONTH || day->of->unit == UNIT_NAMED_MONTH);
}

static bool in_named_month(const struct point *day)
{
    return day->of != NULL && day->of->unit == UNIT_NAMED_MONTH;
}

/* «31 числа каждого месяца»: months that have none, or their last days? */
bool due_late_series(const struct due_expansion *e, const struct item *item)
{
    if (item->bound != BOUND_IN || item->to != NULL || !due_late_day(item->from) ||
        in_named_month(item->from)) {
        return false;
    }
    *e->doubts |= DOUBT_LATE;
    return e->variant == DOUBT_LATE;
}

/* «до 30 числа» of each month: of February by its last day. */
bool due_until_late_day(const struct item *item)
{
    const struct point *day = item->from;
    bool until = item->bound == BOUND_BY || item->bound == BOUND_NOT_LATER ||
                 item->bound == BOUND_TOWARDS || item->bound == BOUND_THROUGH;

    return until && item->to == NULL && due_late_day(day) && !in_named_month(day);
}
