/* recurrence_year.h - the days of a series in one year, by recurrence rules (RFC 5545 §3.3.10)
 *
 * A year begins on one of seven weekdays and has 365 or 366 days: there are fourteen of them. So
 * libical is asked about a series once for each, and its answer is kept, by the thread that asked:
 * «каждый вторник» then costs no more than arithmetic, where libical takes most of a millisecond.
 */
#ifndef CALENDAR_RECURRENCE_YEAR_H
#define CALENDAR_RECURRENCE_YEAR_H

#include "calendar/civil.h"

/* weekday 1 Monday .. 7 Sunday: the number-th of each month, 1..5, or -1..-5 from its end; number
 * 0: each of them. weekday 0: the number-th day of each month, 1..31, or -1..-31. */
struct recurrence_series {
    int weekday;
    int number;
};

/* The first day of the series that is not before from and not after last, which are valid civil
 * days. false: there is none. */
bool recurrence_series_next(struct recurrence_series series, civil_day from, civil_day last,
                            civil_day *ret_day);

#endif
