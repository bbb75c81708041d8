/* timers.c - how late tasks are whose timers are due at the same moment
 *
 * Owns:    how that moment is made: one event wakes all instances in one turn, so that their waits
 *          begin and end at one moment.
 * In:      a rig with one worker, which notes when each task after its timer comes.
 * Out:     a line with percentiles of: task in the worker's hands, less the moment it was due.
 * See:     docs/performance.md §2.5
 */
#include "base/clock.h"
#include "tests/bench/bench.h"
#include "tests/bench/documents.h"
#include "tests/bench/load.h"
#include "tests/bench/rig.h"
#include "tests/bench/samples.h"

#include <inttypes.h>
#include <stdio.h>

#define TIMERS_MAX 10000 /* one event wakes no more (LIMIT_EVENT_MATCHES) */
#define WINDOW     1024
#define LATE_MS    60000

/* "2023-01-09T06:00:00.000Z" of today or tomorrow, as milliseconds of the real clock: only the time
 * of the day is read, the day is the nearest one. */
static bool read_moment(const char *text, int64_t *ret_ms)
{
    const int64_t day_ms = 86400000;
    struct clock clock = clock_real();
    int64_t now_ms = clock_now_ms(&clock);
    int hour;
    int minute;
    int second;
    int ms;

    if (text == NULL ||
        sscanf(text, "%*d-%*d-%*dT%2d:%2d:%2d.%3dZ", &hour, &minute, &second, &ms) != 4) {
        return false;
    }
    int64_t moment_ms =
        now_ms / day_ms * day_ms + ((hour * 60 + minute) * 60 + second) * INT64_C(1000) + ms;
    if (moment_ms < now_ms - day_ms / 2) {
        moment_ms += day_ms;
    } else if (moment_ms > now_ms + day_ms / 2) {
        moment_ms -= day_ms;
    }
    *ret_ms = moment_ms;
    return true;
}

/* When the wait of this instance ends. */
static bool ask_due(struct rig *rig, uint64_t instance, int64_t *ret_due_ms, struct error *err)
{
    json_t *answer;

    if (!rig_ask(rig, "SHOW", json_pack("{sI}", "instance", (json_int_t)instance), &answer, err)) {
        return false;
    }
    const json_t *task = json_array_get(json_object_get(answer, "tasks"), 0);
    const char *until = json_string_value(json_object_get(task, "until"));
    bool ok = read_moment(until, ret_due_ms);
    if (!ok) {
        error_set(err, ERROR_IO, "SHOW does not tell until when instance %" PRIu64 " waits: %s",
                  instance, until ? until : "its timer has passed already");
    }
    json_decref(answer);
    return ok;
}

static bool wake_all(struct rig *rig, uint64_t count, struct error *err)
{
    json_t *answer;
    json_t *event = json_pack("{ss ss ss ss s{ss}}", "specversion", "1.0", "id", "timer-1",
                              "source", "/bench", "type", EVENT_TIMER, "data", "go", "now");

    if (!rig_ask(rig, "EVENT", event, &answer, err)) {
        return false;
    }
    json_int_t matched = json_integer_value(json_object_get(answer, "matched"));
    json_decref(answer);
    return (uint64_t)matched == count
               ? true
               : error_set(err, ERROR_IO, "the event woke %lld instances, not %" PRIu64,
                           (long long)matched, count);
}

/* Start all, wake all, and ask the first and the last when they are due: the same moment. */
static bool arm_all(struct rig *rig, uint64_t count, int64_t *ret_due_ms, struct error *err)
{
    struct load load;
    int64_t first_ms = 0;
    int64_t last_ms = 0;

    bool ok = load_open(&load, "bench-timer", "bench-timer", err) &&
              load_run(&load, count, WINDOW, err) && wake_all(rig, count, err) &&
              ask_due(rig, 1, &first_ms, err) && ask_due(rig, count, &last_ms, err);
    load_close(&load);
    if (ok && first_ms != last_ms) {
        return error_set(err, ERROR_IO, "the timers are not due at one moment");
    }
    *ret_due_ms = last_ms;
    return ok;
}

static bool wait_arrivals(struct rig *rig, uint64_t count, struct error *err)
{
    int64_t end_us = stopwatch_us() + (TIMER_WAIT_MS + LATE_MS) * INT64_C(1000);

    while (atomic_load(&rig->board->arrived) < count) {
        board_wait(rig->board, count, 1000);
        if (bench_interrupted(err)) {
            return false;
        }
        if (stopwatch_us() > end_us) {
            return error_set(err, ERROR_TIMEOUT, "%llu of %" PRIu64 " tasks came",
                             (unsigned long long)atomic_load(&rig->board->arrived), count);
        }
    }
    return true;
}

static bool run_timers(struct rig *rig, uint64_t count, struct samples *late_ms, struct error *err)
{
    int64_t due_ms = 0;

    if (!arm_all(rig, count, &due_ms, err) || !wait_arrivals(rig, count, err)) {
        return false;
    }
    for (uint64_t i = 0; i < count; i++) {
        samples_add(late_ms, rig->board->arrivals[i].at_ms - due_ms);
    }
    return true;
}

bool measure_timers(struct bench *bench, struct error *err)
{
    uint64_t count = bench->options.n ? bench->options.n : TIMERS_MAX;
    struct samples late_ms = SAMPLES_INIT;
    struct rig *rig;

    if (count > TIMERS_MAX) {
        bench_progress("timers: %d instead of %" PRIu64 ": one event wakes no more", TIMERS_MAX,
                       count);
        count = TIMERS_MAX;
    }
    bench_progress("timers: %" PRIu64 " at one moment", count);
    if (!rig_open(&bench->options, TIMERS_MAX, count, &rig, err)) {
        return false;
    }
    bool ok = run_timers(rig, count, &late_ms, err);
    if (ok) {
        report_add(bench->report, "timers",
                   json_pack("{sI sI sI sI}", "timers", (json_int_t)count, "late_p50_ms",
                             (json_int_t)samples_percentile(&late_ms, 0.5), "late_p99_ms",
                             (json_int_t)samples_percentile(&late_ms, 0.99), "late_max_ms",
                             (json_int_t)samples_percentile(&late_ms, 1.0)),
                   json_pack("{si si sb}", "wait_ms", TIMER_WAIT_MS, "workers", 1, "sync", true));
    }
    samples_fini(&late_ms);
    rig_close(&rig);
    return ok;
}
