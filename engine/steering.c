/* steering.c - cancel, suspend and resume, and whom they reach
 *
 * Owns:    which children of an instance share its fate (docs/states.md §1).
 * In:      commands.c.
 * Out:     decide_cancel() and its like. What a step waits for is cancelled by core itself.
 * Always:  each instance is reached once: children have one parent.
 */
#include "engine/steering.h"

#include "base/must.h"

#include <stdlib.h>
#include <string.h>

/* Instances still to be looked at. */
struct ids {
    uint64_t *all;
    size_t count;
    size_t room;
};

static void push(struct ids *ids, uint64_t id)
{
    if (ids->count == ids->room) {
        ids->room = ids->room ? ids->room * 2 : 64;
        ids->all = xrealloc(ids->all, ids->room * sizeof *ids->all);
    }
    ids->all[ids->count++] = id;
}

/* All that this one started, from the table. */
static void push_children(struct turn *turn, uint64_t parent, struct ids *ids)
{
    struct buffer prefix = BUFFER_INIT;
    struct bytes key;

    pack_u8(&prefix, TENANT);
    pack_key64(&prefix, parent);
    struct store_cursor *c = store_cursor_open(turn->txn, TABLE_CHILD);
    bool found = store_seek(c, buffer_bytes(&prefix), &key, NULL);
    while (found && memcmp(key.data, prefix.data, prefix.size) == 0) {
        struct cursor k = cursor_of(key);
        unpack_u8(&k);
        unpack_key64(&k);
        push(ids, unpack_key64(&k));
        found = store_next(c, &key, NULL);
    }
    store_cursor_close(&c);
    buffer_fini(&prefix);
}

static bool is_plan(const struct world *world, const struct instance *instance)
{
    const struct definition *d = catalog_find_number(world->catalog, instance->definition);

    return d != NULL && d->kind == DEFINITION_ROADMAP;
}

static bool waits_for_one(const struct instance *instance)
{
    for (uint32_t n = 0; n < instance->task_count; n++) {
        if (instance->tasks[n].kind == TASK_RUN) {
            return true;
        }
    }
    return false;
}

/* An occurrence of a plan, or what a step of its parent waits for. */
static bool belongs(struct world *world, const struct instance *child)
{
    const struct instance *parent = child->parent ? world->get(world, child->parent) : NULL;
    const struct task *task =
        parent != NULL ? instance_find_task(parent, child->parent_task) : NULL;

    return parent != NULL && (is_plan(world, parent) || (task != NULL && task->kind == TASK_RUN));
}

static bool decide(struct world *world, enum steering steering, uint64_t id, struct bytes reason,
                   struct error *err)
{
    switch (steering) {
    case STEERING_CANCEL:
        return decide_cancel(world, id, reason, err);
    case STEERING_SUSPEND:
        return decide_suspend(world, id, reason, err);
    default:
        must(steering == STEERING_RESUME);
        return decide_resume(world, id, err);
    }
}

bool steering_run(struct turn *turn, enum steering steering, uint64_t id, struct bytes reason,
                  struct error *err)
{
    struct world *world = turn_world(turn);
    const struct instance *first = world->get(world, id);
    bool plan = first != NULL && is_plan(world, first);
    bool deep = steering != STEERING_CANCEL && first != NULL && waits_for_one(first);
    struct ids ids = {0};

    if (!decide(world, steering, id, reason, err)) {
        return false;
    }
    if (plan || deep) {
        push_children(turn, id, &ids);
    }
    while (ids.count > 0) {
        uint64_t next = ids.all[--ids.count];
        const struct instance *child = world->get(world, next);
        if (child == NULL || !belongs(world, child)) {
            continue;
        }
        deep = steering != STEERING_CANCEL && waits_for_one(child);
        decide(world, steering, next, reason, NULL);
        if (deep) {
            push_children(turn, next, &ids);
        }
    }
    free(ids.all);
    return true;
}
