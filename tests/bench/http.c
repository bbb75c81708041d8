/* http.c - how fast pages are while the engine works, and what they cost it
 *
 * Owns:    the load beside them: instances of five tasks, at a steady rate or as many as it can.
 * In:      an engine filled with a million instances, one worker.
 * Out:     a line with the times of each page at a steady 1,000 tasks/s; one with the tasks a
 *          second that the engine can do without pages and with them.
 * Always:  tasks are counted by what is committed (STATS).
 * See:     docs/performance.md §2.11
 */
#include "base/must.h"
#include "tests/bench/bench.h"
#include "tests/bench/filled.h"
#include "tests/bench/load.h"
#include "tests/bench/pages.h"
#include "tests/bench/process.h"
#include "tests/bench/samples.h"

#include <inttypes.h>
#include <poll.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define RATE_PER_S 200 /* instances: 1,000 tasks */
#define STEADY_S   60
#define FULL_S     15
#define IN_FLIGHT  1024
#define DRAIN_MS   30000
#define ROUNDS     7
#define ROUND_US   1500000

struct stand {
    struct rig *rig;
    struct load load;
    uint64_t base; /* finished on the board when the load was opened */
    char url[64];
};

static uint64_t under_way(const struct stand *s)
{
    return s->load.sent - (atomic_load(&s->rig->board->finished) - s->base);
}

/* --- the load ------------------------------------------------------------------------------ */

/* Start what is due at this moment at a rate; 0: keep IN_FLIGHT under way. */
static bool start_due(struct stand *s, uint64_t rate_per_s, uint64_t first, int64_t began_us,
                      struct error *err)
{
    for (;;) {
        uint64_t due = (uint64_t)(stopwatch_us() - began_us) * rate_per_s / 1000000;
        bool more = rate_per_s > 0 ? s->load.sent - first < due : under_way(s) < IN_FLIGHT;
        if (!more) {
            return true;
        }
        if (!load_start(&s->load, err)) {
            return false;
        }
    }
}

static bool drive(struct stand *s, uint64_t rate_per_s, int64_t until_us, bool pages,
                  struct error *err)
{
    int64_t began_us = stopwatch_us();
    uint64_t first = s->load.sent;
    bool go = true;

    while (go) {
        uint64_t finished = atomic_load(&s->rig->board->finished);
        if (!start_due(s, rate_per_s, first, began_us, err)) {
            return false;
        }
        if (rate_per_s == 0) {
            board_wait(s->rig->board, finished + IN_FLIGHT / 8, 20);
        }
        if (!load_take(&s->load, rate_per_s == 0 ? 0 : 2, err)) {
            return false;
        }
        go = pages ? pages_run() : stopwatch_us() < until_us;
    }
    return true;
}

static bool drain(struct stand *s, struct error *err)
{
    for (int ms = 0; ms < DRAIN_MS && (under_way(s) > 0 || s->load.answered < s->load.sent);
         ms += 10) {
        if (!load_take(&s->load, 10, err)) {
            return false;
        }
    }
    return under_way(s) == 0 ? true : error_set(err, ERROR_TIMEOUT, "tasks are not finished");
}

/* --- a stretch of time --------------------------------------------------------------------- */

struct stretch {
    uint64_t rate_per_s; /* 0 = as many as it can */
    int seconds;
    bool pages;
    double tasks_per_s;
    double engine_cpu; /* processors in use */
};

static bool run_stretch(struct stand *s, struct stretch *t, struct error *err)
{
    uint64_t before;
    uint64_t after;

    /* the same number is under way at both ends of the time */
    if (!drive(s, t->rate_per_s, stopwatch_us() + 2000000, false, err) ||
        (t->pages && !pages_start(s->url, t->seconds, err)) ||
        !drive(s, t->rate_per_s, stopwatch_us() + 1000000, false, err) ||
        !rig_instances(s->rig, "completed", &before, err)) {
        pages_stop();
        return false;
    }
    int64_t from_us = stopwatch_us();
    int64_t cpu_us = process_cpu_us(s->rig->engine);
    bool ok =
        drive(s, t->rate_per_s, from_us + (t->seconds - 1) * INT64_C(1000000), t->pages, err) &&
        rig_instances(s->rig, "completed", &after, err);
    pages_stop();
    if (!ok) {
        return false;
    }
    double took_us = (double)(stopwatch_us() - from_us);
    t->tasks_per_s = (double)(after - before) * BENCH_STEPS * 1e6 / took_us;
    t->engine_cpu = (double)(process_cpu_us(s->rig->engine) - cpu_us) / took_us;
    return drain(s, err);
}

static json_t *settings(const struct bench *bench)
{
    json_int_t n = (json_int_t)(bench->options.n != 0 ? bench->options.n : FILLED_DEFAULT);

    return json_pack("{sI sI sI si si ss}", "instances", n, "assignments_open", n / 10,
                     "assignments_closed", n / 10, "teachers", FILLED_TEACHERS, "requests_per_s",
                     PAGES_PER_S, "tool", "hey");
}

/* --- what a page costs --------------------------------------------------------------------- */

/* Each page once a round: what is kept of its last answer is too old by then. */
static bool ask_round(struct stand *s, struct samples *costs, struct error *err)
{
    int64_t end_us = stopwatch_us() + ROUND_US;

    for (size_t i = 0; i < pages_count(); i++) {
        int64_t before_ns = process_others_ns(s->rig->engine);
        if (!load_start(&s->load, err) || !load_take(&s->load, 100, err) ||
            !pages_ask(s->url, i, err)) {
            return false;
        }
        samples_add(&costs[i], (process_others_ns(s->rig->engine) - before_ns) / 1000);
    }
    while (stopwatch_us() < end_us) {
        poll(NULL, 0, 10);
    }
    return true;
}

/* Processor time of the thread that serves, which does not depend on what else the machine does. */
static bool measure_costs(struct bench *bench, struct stand *s, struct error *err)
{
    struct samples *costs = xcalloc(pages_count(), sizeof *costs);
    json_t *rows = json_object();
    double sum_ms = 0.0;
    bool ok = true;

    bench_progress("http: what each page costs, %d times", ROUNDS);
    for (int i = 0; i < ROUNDS && ok; i++) {
        ok = ask_round(s, costs, err);
    }
    for (size_t i = 0; i < pages_count(); i++) {
        double ms = ok ? (double)samples_percentile(&costs[i], 0.5) / 1000.0 : 0.0;
        json_object_set_new(rows, pages_name(i), json_real(ms));
        sum_ms += ms;
        samples_fini(&costs[i]);
    }
    free(costs);
    if (ok) {
        report_add(bench->report, "http_cost",
                   json_pack("{sf sO}", "cpu_ms", sum_ms / (double)pages_count(), "pages", rows),
                   settings(bench));
    }
    json_decref(rows);
    return ok && drain(s, err);
}

/* --- the measure --------------------------------------------------------------------------- */

static bool measure_steady(struct bench *bench, struct stand *s, struct error *err)
{
    struct stretch t = {.rate_per_s = RATE_PER_S, .seconds = STEADY_S, .pages = true};
    json_t *figures;

    bench_progress("http: %d requests/s and %d tasks/s, %d s", PAGES_PER_S,
                   RATE_PER_S * BENCH_STEPS, STEADY_S);
    if (!run_stretch(s, &t, err) || !pages_read(t.seconds, &figures, err)) {
        return false;
    }
    json_object_set_new(figures, "tasks_per_s", json_real(t.tasks_per_s));
    json_object_set_new(figures, "engine_processors", json_real(t.engine_cpu));
    report_add(bench->report, "http", figures, settings(bench));
    return true;
}

/* Without, with, without: what else the machine does hits all alike. */
static bool measure_full(struct bench *bench, struct stand *s, struct error *err)
{
    struct stretch t[3] = {
        {.seconds = FULL_S}, {.seconds = FULL_S, .pages = true}, {.seconds = FULL_S}};
    json_t *figures;

    bench_progress("http: as many tasks as it can, without requests and with them");
    for (int i = 0; i < 3; i++) {
        if (!run_stretch(s, &t[i], err)) {
            return false;
        }
    }
    if (!pages_read(FULL_S, &figures, err)) {
        return false;
    }
    double without = (t[0].tasks_per_s + t[2].tasks_per_s) / 2.0;
    json_object_set_new(figures, "tasks_per_s", json_real(t[1].tasks_per_s));
    json_object_set_new(figures, "tasks_per_s_without", json_real(without));
    json_object_set_new(figures, "share_left", json_real(t[1].tasks_per_s / without));
    report_add(bench->report, "http_full", figures, settings(bench));
    return true;
}

static bool find_url(struct stand *s, struct error *err)
{
    FILE *file = NULL;

    for (int i = 0; i < 500 && file == NULL; i++) {
        file = fopen("data/http.url", "r");
        if (file == NULL) {
            poll(NULL, 0, 10);
        }
    }
    bool ok = file != NULL && fgets(s->url, sizeof s->url, file) != NULL;
    if (file != NULL) {
        fclose(file);
    }
    s->url[strcspn(s->url, "\r\n")] = '\0';
    for (size_t end = strlen(s->url); end > 0 && s->url[end - 1] == '/'; end--) {
        s->url[end - 1] = '\0';
    }
    return ok || error_set(err, ERROR_IO, "the engine serves no HTTP");
}

/* A store that is kept may have tasks that an interrupted run left: they come first. */
static void settle(struct stand *s)
{
    do {
        s->base = atomic_load(&s->rig->board->finished);
        poll(NULL, 0, 1000);
    } while (atomic_load(&s->rig->board->finished) != s->base);
}

bool measure_http(struct bench *bench, struct error *err)
{
    struct stand s = {.base = 0};

    bench_progress("http: filling the store, some minutes");
    if (!filled_open(&bench->options, IN_FLIGHT, &s.rig, err)) {
        return false;
    }
    settle(&s);
    bool ok = find_url(&s, err) && load_open(&s.load, "bench-five", "bench-five", err) &&
              measure_costs(bench, &s, err) && measure_steady(bench, &s, err) &&
              measure_full(bench, &s, err);
    load_close(&s.load);
    rig_close(&s.rig);
    return ok;
}
