/* lmdb.c - the store's transactions over LMDB
 *
 * Owns:    what is open in an environment (lmdb_env.c): transactions, cursors.
 * In, out: the calls of backend.h.
 * Always:  every transaction holds map_lock shared until it ends. Every code of LMDB becomes an
 *          error of ours in lmdb_refuse() or fail().
 * See:     docs/storage.md §1
 */
#include "store/lmdb_part.h"

#include "base/must.h"

#include <errno.h>
#include <stdlib.h>

#define MIB ((uint64_t)1 << 20)

struct lmdb_cursor {
    struct store_cursor base;
    MDB_cursor *mdb; /* NULL when the transaction had failed before */
};

static const struct {
    int rc;
    enum error_code code;
    const char *text; /* NULL = LMDB's own */
} reasons[] = {
    {MDB_MAP_FULL, ERROR_DISK_FULL, "its map is full, and grows before the next turn if it may"},
    {ENOSPC, ERROR_DISK_FULL, NULL},
    {EDQUOT, ERROR_DISK_FULL, NULL},
    {MDB_READERS_FULL, ERROR_BUSY, "too many read transactions are open"},
    {MDB_MAP_RESIZED, ERROR_BUSY, "its owner made it larger, and readers here are busy"},
    {MDB_INVALID, ERROR_STORE, "its file " LMDB_DATA_FILE " is damaged, restore a copy"},
    {MDB_CORRUPTED, ERROR_STORE, "its file " LMDB_DATA_FILE " is damaged, restore a copy"},
    {MDB_PAGE_NOTFOUND, ERROR_STORE, "its file " LMDB_DATA_FILE " is damaged, restore a copy"},
    {MDB_VERSION_MISMATCH, ERROR_STORE, "its file " LMDB_DATA_FILE " is of another LMDB"},
    {MDB_PANIC, ERROR_STORE, "earlier trouble broke it, start the program again"},
    {EACCES, ERROR_IO, NULL},
    {EPERM, ERROR_IO, NULL},
    {EROFS, ERROR_IO, NULL},
    {ENOENT, ERROR_NOT_FOUND, "there is none"},
};

static enum error_code code_of(int rc, const char **ret_text)
{
    enum error_code code = ERROR_STORE;

    *ret_text = NULL;
    for (size_t i = 0; i < sizeof reasons / sizeof reasons[0]; i++) {
        if (reasons[i].rc == rc) {
            *ret_text = reasons[i].text;
            code = reasons[i].code;
        }
    }
    if (*ret_text == NULL) {
        *ret_text = mdb_strerror(rc);
    }
    return code;
}

bool lmdb_refuse(const struct lmdb_store *s, int rc, const char *what, struct error *err)
{
    const char *text;
    enum error_code code = code_of(rc, &text);

    return error_set(err, code, "the store %s: cannot %s: %s", s->folder.path, what, text);
}

struct lmdb_store *lmdb_store_of(const struct store_txn *txn)
{
    return (struct lmdb_store *)txn->store;
}

MDB_txn *lmdb_txn_of(struct store_txn *txn)
{
    return ((struct lmdb_txn *)txn)->mdb;
}

/* A write that the disk cuts short is EIO to LMDB. */
static bool is_full_disk(const struct lmdb_store *s, int rc)
{
    uint64_t free_bytes;

    return rc == EIO && folder_free_bytes(&s->folder, &free_bytes, NULL) && free_bytes < MIB;
}

static void fail(struct store_txn *txn, int rc, const char *what)
{
    struct lmdb_store *s = lmdb_store_of(txn);
    const char *text;
    enum error_code code = code_of(is_full_disk(s, rc) ? ENOSPC : rc, &text);

    if (rc == MDB_MAP_FULL) {
        atomic_store(&s->env->map_was_full, true);
    }
    store_txn_fail(txn, code, "the store %s: cannot %s: %s", s->folder.path, what, text);
}

/* Transactions */

static int begin(struct lmdb_env *env, bool write, MDB_txn **ret_mdb)
{
    unsigned flags = write ? 0 : MDB_RDONLY;

    must(pthread_rwlock_rdlock(&env->map_lock) == 0);
    int rc = env->map_lost ? MDB_PANIC : mdb_txn_begin(env->mdb, NULL, flags, ret_mdb);

    if (rc == MDB_READERS_FULL) {
        lmdb_env_clear_stale(env);
        rc = mdb_txn_begin(env->mdb, NULL, flags, ret_mdb);
    }
    if (rc != 0) {
        must(pthread_rwlock_unlock(&env->map_lock) == 0);
    }
    return rc;
}

bool lmdb_begin(struct store *store, bool write, struct store_txn **ret_txn, struct error *err)
{
    struct lmdb_store *s = (struct lmdb_store *)store;
    MDB_txn *mdb;
    int rc = begin(s->env, write, &mdb);

    if (rc == MDB_MAP_RESIZED) {
        lmdb_env_follow(s->env);
        rc = begin(s->env, write, &mdb);
    }
    if (rc != 0) {
        return lmdb_refuse(s, rc, N_("begin a transaction"), err);
    }
    struct lmdb_txn *t = xcalloc(1, sizeof *t);

    t->base.store = store;
    t->base.write = write;
    t->mdb = mdb;
    *ret_txn = &t->base;
    return true;
}

static void finish(struct lmdb_txn *t)
{
    must(pthread_rwlock_unlock(&lmdb_store_of(&t->base)->env->map_lock) == 0);
    free(t);
}

void lmdb_abort(struct store_txn *txn)
{
    struct lmdb_txn *t = (struct lmdb_txn *)txn;

    mdb_txn_abort(t->mdb);
    finish(t);
}

bool lmdb_commit(struct store_txn *txn, struct error *err)
{
    struct lmdb_txn *t = (struct lmdb_txn *)txn;
    int rc = mdb_txn_commit(t->mdb);

    if (rc != 0) {
        fail(txn, rc, "commit");
        store_failed(txn, err);
    }
    finish(t);
    return rc == 0;
}

uint64_t lmdb_version(const struct store_txn *txn)
{
    return mdb_txn_id(((const struct lmdb_txn *)txn)->mdb);
}

/* Reading and writing */

static MDB_val val_of(struct bytes b)
{
    return (MDB_val){.mv_size = b.size, .mv_data = (void *)b.data};
}

static struct bytes bytes_of_val(MDB_val v)
{
    return (struct bytes){v.mv_data, v.mv_size};
}

static int place_of(struct store_txn *txn, int table, MDB_cursor **ret_cursor)
{
    struct lmdb_txn *t = (struct lmdb_txn *)txn;
    int rc = 0;

    if (t->places[table] == NULL) {
        rc = mdb_cursor_open(t->mdb, lmdb_store_of(txn)->env->tables[table], &t->places[table]);
    }
    *ret_cursor = t->places[table];
    return rc;
}

static int get(struct store_txn *txn, int table, MDB_val *key, MDB_val *ret_value)
{
    MDB_cursor *c;

    if (!txn->write) {
        return mdb_get(lmdb_txn_of(txn), lmdb_store_of(txn)->env->tables[table], key, ret_value);
    }
    int rc = place_of(txn, table, &c);

    return rc == 0 ? mdb_cursor_get(c, key, ret_value, MDB_SET) : rc;
}

bool lmdb_get(struct store_txn *txn, int table, struct bytes key, struct bytes *ret_value)
{
    MDB_val k = val_of(key), v;
    int rc = get(txn, table, &k, &v);

    if (rc == 0) {
        *ret_value = bytes_of_val(v);
    } else if (rc != MDB_NOTFOUND) {
        fail(txn, rc, "read");
    }
    return rc == 0;
}

void lmdb_put(struct store_txn *txn, int table, struct bytes key, struct bytes value, bool append)
{
    MDB_val k = val_of(key), v = val_of(value);
    MDB_cursor *c;
    int rc = place_of(txn, table, &c);

    if (rc == 0) {
        rc = mdb_cursor_put(c, &k, &v, append ? MDB_APPEND : 0);
    }
    if (rc == MDB_KEYEXIST) {
        store_txn_fail_append(txn);
    } else if (rc != 0) {
        fail(txn, rc, "write");
    }
}

bool lmdb_delete(struct store_txn *txn, int table, struct bytes key)
{
    MDB_val k = val_of(key), v;
    MDB_cursor *c;
    int rc = place_of(txn, table, &c);

    if (rc == 0) {
        rc = mdb_cursor_get(c, &k, &v, MDB_SET);
    }
    if (rc == 0) {
        rc = mdb_cursor_del(c, 0);
    }
    if (rc != 0 && rc != MDB_NOTFOUND) {
        fail(txn, rc, "delete");
    }
    return rc == 0;
}

uint64_t lmdb_count(struct store_txn *txn, int table)
{
    MDB_stat stat;
    int rc = mdb_stat(lmdb_txn_of(txn), lmdb_store_of(txn)->env->tables[table], &stat);

    if (rc != 0) {
        fail(txn, rc, "count");
        return 0;
    }
    return stat.ms_entries;
}

struct store_cursor *lmdb_cursor_open(struct store_txn *txn, int table)
{
    struct lmdb_cursor *c = xcalloc(1, sizeof *c);

    if (!txn->failed) {
        int rc = mdb_cursor_open(lmdb_txn_of(txn), lmdb_store_of(txn)->env->tables[table], &c->mdb);

        if (rc != 0) {
            fail(txn, rc, "open a cursor");
        }
    }
    return &c->base;
}

void lmdb_cursor_close(struct store_cursor *cursor)
{
    struct lmdb_cursor *c = (struct lmdb_cursor *)cursor;

    if (c->mdb != NULL) {
        mdb_cursor_close(c->mdb);
    }
    free(c);
}

bool lmdb_move(struct store_cursor *cursor, enum store_move move, struct bytes key,
               struct bytes *ret_key, struct bytes *ret_value)
{
    static const MDB_cursor_op ops[] = {
        [STORE_SEEK] = MDB_SET_RANGE, [STORE_FIRST] = MDB_FIRST, [STORE_LAST] = MDB_LAST,
        [STORE_NEXT] = MDB_NEXT,      [STORE_PREV] = MDB_PREV,
    };
    MDB_val k = val_of(key), v;
    int rc = mdb_cursor_get(((struct lmdb_cursor *)cursor)->mdb, &k, &v, ops[move]);

    if (rc == 0) {
        *ret_key = bytes_of_val(k);
        *ret_value = bytes_of_val(v);
    } else if (rc != MDB_NOTFOUND) {
        fail(cursor->txn, rc, "read");
    }
    return rc == 0;
}
