/* once.c - the tables `once` and `once-time`
 *
 * Owns:    what is kept of a command that has a key, and for how long (docs/storage.md §2.1).
 * In:      commands.c, with commands that have a key.
 * Always:  both tables have the same rows (aged.h).
 * See:     docs/protocol.md §3.3
 */
#include "engine/once.h"

#include "base/limits.h"
#include "engine/aged.h"

#define ONCE_FORMAT 1

static const struct aged once = {TABLE_ONCE, TABLE_ONCE_TIME};

uint64_t once_fingerprint(uint64_t fingerprint, struct bytes text)
{
    static const struct bytes end = {"\xFF", 1}; /* in no UTF-8 */

    return bytes_hash(bytes_hash(fingerprint, text), end);
}

enum once once_look(struct turn *turn, struct bytes key, uint64_t fingerprint,
                    struct bytes *ret_answer)
{
    struct bytes value;

    if (!aged_get(turn, &once, key, &value)) {
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

void once_keep(struct turn *turn, struct bytes key, uint64_t fingerprint, struct bytes answer,
               int64_t now_ms)
{
    struct buffer value = BUFFER_INIT;

    aged_forget(turn, &once, now_ms - LIMIT_ONCE_MS, LIMIT_ONCE_KEPT);
    pack_u8(&value, ONCE_FORMAT);
    pack_key64(&value, fingerprint);
    pack_bytes(&value, answer.size <= LIMIT_ONCE_ANSWER_BYTES ? answer : (struct bytes){NULL, 0});
    aged_put(turn, &once, key, buffer_bytes(&value), now_ms);
    turn->keep_time = true; /* a command that changed nothing is kept, too */
    buffer_fini(&value);
}
