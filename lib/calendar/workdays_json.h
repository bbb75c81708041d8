/* workdays_json.h - answers about working days as JSON, and what a calendar does not know
 *
 * Said alike by `marshrut workdays`, `marshrut workday` and the addresses of the gateway.
 */
#ifndef CALENDAR_WORKDAYS_JSON_H
#define CALENDAR_WORKDAYS_JSON_H

#include "base/error.h"
#include "calendar/workdays.h"

#include <jansson.h>

/* {"from","to","working_days","short_days"}: from <= to, both counted. Yours. */
json_t *workdays_json_count(const struct workdays *w, civil_day from, civil_day to);

/* {"date","from","days","kind","weekday"}: the day itself is not counted, worked or not; for 0 it
 * is the answer, also in *ret_found. Yours. NULL and ERROR_INVALID: the calendar ends before. */
json_t *workdays_json_add(const struct workdays *w, civil_day day, int32_t count,
                          civil_day *ret_found, struct error *err);

/* Put "missing_year" and "missing_years" into the answer, when an act is missing for years of the
 * two days and those between, and tell a sentence for each run of years of which the same is to be
 * said. */
typedef void workdays_tell_fn(void *context, const struct error *sentence);
void workdays_json_missing(const struct workdays *w, civil_day a, civil_day b, json_t *answer,
                           workdays_tell_fn *tell, void *context);

#endif
