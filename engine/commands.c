/* commands.c - from the JSON of a command to the decision
 *
 * Owns:    which fields a command has and what they must look like (protocol §3.5).
 * In:      client_messages.c, in an open turn.
 * Out:     a call of core's decide functions, and the JSON of the answer.
 */
#include "base/must.h"
#include "engine/conditions.h"
#include "engine/core/decide.h"
#include "engine/engine.h"
#include "engine/events.h"
#include "engine/once.h"
#include "engine/replan.h"
#include "engine/starts.h"
#include "engine/steering.h"

#include <stdlib.h>
#include <string.h>

/* --- reading fields ------------------------------------------------------------------------ */

static struct bytes json_bytes(const json_t *value)
{
    return json_is_string(value)
               ? (struct bytes){json_string_value(value), json_string_length(value)}
               : (struct bytes){NULL, 0};
}

static bool get_instance(const json_t *request, uint64_t *ret_id, struct error *err)
{
    const json_t *id = json_object_get(request, "instance");

    if (!json_is_integer(id) || json_integer_value(id) < 1) {
        return error_set(err, ERROR_INVALID, "\"instance\" must be the number of an instance");
    }
    *ret_id = (uint64_t)json_integer_value(id);
    return true;
}

static bool get_task(const json_t *request, struct task_id *ret_id, struct error *err)
{
    if (!task_id_parse(json_bytes(json_object_get(request, "task")), ret_id)) {
        return error_set(err, ERROR_INVALID, "\"task\" must name a task, like \"17.2\"");
    }
    return true;
}

static bool get_reason(const json_t *request, bool needed, struct bytes *ret_reason,
                       struct error *err)
{
    const json_t *reason = json_object_get(request, "reason");

    if ((reason != NULL && !json_is_string(reason)) ||
        (needed && json_string_length(reason) == 0)) {
        return error_set(err, ERROR_INVALID, "\"reason\" must be text, and not empty");
    }
    if (json_string_length(reason) > LIMIT_TEXT_BYTES) {
        return error_set(err, ERROR_TOO_LARGE, "\"reason\" has more than %u bytes",
                         LIMIT_TEXT_BYTES);
    }
    *ret_reason = json_bytes(reason);
    return true;
}

/* JSON text in the arena of the turn. */
static struct bytes dumped(struct engine *e, const json_t *value, size_t flags)
{
    char *text = json_dumps(value, flags);
    struct bytes copy = arena_copy(&e->turn.arena, bytes_of(text));

    free(text);
    return copy;
}

/* A field as JSON text in the arena of the turn; empty when it is absent. */
static struct bytes get_json(struct engine *e, const json_t *request, const char *field)
{
    const json_t *value = json_object_get(request, field);

    if (value == NULL || json_is_null(value)) {
        return (struct bytes){NULL, 0};
    }
    return dumped(e, value, JSON_COMPACT | JSON_ENCODE_ANY);
}

/* --- instances ----------------------------------------------------------------------------- */

/* The turn was settled before. */
static bool steer(struct engine *e, enum client_verb verb, const json_t *request, uint64_t *ret_id,
                  struct error *err)
{
    enum steering steering = verb == CLIENT_CANCEL    ? STEERING_CANCEL
                             : verb == CLIENT_SUSPEND ? STEERING_SUSPEND
                                                      : STEERING_RESUME;
    struct bytes reason;

    return get_instance(request, ret_id, err) &&
           get_reason(request, verb != CLIENT_RESUME, &reason, err) &&
           steering_run(&e->turn, steering, *ret_id, reason, err);
}

/* --- tasks --------------------------------------------------------------------------------- */

static bool retry(struct engine *e, const json_t *request, uint64_t *ret_id, struct error *err)
{
    struct task_id id;

    if (!get_task(request, &id, err)) {
        return false;
    }
    *ret_id = id.instance;
    return decide_retry(turn_world(&e->turn), id.instance, id.seq, get_json(e, request, "input"),
                        err);
}

static bool skip(struct engine *e, const json_t *request, uint64_t *ret_id, struct error *err)
{
    struct task_id id;
    struct bytes reason;

    if (!get_task(request, &id, err) || !get_reason(request, true, &reason, err)) {
        return false;
    }
    *ret_id = id.instance;
    return decide_skip(turn_world(&e->turn), id.instance, id.seq, reason,
                       get_json(e, request, "output"), err);
}

static bool get_pause(const json_t *request, enum pause_kind *ret_kind, struct error *err)
{
    const char *word = json_string_value(json_object_get(request, "pause"));

    *ret_kind = PAUSE_NONE;
    for (int i = PAUSE_NONE + 1; word != NULL && i < PAUSE_KIND_COUNT; i++) {
        if (strcmp(pause_kind_name((enum pause_kind)i), word) == 0) {
            *ret_kind = (enum pause_kind)i;
        }
    }
    return *ret_kind != PAUSE_NONE ||
           error_set(err, ERROR_INVALID, "\"pause\" must be leave, higher_order or waits");
}

static bool get_day(const json_t *request, civil_day *ret_day, struct error *err)
{
    const json_t *day = json_object_get(request, "day");

    *ret_day = CIVIL_DAY_NONE;
    if (day == NULL || civil_parse(bytes_of(json_string_value(day)), ret_day)) {
        return true;
    }
    return error_set(err, ERROR_INVALID, "\"day\" must be a date like 2023-08-15");
}

/* What the action needs beside who, why and which. */
static bool get_details(struct engine *e, const json_t *request, struct assignment_command *c,
                        struct error *err)
{
    const json_t *report = json_object_get(request, "report");

    if (report != NULL && !json_is_object(report)) {
        return error_set(err, ERROR_INVALID, "\"report\" must be an object");
    }
    if (c->action == ACTION_PAUSE && !get_pause(request, &c->pause, err)) {
        return false;
    }
    c->report = get_json(e, request, "report");
    c->to = json_bytes(json_object_get(request, "to"));
    c->in_part = json_is_true(json_object_get(request, "in_part"));
    return get_day(request, &c->day, err);
}

static bool assignment(struct engine *e, const json_t *request, uint64_t *ret_id, struct error *err)
{
    struct task_id id;
    struct assignment_command c = {.by = json_bytes(json_object_get(request, "by"))};

    c.action = assignment_action_find(json_string_value(json_object_get(request, "action")));
    if (!get_task(request, &id, err) || !get_reason(request, false, &c.reason, err)) {
        return false;
    }
    if (c.action == 0) {
        return error_set(err, ERROR_INVALID,
                         "\"action\" must be report, accept, return, withdraw, extend, grant, "
                         "refuse, move, pause, resume, delegate, reassign or comment");
    }
    if (c.by.size == 0) {
        return error_set(err, ERROR_INVALID, "\"by\" must name the body that acts");
    }
    if (!get_details(e, request, &c, err)) {
        return false;
    }
    c.instance = *ret_id = id.instance;
    c.task = id.seq;
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

    return once_fingerprint(print, dumped(e, request, JSON_COMPACT | JSON_SORT_KEYS));
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
        *ret_answer = dumped(e, answer, JSON_COMPACT);
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
