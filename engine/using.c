/* using.c - the table `using`: definition -> number of its open instances
 *
 * Owns:    the rows of the table; a definition that nobody uses has none.
 * In:      the turn, in its transaction.
 */
#include "engine/using.h"

#include "base/must.h"
#include "engine/core/tables.h"
#include "engine/snapshot.h"

#include <stdlib.h>

static bool is_open(enum instance_state state)
{
    return state == INSTANCE_RUNNING || state == INSTANCE_SUSPENDED;
}

uint32_t using_of(const struct instance *instance)
{
    return instance != NULL && is_open(instance->state) ? instance->definition : 0;
}

uint64_t using_count(struct store_txn *txn, uint32_t number)
{
    unsigned char key[SNAPSHOT_KEY_BYTES];
    struct bytes value;

    if (!store_get(txn, TABLE_USING, snapshot_instance_key(number, key), &value)) {
        return 0;
    }
    struct cursor c = cursor_of(value);
    return unpack_key64(&c);
}

static void put(struct store_txn *txn, uint32_t number, uint64_t count)
{
    unsigned char key[SNAPSHOT_KEY_BYTES];
    struct buffer value = BUFFER_INIT;

    if (count == 0) {
        store_delete(txn, TABLE_USING, snapshot_instance_key(number, key));
        return;
    }
    pack_key64(&value, count);
    store_put(txn, TABLE_USING, snapshot_instance_key(number, key), buffer_bytes(&value));
    buffer_fini(&value);
}

void using_add(struct store_txn *txn, uint32_t number, int64_t change)
{
    int64_t count = (int64_t)using_count(txn, number) + change;

    must(count >= 0);
    if (change != 0) {
        put(txn, number, (uint64_t)count);
    }
}

/* Counts by number while all instances are looked through. */
struct counts {
    uint64_t *of;
    uint32_t room;
};

static void count_one(struct counts *counts, uint32_t number)
{
    if (number >= counts->room) {
        uint32_t room = (number + 1) * 2;
        counts->of = xrealloc(counts->of, room * sizeof *counts->of);
        for (uint32_t i = counts->room; i < room; i++) {
            counts->of[i] = 0;
        }
        counts->room = room;
    }
    counts->of[number]++;
}

void using_build(struct store_txn *txn)
{
    struct store_cursor *c = store_cursor_open(txn, TABLE_INSTANCE);
    struct counts counts = {NULL, 0};
    struct bytes key;
    struct bytes value;

    for (bool found = store_seek(c, (struct bytes){"", 0}, &key, &value); found;
         found = store_next(c, &key, &value)) {
        struct instance_head head;
        if (instance_head(value, &head) && is_open(head.state)) {
            count_one(&counts, head.definition);
        }
    }
    store_cursor_close(&c);
    for (uint32_t number = 0; number < counts.room; number++) {
        if (counts.of[number] > 0) {
            put(txn, number, counts.of[number]);
        }
    }
    free(counts.of);
}
