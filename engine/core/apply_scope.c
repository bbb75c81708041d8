/* apply_scope.c - how records change the steps that others run in
 *
 * Owns:    where the output of a step goes, what a scope gathers, and what goes with it when it is
 *          given up or begins anew (docs/states.md §6).
 * In:      apply.c.
 * Always:  as apply.c: no clock, no catalog, no choice.
 */
#include "engine/core/apply.h"

#include "base/must.h"

#include <string.h>

struct scope *apply_scope_of(struct instance *i, struct task *task, const struct record *r)
{
    if (task->scope == NULL) {
        task->scope = arena_alloc(i->arena, sizeof *task->scope);
        task->scope->opened_ms = r->time_ms;
    }
    return task->scope;
}

/* An output of a branch or an iteration, an event that was taken. */
static void add_entry(struct instance *i, struct entry **entries, uint32_t *count, uint32_t index,
                      struct bytes value)
{
    if (*count == entry_room(*count)) {
        struct entry *all = arena_alloc(i->arena, entry_room(*count + 1) * sizeof *all);
        if (*count > 0) {
            memcpy(all, *entries, *count * sizeof *all);
        }
        *entries = all;
    }
    (*entries)[(*count)++] = (struct entry){index, arena_copy(i->arena, value)};
}

/* What a step gave goes to the scope it ran in. */
void apply_give(struct instance *i, uint32_t parent, uint32_t index, struct bytes data)
{
    struct task *task = parent != 0 ? instance_find_task(i, parent) : NULL;

    if (parent == 0) {
        i->data = arena_copy(i->arena, data);
        return;
    }
    must(task != NULL && task->scope != NULL);
    if (task->kind == TASK_FORK || task->kind == TASK_MANY || task->kind == TASK_LISTEN) {
        add_entry(i, &task->scope->results, &task->scope->result_count, index, data);
    } else {
        task->scope->data = arena_copy(i->arena, data);
    }
}

/* The task and all that runs in it. Inner tasks stand behind outer ones. */
static void drop_tree(struct instance *i, uint32_t seq, const struct record *r)
{
    for (uint32_t n = i->task_count; n-- > 0;) {
        struct task *task = &i->tasks[n];
        if (task->seq != seq && !task_is_below(i, task, seq)) {
            continue;
        }
        if (task->assignment != NULL) {
            apply_close_assignment(task, r);
            task->assignment->state = ASSIGNMENT_WITHDRAWN;
        } else {
            apply_remove_task(i, task);
        }
    }
    apply_forget_oldest_closed(i);
}

static void begin_again(struct task *task, const struct record *r)
{
    struct scope fresh = {.opened_ms = task->scope ? task->scope->opened_ms : r->time_ms,
                          .attempt_limit_ms = r->limit_ms};

    apply_move(task, TASK_WAITING, r);
    task->at_ms = r->at_ms;
    task->tries++;
    task->problem = (struct bytes){NULL, 0};
    if (task->scope != NULL) {
        *task->scope = fresh;
    }
}

/* News for a letter: at the end of the list, in the place of other news, or only counted. */
static void take_news(struct instance *i, struct scope *scope, const struct record *r)
{
    scope->next_index += (uint32_t)r->other;
    if (r->index < scope->result_count) {
        scope->results[r->index].value = arena_copy(i->arena, r->data);
    } else if (r->data.size > 0) {
        add_entry(i, &scope->results, &scope->result_count, r->index, r->data);
    }
}

static void join(struct instance *i, struct task *task, const struct record *r)
{
    struct scope *scope = apply_scope_of(i, task, r);

    scope->stage = task->kind == TASK_LISTEN && r->data.size > 0 ? 2 : 1;
    if (r->data.size > 0) {
        task->limit_ms = 0; /* the step is over, whatever still runs in it */
        apply_give(i, task->parent, task->index, r->data);
    }
}

void apply_scope(struct instance *i, const struct record *r)
{
    struct task *task = apply_task_of(i, r);
    struct scope *scope;

    switch (r->kind) {
    case RECORD_TASK_FAULTED:
    case RECORD_TASK_CANCELLED:
        drop_tree(i, task->seq, r);
        break;
    case RECORD_TASK_CAUGHT:
        scope = apply_scope_of(i, task, r);
        apply_move(task, TASK_WAITING, r);
        scope->stage = 1;
        scope->attempt_limit_ms = 0;
        scope->keys = arena_copy(i->arena, r->data);
        scope->data = (struct bytes){NULL, 0};
        break;
    case RECORD_TASK_AGAIN:
        begin_again(task, r);
        break;
    case RECORD_TASK_EVENT:
        scope = apply_scope_of(i, task, r);
        add_entry(i, &scope->events, &scope->event_count, r->index, r->data);
        scope->keys = r->extra.size > 0 ? arena_copy(i->arena, r->extra) : scope->keys;
        break;
    case RECORD_TASK_JOINED:
        join(i, task, r);
        break;
    case RECORD_TASK_CHILD:
        apply_scope_of(i, task, r)->child = (uint64_t)r->number;
        break;
    case RECORD_LETTER_ENTRY:
        take_news(i, apply_scope_of(i, task, r), r);
        break;
    default:
        must(!"a record of a scope");
    }
}
