/* lmdb.c - the store's transactions over LMDB; the only file that knows it
 *
 * Owns:    the environment: data file, map, table handles, and what is open in it.
 * In, out: the calls of backend.h and of lmdb_env.h.
 * Always:  the map moves only while no transaction of this process is open: each holds map_lock
 *          shared, whoever moves the map holds it alone. Every code of LMDB becomes an error of
 *          ours in refuse() or fail().
 * See:     docs/storage.md §1
 */
#include "store/lmdb_env.h"

#include "store/format.h"

#include "base/must.h"

#include <errno.h>
#include <inttypes.h>
#include <lmdb.h>
#include <stdlib.h>
#include <sys/mman.h>
#include <unistd.h>

#define MIB         ((uint64_t)1 << 20)
#define READERS_MAX 510 /* read transactions at a time, all processes: a 32 KiB lock file */
#define TABLES_ALL  (STORE_TABLES_MAX + 1) /* with the wrapper's own */
#define FREE_TABLE  0u                     /* LMDB's list of free pages, and its list of tables */
#define MAIN_TABLE  1u

struct lmdb_env {
    MDB_env *mdb;
    MDB_dbi tables[TABLES_ALL];
    pthread_rwlock_t map_lock;
    bool map_lost; /* under map_lock: it could not be mapped again after a move */
    atomic_bool map_was_full;
    atomic_ullong stale_readers;
};

struct lmdb_txn {
    struct store_txn base;
    MDB_txn *mdb;
    /* Of a write transaction, one for each table once touched. It keeps its place: near the last
     * key no search from the root is needed, which doubles the speed of a turn. LMDB frees them
     * with the transaction. */
    MDB_cursor *places[TABLES_ALL];
};

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

static bool refuse(const struct lmdb_store *s, int rc, const char *what, struct error *err)
{
    const char *text;
    enum error_code code = code_of(rc, &text);

    return error_set(err, code, "the store %s: cannot %s: %s", s->folder.path, what, text);
}

static struct lmdb_store *store_of(const struct store_txn *txn)
{
    return (struct lmdb_store *)txn->store;
}

/* A write that the disk cuts short is EIO to LMDB. */
static bool is_full_disk(const struct lmdb_store *s, int rc)
{
    uint64_t free_bytes;

    return rc == EIO && folder_free_bytes(&s->folder, &free_bytes, NULL) && free_bytes < MIB;
}

static void fail(struct store_txn *txn, int rc, const char *what)
{
    struct lmdb_store *s = store_of(txn);
    const char *text;
    enum error_code code = code_of(is_full_disk(s, rc) ? ENOSPC : rc, &text);

    if (rc == MDB_MAP_FULL) {
        atomic_store(&s->env->map_was_full, true);
    }
    store_txn_fail(txn, code, "the store %s: cannot %s: %s", s->folder.path, what, text);
}

/* Opening */

static int set_up(MDB_env *mdb, const struct lmdb_store *s, const struct store_options *options,
                  uint64_t map_bytes)
{
    /* NOTLS: a thread may have several read transactions, and a slot is freed with each. Not
     * NOMEMINIT: it would write what was in memory to disk. Not NORDAHEAD: the start reads whole
     * tables in order, and the store of a region fits into memory. */
    unsigned flags =
        MDB_NOTLS | (options->read_only ? MDB_RDONLY : 0u) | (options->no_sync ? MDB_NOSYNC : 0u);
    int rc = mdb_env_set_mapsize(mdb, map_bytes);

    if (rc == 0) {
        rc = mdb_env_set_maxdbs(mdb, TABLES_ALL);
    }
    if (rc == 0) {
        rc = mdb_env_set_maxreaders(mdb, READERS_MAX);
    }
    return rc == 0 ? mdb_env_open(mdb, s->folder.path, flags, 0600) : rc;
}

bool lmdb_env_open(struct lmdb_store *s, const struct store_options *options, uint64_t map_bytes,
                   struct error *err)
{
    MDB_env *mdb = NULL;
    int rc = mdb_env_create(&mdb);

    if (rc == 0) {
        rc = set_up(mdb, s, options, map_bytes);
    }
    if (rc != 0) {
        mdb_env_close(mdb);
        return refuse(s, rc, N_("open it"), err);
    }
    s->env = xcalloc(1, sizeof *s->env);
    s->env->mdb = mdb;
    must(pthread_rwlock_init(&s->env->map_lock, NULL) == 0);
    atomic_init(&s->env->map_was_full, false);
    atomic_init(&s->env->stale_readers, 0);
    return true;
}

void lmdb_env_close(struct lmdb_env *env)
{
    if (env == NULL) {
        return;
    }
    mdb_env_close(env->mdb);
    pthread_rwlock_destroy(&env->map_lock);
    free(env);
}

/* Is there nothing in the file, not even the wrapper's own table? */
static int look(MDB_txn *mdb, bool *ret_fresh, bool *ret_ours)
{
    MDB_dbi dbi;
    MDB_stat stat;
    int rc = mdb_dbi_open(mdb, NULL, 0, &dbi);

    if (rc == 0) {
        rc = mdb_stat(mdb, dbi, &stat);
    }
    if (rc != 0) {
        return rc;
    }
    *ret_fresh = stat.ms_entries == 0;
    rc = mdb_dbi_open(mdb, FORMAT_TABLE, 0, &dbi);
    *ret_ours = rc == 0;
    return rc == MDB_NOTFOUND || rc == MDB_INCOMPATIBLE ? 0 : rc;
}

bool lmdb_env_tables(struct store_txn *txn, const struct store_options *options, bool *ret_fresh,
                     struct error *err)
{
    struct lmdb_store *s = store_of(txn);
    MDB_txn *mdb = ((struct lmdb_txn *)txn)->mdb;
    bool ours;
    int rc = look(mdb, ret_fresh, &ours);

    if (rc == 0 && !ours && (!*ret_fresh || options->read_only)) {
        return error_set(err, ERROR_FORMAT, "%s holds no store of this program", s->folder.path);
    }
    for (int i = 0; rc == 0 && i <= options->table_count; i++) {
        const char *name = i < options->table_count ? options->tables[i] : FORMAT_TABLE;

        must(i == options->table_count || (name[0] != '\0' && name[0] != '.'));
        rc = mdb_dbi_open(mdb, name, options->read_only ? 0u : MDB_CREATE, &s->env->tables[i]);
        if (rc == MDB_NOTFOUND) {
            return error_set(err, ERROR_FORMAT,
                             "the store %s has no table %s yet: open it for writing once",
                             s->folder.path, name);
        }
    }
    return rc == 0 ? true : refuse(s, rc, N_("open its tables"), err);
}

/* Readers and the map */

void lmdb_env_clear_stale(struct lmdb_env *env)
{
    int dead = 0;

    if (mdb_reader_check(env->mdb, &dead) == 0 && dead > 0) {
        atomic_fetch_add(&env->stale_readers, (unsigned long long)dead);
    }
}

uint64_t lmdb_env_stale_cleared(const struct lmdb_env *env)
{
    return atomic_load(&env->stale_readers);
}

bool lmdb_env_was_full(const struct lmdb_env *env)
{
    return atomic_load(&env->map_was_full);
}

bool lmdb_env_map(struct lmdb_store *s, uint64_t *ret_map_bytes, uint64_t *ret_high_bytes,
                  struct error *err)
{
    struct lmdb_env *env = s->env;
    MDB_envinfo info;
    MDB_stat stat;

    must(pthread_rwlock_rdlock(&env->map_lock) == 0);
    int rc = env->map_lost ? MDB_PANIC : mdb_env_info(env->mdb, &info);

    if (rc == 0) {
        rc = mdb_env_stat(env->mdb, &stat);
    }
    must(pthread_rwlock_unlock(&env->map_lock) == 0);
    if (rc != 0) {
        return refuse(s, rc, N_("see its map"), err);
    }
    *ret_map_bytes = info.me_mapsize;
    *ret_high_bytes = (info.me_last_pgno + 1) * stat.ms_psize;
    return true;
}

static int add_pages(MDB_txn *mdb, MDB_dbi dbi, uint64_t *bytes)
{
    MDB_stat stat;
    int rc = mdb_stat(mdb, dbi, &stat);

    if (rc == 0) {
        *bytes += (stat.ms_branch_pages + stat.ms_leaf_pages + stat.ms_overflow_pages) *
                  (uint64_t)stat.ms_psize;
    }
    return rc;
}

bool lmdb_env_used(struct lmdb_store *s, uint64_t *ret_used_bytes, struct error *err)
{
    struct store_txn *txn;
    uint64_t bytes = 0;

    if (!lmdb_begin(&s->base, false, &txn, err)) {
        return false;
    }
    MDB_txn *mdb = ((struct lmdb_txn *)txn)->mdb;
    int rc = add_pages(mdb, FREE_TABLE, &bytes);

    if (rc == 0) {
        rc = add_pages(mdb, MAIN_TABLE, &bytes);
    }
    for (int i = 0; rc == 0 && i <= s->base.table_count; i++) {
        rc = add_pages(mdb, s->env->tables[i], &bytes);
    }
    lmdb_abort(txn);
    if (rc != 0) {
        return refuse(s, rc, N_("count its pages"), err);
    }
    *ret_used_bytes = bytes;
    return true;
}

/* LMDB drops the old map before it asks for the new one; ask first whether there is address space,
 * since without a map the store is lost to this process. */
static int move_map(struct lmdb_env *env, uint64_t map_bytes)
{
    void *probe =
        mmap(NULL, map_bytes, PROT_NONE, MAP_PRIVATE | MAP_ANONYMOUS | MAP_NORESERVE, -1, 0);

    if (probe == MAP_FAILED) {
        return errno;
    }
    munmap(probe, map_bytes);
    int rc = mdb_env_set_mapsize(env->mdb, map_bytes);

    env->map_lost = rc != 0;
    return rc;
}

bool lmdb_env_grow(struct lmdb_store *s, uint64_t map_bytes, bool wait, bool *ret_grown,
                   struct error *err)
{
    struct lmdb_env *env = s->env;

    if (wait) {
        must(pthread_rwlock_wrlock(&env->map_lock) == 0);
    } else if (pthread_rwlock_trywrlock(&env->map_lock) != 0) {
        *ret_grown = false;
        return true;
    }
    int rc = env->map_lost ? MDB_PANIC : move_map(env, map_bytes);

    must(pthread_rwlock_unlock(&env->map_lock) == 0);
    if (rc != 0) {
        return error_set(err, ERROR_DISK_FULL,
                         "the store %s: cannot map %" PRIu64 " bytes: %s: raise the limit of "
                         "address space of the process",
                         s->folder.path, map_bytes, mdb_strerror(rc));
    }
    atomic_store(&env->map_was_full, false);
    *ret_grown = true;
    return true;
}

/* The owner made the map larger. Never waits: this thread may be reading. */
static void follow_map(struct lmdb_env *env)
{
    if (pthread_rwlock_trywrlock(&env->map_lock) != 0) {
        return;
    }
    env->map_lost = mdb_env_set_mapsize(env->mdb, 0) != 0;
    must(pthread_rwlock_unlock(&env->map_lock) == 0);
}

bool lmdb_env_copy(int fd, void *arg, struct error *err)
{
    struct lmdb_store *s = arg;
    struct store_txn *txn; /* keeps the map where it is */

    if (!lmdb_begin(&s->base, false, &txn, err)) {
        return false;
    }
    int rc = mdb_env_copyfd2(s->env->mdb, fd, MDB_CP_COMPACT);

    lmdb_abort(txn);
    return rc == 0 ? true : refuse(s, rc, N_("copy"), err);
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
        follow_map(s->env);
        rc = begin(s->env, write, &mdb);
    }
    if (rc != 0) {
        return refuse(s, rc, N_("begin a transaction"), err);
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
    must(pthread_rwlock_unlock(&store_of(&t->base)->env->map_lock) == 0);
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

/* Reading and writing */

static MDB_txn *mdb_of(struct store_txn *txn)
{
    return ((struct lmdb_txn *)txn)->mdb;
}

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
        rc = mdb_cursor_open(t->mdb, store_of(txn)->env->tables[table], &t->places[table]);
    }
    *ret_cursor = t->places[table];
    return rc;
}

static int get(struct store_txn *txn, int table, MDB_val *key, MDB_val *ret_value)
{
    MDB_cursor *c;

    if (!txn->write) {
        return mdb_get(mdb_of(txn), store_of(txn)->env->tables[table], key, ret_value);
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
    int rc = mdb_stat(mdb_of(txn), store_of(txn)->env->tables[table], &stat);

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
        int rc = mdb_cursor_open(mdb_of(txn), store_of(txn)->env->tables[table], &c->mdb);

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
