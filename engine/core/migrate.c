/* migrate.c - an instance goes on with another version of its workflow
 *
 * Owns:    what a safe place is: for each open step one of the same path and kind in the other
 *          version. What a step was given stays as it was; only steps opened later are new.
 * In:      decide_migration_check() for a preview, decide_migrate() to do it.
 * Out:     one record that names the version and the new place of each open step.
 * Always:  an instance that is refused is left as it was.
 * See:     docs/language.md §10
 */
#include "engine/core/decide.h"
#include "engine/core/value.h"

#include "base/must.h"

#include <string.h>

static uint32_t find_step(const struct workflow *w, const struct step *like)
{
    for (uint32_t i = 0; i < w->step_count; i++) {
        if (w->steps[i].kind == like->kind && strcmp(w->steps[i].pointer, like->pointer) == 0) {
            return i;
        }
    }
    return STEP_NONE;
}

/* The same step under another number: it may stand elsewhere in its list. */
static uint32_t find_by_name(const struct workflow *w, const struct workflow *old,
                             const struct step *like)
{
    for (uint32_t i = 0; i < w->step_count; i++) {
        const struct step *s = &w->steps[i];
        bool same_list = (s->parent == STEP_NONE) == (like->parent == STEP_NONE) &&
                         (s->parent == STEP_NONE ||
                          strcmp(w->steps[s->parent].name, old->steps[like->parent].name) == 0);
        if (s->kind == like->kind && same_list && strcmp(s->name, like->name) == 0) {
            return i;
        }
    }
    return STEP_NONE;
}

/* Where an open step stands in the other version; STEP_NONE: nowhere. */
static uint32_t new_place(const struct workflow *old, const struct workflow *now, uint32_t step)
{
    const struct step *like = &old->steps[step];
    uint32_t found = find_by_name(now, old, like);

    return found != STEP_NONE ? found : find_step(now, like);
}

static bool is_of_flow(const struct task *task)
{
    return task->state != TASK_CLOSED && task->kind != TASK_NOTICE;
}

static bool check_task(const struct workflow *old, const struct workflow *now,
                       const struct task *task, struct error *err)
{
    const struct step *step = &old->steps[task->step];

    if (!is_of_flow(task)) {
        return true;
    }
    uint32_t found = new_place(old, now, task->step);
    if (found == STEP_NONE) {
        return error_set(err, ERROR_CONFLICT,
                         "the step \"%s\" is open, and the new version has none of that name and "
                         "kind in its place",
                         step->name);
    }
    return task->kind != TASK_CALL || now->steps[found].service != NULL;
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
    return true;
}

bool decide_migrate(struct world *world, uint64_t id, const struct definition *definition,
                    struct error *err)
{
    if (!decide_migration_check(world, id, definition, err)) {
        return false;
    }
    struct instance *instance = world->get(world, id);
    const struct workflow *old = value_workflow(world, instance);

    buffer_clear(world->scratch);
    for (uint32_t n = 0; n < instance->task_count; n++) {
        const struct task *task = &instance->tasks[n];
        /* letters and closed assignments only name the step they came from */
        uint32_t found = new_place(old, &definition->workflow, task->step);
        pack_uint(world->scratch, task->seq);
        pack_uint(world->scratch, found != STEP_NONE ? found : 0);
    }
    world_record(world, instance,
                 (struct record){.kind = RECORD_MIGRATED,
                                 .number = definition->number,
                                 .data = arena_copy(world->arena, buffer_bytes(world->scratch))});
    return true;
}
