/* people_check.c - who may do what with an assignment
 *
 * Owns:    the second-person rule (docs/states.md §3): nobody decides about their own work, nor who
 *          acts for them, nor for whom they act; who is above decides in place of the controller.
 * In:      people.c, before a command is done.
 * Out:     refusals. Nothing is changed here.
 * Always:  an actor counts as itself and as every body it acts for today.
 */
#include "engine/core/people_part.h"

#include "engine/core/chain.h"
#include "engine/core/people_names.h"
#include "engine/core/recipients.h"

/* Is one of them the other, or does it act for it today? */
static bool is_same_hand(const struct assignment *a, struct bytes x, struct bytes y)
{
    return x.size > 0 && y.size > 0 &&
           (assignment_acts_for(a, x, y) || assignment_acts_for(a, y, x));
}

int32_t people_place(const struct assignment *a, struct bytes by)
{
    int32_t place = -1;

    for (uint32_t i = a->people_count; i-- > 0;) {
        bool is = assignment_acts_for(a, by, a->people[i]);
        if (is && i > 0 && a->parts[i - 1].state == PART_OPEN) {
            return (int32_t)i;
        }
        place = is ? (int32_t)i : place;
    }
    return place;
}

bool people_is_above(const struct matter *m, struct bytes body, struct bytes by)
{
    return bytes_equal(body, by) || chain_is_above(m->world->catalog, matter_policy(m), body, by);
}

/* Where the controller is responsible itself: the body above it, or nothing. */
static struct bytes above_own(const struct matter *m)
{
    const struct body *body = chain_above(m->world->catalog, matter_policy(m), m->a->controller);

    return body != NULL ? bytes_of(body->id) : NOTHING;
}

struct bytes people_controller(const struct matter *m)
{
    bool own = bytes_equal(m->a->controller, m->a->people[0]);

    return own && above_own(m).size == 0 ? NOTHING : m->a->controller;
}

struct bytes people_decider(const struct matter *m)
{
    return bytes_equal(m->a->controller, m->a->people[0]) ? above_own(m) : m->a->controller;
}

/* --- the work ------------------------------------------------------------------------------ */

bool check_takes_part(const struct matter *m, struct error *err)
{
    return people_place(m->a, m->c->by) >= 0 ||
           error_set(err, ERROR_REFUSED, "the body \"%s\" has no part in this assignment",
                     people_name(m->world, m->c->by));
}

bool check_is_responsible(const struct matter *m, struct error *err)
{
    return assignment_acts_for(m->a, m->c->by, m->a->people[0]) ||
           error_set(err, ERROR_REFUSED,
                     "only the responsible body \"%s\", or its deputy, does this",
                     people_name(m->world, m->a->people[0]));
}

/* --- decisions ----------------------------------------------------------------------------- */

/* The deputy of who is above, who was sent the letter in its place. */
static bool reads_for_decider(const struct matter *m, struct bytes by)
{
    struct bytes decider = recipients_decider(m->world, matter_policy(m), m->a);
    const struct body *reader = recipients_actor(m->world, matter_policy(m), m->a, decider);

    return reader != NULL && bytes_equal(bytes_of(reader->id), by);
}

static bool check_is_controller(const struct matter *m, struct error *err)
{
    struct bytes controller = people_controller(m);
    struct bytes by = m->c->by;

    if (controller.size == 0 || assignment_acts_for(m->a, by, controller) ||
        people_is_above(m, controller, by) || reads_for_decider(m, by)) {
        return true;
    }
    return error_set(err, ERROR_REFUSED,
                     "only the controller \"%s\", or who is above it, decides here",
                     people_name(m->world, controller));
}

/* The report of the whole is the responsible body's, whoever has sent it. */
bool check_decides_report(const struct matter *m, struct error *err)
{
    if (is_same_hand(m->a, m->c->by, m->a->reporter) ||
        is_same_hand(m->a, m->c->by, m->a->people[0])) {
        return error_set(err, ERROR_REFUSED, "nobody decides about their own report");
    }
    return check_is_controller(m, err);
}

bool check_decides_term(const struct matter *m, struct error *err)
{
    if (is_same_hand(m->a, m->c->by, m->a->extension.by) ||
        is_same_hand(m->a, m->c->by, m->a->people[0])) {
        return error_set(err, ERROR_REFUSED, "nobody decides about their own term");
    }
    return check_is_controller(m, err);
}

bool check_withdraws(const struct matter *m, struct error *err)
{
    return check_is_controller(m, err);
}
