/* stage_tables.c - what the tables of the stage hold: due timers, listeners, children, the outbox
 */
#include "stage.h"

#include "engine/snapshot.h"

#include <string.h>

size_t stage_due(struct match *due, size_t room)
{
    struct store_cursor *c = store_cursor_open(stage.turn.txn, TABLE_TIMER);
    struct bytes key;
    size_t count = 0;

    for (bool found = store_seek(c, (struct bytes){"", 0}, &key, NULL); found && count < room;
         found = store_next(c, &key, NULL)) {
        struct cursor k = cursor_of(key);
        unpack_u8(&k);
        if ((int64_t)unpack_key64(&k) > stage.now_ms) {
            break;
        }
        due[count].instance = unpack_key64(&k);
        due[count++].task = unpack_key32(&k);
    }
    store_cursor_close(&c);
    return count;
}

/* Calls visit with what follows the prefix in each key that has it. */
static void each_with_prefix(enum table table, struct bytes prefix,
                             void (*visit)(struct bytes rest, struct bytes value, void *with),
                             void *with)
{
    struct store_txn *txn = stage.turn.txn ? stage.turn.txn : stage_read();
    struct store_cursor *c = store_cursor_open(txn, (int)table);
    struct bytes key;
    struct bytes value;

    for (bool found = store_seek(c, prefix, &key, &value);
         found && key.size >= prefix.size && memcmp(key.data, prefix.data, prefix.size) == 0;
         found = store_next(c, &key, &value)) {
        visit((struct bytes){(const char *)key.data + prefix.size, key.size - prefix.size}, value,
              with);
    }
    store_cursor_close(&c);
    if (stage.turn.txn == NULL) {
        store_abort(&txn);
    }
}

struct found {
    void *list;
    size_t count;
    size_t room;
};

static void add_listener(struct bytes rest, struct bytes value, void *with)
{
    struct found *f = with;
    struct cursor c = cursor_of(rest);

    (void)value;
    if (rest.size == 12 && f->count < f->room) {
        struct match *match = (struct match *)f->list + f->count++;
        match->instance = unpack_key64(&c);
        match->task = unpack_key32(&c);
    }
}

size_t stage_listeners(const char *type, const char *subject, struct match *found, size_t room)
{
    struct buffer prefix = BUFFER_INIT;
    struct found f = {found, 0, room};

    pack_u8(&prefix, TENANT);
    buffer_append(&prefix, type, strlen(type) + 1);
    buffer_append(&prefix, subject, strlen(subject) + 1);
    each_with_prefix(TABLE_SUBSCRIPTION, buffer_bytes(&prefix), add_listener, &f);
    buffer_fini(&prefix);
    return f.count;
}

static void add_child(struct bytes rest, struct bytes value, void *with)
{
    struct found *f = with;
    struct cursor c = cursor_of(rest);

    (void)value;
    if (f->count < f->room) {
        ((uint64_t *)f->list)[f->count++] = unpack_key64(&c);
    }
}

size_t stage_children(uint64_t parent, uint64_t *found, size_t room)
{
    struct buffer prefix = BUFFER_INIT;
    struct found f = {found, 0, room};

    pack_u8(&prefix, TENANT);
    pack_key64(&prefix, parent);
    each_with_prefix(TABLE_CHILD, buffer_bytes(&prefix), add_child, &f);
    buffer_fini(&prefix);
    return f.count;
}

static void add_job(struct bytes rest, struct bytes value, void *with)
{
    struct found *f = with;
    struct cursor c = cursor_of(value);

    (void)rest;
    if (f->count < f->room) {
        struct job *job = (struct job *)f->list + f->count++;
        job->instance = unpack_key64(&c);
        job->task = unpack_key32(&c);
        job->attempt = unpack_key32(&c);
    }
}

size_t stage_ready(const char *service, struct job *found, size_t room)
{
    struct buffer prefix = BUFFER_INIT;
    struct found f = {found, 0, room};

    pack_u8(&prefix, TENANT);
    if (service != NULL) {
        buffer_append(&prefix, service, strlen(service) + 1);
    }
    each_with_prefix(TABLE_READY, buffer_bytes(&prefix), add_job, &f);
    buffer_fini(&prefix);
    return f.count;
}

const struct instance *stage_look(uint64_t id)
{
    struct store_txn *txn = stage.turn.txn ? stage.turn.txn : stage_read();
    const struct instance *instance = turn_look(&stage.turn, txn, id);

    if (stage.turn.txn == NULL) {
        store_abort(&txn);
    }
    return instance;
}

uint64_t stage_find_key(const char *definition, const char *key)
{
    struct store_txn *txn = stage_read();
    uint64_t id = snapshot_find_key(txn, definition, bytes_of(key));

    store_abort(&txn);
    return id;
}
