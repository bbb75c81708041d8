/* job_import.c - many documents: checked together, then deployed, what others need first
 *
 * Owns:    the order of the documents, and what became of each.
 * In:      {"files":[{"file","text"}]}.
 * Out:     DEPLOY on the link, one after another, each with a key of its own.
 * Always:  nothing is deployed when the check finds an error in one of them. One that another must
 *          come before is tried again after the others, as long as that helps.
 * See:     docs/http.md §4.4
 */
#include "engine/web/jobs_part.h"
#include "engine/web/tool.h"

#include "base/clock.h"
#include "base/must.h"
#include "language/sketch.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define CHECK_MS   300000
#define AGAIN_MS   500
#define TOLD_FILES 20u /* names that a list of jobs carries */

/* What others name comes first. */
static const int ranks[DEFINITION_KIND_COUNT] = {
    [DEFINITION_BODIES] = 0,   [DEFINITION_CALENDAR] = 1,   [DEFINITION_POLICY] = 2,
    [DEFINITION_WORKFLOW] = 3, [DEFINITION_INDICATORS] = 4, [DEFINITION_ROADMAP] = 5,
    [DEFINITION_ROUTES] = 6};

struct document {
    size_t index; /* of the request's files */
    int rank;
    enum definition_kind kind;
    char *name;      /* NULL: it can't be read; the check says why */
    json_t *outcome; /* of the engine; NULL = not deployed yet */
    json_t *refused; /* the last refusal */
};

struct import {
    struct job *job;
    struct document *documents;
    size_t count;
    size_t sketched;
    uint32_t index; /* of the catalog */
    struct tool *tool;
    size_t at;      /* the document that is deployed now */
    bool asked;     /* the engine */
    bool helped;    /* one was deployed since the first of this turn */
    bool collected; /* documents are written */
};

static void deploy_next(struct import *m);

/* --- the request --------------------------------------------------------------------------- */

static bool is_file(const json_t *one)
{
    const json_t *file = json_object_get(one, "file");
    const json_t *text = json_object_get(one, "text");

    return json_is_string(file) && json_string_length(file) > 0 &&
           json_string_length(file) <= LIMIT_KEY_BYTES && json_is_string(text) &&
           json_string_length(text) <= LIMIT_DOCUMENT_BYTES && json_object_size(one) == 2;
}

static json_t *read_request(struct exchange *x)
{
    json_t *files = request_field(x, "files", MUST_BE);
    size_t count = json_array_size(files);
    bool good = count >= 1 && count <= LIMIT_IMPORT_FILES;

    for (size_t i = 0; i < count && good; i++) {
        good = is_file(json_array_get(files, i));
    }
    if (files != NULL && !good) {
        request_wrong(x, ERROR_INVALID, "\"files\" are 1 to %u objects with \"file\" and \"text\"",
                      LIMIT_IMPORT_FILES);
    }
    return json_pack("{sO*}", "files", files);
}

/* The names of the first of them. */
static json_t *tell(const json_t *request)
{
    const json_t *files = json_object_get(request, "files");
    json_t *names = json_array();

    for (size_t i = 0; i < json_array_size(files) && i < TOLD_FILES; i++) {
        json_array_append(names, json_object_get(json_array_get(files, i), "file"));
    }
    return json_pack("{so}", "files", names);
}

static const char *file_field(const struct import *m, size_t index, const char *field)
{
    const json_t *files = json_object_get(m->job->request, "files");

    return json_string_value(json_object_get(json_array_get(files, index), field));
}

/* --- deploying ----------------------------------------------------------------------------- */

static void finish(struct import *m)
{
    json_t *rows = json_array();
    struct error err = ERROR_INIT;
    bool all = true;

    for (size_t i = 0; i < m->count; i++) {
        struct document *d = &m->documents[i];
        json_t *row = json_pack("{ss}", "file", file_field(m, d->index, "file"));
        json_object_update_missing(row, d->outcome);
        if (d->outcome == NULL) {
            all = false;
            json_object_update_missing(row, d->refused);
            job_add_refused(m->job, json_incref(row));
        }
        json_array_append_new(rows, row);
    }
    json_t *result = json_pack("{so}", "files", rows);
    char *text = json_dumps(result, JSON_COMPACT);
    m->job->has_result = job_write(m->job, "result.json", bytes_of(text), &err);
    free(text);
    json_decref(result);
    if (!all) {
        error_set(&err, ERROR_INVALID, "not all documents could be deployed");
    }
    job_end(m->job, all ? JOB_DONE : JOB_FAILED, all ? NULL : &err);
}

static bool try_again(void *context)
{
    deploy_next(context);
    return false;
}

/* payload NULL: the engine did not answer. */
static json_t *refusal_of(const struct error *err, json_t *payload)
{
    json_t *row = json_is_object(payload) ? json_copy(payload) : json_object();

    json_object_set_new(row, "code", json_string(error_name(err->code)));
    if (!json_is_string(json_object_get(row, "text"))) {
        json_object_set_new(row, "text", json_string(err->text));
    }
    return row;
}

static void deployed(void *context, const struct error *err, json_t *payload)
{
    struct import *m = context;
    struct document *d = &m->documents[m->at];
    bool moment = err != NULL && (err->code == ERROR_BUSY || err->code == ERROR_TIMEOUT ||
                                  err->code == ERROR_DISK_FULL);

    m->asked = false;
    if (m->job->jobs->stopping) {
        return;
    }
    if (moment && !m->job->cancelled) {
        loop_at(m->job->jobs->web, monotonic_ms() + AGAIN_MS, 0, try_again, m);
        return;
    }
    json_decref(d->refused);
    d->refused = err != NULL ? refusal_of(err, payload) : NULL;
    if (err == NULL) {
        d->outcome = json_incref(payload);
        m->helped = true;
        m->job->done++;
        job_progress(m->job);
    }
    m->at++;
    deploy_next(m);
}

/* Another turn over those that were refused, when this one has deployed something. */
static bool find_next(struct import *m)
{
    for (int turn = 0; turn < 2; turn++) {
        while (m->at < m->count && m->documents[m->at].outcome != NULL) {
            m->at++;
        }
        if (m->at < m->count) {
            return true;
        }
        if (!m->helped) {
            return false;
        }
        m->helped = false;
        m->at = 0;
    }
    return false;
}

static void deploy_next(struct import *m)
{
    struct job *job = m->job;
    char once[LIMIT_ONCE_BYTES + 1];

    if (job->cancelled) {
        job_end(job, JOB_CANCELLED, NULL);
        return;
    }
    if (!find_next(m)) {
        finish(m);
        return;
    }
    size_t index = m->documents[m->at].index;
    snprintf(once, sizeof once, "job-%llu-%lld-%zu", (unsigned long long)job->id,
             (long long)job->began_ms, index);
    struct ask ask = {.verb = CLIENT_DEPLOY,
                      .payload =
                          json_pack("{ss ss ss ss}", "file", file_field(m, index, "file"), "text",
                                    file_field(m, index, "text"), "by", job->by, "once", once)};
    m->asked = true;
    link_send(job->jobs->web, &ask, deployed, m);
}

/* --- the check ----------------------------------------------------------------------------- */

/* Problems of one document; its number is in the name that it was checked under. */
static void add_problems(struct import *m, const json_t *file)
{
    const char *path = json_string_value(json_object_get(file, "file"));
    const char *name = path != NULL ? strrchr(path, '/') : NULL;
    size_t index = name != NULL ? strtoul(name + 1, NULL, 10) : SIZE_MAX;
    const json_t *problems = json_object_get(file, "problems");

    for (size_t i = 0; i < json_array_size(problems) && index < m->count; i++) {
        json_t *row = json_copy(json_array_get(problems, i));
        const char *severity = json_string_value(json_object_get(row, "severity"));
        json_object_set_new(row, "file", json_string(file_field(m, index, "file")));
        if (severity != NULL && strcmp(severity, "error") == 0) {
            job_add_refused(m->job, row);
        } else {
            json_decref(row);
        }
    }
}

static void checked(void *context, const struct tool_end *how)
{
    struct import *m = context;
    struct error err = ERROR_INIT;
    json_t *report = how->out.size > 0 ? json_loadb(how->out.data, how->out.size, 0, NULL) : NULL;
    const json_t *files = json_object_get(report, "files");
    bool clean = how->err == NULL && how->status == 0 && report != NULL;

    m->tool = NULL;
    for (size_t i = 0; i < json_array_size(files); i++) {
        add_problems(m, json_array_get(files, i));
    }
    json_decref(report);
    if (m->job->cancelled) {
        job_end(m->job, JOB_CANCELLED, NULL);
    } else if (clean) {
        deploy_next(m);
    } else if (how->err != NULL) {
        job_end(m->job, JOB_FAILED, how->err);
    } else {
        error_set(&err, ERROR_INVALID, "the documents have errors: nothing was deployed");
        job_end(m->job, JOB_FAILED, &err);
    }
}

static void check_all(struct import *m)
{
    char work[JOB_PATH_MAX];
    char with[JOB_PATH_MAX];
    struct tool_run run = {.arguments = {"check", "--json", "--whole", work},
                           .language = m->job->language,
                           .time_ms = CHECK_MS};

    job_path(m->job, "work", work);
    job_path(m->job, "with", with);
    if (m->collected) {
        run.arguments[4] = "--with";
        run.arguments[5] = with;
    }
    m->tool = tool_begin(m->job->jobs->web, &run, checked, m);
}

/* --- documents ----------------------------------------------------------------------------- */

/* What is in force is seen by those that come, unless they take its place. */
static bool is_seen(const struct job *job, const struct definition *d)
{
    struct import *m = job->work;
    bool replaced = false;

    for (size_t i = 0; i < m->count; i++) {
        const struct document *one = &m->documents[i];
        replaced = replaced ||
                   (one->name != NULL && one->kind == d->kind && strcmp(one->name, d->name) == 0);
    }
    m->collected = m->collected || !replaced;
    return !replaced;
}

static bool take_file(struct import *m, struct error *err)
{
    struct document *d = &m->documents[m->sketched];
    struct bytes text = bytes_of(file_field(m, m->sketched, "text"));
    struct definition *sketch = document_sketch(text);

    *d = (struct document){.index = m->sketched, .rank = DEFINITION_KIND_COUNT};
    if (sketch != NULL) {
        d->kind = sketch->kind;
        d->rank = ranks[sketch->kind];
        d->name = xstrdup(sketch->name);
        definition_destroy(sketch);
    }
    return job_folder_put(m->job, "work", (unsigned)m->sketched++, text, err);
}

static int compare(const void *a, const void *b)
{
    const struct document *x = a;
    const struct document *y = b;

    return x->rank != y->rank ? x->rank - y->rank : x->index < y->index ? -1 : 1;
}

static bool prepare(void *context)
{
    struct import *m = context;
    struct error err = ERROR_INIT;
    bool more = true;

    if (m->job->cancelled) {
        job_end(m->job, JOB_CANCELLED, NULL);
        return false;
    }
    bool good = m->sketched < m->count
                    ? take_file(m, &err)
                    : job_folder_put_catalog(m->job, "with", is_seen, &m->index, &more, &err);
    if (!good) {
        job_end(m->job, JOB_FAILED, &err);
        return false;
    }
    if (!more) {
        qsort(m->documents, m->count, sizeof *m->documents, compare);
        check_all(m);
    }
    return more;
}

static void begin(struct job *job)
{
    struct import *m = xcalloc(1, sizeof *m);
    struct error err;

    job->work = m;
    m->job = job;
    m->count = json_array_size(json_object_get(job->request, "files"));
    m->documents = xcalloc(m->count, sizeof *m->documents);
    job->of = m->count;
    job->done = 0;
    if (!job_folders_make(job, &err)) {
        job_end(job, JOB_FAILED, &err);
        return;
    }
    loop_begin(job->jobs->web, prepare, m);
}

static void cancel(struct job *job)
{
    struct import *m = job->work;

    if (m->tool != NULL) {
        tool_stop(m->tool);
    }
}

static void release(struct job *job)
{
    struct import *m = job->work;

    loop_drop(job->jobs->web, m);
    for (size_t i = 0; i < m->count; i++) {
        free(m->documents[i].name);
        json_decref(m->documents[i].outcome);
        json_decref(m->documents[i].refused);
    }
    free(m->documents);
    free(m);
}

const struct job_kind job_import = {"import", true,  read_request, NULL,
                                    tell,     begin, cancel,       release};
