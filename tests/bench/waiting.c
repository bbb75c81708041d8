/* waiting.c - what an instance costs that waits: bytes on disk, bytes of private memory
 *
 * Owns:    the sizes that are tried; what is subtracted (the engine with nothing in it).
 * In:      a rig without a worker. Every second instance listens for an event of its own, every
 *          second one waits for a year; each has its 200 bytes of input.
 * Out:     a line per size; the full rig stays for `restart`.
 * See:     docs/performance.md §2.3
 */
#include "tests/bench/waiting.h"

#include "tests/bench/load.h"
#include "tests/bench/process.h"
#include "tests/bench/rig.h"
#include "tests/bench/samples.h"

#include <inttypes.h>
#include <stdio.h>

#define WINDOW 4096 /* starts without an answer */

static const uint64_t sizes[] = {100000, WAITING_DEFAULT};

struct cost {
    uint64_t disk;
    uint64_t used;
    uint64_t private;
};

static bool read_cost(struct rig *rig, struct cost *ret_cost, struct error *err)
{
    json_t *stats;
    struct cost cost;

    /* the answer comes after everything before it is committed */
    if (!rig_ask(rig, "STATS", json_object(), &stats, err)) {
        return false;
    }
    const json_t *store = json_object_get(stats, "store");
    cost.used = (uint64_t)json_integer_value(json_object_get(store, "used_bytes"));
    json_decref(stats);
    if (!folder_disk_bytes("data/store", &cost.disk, err) ||
        !process_private_bytes(rig->engine, &cost.private, err)) {
        return false;
    }
    *ret_cost = cost;
    return true;
}

static double each(uint64_t after, uint64_t before, uint64_t count)
{
    return ((double)after - (double)before) / (double)count;
}

static void report_cost(struct bench *bench, const struct cost *empty, const struct cost *full,
                        uint64_t count, double starts_per_s)
{
    report_add(bench->report, "waiting",
               json_pack("{sI sf sf sf sI sf}", "instances", (json_int_t)count,
                         "disk_bytes_per_instance", each(full->disk, empty->disk, count),
                         "private_bytes_per_instance", each(full->private, empty->private, count),
                         "used_bytes_per_instance", each(full->used, empty->used, count),
                         "private_bytes_empty", (json_int_t)empty->private, "starts_per_s",
                         starts_per_s),
               json_pack("{si si ss sb}", "payload_bytes", BENCH_PAYLOAD_BYTES, "starts_in_flight",
                         WINDOW, "waits", "half for an event, half for a year", "sync", true));
}

static bool check_running(struct rig *rig, uint64_t total, struct error *err)
{
    uint64_t running;

    if (!rig_instances(rig, "running", &running, err)) {
        return false;
    }
    return running == total ? true
                            : error_set(err, ERROR_IO, "%" PRIu64 " instances wait, not %" PRIu64,
                                        running, total);
}

bool waiting_fill(struct rig *rig, struct load *load, uint64_t total, double *ret_starts_per_s,
                  struct error *err)
{
    uint64_t before = load->sent;
    int64_t from_us = stopwatch_us();

    if (!load_run(load, total, WINDOW, err)) {
        return false;
    }
    *ret_starts_per_s = (double)(total - before) * 1e6 / (double)(stopwatch_us() - from_us + 1);
    return check_running(rig, total, err);
}

static bool measure_sizes(struct bench *bench, struct rig *rig, const uint64_t *list, size_t count,
                          struct error *err)
{
    struct load load;
    struct cost empty;
    struct cost full;
    double starts_per_s;

    bool ok = read_cost(rig, &empty, err) && load_open(&load, WAITING_LISTEN, WAITING_WAIT, err);
    if (!ok) {
        return false;
    }
    for (size_t i = 0; i < count && ok; i++) {
        bench_progress("waiting: %" PRIu64 " instances", list[i]);
        ok = waiting_fill(rig, &load, list[i], &starts_per_s, err) && read_cost(rig, &full, err);
        if (ok) {
            report_cost(bench, &empty, &full, list[i], starts_per_s);
        }
    }
    load_close(&load);
    return ok;
}

bool measure_waiting(struct bench *bench, struct error *err)
{
    const uint64_t *list = bench->options.n ? &bench->options.n : sizes;
    size_t count = bench->options.n ? 1 : sizeof sizes / sizeof sizes[0];
    struct rig *rig;

    if (!rig_open(&bench->options, 0, 0, &rig, err)) {
        return false;
    }
    if (!measure_sizes(bench, rig, list, count, err)) {
        rig_close(&rig);
        return false;
    }
    bench->standing = rig;
    bench->standing_count = list[count - 1];
    return true;
}
