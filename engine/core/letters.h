/* letters.h - inside core: opening notices, one per recipient */
#ifndef CORE_LETTERS_H
#define CORE_LETTERS_H

#include "engine/core/world.h"

/* Write to everybody who must do the assignment. reason may be empty (RETURNED has one). */
void letters_to_people(struct world *world, struct instance *instance, const struct task *task,
                       const struct ladder_step *step, enum letter letter, struct bytes reason);

/* Write to the body `levels` above the responsible one, or to the controller for 0 (or when the
 * hierarchy ends before). */
void letters_upwards(struct world *world, struct instance *instance, const struct task *task,
                     const struct ladder_step *step);

#endif
