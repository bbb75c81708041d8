/* events.c - the intake of events
 *
 * Owns:    the tables `seen` and `seen-time`: an event with a source and id that was taken within
 *          SEEN_MS is taken once (CloudEvents 1.0 §3.1: source + id name an event).
 * Out:     decide_event() with the tasks that wait for this type and subject.
 */
#include "engine/events.h"

#include "base/must.h"
#include "engine/core/decide.h"

#include <stdlib.h>
#include <string.h>

#define SEEN_MS   (7 * 86400000ll) /* senders repeat within hours; a week is generous */
#define SWEEP_MAX 4 /* old entries removed with each event: the table shrinks again */

static const char *text_of(const json_t *event, const char *field)
{
    return json_string_value(json_object_get(event, field));
}

static bool check(const json_t *event, struct error *err)
{
    static const char *const needed[] = {"specversion", "id", "source", "type"};

    for (size_t i = 0; i < sizeof needed / sizeof needed[0]; i++) {
        const char *text = text_of(event, needed[i]);
        if (text == NULL || text[0] == '\0') {
            return error_set(err, ERROR_INVALID, "a CloudEvent needs \"%s\"", needed[i]);
        }
        if (strlen(text) > LIMIT_KEY_BYTES) {
            return error_set(err, ERROR_TOO_LARGE, "\"%s\" has more than %u bytes", needed[i],
                             LIMIT_KEY_BYTES);
        }
    }
    if (strcmp(text_of(event, "specversion"), "1.0") != 0) {
        return error_set(err, ERROR_UNSUPPORTED, "CloudEvents %s is not supported, 1.0 is",
                         text_of(event, "specversion"));
    }
    const char *subject = text_of(event, "subject");
    if (subject != NULL && strlen(subject) > LIMIT_KEY_BYTES) {
        return error_set(err, ERROR_TOO_LARGE, "\"subject\" has more than %u bytes",
                         LIMIT_KEY_BYTES);
    }
    return true;
}

/* --- seen before? -------------------------------------------------------------------------- */

static void seen_key(const json_t *event, struct buffer *key)
{
    pack_u8(key, TENANT);
    buffer_append(key, text_of(event, "source"), strlen(text_of(event, "source")) + 1);
    buffer_text(key, text_of(event, "id"));
}

/* The oldest key of the table of times, when it is old enough to be forgotten. */
static bool oldest(struct engine *e, struct buffer *ret_key)
{
    struct store_cursor *c = store_cursor_open(e->turn.txn, TABLE_SEEN_TIME);
    struct bytes key;
    bool found = store_next(c, &key, NULL);

    buffer_clear(ret_key);
    if (found) {
        struct cursor at = cursor_of(key);
        unpack_u8(&at);
        found = (int64_t)unpack_key64(&at) <= e->now_ms - SEEN_MS;
        buffer_append(ret_key, key.data, key.size);
    }
    store_cursor_close(&c);
    return found;
}

static void forget_old(struct engine *e)
{
    struct buffer old = BUFFER_INIT;
    struct buffer name = BUFFER_INIT;

    for (int i = 0; i < SWEEP_MAX && oldest(e, &old); i++) {
        buffer_clear(&name);
        pack_u8(&name, TENANT);
        buffer_append(&name, old.data + 9, old.size - 9);
        store_delete(e->turn.txn, TABLE_SEEN, buffer_bytes(&name));
        store_delete(e->turn.txn, TABLE_SEEN_TIME, buffer_bytes(&old));
    }
    buffer_fini(&name);
    buffer_fini(&old);
}

/* It was taken already. */
static bool seen_before(struct engine *e, const json_t *event)
{
    struct buffer name = BUFFER_INIT;
    struct bytes value;

    seen_key(event, &name);
    bool seen = store_get(e->turn.txn, TABLE_SEEN, buffer_bytes(&name), &value);
    buffer_fini(&name);
    return seen;
}

static void remember(struct engine *e, const json_t *event)
{
    struct buffer name = BUFFER_INIT;
    struct buffer time = BUFFER_INIT;

    seen_key(event, &name);
    pack_u8(&time, TENANT);
    pack_key64(&time, (uint64_t)e->now_ms);
    buffer_append(&time, name.data + 1, name.size - 1);
    store_put(e->turn.txn, TABLE_SEEN, buffer_bytes(&name), (struct bytes){time.data + 1, 8});
    store_put(e->turn.txn, TABLE_SEEN_TIME, buffer_bytes(&time), (struct bytes){"", 0});
    buffer_fini(&name);
    buffer_fini(&time);
}

/* --- who waits for it ---------------------------------------------------------------------- */

struct found {
    struct match *matches;
    size_t count;
};

static void collect(struct engine *e, const char *type, const char *subject, struct found *found)
{
    struct buffer prefix = BUFFER_INIT;
    struct bytes key;
    struct bytes value;

    pack_u8(&prefix, TENANT);
    buffer_append(&prefix, type, strlen(type) + 1);
    buffer_append(&prefix, subject, strlen(subject) + 1);
    struct store_cursor *c = store_cursor_open(e->turn.txn, TABLE_SUBSCRIPTION);
    bool more = store_seek(c, buffer_bytes(&prefix), &key, &value);
    while (more && found->count <= LIMIT_EVENT_MATCHES && key.size == prefix.size + 12 &&
           memcmp(key.data, prefix.data, prefix.size) == 0) {
        struct cursor k =
            cursor_of((struct bytes){(const unsigned char *)key.data + prefix.size, 12});
        struct match *match = &found->matches[found->count++];
        match->instance = unpack_key64(&k);
        match->task = unpack_key32(&k);
        more = store_next(c, &key, &value);
    }
    store_cursor_close(&c);
    buffer_fini(&prefix);
}

static bool deliver(struct engine *e, const json_t *event, struct found *found, struct error *err)
{
    const char *subject = text_of(event, "subject");

    collect(e, text_of(event, "type"), "", found);
    if (subject != NULL && subject[0] != '\0') {
        collect(e, text_of(event, "type"), subject, found);
    }
    if (found->count > LIMIT_EVENT_MATCHES) {
        return error_set(err, ERROR_TOO_LARGE, "more than %u instances wait for this event",
                         LIMIT_EVENT_MATCHES);
    }
    char *text = json_dumps(event, JSON_COMPACT);
    bool fits = found->count * strlen(text) <= LIMIT_TURN_BYTES; /* each gets a copy */
    if (fits) {
        decide_event(turn_world(&e->turn), bytes_of(text_of(event, "id")), bytes_of(text), false,
                     found->matches, found->count);
    }
    free(text);
    return fits || error_set(err, ERROR_TOO_LARGE,
                             "%zu instances wait for this event: it is too large for so many",
                             found->count);
}

bool events_take(struct engine *e, const json_t *event, json_t **ret_answer, struct error *err)
{
    struct found found = {NULL, 0};

    if (!check(event, err)) {
        return false;
    }
    forget_old(e);
    if (seen_before(e, event)) {
        *ret_answer = json_pack("{si sb}", "matched", 0, "seen", true);
        return true;
    }
    found.matches = xmalloc((2 * (size_t)LIMIT_EVENT_MATCHES + 2) * sizeof *found.matches);
    bool ok = deliver(e, event, &found, err);
    free(found.matches);
    if (ok) { /* one that was refused may come again */
        remember(e, event);
        *ret_answer = json_pack("{si sb}", "matched", (int)found.count, "seen", false);
    }
    return ok;
}
