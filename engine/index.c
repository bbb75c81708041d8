/* index.c - the tables that lists look through, written anew
 *
 * Owns:    the row `index` of the table `meta`: the form of the rows, and how far a new writing is.
 * In:      engine_open.c, before anybody is answered; verify asks whether there is something to
 *          compare.
 * Always:  a batch of rows and the mark of how far it is are one transaction.
 * See:     docs/storage.md §2.8
 */
#include "engine/index.h"

#include "base/log.h"
#include "engine/core/facets.h"
#include "engine/journal.h"
#include "engine/snapshot.h"

#define INDEX_FORMAT 4 /* of the rows of its tables together */
/* Of one transaction: a hundred milliseconds, and some MiB of pages. */
#define BATCH_INSTANCES 2000u
#define BATCH_ROWS      20000u
#define BATCH_RECORDS   100000u /* of the journal: most leave no rows */

enum progress { PROGRESS_WHOLE, PROGRESS_CLEAR, PROGRESS_INSTANCES, PROGRESS_RECORDS };

struct mark {
    unsigned format;
    enum progress progress;
    uint64_t next; /* the first instance, or entry of the journal, that is not written yet */
    bool found;    /* the store has it */
};

static const int tables[] = {TABLE_ASSIGNMENT, TABLE_CONCERN, TABLE_OF,     TABLE_STAGE,
                             TABLE_WORD,       TABLE_PLACE,   TABLE_NOTICE, TABLE_SAID};
#define TABLES (sizeof tables / sizeof tables[0])

bool index_has_table(int table)
{
    bool has = false;

    for (size_t i = 0; i < TABLES; i++) {
        has = has || tables[i] == table;
    }
    return has;
}

/* --- how far it is ------------------------------------------------------------------------- */

static struct bytes mark_key(void)
{
    static const unsigned char key[] = {TENANT, 'i', 'n', 'd', 'e', 'x'};

    return (struct bytes){key, sizeof key};
}

/* A store without a mark: of an older program, unless its instances have their rows. */
static struct mark read_mark(struct store_txn *txn)
{
    struct mark mark = {.format = INDEX_FORMAT, .progress = PROGRESS_CLEAR};
    struct bytes value;

    if (!store_get(txn, TABLE_META, mark_key(), &value)) {
        bool same = store_count(txn, TABLE_OF) == store_count(txn, TABLE_INSTANCE);
        mark.progress = same ? PROGRESS_WHOLE : PROGRESS_CLEAR;
        return mark;
    }
    struct cursor c = cursor_of(value);
    struct mark found = {.found = true, .format = unpack_u8(&c)};
    found.progress = (enum progress)unpack_u8(&c);
    found.next = unpack_uint(&c);
    return cursor_done(&c) && found.format == INDEX_FORMAT ? found : mark;
}

static void write_mark(struct store_txn *txn, const struct mark *mark)
{
    struct buffer b = BUFFER_INIT;

    pack_u8(&b, mark->format);
    pack_u8(&b, mark->progress);
    pack_uint(&b, mark->next);
    store_put(txn, TABLE_META, mark_key(), buffer_bytes(&b));
    buffer_fini(&b);
}

bool index_is_whole(struct store_txn *txn)
{
    return read_mark(txn).progress == PROGRESS_WHOLE;
}

/* --- writing it anew ----------------------------------------------------------------------- */

/* Rows of an older form. */
static void clear_batch(struct store_txn *txn, struct mark *mark)
{
    unsigned left = BATCH_ROWS;
    struct bytes key;

    for (size_t i = 0; i < TABLES; i++) {
        bool found = true;
        while (left > 0 && found) {
            struct store_cursor *c = store_cursor_open(txn, tables[i]);
            struct buffer copy = BUFFER_INIT;
            found = store_next(c, &key, NULL);
            if (found) {
                buffer_append(&copy, key.data, key.size);
            }
            store_cursor_close(&c);
            if (found) {
                store_delete(txn, tables[i], buffer_bytes(&copy));
                left--;
            }
            buffer_fini(&copy);
        }
    }
    if (left > 0) {
        *mark = (struct mark){.format = INDEX_FORMAT, .progress = PROGRESS_INSTANCES, .next = 1};
    }
}

static void write_rows(struct store_txn *txn, const struct facets *facets)
{
    for (uint32_t i = 0; i < facets->count; i++) {
        const struct facet *row = &facets->rows[i];
        if (index_has_table((int)row->table)) {
            store_put(txn, (int)row->table, row->key, row->value);
        }
    }
}

static void write_instance(struct store_txn *txn, const struct catalog *catalog,
                           struct arena *arena, uint64_t id)
{
    struct instance *instance;
    struct facets facets;

    if (!snapshot_instance(txn, catalog, arena, id, &instance, NULL)) {
        return; /* it is parked: the turn says so when it meets it */
    }
    facets_of(instance, catalog, arena, &facets);
    write_rows(txn, &facets);
}

static void write_instances(struct store_txn *txn, const struct catalog *catalog, struct mark *mark)
{
    unsigned char buf[SNAPSHOT_KEY_BYTES];
    struct store_cursor *c = store_cursor_open(txn, TABLE_INSTANCE);
    struct arena arena = ARENA_INIT;
    struct bytes key;
    unsigned count = 0;

    bool found = store_seek(c, snapshot_instance_key(mark->next, buf), &key, NULL);
    while (found && count < BATCH_INSTANCES) {
        struct cursor k = cursor_of(key);
        unpack_u8(&k);
        uint64_t id = unpack_key64(&k);
        write_instance(txn, catalog, &arena, id);
        arena_reset(&arena);
        mark->next = id + 1;
        count++;
        found = store_next(c, &key, NULL);
    }
    store_cursor_close(&c);
    arena_fini(&arena);
    if (!found) {
        mark->progress = PROGRESS_RECORDS;
        mark->next = 1;
    }
}

/* false: there is no such entry; one that is damaged is verify's to tell of. */
static bool write_entry(struct store_txn *txn, uint64_t entry, struct arena *arena,
                        unsigned *records, unsigned *rows)
{
    struct journal_reader reader;
    struct facets facets = {.arena = arena};
    struct error err = ERROR_INIT;
    struct record record;

    if (!journal_open(txn, entry, &reader, &err)) {
        return err.code != ERROR_NOT_FOUND;
    }
    while (journal_next(&reader, &record)) {
        facets_of_record(&record, &facets);
        (*records)++;
    }
    facets_order(&facets);
    write_rows(txn, &facets);
    *rows += facets.count;
    return true;
}

static void write_records(struct store_txn *txn, struct mark *mark)
{
    struct arena arena = ARENA_INIT;
    unsigned records = 0;
    unsigned rows = 0;
    bool found = true;

    while (found && records < BATCH_RECORDS && rows < BATCH_ROWS) {
        found = write_entry(txn, mark->next, &arena, &records, &rows);
        mark->next += found ? 1 : 0;
        arena_reset(&arena);
    }
    arena_fini(&arena);
    if (!found) {
        mark->progress = PROGRESS_WHOLE;
    }
}

static bool batch(struct store *store, const struct catalog *catalog, struct mark *mark,
                  struct error *err)
{
    struct store_txn *txn;

    if (!store_begin_write(store, &txn, err)) {
        return false;
    }
    switch (mark->progress) {
    case PROGRESS_CLEAR:
        clear_batch(txn, mark);
        break;
    case PROGRESS_INSTANCES:
        write_instances(txn, catalog, mark);
        break;
    default:
        write_records(txn, mark);
    }
    write_mark(txn, mark);
    return store_commit(&txn, err);
}

static bool put_mark(struct store *store, const struct mark *mark, struct error *err)
{
    struct store_txn *txn;

    if (!store_begin_write(store, &txn, err)) {
        return false;
    }
    write_mark(txn, mark);
    return store_commit(&txn, err);
}

bool index_build(struct store *store, const struct catalog *catalog, struct error *err)
{
    struct store_txn *txn;
    bool ok = true;

    if (!store_begin_read(store, &txn, err)) {
        return false;
    }
    struct mark mark = read_mark(txn);
    store_abort(&txn);
    if (mark.progress == PROGRESS_WHOLE) {
        return mark.found || !store_room(store, NULL) || put_mark(store, &mark, err);
    }
    log_info("MR-INDEX", "the tables that lists look through are written anew");
    while (ok && mark.progress != PROGRESS_WHOLE) {
        if (!store_room(store, NULL)) {
            log_warn("MR-INDEX", "no room for them: lists are not whole until the next start");
            return true;
        }
        ok = batch(store, catalog, &mark, err);
    }
    return ok;
}
