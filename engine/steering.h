/* steering.h - what operators do with an instance and all that belongs to it */
#ifndef ENGINE_STEERING_H
#define ENGINE_STEERING_H

#include "engine/turn.h"

enum steering { STEERING_CANCEL, STEERING_SUSPEND, STEERING_RESUME };

/* In the open turn; the tables must have what was decided before (engine_settle()). Reaches the
 * occurrences of a plan, and, to suspend and resume, the instances that a step waits for; never
 * what runs detached, nor the runs of a schedule. Refused by the instance itself; what belongs to
 * it and does not fit (it is over) is passed. */
bool steering_run(struct turn *turn, enum steering steering, uint64_t instance, struct bytes reason,
                  struct error *err);

#endif
