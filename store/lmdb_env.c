/* lmdb_env.c - an open data file of LMDB: its tables, its map, its readers, copies of it
 *
 * Owns:    the environment, from open to close.
 * In, out: the calls of lmdb_env.h.
 * Always:  the map moves only while no transaction of this process is open: each holds map_lock
 *          shared, whoever moves the map holds it alone.
 * See:     docs/storage.md §1
 */
#include "store/lmdb_part.h"

#include "store/format.h"

#include "base/must.h"

#include <errno.h>
#include <inttypes.h>
#include <stdlib.h>
#include <sys/mman.h>

#define READERS_MAX 510 /* read transactions at a time, all processes: a 32 KiB lock file */
#define FREE_TABLE  0u  /* LMDB's list of free pages, and its list of tables */
#define MAIN_TABLE  1u

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
        return lmdb_refuse(s, rc, N_("open it"), err);
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
    struct lmdb_store *s = lmdb_store_of(txn);
    MDB_txn *mdb = lmdb_txn_of(txn);
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
    return rc == 0 ? true : lmdb_refuse(s, rc, N_("open its tables"), err);
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
        return lmdb_refuse(s, rc, N_("see its map"), err);
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
    MDB_txn *mdb = lmdb_txn_of(txn);
    int rc = add_pages(mdb, FREE_TABLE, &bytes);

    if (rc == 0) {
        rc = add_pages(mdb, MAIN_TABLE, &bytes);
    }
    for (int i = 0; rc == 0 && i <= s->base.table_count; i++) {
        rc = add_pages(mdb, s->env->tables[i], &bytes);
    }
    lmdb_abort(txn);
    if (rc != 0) {
        return lmdb_refuse(s, rc, N_("count its pages"), err);
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

void lmdb_env_follow(struct lmdb_env *env)
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
    return rc == 0 ? true : lmdb_refuse(s, rc, N_("copy"), err);
}
