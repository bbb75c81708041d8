/* listing_journal.c - the journal and the history of an instance, as pages
 *
 * Owns:    reading records for people: the journal goes forward from a number; a history goes back
 *          from the newest record of the instance, since each record names the entry before.
 */
#include "engine/listing_part.h"
#include "engine/rows.h"
#include "engine/told_letter.h"

#define ENTRIES_MAX 1000       /* journal entries read for one page */
#define PAGE_BYTES  (8u << 20) /* of the records on one page: an answer must stay a message */

/* brief: without what letters say, and without the assignment of each notice: thousands of letters
 * repeat what the rows of their assignments have said. */
static json_t *row_of(const struct view *v, const struct record *record, bool brief)
{
    struct record copy = *record;
    struct record *r = &copy;
    struct instance *i = NULL;

    if (brief && r->kind == RECORD_TASK_OPENED && r->other == TASK_NOTICE) {
        r->data = (struct bytes){NULL, 0};
    }
    if (r->instance != 0 && !(brief && r->kind == RECORD_ASSIGNMENT_NOTICED)) {
        snapshot_instance(v->txn, v->catalog, v->arena, r->instance, &i, NULL);
    }
    return rows_record(v->catalog, i, r);
}

/* The first entry whose records may be after this one: entries are in order of their records. */
static uint64_t find_entry(struct store_txn *txn, uint64_t after)
{
    uint64_t low = 1;
    uint64_t high = journal_last(txn) + 1;
    struct journal_reader reader;

    while (low < high) {
        uint64_t middle = low + (high - low) / 2;
        if (journal_open(txn, middle, &reader, NULL) && reader.seq + reader.left <= after + 1) {
            low = middle + 1;
        } else {
            high = middle;
        }
    }
    return low;
}

static uint64_t last_record(struct store_txn *txn)
{
    struct journal_reader reader;

    return journal_open(txn, journal_last(txn), &reader, NULL) ? reader.seq + reader.left - 1 : 0;
}

json_t *listing_journal(const struct view *v, const json_t *request, struct error *err)
{
    uint64_t after = 0;
    uint64_t limit = 0;
    bool brief = json_is_true(json_object_get(request, "brief"));
    struct journal_reader reader;
    struct record r;

    if (!listing_number(request, "after", 0, &after, err) ||
        !listing_number(request, "limit", LIMIT_PAGE, &limit, err)) {
        return NULL;
    }
    json_t *rows = json_array();
    size_t bytes = 0;
    uint64_t entry = find_entry(v->txn, after);
    limit = limit > LIMIT_PAGE || limit == 0 ? LIMIT_PAGE : limit;
    for (int n = 0; n < ENTRIES_MAX && json_array_size(rows) < limit && bytes < PAGE_BYTES &&
                    journal_open(v->txn, entry, &reader, NULL);
         n++, entry++) {
        while (json_array_size(rows) < limit && bytes < PAGE_BYTES && journal_next(&reader, &r)) {
            if (r.seq > after) {
                json_array_append_new(rows, row_of(v, &r, brief));
                bytes += r.data.size;
                after = r.seq;
            }
        }
    }
    bool more = after < last_record(v->txn);
    return json_pack("{so so}", "rows", rows, "next",
                     more ? json_integer((json_int_t)after) : json_null());
}

/* As row_of(), and for a notice what became of it. letter: the text of the one that left last. */
static json_t *history_row(const struct view *v, const struct record *r, struct bytes letter)
{
    json_t *row = row_of(v, r, false);
    struct instance *i;

    if (r->kind == RECORD_ASSIGNMENT_NOTICED &&
        snapshot_instance(v->txn, v->catalog, v->arena, r->instance, &i, NULL)) {
        told_letter_set(row, v, i, r, letter);
    }
    return row;
}

/* The records of this instance in one entry, oldest first. */
static uint64_t add_entry(const struct view *v, uint64_t instance, uint64_t entry, json_t *into,
                          size_t *bytes)
{
    struct journal_reader reader;
    struct record r;
    struct bytes letter = {NULL, 0};
    uint64_t before = 0;
    bool first = true;

    if (!journal_open(v->txn, entry, &reader, NULL)) {
        return 0;
    }
    while (journal_next(&reader, &r)) {
        if (r.instance == instance) {
            before = first ? r.before : before;
            first = false;
            letter = r.kind == RECORD_TASK_OPENED && r.other == TASK_NOTICE ? r.data : letter;
            json_array_append_new(into, history_row(v, &r, letter));
            *bytes += r.data.size;
        }
    }
    return before;
}

static json_t *reversed_groups(json_t *groups)
{
    json_t *rows = json_array();

    for (size_t i = json_array_size(groups); i-- > 0;) {
        json_array_extend(rows, json_array_get(groups, i));
    }
    json_decref(groups);
    return rows;
}

json_t *listing_history(const struct view *v, const json_t *request, struct error *err)
{
    const json_t *id = json_object_get(request, "instance");
    struct instance *i;
    uint64_t entry = 0;
    uint64_t limit = 0;
    size_t count = 0;
    size_t bytes = 0;

    if (!json_is_integer(id)) {
        error_set(err, ERROR_INVALID, "\"instance\" must be the number of an instance");
        return NULL;
    }
    if (!snapshot_instance(v->txn, v->catalog, v->arena, (uint64_t)json_integer_value(id), &i,
                           err) ||
        !listing_number(request, "before", i->journal, &entry, err) ||
        !listing_number(request, "limit", LIMIT_PAGE, &limit, err)) {
        return NULL;
    }
    json_t *groups = json_array();
    while (entry != 0 && count < limit && count < LIMIT_PAGE && bytes < PAGE_BYTES) {
        json_t *group = json_array();
        entry = add_entry(v, i->id, entry, group, &bytes);
        count += json_array_size(group);
        json_array_append_new(groups, group);
    }
    return json_pack("{so so}", "rows", reversed_groups(groups), "next",
                     entry ? json_integer((json_int_t)entry) : json_null());
}
