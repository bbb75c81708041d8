/* storetoken.c - the token of a store in its meta table
 *
 * Owns:    how it is made: by the kernel, once.
 * Out:     clients see it in the answer of STATS.
 * Always:  it is on disk before anybody hears of it.
 * See:     docs/storage.md §2
 */
#include "engine/storetoken.h"

#include "engine/core/tables.h"

#include <errno.h>
#include <string.h>
#include <sys/random.h>

#define DIGITS (STORE_TOKEN_MAX - 1)

static struct bytes token_key(void)
{
    static const unsigned char key[] = {TENANT, 't', 'o', 'k', 'e', 'n'};

    return (struct bytes){key, sizeof key};
}

static bool make(struct store *store, char token[STORE_TOKEN_MAX], struct error *err)
{
    static const char digits[] = "0123456789abcdef";
    unsigned char random[DIGITS / 2];
    struct store_txn *txn;

    if (getrandom(random, sizeof random, 0) != (ssize_t)sizeof random) {
        return error_set(err, ERROR_IO, "no random bytes for a new store: %s", strerror(errno));
    }
    for (size_t i = 0; i < sizeof random; i++) {
        token[2 * i] = digits[random[i] >> 4];
        token[2 * i + 1] = digits[random[i] & 15];
    }
    token[DIGITS] = '\0';
    if (!store_room(store, err) || !store_begin_write(store, &txn, err)) {
        return false;
    }
    store_put(txn, TABLE_META, token_key(), bytes_of(token));
    return store_commit(&txn, err);
}

bool storetoken_get(struct store *store, char ret_token[STORE_TOKEN_MAX], struct error *err)
{
    struct store_txn *txn;
    struct bytes found;

    if (!store_begin_read(store, &txn, err)) {
        return false;
    }
    bool known = store_get(txn, TABLE_META, token_key(), &found);
    bool whole = known && found.size == DIGITS;
    if (whole) {
        memcpy(ret_token, found.data, DIGITS);
        ret_token[DIGITS] = '\0';
    }
    store_abort(&txn);
    return known ? whole || error_set(err, ERROR_FORMAT, "the token of the store is damaged")
                 : make(store, ret_token, err);
}
