/* world.c - the fixture of the engine's integration tests */
#include "tests/integration/engine/world.h"

#include "engine/core/decide.h"
#include "language/document.h"

#include <criterion/criterion.h>

static const char five[] = "document: {dsl: '1.0.3', namespace: t, name: five, version: '1'}\n"
                           "do:\n"
                           "  - a: {call: work}\n"
                           "  - b: {call: work}\n"
                           "  - c: {call: work}\n"
                           "  - d: {call: work}\n"
                           "  - e: {call: work}\n";

void test_world_open(struct test_world *w)
{
    struct store_options options = {.tables = table_names, .table_count = TABLE_COUNT, .format = 1};
    struct definition *definition;
    struct error err;

    w->catalog = catalog_create();
    cr_assert(store_open_memory(&options, &w->store, &err), "%s", err.text);
    cr_assert(turn_init(&w->turn, w->store, w->catalog, &err), "%s", err.text);
    cr_assert(document_parse("five.yaml", bytes_of(five), NULL, &definition, &err), "%s", err.text);
    catalog_add(w->catalog, &definition, 1, 1);
    /* the journal tells of it, so that verify_store() knows it too */
    cr_assert(turn_begin(&w->turn, WORLD_NOW_MS, &err));
    world_record(turn_world(&w->turn), NULL,
                 (struct record){.kind = RECORD_DEPLOYED,
                                 .number = 1,
                                 .other = 1,
                                 .text = bytes_of("five.yaml"),
                                 .data = bytes_of(five)});
    cr_assert(turn_commit(&w->turn, &err));
    turn_end(&w->turn);
}

void test_world_close(struct test_world *w)
{
    turn_fini(&w->turn);
    catalog_destroy(w->catalog);
    store_close(&w->store);
}

uint64_t test_world_start(struct test_world *w, const char *key)
{
    struct start start = {.definition = catalog_find_number(w->catalog, 1),
                          .key = bytes_of(key),
                          .input = bytes_of("{\"n\":1}"),
                          .priority = 5};
    struct error err;
    uint64_t id;
    bool created;

    cr_assert(turn_begin(&w->turn, WORLD_NOW_MS, &err));
    cr_assert(decide_start(turn_world(&w->turn), &start, &id, &created, &err));
    cr_assert(turn_commit(&w->turn, &err));
    turn_end(&w->turn);
    return id;
}
