/* start.c - the life of an instance as a whole: started, suspended, resumed, cancelled
 *
 * Owns:    starting (also the occurrences of a plan), what a parent hears of its children, and what
 *          operators do with whole instances.
 * In:      decide_start() and its like from the turn; open.c runs a workflow in another.
 * Out:     records only.
 * Always:  a refusal comes before the first record.
 */
#include "engine/core/decide.h"
#include "engine/core/flow.h"
#include "engine/core/roadmap.h"

#include "base/must.h"

#include <stdio.h>

/* --- starting ------------------------------------------------------------------------------ */

struct instance *flow_start(struct world *world, const struct start *start)
{
    struct instance *instance = world->create(world);
    const struct definition *d = start->definition;
    bool keeps_input =
        d->kind == DEFINITION_WORKFLOW && program_uses_any(d->workflow.program, "workflow");

    world_record(world, instance,
                 (struct record){.kind = RECORD_STARTED,
                                 .number = d->number,
                                 .other = start->parent,
                                 .attempt = start->priority,
                                 .text = start->key,
                                 .data = start->input,
                                 .parent = start->parent_task,
                                 .index = keeps_input});
    return instance;
}

/* `input.from` of the workflow. */
static bool transform_input(struct world *world, struct instance *instance, struct error *err)
{
    const struct workflow *workflow = value_workflow(world, instance);
    struct bytes text;

    if (workflow->input_from == EXPRESSION_NONE) {
        return true;
    }
    struct site site = {
        .world = world, .instance = instance, .workflow = workflow, .raw = instance->data};
    json_t *data = value_of(&site, workflow->input_from, err);
    site_fini(&site);
    if (data == NULL || !value_fits(world, data, &text, err)) {
        return false;
    }
    world_record(world, instance, (struct record){.kind = RECORD_DATA_SET, .data = text});
    return true;
}

void flow_begin(struct world *world, struct instance *instance)
{
    struct error err = ERROR_INIT;

    if (transform_input(world, instance, &err)) {
        flow_push(world, instance, 0, 0);
        return;
    }
    fault_instance(
        world, instance,
        flow_refused(world, flow_problem_type(&err), "Входные данные процесса не вычислены", &err));
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
        flow_begin(world, instance);
    }
    flow_run(world);
    *ret_instance = instance->id;
    *ret_created = true;
    return true;
}

/* --- parents and children ------------------------------------------------------------------ */

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

/* The parent waits for this instance in a step: its output, or its error, is that of the step. */
static void tell_waiting(struct world *world, struct instance *parent, const struct instance *child)
{
    const struct task *task = instance_find_task(parent, child->parent_task);

    if (task != NULL && task->kind == TASK_SCHEDULE) {
        schedule_run_ended(world, parent, task->seq);
        return;
    }
    if (task == NULL || task->kind != TASK_RUN || task->state != TASK_WAITING) {
        return;
    }
    if (child->state == INSTANCE_COMPLETED) {
        flow_finish(world, parent, task->seq, child->data);
        return;
    }
    struct bytes problem = child->state == INSTANCE_FAULTED && child->problem.size > 0
                               ? child->problem
                               : flow_problem(world, "runtime", "Вложенный процесс отменён",
                                              "the instance that was waited for was cancelled");
    fault_at(world, parent, task->parent, task->step, task->seq, problem);
}

void flow_tell_parent(struct world *world, struct instance *instance)
{
    struct instance *parent = instance->parent ? world->get(world, instance->parent) : NULL;

    if (parent == NULL) {
        return;
    }
    if (instance->parent_task != 0) {
        tell_waiting(world, parent, instance);
    } else if (parent->children_open > 0) {
        world_record(world, parent,
                     (struct record){.kind = RECORD_CHILD_CLOSED, .number = (int64_t)instance->id});
        complete_plan(world, parent);
    }
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

/* Instances that wait for one another are at most LIMIT_RUN_DEPTH deep. */
void flow_cancel(struct world *world, struct instance *instance, struct bytes reason)
{
    flow_cancel_children(world, instance, 0);
    world_record(world, instance, (struct record){.kind = RECORD_CANCELLED, .text = reason});
}

bool decide_cancel_check(struct world *world, uint64_t id, struct error *err)
{
    return get_alive(world, id, err) != NULL;
}

bool decide_cancel(struct world *world, uint64_t id, struct bytes reason, struct error *err)
{
    struct instance *instance = get_alive(world, id, err);

    if (instance == NULL) {
        return false;
    }
    flow_cancel(world, instance, reason);
    flow_tell_parent(world, instance);
    flow_run(world);
    return true;
}

bool decide_suspend_check(struct world *world, uint64_t id, struct error *err)
{
    const struct instance *instance = get_alive(world, id, err);

    return instance != NULL && (instance->state != INSTANCE_SUSPENDED ||
                                error_set(err, ERROR_CONFLICT, "instance %llu is suspended already",
                                          (unsigned long long)id));
}

bool decide_suspend(struct world *world, uint64_t id, struct bytes reason, struct error *err)
{
    if (!decide_suspend_check(world, id, err)) {
        return false;
    }
    struct instance *instance = world->get(world, id);
    world_record(world, instance, (struct record){.kind = RECORD_SUSPENDED, .text = reason});
    return true;
}

bool decide_resume_check(struct world *world, uint64_t id, struct error *err)
{
    const struct instance *instance = get_alive(world, id, err);

    return instance != NULL && (instance->state == INSTANCE_SUSPENDED ||
                                error_set(err, ERROR_CONFLICT, "instance %llu is not suspended",
                                          (unsigned long long)id));
}

bool decide_resume(struct world *world, uint64_t id, struct error *err)
{
    if (!decide_resume_check(world, id, err)) {
        return false;
    }
    struct instance *instance = world->get(world, id);
    world_record(world, instance, (struct record){.kind = RECORD_RESUMED});
    complete_plan(world, instance); /* its last occurrence may have ended meanwhile */
    flow_run(world);
    return true;
}
