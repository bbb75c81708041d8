/* people_held.c - news of an assignment whose instance is suspended
 *
 * Owns:    putting a step that was taken, but whose letter could not leave, back into the ladder.
 * In:      digest.c, when the letter of the day leaves without it.
 * Always:  a step once, however many it was for; nothing is told before the instance is resumed.
 * See:     docs/time.md §5.2
 */
#include "engine/core/people.h"
#include "engine/core/people_part.h"

#include "base/limits.h"

#include <string.h>

static bool has_step(const struct assignment *a, const struct ladder_step *step)
{
    for (uint32_t i = a->next_step; i < a->step_count; i++) {
        const struct ladder_step *other = &a->steps[i];
        if (other->letter == step->letter && other->levels == step->levels &&
            other->person == step->person && other->offset_days == step->offset_days) {
            return true;
        }
    }
    return false;
}

/* Before all others, and not later than they. */
static int64_t moment(const struct world *world, const struct assignment *a)
{
    bool waits = a->next_step < a->step_count && a->steps[a->next_step].at_ms < world->now_ms;

    return waits ? a->steps[a->next_step].at_ms : world->now_ms;
}

void people_hold(struct world *world, struct instance *instance, uint32_t seq,
                 const struct news *news)
{
    struct matter m = matter_of(world, instance, instance_find_task(instance, seq));
    uint32_t rest = m.a->step_count - m.a->next_step;
    struct ladder_step step = {.at_ms = moment(world, m.a),
                               .letter = (uint8_t)news->letter,
                               .levels = (uint8_t)news->levels,
                               .offset_days = (int16_t)news->offset_days,
                               .working = news->working,
                               .person = news->person};

    if (rest >= LIMIT_LADDER_STEPS || has_step(m.a, &step)) {
        return;
    }
    struct assignment copy = *m.a;
    copy.steps = arena_alloc(world->arena, (rest + 1) * sizeof *copy.steps);
    copy.steps[0] = step;
    if (rest > 0) {
        memcpy(copy.steps + 1, m.a->steps + m.a->next_step, rest * sizeof *copy.steps);
    }
    copy.step_count = rest + 1;
    copy.next_step = 0;
    matter_record(
        &m, (struct record){.kind = RECORD_ASSIGNMENT_LADDER, .extra = matter_ladder(&m, &copy)});
}
