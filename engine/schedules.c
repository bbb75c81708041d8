/* schedules.c - which version of a workflow starts by itself
 *
 * Owns:    the change from one version to the next.
 * In:      definitions.c, when a version comes or goes.
 * Out:     decide_schedule(), decide_cancel() of the instance that stands for the old schedule.
 * Always:  in the same transaction as the change of the version, so never two of them, or none.
 */
#include "engine/schedules.h"

#include "base/log.h"

static bool has_schedule(const struct definition *d)
{
    return d != NULL && d->kind == DEFINITION_WORKFLOW && d->workflow.schedule_step != STEP_NONE;
}

void schedules_replace(struct turn *turn, const struct definition *before,
                       const struct definition *now)
{
    struct world *world = turn_world(turn);
    uint64_t old = has_schedule(before) ? decide_find_schedule(world, before) : 0;

    if (old != 0) {
        decide_cancel(world, old, bytes_of("another version takes the place of this schedule"),
                      NULL);
    }
    if (has_schedule(now)) {
        uint64_t id = decide_schedule(world, now);
        log_info("MR-SCHEDULE", "instance=%llu definition=%s version=%u", (unsigned long long)id,
                 now->name, now->version);
    }
}
