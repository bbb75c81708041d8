/* format_test.c - the format number of a store, and migrations */
#include "fixture.h"

#include <criterion/criterion.h>

#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static char dir[256];

/* A store of format 1 with the key "one". */
static void prepare(void)
{
    struct store_options options = fixture_options();

    snprintf(dir, sizeof dir, "%s", fixture_path("store"));
    struct store *store = open_lmdb(dir, &options);
    struct store_txn *txn = begin_write(store);

    put_text(txn, TABLE_A, "one", "1");
    commit(&txn);
    store_close(&store);
}

TestSuite(format, .init = prepare, .fini = fixture_remove, .timeout = 60);

static bool rename_key(struct store_txn *txn, const char *from, const char *to)
{
    struct bytes value;

    if (store_get(txn, TABLE_A, bytes_of(from), &value)) {
        char *copy = bytes_strdup(value);

        put_text(txn, TABLE_A, to, copy);
        store_delete(txn, TABLE_A, bytes_of(from));
        free(copy);
    }
    return true;
}

static bool one_to_two(struct store_txn *txn, struct error *err)
{
    (void)err;
    return rename_key(txn, "one", "two");
}

static bool two_to_four(struct store_txn *txn, struct error *err)
{
    (void)err;
    return rename_key(txn, "two", "four");
}

static bool refuse(struct store_txn *txn, struct error *err)
{
    rename_key(txn, "two", "lost");
    return error_set(err, ERROR_FORMAT, "a record that nobody understands");
}

static bool fail(struct store_txn *txn, struct error *err)
{
    (void)err;
    rename_key(txn, "two", "lost");
    put_text(txn, TABLE_A, "", "no key");
    return true;
}

static bool die(struct store_txn *txn, struct error *err)
{
    (void)err;
    rename_key(txn, "two", "lost");
    raise(SIGKILL);
    return true;
}

static struct store_migration steps[] = {{1, 2, one_to_two}, {2, 4, two_to_four}};

static struct store_options options_of(uint32_t format, int migration_count)
{
    struct store_options options = fixture_options();

    options.format = format;
    options.migrations = steps;
    options.migration_count = migration_count;
    return options;
}

static void assert_has(const struct store_options *options, uint32_t found, const char *key)
{
    struct store *store = open_lmdb(dir, options);
    struct store_txn *txn = begin_read(store);

    cr_expect_eq(store_format(store), found);
    cr_expect(has_text(txn, TABLE_A, key, "1"));
    cr_expect_eq(store_count(txn, TABLE_A), 1);
    store_abort(&txn);
    store_close(&store);
}

Test(format, an_older_store_is_migrated_step_by_step_once)
{
    struct store_options options = options_of(4, 2);

    assert_has(&options, 1, "four");
    steps[0].run = steps[1].run = refuse;
    assert_has(&options, 4, "four");
}

Test(format, a_new_store_needs_no_migration)
{
    struct store_options options = options_of(4, 2);

    steps[0].run = steps[1].run = refuse;
    struct store *store = open_lmdb(fixture_path("new"), &options);

    cr_expect_eq(store_format(store), 4);
    store_close(&store);
}

Test(format, a_newer_store_is_refused)
{
    struct store_options options = options_of(4, 2);

    assert_has(&options, 1, "four");
    options.format = 3;
    assert_refused(dir, &options, ERROR_FORMAT, "has format 4");
    options.format = 4;
    assert_has(&options, 4, "four");
}

Test(format, an_older_store_without_a_way_is_refused_before_anything_changes)
{
    struct store_options options = options_of(4, 1);

    assert_refused(dir, &options, ERROR_FORMAT, "no way from 2");
    options = options_of(1, 0);
    assert_has(&options, 1, "one");
    options = options_of(3, 2);
    assert_refused(dir, &options, ERROR_FORMAT, "no way from 2");
    options = options_of(1, 0);
    assert_has(&options, 1, "one");
}

Test(format, an_older_store_is_not_opened_read_only)
{
    struct store_options options = options_of(4, 2);

    options.read_only = true;
    assert_refused(dir, &options, ERROR_FORMAT, "open it for writing once");
}

Test(format, a_step_that_is_refused_or_fails_leaves_the_format_before_it)
{
    struct store_options options = options_of(4, 2), second = options_of(2, 0);

    steps[1].run = refuse;
    assert_refused(dir, &options, ERROR_FORMAT, "nobody understands");
    assert_has(&second, 2, "two");
    steps[1].run = fail;
    assert_refused(dir, &options, ERROR_INVALID, "at least 1 byte");
    assert_has(&second, 2, "two");
    steps[1].run = two_to_four;
    assert_has(&options, 2, "four");
}

static void migrate_and_die(struct partner *p)
{
    struct store_options options = options_of(4, 2);
    struct store *store;

    (void)p;
    steps[1].run = die;
    store_open_lmdb(dir, &options, &store, NULL);
}

Test(format, a_migration_cut_short_by_a_kill_is_done_again)
{
    struct store_options options = options_of(4, 2);
    struct partner p = partner_start(migrate_and_die);
    uint64_t word;

    cr_expect_not(partner_hear(&p, &word));
    partner_kill(&p);
    assert_has(&options, 2, "four");
}

Test(format, a_store_without_a_format_number_is_refused)
{
    struct store_options options = options_of(1, 0);

    patch_file(fixture_path("store/data.mdb"), "format", "formal");
    assert_refused(dir, &options, ERROR_STORE, "no format number");
}

/* What tests/data/store/format-1 was filled with, see the README beside it. */
static void assert_golden(struct store *store)
{
    struct store_txn *txn = begin_read(store);
    struct bytes value;

    cr_expect_eq(store_format(store), 1);
    cr_expect_eq(store_count(txn, TABLE_A), 100);
    for (uint64_t i = 0; i < 100; i++) {
        cr_assert(store_get(txn, TABLE_A, key_number(i), &value));
        cr_expect_eq(number_of(value), i * i);
    }
    cr_expect(has_text(txn, TABLE_B, "ключ", "значение"));
    cr_expect(has_text(txn, TABLE_B, "empty", ""));
    cr_assert(store_get(txn, TABLE_B, bytes_of("large"), &value));
    cr_expect_eq(value.size, 5000);
    for (size_t i = 0; i < value.size; i++) {
        cr_assert_eq(((const char *)value.data)[i], 'L');
    }
    cr_expect_eq(store_count(txn, TABLE_B), 3);
    cr_expect_eq(store_count(txn, TABLE_C), 0);
    store_abort(&txn);
}

Test(format, a_store_written_in_format_1_is_read)
{
    struct store_options options = fixture_options();

    fixture_remove();
    copy_file(GOLDEN_FORMAT_1, fixture_path("data.mdb"));
    struct store *store = open_lmdb(fixture_path(NULL), &options);

    assert_golden(store);
    store_close(&store);
    options.read_only = true;
    store = open_lmdb(fixture_path(NULL), &options);
    assert_golden(store);
    store_close(&store);
}
