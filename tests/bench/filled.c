/* filled.c - filling an engine with what years leave in it
 *
 * Owns:    what is put in: the bundled plans and their cycle, started; assignments whose terms
 *          spread over a year, as many of them closed as open; instances that wait.
 * In:      a rig without HTTP and without a worker: it is filled, then started again with both.
 * Always:  a store that is kept has a file that says it is whole: half a one is refused.
 * See:     docs/performance.md §2.11
 */
#include "tests/bench/filled.h"

#include "base/clock.h"
#include "base/must.h"
#include "tests/bench/assignments.h"
#include "tests/bench/documents.h"
#include "tests/bench/load.h"
#include "tests/bench/waiting.h"

#include <errno.h>
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#define WINDOW    2048 /* commands without an answer */
#define DAYS_PAST 40   /* terms spread from so many days ago … */
#define DAYS_ALL  365  /* … over so many days */
#define DAYS_LONG 60   /* from the first day of a term to its last */
#define DAY_MS    INT64_C(86400000)
#define MINUTE_MS 60000
#define FILE_MAX  (4 << 20)
#define WHOLE     "whole"

static const char *const bundled[] = {
    "calendars/ru.yaml",        "bodies/federal.yaml",          "bodies/lo.yaml",
    "bodies/dubna.yaml",        "bodies/aleksandrovsk.yaml",    "policies/default.yaml",
    "policies/lo-2021.yaml",    "policies/teachers.yaml",       "roadmap-item.yaml",
    "roadmaps/lo-2021.yaml",    "roadmaps/lo-2021-events.yaml", "roadmaps/aleksandrovsk-2021.yaml",
    "roadmaps/dubna-2022.yaml", "roadmaps/lo-2023.yaml",        "cycles/teacher-cycle.yaml",
};
static const char *const plans[] = {"lo-2021", "lo-2021-events", "aleksandrovsk-2021", "dubna-2022",
                                    FILLED_PLAN};

/* --- documents and plans ------------------------------------------------------------------- */

static char *read_file(const char *path, struct error *err)
{
    FILE *file = fopen(path, "r");
    char *text = xmalloc(FILE_MAX);
    size_t size = file != NULL ? fread(text, 1, FILE_MAX - 1, file) : 0;

    text[size] = '\0';
    if (file != NULL) {
        fclose(file);
    }
    if (size == 0) {
        error_set(err, ERROR_IO, "can't read %s: %s", path, strerror(errno));
        free(text);
        return NULL;
    }
    return text;
}

static bool ask(struct rig *rig, const char *verb, json_t *request, struct error *err)
{
    json_t *answer;

    if (!rig_ask(rig, verb, request, &answer, err)) {
        return false;
    }
    json_decref(answer);
    return true;
}

static bool deploy_bundled(struct rig *rig, struct error *err)
{
    bool ok = true;

    for (size_t i = 0; i < sizeof bundled / sizeof bundled[0] && ok; i++) {
        char path[4096];
        snprintf(path, sizeof path, "%s/%s", WORKFLOWS, bundled[i]);
        char *text = read_file(path, err);
        ok = text != NULL &&
             ask(rig, "DEPLOY", json_pack("{ss ss}", "file", bundled[i], "text", text), err);
        free(text);
    }
    for (size_t i = 0; i < sizeof plans / sizeof plans[0] && ok; i++) {
        ok = ask(rig, "BEGIN", json_pack("{ss ss}", "definition", plans[i], "key", plans[i]), err);
    }
    return ok;
}

/* --- many of a kind ------------------------------------------------------------------------ */

struct filling {
    struct load load;
    uint64_t *instances; /* of the answers to START, in the order of the requests */
    bool noting;         /* those come now */
};

typedef bool send_fn(struct filling *f, uint64_t number, struct error *err);

static void note(struct filling *f, uint64_t number, const struct mr_answer *answer)
{
    if (f->noting) {
        json_t *value = json_loadb(answer->json, answer->size, 0, NULL);
        json_t *instance = json_object_get(value, "instance");
        f->instances[number] = (uint64_t)json_integer_value(instance);
        json_decref(value);
    }
}

/* Send `total` of them, at most WINDOW without an answer, and take all answers. */
static bool send_many(struct filling *f, send_fn *send, uint64_t total, struct error *err)
{
    uint64_t sent = 0;
    uint64_t answered = 0;
    struct mr_answer answer;

    while (answered < total) {
        for (; sent < total && sent - answered < WINDOW; sent++) {
            if (!send(f, sent, err)) {
                return false;
            }
        }
        if (!mr_client_receive(f->load.client, RIG_ANSWER_MS, &answer, NULL)) {
            return error_set(err, ERROR_TIMEOUT, "the engine gave no answer");
        }
        if (!answer.ok) {
            return error_set(err, ERROR_IO, "%s: %.*s", answer.code,
                             answer.size < 300 ? (int)answer.size : 300, answer.json);
        }
        note(f, answered++, &answer);
        if (bench_interrupted(err)) {
            return false;
        }
    }
    return true;
}

static bool send_start(struct load *load, const char *definition, json_t *input, struct error *err)
{
    struct mr_error reason;
    uint64_t request;
    char *text = json_dumps(input, JSON_COMPACT);
    bool ok =
        mr_client_start(load->client, definition, NULL, 5, text, strlen(text), &request, &reason) ||
        rig_refuse(err, &reason, "START");

    json_decref(input);
    free(text);
    return ok;
}

static bool send_assignment(struct filling *f, uint64_t number, struct error *err)
{
    struct clock clock = clock_real();
    int64_t day = (int64_t)(number * 7 % DAYS_ALL) - DAYS_PAST; /* far ones and near ones in turn */
    int64_t at_ms = clock_now_ms(&clock) + day * DAY_MS;
    char title[160];
    char body[16];
    char from[CIVIL_TEXT_MAX];
    char to[CIVIL_TEXT_MAX];
    int minute;

    snprintf(title, sizeof title, "Разработка и утверждение плана методической работы, %" PRIu64,
             number);
    snprintf(body, sizeof body, "b-%04u", (unsigned)(number % ASSIGNMENTS_BODIES));
    assignments_moment(at_ms - DAYS_LONG * DAY_MS, from, &minute);
    assignments_moment(at_ms, to, &minute);
    return send_start(&f->load, "bench-ask",
                      json_pack("{so ss ss s{ss ss}}", "no", json_sprintf("%" PRIu64, number),
                                "title", title, "responsible", body, "due", "from", from, "to", to),
                      err);
}

static bool send_teacher(struct filling *f, uint64_t number, struct error *err)
{
    return send_start(
        &f->load, FILLED_CYCLE,
        json_pack("{s{so so so so si}}", "teacher", "id", json_sprintf("t-%" PRIu64, number),
                  "name", json_sprintf("Условный педагог № %" PRIu64, number), "municipality",
                  json_sprintf("Условный район № %" PRIu64, number % 18), "school",
                  json_sprintf("Условная школа № %" PRIu64, number % 300), "experience_years", 10),
        err);
}

static bool send_action(struct filling *f, uint64_t number, const char *action, const char *by,
                        struct error *err)
{
    struct mr_error reason;
    uint64_t request;
    char text[256];
    int size = snprintf(
        text, sizeof text, "{\"task\":\"%" PRIu64 ".1\",\"action\":\"%s\",\"by\":\"%s\"%s}",
        f->instances[number], action, by,
        strcmp(action, "report") == 0 ? ",\"report\":{\"text\":\"Исполнено\"}" : "");

    return mr_client_send(f->load.client, "ASSIGNMENT", text, (size_t)size, &request, &reason) ||
           rig_refuse(err, &reason, "ASSIGNMENT");
}

static bool send_report(struct filling *f, uint64_t number, struct error *err)
{
    char body[16];

    snprintf(body, sizeof body, "b-%04u", (unsigned)(number % ASSIGNMENTS_BODIES));
    return send_action(f, number, "report", body, err);
}

static bool send_accept(struct filling *f, uint64_t number, struct error *err)
{
    return send_action(f, number, "accept", ASSIGNMENTS_CONTROLLER, err);
}

/* --- filling ------------------------------------------------------------------------------- */

/* Assignments are given first: the letters of the day, which leave two minutes later, are written
 * while the rest is filled in. */
static bool fill_assignments(struct rig *rig, struct filling *f, uint64_t open, struct error *err)
{
    struct clock clock = clock_real();
    char today[CIVIL_TEXT_MAX];
    int minute;

    assignments_moment(clock_now_ms(&clock) + 2 * MINUTE_MS, today, &minute);
    bench_progress("%" PRIu64 " assignments, half of them closed", 2 * open);
    f->instances = xmalloc(2 * open * sizeof *f->instances);
    f->noting = true;
    bool ok =
        assignments_deploy(rig, minute, true, err) && send_many(f, send_assignment, 2 * open, err);
    f->noting = false;
    ok = ok && send_many(f, send_report, open, err) && send_many(f, send_accept, open, err);
    free(f->instances);
    return ok;
}

static bool fill(struct rig *rig, uint64_t instances, struct error *err)
{
    struct filling f = {.instances = NULL};

    if (!load_open(&f.load, WAITING_LISTEN, WAITING_WAIT, err)) {
        return false;
    }
    bool ok = fill_assignments(rig, &f, instances / 10, err) && deploy_bundled(rig, err) &&
              send_many(&f, send_teacher, FILLED_TEACHERS, err);
    if (ok) {
        bench_progress("the plans, %d teachers; now %" PRIu64 " instances", FILLED_TEACHERS,
                       instances);
        ok = load_run(&f.load, instances, 2 * WINDOW, err);
    }
    load_close(&f.load);
    return ok;
}

/* --- opening ------------------------------------------------------------------------------- */

static bool write_line(const char *name, const char *mode, const char *line, struct error *err)
{
    FILE *file = fopen(name, mode);
    bool ok = file != NULL && fputs(line, file) >= 0;

    ok = file != NULL && fclose(file) == 0 && ok;
    return ok || error_set(err, ERROR_IO, "can't write %s: %s", name, strerror(errno));
}

static bool wait_ready(struct rig *rig, struct error *err)
{
    return ask(rig, "STATS", json_object(), err);
}

/* A worker is forked while this process has no sockets. */
static bool start_with_http(struct rig *rig, unsigned capacity, struct error *err)
{
    unlink("data/http.url");
    return worker_start(RIG_WORKERS, capacity, rig->board, &rig->worker, err) &&
           rig_start(rig, err) && wait_ready(rig, err);
}

bool filled_open(const struct bench_options *options, unsigned capacity, struct rig **ret_rig,
                 struct error *err)
{
    uint64_t instances = options->n != 0 ? options->n : FILLED_DEFAULT;
    struct rig *rig;

    if (!rig_prepare(options, &rig, err)) {
        return false;
    }
    bool ok = true;
    if (access(WHOLE, F_OK) != 0) {
        ok = rig_start(rig, err) && wait_ready(rig, err) && fill(rig, instances, err) &&
             write_line(WHOLE, "w", "", err);
        rig_stop(rig);
    }
    ok = ok && documents_write(rig->folder, err) &&
         write_line("bench.yaml", "a", "http: {port: 0}\n", err) &&
         start_with_http(rig, capacity, err);
    if (!ok) {
        rig_close(&rig);
        return false;
    }
    *ret_rig = rig;
    return true;
}
