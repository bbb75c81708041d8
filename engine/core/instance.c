/* instance.c - names of states, and finding one's way in an instance
 *
 * Owns:    which task runs in which, and what a task was given.
 * Always:  only looks; apply.c changes.
 */
#include "engine/core/instance.h"

#include "base/limits.h"
#include "base/must.h"

#include <string.h>

static const char *const instance_states[] = {"?",         "running",   "suspended",
                                              "completed", "cancelled", N_("faulted")};
static const char *const task_kinds[] = {"?",    "call", "assignment", "wait",  "listen", "notice",
                                         "emit", "run",  "schedule",   "do",    "try",    "for",
                                         "many", "fork", "iteration",  "letter"};
static const char *const task_states[] = {"?",       "ready",    N_("backoff"),
                                          "waiting", "incident", "closed"};

#define NAME(table, i) ((unsigned)(i) < sizeof(table) / sizeof(table)[0] ? (table)[i] : "?")

const char *instance_state_name(enum instance_state state)
{
    return NAME(instance_states, state);
}

const char *task_kind_name(enum task_kind kind)
{
    return NAME(task_kinds, kind);
}

const char *task_state_name(enum task_state state)
{
    return NAME(task_states, state);
}

struct instance *instance_create(struct arena *arena, uint64_t id)
{
    struct instance *instance = arena_alloc(arena, sizeof *instance);

    instance->id = id;
    instance->next_task = 1;
    instance->arena = arena;
    return instance;
}

struct task *instance_find_task(const struct instance *instance, uint32_t seq)
{
    for (uint32_t i = 0; i < instance->task_count; i++) {
        if (instance->tasks[i].seq == seq) {
            return &instance->tasks[i];
        }
    }
    return NULL;
}

bool instance_has_ready(const struct instance *instance)
{
    bool any = false;

    for (uint32_t i = 0; i < instance->task_count && !any; i++) {
        any = instance->tasks[i].state == TASK_READY;
    }
    return any;
}

static struct bytes or_empty_map(struct bytes json)
{
    return json.size > 0 ? json : bytes_of("{}");
}

struct bytes task_given(const struct instance *instance, const struct task *task)
{
    return task->given.size > 0 ? task->given : scope_data(instance, task->parent);
}

/* A scope without data of its own passes on what it was given; a definition nests
 * LIMIT_STEP_DEPTH deep at most. */
struct bytes scope_data(const struct instance *instance, uint32_t scope)
{
    while (scope != 0) {
        const struct task *task = instance_find_task(instance, scope);
        must(task != NULL);
        if (task->scope != NULL && task->scope->data.size > 0) {
            return task->scope->data;
        }
        if (task->kind == TASK_DO && task->input.size > 0) {
            return task->input; /* what a function is called with */
        }
        if (task->given.size > 0) {
            return task->given;
        }
        scope = task->parent;
    }
    return or_empty_map(instance->data);
}

struct bytes task_input(const struct instance *instance, const struct task *task)
{
    return task->input.size > 0 ? task->input : task_given(instance, task);
}

bool task_is_below(const struct instance *instance, const struct task *task, uint32_t scope)
{
    while (task != NULL && task->parent != 0) {
        if (task->parent == scope) {
            return true;
        }
        task = instance_find_task(instance, task->parent);
    }
    return false;
}

uint32_t entry_room(uint32_t count)
{
    uint32_t room = count > 0 ? 1 : 0;

    while (room < count) {
        room *= 2;
    }
    return room;
}

bool task_kind_is_scope(enum task_kind kind)
{
    return kind >= TASK_DO && kind <= TASK_ITERATION;
}

static int64_t nearer(int64_t a, int64_t b)
{
    return a == 0 || (b != 0 && b < a) ? b : a;
}

int64_t task_moment_ms(const struct task *task)
{
    int64_t moment = nearer(task->at_ms, task->limit_ms);

    return task->scope != NULL ? nearer(moment, task->scope->attempt_limit_ms) : moment;
}
