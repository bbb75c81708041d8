/* flow.c - starting instances and moving them from step to step
 *
 * Owns:    the order of steps; completion; starting, cancelling, suspending, resuming.
 * In:      decide_start() and its like from the turn; flow_after() from work.c and people.c.
 * Out:     records only.
 * Always:  a refusal comes before the first record. A step that needs nobody (`set`) is passed at
 *          once; the number of steps is bounded and they only go forward, so this ends.
 */
#include "engine/core/flow.h"

#include "base/limits.h"
#include "base/must.h"
#include "engine/core/decide.h"
#include "engine/core/people.h"
#include "engine/core/roadmap.h"
#include "language/template.h"

#include <stdlib.h>
#include <string.h>

/* Of what the `set` steps of one instance write in one go; then an operator is asked. All of a
 * turn's records are one value of the store. */
#define PASS_BYTES_MAX (8 * LIMIT_PAYLOAD_BYTES)

/* Of a value that steps nest deeper and deeper. Rows put it deeper still, and jansson, here and in
 * clients, stops at JSON_PARSER_MAX_DEPTH, which is 2,048. */
#define FILLED_DEPTH_MAX 1024

struct bytes flow_json(struct world *world, json_t *value)
{
    char *text = json_dumps(value, JSON_COMPACT | JSON_ENCODE_ANY);

    must(text != NULL);
    struct bytes copy = arena_copy(world->arena, bytes_of(text));
    free(text);
    json_decref(value);
    return copy;
}

struct bytes flow_problem(struct world *world, const char *type, const char *title,
                          const char *detail)
{
    char uri[128];

    snprintf(uri, sizeof uri, "https://marshrut.ru/problems/%s", type);
    return flow_json(world, json_pack("{ssssss}", "type", uri, "title", title, "detail", detail));
}

void flow_incident(struct world *world, struct instance *instance, const struct task *task,
                   const char *type, const char *title, const char *detail)
{
    world_record(world, instance,
                 (struct record){.kind = RECORD_TASK_INCIDENT,
                                 .task = task->seq,
                                 .attempt = task->attempt,
                                 .data = flow_problem(world, type, title, detail)});
}

const struct step *flow_step(const struct world *world, const struct instance *instance,
                             uint32_t step)
{
    const struct definition *definition = catalog_find_number(world->catalog, instance->definition);

    must(definition != NULL && definition->kind == DEFINITION_WORKFLOW);
    return step < definition->workflow.step_count ? &definition->workflow.steps[step] : NULL;
}

/* --- opening a step ------------------------------------------------------------------------ */

/* Can its text be read again? A step may put a value deeper than it came in. */
static bool depth_within(json_t *value, int levels)
{
    const char *key;
    json_t *item;
    size_t i;

    if (levels == 0) {
        return false;
    }
    json_array_foreach(value, i, item)
    {
        if (!depth_within(item, levels - 1)) {
            return false;
        }
    }
    json_object_foreach(value, key, item)
    {
        if (!depth_within(item, levels - 1)) {
            return false;
        }
    }
    return true;
}

/* The step's `with` filled from the instance's data: JSON text in the arena, empty when the step
 * has none or when it failed (then *err says why). */
static struct bytes fill_with(struct world *world, const struct instance *instance,
                              const json_t *with, struct error *err)
{
    struct bytes data = instance->data.size ? instance->data : bytes_of("{}");

    *err = ERROR_INIT;
    if (with == NULL) {
        return (struct bytes){NULL, 0};
    }
    json_t *input = json_loadb(data.data, data.size, JSON_DECODE_ANY | JSON_ALLOW_NUL, NULL);
    must(input != NULL); /* every JSON text was checked when it came in */
    json_t *filled = template_fill(with, input, err);
    json_decref(input);
    if (filled != NULL && !depth_within(filled, FILLED_DEPTH_MAX)) {
        json_decref(filled);
        filled = NULL;
        error_set(err, ERROR_TOO_LARGE, "the filled value has more than %u levels",
                  FILLED_DEPTH_MAX);
    }
    return filled != NULL ? flow_json(world, filled) : (struct bytes){NULL, 0};
}

static struct task *open_task(struct world *world, struct instance *instance, struct record record)
{
    record.kind = RECORD_TASK_OPENED;
    record.task = instance->next_task;
    world_record(world, instance, record);
    return instance_find_task(instance, record.task);
}

static struct bytes listen_subject(struct world *world, const struct instance *instance,
                                   const struct step *step, struct error *err)
{
    struct bytes subject = {NULL, 0};

    *err = ERROR_INIT;
    if (step->event_subject == NULL) {
        return subject;
    }
    json_t *template = json_string(step->event_subject);
    struct bytes filled = fill_with(world, instance, template, err);
    json_decref(template);
    json_t *value = json_loadb(filled.data, filled.size, JSON_DECODE_ANY | JSON_ALLOW_NUL, NULL);
    if (json_string_length(value) > LIMIT_KEY_BYTES) {
        error_set(err, ERROR_TOO_LARGE, "the subject to listen for has more than %u bytes",
                  LIMIT_KEY_BYTES);
    } else if (json_is_string(value)) {
        subject = arena_copy(world->arena, bytes_of(json_string_value(value)));
    } else if (err->code == ERROR_NONE) {
        error_set(err, ERROR_INVALID, "the subject to listen for must be text, not %.*s",
                  filled.size > 80 ? 80 : (int)filled.size, (const char *)filled.data);
    }
    json_decref(value);
    return subject;
}

static void open_listen(struct world *world, struct instance *instance, const struct step *step,
                        uint32_t index)
{
    struct error err;
    struct bytes subject = listen_subject(world, instance, step, &err);
    struct task *task = open_task(
        world, instance, (struct record){.number = index, .other = TASK_LISTEN, .text = subject});

    if (err.code != ERROR_NONE) {
        flow_incident(world, instance, task, "expression", "Условие ожидания не вычислено",
                      err.text);
    }
}

static void open_with(struct world *world, struct instance *instance, const struct step *step,
                      uint32_t index)
{
    struct error err;
    struct bytes input = fill_with(world, instance, step->with, &err);
    enum task_kind kind = step->kind == STEP_CALL ? TASK_CALL : TASK_ASSIGNMENT;
    struct task *task =
        open_task(world, instance, (struct record){.number = index, .other = kind, .data = input});

    if (err.code != ERROR_NONE) {
        flow_incident(world, instance, task, "expression", "Входные данные шага не вычислены",
                      err.text);
    } else if (kind == TASK_ASSIGNMENT) {
        people_open(world, instance, task);
    }
}

/* An operator decides whether this step is tried again. */
static void park(struct world *world, struct instance *instance, uint32_t index, const char *why)
{
    struct task *task =
        open_task(world, instance, (struct record){.number = index, .other = TASK_WAIT});

    flow_incident(world, instance, task, "expression", "Значение шага не вычислено", why);
}

/* A `set` is done at once, unless its value can't be had: then an operator decides. */
static bool set_data(struct world *world, struct instance *instance, const struct step *step,
                     uint32_t index)
{
    struct error err;
    struct bytes output = fill_with(world, instance, step->with, &err);

    if (err.code != ERROR_NONE) {
        park(world, instance, index, err.text);
        return false;
    }
    world_record(world, instance, (struct record){.kind = RECORD_DATA_SET, .data = output});
    return true;
}

/* Returns true when the step is done at once and the next one follows. */
static bool open_step(struct world *world, struct instance *instance, const struct step *step,
                      uint32_t index)
{
    switch (step->kind) {
    case STEP_CALL:
    case STEP_ASSIGNMENT:
        open_with(world, instance, step, index);
        return false;
    case STEP_WAIT:
        open_task(world, instance,
                  (struct record){
                      .number = index, .other = TASK_WAIT, .at_ms = world->now_ms + step->wait_ms});
        return false;
    case STEP_LISTEN:
        open_listen(world, instance, step, index);
        return false;
    default:
        break;
    }
    must(step->kind == STEP_SET);
    return set_data(world, instance, step, index);
}

void flow_open(struct world *world, struct instance *instance, uint32_t index)
{
    const struct step *step = flow_step(world, instance, index);
    size_t passed_bytes = 0;

    while (step != NULL && open_step(world, instance, step, index)) {
        passed_bytes += instance->data.size;
        step = flow_step(world, instance, ++index);
        if (step != NULL && passed_bytes > PASS_BYTES_MAX) {
            park(world, instance, index, "the steps before made too much data in one go");
            return;
        }
    }
    if (step == NULL) {
        world_record(world, instance, (struct record){.kind = RECORD_COMPLETED});
        flow_tell_parent(world, instance);
    }
}

void flow_after(struct world *world, struct instance *instance, uint32_t step)
{
    flow_open(world, instance, step + 1);
}

/* A plan has no steps of its own: it is over when its last occurrence is. */
static void complete_plan(struct world *world, struct instance *plan)
{
    const struct definition *definition = catalog_find_number(world->catalog, plan->definition);

    if (definition->kind == DEFINITION_ROADMAP && plan->children_open == 0 &&
        plan->state == INSTANCE_RUNNING) {
        world_record(world, plan, (struct record){.kind = RECORD_COMPLETED});
        flow_tell_parent(world, plan);
    }
}

void flow_tell_parent(struct world *world, const struct instance *instance)
{
    struct instance *parent = instance->parent ? world->get(world, instance->parent) : NULL;

    if (parent == NULL || parent->children_open == 0) {
        return;
    }
    world_record(world, parent,
                 (struct record){.kind = RECORD_CHILD_CLOSED, .number = (int64_t)instance->id});
    complete_plan(world, parent);
}

/* --- starting ------------------------------------------------------------------------------ */

struct instance *flow_start(struct world *world, const struct start *start)
{
    struct instance *instance = world->create(world);

    world_record(world, instance,
                 (struct record){.kind = RECORD_STARTED,
                                 .number = start->definition->number,
                                 .other = start->parent,
                                 .attempt = start->priority,
                                 .text = start->key,
                                 .data = start->input});
    return instance;
}

bool decide_start(struct world *world, const struct start *start, uint64_t *ret_instance,
                  bool *ret_created, struct error *err)
{
    const struct definition *definition = start->definition;
    bool roadmap = definition->kind == DEFINITION_ROADMAP;
    uint64_t known = start->key.size ? world->find_key(world, definition->name, start->key) : 0;
    uint32_t occurrences = 0;

    if (known != 0) {
        *ret_instance = known;
        *ret_created = false;
        return true;
    }
    if (!roadmap && definition->kind != DEFINITION_WORKFLOW) {
        return error_set(err, ERROR_INVALID, "\"%s\" is a document of kind %s: it can't be started",
                         definition->name, definition_kind_name(definition->kind));
    }
    if (roadmap && !roadmap_check(world, definition, &occurrences, err)) {
        return false;
    }
    struct instance *instance = flow_start(world, start);
    if (roadmap) {
        roadmap_start(world, instance, definition, occurrences);
    } else {
        flow_open(world, instance, 0);
    }
    *ret_instance = instance->id;
    *ret_created = true;
    return true;
}

/* --- operators ----------------------------------------------------------------------------- */

static struct instance *get_alive(struct world *world, uint64_t id, struct error *err)
{
    struct instance *instance = world->get(world, id);

    if (instance == NULL) {
        error_set(err, ERROR_NOT_FOUND, "there is no instance %llu", (unsigned long long)id);
        return NULL;
    }
    if (instance->state != INSTANCE_RUNNING && instance->state != INSTANCE_SUSPENDED) {
        error_set(err, ERROR_CONFLICT, "instance %llu is %s already", (unsigned long long)id,
                  instance_state_name(instance->state));
        return NULL;
    }
    return instance;
}

bool decide_cancel(struct world *world, uint64_t id, struct bytes reason, struct error *err)
{
    struct instance *instance = get_alive(world, id, err);

    if (instance == NULL) {
        return false;
    }
    world_record(world, instance, (struct record){.kind = RECORD_CANCELLED, .text = reason});
    flow_tell_parent(world, instance);
    return true;
}

bool decide_suspend(struct world *world, uint64_t id, struct bytes reason, struct error *err)
{
    struct instance *instance = get_alive(world, id, err);

    if (instance == NULL) {
        return false;
    }
    if (instance->state == INSTANCE_SUSPENDED) {
        return error_set(err, ERROR_CONFLICT, "instance %llu is suspended already",
                         (unsigned long long)id);
    }
    world_record(world, instance, (struct record){.kind = RECORD_SUSPENDED, .text = reason});
    return true;
}

bool decide_resume(struct world *world, uint64_t id, struct error *err)
{
    struct instance *instance = get_alive(world, id, err);

    if (instance == NULL) {
        return false;
    }
    if (instance->state != INSTANCE_SUSPENDED) {
        return error_set(err, ERROR_CONFLICT, "instance %llu is not suspended",
                         (unsigned long long)id);
    }
    world_record(world, instance, (struct record){.kind = RECORD_RESUMED});
    complete_plan(world, instance); /* its last occurrence may have ended meanwhile */
    return true;
}
