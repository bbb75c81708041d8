/* serve.c - bytes in, bytes out: the HTTP library and its connections
 *
 * Owns:    the daemon of libmicrohttpd, and the list of connections.
 * In:      the library's callbacks, all inside serve_run().
 * Out:     exchanges: made with the request line, given their headers and body, handed their
 *          response.
 * Always:  the library runs in our loop and starts no thread. A connection whose exchange waits is
 *          suspended, so the library neither reads nor closes it. Connections are in the order of
 *          their last use.
 * See:     docs/http.md §1.6
 */
#include "base/clock.h"
#include "base/log.h"
#include "base/must.h"
#include "engine/web/answer.h"
#include "engine/web/web_part.h"

#include <errno.h>
#include <microhttpd.h>
#include <stdio.h>
#include <string.h>
#include <sys/socket.h>

/* Of a connection: the head of a request, and as much again for the head of the answer. */
#define MEMORY_BYTES (2 * (size_t)LIMIT_HTTP_HEAD_BYTES + 8192)
/* Above our own limit: when it is reached we close one that rests, and the newest is let in. */
#define SPARE_CONNECTIONS 32u

/* --- connections --------------------------------------------------------------------------- */

static void unlink_connection(struct web *web, struct connection *c)
{
    *(c->previous != NULL ? &c->previous->next : &web->first_connection) = c->next;
    *(c->next != NULL ? &c->next->previous : &web->last_connection) = c->previous;
}

static void append_connection(struct web *web, struct connection *c)
{
    c->previous = web->last_connection;
    c->next = NULL;
    *(c->previous != NULL ? &c->previous->next : &web->first_connection) = c;
    web->last_connection = c;
}

void serve_close(struct connection *c)
{
    if (!c->shut) {
        c->shut = true;
        shutdown(c->fd, SHUT_RDWR);
    }
}

/* The one that rests for longest makes room. */
static void close_oldest(struct web *web)
{
    struct connection *c = web->first_connection;

    while (c != NULL && (c->exchange != NULL || c->shut)) {
        c = c->next;
    }
    if (c != NULL) {
        serve_close(c);
    }
}

static void opened(struct web *web, struct MHD_Connection *handle, void **ret_context)
{
    struct connection *c = xcalloc(1, sizeof *c);
    const union MHD_ConnectionInfo *info =
        MHD_get_connection_info(handle, MHD_CONNECTION_INFO_CONNECTION_FD);

    c->handle = handle;
    c->fd = info != NULL ? info->connect_fd : -1;
    c->since_ms = monotonic_ms();
    append_connection(web, c);
    web->metrics.connections++;
    web->connection_count++;
    if (web->connection_count > web->connections_most) {
        close_oldest(web);
    }
    *ret_context = c;
}

static void on_connection(void *context, struct MHD_Connection *handle, void **socket_context,
                          enum MHD_ConnectionNotificationCode code)
{
    struct web *web = context;
    struct connection *c = *socket_context;

    if (code == MHD_CONNECTION_NOTIFY_STARTED) {
        opened(web, handle, socket_context);
        return;
    }
    if (c->exchange != NULL) {
        exchange_destroy(c->exchange);
    }
    unlink_connection(web, c);
    web->connection_count--;
    free(c);
    *socket_context = NULL;
}

/* --- exchanges ----------------------------------------------------------------------------- */

static void *on_first_line(void *context, const char *raw, struct MHD_Connection *handle)
{
    const union MHD_ConnectionInfo *info =
        MHD_get_connection_info(handle, MHD_CONNECTION_INFO_SOCKET_CONTEXT);
    struct connection *c = info->socket_context;

    if (c->exchange != NULL) {
        exchange_destroy(c->exchange);
    }
    return exchange_create(context, c, raw);
}

static void on_completed(void *context, struct MHD_Connection *handle, void **exchange,
                         enum MHD_RequestTerminationCode code)
{
    struct web *web = context;
    struct exchange *x = *exchange;

    (void)handle;
    (void)code;
    if (x == NULL || x->connection->exchange != x) {
        return;
    }
    struct connection *c = x->connection;
    exchange_destroy(x);
    unlink_connection(web, c);
    append_connection(web, c);
    *exchange = NULL;
}

static enum MHD_Result hand_over(struct exchange *x)
{
    return MHD_queue_response(x->connection->handle, x->status, x->response);
}

/* A body beyond its limit can't be answered before its end (the library does not allow that): it
 * is thrown away; who goes on sending is cut off (false). */
static bool take_body(struct exchange *x, const char *data, size_t size)
{
    if (x->body.size + size <= LIMIT_HTTP_BODY_BYTES && x->problem_status == 0) {
        buffer_append(&x->body, data, size);
        return true;
    }
    if (x->problem_status == 0) {
        error_set(&x->problem, ERROR_TOO_LARGE, "the body has more than %u bytes",
                  LIMIT_HTTP_BODY_BYTES);
        x->problem_status = 413;
    }
    x->thrown_bytes += size;
    return x->thrown_bytes <= LIMIT_HTTP_BODY_BYTES;
}

/* While the gateway stops, the library still reads what had come: nothing new may begin to wait. */
static void run_or_refuse(struct exchange *x)
{
    struct error err;

    if (!x->web->stopping) {
        exchange_run(x);
        return;
    }
    error_set(&err, ERROR_BUSY, "the engine stops: try again");
    x->state = EXCHANGE_RUNNING;
    answer_refusal(x, &err);
}

static enum MHD_Result on_request(void *context, struct MHD_Connection *handle, const char *url,
                                  const char *method, const char *version, const char *data,
                                  size_t *data_size, void **exchange)
{
    struct exchange *x = *exchange;

    (void)context;
    (void)url; /* decoded by rules that are not ours: target.h */
    (void)version;
    if (x->state == EXCHANGE_HEADED) {
        snprintf(x->method, sizeof x->method, "%s", method);
        x->state = EXCHANGE_READING;
        /* a request without a body is read to its end in any case: its connection can go on */
        return !request_head(x) && x->has_body ? hand_over(x) : MHD_YES;
    }
    if (*data_size > 0) {
        bool taken = take_body(x, data, *data_size);
        *data_size = 0;
        return taken ? MHD_YES : MHD_NO;
    }
    if (x->state == EXCHANGE_READING && request_body(x)) {
        run_or_refuse(x);
    }
    if (x->state == EXCHANGE_ANSWERED) {
        return hand_over(x);
    }
    x->resting = true;
    MHD_suspend_connection(handle);
    return MHD_YES;
}

static void on_log(void *context, const char *format, va_list args)
{
    char line[512];

    (void)context;
    vsnprintf(line, sizeof line, format, args);
    line[strcspn(line, "\r\n")] = '\0';
    log_debug("MR-HTTP-LIBRARY", "%s", line);
}

/* --- the loop's side ----------------------------------------------------------------------- */

bool serve_start(struct web *web, int listen_fd, struct error *err)
{
    web->daemon = MHD_start_daemon(
        MHD_USE_EPOLL | MHD_ALLOW_SUSPEND_RESUME | MHD_USE_ERROR_LOG, 0, NULL, NULL, on_request,
        web, MHD_OPTION_EXTERNAL_LOGGER, on_log, NULL, MHD_OPTION_LISTEN_SOCKET, listen_fd,
        MHD_OPTION_CONNECTION_LIMIT, web->connections_most + SPARE_CONNECTIONS,
        MHD_OPTION_CONNECTION_MEMORY_LIMIT, MEMORY_BYTES, MHD_OPTION_CONNECTION_TIMEOUT,
        (unsigned)(LIMIT_HTTP_WRITE_MS / 1000), MHD_OPTION_NOTIFY_CONNECTION, on_connection, web,
        MHD_OPTION_NOTIFY_COMPLETED, on_completed, web, MHD_OPTION_URI_LOG_CALLBACK, on_first_line,
        web, MHD_OPTION_STRICT_FOR_CLIENT, 1, MHD_OPTION_SIGPIPE_HANDLED_BY_APP, 1, MHD_OPTION_END);
    return web->daemon != NULL ||
           error_set(err, ERROR_IO, "the HTTP server can't be started: see the log");
}

int serve_fd(const struct web *web)
{
    return MHD_get_daemon_info(web->daemon, MHD_DAEMON_INFO_EPOLL_FD)->epoll_fd;
}

void serve_resume(struct web *web, struct connection *c)
{
    web->resumed = true;
    MHD_resume_connection(c->handle);
}

void serve_run(struct web *web)
{
    web->resumed = false;
    MHD_run(web->daemon);
}

int64_t serve_timeout_ms(const struct web *web)
{
    MHD_UNSIGNED_LONG_LONG ms = 0;

    if (MHD_get_timeout(web->daemon, &ms) != MHD_YES) {
        return -1;
    }
    return ms > 3600000 ? 3600000 : (int64_t)ms;
}

/* The other side has said that nothing more comes, and all it sent was read. The library looks only
 * when the system tells of something new, and misses an end that came with the last bytes. */
bool serve_is_gone(const struct connection *c)
{
    char byte;
    ssize_t size = recv(c->fd, &byte, 1, MSG_PEEK | MSG_DONTWAIT);

    return size == 0 || (size < 0 && errno != EAGAIN && errno != EINTR);
}

/* The library's own limit is between two bytes; these are of the whole head, and of the body. */
void serve_sweep(struct web *web, int64_t mono_ms)
{
    for (struct connection *c = web->first_connection; c != NULL; c = c->next) {
        const struct exchange *x = c->exchange;
        bool reading = x == NULL || x->state <= EXCHANGE_READING;
        bool dripping = x != NULL
                            ? reading && mono_ms - x->began_ms > LIMIT_HTTP_REQUEST_MS
                            : mono_ms - c->since_ms > LIMIT_HTTP_IDLE_MS + LIMIT_HTTP_REQUEST_MS;
        if (dripping || (reading && serve_is_gone(c))) {
            serve_close(c);
        }
    }
}

void serve_stop(struct web *web)
{
    if (web->daemon != NULL) {
        MHD_run(web->daemon); /* resumes what was answered, and sends what it can */
        MHD_run(web->daemon);
        MHD_stop_daemon(web->daemon);
        web->daemon = NULL;
    }
}
