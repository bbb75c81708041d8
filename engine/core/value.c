/* value.c - what an expression sees, and what becomes of its value
 *
 * Owns:    the variables of the DSL: $context $input $output $task $workflow $runtime $secrets, and
 *          the names that for, listen and catch bind.
 * In:      the files of core that open, close and repeat steps.
 * Out:     values; expressions are run by world->evaluate().
 * Always:  a value that is larger or deeper than a payload may be never gets into an instance.
 * See:     Serverless Workflow DSL 1.0.3, Runtime Expressions
 */
#include "engine/core/value.h"

#include "base/limits.h"
#include "base/must.h"
#include "engine/core/print.h"
#include "engine/core/secrets.h"
#include "language/duration.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define DEPTH_MAX   1024 /* of what is made of payloads: problems, outcomes, letters */
#define DAY_MS      86400000
#define SPAN_MS_MAX (INT64_C(36525) * DAY_MS) /* a century: longer is a slip of the pen */

/* --- JSON ---------------------------------------------------------------------------------- */

json_t *value_parse(struct bytes json)
{
    json_t *value = json.size > 0
                        ? json_loadb(json.data, json.size, JSON_DECODE_ANY | JSON_ALLOW_NUL, NULL)
                        : json_object();

    must(value != NULL);
    return value;
}

struct bytes value_text(struct world *world, json_t *value)
{
    buffer_clear(world->scratch);
    must(print_json(value, DEPTH_MAX, world->scratch)); /* ours, or checked when it came in */
    json_decref(value);
    return arena_copy(world->arena, buffer_bytes(world->scratch));
}

bool value_fits(struct world *world, json_t *value, struct bytes *ret_text, struct error *err)
{
    buffer_clear(world->scratch);
    bool shallow = print_json(value, LIMIT_JSON_DEPTH, world->scratch);
    json_decref(value);
    if (!shallow) {
        return error_set(err, ERROR_TOO_LARGE, "the value has more than %u levels",
                         LIMIT_JSON_DEPTH);
    }
    if (world->scratch->size > LIMIT_PAYLOAD_BYTES) {
        return error_set(err, ERROR_TOO_LARGE, "the value has %zu bytes, the limit is %u",
                         world->scratch->size, LIMIT_PAYLOAD_BYTES);
    }
    *ret_text = arena_copy(world->arena, buffer_bytes(world->scratch));
    return true;
}

json_t *value_moment(int64_t ms)
{
    char day[CIVIL_TEXT_MAX];
    char text[80];
    int64_t in_day_ms = ((ms % DAY_MS) + DAY_MS) % DAY_MS;
    int seconds = (int)(in_day_ms / 1000);

    civil_print((civil_day)((ms - in_day_ms) / DAY_MS), day);
    snprintf(text, sizeof text, "%sT%02d:%02d:%02d.%03dZ", day, seconds / 3600, seconds / 60 % 60,
             seconds % 60, (int)(in_day_ms % 1000));
    return json_pack("{ss s{sI sI}}", "iso8601", text, "epoch", "seconds", (json_int_t)(ms / 1000),
                     "milliseconds", (json_int_t)ms);
}

const struct workflow *value_workflow(const struct world *world, const struct instance *instance)
{
    const struct definition *definition = catalog_find_number(world->catalog, instance->definition);

    must(definition != NULL && definition->kind == DEFINITION_WORKFLOW);
    return &definition->workflow;
}

/* --- variables ----------------------------------------------------------------------------- */

/* The part of the document that a JSON pointer names. Step names are the last segments. */
static json_t *definition_at(const struct workflow *workflow, const char *pointer)
{
    json_t *at = workflow->document;

    while (at != NULL && *pointer == '/') {
        size_t size = strcspn(++pointer, "/");
        char *part = bytes_strdup((struct bytes){pointer, size});
        at = json_is_array(at) ? json_array_get(at, strtoul(part, NULL, 10))
                               : json_object_get(at, part);
        free(part);
        pointer += size;
    }
    return json_incref(at);
}

static json_t *task_variable(struct site *s)
{
    if (s->step == NULL) {
        return NULL;
    }
    const struct task *task = s->scope ? instance_find_task(s->instance, s->scope) : NULL;
    int64_t since_ms = task != NULL ? task->since_ms : s->world->now_ms;
    return json_pack("{ss ss so? so sO? sO?}", "name", s->step->name, "reference", s->step->pointer,
                     "definition", definition_at(s->workflow, s->step->pointer), "startedAt",
                     value_moment(since_ms), "input", s->given ? s->given : value_input(s),
                     "output", s->output);
}

static json_t *workflow_variable(const struct site *s)
{
    char id[24];

    snprintf(id, sizeof id, "%llu", (unsigned long long)s->instance->id);
    struct bytes key = s->instance->key.size > 0 ? s->instance->key : bytes_of("");
    return json_pack("{ss ss% so sO? so}", "id", id, "key", key.data, key.size, "input",
                     value_parse(s->instance->input), "definition", s->workflow->document,
                     "startedAt", value_moment(s->instance->created_ms));
}

static json_t *runtime_variable(const struct site *s)
{
    return json_pack("{ss ss s{} sf}", "name", "marshrut", "version", "0.1.0", "metadata", "now",
                     (double)s->world->now_ms / 1000);
}

/* A name that an iteration binds, or a catch; the nearest counts. */
static json_t *bound_variable(const struct site *s, const char *name)
{
    const struct instance *i = s->instance;
    const struct task *task = s->scope ? instance_find_task(i, s->scope) : NULL;

    for (; task != NULL; task = task->parent ? instance_find_task(i, task->parent) : NULL) {
        const struct step *step = &s->workflow->steps[task->step];
        if (task->kind == TASK_ITERATION && step->item && strcmp(step->item, name) == 0) {
            return value_parse(task->input);
        }
        if (task->kind == TASK_ITERATION && step->at && strcmp(step->at, name) == 0) {
            return json_integer(task->index);
        }
        if (task->kind == TASK_TRY && task->scope->stage == 1 &&
            strcmp(step->error_name, name) == 0) {
            return value_parse(task->scope->keys);
        }
    }
    return NULL;
}

static json_t *variable(void *context, const char *name)
{
    struct site *s = context;

    if (strcmp(name, "input") == 0) {
        return json_incref(s->given ? s->given : value_input(s));
    }
    if (strcmp(name, "context") == 0) {
        return value_parse(s->instance->context);
    }
    if (strcmp(name, "output") == 0) {
        return json_incref(s->output);
    }
    if (strcmp(name, "task") == 0) {
        return task_variable(s);
    }
    if (strcmp(name, "workflow") == 0) {
        return workflow_variable(s);
    }
    if (strcmp(name, "runtime") == 0) {
        return runtime_variable(s);
    }
    if (strcmp(name, "secrets") == 0) {
        return secrets_variable(s);
    }
    if (s->error != NULL && strcmp(name, s->step->error_name) == 0) {
        return json_incref(s->error);
    }
    if (s->item.size > 0 && s->step->item != NULL && strcmp(name, s->step->item) == 0) {
        return value_parse(s->item);
    }
    if (s->item.size > 0 && s->step->at != NULL && strcmp(name, s->step->at) == 0) {
        return json_integer(s->item_index);
    }
    return bound_variable(s, name);
}

/* --- sites --------------------------------------------------------------------------------- */

json_t *value_input(struct site *s)
{
    const struct known_json *known = &s->world->known;

    if (s->input == NULL) {
        s->input = known->value != NULL && bytes_equal(known->text, s->raw)
                       ? json_incref(known->value)
                       : value_parse(s->raw);
    }
    return s->input;
}

void site_fini(struct site *s)
{
    json_decref(s->input);
    s->input = NULL;
}

/* --- values -------------------------------------------------------------------------------- */

json_t *value_of(struct site *s, uint32_t expression, struct error *err)
{
    struct error reason = ERROR_INIT;
    json_t *value;

    if (!secrets_check(s, expression, err)) {
        return NULL;
    }
    value = s->world->evaluate(s->world, s->workflow->program, expression, value_input(s), variable,
                               s, &reason);
    if (value == NULL) {
        s->world->agenda.passed += reason.code == ERROR_TIMEOUT ? LIMIT_STALL_STEPS : 0;
        secrets_hush(s, expression, &reason);
        if (err != NULL) {
            *err = reason;
        }
    }
    return value;
}

bool value_is_true(struct site *s, uint32_t expression, bool *ret_true, struct error *err)
{
    if (expression == EXPRESSION_NONE) {
        *ret_true = true;
        return true;
    }
    json_t *value = value_of(s, expression, err);
    if (value == NULL) {
        return false;
    }
    bool good = json_is_boolean(value) || json_is_null(value);
    *ret_true = json_is_true(value);
    json_decref(value);
    return good || error_set(err, ERROR_INVALID, "a condition must give true or false");
}

static bool member_ms(const json_t *map, const char *name, double unit_ms, double *total_ms)
{
    const json_t *value = json_object_get(map, name);

    *total_ms += json_number_value(value) * unit_ms;
    return value == NULL || (json_is_number(value) && json_number_value(value) >= 0);
}

/* "PT30S", or the DSL's map. */
static bool span_of_value(const json_t *value, int64_t *ret_ms)
{
    double ms = 0;

    if (json_is_string(value)) {
        return duration_parse(bytes_of(json_string_value(value)), ret_ms, NULL);
    }
    bool good = json_is_object(value) && member_ms(value, "days", DAY_MS, &ms) &&
                member_ms(value, "hours", 3600000, &ms) &&
                member_ms(value, "minutes", 60000, &ms) && member_ms(value, "seconds", 1000, &ms) &&
                member_ms(value, "milliseconds", 1, &ms) && ms <= (double)SPAN_MS_MAX;
    *ret_ms = good ? (int64_t)ms : 0;
    return good;
}

bool value_span(struct site *s, const struct span *span, int64_t *ret_ms, struct error *err)
{
    *ret_ms = span->ms;
    if (span->expression == EXPRESSION_NONE) {
        return true;
    }
    json_t *value = value_of(s, span->expression, err);
    if (value == NULL) {
        return false;
    }
    bool good = span_of_value(value, ret_ms);
    json_decref(value);
    return good || error_set(err, ERROR_INVALID,
                             "a duration is expected: \"PT30S\", or a map of days, hours, minutes, "
                             "seconds, milliseconds");
}
