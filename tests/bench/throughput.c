/* throughput.c - tasks per second, with many instances under way
 *
 * Owns:    the levels that are tried; what counts as done.
 * In:      a rig with one worker; a client that keeps that many instances under way.
 * Out:     a line with the best level, and all levels in it.
 * Always:  only what the engine has committed is counted (STATS), while the load is steady: at both
 *          ends of the time as many instances are under way. The worker's own count steers.
 * See:     docs/performance.md §2.1
 */
#include "tests/bench/throughput.h"
#include "base/must.h"
#include "tests/bench/bench.h"
#include "tests/bench/documents.h"
#include "tests/bench/load.h"
#include "tests/bench/process.h"
#include "tests/bench/rig.h"
#include "tests/bench/samples.h"

#include <inttypes.h>
#include <unistd.h>

#define INSTANCES_DEFAULT 50000
#define CAPACITY_MAX      10000
#define ROUNDS_MIN        10 /* so many times the number under way, or it never gets steady */
#define ROUNDS_WARM_UP    2
#define STUCK_MS          30000

static const uint32_t levels[] = {64, 256, 1024, 4096};

/* A reading at one moment: what is done, and what it has cost until now. */
struct reading {
    int64_t at_us;
    uint64_t completed;
    uint64_t turns;
    int64_t engine_us;
    int64_t worker_us;
    int64_t client_us;
};

static bool read_now(struct rig *rig, struct reading *ret_reading, struct error *err)
{
    json_t *stats;

    if (!rig_ask(rig, "STATS", json_object(), &stats, err)) {
        return false;
    }
    const json_t *instances = json_object_get(stats, "instances");
    *ret_reading = (struct reading){
        .at_us = stopwatch_us(),
        .completed = (uint64_t)json_integer_value(json_object_get(instances, "completed")),
        .turns = (uint64_t)json_integer_value(json_object_get(stats, "turns")),
        .engine_us = process_cpu_us(rig->engine),
        .worker_us = process_cpu_us(rig->worker),
        .client_us = process_cpu_us(getpid()),
    };
    json_decref(stats);
    return true;
}

/* Keep `in_flight` instances under way until `until` are finished, of `total` to be started. */
static bool keep_busy(struct rig *rig, struct load *load, uint32_t in_flight, uint64_t total,
                      uint64_t until, struct error *err)
{
    uint64_t finished = atomic_load(&rig->board->finished);
    int64_t moved_us = stopwatch_us();

    while (finished < until) {
        while (load->sent < total && load->sent - finished < in_flight) {
            if (!load_start(load, err)) {
                return false;
            }
        }
        uint64_t wake_at = finished + in_flight / 8 + 1;
        board_wait(rig->board, wake_at < until ? wake_at : until, 100);
        if (!load_take(load, 0, err)) {
            return false;
        }
        uint64_t now = atomic_load(&rig->board->finished);
        if (now != finished) {
            moved_us = stopwatch_us();
            finished = now;
        } else if (stopwatch_us() - moved_us > STUCK_MS * INT64_C(1000)) {
            return error_set(err, ERROR_TIMEOUT, "nothing was finished in %d s", STUCK_MS / 1000);
        }
    }
    return true;
}

/* The last results are on their way when the worker has handed them back. */
static bool wait_completed(struct rig *rig, uint64_t total, struct error *err)
{
    int64_t end_us = stopwatch_us() + STUCK_MS * INT64_C(1000);
    uint64_t completed = 0;

    while (completed < total && stopwatch_us() < end_us) {
        if (!rig_instances(rig, "completed", &completed, err)) {
            return false;
        }
    }
    return completed == total
               ? true
               : error_set(err, ERROR_TIMEOUT, "%" PRIu64 " of %" PRIu64 " instances are completed",
                           completed, total);
}

static json_t *level_figures(uint32_t in_flight, const struct reading *from,
                             const struct reading *to)
{
    double seconds = (double)(to->at_us - from->at_us) / 1e6;
    double instances = (double)(to->completed - from->completed);
    double tasks = instances * BENCH_STEPS;
    double turns = (double)(to->turns - from->turns);

    return json_pack("{sf sf si sI sf s{sf sf sf}}", "tasks_per_s", tasks / seconds,
                     "instances_per_s", instances / seconds, "in_flight", (int)in_flight, "counted",
                     (json_int_t)(to->completed - from->completed), "tasks_per_turn",
                     tasks / (turns > 0.0 ? turns : 1.0), "cpu_us_per_task", "engine",
                     (double)(to->engine_us - from->engine_us) / tasks, "worker",
                     (double)(to->worker_us - from->worker_us) / tasks, "client",
                     (double)(to->client_us - from->client_us) / tasks);
}

static bool run_level(struct rig *rig, const char *definition, uint32_t in_flight, uint64_t total,
                      json_t **ret_figures, struct error *err)
{
    struct load load;
    struct reading from = {0};
    struct reading to = {0};
    uint64_t warm_up = ROUNDS_WARM_UP * (uint64_t)in_flight;

    bool ok = load_open(&load, definition, definition, err) &&
              keep_busy(rig, &load, in_flight, total, warm_up, err) && read_now(rig, &from, err) &&
              keep_busy(rig, &load, in_flight, total, total - in_flight, err) &&
              read_now(rig, &to, err) && keep_busy(rig, &load, in_flight, total, total, err) &&
              wait_completed(rig, total, err);
    load_close(&load);
    if (ok) {
        *ret_figures = level_figures(in_flight, &from, &to);
    }
    return ok;
}

bool throughput_level(struct bench *bench, const char *definition, uint32_t in_flight,
                      uint64_t wanted, json_t **ret_figures, struct error *err)
{
    struct rig *rig;
    uint64_t least = ROUNDS_MIN * (uint64_t)in_flight;
    uint64_t total = wanted > least ? wanted : least;
    unsigned capacity = in_flight < CAPACITY_MAX ? in_flight : CAPACITY_MAX;

    bench_progress("%s: %" PRIu64 " instances, %u under way", definition, total, in_flight);
    if (!rig_open(&bench->options, capacity, 0, &rig, err)) {
        return false;
    }
    bool ok = run_level(rig, definition, in_flight, total, ret_figures, err);
    rig_close(&rig);
    return ok;
}

/* Of the levels tried, the one with most tasks a second. Borrowed. */
static const json_t *best_of(const json_t *tried)
{
    const json_t *best = json_array_get(tried, 0);

    for (size_t i = 1; i < json_array_size(tried); i++) {
        const json_t *level = json_array_get(tried, i);
        if (json_number_value(json_object_get(level, "tasks_per_s")) >
            json_number_value(json_object_get(best, "tasks_per_s"))) {
            best = level;
        }
    }
    return best;
}

bool measure_throughput(struct bench *bench, struct error *err)
{
    uint64_t total = bench->options.n ? bench->options.n : INSTANCES_DEFAULT;
    size_t count = bench->options.in_flight ? 1 : sizeof levels / sizeof levels[0];
    json_t *tried = json_array();
    bool ok = true;

    for (size_t i = 0; i < count && ok; i++) {
        uint32_t in_flight = bench->options.in_flight ? bench->options.in_flight : levels[i];
        json_t *figures;
        ok = throughput_level(bench, "bench-five", in_flight, total, &figures, err);
        if (ok) {
            json_array_append_new(tried, figures);
        }
    }
    if (ok) {
        json_t *figures = json_deep_copy(best_of(tried));
        json_object_set(figures, "levels", tried);
        report_add(bench->report, "throughput", figures,
                   json_pack("{sI si si si sb}", "instances", (json_int_t)total, "steps",
                             BENCH_STEPS, "payload_bytes", BENCH_PAYLOAD_BYTES, "workers", 1,
                             "sync", true));
    }
    json_decref(tried);
    return ok;
}
