/* duration.h - durations as ISO 8601 writes them: "PT30S", "P1DT12H". Private to lib/language. */
#ifndef LANGUAGE_DURATION_H
#define LANGUAGE_DURATION_H

#include "base/buffer.h"
#include "base/error.h"

#define DURATION_TEXT_MAX 48

/* Weeks, days (24 hours: a duration is no calendar), hours, minutes, seconds; a fraction is allowed
 * in seconds, to the millisecond. Years and months have no fixed length: ERROR_UNSUPPORTED.
 * Longer than a century: ERROR_TOO_LARGE. Anything else that is none: ERROR_INVALID. */
bool duration_parse(struct bytes text, int64_t *ret_ms, struct error *err);

/* The shortest text that parses back to the same number; ms >= 0. */
void duration_print(int64_t ms, char buf[DURATION_TEXT_MAX]);

#endif
