/* store_test.c - the contract of store.h, the same for every kind of store */
#include "fixture.h"

#include <criterion/criterion.h>
#include <criterion/parameterized.h>

#include <pthread.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>

TestSuite(store, .fini = fixture_remove, .timeout = 120);

#define FOR_EACH_KIND(name) FOR_EACH_KIND_OF(store, name)

FOR_EACH_KIND(a_committed_value_is_found)
{
    struct store *store = open_kind(kind);
    struct store_txn *txn = begin_write(store);

    put_text(txn, TABLE_A, "key", "value");
    cr_expect(has_text(txn, TABLE_A, "key", "value"), "the writer sees its own change");
    cr_expect_not(store_get(txn, TABLE_B, bytes_of("key"), NULL), "the table next to it is empty");
    commit(&txn);
    txn = begin_read(store);
    cr_expect(has_text(txn, TABLE_A, "key", "value"));
    store_abort(&txn);
    cr_expect_null(txn);
    store_close(&store);
    cr_expect_null(store);
}

FOR_EACH_KIND(an_aborted_value_is_not_found)
{
    struct store *store = open_kind(kind);
    struct store_txn *txn = begin_write(store);

    put_text(txn, TABLE_A, "key", "value");
    store_abort(&txn);
    txn = begin_read(store);
    cr_expect_not(store_get(txn, TABLE_A, bytes_of("key"), NULL));
    cr_expect_eq(store_count(txn, TABLE_A), 0);
    store_abort(&txn);
    store_close(&store);
}

FOR_EACH_KIND(a_reader_sees_the_commit_before_it_and_nothing_later)
{
    struct store *store = open_kind(kind);
    struct store_txn *txn = begin_write(store);

    put_text(txn, TABLE_A, "old", "1");
    put_text(txn, TABLE_A, "gone", "1");
    commit(&txn);
    struct store_txn *reader = begin_read(store);

    txn = begin_write(store);
    put_text(txn, TABLE_A, "old", "2");
    put_text(txn, TABLE_A, "new", "1");
    cr_expect(store_delete(txn, TABLE_A, bytes_of("gone")));
    commit(&txn);
    cr_expect(has_text(reader, TABLE_A, "old", "1"));
    cr_expect(has_text(reader, TABLE_A, "gone", "1"));
    cr_expect_not(store_get(reader, TABLE_A, bytes_of("new"), NULL));
    store_abort(&reader);
    reader = begin_read(store);
    cr_expect(has_text(reader, TABLE_A, "old", "2"));
    cr_expect(has_text(reader, TABLE_A, "new", "1"));
    cr_expect_not(store_get(reader, TABLE_A, bytes_of("gone"), NULL));
    store_abort(&reader);
    store_close(&store);
}

FOR_EACH_KIND(a_value_is_replaced_and_deleted_and_counted)
{
    struct store *store = open_kind(kind);
    struct store_txn *txn = begin_write(store);

    put_text(txn, TABLE_A, "key", "short");
    put_text(txn, TABLE_A, "key", "and a longer one");
    put_text(txn, TABLE_A, "other", "");
    cr_expect(has_text(txn, TABLE_A, "key", "and a longer one"));
    cr_expect(has_text(txn, TABLE_A, "other", ""), "an empty value is a value");
    cr_expect_eq(store_count(txn, TABLE_A), 2);
    cr_expect(store_delete(txn, TABLE_A, bytes_of("key")));
    cr_expect_not(store_delete(txn, TABLE_A, bytes_of("key")), "it is gone already");
    cr_expect_not(store_delete(txn, TABLE_B, bytes_of("other")));
    cr_expect_eq(store_count(txn, TABLE_A), 1);
    commit(&txn);
    txn = begin_read(store);
    cr_expect_eq(store_count(txn, TABLE_A), 1);
    store_abort(&txn);
    store_close(&store);
}

FOR_EACH_KIND(keys_are_walked_in_order_of_their_bytes)
{
    /* By memcmp, bytes unsigned, the shorter first. */
    static const char *const ordered[] = {"\x01", "A", "AA", "AB", "B", "a", "\x7f", "\xd0\x90"};
    enum { COUNT = sizeof ordered / sizeof ordered[0] };
    struct store *store = open_kind(kind);
    struct store_txn *txn = begin_write(store);

    for (int i = 0; i < COUNT; i++) {
        put_text(txn, TABLE_A, ordered[(i * 3) % COUNT], "x");
    }
    struct store_cursor *c = store_cursor_open(txn, TABLE_A);
    struct bytes key;

    for (int i = 0; i < COUNT; i++) {
        cr_assert(store_next(c, &key, NULL));
        cr_expect(bytes_equal(key, bytes_of(ordered[i])), "at %d", i);
    }
    cr_expect_not(store_next(c, &key, NULL));
    for (int i = COUNT - 1; i >= 0; i--) {
        cr_assert(store_prev(c, &key, NULL));
        cr_expect(bytes_equal(key, bytes_of(ordered[i])), "back at %d", i);
    }
    cr_expect_not(store_prev(c, &key, NULL));
    store_cursor_close(&c);
    cr_expect_null(c);
    store_abort(&txn);
    store_close(&store);
}

static bool seek_gives(struct store_cursor *c, const char *to, const char *expected)
{
    struct bytes key;

    return store_seek(c, bytes_of(to), &key, NULL) && bytes_equal(key, bytes_of(expected));
}

static bool prev_gives(struct store_cursor *c, const char *expected)
{
    struct bytes key;

    return store_prev(c, &key, NULL) && bytes_equal(key, bytes_of(expected));
}

FOR_EACH_KIND(a_seek_finds_the_first_key_not_less)
{
    struct store *store = open_kind(kind);
    struct store_txn *txn = begin_write(store);
    struct bytes key, value;

    put_text(txn, TABLE_A, "b", "1");
    put_text(txn, TABLE_A, "d", "2");
    struct store_cursor *c = store_cursor_open(txn, TABLE_A);

    cr_expect(seek_gives(c, "", "b"), "nothing is less than anything");
    cr_expect(seek_gives(c, "b", "b"));
    cr_expect(seek_gives(c, "bb", "d"));
    cr_expect(prev_gives(c, "b"));
    cr_expect_not(seek_gives(c, "dd", ""));
    cr_expect(prev_gives(c, "d"), "after a seek past the end the greatest below is the last");
    cr_assert(store_last(c, &key, &value));
    cr_expect(bytes_equal(key, bytes_of("d")) && bytes_equal(value, bytes_of("2")));
    cr_expect_not(store_next(c, NULL, NULL));
    cr_expect_not(store_next(c, NULL, NULL), "the end stays the end");
    store_cursor_close(&c);
    c = store_cursor_open(txn, TABLE_B);
    cr_expect_not(store_seek(c, bytes_of("a"), NULL, NULL), "an empty table");
    cr_expect_not(store_last(c, NULL, NULL));
    cr_expect_not(store_next(c, NULL, NULL));
    cr_expect_not(store_prev(c, NULL, NULL));
    store_cursor_close(&c);
    store_abort(&txn);
    store_close(&store);
}

FOR_EACH_KIND(a_cursor_stands_still_while_other_tables_are_written)
{
    enum { COUNT = 2000 };
    struct store *store = open_kind(kind);
    struct store_txn *txn = begin_write(store);
    struct bytes key, value;
    uint64_t seen = 0;

    for (uint64_t i = 0; i < COUNT; i++) {
        store_append(txn, TABLE_A, key_number(i), bytes_of("value"));
    }
    struct store_cursor *c = store_cursor_open(txn, TABLE_A);

    while (store_next(c, &key, &value)) {
        cr_assert_eq(number_of(key), seen);
        store_put(txn, TABLE_B, key_number(COUNT - seen), bytes_of("copy"));
        seen++;
    }
    cr_expect_eq(seen, COUNT);
    cr_expect_eq(store_count(txn, TABLE_B), COUNT);
    store_cursor_close(&c);
    commit(&txn);
    store_close(&store);
}

ParameterizedTestParameters(store, moving_on_from_a_key_after_a_write_to_its_table_is_a_bug)
{
    static char kinds[][8] = {"lmdb", "memory"};
    return cr_make_param_array(char[8], kinds, 2);
}

ParameterizedTest(char *kind, store, moving_on_from_a_key_after_a_write_to_its_table_is_a_bug,
                  .signal = SIGABRT)
{
    struct store *store = open_kind(kind);
    struct store_txn *txn = begin_write(store);

    put_text(txn, TABLE_A, "a", "1");
    struct store_cursor *c = store_cursor_open(txn, TABLE_A);

    cr_assert(store_next(c, NULL, NULL));
    put_text(txn, TABLE_A, "b", "2");
    fixture_remove(); /* nobody comes to do it after the signal */
    store_next(c, NULL, NULL);
}

FOR_EACH_KIND(a_table_is_emptied_by_seeking_again_after_each_delete)
{
    enum { COUNT = 1000 };
    struct store *store = open_kind(kind);
    struct store_txn *txn = begin_write(store);
    struct bytes key;
    uint64_t seen = 0;

    for (uint64_t i = 0; i < COUNT; i++) {
        store_put(txn, TABLE_A, key_number(i), bytes_of("value"));
    }
    struct store_cursor *c = store_cursor_open(txn, TABLE_A);

    while (store_seek(c, bytes_of(""), &key, NULL)) {
        cr_assert_eq(number_of(key), seen++);
        cr_assert(store_delete(txn, TABLE_A, key));
    }
    store_cursor_close(&c);
    cr_expect_eq(seen, COUNT);
    cr_expect_eq(store_count(txn, TABLE_A), 0);
    commit(&txn);
    store_close(&store);
}

FOR_EACH_KIND(an_appended_key_must_be_greater_than_the_last)
{
    struct store *store = open_kind(kind);
    struct store_txn *txn = begin_write(store);
    struct error err = ERROR_INIT;

    store_append(txn, TABLE_A, bytes_of("b"), bytes_of("1"));
    store_append(txn, TABLE_A, bytes_of("bb"), bytes_of("2"));
    cr_expect_not(store_failed(txn, NULL));
    commit(&txn);
    for (int i = 0; i < 2; i++) {
        txn = begin_write(store);
        store_append(txn, TABLE_A, bytes_of(i == 0 ? "bb" : "a"), bytes_of("3"));
        cr_expect(store_failed(txn, &err));
        cr_expect_eq(err.code, ERROR_STORE);
        cr_expect_not(store_commit(&txn, NULL));
    }
    txn = begin_read(store);
    cr_expect(has_text(txn, TABLE_A, "bb", "2"));
    cr_expect_eq(store_count(txn, TABLE_A), 2);
    store_abort(&txn);
    store_close(&store);
}

FOR_EACH_KIND(a_failed_transaction_reads_nothing_writes_nothing_and_never_commits)
{
    struct store *store = open_kind(kind);
    struct store_txn *txn = begin_write(store);
    struct error err = ERROR_INIT;

    put_text(txn, TABLE_A, "key", "value");
    struct store_cursor *c = store_cursor_open(txn, TABLE_A);

    cr_assert(store_next(c, NULL, NULL));
    store_put(txn, TABLE_B, bytes_of(""), bytes_of("value"));
    store_append(txn, TABLE_A, bytes_of("a"), bytes_of("later trouble"));
    cr_assert(store_failed(txn, &err));
    cr_expect_eq(err.code, ERROR_INVALID, "the first trouble is kept");
    cr_expect_not(store_get(txn, TABLE_A, bytes_of("key"), NULL));
    cr_expect_not(store_next(c, NULL, NULL));
    cr_expect_not(store_seek(c, bytes_of("key"), NULL, NULL));
    cr_expect_not(store_delete(txn, TABLE_A, bytes_of("key")));
    cr_expect_eq(store_count(txn, TABLE_A), 0);
    store_cursor_close(&c);
    c = store_cursor_open(txn, TABLE_A);
    cr_expect_not(store_last(c, NULL, NULL), "a cursor opened after the failure works as well");
    store_cursor_close(&c);
    err = ERROR_INIT;
    cr_expect_not(store_commit(&txn, &err));
    cr_expect_null(txn);
    cr_expect_eq(err.code, ERROR_INVALID);
    txn = begin_read(store);
    cr_expect_eq(store_count(txn, TABLE_A), 0);
    store_abort(&txn);
    store_close(&store);
}

FOR_EACH_KIND(a_key_at_the_limit_is_kept_and_one_past_it_refused)
{
    char long_key[STORE_KEY_BYTES_MAX + 1];
    struct store *store = open_kind(kind);
    struct store_txn *txn = begin_write(store);
    struct error err = ERROR_INIT;

    memset(long_key, 'k', sizeof long_key);
    struct bytes at = {long_key, STORE_KEY_BYTES_MAX}, past = {long_key, sizeof long_key};

    store_put(txn, TABLE_A, at, bytes_of("value"));
    cr_expect(store_get(txn, TABLE_A, at, NULL));
    cr_expect_not(store_get(txn, TABLE_A, past, NULL));
    cr_expect_not(store_delete(txn, TABLE_A, past));
    cr_expect_not(store_get(txn, TABLE_A, bytes_of(""), NULL));
    cr_expect_not(store_failed(txn, NULL), "asking for what cannot be there is no trouble");
    struct store_cursor *c = store_cursor_open(txn, TABLE_A);

    cr_expect_not(store_seek(c, past, NULL, NULL));
    cr_expect(store_prev(c, NULL, NULL));
    store_cursor_close(&c);
    store_put(txn, TABLE_A, past, bytes_of("value"));
    cr_expect(store_failed(txn, &err));
    cr_expect_eq(err.code, ERROR_TOO_LARGE);
    store_abort(&txn);
    store_close(&store);
}

FOR_EACH_KIND(a_value_at_the_limit_is_kept_and_one_past_it_refused)
{
    char *large = calloc(1, STORE_VALUE_BYTES_MAX + 1);
    struct store *store = open_kind(kind);
    struct error err = ERROR_INIT;
    struct bytes found;

    cr_assert_not_null(large);
    large[STORE_VALUE_BYTES_MAX - 1] = 'z';
    struct store_txn *txn = begin_write(store);

    store_put(txn, TABLE_A, bytes_of("k"), (struct bytes){large, STORE_VALUE_BYTES_MAX});
    commit(&txn);
    txn = begin_write(store);
    cr_assert(store_get(txn, TABLE_A, bytes_of("k"), &found));
    cr_expect(bytes_equal(found, (struct bytes){large, STORE_VALUE_BYTES_MAX}));
    store_put(txn, TABLE_A, bytes_of("k"), (struct bytes){large, STORE_VALUE_BYTES_MAX + 1});
    cr_expect(store_failed(txn, &err));
    cr_expect_eq(err.code, ERROR_TOO_LARGE);
    store_abort(&txn);
    store_close(&store);
    free(large);
}

FOR_EACH_KIND(a_hundred_thousand_keys_come_back_in_order)
{
    enum { COUNT = 100000 };
    struct store *store = open_kind(kind);
    uint64_t at = 0;

    for (uint64_t batch = 0; batch < 10; batch++) {
        cr_assert(store_room(store, NULL));
        struct store_txn *txn = begin_write(store);

        for (uint64_t i = 0; i < COUNT / 10; i++) {
            at = (at + 61803) % COUNT; /* visits each number once */
            store_put(txn, TABLE_A, key_number(at), key_number(at));
        }
        commit(&txn);
    }
    struct store_txn *txn = begin_read(store);
    struct store_cursor *c = store_cursor_open(txn, TABLE_A);
    struct bytes key, value;
    uint64_t seen = 0;

    while (store_next(c, &key, &value)) {
        cr_assert_eq(number_of(key), seen);
        cr_assert_eq(number_of(value), seen++);
    }
    cr_expect_eq(seen, COUNT);
    cr_expect_eq(store_count(txn, TABLE_A), COUNT);
    store_cursor_close(&c);
    store_abort(&txn);
    store_close(&store);
}

static void *count_commits(void *arg)
{
    struct store *store = arg;

    for (int i = 0; i < 200; i++) {
        struct store_txn *txn = NULL;
        struct bytes value;
        uint64_t n = 0;

        if (!store_room(store, NULL) || !store_begin_write(store, &txn, NULL)) {
            return NULL;
        }
        if (store_get(txn, TABLE_A, bytes_of("n"), &value)) {
            n = number_of(value);
        }
        unsigned char next[8];

        for (int b = 0; b < 8; b++) {
            next[b] = (unsigned char)((n + 1) >> (56 - 8 * b));
        }
        store_put(txn, TABLE_A, bytes_of("n"), (struct bytes){next, sizeof next});
        store_put(txn, TABLE_B, bytes_of("n"), (struct bytes){next, sizeof next});
        if (!store_commit(&txn, NULL)) {
            return NULL;
        }
    }
    return store;
}

/* Both tables always hold the same number, and it never falls. */
static void *watch_commits(void *arg)
{
    struct store *store = arg;
    uint64_t last = 0;

    for (int i = 0; i < 1000; i++) {
        struct store_txn *txn = NULL;
        struct bytes a, b;

        if (!store_begin_read(store, &txn, NULL)) {
            return NULL;
        }
        bool has_a = store_get(txn, TABLE_A, bytes_of("n"), &a);
        bool has_b = store_get(txn, TABLE_B, bytes_of("n"), &b);
        uint64_t n = has_a ? number_of(a) : 0;
        bool good = has_a == has_b && (!has_a || bytes_equal(a, b)) && n >= last;

        store_abort(&txn);
        if (!good) {
            return NULL;
        }
        last = n;
    }
    return store;
}

FOR_EACH_KIND(two_writers_take_turns_and_readers_see_whole_commits)
{
    struct store *store = open_kind(kind);
    pthread_t threads[4];
    struct store_stats stats;

    for (int i = 0; i < 4; i++) {
        cr_assert_eq(
            pthread_create(&threads[i], NULL, i < 2 ? count_commits : watch_commits, store), 0);
    }
    for (int i = 0; i < 4; i++) {
        void *good = NULL;

        cr_assert_eq(pthread_join(threads[i], &good), 0);
        cr_expect_not_null(good, "thread %d saw something wrong", i);
    }
    struct store_txn *txn = begin_read(store);
    struct bytes value;

    cr_assert(store_get(txn, TABLE_A, bytes_of("n"), &value));
    cr_expect_eq(number_of(value), 400);
    store_abort(&txn);
    store_stats(store, &stats);
    cr_expect_eq(stats.commits, 400);
    store_close(&store);
}

FOR_EACH_KIND(one_thread_reads_two_snapshots_while_it_writes)
{
    struct store *store = open_kind(kind);
    struct store_txn *writer = begin_write(store);
    struct store_txn *first = begin_read(store);

    put_text(writer, TABLE_A, "key", "1");
    cr_expect_not(store_get(first, TABLE_A, bytes_of("key"), NULL));
    commit(&writer);
    struct store_txn *second = begin_read(store);

    cr_expect_not(store_get(first, TABLE_A, bytes_of("key"), NULL));
    cr_expect(has_text(second, TABLE_A, "key", "1"));
    store_abort(&first);
    store_abort(&second);
    store_close(&store);
}

FOR_EACH_KIND(the_format_of_a_new_store_is_the_one_asked_for)
{
    struct store *store = open_kind(kind);

    cr_expect_eq(store_format(store), 1);
    store_close(&store);
}

Test(store, closing_nothing_and_aborting_nothing_is_fine)
{
    struct store *store = NULL;
    struct store_txn *txn = NULL;
    struct store_cursor *cursor = NULL;

    store_cursor_close(&cursor);
    store_abort(&txn);
    store_close(&store);
}

Test(store, a_store_in_memory_cannot_be_copied)
{
    struct store *store = open_kind("memory");
    struct error err = ERROR_INIT;

    cr_expect_not(store_copy(store, fixture_path("copy"), &err));
    cr_expect_eq(err.code, ERROR_UNSUPPORTED);
    store_close(&store);
}
