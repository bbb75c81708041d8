/* due_json.h - what a due phrase means, as JSON (docs/cli.md §due) */
#ifndef CLI_DUE_JSON_H
#define CLI_DUE_JSON_H

#include "base/buffer.h"
#include "base/error.h"
#include "calendar/due.h"

#include <jansson.h>

#define DUE_JSON_WINDOWS 12 /* of a reading: the first ones; `more` says that there are others */

/* {"id","kind","windows",…}, to the end of out; id may be NULL: then the member is left out. */
void due_json(const struct due *due, const json_t *id, struct buffer *out);
/* {"id","error":{"column","message"}} */
void due_json_error(const struct error *err, const json_t *id, struct buffer *out);

/* A phrase and its context: {"phrase","year","period":{"from","to"},"signed"}. *ret_phrase is
 * borrowed from the object. ERROR_SYNTAX, ERROR_INVALID: what is wrong with it. */
bool due_json_request(const json_t *request, const char **ret_phrase,
                      struct due_context *ret_context, struct error *err);

/* Read JSON lines from standard input and answer each with a line, to the end; what was answered
 * is flushed before more input is waited for. false: it could not be read. */
bool due_json_lines(const struct due_context *otherwise, struct error *err);

#endif
