/* verify.c - the journal against the state
 *
 * Owns:    the comparison. The replayed instances live in a memory store, so that the journal of
 *          millions is read once, in order, without holding decoded instances.
 * Always:  only reads.
 */
#include "engine/verify.h"

#include "base/must.h"
#include "engine/core/facets.h"
#include "engine/core/record.h"
#include "engine/index.h"
#include "engine/journal.h"
#include "engine/snapshot.h"
#include "engine/turn.h"
#include "engine/using.h"
#include "language/document.h"

#include <inttypes.h>
#include <stdarg.h>
#include <stdlib.h>
#include <string.h>

#define BATCH_ENTRIES 256 /* journal entries replayed in one transaction of the memory store */

struct verifier {
    struct store_txn *live;
    struct store *replay; /* instances as the journal tells them */
    struct catalog *catalog;
    struct arena arena;
    struct buffer encoded;
    int64_t tally[TALLY_COUNT];
    bool indexed; /* the index is of this program's form */
    struct verify_result *result;
};

static void differ(struct verifier *v, const char *fmt, ...) PRINTF_LIKE(2, 3);

static void differ(struct verifier *v, const char *fmt, ...)
{
    va_list args;

    if (v->result->differences++ == 0) {
        va_start(args, fmt);
        vsnprintf(v->result->first, sizeof v->result->first, fmt, args);
        va_end(args);
    }
}

/* --- replay -------------------------------------------------------------------------------- */

/* What a record leaves is kept beside the instances, to be compared. */
static void replay_facets(struct verifier *v, struct store_txn *txn, const struct record *r)
{
    struct facets facets = {.arena = &v->arena};

    facets_of_record(r, &facets);
    for (uint32_t i = 0; i < facets.count; i++) {
        const struct facet *row = &facets.rows[i];
        store_put(txn, (int)row->table, row->key, row->value);
    }
}

static bool replay_deployed(struct verifier *v, const struct record *r, struct error *err)
{
    struct definition *definition;
    char *file = bytes_strdup(r->text);
    bool ok = document_parse(file, r->data, NULL, &definition, err);

    free(file);
    if (ok) {
        catalog_add(v->catalog, &definition, (uint32_t)r->number, (uint32_t)r->other);
    }
    return ok;
}

static bool replay_removed(struct verifier *v, const struct record *r, struct error *err)
{
    const struct definition *d = catalog_find_number(v->catalog, (uint32_t)r->number);

    if (d == NULL || d->removed) {
        return error_set(err, ERROR_STORE,
                         "entry %" PRIu64 " removes definition %" PRId64 ", which is not there",
                         r->entry, r->number);
    }
    catalog_remove(v->catalog, d->number);
    return true;
}

static bool replay_record(struct verifier *v, struct store_txn *txn, const struct record *r,
                          struct error *err)
{
    unsigned char key[SNAPSHOT_KEY_BYTES];
    struct instance *instance;

    v->result->records++;
    if (r->kind == RECORD_DEPLOYED) {
        return replay_deployed(v, r, err);
    }
    if (r->kind == RECORD_REMOVED) {
        return replay_removed(v, r, err);
    }
    if (r->instance == 0) {
        return true;
    }
    replay_facets(v, txn, r);
    if (r->kind == RECORD_STARTED) {
        instance = instance_create(&v->arena, r->instance);
        v->result->instances++;
    } else if (!snapshot_instance(txn, v->catalog, &v->arena, r->instance, &instance, err)) {
        return false;
    }
    if (instance->journal != r->before) {
        differ(v, "instance %" PRIu64 ": entry %" PRIu64 " does not follow entry %" PRIu64,
               r->instance, r->entry, instance->journal);
    }
    instance_apply(instance, r);
    buffer_clear(&v->encoded);
    instance_encode(instance, &v->encoded);
    store_put(txn, TABLE_INSTANCE, snapshot_instance_key(r->instance, key),
              buffer_bytes(&v->encoded));
    return true;
}

static bool replay_entry(struct verifier *v, struct store_txn *txn, uint64_t entry,
                         struct error *err)
{
    struct journal_reader reader;
    struct record record;

    if (!journal_open(v->live, entry, &reader, err)) {
        return false;
    }
    while (journal_next(&reader, &record)) {
        if (!replay_record(v, txn, &record, err)) {
            return false;
        }
    }
    arena_reset(&v->arena);
    v->result->entries++;
    return reader.left == 0 ||
           error_set(err, ERROR_STORE, "journal entry %" PRIu64 " is damaged", entry);
}

static bool replay_all(struct verifier *v, struct error *err)
{
    uint64_t last = journal_last(v->live);
    bool ok = true;

    for (uint64_t from = 1; from <= last && ok; from += BATCH_ENTRIES) {
        struct store_txn *txn;
        if (!store_begin_write(v->replay, &txn, err)) {
            return false;
        }
        for (uint64_t n = from; n < from + BATCH_ENTRIES && n <= last && ok; n++) {
            ok = replay_entry(v, txn, n, err);
        }
        if (ok) {
            ok = store_commit(&txn, err);
        } else {
            store_abort(&txn);
        }
    }
    return ok;
}

/* --- comparison ---------------------------------------------------------------------------- */

/* A store of an older program has another index, until an engine opens it. */
static bool is_compared(const struct verifier *v, int table)
{
    return v->indexed || !index_has_table(table);
}

static void check_facets(struct verifier *v, uint64_t id, uint64_t counts[TABLE_COUNT])
{
    struct instance *instance;
    struct facets facets;
    struct bytes value;

    if (!snapshot_instance(v->live, v->catalog, &v->arena, id, &instance, NULL)) {
        differ(v, "instance %" PRIu64 " can't be read", id);
        return;
    }
    facets_of(instance, v->catalog, &v->arena, &facets);
    facets_tally(instance, v->catalog, 1, v->tally);
    for (uint32_t i = 0; i < facets.count; i++) {
        const struct facet *row = &facets.rows[i];
        if (!is_compared(v, (int)row->table)) {
            continue;
        }
        counts[row->table]++;
        if (!store_get(v->live, (int)row->table, row->key, &value) ||
            !bytes_equal(value, row->value)) {
            differ(v, "instance %" PRIu64 ": its row in table \"%s\" is missing or different", id,
                   table_names[row->table]);
        }
    }
}

/* What the records of the journal have left. */
static void check_left(struct verifier *v, struct store_txn *replayed, int table,
                       uint64_t counts[TABLE_COUNT])
{
    struct store_cursor *c = store_cursor_open(replayed, table);
    struct bytes value;
    struct bytes key;

    for (bool found = is_compared(v, table) && store_next(c, &key, NULL); found;
         found = store_next(c, &key, NULL)) {
        counts[table]++;
        if (!store_get(v->live, table, key, &value)) {
            differ(v, "table \"%s\" lacks a row that a record of the journal gives",
                   table_names[table]);
        }
    }
    store_cursor_close(&c);
}

static void check_counts(struct verifier *v, const uint64_t counts[TABLE_COUNT])
{
    for (int table = TABLE_READY; table < TABLE_COUNT; table++) {
        uint64_t there = store_count(v->live, table);
        if (is_compared(v, table) && there != counts[table]) {
            differ(v, "table \"%s\" has %" PRIu64 " rows, the journal gives %" PRIu64,
                   table_names[table], there, counts[table]);
        }
    }
}

/* How many open instances each definition has, against a recount. */
static void check_using(struct verifier *v, struct store_txn *replayed)
{
    const struct definition *d;
    uint64_t rows = 0;

    if (!turn_has_using(v->live)) {
        return; /* of an older format, and nothing was decided since */
    }
    using_build(replayed);
    for (uint32_t i = 0; (d = catalog_at(v->catalog, i)) != NULL; i++) {
        uint64_t there = using_count(v->live, d->number);
        uint64_t counted = using_count(replayed, d->number);
        rows += counted > 0;
        if (there != counted) {
            differ(v,
                   "definition %" PRIu32 " is used by %" PRIu64
                   " instances as the store has it, by "
                   "%" PRIu64 " as they are",
                   d->number, there, counted);
        }
    }
    if (store_count(v->live, TABLE_USING) != rows) {
        differ(v, "the table \"using\" has rows of definitions that are not there");
    }
}

/* The counters of the store against a recount. */
static bool check_tallies(struct verifier *v, struct error *err)
{
    int64_t tally[TALLY_COUNT];

    if (!turn_tallies(v->live, tally, err)) {
        return false;
    }
    for (int i = 0; i < TALLY_COUNT; i++) {
        if (tally[i] != v->tally[i]) {
            differ(v, "tally %d of the store is %" PRId64 ", the instances give %" PRId64, i,
                   tally[i], v->tally[i]);
        }
    }
    return true;
}

/* The same state: a record of an older format is read, and written as it would be now. */
static bool same_state(struct verifier *v, uint64_t id, struct bytes live, struct bytes replayed)
{
    struct instance *instance;

    if (bytes_equal(live, replayed)) {
        return true;
    }
    if (!instance_decode(&v->arena, id, live, &instance, NULL)) {
        return false;
    }
    buffer_clear(&v->encoded);
    instance_encode(instance, &v->encoded);
    return bytes_equal(buffer_bytes(&v->encoded), replayed);
}

static void compare_all(struct verifier *v, struct store_txn *replayed)
{
    uint64_t counts[TABLE_COUNT] = {0};
    struct store_cursor *c = store_cursor_open(replayed, TABLE_INSTANCE);
    struct bytes key;
    struct bytes value;
    struct bytes live;

    for (bool found = store_seek(c, (struct bytes){"", 0}, &key, &value); found;
         found = store_next(c, &key, &value)) {
        struct cursor k = cursor_of(key);
        unpack_u8(&k);
        uint64_t id = unpack_key64(&k);
        if (!store_get(v->live, TABLE_INSTANCE, key, &live) || !same_state(v, id, live, value)) {
            differ(v, "instance %" PRIu64 " is not what the journal says", id);
        }
        check_facets(v, id, counts);
        arena_reset(&v->arena);
    }
    store_cursor_close(&c);
    if (store_count(v->live, TABLE_INSTANCE) != v->result->instances) {
        differ(v, "the store has %" PRIu64 " instances, the journal %" PRIu64,
               store_count(v->live, TABLE_INSTANCE), v->result->instances);
    }
    check_left(v, replayed, TABLE_NOTICE, counts);
    check_left(v, replayed, TABLE_SAID, counts);
    check_counts(v, counts);
}

static bool run(struct verifier *v, struct error *err)
{
    struct store_txn *replayed;

    /* to write: using_build() counts into it */
    if (!replay_all(v, err) || !store_begin_write(v->replay, &replayed, err)) {
        return false;
    }
    v->indexed = index_is_whole(v->live);
    compare_all(v, replayed);
    check_using(v, replayed);
    store_abort(&replayed);
    return check_tallies(v, err);
}

bool verify_store(struct store *store, struct verify_result *ret_result, struct error *err)
{
    struct store_options options = {.tables = table_names, .table_count = TABLE_COUNT, .format = 1};
    struct verify_result result = {0};
    struct verifier v = {.result = &result, .catalog = catalog_create()};
    bool ok = store_open_memory(&options, &v.replay, err);

    if (ok) {
        ok = store_begin_read(store, &v.live, err);
    }
    if (ok) {
        ok = run(&v, err);
        store_abort(&v.live);
    }
    store_close(&v.replay);
    catalog_destroy(v.catalog);
    arena_fini(&v.arena);
    buffer_fini(&v.encoded);
    if (ok) {
        *ret_result = result;
    }
    return ok;
}
