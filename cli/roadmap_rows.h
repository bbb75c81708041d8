/* roadmap_rows.h - a plan as it was approved, on the screen: its head, and a table per section */
#ifndef CLI_ROADMAP_ROWS_H
#define CLI_ROADMAP_ROWS_H

#include "cli/session.h"

/* An answer to ROADMAP. */
void roadmap_rows_head(const struct session *session, const json_t *plan);
/* False: it has no items to show. */
bool roadmap_rows_print(const struct session *session, const json_t *plan);

#endif
