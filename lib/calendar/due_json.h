/* due_json.h - what a due phrase means, as JSON (docs/cli.md §due) */
#ifndef CALENDAR_DUE_JSON_H
#define CALENDAR_DUE_JSON_H

#include "base/buffer.h"
#include "base/error.h"
#include "calendar/due.h"

#include <jansson.h>

#define DUE_JSON_WINDOWS 12 /* of a reading: the first ones; `more` says that there are others */

/* {"id","kind","windows",…}, to the end of out; id may be NULL: then the member is left out. */
void due_json(const struct due *due, const json_t *id, struct buffer *out);
/* {"id","error":{"column","message"}} */
void due_json_error(const struct error *err, const json_t *id, struct buffer *out);

#endif
