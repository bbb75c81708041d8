/* web_part.h - inside the gateway: its parts, all of one thread but the walker's
 *
 * Only the files that carry exchanges include this; handlers need request.h, answer.h, reader.h,
 * link.h and loop.h.
 */
#ifndef WEB_WEB_PART_H
#define WEB_WEB_PART_H

#include "base/wake.h"
#include "engine/storetoken.h"
#include "engine/web/exchange.h"
#include "engine/web/link.h"
#include "engine/web/loop.h"
#include "engine/web/metrics.h"
#include "engine/web/reader.h"
#include "engine/web/web.h"

#include <pthread.h>

struct MHD_Daemon;
struct MHD_Connection;
struct assets;
struct catalogue;
struct jobs;
struct live;
struct loop;
struct tool;
struct memo;

/* One connection of a client. */
struct connection {
    struct connection *previous;
    struct connection *next; /* the one that rests for longest is first */
    struct MHD_Connection *handle;
    struct exchange *exchange; /* under way, or NULL */
    int fd;
    int64_t since_ms; /* monotonic: when it was opened, or its last exchange ended */
    bool shut;        /* we have closed it, and wait for the library to notice */
};

struct web {
    const struct config *config;
    void *zmq_context;
    struct link *link;
    struct web_reader *reader;
    struct loop *loop;
    struct MHD_Daemon *daemon;
    unsigned port;
    char url[64];
    char *url_file;
    struct assets *assets;
    struct catalogue *russian; /* NULL: the catalogue was not found */
    struct live *live;
    struct metrics metrics;
    struct connection *first_connection;
    struct connection *last_connection;
    unsigned connection_count;
    unsigned connections_most;
    struct exchange *exchanges;
    struct memo *memo;
    char token[STORE_TOKEN_MAX]; /* of the store: in the uids of the feed */
    struct tool *tools;          /* programs that run for handlers and jobs */
    unsigned tool_answers;       /* those that somebody waits for */
    struct jobs *jobs;
    unsigned exports; /* lists that become files now */
    pthread_t thread;
    struct wake wake; /* ends the loop */
    bool resumed;     /* since serve_run() last looked */
    bool started;
    bool stopping;
};

/* serve.c: the HTTP library. listen_fd is the library's then. */
bool serve_start(struct web *web, int listen_fd, struct error *err);
void serve_run(struct web *web); /* what is ready; never waits */
int serve_fd(const struct web *web);
int64_t serve_timeout_ms(
    const struct web *web); /* until serve_run() must be called; -1 = no limit */
void serve_sweep(struct web *web, int64_t mono_ms); /* close connections that rest for too long */
void serve_stop(struct web *web);                   /* every exchange must be answered */
/* Let a connection that rests go on. */
void serve_resume(struct web *web, struct connection *connection);
/* Close a connection as if the other side were gone. */
void serve_close(struct connection *connection);
bool serve_is_gone(const struct connection *connection); /* has the other side closed it? */

/* exchange.c: life of an exchange. */
struct exchange *exchange_create(struct web *web, struct connection *connection, const char *raw);
/* Let a handler run; then the exchange is answered, waits, or works. */
void exchange_run(struct exchange *x);
void exchange_call(struct exchange *x, answer_fn *then, json_t *payload);
/* The response is there: hand it to the library, now or when the connection goes on. */
void exchange_answered(struct exchange *x);

/* One step of its own work (a loop_step_fn); where the gateway stops, it is answered so. */
bool exchange_step(void *exchange);

/* request_head.c: look at the headers; false: answered. */
bool request_head(struct exchange *x);
/* request_body.c: the body has come whole; false: answered. */
bool request_body(struct exchange *x);

/* loop.c */
struct loop *loop_create(void);
void loop_destroy(struct loop *loop);
void loop_run(struct web *web);

/* link.c */
size_t link_waiting(const struct link *link);

#endif
