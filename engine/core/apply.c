/* apply.c - the one place where an instance changes
 *
 * Owns:    the moves of instance, task and assignment states (docs/states.md).
 * In:      records, live from decide and again from the journal in `verify`.
 * Always:  no clock, no catalog, no choice: what a record does depends on the record and the state.
 */
#include "engine/core/record.h"

#include "base/must.h"

#include <string.h>

/* Closed assignments that an instance remembers for the lists; older ones are in the journal. */
#define CLOSED_KEPT 32

static struct bytes keep(struct instance *i, struct bytes b)
{
    return arena_copy(i->arena, b);
}

static struct task *the_task(struct instance *i, const struct record *r)
{
    struct task *task = instance_find_task(i, r->task);

    must(task != NULL);
    return task;
}

static void move_task(struct task *task, enum task_state state, const struct record *r)
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

static void remove_task(struct instance *i, struct task *task)
{
    size_t at = (size_t)(task - i->tasks);

    memmove(task, task + 1, (i->task_count - at - 1) * sizeof *task);
    i->task_count--;
}

static void forget_oldest_closed(struct instance *i)
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
        remove_task(i, oldest);
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
            move_task(task, TASK_CLOSED, r);
            task->at_ms = 0; /* a timer that fires in this very turn finds nothing to do */
            task->assignment->state = ASSIGNMENT_WITHDRAWN;
        } else if (task->kind != TASK_NOTICE) {
            remove_task(i, task);
        }
    }
}

static void apply_instance(struct instance *i, const struct record *r)
{
    switch (r->kind) {
    case RECORD_STARTED:
        apply_started(i, r);
        break;
    case RECORD_COMPLETED:
        i->state = INSTANCE_COMPLETED;
        break;
    case RECORD_CANCELLED:
        i->state = INSTANCE_CANCELLED;
        drop_flow(i, r);
        break;
    case RECORD_SUSPENDED:
        i->state = INSTANCE_SUSPENDED;
        break;
    case RECORD_RESUMED:
        i->state = INSTANCE_RUNNING;
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
    default:
        must(!"a record of an instance");
    }
}

/* --- tasks --------------------------------------------------------------------------------- */

static void make_ready(struct task *task, const struct record *r, uint32_t attempt)
{
    move_task(task, TASK_READY, r);
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
    if (task->kind == TASK_CALL || task->kind == TASK_NOTICE) {
        make_ready(task, r, 1);
    } else {
        move_task(task, TASK_WAITING, r);
        task->at_ms = r->at_ms;
    }
}

/* The output of a step is the data of the next; an assignment stays for the lists. */
static void close_task(struct instance *i, struct task *task, const struct record *r)
{
    if (task->kind != TASK_NOTICE) {
        i->data = keep(i, r->data);
    }
    if (task->kind == TASK_ASSIGNMENT && task->assignment != NULL) {
        move_task(task, TASK_CLOSED, r);
        forget_oldest_closed(i);
    } else {
        remove_task(i, task);
    }
}

static void apply_task(struct instance *i, const struct record *r)
{
    struct task *task = r->kind == RECORD_TASK_OPENED ? NULL : the_task(i, r);

    switch (r->kind) {
    case RECORD_TASK_OPENED:
        apply_opened(i, r);
        break;
    case RECORD_TASK_DONE:
    case RECORD_TASK_SKIPPED:
        close_task(i, task, r);
        break;
    case RECORD_TASK_FAILED:
        move_task(task, TASK_BACKOFF, r);
        task->at_ms = r->at_ms;
        task->problem = keep(i, r->data);
        break;
    case RECORD_TASK_READY:
        task->tries = r->number ? 0 : task->tries;
        make_ready(task, r, r->attempt);
        break;
    case RECORD_TASK_INCIDENT:
        move_task(task, TASK_INCIDENT, r);
        task->at_ms = 0;
        task->problem = keep(i, r->data);
        break;
    case RECORD_TASK_INPUT:
        task->input = keep(i, r->data);
        break;
    default:
        must(!"a record of a task");
    }
}

/* --- assignments --------------------------------------------------------------------------- */

static void arm(struct task *task)
{
    const struct assignment *a = task->assignment;
    bool runs = a->next_step < a->step_count &&
                (a->state == ASSIGNMENT_PLANNED || a->state == ASSIGNMENT_OPEN);

    task->at_ms = runs ? a->steps[a->next_step].at_ms : 0;
}

static void apply_set(struct instance *i, struct task *task, const struct record *r)
{
    struct cursor c = cursor_of(r->data);

    task->assignment = assignment_decode(i->arena, &c);
    must(task->assignment != NULL);
    move_task(task, TASK_WAITING, r);
    task->problem = (struct bytes){NULL, 0};
}

static void apply_step(struct assignment *a, const struct record *r)
{
    must((uint32_t)r->number == a->next_step);
    a->next_step++;
    if (r->other != 0) {
        a->phase = (enum phase)r->other;
    }
    if (a->state == ASSIGNMENT_PLANNED && a->phase > PHASE_PLANNED) {
        a->state = ASSIGNMENT_OPEN;
    }
}

static void apply_assignment(struct instance *i, const struct record *r)
{
    struct task *task = the_task(i, r);
    struct assignment *a = task->assignment;

    must(a != NULL || r->kind == RECORD_ASSIGNMENT_SET);
    switch (r->kind) {
    case RECORD_ASSIGNMENT_SET:
        apply_set(i, task, r);
        break;
    case RECORD_ASSIGNMENT_STEP:
        apply_step(a, r);
        break;
    case RECORD_ASSIGNMENT_REPORTED:
        a->state = ASSIGNMENT_REPORTED;
        a->reported = (civil_day)r->number;
        a->reporter = keep(i, r->text);
        a->report = keep(i, r->data);
        break;
    case RECORD_ASSIGNMENT_ACCEPTED:
        a->state = ASSIGNMENT_ACCEPTED;
        break;
    case RECORD_ASSIGNMENT_RETURNED:
        a->state = ASSIGNMENT_OPEN;
        a->returns++;
        break;
    case RECORD_ASSIGNMENT_WITHDRAWN:
        a->state = ASSIGNMENT_WITHDRAWN;
        break;
    default:
        must(!"a record of an assignment");
    }
    arm(task);
}

void instance_apply(struct instance *instance, const struct record *record)
{
    must(record->instance == instance->id);
    if (record->kind <= RECORD_DATA_SET) {
        apply_instance(instance, record);
    } else if (record->kind <= RECORD_TASK_INPUT) {
        apply_task(instance, record);
    } else {
        apply_assignment(instance, record);
    }
    instance->changed_ms = record->time_ms;
    instance->journal = record->entry;
}
