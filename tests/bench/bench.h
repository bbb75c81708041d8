/* bench.h - the measures: what each takes, and the one place where they are listed
 *
 * A measure starts an engine of its own, does what docs/performance.md says, and adds lines to the
 * report. It returns false with *err when it could not measure; a figure beyond its target is no
 * failure. Everything that was started is gone when it returns.
 */
#ifndef BENCH_BENCH_H
#define BENCH_BENCH_H

#include "base/error.h"
#include "tests/bench/report.h"

#include <stdint.h>

#define BENCH_STEPS         5   /* tasks of an instance */
#define BENCH_PAYLOAD_BYTES 200 /* JSON into and out of each of them */

struct rig;

struct bench_options {
    char *folder;       /* where the data folders are made; on the disk to be measured */
    char *engine;       /* the program marshrutd */
    char *store;        /* http: a folder where the filled store is kept; NULL = it is not */
    uint64_t n;         /* --n, 0 = the measure's own */
    uint32_t in_flight; /* --in-flight, 0 = several are tried */
    bool json;
};

struct bench {
    struct bench_options options;
    struct report *report;
    /* What `waiting` leaves for `restart`, so that a million instances are started once. NULL when
     * there is none; whoever takes it closes it. */
    struct rig *standing;
    uint64_t standing_count;
};

typedef bool measure_fn(struct bench *bench, struct error *err);

bool measure_throughput(struct bench *bench, struct error *err);
bool measure_latency(struct bench *bench, struct error *err);
bool measure_waiting(struct bench *bench, struct error *err);
bool measure_restart(struct bench *bench, struct error *err);
bool measure_timers(struct bench *bench, struct error *err);
bool measure_notices(struct bench *bench, struct error *err);
bool measure_terms(struct bench *bench, struct error *err);
bool measure_overview(struct bench *bench, struct error *err);
bool measure_http(struct bench *bench, struct error *err);
bool measure_due(struct bench *bench, struct error *err);
bool measure_expressions(struct bench *bench, struct error *err);

/* Somebody pressed Ctrl-C: loops ask, and end with ERROR_REFUSED. */
bool bench_interrupted(struct error *err);

/* A line on standard error: how far it is. */
void bench_progress(const char *fmt, ...) PRINTF_LIKE(1, 2);

#endif
