/* follow_test.c - a copy of a table, brought up to date by what is written to it */
#include "fixture.h"

#include <criterion/criterion.h>
#include <criterion/parameterized.h>

#include <string.h>

TestSuite(follow, .fini = fixture_remove, .timeout = 300);

#define KEPT_BYTES 2000u /* so few that a copy that sleeps is left behind */

struct life {
    uint64_t seed;
    struct store *store;
    struct store *copy; /* in memory: of TABLE_A */
    uint64_t version;   /* of the copy */
    int behind;         /* how often the copy had to be made anew */
    int followed;
};

#define FOR_EACH_KIND(name) FOR_EACH_KIND_OF(follow, name)

static uint64_t below(struct life *l, uint64_t n)
{
    return random_next(&l->seed) % n;
}

/* By the key that goes with its row. */
static void delete_first(struct store_txn *txn)
{
    struct store_cursor *c = store_cursor_open(txn, TABLE_A);
    struct bytes key;

    if (store_next(c, &key, NULL)) {
        store_delete(txn, TABLE_A, key);
    }
    store_cursor_close(&c);
}

/* A commit of a few changes, or of more than are kept, in the followed table and beside it; some
 * are aborted. */
static void write_some(struct life *l)
{
    struct store_txn *txn = begin_write(l->store);

    if (below(l, 5) == 0) {
        delete_first(txn);
    }
    for (uint64_t n = below(l, 200) == 0 ? 300 : below(l, 6); n > 0; n--) {
        struct bytes key = key_number(below(l, 40));
        uint64_t value = below(l, 1000);
        int table = below(l, 3) == 0 ? TABLE_B : TABLE_A;
        if (below(l, 3) == 0) {
            store_delete(txn, table, key);
        } else {
            store_put(txn, table, key, (struct bytes){&value, sizeof value});
        }
    }
    if (below(l, 4) == 0) {
        store_abort(&txn);
    } else {
        commit(&txn);
    }
}

static void copy_anew(struct life *l, struct store_txn *from, struct store_txn *to)
{
    struct store_cursor *c = store_cursor_open(from, TABLE_A);
    struct bytes key;
    struct bytes value;

    for (uint64_t n = 0; n < 40; n++) {
        store_delete(to, TABLE_A, key_number(n));
    }
    while (store_next(c, &key, &value)) {
        store_put(to, TABLE_A, key, value);
    }
    store_cursor_close(&c);
    l->behind++;
}

static void follow(struct life *l, struct store_txn *from)
{
    struct store_txn *to = begin_write(l->copy);
    struct buffer changes = BUFFER_INIT;
    struct bytes key;
    struct bytes value;

    if (store_changes(from, l->version, &changes)) {
        struct cursor c = cursor_of(buffer_bytes(&changes));
        while (store_change_next(&c, &key, &value)) {
            if (value.data != NULL) {
                store_put(to, TABLE_A, key, value);
            } else {
                store_delete(to, TABLE_A, key);
            }
        }
        l->followed++;
    } else {
        copy_anew(l, from, to);
    }
    l->version = store_version(from);
    buffer_fini(&changes);
    commit(&to);
}

static void assert_same_table(struct store_txn *one, struct store_txn *other)
{
    struct store_cursor *a = store_cursor_open(one, TABLE_A);
    struct store_cursor *b = store_cursor_open(other, TABLE_A);
    struct bytes keys[2];
    struct bytes values[2];

    cr_assert_eq(store_count(one, TABLE_A), store_count(other, TABLE_A));
    while (store_next(a, &keys[0], &values[0])) {
        cr_assert(store_next(b, &keys[1], &values[1]));
        cr_assert(bytes_equal(keys[0], keys[1]) && bytes_equal(values[0], values[1]));
    }
    store_cursor_close(&a);
    store_cursor_close(&b);
}

FOR_EACH_KIND(a_copy_that_takes_the_changes_is_the_table_at_each_snapshot)
{
    struct store_options options = fixture_options();
    struct life l = {.seed = 7, .store = open_kind(kind)};

    cr_assert(store_open_memory(&options, &l.copy, NULL));
    write_some(&l);
    cr_assert(store_follow(l.store, TABLE_A, KEPT_BYTES, NULL));
    for (int turn = 0; turn < 2000; turn++) {
        for (uint64_t n = below(&l, below(&l, 20) == 0 ? 200 : 4); n > 0; n--) {
            write_some(&l);
        }
        struct store_txn *seen = begin_read(l.store);
        write_some(&l); /* not seen: the copy must not run ahead of its snapshot */
        follow(&l, seen);
        struct store_txn *copied = begin_read(l.copy);
        assert_same_table(seen, copied);
        store_abort(&copied);
        store_abort(&seen);
    }
    cr_expect_gt(l.behind, 5, "some were left behind: %d", l.behind);
    cr_expect_gt(l.followed, 1000, "most could follow: %d", l.followed);
    store_close(&l.copy);
    store_close(&l.store);
}

FOR_EACH_KIND(versions_grow_with_commits_and_stay_without)
{
    struct store *store = open_kind(kind);
    struct store_txn *txn = begin_read(store);
    uint64_t first = store_version(txn);

    store_abort(&txn);
    txn = begin_write(store);
    cr_expect_gt(store_version(txn), first);
    put_text(txn, TABLE_A, "key", "value");
    store_abort(&txn);
    txn = begin_read(store);
    cr_expect_eq(store_version(txn), first, "what was aborted is no version");
    store_abort(&txn);
    txn = begin_write(store);
    put_text(txn, TABLE_A, "key", "value");
    commit(&txn);
    txn = begin_read(store);
    cr_expect_gt(store_version(txn), first);
    store_abort(&txn);
    store_close(&store);
}

FOR_EACH_KIND(without_a_follower_no_changes_are_known)
{
    struct store *store = open_kind(kind);
    struct store_txn *txn = begin_read(store);
    struct buffer changes = BUFFER_INIT;

    cr_expect_not(store_changes(txn, 0, &changes));
    cr_expect_eq(changes.size, 0);
    store_abort(&txn);
    store_close(&store);
}
