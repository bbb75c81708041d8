/* queries.c - the verbs that only look
 *
 * Owns:    filters, pages and cursors of answers (protocol §3.6).
 * In:      a request and a read transaction; never core, never a write.
 * Always:  a page has at most LIMIT_PAGE rows, and a look at most SCAN_MAX; "next" says where to go
 *          on, null at the end.
 */
#include "base/must.h"
#include "engine/engine.h"
#include "engine/listing.h"
#include "engine/rows.h"
#include "engine/snapshot.h"
#include "engine/using.h"
#include "engine/why.h"

#include <string.h>

static const struct instance *get_instance(struct engine *e, struct store_txn *txn,
                                           const json_t *request, struct error *err)
{
    const json_t *id = json_object_get(request, "instance");
    struct instance *instance;

    if (!json_is_integer(id) || json_integer_value(id) < 1) {
        error_set(err, ERROR_INVALID, "\"instance\" must be the number of an instance");
        return NULL;
    }
    return snapshot_instance(txn, e->catalog, &e->turn.arena, (uint64_t)json_integer_value(id),
                             &instance, err)
               ? instance
               : NULL;
}

static json_t *show(struct engine *e, struct store_txn *txn, const json_t *request,
                    struct error *err)
{
    const struct instance *i = get_instance(e, txn, request, err);

    if (i == NULL) {
        return NULL;
    }
    json_t *row = rows_instance(e->catalog, i);
    json_t *tasks = json_array();
    for (uint32_t n = 0; n < i->task_count; n++) {
        json_array_append_new(tasks, rows_task(e, i, &i->tasks[n]));
    }
    json_object_set_new(row, "tasks", tasks);
    json_object_set_new(row, "children", json_pack("{si}", "open", (int)i->children_open));
    rows_set_json(row, "data", i->data);
    rows_set_json(row, "context", i->context);
    rows_set_json(row, "problem", i->problem);
    return row;
}

static json_t *why(struct engine *e, struct store_txn *txn, const json_t *request,
                   struct error *err)
{
    const struct instance *i = get_instance(e, txn, request, err);

    return i != NULL ? why_answer(e, txn, i) : NULL;
}

/* --- workers, definitions, numbers --------------------------------------------------------- */

static json_t *worker_row(const struct engine *e, const struct session *s)
{
    json_t *services = json_array();

    for (uint32_t i = 0; i < s->service_count; i++) {
        json_array_append_new(services, json_string(service_name(s->services[i])));
    }
    return json_pack("{ss so si si sI sI}", "name", s->name, "services", services, "credit",
                     (int)s->credit, "running", (int)s->running, "seen_ms_ago",
                     (json_int_t)(e->mono_ms - s->heard_ms), "since_ms_ago",
                     (json_int_t)(e->mono_ms - s->since_ms));
}

static json_t *workers(struct engine *e)
{
    json_t *rows = json_array();

    for (uint32_t i = 0; i < e->dispatch.sessions.count; i++) {
        json_array_append_new(rows, worker_row(e, e->dispatch.sessions.all[i]));
    }
    return json_pack("{so sn}", "rows", rows, "next");
}

/* removed: names have forgotten it; newest: this is what a start would take. */
static json_t *definition_row(const struct engine *e, struct store_txn *txn,
                              const struct definition *d)
{
    json_t *row =
        json_pack("{si ss ss si ss ss sb sb}", "number", (int)d->number, "kind",
                  definition_kind_name(d->kind), "name", d->name, "version", (int)d->version,
                  "title", d->title, "doc_version", d->doc_version, "newest",
                  catalog_find(e->catalog, d->kind, d->name) == d, "removed", d->removed);

    if (d->kind == DEFINITION_WORKFLOW || d->kind == DEFINITION_ROADMAP) {
        json_object_set_new(row, "used", json_integer((json_int_t)using_count(txn, d->number)));
    }
    return row;
}

/* One by its number, or the one that an instance runs, with its text. */
static json_t *one_definition(struct engine *e, struct store_txn *txn, const json_t *request,
                              struct error *err)
{
    json_int_t number = json_integer_value(json_object_get(request, "number"));

    if (json_object_get(request, "instance") != NULL) {
        const struct instance *i = get_instance(e, txn, request, err);
        if (i == NULL) {
            return NULL;
        }
        number = (json_int_t)i->definition;
    }
    const struct definition *d = number > 0 && number <= UINT32_MAX
                                     ? catalog_find_number(e->catalog, (uint32_t)number)
                                     : NULL;
    if (d == NULL) {
        error_set(err, ERROR_NOT_FOUND, "there is no definition of this \"number\"");
        return NULL;
    }
    json_t *row = definition_row(e, txn, d);
    json_object_set_new(row, "text", json_string(d->source));
    return json_pack("{s[o] sn}", "rows", row, "next");
}

static json_t *definitions(struct engine *e, struct store_txn *txn, const json_t *request,
                           struct error *err)
{
    json_t *rows;
    const struct definition *d;

    if (json_object_get(request, "number") != NULL ||
        json_object_get(request, "instance") != NULL) {
        return one_definition(e, txn, request, err);
    }
    rows = json_array();
    for (uint32_t i = 0; (d = catalog_at(e->catalog, i)) != NULL; i++) {
        json_array_append_new(rows, definition_row(e, txn, d));
    }
    return json_pack("{so sn}", "rows", rows, "next");
}

static json_t *tally(const struct engine *e, enum tally first, int count, const char *(*name)(int))
{
    json_t *object = json_object();

    for (int i = 1; i < count; i++) {
        json_object_set_new(object, name(i), json_integer(e->turn.tally[(int)first + i]));
    }
    return object;
}

static const char *instance_name(int i)
{
    return instance_state_name((enum instance_state)i);
}

static const char *assignment_name(int i)
{
    return assignment_state_name((enum assignment_state)i);
}

static const char *phase_of(int i)
{
    return phase_name((enum phase)i);
}

static json_t *store_numbers(const struct engine *e)
{
    struct store_stats s;

    store_stats(e->store, &s);
    return json_pack("{sI sI sI sI}", "used_bytes", (json_int_t)s.used_bytes, "file_bytes",
                     (json_int_t)s.file_bytes, "map_bytes", (json_int_t)s.map_bytes,
                     "free_disk_bytes", (json_int_t)s.free_disk_bytes);
}

static json_t *stats(struct engine *e)
{
    civil_day day;
    int minute;
    char today[CIVIL_TEXT_MAX];

    zone_civil(e->zone, e->now_ms, &day, &minute);
    civil_print(day, today);
    return json_pack("{so ss ss ss so so so sI sI sI s{sI sI} si sI sI sI sI so sI}", "now",
                     rows_time_json(e->now_ms), "clock", e->config->demo ? "demo" : "real", "zone",
                     zone_name(e->zone), "today", today, "instances",
                     tally(e, TALLY_INSTANCES, INSTANCE_STATE_COUNT, instance_name), "assignments",
                     tally(e, TALLY_ASSIGNMENTS, ASSIGNMENT_STATE_COUNT, assignment_name), "phases",
                     tally(e, TALLY_PHASES, PHASE_COUNT, phase_of), "ready",
                     (json_int_t)e->turn.tally[TALLY_READY], "incidents",
                     (json_int_t)e->turn.tally[TALLY_INCIDENTS], "letters",
                     (json_int_t)e->turn.tally[TALLY_LETTERS], "journal", "entry",
                     (json_int_t)(e->turn.world.entry - 1), "seq",
                     (json_int_t)(e->turn.world.next_record - 1), "workers",
                     (int)e->dispatch.sessions.count, "turns", (json_int_t)e->stats.turns,
                     "commands", (json_int_t)e->stats.commands, "results",
                     (json_int_t)e->stats.results, "refused", (json_int_t)e->stats.refused, "store",
                     store_numbers(e), "uptime_ms", (json_int_t)(e->mono_ms - e->started_mono_ms));
}

json_t *engine_query(struct engine *e, struct store_txn *txn, enum client_verb verb,
                     const json_t *request, struct error *err)
{
    switch (verb) {
    case CLIENT_LIST:
        return listing_instances(e, txn, request, err);
    case CLIENT_ASSIGNMENTS:
        return listing_assignments(e, txn, request, err);
    case CLIENT_INCIDENTS:
        return listing_incidents(e, txn, request, err);
    case CLIENT_JOURNAL:
        return listing_journal(e, txn, request, err);
    case CLIENT_HISTORY:
        return listing_history(e, txn, request, err);
    case CLIENT_SHOW:
        return show(e, txn, request, err);
    case CLIENT_WHY:
        return why(e, txn, request, err);
    case CLIENT_WORKERS:
        return workers(e);
    case CLIENT_DEFINITIONS:
        return definitions(e, txn, request, err);
    default:
        must(verb == CLIENT_STATS);
        return stats(e);
    }
}
