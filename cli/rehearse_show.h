/* rehearse_show.h - a rehearsal shown: for people, as JSON, as a page to print */
#ifndef CLI_REHEARSE_SHOW_H
#define CLI_REHEARSE_SHOW_H

#include "cli/output.h"
#include "cli/rehearsal.h"

/* Tables by month, then what to look at. brief: without the tables. */
void rehearse_text_print(const struct rehearsal *rehearsal, bool brief,
                         const struct output *output);

/* docs/cli.md has its members; yours. */
json_t *rehearse_json(const struct rehearsal *rehearsal);

/* One HTML page with everything in it: months, what to look at, letters. */
void rehearse_html(const struct rehearsal *rehearsal, struct buffer *out);

#endif
