/* migrate.c - an instance goes on with another version of its workflow
 *
 * Owns:    what a safe place is: for each open step one of the same name and kind, in the same list
 *          of the same steps around it. What a step was given stays as it was; steps opened later
 *          are those of the other version.
 * In:      decide_migration_check() for a preview, decide_migrate() to do it.
 * Out:     one record that names the version and the new place of each open step; a new attempt of
 *          a call whose service is another one; a new opening of a listen that waits for others.
 * Always:  an instance that is refused is left as it was.
 * See:     docs/states.md §1, docs/protocol.md §3.5
 */
#include "engine/core/decide.h"
#include "engine/core/flow.h"

#include "base/must.h"

#include <string.h>

/* --- the same place -------------------------------------------------------------------------- */

/* Is the step in the list of the catch of the try it stands in? */
static bool is_in_catch(const struct workflow *w, const struct step *step)
{
    const struct step *around = &w->steps[step->parent];

    for (uint32_t at = around->kind == STEP_TRY ? around->catch_child : STEP_NONE; at != STEP_NONE;
         at = w->steps[at].next) {
        if (&w->steps[at] == step) {
            return true;
        }
    }
    return false;
}

/* The same names all the way up. At most LIMIT_STEP_DEPTH steps stand around one. */
static bool is_same_place(const struct workflow *w, const struct step *step,
                          const struct workflow *old, const struct step *like)
{
    while (strcmp(step->name, like->name) == 0 &&
           (step->parent == STEP_NONE) == (like->parent == STEP_NONE)) {
        if (step->parent == STEP_NONE) {
            return true;
        }
        if (is_in_catch(w, step) != is_in_catch(old, like)) {
            return false;
        }
        step = &w->steps[step->parent];
        like = &old->steps[like->parent];
    }
    return false;
}

static uint32_t find_place(const struct workflow *w, const struct workflow *old,
                           const struct step *like)
{
    for (uint32_t i = 0; i < w->step_count; i++) {
        if (is_same_place(w, &w->steps[i], old, like)) {
            return i;
        }
    }
    return STEP_NONE;
}

/* --- what must be the same about it ---------------------------------------------------------- */

static bool same_text(const char *a, const char *b)
{
    return (a == NULL && b == NULL) || (a != NULL && b != NULL && strcmp(a, b) == 0);
}

static bool same_expression(const struct workflow *a, uint32_t x, const struct workflow *b,
                            uint32_t y)
{
    return (x == EXPRESSION_NONE) == (y == EXPRESSION_NONE) &&
           (x == EXPRESSION_NONE ||
            strcmp(program_text(a->program, x), program_text(b->program, y)) == 0);
}

static bool same_filter(const struct workflow *a, const struct event_filter *x,
                        const struct workflow *b, const struct event_filter *y)
{
    bool same = same_text(x->type, y->type) && x->attribute_count == y->attribute_count &&
                x->correlation_count == y->correlation_count;

    for (uint32_t i = 0; same && i < x->attribute_count; i++) {
        same = same_text(x->attributes[i].name, y->attributes[i].name) &&
               same_text(x->attributes[i].text, y->attributes[i].text) &&
               same_expression(a, x->attributes[i].expression, b, y->attributes[i].expression);
    }
    for (uint32_t i = 0; same && i < x->correlation_count; i++) {
        same = same_text(x->correlations[i].name, y->correlations[i].name) &&
               same_expression(a, x->correlations[i].from, b, y->correlations[i].from) &&
               same_expression(a, x->correlations[i].expect, b, y->correlations[i].expect);
    }
    return same;
}

static bool same_filters(const struct workflow *a, const struct event_filter *x, uint32_t count,
                         const struct workflow *b, const struct event_filter *y)
{
    bool same = true;

    for (uint32_t i = 0; same && i < count; i++) {
        same = same_filter(a, &x[i], b, &y[i]);
    }
    return same;
}

/* Does it listen for the same events? */
static bool same_events(const struct workflow *a, const struct consumption *x,
                        const struct workflow *b, const struct consumption *y)
{
    return x->mode == y->mode && x->until == y->until && x->filter_count == y->filter_count &&
           x->until_filter_count == y->until_filter_count &&
           same_expression(a, x->until_expression, b, y->until_expression) &&
           same_filters(a, x->filters, x->filter_count, b, y->filters) &&
           same_filters(a, x->until_filters, x->until_filter_count, b, y->until_filters);
}

/* Outputs of a fork stand in the order of its branches, and each of them was opened at once. */
static bool same_branches(const struct workflow *a, const struct step *x, const struct workflow *b,
                          const struct step *y)
{
    uint32_t m = x->child;
    uint32_t n = y->child;

    while (m != STEP_NONE && n != STEP_NONE && strcmp(a->steps[m].name, b->steps[n].name) == 0) {
        m = a->steps[m].next;
        n = b->steps[n].next;
    }
    return m == STEP_NONE && n == STEP_NONE;
}

/* --- the check ------------------------------------------------------------------------------- */

static bool is_of_flow(const struct task *task)
{
    return task->state != TASK_CLOSED && task->kind != TASK_NOTICE;
}

/* A step that could not be begun waits in a task of no kind of its own: it is opened anew, whatever
 * it is then. */
static bool is_parked(const struct workflow *w, const struct task *task)
{
    return task->kind == TASK_WAIT && task->state == TASK_INCIDENT &&
           w->steps[task->step].kind != STEP_WAIT;
}

static bool has_taken(const struct task *task)
{
    return task->scope != NULL && task->scope->event_count > 0;
}

static bool check_task(const struct workflow *old, const struct workflow *now,
                       const struct task *task, struct error *err)
{
    const struct step *was = &old->steps[task->step];
    uint32_t found = is_of_flow(task) ? find_place(now, old, was) : STEP_NONE;
    const struct step *is = found != STEP_NONE ? &now->steps[found] : NULL;

    if (!is_of_flow(task)) {
        return true;
    }
    if (task->kind == TASK_SCHEDULE) {
        return error_set(err, ERROR_CONFLICT,
                         "it stands for the schedule of its version, and starts instances of it");
    }
    if (is == NULL || (is->kind != was->kind && !is_parked(old, task))) {
        return error_set(err, ERROR_CONFLICT,
                         "the step \"%s\" is open, and the new version has none of that name and "
                         "kind in its place",
                         was->name);
    }
    if (task->kind == TASK_FORK && !same_branches(old, was, now, is)) {
        return error_set(err, ERROR_CONFLICT,
                         "the fork \"%s\" is open, and the new version has other branches",
                         was->name);
    }
    if (task->kind == TASK_LISTEN && has_taken(task) &&
        !same_events(old, &was->listen, now, &is->listen)) {
        return error_set(err, ERROR_CONFLICT,
                         "the step \"%s\" has taken events, and listens for others in the new "
                         "version",
                         was->name);
    }
    return true;
}

/* `$workflow.input`, or `$workflow` as a whole. */
static bool reads_input(const struct program *program)
{
    static const char name[] = "$workflow";

    for (uint32_t n = 1; n <= program_count(program); n++) {
        const char *at = program_uses(program, n, "workflow") ? program_text(program, n) : NULL;
        for (at = at ? strstr(at, name) : NULL; at != NULL; at = strstr(at + 1, name)) {
            const char *member = at + sizeof name - 1;
            if (*member != '.' || strncmp(member, ".input", sizeof ".input" - 1) == 0) {
                return true;
            }
        }
    }
    return false;
}

/* The input is kept for those versions only that read it. */
static bool check_input(const struct instance *instance, const struct workflow *old,
                        const struct workflow *now, struct error *err)
{
    bool kept = instance->input.size > 0 || program_uses_any(old->program, "workflow");

    return kept || !reads_input(now->program) ||
           error_set(err, ERROR_CONFLICT,
                     "the new version reads $workflow.input, which this one did not keep");
}

bool decide_migration_check(struct world *world, uint64_t id, const struct definition *definition,
                            struct error *err)
{
    struct instance *instance = world->get(world, id);
    const struct definition *old =
        instance ? catalog_find_number(world->catalog, instance->definition) : NULL;

    if (instance == NULL ||
        (instance->state != INSTANCE_RUNNING && instance->state != INSTANCE_SUSPENDED)) {
        return error_set(err, ERROR_NOT_FOUND, "there is no open instance %llu",
                         (unsigned long long)id);
    }
    if (old->kind != DEFINITION_WORKFLOW || definition->kind != DEFINITION_WORKFLOW ||
        strcmp(old->name, definition->name) != 0) {
        return error_set(err, ERROR_CONFLICT, "instance %llu is of \"%s\", not of \"%s\"",
                         (unsigned long long)id, old->name, definition->name);
    }
    if (old == definition) {
        return error_set(err, ERROR_CONFLICT, "instance %llu is of this version already",
                         (unsigned long long)id);
    }
    for (uint32_t n = 0; n < instance->task_count; n++) {
        if (!check_task(&old->workflow, &definition->workflow, &instance->tasks[n], err)) {
            return false;
        }
    }
    return check_input(instance, &old->workflow, &definition->workflow, err);
}

/* --- doing it -------------------------------------------------------------------------------- */

/* What the version changes about an open task beside its place. */
enum change { CHANGE_NONE, CHANGE_SERVICE, CHANGE_EVENTS };

static enum change change_of(const struct workflow *old, const struct workflow *now,
                             const struct task *task, uint32_t found)
{
    const struct step *was = &old->steps[task->step];

    if (!is_of_flow(task) || found == STEP_NONE) {
        return CHANGE_NONE;
    }
    const struct step *is = &now->steps[found];
    if (task->kind == TASK_CALL && task->state == TASK_READY &&
        strcmp(was->service, is->service) != 0) {
        return CHANGE_SERVICE;
    }
    bool listens = task->kind == TASK_LISTEN && task->state == TASK_WAITING && !has_taken(task);
    return listens && !same_events(old, &was->listen, now, &is->listen) ? CHANGE_EVENTS
                                                                        : CHANGE_NONE;
}

/* The worker of the old service may be at work: its attempt is not the open one any more. */
static void apply_change(struct world *world, struct instance *instance, uint32_t seq,
                         enum change change)
{
    if (change == CHANGE_SERVICE) {
        world_record(world, instance,
                     (struct record){.kind = RECORD_TASK_READY,
                                     .task = seq,
                                     .attempt = instance_find_task(instance, seq)->attempt + 1});
    } else if (change == CHANGE_EVENTS) {
        flow_open_anew(world, instance, seq, (struct bytes){NULL, 0});
    }
}

bool decide_migrate(struct world *world, uint64_t id, const struct definition *definition,
                    struct error *err)
{
    if (!decide_migration_check(world, id, definition, err)) {
        return false;
    }
    struct instance *instance = world->get(world, id);
    const struct workflow *old = value_workflow(world, instance);
    const struct workflow *now = &definition->workflow;
    uint32_t count = instance->task_count;
    uint32_t *seqs = arena_alloc(world->arena, count * sizeof *seqs);
    enum change *changes = arena_alloc(world->arena, count * sizeof *changes);

    buffer_clear(world->scratch);
    for (uint32_t n = 0; n < count; n++) {
        const struct task *task = &instance->tasks[n];
        uint32_t found = find_place(now, old, &old->steps[task->step]);
        seqs[n] = task->seq;
        changes[n] = change_of(old, now, task, found);
        pack_uint(world->scratch, task->seq);
        /* letters and closed assignments only name the step they came from */
        pack_uint(world->scratch, found != STEP_NONE ? found : 0);
    }
    world_record(world, instance,
                 (struct record){.kind = RECORD_MIGRATED,
                                 .number = definition->number,
                                 .data = arena_copy(world->arena, buffer_bytes(world->scratch))});
    for (uint32_t n = 0; n < count; n++) {
        apply_change(world, instance, seqs[n], changes[n]);
    }
    flow_run(world);
    return true;
}
