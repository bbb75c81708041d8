/* ladder.c - phases and letters of an assignment in time order
 *
 * Owns:    which moment brings which phase and which letter.
 * Always:  opening comes first; overdue never before the end of the due day; a letter that would
 *          leave before the opening is left out, a phase that would begin before it is the phase
 *          in which the assignment opens.
 */
#include "engine/core/ladder.h"

#include "base/must.h"

#define STEPS_OWN 4 /* open, soon, today, overdue: whatever the policy says */

struct builder {
    struct assignment *assignment;
    const struct policy *policy;
    const struct zone *zone;
};

static void insert(struct assignment *a, struct ladder_step step)
{
    uint32_t at = a->step_count++;

    while (at > 0 && a->steps[at - 1].at_ms > step.at_ms) {
        a->steps[at] = a->steps[at - 1];
        at--;
    }
    a->steps[at] = step;
}

static void add(const struct builder *b, int offset_days, int minute, struct ladder_step step)
{
    civil_day day = b->assignment->to + offset_days;

    step.at_ms = zone_utc_ms(b->zone, day, minute);
    step.offset_days = (int16_t)offset_days;
    if (step.at_ms > b->assignment->steps[0].at_ms) {
        insert(b->assignment, step);
    } else if (step.phase != 0) {
        b->assignment->steps[0].phase = step.phase;
    }
}

/* A rung may call it critical before the due day: later and milder phases do not take that back. */
static void only_grow(struct assignment *a)
{
    enum phase reached = PHASE_PLANNED;

    for (uint32_t i = 0; i < a->step_count; i++) {
        if (a->steps[i].phase > reached) {
            reached = a->steps[i].phase;
        } else {
            a->steps[i].phase = 0;
        }
    }
}

static void add_opening(const struct builder *b)
{
    struct ladder_step step = {.phase = PHASE_OPEN, .letter = LETTER_OPENED};

    step.at_ms = zone_utc_ms(b->zone, b->assignment->from, b->policy->minute);
    step.offset_days = (int16_t)(b->assignment->from - b->assignment->to);
    insert(b->assignment, step);
}

static enum letter rung_letter(const struct rung *rung)
{
    if (rung->kind == LADDER_ESCALATE) {
        return LETTER_ESCALATED;
    }
    if (rung->offset.count == 0) {
        return LETTER_TODAY;
    }
    return rung->offset.count < 0 ? LETTER_REMINDER : LETTER_OVERDUE;
}

void ladder_build(struct assignment *assignment, const struct policy *policy,
                  const struct zone *zone, struct arena *arena)
{
    struct builder b = {assignment, policy, zone};

    assignment->step_count = 0;
    assignment->steps =
        arena_alloc(arena, (policy->rung_count + STEPS_OWN) * sizeof *assignment->steps);
    add_opening(&b);
    add(&b, -policy->soon.count, 0, (struct ladder_step){.phase = PHASE_SOON});
    add(&b, 0, 0, (struct ladder_step){.phase = PHASE_TODAY});
    add(&b, 1, 0, (struct ladder_step){.phase = PHASE_OVERDUE});
    for (uint32_t i = 0; i < policy->rung_count; i++) {
        const struct rung *rung = &policy->rungs[i];
        add(&b, rung->offset.count, policy->minute,
            (struct ladder_step){.phase = rung->critical ? PHASE_CRITICAL : 0,
                                 .letter = (uint8_t)rung_letter(rung),
                                 .levels = (uint8_t)rung->levels});
    }
    only_grow(assignment);
}
