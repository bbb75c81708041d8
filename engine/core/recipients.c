/* recipients.c - who is told by a step of the ladder
 *
 * Owns:    those who must do it, who is above them, who decides, and the deputy of whoever is
 *          absent.
 * In:      letters.c, which writes; `why`, which tells who will be written to.
 * Always:  only looks; nobody twice.
 * See:     docs/time.md §5.1
 */
#include "engine/core/recipients.h"

#include "engine/core/chain.h"
#include "engine/core/deputy.h"

/* --- deputies ------------------------------------------------------------------------------ */

/* Somebody above may be absent too: the assignment keeps no list of those. */
const struct body *recipients_actor(const struct world *world, const struct policy *policy,
                                    const struct assignment *a, struct bytes id)
{
    bool acts = assignment_find_person(a, id) >= 0 || bytes_equal(a->controller, id);

    struct deputy deputy;

    if (world_body(world, id) == NULL) {
        return NULL;
    }
    if (acts) {
        return world_body(world, assignment_actor(a, id));
    }
    return deputy_find(world, policy, id, (struct bytes){NULL, 0}, &deputy) ? deputy.body
                                                                            : world_body(world, id);
}

/* --- those who must do it ------------------------------------------------------------------ */

/* Who has answered with its part has nothing to do; who has an earlier day of its own is reminded
 * of that one until it is over. An opening is for all. */
static bool concerns(const struct world *world, const struct assignment *a, uint32_t person,
                     enum letter letter)
{
    const struct part *part = person > 0 ? &a->parts[person - 1] : NULL;

    if (part == NULL || letter == LETTER_OPENED) {
        return true;
    }
    bool own_day = part->state == PART_OPEN && part->to < a->to &&
                   world_today(world, a->people[0]) <= part->to;
    return part->state != PART_ANSWERED && !own_day;
}

static uint32_t of_whole(const struct world *world, const struct assignment *a, enum letter letter,
                         struct bytes *ret_ids)
{
    uint32_t count = 0;

    for (uint32_t i = 0; i < a->people_count && count < RECIPIENTS_MAX; i++) {
        if (concerns(world, a, i, letter)) {
            ret_ids[count++] = a->people[i];
        }
    }
    return count;
}

/* Before its day and on it the co-executor is reminded; after it the responsible body knows too. */
static uint32_t of_part(const struct assignment *a, const struct ladder_step *step,
                        struct bytes *ret_ids)
{
    if (step->person >= a->people_count || a->parts[step->person - 1].state == PART_ANSWERED) {
        return 0;
    }
    ret_ids[0] = a->people[step->person];
    ret_ids[1] = a->people[0];
    return step->letter == LETTER_OVERDUE ? 2 : 1;
}

/* --- upwards ------------------------------------------------------------------------------- */

/* So many levels above the responsible body; the controller for 0, or where the hierarchy ends. */
static struct bytes above(const struct world *world, const struct policy *policy,
                          const struct assignment *a, unsigned levels)
{
    const struct body *body = chain_levels_above(world->catalog, policy, a->people[0], levels);

    return body != NULL ? bytes_of(body->id) : a->controller;
}

static bool is_same_hand(const struct assignment *a, struct bytes x, struct bytes y)
{
    return x.size > 0 && y.size > 0 &&
           (assignment_acts_for(a, x, y) || assignment_acts_for(a, y, x));
}

bool recipients_is_involved(const struct assignment *a, struct bytes body)
{
    bool reported = a->state == ASSIGNMENT_REPORTED && is_same_hand(a, body, a->reporter);

    return reported || is_same_hand(a, body, a->people[0]) ||
           is_same_hand(a, body, a->extension.by);
}

/* Itself, and who reads its letters today. */
static bool may_decide(const struct world *world, const struct policy *policy,
                       const struct assignment *a, struct bytes id)
{
    const struct body *actor = recipients_actor(world, policy, a, id);

    return !recipients_is_involved(a, id) &&
           (actor == NULL || !recipients_is_involved(a, bytes_of(actor->id)));
}

struct bytes recipients_decider(const struct world *world, const struct policy *policy,
                                const struct assignment *a)
{
    struct bytes id = a->controller;

    while (id.size > 0 && !may_decide(world, policy, a, id)) {
        const struct body *above = chain_above(world->catalog, policy, id);
        id = above != NULL ? bytes_of(above->id) : (struct bytes){NULL, 0};
    }
    return id;
}

uint32_t recipients_of_step(const struct world *world, const struct policy *policy,
                            const struct assignment *a, const struct ladder_step *step,
                            struct bytes ret_ids[RECIPIENTS_MAX])
{
    switch (step->letter) {
    case LETTER_OPENED:
    case LETTER_REMINDER:
    case LETTER_TODAY:
    case LETTER_OVERDUE:
        return step->person > 0 ? of_part(a, step, ret_ids)
                                : of_whole(world, a, (enum letter)step->letter, ret_ids);
    case LETTER_ESCALATED:
        ret_ids[0] = above(world, policy, a, step->levels);
        break;
    case LETTER_UNDECIDED:
        ret_ids[0] = recipients_decider(world, policy, a);
        break;
    default:
        return 0;
    }
    return ret_ids[0].size > 0;
}
