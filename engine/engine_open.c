/* engine_open.c - opening the parts of the engine, and closing them
 *
 * Owns:    their order: store, zone, turn, definitions, sockets; closing goes back.
 * In:      the configuration.
 * Out:     an engine that can go round.
 * Always:  what was opened is closed, also when the start fails in the middle.
 */
#include "engine/engine.h"

#include "base/must.h"
#include "engine/clockmark.h"
#include "engine/index.h"
#include "engine/mirror.h"
#include "engine/secret_files.h"
#include "engine/upkeep.h"

#include <stdlib.h>

#define STORE_FORMAT 1

static bool open_store(struct engine *e, struct error *err)
{
    char path[4096];
    struct store_options options = {.tables = table_names,
                                    .table_count = TABLE_COUNT,
                                    .format = STORE_FORMAT,
                                    .map_bytes_max = e->config->map_bytes_max,
                                    .free_bytes_min = e->config->free_bytes_min};

    snprintf(path, sizeof path, "%s/store", e->config->folder);
    bool open = e->config->memory ? store_open_memory(&options, &e->store, err)
                                  : store_open_lmdb(path, &options, &e->store, err);
    return open && clockmark_check(e->store, e->config->demo, err) &&
           storetoken_get(e->store, e->token, err);
}

/* Demonstration time goes on where it stopped. */
static void start_clock(struct engine *e)
{
    int64_t start_ms = e->turn.last_ms ? e->turn.last_ms : e->config->demo_start_ms;

    e->clock = e->config->stands ? clock_virtual(start_ms)
               : e->config->demo ? clock_demo(start_ms, e->config->demo_rate)
                                 : clock_real();
    e->turn.world.clock_rate = e->clock.rate > 0 ? e->clock.rate : 1; /* one that stands */
    e->turn.world.demonstration = e->config->demo;
}

/* A store of an older format does not know how many instances use which definition. Without room
 * it is counted with the first turn. */
static bool count_users(struct engine *e, struct error *err)
{
    if (!e->turn.uncounted || !store_room(e->store, NULL)) {
        return true;
    }
    bool ok = turn_begin(&e->turn, e->now_ms, err);
    e->turn.keep_time = true;
    ok = ok && turn_commit(&e->turn, err);
    turn_end(&e->turn);
    return ok;
}

/* Before somebody asks: later it would hold up a turn. */
static bool make_mirror(struct engine *e, struct error *err)
{
    struct store_txn *txn;

    if (!store_follow(e->store, TABLE_ASSIGNMENT, LIMIT_MIRROR_CHANGES_BYTES, err) ||
        !store_begin_read(e->store, &txn, err)) {
        return false;
    }
    e->mirror = mirror_create(LIMIT_MIRROR_ROWS, LIMIT_MIRROR_TEXTS_SPARE);
    mirror_follow(e->mirror, txn);
    store_abort(&txn);
    return true;
}

static bool open_parts(struct engine *e, struct error *err)
{
    const char *endpoints[SERVER_SOCKET_COUNT];

    for (int i = 0; i < SERVER_SOCKET_COUNT; i++) {
        endpoints[i] = e->config->endpoints[i];
    }
    if ((e->config->secrets && !secret_files_read(e->config->secrets, &e->secrets, err)) ||
        !open_store(e, err) || !zone_open(e->config->zone, &e->zone, err) ||
        !turn_init(&e->turn, e->store, e->catalog, err) || !engine_load_definitions(e, err) ||
        !index_build(e->store, e->catalog, err) || !make_mirror(e, err) ||
        !server_open(endpoints, &e->server, err)) {
        return false;
    }
    e->turn.world.zone = e->zone;
    e->turn.world.secrets = e->secrets;
    events_init(&e->events, &e->turn, e->config->event_ttl_ms, e->config->event_seen_ms);
    start_clock(e);
    dispatch_init(&e->dispatch, e->server, &e->turn, e->store, e->config->heartbeat_ms);
    e->dispatch.limits = e->config->limits;
    e->dispatch.limit_count = e->config->limit_count;
    e->upkeep = upkeep_create(e->config->folder);
    engine_read_clocks(e);
    e->started_mono_ms = e->mono_ms;
    e->today = CIVIL_DAY_NONE;
    e->starts_day = CIVIL_DAY_NONE;
    return count_users(e, err);
}

bool engine_open(const struct config *config, struct engine **ret_engine, struct error *err)
{
    struct engine *e = xcalloc(1, sizeof *e);

    e->config = config;
    e->catalog = catalog_create();
    message_init(&e->message);
    e->replies = xmalloc(config->turn_commands * sizeof *e->replies);
    e->queries = xmalloc(config->turn_commands * sizeof *e->queries);
    if (!open_parts(e, err)) {
        engine_close(&e);
        return false;
    }
    *ret_engine = e;
    return true;
}

static void say_bye(struct engine *e)
{
    struct worker_message bye = {.kind = WORKER_BYE};

    for (uint32_t i = 0; i < e->dispatch.sessions.count; i++) {
        dispatch_send(&e->dispatch, e->dispatch.sessions.all[i], &bye, (struct bytes){NULL, 0},
                      e->mono_ms);
    }
}

/* The time of a demonstration is kept even if nothing happened lately. */
static void keep_time(struct engine *e)
{
    if (e->config->demo && !e->failed && store_room(e->store, NULL) &&
        turn_begin(&e->turn, e->now_ms, NULL)) {
        e->turn.keep_time = true;
        turn_commit(&e->turn, NULL);
        turn_end(&e->turn);
    }
}

static void drop_queries(struct engine *e)
{
    for (size_t i = 0; i < e->query_count; i++) {
        json_decref(e->queries[i].request);
    }
}

void engine_close(struct engine **engine)
{
    struct engine *e = *engine;

    if (e == NULL) {
        return;
    }
    if (e->in_turn) { /* the start failed in the middle of it */
        turn_abort(&e->turn);
        turn_end(&e->turn);
    }
    if (e->server != NULL) {
        say_bye(e);
        keep_time(e);
        dispatch_fini(&e->dispatch);
    }
    upkeep_destroy(e->upkeep);
    server_close(&e->server);
    turn_fini(&e->turn);
    events_fini(&e->events);
    zone_close(&e->zone);
    json_decref(e->secrets);
    catalog_destroy(e->catalog);
    mirror_destroy(e->mirror);
    store_close(&e->store);
    message_fini(&e->message);
    drop_queries(e);
    free(e->replies);
    free(e->queries);
    free(e);
    *engine = NULL;
}
