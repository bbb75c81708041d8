/* apply.c - the one place where an instance changes
 *
 * Owns:    the moves of instance and task states (docs/states.md); apply_people.c those of
 *          assignments.
 * In:      records, live from decide and again from the journal in `verify`.
 * Always:  no clock, no catalog, no choice: what a record does depends on the record and the state.
 */
#include "engine/core/apply.h"

#include "base/must.h"

#include <string.h>

/* Closed assignments that an instance remembers for the lists; older ones are in the journal. */
#define CLOSED_KEPT 32

static struct bytes keep(struct instance *i, struct bytes b)
{
    return arena_copy(i->arena, b);
}

struct task *apply_task_of(struct instance *i, const struct record *r)
{
    struct task *task = instance_find_task(i, r->task);

    must(task != NULL);
    return task;
}

void apply_move(struct task *task, enum task_state state, const struct record *r)
{
    task->state = state;
    task->since_ms = r->time_ms;
}

static struct task *add_task(struct instance *i)
{
    if (i->task_count == i->task_room) {
        uint32_t room = i->task_room ? i->task_room * 2 : 2;
        struct task *tasks = arena_alloc(i->arena, room * sizeof *tasks);
        if (i->task_count > 0) {
            memcpy(tasks, i->tasks, i->task_count * sizeof *tasks);
        }
        i->tasks = tasks;
        i->task_room = room;
    }
    struct task *task = &i->tasks[i->task_count++];
    *task = (struct task){0};
    return task;
}

void apply_remove_task(struct instance *i, struct task *task)
{
    size_t at = (size_t)(task - i->tasks);

    memmove(task, task + 1, (i->task_count - at - 1) * sizeof *task);
    i->task_count--;
}

/* It stays for the lists, and runs in nothing any more. */
void apply_close_assignment(struct task *task, const struct record *r)
{
    apply_move(task, TASK_CLOSED, r);
    task->parent = 0;
    task->at_ms = 0; /* a timer that fires in this very turn finds nothing to do */
    task->limit_ms = 0;
    task->assignment->child = 0; /* it is closed with this one */
    task->assignment->extension = (struct extension){.proposed = CIVIL_DAY_NONE};
    task->assignment->pause = (struct pause){.since = CIVIL_DAY_NONE};
}

void apply_forget_oldest_closed(struct instance *i)
{
    struct task *oldest = NULL;
    unsigned closed = 0;

    for (uint32_t n = i->task_count; n-- > 0;) {
        if (i->tasks[n].state == TASK_CLOSED) {
            oldest = &i->tasks[n];
            closed++;
        }
    }
    if (closed > CLOSED_KEPT) {
        apply_remove_task(i, oldest);
    }
}

/* --- instances ----------------------------------------------------------------------------- */

static void apply_started(struct instance *i, const struct record *r)
{
    must(i->state == 0);
    i->state = INSTANCE_RUNNING;
    i->definition = (uint32_t)r->number;
    i->parent = r->other;
    i->priority = (uint8_t)r->attempt;
    i->key = keep(i, r->text);
    i->data = keep(i, r->data);
    i->created_ms = r->time_ms;
    i->parent_task = r->parent;
    if (r->index != 0) {
        i->input = i->data;
    }
}

/* What is left when an instance ends: letters still to deliver, and closed assignments. */
static void drop_flow(struct instance *i, const struct record *r)
{
    for (uint32_t n = i->task_count; n-- > 0;) {
        struct task *task = &i->tasks[n];
        if (task->state == TASK_CLOSED) {
            continue;
        }
        if (task->kind == TASK_ASSIGNMENT && task->assignment != NULL) {
            apply_close_assignment(task, r);
            task->assignment->state = ASSIGNMENT_WITHDRAWN;
        } else if (task->kind != TASK_NOTICE) {
            apply_remove_task(i, task);
        }
    }
}

static void apply_migrated(struct instance *i, const struct record *r)
{
    struct cursor c = cursor_of(r->data);

    i->definition = (uint32_t)r->number;
    while (!cursor_done(&c)) {
        struct task *task = instance_find_task(i, (uint32_t)unpack_uint(&c));
        must(task != NULL && !c.bad);
        task->step = (uint32_t)unpack_uint(&c);
    }
}

static void apply_state(struct instance *i, const struct record *r)
{
    switch (r->kind) {
    case RECORD_COMPLETED:
        i->state = INSTANCE_COMPLETED;
        i->data = r->data.size > 0 ? keep(i, r->data) : i->data;
        break;
    case RECORD_CANCELLED:
        i->state = INSTANCE_CANCELLED;
        drop_flow(i, r);
        break;
    case RECORD_FAULTED:
        i->state = INSTANCE_FAULTED;
        i->problem = keep(i, r->data);
        drop_flow(i, r);
        break;
    case RECORD_SUSPENDED:
        i->state = INSTANCE_SUSPENDED;
        break;
    case RECORD_RESUMED:
        i->state = INSTANCE_RUNNING;
        break;
    default:
        must(!"a record of the state of an instance");
    }
}

static void apply_instance(struct instance *i, const struct record *r)
{
    switch (r->kind) {
    case RECORD_STARTED:
        apply_started(i, r);
        break;
    case RECORD_CHILD_STARTED:
        i->children_open++;
        break;
    case RECORD_CHILD_CLOSED:
        must(i->children_open > 0);
        i->children_open--;
        break;
    case RECORD_DATA_SET:
        i->data = keep(i, r->data);
        break;
    case RECORD_CONTEXT_SET:
        i->context = keep(i, r->data);
        break;
    case RECORD_STEP_PASSED:
        if (r->data.size > 0) {
            apply_give(i, r->task, r->index, r->data);
        }
        break;
    case RECORD_MIGRATED:
        apply_migrated(i, r);
        break;
    default:
        must(!"a record of an instance");
    }
}

/* --- tasks --------------------------------------------------------------------------------- */

static void make_ready(struct task *task, const struct record *r, uint32_t attempt)
{
    apply_move(task, TASK_READY, r);
    task->attempt = attempt;
    task->tries++;
    task->at_ms = 0;
    task->ready_seq = r->seq;
    task->problem = (struct bytes){NULL, 0};
}

static void apply_opened(struct instance *i, const struct record *r)
{
    struct task *task = add_task(i);

    must(r->task >= i->next_task);
    i->next_task = r->task + 1;
    task->seq = r->task;
    task->step = (uint32_t)r->number;
    task->kind = (enum task_kind)r->other;
    task->input = keep(i, r->data);
    task->text = keep(i, r->text);
    task->parent = r->parent;
    task->index = r->index;
    task->limit_ms = r->limit_ms;
    task->given = keep(i, r->extra);
    if (task->kind == TASK_ITERATION) {
        struct task *loop = instance_find_task(i, r->parent);
        must(loop != NULL);
        apply_scope_of(i, loop, r)->next_index = r->index + 1;
    }
    if (task_kind_is_scope(task->kind)) {
        apply_scope_of(i, task, r);
    }
    if (task->kind == TASK_CALL || task->kind == TASK_NOTICE) {
        make_ready(task, r, 1);
    } else {
        apply_move(task, TASK_WAITING, r);
        task->at_ms = r->at_ms;
    }
}

/* The output of a step is the data of the next; an assignment stays for the lists. */
static void close_task(struct instance *i, struct task *task, const struct record *r)
{
    if (task->kind != TASK_NOTICE && task->kind != TASK_LETTER) {
        apply_give(i, task->parent, task->index, r->data);
    }
    if (task->kind == TASK_ASSIGNMENT && task->assignment != NULL) {
        apply_close_assignment(task, r);
        apply_forget_oldest_closed(i);
    } else {
        apply_remove_task(i, task);
    }
}

static void apply_task(struct instance *i, const struct record *r)
{
    struct task *task = r->kind == RECORD_TASK_OPENED ? NULL : apply_task_of(i, r);

    switch (r->kind) {
    case RECORD_TASK_OPENED:
        apply_opened(i, r);
        break;
    case RECORD_TASK_DONE:
    case RECORD_TASK_SKIPPED:
        close_task(i, task, r);
        break;
    case RECORD_TASK_FAILED:
        apply_move(task, TASK_BACKOFF, r);
        task->at_ms = r->at_ms;
        task->problem = keep(i, r->data);
        if (task->scope != NULL) {
            task->scope->attempt_limit_ms = 0; /* the pause is no part of the attempt */
        }
        break;
    case RECORD_TASK_READY:
        task->tries = r->number ? 0 : task->tries;
        make_ready(task, r, r->attempt);
        break;
    case RECORD_TASK_INCIDENT:
        apply_move(task, TASK_INCIDENT, r);
        task->at_ms = 0;
        task->limit_ms = 0; /* an operator takes the time it takes */
        task->problem = keep(i, r->data);
        break;
    case RECORD_TASK_INPUT:
        task->input = keep(i, r->data);
        break;
    default:
        must(!"a record of a task");
    }
}

typedef void apply_fn(struct instance *instance, const struct record *record);

/* Who applies which kind of record. Records of nobody change no instance. */
static apply_fn *const appliers[RECORD_KIND_COUNT] = {
    [RECORD_STARTED] = apply_instance,
    [RECORD_COMPLETED] = apply_state,
    [RECORD_CANCELLED] = apply_state,
    [RECORD_SUSPENDED] = apply_state,
    [RECORD_RESUMED] = apply_state,
    [RECORD_CHILD_STARTED] = apply_instance,
    [RECORD_CHILD_CLOSED] = apply_instance,
    [RECORD_DATA_SET] = apply_instance,
    [RECORD_TASK_OPENED] = apply_task,
    [RECORD_TASK_DONE] = apply_task,
    [RECORD_TASK_FAILED] = apply_task,
    [RECORD_TASK_READY] = apply_task,
    [RECORD_TASK_INCIDENT] = apply_task,
    [RECORD_TASK_SKIPPED] = apply_task,
    [RECORD_TASK_INPUT] = apply_task,
    [RECORD_ASSIGNMENT_SET] = apply_assignment,
    [RECORD_ASSIGNMENT_STEP] = apply_assignment,
    [RECORD_ASSIGNMENT_REPORTED] = apply_assignment,
    [RECORD_ASSIGNMENT_ACCEPTED] = apply_assignment,
    [RECORD_ASSIGNMENT_RETURNED] = apply_assignment,
    [RECORD_ASSIGNMENT_WITHDRAWN] = apply_assignment,
    [RECORD_FAULTED] = apply_state,
    [RECORD_CONTEXT_SET] = apply_instance,
    [RECORD_STEP_PASSED] = apply_instance,
    [RECORD_MIGRATED] = apply_instance,
    [RECORD_TASK_FAULTED] = apply_scope,
    [RECORD_TASK_CANCELLED] = apply_scope,
    [RECORD_TASK_CAUGHT] = apply_scope,
    [RECORD_TASK_AGAIN] = apply_scope,
    [RECORD_TASK_EVENT] = apply_scope,
    [RECORD_TASK_JOINED] = apply_scope,
    [RECORD_TASK_CHILD] = apply_scope,
    [RECORD_ASSIGNMENT_GIVEN] = apply_assignment,
    [RECORD_ASSIGNMENT_PART] = apply_assignment,
    [RECORD_ASSIGNMENT_ASKED] = apply_assignment,
    [RECORD_ASSIGNMENT_REFUSED] = apply_assignment,
    [RECORD_ASSIGNMENT_TERM] = apply_assignment,
    [RECORD_ASSIGNMENT_LADDER] = apply_assignment,
    [RECORD_ASSIGNMENT_PAUSED] = apply_assignment,
    [RECORD_ASSIGNMENT_RESUMED] = apply_assignment,
    [RECORD_ASSIGNMENT_REASSIGNED] = apply_assignment,
    [RECORD_ASSIGNMENT_DELEGATED] = apply_assignment,
    [RECORD_ASSIGNMENT_TAKEN_BACK] = apply_assignment,
    [RECORD_ASSIGNMENT_HANDED] = apply_assignment,
    [RECORD_ASSIGNMENT_NOTICED] = apply_assignment,
    [RECORD_LETTER_ENTRY] = apply_scope,
    [RECORD_ASSIGNMENT_COMMENTED] = apply_assignment,
};

void instance_apply(struct instance *instance, const struct record *record)
{
    must(record->instance == instance->id);
    must(appliers[record->kind] != NULL);
    appliers[record->kind](instance, record);
    instance->changed_ms = record->time_ms;
    instance->journal = record->entry;
}
