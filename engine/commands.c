/* commands.c - from the JSON of a command to the decision
 *
 * Owns:    which decision a command is, on what condition, and once (protocol §3.5).
 * In:      client_messages.c, in an open turn; command_fields.c reads the fields.
 * Out:     a call of core's decide functions, and the JSON of the answer.
 */
#include "base/must.h"
#include "engine/command_fields.h"
#include "engine/conditions.h"
#include "engine/core/decide.h"
#include "engine/engine.h"
#include "engine/events.h"
#include "engine/once.h"
#include "engine/replan.h"
#include "engine/starts.h"
#include "engine/steering.h"

#include <stdlib.h>

/* --- instances ----------------------------------------------------------------------------- */

/* The turn was settled before. */
static bool steer(struct engine *e, enum client_verb verb, const json_t *request, uint64_t *ret_id,
                  struct error *err)
{
    enum steering steering = verb == CLIENT_CANCEL    ? STEERING_CANCEL
                             : verb == CLIENT_SUSPEND ? STEERING_SUSPEND
                                                      : STEERING_RESUME;
    struct bytes reason;

    return command_read_instance(request, ret_id, err) &&
           command_read_reason(request, command_needs_reason(verb), &reason, err) &&
           steering_run(&e->turn, steering, *ret_id, reason, err);
}

/* --- tasks --------------------------------------------------------------------------------- */

static bool retry(struct engine *e, const json_t *request, uint64_t *ret_id, struct error *err)
{
    struct task_id id;

    if (!command_read_task(request, &id, err)) {
        return false;
    }
    *ret_id = id.instance;
    return decide_retry(turn_world(&e->turn), id.instance, id.seq,
                        command_read_json(&e->turn.arena, request, "input"), err);
}

static bool skip(struct engine *e, const json_t *request, uint64_t *ret_id, struct error *err)
{
    struct task_id id;
    struct bytes reason;

    if (!command_read_task(request, &id, err) ||
        !command_read_reason(request, command_needs_reason(CLIENT_SKIP), &reason, err)) {
        return false;
    }
    *ret_id = id.instance;
    return decide_skip(turn_world(&e->turn), id.instance, id.seq, reason,
                       command_read_json(&e->turn.arena, request, "output"), err);
}

static bool assignment(struct engine *e, const json_t *request, uint64_t *ret_id, struct error *err)
{
    struct assignment_command c;
    struct task_id id;

    if (!command_read_task(request, &id, err) ||
        !command_read_assignment(&e->turn.arena, request, false, &c, err)) {
        return false;
    }
    c.instance = id.instance;
    c.task = id.seq;
    *ret_id = id.instance;
    return decide_assignment(turn_world(&e->turn), &c, err);
}

/* --- any command --------------------------------------------------------------------------- */

static bool run(struct engine *e, enum client_verb verb, const json_t *request, json_t **ret_answer,
                struct error *err)
{
    uint64_t id = 0;
    bool ok;

    switch (verb) {
    case CLIENT_BEGIN:
        return starts_begin(e, request, ret_answer, err);
    case CLIENT_DEPLOY:
    case CLIENT_MIGRATE:
    case CLIENT_REMOVE:
        return engine_version_command(e, verb, request, ret_answer, err);
    case CLIENT_EVENT:
        return events_take(&e->events, request, ret_answer, err);
    case CLIENT_ADVANCE:
        return engine_advance(e, request, ret_answer, err);
    case CLIENT_REPLAN:
        return engine_replan(e, request, ret_answer, err);
    case CLIENT_CANCEL:
    case CLIENT_SUSPEND:
    case CLIENT_RESUME:
        ok = steer(e, verb, request, &id, err);
        break;
    case CLIENT_RETRY:
        ok = retry(e, request, &id, err);
        break;
    case CLIENT_SKIP:
        ok = skip(e, request, &id, err);
        break;
    default:
        must(verb == CLIENT_ASSIGNMENT);
        ok = assignment(e, request, &id, err);
    }
    *ret_answer = ok ? json_pack("{sI}", "instance", (json_int_t)id) : NULL;
    return ok;
}

/* --- who asks, and on what condition -------------------------------------------------------- */

/* A CloudEvent that comes as it is has attributes of its own, which may have these names. */
static bool has_conditions(enum client_verb verb, const json_t *request)
{
    return verb != CLIENT_EVENT || json_is_object(json_object_get(request, "event"));
}

/* Of the verb and all fields, the key too: it tells nothing apart. */
static uint64_t fingerprint(struct engine *e, enum client_verb verb, const json_t *request)
{
    uint64_t print = once_fingerprint(BYTES_HASH_SEED, bytes_of(client_verb_name(verb)));

    return once_fingerprint(print,
                            command_text(&e->turn.arena, request, JSON_COMPACT | JSON_SORT_KEYS));
}

static bool decide(struct engine *e, enum client_verb verb, const json_t *request,
                   const struct conditions *c, struct bytes *ret_answer, struct error *err)
{
    struct world *world = turn_world(&e->turn);
    json_t *answer = NULL;

    if (!conditions_hold(&e->turn, request, c->expect, err)) {
        return false;
    }
    if (verb != CLIENT_ASSIGNMENT) { /* its records have a place for who acted */
        world->by = c->by;
    }
    bool ok = run(e, verb, request, &answer, err);
    world->by = (struct bytes){NULL, 0};
    if (answer != NULL) {
        *ret_answer = command_text(&e->turn.arena, answer, JSON_COMPACT);
    }
    json_decref(answer);
    return ok;
}

static bool decide_once(struct engine *e, enum client_verb verb, const json_t *request,
                        const struct conditions *c, struct bytes *ret_answer, struct error *err)
{
    uint64_t print = fingerprint(e, verb, request);

    switch (once_look(&e->turn, c->once, print, ret_answer)) {
    case ONCE_SAME:
        return true;
    case ONCE_OTHER:
        return error_set(err, ERROR_CONFLICT,
                         "the key \"%.200s\" has come with another command already",
                         (const char *)c->once.data);
    default:
        if (!decide(e, verb, request, c, ret_answer, err)) {
            return false;
        }
        once_keep(&e->turn, c->once, print, *ret_answer, e->real_ms);
        return true;
    }
}

bool engine_command(struct engine *e, const struct client_message *header, struct bytes payload,
                    struct bytes *ret_answer, struct error *err)
{
    struct conditions c = {0};
    json_error_t where;

    if (header->verb == CLIENT_START) {
        return starts_run(e, header, payload, ret_answer, err);
    }
    payload = payload.size ? payload : bytes_of("{}");
    json_t *request = json_loadb(payload.data, payload.size, JSON_REJECT_DUPLICATES, &where);
    if (!json_is_object(request)) {
        json_decref(request);
        return error_set(err, ERROR_SYNTAX, "the payload must be a JSON object: %s", where.text);
    }
    bool ok = !has_conditions(header->verb, request) || conditions_read(request, &c, err);
    if (ok && c.once.size > 0) {
        ok = decide_once(e, header->verb, request, &c, ret_answer, err);
    } else if (ok) {
        ok = decide(e, header->verb, request, &c, ret_answer, err);
    }
    json_decref(request);
    return ok;
}
