/* notices.c - a morning on which very many notices fall due
 *
 * Owns:    how that morning is made: assignments whose openings are told at the next full minute
 *          that leaves time to give them all.
 * In:      a rig without a worker: what is measured is deciding, not mail. While it decides, a
 *          client starts instances, one after another, and looks how long each answer takes.
 * Out:     a line with letters of the day, and one with a letter for each notice.
 * Always:  decided is what the engine says (STATS): no assignment is planned any more, and so many
 *          letters wait to be delivered.
 * See:     docs/performance.md §2.7
 */
#include "base/clock.h"
#include "tests/bench/assignments.h"
#include "tests/bench/bench.h"
#include "tests/bench/process.h"
#include "tests/bench/samples.h"

#include <inttypes.h>

#define NOTICES_DEFAULT 100000
#define START_PER_S     2500  /* assignments that a slow machine gives in a second */
#define READY_MS        10000 /* to spare before the minute */
#define DECIDE_MS       120000
#define LOOK_MS         100 /* between two looks at how far it is */
#define MINUTE_MS       60000
#define LAST_DAYS       60

struct morning {
    struct rig *rig;
    uint64_t notices;
    uint64_t letters;
    int64_t at_ms; /* real clock */
    struct samples answers_us;
    int64_t decided_ms; /* from at_ms until all was decided */
    int64_t engine_us;
};

static int64_t now_ms(void)
{
    struct clock clock = clock_real();

    return clock_now_ms(&clock);
}

/* --- before ---------------------------------------------------------------------------------- */

static bool prepare(struct morning *m, bool digest, struct error *err)
{
    int64_t ready_ms = now_ms() + READY_MS + (int64_t)(m->notices * 1000 / START_PER_S);
    char first[CIVIL_TEXT_MAX];
    char last[CIVIL_TEXT_MAX];
    struct load load;
    int minute;
    int other;

    m->at_ms = (ready_ms / MINUTE_MS + 1) * MINUTE_MS;
    m->letters = digest && m->notices > ASSIGNMENTS_BODIES ? ASSIGNMENTS_BODIES : m->notices;
    assignments_moment(m->at_ms, first, &minute);
    assignments_moment(m->at_ms + LAST_DAYS * INT64_C(86400000), last, &other);
    bool ok = assignments_deploy(m->rig, minute, digest, err) &&
              load_open(&load, "bench-ask", "bench-ask", err);
    if (!ok) {
        return false;
    }
    ok = assignments_start(&load, m->notices, first, last, err);
    load_close(&load);
    return ok && (now_ms() < m->at_ms ||
                  error_set(err, ERROR_TIMEOUT, "giving the assignments took too long"));
}

/* --- the morning ----------------------------------------------------------------------------- */

static bool is_decided(struct morning *m, bool *ret_decided, struct error *err)
{
    json_t *stats;

    if (!rig_ask(m->rig, "STATS", json_object(), &stats, err)) {
        return false;
    }
    const json_t *a = json_object_get(stats, "assignments");
    json_int_t planned = json_integer_value(json_object_get(a, "planned"));
    json_int_t letters = json_integer_value(json_object_get(stats, "letters"));
    json_decref(stats);
    *ret_decided = planned == 0 && (uint64_t)letters >= m->letters;
    return true;
}

/* A command as people send them: it is committed before it is answered. */
static bool command(struct morning *m, struct load *load, struct error *err)
{
    int64_t sent_us = stopwatch_us();

    if (!load_start(load, err) || !load_take(load, RIG_ANSWER_MS, err)) {
        return false;
    }
    if (now_ms() >= m->at_ms) {
        samples_add(&m->answers_us, stopwatch_us() - sent_us);
    }
    return true;
}

static bool watch(struct morning *m, struct load *load, struct error *err)
{
    int64_t look_us = 0;
    bool decided = false;

    while (!decided) {
        if (!command(m, load, err)) {
            return false;
        }
        if (now_ms() < m->at_ms) {
            m->engine_us = process_cpu_us(m->rig->engine);
        } else if (stopwatch_us() >= look_us) {
            if (!is_decided(m, &decided, err)) {
                return false;
            }
            look_us = stopwatch_us() + LOOK_MS * 1000;
        }
        if (now_ms() > m->at_ms + DECIDE_MS) {
            return error_set(err, ERROR_TIMEOUT, "not decided in %d s", DECIDE_MS / 1000);
        }
    }
    m->decided_ms = now_ms() - m->at_ms;
    m->engine_us = process_cpu_us(m->rig->engine) - m->engine_us;
    return true;
}

static void report_morning(struct bench *bench, struct morning *m, bool digest)
{
    struct samples *all = &m->answers_us;

    report_add(bench->report, digest ? "notices" : "letters",
               json_pack("{sI sI sf sf sf sf sf}", "notices", (json_int_t)m->notices, "letters",
                         (json_int_t)m->letters, "decided_s", (double)m->decided_ms / 1000.0,
                         "cpu_us_per_notice", (double)m->engine_us / (double)m->notices,
                         "answer_p50_ms", (double)samples_percentile(all, 0.5) / 1000.0,
                         "answer_p99_ms", (double)samples_percentile(all, 0.99) / 1000.0,
                         "answer_max_ms", (double)samples_percentile(all, 1.0) / 1000.0),
               json_pack("{si sb sI sb}", "bodies", ASSIGNMENTS_BODIES, "digest", digest,
                         "commands", (json_int_t)all->count, "sync", true));
}

static bool measure_one(struct bench *bench, bool digest, struct error *err)
{
    struct morning m = {.notices = bench->options.n ? bench->options.n : NOTICES_DEFAULT};
    struct load load = {0};

    bench_progress("notices: %" PRIu64 " on one morning, %s", m.notices,
                   digest ? "one letter for a body" : "a letter for each");
    if (!rig_open(&bench->options, 0, 0, &m.rig, err)) {
        return false;
    }
    bool ok = prepare(&m, digest, err) && load_open(&load, "bench-wait", "bench-wait", err) &&
              watch(&m, &load, err);
    if (ok) {
        report_morning(bench, &m, digest);
    }
    load_close(&load);
    samples_fini(&m.answers_us);
    rig_close(&m.rig);
    return ok;
}

bool measure_notices(struct bench *bench, struct error *err)
{
    return measure_one(bench, true, err) && measure_one(bench, false, err);
}
