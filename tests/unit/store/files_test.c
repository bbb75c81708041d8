/* files_test.c - one folder, one owner: reopening, killing, foreign and damaged files */
#include "fixture.h"

#include <criterion/criterion.h>

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

static char dir[256];

static void prepare(void)
{
    snprintf(dir, sizeof dir, "%s", fixture_path("store"));
}

TestSuite(files, .init = prepare, .fini = fixture_remove, .timeout = 120);

static void make_store(void)
{
    struct store_options options = fixture_options();
    struct store *store = open_lmdb(dir, &options);
    struct store_txn *txn = begin_write(store);

    put_text(txn, TABLE_A, "key", "value");
    commit(&txn);
    store_close(&store);
}

Test(files, a_committed_value_is_found_after_reopen)
{
    struct store_options options = fixture_options();

    make_store();
    struct store *store = open_lmdb(dir, &options);
    struct store_txn *txn = begin_read(store);

    cr_expect(has_text(txn, TABLE_A, "key", "value"));
    store_abort(&txn);
    store_close(&store);
}

Test(files, the_files_are_closed_to_others)
{
    struct stat st;

    make_store();
    cr_assert_eq(stat(dir, &st), 0);
    cr_expect_eq(st.st_mode & 0777, 0700);
    cr_assert_eq(stat(fixture_path("store/data.mdb"), &st), 0);
    cr_expect_eq(st.st_mode & 0077, 0);
}

/* Transaction n writes n rows to B and its number to A, so that half of one would show. */
static void write_until_killed(struct partner *p)
{
    struct store_options options = fixture_options();
    struct store *store;
    uint64_t n = 0;

    options.no_sync = false;
    if (!store_open_lmdb(dir, &options, &store, NULL)) {
        return;
    }
    for (;;) {
        struct store_txn *txn;

        if (!store_room(store, NULL) || !store_begin_write(store, &txn, NULL)) {
            return;
        }
        if (n == 0) {
            n = store_count(txn, TABLE_A);
        }
        for (uint64_t i = 0; i < 20; i++) {
            store_put(txn, TABLE_B, key_number(n * 20 + i), bytes_of("a row of some length"));
        }
        store_append(txn, TABLE_A, key_number(n), key_number(n));
        if (!store_commit(&txn, NULL)) {
            return;
        }
        partner_say(p, ++n);
    }
}

Test(files, what_was_committed_survives_a_kill_and_nothing_is_half_done)
{
    enum { ROUNDS = 15 };
    struct store_options options = fixture_options();
    uint64_t seed = 7, before = 0;

    for (int round = 0; round < ROUNDS; round++) {
        struct partner p = partner_start(write_until_killed);
        uint64_t promised = before, stop = before + 1 + random_next(&seed) % 40;

        while (promised < stop) {
            cr_assert(partner_hear(&p, &promised));
        }
        partner_kill(&p);
        while (partner_hear(&p, &promised)) {
        }
        close(p.from);
        struct store *store = open_lmdb(dir, &options);
        struct store_txn *txn = begin_read(store);
        uint64_t kept = store_count(txn, TABLE_A);

        cr_expect(kept == promised || kept == promised + 1, "promised %lu, kept %lu",
                  (unsigned long)promised, (unsigned long)kept);
        cr_expect_eq(store_count(txn, TABLE_B), kept * 20);
        store_abort(&txn);
        store_close(&store);
        before = kept;
    }
}

/* Opens as owner, answers each word with itself; 1 commits a thousand rows first. */
static void own(struct partner *p)
{
    struct store_options options = fixture_options();
    struct store *store;
    uint64_t word, row = 0;

    while (partner_hear(p, &word)) {
        if (word == 0 && !store_open_lmdb(dir, &options, &store, NULL)) {
            return;
        }
        if (word == 1) {
            struct store_txn *txn;

            if (!store_room(store, NULL) || !store_begin_write(store, &txn, NULL)) {
                return;
            }
            for (int i = 0; i < 1000; i++, row++) {
                store_append(txn, TABLE_A, key_number(row), bytes_of("a row"));
            }
            if (!store_commit(&txn, NULL)) {
                return;
            }
        }
        partner_say(p, word);
    }
}

Test(files, a_second_owner_is_refused_with_the_process_id_of_the_first_until_it_dies)
{
    struct store_options options = fixture_options();
    struct partner p = partner_start(own);
    char pid[32];

    partner_ask(&p, 0);
    snprintf(pid, sizeof pid, "process %ld,", (long)p.pid);
    assert_refused(dir, &options, ERROR_CONFLICT, pid);
    partner_kill(&p);
    struct store *store = open_lmdb(dir, &options);

    store_close(&store);
    close(p.from);
}

Test(files, a_store_is_opened_once_in_a_process)
{
    struct store_options options = fixture_options();
    struct store *store = open_lmdb(dir, &options);

    assert_refused(dir, &options, ERROR_CONFLICT, "this process");
    options.read_only = true;
    assert_refused(dir, &options, ERROR_CONFLICT, "this process");
    store_close(&store);
    store = open_lmdb(dir, &options);
    store_close(&store);
}

Test(files, a_reader_beside_the_owner_follows_it_when_the_map_grows)
{
    struct store_options options = fixture_options();
    struct partner p = partner_start(own);

    partner_ask(&p, 0);
    options.read_only = true;
    options.map_bytes_max = 64 * 1024; /* so that the owner is past it soon */
    struct store *store = open_lmdb(dir, &options);

    for (uint64_t round = 1; round <= 60; round++) {
        partner_ask(&p, 1);
        struct store_txn *txn = begin_read(store);

        cr_assert_eq(store_count(txn, TABLE_A), round * 1000);
        store_abort(&txn);
    }
    cr_expect(store_room(store, NULL));
    cr_assert(store_copy(store, fixture_path("copy"), NULL), "a reader may copy");
    store_close(&store);
    partner_end(&p);
}

static uint64_t readers_wanted;

static void read_and_be_killed(struct partner *p)
{
    struct store_options options = fixture_options();
    struct store *store;
    struct store_txn *txn;
    uint64_t word;

    options.read_only = true;
    if (!partner_hear(p, &word) || !store_open_lmdb(dir, &options, &store, NULL)) {
        return;
    }
    for (uint64_t i = 0; i < readers_wanted; i++) {
        if (!store_begin_read(store, &txn, NULL)) {
            return;
        }
    }
    partner_say(p, word);
    partner_hear(p, &word);
}

/* A child that holds so many read transactions, killed. */
static struct store *store_with_dead_readers(uint64_t count)
{
    struct store_options options = fixture_options();

    readers_wanted = count;
    struct partner p = partner_start(read_and_be_killed);
    struct store *store = open_lmdb(dir, &options);

    partner_ask(&p, 5);
    partner_kill(&p);
    close(p.from);
    return store;
}

Test(files, the_reader_of_a_killed_process_is_cleared)
{
    struct store *store = store_with_dead_readers(1);
    struct store_stats stats;

    store_stats(store, &stats);
    cr_expect_eq(stats.stale_readers, 0);
    cr_assert(store_room(store, NULL));
    store_stats(store, &stats);
    cr_expect_eq(stats.stale_readers, 1);
    store_close(&store);
}

Test(files, dead_readers_in_all_places_are_cleared_for_a_living_one)
{
    struct store *store = store_with_dead_readers(510);
    struct store_txn *txn = begin_read(store);
    struct store_stats stats;

    store_abort(&txn);
    store_stats(store, &stats);
    cr_expect_eq(stats.stale_readers, 510);
    store_close(&store);
}

Test(files, too_many_living_readers_are_refused)
{
    enum { MOST = 510 };
    struct store_options options = fixture_options();
    struct store *store = open_lmdb(dir, &options);
    struct store_txn *txns[MOST], *more = NULL;
    struct error err = ERROR_INIT;

    for (int i = 0; i < MOST; i++) {
        txns[i] = begin_read(store);
    }
    cr_expect_not(store_begin_read(store, &more, &err));
    cr_expect_null(more);
    cr_expect_eq(err.code, ERROR_BUSY, "%s", err.text);
    for (int i = 0; i < MOST; i++) {
        store_abort(&txns[i]);
    }
    store_close(&store);
}

static void overwrite(const char *path, size_t bytes, bool cut)
{
    FILE *f = fopen(path, "r+b");

    cr_assert_not_null(f);
    for (size_t i = 0; i < bytes; i++) {
        fputc((int)(i * 7 + 3) & 0xFF, f);
    }
    cr_assert_eq(fclose(f), 0);
    if (cut) {
        cr_assert_eq(truncate(path, (off_t)bytes), 0);
    }
}

Test(files, damaged_files_are_refused_with_a_sentence)
{
    struct store_options options = fixture_options();

    make_store();
    overwrite(fixture_path("store/data.mdb"), 8192, false);
    assert_refused(dir, &options, ERROR_STORE, "damaged");
    overwrite(fixture_path("store/data.mdb"), 100, true);
    assert_refused(dir, &options, ERROR_STORE, "damaged");
    overwrite(fixture_path("store/data.mdb"), 0, true);
    assert_refused(dir, &options, ERROR_STORE, "is empty");
    unlink(fixture_path("store/data.mdb"));
    make_store();
}

Test(files, a_file_of_another_program_is_refused)
{
    struct store_options options = fixture_options();

    make_store();
    patch_file(fixture_path("store/data.mdb"), ".store", ".other");
    assert_refused(dir, &options, ERROR_FORMAT, "no store of this program");
    options.read_only = true;
    assert_refused(dir, &options, ERROR_FORMAT, "no store of this program");
}

Test(files, folders_that_cannot_be_are_refused)
{
    struct store_options options = fixture_options();

    assert_refused(fixture_path("no/such"), &options, ERROR_IO, "cannot make it");
    assert_refused("/dev/null", &options, ERROR_IO, "Not a directory");
    options.read_only = true;
    assert_refused(fixture_path("none"), &options, ERROR_NOT_FOUND, "no store folder");
    cr_assert_eq(mkdir(fixture_path("empty"), 0700), 0);
    assert_refused(fixture_path("empty"), &options, ERROR_NOT_FOUND, "there is none");
    cr_expect_neq(access(fixture_path("empty/data.mdb"), F_OK), 0);
}

Test(files, a_table_added_later_is_made_at_the_next_open_for_writing)
{
    struct store_options options = fixture_options();

    options.table_count = TABLE_B;
    struct store *store = open_lmdb(dir, &options);

    store_close(&store);
    options.table_count = TABLE_COUNT;
    options.read_only = true;
    assert_refused(dir, &options, ERROR_FORMAT, "no table b");
    options.read_only = false;
    store = open_lmdb(dir, &options);
    store_close(&store);
    options.read_only = true;
    store = open_lmdb(dir, &options);
    store_close(&store);
}

Test(files, a_copy_holds_the_last_commit_and_opens_elsewhere)
{
    struct store_options options = fixture_options();
    struct error err = ERROR_INIT;
    struct stat st;

    make_store();
    struct store *store = open_lmdb(dir, &options);
    struct store_txn *txn = begin_write(store);

    put_text(txn, TABLE_A, "uncommitted", "value");
    cr_assert(store_copy(store, fixture_path("copy"), &err), "%s", err.text);
    commit(&txn);
    cr_expect_not(store_copy(store, fixture_path("copy"), &err));
    cr_expect_eq(err.code, ERROR_CONFLICT);
    cr_expect_not(store_copy(store, fixture_path("no/such"), &err));
    cr_expect_eq(err.code, ERROR_IO);
    store_close(&store);
    cr_assert_eq(stat(fixture_path("copy/data.mdb"), &st), 0);
    cr_expect_eq(st.st_mode & 0077, 0);
    store = open_lmdb(fixture_path("copy"), &options);
    txn = begin_read(store);
    cr_expect(has_text(txn, TABLE_A, "key", "value"));
    cr_expect_eq(store_count(txn, TABLE_A), 1);
    store_abort(&txn);
    store_close(&store);
}

Test(files, a_copy_that_broke_off_is_not_taken_for_a_store)
{
    struct store_options options = fixture_options();
    struct store *store = open_lmdb(dir, &options);
    struct error err = ERROR_INIT;

    cr_assert_eq(mkdir(fixture_path("copy"), 0700), 0);
    FILE *part = fopen(fixture_path("copy/data.mdb.part"), "wb");

    cr_assert_not_null(part);
    fclose(part);
    cr_expect_not(store_copy(store, fixture_path("copy"), &err));
    cr_expect_eq(err.code, ERROR_CONFLICT);
    cr_expect_not_null(strstr(err.text, "remove data.mdb.part"), "%s", err.text);
    store_close(&store);
    options.read_only = true;
    assert_refused(fixture_path("copy"), &options, ERROR_NOT_FOUND, "there is none");
}
