/* kept_test.c - the tables of kept events, their limits, and who is offered them */
#include "engine/kept.h"

#include "base/limits.h"
#include "engine/events.h"
#include "engine/verify.h"
#include "language/document.h"
#include "tests/integration/engine/world.h"

#include <criterion/criterion.h>
#include <stdlib.h>
#include <string.h>

#define DAY_MS 86400000

static struct test_world w;
static struct events events;

static const char listen[] = "document: {dsl: '1.0.3', namespace: t, name: listen, version: '1'}\n"
                             "do:\n"
                             "  - a: {listen: {to: {one: {with: {type: t.x}}}}}\n";
static const char speak[] = "document: {dsl: '1.0.3', namespace: t, name: speak, version: '1'}\n"
                            "do:\n"
                            "  - a: {emit: {event: {with: {source: /t, type: t.x}}}}\n";

static void begin(void)
{
    struct error err = ERROR_INIT;

    cr_assert(turn_begin(&w.turn, WORLD_NOW_MS, &err), "%s", err.text);
}

static void commit(void)
{
    struct error err = ERROR_INIT;

    cr_assert(turn_commit(&w.turn, &err), "%s", err.text);
    offers_note(&events.offers, &w.turn);
    turn_end(&w.turn);
}

static void deploy(const char *text, uint32_t number)
{
    struct definition *definition;
    struct error err;

    cr_assert(document_parse("x.yaml", bytes_of(text), NULL, &definition, &err), "%s", err.text);
    catalog_add(w.catalog, &definition, number, 1);
    begin();
    world_record(turn_world(&w.turn), NULL,
                 (struct record){.kind = RECORD_DEPLOYED,
                                 .number = number,
                                 .other = 1,
                                 .text = bytes_of("x.yaml"),
                                 .data = bytes_of(text)});
    commit();
}

static void open_world(void)
{
    test_world_open(&w);
    events_init(&events, &w.turn, DAY_MS, DAY_MS);
    deploy(listen, 2);
    deploy(speak, 3);
    begin();
    offers_run(&events.offers, &w.turn); /* as at the start: nothing is kept yet */
    commit();
}

static void close_world(void)
{
    events_fini(&events);
    test_world_close(&w);
}

/* Start one in the open turn. */
static uint64_t start(const char *name)
{
    struct start start = {.definition = catalog_find(w.catalog, DEFINITION_WORKFLOW, name)};
    struct error err;
    uint64_t id;
    bool created;

    cr_assert(decide_start(turn_world(&w.turn), &start, &id, &created, &err), "%s", err.text);
    return id;
}

static enum instance_state state_of(uint64_t id)
{
    begin();
    enum instance_state state = w.turn.world.get(&w.turn.world, id)->state;
    commit();
    return state;
}

/* Take an event in the open turn; how many tasks took it. */
static int take(const char *id)
{
    json_t *event =
        json_pack("{ss ss ss ss}", "specversion", "1.0", "id", id, "source", "/s", "type", "t.x");
    json_t *answer = NULL;
    struct error err = ERROR_INIT;

    cr_assert(events_take(&events, event, &answer, &err), "%s", err.text);
    int matched = (int)json_integer_value(json_object_get(answer, "matched"));
    json_decref(answer);
    json_decref(event);
    return matched;
}

static void offer(void)
{
    begin();
    offers_run(&events.offers, &w.turn);
    commit();
}

static uint64_t rows_in(int table)
{
    struct store_txn *txn;

    cr_assert(store_begin_read(w.store, &txn, NULL));
    uint64_t count = store_count(txn, table);
    store_abort(&txn);
    return count;
}

static void expect_kept(uint64_t count)
{
    cr_expect_eq(rows_in(TABLE_KEPT), count);
    cr_expect_eq(rows_in(TABLE_KEPT_FOR), count);
    cr_expect_eq(rows_in(TABLE_KEPT_TIME), count);
}

static void expect_verified(void)
{
    struct verify_result result;
    struct error err;

    cr_assert(verify_store(w.store, &result, &err), "%s", err.text);
    cr_expect_eq(result.differences, 0, "%s", result.first);
}

Test(kept, an_event_is_in_three_tables_until_somebody_takes_it, .init = open_world,
     .fini = close_world)
{
    begin();
    cr_expect_eq(take("e-1"), 0);
    commit();
    expect_kept(1);
    begin();
    uint64_t id = start("listen");
    commit();
    cr_assert(offers_wait(&events.offers));
    cr_expect_eq(state_of(id), INSTANCE_RUNNING);
    offer();
    expect_kept(0);
    cr_expect_not(offers_wait(&events.offers));
    cr_expect_eq(state_of(id), INSTANCE_COMPLETED);
    expect_verified();
}

Test(kept, who_began_to_listen_in_this_very_turn_hears_an_event, .init = open_world,
     .fini = close_world)
{
    begin();
    uint64_t id = start("listen");
    cr_expect_eq(take("e-1"), 1);
    cr_expect_eq(take("e-2"), 0);
    commit();
    cr_expect_eq(state_of(id), INSTANCE_COMPLETED);
    expect_kept(1);
    expect_verified();
}

Test(kept, an_instance_that_emits_is_heard_by_who_listens_since_this_turn, .init = open_world,
     .fini = close_world)
{
    begin();
    uint64_t speaker = start("speak");
    commit();
    begin();
    uint64_t listener = start("listen");
    decide_timer(turn_world(&w.turn), speaker, 1);
    commit();
    cr_expect_eq(state_of(speaker), INSTANCE_COMPLETED);
    cr_expect_eq(state_of(listener), INSTANCE_COMPLETED);
    expect_kept(0);
    expect_verified();
}

Test(kept, nothing_of_a_turn_that_is_given_up_is_kept_or_seen, .init = open_world,
     .fini = close_world)
{
    begin();
    take("e-1");
    turn_abort(&w.turn);
    turn_end(&w.turn);
    expect_kept(0);
    begin();
    take("e-1");
    commit();
    expect_kept(1);
}

Test(kept, at_the_start_all_kept_events_are_offered_to_who_listens, .init = open_world,
     .fini = close_world)
{
    begin();
    take("e-1");
    commit();
    begin();
    uint64_t id = start("listen");
    commit();
    events_fini(&events); /* the process dies here */
    events_init(&events, &w.turn, DAY_MS, DAY_MS);
    offer();
    cr_expect_eq(state_of(id), INSTANCE_COMPLETED);
    expect_kept(0);
    expect_verified();
}

/* --- limits -------------------------------------------------------------------------------- */

static void put(struct bytes json, const char *type)
{
    struct event event = {.type = type, .subject = ""};

    kept_put(&w.turn, &event, json, DAY_MS, KEPT_ANYBODY);
}

static uint64_t first_number(void)
{
    struct kept kept;

    cr_assert(kept_next(&w.turn, 0, &kept));
    return kept.number;
}

Test(kept, one_event_past_the_limit_drops_the_oldest, .init = open_world, .fini = close_world)
{
    begin();
    for (uint32_t i = 0; i < LIMIT_KEPT_EVENTS; i++) {
        put(bytes_of("{}"), "t.y");
    }
    cr_expect_eq(first_number(), 1);
    put(bytes_of("{}"), "t.y");
    cr_expect_eq(first_number(), 2);
    cr_expect_eq(store_count(w.turn.txn, TABLE_KEPT), LIMIT_KEPT_EVENTS);
    cr_expect_eq(store_count(w.turn.txn, TABLE_KEPT_FOR), LIMIT_KEPT_EVENTS);
    cr_expect_eq(store_count(w.turn.txn, TABLE_KEPT_TIME), LIMIT_KEPT_EVENTS);
    turn_abort(&w.turn);
    turn_end(&w.turn);
}

Test(kept, one_byte_past_the_limit_drops_the_oldest, .init = open_world, .fini = close_world)
{
    size_t size = 1u << 20;
    char *text = malloc(size);

    memset(text, ' ', size);
    begin();
    for (uint32_t i = 0; i < LIMIT_KEPT_BYTES / size; i++) {
        put((struct bytes){text, size}, "t.y");
    }
    cr_expect_eq(first_number(), 1);
    put((struct bytes){text, 1}, "t.y");
    cr_expect_eq(first_number(), 2);
    turn_abort(&w.turn);
    turn_end(&w.turn);
    free(text);
}

Test(kept, what_nobody_took_in_its_time_is_forgotten, .init = open_world, .fini = close_world)
{
    begin();
    put(bytes_of("{}"), "t.y");
    take("e-1");
    commit();
    cr_assert(turn_begin(&w.turn, WORLD_NOW_MS + DAY_MS, NULL));
    kept_forget(&w.turn);
    start("listen"); /* a turn that decides something is written */
    commit();
    expect_kept(0);
}
