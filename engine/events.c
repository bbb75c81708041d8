/* events.c - the intake of events, from outside and from instances
 *
 * Owns:    the order of things: seen before, recorded, rules, listeners, kept.
 * In:      the verb EVENT; world->emit() of core.
 * Out:     decide_event(), decide_offer(), and what addressee.c and routes.c decide.
 * Always:  an event from outside is taken once, also when it is sent again after a crash: its name,
 *          its record and all that follows from it are one transaction.
 * See:     docs/protocol.md §3.5, docs/language.md §10
 */
#include "engine/events.h"

#include "base/limits.h"
#include "base/must.h"
#include "engine/addressee.h"
#include "engine/core/decide.h"
#include "engine/kept.h"
#include "engine/routes.h"
#include "engine/seen.h"

#include <stdlib.h>
#include <string.h>

struct bytes events_text(struct events *ev, const struct event *event)
{
    char *text = json_dumps(event->json, JSON_COMPACT);

    must(text != NULL);
    struct bytes copy = arena_copy(&ev->turn->arena, bytes_of(text));
    free(text);
    return copy;
}

static bool keep(struct events *ev, const struct event *event, struct bytes text, uint64_t instance)
{
    int64_t ttl_ms = event->ttl_ms == EVENT_TTL_USUAL ? ev->ttl_ms : event->ttl_ms;

    if (ttl_ms > 0) {
        kept_put(ev->turn, event, text, ttl_ms, instance);
    }
    return ttl_ms > 0;
}

/* --- to one instance ----------------------------------------------------------------------- */

struct telling events_tell(struct events *ev, uint64_t id, const struct event *event,
                           struct bytes text, bool emitted)
{
    struct world *world = turn_world(ev->turn);
    struct telling telling = {0};

    listeners_of(ev->turn, id, &ev->told);
    telling.matched = decide_offer(world, text, emitted, ev->told.all, ev->told.count);
    if (telling.matched == 0) {
        const struct instance *instance = world->get(world, id);
        bool alive = instance->state == INSTANCE_RUNNING || instance->state == INSTANCE_SUSPENDED;
        telling.kept = alive && keep(ev, event, text, id);
    }
    return telling;
}

/* --- to whoever listens -------------------------------------------------------------------- */

/* Each of them gets a copy. */
static bool is_bearable(const struct listeners *found, size_t bytes, struct error *err)
{
    if (found->count > LIMIT_EVENT_MATCHES) {
        return error_set(err, ERROR_TOO_LARGE, "more than %u instances wait for this event",
                         LIMIT_EVENT_MATCHES);
    }
    return found->count * bytes <= LIMIT_TURN_BYTES ||
           error_set(err, ERROR_TOO_LARGE,
                     "%zu instances wait for this event: it is too large for so many",
                     found->count);
}

/* Who was told it by a rule does not hear it a second time. */
static void leave_out_signalled(struct events *ev)
{
    size_t kept = 0;

    for (size_t i = 0; i < ev->found.count; i++) {
        bool told = false;
        for (size_t at = 0; at < ev->signalled.size && !told; at += sizeof(uint64_t)) {
            told =
                memcmp(ev->signalled.data + at, &ev->found.all[i].instance, sizeof(uint64_t)) == 0;
        }
        if (!told) {
            ev->found.all[kept++] = ev->found.all[i];
        }
    }
    ev->found.count = kept;
}

struct outcome {
    size_t matched;
    size_t routed;
    bool kept;
};

/* Listeners are those of before: what a rule starts does not take the event that started it. */
static bool take(struct events *ev, const struct event *event, bool emitted,
                 struct outcome *ret_outcome, struct error *err)
{
    struct world *world = turn_world(ev->turn);
    struct bytes text = events_text(ev, event);
    struct outcome outcome = {0};

    listeners_find(ev->turn, event->type, event->subject, &ev->found);
    if (!is_bearable(&ev->found, text.size, err)) {
        return false;
    }
    decide_event(world, bytes_of(event->id), text, emitted, NULL, 0);
    buffer_clear(&ev->signalled);
    outcome.routed = routes_apply(ev, event, text, emitted);
    leave_out_signalled(ev);
    outcome.matched = decide_offer(world, text, emitted, ev->found.all, ev->found.count);
    if (outcome.matched == 0 && outcome.routed == 0) {
        outcome.kept = keep(ev, event, text, KEPT_ANYBODY);
    }
    *ret_outcome = outcome;
    return true;
}

/* --- from outside -------------------------------------------------------------------------- */

static json_t *answer_of(const struct outcome *outcome, bool seen)
{
    return json_pack("{si si sb sb}", "matched", (int)outcome->matched, "routed",
                     (int)outcome->routed, "kept", outcome->kept, "seen", seen);
}

static bool take_new(struct events *ev, const struct event *event, struct addressee *to,
                     json_t **ret_answer, struct error *err)
{
    struct outcome outcome = {0};

    if (to->definition != NULL) {
        struct telling telling;
        if (!addressee_decide(ev, to, event, &telling, err)) {
            return false;
        }
        outcome.matched = telling.matched;
        outcome.kept = telling.kept;
    } else if (!take(ev, event, false, &outcome, err)) {
        return false;
    }
    *ret_answer = answer_of(&outcome, false);
    return true;
}

/* Kept events go first, so that a listen gets them in the order of arrival. */
bool events_take(struct events *ev, const json_t *request, json_t **ret_answer, struct error *err)
{
    static const struct outcome nothing = {0};
    struct addressee to;
    struct event event;

    if (!addressee_read(ev->turn, request, &to, err) || !event_read(to.event, &event, err)) {
        return false;
    }
    if (offers_wait(&ev->offers)) {
        offers_run(&ev->offers, ev->turn);
    }
    seen_forget(ev->turn, ev->seen_ms);
    kept_forget(ev->turn);
    bool ok = true;
    if (seen_before(ev->turn, &event)) {
        *ret_answer = answer_of(&nothing, true);
    } else {
        ok = take_new(ev, &event, &to, ret_answer, err);
        if (ok) { /* one that was refused may come again */
            seen_remember(ev->turn, &event);
        }
    }
    if (ok) {
        addressee_tell(ev->turn, &to, *ret_answer);
    }
    event_fini(&event);
    return ok;
}

/* --- from instances ------------------------------------------------------------------------ */

static bool emit(struct world *world, struct bytes text, struct error *err)
{
    struct events *ev =
        ((struct turn *)world)->events; /* the world is the first member of a turn */
    json_t *json = json_loadb(text.data, text.size, JSON_ALLOW_NUL, NULL);
    struct outcome outcome;
    struct event event;

    bool ok = event_read(json, &event, err);
    if (ok) {
        ok = take(ev, &event, true, &outcome, err);
        event_fini(&event);
    }
    json_decref(json);
    return ok;
}

void events_init(struct events *ev, struct turn *turn, int64_t ttl_ms, int64_t seen_ms)
{
    *ev = (struct events){.turn = turn, .ttl_ms = ttl_ms, .seen_ms = seen_ms};
    offers_init(&ev->offers);
    turn->events = ev;
    turn->world.emit = emit;
}

void events_fini(struct events *ev)
{
    offers_fini(&ev->offers);
    listeners_fini(&ev->found);
    listeners_fini(&ev->told);
    buffer_fini(&ev->signalled);
}
