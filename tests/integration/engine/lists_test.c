/* lists_test.c - lists are decided from their index, and say what is there */
#include "tests/integration/engine/index_world.h"

#include "engine/index.h"

#include <criterion/criterion.h>
#include <string.h>

TestSuite(lists, .init = index_world_init, .fini = index_world_fini);

static void three(void)
{
    index_start("item", "a", index_item("1.1", "Утвердить положение", "school", "2023-02-01"));
    index_start("item", "b", index_item("2.1", "Маршруты построены", "lyceum", "2023-03-01"));
    uint64_t id =
        index_start("item", "c", index_item("9", "Отчёт о школе", "school", "2023-04-01"));
    index_act(id, ACTION_REPORT, "school");
    index_act(id, ACTION_ACCEPT, "region");
}

static void assert_count(const char *request, size_t count)
{
    json_t *answer = index_query(CLIENT_ASSIGNMENTS, request);

    cr_expect_eq(index_rows(answer), count, "%s: %zu", request, index_rows(answer));
    json_decref(answer);
}

Test(lists, assignments_are_narrowed_by_each_filter)
{
    three();
    assert_count("{}", 3);
    assert_count("{'open':true}", 2);
    assert_count("{'open':false}", 1);
    assert_count("{'body':'school'}", 2);
    assert_count("{'body':'region','role':'controller'}", 3);
    assert_count("{'body':'region','role':'responsible'}", 0);
    assert_count("{'plan':'plan','no':'1.1'}", 1);
    assert_count("{'plan':'other'}", 0);
    assert_count("{'section':'2'}", 1);
    assert_count("{'section':'Управление'}", 1);
    assert_count("{'outcome':'met'}", 1);
    assert_count("{'outcome_original':'met'}", 1);
    assert_count("{'outcome_original':'late'}", 0);
    assert_count("{'state':'accepted'}", 1);
    assert_count("{'phase':'critical'}", 0);
}

Test(lists, days_are_inclusive_and_sought_in_open_and_closed_ones)
{
    three();
    assert_count("{'from':'2023-02-01','to':'2023-04-01'}", 3);
    assert_count("{'from':'2023-02-02','to':'2023-04-01'}", 2);
    assert_count("{'from':'2023-02-02','to':'2023-03-31'}", 1);
    assert_count("{'from':'2023-05-01'}", 0);
    assert_count("{'to':'2023-02-01','open':true}", 1);
}

Test(lists, words_find_titles_by_their_beginnings)
{
    three();
    assert_count("{'q':'утв'}", 1);
    assert_count("{'q':'УТВЕРДИТЬ полож'}", 1);
    assert_count("{'q':'отчет школе'}", 1);
    assert_count("{'q':'школе утвердить'}", 0);
    assert_count("{'q':'2.1'}", 1);
}

Test(lists, what_is_no_filter_is_refused)
{
    index_refused(CLIENT_ASSIGNMENTS, "{'outcome':'late'}", ERROR_INVALID);
    index_refused(CLIENT_ASSIGNMENTS, "{'state':'done'}", ERROR_INVALID);
    index_refused(CLIENT_ASSIGNMENTS, "{'role':'co'}", ERROR_INVALID);
    index_refused(CLIENT_ASSIGNMENTS, "{'body':'school','role':'boss'}", ERROR_INVALID);
    index_refused(CLIENT_ASSIGNMENTS, "{'body':'nobody'}", ERROR_NOT_FOUND);
    index_refused(CLIENT_ASSIGNMENTS, "{'from':'31.01.2023'}", ERROR_INVALID);
    index_refused(CLIENT_ASSIGNMENTS, "{'q':'—'}", ERROR_INVALID);
    index_refused(CLIENT_ASSIGNMENTS, "{'after':'zz'}", ERROR_INVALID);
}

/* Open and closed ones are two ranges: a page may end in either. */
Test(lists, pages_of_one_row_give_every_row_once)
{
    char request[200] = "{'limit':1}";
    size_t rows = 0;

    three();
    for (int page = 0; page < 5; page++) {
        json_t *answer = index_query(CLIENT_ASSIGNMENTS, request);
        const char *next = json_string_value(json_object_get(answer, "next"));
        rows += index_rows(answer);
        snprintf(request, sizeof request, "{'limit':1,'after':'%s'}", next ? next : "");
        json_decref(answer);
        if (next == NULL) {
            cr_expect_eq(page, 2);
            break;
        }
    }
    cr_expect_eq(rows, 3);
}

Test(lists, instances_are_found_by_their_definition_and_state)
{
    three();
    index_start("cycle", "t-1", "{\"who\":{\"name\":\"Анна\"}}");
    json_t *all = index_query(CLIENT_LIST, "{'definition':'item'}");
    json_t *over = index_query(CLIENT_LIST, "{'definition':'item','state':'completed'}");
    json_t *none = index_query(CLIENT_LIST, "{'definition':'nothing'}");

    cr_expect_eq(index_rows(all), 3);
    cr_expect_eq(index_rows(over), 1);
    cr_expect_eq(index_rows(none), 0);
    json_decref(all);
    json_decref(over);
    json_decref(none);
}

static void assert_instances(const char *request, size_t count)
{
    json_t *answer = index_query(CLIENT_LIST, request);

    cr_expect_eq(index_rows(answer), count, "%s: %zu", request, index_rows(answer));
    json_decref(answer);
}

Test(lists, an_instance_is_listed_once_for_who_has_something_open_in_it)
{
    three();
    assert_instances("{'body':'school'}", 1);
    assert_instances("{'body':'region'}", 2);
    assert_instances("{'body':'region','definition':'item','state':'running'}", 2);
    assert_instances("{'body':'region','state':'completed'}", 0);
    assert_instances("{'body':'region','parent':7}", 0);
    index_delegate(1, "school", "lyceum"); /* a second assignment of the same instance */
    assert_instances("{'body':'school'}", 1);
    assert_instances("{'body':'lyceum'}", 2);
    assert_count("{'body':'lyceum','open':true}", 2);
    index_assert_whole();
}

/* --- the index itself ------------------------------------------------------------------------ */

static void spoil(void)
{
    struct store_txn *txn;
    struct error err;
    struct bytes key = {"\1\0garbage", 9};

    cr_assert(store_begin_write(iw.base.store, &txn, &err));
    for (int table = TABLE_ASSIGNMENT; table < TABLE_COUNT; table++) {
        struct store_cursor *c = store_cursor_open(txn, table);
        struct bytes at;
        struct buffer first = BUFFER_INIT;
        if (index_has_table(table) && store_next(c, &at, NULL)) {
            buffer_append(&first, at.data, at.size);
        }
        store_cursor_close(&c);
        if (first.size > 0) {
            store_delete(txn, table, buffer_bytes(&first));
        }
        buffer_fini(&first);
    }
    store_put(txn, TABLE_ASSIGNMENT, key, bytes_of("old"));
    cr_assert(store_commit(&txn, &err));
}

Test(lists, an_index_of_an_older_program_is_written_anew)
{
    struct error err = ERROR_INIT;
    struct store_txn *txn;

    three();
    index_start("cycle", "t-1", "{\"who\":{\"name\":\"Анна\"}}");
    index_assert_whole();
    spoil();
    cr_assert(store_begin_read(iw.base.store, &txn, &err));
    cr_expect_not(index_is_whole(txn));
    store_abort(&txn);
    cr_assert(index_build(iw.base.store, iw.base.catalog, &err), "%s", err.text);
    cr_assert(store_begin_read(iw.base.store, &txn, &err));
    cr_expect(index_is_whole(txn));
    store_abort(&txn);
    index_assert_whole();
    assert_count("{}", 3);
}

/* As it is left by a process that was killed: `meta` says how far it came (storage §2.8). */
static void cut_off(unsigned progress, uint64_t next, int table)
{
    static const unsigned char name[] = {TENANT, 'i', 'n', 'd', 'e', 'x'};
    struct buffer mark = BUFFER_INIT;
    struct store_txn *txn;
    struct error err;

    pack_u8(&mark, 4);
    pack_u8(&mark, progress);
    pack_uint(&mark, next);
    cr_assert(store_begin_write(iw.base.store, &txn, &err));
    store_put(txn, TABLE_META, (struct bytes){name, sizeof name}, buffer_bytes(&mark));
    for (bool found = true; found;) {
        struct store_cursor *c = store_cursor_open(txn, table);
        struct buffer first = BUFFER_INIT;
        struct bytes key;
        found = store_next(c, &key, NULL);
        if (found) {
            buffer_append(&first, key.data, key.size);
        }
        store_cursor_close(&c);
        if (found) {
            store_delete(txn, table, buffer_bytes(&first));
        }
        buffer_fini(&first);
    }
    cr_assert(store_commit(&txn, &err));
    buffer_fini(&mark);
}

Test(lists, an_index_that_was_cut_off_goes_on_where_it_was)
{
    struct error err = ERROR_INIT;

    three();
    cut_off(3, 1, TABLE_NOTICE); /* the journal from its first entry on */
    cr_assert(index_build(iw.base.store, iw.base.catalog, &err), "%s", err.text);
    index_assert_whole();
    cut_off(2, 1, TABLE_WORD); /* the instances, and then the journal */
    cut_off(2, 1, TABLE_SAID);
    cr_assert(index_build(iw.base.store, iw.base.catalog, &err), "%s", err.text);
    index_assert_whole();
}
