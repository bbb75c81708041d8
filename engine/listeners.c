/* listeners.c - who waits for an event: from the table, and from the open turn
 *
 * Owns:    the ways to look up the table of subscriptions: an empty type stands for any type, an
 *          empty subject for any subject.
 * In:      events.c, with an event; offers.c, with a kept one.
 * Out:     tasks, for decide_event() and decide_offer() to look at closely.
 * Always:  only reads.
 */
#include "engine/listeners.h"

#include "base/limits.h"
#include "base/must.h"

#include <stdlib.h>
#include <string.h>

void listeners_fini(struct listeners *l)
{
    free(l->all);
    *l = (struct listeners){0};
}

static void add(struct listeners *l, uint64_t instance, uint32_t task)
{
    if (l->count == l->room) {
        l->room = l->room ? l->room * 2 : 64;
        l->all = xrealloc(l->all, l->room * sizeof *l->all);
    }
    l->all[l->count++] = (struct match){.instance = instance, .task = task};
}

/* --- the table ----------------------------------------------------------------------------- */

static void collect(struct turn *turn, const char *type, const char *subject, struct listeners *l)
{
    struct buffer prefix = BUFFER_INIT;
    struct bytes key;
    size_t most = l->count + LIMIT_EVENT_MATCHES + 1;

    pack_u8(&prefix, TENANT);
    buffer_append(&prefix, type, strlen(type) + 1);
    buffer_append(&prefix, subject, strlen(subject) + 1);
    struct store_cursor *c = store_cursor_open(turn->txn, TABLE_SUBSCRIPTION);
    bool more = store_seek(c, buffer_bytes(&prefix), &key, NULL);
    while (more && l->count < most && key.size == prefix.size + 12 &&
           memcmp(key.data, prefix.data, prefix.size) == 0) {
        struct cursor k =
            cursor_of((struct bytes){(const unsigned char *)key.data + prefix.size, 12});
        uint64_t instance = unpack_key64(&k);
        add(l, instance, unpack_key32(&k));
        more = store_next(c, &key, NULL);
    }
    store_cursor_close(&c);
    buffer_fini(&prefix);
}

/* --- the turn ------------------------------------------------------------------------------ */

static void collect_fresh(struct turn *turn, const char *type, const char *subject,
                          struct listeners *l)
{
    for (size_t i = 0; i < turn->listening_count; i++) {
        const struct instance *instance = turn->listening[i];
        for (uint32_t n = 0; n < instance->task_count; n++) {
            const struct task *task = &instance->tasks[n];
            if (facets_listens(instance, task, turn->world.catalog, type, subject)) {
                add(l, instance->id, task->seq);
            }
        }
    }
}

/* --- each once ----------------------------------------------------------------------------- */

static int compare(const void *left, const void *right)
{
    const struct match *a = left;
    const struct match *b = right;

    if (a->instance != b->instance) {
        return a->instance < b->instance ? -1 : 1;
    }
    return (a->task > b->task) - (a->task < b->task);
}

static void sort(struct listeners *l)
{
    size_t kept = 0;

    if (l->count > 1) {
        qsort(l->all, l->count, sizeof *l->all, compare);
    }
    for (size_t i = 0; i < l->count; i++) {
        if (kept == 0 || compare(&l->all[kept - 1], &l->all[i]) != 0) {
            l->all[kept++] = l->all[i];
        }
    }
    l->count = kept;
}

void listeners_find(struct turn *turn, const char *type, const char *subject,
                    struct listeners *ret_listeners)
{
    ret_listeners->count = 0;
    collect(turn, type, "", ret_listeners);
    collect(turn, "", "", ret_listeners);
    if (subject[0] != '\0') {
        collect(turn, type, subject, ret_listeners);
        collect(turn, "", subject, ret_listeners);
    }
    collect_fresh(turn, type, subject, ret_listeners);
    sort(ret_listeners);
}

void listeners_of(struct turn *turn, uint64_t id, struct listeners *ret_listeners)
{
    const struct instance *instance = turn->world.get(&turn->world, id);

    ret_listeners->count = 0;
    for (uint32_t n = 0; instance != NULL && n < instance->task_count; n++) {
        enum task_kind kind = instance->tasks[n].kind;
        if (kind == TASK_LISTEN || kind == TASK_SCHEDULE) {
            add(ret_listeners, id, instance->tasks[n].seq);
        }
    }
}
