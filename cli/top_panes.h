/* top_panes.h - the lists of `top`: what rows they have, in which order, in which columns */
#ifndef CLI_TOP_PANES_H
#define CLI_TOP_PANES_H

#include "cli/table.h"
#include "cli/top_data.h"

enum top_pane { PANE_TERMS, PANE_DECISIONS, PANE_BODIES, PANE_INCIDENTS, PANE_WORKERS, PANES };

const char *top_pane_name(enum top_pane pane);  /* in the language of the reader */
const char *top_pane_empty(enum top_pane pane); /* what to say when there are no rows */

/* How many orders it has, and what the rows are ordered by in one of them. */
unsigned top_pane_sorts(enum top_pane pane);
const char *top_pane_sort_name(enum top_pane pane, unsigned sort);

/* The rows in this order, a new array; equal ones stay as they came. Yours. */
json_t *top_pane_rows(enum top_pane pane, const struct top_data *data, unsigned sort);

struct table *top_pane_table(enum top_pane pane, const json_t *rows, const struct top_data *data,
                             const struct zone *zone);

#endif
