/* told.h - who was told what of an instance, and who will be: for WHY (protocol §3.6) */
#ifndef ENGINE_TOLD_H
#define ENGINE_TOLD_H

#include "engine/view.h"

/* The notices of its assignments, the newest first: rows of `assignment.noticed`, as HISTORY has
 * them, without seq, entry and kind; at most TOLD_ROWS of them, and of so many journal entries. And
 * how assignments ended in these entries, the newest first: rows of `assignment.accepted`,
 * `assignment.withdrawn`, `instance.cancelled`, with *no plan title*. */
#define TOLD_ROWS    50
#define TOLD_ENTRIES 500
void told_rows(const struct view *view, const struct instance *instance, json_t **ret_told,
               json_t **ret_closed);

/* The next letters of an open assignment, as things are now: {"notice", "days", "working", "at",
 * "left", "left_working", "to": [bodies]}. At most TOLD_AHEAD. */
#define TOLD_AHEAD 5
json_t *told_ahead(const struct view *view, const struct instance *instance,
                   const struct task *task);

#endif
