/* kept.c - the tables `kept`, `kept-for` and `kept-time`
 *
 * Owns:    the three tables and the row "kept" of `meta` (docs/storage.md §2.1, §2.7).
 * In:      events.c keeps, offers.c finds and removes.
 * Always:  the tables have the same events, since they change in one transaction; the limits hold
 *          after each kept_put().
 */
#include "engine/kept.h"

#include "base/limits.h"
#include "base/log.h"
#include "base/must.h"

#include <string.h>

#define KEPT_FORMAT 1
#define FORGET_MAX  8 /* with each event: more than come in, so what is over goes away */

/* --- the counters -------------------------------------------------------------------------- */

struct counters {
    uint64_t last; /* number given last */
    uint64_t bytes;
};

static struct bytes counters_key(void)
{
    static const unsigned char key[] = {TENANT, 'k', 'e', 'p', 't'};

    return (struct bytes){key, sizeof key};
}

static struct counters read_counters(struct turn *turn)
{
    struct counters counters = {0};
    struct bytes value;

    if (store_get(turn->txn, TABLE_META, counters_key(), &value)) {
        struct cursor c = cursor_of(value);
        must(unpack_u8(&c) == KEPT_FORMAT);
        counters.last = unpack_uint(&c);
        counters.bytes = unpack_uint(&c);
        must(cursor_done(&c));
    }
    return counters;
}

static void write_counters(struct turn *turn, struct counters counters)
{
    struct buffer b = BUFFER_INIT;

    pack_u8(&b, KEPT_FORMAT);
    pack_uint(&b, counters.last);
    pack_uint(&b, counters.bytes);
    store_put(turn->txn, TABLE_META, counters_key(), buffer_bytes(&b));
    buffer_fini(&b);
}

/* --- keys ---------------------------------------------------------------------------------- */

static void put_number(struct buffer *key, uint64_t number)
{
    pack_u8(key, TENANT);
    pack_key64(key, number);
}

static void put_for(struct buffer *key, const struct kept *k)
{
    pack_u8(key, TENANT);
    pack_key64(key, k->instance);
    buffer_append(key, k->type, strlen(k->type) + 1);
    buffer_append(key, k->subject, strlen(k->subject) + 1);
    pack_key64(key, k->number);
}

static void put_time(struct buffer *key, const struct kept *k)
{
    pack_u8(key, TENANT);
    pack_key64(key, (uint64_t)k->until_ms);
    pack_key64(key, k->number);
}

/* --- values -------------------------------------------------------------------------------- */

static void encode(const struct kept *k, struct buffer *out)
{
    pack_u8(out, KEPT_FORMAT);
    pack_int(out, k->until_ms);
    pack_uint(out, k->instance);
    pack_text(out, k->type);
    pack_text(out, k->subject);
    pack_bytes(out, k->json);
}

static void decode(struct turn *turn, struct bytes key, struct bytes value, struct kept *ret_kept)
{
    struct cursor k = cursor_of(key);
    struct cursor v = cursor_of(value);
    bool known = unpack_u8(&k) == TENANT && unpack_u8(&v) == KEPT_FORMAT;

    *ret_kept = (struct kept){.number = unpack_key64(&k), .until_ms = unpack_int(&v)};
    ret_kept->instance = unpack_uint(&v);
    ret_kept->type = arena_text(&turn->arena, unpack_bytes(&v));
    ret_kept->subject = arena_text(&turn->arena, unpack_bytes(&v));
    ret_kept->json = arena_copy(&turn->arena, unpack_bytes(&v));
    must(known && cursor_done(&v)); /* the store of a newer program is refused as a whole */
}

/* --- reading ------------------------------------------------------------------------------- */

bool kept_next(struct turn *turn, uint64_t number, struct kept *ret_kept)
{
    struct buffer from = BUFFER_INIT;
    struct bytes key;
    struct bytes value;

    put_number(&from, number);
    struct store_cursor *c = store_cursor_open(turn->txn, TABLE_KEPT);
    bool found = store_seek(c, buffer_bytes(&from), &key, &value);
    if (found) {
        decode(turn, key, value, ret_kept);
    }
    store_cursor_close(&c);
    buffer_fini(&from);
    return found;
}

bool kept_get(struct turn *turn, uint64_t number, struct kept *ret_kept)
{
    return kept_next(turn, number, ret_kept) && ret_kept->number == number;
}

bool kept_is_over(const struct turn *turn, const struct kept *k)
{
    return k->until_ms <= turn->world.now_ms;
}

static void put_prefix(struct buffer *prefix, uint64_t instance, const char *type,
                       const char *subject)
{
    pack_u8(prefix, TENANT);
    pack_key64(prefix, instance);
    if (type[0] != '\0') {
        buffer_append(prefix, type, strlen(type) + 1);
        if (subject[0] != '\0') {
            buffer_append(prefix, subject, strlen(subject) + 1);
        }
    }
}

size_t kept_find(struct turn *turn, uint64_t instance, const char *type, const char *subject,
                 uint64_t after, struct buffer *numbers)
{
    struct buffer prefix = BUFFER_INIT;
    struct bytes key;
    size_t rows = 0;

    put_prefix(&prefix, instance, type, subject);
    struct store_cursor *c = store_cursor_open(turn->txn, TABLE_KEPT_FOR);
    bool more = store_seek(c, buffer_bytes(&prefix), &key, NULL);
    while (more && key.size > prefix.size && memcmp(key.data, prefix.data, prefix.size) == 0) {
        const unsigned char *end = (const unsigned char *)key.data + key.size;
        struct cursor tail = cursor_of((struct bytes){end - 8, 8});
        uint64_t number = unpack_key64(&tail);
        if (number > after) {
            buffer_append(numbers, &number, sizeof number);
        }
        rows++;
        more = store_next(c, &key, NULL);
    }
    store_cursor_close(&c);
    buffer_fini(&prefix);
    return rows;
}

/* --- writing ------------------------------------------------------------------------------- */

static void remove_row(struct turn *turn, const struct kept *k, struct counters *counters)
{
    struct buffer key = BUFFER_INIT;

    put_number(&key, k->number);
    store_delete(turn->txn, TABLE_KEPT, buffer_bytes(&key));
    buffer_clear(&key);
    put_for(&key, k);
    store_delete(turn->txn, TABLE_KEPT_FOR, buffer_bytes(&key));
    buffer_clear(&key);
    put_time(&key, k);
    store_delete(turn->txn, TABLE_KEPT_TIME, buffer_bytes(&key));
    buffer_fini(&key);
    bool counted = counters->bytes >= k->json.size;
    must(counted || store_failed(turn->txn, NULL));
    counters->bytes -= counted ? k->json.size : 0;
}

void kept_remove(struct turn *turn, const struct kept *k)
{
    struct counters counters = read_counters(turn);

    remove_row(turn, k, &counters);
    write_counters(turn, counters);
}

static void make_room(struct turn *turn, size_t bytes, struct counters *counters)
{
    struct kept oldest;

    while ((store_count(turn->txn, TABLE_KEPT) >= LIMIT_KEPT_EVENTS ||
            counters->bytes + bytes > LIMIT_KEPT_BYTES) &&
           kept_next(turn, 0, &oldest)) {
        log_warn("MR-EVENT-DROPPED", "number=%llu type=%s: too many events wait for somebody",
                 (unsigned long long)oldest.number, oldest.type);
        remove_row(turn, &oldest, counters);
    }
}

void kept_put(struct turn *turn, const struct event *event, struct bytes json, int64_t ttl_ms,
              uint64_t instance)
{
    struct counters counters = read_counters(turn);
    struct buffer key = BUFFER_INIT;
    struct buffer value = BUFFER_INIT;

    make_room(turn, json.size, &counters);
    struct kept k = {.number = ++counters.last,
                     .until_ms = turn->world.now_ms + ttl_ms,
                     .instance = instance,
                     .type = event->type,
                     .subject = event->subject,
                     .json = json};
    encode(&k, &value);
    put_number(&key, k.number);
    store_put(turn->txn, TABLE_KEPT, buffer_bytes(&key), buffer_bytes(&value));
    buffer_clear(&key);
    put_for(&key, &k);
    store_put(turn->txn, TABLE_KEPT_FOR, buffer_bytes(&key), (struct bytes){"", 0});
    buffer_clear(&key);
    put_time(&key, &k);
    store_put(turn->txn, TABLE_KEPT_TIME, buffer_bytes(&key), (struct bytes){"", 0});
    counters.bytes += json.size;
    write_counters(turn, counters);
    buffer_fini(&key);
    buffer_fini(&value);
}

/* The one whose time is over first. */
static bool first_over(struct turn *turn, struct kept *ret_kept)
{
    struct store_cursor *c = store_cursor_open(turn->txn, TABLE_KEPT_TIME);
    struct bytes key;
    uint64_t number = 0;

    if (store_next(c, &key, NULL)) {
        struct cursor k = cursor_of(key);
        unpack_u8(&k);
        bool over = (int64_t)unpack_key64(&k) <= turn->world.now_ms;
        number = over ? unpack_key64(&k) : 0;
    }
    store_cursor_close(&c);
    return number != 0 && kept_get(turn, number, ret_kept);
}

void kept_forget(struct turn *turn)
{
    struct kept k;

    for (int i = 0; i < FORGET_MAX && first_over(turn, &k); i++) {
        log_debug("MR-EVENT-OVER", "number=%llu type=%s: nobody took it in its time",
                  (unsigned long long)k.number, k.type);
        kept_remove(turn, &k);
    }
}
