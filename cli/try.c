/* try.c - `marshrut try`: run a definition here and now, waits skipped, and say what happened
 *
 * Owns:    the words of this command, and what must be there before a try begins.
 * In:      documents, an input, mocks, events; an engine of its own (try_engine.h).
 * Out:     the result (try_result.h) as JSON or for people (try_report.h).
 * Always:  nothing is left behind: no process, no folder.
 * See:     docs/cli.md, docs/patterns.md
 */
#include "base/must.h"
#include "cli/dates.h"
#include "cli/fields.h"
#include "cli/input.h"
#include "cli/language.h"
#include "cli/problem_lines.h"
#include "cli/try_ask.h"
#include "cli/try_course.h"
#include "cli/try_report.h"
#include "expression/evaluator.h"

#include <stdlib.h>
#include <string.h>

#define START_TIME "2026-09-01T09:00"

/* --- documents ----------------------------------------------------------------------------- */

/* What others name comes first. */
static int rank(enum definition_kind kind)
{
    static const enum definition_kind order[] = {DEFINITION_CALENDAR, DEFINITION_BODIES,
                                                 DEFINITION_POLICY, DEFINITION_WORKFLOW};

    for (int i = 0; i < 4; i++) {
        if (order[i] == kind) {
            return i;
        }
    }
    return 4;
}

/* Checks all of them; the kinds, and the name of what is tried. */
static bool check(struct attempt *a, int *ranks, char **ret_name)
{
    struct evaluator *evaluator = evaluator_create(NULL);
    struct document_options options = {.evaluator = evaluator};
    bool good = true;

    for (uint32_t i = 0; i < a->documents.count && (good || !a->session->json); i++) {
        struct problems problems = {0};
        struct definition *d = NULL;
        documents_check(&a->documents, i, &options, &problems, &d);
        if (problems.error_count > 0 && (a->documents.items[i].asked || d == NULL)) {
            problem_lines_refuse(a->session, &problems, &a->documents.items[i]);
            good = false;
        }
        ranks[i] = d != NULL ? rank(d->kind) : 4;
        if (d != NULL && i == 0) {
            *ret_name = xstrdup(d->name);
            a->by_events = d->kind == DEFINITION_WORKFLOW && d->workflow.schedule.on &&
                           arguments_get(a->arguments, "event") != NULL &&
                           arguments_get(a->arguments, "input") == NULL;
        }
        definition_destroy(d);
        problems_fini(&problems);
    }
    evaluator_destroy(evaluator);
    return good;
}

static bool deploy(struct attempt *a, const int *ranks)
{
    uint32_t *order = xcalloc(a->documents.count, sizeof *order);
    uint32_t count = 0;

    for (int r = 0; r <= 4; r++) {
        for (uint32_t i = 0; i < a->documents.count; i++) {
            if (ranks[i] == r) {
                order[count++] = i;
            }
        }
    }
    bool good = try_ask_deploy(&a->engine, a->client, &a->documents, order, count, &a->err);
    free(order);
    return good;
}

static bool start(struct attempt *a, const char *name)
{
    const char *path = arguments_get(a->arguments, "input");
    json_t *input = NULL;

    if (path != NULL && !input_read_json(path, &input, &a->err)) {
        return false;
    }
    char *text = input != NULL ? json_dumps(input, JSON_COMPACT | JSON_ENCODE_ANY) : xstrdup("{}");
    json_decref(input);
    a->instance = try_ask_start(&a->engine, a->client, name, text, &a->err);
    free(text);
    return a->instance != 0;
}

/* The instance that an event has started: not the one that stands for the schedule. */
static void find_run(struct attempt *a, const char *name)
{
    json_t *answer = try_ask(a, "LIST", json_pack("{ss}", "definition", name));
    size_t count;
    const json_t *rows = field_rows(answer, &count);

    for (size_t i = 0; i < count; i++) {
        const json_t *row = json_array_get(rows, i);
        if (field_number(row, "parent") != 0) {
            a->instance = (uint64_t)field_number(row, "instance");
        }
    }
    json_decref(answer);
}

static bool start_by_events(struct attempt *a, const char *name)
{
    while (a->instance == 0 && try_course_event(a) && a->err.code == ERROR_NONE) {
        find_run(a, name);
    }
    if (a->instance == 0 && a->err.code == ERROR_NONE) {
        error_set(&a->err, ERROR_INVALID, _("none of the events starts it, as its schedule says"));
    }
    return a->err.code == ERROR_NONE;
}

/* A worker must offer something: this is for nobody. */
static void refuse_task(struct mr_task *task, void *arg)
{
    (void)arg;
    mr_task_fail(task, false, "no mock", NULL);
}

/* --- from beginning to end ----------------------------------------------------------------- */

static bool connect(struct attempt *a)
{
    struct mr_error error;

    a->client = mr_client_create(a->engine.clients, &error);
    a->worker = mr_worker_create(a->engine.workers, "try", 1000, &error);
    if (a->client == NULL || a->worker == NULL ||
        !mr_worker_offer(a->worker, "marshrut.try", refuse_task, NULL, &error) ||
        !try_mocks_offer(&a->mocks, a->worker, &error)) {
        return error_set(&a->err, ERROR_IO, "%s", error.text);
    }
    return true;
}

static json_t *finish(struct attempt *a)
{
    try_course_read(a);
    json_t *id = json_pack("{sI}", "instance", (json_int_t)a->instance);
    json_t *show = try_ask(a, "SHOW", json_incref(id));
    json_t *why = try_ask(a, "WHY", id);
    json_t *waiting = json_object_get(why, "waiting");
    json_t *none = json_array();
    json_t *result =
        try_result_finish(&a->result, show, json_is_array(waiting) ? waiting : none, a->problem);

    json_decref(none);
    json_decref(why);
    json_decref(show);
    return result;
}

/* The result, or NULL with a->err. */
static json_t *run_documents(struct attempt *a, const char *name, const int *ranks)
{
    const char *when = arguments_get(a->arguments, "start");
    const char *registries = arguments_get(a->arguments, "registries");
    struct try_workers workers = {registries || arguments_has(a->arguments, "workers"), registries};

    if (!try_engine_start(&a->engine, when ? when : START_TIME, &workers, &a->err) || !connect(a) ||
        !deploy(a, ranks) || !(a->by_events ? start_by_events(a, name) : start(a, name))) {
        return NULL;
    }
    try_result_init(&a->result, a->instance);
    try_course_run(a);
    return a->err.code == ERROR_NONE ? finish(a) : NULL;
}

/* "2026-09-01T09:00", as the configuration of an engine has it. */
static bool read_start(struct attempt *a)
{
    const char *text = arguments_get(a->arguments, "start");
    char moment[32];
    int64_t ms;

    snprintf(moment, sizeof moment, "%s:00Z", text != NULL ? text : START_TIME);
    return (strlen(moment) == strlen(START_TIME) + 4 && dates_parse_moment(moment, &ms)) ||
           error_set(&a->err, ERROR_INVALID,
                     _("--start: \"%s\" is no time such as 2026-09-01T09:00"), text);
}

static bool gather(struct attempt *a)
{
    const char *text;

    if (!read_start(a)) {
        return false;
    }
    for (size_t i = 0; (text = arguments_get_at(a->arguments, "mock", i)) != NULL; i++) {
        if (!try_mocks_add(&a->mocks, text, &a->err)) {
            return false;
        }
    }
    a->people = arguments_has(a->arguments, "people") || try_mocks_find(&a->mocks, "assignment");
    if (!documents_add(&a->documents, a->arguments->positional[0], true, &a->err)) {
        return false;
    }
    for (size_t i = 0; (text = arguments_get_at(a->arguments, "with", i)) != NULL; i++) {
        if (!documents_add(&a->documents, text, false, &a->err)) {
            return false;
        }
    }
    documents_join(&a->documents);
    return true;
}

static void clean(struct attempt *a)
{
    mr_worker_destroy(a->worker);
    mr_client_destroy(a->client);
    try_engine_stop(&a->engine);
    try_mocks_fini(&a->mocks);
    try_result_fini(&a->result);
    documents_fini(&a->documents);
    json_decref(a->problem);
}

static enum exit_code show(struct session *session, const json_t *result)
{
    bool completed = strcmp(field_text(result, "status"), "completed") == 0;

    if (session->json) {
        session_print_document(session, result);
    } else {
        try_report_print(result, session->out.file);
    }
    return completed ? EXIT_CODE_DONE : EXIT_CODE_REFUSED;
}

static enum exit_code run(struct session *session, const struct arguments *arguments)
{
    struct attempt a = {.session = session, .arguments = arguments, .err = ERROR_INIT};
    enum exit_code code = EXIT_CODE_REFUSED;
    char *name = NULL;
    json_t *result = NULL;

    if (!gather(&a)) {
        code = session_usage(session, &a.err);
        clean(&a);
        return code;
    }
    int *ranks = xcalloc(a.documents.count, sizeof *ranks);
    if (check(&a, ranks, &name)) {
        result = run_documents(&a, name, ranks);
        code = result ? show(session, result) : session_usage(session, &a.err);
    }
    json_decref(result);
    free(ranks);
    free(name);
    clean(&a);
    return code;
}

static const struct option options[] = {
    {"input", N_("FILE"), N_("JSON to start with")},
    {"mock", N_("SERVICE=FILE…"), N_("answers in place of the workers of a service")},
    {"event", N_("FILE…"),
     N_("a CloudEvent, or what an operator does, when nothing else can happen")},
    {"with", N_("FILE…"), N_("other documents, or folders of them, that this one names")},
    {"people", NULL, N_("simulated people report and accept every assignment")},
    {"workers", NULL, N_("the bundled workers do their services for real")},
    {"registries", N_("FOLDER"), N_("also the route planner, with the CSV files of this folder")},
    {"start", N_("TIME"), N_("where the clock stands: 2026-09-01T09:00")},
    {NULL, NULL, NULL},
};

const struct command command_try = {
    .name = "try",
    .words = N_("FILE"),
    .summary = N_("run a definition here and now, with waits skipped"),
    .more =
        N_("It runs in memory in an engine of its own, on a clock that stands: when nothing else "
           "can happen, the clock is moved to what is due next. Nothing is kept."),
    .examples =
        "marshrut try workflow.yaml --input input.json --mock lo.check=answer.json\n"
        "marshrut try workflows/cycles/teacher-cycle.yaml --input teacher.json --with workflows "
        "--people --registries workflows/registries",
    .options = options,
    .words_min = 1,
    .words_max = 1,
    .run = run,
};
