/* api_jobs.c - long work: ordering it, watching it, ending it
 *
 * Owns:    /jobs…
 * In:      requests; jobs.h knows the rest.
 * Out:     rows of jobs in the language of who reads them; results as files to be shown.
 * See:     docs/http.md §4
 */
#include "base/must.h"
#include "engine/rows.h"
#include "engine/web/answer.h"
#include "engine/web/api.h"
#include "engine/web/bulk.h"
#include "engine/web/jobs.h"
#include "engine/web/web_part.h"

#include <stdlib.h>
#include <string.h>

/* A page of somebody's plans: nothing is loaded or run, only its own styles. */
#define RESULT_POLICY                                                                              \
    "default-src 'none'; style-src 'unsafe-inline'; img-src data:; base-uri 'none'; "              \
    "form-action 'none'; frame-ancestors 'self'; sandbox allow-modals"

/* --- rows ---------------------------------------------------------------------------------- */

/* Who ordered what, and why it failed, as this reader is told; without what was refused. */
static json_t *row_for(const struct exchange *x, const struct view *view, const struct job *job)
{
    json_t *own = jobs_row(job);
    json_t *row = json_copy(own);
    const char *by = json_string_value(json_object_get(own, "by"));
    json_t *problem = json_deep_copy(json_object_get(own, "problem"));

    json_object_del(row, "refused");
    rows_set_by(row, view->catalog, bytes_of(by));
    json_object_set_new(row, "request", job_request(job));
    json_decref(own);
    if (problem != NULL) {
        answer_in_words(x, problem);
        json_object_set(row, "problem", json_object_get(problem, "text"));
        json_decref(problem);
    }
    return row;
}

/* The same with what was refused: why, and what it is called. */
static json_t *whole_row(const struct exchange *x, const struct view *view, const struct job *job)
{
    json_t *row = row_for(x, view, job);
    json_t *own = jobs_row(job);
    json_t *refused = json_deep_copy(json_object_get(own, "refused"));

    for (size_t i = 0; i < json_array_size(refused); i++) {
        answer_in_words(x, json_array_get(refused, i));
        bulk_set_names(json_array_get(refused, i), view);
    }
    json_object_set_new(row, "refused", refused);
    json_decref(own);
    return row;
}

static struct job *find(struct exchange *x)
{
    uint64_t id = request_path_number(x, "job");
    struct error err;

    if (!request_end(x)) {
        return NULL;
    }
    struct job *job = jobs_find(x->web->jobs, id);
    if (job == NULL) {
        error_set(&err, ERROR_NOT_FOUND, "there is no work %llu", (unsigned long long)id);
        answer_refusal(x, &err);
    }
    return job;
}

static void list_jobs(struct exchange *x)
{
    const struct view *view = request_end(x) ? reader_view(x) : NULL;

    if (view == NULL) {
        return;
    }
    json_t *rows = json_array();
    for (const struct job *job = NULL; (job = jobs_next(x->web->jobs, job)) != NULL;) {
        json_array_append_new(rows, row_for(x, view, job)); /* a hundred refusals of each: no */
    }
    answer_json(x, 200, json_pack("{so sn}", "rows", rows, "next"));
}

static void answer_row(struct exchange *x, const struct job *job)
{
    const struct view *view = reader_view(x);

    if (view != NULL) {
        answer_json(x, 200, whole_row(x, view, job));
    }
}

static void release_again(void *work)
{
    job_again_end(work);
}

static bool count_again(struct exchange *x, void *work)
{
    const struct view *view = reader_view(x);
    uint64_t count;

    if (view == NULL || job_again_step(work, view, &count)) {
        return view != NULL;
    }
    const struct job *job = find(x); /* it may have gone meanwhile */
    if (job != NULL) {
        json_t *row = whole_row(x, view, job);
        json_object_set_new(row, "again", json_integer((json_int_t)count));
        answer_json(x, 200, row);
    }
    return false;
}

static void show_job(struct exchange *x)
{
    const struct job *job = find(x);
    struct job_again *again = job != NULL ? job_again_begin(job) : NULL;

    if (again != NULL) {
        answer_work(x, count_again, again, release_again);
    } else if (job != NULL) {
        answer_row(x, job);
    }
}

/* --- ordering and ending ------------------------------------------------------------------- */

static void begin_job(struct exchange *x)
{
    const char *word = request_field_text(x, "kind", MUST_BE, LIMIT_NAME_BYTES);
    struct job_order order = {.kind = job_kind_find(word),
                              .by = request_by(x),
                              .once = request_once(x),
                              .language = request_language(x)};
    struct error err = ERROR_INIT;
    uint64_t id;

    if (word != NULL && order.kind == NULL) {
        request_wrong(x, ERROR_INVALID, "\"%s\" can't be \"%s\"", "kind", word);
    }
    order.request = order.kind != NULL ? job_kind_read(order.kind, x) : NULL;
    const struct view *view = request_end(x) ? reader_view(x) : NULL;
    if (view != NULL) {
        if (job_kind_check(order.kind, order.request, view, &err) &&
            jobs_add(x->web->jobs, &order, &id, &err)) {
            answer_json(x, 202, json_pack("{sI}", "job", (json_int_t)id));
        } else {
            answer_refusal(x, &err);
        }
    }
    json_decref(order.request);
}

static void cancel_job(struct exchange *x)
{
    struct job *job = find(x);
    struct error err;

    if (job == NULL) {
        return;
    }
    if (jobs_cancel(x->web->jobs, job, &err)) {
        answer_row(x, job);
    } else {
        answer_refusal(x, &err);
    }
}

/* --- results ------------------------------------------------------------------------------- */

static void show_result(struct exchange *x)
{
    static const char *const words[] = {"html", "json", NULL};
    int form = request_word(x, "format", words);
    const struct job *job = find(x);
    struct buffer text = BUFFER_INIT;
    struct error err;

    if (job == NULL) {
        return;
    }
    if (form != 1 && job_read_result(job, "html", &text)) {
        answer_policy(x, RESULT_POLICY);
        answer_buffer(x, "text/html; charset=utf-8", &text, NULL);
    } else if (form != 0 && job_read_result(job, "result.json", &text)) {
        answer_buffer(x, "application/json", &text, NULL);
    } else {
        buffer_fini(&text);
        error_set(&err, ERROR_NOT_FOUND, "this work has no such result");
        answer_refusal(x, &err);
    }
}

const struct api_route api_jobs_routes[] = {
    {"GET", "/api/v1/jobs", "listJobs", list_jobs, ROUTE_FORMATS},
    {"POST", "/api/v1/jobs", "beginJob", begin_job, ROUTE_CHANGES},
    {"GET", "/api/v1/jobs/{job}", "showJob", show_job, 0},
    {"DELETE", "/api/v1/jobs/{job}", "cancelJob", cancel_job, ROUTE_CHANGES | ROUTE_NO_BODY},
    {"GET", "/api/v1/jobs/{job}/result", "showJobResult", show_result, 0},
    {NULL, NULL, NULL, NULL, 0},
};
