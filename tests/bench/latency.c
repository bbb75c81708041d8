/* latency.c - how long one instance takes when nothing else is under way
 *
 * Owns:    what begins and ends the time of an instance: the START leaves, the event that says it
 *          is completed has come.
 * In:      a rig with one worker.
 * Out:     a line with percentiles.
 * Always:  the event leaves the engine after the commit that completed the instance.
 * See:     docs/performance.md §2.2
 */
#include "tests/bench/bench.h"
#include "tests/bench/documents.h"
#include "tests/bench/load.h"
#include "tests/bench/rig.h"
#include "tests/bench/samples.h"

#include <inttypes.h>
#include <string.h>

#define INSTANCES_DEFAULT 5000
#define WARM_UP           200
#define CONNECT_TRIES     100
#define TOPIC             "ru.marshrut.instance.completed.v1"

struct watch {
    struct load load;
    struct mr_subscriber *subscriber;
    struct samples completed_us;
    struct samples answered_us;
};

static uint64_t event_instance(const struct mr_event *event)
{
    json_t *value = json_loadb(event->json, event->size, 0, NULL);
    const json_t *data = json_object_get(value, "data");
    uint64_t instance = (uint64_t)json_integer_value(json_object_get(data, "instance"));

    json_decref(value);
    return instance;
}

/* The event of this instance; those of others are of the warm-up. */
static bool wait_event(struct watch *w, uint64_t instance, int ms, int64_t *ret_at_us,
                       struct error *err)
{
    struct mr_event event;
    struct mr_error reason;

    for (;;) {
        if (!mr_subscriber_receive(w->subscriber, ms, &event, &reason)) {
            return bench_interrupted(err) ? false : rig_refuse(err, &reason, TOPIC);
        }
        *ret_at_us = stopwatch_us();
        if (event_instance(&event) == instance) {
            return true;
        }
    }
}

static bool run_one(struct watch *w, int ms, struct error *err)
{
    int64_t completed_us;
    int64_t started_us = stopwatch_us();

    if (!load_start(&w->load, err) || !load_take(&w->load, RIG_ANSWER_MS, err)) {
        return false;
    }
    int64_t answered_us = stopwatch_us();
    if (!wait_event(w, w->load.last_instance, ms, &completed_us, err)) {
        return false;
    }
    samples_add(&w->answered_us, answered_us - started_us);
    samples_add(&w->completed_us, completed_us - started_us);
    return true;
}

/* A subscription takes a moment to reach the engine; events before it are not sent. */
static bool warm_up(struct watch *w, struct error *err)
{
    int tries = 0;

    while (w->completed_us.count < WARM_UP) {
        *err = ERROR_INIT;
        if (!run_one(w, 100, err) && (bench_interrupted(err) || ++tries == CONNECT_TRIES)) {
            return false;
        }
    }
    w->completed_us.count = 0;
    w->answered_us.count = 0;
    return true;
}

static double ms_at(struct samples *samples, double share)
{
    return (double)samples_percentile(samples, share) / 1000.0;
}

static void report_watch(struct bench *bench, struct watch *w)
{
    struct samples *all = &w->completed_us;

    report_add(bench->report, "latency",
               json_pack("{sf sf sf sf sf}", "p50_ms", ms_at(all, 0.5), "p99_ms", ms_at(all, 0.99),
                         "p999_ms", ms_at(all, 0.999), "max_ms", ms_at(all, 1.0), "start_p50_ms",
                         ms_at(&w->answered_us, 0.5)),
               json_pack("{sI si si si si sb}", "instances", (json_int_t)all->count, "in_flight", 1,
                         "steps", BENCH_STEPS, "payload_bytes", BENCH_PAYLOAD_BYTES, "workers", 1,
                         "sync", true));
}

static bool watch_all(struct watch *w, uint64_t total, struct error *err)
{
    struct mr_error reason;

    if (!load_open(&w->load, "bench-five", "bench-five", err)) {
        return false;
    }
    w->subscriber = mr_subscriber_create(RIG_EVENTS, TOPIC, &reason);
    if (w->subscriber == NULL) {
        return rig_refuse(err, &reason, "no subscriber");
    }
    bool ok = warm_up(w, err);
    while (ok && w->completed_us.count < total) {
        ok = run_one(w, RIG_ANSWER_MS, err);
    }
    return ok;
}

bool measure_latency(struct bench *bench, struct error *err)
{
    uint64_t total = bench->options.n ? bench->options.n : INSTANCES_DEFAULT;
    struct watch w = {.completed_us = SAMPLES_INIT};
    struct rig *rig;

    bench_progress("latency: %" PRIu64 " instances, one at a time", total);
    if (!rig_open(&bench->options, 100, 0, &rig, err)) {
        return false;
    }
    bool ok = watch_all(&w, total, err);
    if (ok) {
        report_watch(bench, &w);
    }
    mr_subscriber_destroy(w.subscriber);
    load_close(&w.load);
    samples_fini(&w.completed_us);
    samples_fini(&w.answered_us);
    rig_close(&rig);
    return ok;
}
