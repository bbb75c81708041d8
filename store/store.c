/* store.c - the part of the contract that all stores share
 *
 * Owns:    the checks of arguments and limits, the failed state of transactions, the place of
 *          cursors.
 * In:      every call of store.h but the two opens.
 * Out:     the backend (backend.h), called only with what it may be called with.
 * Always:  after the first trouble a transaction reads nothing, writes nothing and cannot commit.
 * See:     docs/storage.md §1
 */
#include "store/backend.h"

#include "base/must.h"

#include <stdarg.h>
#include <stdio.h>

void store_init(struct store *store, const struct store_backend *backend,
                const struct store_options *options)
{
    must(options->table_count >= 1 && options->table_count <= STORE_TABLES_MAX);
    store->backend = backend;
    store->table_count = options->table_count;
    store->read_only = options->read_only;
    store->format_found = options->format;
    atomic_init(&store->open_txns, 0);
    atomic_init(&store->commits, 0);
}

void store_close(struct store **store)
{
    if (*store == NULL) {
        return;
    }
    must(atomic_load(&(*store)->open_txns) == 0);
    feed_destroy((*store)->feed);
    (*store)->backend->close(*store);
    *store = NULL;
}

bool store_room(struct store *store, struct error *err)
{
    return store->backend->room(store, err);
}

static bool begin(struct store *store, bool write, struct store_txn **ret_txn, struct error *err)
{
    struct store_txn *txn;

    if (!store->backend->begin(store, write, &txn, err)) {
        return false;
    }
    atomic_fetch_add(&store->open_txns, 1);
    *ret_txn = txn;
    return true;
}

bool store_begin_write(struct store *store, struct store_txn **ret_txn, struct error *err)
{
    must(!store->read_only);
    return begin(store, true, ret_txn, err);
}

bool store_begin_read(struct store *store, struct store_txn **ret_txn, struct error *err)
{
    return begin(store, false, ret_txn, err);
}

/* Followers get the changes before the commit: a snapshot that sees it finds them there. */
static bool commit(struct store_txn *txn, struct error *err)
{
    struct store *store = txn->store;
    uint64_t version = store->backend->version(txn);
    bool told = feed_has(&txn->changes);

    if (told) {
        feed_publish(store->feed, version, &txn->changes);
    }
    bool done = store->backend->commit(txn, err);
    if (told && !done) {
        feed_retract(store->feed, version);
    }
    return done;
}

bool store_commit(struct store_txn **txn, struct error *err)
{
    struct store_txn *t = *txn;
    struct store *store = t->store;

    must(t->write);
    if (t->failed) {
        store_failed(t, err);
        store_abort(txn);
        return false;
    }
    must(t->open_cursors == 0);
    *txn = NULL;
    bool done = commit(t, err);
    if (done) {
        atomic_fetch_add(&store->commits, 1);
    }
    atomic_fetch_sub(&store->open_txns, 1);
    return done;
}

void store_abort(struct store_txn **txn)
{
    if (*txn == NULL) {
        return;
    }
    struct store *store = (*txn)->store;

    must((*txn)->open_cursors == 0);
    feed_drop(&(*txn)->changes);
    store->backend->abort(*txn);
    *txn = NULL;
    atomic_fetch_sub(&store->open_txns, 1);
}

bool store_failed(const struct store_txn *txn, struct error *err)
{
    if (txn->failed && err != NULL) {
        *err = txn->trouble;
    }
    return txn->failed;
}

void store_txn_fail(struct store_txn *txn, enum error_code code, const char *fmt, ...)
{
    char text[ERROR_TEXT_MAX];
    va_list args;

    if (txn->failed) {
        return;
    }
    va_start(args, fmt);
    vsnprintf(text, sizeof text, fmt, args);
    va_end(args);
    txn->failed = true;
    error_set(&txn->trouble, code, "%s", text);
}

void store_txn_fail_append(struct store_txn *txn)
{
    store_txn_fail(txn, ERROR_STORE,
                   "a key was appended that is not greater than the table's last");
}

static void check_table(const struct store_txn *txn, int table)
{
    must(table >= 0 && table < txn->store->table_count);
}

/* A key that cannot have been put is simply not there. */
static bool key_possible(struct bytes key)
{
    return key.size >= 1 && key.size <= STORE_KEY_BYTES_MAX;
}

bool store_get(struct store_txn *txn, int table, struct bytes key, struct bytes *ret_value)
{
    struct bytes ignored;

    check_table(txn, table);
    if (txn->failed || !key_possible(key)) {
        return false;
    }
    return txn->store->backend->get(txn, table, key, ret_value ? ret_value : &ignored);
}

static bool may_put(struct store_txn *txn, struct bytes key, struct bytes value)
{
    if (txn->failed) {
        return false;
    }
    if (key.size == 0) {
        store_txn_fail(txn, ERROR_INVALID, "a key of the store has at least 1 byte");
    } else if (key.size > STORE_KEY_BYTES_MAX) {
        store_txn_fail(txn, ERROR_TOO_LARGE, "a key of %zu bytes: the store takes %u", key.size,
                       STORE_KEY_BYTES_MAX);
    } else if (value.size > STORE_VALUE_BYTES_MAX) {
        store_txn_fail(txn, ERROR_TOO_LARGE, "a value of %zu bytes: the store takes %u", value.size,
                       STORE_VALUE_BYTES_MAX);
    }
    return !txn->failed;
}

static bool is_followed(const struct store_txn *txn, int table)
{
    const struct feed *feed = txn->store->feed;

    return feed != NULL && feed_table(feed) == table;
}

static void put(struct store_txn *txn, int table, struct bytes key, struct bytes value, bool append)
{
    must(txn->write);
    check_table(txn, table);
    if (may_put(txn, key, value)) {
        txn->writes[table]++;
        if (is_followed(txn, table)) {
            feed_put(txn->store->feed, &txn->changes, key, value);
        }
        txn->store->backend->put(txn, table, key, value, append);
    }
}

void store_put(struct store_txn *txn, int table, struct bytes key, struct bytes value)
{
    put(txn, table, key, value, false);
}

void store_append(struct store_txn *txn, int table, struct bytes key, struct bytes value)
{
    put(txn, table, key, value, true);
}

bool store_delete(struct store_txn *txn, int table, struct bytes key)
{
    must(txn->write);
    check_table(txn, table);
    if (txn->failed || !key_possible(key)) {
        return false;
    }
    txn->writes[table]++;
    if (is_followed(txn, table)) { /* now: the key may be one that goes with its row */
        feed_delete(txn->store->feed, &txn->changes, key);
    }
    return txn->store->backend->delete (txn, table, key);
}

uint64_t store_count(struct store_txn *txn, int table)
{
    check_table(txn, table);
    return txn->failed ? 0 : txn->store->backend->count(txn, table);
}

struct store_cursor *store_cursor_open(struct store_txn *txn, int table)
{
    check_table(txn, table);
    struct store_cursor *c = txn->store->backend->cursor_open(txn, table);

    c->txn = txn;
    c->table = table;
    c->place = STORE_NOWHERE;
    txn->open_cursors++;
    return c;
}

void store_cursor_close(struct store_cursor **cursor)
{
    if (*cursor == NULL) {
        return;
    }
    struct store_txn *txn = (*cursor)->txn;

    txn->open_cursors--;
    txn->store->backend->cursor_close(*cursor);
    *cursor = NULL;
}

/* Make a backend's move; where nothing was found the cursor is at `otherwise`. */
static bool move(struct store_cursor *c, enum store_move how, struct bytes key,
                 enum store_place otherwise, struct bytes *ret_key, struct bytes *ret_value)
{
    struct bytes found_key, found_value;

    if (c->txn->failed || !c->txn->store->backend->move(c, how, key, &found_key, &found_value)) {
        c->place = otherwise;
        return false;
    }
    c->place = STORE_ON_KEY;
    c->writes = c->txn->writes[c->table];
    if (ret_key != NULL) {
        *ret_key = found_key;
    }
    if (ret_value != NULL) {
        *ret_value = found_value;
    }
    return true;
}

bool store_seek(struct store_cursor *c, struct bytes key, struct bytes *ret_key,
                struct bytes *ret_value)
{
    enum store_move how = key.size == 0 ? STORE_FIRST : STORE_SEEK;

    return move(c, how, key, STORE_AFTER_LAST, ret_key, ret_value);
}

bool store_last(struct store_cursor *c, struct bytes *ret_key, struct bytes *ret_value)
{
    return move(c, STORE_LAST, (struct bytes){0}, STORE_AFTER_LAST, ret_key, ret_value);
}

static void check_place(const struct store_cursor *c)
{
    must(c->txn->failed || c->writes == c->txn->writes[c->table]);
}

bool store_next(struct store_cursor *c, struct bytes *ret_key, struct bytes *ret_value)
{
    enum store_move how = STORE_FIRST;

    if (c->place == STORE_AFTER_LAST) {
        return false;
    }
    if (c->place == STORE_ON_KEY) {
        check_place(c);
        how = STORE_NEXT;
    }
    return move(c, how, (struct bytes){0}, STORE_AFTER_LAST, ret_key, ret_value);
}

bool store_prev(struct store_cursor *c, struct bytes *ret_key, struct bytes *ret_value)
{
    enum store_move how = STORE_LAST;

    if (c->place == STORE_BEFORE_FIRST) {
        return false;
    }
    if (c->place == STORE_ON_KEY) {
        check_place(c);
        how = STORE_PREV;
    }
    return move(c, how, (struct bytes){0}, STORE_BEFORE_FIRST, ret_key, ret_value);
}

uint64_t store_version(const struct store_txn *txn)
{
    return txn->store->backend->version(txn);
}

bool store_follow(struct store *store, int table, size_t bytes_max, struct error *err)
{
    struct store_txn *txn;

    must(store->feed == NULL && table >= 0 && table < store->table_count);
    if (!store_begin_read(store, &txn, err)) {
        return false;
    }
    store->feed = feed_create(table, bytes_max, store_version(txn));
    store_abort(&txn);
    return true;
}

bool store_changes(struct store_txn *txn, uint64_t after, struct buffer *ret_changes)
{
    must(!txn->write);
    return txn->store->feed != NULL &&
           feed_copy(txn->store->feed, after, store_version(txn), ret_changes);
}

bool store_copy(struct store *store, const char *dir, struct error *err)
{
    return store->backend->copy(store, dir, err);
}

void store_stats(struct store *store, struct store_stats *ret_stats)
{
    *ret_stats = (struct store_stats){.commits = atomic_load(&store->commits)};
    store->backend->stats(store, ret_stats);
}

uint32_t store_format(const struct store *store)
{
    return store->format_found;
}
