/* queue.h - the ready tasks of one service and priority, as far as they fit in memory
 *
 * The durable list is the `ready` table. A queue holds the oldest entries of its part of the table
 * or is behind, and then reads on where it stopped: memory is bounded, however long the outbox.
 */
#ifndef ENGINE_QUEUE_H
#define ENGINE_QUEUE_H

#include "store/store.h"

#define QUEUE_MAX 8192 /* entries in memory: 200 KB for a busy service and priority */

struct queue_entry {
    uint64_t ready_seq;
    uint64_t instance;
    uint32_t task;
    uint32_t attempt;
};

struct queue {
    struct queue_entry *ring;
    uint32_t room; /* a power of two, or 0 */
    uint32_t first;
    uint32_t count;
    bool behind;      /* the table has more than the ring */
    uint64_t read_to; /* ready_seq of the last entry that was in the ring */
};

void queue_init(struct queue *queue); /* empty, and behind: it reads the table from the start */
void queue_fini(struct queue *queue);

/* A row that was just committed: newer than all before, or one that was away (suspended) and is
 * back. The ring may pass QUEUE_MAX by as many as one turn resumes. */
void queue_add(struct queue *queue, struct queue_entry entry);

/* The oldest; the queue must not be empty. Borrowed until it changes. */
const struct queue_entry *queue_first(const struct queue *queue);
void queue_drop_first(struct queue *queue);

/* Read on in the table. Afterwards the queue has entries, or is not behind any more. */
void queue_refill(struct queue *queue, struct store_txn *txn, const char *service,
                  unsigned priority);

#endif
