/* flow.c - from step to step: what follows a step that was passed, a list that ended
 *
 * Owns:    the agenda; the data that goes from a step to the next (`output.as`, `export.as`); the
 *          flow directives; the end of an instance.
 * In:      open.c, loop.c, fault.c, work.c and people.c say that a step is over.
 * Out:     records only.
 * Always:  in a list at most one step is open (beside what a join left running). When the agenda
 *          is empty every running instance waits for something.
 * See:     docs/states.md §6; Serverless Workflow DSL 1.0.3, Data Flow and Flow Directive
 */
#include "engine/core/flow.h"

#include "base/limits.h"
#include "base/must.h"

#include <string.h>

/* Of what the steps of one command write in one go; then an operator is asked. All of a turn's
 * records are one value of the store. */
#define PASS_BYTES_MAX (8 * LIMIT_PAYLOAD_BYTES)

/* --- the agenda ---------------------------------------------------------------------------- */

void flow_push(struct world *world, struct instance *instance, uint32_t scope, uint32_t step)
{
    struct agenda *a = &world->agenda;

    if (a->count == a->room) {
        uint32_t room = a->room ? a->room * 2 : 64;
        struct place *places = arena_alloc(world->arena, room * sizeof *places);
        if (a->count > 0) {
            memcpy(places, a->places, a->count * sizeof *places);
        }
        a->places = places;
        a->room = room;
    }
    a->places[a->count++] = (struct place){instance, scope, step};
}

static bool is_alive(const struct instance *instance)
{
    return instance->state == INSTANCE_RUNNING || instance->state == INSTANCE_SUSPENDED;
}

static void end_list(struct world *world, struct instance *instance, uint32_t scope);

/* Too many steps, or too much data, without anybody being waited for. */
static bool is_too_much(const struct agenda *a)
{
    return a->passed > LIMIT_PASSED_STEPS || a->passed_bytes > PASS_BYTES_MAX;
}

static void go(struct world *world, const struct place *p)
{
    const struct task *scope = p->scope ? instance_find_task(p->instance, p->scope) : NULL;

    if (!is_alive(p->instance) ||
        (p->scope != 0 && (scope == NULL || scope->state != TASK_WAITING))) {
        return; /* given up meanwhile, or put before an operator */
    }
    if (p->step == STEP_NONE) {
        end_list(world, p->instance, p->scope);
        return;
    }
    world->agenda.passed++;
    if (is_too_much(&world->agenda)) {
        fault_at(world, p->instance, p->scope, p->step, 0,
                 flow_problem(world, "runtime", "Слишком много шагов подряд без ожидания",
                              "the steps before made too many steps or too much data in one go"));
        return;
    }
    flow_open(world, p->instance, p->scope, p->step);
}

void flow_run(struct world *world)
{
    struct agenda *a = &world->agenda;

    while (a->first < a->count) {
        struct place place = a->places[a->first++];
        go(world, &place);
    }
    json_decref(a->items);
    *a = (struct agenda){0}; /* its places are in the arena of the turn */
}

/* --- sites --------------------------------------------------------------------------------- */

const struct step *flow_step(const struct world *world, const struct instance *instance,
                             uint32_t step)
{
    const struct workflow *workflow = value_workflow(world, instance);

    return step < workflow->step_count ? &workflow->steps[step] : NULL;
}

void site_of_task(struct site *site, struct world *world, struct instance *instance,
                  const struct task *task)
{
    *site = (struct site){.world = world,
                          .instance = instance,
                          .workflow = value_workflow(world, instance),
                          .step = flow_step(world, instance, task->step),
                          .scope = task->parent,
                          .raw = task_given(instance, task)};
}

/* --- a step gives its output --------------------------------------------------------------- */

/* `$context` from now on. */
static bool export_context(struct site *s, uint32_t expression, json_t *output, struct error *err)
{
    struct site site = *s;
    struct bytes text;

    if (expression == EXPRESSION_NONE) {
        return true;
    }
    site.given = s->given ? s->given : value_input(s);
    site.input = output;
    site.output = output;
    json_t *context = value_of(&site, expression, err);
    if (context == NULL || !value_fits(s->world, context, &text, err)) {
        return false;
    }
    world_record(s->world, (struct instance *)s->instance,
                 (struct record){.kind = RECORD_CONTEXT_SET, .data = text});
    return true;
}

bool flow_give_output(struct site *s, json_t *output, struct bytes *ret_text, struct error *err)
{
    struct site site = *s;

    if (s->step->output_as != EXPRESSION_NONE) {
        site.given = s->given ? s->given : value_input(s);
        site.input = output;
        site.output = output;
        json_t *as = value_of(&site, s->step->output_as, err);
        json_decref(output);
        output = as;
    }
    if (output == NULL) {
        return false;
    }
    bool good = export_context(s, s->step->export_as, output, err);
    if (!good) {
        json_decref(output);
        return false;
    }
    return value_fits(s->world, output, ret_text, err);
}

static uint32_t step_index(const struct site *s)
{
    return (uint32_t)(s->step - s->workflow->steps);
}

static bool in_fork(const struct site *s)
{
    const struct task *scope = s->scope ? instance_find_task(s->instance, s->scope) : NULL;

    return scope != NULL && scope->kind == TASK_FORK;
}

uint32_t flow_branch(const struct site *s)
{
    const struct step *steps = s->workflow->steps;
    uint32_t index = 0;

    for (uint32_t at = in_fork(s) ? steps[s->step->parent].child : step_index(s);
         at != step_index(s); at = steps[at].next) {
        index++;
    }
    return index;
}

void flow_pass(struct site *s, json_t *output, struct directive then, const char *note)
{
    struct instance *instance = (struct instance *)s->instance;
    struct error err = ERROR_INIT;
    struct bytes text;

    if (!flow_give_output(s, output, &text, &err)) {
        fault_expression(s, 0, &err);
        return;
    }
    s->world->agenda.passed_bytes += text.size;
    world_record(s->world, instance,
                 (struct record){.kind = RECORD_STEP_PASSED,
                                 .task = s->scope,
                                 .number = step_index(s),
                                 .text = bytes_of(note),
                                 .data = text,
                                 .index = flow_branch(s)});
    flow_after(s->world, instance, s->scope, s->step, then);
}

void flow_pass_over(struct site *s)
{
    static const struct directive on = {.then = THEN_CONTINUE};
    bool gives = in_fork(s) && !s->workflow->steps[s->step->parent].compete;

    world_record(s->world, (struct instance *)s->instance,
                 (struct record){.kind = RECORD_STEP_PASSED,
                                 .task = s->scope,
                                 .number = step_index(s),
                                 .text = bytes_of("skipped"),
                                 .data = gives ? bytes_of("null") : (struct bytes){NULL, 0},
                                 .index = flow_branch(s)});
    flow_after(s->world, (struct instance *)s->instance, s->scope, s->step, on);
}

/* Most steps say nothing about their output: then its text goes on as it came. */
static bool finish_output(struct site *s, struct bytes output, struct bytes *ret_text,
                          struct error *err)
{
    if (s->step->output_as == EXPRESSION_NONE && s->step->export_as == EXPRESSION_NONE) {
        *ret_text = output.size > 0 ? output : bytes_of("{}");
        return true;
    }
    return flow_give_output(s, value_parse(output), ret_text, err);
}

static void go_on_with(struct world *world, struct instance *instance, uint32_t seq,
                       struct bytes output, enum record_kind kind)
{
    const struct task *task = instance_find_task(instance, seq);
    struct error err = ERROR_INIT;
    struct bytes text;
    struct site site;

    site_of_task(&site, world, instance, task);
    if (finish_output(&site, output, &text, &err)) {
        uint32_t attempt = task->kind == TASK_CALL ? task->attempt : 0;
        world->agenda.passed_bytes += text.size;
        world_record(world, instance,
                     (struct record){.kind = kind, .task = seq, .attempt = attempt, .data = text});
        flow_after(world, instance, site.scope, site.step, site.step->then);
    } else {
        fault_expression(&site, seq, &err);
    }
    site_fini(&site);
}

void flow_finish(struct world *world, struct instance *instance, uint32_t seq, struct bytes output)
{
    go_on_with(world, instance, seq, output, RECORD_TASK_DONE);
}

void flow_leave(struct world *world, struct instance *instance, uint32_t seq, struct bytes output)
{
    go_on_with(world, instance, seq, output, RECORD_TASK_JOINED);
}

void flow_skip(struct world *world, struct instance *instance, uint32_t seq, struct bytes reason,
               struct bytes output)
{
    const struct task *task = instance_find_task(instance, seq);
    const struct step *step = flow_step(world, instance, task->step);
    uint32_t scope = task->parent;

    world_record(
        world, instance,
        (struct record){.kind = RECORD_TASK_SKIPPED, .task = seq, .text = reason, .data = output});
    flow_after(world, instance, scope, step, step->then);
}

/* --- where it goes on ---------------------------------------------------------------------- */

void flow_after(struct world *world, struct instance *instance, uint32_t scope,
                const struct step *step, struct directive then)
{
    const struct task *task = scope ? instance_find_task(instance, scope) : NULL;

    if (then.then == THEN_END) {
        if (task != NULL) {
            struct bytes output = task->kind == TASK_FORK
                                      ? task->scope->results[task->scope->result_count - 1].value
                                      : scope_data(instance, scope);
            world_record(world, instance, (struct record){.kind = RECORD_DATA_SET, .data = output});
        }
        flow_cancel_below(world, instance, 0, "end");
        flow_push(world, instance, 0, STEP_NONE);
    } else if (task != NULL && task->kind == TASK_FORK) {
        loop_go_on(world, instance, scope);
    } else if (then.then == THEN_STEP) {
        flow_push(world, instance, scope, then.step);
    } else {
        flow_push(world, instance, scope, then.then == THEN_EXIT ? STEP_NONE : step->next);
    }
}

bool flow_is_empty(const struct instance *instance, uint32_t scope)
{
    for (uint32_t n = 0; n < instance->task_count; n++) {
        const struct task *t = &instance->tasks[n];
        if (t->parent == scope && t->kind != TASK_NOTICE && t->state != TASK_CLOSED) {
            return false;
        }
    }
    return true;
}

bool flow_is_idle(const struct world *world, const struct instance *instance, uint32_t scope)
{
    const struct agenda *a = &world->agenda;

    for (uint32_t n = a->first; n < a->count; n++) {
        if (a->places[n].instance == instance && a->places[n].scope == scope) {
            return false;
        }
    }
    return flow_is_empty(instance, scope);
}

static void complete(struct world *world, struct instance *instance)
{
    const struct workflow *workflow = value_workflow(world, instance);
    struct error err = ERROR_INIT;
    struct bytes text = {NULL, 0};

    if (workflow->output_as != EXPRESSION_NONE) {
        struct site site = {
            .world = world, .instance = instance, .workflow = workflow, .raw = instance->data};
        json_t *output = value_of(&site, workflow->output_as, &err);
        site_fini(&site);
        if (output == NULL || !value_fits(world, output, &text, &err)) {
            fault_instance(world, instance,
                           flow_refused(world, flow_problem_type(&err),
                                        "Результат процесса не вычислен", &err));
            return;
        }
    }
    world_record(world, instance, (struct record){.kind = RECORD_COMPLETED, .data = text});
    flow_tell_parent(world, instance);
}

/* What a join left running is waited for: the last of it brings us here again. */
static void end_list(struct world *world, struct instance *instance, uint32_t scope)
{
    const struct task *task = scope ? instance_find_task(instance, scope) : NULL;

    if (!flow_is_empty(instance, scope)) {
        return;
    }
    if (task == NULL) {
        complete(world, instance);
    } else if (task->kind == TASK_ITERATION) {
        loop_end_iteration(world, instance, scope);
    } else {
        flow_finish(world, instance, scope, scope_data(instance, scope));
    }
}

/* --- giving up ----------------------------------------------------------------------------- */

void flow_cancel_children(struct world *world, struct instance *instance, uint32_t scope)
{
    for (uint32_t n = 0; n < instance->task_count; n++) {
        const struct task *t = &instance->tasks[n];
        bool below = scope == 0 || t->parent == scope || task_is_below(instance, t, scope);
        struct instance *child = below && t->kind == TASK_RUN && t->scope != NULL
                                     ? world->get(world, t->scope->child)
                                     : NULL;
        if (child != NULL && is_alive(child)) {
            flow_cancel(world, child, bytes_of("the instance that waits for it gave it up"));
        }
    }
}

void flow_cancel_below(struct world *world, struct instance *instance, uint32_t scope,
                       const char *why)
{
    flow_cancel_children(world, instance, scope);
    for (uint32_t n = instance->task_count; n-- > 0;) {
        const struct task *t = n < instance->task_count ? &instance->tasks[n] : NULL;
        if (t != NULL && t->parent == scope && t->kind != TASK_NOTICE && t->state != TASK_CLOSED) {
            world_record(world, instance,
                         (struct record){
                             .kind = RECORD_TASK_CANCELLED, .task = t->seq, .text = bytes_of(why)});
        }
    }
}
