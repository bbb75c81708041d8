/* zone.h - time zones of the system's tz database (RFC 8536 files), without process-global state
 *
 * A zone is read once and immutable, so it may be shared between threads. The variable TZ and
 * tzset() are not touched.
 */
#ifndef CALENDAR_ZONE_H
#define CALENDAR_ZONE_H

#include "base/error.h"
#include "calendar/civil.h"

struct zone;

/* name like "Europe/Moscow". ERROR_NOT_FOUND for a name that is not in the database (or that tries
 * to leave its folder), ERROR_SYNTAX for a damaged file. */
bool zone_open(const char *name, struct zone **ret_zone, struct error *err);
void zone_close(struct zone **zone); /* NULL is fine */
const char *zone_name(const struct zone *zone);

/* The civil day and the minute of the day (0..1439) that clocks there show at this moment. */
void zone_civil(const struct zone *zone, int64_t utc_ms, civil_day *ret_day, int *ret_minute);

/* The moment when clocks there first show this day and minute; when the hour is skipped by a
 * change of clocks, the moment of the change. minute 1440 is the end of the day (24:00). */
int64_t zone_utc_ms(const struct zone *zone, civil_day day, int minute);

#endif
