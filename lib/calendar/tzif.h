/* tzif.h - the inside of a time zone: when its clocks change, and to what
 *
 * Private to lib/calendar. The table covers all times: the first change stands at INT64_MIN, and
 * what the file leaves to its POSIX footer is written out year by year to the end of the calendar
 * (civil.h), so that a look-up is one binary search.
 */
#ifndef CALENDAR_TZIF_H
#define CALENDAR_TZIF_H

#include "base/buffer.h"

#include <stdbool.h>
#include <stdint.h>

/* From `at` (UTC seconds, inclusive) until the next change clocks show UTC + offset seconds. */
struct zone_change {
    int64_t at;
    int32_t offset;
};

struct zone_table {
    struct zone_change *changes; /* >= 1, `at` strictly growing, the first at INT64_MIN */
    uint32_t count;
};

/* Decode an RFC 8536 file of version 2 or later. On false *ret_why says what is wrong, as the rest
 * of a sentence that begins with the file's name; the table is untouched. */
bool tzif_decode(struct bytes file, struct zone_table *ret_table, const char **ret_why);
void tzif_fini(struct zone_table *table);

/* Append a change; one that changes nothing is dropped. */
void tzif_append(struct zone_table *table, int64_t at, int32_t offset);

/* Write out the changes that a footer ("MSK-3", "CET-1CEST,M3.5.0,M10.5.0/3") orders after `last`,
 * the last change of the file, INT64_MIN when it has none. false when the text is no footer. */
bool footer_expand(struct bytes footer, int64_t last, struct zone_table *table);

#endif
