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

/* Who is looked for, and who it may not be. */
struct search {
    const struct world *world;
    const struct policy *policy; /* of the chains, may be NULL */
    struct bytes not_above[2];   /* these are passed over on the way up */
    bool decides;                /* and in the line of deputies too */
};

static bool is_passed_over(const struct search *s, const struct body *body)
{
    struct bytes id = bytes_of(body->id);

    return bytes_equal(id, s->not_above[0]) || bytes_equal(id, s->not_above[1]);
}

static bool may_be(const struct search *s, const struct body *body)
{
    return body != NULL && !(s->decides && is_passed_over(s, body));
}

/* Along the line from who is absent. NULL: nobody in it is there. */
static const struct body *first_there(const struct search *s, const struct body *body,
                                      civil_day *until)
{
    for (int n = 0; body != NULL && n <= DEPUTIES_MAX; n++) {
        const struct absence *absence = absence_today(s->world, body);
        if (absence == NULL && may_be(s, body)) {
            return body;
        }
        if (absence != NULL) {
            *until = absence->days.to < *until ? absence->days.to : *until;
        }
        const char *next = absence != NULL ? absence->deputy : body->deputy;
        body = next != NULL ? world_body(s->world, bytes_of(next)) : NULL;
    }
    return NULL;
}

static const struct body *first_above(const struct search *s, struct bytes id)
{
    const struct body *body = chain_above(s->world->catalog, s->policy, id);

    while (body != NULL && (is_passed_over(s, body) || absence_today(s->world, body) != NULL)) {
        body = chain_above(s->world->catalog, s->policy, bytes_of(body->id));
    }
    return body;
}

static bool find(const struct search *s, struct bytes id, struct deputy *ret_deputy)
{
    const struct body *body = world_body(s->world, id);
    const struct absence *absence = body != NULL ? absence_today(s->world, body) : NULL;

    if (absence == NULL) {
        return false;
    }
    *ret_deputy = (struct deputy){.absence = absence, .until = absence->days.to};
    ret_deputy->body = first_there(s, body, &ret_deputy->until);
    if (ret_deputy->body == NULL) {
        ret_deputy->body = first_above(s, id);
    }
    if (ret_deputy->body == NULL) {
        const struct body *named = world_body(s->world, bytes_of(absence->deputy));
        ret_deputy->body = may_be(s, named) ? named : NULL;
    }
    return ret_deputy->body != NULL;
}

bool deputy_find(const struct world *world, const struct policy *policy, struct bytes body,
                 struct bytes but, struct deputy *ret_deputy)
{
    struct search search = {.world = world, .policy = policy, .not_above = {but, but}};

    return find(&search, body, ret_deputy);
}

bool deputy_find_decider(const struct world *world, const struct policy *policy,
                         struct bytes controller, struct bytes worker, struct bytes actor,
                         struct deputy *ret_deputy)
{
    struct search search = {
        .world = world, .policy = policy, .not_above = {worker, actor}, .decides = true};

    return find(&search, controller, ret_deputy);
}
