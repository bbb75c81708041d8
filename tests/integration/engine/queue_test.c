/* queue_test.c - a queue gives every ready row once and in order, however many there are */
#include "engine/core/tables.h"
#include "engine/queue.h"

#include <criterion/criterion.h>
#include <stdlib.h>
#include <string.h>

static struct store *store;

static void open_memory(void)
{
    struct store_options options = {.tables = table_names, .table_count = TABLE_COUNT, .format = 1};

    cr_assert(store_open_memory(&options, &store, NULL));
}

static void close_memory(void)
{
    store_close(&store);
}

static void put_row(struct store_txn *txn, const char *service, unsigned priority, uint64_t seq)
{
    struct buffer key = BUFFER_INIT;
    struct buffer value = BUFFER_INIT;

    pack_u8(&key, TENANT);
    buffer_append(&key, service, strlen(service) + 1);
    pack_u8(&key, 9 - priority);
    pack_key64(&key, seq);
    pack_key64(&value, seq * 10);
    pack_key32(&value, 1);
    pack_key32(&value, 2);
    store_put(txn, TABLE_READY, buffer_bytes(&key), buffer_bytes(&value));
    buffer_fini(&key);
    buffer_fini(&value);
}

static void put_rows(uint64_t from, uint64_t to)
{
    struct store_txn *txn;

    cr_assert(store_begin_write(store, &txn, NULL));
    for (uint64_t seq = from; seq <= to; seq++) {
        put_row(txn, "work", 5, seq);
    }
    cr_assert(store_commit(&txn, NULL));
}

/* Take all there is; the numbers must go on from *next. */
static void take_all(struct queue *q, uint64_t *next)
{
    struct store_txn *txn;

    cr_assert(store_begin_read(store, &txn, NULL));
    while (q->count > 0 || q->behind) {
        if (q->count == 0) {
            queue_refill(q, txn, "work", 5);
            continue;
        }
        const struct queue_entry *e = queue_first(q);
        cr_assert_eq(e->ready_seq, *next);
        cr_assert_eq(e->instance, *next * 10);
        cr_assert_eq(e->attempt, 2);
        queue_drop_first(q);
        (*next)++;
    }
    store_abort(&txn);
}

Test(queue, rows_beyond_its_memory_follow_from_the_table_in_order, .init = open_memory,
     .fini = close_memory)
{
    struct queue q;
    uint64_t next = 1;
    uint64_t rows = 2 * QUEUE_MAX + 17;

    put_rows(1, rows);
    queue_init(&q);
    take_all(&q, &next);
    cr_expect_eq(next, rows + 1);
    queue_fini(&q);
}

Test(queue, rows_added_while_it_is_full_are_neither_lost_nor_given_twice, .init = open_memory,
     .fini = close_memory)
{
    struct queue q;
    uint64_t next = 1;
    uint64_t rows = QUEUE_MAX + 5;

    queue_init(&q);
    take_all(&q, &next); /* nothing there: not behind any more */
    put_rows(1, rows);
    for (uint64_t seq = 1; seq <= rows; seq++) {
        queue_add(&q, (struct queue_entry){seq, seq * 10, 1, 2});
    }
    cr_expect(q.behind);
    cr_expect_eq(q.count, QUEUE_MAX);
    take_all(&q, &next);
    cr_expect_eq(next, rows + 1);
    queue_fini(&q);
}

Test(queue, a_row_that_comes_back_is_given_even_when_the_queue_is_behind, .init = open_memory,
     .fini = close_memory)
{
    struct queue q;
    struct store_txn *txn;
    bool given = false;

    put_rows(1, QUEUE_MAX + 100);
    queue_init(&q);
    cr_assert(store_begin_read(store, &txn, NULL));
    queue_refill(&q, txn, "work", 5);
    store_abort(&txn);
    cr_expect(q.behind);
    queue_drop_first(&q); /* row 1 was suspended: passed over */
    queue_add(&q, (struct queue_entry){1, 10, 1, 2});
    while (q.count > 0) {
        given = given || queue_first(&q)->ready_seq == 1;
        queue_drop_first(&q);
    }
    cr_expect(given);
    cr_expect_eq(q.read_to, QUEUE_MAX);
    queue_fini(&q);
}

Test(queue, rows_of_other_services_and_priorities_are_not_its_own, .init = open_memory,
     .fini = close_memory)
{
    struct queue q;
    struct store_txn *txn;

    cr_assert(store_begin_write(store, &txn, NULL));
    put_row(txn, "wor", 5, 1);
    put_row(txn, "worker", 5, 2);
    put_row(txn, "work", 6, 3);
    put_row(txn, "work", 4, 4);
    queue_init(&q);
    queue_refill(&q, txn, "work", 5);
    cr_expect_eq(q.count, 0);
    cr_expect_not(q.behind);
    store_abort(&txn);
    queue_fini(&q);
}
