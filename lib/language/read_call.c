/* read_call.c - steps that call: a service of workers, or people
 *
 * Owns:    the words of `call`, of `with` for an assignment, of `timeout` and of our retry rule.
 * In:      read_call() from read_workflow.c.
 * Out:     a struct step of kind CALL or ASSIGNMENT.
 * Always:  literal values are checked now; `${ … }` is left for the moment when the step runs.
 * See:     docs/language.md §3; Serverless Workflow DSL 1.0.3
 */
#include "base/limits.h"
#include "language/readers.h"

#include <stdlib.h>
#include <string.h>

static const struct retry_policy retry_default = {
    .attempts_max = 5,
    .delay_ms = 1000,
    .delay_max_ms = 300000,
    .factor_percent = 200,
    .jitter_percent = 20,
};

/* factor: 2 or 1.5, kept in percent. */
static bool read_factor(const struct reader *reader, const struct node *map, uint32_t *ret_percent)
{
    const struct node *node;
    json_t *json = NULL;

    if (!fields_node(reader, map, "factor", OPTIONAL, NODE_TEXT, &node)) {
        return false;
    }
    if (node == NULL) {
        return true;
    }
    if (!node_json(reader, node, &json)) {
        return false;
    }
    double factor = json_number_value(json);
    bool number = json_is_number(json);
    json_decref(json);
    if (!number || factor < 1 || factor > 100) {
        return refuse(reader, node, ERROR_INVALID, "\"factor\" must be a number from 1 to 100");
    }
    *ret_percent = (uint32_t)(factor * 100 + 0.5);
    return true;
}

static bool read_retry(const struct reader *reader, const struct node *map,
                       struct retry_policy *retry)
{
    static const char *const known[] = {"attempts", "delay", "delayMax", "factor", "jitter", NULL};
    static const struct words words = {"a retry rule", known, NULL};
    int64_t attempts = retry->attempts_max;
    int64_t jitter = retry->jitter_percent;

    if (!fields_check(reader, map, &words) ||
        !fields_integer(reader, map, "attempts", OPTIONAL, 0, 1000000, &attempts) ||
        !fields_duration(reader, map, "delay", OPTIONAL, &retry->delay_ms) ||
        !fields_duration(reader, map, "delayMax", OPTIONAL, &retry->delay_max_ms) ||
        !read_factor(reader, map, &retry->factor_percent) ||
        !fields_integer(reader, map, "jitter", OPTIONAL, 0, 100, &jitter)) {
        return false;
    }
    if (retry->delay_max_ms < retry->delay_ms) {
        return refuse(reader, map, ERROR_INVALID, "\"delayMax\" is shorter than \"delay\"");
    }
    retry->attempts_max = (uint32_t)attempts;
    retry->jitter_percent = (uint32_t)jitter;
    return true;
}

/* `metadata` is everybody's; only what is under `marshrut` is ours, and strict. */
bool read_metadata(const struct reader *reader, const struct node *task, struct step *step)
{
    static const char *const known[] = {"retry", NULL};
    static const struct words words = {"metadata.marshrut", known, NULL};
    const struct node *metadata;

    if (!fields_node(reader, task, "metadata", OPTIONAL, NODE_MAP, &metadata)) {
        return false;
    }
    const struct node *ours = metadata ? node_find(metadata, "marshrut") : NULL;
    if (ours == NULL) {
        return true;
    }
    if (!fields_check(reader, ours, &words)) {
        return false;
    }
    const struct node *retry = node_find(ours, "retry");
    if (retry != NULL && step->kind != STEP_CALL) {
        return refuse(reader, retry, ERROR_INVALID, "only a call of a service can be retried");
    }
    return retry == NULL || read_retry(reader, retry, &step->retry);
}

bool read_timeout(const struct reader *reader, const struct node *task, struct step *step)
{
    static const char *const known[] = {"after", NULL};
    static const struct words words = {"a timeout", known, NULL};
    const struct node *timeout = node_find(task, "timeout");

    if (timeout == NULL) {
        return true;
    }
    if (timeout->kind == NODE_TEXT) {
        return refuse(reader, timeout, ERROR_UNSUPPORTED,
                      "a timeout by name (use.timeouts) is not supported yet");
    }
    if (step->kind != STEP_CALL) {
        return refuse(reader, timeout, ERROR_UNSUPPORTED,
                      "a timeout of \"%s\" is not supported yet", step_kind_name(step->kind));
    }
    if (!fields_check(reader, timeout, &words) ||
        !fields_duration(reader, timeout, "after", REQUIRED, &step->limit_ms)) {
        return false;
    }
    if (step->limit_ms < 1 || step->limit_ms > UINT32_MAX) { /* the protocol has 32 bits for it */
        return refuse(reader, timeout, ERROR_INVALID,
                      "a time limit must be from one millisecond to 49 days");
    }
    return true;
}

/* A map, or one expression that gives it. */
bool read_data(const struct reader *reader, const struct node *node, const char *key,
               json_t **ret_json)
{
    if (node->kind != NODE_MAP && !node_is_template(node)) {
        return refuse(reader, node, ERROR_INVALID, "\"%s\" must be a map or an expression", key);
    }
    return node_json(reader, node, ret_json);
}

static bool read_due(const struct reader *reader, const struct node *due)
{
    static const char *const known[] = {"from", "to", NULL};
    static const struct words words = {"a window of dates", known, NULL};
    struct window window;

    if (node_is_template(due)) {
        return true;
    }
    const struct node *from = due->kind == NODE_MAP ? node_find(due, "from") : NULL;
    const struct node *to = due->kind == NODE_MAP ? node_find(due, "to") : NULL;
    if (from == NULL || to == NULL || (!node_is_template(from) && !node_is_template(to))) {
        return node_window(reader, due, &window);
    }
    return fields_check(reader, due, &words) &&
           (node_is_template(from) || node_day(reader, from, &window.from)) &&
           (node_is_template(to) || node_day(reader, to, &window.to));
}

/* A text or an expression; names and texts differ. */
static bool check_text(const struct reader *reader, const struct node *with, const char *key,
                       enum need need, bool name)
{
    const struct node *node;
    char *text = NULL;

    if (!fields_node(reader, with, key, need, NODE_TEXT, &node)) {
        return false;
    }
    if (node == NULL || node_is_template(node)) {
        return true;
    }
    bool good =
        name ? node_name(reader, node, &text) : node_text(reader, node, LIMIT_TEXT_BYTES, &text);
    free(text);
    return good;
}

/* A list of bodies (each may be an expression), or one expression that gives the list. */
static bool check_names(const struct reader *reader, const struct node *with, const char *key,
                        enum need need, uint32_t count_max)
{
    const struct node *list = node_find(with, key);

    if (list != NULL && node_is_template(list)) {
        return true;
    }
    if (!fields_node(reader, with, key, need, NODE_LIST, &list)) {
        return false;
    }
    if (list != NULL && (list->count == 0 || list->count > count_max)) {
        return refuse(reader, list, list->count ? ERROR_TOO_LARGE : ERROR_INVALID,
                      "\"%s\" must have from 1 to %u entries", key, count_max);
    }
    for (uint32_t i = 0; list != NULL && i < list->count; i++) {
        char *name = NULL;
        if (!node_is_template(list->items[i]) && !node_name(reader, list->items[i], &name)) {
            return false;
        }
        free(name);
    }
    return true;
}

static bool read_assignment(const struct reader *reader, const struct node *task, struct step *step)
{
    /* the second line: where the assignment stands in a plan, for letters and lists */
    static const char *const known[] = {
        "title", "responsible", "co_executors", "controller", "due",     "result",     "policy",
        "plan",  "plan_title",  "no",           "section",    "bullets", "due_phrase", NULL};
    static const char *const later[] = {"form", NULL};
    static const struct words words = {"an assignment", known, later};
    const struct node *with;

    step->kind = STEP_ASSIGNMENT;
    if (!fields_node(reader, task, "with", REQUIRED, NODE_MAP, &with) ||
        !fields_check(reader, with, &words) ||
        !check_text(reader, with, "title", REQUIRED, false) ||
        !check_names(reader, with, "responsible", REQUIRED, LIMIT_CO_EXECUTORS + 1) ||
        !check_names(reader, with, "co_executors", OPTIONAL, LIMIT_CO_EXECUTORS) ||
        !check_text(reader, with, "controller", OPTIONAL, true) ||
        !check_text(reader, with, "policy", OPTIONAL, true) ||
        !check_text(reader, with, "result", OPTIONAL, false) ||
        !check_text(reader, with, "plan", OPTIONAL, false) ||
        !check_text(reader, with, "plan_title", OPTIONAL, false) ||
        !check_text(reader, with, "no", OPTIONAL, false) ||
        !check_text(reader, with, "section", OPTIONAL, false) ||
        !check_text(reader, with, "due_phrase", OPTIONAL, false)) {
        return false;
    }
    const struct node *due = node_find(with, "due");
    if (due == NULL) {
        return refuse(reader, with, ERROR_INVALID, "the field \"due\" is missing here");
    }
    return read_due(reader, due) && node_json(reader, with, &step->with);
}

/* A word of the wire; ':' and '@' name functions of a catalog in the DSL. */
static bool check_service(const struct reader *reader, const struct node *call)
{
    static const char *const later[] = {"asyncapi", "grpc", "openapi", NULL};

    for (int i = 0; later[i] != NULL; i++) {
        if (strcmp(call->text, later[i]) == 0) {
            return refuse(reader, call, ERROR_UNSUPPORTED, "call: %s is not supported yet",
                          later[i]);
        }
    }
    if (strpbrk(call->text, ":@") != NULL) {
        return refuse(reader, call, ERROR_UNSUPPORTED,
                      "calling a function by address or from a catalog is not supported yet");
    }
    return true;
}

bool read_call(const struct reader *reader, const struct node *task, struct step *step)
{
    const struct node *call;

    if (!fields_node(reader, task, "call", REQUIRED, NODE_TEXT, &call)) {
        return false;
    }
    if (strcmp(call->text, "assignment") == 0) {
        return read_assignment(reader, task, step);
    }
    step->kind = STEP_CALL;
    step->retry = retry_default;
    if (!check_service(reader, call) || !node_name(reader, call, &step->service)) {
        return false;
    }
    const struct node *with = node_find(task, "with");
    return with == NULL || read_data(reader, with, "with", &step->with);
}
