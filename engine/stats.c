/* stats.c - how the engine stands: its workers, its numbers, and the way to all queries
 *
 * Owns:    the answers of WORKERS and STATS, which are in no table.
 * In:      a query, after the commit of what was decided before it.
 * Out:     JSON; what is in tables is answered by queries.c.
 */
#include "base/must.h"
#include "engine/engine.h"
#include "engine/filter.h"
#include "engine/queries.h"
#include "engine/rows.h"
#include "engine/search.h"

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

/* All of them, or those with the words of "q". */
static json_t *workers(struct engine *e, const json_t *request, struct error *err)
{
    struct search_query query = {.count = 0};
    const char *q;

    if (!filter_text(request, "q", &q, err) || (q != NULL && !search_read(q, &query, err))) {
        return NULL;
    }
    json_t *rows = json_array();
    for (uint32_t i = 0; i < e->dispatch.sessions.count; i++) {
        const struct session *session = e->dispatch.sessions.all[i];
        if (q == NULL || search_worker_has(&query, session)) {
            json_array_append_new(rows, worker_row(e, session));
        }
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
    return json_pack("{ss sI sI sI sI}", "token", e->token, "used_bytes", (json_int_t)s.used_bytes,
                     "file_bytes", (json_int_t)s.file_bytes, "map_bytes", (json_int_t)s.map_bytes,
                     "free_disk_bytes", (json_int_t)s.free_disk_bytes);
}

/* How fast the clock of a demonstration runs; NULL for the real one, and for one that stands. */
static json_t *rate_of(const struct engine *e)
{
    bool runs = e->config->demo && !e->config->stands;

    return runs ? json_integer((json_int_t)e->config->demo_rate) : NULL;
}

static json_t *stats(struct engine *e)
{
    civil_day day;
    int minute;
    char today[CIVIL_TEXT_MAX];

    zone_civil(e->zone, e->now_ms, &day, &minute);
    civil_print(day, today);
    return json_pack(
        "{so ss so* ss ss si so so so sI sI sI s{sI sI} si sI sI sI sI so sI}", "now",
        rows_time_json(e->now_ms), "clock", e->config->demo ? "demo" : "real", "rate", rate_of(e),
        "zone", zone_name(e->zone), "today", today, "minute", minute, "instances",
        tally(e, TALLY_INSTANCES, INSTANCE_STATE_COUNT, instance_name), "assignments",
        tally(e, TALLY_ASSIGNMENTS, ASSIGNMENT_STATE_COUNT, assignment_name), "phases",
        tally(e, TALLY_PHASES, PHASE_COUNT, phase_of), "ready",
        (json_int_t)e->turn.tally[TALLY_READY], "incidents",
        (json_int_t)e->turn.tally[TALLY_INCIDENTS], "letters",
        (json_int_t)e->turn.tally[TALLY_LETTERS], "journal", "entry",
        (json_int_t)(e->turn.world.entry - 1), "seq", (json_int_t)(e->turn.world.next_record - 1),
        "workers", (int)e->dispatch.sessions.count, "turns", (json_int_t)e->stats.turns, "commands",
        (json_int_t)e->stats.commands, "results", (json_int_t)e->stats.results, "refused",
        (json_int_t)e->stats.refused, "store", store_numbers(e), "uptime_ms",
        (json_int_t)(e->mono_ms - e->started_mono_ms));
}

json_t *engine_query(struct engine *e, struct store_txn *txn, enum client_verb verb,
                     const json_t *request, struct error *err)
{
    struct view view = {.world = turn_world(&e->turn),
                        .catalog = e->catalog,
                        .arena = &e->turn.arena,
                        .txn = txn,
                        .dispatch = &e->dispatch,
                        .mirror = e->mirror,
                        .page_ms = e->config->turn_ms};

    return verb == CLIENT_WORKERS ? workers(e, request, err)
           : verb == CLIENT_STATS ? stats(e)
                                  : query_answer(&view, verb, request, err);
}
