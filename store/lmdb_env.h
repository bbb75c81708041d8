/* lmdb_env.h - what LMDB brings to a store in files; inside store/ only
 *
 * The environment is LMDB's word for an open data file with its lock file and map.
 */
#ifndef STORE_LMDB_ENV_H
#define STORE_LMDB_ENV_H

#include "store/backend.h"
#include "store/folder.h"
#include "store/room.h"

#include <pthread.h>
#include <stdatomic.h>

#define LMDB_DATA_FILE "data.mdb"

struct lmdb_env;

/* A store in files: files.c opens it, lmdb.c reads and writes. */
struct lmdb_store {
    struct store base;
    struct folder folder;
    struct lmdb_env *env;
    atomic_ullong grown;
    pthread_mutex_t room_lock; /* for the rest; never taken while a transaction is open: who has it
                                  may wait for all of them to end */
    struct room room;
    int64_t readers_checked_ms;
};

/* Opens (and makes) the data file with a map of at least map_bytes. Fills s->env. */
bool lmdb_env_open(struct lmdb_store *s, const struct store_options *options, uint64_t map_bytes,
                   struct error *err);
void lmdb_env_close(struct lmdb_env *env); /* NULL is fine */

/* Open the tables in this transaction; they stay open if it commits. *ret_fresh tells that the file
 * was empty, and they were made. In a file of somebody else: ERROR_FORMAT. */
bool lmdb_env_tables(struct store_txn *txn, const struct store_options *options, bool *ret_fresh,
                     struct error *err);

/* The map, and the end of what was ever written in it. */
bool lmdb_env_map(struct lmdb_store *s, uint64_t *ret_map_bytes, uint64_t *ret_high_bytes,
                  struct error *err);

/* Pages in use, all tables. */
bool lmdb_env_used(struct lmdb_store *s, uint64_t *ret_used_bytes, struct error *err);

/* Make the map larger, which needs a moment without transactions of this process: wait for it, or
 * else give up and return true with *ret_grown false. */
bool lmdb_env_grow(struct lmdb_store *s, uint64_t map_bytes, bool wait, bool *ret_grown,
                   struct error *err);

/* Did a transaction find the map full since it last grew? */
bool lmdb_env_was_full(const struct lmdb_env *env);

/* Clear the slots of readers whose process died. */
void lmdb_env_clear_stale(struct lmdb_env *env);
uint64_t lmdb_env_stale_cleared(const struct lmdb_env *env);

/* Write a compact snapshot. For folder_make_file(); arg is the store. */
bool lmdb_env_copy(int fd, void *arg, struct error *err);

/* Calls of backend.h: lmdb.c. */
bool lmdb_begin(struct store *store, bool write, struct store_txn **ret_txn, struct error *err);
bool lmdb_commit(struct store_txn *txn, struct error *err);
void lmdb_abort(struct store_txn *txn);
uint64_t lmdb_version(const struct store_txn *txn);
bool lmdb_get(struct store_txn *txn, int table, struct bytes key, struct bytes *ret_value);
void lmdb_put(struct store_txn *txn, int table, struct bytes key, struct bytes value, bool append);
bool lmdb_delete(struct store_txn *txn, int table, struct bytes key);
uint64_t lmdb_count(struct store_txn *txn, int table);
struct store_cursor *lmdb_cursor_open(struct store_txn *txn, int table);
void lmdb_cursor_close(struct store_cursor *cursor);
bool lmdb_move(struct store_cursor *cursor, enum store_move move, struct bytes key,
               struct bytes *ret_key, struct bytes *ret_value);

#endif
