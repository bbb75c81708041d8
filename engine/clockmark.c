/* clockmark.c - the mark of the clock in the store's meta table */
#include "engine/clockmark.h"

#include "engine/core/tables.h"

static struct bytes mark_key(void)
{
    static const unsigned char key[] = {TENANT, 'c', 'l', 'o', 'c', 'k'};

    return (struct bytes){key, sizeof key};
}

static bool mark(struct store *store, struct bytes clock, struct error *err)
{
    struct store_txn *txn;

    if (!store_room(store, err) || !store_begin_write(store, &txn, err)) {
        return false;
    }
    store_put(txn, TABLE_META, mark_key(), clock);
    return store_commit(&txn, err);
}

bool clockmark_check(struct store *store, bool demo, struct error *err)
{
    struct bytes mine = bytes_of(demo ? "demo" : "real");
    struct store_txn *txn;
    struct bytes found;

    if (!store_begin_read(store, &txn, err)) {
        return false;
    }
    bool marked = store_get(txn, TABLE_META, mark_key(), &found);
    bool same = marked && bytes_equal(found, mine);
    store_abort(&txn);
    if (!marked) {
        return mark(store, mine, err);
    }
    if (!same && demo) {
        return error_set(err, ERROR_REFUSED,
                         "this store was made on the real clock: a demonstration needs a folder of "
                         "its own");
    }
    return same ||
           error_set(err, ERROR_REFUSED,
                     "this store was made in demonstration time: it can't be used on the real "
                     "clock");
}
