/* calls.c - the services `http` and `openapi`
 *
 *   http     input ─▶ request ─▶ transfer ─▶ answer ─▶ DONE or FAIL
 *   openapi  input ─▶ document: a file, or fetched as above ─▶ input of http ─▶ as above
 *
 * Owns:    which task is which call, and what the engine is told.
 * In:      tasks of the engine; ends of transfers.
 * Out:     one result per task.
 * Always:  a dropped task's transfer is cut off; what is logged holds no secret.
 * See:     docs/workers.md §4
 */
#include "workers/http/calls.h"

#include "base/clock.h"
#include "base/limits.h"
#include "base/log.h"
#include "base/must.h"
#include "wire/json.h"
#include "workers/http/document.h"
#include "workers/http/openapi.h"
#include "workers/sdk/marshrut.h"

#include <stdlib.h>
#include <string.h>

struct call {
    struct calls *calls;
    struct mr_task *task;
    json_t *with;     /* openapi: the input */
    char *source;     /* openapi: where the document was fetched */
    int64_t until_ms; /* monotonic; 0 = no limit of the task */
    struct request request;
    struct transfer *transfer;
    struct call *next;
};

struct calls {
    struct mr_worker *worker;
    const struct surroundings *surroundings;
    struct transfers *transfers;
    struct call *first;
};

/* --- the end ---------------------------------------------------------------------------------- */

static void forget(struct call *call)
{
    struct call **link = &call->calls->first;

    while (*link != call) {
        link = &(*link)->next;
    }
    *link = call->next;
    json_decref(call->with);
    request_fini(&call->request);
    free(call->source);
    free(call);
}

static void fail(struct call *call, const struct problem *problem)
{
    log_warn("MR-HTTP-FAILED", "task=%s status=%u retry=%s: %s", mr_task_id(call->task),
             problem->status, problem->retry ? "yes" : "no", problem->title);
    mr_task_problem(call->task, problem->retry, problem_uri(problem->type), problem->status,
                    problem->title, problem->detail[0] ? problem->detail : NULL);
    forget(call);
}

static void tell_answer(struct call *call, const struct response *response)
{
    struct problem problem = PROBLEM_INIT;
    struct buffer output = BUFFER_INIT;

    if (answer_of(&call->request, response, &output, &problem)) {
        log_debug("MR-HTTP-DONE", "task=%s status=%u", mr_task_id(call->task), response->status);
        mr_task_done(call->task, (const char *)output.data, output.size);
        forget(call);
    } else {
        fail(call, &problem);
    }
    buffer_fini(&output);
}

static void on_answer(const struct response *response, const struct problem *problem, void *arg)
{
    struct call *call = arg;

    call->transfer = NULL;
    if (response == NULL) {
        fail(call, problem);
    } else {
        tell_answer(call, response);
    }
}

static void on_drop(struct mr_task *task, void *arg)
{
    struct call *call = mr_task_data(task);

    (void)arg;
    must(call != NULL && call->transfer != NULL); /* whatever waits, waits for a transfer */
    transfer_cancel(call->transfer);
    mr_task_fail(task, true, "Задача отозвана", NULL); /* nothing is sent */
    forget(call);
}

/* --- http ------------------------------------------------------------------------------------- */

static void send_request(struct call *call, size_t content_max, transfer_done_fn *done)
{
    int64_t left_ms = call->until_ms - monotonic_ms();
    unsigned limit_ms = call->until_ms == 0 ? 0 : left_ms > 0 ? (unsigned)left_ms : 1;

    call->transfer =
        transfer_start(call->calls->transfers, &call->request, limit_ms, content_max, done, call);
}

static void call_http(struct call *call, const json_t *with)
{
    struct problem problem = PROBLEM_INIT;

    request_fini(&call->request);
    if (request_read(with, call->calls->surroundings, &call->request, &problem)) {
        send_request(call, LIMIT_PAYLOAD_BYTES, on_answer);
    } else {
        fail(call, &problem);
    }
}

/* --- openapi ---------------------------------------------------------------------------------- */

static void call_operation(struct call *call, json_t *document, struct problem *problem)
{
    json_t *with =
        document != NULL ? openapi_request(document, call->source, call->with, problem) : NULL;

    if (with != NULL) {
        call_http(call, with);
    } else {
        fail(call, problem);
    }
    json_decref(with);
    json_decref(document);
}

static void on_document(const struct response *response, const struct problem *problem, void *arg)
{
    struct call *call = arg;
    struct problem own = PROBLEM_INIT;

    call->transfer = NULL;
    if (response == NULL) {
        fail(call, problem);
        return;
    }
    if (response->status < 200 || response->status > 299) {
        tell_answer(call, response); /* as of any request: a problem */
        return;
    }
    call->source = xstrdup(call->request.uri);
    call_operation(call, document_parse(buffer_bytes(&response->content), &own), &own);
}

static void fetch_document(struct call *call, const json_t *with)
{
    struct problem problem = PROBLEM_INIT;

    if (request_read(with, call->calls->surroundings, &call->request, &problem)) {
        send_request(call, LIMIT_DOCUMENT_BYTES, on_document);
    } else {
        fail(call, &problem);
    }
}

static void call_openapi(struct call *call, json_t *with)
{
    const json_t *document = json_object_get(with, "document");
    struct problem problem = PROBLEM_INIT;
    json_t *fetch = NULL;

    call->with = json_incref(with);
    if (!document_source(document, json_object_get(with, "data"), &fetch, &problem)) {
        fail(call, &problem);
    } else if (fetch != NULL) {
        fetch_document(call, fetch);
    } else {
        const char *folder = call->calls->surroundings->documents;
        call_operation(call, document_read(folder, document, &problem), &problem);
    }
    json_decref(fetch);
}

/* --- the beginning ---------------------------------------------------------------------------- */

static void on_task(struct mr_task *task, void *arg)
{
    struct calls *calls = arg;
    struct call *call = xcalloc(1, sizeof *call);
    struct problem problem = PROBLEM_INIT;
    struct bytes input;

    input.data = mr_task_input(task, &input.size);
    *call =
        (struct call){.calls = calls, .task = task, .request = REQUEST_INIT, .next = calls->first};
    call->until_ms = mr_task_limit_ms(task) > 0 ? monotonic_ms() + mr_task_limit_ms(task) : 0;
    calls->first = call;
    mr_task_set_data(task, call);
    json_t *with = wire_json_within(input, LIMIT_JSON_DEPTH)
                       ? json_loadb(input.data, input.size, 0, NULL)
                       : NULL;
    if (!json_is_object(with)) {
        problem_set(&problem, PROBLEM_VALIDATION, "Вызов записан не как объект JSON");
        fail(call, &problem);
    } else if (strcmp(mr_task_service(task), "openapi") == 0) {
        call_openapi(call, with);
    } else {
        call_http(call, with);
    }
    json_decref(with);
}

struct calls *calls_create(struct mr_worker *worker, const struct surroundings *surroundings,
                           struct transfers *transfers, struct error *err)
{
    struct calls *calls = xcalloc(1, sizeof *calls);
    struct mr_error refusal;

    *calls = (struct calls){.worker = worker, .surroundings = surroundings, .transfers = transfers};
    if (!mr_worker_offer(worker, "http", on_task, calls, &refusal) ||
        !mr_worker_offer(worker, "openapi", on_task, calls, &refusal)) {
        error_set(err, ERROR_INVALID, "%s", refusal.text);
        free(calls);
        return NULL;
    }
    mr_worker_on_drop(worker, on_drop, calls);
    return calls;
}

void calls_destroy(struct calls **calls)
{
    struct calls *c = *calls;

    if (c == NULL) {
        return;
    }
    while (c->first != NULL) {
        if (c->first->transfer != NULL) {
            transfer_cancel(c->first->transfer);
        }
        forget(c->first);
    }
    free(c);
    *calls = NULL;
}
