/* read_blocks.c - steps that hold or choose others, and the plain ones: do for fork switch set wait
 * run
 *
 * Owns:    their words.
 * In:      read_task.c.
 * Out:     steps with their lists below them.
 * Always:  variables of a `for` are seen in its list, in `while`, and nowhere else.
 * See:     docs/language.md §3; DSL 1.0.3 "Do", "For", "Fork", "Switch", "Set", "Wait", "Run"
 */
#include "base/limits.h"
#include "base/must.h"
#include "language/draft.h"

#include <stdlib.h>
#include <string.h>

#define CASES_MAX 1000u /* of a switch: no more steps than that can be gone to */

static bool read_below(struct draft *d, const struct scope *inner, const struct node *map,
                       const char *key, struct step *step, char *pointer)
{
    const struct node *list;

    bool good = fields_node(d->reader, map, key, REQUIRED, NODE_LIST, &list) &&
                read_steps(d, inner, list, step_number(d, step), pointer, &step->child);
    free(pointer);
    return good;
}

bool read_do(struct draft *d, const struct scope *scope, const struct node *task, struct step *step)
{
    struct scope inner = scope_below(scope, NULL, NULL);

    step->kind = STEP_DO;
    return read_below(d, &inner, task, "do", step, pointer_below(step->pointer, "do", NULL));
}

/* each and at, with the names they have when they are not written. */
static bool read_loop(const struct draft *d, const struct scope *scope, const struct node *loop,
                      struct step *step, struct scope *ret_inner)
{
    const char *item = NULL;
    const char *at = NULL;
    bool good = read_variable(d, loop, "each", "item", &item);

    good &= read_variable(d, loop, "at", "index", &at);
    if (good && strcmp(item, at) == 0) {
        good = refuse(d->reader, loop, ERROR_INVALID, "\"each\" and \"at\" have the same name, %s",
                      item);
    }
    *ret_inner = scope_below(scope, item, at);
    step->item = item ? xstrdup(item) : NULL;
    step->at = at ? xstrdup(at) : NULL;
    return good;
}

bool read_for(struct draft *d, const struct scope *scope, const struct node *task,
              struct step *step)
{
    static const char *const known[] = {"each", "in", "at", NULL};
    static const struct words words = {N_("a loop"), known, NULL};
    struct scope inner = scope_below(scope, NULL, NULL);
    const struct node *loop;
    bool good = true;

    step->kind = STEP_FOR;
    if (fields_node(d->reader, task, "for", REQUIRED, NODE_MAP, &loop)) {
        good = fields_check(d->reader, loop, &words);
        good &= read_loop(d, scope, loop, step, &inner);
        good &= read_expression(d, scope, STAGE_TASK, loop, "in", &step->in);
        if (node_find(loop, "in") == NULL) {
            good = refuse_missing(d->reader, loop, "in");
        }
    } else {
        good = false;
    }
    good &= read_expression(d, &inner, STAGE_TASK, task, "while", &step->while_);
    good &= read_below(d, &inner, task, "do", step, pointer_below(step->pointer, "do", NULL));
    return good;
}

bool read_fork(struct draft *d, const struct scope *scope, const struct node *task,
               struct step *step)
{
    static const char *const known[] = {"branches", "compete", NULL};
    static const struct words words = {N_("a fork"), known, NULL};
    struct scope inner = scope_below(scope, NULL, NULL);
    const struct node *fork;

    step->kind = STEP_FORK;
    step->join.parallel_max = LIMIT_PARALLEL;
    if (!fields_node(d->reader, task, "fork", REQUIRED, NODE_MAP, &fork)) {
        return false;
    }
    bool good = fields_check(d->reader, fork, &words);
    good &= fields_flag(d->reader, fork, "compete", OPTIONAL, &step->compete);
    good &= read_below(d, &inner, fork, "branches", step,
                       pointer_below(step->pointer, "fork", "branches", NULL));
    return good;
}

/* --- switch ---------------------------------------------------------------------------------- */

static bool is_case(const struct node *item)
{
    return item->kind == NODE_MAP && item->count == 1 && item->items[1]->kind == NODE_MAP;
}

static bool read_case(const struct draft *d, const struct scope *scope, const struct node *item,
                      struct switch_case *c)
{
    static const char *const known[] = {"when", "then", NULL};
    static const struct words words = {N_("a case"), known, NULL};
    const struct node *body = item->items[1];
    bool good = node_text(d->reader, item->items[0], LIMIT_NAME_BYTES, &c->name);

    good &= fields_check(d->reader, body, &words);
    good &= read_expression(d, scope, STAGE_TASK, body, "when", &c->when);
    if (node_find(body, "then") == NULL) {
        good = refuse_missing(d->reader, body, "then");
    }
    return good;
}

static bool check_default(const struct draft *d, const struct node *list)
{
    const struct node *first = NULL;
    bool good = true;

    for (uint32_t i = 0; i < list->count; i++) {
        const struct node *item = list->items[i];
        if (node_find(item->items[1], "when") != NULL) {
            continue;
        }
        if (first != NULL) {
            good =
                refuse(d->reader, item->items[0], ERROR_INVALID,
                       "a second case without \"when\": the first stands in line %d", first->line);
        } else {
            first = item->items[0];
        }
    }
    return good;
}

bool read_switch(struct draft *d, const struct scope *scope, const struct node *task,
                 struct step *step)
{
    const struct node *list;

    step->kind = STEP_SWITCH;
    if (!fields_node(d->reader, task, "switch", REQUIRED, NODE_LIST, &list)) {
        return false;
    }
    if (list->count == 0 || list->count > CASES_MAX) {
        return refuse(d->reader, list, list->count ? ERROR_TOO_LARGE : ERROR_INVALID,
                      "\"%s\" must have from 1 to %u entries", "switch", CASES_MAX);
    }
    for (uint32_t i = 0; i < list->count; i++) {
        if (!is_case(list->items[i])) {
            return refuse(d->reader, list->items[i], ERROR_INVALID,
                          "a case is expected here: its name, a colon, and a map of when and then");
        }
    }
    step->cases = xcalloc(list->count, sizeof *step->cases);
    step->case_count = list->count;
    bool good = true;
    for (uint32_t i = 0; i < list->count; i++) {
        good &= read_case(d, scope, list->items[i], &step->cases[i]);
    }
    good &= check_default(d, list);
    return good;
}

/* --- set, wait, run -------------------------------------------------------------------------- */

bool read_set(struct draft *d, const struct scope *scope, const struct node *task,
              struct step *step)
{
    const struct node *set = node_find(task, "set");

    step->kind = STEP_SET;
    if (set->kind != NODE_MAP && !node_is_template(set) &&
        !(d->expressions.loose && set->kind == NODE_TEXT)) {
        return refuse(d->reader, set, ERROR_INVALID, "\"%s\" must be a map or an expression",
                      "set");
    }
    return read_value(d, scope, STAGE_TASK, set, &step->with);
}

bool read_wait(struct draft *d, const struct scope *scope, const struct node *task,
               struct step *step)
{
    step->kind = STEP_WAIT;
    return read_span(d, scope, task, "wait", REQUIRED, &step->wait);
}

static bool read_run_workflow(const struct draft *d, const struct scope *scope,
                              const struct node *map, struct step *step)
{
    static const char *const known[] = {"namespace", "name", "version", "input", NULL};
    static const struct words words = {N_("the workflow to run"), known, NULL};
    const struct node *input = node_find(map, "input");
    char *namespace = NULL;
    bool good = fields_check(d->reader, map, &words);

    good &= fields_name(d->reader, map, "namespace", OPTIONAL, &namespace);
    free(namespace); /* there is one */
    good &= fields_name(d->reader, map, "name", REQUIRED, &step->run_name);
    good &= fields_name(d->reader, map, "version", OPTIONAL, &step->run_version);
    if (step->run_version != NULL && strcmp(step->run_version, "latest") == 0) {
        free(step->run_version);
        step->run_version = NULL;
    }
    if (input != NULL) {
        good &= read_value(d, scope, STAGE_TASK, input, &step->with);
    }
    if (step->run_name != NULL && looks_up(d->reader, DEFINITION_WORKFLOW) &&
        catalog_find(d->reader->catalog, DEFINITION_WORKFLOW, step->run_name) == NULL) {
        warn(d->reader, node_find(map, "name"), ERROR_NOT_FOUND, "there is no workflow \"%s\" yet",
             step->run_name);
    }
    return good;
}

/* Of what else the DSL runs, nothing is ours. */
static bool check_process(const struct draft *d, const struct node *run)
{
    static const char *const later[] = {"container", "script", "shell", NULL};

    for (int i = 0; later[i] != NULL; i++) {
        const struct node *key = node_find_key(run, later[i]);
        if (key != NULL) {
            return refuse(d->reader, key, ERROR_UNSUPPORTED, "run: %s is not supported", later[i]);
        }
    }
    return true;
}

bool read_run(struct draft *d, const struct scope *scope, const struct node *task,
              struct step *step)
{
    static const char *const known[] = {"workflow", "await", NULL};
    static const char *const later[] = {"return", NULL};
    static const struct words words = {"run", known, later};
    const struct node *run;
    const struct node *workflow;
    bool await = true;

    step->kind = STEP_RUN;
    if (!fields_node(d->reader, task, "run", REQUIRED, NODE_MAP, &run) || !check_process(d, run)) {
        return false;
    }
    bool good = fields_check(d->reader, run, &words);
    good &= fields_flag(d->reader, run, "await", OPTIONAL, &await);
    step->run_detached = !await;
    good &= fields_node(d->reader, run, "workflow", REQUIRED, NODE_MAP, &workflow) &&
            read_run_workflow(d, scope, workflow, step);
    return good;
}
