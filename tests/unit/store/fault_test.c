/* fault_test.c - every call into LMDB fails once: the work is right, or cleanly refused */
#include "fault.h"
#include "fixture.h"

#include <criterion/criterion.h>
#include <criterion/parameterized.h>

#include <errno.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#define MDB_MAP_FULL (-30792) /* of lmdb.h, which only lmdb.c includes */

static char dir[256];
static char copy_dir[256];

static void prepare(void)
{
    snprintf(dir, sizeof dir, "%s", fixture_path("store"));
    snprintf(copy_dir, sizeof copy_dir, "%s", fixture_path("copy"));
}

TestSuite(fault, .init = prepare, .fini = fixture_remove, .timeout = 120);

static bool to_two(struct store_txn *txn, struct error *err)
{
    (void)err;
    put_text(txn, TABLE_C, "format", "two");
    return true;
}

static const struct store_migration migration = {1, 2, to_two};

/* A turn adds the row n, moves the row "last", and takes back the row it put beside. */
static bool turn(struct store *store, uint64_t *acked, struct error *err)
{
    struct store_txn *txn;
    uint64_t n = *acked;

    if (!store_room(store, err) || !store_begin_write(store, &txn, err)) {
        return false;
    }
    struct store_cursor *c = store_cursor_open(txn, TABLE_A);
    struct bytes last;

    if (store_last(c, &last, NULL)) {
        n = number_of(last) + 1;
    }
    store_cursor_close(&c);
    store_get(txn, TABLE_B, bytes_of("last"), NULL);
    store_append(txn, TABLE_A, key_number(n), bytes_of("row"));
    store_put(txn, TABLE_B, bytes_of("last"), key_number(n));
    store_put(txn, TABLE_B, bytes_of("beside"), bytes_of("x"));
    store_delete(txn, TABLE_B, bytes_of("beside"));
    store_count(txn, TABLE_A);
    if (!store_commit(&txn, err)) {
        return false;
    }
    *acked = n + 1;
    return true;
}

static bool look(struct store *store, struct error *err)
{
    struct store_txn *txn;

    if (!store_begin_read(store, &txn, err)) {
        return false;
    }
    struct store_cursor *c = store_cursor_open(txn, TABLE_A);

    for (int i = 0; i < 3; i++) { /* not all: the rows grow in number with the faults */
        store_next(c, NULL, NULL);
    }
    store_get(txn, TABLE_B, bytes_of("last"), NULL);
    bool good = !store_failed(txn, err);

    store_cursor_close(&c);
    store_abort(&txn);
    return good;
}

/* Open at a format, some turns, a look, a copy. False when something was refused: then *err. */
static bool work(uint32_t format, uint64_t *acked, struct error *err)
{
    struct store_options options = fixture_options();
    struct store_stats stats;
    struct store *store;

    options.format = format;
    options.migrations = &migration;
    options.migration_count = 1;
    if (!store_open_lmdb(dir, &options, &store, err)) {
        return false;
    }
    bool good = turn(store, acked, err) && turn(store, acked, err) && look(store, err) &&
                store_copy(store, copy_dir, err);

    store_stats(store, &stats);
    store_close(&store);
    return good;
}

/* Whatever failed: the store opens, and holds whole turns only, none of the promised missing. */
static void audit(uint64_t acked, uint32_t format)
{
    struct store_options options = fixture_options();

    options.format = format;
    options.migrations = &migration;
    options.migration_count = 1;
    struct store *store = open_lmdb(dir, &options);
    struct store_txn *txn = begin_read(store);
    uint64_t count = store_count(txn, TABLE_A);
    struct bytes last;

    cr_assert_eq(count, acked);
    cr_assert_eq(store_get(txn, TABLE_B, bytes_of("last"), &last), count > 0);
    cr_assert(count == 0 || number_of(last) == count - 1);
    cr_assert_eq(store_count(txn, TABLE_B), count > 0);
    cr_assert_eq(has_text(txn, TABLE_C, "format", "two"), format == 2 && store_count(txn, TABLE_C));
    store_abort(&txn);
    store_close(&store);
}

static void forget_copy(void)
{
    unlink(fixture_path("copy/data.mdb"));
    cr_assert_neq(access(fixture_path("copy/data.mdb.part"), F_OK), 0, "half a copy was left");
}

struct fault {
    int code;
    enum error_code expected;
};

ParameterizedTestParameters(fault, each_call_that_fails_once_is_refused_or_does_no_harm)
{
    static struct fault faults[] = {
        {EIO, ERROR_STORE}, {ENOSPC, ERROR_DISK_FULL}, {MDB_MAP_FULL, ERROR_DISK_FULL}};
    return cr_make_param_array(struct fault, faults, sizeof faults / sizeof faults[0]);
}

ParameterizedTest(struct fault *fault, fault, each_call_that_fails_once_is_refused_or_does_no_harm)
{
    uint64_t acked = 0;
    int calls = 0, refused = 0;

    for (bool hit = true; hit; calls++) {
        struct error err = ERROR_INIT;

        fault_arm(calls + 1, fault->code);
        bool good = work(1, &acked, &err);

        hit = fault_disarm();
        cr_assert(good || hit, "refused without a fault: %s", err.text);
        refused += !good;
        cr_assert(good || err.code == fault->expected, "call %d: %s: %s", calls + 1,
                  error_name(err.code), err.text);
        audit(acked, 1);
        forget_copy();
    }
    cr_expect_gt(calls, 60);
    cr_expect_gt(refused, 40);
}

Test(fault, a_migration_that_fails_at_any_call_is_done_or_not_begun)
{
    bool hit = true;

    for (int n = 1; hit; n++) {
        uint64_t acked = 0;
        struct error err = ERROR_INIT;

        cr_assert(work(1, &acked, &err), "%s", err.text);
        fault_arm(n, EIO);
        work(2, &acked, &err);
        hit = fault_disarm();
        audit(acked, 2);
        fixture_remove();
        prepare();
    }
}

Test(fault, what_a_refused_commit_wrote_is_not_told_to_followers)
{
    struct store_options options = fixture_options();
    struct store *store = open_lmdb(dir, &options);
    struct buffer changes = BUFFER_INIT;
    struct error err = ERROR_INIT;
    struct bytes key;
    struct bytes value;
    uint64_t acked = 0;
    uint64_t told = 0;

    cr_assert(store_follow(store, TABLE_A, MIB, &err), "%s", err.text);
    struct store_txn *txn = begin_read(store);
    uint64_t began = store_version(txn);
    store_abort(&txn);
    for (int n = 1; n == 1 || fault_disarm(); n++) {
        fault_arm(n, EIO);
        turn(store, &acked, &err);
    }
    txn = begin_read(store);
    cr_assert(store_changes(txn, began, &changes));
    struct cursor c = cursor_of(buffer_bytes(&changes));
    while (store_change_next(&c, &key, &value)) {
        cr_expect_eq(number_of(key), told, "row %llu is told once", (unsigned long long)told);
        told++;
    }
    cr_expect_eq(told, acked);
    cr_expect_gt(acked, 0);
    buffer_fini(&changes);
    store_abort(&txn);
    store_close(&store);
}
