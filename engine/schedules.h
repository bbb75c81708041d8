/* schedules.h - one schedule at a time for each workflow: that of its newest version */
#ifndef ENGINE_SCHEDULES_H
#define ENGINE_SCHEDULES_H

#include "engine/turn.h"

/* In the open turn: `now` took the place of `before` in the catalog; either may be NULL. The
 * schedule of before ends, that of now begins; runs in progress go on. Documents that are no
 * workflows, or have no schedule, are fine. */
void schedules_replace(struct turn *turn, const struct definition *before,
                       const struct definition *now);

#endif
