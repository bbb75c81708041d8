/* dates.h - days and moments as people read them, in the language that was chosen
 *
 * Moments of the engine are UTC; they are shown on the clocks of one zone (--zone).
 */
#ifndef CLI_DATES_H
#define CLI_DATES_H

#include "calendar/civil.h"
#include "calendar/zone.h"

#define DATES_TEXT_MAX 96

/* "2023-01-09T06:00:00.000Z"; the milliseconds may be missing. */
bool dates_parse_moment(const char *text, int64_t *ret_ms);

/* "9 января 2023 г." · "9 January 2023" */
void dates_day(civil_day day, char buf[DATES_TEXT_MAX]);
/* The same of "2023-01-09"; what is no day is printed as it is, harmless. NULL gives "—". */
void dates_day_of(const char *text, char buf[DATES_TEXT_MAX]);
/* "09.01.2023" · "2023-01-09": for columns */
void dates_short(civil_day day, char buf[DATES_TEXT_MAX]);
void dates_short_of(const char *text, char buf[DATES_TEXT_MAX]);

/* The day of a moment of the engine: "9 января 2023 г."; as above when it is none. */
void dates_moment_day(const struct zone *zone, const char *text, char buf[DATES_TEXT_MAX]);
/* "9 января 2023 г. в 09:00"; without the time of day at midnight. */
void dates_moment(const struct zone *zone, const char *text, char buf[DATES_TEXT_MAX]);
/* "09.01.2023 09:00" · "2023-01-09 09:00" */
void dates_moment_short(const struct zone *zone, const char *text, char buf[DATES_TEXT_MAX]);

#endif
