/* memory.c - the store without files: for tests and for `marshrut try`
 *
 * Owns:    a tree for each table as of the last commit.
 * In, out: the calls of backend.h.
 * Always:  a transaction has trees of its own, shared with those at its start; a commit puts the
 *          writer's in their place. `lock` guards the committed trees, `writer` is held by the one
 *          write transaction.
 * See:     treap.h
 */
#include "store/backend.h"
#include "store/treap.h"

#include "base/must.h"

#include <pthread.h>
#include <stdlib.h>

struct memory_store {
    struct store base;
    pthread_mutex_t lock;
    pthread_mutex_t writer;
    uint64_t version; /* of the last commit */
    struct treap tables[STORE_TABLES_MAX];
};

struct memory_txn {
    struct store_txn base;
    uint64_t version;
    struct treap tables[STORE_TABLES_MAX];
};

struct memory_cursor {
    struct store_cursor base;
    struct bytes key; /* borrowed from the tree */
};

static void memory_close(struct store *store)
{
    struct memory_store *s = (struct memory_store *)store;

    for (int i = 0; i < store->table_count; i++) {
        treap_fini(&s->tables[i]);
    }
    pthread_mutex_destroy(&s->lock);
    pthread_mutex_destroy(&s->writer);
    free(s);
}

static bool memory_room(struct store *store, struct error *err)
{
    (void)store;
    (void)err;
    return true;
}

static bool memory_begin(struct store *store, bool write, struct store_txn **ret_txn,
                         struct error *err)
{
    struct memory_store *s = (struct memory_store *)store;
    struct memory_txn *t = xcalloc(1, sizeof *t);

    (void)err;
    if (write) {
        must(pthread_mutex_lock(&s->writer) == 0);
    }
    must(pthread_mutex_lock(&s->lock) == 0);
    for (int i = 0; i < store->table_count; i++) {
        t->tables[i] = treap_share(&s->tables[i]);
    }
    t->version = s->version + write;
    must(pthread_mutex_unlock(&s->lock) == 0);
    t->base.store = store;
    t->base.write = write;
    *ret_txn = &t->base;
    return true;
}

static void memory_abort(struct store_txn *txn)
{
    struct memory_store *s = (struct memory_store *)txn->store;
    struct memory_txn *t = (struct memory_txn *)txn;

    for (int i = 0; i < s->base.table_count; i++) {
        treap_fini(&t->tables[i]);
    }
    if (txn->write) {
        must(pthread_mutex_unlock(&s->writer) == 0);
    }
    free(t);
}

static bool memory_commit(struct store_txn *txn, struct error *err)
{
    struct memory_store *s = (struct memory_store *)txn->store;
    struct memory_txn *t = (struct memory_txn *)txn;

    (void)err;
    must(pthread_mutex_lock(&s->lock) == 0);
    for (int i = 0; i < s->base.table_count; i++) {
        struct treap old = s->tables[i];

        s->tables[i] = t->tables[i];
        t->tables[i] = old;
    }
    s->version = t->version;
    must(pthread_mutex_unlock(&s->lock) == 0);
    memory_abort(txn);
    return true;
}

static uint64_t memory_version(const struct store_txn *txn)
{
    return ((const struct memory_txn *)txn)->version;
}

static struct treap *table_of(struct store_txn *txn, int table)
{
    return &((struct memory_txn *)txn)->tables[table];
}

static bool memory_get(struct store_txn *txn, int table, struct bytes key, struct bytes *ret_value)
{
    return treap_get(table_of(txn, table), key, ret_value);
}

static void memory_put(struct store_txn *txn, int table, struct bytes key, struct bytes value,
                       bool append)
{
    struct treap *tree = table_of(txn, table);
    struct bytes last, ignored;

    if (append && treap_last(tree, &last, &ignored) && bytes_compare(key, last) <= 0) {
        store_txn_fail_append(txn);
        return;
    }
    treap_put(tree, key, value);
}

static bool memory_delete(struct store_txn *txn, int table, struct bytes key)
{
    return treap_delete(table_of(txn, table), key);
}

static uint64_t memory_count(struct store_txn *txn, int table)
{
    return table_of(txn, table)->count;
}

static struct store_cursor *memory_cursor_open(struct store_txn *txn, int table)
{
    struct memory_cursor *c = xcalloc(1, sizeof *c);

    (void)txn;
    (void)table;
    return &c->base;
}

static void memory_cursor_close(struct store_cursor *cursor)
{
    free(cursor);
}

static bool go(const struct treap *tree, enum store_move move, struct bytes from,
               struct bytes *ret_key, struct bytes *ret_value)
{
    switch (move) {
    case STORE_SEEK:
        return treap_at_least(tree, from, ret_key, ret_value);
    case STORE_FIRST:
        return treap_first(tree, ret_key, ret_value);
    case STORE_LAST:
        return treap_last(tree, ret_key, ret_value);
    case STORE_NEXT:
        return treap_above(tree, from, ret_key, ret_value);
    case STORE_PREV:
        return treap_below(tree, from, ret_key, ret_value);
    }
    must(!"a move that is none");
    return false;
}

static bool memory_move(struct store_cursor *cursor, enum store_move move, struct bytes key,
                        struct bytes *ret_key, struct bytes *ret_value)
{
    struct memory_cursor *c = (struct memory_cursor *)cursor;
    struct bytes from = move == STORE_SEEK ? key : c->key;

    if (!go(table_of(cursor->txn, cursor->table), move, from, ret_key, ret_value)) {
        return false;
    }
    c->key = *ret_key;
    return true;
}

static bool memory_copy(struct store *store, const char *dir, struct error *err)
{
    (void)store;
    return error_set(err, ERROR_UNSUPPORTED, "a store in memory cannot be copied to %s", dir);
}

static void memory_stats(struct store *store, struct store_stats *ret_stats)
{
    (void)store;
    (void)ret_stats;
}

static const struct store_backend memory_backend = {
    .close = memory_close,
    .room = memory_room,
    .begin = memory_begin,
    .commit = memory_commit,
    .version = memory_version,
    .abort = memory_abort,
    .get = memory_get,
    .put = memory_put,
    .delete = memory_delete,
    .count = memory_count,
    .cursor_open = memory_cursor_open,
    .cursor_close = memory_cursor_close,
    .move = memory_move,
    .copy = memory_copy,
    .stats = memory_stats,
};

bool store_open_memory(const struct store_options *options, struct store **ret_store,
                       struct error *err)
{
    struct memory_store *s = xcalloc(1, sizeof *s);

    (void)err;
    store_init(&s->base, &memory_backend, options);
    must(pthread_mutex_init(&s->lock, NULL) == 0);
    must(pthread_mutex_init(&s->writer, NULL) == 0);
    *ret_store = &s->base;
    return true;
}
