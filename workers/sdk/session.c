/* session.c - the dialogue of a worker with the engine: docs/protocol.md §2, the worker's side
 *
 * Owns:    the socket, the state of the session, credit, serials.
 * In:      messages of the engine; results from result.c; the passing of time from worker.c.
 * Out:     messages to the engine; calls to the handlers of tasks; reports for the program's log.
 * Always:  a result leaves the list only by an ACK; nothing but HELLO is sent before WELCOME;
 *          credit + running <= capacity, and credit + running + results <= 2 * capacity.
 * See:     session.h for the drawing; docs/protocol.md §2
 */
#include "session.h"

#include "base/clock.h"
#include "base/must.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define PATIENCE_MS     2000  /* protocol §2.12: an engine under load answers in this time */
#define PATIENCE_MS_MAX 10000 /* a thousand workers shall not hammer an engine that starts */
#define SILENCE_BEATS   3     /* protocol §2.9 */
#define BYE_LINGER_MS   500   /* the last message: nice to have, not worth a wait */

bool session_init(struct session *session, const char *endpoint, const char *name,
                  uint32_t capacity, struct mr_error *err)
{
    void *context = zmq_ctx_new();
    void *socket = socket_connect(context, ZMQ_DEALER, endpoint, 0, err);

    if (socket == NULL) {
        zmq_ctx_term(context);
        return false;
    }
    *session = (struct session){.context = context, .socket = socket, .capacity = capacity};
    session->endpoint = xstrdup(endpoint);
    session->name = xstrdup(name);
    session->patience_ms = PATIENCE_MS;
    tasks_init(&session->tasks, capacity);
    frames_init(&session->frames);
    return true;
}

void session_fini(struct session *session)
{
    frames_fini(&session->frames);
    tasks_fini(&session->tasks);
    socket_close(&session->socket, 0);
    zmq_ctx_term(session->context);
    free(session->endpoint);
    free(session->name);
}

static void report(struct session *session, const char *id, const char *text)
{
    if (session->report != NULL) {
        session->report(id, text, session->report_arg);
    }
}

/* The queue has no limit, so a refusal means that libzmq gave the connection up: as silence. */
static void send_message(struct session *session, const struct worker_message *message,
                         zmq_msg_t *payload)
{
    char header[LIMIT_HEADER_BYTES];
    size_t size = worker_encode(message, header);

    if (!frames_send(session->socket, (struct bytes){header, size}, payload)) {
        if (payload != NULL) {
            zmq_msg_close(payload);
        }
    }
    session->sent_ms = session->now_ms;
}

static uint32_t room(const struct session *session)
{
    uint32_t held = session->tasks.running.count;
    uint32_t kept = held + session->tasks.results.count;

    if (held >= session->capacity || kept >= 2 * session->capacity) {
        return 0;
    }
    uint32_t free_slots = session->capacity - held;
    uint32_t free_memory = 2 * session->capacity - kept;
    return free_slots < free_memory ? free_slots : free_memory;
}

static void hello_payload(const struct session *session, struct buffer *out)
{
    char attempt[16];
    const char *comma = "";

    buffer_text(out, "{\"services\":[");
    for (int i = 0; i < session->offer_count; i++) {
        buffer_text(out, i > 0 ? ",\"" : "\"");
        buffer_text(out, session->offers[i].name);
        buffer_text(out, "\"");
    }
    buffer_text(out, "],\"running\":[");
    for (struct mr_task *t = session->tasks.running.first; t != NULL; t = t->after) {
        if (t->dropped) {
            continue;
        }
        snprintf(attempt, sizeof attempt, "/%u\"", (unsigned)t->attempt);
        buffer_text(out, comma);
        buffer_text(out, "\"");
        buffer_text(out, t->id_text);
        buffer_text(out, attempt);
        comma = ",";
    }
    buffer_text(out, "]}");
}

void session_hello(struct session *session)
{
    struct worker_message hello = {.kind = WORKER_HELLO, .credit = room(session)};
    struct buffer json = BUFFER_INIT;
    zmq_msg_t payload;

    session->now_ms = monotonic_ms();
    session->state = SESSION_GREETING;
    session->greeted_ms = session->now_ms;
    session->credit = hello.credit;
    session->serial = 0;
    for (struct mr_task *t = session->tasks.results.first; t != NULL; t = t->after) {
        t->serial = 0;
    }
    snprintf(hello.name, sizeof hello.name, "%s", session->name);
    hello_payload(session, &json);
    message_of(&payload, buffer_bytes(&json));
    buffer_fini(&json);
    send_message(session, &hello, &payload);
}

void session_bye(struct session *session)
{
    struct worker_message bye = {.kind = WORKER_BYE};

    if (session->state == SESSION_LIVE) {
        send_message(session, &bye, NULL);
    }
    socket_close(&session->socket, session->state == SESSION_LIVE ? BYE_LINGER_MS : 0);
    session->state = SESSION_CLOSED;
}

/* Whatever the old socket still holds is forgotten with it: results are kept here. */
static void reconnect(struct session *session, const char *why)
{
    if (session->state == SESSION_LIVE) {
        session->patience_ms = PATIENCE_MS;
        report(session, "lost", why);
    } else if (session->patience_ms < PATIENCE_MS_MAX) {
        session->patience_ms *= 2;
        session->patience_ms =
            session->patience_ms < PATIENCE_MS_MAX ? session->patience_ms : PATIENCE_MS_MAX;
    }
    socket_close(&session->socket, 0);
    session->socket = socket_connect(session->context, ZMQ_DEALER, session->endpoint, 0, NULL);
    must(session->socket != NULL); /* it could be connected before */
    session_hello(session);
}

static void send_result(struct session *session, struct mr_task *task)
{
    struct worker_message result = {.kind = task->failed ? WORKER_FAIL : WORKER_DONE,
                                    .serial = task->serial,
                                    .task = task->id,
                                    .attempt = task->attempt,
                                    .retry = task->retry};
    zmq_msg_t payload;

    must(zmq_msg_init(&payload) == 0 && zmq_msg_copy(&payload, &task->payload) == 0);
    send_message(session, &result, &payload);
}

void session_finish(struct session *session, struct mr_task *task)
{
    if (task->dropped) {
        tasks_remove(&session->tasks, task);
        return;
    }
    tasks_finish(&session->tasks, task);
    if (session->state == SESSION_LIVE) {
        task->serial = ++session->serial;
        send_result(session, task);
    }
}

void session_progress(struct session *session, const struct mr_task *task, struct bytes json)
{
    struct worker_message progress = {
        .kind = WORKER_PROGRESS, .task = task->id, .attempt = task->attempt};
    zmq_msg_t payload;

    if (session->state != SESSION_LIVE || task->dropped || json.size > LIMIT_PAYLOAD_BYTES) {
        return;
    }
    message_of(&payload, json);
    send_message(session, &progress, &payload);
}

/* After HELLO results have no serial and get new ones; otherwise they keep theirs (§2.7). */
static void on_welcome(struct session *session, const struct worker_message *welcome)
{
    bool greeted = session->state == SESSION_GREETING;

    session->heartbeat_ms = welcome->heartbeat_ms;
    session->state = SESSION_LIVE;
    session->patience_ms = PATIENCE_MS;
    for (struct mr_task *t = session->tasks.results.first; t != NULL; t = t->after) {
        if (t->serial == 0) {
            t->serial = ++session->serial;
        }
        send_result(session, t);
    }
    if (greeted) {
        report(session, "connected", session->endpoint);
    }
}

static const struct offer *find_offer(const struct session *session, const char *service)
{
    for (int i = 0; i < session->offer_count; i++) {
        if (strcmp(session->offers[i].name, service) == 0) {
            return &session->offers[i];
        }
    }
    return NULL;
}

static void on_task(struct session *session, const struct worker_message *message)
{
    bool credited = session->credit > 0;

    session->credit -= credited ? 1 : 0;
    if (session->leaving || tasks_find(&session->tasks, message->task, message->attempt) != NULL) {
        return;
    }
    struct mr_task *task = tasks_add(&session->tasks, message, &session->frames.payload);
    const struct offer *offer = find_offer(session, message->name);
    task->session = session;
    if (!credited) {
        mr_task_fail(task, true, "the worker has no room for another task", NULL);
    } else if (offer == NULL) {
        mr_task_fail(task, true, "this worker does not offer that service", message->name);
    } else {
        task->service = offer->name;
        offer->handler(task, offer->arg);
    }
}

static void on_drop(struct session *session, const struct worker_message *message)
{
    struct mr_task *task = tasks_find(&session->tasks, message->task, message->attempt);

    if (task == NULL || task->finished || task->dropped) {
        return;
    }
    task->dropped = true;
    if (session->drop != NULL) {
        session->drop(task, session->drop_arg);
    }
}

static void on_ack(struct session *session, uint64_t serial)
{
    struct mr_task *task = session->tasks.results.first;

    if (serial > session->serial) {
        report(session, "ignored", "an ACK beyond the last result");
        return;
    }
    while (task != NULL && task->serial <= serial) {
        struct mr_task *next = task->after;
        tasks_remove(&session->tasks, task);
        task = next;
    }
}

static void on_error(struct session *session, const struct worker_message *message)
{
    if (message->code == ERROR_REFUSED) {
        if (session->state == SESSION_LIVE) {
            report(session, "lost", "the engine does not know this connection any more");
            session_hello(session);
        }
        return;
    }
    struct bytes payload = frames_payload(&session->frames);
    char text[512];
    snprintf(text, sizeof text, "%s %.*s", error_name(message->code),
             (int)(payload.size < 400 ? payload.size : 400),
             payload.size > 0 ? (const char *)payload.data : "");
    report(session, "refused", text);
}

static void handle_live(struct session *session, const struct worker_message *message)
{
    switch (message->kind) {
    case WORKER_TASK:
        on_task(session, message);
        break;
    case WORKER_ACK:
        on_ack(session, message->serial);
        break;
    case WORKER_DROP:
        on_drop(session, message);
        break;
    case WORKER_BYE:
        reconnect(session, "the engine stops");
        break;
    case WORKER_HEARTBEAT:
        break;
    default:
        report(session, "ignored", "a message that only workers send");
    }
}

static void handle(struct session *session)
{
    struct worker_message message;
    struct error error;

    session->heard = true;
    if (!worker_decode(frames_header(&session->frames), &message, &error)) {
        report(session, "ignored", error.text);
    } else if (session->frames.count != (worker_has_payload(message.kind) ? 2 : 1)) {
        report(session, "ignored", "a message with the wrong number of frames");
    } else if (message.kind == WORKER_WELCOME) {
        on_welcome(session, &message);
    } else if (message.kind == WORKER_ERROR) {
        on_error(session, &message);
    } else if (session->state == SESSION_LIVE) {
        handle_live(session, &message);
    }
}

bool session_receive(struct session *session, int count)
{
    session->now_ms = monotonic_ms();
    for (int i = 0; i < count; i++) {
        if (frames_receive(session->socket, &session->frames) != RECEIVED) {
            return false;
        }
        handle(session);
    }
    return true;
}

/* A quarter of the capacity at once, or all there is when nothing else is to be done. */
static void give_credit(struct session *session, bool idle)
{
    struct worker_message message = {.kind = WORKER_CREDIT};
    uint32_t wanted = room(session);

    if (session->leaving || wanted <= session->credit) {
        return;
    }
    message.credit = wanted - session->credit;
    if (idle || message.credit >= (session->capacity + 3) / 4) {
        session->credit = wanted;
        send_message(session, &message, NULL);
    }
}

int64_t session_tick(struct session *session, bool idle)
{
    struct worker_message heartbeat = {.kind = WORKER_HEARTBEAT};

    session->now_ms = monotonic_ms();
    if (session->heard) { /* only now: a handler may have taken long */
        session->heard = false;
        session->heard_ms = session->now_ms;
    }
    if (session->state == SESSION_GREETING) {
        if (session->now_ms - session->greeted_ms >= session->patience_ms) {
            reconnect(session, "");
        }
        return session->greeted_ms + session->patience_ms;
    }
    if (idle && session->now_ms - session->heard_ms >= SILENCE_BEATS * session->heartbeat_ms) {
        reconnect(session, "the engine is silent");
        return session->greeted_ms + session->patience_ms;
    }
    give_credit(session, idle);
    if (session->now_ms - session->sent_ms >= session->heartbeat_ms) {
        send_message(session, &heartbeat, NULL);
    }
    int64_t beat_ms = session->sent_ms + session->heartbeat_ms;
    int64_t silent_ms = session->heard_ms + SILENCE_BEATS * session->heartbeat_ms;
    return beat_ms < silent_ms ? beat_ms : silent_ms;
}
