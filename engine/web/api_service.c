/* api_service.c - the gateway itself: health, metrics, statistics, events, its own description
 *
 * Owns:    the addresses that are not about the work of anybody.
 * See:     docs/http.md §1.9, §1.10
 */
#include "base/must.h"
#include "engine/web/answer.h"
#include "engine/web/api.h"
#include "engine/web/assets.h"
#include "engine/web/live.h"
#include "engine/web/memo.h"
#include "engine/web/web_part.h"

#include <string.h>

#define READY_MS   1000
#define METRICS_MS 2000

static void stats(struct exchange *x)
{
    if (request_end(x)) {
        link_ask(x, &(struct ask){.verb = CLIENT_STATS}, NULL);
    }
}

/* --- is it alive? -------------------------------------------------------------------------- */

static void health(struct exchange *x)
{
    if (request_end(x)) {
        answer_json(x, 200, json_pack("{sb}", "alive", true));
    }
}

/* Whatever is wrong, who balances load wants 503. */
static void engine_answered(void *context, const struct error *err, json_t *payload)
{
    struct exchange *x = context;
    struct error own = ERROR_INIT;

    (void)payload;
    x->ask = 0;
    if (err != NULL) {
        answer_problem(x, 503, err, NULL);
    } else if (reader_begin(x->web->reader, &own) == NULL) {
        answer_problem(x, 503, &own, NULL);
    } else {
        answer_json(
            x, 200,
            json_pack("{sb sI}", "ready", true, "entry", (json_int_t)reader_entry(x->web->reader)));
    }
    reader_end(x->web->reader);
}

/* The answer comes whether the engine says something or not. */
static void ask_stats(struct exchange *x, int64_t timeout_ms, link_fn *fn)
{
    struct ask ask = {.verb = CLIENT_STATS, .timeout_ms = timeout_ms};

    x->ask = UINT64_MAX; /* it waits; the number is the link's */
    link_send(x->web, &ask, fn, x);
}

static void ready(struct exchange *x)
{
    if (request_end(x)) {
        ask_stats(x, READY_MS, engine_answered);
    }
}

/* --- numbers ------------------------------------------------------------------------------- */

static void print_metrics(struct exchange *x, const json_t *numbers)
{
    struct buffer text = BUFFER_INIT;
    struct metrics_now now = {
        .connections = x->web->connection_count,
        .listeners = live_count(x->web->live),
        .waiting = (unsigned)(link_waiting(x->web->link) + memo_waiting(x->web->memo))};

    metrics_print(&x->web->metrics, &now, numbers, &text);
    answer_buffer(x, "text/plain; version=0.0.4; charset=utf-8", &text, NULL);
}

/* Ours are told even when the engine says nothing: that is when they are needed. */
static void numbers_came(void *context, const struct error *err, json_t *payload)
{
    struct exchange *x = context;

    x->ask = 0;
    print_metrics(x, err == NULL ? payload : NULL);
}

static void metrics(struct exchange *x)
{
    if (request_end(x)) {
        ask_stats(x, METRICS_MS, numbers_came);
    }
}

const struct api_route api_service_routes[] = {
    {"GET", "/healthz", "getHealth", health, 0},
    {"GET", "/readyz", "getReadiness", ready, 0},
    {"GET", "/metrics", "getMetrics", metrics, 0},
    {"GET", "/api/v1/stats", "getStats", stats, 0},
    {"GET", "/api/v1/events", "followEvents", live_answer, 0},
    {"GET", "/api/v1/openapi.yaml", "getDescription", assets_answer_openapi, 0},
    {NULL, NULL, NULL, NULL, 0},
};
