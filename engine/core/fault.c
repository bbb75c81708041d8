/* fault.c - what becomes of an error: caught, tried again, put before an operator, or the end
 *
 * Owns:    problem details (RFC 7807) and the standard error types of the DSL; which try catches an
 *          error; retries of a try.
 * In:      steps that can't be opened, attempts that failed for good, timeouts, raise.
 * Out:     records only.
 * Always:  an error never gets lost: a try goes on with it, or an operator has an incident, or the
 *          instance is faulted. What ran in the part that failed is given up first.
 * See:     docs/states.md §6; Serverless Workflow DSL 1.0.3, Fault Tolerance, Try, Retry
 */
#include "engine/core/flow.h"

#include "base/must.h"
#include "engine/core/refusal_words.h"
#include "engine/core/retry.h"

#include <stdio.h>
#include <string.h>

/* --- problems ------------------------------------------------------------------------------ */

/* DSL reference, Standard Error Types: the last part of the URI, and the status. */
static const struct {
    const char *type;
    int status;
} standard[] = {{"configuration", 400},  {"validation", 400},    {"expression", 400},
                {"authentication", 401}, {"authorization", 403}, {"timeout", 408},
                {"communication", 500},  {"runtime", 500}};

static int standard_status(const char *type)
{
    for (size_t i = 0; i < sizeof standard / sizeof standard[0]; i++) {
        if (strcmp(standard[i].type, type) == 0) {
            return standard[i].status;
        }
    }
    return 0;
}

const char *flow_problem_type(const struct error *err)
{
    return err->code == ERROR_REFUSED ? "authorization" : "expression";
}

static json_t *problem_json(const char *type, const char *title, const char *detail)
{
    char uri[128];
    int status = standard_status(type);

    if (status == 0) {
        snprintf(uri, sizeof uri, "https://marshrut.ru/problems/%s", type);
        return json_pack("{ssssss}", "type", uri, "title", title, "detail", detail);
    }
    snprintf(uri, sizeof uri, "https://serverlessworkflow.io/spec/1.0.0/errors/%s", type);
    return json_pack("{sssissss}", "type", uri, "status", status, "title", title, "detail", detail);
}

struct bytes flow_problem(struct world *world, const char *type, const char *title,
                          const char *detail)
{
    return value_text(world, problem_json(type, title, detail));
}

struct bytes flow_refused(struct world *world, const char *type, const char *title,
                          const struct error *err)
{
    json_t *problem = problem_json(type, title, err->text);

    refusal_words_put(problem, err);
    return value_text(world, problem);
}

/* With what the DSL wants of an error: type, status, and the place. Workers may leave them out. */
static json_t *complete_problem(struct bytes problem, const struct step *step)
{
    json_t *error = value_parse(problem);

    if (!json_is_object(error)) {
        error = json_pack("{so}", "detail", error);
    }
    json_t *defaults =
        json_pack("{sssiss}", "type", "https://serverlessworkflow.io/spec/1.0.0/errors/runtime",
                  "status", 500, "instance", step->pointer);
    json_object_update_missing(error, defaults);
    json_decref(defaults);
    return error;
}

void flow_incident(struct world *world, struct instance *instance, const struct task *task,
                   const char *type, const char *title, const char *detail)
{
    world_record(world, instance,
                 (struct record){.kind = RECORD_TASK_INCIDENT,
                                 .task = task->seq,
                                 .attempt = task->attempt,
                                 .data = flow_problem(world, type, title, detail)});
}

/* --- who catches --------------------------------------------------------------------------- */

static bool text_is(const char *wanted, const json_t *error, const char *member)
{
    const char *there = json_string_value(json_object_get(error, member));

    return wanted == NULL || (there != NULL && strcmp(wanted, there) == 0);
}

/* `catch.errors.with`: what is written must be there. */
static bool passes_filter(const struct error_filter *f, const json_t *error)
{
    const json_t *status = json_object_get(error, "status");

    return text_is(f->type, error, "type") && text_is(f->instance, error, "instance") &&
           text_is(f->title, error, "title") && text_is(f->detail, error, "detail") &&
           (f->status < 0 || (json_is_integer(status) && json_integer_value(status) == f->status));
}

/* A condition on the error. One that can't be evaluated is as good as false. */
static bool holds(struct site *site, uint32_t condition)
{
    bool is_true = false;

    return value_is_true(site, condition, &is_true, NULL) && is_true;
}

static bool holds_not(struct site *site, uint32_t condition)
{
    return condition == EXPRESSION_NONE || !holds(site, condition);
}

static bool catches(struct world *world, struct instance *instance, const struct task *task,
                    json_t *error)
{
    const struct step *step = flow_step(world, instance, task->step);
    struct site site;

    if (task->kind != TASK_TRY || task->scope->stage == 1 || !passes_filter(&step->errors, error)) {
        return false;
    }
    site_of_task(&site, world, instance, task);
    site.error = error;
    bool good = holds(&site, step->catch_when) && holds_not(&site, step->catch_except_when);
    site_fini(&site);
    return good;
}

/* The nearest try above that takes this error, or NULL. */
static const struct task *find_catcher(struct world *world, struct instance *instance,
                                       uint32_t scope, json_t *error)
{
    while (scope != 0) {
        const struct task *task = instance_find_task(instance, scope);
        if (catches(world, instance, task, error)) {
            return task;
        }
        scope = task->parent;
    }
    return NULL;
}

/* --- trying again -------------------------------------------------------------------------- */

static int64_t grown(const struct catch_retry *r, int64_t delay_ms, uint32_t tries)
{
    struct retry_policy policy = {.delay_ms = delay_ms, .delay_max_ms = INT64_MAX / 4};

    if (r->backoff == BACKOFF_LINEAR) {
        return delay_ms * tries;
    }
    policy.factor_percent = r->backoff == BACKOFF_EXPONENTIAL ? 200 : 100;
    return retry_delay_ms(&policy, tries, 0);
}

static int64_t jitter(const struct catch_retry *r, uint64_t seed)
{
    struct retry_policy policy = {.delay_ms = r->jitter_to_ms - r->jitter_from_ms,
                                  .delay_max_ms = INT64_MAX / 4,
                                  .jitter_percent = 100};
    int64_t spread_ms = policy.delay_ms > 0 ? retry_delay_ms(&policy, 1, seed) / 2 : 0;

    return r->jitter_from_ms + spread_ms;
}

/* May the list of this try begin again, and when? */
static bool may_retry(struct world *world, struct instance *instance, const struct task *task,
                      json_t *error, int64_t *ret_at_ms)
{
    const struct step *step = flow_step(world, instance, task->step);
    const struct catch_retry *r = &step->catch_retry;
    int64_t delay_ms = 0;
    int64_t duration_ms = 0;
    struct site site;

    if (!step->retries || (r->attempts_max != 0 && task->tries > r->attempts_max)) {
        return false;
    }
    site_of_task(&site, world, instance, task);
    site.error = error;
    bool good = holds(&site, r->when) && holds_not(&site, r->except_when) &&
                value_span(&site, &r->delay, &delay_ms, NULL) &&
                value_span(&site, &r->duration, &duration_ms, NULL);
    site_fini(&site);
    uint64_t seed = instance->id * 31 + task->seq * 7 + task->tries;
    *ret_at_ms = world->now_ms + grown(r, delay_ms, task->tries) + jitter(r, seed);
    return good && (duration_ms == 0 || *ret_at_ms <= task->scope->opened_ms + duration_ms);
}

void fault_try_again(struct world *world, struct instance *instance, uint32_t seq)
{
    const struct task *task = instance_find_task(instance, seq);
    struct error err = ERROR_INIT;
    int64_t ms = 0;
    struct site site;

    site_of_task(&site, world, instance, task);
    const struct step *step = site.step;
    bool good = value_span(&site, &step->catch_retry.attempt_duration, &ms, &err);
    if (good) {
        world_record(world, instance,
                     (struct record){.kind = RECORD_TASK_AGAIN,
                                     .task = seq,
                                     .limit_ms = ms > 0 ? world->now_ms + ms : 0});
        flow_push(world, instance, seq, step->child);
    } else {
        fault_expression(&site, seq, &err);
    }
    site_fini(&site);
}

/* The try goes on with the error: its list begins again, or its catch. */
static void catch_it(struct world *world, struct instance *instance, uint32_t seq, json_t *error)
{
    const struct task *task = instance_find_task(instance, seq);
    const struct step *step = flow_step(world, instance, task->step);
    struct bytes text = value_text(world, json_incref(error));
    int64_t at_ms;

    flow_cancel_below(world, instance, seq, "caught");
    task = instance_find_task(instance, seq);
    if (may_retry(world, instance, task, error, &at_ms)) {
        world_record(
            world, instance,
            (struct record){.kind = RECORD_TASK_FAILED, .task = seq, .at_ms = at_ms, .data = text});
        return;
    }
    world_record(world, instance,
                 (struct record){.kind = RECORD_TASK_CAUGHT, .task = seq, .data = text});
    flow_push(world, instance, seq, step->catch_child);
}

/* --- nobody catches ------------------------------------------------------------------------ */

void fault_instance(struct world *world, struct instance *instance, struct bytes problem)
{
    flow_cancel_below(world, instance, 0, "faulted");
    world_record(world, instance, (struct record){.kind = RECORD_FAULTED, .data = problem});
    flow_tell_parent(world, instance);
}

/* An operator decides; a step that has no task yet is parked in one. */
static void put_before_operator(struct world *world, struct instance *instance, uint32_t scope,
                                uint32_t step, uint32_t task, struct bytes problem)
{
    const struct task *inside = scope ? instance_find_task(instance, scope) : NULL;

    if (task == 0 && inside != NULL && inside->step == step) {
        task = scope; /* an error of the scope itself: the time of an attempt is over */
    }
    if (task == 0) {
        task = instance->next_task;
        world_record(world, instance,
                     (struct record){.kind = RECORD_TASK_OPENED,
                                     .task = task,
                                     .number = step,
                                     .other = TASK_WAIT,
                                     .parent = scope});
    }
    flow_cancel_below(world, instance, task, "incident");
    world_record(world, instance,
                 (struct record){.kind = RECORD_TASK_INCIDENT,
                                 .task = task,
                                 .attempt = instance_find_task(instance, task)->attempt,
                                 .data = problem});
}

void fault_at(struct world *world, struct instance *instance, uint32_t scope, uint32_t index,
              uint32_t task, struct bytes problem)
{
    const struct workflow *workflow = value_workflow(world, instance);
    const struct step *step = &workflow->steps[index];
    json_t *error = complete_problem(problem, step);
    const struct task *catcher = find_catcher(world, instance, scope, error);

    if (catcher != NULL) {
        uint32_t seq = catcher->seq;
        if (task != 0) {
            world_record(world, instance,
                         (struct record){.kind = RECORD_TASK_FAULTED,
                                         .task = task,
                                         .attempt = instance_find_task(instance, task)->attempt,
                                         .data = value_text(world, json_incref(error))});
        }
        catch_it(world, instance, seq, error);
    } else if (workflow->fault || step->kind == STEP_RAISE) {
        fault_instance(world, instance, value_text(world, json_incref(error)));
    } else {
        put_before_operator(world, instance, scope, index, task,
                            value_text(world, json_incref(error)));
    }
    json_decref(error);
}

void fault_expression(struct site *site, uint32_t task, const struct error *err)
{
    fault_at(site->world, (struct instance *)site->instance, site->scope,
             (uint32_t)(site->step - site->workflow->steps), task,
             flow_refused(site->world, flow_problem_type(err), "Выражение не вычислено", err));
}
