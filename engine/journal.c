/* journal.c - the bytes of journal entries
 *
 * Owns:    the table `journal`.
 * Always:  entries are only appended; a record is never changed.
 */
#include "engine/journal.h"

#include "engine/core/tables.h"

#define KEY_BYTES 9

static struct bytes entry_key(uint64_t number, unsigned char key[KEY_BYTES])
{
    key[0] = TENANT;
    for (int i = 0; i < 8; i++) {
        key[1 + i] = (unsigned char)(number >> (8 * (7 - i)));
    }
    return (struct bytes){key, KEY_BYTES};
}

void journal_begin(struct journal_entry *entry, uint64_t number, uint64_t first_seq,
                   int64_t time_ms)
{
    entry->number = number;
    entry->first_seq = first_seq;
    entry->time_ms = time_ms;
    entry->count = 0;
    buffer_clear(&entry->records);
}

void journal_add(struct journal_entry *entry, const struct record *record)
{
    record_pack(record, &entry->records);
    entry->count++;
}

void journal_write(const struct journal_entry *entry, struct store_txn *txn, struct buffer *scratch)
{
    unsigned char key[KEY_BYTES];

    buffer_clear(scratch);
    pack_u8(scratch, JOURNAL_FORMAT);
    pack_int(scratch, entry->time_ms);
    pack_uint(scratch, entry->first_seq);
    pack_uint(scratch, entry->count);
    buffer_append(scratch, entry->records.data, entry->records.size);
    store_append(txn, TABLE_JOURNAL, entry_key(entry->number, key), buffer_bytes(scratch));
}

bool journal_open(struct store_txn *txn, uint64_t entry, struct journal_reader *ret_reader,
                  struct error *err)
{
    unsigned char key[KEY_BYTES];
    struct bytes value;

    if (!store_get(txn, TABLE_JOURNAL, entry_key(entry, key), &value)) {
        return error_set(err, ERROR_NOT_FOUND, "there is no journal entry %llu",
                         (unsigned long long)entry);
    }
    struct journal_reader reader = {.at = cursor_of(value), .entry = entry};
    unsigned format = unpack_u8(&reader.at);
    if (format != JOURNAL_FORMAT) {
        return error_set(err, ERROR_FORMAT,
                         "journal entry %llu has format %u; this program reads %d",
                         (unsigned long long)entry, format, JOURNAL_FORMAT);
    }
    reader.time_ms = unpack_int(&reader.at);
    reader.seq = unpack_uint(&reader.at);
    reader.left = (uint32_t)unpack_uint(&reader.at);
    if (reader.at.bad) {
        return error_set(err, ERROR_STORE, "journal entry %llu is damaged",
                         (unsigned long long)entry);
    }
    *ret_reader = reader;
    return true;
}

bool journal_next(struct journal_reader *reader, struct record *ret_record)
{
    if (reader->left == 0 || !record_unpack(&reader->at, ret_record)) {
        return false;
    }
    reader->left--;
    ret_record->seq = reader->seq++;
    ret_record->entry = reader->entry;
    ret_record->time_ms = reader->time_ms;
    return true;
}

bool journal_next_of(struct journal_reader *reader, uint64_t instance, struct record *ret_record,
                     uint64_t *before)
{
    while (journal_next(reader, ret_record)) {
        if (ret_record->instance == instance) {
            bool first = ret_record->before != reader->entry;
            *before = first ? ret_record->before : *before;
            return true;
        }
    }
    return false;
}

uint64_t journal_last(struct store_txn *txn)
{
    struct store_cursor *c = store_cursor_open(txn, TABLE_JOURNAL);
    struct bytes key;
    struct bytes value;
    uint64_t last = 0;

    if (store_last(c, &key, &value) && key.size == KEY_BYTES) {
        struct cursor at = cursor_of(key);
        unpack_u8(&at);
        last = unpack_key64(&at);
    }
    store_cursor_close(&c);
    return last;
}

/* Numbers of records grow with those of entries. */
uint64_t journal_entry_of(struct store_txn *txn, uint64_t seq)
{
    uint64_t low = 0; /* begins at or before seq, or is none */
    uint64_t high = journal_last(txn);

    while (low < high) {
        uint64_t middle = high - (high - low) / 2;
        struct journal_reader reader;
        bool before = journal_open(txn, middle, &reader, NULL) && reader.seq <= seq;
        low = before ? middle : low;
        high = before ? high : middle - 1;
    }
    return low;
}
