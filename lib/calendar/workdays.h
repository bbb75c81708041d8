/* workdays.h - which days are worked, and how many lie between two
 *
 * An immutable table made from layers of rules (a country's calendar, a region's on top of it, a
 * body's on top of that): 300 years of bits, so that any question is answered in constant time.
 * Sources: Labour Code of the Russian Federation, articles 95, 100, 111, 112; the transfers of each
 * year are an act of the Government. Rules: docs/time.md §2.
 */
#ifndef CALENDAR_WORKDAYS_H
#define CALENDAR_WORKDAYS_H

#include "calendar/civil.h"

/* Where a term goes that ends on a day off: named in a policy with its legal basis. */
enum shift {
    SHIFT_KEEP,
    SHIFT_PREVIOUS, /* usual for orders */
    SHIFT_NEXT,     /* Civil Code, article 193; Labour Code, article 14 */
    SHIFT_COUNT
};

enum day_kind {
    DAY_WORKING,
    DAY_SHORT,   /* worked, an hour less */
    DAY_WEEKEND, /* off by the week */
    DAY_HOLIDAY, /* off by law */
    DAY_OFF,     /* off by a transfer or a decision */
    DAY_KIND_COUNT
};

struct workdays;

/* Made empty: a five-day week and nothing else, no year approved. Then rules are laid over it, in
 * the order below for each layer; the last word about a day counts. */
struct workdays *workdays_create(void);
/* A copy to lay more over: a calendar that extends this one. */
struct workdays *workdays_extend(const struct workdays *base);
void workdays_destroy(struct workdays **workdays); /* NULL is fine */

void workdays_set_week(struct workdays *w, int days); /* 5 or 6; a holiday stays one */
/* Off on this day of every year since..until (0 = without bound). */
void workdays_add_holiday(struct workdays *w, int month, int day, int since, int until);
/* The year is approved: an act says which of its days are worked. */
void workdays_approve(struct workdays *w, int year);
void workdays_add_off(struct workdays *w, civil_day day);
/* Worked, whatever the week says; a holiday by law stays off unless forced. */
void workdays_add_working(struct workdays *w, civil_day day, bool forced);
void workdays_add_short(struct workdays *w, civil_day day);
/* No more rules: counts are made. Must be called once, before the questions below. */
void workdays_seal(struct workdays *w);

/* --- questions: any valid civil day ----------------------------------------------------------- */

enum day_kind workdays_kind(const struct workdays *w, civil_day day);
bool workdays_is_worked(const struct workdays *w, civil_day day);
bool workdays_is_approved(const struct workdays *w, int year);
/* The first year in from..to that is not approved, 0 when all are. */
int workdays_missing(const struct workdays *w, civil_day from, civil_day to);

/* How many worked days lie in from..to, both inclusive; negative when to < from: as many in
 * to..from. */
int32_t workdays_count(const struct workdays *w, civil_day from, civil_day to);
/* The n-th worked day after `day` (n > 0) or before it (n < 0); for 0 the day itself. Bounded by
 * the calendar: the last valid day when there are not so many. So, for a day that is worked:
 * workdays_count (w, day + 1, workdays_add (w, day, n)) == n for n > 0. */
civil_day workdays_add(const struct workdays *w, civil_day day, int32_t n);
/* The day itself when it is worked or kept, else the nearest worked day on that side. */
civil_day workdays_shift(const struct workdays *w, civil_day day, enum shift shift);

const char *day_kind_name(enum day_kind kind); /* "holiday" */
const char *shift_name(enum shift shift);      /* "previous" */

#endif
