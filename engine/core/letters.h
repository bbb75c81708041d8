/* letters.h - inside core: opening notices, one per recipient */
#ifndef CORE_LETTERS_H
#define CORE_LETTERS_H

#include "engine/core/world.h"

/* Write to everybody who must do the assignment. reason may be empty (RETURNED has one). */
void letters_to_people(struct world *world, struct instance *instance, const struct task *task,
                       const struct ladder_step *step, enum letter letter, struct bytes reason);

/* Write for the escalations among the steps from `first` to the one that is next: each to the body
 * `levels` above the responsible one, or to the controller for 0 (or when the hierarchy ends
 * before). Whoever would be written to twice gets the last. */
void letters_upwards(struct world *world, struct instance *instance, const struct task *task,
                     uint32_t first);

#endif
