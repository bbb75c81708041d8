/* open.c - a step is opened: what each kind of step does first
 *
 * Owns:    `if`, `input.from`, `with` and `timeout` of a step, and the records that open its task.
 * In:      flow.c, with the next step of a scope.
 * Out:     records; a step that needs nobody is passed at once.
 * Always:  what can't be opened is an error of that step (fault.c), never of the engine.
 * See:     Serverless Workflow DSL 1.0.3, Tasks
 */
#include "engine/core/flow.h"

#include "base/limits.h"
#include "base/must.h"
#include "engine/core/people.h"

#include <stdio.h>
#include <string.h>

/* What all steps have in common when they are opened. */
struct opening {
    struct site site;     /* input = what the step was given, after `input.from` */
    struct bytes given;   /* the same as text; empty = the data of the scope as it is */
    struct record record; /* of the task, begun */
};

static struct world *world_of(const struct opening *o)
{
    return o->site.world;
}

static struct instance *instance_of(const struct opening *o)
{
    return (struct instance *)o->site.instance;
}

static uint32_t index_of(const struct opening *o)
{
    return (uint32_t)(o->site.step - o->site.workflow->steps);
}

static void refuse(struct opening *o, const struct error *err)
{
    fault_expression(&o->site, 0, err);
}

/* The filled `with`, as text. Empty when the step has none: the task gets what the step was given.
 */
static bool fill_with(struct opening *o, struct bytes *ret_text, struct error *err)
{
    *ret_text = (struct bytes){NULL, 0};
    if (o->site.step->with == EXPRESSION_NONE) {
        return true;
    }
    json_t *value = value_of(&o->site, o->site.step->with, err);
    return value != NULL && value_fits(world_of(o), value, ret_text, err);
}

/* Opens the task; its seq. */
static uint32_t open_task(struct opening *o, enum task_kind kind, struct bytes input)
{
    struct instance *instance = instance_of(o);
    struct record record = o->record;

    record.kind = RECORD_TASK_OPENED;
    record.task = instance->next_task;
    record.other = kind;
    record.data = input;
    world_record(world_of(o), instance, record);
    return record.task;
}

/* --- steps that wait ----------------------------------------------------------------------- */

/* A call or an assignment whose `with` can't be filled: an operator may give it another input. */
static void open_unfilled(struct opening *o, enum task_kind kind, const struct error *err)
{
    uint32_t seq = open_task(o, kind, (struct bytes){NULL, 0});

    fault_expression(&o->site, seq, err);
}

static void open_call(struct opening *o)
{
    enum task_kind kind = o->site.step->kind == STEP_CALL ? TASK_CALL : TASK_ASSIGNMENT;
    struct instance *instance = instance_of(o);
    struct error err = ERROR_INIT;
    struct bytes input;

    if (kind == TASK_CALL) {
        o->record.limit_ms = 0; /* the limit of an attempt is the lease's, on the real clock */
    }
    if (!fill_with(o, &input, &err)) {
        open_unfilled(o, kind, &err);
        return;
    }
    uint32_t seq = open_task(o, kind, input);
    if (kind == TASK_ASSIGNMENT) {
        people_open(world_of(o), instance, instance_find_task(instance, seq));
    }
}

static void open_wait(struct opening *o)
{
    struct error err = ERROR_INIT;
    int64_t ms;

    if (!value_span(&o->site, &o->site.step->wait, &ms, &err)) {
        refuse(o, &err);
        return;
    }
    o->record.at_ms = world_of(o)->now_ms + ms;
    open_task(o, TASK_WAIT, (struct bytes){NULL, 0});
}

/* The attribute `subject` of the one filter there is, or NULL. */
static const struct event_attribute *subject_of(const struct consumption *listen)
{
    const struct event_filter *filter = listen->filter_count == 1 ? listen->filters : NULL;

    for (uint32_t i = 0; filter != NULL && i < filter->attribute_count; i++) {
        if (strcmp(filter->attributes[i].name, "subject") == 0 && listen->until != UNTIL_EVENT) {
            return &filter->attributes[i];
        }
    }
    return NULL;
}

/* The subject an event must have, when it is known: the table of subscriptions is searched by it.
 */
static bool listen_subject(struct opening *o, struct bytes *ret_subject, struct error *err)
{
    const struct event_attribute *a = subject_of(&o->site.step->listen);

    *ret_subject = (struct bytes){NULL, 0};
    if (a == NULL || a->text != NULL) {
        bool literal = a != NULL && !listen_is_pattern(a->text);
        *ret_subject = literal ? bytes_of(a->text) : *ret_subject;
        return true;
    }
    json_t *value = value_of(&o->site, a->expression, err);
    if (value == NULL) {
        return false;
    }
    size_t size = json_string_length(value);
    bool good = json_is_string(value) && size > 0 && size <= LIMIT_KEY_BYTES &&
                strlen(json_string_value(value)) == size; /* a NUL would end the key of the row */
    if (good) {
        *ret_subject = arena_copy(world_of(o)->arena, bytes_of(json_string_value(value)));
    }
    json_decref(value);
    return good ||
           error_set(err, ERROR_INVALID, "the subject to listen for must be text of 1 to %u bytes",
                     LIMIT_KEY_BYTES);
}

static void open_listen(struct opening *o)
{
    struct error err = ERROR_INIT;

    if (!listen_subject(o, &o->record.text, &err)) {
        refuse(o, &err);
        return;
    }
    open_task(o, TASK_LISTEN, (struct bytes){NULL, 0});
}

/* --- steps that need nobody ---------------------------------------------------------------- */

static void open_set(struct opening *o)
{
    struct error err = ERROR_INIT;
    json_t *value = value_of(&o->site, o->site.step->with, &err);

    if (value == NULL) {
        refuse(o, &err);
    } else {
        flow_pass(&o->site, value, o->site.step->then, "");
    }
}

/* The first case whose condition is true, or the one without. */
static void open_switch(struct opening *o)
{
    const struct step *step = o->site.step;
    const struct switch_case *taken = NULL;
    struct error err = ERROR_INIT;

    for (uint32_t i = 0; i < step->case_count && taken == NULL; i++) {
        bool is_true;
        if (!value_is_true(&o->site, step->cases[i].when, &is_true, &err)) {
            refuse(o, &err);
            return;
        }
        taken = is_true && step->cases[i].when != EXPRESSION_NONE ? &step->cases[i] : NULL;
    }
    for (uint32_t i = 0; i < step->case_count && taken == NULL; i++) {
        taken = step->cases[i].when == EXPRESSION_NONE ? &step->cases[i] : NULL;
    }
    flow_pass(&o->site, json_incref(value_input(&o->site)), taken ? taken->then : step->then,
              taken ? taken->name : "");
}

/* The error as written, at its place (DSL: `instance` is a JSON pointer to the task). */
static void open_raise(struct opening *o)
{
    struct error err = ERROR_INIT;
    json_t *value = value_of(&o->site, o->site.step->with, &err);
    struct bytes problem;

    if (value == NULL) {
        refuse(o, &err);
        return;
    }
    if (json_object_get(value, "instance") == NULL) {
        json_object_set_new(value, "instance", json_string(o->site.step->pointer));
    }
    if (!value_fits(world_of(o), value, &problem, &err)) {
        refuse(o, &err);
        return;
    }
    fault_at(world_of(o), instance_of(o), o->site.scope, index_of(o), 0, problem);
}

/* --- scopes -------------------------------------------------------------------------------- */

static void open_list(struct opening *o)
{
    enum task_kind kind = o->site.step->kind == STEP_TRY ? TASK_TRY : TASK_DO;
    struct error err = ERROR_INIT;
    struct bytes input = {NULL, 0};

    if (o->site.step->kind == STEP_FUNCTION && !fill_with(o, &input, &err)) {
        refuse(o, &err);
        return;
    }
    uint32_t seq = open_task(o, kind, input);
    if (kind == TASK_TRY && o->site.step->retries) {
        fault_try_again(world_of(o), instance_of(o), seq); /* the first attempt */
    } else {
        flow_push(world_of(o), instance_of(o), seq, o->site.step->child);
    }
}

static void open_for(struct opening *o)
{
    const struct step *step = o->site.step;
    struct error err = ERROR_INIT;
    json_t *items = value_of(&o->site, step->in, &err);
    struct bytes text;

    if (items != NULL && !json_is_array(items)) {
        json_decref(items);
        items = NULL;
        error_set(&err, ERROR_INVALID, "for.in must give a list");
    }
    if (items == NULL || !value_fits(world_of(o), items, &text, &err)) {
        refuse(o, &err);
        return;
    }
    uint32_t seq = open_task(o, step->join.parallel_max > 1 ? TASK_MANY : TASK_FOR, text);
    loop_go_on(world_of(o), instance_of(o), seq);
}

static void open_fork(struct opening *o)
{
    uint32_t seq = open_task(o, TASK_FORK, (struct bytes){NULL, 0});

    for (uint32_t at = o->site.step->child; at != STEP_NONE;
         at = o->site.workflow->steps[at].next) {
        flow_push(world_of(o), instance_of(o), seq, at);
    }
}

/* --- to the outside of the instance -------------------------------------------------------- */

/* What a CloudEvent must have and the author need not write. */
static void complete_event(const struct opening *o, json_t *event)
{
    const struct instance *instance = o->site.instance;
    const struct definition *definition =
        catalog_find_number(o->site.world->catalog, instance->definition);
    char id[48];
    char source[LIMIT_NAME_BYTES + 32];
    json_t *moment = value_moment(o->site.world->now_ms);

    snprintf(id, sizeof id, "%llu.%u", (unsigned long long)instance->id, instance->next_task);
    snprintf(source, sizeof source, "/marshrut/workflows/%s", definition->name);
    json_t *defaults = json_pack("{ss ss ss sO}", "specversion", "1.0", "id", id, "source", source,
                                 "time", json_object_get(moment, "iso8601"));
    json_object_update_missing(event, defaults);
    json_decref(defaults);
    json_decref(moment);
}

/* An event leaves in the next turn: whoever begins to listen in this one gets it too. */
static void open_emit(struct opening *o)
{
    struct error err = ERROR_INIT;
    json_t *event = value_of(&o->site, o->site.step->with, &err);
    struct bytes text;

    if (event != NULL) {
        complete_event(o, event);
    }
    if (event == NULL || !value_fits(world_of(o), event, &text, &err)) {
        refuse(o, &err);
        return;
    }
    o->record.at_ms = world_of(o)->now_ms;
    o->record.limit_ms = 0;
    open_task(o, TASK_EMIT, text);
}

static const struct definition *find_workflow(const struct opening *o, struct error *err)
{
    const struct step *step = o->site.step;
    const struct definition *found =
        step->run_version != NULL
            ? catalog_find_version(o->site.world->catalog, DEFINITION_WORKFLOW, step->run_name,
                                   step->run_version)
            : catalog_find(o->site.world->catalog, DEFINITION_WORKFLOW, step->run_name);

    if (found == NULL) {
        error_set(err, ERROR_NOT_FOUND, "there is no workflow \"%s\" %s", step->run_name,
                  step->run_version ? step->run_version : "");
    }
    return found;
}

/* How many instances wait for one another above this one. */
static bool depth_is_left(struct opening *o, struct error *err)
{
    const struct instance *at = o->site.instance;
    unsigned depth = 1;

    while (at != NULL && at->parent != 0 && depth <= LIMIT_RUN_DEPTH) {
        at = world_of(o)->get(world_of(o), at->parent);
        depth++;
    }
    return depth <= LIMIT_RUN_DEPTH ||
           error_set(err, ERROR_TOO_LARGE, "more than %u workflows run one another",
                     LIMIT_RUN_DEPTH);
}

static void open_run(struct opening *o)
{
    struct world *world = world_of(o);
    struct instance *instance = instance_of(o);
    struct error err = ERROR_INIT;
    struct start start = {.priority = instance->priority, .parent = instance->id};

    start.definition = find_workflow(o, &err);
    if (start.definition == NULL || !depth_is_left(o, &err) || !fill_with(o, &start.input, &err)) {
        refuse(o, &err);
        return;
    }
    if (start.input.size == 0) {
        start.input = o->given.size > 0 ? o->given : scope_data(instance, o->site.scope);
    }
    uint32_t seq = o->site.step->run_detached ? 0 : open_task(o, TASK_RUN, start.input);
    start.parent_task = seq;
    struct instance *child = flow_start(world, &start);
    if (seq != 0) {
        world_record(
            world, instance,
            (struct record){.kind = RECORD_TASK_CHILD, .task = seq, .number = (int64_t)child->id});
    } else {
        flow_pass(&o->site, json_incref(value_input(&o->site)), o->site.step->then, "");
    }
    flow_begin(world, child);
}

/* --- any step ------------------------------------------------------------------------------ */

static void open_kind(struct opening *o)
{
    switch (o->site.step->kind) {
    case STEP_CALL:
    case STEP_ASSIGNMENT:
        open_call(o);
        break;
    case STEP_WAIT:
        open_wait(o);
        break;
    case STEP_LISTEN:
        open_listen(o);
        break;
    case STEP_SET:
        open_set(o);
        break;
    case STEP_DO:
    case STEP_TRY:
    case STEP_FUNCTION:
        open_list(o);
        break;
    case STEP_SWITCH:
        open_switch(o);
        break;
    case STEP_FOR:
        open_for(o);
        break;
    case STEP_FORK:
        open_fork(o);
        break;
    case STEP_RAISE:
        open_raise(o);
        break;
    case STEP_EMIT:
        open_emit(o);
        break;
    case STEP_RUN:
        open_run(o);
        break;
    case STEP_SCHEDULE:
    case STEP_KIND_COUNT:
        must(!"a step of a list");
    }
}

/* `input.from`: what the step is given instead of the data of its scope. */
static bool take_input(struct opening *o, struct error *err)
{
    if (o->site.step->input_from == EXPRESSION_NONE) {
        return true;
    }
    json_t *given = value_of(&o->site, o->site.step->input_from, err);
    if (given == NULL || !value_fits(world_of(o), json_incref(given), &o->given, err)) {
        json_decref(given);
        return false;
    }
    site_fini(&o->site);
    o->site.input = given;
    return true;
}

static bool take_timeout(struct opening *o, struct error *err)
{
    int64_t ms;

    if (o->site.step->kind == STEP_CALL ||
        !value_span(&o->site, &o->site.step->timeout, &ms, err)) {
        return o->site.step->kind == STEP_CALL;
    }
    o->record.limit_ms = ms > 0 ? world_of(o)->now_ms + ms : 0;
    return true;
}

static uint32_t branch_of(const struct opening *o)
{
    const struct task *scope =
        o->site.scope ? instance_find_task(o->site.instance, o->site.scope) : NULL;
    uint32_t index = 0;

    if (scope == NULL || scope->kind != TASK_FORK) {
        return 0;
    }
    for (uint32_t at = o->site.workflow->steps[o->site.step->parent].child; at != index_of(o);
         at = o->site.workflow->steps[at].next) {
        index++;
    }
    return index;
}

static bool has_room(const struct opening *o, struct error *err)
{
    return o->site.instance->task_count < LIMIT_INSTANCE_TASKS ||
           error_set(err, ERROR_TOO_LARGE, "more than %u steps of the instance are open",
                     LIMIT_INSTANCE_TASKS);
}

void flow_open(struct world *world, struct instance *instance, uint32_t scope, uint32_t step)
{
    struct error err = ERROR_INIT;
    bool wanted;
    struct opening o = {.site = {.world = world,
                                 .instance = instance,
                                 .workflow = value_workflow(world, instance),
                                 .step = flow_step(world, instance, step),
                                 .scope = scope,
                                 .raw = scope_data(instance, scope)}};

    if (!has_room(&o, &err) || !value_is_true(&o.site, o.site.step->condition, &wanted, &err)) {
        refuse(&o, &err);
    } else if (!wanted) {
        flow_pass_over(&o.site);
    } else if (!take_input(&o, &err) || !take_timeout(&o, &err)) {
        refuse(&o, &err);
    } else {
        o.record = (struct record){.number = step,
                                   .parent = scope,
                                   .index = branch_of(&o),
                                   .limit_ms = o.record.limit_ms,
                                   .extra = o.given};
        open_kind(&o);
    }
    site_fini(&o.site);
}

void flow_open_anew(struct world *world, struct instance *instance, uint32_t seq,
                    struct bytes input)
{
    const struct task *task = instance_find_task(instance, seq);
    uint32_t step = task->step;
    uint32_t scope = task->parent;

    flow_cancel_below(world, instance, seq, "retried");
    world_record(
        world, instance,
        (struct record){.kind = RECORD_TASK_CANCELLED, .task = seq, .text = bytes_of("retried")});
    if (input.size > 0) {
        world_record(world, instance,
                     (struct record){.kind = RECORD_STEP_PASSED,
                                     .task = scope,
                                     .number = step,
                                     .text = bytes_of("input"),
                                     .data = input});
    }
    flow_push(world, instance, scope, step);
}
