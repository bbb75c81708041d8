/* session.h - the dialogue of a worker with the engine: docs/protocol.md §2, the worker's side
 *
 *   CLOSED ──open──▶ GREETING ──WELCOME──▶ LIVE
 *                     ▲  │ no WELCOME in time: new socket, longer wait
 *                     │  └──────┐
 *                     └─────────┴── LIVE: silence, BYE: new socket; ERROR refused: same socket
 *
 * Results and running tasks are kept through all of it.
 */
#ifndef SDK_SESSION_H
#define SDK_SESSION_H

#include "socket.h"
#include "task.h"

enum session_state { SESSION_CLOSED, SESSION_GREETING, SESSION_LIVE };

struct offer {
    char name[WORKER_WORD_MAX];
    mr_task_fn *handler;
    void *arg;
};

struct session {
    enum session_state state;
    char *endpoint;
    char *name;
    uint32_t capacity;
    void *context;
    void *socket;
    struct offer offers[LIMIT_SERVICES];
    int offer_count;
    mr_task_fn *drop;
    void *drop_arg;
    mr_report_fn *report;
    void *report_arg;
    bool leaving; /* tasks that still come are not begun */
    bool heard;   /* something came in this pass */

    struct tasks tasks;
    struct frames frames; /* received last; used again */
    uint64_t serial;      /* of the last result sent */
    uint32_t credit;      /* given to the engine and not used */
    int64_t heartbeat_ms;
    int64_t now_ms;      /* read once per pass: monotonic */
    int64_t heard_ms;    /* when something came */
    int64_t sent_ms;     /* when something was sent */
    int64_t greeted_ms;  /* GREETING: when HELLO was sent */
    int64_t patience_ms; /* GREETING: how long to wait for WELCOME */
};

bool session_init(struct session *session, const char *endpoint, const char *name,
                  uint32_t capacity, struct mr_error *err);
void session_fini(struct session *session);

void session_hello(struct session *session); /* begins: CLOSED -> GREETING */
void session_bye(struct session *session);   /* ends: -> CLOSED */

/* Handle what came, at most count messages; true when there may be more. */
bool session_receive(struct session *session, int count);

/* Heartbeats, silence, credit; returns when to be called again at the latest. idle: nothing else
 * is waiting, so give what credit there is. */
int64_t session_tick(struct session *session, bool idle);

/* The task is finished and its payload is the result: send it, or as soon as the session is live.
 */
void session_finish(struct session *session, struct mr_task *task);
void session_progress(struct session *session, const struct mr_task *task, struct bytes json);

#endif
