/* people_hands.c - who does the work now: deputies, another responsible body
 *
 * Owns:    handing work over at the start of an absence and back at its end; reassigning, by who
 *          set the assignment or by a rung of its ladder.
 * In:      people.c: a command that the state allows, or a step of the ladder.
 * Out:     records and letters to the new and to the old.
 * Always:  who acted for whom stays in the records; a step that can't be done does nothing.
 * See:     docs/time.md §6
 */
#include "engine/core/people_part.h"

#include "engine/core/chain.h"
#include "engine/core/ladder.h"
#include "engine/core/letters.h"
#include "engine/core/people.h"
#include "engine/core/people_names.h"

/* --- another responsible body -------------------------------------------------------------- */

/* To be told when it is done: who had it before, and why. */
static void reassign(const struct matter *m, struct bytes to, struct bytes by, struct bytes reason,
                     const struct ladder_step *taken)
{
    struct assignment copy = matter_copy(m);
    struct bytes before = arena_copy(m->world->arena, m->a->people[0]);
    struct tell tell = {.to = before, .by = by, .reason = reason, .body = to};
    int32_t part = assignment_find_person(m->a, to);

    family_withdraw(m, by, reason, to);
    for (uint32_t i = part > 0 ? (uint32_t)part : copy.people_count; i + 1 < copy.people_count;
         i++) {
        copy.people[i] = copy.people[i + 1];
        copy.parts[i - 1] = copy.parts[i];
    }
    copy.people_count -= part > 0;
    copy.people[0] = to;
    enum phase phase = matter_ladder_anew(m, &copy, taken);
    matter_record(m, (struct record){.kind = RECORD_ASSIGNMENT_REASSIGNED,
                                     .text = to,
                                     .other = phase > m->a->phase ? phase : 0,
                                     .data = matter_reason(m, reason, by),
                                     .extra = matter_ladder(m, &copy)});
    letters_tell(m->world, m->instance, m->seq, LETTER_REASSIGNED, &tell);
    tell.to = to;
    letters_tell(m->world, m->instance, m->seq, LETTER_REASSIGNED, &tell);
}

bool reassign_check(const struct matter *m, struct error *err)
{
    if (!people_knows_body(m->world, m->c->to, err)) {
        return false;
    }
    if (bytes_equal(m->c->to, m->a->people[0])) {
        return error_set(err, ERROR_CONFLICT, "\"%s\" is responsible already",
                         people_name(m->world, m->c->to));
    }
    return !bytes_equal(m->c->to, m->a->controller) ||
           error_set(err, ERROR_REFUSED, "\"%s\" controls it: nobody decides about their own work",
                     people_name(m->world, m->c->to));
}

void reassign_run(const struct matter *m)
{
    reassign(m, m->c->to, m->c->by, m->c->reason, NULL);
    people_timer(m->world, m->instance, matter_task(m));
}

/* --- rungs that reassign ------------------------------------------------------------------- */

static const char *deputy_of(const struct matter *m, const struct body *body)
{
    struct deputy deputy;

    return ladder_deputy(m->world, matter_policy(m), m->a, 0, &deputy) ? deputy.body->id
                                                                       : body->deputy;
}

/* So many levels above, or the deputy; NULL: there is no such body. */
static const char *next_in_line(const struct matter *m, unsigned levels)
{
    const struct body *body = world_body(m->world, m->a->people[0]);

    if (body != NULL && levels == 0) {
        return deputy_of(m, body);
    }
    body = chain_levels_above(m->world->catalog, matter_policy(m), m->a->people[0], levels);
    return body != NULL ? body->id : NULL;
}

static void reassign_by_rung(const struct matter *m, const struct ladder_step *step)
{
    const char *id = next_in_line(m, step->levels);
    struct bytes to = id != NULL ? bytes_of(id) : NOTHING;
    bool can = id != NULL && catalog_find_body(m->world->catalog, id) != NULL &&
               !bytes_equal(to, m->a->people[0]) && !bytes_equal(to, m->a->controller);

    if (can) {
        reassign(m, to, NOTHING, bytes_of("не исполнено в срок"), step);
    }
}

/* --- deputies ------------------------------------------------------------------------------ */

static struct bytes person_id(const struct assignment *a, uint32_t person)
{
    return person == PERSON_CONTROLLER ? a->controller : a->people[person];
}

static void hand_over(const struct matter *m, uint32_t person)
{
    struct bytes body = person_id(m->a, person);
    struct deputy deputy;

    if (!ladder_deputy(m->world, matter_policy(m), m->a, person, &deputy) ||
        bytes_equal(assignment_actor(m->a, body), bytes_of(deputy.body->id))) {
        return; /* not absent after all, or handed over already */
    }
    const char *reason = deputy.absence->reason;
    struct tell tell = {.to = bytes_of(deputy.body->id),
                        .body = body,
                        .reason = bytes_of(reason != NULL ? reason : ""),
                        .day = deputy.until,
                        .person = person == PERSON_CONTROLLER ? 0 : person};
    matter_record(m, (struct record){.kind = RECORD_ASSIGNMENT_HANDED,
                                     .index = person,
                                     .text = tell.to,
                                     .number = deputy.until});
    letters_due(m->world, m->instance, m->seq, LETTER_HANDED_OVER, &tell);
}

/* Who does the work now may have acted for the controller until now: then another decides. */
static void free_controller(const struct matter *m)
{
    struct bytes controller = m->a->controller;
    bool acts = controller.size > 0 && assignment_find_person(m->a, controller) < 0 &&
                !bytes_equal(assignment_actor(m->a, controller), controller);

    if (acts) {
        hand_over(m, PERSON_CONTROLLER);
    }
}

static void hand_back(const struct matter *m, uint32_t person)
{
    struct bytes body = person_id(m->a, person);
    struct tell tell = {.to = body, .body = body};

    if (bytes_equal(assignment_actor(m->a, body), body)) {
        return; /* it was never handed over */
    }
    matter_record(m, (struct record){.kind = RECORD_ASSIGNMENT_HANDED, .index = person});
    letters_due(m->world, m->instance, m->seq, LETTER_HANDED_BACK, &tell);
}

void hands_do(const struct matter *m, const struct ladder_step *step)
{
    bool there = step->person == PERSON_CONTROLLER || step->person < m->a->people_count;

    if (step->deed == DEED_REASSIGN) {
        reassign_by_rung(m, step);
    } else if (there && step->deed == DEED_HAND_OVER) {
        hand_over(m, step->person);
        free_controller(m);
    } else if (there && step->deed == DEED_HAND_BACK) {
        hand_back(m, step->person);
    }
}
