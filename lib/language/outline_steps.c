/* outline_steps.c - what a step of each kind is made of
 *
 * Owns:    the words of the fields that not all steps have.
 * In:      outline_workflow.c.
 * Out:     members of maps.
 * Always:  a rule of retries is shown as it works, whether it was written or not.
 * See:     outline.h; docs/language.md §3
 */
#include "language/outline_steps.h"

#include <string.h>

static void member_retry(json_t *fields, const struct retry_policy *retry)
{
    json_t *map = json_object();

    member_number(map, "attempts", retry->attempts_max);
    member_ms(map, "delay", retry->delay_ms);
    member_ms(map, "delayMax", retry->delay_max_ms);
    json_object_set_new(map, "factor", json_real(retry->factor_percent / 100.0));
    member_number(map, "jitter", retry->jitter_percent);
    member_json(fields, "retry", map);
}

static void member_join(json_t *fields, const struct workflow *workflow, const struct step *step)
{
    json_t *join = json_object();

    if (step->kind != STEP_FORK && step->join.parallel_max > 1) {
        member_number(fields, "parallel", step->join.parallel_max);
    }
    member_template(join, "count", workflow->program, step->join.count);
    member_text(join, "rest", step->join.cancel_rest ? "cancel" : NULL);
    member_json(fields, "join", join);
}

static void member_listen(json_t *fields, const struct workflow *workflow, const struct step *step)
{
    static const char *const reads[] = {
        [READ_DATA] = NULL, [READ_ENVELOPE] = "envelope", [READ_RAW] = "raw"};
    json_t *foreach = json_object();

    member_consumption(fields, "to", workflow->program, &step->listen);
    member_text(fields, "read", reads[step->read]);
    member_text(foreach, "item", step->item);
    member_text(foreach, "at", step->at);
    member_template(foreach, "output", workflow->program, step->each_output);
    member_template(foreach, "export", workflow->program, step->each_export);
    member_json(fields, "foreach", foreach);
    member_join(fields, workflow, step);
}

static void member_for(json_t *fields, const struct workflow *workflow, const struct step *step)
{
    const char *item = step->item != NULL ? step->item : "item";
    const char *at = step->at != NULL ? step->at : "index";

    member_text(fields, "each", strcmp(item, "item") == 0 ? NULL : item);
    member_expression(fields, "in", workflow->program, step->in);
    member_text(fields, "at", strcmp(at, "index") == 0 ? NULL : at);
    member_expression(fields, "while", workflow->program, step->while_);
    member_join(fields, workflow, step);
}

static void member_catch_retry(json_t *fields, const struct program *program,
                               const struct catch_retry *retry)
{
    static const char *const backoffs[] = {[BACKOFF_CONSTANT] = NULL,
                                           [BACKOFF_LINEAR] = "linear",
                                           [BACKOFF_EXPONENTIAL] = "exponential"};
    json_t *map = json_object();
    json_t *jitter = json_object();

    member_expression(map, "when", program, retry->when);
    member_expression(map, "exceptWhen", program, retry->except_when);
    member_span(map, "delay", program, &retry->delay);
    member_text(map, "backoff", backoffs[retry->backoff]);
    member_ms(jitter, "from", retry->jitter_from_ms);
    member_ms(jitter, "to", retry->jitter_to_ms);
    member_json(map, "jitter", jitter);
    member_number(map, "count", retry->attempts_max);
    member_span(map, "attempt", program, &retry->attempt_duration);
    member_span(map, "duration", program, &retry->duration);
    member_json(fields, "retry", map);
}

static void member_catch(json_t *fields, const struct workflow *workflow, const struct step *step)
{
    const struct program *program = workflow->program;
    json_t *map = json_object();
    json_t *errors = json_object();

    member_text(errors, "type", step->errors.type);
    member_text(errors, "instance", step->errors.instance);
    member_text(errors, "title", step->errors.title);
    member_text(errors, "detail", step->errors.detail);
    if (step->errors.status >= 0) {
        member_number(errors, "status", step->errors.status);
    }
    member_json(map, "errors", errors);
    member_text(map, "as", step->error_name);
    member_expression(map, "when", program, step->catch_when);
    member_expression(map, "exceptWhen", program, step->catch_except_when);
    if (step->retries) {
        member_catch_retry(map, program, &step->catch_retry);
    }
    member_json(fields, "catch", map);
}

/* The word under which the value stands that a step gives to what it does. */
static const char *value_word(enum step_kind kind)
{
    switch (kind) {
    case STEP_SET:
        return "set";
    case STEP_RAISE:
        return "raise";
    case STEP_EMIT:
        return "emit";
    case STEP_RUN:
        return "run.input";
    default:
        return "with";
    }
}

static void member_call(json_t *fields, const struct workflow *workflow, const struct step *step)
{
    switch (step->kind) {
    case STEP_CALL:
        member_text(fields, "call", step->service);
        member_retry(fields, &step->retry);
        break;
    case STEP_FUNCTION:
        member_text(fields, "call", workflow->steps[step->child].name);
        break;
    case STEP_RUN:
        member_text(fields, "run", step->run_name);
        member_text(fields, "run.version", step->run_version);
        member_text(fields, "run.await", step->run_detached ? "false" : NULL);
        break;
    default:
        break;
    }
}

void outline_step(json_t *fields, const struct workflow *workflow, const struct step *step)
{
    member_call(fields, workflow, step);
    member_template(fields, value_word(step->kind), workflow->program, step->with);
    switch (step->kind) {
    case STEP_WAIT:
        member_span(fields, "wait", workflow->program, &step->wait);
        break;
    case STEP_LISTEN:
        member_listen(fields, workflow, step);
        break;
    case STEP_FOR:
        member_for(fields, workflow, step);
        break;
    case STEP_FORK:
        member_flag(fields, "compete", step->compete);
        member_join(fields, workflow, step);
        break;
    case STEP_TRY:
        member_catch(fields, workflow, step);
        break;
    default:
        break;
    }
}
