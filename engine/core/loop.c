/* loop.c - steps that run others many times or side by side: for, listen with foreach, fork
 *
 * Owns:    iterations (how many, in which order, how many at a time) and joins (how many must end,
 *          what becomes of the rest).
 * In:      open.c, flow.c, listen.c: something was opened, ended or arrived.
 * Out:     records only.
 * Always:  a join is decided once; after it, what still runs can't change its output.
 * See:     docs/language.md §3; Workflow Patterns 9, 13-15, 28-36
 */
#include "engine/core/flow.h"

#include "base/limits.h"
#include "base/must.h"

#include <stdlib.h>

/* --- outputs ------------------------------------------------------------------------------- */

static int by_index(const void *a, const void *b)
{
    const struct entry *x = a;
    const struct entry *y = b;

    return (x->index > y->index) - (x->index < y->index);
}

/* The outputs there are, in the order of branches or items, as a JSON list. */
static struct bytes outputs(struct world *world, const struct scope *scope)
{
    struct buffer text = BUFFER_INIT;
    struct entry *sorted = arena_alloc(world->arena, scope->result_count * sizeof *scope->results);

    for (uint32_t i = 0; i < scope->result_count; i++) {
        sorted[i] = scope->results[i];
    }
    qsort(sorted, scope->result_count, sizeof *sorted, by_index);
    buffer_text(&text, "[");
    for (uint32_t i = 0; i < scope->result_count; i++) {
        buffer_text(&text, i > 0 ? "," : "");
        buffer_append(&text, sorted[i].value.data, sorted[i].value.size);
    }
    buffer_text(&text, "]");
    struct bytes copy = arena_copy(world->arena, buffer_bytes(&text));
    buffer_fini(&text);
    return copy;
}

static struct bytes join_output(struct world *world, const struct task *task,
                                const struct step *step)
{
    return step->compete ? task->scope->results[0].value : outputs(world, task->scope);
}

/* --- joins --------------------------------------------------------------------------------- */

static uint32_t branch_count(const struct workflow *w, const struct step *fork)
{
    uint32_t count = 0;

    for (uint32_t at = fork->child; at != STEP_NONE; at = w->steps[at].next) {
        count++;
    }
    return count;
}

/* How many must end. all: what there is in all. */
static bool needed_count(struct site *site, uint32_t all, uint32_t *ret_needed, struct error *err)
{
    const struct step *step = site->step;

    *ret_needed = step->compete ? 1 : all;
    if (step->join.count == EXPRESSION_NONE) {
        return true;
    }
    json_t *value = value_of(site, step->join.count, err);
    if (value == NULL) {
        return false;
    }
    double count = json_number_value(value);
    bool good = json_is_number(value) && count >= 1;
    json_decref(value);
    *ret_needed = good && count < all ? (uint32_t)count : all;
    return good || error_set(err, ERROR_INVALID, "join.count must give a number from 1 on");
}

/* Enough have ended: the flow goes on, with or without the rest. */
static void join(struct world *world, struct instance *instance, const struct task *task,
                 const struct step *step)
{
    uint32_t seq = task->seq;
    struct bytes output = join_output(world, task, step);
    bool cancel = step->compete || step->join.cancel_rest;

    if (cancel) {
        flow_cancel_below(world, instance, seq, "joined");
    }
    if (cancel || flow_is_idle(world, instance, seq)) {
        flow_finish(world, instance, seq, output);
    } else {
        flow_leave(world, instance, seq, output);
    }
}

bool loop_was_left(const struct task *task)
{
    uint8_t left = task->kind == TASK_LISTEN ? 2 : 1;

    return (task->kind == TASK_FORK || task->kind == TASK_MANY || task->kind == TASK_LISTEN) &&
           task->scope != NULL && task->scope->stage == left;
}

/* The rest of a join that was done before: the last one takes the task away. */
static void end_rest(struct world *world, struct instance *instance, const struct task *task)
{
    uint32_t scope = task->parent;

    if (flow_is_idle(world, instance, task->seq)) {
        world_record(world, instance,
                     (struct record){.kind = RECORD_TASK_CANCELLED,
                                     .task = task->seq,
                                     .text = bytes_of("the rest has ended")});
        if (flow_is_idle(world, instance, scope)) {
            flow_push(world, instance, scope, STEP_NONE);
        }
    }
}

/* --- iterations ---------------------------------------------------------------------------- */

static void open_iteration(struct world *world, struct instance *instance, const struct task *loop,
                           struct bytes item)
{
    const struct step *step = flow_step(world, instance, loop->step);
    uint32_t seq = instance->next_task;

    world_record(world, instance,
                 (struct record){.kind = RECORD_TASK_OPENED,
                                 .task = seq,
                                 .number = loop->step,
                                 .other = TASK_ITERATION,
                                 .parent = loop->seq,
                                 .index = loop->scope->next_index,
                                 .data = item});
    flow_push(world, instance, seq, step->child);
}

static uint32_t open_count(const struct instance *instance, uint32_t loop)
{
    uint32_t count = 0;

    for (uint32_t n = 0; n < instance->task_count; n++) {
        count += instance->tasks[n].parent == loop;
    }
    return count;
}

/* Does `while` let the next iteration begin? Its variables are those of the iteration, which is not
 * there yet: it is asked with the item bound by hand. */
static bool may_go_on(struct site *site, struct bytes item, uint32_t index, bool *ret_go,
                      struct error *err)
{
    struct site bound = *site;

    if (site->step->while_ == EXPRESSION_NONE) {
        *ret_go = true;
        return true;
    }
    bound.item = item;
    bound.item_index = index;
    bound.raw = scope_data(site->instance, site->scope);
    bound.input = NULL;
    bool good = value_is_true(&bound, site->step->while_, ret_go, err);
    site_fini(&bound);
    return good;
}

/* The list that a loop goes through. Borrowed until another loop goes on. */
static const json_t *items_of(struct world *world, const struct task *loop)
{
    struct agenda *a = &world->agenda;

    if (a->items == NULL || !bytes_equal(a->list, loop->input)) {
        json_decref(a->items);
        a->items = value_parse(loop->input);
        a->list = loop->input;
    }
    return a->items;
}

/* Opens the next iteration of a for. *ret_more: one was opened. */
static bool next_item(struct site *site, uint32_t loop, const json_t *items, bool *ret_more,
                      struct error *err)
{
    struct instance *instance = (struct instance *)site->instance;
    const struct task *task = instance_find_task(instance, loop);
    uint32_t index = task->scope->next_index;
    json_t *item = json_array_get(items, index);

    *ret_more = false;
    if (item == NULL) {
        return true;
    }
    struct bytes text = value_text(site->world, json_incref(item));
    if (!may_go_on(site, text, index, ret_more, err)) {
        return false;
    }
    if (*ret_more) {
        open_iteration(site->world, instance, task, text);
    }
    return true;
}

/* One after another. */
static void go_on_for(struct site *site, uint32_t loop)
{
    struct instance *instance = (struct instance *)site->instance;
    const struct task *task = instance_find_task(instance, loop);
    const json_t *items = items_of(site->world, task);
    struct error err = ERROR_INIT;
    bool more = false;
    struct site inner = *site;

    inner.scope = loop; /* `while` sees what the last iteration gave */
    inner.input = NULL;
    if (!next_item(&inner, loop, items, &more, &err)) {
        fault_expression(site, loop, &err);
    } else if (!more) {
        flow_finish(site->world, instance, loop, scope_data(instance, loop));
    }
}

/* Side by side, as many at a time as it says. */
static void go_on_many(struct site *site, uint32_t loop)
{
    struct instance *instance = (struct instance *)site->instance;
    const struct task *task = instance_find_task(instance, loop);
    const json_t *items = items_of(site->world, task);
    struct error err = ERROR_INIT;
    uint32_t needed;
    bool good = needed_count(site, (uint32_t)json_array_size(items), &needed, &err);
    bool more = good && task->scope->result_count < needed;

    while (good && more && open_count(instance, loop) < site->step->join.parallel_max) {
        good = next_item(site, loop, items, &more, &err);
    }
    task = instance_find_task(instance, loop);
    if (!good) {
        fault_expression(site, loop, &err);
    } else if (task->scope->result_count >= needed || flow_is_empty(instance, loop)) {
        join(site->world, instance, task, site->step);
    }
}

static void go_on_fork(struct site *site, uint32_t fork)
{
    struct instance *instance = (struct instance *)site->instance;
    const struct task *task = instance_find_task(instance, fork);
    struct error err = ERROR_INIT;
    uint32_t needed;

    if (!needed_count(site, branch_count(site->workflow, site->step), &needed, &err)) {
        fault_expression(site, fork, &err);
    } else if (task->scope->result_count >= needed) {
        join(site->world, instance, task, site->step);
    } else if (site->step->compete && flow_is_idle(site->world, instance, fork)) {
        flow_finish(site->world, instance, fork, task_given(instance, task)); /* all were skipped */
    }
}

/* A listen with foreach: an iteration for each event it took, then its output is theirs. With
 * `join` so many iterations are enough; then it takes no more events. */
static void go_on_events(struct site *site, uint32_t listen)
{
    struct instance *instance = (struct instance *)site->instance;
    const struct task *task = instance_find_task(instance, listen);
    struct error err = ERROR_INIT;
    uint32_t needed;

    if (!needed_count(site, UINT32_MAX, &needed, &err)) {
        fault_expression(site, listen, &err);
        return;
    }
    if (task->scope->result_count >= needed) {
        join(site->world, instance, task, site->step);
        return;
    }
    while (task->scope->next_index < task->scope->event_count &&
           open_count(instance, listen) < site->step->join.parallel_max) {
        open_iteration(site->world, instance, task,
                       task->scope->events[task->scope->next_index].value);
        task = instance_find_task(instance, listen);
    }
    if (task->scope->stage == 1 && flow_is_empty(instance, listen)) {
        flow_finish(site->world, instance, listen, outputs(site->world, task->scope));
    }
}

void loop_go_on(struct world *world, struct instance *instance, uint32_t seq)
{
    const struct task *task = instance_find_task(instance, seq);
    struct site site;

    if (task == NULL || task->state != TASK_WAITING) {
        return;
    }
    if (loop_was_left(task)) {
        end_rest(world, instance, task);
        return;
    }
    site_of_task(&site, world, instance, task);
    if (site.step->while_ != EXPRESSION_NONE || site.step->join.count != EXPRESSION_NONE) {
        site.given = value_input(&site); /* $input, whatever `.` is */
    }
    if (task->kind == TASK_FOR) {
        go_on_for(&site, seq);
    } else if (task->kind == TASK_MANY) {
        go_on_many(&site, seq);
    } else if (task->kind == TASK_FORK) {
        go_on_fork(&site, seq);
    } else {
        must(task->kind == TASK_LISTEN);
        go_on_events(&site, seq);
    }
    site_fini(&site);
}

/* `foreach.output.as` and `foreach.export.as`. */
static bool each_output(struct site *site, struct bytes data, struct bytes *ret_text,
                        struct error *err)
{
    struct step each = {.output_as = site->step->each_output, .export_as = site->step->each_export};
    struct site inner = *site;

    inner.step = &each;
    inner.input = NULL;
    bool good = flow_give_output(&inner, value_parse(data), ret_text, err);
    site_fini(&inner);
    return good;
}

void loop_end_iteration(struct world *world, struct instance *instance, uint32_t seq)
{
    const struct task *task = instance_find_task(instance, seq);
    const struct task *loop = instance_find_task(instance, task->parent);
    uint32_t loop_seq = loop->seq;
    struct bytes output = scope_data(instance, seq);
    struct error err = ERROR_INIT;
    struct site site;

    site_of_task(&site, world, instance, loop);
    site.scope = seq;
    bool each = loop->kind == TASK_LISTEN && (site.step->each_output || site.step->each_export);
    bool good = !each || each_output(&site, output, &output, &err);
    if (good) {
        world_record(world, instance,
                     (struct record){.kind = RECORD_TASK_DONE, .task = seq, .data = output});
        loop_go_on(world, instance, loop_seq);
    } else {
        site.scope = loop->parent;
        fault_expression(&site, loop_seq, &err);
    }
    site_fini(&site);
}
