/* reader.c - snapshots for a thread that answers, and its catalog
 *
 * Owns:    the read transaction of the moment, the catalog, the arena, and the world that rules of
 *          core are asked with.
 * In:      handlers, one at a time.
 * Always:  at most one snapshot of a reader is open, for as long as a handler runs: the store can't
 *          grow its map meanwhile. The catalog is that of the snapshot.
 */
#include "engine/web/reader.h"

#include "base/must.h"
#include "engine/journal.h"
#include "engine/queries.h"
#include "engine/snapshot.h"
#include "engine/stored_definitions.h"
#include "engine/web/answer.h"
#include "engine/web/web_part.h"

#include <stdlib.h>

#define QUARTER_MS 900000 /* of an hour */

struct web_reader {
    struct world world; /* first: core hands it back to us */
    struct reader_options options;
    struct view view;
    struct store_txn *txn; /* NULL: no snapshot */
    struct catalog *catalog;
    uint64_t entry;         /* the newest of the snapshot */
    uint64_t catalog_entry; /* the one the catalog was compared at */
    bool loaded;
    struct arena arena;
    struct buffer scratch;
    struct zone *zone;
};

static struct instance *get_instance(struct world *world, uint64_t id)
{
    struct web_reader *r = (struct web_reader *)world;
    struct instance *instance;

    return snapshot_instance(r->txn, r->catalog, &r->arena, id, &instance, NULL) ? instance : NULL;
}

static uint64_t find_key(struct world *world, const char *definition, struct bytes key)
{
    return snapshot_find_key(((struct web_reader *)world)->txn, definition, key);
}

bool reader_open(const struct reader_options *options, struct web_reader **ret_reader,
                 struct error *err)
{
    struct web_reader *r = xcalloc(1, sizeof *r);

    r->options = *options;
    r->catalog = catalog_create();
    if (!zone_open(options->zone, &r->zone, err)) {
        reader_close(&r);
        return false;
    }
    r->world.clock_rate = options->clock.rate > 0 ? options->clock.rate : 1;
    r->world.catalog = r->catalog;
    r->world.arena = &r->arena;
    r->world.scratch = &r->scratch;
    r->world.zone = r->zone;
    r->world.get = get_instance;
    r->world.find_key = find_key;
    r->view = (struct view){.world = &r->world,
                            .catalog = r->catalog,
                            .arena = &r->arena,
                            .counted = options->counted,
                            .mirror = options->mirror,
                            .page_ms = options->page_ms};
    *ret_reader = r;
    return true;
}

void reader_close(struct web_reader **reader)
{
    struct web_reader *r = *reader;

    if (r == NULL) {
        return;
    }
    reader_end(r);
    catalog_destroy(r->catalog);
    arena_fini(&r->arena);
    buffer_fini(&r->scratch);
    zone_close(&r->zone);
    free(r);
    *reader = NULL;
}

/* A clock that stands is moved by the engine: what it last wrote says where it is. */
static int64_t now_ms(const struct web_reader *r)
{
    struct journal_reader last;

    if (!r->options.stands) {
        return clock_now_ms(&r->options.clock);
    }
    return r->entry > 0 && journal_open(r->txn, r->entry, &last, NULL)
               ? last.time_ms
               : clock_now_ms(&r->options.clock);
}

static bool look_at_catalog(struct web_reader *r, struct error *err)
{
    if (r->loaded && r->catalog_entry == r->entry) {
        return true;
    }
    r->loaded = stored_definitions_load(r->txn, r->catalog, err);
    r->catalog_entry = r->entry;
    return r->loaded;
}

const struct view *reader_begin(struct web_reader *r, struct error *err)
{
    if (r->txn != NULL) {
        return &r->view;
    }
    if (!store_begin_read(r->options.store, &r->txn, err)) {
        return NULL;
    }
    r->entry = journal_last(r->txn);
    if (!look_at_catalog(r, err)) {
        store_abort(&r->txn);
        return NULL;
    }
    r->world.now_ms = now_ms(r);
    r->view.txn = r->txn;
    return &r->view;
}

void reader_end(struct web_reader *r)
{
    if (r->txn != NULL) {
        store_abort(&r->txn);
        r->view.txn = NULL;
        arena_reset(&r->arena);
        buffer_clear(&r->scratch);
    }
}

const struct view *reader_view(struct exchange *x)
{
    struct error err;
    const struct view *view = reader_begin(x->web->reader, &err);

    if (view == NULL) {
        answer_refusal(x, &err);
    }
    return view;
}

void reader_answer(struct exchange *x, enum client_verb verb, json_t *query)
{
    struct error err = ERROR_INIT;
    const struct view *view = request_end(x) ? reader_view(x) : NULL;
    json_t *answer = view != NULL ? query_answer(view, verb, query, &err) : NULL;

    if (answer != NULL) {
        answer_json(x, 200, answer);
    } else if (view != NULL) {
        answer_refusal(x, &err);
    }
    json_decref(query);
}

int64_t reader_quarter(int64_t now_ms)
{
    return now_ms / QUARTER_MS;
}

uint64_t reader_entry(const struct web_reader *r)
{
    return r->entry;
}
