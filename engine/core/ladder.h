/* ladder.h - what time does to an assignment, as a list of moments
 *
 * Pure: window + policy + time zone -> steps. Civil rules: a window begins at 00:00 of its first
 * day and ends at 24:00 of its last, both in the body's time zone (design §6); letters are made at
 * the policy's minute of the day.
 */
#ifndef CORE_LADDER_H
#define CORE_LADDER_H

#include "engine/core/instance.h"
#include "language/definition.h"

/* Fill assignment->steps (in time order) from its window. Equal moments keep the order of phases.
 */
void ladder_build(struct assignment *assignment, const struct policy *policy,
                  const struct zone *zone, struct arena *arena);

#endif
