/* apply_term.c - how records change the term of an assignment, its clock and who acts
 *
 * Owns:    terms, requests to extend them, pauses; the responsible body and deputies
 *          (docs/time.md §6).
 * In:      apply_people.c, which has looked whether the record fits the state.
 * Always:  as apply.c: no clock, no catalog, no choice. Terms are added and stay.
 */
#include "engine/core/apply.h"

#include "base/must.h"

#include <jansson.h>
#include <string.h>

/* "reason" of what a record says, in the memory of the instance. */
static struct bytes reason_of(struct instance *i, const struct record *r)
{
    json_t *data = json_loadb(r->data.data ? r->data.data : "", r->data.size,
                              JSON_DECODE_ANY | JSON_ALLOW_NUL, NULL);
    const json_t *reason = json_object_get(data, "reason");
    struct bytes text = {json_string_value(reason), json_string_length(reason)};
    struct bytes copy = arena_copy(i->arena, text);

    json_decref(data);
    return copy;
}

void apply_ladder(struct instance *i, struct assignment *a, const struct record *r)
{
    struct cursor c = cursor_of(r->extra);

    if (r->extra.size == 0) {
        return; /* the old one goes on */
    }
    bool good = ladder_decode(i->arena, &c, &a->steps, &a->step_count);
    must(good && cursor_done(&c));
    a->next_step = 0;
}

/* --- terms --------------------------------------------------------------------------------- */

static void set_phase(struct assignment *a, uint64_t phase)
{
    if (phase != 0) {
        must(phase < PHASE_COUNT);
        a->phase = (enum phase)phase;
    }
    if (a->state == ASSIGNMENT_PLANNED && a->phase > PHASE_PLANNED) {
        a->state = ASSIGNMENT_OPEN;
    }
}

static void apply_new_term(struct instance *i, struct assignment *a, const struct record *r)
{
    struct term *terms = arena_alloc(i->arena, (a->term_count + 1) * sizeof *terms);

    must(r->attempt > TERM_SET && r->attempt < TERM_WHY_COUNT);
    memcpy(terms, a->terms, a->term_count * sizeof *terms);
    terms[a->term_count++] = (struct term){.to = (civil_day)r->number,
                                           .why = (enum term_why)r->attempt,
                                           .since_ms = r->time_ms,
                                           .by = arena_copy(i->arena, r->text),
                                           .reason = reason_of(i, r)};
    a->terms = terms;
    assignment_move_term(a, (civil_day)r->number, (civil_day)(int64_t)r->other);
    a->extension = (struct extension){.proposed = CIVIL_DAY_NONE};
    apply_ladder(i, a, r);
    set_phase(a, r->index);
}

static void apply_asked(struct instance *i, struct assignment *a, const struct record *r)
{
    must(a->extension.by.size == 0);
    a->extensions_asked++;
    a->extension = (struct extension){.by = arena_copy(i->arena, r->text),
                                      .reason = reason_of(i, r),
                                      .proposed = (civil_day)r->number,
                                      .asked_ms = r->time_ms};
}

/* --- the clock ----------------------------------------------------------------------------- */

static void apply_paused(struct instance *i, struct assignment *a, const struct record *r)
{
    must(r->other > PAUSE_NONE && r->other < PAUSE_KIND_COUNT);
    a->pause = (struct pause){.kind = (enum pause_kind)r->other,
                              .before = a->state,
                              .since = (civil_day)r->number,
                              .by = arena_copy(i->arena, r->text),
                              .reason = reason_of(i, r)};
    a->state = ASSIGNMENT_PAUSED;
    apply_ladder(i, a, r);
}

static void apply_resumed(struct instance *i, struct assignment *a, const struct record *r)
{
    a->state = a->pause.before;
    a->pause = (struct pause){.kind = PAUSE_NONE, .since = CIVIL_DAY_NONE};
    apply_ladder(i, a, r);
}

/* --- who acts ------------------------------------------------------------------------------ */

static void drop_acting(struct assignment *a, uint32_t at)
{
    a->acting_count--;
    memmove(&a->acting[at], &a->acting[at + 1], (a->acting_count - at) * sizeof *a->acting);
}

static void apply_handed(struct instance *i, struct assignment *a, const struct record *r)
{
    must(r->index == PERSON_CONTROLLER || r->index < a->people_count);
    struct bytes body = r->index == PERSON_CONTROLLER ? a->controller : a->people[r->index];
    for (uint32_t n = a->acting_count; n-- > 0;) {
        if (bytes_equal(a->acting[n].body, body)) {
            drop_acting(a, n);
        }
    }
    if (r->text.size == 0) {
        return; /* back */
    }
    struct acting *acting = arena_alloc(i->arena, (a->acting_count + 1) * sizeof *acting);
    if (a->acting_count > 0) {
        memcpy(acting, a->acting, a->acting_count * sizeof *acting);
    }
    acting[a->acting_count++] =
        (struct acting){body, arena_copy(i->arena, r->text), (civil_day)r->number};
    a->acting = acting;
}

static void drop_person(struct assignment *a, uint32_t person)
{
    a->people_count--;
    for (uint32_t n = person; n < a->people_count; n++) {
        a->people[n] = a->people[n + 1];
        a->parts[n - 1] = a->parts[n];
    }
}

/* A co-executor that becomes responsible owes no part any more. */
static void apply_reassigned(struct instance *i, struct assignment *a, const struct record *r)
{
    int32_t part = assignment_find_person(a, r->text);

    must(r->index == 0 && part != 0);
    if (part > 0) {
        drop_person(a, (uint32_t)part);
    }
    a->people[0] = arena_copy(i->arena, r->text);
    a->extension = (struct extension){.proposed = CIVIL_DAY_NONE};
    for (uint32_t n = a->acting_count; n-- > 0;) {
        bool stays = bytes_equal(a->acting[n].body, a->controller) ||
                     assignment_find_person(a, a->acting[n].body) >= 0;
        if (!stays) {
            drop_acting(a, n);
        }
    }
    apply_ladder(i, a, r);
    set_phase(a, r->other);
}

void apply_term(struct instance *i, struct assignment *a, const struct record *r)
{
    switch (r->kind) {
    case RECORD_ASSIGNMENT_ASKED:
        apply_asked(i, a, r);
        break;
    case RECORD_ASSIGNMENT_REFUSED:
        a->extension = (struct extension){.proposed = CIVIL_DAY_NONE};
        break;
    case RECORD_ASSIGNMENT_TERM:
        apply_new_term(i, a, r);
        break;
    case RECORD_ASSIGNMENT_LADDER:
        apply_ladder(i, a, r);
        set_phase(a, r->other);
        break;
    case RECORD_ASSIGNMENT_PAUSED:
        apply_paused(i, a, r);
        break;
    case RECORD_ASSIGNMENT_RESUMED:
        apply_resumed(i, a, r);
        break;
    case RECORD_ASSIGNMENT_REASSIGNED:
        apply_reassigned(i, a, r);
        break;
    case RECORD_ASSIGNMENT_HANDED:
        apply_handed(i, a, r);
        break;
    default:
        must(!"a record of an assignment");
    }
}
