/* growth_test.c - the map grows, limits are refused, and what is there stays readable */
#include "fixture.h"

#include <criterion/criterion.h>

#include <errno.h>
#include <fcntl.h>
#include <pthread.h>
#include <stdatomic.h>
#include <stdio.h>
#include <string.h>
#include <sys/mount.h>
#include <sys/stat.h>
#include <unistd.h>

#define ROW_BYTES 1000

static char dir[256];

static void prepare(void)
{
    snprintf(dir, sizeof dir, "%s", fixture_path("store"));
}

TestSuite(growth, .init = prepare, .fini = fixture_remove, .timeout = 120);

static void put_rows(struct store_txn *txn, uint64_t from, uint64_t count)
{
    static const char row[ROW_BYTES] = "row";

    for (uint64_t i = 0; i < count; i++) {
        store_append(txn, TABLE_A, key_number(from + i), (struct bytes){row, sizeof row});
    }
}

/* Commit turns of 100 rows until refused, at most `turns`; the number of turns done. */
static uint64_t write_turns(struct store *store, uint64_t turns, struct error *err)
{
    for (uint64_t turn = 0; turn < turns; turn++) {
        if (!store_room(store, err)) {
            return turn;
        }
        struct store_txn *txn = begin_write(store);

        put_rows(txn, store_count(txn, TABLE_A), 100);
        if (!store_commit(&txn, err)) {
            return turn;
        }
    }
    return turns;
}

static void assert_rows(struct store *store, uint64_t count)
{
    struct store_txn *txn = begin_read(store);
    struct store_cursor *c = store_cursor_open(txn, TABLE_A);
    struct bytes key, value;
    uint64_t seen = 0;

    while (store_next(c, &key, &value)) {
        cr_assert_eq(number_of(key), seen++);
        cr_assert_eq(value.size, ROW_BYTES);
    }
    cr_expect_eq(seen, count);
    store_cursor_close(&c);
    store_abort(&txn);
}

Test(growth, the_map_doubles_many_times_while_transactions_go_on)
{
    struct store_options options = fixture_options();
    struct store *store = open_lmdb(dir, &options);
    struct store_stats stats;
    struct error err = ERROR_INIT;

    cr_assert_eq(write_turns(store, 400, &err), 400, "%s", err.text);
    store_stats(store, &stats);
    cr_expect_geq(stats.grown, 5);
    cr_expect_geq(stats.map_bytes, 64 * MIB);
    cr_expect_geq(stats.used_bytes, 38 * MIB);
    cr_expect_geq(stats.file_bytes, stats.used_bytes);
    cr_expect_leq(stats.file_bytes, stats.map_bytes);
    cr_expect_gt(stats.free_disk_bytes, 0);
    assert_rows(store, 40000);
    store_close(&store);
    store = open_lmdb(dir, &options); /* the map of the start is far too small by now */
    assert_rows(store, 40000);
    cr_assert_eq(write_turns(store, 10, &err), 10, "%s", err.text);
    store_close(&store);
}

Test(growth, a_transaction_larger_than_the_map_fails_and_then_finds_room)
{
    struct store_options options = fixture_options();
    struct store *store = open_lmdb(dir, &options);
    struct error err = ERROR_INIT;
    int tries = 0;

    for (bool done = false; !done; tries++) {
        cr_assert_lt(tries, 8, "each time the map doubles");
        cr_assert(store_room(store, &err), "%s", err.text);
        struct store_txn *txn = begin_write(store);

        put_rows(txn, 0, 10000);
        done = store_commit(&txn, &err);
        cr_assert(done || err.code == ERROR_DISK_FULL, "%s", err.text);
    }
    cr_expect_gt(tries, 2);
    assert_rows(store, 10000);
    store_close(&store);
}

Test(growth, a_table_is_added_to_a_store_that_is_larger_than_the_map_at_its_start)
{
    struct store_options options = fixture_options();

    options.table_count = TABLE_A + 1;
    options.map_bytes_start = 64 * MIB;
    struct store *store = open_lmdb(dir, &options);
    struct store_txn *txn = begin_write(store);

    put_rows(txn, 0, 10000); /* at once: leaves no free pages between */
    commit(&txn);
    store_close(&store);
    options.table_count = TABLE_COUNT;
    options.map_bytes_start = MIB;
    store = open_lmdb(dir, &options);
    assert_rows(store, 10000);
    store_close(&store);
}

static atomic_bool writing;

static void *read_all_the_time(void *arg)
{
    uint64_t last = 0;

    while (atomic_load(&writing)) {
        struct store_txn *txn = NULL;

        if (!store_begin_read(arg, &txn, NULL)) {
            return NULL;
        }
        uint64_t count = store_count(txn, TABLE_A);
        bool good = count % 100 == 0 && count >= last &&
                    (count == 0 || store_get(txn, TABLE_A, key_number(0), NULL));

        last = count;
        store_abort(&txn);
        if (!good) {
            return NULL;
        }
    }
    return arg;
}

Test(growth, readers_in_other_threads_go_on_while_the_map_moves)
{
    struct store_options options = fixture_options();
    struct store *store = open_lmdb(dir, &options);
    struct error err = ERROR_INIT;
    struct store_stats stats;
    pthread_t thread;
    void *good = NULL;

    atomic_store(&writing, true);
    cr_assert_eq(pthread_create(&thread, NULL, read_all_the_time, store), 0);
    cr_expect_eq(write_turns(store, 300, &err), 300, "%s", err.text);
    atomic_store(&writing, false);
    cr_assert_eq(pthread_join(thread, &good), 0);
    cr_expect_not_null(good);
    store_stats(store, &stats);
    cr_expect_geq(stats.grown, 4);
    store_close(&store);
}

Test(growth, the_map_does_not_move_under_a_reader_while_that_can_wait)
{
    struct store_options options = fixture_options();
    struct store *store = open_lmdb(dir, &options);
    struct store_txn *reader = begin_read(store);
    struct store_stats stats;

    /* Past half of a map of 1 MiB, so it should grow, but short of three quarters: not at once. */
    struct store_txn *txn = begin_write(store);

    put_rows(txn, 0, 600);
    commit(&txn);
    cr_assert(store_room(store, NULL));
    store_stats(store, &stats);
    cr_expect_eq(stats.grown, 0);
    store_abort(&reader);
    cr_assert(store_room(store, NULL));
    store_stats(store, &stats);
    cr_expect_eq(stats.grown, 1);
    store_close(&store);
}

Test(growth, at_its_limit_the_store_refuses_turns_and_stays_readable)
{
    struct store_options options = fixture_options();
    struct error err = ERROR_INIT;

    options.map_bytes_max = 4 * MIB;
    struct store *store = open_lmdb(dir, &options);
    uint64_t turns = write_turns(store, 1000, &err);

    cr_expect_gt(turns, 10);
    cr_expect_eq(err.code, ERROR_DISK_FULL);
    cr_expect_not_null(strstr(err.text, "raise map_bytes_max"), "%s", err.text);
    assert_rows(store, turns * 100);
    store_close(&store);
    store = open_lmdb(dir, &options);
    assert_rows(store, turns * 100);
    cr_expect_not(store_room(store, NULL), "also after opening again");

    /* What is deleted makes room, and a transaction that deletes has what was kept in reserve. */
    struct store_txn *txn = begin_write(store);

    for (uint64_t i = turns * 50; i < turns * 100; i++) {
        store_delete(txn, TABLE_A, key_number(i));
    }
    commit(&txn);
    cr_expect(store_room(store, &err), "%s", err.text);
    cr_expect_gt(write_turns(store, 5, &err), 0);
    store_close(&store);

    options.map_bytes_max = 64 * 1024; /* below what is in it already */
    store = open_lmdb(dir, &options);
    cr_expect_not(store_room(store, &err));
    cr_expect_eq(err.code, ERROR_DISK_FULL);
    store_close(&store);
    options.map_bytes_max = 16 * MIB;
    store = open_lmdb(dir, &options);
    cr_expect_eq(write_turns(store, 20, &err), 20, "%s", err.text);
    store_close(&store);
}

Test(growth, too_little_free_disk_refuses_turns_with_the_folder_and_the_bytes)
{
    struct store_options options = fixture_options();
    struct error err = ERROR_INIT;

    options.free_bytes_min = (uint64_t)1 << 62;
    struct store *store = open_lmdb(dir, &options);

    for (int i = 0; i < 2; i++) {
        err = ERROR_INIT;
        cr_expect_not(store_room(store, &err));
        cr_expect_eq(err.code, ERROR_DISK_FULL);
        cr_expect_not_null(strstr(err.text, dir), "%s", err.text);
        cr_expect_not_null(strstr(err.text, "4611686018427387904"), "%s", err.text);
    }
    struct store_txn *txn = begin_read(store);

    store_abort(&txn);
    store_close(&store);
}

/* A disk of 12 MiB at dir, which goes away with the process; false when we may not. */
static bool mount_small_disk(void)
{
    cr_assert_eq(mkdir(dir, 0700), 0);
    if (mount("none", dir, "tmpfs", 0, "size=12m") == 0) {
        return true;
    }
    cr_assert(errno == EPERM || errno == EACCES, "%s", strerror(errno));
    return false;
}

static void fill_file(int fd, uint64_t bytes)
{
    static const char page[4096];

    for (uint64_t i = 0; i < bytes; i += sizeof page) {
        cr_assert_eq(write(fd, page, sizeof page), (ssize_t)sizeof page);
    }
}

Test(growth, a_full_disk_refuses_and_the_store_goes_on_when_there_is_space_again)
{
    struct store_options options = fixture_options();
    struct error err = ERROR_INIT;

    if (!mount_small_disk()) {
        cr_skip_test("needs the right to mount a small disk");
    }
    int ballast = open(fixture_path("store/ballast"), O_RDWR | O_CREAT, 0600);

    options.free_bytes_min = 2 * MIB;
    options.map_bytes_start = 64 * MIB; /* so that it is the disk that fills */
    struct store *store = open_lmdb(dir, &options);

    umount2(dir, MNT_DETACH);
    fill_file(ballast, 6 * MIB);
    uint64_t turns = write_turns(store, 1000, &err);

    cr_expect(turns > 5 && turns < 60);
    cr_expect_eq(err.code, ERROR_DISK_FULL);
    cr_expect_not_null(strstr(err.text, "bytes free"), "%s", err.text);

    /* Transactions that do not ask meet the disk itself, each at another page. */
    for (int i = 0; i < 5; i++) {
        struct store_txn *txn = begin_write(store);

        put_rows(txn, turns * 100, 4000);
        cr_expect_not(store_commit(&txn, &err));
        cr_expect_eq(err.code, ERROR_DISK_FULL, "%s", err.text);
        cr_expect_not_null(strstr(err.text, "No space left"), "%s", err.text);
        cr_assert_eq(ftruncate(ballast, (off_t)(6 * MIB) - (i + 1) * 36864), 0);
    }
    assert_rows(store, turns * 100);
    cr_assert_eq(ftruncate(ballast, 0), 0);
    cr_expect_eq(write_turns(store, 5, &err), 5, "%s", err.text);
    assert_rows(store, turns * 100 + 500);
    store_close(&store);
    close(ballast);
}
