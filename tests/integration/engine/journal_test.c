/* journal_test.c - entries of the journal are what docs/storage.md says, byte for byte */
#include "engine/core/tables.h"
#include "engine/journal.h"

#include <criterion/criterion.h>
#include <stdio.h>
#include <string.h>

static struct store *open_memory(void)
{
    struct store_options options = {.tables = table_names, .table_count = TABLE_COUNT, .format = 1};
    struct store *store;

    cr_assert(store_open_memory(&options, &store, NULL));
    return store;
}

/* The block marked `entry` in docs/storage.md, as bytes. */
static size_t read_example(unsigned char *out, size_t room)
{
    FILE *page = fopen(SOURCE_DIR "/docs/storage.md", "r");
    char line[4096];
    size_t size = 0;
    bool inside = false;

    cr_assert(page != NULL);
    while (fgets(line, sizeof line, page) != NULL) {
        if (strncmp(line, "```", 3) == 0) {
            inside = strcmp(line, "```entry\n") == 0;
            continue;
        }
        unsigned byte;
        int used;
        for (const char *at = line; inside && sscanf(at, "%2x%n", &byte, &used) == 1; at += used) {
            cr_assert(size < room);
            out[size++] = (unsigned char)byte;
        }
    }
    fclose(page);
    return size;
}

Test(journal, the_entry_printed_in_the_storage_page_is_what_is_written)
{
    unsigned char expected[256];
    size_t expected_size = read_example(expected, sizeof expected);
    struct store *store = open_memory();
    struct journal_entry entry = {0};
    struct buffer scratch = BUFFER_INIT;
    struct store_txn *txn;
    struct bytes value;
    static const unsigned char key[] = {TENANT, 0, 0, 0, 0, 0, 0, 0, 1};

    journal_begin(&entry, 1, 1, 1673244000000);
    journal_add(&entry, &(struct record){.kind = RECORD_STARTED,
                                         .instance = 1,
                                         .attempt = 5,
                                         .number = 1,
                                         .text = bytes_of("k"),
                                         .data = bytes_of("{}")});
    journal_add(
        &entry,
        &(struct record){
            .kind = RECORD_TASK_OPENED, .instance = 1, .before = 1, .task = 1, .other = TASK_CALL});
    cr_assert(store_begin_write(store, &txn, NULL));
    journal_write(&entry, txn, &scratch);
    cr_assert(store_get(txn, TABLE_JOURNAL, (struct bytes){key, sizeof key}, &value));
    cr_expect_eq(value.size, expected_size);
    cr_expect_arr_eq(value.data, expected, expected_size);
    store_abort(&txn);
    buffer_fini(&scratch);
    buffer_fini(&entry.records);
    store_close(&store);
}

Test(journal, records_come_back_in_order_with_their_numbers_and_time)
{
    struct store *store = open_memory();
    struct journal_entry entry = {0};
    struct buffer scratch = BUFFER_INIT;
    struct store_txn *txn;
    struct journal_reader reader;
    struct record r;

    cr_assert(store_begin_write(store, &txn, NULL));
    journal_begin(&entry, 7, 100, 5000);
    for (uint32_t i = 0; i < 3; i++) {
        journal_add(&entry,
                    &(struct record){.kind = RECORD_TASK_DONE, .instance = 9, .task = i + 1});
    }
    journal_write(&entry, txn, &scratch);
    cr_expect_eq(journal_last(txn), 7);
    cr_assert(journal_open(txn, 7, &reader, NULL));
    for (uint32_t i = 0; i < 3; i++) {
        cr_assert(journal_next(&reader, &r));
        cr_expect_eq(r.seq, 100 + i);
        cr_expect_eq(r.task, i + 1);
        cr_expect_eq(r.entry, 7);
        cr_expect_eq(r.time_ms, 5000);
    }
    cr_expect_not(journal_next(&reader, &r));
    cr_expect_eq(reader.left, 0);
    store_abort(&txn);
    buffer_fini(&scratch);
    buffer_fini(&entry.records);
    store_close(&store);
}

Test(journal, an_entry_of_another_format_is_refused_and_a_missing_one_is_not_found)
{
    struct store *store = open_memory();
    struct store_txn *txn;
    struct journal_reader reader;
    struct error err;
    static const unsigned char key[] = {TENANT, 0, 0, 0, 0, 0, 0, 0, 1};

    cr_assert(store_begin_write(store, &txn, NULL));
    store_put(txn, TABLE_JOURNAL, (struct bytes){key, sizeof key}, bytes_of("\x02zzz"));
    cr_expect_not(journal_open(txn, 1, &reader, &err));
    cr_expect_eq(err.code, ERROR_FORMAT);
    cr_expect_not(journal_open(txn, 2, &reader, &err));
    cr_expect_eq(err.code, ERROR_NOT_FOUND);
    store_abort(&txn);
    store_close(&store);
}
