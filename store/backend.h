/* backend.h - what a kind of store must bring; inside store/ only
 *
 * store.c checks arguments, keeps the failed state of a transaction and the place of a cursor, and
 * calls these. So a backend never sees a failed transaction, a key out of bounds, a write in a read
 * transaction, or a move from a place that a write has made void. Its structures begin with the
 * ones here.
 *
 * Table number store->table_count is the wrapper's own: see format.h.
 */
#ifndef STORE_BACKEND_H
#define STORE_BACKEND_H

#include "store/feed.h"
#include "store/store.h"

#include "base/compiler.h"

#include <stdatomic.h>

enum store_move { STORE_SEEK, STORE_FIRST, STORE_LAST, STORE_NEXT, STORE_PREV };

struct store_backend {
    void (*close)(struct store *store);
    bool (*room)(struct store *store, struct error *err);
    /* Gives a zeroed transaction with `store` and `write` filled. */
    bool (*begin)(struct store *store, bool write, struct store_txn **ret_txn, struct error *err);
    /* Both free the transaction. */
    bool (*commit)(struct store_txn *txn, struct error *err);
    void (*abort)(struct store_txn *txn);
    uint64_t (*version)(const struct store_txn *txn);

    /* Trouble in these goes to store_txn_fail(). */
    bool (*get)(struct store_txn *txn, int table, struct bytes key, struct bytes *ret_value);
    void (*put)(struct store_txn *txn, int table, struct bytes key, struct bytes value,
                bool append);
    bool (*delete)(struct store_txn *txn, int table, struct bytes key);
    uint64_t (*count)(struct store_txn *txn, int table);

    struct store_cursor *(*cursor_open)(struct store_txn *txn, int table);
    void (*cursor_close)(struct store_cursor *cursor);
    /* NEXT and PREV only come while the cursor stands on a key; key is for SEEK. */
    bool (*move)(struct store_cursor *cursor, enum store_move move, struct bytes key,
                 struct bytes *ret_key, struct bytes *ret_value);

    bool (*copy)(struct store *store, const char *dir, struct error *err);
    void (*stats)(struct store *store, struct store_stats *ret_stats); /* given zeroed */
};

struct store {
    const struct store_backend *backend;
    int table_count;
    bool read_only;
    uint32_t format_found; /* at open, before migrations */
    atomic_int open_txns;
    atomic_ullong commits;
    struct feed *feed; /* NULL: nobody follows */
};

struct store_txn {
    struct store *store;
    bool write;
    bool failed;
    int open_cursors;
    uint32_t writes[STORE_TABLES_MAX]; /* since begin: tells a cursor that its place is void */
    struct error trouble;              /* filled when failed */
    struct feed_changes changes;       /* of the followed table; store.c frees them */
};

enum store_place { STORE_NOWHERE, STORE_BEFORE_FIRST, STORE_ON_KEY, STORE_AFTER_LAST };

struct store_cursor {
    struct store_txn *txn;
    int table;
    enum store_place place;
    uint32_t writes; /* of the table, when the place was taken */
};

/* Mark the transaction failed; only the first trouble is kept. */
void store_txn_fail(struct store_txn *txn, enum error_code code, const char *fmt, ...)
    PRINTF_LIKE(3, 4);
void store_txn_fail_append(struct store_txn *txn);

/* Fill what all backends share from checked options. */
void store_init(struct store *store, const struct store_backend *backend,
                const struct store_options *options);

#endif
