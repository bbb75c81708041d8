/* aged.c - pairs of tables whose rows are forgotten when they are old
 *
 * Owns:    the keys of these pairs (docs/storage.md §2.1); what a value says is its owner's.
 * In:      seen.c, once.c.
 * Always:  both tables of a pair have the same rows, since they change in one transaction.
 */
#include "engine/aged.h"

#define FORGET_MAX 4 /* with each that comes: more than come in */
#define TIME_BYTES 9 /* tenant and moment, before the name */

static void put_name(struct buffer *key, struct bytes name)
{
    pack_u8(key, TENANT);
    buffer_append(key, name.data, name.size);
}

bool aged_get(struct turn *turn, const struct aged *aged, struct bytes name,
              struct bytes *ret_value)
{
    struct buffer key = BUFFER_INIT;

    put_name(&key, name);
    bool found = store_get(turn->txn, aged->names, buffer_bytes(&key), ret_value);
    buffer_fini(&key);
    return found;
}

void aged_put(struct turn *turn, const struct aged *aged, struct bytes name, struct bytes value,
              int64_t at_ms)
{
    struct buffer key = BUFFER_INIT;

    put_name(&key, name);
    store_put(turn->txn, aged->names, buffer_bytes(&key), value);
    buffer_clear(&key);
    pack_u8(&key, TENANT);
    pack_key64(&key, (uint64_t)at_ms);
    buffer_append(&key, name.data, name.size);
    store_put(turn->txn, aged->times, buffer_bytes(&key), (struct bytes){"", 0});
    buffer_fini(&key);
}

/* The oldest key of the table of times, when it is over, or one too many. */
static bool oldest(struct turn *turn, const struct aged *aged, int64_t until_ms, uint64_t most,
                   struct buffer *ret_key)
{
    struct store_cursor *c = store_cursor_open(turn->txn, aged->times);
    bool many = store_count(turn->txn, aged->names) >= most;
    struct bytes key;
    bool found = store_next(c, &key, NULL);

    buffer_clear(ret_key);
    if (found) {
        struct cursor at = cursor_of(key);
        unpack_u8(&at);
        found = many || (int64_t)unpack_key64(&at) <= until_ms;
        buffer_append(ret_key, key.data, key.size);
    }
    store_cursor_close(&c);
    return found;
}

void aged_forget(struct turn *turn, const struct aged *aged, int64_t until_ms, uint64_t most)
{
    struct buffer old = BUFFER_INIT;
    struct buffer key = BUFFER_INIT;

    for (int i = 0; i < FORGET_MAX && oldest(turn, aged, until_ms, most, &old); i++) {
        buffer_clear(&key);
        put_name(&key, (struct bytes){old.data + TIME_BYTES, old.size - TIME_BYTES});
        store_delete(turn->txn, aged->names, buffer_bytes(&key));
        store_delete(turn->txn, aged->times, buffer_bytes(&old));
    }
    buffer_fini(&key);
    buffer_fini(&old);
}
