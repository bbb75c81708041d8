/* lmdb_part.h - the environment and its transactions, for lmdb.c and lmdb_env.c only
 *
 * The only file that includes lmdb.h.
 */
#ifndef STORE_LMDB_PART_H
#define STORE_LMDB_PART_H

#include "store/lmdb_env.h"

#include <lmdb.h>

#define TABLES_ALL (STORE_TABLES_MAX + 1) /* with the wrapper's own */

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

struct lmdb_store *lmdb_store_of(const struct store_txn *txn);
MDB_txn *lmdb_txn_of(struct store_txn *txn);

/* A code of LMDB as an error of ours: "the store PATH: cannot WHAT: why". Always false. */
bool lmdb_refuse(const struct lmdb_store *s, int rc, const char *what, struct error *err);

/* The owner made the map larger: map it again. Never waits: this thread may be reading. */
void lmdb_env_follow(struct lmdb_env *env);

#endif
