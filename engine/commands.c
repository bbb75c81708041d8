/* commands.c - from the JSON of a command to the decision
 *
 * Owns:    which fields a command has and what they must look like (protocol §3.5).
 * In:      client_messages.c, in an open turn.
 * Out:     a call of core's decide functions, and the JSON of the answer.
 */
#include "base/must.h"
#include "engine/core/decide.h"
#include "engine/engine.h"
#include "engine/events.h"
#include "engine/replan.h"
#include "engine/snapshot.h"
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

/* A field as JSON text in the arena of the turn; empty when it is absent. */
static struct bytes get_json(struct engine *e, const json_t *request, const char *field)
{
    const json_t *value = json_object_get(request, field);

    if (value == NULL || json_is_null(value)) {
        return (struct bytes){NULL, 0};
    }
    char *text = json_dumps(value, JSON_COMPACT | JSON_ENCODE_ANY);
    struct bytes copy = arena_copy(&e->turn.arena, bytes_of(text));
    free(text);
    return copy;
}

/* --- instances ----------------------------------------------------------------------------- */

static const struct definition *find_startable(const struct engine *e, const char *name)
{
    const struct definition *d = catalog_find(e->catalog, DEFINITION_WORKFLOW, name);

    return d != NULL ? d : catalog_find(e->catalog, DEFINITION_ROADMAP, name);
}

static bool refuse_unknown(const struct engine *e, const char *name, struct error *err)
{
    if (catalog_find(e->catalog, DEFINITION_BODIES, name) != NULL ||
        catalog_find(e->catalog, DEFINITION_POLICY, name) != NULL) {
        return error_set(err, ERROR_INVALID, "\"%s\" is neither a workflow nor a roadmap", name);
    }
    return error_set(err, ERROR_NOT_FOUND, "there is no workflow or roadmap \"%s\"", name);
}

static bool start(struct engine *e, const struct client_message *header, struct bytes payload,
                  struct bytes *ret_answer, struct error *err)
{
    char text[80];
    uint64_t id;
    bool created;
    struct start start = {.definition = find_startable(e, header->definition),
                          .key = bytes_of(header->key),
                          .input = payload,
                          .priority = header->priority};

    if (start.definition == NULL) {
        return refuse_unknown(e, header->definition, err);
    }
    json_error_t where;
    json_t *input = json_loadb(payload.size ? payload.data : "{}", payload.size ? payload.size : 2,
                               JSON_REJECT_DUPLICATES, &where);
    if (!json_is_object(input)) {
        bool json = input != NULL;
        json_decref(input);
        return json ? error_set(err, ERROR_INVALID, "the input must be a JSON object")
                    : error_set(err, ERROR_SYNTAX, "the input is not JSON: %s", where.text);
    }
    struct world *world = turn_world(&e->turn);
    world->known = (struct known_json){payload, input}; /* the first step reads it */
    bool started = decide_start(world, &start, &id, &created, err);
    world->known = (struct known_json){{NULL, 0}, NULL};
    json_decref(input);
    if (!started) {
        return false;
    }
    int size = snprintf(text, sizeof text, "{\"instance\":%llu,\"created\":%s}",
                        (unsigned long long)id, created ? "true" : "false");
    *ret_answer = arena_copy(&e->turn.arena, (struct bytes){text, (size_t)size});
    return true;
}

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

static enum assignment_action find_action(const char *name)
{
    static const char *const names[ACTION_COUNT] = {
        [ACTION_REPORT] = "report",     [ACTION_ACCEPT] = "accept",
        [ACTION_RETURN] = "return",     [ACTION_WITHDRAW] = "withdraw",
        [ACTION_ASK] = "extend",        [ACTION_GRANT] = "grant",
        [ACTION_REFUSE] = "refuse",     [ACTION_MOVE] = "move",
        [ACTION_PAUSE] = "pause",       [ACTION_RESUME] = "resume",
        [ACTION_DELEGATE] = "delegate", [ACTION_REASSIGN] = "reassign",
    };

    for (int i = ACTION_REPORT; name != NULL && i < ACTION_COUNT; i++) {
        if (strcmp(names[i], name) == 0) {
            return (enum assignment_action)i;
        }
    }
    return 0;
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

    c.action = find_action(json_string_value(json_object_get(request, "action")));
    if (!get_task(request, &id, err) || !get_reason(request, false, &c.reason, err)) {
        return false;
    }
    if (c.action == 0) {
        return error_set(err, ERROR_INVALID,
                         "\"action\" must be report, accept, return, withdraw, extend, grant, "
                         "refuse, move, pause, resume, delegate or reassign");
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

bool engine_command(struct engine *e, const struct client_message *header, struct bytes payload,
                    struct bytes *ret_answer, struct error *err)
{
    json_error_t where;
    json_t *answer = NULL;

    if (header->verb == CLIENT_START) {
        return start(e, header, payload, ret_answer, err);
    }
    payload = payload.size ? payload : bytes_of("{}");
    json_t *request = json_loadb(payload.data, payload.size, JSON_REJECT_DUPLICATES, &where);
    if (!json_is_object(request)) {
        json_decref(request);
        return error_set(err, ERROR_SYNTAX, "the payload must be a JSON object: %s", where.text);
    }
    bool ok = run(e, header->verb, request, &answer, err);
    if (answer != NULL) {
        char *text = json_dumps(answer, JSON_COMPACT);
        *ret_answer = arena_copy(&e->turn.arena, bytes_of(text));
        free(text);
    }
    json_decref(answer);
    json_decref(request);
    return ok;
}
