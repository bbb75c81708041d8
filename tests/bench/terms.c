/* terms.c - what it costs to move a term, among few open deadlines and among very many
 *
 * Owns:    the sizes that are compared; the terms that are moved, spread over all of them.
 * In:      a rig without a worker.
 * Out:     a line per size: processor time of the engine and time until the answer, for a moved
 *          term.
 * See:     docs/performance.md §2.8
 */
#include "base/clock.h"
#include "tests/bench/assignments.h"
#include "tests/bench/bench.h"
#include "tests/bench/process.h"
#include "tests/bench/samples.h"

#include <inttypes.h>
#include <stdio.h>

#define MOVES 2000

static const uint64_t sizes[] = {10000, 1000000};

struct days {
    char first[CIVIL_TEXT_MAX];
    char last[CIVIL_TEXT_MAX];
    char other[CIVIL_TEXT_MAX];
};

/* Nothing falls due while it is measured. */
static void find_days(struct days *ret_days)
{
    struct clock clock = clock_real();
    int64_t now = clock_now_ms(&clock);
    const int64_t day_ms = 86400000;
    int minute;

    assignments_moment(now + 30 * day_ms, ret_days->first, &minute);
    assignments_moment(now + 200 * day_ms, ret_days->last, &minute);
    assignments_moment(now + 260 * day_ms, ret_days->other, &minute);
}

static bool move(struct rig *rig, uint64_t instance, const char *day, struct error *err)
{
    char task[32];
    json_t *answer;

    snprintf(task, sizeof task, "%" PRIu64 ".1", instance);
    json_t *request = json_pack("{ss ss ss ss ss}", "task", task, "action", "move", "by",
                                ASSIGNMENTS_CONTROLLER, "day", day, "reason", "bench");
    if (!rig_ask(rig, "ASSIGNMENT", request, &answer, err)) {
        return false;
    }
    json_decref(answer);
    return true;
}

static bool move_some(struct bench *bench, struct rig *rig, uint64_t total, const struct days *days,
                      struct error *err)
{
    struct samples answers_us = SAMPLES_INIT;
    int64_t engine_us = process_cpu_us(rig->engine);
    bool ok = true;

    for (uint64_t i = 0; i < MOVES && ok; i++) {
        int64_t sent_us = stopwatch_us();
        ok = move(rig, 1 + i * (total / MOVES), days->other, err) && !bench_interrupted(err);
        samples_add(&answers_us, stopwatch_us() - sent_us);
    }
    engine_us = process_cpu_us(rig->engine) - engine_us;
    if (ok) {
        report_add(bench->report, "terms",
                   json_pack("{sI sf sf sf}", "open", (json_int_t)total, "cpu_us_per_move",
                             (double)engine_us / MOVES, "answer_p50_ms",
                             (double)samples_percentile(&answers_us, 0.5) / 1000.0, "answer_p99_ms",
                             (double)samples_percentile(&answers_us, 0.99) / 1000.0),
                   json_pack("{si sb}", "moves", MOVES, "sync", true));
    }
    samples_fini(&answers_us);
    return ok;
}

static bool measure_size(struct bench *bench, uint64_t total, struct error *err)
{
    struct load load = {0};
    struct days days;
    struct rig *rig;

    bench_progress("terms: %" PRIu64 " open deadlines", total);
    find_days(&days);
    if (!rig_open(&bench->options, 0, 0, &rig, err)) {
        return false;
    }
    bool ok = assignments_deploy(rig, 540, true, err) &&
              load_open(&load, "bench-ask", "bench-ask", err) &&
              assignments_start(&load, total, days.first, days.last, err) &&
              move_some(bench, rig, total, &days, err);
    load_close(&load);
    rig_close(&rig);
    return ok;
}

bool measure_terms(struct bench *bench, struct error *err)
{
    if (bench->options.n != 0) {
        return measure_size(bench, bench->options.n, err);
    }
    return measure_size(bench, sizes[0], err) && measure_size(bench, sizes[1], err);
}
