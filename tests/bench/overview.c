/* overview.c - what lists, overviews and a search cost when there is much to look through
 *
 * Owns:    the questions, and how many rows they go through.
 * In:      a rig without a worker, filled with open assignments of a thousand bodies.
 * Out:     a line: the answer times of each question.
 * Always:  nothing else goes on: what is measured is the walk, the rows that are read, and the
 *          answer's way back.
 * See:     docs/performance.md §2.9
 */
#include "base/clock.h"
#include "tests/bench/assignments.h"
#include "tests/bench/bench.h"
#include "tests/bench/process.h"
#include "tests/bench/samples.h"

#include <inttypes.h>
#include <stdio.h>

#define TOTAL_DEFAULT 200000
#define ASKED         50
#define DAY_MS        INT64_C(86400000)

static const struct question {
    const char *name;
    const char *verb;
    const char *request;
} questions[] = {
    {"overview", "OVERVIEW", "{}"},
    {"overview_of_body", "OVERVIEW", "{\"body\":\"b-0500\"}"},
    {"discipline", "DISCIPLINE", "{\"by\":\"body\",\"to\":\"2199-12-31\"}"},
    {"discipline_by_section", "DISCIPLINE", "{\"by\":\"section\",\"to\":\"2199-12-31\"}"},
    {"list", "ASSIGNMENTS", "{\"open\":true,\"limit\":100}"},
    {"list_of_body", "ASSIGNMENTS", "{\"body\":\"b-0500\",\"limit\":100}"},
    {"list_of_words", "ASSIGNMENTS", "{\"q\":\"план 1234\",\"limit\":100}"},
    {"list_of_instances", "LIST", "{\"definition\":\"bench-ask\",\"limit\":100}"},
    {"search", "SEARCH", "{\"q\":\"методич 1234\"}"},
    {"search_of_all", "SEARCH", "{\"q\":\"план\"}"},
};

static bool ask_often(struct rig *rig, const struct question *q, json_t *figures, struct error *err)
{
    struct samples samples = SAMPLES_INIT;
    char field[64];
    int64_t engine_us = process_cpu_us(rig->engine);
    bool ok = true;

    for (int i = 0; i < ASKED && ok; i++) {
        json_t *answer = NULL;
        int64_t began_us = stopwatch_us();
        ok = rig_ask(rig, q->verb, json_loads(q->request, 0, NULL), &answer, err) &&
             !bench_interrupted(err);
        samples_add(&samples, stopwatch_us() - began_us);
        json_decref(answer);
    }
    engine_us = process_cpu_us(rig->engine) - engine_us;
    if (ok) {
        snprintf(field, sizeof field, "%s_cpu_ms", q->name);
        json_object_set_new(figures, field, json_real((double)engine_us / 1000.0 / ASKED));
        snprintf(field, sizeof field, "%s_p50_ms", q->name);
        json_object_set_new(figures, field,
                            json_real((double)samples_percentile(&samples, 0.5) / 1000.0));
        snprintf(field, sizeof field, "%s_p99_ms", q->name);
        json_object_set_new(figures, field,
                            json_real((double)samples_percentile(&samples, 0.99) / 1000.0));
    }
    samples_fini(&samples);
    return ok;
}

static bool ask_all(struct bench *bench, struct rig *rig, uint64_t total, struct error *err)
{
    json_t *figures = json_pack("{sI}", "assignments", (json_int_t)total);
    bool ok = true;

    for (size_t i = 0; i < sizeof questions / sizeof questions[0] && ok; i++) {
        ok = ask_often(rig, &questions[i], figures, err);
    }
    if (!ok) {
        json_decref(figures);
        return false;
    }
    report_add(bench->report, "overview", figures,
               json_pack("{si si}", "asked", ASKED, "bodies", ASSIGNMENTS_BODIES));
    return true;
}

bool measure_overview(struct bench *bench, struct error *err)
{
    uint64_t total = bench->options.n != 0 ? bench->options.n : TOTAL_DEFAULT;
    struct clock clock = clock_real();
    int64_t now = clock_now_ms(&clock);
    struct load load = {0};
    char from[CIVIL_TEXT_MAX];
    char to[CIVIL_TEXT_MAX];
    struct rig *rig;
    int minute;

    bench_progress("overview: %" PRIu64 " assignments", total);
    assignments_moment(now - 2 * DAY_MS, from, &minute);
    assignments_moment(now + 200 * DAY_MS, to, &minute);
    if (!rig_open(&bench->options, 0, 0, &rig, err)) {
        return false;
    }
    bool ok = assignments_deploy(rig, 540, true, err) &&
              load_open(&load, "bench-ask", "bench-ask", err) &&
              assignments_start(&load, total, from, to, err) && ask_all(bench, rig, total, err);
    load_close(&load);
    rig_close(&rig);
    return ok;
}
