/* assignment_rows.h - a short table of assignments: task, last day, lateness, body, item, title */
#ifndef CLI_ASSIGNMENT_ROWS_H
#define CLI_ASSIGNMENT_ROWS_H

#include "cli/output.h"
#include "cli/table.h"

#include <jansson.h>

/* rows of ASSIGNMENTS; today: the day of the engine, "2023-01-09", or NULL. Yours. */
struct table *assignment_rows_table(const json_t *rows, const char *today);
/* A heading, and the table under it; nothing when there are no rows. */
void assignment_rows_print(const struct output *output, const char *heading, const json_t *rows,
                           const char *today);
/* A heading alone, with a line before it. */
void assignment_rows_heading(const struct output *output, const char *heading);

#endif
