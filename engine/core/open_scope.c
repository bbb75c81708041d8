/* open_scope.c - opening steps that need nobody, and steps that others run in
 *
 * Owns:    set, switch, raise; do, try, for, fork: what comes first in them.
 * In:      open.c.
 * Always:  a step that needs nobody is passed at once; a scope puts its first steps on the agenda.
 */
#include "engine/core/opening.h"

#include <string.h>

/* --- steps that need nobody ---------------------------------------------------------------- */

void open_set(struct opening *o)
{
    struct error err = ERROR_INIT;
    json_t *value = value_of(&o->site, o->site.step->with, &err);

    if (value == NULL) {
        opening_refuse(o, &err);
    } else {
        flow_pass(&o->site, value, o->site.step->then, "");
    }
}

/* The first case whose condition is true, or the one without. */
void open_switch(struct opening *o)
{
    const struct step *step = o->site.step;
    const struct switch_case *taken = NULL;
    struct error err = ERROR_INIT;

    for (uint32_t i = 0; i < step->case_count && taken == NULL; i++) {
        bool is_true;
        if (!value_is_true(&o->site, step->cases[i].when, &is_true, &err)) {
            opening_refuse(o, &err);
            return;
        }
        taken = is_true && step->cases[i].when != EXPRESSION_NONE ? &step->cases[i] : NULL;
    }
    for (uint32_t i = 0; i < step->case_count && taken == NULL; i++) {
        taken = step->cases[i].when == EXPRESSION_NONE ? &step->cases[i] : NULL;
    }
    flow_pass(&o->site, json_incref(value_input(&o->site)), taken ? taken->then : step->then,
              taken ? taken->name : "");
}

/* The error as written, at its place (DSL: `instance` is a JSON pointer to the task). */
void open_raise(struct opening *o)
{
    struct error err = ERROR_INIT;
    json_t *value = value_of(&o->site, o->site.step->with, &err);
    struct bytes problem;

    if (value == NULL) {
        opening_refuse(o, &err);
        return;
    }
    json_t *own = json_copy(value); /* parts of a value may be shared with its input */
    json_decref(value);
    value = own;
    if (json_object_get(value, "instance") == NULL) {
        json_object_set_new(value, "instance", json_string(o->site.step->pointer));
    }
    if (!value_fits(opening_world(o), value, &problem, &err)) {
        opening_refuse(o, &err);
        return;
    }
    fault_at(opening_world(o), opening_instance(o), o->site.scope, opening_index(o), 0, problem);
}

/* --- scopes -------------------------------------------------------------------------------- */

void open_list(struct opening *o)
{
    enum task_kind kind = o->site.step->kind == STEP_TRY ? TASK_TRY : TASK_DO;
    struct error err = ERROR_INIT;
    struct bytes input = {NULL, 0};

    if (o->site.step->kind == STEP_FUNCTION && !opening_fill(o, &input, &err)) {
        opening_refuse(o, &err);
        return;
    }
    uint32_t seq = opening_task(o, kind, input);
    if (kind == TASK_TRY && o->site.step->retries) {
        fault_try_again(opening_world(o), opening_instance(o), seq); /* the first attempt */
    } else {
        flow_push(opening_world(o), opening_instance(o), seq, o->site.step->child);
    }
}

void open_for(struct opening *o)
{
    const struct step *step = o->site.step;
    struct error err = ERROR_INIT;
    json_t *items = value_of(&o->site, step->in, &err);
    struct bytes text;

    if (items != NULL && !json_is_array(items)) {
        json_decref(items);
        items = NULL;
        error_set(&err, ERROR_INVALID, "for.in must give a list");
    }
    if (items == NULL || !value_fits(opening_world(o), items, &text, &err)) {
        opening_refuse(o, &err);
        return;
    }
    uint32_t seq = opening_task(o, step->join.parallel_max > 1 ? TASK_MANY : TASK_FOR, text);
    loop_go_on(opening_world(o), opening_instance(o), seq);
}

void open_fork(struct opening *o)
{
    uint32_t seq = opening_task(o, TASK_FORK, (struct bytes){NULL, 0});

    for (uint32_t at = o->site.step->child; at != STEP_NONE;
         at = o->site.workflow->steps[at].next) {
        flow_push(opening_world(o), opening_instance(o), seq, at);
    }
}
