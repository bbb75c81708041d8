/* roadmap.h - inside core: starting the occurrences of a plan */
#ifndef CORE_ROADMAP_H
#define CORE_ROADMAP_H

#include "engine/core/world.h"

/* Refused: an item needs a workflow that is not there, or there are too many windows. */
bool roadmap_check(const struct world *world, const struct definition *definition,
                   uint32_t *ret_occurrences, struct error *err);

/* An instance for each window of each item, as children of the plan, which was just started. */
void roadmap_start(struct world *world, struct instance *plan, const struct definition *definition,
                   uint32_t occurrences);

#endif
