/* deputy.c - who stands in for a body that is absent
 *
 * Owns:    the line of deputies: whose deputy acts when the deputy is absent too.
 * In:      people_hands.c, which hands over; recipients.c for those above; ladder_again.c.
 * Always:  comes to an end, though deputies may stand in for one another.
 * See:     docs/time.md §6
 */
#include "engine/core/deputy.h"

#include "engine/core/chain.h"

static const struct absence *absence_today(const struct world *world, const struct body *body)
{
    civil_day today = world_today(world, bytes_of(body->id));

    for (uint32_t i = 0; i < body->absence_count; i++) {
        const struct window *days = &body->absences[i].days;
        if (days->from <= today && today <= days->to) {
            return &body->absences[i];
        }
    }
    return NULL;
}

/* Along the line from who is absent. NULL: nobody in it is there. */
static const struct body *first_there(const struct world *world, const struct body *body,
                                      civil_day *until)
{
    for (int n = 0; body != NULL && n <= DEPUTIES_MAX; n++) {
        const struct absence *absence = absence_today(world, body);
        if (absence == NULL) {
            return body;
        }
        *until = absence->days.to < *until ? absence->days.to : *until;
        body = world_body(world, bytes_of(absence->deputy));
    }
    return NULL;
}

static const struct body *first_above(const struct world *world, const struct policy *policy,
                                      struct bytes id, struct bytes but)
{
    const struct body *body = chain_above(world->catalog, policy, id);

    while (body != NULL &&
           (bytes_equal(bytes_of(body->id), but) || absence_today(world, body) != NULL)) {
        body = chain_above(world->catalog, policy, bytes_of(body->id));
    }
    return body;
}

bool deputy_find(const struct world *world, const struct policy *policy, struct bytes id,
                 struct bytes but, struct deputy *ret_deputy)
{
    const struct body *body = world_body(world, id);
    const struct absence *absence = body != NULL ? absence_today(world, body) : NULL;

    if (absence == NULL) {
        return false;
    }
    *ret_deputy = (struct deputy){.absence = absence, .until = absence->days.to};
    ret_deputy->body = first_there(world, body, &ret_deputy->until);
    if (ret_deputy->body == NULL) {
        ret_deputy->body = first_above(world, policy, id, but);
    }
    if (ret_deputy->body == NULL) {
        ret_deputy->body = world_body(world, bytes_of(absence->deputy));
    }
    return ret_deputy->body != NULL;
}
