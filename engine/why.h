/* why.h - what an instance waits for: on whom, since when, what happens next and when */
#ifndef ENGINE_WHY_H
#define ENGINE_WHY_H

#include "engine/view.h"

/* The answer of the verb WHY (protocol §3.6): facts; the sentence is made by who shows it. */
json_t *why_answer(const struct view *view, const struct instance *instance);

/* Of the assignment of this task alone: kind, on, since and next of that answer. facts: its row
 * (rows_assignment). Yours. */
json_t *why_assignment(const struct catalog *catalog, const struct instance *instance,
                       const struct task *task, const json_t *facts);

/* Of its open children: kind, count and since; of a plan also "plan", and "late": how many of its
 * assignments are. Yours. */
json_t *why_children(const struct view *view, const struct instance *instance);

#endif
