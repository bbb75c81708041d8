/* facets_record_test.c - rows that records leave: notices, and the words of what was said */
#include "engine/core/facets.h"

#include <criterion/criterion.h>
#include <string.h>

static struct arena arena;

static void fini(void)
{
    arena_fini(&arena);
}

TestSuite(facets_record, .fini = fini);

static struct facets rows_of(const struct record *record)
{
    struct facets rows = {.arena = &arena};

    facets_of_record(record, &rows);
    facets_order(&rows);
    return rows;
}

static void assert_key(const struct facet *row, enum table table, const char *key, size_t size)
{
    cr_assert_eq(row->table, table);
    cr_assert_eq(row->key.size, size, "%d bytes", (int)row->key.size);
    cr_assert_eq(memcmp(row->key.data, key, size), 0);
    cr_assert_eq(row->value.size, 0);
}

#define KEY(text) text, sizeof text - 1

/* Times and numbers are counted down from 2^64 - 1: the newest first (docs/storage.md §2.1). */
#define AT_2_IN_3 "\xFF\xFF\xFF\xFF\xFF\xFF\xFF\xFD\xFF\xFF\xFF\xFF\xFF\xFF\xFF\xFC"

Test(facets_record, a_notice_is_among_all_those_to_its_body_and_those_of_its_instance)
{
    struct facets rows = rows_of(&(struct record){.kind = RECORD_ASSIGNMENT_NOTICED,
                                                  .instance = 7,
                                                  .task = 1,
                                                  .text = bytes_of("school"),
                                                  .data = bytes_of("lyceum"),
                                                  .entry = 3,
                                                  .time_ms = 2});

    cr_assert_eq(rows.count, 3);
    assert_key(&rows.rows[0], TABLE_NOTICE, KEY("\1\0" AT_2_IN_3));
    assert_key(&rows.rows[1], TABLE_NOTICE, KEY("\1\1school\0" AT_2_IN_3));
    assert_key(&rows.rows[2], TABLE_NOTICE, KEY("\1\2\0\0\0\0\0\0\0\7" AT_2_IN_3));
}

static bool has(const struct facets *rows, const char *word)
{
    bool found = false;

    for (uint32_t i = 0; i < rows->count; i++) {
        const struct facet *row = &rows->rows[i];
        found = found || (row->table == TABLE_SAID && row->key.size == 1 + strlen(word) + 1 + 12 &&
                          strcmp((const char *)row->key.data + 1, word) == 0);
    }
    return found;
}

Test(facets_record, a_report_is_found_by_its_texts_and_the_number_of_its_document)
{
    struct facets rows = rows_of(&(struct record){
        .kind = RECORD_ASSIGNMENT_REPORTED,
        .instance = 7,
        .task = 1,
        .text = bytes_of("school"),
        .data =
            bytes_of("{\"text\":\"Приказ издан\",\"covers\":\"all\",\"documents\":[{\"number\":"
                     "\"384-р\",\"link\":\"https://example.org/x\",\"date\":\"2023-01-31\"}]}")});

    cr_expect(has(&rows, "издан") && has(&rows, "384") && has(&rows, "р"));
    cr_expect_not(has(&rows, "https") || has(&rows, "2023") || has(&rows, "all"));
    cr_expect_eq(rows.count, 4);
    rows.count = 1;
    assert_key(&rows.rows[0], TABLE_SAID,
               KEY("\1"
                   "384\0\xFF\xFF\xFF\xFF\xFF\xFF\xFF\xF8\0\0\0\1"));
}

Test(facets_record, a_remark_and_the_reasons_of_people_are_found_by_their_words)
{
    static const enum record_kind kinds[] = {RECORD_ASSIGNMENT_COMMENTED, RECORD_ASSIGNMENT_PART,
                                             RECORD_ASSIGNMENT_RETURNED, RECORD_ASSIGNMENT_TERM,
                                             RECORD_ASSIGNMENT_WITHDRAWN};

    for (size_t i = 0; i < sizeof kinds / sizeof kinds[0]; i++) {
        struct facets rows =
            rows_of(&(struct record){.kind = kinds[i],
                                     .other = PART_OPEN,
                                     .text = bytes_of("school"),
                                     .data = bytes_of("{\"reason\":\"нет приложения\"}")});
        cr_expect_eq(rows.count, 2, "%s", record_kind_name(kinds[i]));
        cr_expect(has(&rows, "приложения"));
    }
    struct facets rows = rows_of(&(struct record){.kind = RECORD_TASK_SKIPPED,
                                                  .text = bytes_of("школа закрыта"),
                                                  .data = bytes_of("{\"reason\":\"x\"}")});
    cr_expect(rows.count == 2 && has(&rows, "закрыта"));
}

Test(facets_record, of_one_record_so_many_words_are_searched_and_no_more)
{
    char data[1000] = "{\"reason\":\"";
    size_t size = strlen(data);

    for (int n = 100; n < 170; n++) {
        size += (size_t)snprintf(data + size, sizeof data - size, "w%d ", n);
    }
    snprintf(data + size, sizeof data - size, "\"}");
    struct facets rows =
        rows_of(&(struct record){.kind = RECORD_ASSIGNMENT_COMMENTED, .data = bytes_of(data)});
    cr_expect_eq(rows.count, 64);
    cr_expect(has(&rows, "w163") && !has(&rows, "w164"));
}

Test(facets_record, most_records_leave_nothing)
{
    struct facets rows = rows_of(&(struct record){
        .kind = RECORD_TASK_DONE, .instance = 7, .data = bytes_of("{\"reason\":\"x\"}")});

    cr_expect_eq(rows.count, 0);
    rows = rows_of(&(struct record){.kind = RECORD_ASSIGNMENT_STEP, .text = bytes_of("x")});
    cr_expect_eq(rows.count, 0);
}
