/* mirror_test.c - rows of assignments in memory are those of the store */
#include "tests/integration/engine/index_world.h"

#include "engine/core/tables.h"

#include <criterion/criterion.h>
#include <stdio.h>

TestSuite(mirror, .init = index_world_init, .fini = index_world_fini);

static uint64_t seed = 88172645463325252u;

static uint32_t below(uint32_t n)
{
    seed ^= seed << 13;
    seed ^= seed >> 7;
    seed ^= seed << 17;
    return (uint32_t)(seed >> 20) % n;
}

static void assert_same_entry(const struct assignment_entry *a, const struct assignment_entry *b)
{
    cr_assert_eq(a->closed, b->closed);
    cr_assert_eq(a->to, b->to);
    cr_assert_eq(a->instance, b->instance);
    cr_assert_eq(a->task, b->task);
    cr_assert_eq(a->state, b->state);
    cr_assert_eq(a->phase, b->phase);
    cr_assert_eq(a->outcome, b->outcome);
    cr_assert_eq(a->outcome_original, b->outcome_original);
    cr_assert(a->asked == b->asked && a->extended == b->extended && a->paused == b->paused);
    cr_assert(a->delegated == b->delegated && a->child == b->child);
    cr_assert_eq(a->from, b->from);
    cr_assert_eq(a->first_to, b->first_to);
    cr_assert_eq(a->reported, b->reported);
    cr_assert_eq(a->since_ms, b->since_ms);
    cr_assert(bytes_equal(a->responsible, b->responsible));
    cr_assert(bytes_equal(a->controller, b->controller));
    cr_assert(bytes_equal(a->plan, b->plan));
    cr_assert(bytes_equal(a->no, b->no));
    cr_assert(bytes_equal(a->co, b->co));
    cr_assert(bytes_equal(a->acting, b->acting));
    cr_assert(b->responsible_number != 0 && b->plan_number != 0 && b->item_number != 0);
}

/* Row for row, in the same order; returns how many there are. */
static uint32_t assert_mirrored(void)
{
    struct mirror_place place = mirror_seek(iw.mirror, false, INT32_MIN);
    struct assignment_entry mirrored;
    struct assignment_entry entry;
    struct store_txn *txn;
    struct bytes key;
    struct bytes value;
    uint32_t count = 0;

    cr_assert(store_begin_read(iw.base.store, &txn, NULL));
    cr_assert(mirror_follow(iw.mirror, txn));
    place = mirror_seek(iw.mirror, false, INT32_MIN);
    struct store_cursor *c = store_cursor_open(txn, TABLE_ASSIGNMENT);
    while (store_next(c, &key, &value)) {
        cr_assert(entry_read(key, value, &entry));
        cr_assert(mirror_next(iw.mirror, &place, &mirrored));
        assert_same_entry(&entry, &mirrored);
        count++;
    }
    cr_assert_not(mirror_next(iw.mirror, &place, &mirrored));
    store_cursor_close(&c);
    store_abort(&txn);
    return count;
}

static void start_one(uint32_t n)
{
    static const char *const bodies[] = {"school", "lyceum", "region"};
    char key[16];
    char no[16];
    char to[16];

    snprintf(key, sizeof key, "k-%u", n);
    snprintf(no, sizeof no, "%u.%u", below(3), below(20));
    snprintf(to, sizeof to, "2023-%02u-%02u", 2 + below(10), 1 + below(28));
    index_start("item", key, index_item(no, "Дело", bodies[below(3)], to));
}

static uint64_t start_due(const char *responsible)
{
    return index_start("item", "", index_item("1", "Ещё", responsible, "2023-12-01"));
}

static void pause_one(void)
{
    index_do(&(struct assignment_command){.instance = start_due("school"),
                                          .task = 1,
                                          .action = ACTION_PAUSE,
                                          .pause = PAUSE_LEAVE,
                                          .by = bytes_of("region"),
                                          .reason = bytes_of("отпуск"),
                                          .day = CIVIL_DAY_NONE});
}

static void report_one(bool accept)
{
    uint64_t id = start_due("school");

    index_act(id, ACTION_REPORT, "school");
    index_act(id, accept ? ACTION_ACCEPT : ACTION_RETURN, "region");
}

static void ask_for_more(uint32_t what)
{
    uint64_t id = start_due("school");

    index_ask(id, "school", "2023-12-20");
    if (what != 0) {
        index_act(id, what == 1 ? ACTION_WITHDRAW : ACTION_GRANT, "region");
    }
}

static void one_of_all_things(void)
{
    switch (below(6)) {
    case 0:
        pause_one();
        break;
    case 1:
        report_one(below(2) == 0);
        break;
    case 2:
        ask_for_more(below(3));
        break;
    case 3:
        index_delegate(start_due("region"), "region", "school");
        break;
    default:
        break;
    }
}

Test(mirror, has_each_row_of_the_store_after_whatever_happens)
{
    char day[16];
    uint32_t rows = 0;

    for (uint32_t n = 0; n < 300; n++) {
        start_one(n);
        one_of_all_things();
        if (n % 30 == 0) {
            snprintf(day, sizeof day, "2023-%02u-10", 1 + n / 30);
            index_go(day);
        }
        if (below(4) == 0) {
            rows = assert_mirrored();
        }
    }
    cr_expect_gt(rows, 300);
    cr_expect_eq(mirror_made(iw.mirror), 1, "it followed, and was not made anew");
}

Test(mirror, is_made_by_one_walk_and_then_only_follows)
{
    struct mirror *late = mirror_create(1000, 1000);
    struct store_txn *txn;

    start_one(1);
    assert_mirrored();
    cr_assert(store_begin_read(iw.base.store, &txn, NULL));
    cr_assert(mirror_follow(late, txn));
    cr_assert(mirror_follow(late, txn));
    cr_expect_eq(mirror_made(late), 1, "nothing was written in between");
    store_abort(&txn);
    mirror_destroy(late);
}

Test(mirror, that_is_too_far_behind_is_made_anew)
{
    assert_mirrored();
    for (uint32_t n = 0; n < 400; n++) {
        start_one(n);
    }
    cr_expect_eq(assert_mirrored(), 400);
    cr_expect_eq(mirror_made(iw.mirror), 2);
    start_one(400);
    cr_expect_eq(assert_mirrored(), 401);
    cr_expect_eq(mirror_made(iw.mirror), 2, "and follows again");
}

/* Does it show the store as it is now? */
static bool shows(struct mirror *mirror)
{
    struct store_txn *txn;

    cr_assert(store_begin_read(iw.base.store, &txn, NULL));
    bool shown = mirror_follow(mirror, txn);
    store_abort(&txn);
    return shown;
}

Test(mirror, is_none_where_there_are_too_many_rows)
{
    struct mirror *mirror = mirror_create(3, 1000);

    for (uint32_t n = 0; n < 3; n++) {
        start_one(n);
    }
    cr_expect(shows(mirror), "as many as there may be");
    start_one(3);
    cr_expect_not(shows(mirror));
    cr_expect_not(shows(mirror), "nor a second time");
    mirror_destroy(mirror);
}

Test(mirror, with_texts_that_no_row_names_any_more_is_made_anew)
{
    struct mirror *mirror = mirror_create(1000, 10);
    char no[16];

    for (uint32_t n = 0; n < 40; n++) {
        snprintf(no, sizeof no, "%u", n);
        index_start("item", "", index_item(no, "Дело", "school", "2023-06-01"));
        cr_expect(shows(mirror));
    }
    cr_expect_eq(mirror_made(mirror), 1, "each text is named by a row");
    mirror_destroy(mirror);
    mirror = mirror_create(1000, 0);
    for (uint32_t n = 0; n < 4; n++) {
        start_one(n);
        cr_expect(shows(mirror));
    }
    cr_expect_gt(mirror_made(mirror), 1, "a few rows have more texts than there are of them");
    mirror_destroy(mirror);
}

Test(mirror, has_one_number_for_one_text)
{
    struct mirror_place place;
    struct assignment_entry first;
    struct assignment_entry e;

    index_start("item", "a", index_item("1", "Дело", "school", "2023-06-01"));
    index_start("item", "b", index_item("2", "Дело", "lyceum", "2023-06-02"));
    index_start("item", "c", index_item("1", "Дело", "school", "2023-06-03"));
    assert_mirrored();
    place = mirror_seek(iw.mirror, false, INT32_MIN);
    cr_assert(mirror_next(iw.mirror, &place, &first));
    cr_assert(mirror_next(iw.mirror, &place, &e));
    cr_expect_neq(e.responsible_number, first.responsible_number);
    cr_expect_neq(e.item_number, first.item_number);
    cr_expect_eq(e.plan_number, first.plan_number);
    cr_assert(mirror_next(iw.mirror, &place, &e));
    cr_expect_eq(e.responsible_number, first.responsible_number);
    cr_expect_eq(e.item_number, first.item_number);
}
