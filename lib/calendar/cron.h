/* cron.h - the moments of a cron expression: "0 8 * * 1-5"
 *
 * Five fields: minute, hour, day of month, month, day of week (0 and 7 are Sunday; three-letter
 * English names for months and weekdays), with lists, ranges and steps; as in POSIX crontab, when
 * both day fields are restricted either may match. Times are civil times of a zone: one that a
 * clock change skips happens at the change, one that it repeats happens once.
 */
#ifndef CALENDAR_CRON_H
#define CALENDAR_CRON_H

#include "base/error.h"
#include "calendar/zone.h"

#include <stddef.h>

/* Is it one? ERROR_SYNTAX, *ret_offset: the byte of the word that is wrong. */
bool cron_check(const char *text, size_t *ret_offset, struct error *err);

/* The first moment after this one, in UTC milliseconds; 0 when there is none within 8 years (31
 * February). text was checked. zone NULL: UTC. */
int64_t cron_next_ms(const char *text, const struct zone *zone, int64_t after_ms);

#endif
