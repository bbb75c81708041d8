/* once_test.c - the tables of keys: told apart, forgotten, bounded */
#include "engine/once.h"

#include "base/limits.h"
#include "tests/integration/engine/world.h"

#include <criterion/criterion.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define NOW_MS 1700000000000

static struct test_world w;

static void open_world(void)
{
    test_world_open(&w);
}

static void close_world(void)
{
    test_world_close(&w);
}

TestSuite(once, .init = open_world, .fini = close_world);

static void begin(void)
{
    struct error err = ERROR_INIT;

    cr_assert(turn_begin(&w.turn, WORLD_NOW_MS, &err), "%s", err.text);
}

static void commit(void)
{
    struct error err = ERROR_INIT;

    cr_assert(turn_commit(&w.turn, &err), "%s", err.text);
    turn_end(&w.turn);
}

static void keep(const char *key, uint64_t fingerprint, int64_t now_ms)
{
    begin();
    once_keep(&w.turn, bytes_of(key), fingerprint, bytes_of("{\"instance\":17}"), now_ms);
    commit();
}

static enum once look(const char *key, uint64_t fingerprint)
{
    struct bytes answer;

    begin();
    enum once once = once_look(&w.turn, bytes_of(key), fingerprint, &answer);
    if (once == ONCE_SAME) {
        cr_assert(bytes_equal(answer, bytes_of("{\"instance\":17}")));
    }
    turn_abort(&w.turn);
    turn_end(&w.turn);
    return once;
}

static uint64_t rows(int table)
{
    struct store_txn *txn;
    struct error err;

    cr_assert(store_begin_read(w.store, &txn, &err), "%s", err.text);
    uint64_t count = store_count(txn, table);
    store_abort(&txn);
    return count;
}

Test(once, a_key_is_new_then_the_same_and_another_command_is_told_apart)
{
    cr_assert_eq(look("k", 1), ONCE_NEW);
    keep("k", 1, NOW_MS);
    cr_assert_eq(look("k", 1), ONCE_SAME, "though the turn decided nothing else");
    cr_assert_eq(look("k", 2), ONCE_OTHER);
    cr_assert_eq(look("kk", 1), ONCE_NEW);
}

Test(once, a_key_of_a_turn_that_was_given_up_is_new)
{
    begin();
    once_keep(&w.turn, bytes_of("k"), 1, bytes_of("{}"), NOW_MS);
    turn_abort(&w.turn);
    turn_end(&w.turn);
    cr_assert_eq(look("k", 1), ONCE_NEW);
}

Test(once, keys_are_forgotten_after_their_time_and_not_before)
{
    keep("old", 1, NOW_MS);
    keep("young", 1, NOW_MS + LIMIT_ONCE_MS - 1);
    cr_assert_eq(look("old", 1), ONCE_SAME);
    keep("next", 1, NOW_MS + LIMIT_ONCE_MS);
    cr_assert_eq(look("old", 1), ONCE_NEW);
    cr_assert_eq(look("young", 1), ONCE_SAME);
    cr_assert_eq(rows(TABLE_ONCE), 2);
    cr_assert_eq(rows(TABLE_ONCE_TIME), 2);
}

Test(once, one_more_than_are_kept_and_the_oldest_is_forgotten)
{
    char key[32];

    begin();
    for (unsigned i = 0; i < LIMIT_ONCE_KEPT; i++) {
        snprintf(key, sizeof key, "k%u", i);
        once_keep(&w.turn, bytes_of(key), 1, bytes_of("{\"instance\":17}"), NOW_MS + i);
    }
    commit();
    cr_assert_eq(rows(TABLE_ONCE), LIMIT_ONCE_KEPT);
    cr_assert_eq(look("k0", 1), ONCE_SAME);
    keep("one more", 1, NOW_MS + LIMIT_ONCE_KEPT);
    cr_assert_eq(look("k0", 1), ONCE_NEW);
    cr_assert_eq(look("k1", 1), ONCE_SAME);
    cr_assert_eq(rows(TABLE_ONCE), LIMIT_ONCE_KEPT);
    cr_assert_eq(rows(TABLE_ONCE_TIME), LIMIT_ONCE_KEPT);
}

Test(once, an_answer_at_the_limit_stays_and_of_one_past_it_only_that_it_was_given)
{
    char *text = malloc(LIMIT_ONCE_ANSWER_BYTES + 1);
    struct bytes answer;

    memset(text, 'x', LIMIT_ONCE_ANSWER_BYTES + 1);
    begin();
    once_keep(&w.turn, bytes_of("at"), 1, (struct bytes){text, LIMIT_ONCE_ANSWER_BYTES}, NOW_MS);
    once_keep(&w.turn, bytes_of("past"), 1, (struct bytes){text, LIMIT_ONCE_ANSWER_BYTES + 1},
              NOW_MS);
    cr_assert_eq(once_look(&w.turn, bytes_of("at"), 1, &answer), ONCE_SAME);
    cr_assert_eq(answer.size, LIMIT_ONCE_ANSWER_BYTES);
    cr_assert_eq(once_look(&w.turn, bytes_of("past"), 1, &answer), ONCE_SAME);
    cr_assert(bytes_equal(answer, bytes_of("{\"repeated\":true}")));
    commit();
    free(text);
}

Test(once, fingerprints_tell_where_one_text_ends)
{
    uint64_t ab = once_fingerprint(once_fingerprint(BYTES_HASH_SEED, bytes_of("a")), bytes_of("b"));
    uint64_t joined =
        once_fingerprint(once_fingerprint(BYTES_HASH_SEED, bytes_of("ab")), bytes_of(""));

    cr_assert_neq(ab, joined);
}
