/* status.c - which status phase a state is
 *
 * Owns:    the mapping of states to the seven phases of the DSL (docs/states.md §7).
 * Always:  a function of the instance alone: the same for rows, answers and events.
 */
#include "engine/core/status.h"

static bool is_of_flow(const struct task *task)
{
    return task->kind != TASK_NOTICE && task->state != TASK_CLOSED;
}

static enum status status_of_assignment(const struct assignment *a)
{
    switch (a->state) {
    case ASSIGNMENT_PLANNED:
        return STATUS_PENDING; /* its window has not begun */
    case ASSIGNMENT_PAUSED:
        return STATUS_SUSPENDED;
    case ASSIGNMENT_ACCEPTED:
    case ASSIGNMENT_ACCEPTED_IN_PART:
        return STATUS_COMPLETED;
    case ASSIGNMENT_WITHDRAWN:
        return STATUS_CANCELLED;
    default:
        return STATUS_RUNNING;
    }
}

/* The task of a running instance. */
static enum status status_when_running(const struct task *task)
{
    if (task->state == TASK_INCIDENT) {
        return STATUS_FAULTED;
    }
    if (task->state == TASK_BACKOFF) {
        return STATUS_WAITING;
    }
    if (task->assignment != NULL) {
        return status_of_assignment(task->assignment);
    }
    switch (task->kind) {
    case TASK_WAIT:
    case TASK_LISTEN:
    case TASK_SCHEDULE:
    case TASK_LETTER:
        return STATUS_WAITING;
    default:
        return STATUS_RUNNING;
    }
}

enum status status_of_task(const struct instance *instance, const struct task *task)
{
    bool stands = instance->state == INSTANCE_SUSPENDED && is_of_flow(task);

    return stands && task->state != TASK_INCIDENT ? STATUS_SUSPENDED : status_when_running(task);
}

/* Scopes only hold what runs in them, so they are not asked. */
static enum status status_of_flow(const struct instance *instance)
{
    bool any = false;

    for (uint32_t n = 0; n < instance->task_count; n++) {
        const struct task *task = &instance->tasks[n];
        bool holds = task_kind_is_scope(task->kind) && task->state == TASK_WAITING;
        if (!is_of_flow(task) || holds) {
            continue;
        }
        if (status_when_running(task) != STATUS_WAITING) {
            return STATUS_RUNNING;
        }
        any = true;
    }
    return any && instance->children_open == 0 ? STATUS_WAITING : STATUS_RUNNING;
}

enum status status_of_instance(const struct instance *instance)
{
    if (instance == NULL) {
        return STATUS_NONE;
    }
    switch (instance->state) {
    case INSTANCE_RUNNING:
        return status_of_flow(instance);
    case INSTANCE_SUSPENDED:
        return STATUS_SUSPENDED;
    case INSTANCE_COMPLETED:
        return STATUS_COMPLETED;
    case INSTANCE_CANCELLED:
        return STATUS_CANCELLED;
    case INSTANCE_FAULTED:
        return STATUS_FAULTED;
    default:
        return STATUS_NONE;
    }
}

const char *status_name(enum status status)
{
    static const char *const names[STATUS_COUNT] = {
        "?", "pending", "running", "waiting", "suspended", "cancelled", "faulted", "completed"};

    return (unsigned)status < STATUS_COUNT ? names[status] : "?";
}
