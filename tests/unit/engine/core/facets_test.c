/* facets_test.c - rows of the index tables: a pure function of the instance */
#include "fixture.h"
#include "walk.h"

#include "engine/core/entry.h"

#include <criterion/criterion.h>
#include <string.h>

TestSuite(facets, .init = fixture_init, .fini = fixture_fini);

#define HEAD(name) "document: {dsl: '1.0.3', namespace: test, name: " name ", version: '1'}\ndo:\n"

static struct facets rows_of(const struct instance *instance)
{
    struct facets rows;

    facets_of(instance, fx.catalog, &fx.arena, &rows);
    return rows;
}

static const struct facet *find(const struct facets *rows, enum table table)
{
    for (uint32_t i = 0; i < rows->count; i++) {
        if (rows->rows[i].table == table) {
            return &rows->rows[i];
        }
    }
    return NULL;
}

static void assert_bytes(struct bytes have, const void *expected, size_t size)
{
    cr_assert_eq(have.size, size, "%d bytes", (int)have.size);
    cr_assert_eq(memcmp(have.data, expected, size), 0);
}

Test(facets, nothing_has_no_rows)
{
    int64_t tally[TALLY_COUNT] = {0};
    struct facets rows = rows_of(NULL);

    cr_assert_eq(rows.count, 0);
    facets_tally(NULL, fx.catalog, 1, tally);
    facets_tally(instance_create(&fx.arena, 1), fx.catalog, 1, tally);
    for (int i = 0; i < TALLY_COUNT; i++) {
        cr_assert_eq(tally[i], 0);
    }
}

/* --- the bytes of keys: docs/storage.md §2.1 ------------------------------------------------- */

Test(facets, ready_sorts_by_service_priority_and_age)
{
    fixture_deploy(HEAD("w") "  - a: {call: work.a}\n");
    uint64_t id = fixture_start("w", "{}");
    struct facets rows = rows_of(fixture_get(id));
    const struct facet *row = find(&rows, TABLE_READY);
    const unsigned char key[] = "\1work.a\0\4\0\0\0\0\0\0\0\2"; /* 9 - priority 5; record 2 */
    const unsigned char value[] = "\0\0\0\0\0\0\0\1\0\0\0\1\0\0\0\1";

    assert_bytes(row->key, key, sizeof key - 1);
    assert_bytes(row->value, value, sizeof value - 1);
}

Test(facets, a_timer_begins_with_its_moment)
{
    fixture_deploy(HEAD("w") "  - a: {wait: PT1H}\n");
    uint64_t id = fixture_start("w", "{}");
    struct facets rows = rows_of(fixture_get(id));
    const struct facet *row = find(&rows, TABLE_TIMER);
    struct cursor c = cursor_of(row->key);

    cr_assert_eq(unpack_u8(&c), TENANT);
    cr_assert_eq((int64_t)unpack_key64(&c), fx.world.now_ms + 3600000);
    cr_assert_eq(unpack_key64(&c), id);
    cr_assert_eq(unpack_key32(&c), 1);
    cr_assert(cursor_done(&c));
}

Test(facets, a_subscription_has_type_and_subject)
{
    fixture_deploy(
        HEAD("w") "  - a: {listen: {to: {one: {with: {type: org.x, subject: '${ .s }'}}}}}\n");
    uint64_t id = fixture_start("w", "{\"s\":\"ключ\"}");
    struct facets rows = rows_of(fixture_get(id));
    const unsigned char key[] = "\1org.x\0ключ\0\0\0\0\0\0\0\0\1\0\0\0\1";

    assert_bytes(find(&rows, TABLE_SUBSCRIPTION)->key, key, sizeof key - 1);
}

/* facets_listens() for events of an instance whose rows are not written yet. */
Test(facets, whoever_has_a_row_for_an_event_listens_for_it)
{
    fixture_deploy(
        HEAD("w") "  - a: {listen: {to: {one: {with: {type: org.x, subject: '${ .s }'}}}}}\n");
    fixture_deploy(HEAD("v") "  - a: {listen: {to: {any: []}}}\n");
    const struct instance *one = fixture_get(fixture_start("w", "{\"s\":\"key\"}"));
    const struct instance *any = fixture_get(fixture_start("v", "{}"));

    cr_expect(facets_listens(one, &one->tasks[0], fx.catalog, "org.x", "key"));
    cr_expect_not(facets_listens(one, &one->tasks[0], fx.catalog, "org.x", ""));
    cr_expect_not(facets_listens(one, &one->tasks[0], fx.catalog, "org.x", "another"));
    cr_expect_not(facets_listens(one, &one->tasks[0], fx.catalog, "org.y", "key"));
    cr_expect(facets_listens(any, &any->tasks[0], fx.catalog, "org.y", ""));
    cr_assert(decide_suspend(&fx.world, one->id, bytes_of("пауза"), &fx.err));
    cr_expect_not(facets_listens(one, &one->tasks[0], fx.catalog, "org.x", "key"));
}

Test(facets, a_key_leads_to_its_instance)
{
    struct start start = {.key = bytes_of("k-1")};
    uint64_t id;
    bool created;

    fixture_deploy(HEAD("w") "  - a: {set: {x: 1}}\n");
    start.definition = catalog_find(fx.catalog, DEFINITION_WORKFLOW, "w");
    cr_assert(decide_start(&fx.world, &start, &id, &created, &fx.err));
    struct facets rows = rows_of(fixture_get(id));
    cr_assert_eq(rows.count, 2, "of an instance that is over the key stays, and whose it is");
    assert_bytes(rows.rows[0].key, "\1w\0k-1", 6);
    assert_bytes(rows.rows[0].value, "\0\0\0\0\0\0\0\1", 8);
    struct cursor of = cursor_of(find(&rows, TABLE_OF)->key);
    cr_assert_eq(unpack_u8(&of), TENANT);
    cr_assert_eq(unpack_key32(&of), start.definition->number);
    cr_assert_eq(unpack_key64(&of), id);
    cr_assert_eq(find(&rows, TABLE_OF)->value.size, 0);
}

Test(facets, open_assignments_sort_before_closed_ones_and_by_due_day)
{
    fixture_deploy(HEAD("w") "  - a: {call: assignment, with: {title: t, responsible: [school],\n"
                             "        due: {from: 2023-01-09, to: '${ .to }'}}}\n");
    uint64_t late = fixture_start("w", "{\"to\":\"2023-12-31\"}");
    uint64_t soon = fixture_start("w", "{\"to\":\"2023-01-31\"}");
    uint64_t closed = fixture_start("w", "{\"to\":\"2023-01-10\"}");

    cr_assert(fixture_assign(closed, 1, ACTION_WITHDRAW, "region"));
    struct facets a = rows_of(fixture_get(soon));
    struct facets b = rows_of(fixture_get(late));
    struct facets c = rows_of(fixture_get(closed));
    cr_assert_lt(facet_compare(find(&a, TABLE_ASSIGNMENT), find(&b, TABLE_ASSIGNMENT)), 0);
    cr_assert_lt(facet_compare(find(&b, TABLE_ASSIGNMENT), find(&c, TABLE_ASSIGNMENT)), 0);
    struct assignment_entry e;
    const struct facet *row = find(&a, TABLE_ASSIGNMENT);
    cr_assert(entry_read(row->key, row->value, &e));
    cr_expect_eq(e.state, ASSIGNMENT_OPEN);
    cr_expect_eq(e.phase, PHASE_OPEN);
    cr_expect(bytes_equal(e.responsible, bytes_of("school")));
}

Test(facets, a_child_stands_under_its_parent)
{
    walk_begin();
    uint64_t plan = fixture_start("plan", "{}");
    struct facets rows = rows_of(fixture_get(plan + 2));
    struct cursor c = cursor_of(find(&rows, TABLE_CHILD)->key);

    unpack_u8(&c);
    cr_assert_eq(unpack_key64(&c), plan);
    cr_assert_eq(unpack_key64(&c), plan + 2);
}

Test(facets, days_sort_as_they_follow)
{
    cr_assert_lt(table_day(-1), table_day(0));
    cr_assert_lt(table_day(0), table_day(1));
    cr_assert_lt(table_day(INT32_MIN), table_day(INT32_MAX));
    for (int32_t day = -40000; day < 90000; day += 997) {
        cr_assert_eq(table_day_of(table_day(day)), day);
    }
}

Test(facets, the_service_of_a_letter_is_notify)
{
    walk_begin();
    uint64_t id = fixture_start("asks", "{\"responsible\":[\"school\"],\"due\":{\"from\":"
                                        "\"2023-01-01\",\"to\":\"2023-01-31\"}}");
    const struct task *letter = fixture_find(id, TASK_NOTICE);

    cr_assert_str_eq(facets_service(fixture_get(id), letter, fx.catalog), SERVICE_NOTIFY);
}

/* --- tallies --------------------------------------------------------------------------------- */

Test(facets, what_is_added_can_be_taken_away)
{
    int64_t tally[TALLY_COUNT] = {0};
    uint64_t seed = 4;

    walk_begin();
    for (int n = 0; n < 300; n++) {
        walk_step(&seed);
    }
    for (uint32_t i = 0; i < fx.instance_count; i++) {
        facets_tally(fx.instances[i], fx.catalog, 1, tally);
    }
    cr_assert_gt(tally[TALLY_INSTANCES + INSTANCE_RUNNING], 0);
    int64_t all = 0;
    for (int s = 0; s < INSTANCE_STATE_COUNT; s++) {
        all += tally[TALLY_INSTANCES + s];
    }
    cr_assert_eq(all, fx.instance_count);
    for (uint32_t i = 0; i < fx.instance_count; i++) {
        facets_tally(fx.instances[i], fx.catalog, -1, tally);
    }
    for (int i = 0; i < TALLY_COUNT; i++) {
        cr_assert_eq(tally[i], 0);
    }
}

Test(facets, phases_are_counted_while_the_assignment_is_open)
{
    int64_t tally[TALLY_COUNT] = {0};

    walk_begin();
    uint64_t id = fixture_start("asks", "{\"responsible\":[\"school\"],\"due\":{\"from\":"
                                        "\"2023-01-01\",\"to\":\"2023-01-31\"}}");
    facets_tally(fixture_get(id), fx.catalog, 1, tally);
    cr_assert_eq(tally[TALLY_PHASES + PHASE_OPEN], 1);
    cr_assert_eq(tally[TALLY_LETTERS], 1);
    cr_assert_eq(tally[TALLY_READY], 1, "the letter");
    facets_tally(fixture_get(id), fx.catalog, -1, tally);
    cr_assert(fixture_assign(id, 1, ACTION_WITHDRAW, "inspector"));
    facets_tally(fixture_get(id), fx.catalog, 1, tally);
    cr_assert_eq(tally[TALLY_PHASES + PHASE_OPEN], 0);
    cr_assert_eq(tally[TALLY_ASSIGNMENTS + ASSIGNMENT_WITHDRAWN], 1);
}

/* --- the property ---------------------------------------------------------------------------- */

static void assert_same_rows(const struct facets *a, const struct facets *b, int walk)
{
    cr_assert_eq(a->count, b->count, "walk %d", walk);
    for (uint32_t i = 0; i < a->count; i++) {
        cr_assert_eq(facet_compare(&a->rows[i], &b->rows[i]), 0, "walk %d", walk);
        cr_assert(bytes_equal(a->rows[i].value, b->rows[i].value), "walk %d", walk);
        cr_assert(i == 0 || facet_compare(&a->rows[i - 1], &a->rows[i]) < 0,
                  "walk %d: sorted, each key once", walk);
    }
}

Test(facets, after_any_decisions_the_stored_instance_has_the_same_rows)
{
    for (int walk = 0; walk < 8; walk++) {
        uint64_t seed = (uint64_t)walk;
        if (walk > 0) {
            fixture_fini();
            fixture_init();
        }
        walk_begin();
        for (int n = 0; n < 400; n++) {
            struct instance *before = fixture_get(1 + random_below(&seed, fx.instance_count));
            struct instance *after = NULL;
            walk_step(&seed);
            before = fixture_get(before->id);
            buffer_clear(&fx.scratch);
            instance_encode(before, &fx.scratch);
            cr_assert(
                instance_decode(&fx.arena, before->id, buffer_bytes(&fx.scratch), &after, &fx.err));
            struct facets a = rows_of(before);
            struct facets b = rows_of(after);
            assert_same_rows(&a, &b, walk);
        }
        fixture_assert_replay();
    }
}

Test(facets, all_instances_together_have_each_key_once)
{
    uint64_t seed = 99;
    struct facets all[FIXTURE_INSTANCES];

    walk_begin();
    for (int n = 0; n < 600; n++) {
        walk_step(&seed);
    }
    for (uint32_t i = 0; i < fx.instance_count; i++) {
        all[i] = rows_of(fx.instances[i]);
        for (uint32_t j = 0; j < i; j++) {
            for (uint32_t x = 0; x < all[i].count; x++) {
                for (uint32_t y = 0; y < all[j].count; y++) {
                    cr_assert_neq(facet_compare(&all[i].rows[x], &all[j].rows[y]), 0);
                }
            }
        }
    }
}
