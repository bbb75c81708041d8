/* returned.h - why a report, or the part of a co-executor, is to be done anew */
#ifndef ENGINE_RETURNED_H
#define ENGINE_RETURNED_H

#include "engine/view.h"

/* Into the row of an assignment (rows.h) whose report was sent back and is not there again, and
 * into those of its parts of which that is so, put "returned":
 * {"time","by","by_name","for","reason"}. The state knows how often, not why: the journal of the
 * instance is looked through, newest first, and only where something was returned. For one
 * assignment, not for lists. */
void returned_put(const struct view *view, const struct instance *instance, const struct task *task,
                  json_t *row);

#endif
