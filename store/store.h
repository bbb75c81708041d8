/* store.h - named ordered tables in transactions
 *
 * One writer, many readers. A write transaction sees its own changes; a read transaction is a
 * snapshot of the last commit. Keys and values are bytes; keys are ordered by memcmp, the shorter
 * first. Nothing outside store/ knows what is behind: lmdb.c (files) or memory.c (tests, `try`).
 *
 * Failure: inside a transaction the first trouble marks it failed; from then on reads find nothing,
 * writes do nothing, and store_commit() refuses with that first error. So the code that reads and
 * writes needs no check per call, and nothing half-done is ever committed.
 * Threads: a store may be used from several threads; a transaction and its cursors from one.
 * Processes: open a folder once in a process, and not across a fork. Docs: docs/storage.md §1
 */
#ifndef STORE_STORE_H
#define STORE_STORE_H

#include "base/buffer.h"
#include "base/error.h"

#include <stdbool.h>
#include <stdint.h>

#define STORE_KEY_BYTES_MAX   500u        /* LMDB takes 511; a key has at least 1 byte */
#define STORE_VALUE_BYTES_MAX (64u << 20) /* one turn's journal entry fits */
#define STORE_TABLES_MAX      32

struct store;
struct store_txn;
struct store_cursor;

/* Brings records from one format to a later one, in a transaction of its own that also moves the
 * format number. run() returns false with *err to refuse; then nothing of its step is kept. */
struct store_migration {
    uint32_t from, to;
    bool (*run)(struct store_txn *txn, struct error *err);
};

struct store_options {
    const char *const *tables; /* names; the index is the table's number in every call below */
    int table_count;           /* 1..STORE_TABLES_MAX */
    uint32_t format;           /* format of the records; kept in the store, see store_format() */
    const struct store_migration *migrations; /* one for each `from`; NULL while there are none */
    int migration_count;
    uint64_t map_bytes_start; /* lmdb: size of the map at first; 0 = 256 MiB */
    uint64_t map_bytes_max;   /* lmdb: the map never grows beyond; 0 = 256 GiB */
    uint64_t free_bytes_min;  /* lmdb: free disk below which store_room() refuses; 0 = 64 MiB */
    bool read_only;           /* lmdb: no owner lock, no write transactions: copy, verify */
    bool no_sync;             /* lmdb: tests and measurements only; never in production */
};

struct store_stats {
    uint64_t used_bytes; /* pages in use, all tables */
    uint64_t file_bytes; /* size of the file on disk */
    uint64_t map_bytes;  /* current size of the map */
    uint64_t free_disk_bytes;
    uint64_t commits, grown, stale_readers; /* since open; times the map grew, readers cleared */
};

/* Open the store in folder dir, creating folder and tables as needed. Refused: another process
 * owns it (ERROR_CONFLICT, unless read_only), the store's format is newer or older than
 * options->format and no migration is known (ERROR_FORMAT), files damaged (ERROR_STORE). */
bool store_open_lmdb(const char *dir, const struct store_options *options, struct store **ret_store,
                     struct error *err);
/* The same contract, in memory, empty, alone. */
bool store_open_memory(const struct store_options *options, struct store **ret_store,
                       struct error *err);
/* Everything must be finished. NULL is fine; sets *store to NULL. */
void store_close(struct store **store);

/* Is there room for one more turn: free disk above free_bytes_min and map below map_bytes_max?
 * Also grows the map ahead of need and clears readers that died. Call before the turn, with no
 * transaction open in the calling thread. ERROR_DISK_FULL with a sentence otherwise. */
bool store_room(struct store *store, struct error *err);

/* A second write transaction waits for the first (in the same thread for ever). */
bool store_begin_write(struct store *store, struct store_txn **ret_txn, struct error *err);
bool store_begin_read(struct store *store, struct store_txn **ret_txn, struct error *err);
/* End it; *txn is NULL afterwards, whatever the answer. A commit that returned true is on disk.
 * A read transaction is ended with store_abort(). Cursors must be closed before. */
bool store_commit(struct store_txn **txn, struct error *err);
void store_abort(struct store_txn **txn);
/* Did something in this transaction fail? Then *err (may be NULL) gets the first trouble. */
bool store_failed(const struct store_txn *txn, struct error *err);

/* Find a value. *ret_value is borrowed until the next write in this transaction or its end. In all
 * calls below ret_key and ret_value may be NULL. */
bool store_get(struct store_txn *txn, int table, struct bytes key, struct bytes *ret_value);

/* Insert or replace. The transaction fails when a limit above is passed. */
void store_put(struct store_txn *txn, int table, struct bytes key, struct bytes value);
/* Insert a key greater than the table's last (else the transaction fails): fills pages to the brim
 * where store_put() leaves them half empty. */
void store_append(struct store_txn *txn, int table, struct bytes key, struct bytes value);
/* Remove; true when it was there. */
bool store_delete(struct store_txn *txn, int table, struct bytes key);
/* Number of keys in a table; exact. */
uint64_t store_count(struct store_txn *txn, int table);

/* Walking in key order. Keys and values are borrowed until the next move, the next write in the
 * transaction, or its end. store_seek() finds the first key >= key. Each returns false past the end
 * (or when the transaction failed), and the cursor is then there: after the last key, or before the
 * first. So store_seek() and then store_prev() gives the greatest key below, always. With a new
 * cursor store_next() gives the first key, store_prev() the last.
 * After a write to this table in the same transaction seek again (or go to the last): moving from a
 * key then is a bug. Writes to other tables leave the cursor where it is. */
struct store_cursor *store_cursor_open(struct store_txn *txn, int table);
void store_cursor_close(struct store_cursor **cursor);
bool store_seek(struct store_cursor *c, struct bytes key, struct bytes *ret_key,
                struct bytes *ret_value);
bool store_next(struct store_cursor *c, struct bytes *ret_key, struct bytes *ret_value);
bool store_prev(struct store_cursor *c, struct bytes *ret_key, struct bytes *ret_value);
bool store_last(struct store_cursor *c, struct bytes *ret_key, struct bytes *ret_value);

/* The number of the commit that a read transaction sees, or that a write transaction would be:
 * later ones have greater numbers. */
uint64_t store_version(const struct store_txn *txn);

/* Keep in memory, for copies of a table in other threads, what is written to it from now on: that
 * of the newest commits, as many as fit into bytes_max. One table of a store. Call it while no
 * transaction is open. false: the store can't be read. */
bool store_follow(struct store *store, int table, size_t bytes_max, struct error *err);
/* What was put and deleted in the followed table by the commits after `after` that this snapshot
 * sees, appended in their order; to be read with store_change_next(). false: not all of it is kept,
 * and nothing was appended. */
bool store_changes(struct store_txn *txn, uint64_t after, struct buffer *ret_changes);
/* The next of them, borrowed; deleted: ret_value->data is NULL. false: that was all. */
bool store_change_next(struct cursor *changes, struct bytes *ret_key, struct bytes *ret_value);

/* Copy a live lmdb store into the folder dir, which must not hold a store yet. Takes a snapshot;
 * writers go on. Compacts. Unsupported for memory stores. */
bool store_copy(struct store *store, const char *dir, struct error *err);
void store_stats(struct store *store, struct store_stats *ret_stats);
/* Format number found in the store at open (before any migration). */
uint32_t store_format(const struct store *store);

#endif
