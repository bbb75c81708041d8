/* api_try.c - a definition tried here and now, before it is in force
 *
 * Owns:    POST /definitions/try: what the program beside is given.
 * In:      documents, by text or number; an input, mocks and events.
 * Out:     JSON as `marshrut try` prints it.
 * Always:  nothing is changed. It runs in an engine of its own, without workers, for TOOL_TIME_MS at
 *          most.
 * See:     docs/http.md §3.1, docs/cli.md §try
 */
#include "base/must.h"
#include "engine/web/answer.h"
#include "engine/web/api.h"
#include "engine/web/papers_work.h"
#include "engine/web/request.h"

#include <stdlib.h>
#include <string.h>

#define GIVEN_MAX   100u /* documents of a request */
#define PLAYED_MAX  10u  /* mocks and events together: each is an option of the program */
#define START_BYTES 16   /* 2026-09-01T09:00 */

/* What a workflow may name. */
#define NAMED_KINDS                                                                                \
    (1u << DEFINITION_WORKFLOW | 1u << DEFINITION_BODIES | 1u << DEFINITION_CALENDAR |             \
     1u << DEFINITION_POLICY)

struct trial {
    json_t *files;
    json_t *mocks;
    const json_t *events;
    const json_t *input;
    const char *start;
    bool people;
    bool alone;
};

static void read_files(struct exchange *x, struct trial *t)
{
    t->files = request_field(x, "files", MUST_BE);
    size_t count = json_array_size(t->files);
    bool good = count >= 1 && count <= GIVEN_MAX;

    for (size_t i = 0; i < count && good; i++) {
        good = paper_is(json_array_get(t->files, i));
    }
    if (t->files != NULL && !good) {
        request_wrong(x, ERROR_INVALID,
                      "\"files\" are 1 to %u numbers of definitions, or objects with a \"text\"",
                      GIVEN_MAX);
    }
}

/* What stands in for workers, and what comes from outside. */
static void read_play(struct exchange *x, struct trial *t)
{
    const char *service;
    json_t *mock;

    t->mocks = request_field(x, "mocks", MAY_LACK);
    t->events = request_field(x, "events", MAY_LACK);
    bool good = (t->mocks == NULL || json_is_object(t->mocks)) &&
                (t->events == NULL || json_is_array(t->events)) &&
                json_object_size(t->mocks) + json_array_size(t->events) <= PLAYED_MAX;
    json_object_foreach(t->mocks, service, mock)
    {
        size_t size = strcspn(service, "="); /* SERVICE=FILE is the option */
        good = good && size > 0 && size <= LIMIT_NAME_BYTES && service[size] == '\0';
    }
    if (!good) {
        request_wrong(x, ERROR_INVALID,
                      "\"mocks\" is an object with a value for each service, \"events\" a list: %u "
                      "at most together",
                      PLAYED_MAX);
    }
}

static struct trial read_trial(struct exchange *x)
{
    struct trial t = {0};

    read_files(x, &t);
    read_play(x, &t);
    t.input = request_field(x, "input", MAY_LACK);
    t.start = request_field_text(x, "start", MAY_LACK, START_BYTES);
    t.people = request_field_flag(x, "people", false);
    t.alone = request_field_flag(x, "alone", false);
    return t;
}

/* SERVICE=FILE */
static const char *mock_option(struct papers *p, const char *service, const json_t *value)
{
    struct buffer option = BUFFER_INIT;

    buffer_text(&option, service);
    buffer_text(&option, "=");
    buffer_text(&option, papers_put_value(p, value));
    const char *text = arena_text(p->view->arena, buffer_bytes(&option));
    buffer_fini(&option);
    return text;
}

static void add_option(struct tool_run *run, size_t *count, const char *name, const char *value)
{
    must(*count + 2 <= TOOL_ARGUMENTS_MAX);
    run->arguments[(*count)++] = name;
    run->arguments[(*count)++] = value;
}

/* The first is what is tried. */
static void run_trial(struct exchange *x, struct papers *p, void *context)
{
    const struct trial *t = context;
    struct tool_run run = {.arguments = {"try", "--json", papers_path(p, TOOL_GIVEN "/00000.yaml"),
                                         "--with", papers_path(p, TOOL_BESIDE)}};
    size_t count = 5;
    const char *service;
    json_t *value;
    size_t index;

    if (t->input != NULL) {
        add_option(&run, &count, "--input", papers_put_value(p, t->input));
    }
    if (t->start != NULL) {
        add_option(&run, &count, "--start", t->start);
    }
    json_object_foreach(t->mocks, service, value)
    {
        add_option(&run, &count, "--mock", mock_option(p, service, value));
    }
    json_array_foreach(t->events, index, value)
    {
        add_option(&run, &count, "--event", papers_put_value(p, value));
    }
    if (t->people) {
        run.arguments[count++] = "--people";
    }
    papers_run(x, p, &run);
}

static bool full(struct error *err)
{
    return error_set(err, ERROR_TOO_LARGE,
                     "more than %u documents are in force: give what it names in \"files\", "
                     "and try it \"alone\"",
                     PAPERS_TRIED_MAX);
}

static void try_documents(struct exchange *x)
{
    struct trial t = read_trial(x);

    if (!request_end(x)) {
        return;
    }
    struct trial *trial = xmalloc(sizeof *trial);
    *trial = t;
    papers_work(x, &(struct papers_order){.files = json_incref(t.files),
                                          .asked = 1,
                                          .kinds = t.alone ? 0 : NAMED_KINDS,
                                          .most = PAPERS_TRIED_MAX,
                                          .full = full,
                                          .ready = run_trial,
                                          .context = trial});
}

const struct api_route api_try_routes[] = {
    {"POST", "/api/v1/definitions/try", "tryDefinition", try_documents, ROUTE_PREVIEW},
    {NULL, NULL, NULL, NULL, 0},
};
