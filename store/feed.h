/* feed.h - what was written to one table of a store, commit by commit; inside store/ only
 *
 * A commit's changes are published before the commit and taken back when it fails: nobody copies
 * them before a snapshot has their version, and then the commit was good. So no lock is held while
 * the disk is waited for.
 */
#ifndef STORE_FEED_H
#define STORE_FEED_H

#include "base/buffer.h"

struct feed;

/* Of the table, for commits after version `since`. */
struct feed *feed_create(int table, size_t bytes_max, uint64_t since);
void feed_destroy(struct feed *feed); /* NULL is fine */
int feed_table(const struct feed *feed);

/* What one transaction wrote. */
struct feed_changes {
    struct buffer packed;
    bool lost; /* it was more than a feed keeps: followers read the table */
};

/* One change at their end; a key that is deleted need not have been there. */
void feed_put(const struct feed *feed, struct feed_changes *changes, struct bytes key,
              struct bytes value);
void feed_delete(const struct feed *feed, struct feed_changes *changes, struct bytes key);
bool feed_has(const struct feed_changes *changes);
void feed_drop(struct feed_changes *changes);

/* The changes of the commit with this version; there are none left afterwards. */
void feed_publish(struct feed *feed, uint64_t version, struct feed_changes *changes);
/* That commit was refused. */
void feed_retract(struct feed *feed, uint64_t version);

/* As store_changes(). */
bool feed_copy(struct feed *feed, uint64_t after, uint64_t until, struct buffer *ret_changes);

#endif
