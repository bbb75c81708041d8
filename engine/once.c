/* once.c - the tables `once` and `once-time`
 *
 * Owns:    both tables (docs/storage.md §2.1): the same keys, by name and by the time they came.
 * In:      commands.c, with commands that have a key.
 * Always:  both have the same rows, since they change in one transaction; with each key that comes,
 *          at most FORGET_MAX go.
 * See:     docs/protocol.md §3.3
 */
#include "engine/once.h"

#include "base/limits.h"

#define ONCE_FORMAT 1
#define FORGET_MAX  4 /* more than come in, so the table shrinks */
#define TIME_BYTES  9 /* tenant and moment, before the key */

uint64_t once_fingerprint(uint64_t fingerprint, struct bytes text)
{
    const unsigned char *at = text.data;

    for (size_t i = 0; i < text.size; i++) {
        fingerprint = (fingerprint ^ at[i]) * UINT64_C(0x100000001b3);
    }
    return (fingerprint ^ 0xff) * UINT64_C(0x100000001b3); /* the end: in no UTF-8 */
}

static void put_key(struct buffer *out, struct bytes key)
{
    pack_u8(out, TENANT);
    buffer_append(out, key.data, key.size);
}

enum once once_look(struct turn *turn, struct bytes key, uint64_t fingerprint,
                    struct bytes *ret_answer)
{
    struct buffer name = BUFFER_INIT;
    struct bytes value;

    put_key(&name, key);
    bool found = store_get(turn->txn, TABLE_ONCE, buffer_bytes(&name), &value);
    buffer_fini(&name);
    if (!found) {
        return ONCE_NEW;
    }
    struct cursor c = cursor_of(value);
    unsigned format = unpack_u8(&c);
    uint64_t known = unpack_key64(&c);
    struct bytes answer = unpack_bytes(&c);
    if (c.bad || format != ONCE_FORMAT || known != fingerprint) {
        return ONCE_OTHER;
    }
    *ret_answer =
        arena_copy(&turn->arena, answer.size > 0 ? answer : bytes_of("{\"repeated\":true}"));
    return ONCE_SAME;
}

/* The oldest key of the table of times, when it is over, or one too many. */
static bool oldest(struct turn *turn, int64_t until_ms, struct buffer *ret_key)
{
    struct store_cursor *c = store_cursor_open(turn->txn, TABLE_ONCE_TIME);
    bool many = store_count(turn->txn, TABLE_ONCE) >= LIMIT_ONCE_KEPT;
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

static void forget(struct turn *turn, int64_t until_ms)
{
    struct buffer old = BUFFER_INIT;
    struct buffer name = BUFFER_INIT;

    for (int i = 0; i < FORGET_MAX && oldest(turn, until_ms, &old); i++) {
        buffer_clear(&name);
        put_key(&name, (struct bytes){old.data + TIME_BYTES, old.size - TIME_BYTES});
        store_delete(turn->txn, TABLE_ONCE, buffer_bytes(&name));
        store_delete(turn->txn, TABLE_ONCE_TIME, buffer_bytes(&old));
    }
    buffer_fini(&name);
    buffer_fini(&old);
}

void once_keep(struct turn *turn, struct bytes key, uint64_t fingerprint, struct bytes answer,
               int64_t now_ms)
{
    struct buffer name = BUFFER_INIT;
    struct buffer value = BUFFER_INIT;

    forget(turn, now_ms - LIMIT_ONCE_MS);
    put_key(&name, key);
    pack_u8(&value, ONCE_FORMAT);
    pack_key64(&value, fingerprint);
    pack_bytes(&value, answer.size <= LIMIT_ONCE_ANSWER_BYTES ? answer : (struct bytes){NULL, 0});
    store_put(turn->txn, TABLE_ONCE, buffer_bytes(&name), buffer_bytes(&value));
    buffer_clear(&name);
    pack_u8(&name, TENANT);
    pack_key64(&name, (uint64_t)now_ms);
    buffer_append(&name, key.data, key.size);
    store_put(turn->txn, TABLE_ONCE_TIME, buffer_bytes(&name), (struct bytes){"", 0});
    turn->keep_time = true; /* a command that changed nothing is kept, too */
    buffer_fini(&name);
    buffer_fini(&value);
}
