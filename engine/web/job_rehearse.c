/* job_rehearse.c - plans in force, run through their whole period beside the engine
 *
 * Owns:    a folder with the plans and what they may need; the run of `marshrut rehearse`.
 * In:      names of plans, days to tell of; what the program tells of how far it is.
 * Out:     a page to print, and the same as JSON.
 * Always:  the engine and its store have no part in it. One that was interrupted is not begun
 *          again: who ordered it may have left.
 * See:     docs/http.md §4.3, docs/time.md §7
 */
#include "engine/web/jobs_part.h"
#include "engine/web/tool.h"

#include "base/must.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define PLANS_MAX 20 /* paths among the arguments of one program */
#define RUN_MS    600000

struct rehearsal {
    struct job *job;
    struct tool *tool; /* NULL: documents are still written */
    uint32_t index;    /* of the catalog */
    char paths[PLANS_MAX][JOB_PATH_MAX];
};

/* --- the request --------------------------------------------------------------------------- */

static bool are_names(const json_t *plans)
{
    size_t count = json_array_size(plans);
    bool good = count >= 1 && count <= PLANS_MAX;

    for (size_t i = 0; i < count && good; i++) {
        const json_t *name = json_array_get(plans, i);
        good = json_is_string(name) && json_string_length(name) > 0 &&
               json_string_length(name) <= LIMIT_NAME_BYTES;
    }
    return good;
}

static void read_day(struct exchange *x, json_t *request, const char *name)
{
    const char *text = request_field_day(x, name, MAY_LACK);

    if (text != NULL) {
        json_object_set_new(request, name, json_string(text));
    }
}

static json_t *read_request(struct exchange *x)
{
    json_t *plans = request_field(x, "plans", MUST_BE);
    json_t *request = json_object();

    if (plans != NULL && !are_names(plans)) {
        request_wrong(x, ERROR_INVALID, "\"plans\" are 1 to %d names of plans", PLANS_MAX);
    } else if (plans != NULL) {
        json_object_set(request, "plans", plans);
    }
    read_day(x, request, "from");
    read_day(x, request, "to");
    return request;
}

static bool check(const json_t *request, const struct view *view, struct error *err)
{
    const json_t *plans = json_object_get(request, "plans");

    for (size_t i = 0; i < json_array_size(plans); i++) {
        const char *name = json_string_value(json_array_get(plans, i));
        if (catalog_find(view->catalog, DEFINITION_ROADMAP, name) == NULL) {
            return error_set(err, ERROR_NOT_FOUND, "there is no roadmap \"%.100s\"", name);
        }
    }
    return true;
}

/* --- the run ------------------------------------------------------------------------------- */

/* The first lines of what it said, in the language of who asked. */
static json_t *problem_of(const struct tool_end *how)
{
    size_t size = how->errors.size < 2000 ? how->errors.size : 2000;
    const char *text = how->errors.data;

    while (size > 0 && size < how->errors.size && ((unsigned char)text[size] & 0xC0) == 0x80) {
        size--;
    }
    json_t *value = json_stringn(text != NULL ? text : "", size);
    return json_pack("{so}", "text", value != NULL ? value : json_string("?"));
}

/* Days of the plans. */
static void told(void *context, uint64_t done, uint64_t of)
{
    struct rehearsal *r = context;

    r->job->of = of;
    r->job->done = done < of ? done : of;
    job_progress(r->job);
}

static void ended(void *context, const struct tool_end *how)
{
    struct rehearsal *r = context;
    struct job *job = r->job;
    struct error err = ERROR_INIT;

    r->tool = NULL;
    if (job->cancelled) {
        job_end(job, JOB_CANCELLED, NULL);
    } else if (how->err != NULL) {
        job_end(job, JOB_FAILED, how->err);
    } else if (how->status != 0) {
        job_end_problem(job, problem_of(how));
    } else if (!job_write(job, "result.json", how->out, &err)) {
        job_end(job, JOB_FAILED, &err);
    } else {
        job->has_result = true;
        job->done = job->of;
        job_end(job, JOB_DONE, NULL);
    }
}

/* Where each plan was put: under the number of its definition. */
static bool find_paths(struct rehearsal *r, struct error *err)
{
    const struct view *view = reader_begin(r->job->jobs->web->reader, err);
    const json_t *plans = json_object_get(r->job->request, "plans");

    if (view == NULL || !check(r->job->request, view, err)) {
        return false;
    }
    for (size_t i = 0; i < json_array_size(plans); i++) {
        const struct definition *d = catalog_find(view->catalog, DEFINITION_ROADMAP,
                                                  json_string_value(json_array_get(plans, i)));
        char name[32];
        snprintf(name, sizeof name, "work/%05u.yaml", (unsigned)d->number);
        job_path(r->job, name, r->paths[i]);
    }
    return true;
}

static void run(struct rehearsal *r)
{
    const json_t *request = r->job->request;
    const char *from = json_string_value(json_object_get(request, "from"));
    const char *to = json_string_value(json_object_get(request, "to"));
    char html[JOB_PATH_MAX];
    struct tool_run run = {.arguments = {"rehearse", "--json", "--html", html},
                           .language = r->job->language,
                           .time_ms = RUN_MS,
                           .progress = told};
    size_t n = 4;

    job_path(r->job, "html", html);
    if (from != NULL) {
        run.arguments[n++] = "--from";
        run.arguments[n++] = from;
    }
    if (to != NULL) {
        run.arguments[n++] = "--to";
        run.arguments[n++] = to;
    }
    for (size_t i = 0; i < json_array_size(json_object_get(request, "plans")); i++) {
        run.arguments[n++] = r->paths[i];
    }
    must(n <= TOOL_ARGUMENTS_MAX);
    r->tool = tool_begin(r->job->jobs->web, &run, ended, r);
}

/* --- documents ----------------------------------------------------------------------------- */

/* Of plans only those that are asked for; rules for events say nothing in a rehearsal. */
static bool is_needed(const struct job *job, const struct definition *d)
{
    const json_t *plans = json_object_get(job->request, "plans");
    bool asked = false;

    for (size_t i = 0; i < json_array_size(plans); i++) {
        asked = asked || strcmp(json_string_value(json_array_get(plans, i)), d->name) == 0;
    }
    return d->kind == DEFINITION_ROADMAP ? asked : d->kind != DEFINITION_ROUTES;
}

static bool write_documents(void *context)
{
    struct rehearsal *r = context;
    struct error err = ERROR_INIT;
    bool more = false;

    if (r->job->cancelled) {
        job_end(r->job, JOB_CANCELLED, NULL);
        return false;
    }
    if (!job_folder_put_catalog(r->job, "work", is_needed, &r->index, &more, &err) ||
        (!more && !find_paths(r, &err))) {
        job_end(r->job, JOB_FAILED, &err);
        return false;
    }
    if (!more) {
        run(r);
    }
    return more;
}

static void begin(struct job *job)
{
    struct rehearsal *r = xcalloc(1, sizeof *r);
    struct error err;

    job->work = r;
    r->job = job;
    if (!job_folders_make(job, &err)) {
        job_end(job, JOB_FAILED, &err);
        return;
    }
    loop_begin(job->jobs->web, write_documents, r);
}

static void cancel(struct job *job)
{
    struct rehearsal *r = job->work;

    if (r->tool != NULL) {
        tool_stop(r->tool);
    }
}

static void release(struct job *job)
{
    loop_drop(job->jobs->web, job->work);
    free(job->work);
}

const struct job_kind job_rehearse = {"rehearse", false, read_request, check,
                                      NULL,       begin, cancel,       release};
