/* listing_journal.c - the journal and the history of an instance, as pages
 *
 * Owns:    reading records for people: the journal goes forward from a number; a history goes back
 *          from the newest record of the instance, since each record names the entry before.
 */
#include "engine/listing_part.h"
#include "engine/rows.h"
#include "engine/told_letter.h"

#include "base/clock.h"

#define ENTRIES_MAX 1000       /* journal entries read for one page */
#define PAGE_BYTES  (8u << 20) /* of the records on one page: an answer must stay a message */
#define ROWS_SURE   64         /* of a history, however slow: not to ask for one page an entry */

/* The instance of this record; last: that of the record before, often the same. Else the last one
 * is forgotten: many large ones are not to be in memory together. */
static const struct instance *instance_of(const struct view *v, const struct record *r,
                                          const struct instance *last)
{
    struct instance *i = NULL;

    if (last != NULL && last->id == r->instance) {
        return last;
    }
    arena_reset(v->arena);
    if (r->instance != 0) {
        snapshot_instance(v->txn, v->catalog, v->arena, r->instance, &i, NULL);
    }
    return i;
}

/* brief: without what letters say, and without the assignment of each notice: thousands of letters
 * repeat what the rows of their assignments have said. */
static json_t *row_of(const struct view *v, const struct record *record, bool brief,
                      const struct instance **last)
{
    struct record r = *record;

    if (brief && r.kind == RECORD_ASSIGNMENT_NOTICED) {
        return rows_record(v->catalog, NULL, &r);
    }
    if (brief && r.kind == RECORD_TASK_OPENED && r.other == TASK_NOTICE) {
        r.data = (struct bytes){NULL, 0};
    }
    *last = instance_of(v, &r, *last);
    return rows_record(v->catalog, *last, &r);
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
    const struct instance *last = NULL;
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
                json_array_append_new(rows, row_of(v, &r, brief, &last));
                bytes += r.data.size;
                after = r.seq;
            }
        }
    }
    bool more = after < last_record(v->txn);
    return json_pack("{so so}", "rows", rows, "next",
                     more ? json_integer((json_int_t)after) : json_null());
}

/* The page of a history, newest entry first. */
struct story {
    struct view letters; /* with an arena of its own: each notice looks into its letter */
    const struct instance *instance;
    json_t *groups; /* of rows: an entry each */
    size_t count;
    size_t bytes;
};

/* Of a notice with what became of it. letter: the text of the one that left last. */
static json_t *story_row(const struct story *s, const struct record *r, struct bytes letter)
{
    json_t *row = rows_record(s->letters.catalog, s->instance, r);

    if (r->kind == RECORD_ASSIGNMENT_NOTICED) {
        told_letter_set(row, &s->letters, s->instance, r, letter);
        arena_reset(s->letters.arena);
    }
    return row;
}

/* The records of the instance in one entry, oldest first; returns the entry before. */
static uint64_t add_entry(struct story *s, uint64_t entry)
{
    json_t *group = json_array();
    struct journal_reader reader;
    struct record r;
    struct bytes letter = {NULL, 0};
    uint64_t before = 0;

    if (journal_open(s->letters.txn, entry, &reader, NULL)) {
        while (journal_next_of(&reader, s->instance->id, &r, &before)) {
            letter = r.kind == RECORD_TASK_OPENED && r.other == TASK_NOTICE ? r.data : letter;
            json_array_append_new(group, story_row(s, &r, letter));
            s->bytes += r.data.size;
        }
    }
    s->count += json_array_size(group);
    json_array_append_new(s->groups, group);
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

/* From this entry back until the page is full or its time is over. */
static json_t *story_page(const struct view *v, const struct instance *i, uint64_t entry,
                          uint64_t limit)
{
    struct stint stint = stint_begin(v->page_ms);
    struct arena arena = ARENA_INIT;
    struct story s = {.letters = *v, .instance = i, .groups = json_array()};

    s.letters.arena = &arena;
    while (entry != 0 && s.count < limit && s.bytes < PAGE_BYTES &&
           (s.count < ROWS_SURE || !stint_is_over(&stint))) {
        entry = add_entry(&s, entry);
    }
    arena_fini(&arena);
    return json_pack("{so so}", "rows", reversed_groups(s.groups), "next",
                     entry ? json_integer((json_int_t)entry) : json_null());
}

json_t *listing_history(const struct view *v, const json_t *request, struct error *err)
{
    const json_t *id = json_object_get(request, "instance");
    struct instance *i;
    uint64_t entry = 0;
    uint64_t limit = 0;

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
    return story_page(v, i, entry, limit < LIMIT_PAGE ? limit : LIMIT_PAGE);
}
