/* restart.c - from `kill -9` to the first answer, with many instances waiting
 *
 * Owns:    the kill, in the middle of writing; what counts as the first answer.
 * In:      the rig that `waiting` left, or one that it fills.
 * Out:     a line with the median of several kills.
 * Always:  after the last kill every instance that was acknowledged before is there.
 * See:     docs/performance.md §2.4
 */
#include "tests/bench/samples.h"
#include "tests/bench/waiting.h"

#include <inttypes.h>

#define KILLS  5
#define DURING 500 /* starts under way when the engine is killed */

/* Starts under way, and one answer: the engine is at work on the rest. */
static bool make_busy(struct load *load, struct error *err)
{
    struct mr_answer answer;
    struct mr_error reason;

    for (int i = 0; i < DURING; i++) {
        if (!load_start(load, err)) {
            return false;
        }
    }
    if (mr_client_receive(load->client, RIG_ANSWER_MS, &answer, &reason)) {
        return true;
    }
    return bench_interrupted(err) ? false : rig_refuse(err, &reason, "START");
}

/* Kill the engine while it writes, start it again, ask. Of the starts that were under way some are
 * committed and some are lost; their client goes on trying, as a real one would. */
static bool restart_once(struct rig *rig, uint64_t instance, struct samples *answer_us,
                         struct error *err)
{
    struct load load;
    json_t *answer = NULL;

    bool ok = load_open(&load, WAITING_LISTEN, WAITING_WAIT, err) && make_busy(&load, err);
    int64_t from_us = stopwatch_us();
    if (ok) {
        rig_kill(rig);
        ok =
            rig_start(rig, err) &&
            rig_ask(rig, "SHOW", json_pack("{sI}", "instance", (json_int_t)instance), &answer, err);
    }
    if (ok) {
        samples_add(answer_us, stopwatch_us() - from_us);
        json_decref(answer);
    }
    load_close(&load);
    return ok;
}

static bool fill(struct bench *bench, uint64_t total, struct error *err)
{
    struct load load;
    double starts_per_s;

    if (!rig_open(&bench->options, 0, 0, &bench->standing, err)) {
        return false;
    }
    bool ok = load_open(&load, WAITING_LISTEN, WAITING_WAIT, err) &&
              waiting_fill(bench->standing, &load, total, &starts_per_s, err);
    load_close(&load);
    bench->standing_count = total;
    return ok;
}

static bool check_nothing_lost(struct bench *bench, struct error *err)
{
    uint64_t running;

    if (!rig_instances(bench->standing, "running", &running, err)) {
        return false;
    }
    return running >= bench->standing_count
               ? true
               : error_set(err, ERROR_STORE, "%" PRIu64 " instances are there, %" PRIu64 " were",
                           running, bench->standing_count);
}

static void report_restart(struct bench *bench, struct samples *answer_us)
{
    report_add(bench->report, "restart",
               json_pack("{sI sf sf}", "instances", (json_int_t)bench->standing_count,
                         "first_answer_ms", (double)samples_percentile(answer_us, 0.5) / 1000.0,
                         "max_ms", (double)samples_percentile(answer_us, 1.0) / 1000.0),
               json_pack("{si ss si sb}", "kills", KILLS, "question", "SHOW", "starts_in_flight",
                         DURING, "sync", true));
}

bool measure_restart(struct bench *bench, struct error *err)
{
    uint64_t total = bench->options.n ? bench->options.n : WAITING_DEFAULT;
    struct samples answer_us = SAMPLES_INIT;

    bench_progress("restart: %" PRIu64 " instances, killed %d times", total, KILLS);
    bool ok = bench->standing != NULL || fill(bench, total, err);
    for (int i = 0; i < KILLS && ok; i++) {
        ok = restart_once(bench->standing, bench->standing_count / 2 + 1, &answer_us, err);
    }
    ok = ok && check_nothing_lost(bench, err);
    if (ok) {
        report_restart(bench, &answer_us);
    }
    samples_fini(&answer_us);
    rig_close(&bench->standing);
    return ok;
}
