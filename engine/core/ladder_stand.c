/* ladder_stand.c - steps that go on while the clock of an assignment stands
 *
 * Owns:    their order: before the others while it stands, by time when it runs.
 * In:      people_report.c and people_pause.c, with a copy of the assignment.
 * Always:  no step is lost but the reminder of a report that was decided.
 * See:     docs/time.md §6
 */
#include "engine/core/ladder_stand.h"

#include "base/must.h"

#include <string.h>

/* Stable: steps of one moment stay as they are. Ladders are short. */
static void insert(struct ladder_step *steps, uint32_t from, uint32_t *count,
                   struct ladder_step step)
{
    uint32_t at = (*count)++;

    while (at > from && steps[at - 1].at_ms > step.at_ms) {
        steps[at] = steps[at - 1];
        at--;
    }
    steps[at] = step;
}

static bool has_steady(const struct assignment *a)
{
    for (uint32_t i = a->next_step; i < a->step_count; i++) {
        if (ladder_step_is_steady(&a->steps[i])) {
            return true;
        }
    }
    return false;
}

static void take_over(struct assignment *a, struct ladder_step *steps, uint32_t count)
{
    a->steps = steps;
    a->step_count = count;
    a->next_step = 0;
}

bool ladder_stand(const struct world *world, struct assignment *a)
{
    uint32_t rest = a->step_count - a->next_step;
    uint32_t count = 0;

    if (!has_steady(a)) {
        return false;
    }
    struct ladder_step *steps = arena_alloc(world->arena, rest * sizeof *steps);
    for (uint32_t i = a->next_step; i < a->step_count; i++) {
        if (ladder_step_is_steady(&a->steps[i])) {
            insert(steps, 0, &count, a->steps[i]);
        }
    }
    uint32_t steady = count;
    for (uint32_t i = a->next_step; i < a->step_count; i++) {
        if (!ladder_step_is_steady(&a->steps[i])) {
            insert(steps, steady, &count, a->steps[i]);
        }
    }
    must(count == rest);
    take_over(a, steps, count);
    return true;
}

bool ladder_run(const struct world *world, struct assignment *a)
{
    uint32_t rest = a->step_count - a->next_step;
    uint32_t count = 0;

    if (!has_steady(a)) {
        return false;
    }
    struct ladder_step *steps = arena_alloc(world->arena, rest * sizeof *steps);
    for (uint32_t i = a->next_step; i < a->step_count; i++) {
        if (a->steps[i].letter != LETTER_UNDECIDED) {
            insert(steps, 0, &count, a->steps[i]);
        }
    }
    take_over(a, steps, count);
    return true;
}
