/* feed.c - keeping what was written to one table, for those who have a copy of it
 *
 * Owns:    the changes of the newest commits, as many as fit.
 * In:      store.c: the writing thread publishes, threads that read copy.
 * Always:  what is kept has no gap: the oldest commit goes first. The lock is held for as long as a
 *          copy in memory takes.
 */
#include "store/feed.h"

#include "base/must.h"
#include "store/store.h"

#include <pthread.h>
#include <stdlib.h>

enum change { CHANGE_PUT = 1, CHANGE_DELETE = 2 };

struct batch {
    struct batch *next;
    struct batch *before;
    uint64_t version;
    struct buffer changes;
};

struct feed {
    int table;
    size_t bytes_max;
    pthread_mutex_t lock; /* over what follows */
    struct batch *oldest;
    struct batch *newest;
    size_t bytes;
    uint64_t since; /* the changes of every commit after this one are here */
};

struct feed *feed_create(int table, size_t bytes_max, uint64_t since)
{
    struct feed *feed = xcalloc(1, sizeof *feed);

    feed->table = table;
    feed->bytes_max = bytes_max;
    feed->since = since;
    must(pthread_mutex_init(&feed->lock, NULL) == 0);
    return feed;
}

static size_t bytes_of_batch(const struct batch *batch)
{
    return sizeof *batch + batch->changes.capacity;
}

/* Take it out of the list; both of its neighbours may be none. */
static void drop(struct feed *feed, struct batch *batch)
{
    *(batch->before != NULL ? &batch->before->next : &feed->oldest) = batch->next;
    *(batch->next != NULL ? &batch->next->before : &feed->newest) = batch->before;
    feed->bytes -= bytes_of_batch(batch);
    buffer_fini(&batch->changes);
    free(batch);
}

void feed_destroy(struct feed *feed)
{
    if (feed == NULL) {
        return;
    }
    while (feed->oldest != NULL) {
        drop(feed, feed->oldest);
    }
    must(pthread_mutex_destroy(&feed->lock) == 0);
    free(feed);
}

int feed_table(const struct feed *feed)
{
    return feed->table;
}

/* --- of one transaction -------------------------------------------------------------------- */

static void add(const struct feed *feed, struct feed_changes *changes, enum change change,
                struct bytes key, struct bytes value)
{
    if (changes->lost) {
        return;
    }
    pack_u8(&changes->packed, change);
    pack_bytes(&changes->packed, key);
    if (change == CHANGE_PUT) {
        pack_bytes(&changes->packed, value);
    }
    if (changes->packed.size > feed->bytes_max) {
        buffer_fini(&changes->packed);
        changes->lost = true;
    }
}

void feed_put(const struct feed *feed, struct feed_changes *changes, struct bytes key,
              struct bytes value)
{
    add(feed, changes, CHANGE_PUT, key, value);
}

void feed_delete(const struct feed *feed, struct feed_changes *changes, struct bytes key)
{
    add(feed, changes, CHANGE_DELETE, key, (struct bytes){NULL, 0});
}

bool feed_has(const struct feed_changes *changes)
{
    return changes->lost || changes->packed.size > 0;
}

void feed_drop(struct feed_changes *changes)
{
    buffer_fini(&changes->packed);
    changes->lost = false;
}

/* --- of all -------------------------------------------------------------------------------- */

void feed_publish(struct feed *feed, uint64_t version, struct feed_changes *changes)
{
    struct batch *batch = xcalloc(1, sizeof *batch);

    batch->version = version;
    batch->changes = changes->packed;
    changes->packed = BUFFER_INIT;
    must(pthread_mutex_lock(&feed->lock) == 0);
    batch->before = feed->newest;
    *(feed->newest != NULL ? &feed->newest->next : &feed->oldest) = batch;
    feed->newest = batch;
    feed->bytes += bytes_of_batch(batch);
    while (feed->oldest != NULL && (changes->lost || feed->bytes > feed->bytes_max)) {
        feed->since = feed->oldest->version;
        drop(feed, feed->oldest);
    }
    must(pthread_mutex_unlock(&feed->lock) == 0);
    feed_drop(changes);
}

void feed_retract(struct feed *feed, uint64_t version)
{
    must(pthread_mutex_lock(&feed->lock) == 0);
    if (feed->newest != NULL && feed->newest->version == version) {
        drop(feed, feed->newest);
    }
    must(pthread_mutex_unlock(&feed->lock) == 0);
}

/* The first after this version, sought from the end: who copies was here a moment ago. */
static const struct batch *first_after(const struct feed *feed, uint64_t after)
{
    const struct batch *batch = feed->newest;

    if (batch == NULL || batch->version <= after) {
        return NULL;
    }
    while (batch->before != NULL && batch->before->version > after) {
        batch = batch->before;
    }
    return batch;
}

bool feed_copy(struct feed *feed, uint64_t after, uint64_t until, struct buffer *ret_changes)
{
    must(pthread_mutex_lock(&feed->lock) == 0);
    bool whole = after >= feed->since;
    const struct batch *batch = whole ? first_after(feed, after) : NULL;
    for (; batch != NULL && batch->version <= until; batch = batch->next) {
        buffer_append(ret_changes, batch->changes.data, batch->changes.size);
    }
    must(pthread_mutex_unlock(&feed->lock) == 0);
    return whole;
}

bool store_change_next(struct cursor *changes, struct bytes *ret_key, struct bytes *ret_value)
{
    if (changes->bad || changes->at == changes->end) {
        return false;
    }
    unsigned change = unpack_u8(changes);
    *ret_key = unpack_bytes(changes);
    *ret_value = change == CHANGE_PUT ? unpack_bytes(changes) : (struct bytes){NULL, 0};
    must(!changes->bad);
    return true;
}
