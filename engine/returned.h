/* returned.h - why a report, or the part of a co-executor, is to be done anew */
#ifndef ENGINE_RETURNED_H
#define ENGINE_RETURNED_H

#include "engine/view.h"

/* Of the journal that are looked at: hundreds of assignments of one step write that many, and it is
 * a few milliseconds. A return that is older is not told of. */
#define RETURNED_ENTRIES_MAX 4000

/* Into the row of an assignment (rows.h) whose report was sent back and is not there again, and
 * into those of its parts of which that is so, put "returned":
 * {"time","by","by_name","for","reason"}. The state knows how often, not why: the journal of the
 * instance is looked through, newest first, RETURNED_ENTRIES_MAX entries of it, and only where
 * something was returned. For one assignment, not for lists. */
void returned_put(const struct view *view, const struct instance *instance, const struct task *task,
                  json_t *row);

#endif
