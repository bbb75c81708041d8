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
#include "engine/core/digest.h"
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
    if (task->kind == TASK_NOTICE) {
        /* what became of a letter is the mail folder's business */
        world_record(world, instance,
                     (struct record){.kind = RECORD_TASK_DONE, .task = seq, .attempt = attempt});
        digest_task_ended(world, instance);
    } else {
        flow_finish(world, instance, seq, output);
        flow_run(world);
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
    if (retry && retry_allowed(policy, task->tries)) {
        uint64_t seed = id * 31 + seq * 7 + attempt;
        world_record(
            world, instance,
            (struct record){.kind = RECORD_TASK_FAILED,
                            .task = seq,
                            .attempt = attempt,
                            .at_ms = world->now_ms +
                                     world->clock_rate * retry_delay_ms(policy, task->tries, seed),
                            .data = problem});
    } else if (task->kind == TASK_NOTICE) {
        world_record(
            world, instance,
            (struct record){
                .kind = RECORD_TASK_INCIDENT, .task = seq, .attempt = attempt, .data = problem});
    } else {
        fault_at(world, instance, task->parent, task->step, seq, problem);
        flow_run(world);
    }
    return true;
}

/* --- time ---------------------------------------------------------------------------------- */

static bool is_due(const struct world *world, int64_t at_ms)
{
    return at_ms != 0 && at_ms <= world->now_ms;
}

static void time_is_over(struct world *world, struct instance *instance, const struct task *task)
{
    uint32_t seq = task->seq;
    struct bytes problem = flow_problem(world, "timeout", "Время шага истекло",
                                        "the step took longer than its timeout");

    if (is_due(world, task->limit_ms)) {
        fault_at(world, instance, task->parent, task->step, seq, problem);
    } else { /* of one attempt of a try: the try itself may catch it */
        uint32_t step = task->step;
        flow_cancel_below(world, instance, seq, "timeout");
        fault_at(world, instance, seq, step, 0, problem);
    }
}

/* An event that the instance emitted goes to whoever listens, then the step is done. */
static void emit(struct world *world, struct instance *instance, const struct task *task)
{
    struct bytes event = task->input;
    struct error err = ERROR_INIT;
    uint32_t seq = task->seq;

    bool sent = world->emit(world, event, &err);
    task = instance_find_task(instance, seq); /* the event may have ended the instance */
    if (task != NULL && sent) {
        flow_finish(world, instance, seq, event);
    } else if (task != NULL) {
        fault_at(world, instance, task->parent, task->step, seq,
                 flow_refused(world, "validation", "Событие не отправлено", &err));
    }
}

static void moment_came(struct world *world, struct instance *instance, const struct task *task)
{
    switch (task->kind) {
    case TASK_WAIT:
        flow_finish(world, instance, task->seq, task_given(instance, task));
        break;
    case TASK_EMIT:
        emit(world, instance, task);
        break;
    case TASK_SCHEDULE:
        schedule_fire(world, instance, task->seq, NULL);
        break;
    case TASK_LETTER:
        digest_leave(world, instance, task->seq);
        break;
    default:
        break;
    }
}

void decide_timer(struct world *world, uint64_t id, uint32_t seq)
{
    struct instance *instance = world->get(world, id);
    struct task *task = instance != NULL ? instance_find_task(instance, seq) : NULL;

    if (task == NULL || !is_due(world, task_moment_ms(task)) ||
        instance->state == INSTANCE_SUSPENDED) {
        return;
    }
    bool waits = task->state == TASK_WAITING;
    if (task->state != TASK_BACKOFF && !waits) {
        return;
    }
    if (is_due(world, task->limit_ms) ||
        (task->scope != NULL && is_due(world, task->scope->attempt_limit_ms))) {
        time_is_over(world, instance, task);
    } else if (!waits && task->kind == TASK_TRY) {
        fault_try_again(world, instance, seq);
    } else if (!waits) {
        make_ready(world, instance, task, false);
    } else if (task->kind == TASK_ASSIGNMENT) {
        people_timer(world, instance, task);
    } else {
        moment_came(world, instance, task);
    }
    flow_run(world);
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
           flow_step(world, instance, task->step)->with != EXPRESSION_NONE;
}

/* Work is dispatched again; a step that did not come to its work is opened anew. */
static void try_again(struct world *world, struct instance *instance, struct task *task,
                      struct bytes input)
{
    bool works =
        task->kind == TASK_CALL || task->kind == TASK_NOTICE || task->kind == TASK_ASSIGNMENT;

    if (!works || lacks_input(world, instance, task)) {
        flow_open_anew(world, instance, task->seq, works ? (struct bytes){NULL, 0} : input);
    } else if (task->kind == TASK_ASSIGNMENT) {
        people_open(world, instance, task);
    } else {
        make_ready(world, instance, task, true);
    }
}

static struct task *get_to_retry(struct world *world, uint64_t id, uint32_t seq,
                                 struct instance **ret_instance, struct error *err)
{
    struct task *task = get_task(world, id, seq, ret_instance, err);

    if (task != NULL && task->state != TASK_INCIDENT && task->state != TASK_BACKOFF) {
        error_set(err, ERROR_CONFLICT, "task %llu.%u is %s: only an incident is retried",
                  (unsigned long long)id, seq, task_state_name(task->state));
        return NULL;
    }
    return task;
}

bool decide_retry_check(struct world *world, uint64_t id, uint32_t seq, struct error *err)
{
    struct instance *instance;

    return get_to_retry(world, id, seq, &instance, err) != NULL;
}

bool decide_retry(struct world *world, uint64_t id, uint32_t seq, struct bytes input,
                  struct error *err)
{
    struct instance *instance;
    struct task *task = get_to_retry(world, id, seq, &instance, err);

    if (task == NULL) {
        return false;
    }
    if (input.size > 0) {
        world_record(world, instance,
                     (struct record){.kind = RECORD_TASK_INPUT, .task = seq, .data = input});
    }
    try_again(world, instance, task, input);
    flow_run(world);
    return true;
}

static struct task *get_to_skip(struct world *world, uint64_t id, uint32_t seq,
                                struct instance **ret_instance, struct error *err)
{
    struct task *task = get_task(world, id, seq, ret_instance, err);

    if (task != NULL && task->assignment != NULL) {
        error_set(err, ERROR_CONFLICT, "task %llu.%u is an assignment: its controller withdraws it",
                  (unsigned long long)id, seq);
        return NULL;
    }
    return task;
}

bool decide_skip_check(struct world *world, uint64_t id, uint32_t seq, struct error *err)
{
    struct instance *instance;

    return get_to_skip(world, id, seq, &instance, err) != NULL;
}

bool decide_skip(struct world *world, uint64_t id, uint32_t seq, struct bytes reason,
                 struct bytes output, struct error *err)
{
    struct instance *instance;
    struct task *task = get_to_skip(world, id, seq, &instance, err);

    if (task == NULL) {
        return false;
    }
    if (reason.size == 0) {
        return error_set(err, ERROR_INVALID, "skipping a task needs a reason");
    }
    struct bytes given = output.size ? output : bytes_of("{}");
    if (task->kind == TASK_NOTICE || task->kind == TASK_LETTER) {
        world_record(world, instance,
                     (struct record){
                         .kind = RECORD_TASK_SKIPPED, .task = seq, .text = reason, .data = given});
        digest_task_ended(world, instance);
    } else {
        bool left = loop_was_left(task);
        flow_cancel_below(world, instance, seq, "skipped");
        if (left) {
            loop_go_on(world, instance, seq); /* the flow is past it */
        } else {
            flow_skip(world, instance, seq, reason, given);
        }
        flow_run(world);
    }
    return true;
}

/* --- events -------------------------------------------------------------------------------- */

size_t decide_event(struct world *world, struct bytes id, struct bytes event, bool emitted,
                    const struct match *matches, size_t match_count)
{
    world_record(
        world, NULL,
        (struct record){.kind = RECORD_EVENT, .number = emitted, .text = id, .data = event});
    return decide_offer(world, event, emitted, matches, match_count);
}

size_t decide_offer(struct world *world, struct bytes event, bool emitted,
                    const struct match *matches, size_t match_count)
{
    json_t *value = match_count > 0 ? value_parse(event) : NULL;
    size_t taken = 0;

    for (size_t i = 0; i < match_count; i++) {
        struct instance *instance = world->get(world, matches[i].instance);
        struct task *task = instance ? instance_find_task(instance, matches[i].task) : NULL;
        if (task != NULL && (task->kind == TASK_LISTEN || task->kind == TASK_SCHEDULE) &&
            instance->state == INSTANCE_RUNNING && listen_take(world, instance, task->seq, value)) {
            taken++;
        }
    }
    json_decref(value);
    if (!emitted) {
        flow_run(world); /* else it runs with the step that emitted */
    }
    return taken;
}
