/* roadmaps_part.h - inside roadmaps: a plan, and the instance that runs it
 *
 * Only roadmap*.c include this.
 */
#ifndef ENGINE_ROADMAPS_PART_H
#define ENGINE_ROADMAPS_PART_H

#include "engine/roadmaps.h"

/* instance 0: it was not started. */
struct plan {
    const struct view *view;
    const struct definition *definition;
    uint64_t instance;
    enum instance_state state;
};

/* false: there is no such plan. */
bool roadmap_find(const struct view *view, const char *name, struct plan *ret_plan);
/* The run with this number; false: there is no such run of a plan. */
bool roadmap_of(const struct view *view, uint64_t id, struct plan *ret_plan);
/* {"name","title","version","controller","period","act"?,"instance"?,"state"?} */
json_t *roadmap_head(const struct plan *plan);

#endif
