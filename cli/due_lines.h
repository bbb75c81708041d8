/* due_lines.h - `marshrut due --jsonl`: a line in, a line out
 *
 * A line is a phrase with its context: {"id","phrase","year","period":{"from","to"},"signed"}.
 */
#ifndef CLI_DUE_LINES_H
#define CLI_DUE_LINES_H

#include "base/error.h"
#include "calendar/due.h"

/* Read JSON lines from standard input and answer each with a line (calendar/due_json.h), to the
 * end; what was answered is flushed before more input is waited for. What a line does not say is as
 * in `otherwise`. false: it could not be read. */
bool due_lines(const struct due_context *otherwise, struct error *err);

#endif
