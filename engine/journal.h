/* journal.h - entries of the journal: what one turn decided, or a part of it when it is very much
 *
 * An entry is the value under its number in the `journal` table (docs/storage.md §2.3): format,
 * time, number of the first record, count, then the records. Entries are numbered 1, 2, … without
 * gap.
 */
#ifndef ENGINE_JOURNAL_H
#define ENGINE_JOURNAL_H

#include "engine/core/record.h"
#include "store/store.h"

#define JOURNAL_FORMAT 1

/* An entry being written. */
struct journal_entry {
    uint64_t number;
    uint64_t first_seq;
    int64_t time_ms;
    uint32_t count;
    struct buffer records;
};

void journal_begin(struct journal_entry *entry, uint64_t number, uint64_t first_seq,
                   int64_t time_ms);
void journal_add(struct journal_entry *entry, const struct record *record);
void journal_write(const struct journal_entry *entry, struct store_txn *txn,
                   struct buffer *scratch);

/* Reading an entry: records one after the other, borrowed from the store. */
struct journal_reader {
    struct cursor at;
    uint64_t entry;
    uint64_t seq; /* of the next record */
    int64_t time_ms;
    uint32_t left;
};

/* false: no such entry, or damaged (then *err has a code other than ERROR_NOT_FOUND). */
bool journal_open(struct store_txn *txn, uint64_t entry, struct journal_reader *ret_reader,
                  struct error *err);
/* false: no more, or damaged (reader->left is then > 0). */
bool journal_next(struct journal_reader *reader, struct record *ret_record);
/* The same, of the records of this instance only. *before: the entry of the instance's record
 * before the entry that is read, 0 when there is none; set with the first of them. */
bool journal_next_of(struct journal_reader *reader, uint64_t instance, struct record *ret_record,
                     uint64_t *before);

/* Number of the newest entry, 0 when there is none. */
uint64_t journal_last(struct store_txn *txn);
/* The entry that holds this record, or the newest before it; 0 when there is none. */
uint64_t journal_entry_of(struct store_txn *txn, uint64_t seq);

#endif
