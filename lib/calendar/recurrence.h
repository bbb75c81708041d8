/* recurrence.h - days that come again every year, by recurrence rules (RFC 5545 §3.3.10)
 *
 * A wrapper of libical, which counts with UTC, zones and files of its own only if asked; it is not
 * asked. libical 3.0.16 never returns from some rules (FREQ=DAILY with BYMONTH, FREQ=MONTHLY with
 * INTERVAL=12 and a 31st), so no text of a rule comes from outside: callers give sets of numbers,
 * and of them a rule of the one form is made that is tested whole.
 */
#ifndef CALENDAR_RECURRENCE_H
#define CALENDAR_RECURRENCE_H

#include "calendar/civil.h"

/* Bit n stands for the number n; an empty set allows all. A day must be allowed by all three. */
struct recurrence {
    uint32_t months;   /* 1..12 */
    uint32_t days;     /* 1..31, of the month */
    uint32_t weekdays; /* 1 Monday .. 7 Sunday */
};

/* The first such day that is not before from and not after last, which are valid civil days. false:
 * there is none. Takes up to a millisecond for each year until that day. */
bool recurrence_next(const struct recurrence *recurrence, civil_day from, civil_day last,
                     civil_day *ret_day);

#endif
