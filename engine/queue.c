/* queue.c - a ring of ready tasks that reads on in its table
 *
 * Owns:    the place in the `ready` table up to which it was read.
 * Always:  entries leave in the order of their ready_seq, but for those that come back after they
 *          were read; none is passed over.
 */
#include "engine/queue.h"

#include "base/must.h"
#include "engine/core/tables.h"

#include <stdlib.h>
#include <string.h>

void queue_init(struct queue *queue)
{
    *queue = (struct queue){.behind = true};
}

void queue_fini(struct queue *queue)
{
    free(queue->ring);
    *queue = (struct queue){0};
}

static void push(struct queue *q, struct queue_entry entry)
{
    if (q->count == q->room) {
        uint32_t room = q->room ? q->room * 2 : 16;
        struct queue_entry *ring = xmalloc(room * sizeof *ring);
        for (uint32_t i = 0; i < q->count; i++) {
            ring[i] = q->ring[(q->first + i) & (q->room - 1)];
        }
        free(q->ring);
        q->ring = ring;
        q->room = room;
        q->first = 0;
    }
    q->ring[(q->first + q->count++) & (q->room - 1)] = entry;
    q->read_to = entry.ready_seq > q->read_to ? entry.ready_seq : q->read_to;
}

void queue_add(struct queue *q, struct queue_entry entry)
{
    if (entry.ready_seq <= q->read_to) {
        push(q, entry); /* it comes back (resumed): the table is not read there again */
    } else if (q->behind || q->count >= QUEUE_MAX) {
        q->behind = true;
    } else {
        push(q, entry);
    }
}

const struct queue_entry *queue_first(const struct queue *q)
{
    must(q->count > 0);
    return &q->ring[q->first];
}

void queue_drop_first(struct queue *q)
{
    must(q->count > 0);
    q->first = (q->first + 1) & (q->room - 1);
    q->count--;
}

static struct queue_entry entry_of(struct bytes key, struct bytes value)
{
    struct cursor k = cursor_of((struct bytes){(const unsigned char *)key.data + key.size - 8, 8});
    struct cursor v = cursor_of(value);
    struct queue_entry entry = {.ready_seq = unpack_key64(&k), .instance = unpack_key64(&v)};

    entry.task = unpack_key32(&v);
    entry.attempt = unpack_key32(&v);
    return entry;
}

void queue_refill(struct queue *q, struct store_txn *txn, const char *service, unsigned priority)
{
    struct buffer from = BUFFER_INIT;
    struct bytes key;
    struct bytes value;

    pack_u8(&from, TENANT);
    buffer_append(&from, service, strlen(service) + 1);
    pack_u8(&from, 9 - priority);
    size_t prefix = from.size;
    pack_key64(&from, q->read_to + 1);
    struct store_cursor *c = store_cursor_open(txn, TABLE_READY);
    bool found = store_seek(c, buffer_bytes(&from), &key, &value);
    while (found && q->count < QUEUE_MAX && key.size == from.size &&
           memcmp(key.data, from.data, prefix) == 0) {
        push(q, entry_of(key, value));
        found = store_next(c, &key, &value);
    }
    q->behind = q->count == QUEUE_MAX;
    store_cursor_close(&c);
    buffer_fini(&from);
}
