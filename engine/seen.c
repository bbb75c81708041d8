/* seen.c - the tables `seen` and `seen-time`
 *
 * Owns:    both tables (docs/storage.md §2.1): the same events, by name and by the time they came.
 * In:      events.c, with events from outside.
 * Always:  both have the same rows, since they change in one transaction.
 */
#include "engine/seen.h"

#include <string.h>

#define FORGET_MAX 4 /* with each event: more than come in, so the table shrinks */

static void put_name(const struct event *event, struct buffer *key)
{
    buffer_append(key, event->source, strlen(event->source) + 1);
    buffer_text(key, event->id);
}

bool seen_before(struct turn *turn, const struct event *event)
{
    struct buffer name = BUFFER_INIT;

    pack_u8(&name, TENANT);
    put_name(event, &name);
    bool seen = store_get(turn->txn, TABLE_SEEN, buffer_bytes(&name), NULL);
    buffer_fini(&name);
    return seen;
}

void seen_remember(struct turn *turn, const struct event *event)
{
    struct buffer name = BUFFER_INIT;
    struct buffer time = BUFFER_INIT;

    pack_u8(&name, TENANT);
    put_name(event, &name);
    pack_u8(&time, TENANT);
    pack_key64(&time, (uint64_t)turn->world.now_ms);
    put_name(event, &time);
    store_put(turn->txn, TABLE_SEEN, buffer_bytes(&name), (struct bytes){time.data + 1, 8});
    store_put(turn->txn, TABLE_SEEN_TIME, buffer_bytes(&time), (struct bytes){"", 0});
    buffer_fini(&name);
    buffer_fini(&time);
}

/* The oldest key of the table of times, when it is old enough to be forgotten. */
static bool oldest(struct turn *turn, int64_t until_ms, struct buffer *ret_key)
{
    struct store_cursor *c = store_cursor_open(turn->txn, TABLE_SEEN_TIME);
    struct bytes key;
    bool found = store_next(c, &key, NULL);

    buffer_clear(ret_key);
    if (found) {
        struct cursor at = cursor_of(key);
        unpack_u8(&at);
        found = (int64_t)unpack_key64(&at) <= until_ms;
        buffer_append(ret_key, key.data, key.size);
    }
    store_cursor_close(&c);
    return found;
}

void seen_forget(struct turn *turn, int64_t seen_ms)
{
    struct buffer old = BUFFER_INIT;
    struct buffer name = BUFFER_INIT;

    for (int i = 0; i < FORGET_MAX && oldest(turn, turn->world.now_ms - seen_ms, &old); i++) {
        buffer_clear(&name);
        pack_u8(&name, TENANT);
        buffer_append(&name, old.data + 9, old.size - 9);
        store_delete(turn->txn, TABLE_SEEN, buffer_bytes(&name));
        store_delete(turn->txn, TABLE_SEEN_TIME, buffer_bytes(&old));
    }
    buffer_fini(&name);
    buffer_fini(&old);
}
