/* ladder_again.c - the ladder of an assignment that goes on
 *
 * Owns:    what of a ladder built anew is still to be told, and to be handed over.
 * In:      people*.c, after a term moved, an assignment got another body, documents changed, a
 *          report came or was returned.
 * Always:  nothing is announced that is over; who acts for somebody stops when the absence does.
 * See:     ladder.h; docs/time.md §5
 */
#include "engine/core/ladder.h"

#include "base/must.h"
#include "engine/core/ladder_days.h"
#include "engine/core/term.h"

#include <string.h>

struct sieve {
    const struct world *world;
    const struct policy *policy; /* of the chains */
    const struct assignment *a;
    struct ladder_step *steps;
    uint32_t count;
};

/* --- absences -----------------------------------------------------------------------------------
 */

static struct bytes person_id(const struct assignment *a, uint32_t person)
{
    return person == PERSON_CONTROLLER ? a->controller : a->people[person];
}

/* Who does the work today: who acts for the responsible body, or is about to. */
static struct bytes worker_today(const struct world *world, const struct policy *policy,
                                 const struct assignment *a)
{
    struct deputy deputy;
    bool away = deputy_find(world, policy, a->people[0], a->controller, &deputy);

    return away ? bytes_of(deputy.body->id) : assignment_actor(a, a->people[0]);
}

bool ladder_deputy(const struct world *world, const struct policy *policy,
                   const struct assignment *a, uint32_t person, struct deputy *ret_deputy)
{
    bool controls = bytes_equal(person_id(a, person), a->controller);
    bool own = controls && bytes_equal(a->controller, a->people[0]);

    if (!controls || own) {
        return deputy_find(world, policy, person_id(a, person), a->controller, ret_deputy);
    }
    return deputy_find_decider(world, policy, a->controller, a->people[0],
                               worker_today(world, policy, a), ret_deputy);
}

/* Does the deputy of today act already? */
static bool is_handed(const struct sieve *s, uint32_t person)
{
    struct bytes body = person_id(s->a, person);
    struct deputy deputy;

    return ladder_deputy(s->world, s->policy, s->a, person, &deputy) &&
           bytes_equal(assignment_actor(s->a, body), bytes_of(deputy.body->id));
}

static bool is_over(const struct sieve *s, uint32_t person)
{
    struct bytes body = person_id(s->a, person);
    struct deputy deputy;

    return !bytes_equal(assignment_actor(s->a, body), body) &&
           !ladder_deputy(s->world, s->policy, s->a, person, &deputy);
}

/* --- after a change ------------------------------------------------------------------------------
 */

static void keep(struct sieve *s, struct ladder_step step)
{
    s->steps[s->count++] = step;
}

/* Of what is over by now the phase that was reached last, and absences that began: those that ended
 * are not in the ladder. */
static void keep_what_is_over(struct sieve *s, uint32_t count)
{
    uint32_t reached = count;

    for (uint32_t i = 0; i < count; i++) {
        reached = s->a->steps[i].phase != 0 ? i : reached;
    }
    for (uint32_t i = 0; i < count; i++) {
        const struct ladder_step *step = &s->a->steps[i];
        if (i == reached) {
            keep(s, (struct ladder_step){.at_ms = step->at_ms, .phase = step->phase});
        } else if (step->deed == DEED_HAND_OVER && !is_handed(s, step->person)) {
            keep(s, *step);
        }
    }
}

static void give_back(struct sieve *s, uint32_t person)
{
    if (is_over(s, person)) {
        keep(s, (struct ladder_step){
                    .at_ms = s->world->now_ms, .deed = DEED_HAND_BACK, .person = person});
    }
}

static void give_all_back(struct sieve *s)
{
    for (uint32_t i = 0; i < s->a->people_count; i++) {
        give_back(s, i);
    }
    if (s->a->controller.size > 0 && assignment_find_person(s->a, s->a->controller) < 0) {
        give_back(s, PERSON_CONTROLLER);
    }
}

void ladder_after(const struct world *world, struct assignment *a, const struct policy *policy,
                  const struct ladder_step *taken)
{
    struct sieve s = {.world = world, .policy = policy, .a = a};
    uint32_t past = 0;

    must(a->next_step == 0);
    s.steps = arena_alloc(world->arena, (a->step_count + a->people_count + 1) * sizeof *s.steps);
    while (past < a->step_count && a->steps[past].at_ms <= world->now_ms) {
        past++;
    }
    keep_what_is_over(&s, past);
    give_all_back(&s);
    for (uint32_t i = past; i < a->step_count; i++) {
        const struct ladder_step *step = &a->steps[i];
        bool of_the_old =
            taken != NULL && step->deed == DEED_REASSIGN && step->offset_days <= taken->offset_days;
        if (!of_the_old) {
            keep(&s, *step);
        }
    }
    a->steps = s.steps;
    a->step_count = s.count;
}

/* --- a report that waits ------------------------------------------------------------------------
 */

bool ladder_undecided(const struct world *world, struct assignment *a, const struct policy *policy,
                      civil_day reported)
{
    struct ladder_days days = ladder_days_of(world, a->people[0]);
    uint32_t rest = a->step_count - a->next_step;

    if (policy->decide_within.count == 0 || a->controller.size == 0) {
        return false;
    }
    struct ladder_step step = {.letter = LETTER_UNDECIDED,
                               .working = policy->decide_within.working,
                               .offset_days = ladder_offset(policy->decide_within.count)};
    civil_day day = ladder_count(&days, reported, policy->decide_within);
    step.at_ms =
        ladder_moment(&days, ladder_letter_day(&days, policy, day, SHIFT_NEXT), policy->minute);
    struct ladder_step *steps = arena_alloc(world->arena, (rest + 1) * sizeof *steps);
    steps[0] = step;
    if (rest > 0) {
        memcpy(steps + 1, a->steps + a->next_step, rest * sizeof *steps);
    }
    a->steps = steps;
    a->step_count = rest + 1;
    a->next_step = 0;
    return true;
}
