/* open.c - a step is opened: what each kind of step does first
 *
 * Owns:    `if`, `input.from`, `with` and `timeout` of a step, and the records that open its task.
 * In:      flow.c, with the next step of a scope.
 * Out:     records; a step that needs nobody is passed at once.
 * Always:  what can't be opened is an error of that step (fault.c), never of the engine.
 * See:     Serverless Workflow DSL 1.0.3, Tasks
 */
#include "engine/core/opening.h"

#include "base/limits.h"
#include "base/must.h"

struct world *opening_world(const struct opening *o)
{
    return o->site.world;
}

struct instance *opening_instance(const struct opening *o)
{
    return (struct instance *)o->site.instance;
}

uint32_t opening_index(const struct opening *o)
{
    return (uint32_t)(o->site.step - o->site.workflow->steps);
}

void opening_refuse(struct opening *o, const struct error *err)
{
    fault_expression(&o->site, 0, err);
}

/* The filled `with`, as text. Empty when the step has none: the task gets what the step was given.
 */
bool opening_fill(struct opening *o, struct bytes *ret_text, struct error *err)
{
    *ret_text = (struct bytes){NULL, 0};
    if (o->site.step->with == EXPRESSION_NONE) {
        return true;
    }
    json_t *value = value_of(&o->site, o->site.step->with, err);
    return value != NULL && value_fits(opening_world(o), value, ret_text, err);
}

uint32_t opening_task(struct opening *o, enum task_kind kind, struct bytes input)
{
    struct instance *instance = opening_instance(o);
    struct record record = o->record;

    record.kind = RECORD_TASK_OPENED;
    record.task = instance->next_task;
    record.other = kind;
    record.data = input;
    world_record(opening_world(o), instance, record);
    return record.task;
}

/* --- any step ------------------------------------------------------------------------------ */

static void open_kind(struct opening *o)
{
    static void (*const by_kind[STEP_KIND_COUNT])(struct opening *) = {
        [STEP_CALL] = open_call,     [STEP_ASSIGNMENT] = open_call, [STEP_WAIT] = open_wait,
        [STEP_LISTEN] = open_listen, [STEP_SET] = open_set,         [STEP_DO] = open_list,
        [STEP_TRY] = open_list,      [STEP_FUNCTION] = open_list,   [STEP_SWITCH] = open_switch,
        [STEP_FOR] = open_for,       [STEP_FORK] = open_fork,       [STEP_RAISE] = open_raise,
        [STEP_EMIT] = open_emit,     [STEP_RUN] = open_run,
    };

    must(by_kind[o->site.step->kind] != NULL); /* a schedule is no step of a list */
    by_kind[o->site.step->kind](o);
}

/* `input.from`: what the step is given instead of the data of its scope. */
static bool take_input(struct opening *o, struct error *err)
{
    if (o->site.step->input_from == EXPRESSION_NONE) {
        return true;
    }
    json_t *given = value_of(&o->site, o->site.step->input_from, err);
    if (given == NULL || !value_fits(opening_world(o), json_incref(given), &o->given, err)) {
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
    o->record.limit_ms = ms > 0 ? opening_world(o)->now_ms + ms : 0;
    return true;
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
        opening_refuse(&o, &err);
    } else if (!wanted) {
        flow_pass_over(&o.site);
    } else if (!take_input(&o, &err) || !take_timeout(&o, &err)) {
        opening_refuse(&o, &err);
    } else {
        o.record = (struct record){.number = step,
                                   .parent = scope,
                                   .index = flow_branch(&o.site),
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
