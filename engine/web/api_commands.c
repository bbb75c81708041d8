/* api_commands.c - changes: what the page and programs ask the engine to do
 *
 * Owns:    which fields each change has, and the verb of MC1 that it becomes.
 * In:      requests of routes that change something; who acts is known by then.
 * Out:     a command on the link; its answer is the answer.
 * Always:  nothing is decided here: the engine's turn does, or refuses.
 * See:     docs/http.md §3, docs/protocol.md §3.5
 */
#include "base/buffer.h"
#include "engine/core/decide.h"
#include "engine/web/answer.h"
#include "engine/web/api.h"
#include "engine/web/link.h"
#include "engine/web/request.h"

#include <string.h>

/* --- putting a command together ------------------------------------------------------------ */

static void put_text(json_t *command, const char *name, const char *text)
{
    if (text != NULL) {
        json_object_set_new(command, name, json_string(text));
    }
}

static void put_json(json_t *command, const char *name, json_t *value)
{
    if (value != NULL) {
        json_object_set(command, name, value);
    }
}

static void put_reason(struct exchange *x, json_t *command, enum presence presence)
{
    put_text(command, "reason", request_field_text(x, "reason", presence, LIMIT_TEXT_BYTES));
}

/* Send it, when the request was in order; the command is gone afterwards. */
static void send(struct exchange *x, enum client_verb verb, json_t *command)
{
    link_pass(x, &(struct ask){.verb = verb, .payload = command});
}

static json_t *of_instance(struct exchange *x)
{
    return json_pack("{sI}", "instance", (json_int_t)request_path_number(x, "instance"));
}

static json_t *of_task(struct exchange *x)
{
    uint64_t instance;
    uint32_t task;

    return request_path_task(x, "task", &instance, &task)
               ? json_pack("{ss}", "task", request_path(x, "task"))
               : json_object();
}

/* --- instances and tasks ------------------------------------------------------------------- */

static void start(struct exchange *x)
{
    const char *definition = request_field_text(x, "definition", MUST_BE, LIMIT_NAME_BYTES);
    const char *key = request_field_text(x, "key", MAY_LACK, LIMIT_KEY_BYTES);
    int64_t priority = request_field_integer(x, "priority", MAY_LACK, 0, 9, 5);
    json_t *input = request_field(x, "input", MAY_LACK);

    if (key != NULL && !client_key_valid(bytes_of(key))) {
        request_wrong(x, ERROR_INVALID,
                      "\"key\" must be 1 to 200 printable ASCII characters without blanks");
    }
    if (!request_end(x)) {
        return;
    }
    struct ask ask = {.verb = CLIENT_START,
                      .definition = definition,
                      .key = key,
                      .priority = (unsigned)priority,
                      .payload = input != NULL ? json_incref(input) : NULL};
    link_ask(x, &ask, NULL);
}

static void cancel(struct exchange *x)
{
    json_t *command = of_instance(x);

    put_reason(x, command, MUST_BE);
    send(x, CLIENT_CANCEL, command);
}

static void suspend(struct exchange *x)
{
    json_t *command = of_instance(x);

    put_reason(x, command, MUST_BE);
    send(x, CLIENT_SUSPEND, command);
}

static void resume(struct exchange *x)
{
    send(x, CLIENT_RESUME, of_instance(x));
}

static void retry(struct exchange *x)
{
    json_t *command = of_task(x);

    put_json(command, "input", request_field(x, "input", MAY_LACK));
    send(x, CLIENT_RETRY, command);
}

static void skip(struct exchange *x)
{
    json_t *command = of_task(x);

    put_reason(x, command, MUST_BE);
    put_json(command, "output", request_field(x, "output", MAY_LACK));
    send(x, CLIENT_SKIP, command);
}

/* --- assignments --------------------------------------------------------------------------- */

/* As their names are in addresses, with commas. */
static void refuse_action(struct exchange *x)
{
    struct buffer known = BUFFER_INIT;
    struct error err;

    for (int i = ACTION_REPORT; i < ACTION_COUNT; i++) {
        buffer_text(&known, i > ACTION_REPORT ? ", " : "");
        buffer_text(&known, assignment_action_name((enum assignment_action)i));
    }
    buffer_append(&known, "", 1);
    error_set(&err, ERROR_NOT_FOUND, "nothing \"%s\" can be done with an assignment; what can: %s",
              request_path(x, "action"), (const char *)known.data);
    answer_refusal(x, &err);
    buffer_fini(&known);
}

static void act(struct exchange *x)
{
    if (assignment_action_find(request_path(x, "action")) == 0) {
        refuse_action(x);
        return;
    }
    json_t *command = of_task(x);

    put_text(command, "action", request_path(x, "action"));
    put_reason(x, command, MAY_LACK);
    put_text(command, "to", request_field_text(x, "to", MAY_LACK, LIMIT_NAME_BYTES));
    put_text(command, "day", request_field_text(x, "day", MAY_LACK, 10));
    put_text(command, "pause", request_field_text(x, "pause", MAY_LACK, LIMIT_NAME_BYTES));
    put_json(command, "report", request_field(x, "report", MAY_LACK));
    if (request_field_flag(x, "in_part", false)) {
        json_object_set_new(command, "in_part", json_true());
    }
    send(x, CLIENT_ASSIGNMENT, command);
}

/* --- definitions --------------------------------------------------------------------------- */

static void deploy(struct exchange *x)
{
    json_t *command = json_object();

    if (request_kind(x) == BODY_YAML) {
        struct bytes text = request_bytes(x);
        json_t *value = json_stringn(text.data ? text.data : "", text.size);
        if (value == NULL) {
            request_wrong(x, ERROR_SYNTAX, "the document is not UTF-8");
        } else {
            json_object_set_new(command, "text", value);
        }
        const char *file = request_text(x, "file", LIMIT_KEY_BYTES);
        put_text(command, "file", file != NULL ? file : "document.yaml");
    } else {
        put_json(command, "text", request_field(x, "text", MUST_BE));
        put_text(command, "file", request_field_text(x, "file", MUST_BE, LIMIT_KEY_BYTES));
    }
    send(x, CLIENT_DEPLOY, command);
}

static void undeploy(struct exchange *x)
{
    json_t *command = json_object();

    put_text(command, "name", request_field_text(x, "name", MUST_BE, LIMIT_NAME_BYTES));
    put_text(command, "kind", request_field_text(x, "kind", MAY_LACK, LIMIT_NAME_BYTES));
    json_object_set_new(
        command, "version",
        json_integer(request_field_integer(x, "version", MUST_BE, 1, UINT32_MAX, 0)));
    send(x, CLIENT_REMOVE, command);
}

/* --- what is passed on as it is ------------------------------------------------------------ */

/* The fields are the engine's own: it says what is wrong with them. */
static void pass_on(struct exchange *x, enum client_verb verb)
{
    json_t *body = request_json(x);

    send(x, verb, body != NULL ? json_copy(body) : json_object());
}

static bool body_says(struct exchange *x, const char *field)
{
    return json_is_true(json_object_get(request_json(x), field));
}

static void migrate(struct exchange *x)
{
    if (!body_says(x, "preview")) {
        request_need_by(x);
    }
    pass_on(x, CLIENT_MIGRATE);
}

static void replan(struct exchange *x)
{
    if (body_says(x, "apply")) {
        request_need_by(x);
    }
    pass_on(x, CLIENT_REPLAN);
}

static void event(struct exchange *x)
{
    pass_on(x, CLIENT_EVENT);
}

static void advance(struct exchange *x)
{
    pass_on(x, CLIENT_ADVANCE);
}

static void upkeep(struct exchange *x, enum client_verb verb)
{
    json_t *body = request_json(x);
    json_t *command = body != NULL ? json_copy(body) : json_object();

    link_pass(
        x, &(struct ask){.verb = verb, .payload = command, .timeout_ms = LINK_UPKEEP_TIMEOUT_MS});
}

static void backup(struct exchange *x)
{
    upkeep(x, CLIENT_BACKUP);
}

static void verify(struct exchange *x)
{
    upkeep(x, CLIENT_VERIFY);
}

const struct api_route api_commands_routes[] = {
    {"POST", "/api/v1/instances", "startInstance", start, ROUTE_CHANGES},
    {"POST", "/api/v1/instances/{instance}/cancel", "cancelInstance", cancel, ROUTE_CHANGES},
    {"POST", "/api/v1/instances/{instance}/suspend", "suspendInstance", suspend, ROUTE_CHANGES},
    {"POST", "/api/v1/instances/{instance}/resume", "resumeInstance", resume,
     ROUTE_CHANGES | ROUTE_NO_BODY},
    {"POST", "/api/v1/tasks/{task}/retry", "retryTask", retry, ROUTE_CHANGES | ROUTE_NO_BODY},
    {"POST", "/api/v1/tasks/{task}/skip", "skipTask", skip, ROUTE_CHANGES},
    {"POST", "/api/v1/assignments/{task}/{action}", "actOnAssignment", act,
     ROUTE_CHANGES | ROUTE_NO_BODY},
    {"POST", "/api/v1/definitions", "deployDefinition", deploy, ROUTE_CHANGES | ROUTE_YAML},
    {"POST", "/api/v1/definitions/remove", "removeDefinition", undeploy, ROUTE_CHANGES},
    {"POST", "/api/v1/migrations", "migrateInstances", migrate, ROUTE_CHANGES | ROUTE_MAY_LOOK},
    {"POST", "/api/v1/replan", "replan", replan, ROUTE_CHANGES | ROUTE_MAY_LOOK | ROUTE_NO_BODY},
    {"POST", "/api/v1/events", "sendEvent", event, ROUTE_CHANGES | ROUTE_EVENT},
    {"POST", "/api/v1/advance", "advanceClock", advance, ROUTE_CHANGES | ROUTE_NO_BODY},
    {"POST", "/api/v1/backup", "backup", backup, ROUTE_CHANGES},
    {"POST", "/api/v1/verify", "verify", verify, ROUTE_CHANGES | ROUTE_NO_BODY},
    {NULL, NULL, NULL, NULL, 0},
};
