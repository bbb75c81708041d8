/* transfer.c - requests on their way
 *
 *   worker's loop ──▶ one epoll descriptor ──▶ curl_multi_socket_action() ──▶ done, per transfer
 *        └──────────▶ one timer ─────────────▶
 *
 * Owns:    libcurl's multi interface: its sockets in an epoll set that the worker's loop watches,
 *          and its timer.
 * In:      transfer_start() from calls.c.
 * Out:     HTTP, and one call of done per transfer.
 * Always:  only http and https; no redirect is followed, no cookie, netrc or environment is used;
 *          size, headers and time are bounded.
 * See:     docs/workers.md §4; the manual of libcurl-multi
 */
#include "workers/http/transfer.h"

#include "base/must.h"
#include "workers/sdk/marshrut.h"

#include <curl/curl.h>
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/epoll.h>
#include <unistd.h>

#define EVENTS_MAX 64

struct transfers {
    struct mr_worker *worker;
    const struct transfer_settings *settings;
    CURLM *multi;
    int epoll;
    int timer; /* 0 = none */
    struct transfer *first;
};

struct transfer {
    struct transfers *transfers;
    const struct request *request;
    CURL *easy;
    struct curl_slist *lines; /* headers as libcurl wants them */
    struct response response;
    unsigned limit_ms;
    size_t content_max;
    size_t header_bytes;
    bool too_large;
    char trouble[CURL_ERROR_SIZE];
    transfer_done_fn *done;
    void *arg;
    struct transfer *next;
};

/* --- the end ---------------------------------------------------------------------------------- */

static void forget(struct transfer *transfer)
{
    struct transfer **link = &transfer->transfers->first;

    while (*link != transfer) {
        link = &(*link)->next;
    }
    *link = transfer->next;
    curl_multi_remove_handle(transfer->transfers->multi, transfer->easy);
    curl_easy_cleanup(transfer->easy);
    curl_slist_free_all(transfer->lines);
    response_fini(&transfer->response);
    free(transfer);
}

/* The limit for connecting is libcurl's own; the limit of the task is the workflow's. */
static bool over_limit(const struct transfer *transfer)
{
    curl_off_t total_us = 0;

    curl_easy_getinfo(transfer->easy, CURLINFO_TOTAL_TIME_T, &total_us);
    return total_us / 1000 >= transfer->limit_ms || transfer->limit_ms <= TRANSFER_CONNECT_MS;
}

static void tell_trouble(const struct transfer *transfer, CURLcode code, struct problem *problem)
{
    const char *reason = transfer->trouble[0] ? transfer->trouble : curl_easy_strerror(code);
    char *shown = target_shown(transfer->request->uri);

    if (transfer->too_large) {
        problem_set(problem, PROBLEM_COMMUNICATION,
                    "Ответ сервера больше %zu байт или его заголовки слишком длинны",
                    transfer->content_max);
    } else if (code == CURLE_OPERATION_TIMEDOUT && over_limit(transfer)) {
        problem_set(problem, PROBLEM_TIMEOUT, "Сервер не ответил за отведённое время");
    } else if (code == CURLE_URL_MALFORMAT) {
        problem_set(problem, PROBLEM_VALIDATION, "Адрес записан с ошибкой");
    } else {
        problem_set(problem, PROBLEM_COMMUNICATION, "Нет связи с сервером");
        problem->status = 503;
        problem->retry = true;
    }
    snprintf(problem->detail, sizeof problem->detail, "%s %s: %s", transfer->request->method, shown,
             reason);
    free(shown);
}

static void finish(struct transfer *transfer, CURLcode code)
{
    struct problem problem = PROBLEM_INIT;
    long status = 0;

    curl_easy_getinfo(transfer->easy, CURLINFO_RESPONSE_CODE, &status);
    transfer->response.status = (unsigned)status;
    if (code == CURLE_OK) {
        transfer->done(&transfer->response, NULL, transfer->arg);
    } else {
        tell_trouble(transfer, code, &problem);
        transfer->done(NULL, &problem, transfer->arg);
    }
    forget(transfer);
}

static void finish_all(struct transfers *transfers)
{
    const CURLMsg *message;
    int left;

    while ((message = curl_multi_info_read(transfers->multi, &left)) != NULL) {
        struct transfer *transfer = NULL;
        if (message->msg == CURLMSG_DONE) {
            CURLcode code = message->data.result; /* the message goes with its handle */
            curl_easy_getinfo(message->easy_handle, CURLINFO_PRIVATE, (char **)&transfer);
            finish(transfer, code);
        }
    }
}

void transfer_cancel(struct transfer *transfer)
{
    forget(transfer);
}

/* --- sockets and time ------------------------------------------------------------------------- */

static int on_socket(CURL *easy, curl_socket_t fd, int what, void *arg, void *known)
{
    struct transfers *transfers = arg;
    struct epoll_event event = {.data.fd = fd};

    (void)easy;
    event.events = (what & CURL_POLL_IN ? (uint32_t)EPOLLIN : 0) |
                   (what & CURL_POLL_OUT ? (uint32_t)EPOLLOUT : 0);
    if (what == CURL_POLL_REMOVE) {
        epoll_ctl(transfers->epoll, EPOLL_CTL_DEL, fd, &event);
    } else if (known != NULL) {
        epoll_ctl(transfers->epoll, EPOLL_CTL_MOD, fd, &event);
    } else {
        epoll_ctl(transfers->epoll, EPOLL_CTL_ADD, fd, &event);
        curl_multi_assign(transfers->multi, fd, transfers);
    }
    return 0;
}

static void act(struct transfers *transfers, curl_socket_t fd, int what)
{
    int running;

    curl_multi_socket_action(transfers->multi, fd, what, &running);
    finish_all(transfers);
}

static void on_ready(void *arg)
{
    struct transfers *transfers = arg;
    struct epoll_event events[EVENTS_MAX];
    int count = epoll_wait(transfers->epoll, events, EVENTS_MAX, 0);

    for (int i = 0; i < count; i++) {
        int what = (events[i].events & EPOLLIN ? CURL_CSELECT_IN : 0) |
                   (events[i].events & EPOLLOUT ? CURL_CSELECT_OUT : 0) |
                   (events[i].events & (EPOLLERR | EPOLLHUP) ? CURL_CSELECT_ERR : 0);
        act(transfers, events[i].data.fd, what);
    }
}

static void on_time(void *arg)
{
    struct transfers *transfers = arg;

    transfers->timer = 0;
    act(transfers, CURL_SOCKET_TIMEOUT, 0);
}

static int on_timer(CURLM *multi, long ms, void *arg)
{
    struct transfers *transfers = arg;

    (void)multi;
    mr_worker_cancel_timer(transfers->worker, transfers->timer);
    transfers->timer =
        ms < 0 ? 0
               : mr_worker_after(transfers->worker, ms > 0 ? (unsigned)ms : 1u, on_time, transfers);
    return 0;
}

/* --- what comes in ---------------------------------------------------------------------------- */

static size_t on_content(char *data, size_t size, size_t count, void *arg)
{
    struct transfer *transfer = arg;
    size_t more = size * count;

    if (more > transfer->content_max - transfer->response.content.size) {
        transfer->too_large = true;
        return 0; /* fewer than came: the transfer ends */
    }
    buffer_append(&transfer->response.content, data, more);
    return more;
}

static size_t on_header(char *data, size_t size, size_t count, void *arg)
{
    struct transfer *transfer = arg;
    size_t more = size * count;

    transfer->header_bytes += more;
    if (transfer->header_bytes > TRANSFER_HEADERS_BYTES) {
        transfer->too_large = true;
        return 0;
    }
    response_line(&transfer->response, data, more);
    return more;
}

/* --- what goes out ---------------------------------------------------------------------------- */

static void append_line(struct transfer *transfer, const char *line)
{
    struct curl_slist *more = curl_slist_append(transfer->lines, line);

    must(more != NULL); /* out of memory */
    transfer->lines = more;
}

static void set_headers(struct transfer *transfer)
{
    const char *name;
    json_t *value;

    json_object_foreach(transfer->request->headers, name, value)
    {
        const char *text = json_string_value(value);
        struct buffer line = BUFFER_INIT;
        buffer_text(&line, name);
        buffer_text(&line, text[0] ? ": " : ";"); /* libcurl's way to send an empty one */
        buffer_text(&line, text);
        buffer_append(&line, "", 1);
        append_line(transfer, (const char *)line.data);
        buffer_fini(&line);
    }
    append_line(transfer, "Expect:"); /* do not wait a second for a "100 Continue" */
    if (!transfer->request->has_body) {
        append_line(transfer, "Content-Type:"); /* libcurl would call nothing a form */
    }
    curl_easy_setopt(transfer->easy, CURLOPT_HTTPHEADER, transfer->lines);
}

static void set_credentials(CURL *easy, const struct credentials *credentials)
{
    switch (credentials->scheme) {
    case SCHEME_NONE:
        break;
    case SCHEME_BASIC:
        curl_easy_setopt(easy, CURLOPT_HTTPAUTH, (long)CURLAUTH_BASIC);
        curl_easy_setopt(easy, CURLOPT_USERNAME, credentials->user);
        curl_easy_setopt(easy, CURLOPT_PASSWORD, credentials->secret);
        break;
    case SCHEME_BEARER:
        curl_easy_setopt(easy, CURLOPT_HTTPAUTH, (long)CURLAUTH_BEARER);
        curl_easy_setopt(easy, CURLOPT_XOAUTH2_BEARER, credentials->secret);
        break;
    }
}

static void set_surroundings(CURL *easy, const struct transfer_settings *settings)
{
    curl_easy_setopt(easy, CURLOPT_PROTOCOLS_STR, "http,https");
    curl_easy_setopt(easy, CURLOPT_FOLLOWLOCATION, 0L);
    curl_easy_setopt(easy, CURLOPT_NOSIGNAL, 1L);
    curl_easy_setopt(easy, CURLOPT_QUICK_EXIT, 1L); /* a slow name server must not hold the loop */
    curl_easy_setopt(easy, CURLOPT_CONNECTTIMEOUT_MS, (long)TRANSFER_CONNECT_MS);
    curl_easy_setopt(easy, CURLOPT_ACCEPT_ENCODING, ""); /* all that libcurl can unpack */
    curl_easy_setopt(easy, CURLOPT_USERAGENT, "marshrut-http");
    curl_easy_setopt(easy, CURLOPT_PROXY, settings->proxy ? settings->proxy : "");
    if (settings->ca_file != NULL) {
        curl_easy_setopt(easy, CURLOPT_CAINFO, settings->ca_file);
    }
}

static void set_request(CURL *easy, const struct request *request)
{
    curl_easy_setopt(easy, CURLOPT_URL, request->uri);
    if (request->has_body) {
        curl_easy_setopt(easy, CURLOPT_POSTFIELDSIZE_LARGE, (curl_off_t)request->body.size);
        curl_easy_setopt(easy, CURLOPT_POSTFIELDS,
                         request->body.size > 0 ? (const char *)request->body.data : "");
    } else if (strcmp(request->method, "POST") == 0 || strcmp(request->method, "PUT") == 0) {
        curl_easy_setopt(easy, CURLOPT_POSTFIELDSIZE, 0L); /* Content-Length: 0, as servers ask */
        curl_easy_setopt(easy, CURLOPT_POSTFIELDS, "");
    }
    if (strcmp(request->method, "HEAD") == 0) {
        curl_easy_setopt(easy, CURLOPT_NOBODY, 1L);
    } else {
        curl_easy_setopt(easy, CURLOPT_CUSTOMREQUEST, request->method);
    }
}

static void set_callbacks(struct transfer *transfer)
{
    curl_easy_setopt(transfer->easy, CURLOPT_PRIVATE, transfer);
    curl_easy_setopt(transfer->easy, CURLOPT_ERRORBUFFER, transfer->trouble);
    curl_easy_setopt(transfer->easy, CURLOPT_WRITEFUNCTION, on_content);
    curl_easy_setopt(transfer->easy, CURLOPT_WRITEDATA, transfer);
    curl_easy_setopt(transfer->easy, CURLOPT_HEADERFUNCTION, on_header);
    curl_easy_setopt(transfer->easy, CURLOPT_HEADERDATA, transfer);
}

struct transfer *transfer_start(struct transfers *transfers, const struct request *request,
                                unsigned limit_ms, size_t content_max, transfer_done_fn *done,
                                void *arg)
{
    struct transfer *transfer = xcalloc(1, sizeof *transfer);

    *transfer = (struct transfer){.transfers = transfers,
                                  .request = request,
                                  .easy = curl_easy_init(),
                                  .response = {.headers = json_object()},
                                  .limit_ms = limit_ms > 0 ? limit_ms : TRANSFER_LIMIT_MS,
                                  .content_max = content_max,
                                  .done = done,
                                  .arg = arg,
                                  .next = transfers->first};
    must(transfer->easy != NULL); /* out of memory */
    transfers->first = transfer;
    set_surroundings(transfer->easy, transfers->settings);
    set_request(transfer->easy, request);
    set_headers(transfer);
    set_credentials(transfer->easy, &request->credentials);
    set_callbacks(transfer);
    curl_easy_setopt(transfer->easy, CURLOPT_TIMEOUT_MS, (long)transfer->limit_ms);
    must(curl_multi_add_handle(transfers->multi, transfer->easy) == CURLM_OK);
    return transfer;
}

/* --- life ------------------------------------------------------------------------------------- */

struct transfers *transfers_create(struct mr_worker *worker,
                                   const struct transfer_settings *settings, struct error *err)
{
    int epoll = epoll_create1(EPOLL_CLOEXEC);

    if (epoll < 0) {
        error_set(err, ERROR_IO, "no epoll descriptor: %s", strerror(errno));
        return NULL;
    }
    struct transfers *transfers = xcalloc(1, sizeof *transfers);
    must(curl_global_init(CURL_GLOBAL_DEFAULT) == 0); /* out of memory */
    *transfers = (struct transfers){
        .worker = worker, .settings = settings, .multi = curl_multi_init(), .epoll = epoll};
    must(transfers->multi != NULL);
    curl_multi_setopt(transfers->multi, CURLMOPT_SOCKETFUNCTION, on_socket);
    curl_multi_setopt(transfers->multi, CURLMOPT_SOCKETDATA, transfers);
    curl_multi_setopt(transfers->multi, CURLMOPT_TIMERFUNCTION, on_timer);
    curl_multi_setopt(transfers->multi, CURLMOPT_TIMERDATA, transfers);
    mr_worker_watch_fd(worker, epoll, on_ready, transfers);
    return transfers;
}

void transfers_destroy(struct transfers **transfers)
{
    struct transfers *t = *transfers;

    if (t == NULL) {
        return;
    }
    while (t->first != NULL) {
        forget(t->first);
    }
    curl_multi_cleanup(t->multi);
    mr_worker_cancel_timer(t->worker, t->timer);
    mr_worker_unwatch_fd(t->worker, t->epoll);
    close(t->epoll);
    curl_global_cleanup();
    free(t);
    *transfers = NULL;
}
