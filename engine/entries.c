/* entries.c - the walk over the rows of assignments, and groups of counts
 *
 * Owns:    which stretch of keys a walk takes; the map from texts to groups.
 * In:      overview.c, discipline.c.
 */
#include "engine/entries.h"

#include "base/must.h"
#include "engine/core/tables.h"
#include "engine/mirror.h"

#include <stdlib.h>
#include <string.h>

#define DAY_BYTES 4u /* at the end of filter_key() */

/* The open or the closed ones; false: there are more than are left to look at. */
typedef bool walk_part_fn(const struct filter *f, bool closed, uint32_t *left, entry_fn *fn,
                          void *context);

static bool walk_store(const struct filter *f, bool closed, uint32_t *left, entry_fn *fn,
                       void *context)
{
    struct store_cursor *c = store_cursor_open(f->view->txn, (int)filter_table(f));
    struct buffer from = filter_key(f, closed, f->from);
    struct assignment_entry e;
    struct bytes key;
    struct bytes value;

    bool found = store_seek(c, buffer_bytes(&from), &key, &value);
    while (found && *left > 0 && key.size >= from.size &&
           memcmp(key.data, from.data, from.size - DAY_BYTES) == 0) {
        bool good = filter_entry(f, key, value, &e);
        if (good && e.to > f->to) {
            found = false;
            break;
        }
        if (good && filter_fits(f, &e)) {
            fn(context, &e);
        }
        (*left)--;
        found = store_next(c, &key, &value);
    }
    store_cursor_close(&c);
    buffer_fini(&from);
    return *left > 0;
}

static bool walk_mirror(const struct filter *f, bool closed, uint32_t *left, entry_fn *fn,
                        void *context)
{
    const struct mirror *mirror = f->view->mirror;
    struct mirror_place place = mirror_seek(mirror, closed, f->from);
    struct assignment_entry e;

    while (*left > 0 && mirror_next(mirror, &place, &e) && e.closed == closed && e.to <= f->to) {
        if (filter_fits(f, &e)) {
            fn(context, &e);
        }
        (*left)--;
    }
    return *left > 0;
}

bool entries_walk(const struct filter *f, entry_fn *fn, void *context)
{
    bool mirrored = filter_table(f) == TABLE_ASSIGNMENT && f->view->mirror != NULL &&
                    mirror_follow(f->view->mirror, f->view->txn);
    walk_part_fn *walk = mirrored ? walk_mirror : walk_store;
    uint32_t left = ENTRIES_MAX;
    bool whole = !f->open || walk(f, false, &left, fn, context);

    return whole && (!f->closed || walk(f, true, &left, fn, context));
}

/* --- groups -------------------------------------------------------------------------------- */

void groups_init(struct groups *g, uint32_t width)
{
    *g = (struct groups){.width = width};
}

void groups_fini(struct groups *g)
{
    map_fini(&g->map);
    arena_fini(&g->arena);
    free(g->all);
    free(g->numbered);
}

struct group *groups_get(struct groups *g, struct bytes id, struct bytes more)
{
    uint64_t a = bytes_hash(BYTES_HASH_SEED, id);
    uint64_t b = more.size > 0 ? bytes_hash(BYTES_HASH_SEED, more) : 0;
    struct group *group = map_find(&g->map, a, b);

    if (group != NULL) {
        return group;
    }
    group = arena_alloc(&g->arena, sizeof *group);
    group->id = arena_copy(&g->arena, id);
    group->more = arena_copy(&g->arena, more);
    group->counts = arena_alloc(&g->arena, g->width * sizeof *group->counts);
    if (g->count == g->room) {
        g->room = g->room ? g->room * 2 : 64;
        g->all = xrealloc(g->all, g->room * sizeof(struct group *));
    }
    g->all[g->count++] = group;
    map_put(&g->map, a, b, group);
    return group;
}

struct group *groups_get_numbered(struct groups *g, uint32_t number, struct bytes id,
                                  struct bytes more)
{
    struct group *group = groups_get(g, id, more);

    if (number == 0) {
        return group;
    }
    if (number >= g->numbers) {
        uint32_t numbers = number * 2;
        g->numbered = xrealloc(g->numbered, numbers * sizeof(struct group *));
        memset(g->numbered + g->numbers, 0, (numbers - g->numbers) * sizeof(struct group *));
        g->numbers = numbers;
    }
    g->numbered[number] = group;
    return group;
}
