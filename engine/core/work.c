/* work.c - what happens to attempts: done, failed, timed, retried, skipped
 *
 * Owns:    the fence: only the open attempt of a task can change anything (docs/states.md §2).
 * In:      results of workers, due timers, and operators' commands, from the turn.
 * Out:     records only.
 * Always:  a task that may not be tried again becomes an incident, never silently lost.
 */
#include "base/limits.h"
#include "base/must.h"
#include "engine/core/decide.h"
#include "engine/core/flow.h"
#include "engine/core/people.h"
#include "engine/core/retry.h"

static struct task *find_open(struct world *world, uint64_t id, uint32_t seq, uint32_t attempt,
                              struct instance **ret_instance)
{
    struct instance *instance = world->get(world, id);
    struct task *task = instance != NULL ? instance_find_task(instance, seq) : NULL;

    if (task == NULL || task->state != TASK_READY || task->attempt != attempt) {
        return NULL;
    }
    *ret_instance = instance;
    return task;
}

bool decide_is_open(struct world *world, uint64_t id, uint32_t seq, uint32_t attempt)
{
    struct instance *instance;

    return find_open(world, id, seq, attempt, &instance) != NULL;
}

static bool refuse_stale(uint64_t id, uint32_t seq, uint32_t attempt, struct error *err)
{
    return error_set(err, ERROR_STALE, "attempt %u of task %llu.%u is not open", attempt,
                     (unsigned long long)id, seq);
}

bool decide_done(struct world *world, uint64_t id, uint32_t seq, uint32_t attempt,
                 struct bytes output, struct error *err)
{
    struct instance *instance;
    struct task *task = find_open(world, id, seq, attempt, &instance);

    if (task == NULL) {
        return refuse_stale(id, seq, attempt, err);
    }
    bool flow = task->kind == TASK_CALL;
    uint32_t step = task->step;
    world_record(world, instance,
                 (struct record){.kind = RECORD_TASK_DONE,
                                 .task = seq,
                                 .attempt = attempt,
                                 /* what became of a letter is the mail folder's business */
                                 .data = flow ? output : (struct bytes){NULL, 0}});
    if (flow) {
        flow_after(world, instance, step);
    }
    return true;
}

static void make_ready(struct world *world, struct instance *instance, const struct task *task,
                       bool by_operator)
{
    world_record(world, instance,
                 (struct record){.kind = RECORD_TASK_READY,
                                 .task = task->seq,
                                 .attempt = task->attempt + 1,
                                 .number = by_operator});
}

bool decide_failed(struct world *world, uint64_t id, uint32_t seq, uint32_t attempt,
                   struct bytes problem, bool retry, struct error *err)
{
    struct instance *instance;
    struct task *task = find_open(world, id, seq, attempt, &instance);

    if (task == NULL) {
        return refuse_stale(id, seq, attempt, err);
    }
    const struct retry_policy *policy =
        task->kind == TASK_NOTICE ? &retry_notice : &flow_step(world, instance, task->step)->retry;
    struct record record = {
        .kind = RECORD_TASK_INCIDENT, .task = seq, .attempt = attempt, .data = problem};
    if (retry && retry_allowed(policy, task->tries)) {
        record.kind = RECORD_TASK_FAILED;
        record.at_ms =
            world->now_ms +
            world->clock_rate * retry_delay_ms(policy, task->tries, id * 31 + seq * 7 + attempt);
    }
    world_record(world, instance, record);
    return true;
}

void decide_timer(struct world *world, uint64_t id, uint32_t seq)
{
    struct instance *instance = world->get(world, id);
    struct task *task = instance != NULL ? instance_find_task(instance, seq) : NULL;

    if (task == NULL || task->at_ms == 0 || task->at_ms > world->now_ms ||
        instance->state == INSTANCE_SUSPENDED) {
        return;
    }
    if (task->state == TASK_BACKOFF) {
        make_ready(world, instance, task, false);
    } else if (task->kind == TASK_ASSIGNMENT) {
        people_timer(world, instance, task);
    } else if (task->kind == TASK_WAIT && task->state == TASK_WAITING) {
        uint32_t step = task->step;
        world_record(
            world, instance,
            (struct record){.kind = RECORD_TASK_DONE, .task = seq, .data = instance->data});
        flow_after(world, instance, step);
    }
}

/* --- operators ----------------------------------------------------------------------------- */

static struct task *get_task(struct world *world, uint64_t id, uint32_t seq,
                             struct instance **ret_instance, struct error *err)
{
    struct instance *instance = world->get(world, id);
    struct task *task = instance != NULL ? instance_find_task(instance, seq) : NULL;

    if (task == NULL || task->state == TASK_CLOSED) {
        error_set(err, ERROR_NOT_FOUND, "there is no open task %llu.%u", (unsigned long long)id,
                  seq);
        return NULL;
    }
    *ret_instance = instance;
    return task;
}

/* Its `with` could not be filled, and no operator has given another input. */
static bool lacks_input(struct world *world, const struct instance *instance,
                        const struct task *task)
{
    return task->kind != TASK_NOTICE && task->input.size == 0 &&
           flow_step(world, instance, task->step)->with != NULL;
}

/* The step from its beginning, on the edited input if there is one. */
static void open_anew(struct world *world, struct instance *instance, const struct task *task)
{
    uint32_t step = task->step;

    world_record(world, instance,
                 (struct record){.kind = RECORD_TASK_DONE,
                                 .task = task->seq,
                                 .data = task_input(instance, task)});
    flow_open(world, instance, step);
}

/* Work is dispatched again; a step that did not come to its work is opened anew. */
static void try_again(struct world *world, struct instance *instance, struct task *task)
{
    bool works =
        task->kind == TASK_CALL || task->kind == TASK_NOTICE || task->kind == TASK_ASSIGNMENT;

    if (!works || lacks_input(world, instance, task)) {
        open_anew(world, instance, task);
    } else if (task->kind == TASK_ASSIGNMENT) {
        people_open(world, instance, task);
    } else {
        make_ready(world, instance, task, true);
    }
}

bool decide_retry(struct world *world, uint64_t id, uint32_t seq, struct bytes input,
                  struct error *err)
{
    struct instance *instance;
    struct task *task = get_task(world, id, seq, &instance, err);

    if (task == NULL) {
        return false;
    }
    if (task->state != TASK_INCIDENT && task->state != TASK_BACKOFF) {
        return error_set(err, ERROR_CONFLICT, "task %llu.%u is %s: only an incident is retried",
                         (unsigned long long)id, seq, task_state_name(task->state));
    }
    if (input.size > 0) {
        world_record(world, instance,
                     (struct record){.kind = RECORD_TASK_INPUT, .task = seq, .data = input});
    }
    try_again(world, instance, task);
    return true;
}

bool decide_skip(struct world *world, uint64_t id, uint32_t seq, struct bytes reason,
                 struct bytes output, struct error *err)
{
    struct instance *instance;
    struct task *task = get_task(world, id, seq, &instance, err);

    if (task == NULL) {
        return false;
    }
    if (reason.size == 0) {
        return error_set(err, ERROR_INVALID, "skipping a task needs a reason");
    }
    if (task->assignment != NULL) {
        return error_set(err, ERROR_CONFLICT,
                         "task %llu.%u is an assignment: its controller withdraws it",
                         (unsigned long long)id, seq);
    }
    bool flow = task->kind != TASK_NOTICE;
    uint32_t step = task->step;
    world_record(world, instance,
                 (struct record){.kind = RECORD_TASK_SKIPPED,
                                 .task = seq,
                                 .text = reason,
                                 .data = output.size ? output : bytes_of("{}")});
    if (flow) {
        flow_after(world, instance, step);
    }
    return true;
}

/* --- events -------------------------------------------------------------------------------- */

void decide_event(struct world *world, struct bytes id, struct bytes event,
                  const struct match *matches, size_t match_count)
{
    world_record(world, NULL, (struct record){.kind = RECORD_EVENT, .text = id, .data = event});
    for (size_t i = 0; i < match_count; i++) {
        struct instance *instance = world->get(world, matches[i].instance);
        struct task *task = instance ? instance_find_task(instance, matches[i].task) : NULL;
        if (task == NULL || task->kind != TASK_LISTEN || task->state != TASK_WAITING ||
            instance->state != INSTANCE_RUNNING) {
            continue;
        }
        uint32_t step = task->step;
        world_record(world, instance,
                     (struct record){.kind = RECORD_TASK_DONE, .task = task->seq, .data = event});
        flow_after(world, instance, step);
    }
}
