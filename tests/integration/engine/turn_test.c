/* turn_test.c - a turn writes everything or nothing, and verify finds what was changed behind it */
#include "engine/core/decide.h"
#include "engine/using.h"
#include "engine/verify.h"
#include "tests/integration/engine/world.h"

#include <criterion/criterion.h>

static struct test_world w;

static void open_world(void)
{
    test_world_open(&w);
}

static void close_world(void)
{
    test_world_close(&w);
}

static struct verify_result verified(void)
{
    struct verify_result result;
    struct error err;

    cr_assert(verify_store(w.store, &result, &err), "%s", err.text);
    return result;
}

/* Do all work of an instance: five results, one turn each. */
static void work_through(uint64_t id)
{
    struct error err;

    for (uint32_t task = 1; task <= 5; task++) {
        cr_assert(turn_begin(&w.turn, WORLD_NOW_MS + task, &err));
        cr_assert(decide_done(turn_world(&w.turn), id, task, 1, bytes_of("{\"r\":2}"), &err), "%s",
                  err.text);
        cr_assert(turn_commit(&w.turn, &err));
        turn_end(&w.turn);
    }
}

Test(turn, what_was_decided_is_found_again_and_verifies, .init = open_world, .fini = close_world)
{
    uint64_t id = test_world_start(&w, "a");

    test_world_start(&w, "b");
    work_through(id);
    struct verify_result result = verified();
    cr_expect_eq(result.differences, 0, "%s", result.first);
    cr_expect_eq(result.instances, 2);
    cr_expect_eq(w.turn.tally[TALLY_INSTANCES + INSTANCE_COMPLETED], 1);
    cr_expect_eq(w.turn.tally[TALLY_READY], 1);
}

Test(turn, a_turn_that_is_given_up_leaves_no_trace, .init = open_world, .fini = close_world)
{
    struct start start = {.definition = catalog_find_number(w.catalog, 1), .key = bytes_of("x")};
    struct error err;
    uint64_t first;
    uint64_t again;
    bool created;

    cr_assert(turn_begin(&w.turn, WORLD_NOW_MS, &err));
    cr_assert(decide_start(turn_world(&w.turn), &start, &first, &created, &err));
    turn_abort(&w.turn);
    turn_end(&w.turn);
    again = test_world_start(&w, "x");
    cr_expect_eq(again, first, "the number was not used up");
    cr_expect_eq(verified().differences, 0);
    cr_expect_eq(verified().instances, 1);
}

Test(turn, a_key_used_twice_in_one_turn_names_one_instance, .init = open_world, .fini = close_world)
{
    struct start start = {.definition = catalog_find_number(w.catalog, 1), .key = bytes_of("x")};
    struct error err;
    uint64_t first;
    uint64_t second;
    bool created;

    cr_assert(turn_begin(&w.turn, WORLD_NOW_MS, &err));
    cr_assert(decide_start(turn_world(&w.turn), &start, &first, &created, &err));
    cr_expect(created);
    cr_assert(decide_start(turn_world(&w.turn), &start, &second, &created, &err));
    cr_expect_not(created);
    cr_expect_eq(first, second);
    cr_assert(turn_commit(&w.turn, &err));
    turn_end(&w.turn);
    cr_expect_eq(test_world_start(&w, "x"), first);
}

Test(turn, a_turn_opened_on_the_same_store_goes_on_with_the_counters, .init = open_world,
     .fini = close_world)
{
    struct turn again;
    struct error err;

    test_world_start(&w, "a");
    cr_assert(turn_init(&again, w.store, w.catalog, &err));
    cr_expect_eq(again.world.next_instance, w.turn.world.next_instance);
    cr_expect_eq(again.world.next_record, w.turn.world.next_record);
    cr_expect_eq(again.world.entry, w.turn.world.entry);
    cr_expect_eq(again.last_ms, WORLD_NOW_MS);
    cr_expect_arr_eq(again.tally, w.turn.tally, sizeof again.tally);
    turn_fini(&again);
}

static void spoil(int table, bool remove)
{
    struct store_txn *txn;
    struct bytes key;
    struct bytes value;

    cr_assert(store_begin_write(w.store, &txn, NULL));
    struct store_cursor *c = store_cursor_open(txn, table);
    cr_assert(store_last(c, &key, &value));
    struct buffer copy = BUFFER_INIT;
    buffer_append(&copy, key.data, key.size);
    store_cursor_close(&c);
    if (remove) {
        store_delete(txn, table, buffer_bytes(&copy));
    } else {
        pack_u8(&copy, 7);
        store_put(txn, table, buffer_bytes(&copy), bytes_of(""));
    }
    buffer_fini(&copy);
    cr_assert(store_commit(&txn, NULL));
}

Test(verify, a_row_missing_from_an_index_is_found, .init = open_world, .fini = close_world)
{
    test_world_start(&w, "a");
    spoil(TABLE_READY, true);
    cr_expect_gt(verified().differences, 0);
}

Test(verify, a_row_too_many_in_an_index_is_found, .init = open_world, .fini = close_world)
{
    test_world_start(&w, "a");
    spoil(TABLE_TIMER - 1, false); /* the table before timers: ready */
    cr_expect_gt(verified().differences, 0);
}

Test(verify, an_instance_that_is_not_what_the_journal_says_is_found, .init = open_world,
     .fini = close_world)
{
    test_world_start(&w, "a");
    spoil(TABLE_INSTANCE, true);
    cr_expect_gt(verified().differences, 0);
}

Test(turn, an_unreadable_instance_is_parked_and_the_others_go_on, .init = open_world,
     .fini = close_world)
{
    struct store_txn *txn;
    struct error err;
    static const unsigned char key[] = {TENANT, 0, 0, 0, 0, 0, 0, 0, 1};

    test_world_start(&w, "a");
    uint64_t healthy = test_world_start(&w, "b");
    cr_assert(store_begin_write(w.store, &txn, NULL));
    store_put(txn, TABLE_INSTANCE, (struct bytes){key, sizeof key}, bytes_of("\x09nonsense"));
    cr_assert(store_commit(&txn, NULL));
    cr_assert(turn_begin(&w.turn, WORLD_NOW_MS, &err));
    cr_expect_not(decide_done(turn_world(&w.turn), 1, 1, 1, bytes_of("{}"), &err));
    cr_expect(decide_done(turn_world(&w.turn), healthy, 1, 1, bytes_of("{}"), &err));
    cr_assert(turn_commit(&w.turn, &err));
    turn_end(&w.turn);
}

Test(turn, in_a_demonstration_the_pause_before_the_next_attempt_is_real_time, .init = open_world,
     .fini = close_world)
{
    struct error err;
    uint64_t id = test_world_start(&w, "a");

    w.turn.world.clock_rate = 43200; /* a day in two seconds */
    cr_assert(turn_begin(&w.turn, WORLD_NOW_MS, &err));
    cr_assert(decide_failed(turn_world(&w.turn), id, 1, 1, bytes_of("{}"), true, &err));
    const struct instance *i = turn_look(&w.turn, NULL, id);
    int64_t pause_ms = instance_find_task(i, 1)->at_ms - WORLD_NOW_MS;
    cr_expect_geq(pause_ms / 43200, 800, "one second, less a jitter of 20 %%");
    cr_expect_leq(pause_ms / 43200, 1200);
    cr_assert(turn_commit(&w.turn, &err));
    turn_end(&w.turn);
}

Test(verify, a_counter_that_is_not_what_the_instances_give_is_found, .init = open_world,
     .fini = close_world)
{
    struct error err;

    test_world_start(&w, "a");
    w.turn.tally[TALLY_INCIDENTS]++;
    cr_assert(turn_begin(&w.turn, WORLD_NOW_MS, &err));
    w.turn.keep_time = true;
    cr_assert(turn_commit(&w.turn, &err));
    turn_end(&w.turn);
    cr_expect_gt(verified().differences, 0);
}

/* --- who uses a definition ------------------------------------------------------------------- */

static uint64_t users(void)
{
    struct store_txn *txn;

    cr_assert(store_begin_read(w.store, &txn, NULL));
    uint64_t count = using_count(txn, 1);
    store_abort(&txn);
    return count;
}

Test(turn, open_instances_are_counted_for_their_definition, .init = open_world, .fini = close_world)
{
    struct error err;

    cr_expect_eq(users(), 0);
    uint64_t first = test_world_start(&w, "a");
    uint64_t second = test_world_start(&w, "b");
    cr_expect_eq(users(), 2);
    work_through(first);
    cr_expect_eq(users(), 1, "one that is over uses nothing");
    cr_assert(turn_begin(&w.turn, WORLD_NOW_MS, &err));
    cr_assert(decide_suspend(turn_world(&w.turn), second, bytes_of("x"), &err));
    cr_assert(turn_commit(&w.turn, &err));
    turn_end(&w.turn);
    cr_expect_eq(users(), 1, "one that is suspended goes on some day");
    cr_assert(turn_begin(&w.turn, WORLD_NOW_MS, &err));
    cr_assert(decide_cancel(turn_world(&w.turn), second, bytes_of("x"), &err));
    cr_assert(turn_commit(&w.turn, &err));
    turn_end(&w.turn);
    cr_expect_eq(users(), 0);
    cr_expect_eq(verified().differences, 0);
}

Test(verify, a_count_of_users_that_is_wrong_is_found, .init = open_world, .fini = close_world)
{
    test_world_start(&w, "a");
    spoil(TABLE_USING, true);
    cr_expect_gt(verified().differences, 0);
}

/* As the engine of format 1 left it: counters of that format, and no counts of users. */
static void make_old(void)
{
    static const unsigned char key[] = {TENANT, 's', 't', 'a', 't', 'e'};
    struct buffer old = BUFFER_INIT;
    struct store_txn *txn;
    struct bytes value;

    spoil(TABLE_USING, true);
    cr_assert(store_begin_write(w.store, &txn, NULL));
    cr_assert(store_get(txn, TABLE_META, (struct bytes){key, sizeof key}, &value));
    struct cursor c = cursor_of(value);
    pack_u8(&old, unpack_u8(&c) - 1);
    for (int i = 0; i < 3; i++) {
        pack_uint(&old, unpack_uint(&c));
    }
    pack_int(&old, unpack_int(&c));
    pack_uint(&old, 21);
    for (int i = 0; i < 21; i++) {
        pack_int(&old, i == INSTANCE_RUNNING ? 2 : i == 18 ? 2 : 0); /* 18: ready tasks */
    }
    store_put(txn, TABLE_META, (struct bytes){key, sizeof key}, buffer_bytes(&old));
    cr_assert(store_commit(&txn, NULL));
    buffer_fini(&old);
}

Test(turn, a_store_of_an_older_format_is_counted_with_its_first_commit, .init = open_world,
     .fini = close_world)
{
    struct error err;

    test_world_start(&w, "a");
    test_world_start(&w, "b");
    make_old();
    turn_fini(&w.turn);
    cr_assert(turn_init(&w.turn, w.store, w.catalog, &err), "%s", err.text);
    cr_expect(w.turn.uncounted);
    cr_expect_eq(verified().differences, 0, "it has no such table yet");
    test_world_start(&w, "c");
    cr_expect_eq(users(), 3);
    cr_expect_eq(verified().differences, 0, "%s", verified().first);
}

Test(turn, how_an_instance_was_is_kept_when_somebody_will_ask, .init = open_world,
     .fini = close_world)
{
    uint64_t id = test_world_start(&w, "a");
    struct error err;

    cr_assert(turn_begin(&w.turn, WORLD_NOW_MS, &err));
    w.turn.keep_before = true;
    cr_assert(decide_done(turn_world(&w.turn), id, 1, 1, bytes_of("{}"), &err));
    const struct turn_before *before = turn_before(&w.turn, id);
    cr_assert_not_null(before);
    cr_expect_eq(before->task_count, 1);
    cr_expect_eq(before->tasks[0].seq, 1);
    cr_expect_eq(before->status, STATUS_RUNNING);
    cr_expect_eq(turn_touched(&w.turn, 0)->id, id);
    cr_expect_null(turn_touched(&w.turn, 1));
    cr_assert(turn_commit(&w.turn, &err));
    turn_end(&w.turn);
    cr_expect_null(turn_before(&w.turn, id));
}
