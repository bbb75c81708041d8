/* link.c - MC1 over inproc: a client of the engine in the same process
 *
 * Owns:    the DEALER socket, and what was asked and not answered yet.
 * In:      link_ask() for an exchange, link_send() for a job.
 * Out:     answers, through the loop, in any order.
 * Always:  each question has exactly one end: an answer, the end of patience, or the end of the
 *          gateway. An exchange that waits can't go away: its connection rests.
 * See:     docs/protocol.md §3
 */
#include "engine/web/link.h"

#include "base/clock.h"
#include "base/must.h"
#include "engine/server.h"
#include "engine/web/answer.h"
#include "engine/web/exchange.h"
#include "engine/web/web_part.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <zmq.h>

#define LINK_HIGH_WATER 0 /* no bound of ZeroMQ's: LIMIT_HTTP_REQUESTS is ours */

struct question {
    struct question *next;
    uint64_t number;
    int64_t until_ms; /* monotonic */
    link_fn *fn;
    void *context;
};

struct link {
    void *socket;
    uint64_t last; /* number of the last question */
    size_t count;
    struct question *questions;
    struct question *refused; /* could not be sent: their ends come with the next drain */
};

bool link_open(void *zmq_context, struct link **ret_link, struct error *err)
{
    struct link *l = xcalloc(1, sizeof *l);
    int none = LINK_HIGH_WATER;
    int linger = 0;

    l->socket = zmq_socket(zmq_context, ZMQ_DEALER);
    must(l->socket != NULL);
    must(zmq_setsockopt(l->socket, ZMQ_SNDHWM, &none, sizeof none) == 0);
    must(zmq_setsockopt(l->socket, ZMQ_RCVHWM, &none, sizeof none) == 0);
    must(zmq_setsockopt(l->socket, ZMQ_LINGER, &linger, sizeof linger) == 0);
    if (zmq_connect(l->socket, SERVER_INPROC_CLIENTS) != 0) {
        error_set(err, ERROR_IO, "can't reach the engine: %s", zmq_strerror(zmq_errno()));
        link_close(&l);
        return false;
    }
    *ret_link = l;
    return true;
}

void link_close(struct link **link)
{
    struct link *l = *link;

    if (l == NULL) {
        return;
    }
    must(l->questions == NULL && l->refused == NULL);
    zmq_close(l->socket);
    free(l);
    *link = NULL;
}

int link_fd(const struct link *l)
{
    int fd = -1;
    size_t size = sizeof fd;

    must(zmq_getsockopt(l->socket, ZMQ_FD, &fd, &size) == 0);
    return fd;
}

/* --- out ----------------------------------------------------------------------------------- */

static bool transmit(struct link *l, const struct ask *ask, uint64_t number)
{
    struct client_message m = {.verb = ask->verb, .request = number, .priority = ask->priority};
    char header[LIMIT_HEADER_BYTES];
    char *text = ask->payload ? json_dumps(ask->payload, JSON_COMPACT) : xstrdup("{}");

    snprintf(m.definition, sizeof m.definition, "%s", ask->definition ? ask->definition : "");
    snprintf(m.key, sizeof m.key, "%s", ask->key ? ask->key : "");
    size_t size = client_encode(&m, header);
    bool sent = text != NULL &&
                zmq_send(l->socket, header, size, ZMQ_DONTWAIT | ZMQ_SNDMORE) >= 0 &&
                zmq_send(l->socket, text, strlen(text), ZMQ_DONTWAIT) >= 0;
    free(text);
    return sent;
}

static uint64_t send_question(struct link *l, const struct ask *ask, link_fn *fn, void *context)
{
    struct question *q = xcalloc(1, sizeof *q);
    int64_t patience_ms = ask->timeout_ms > 0 ? ask->timeout_ms : LINK_TIMEOUT_MS;
    bool sent = l->count < LIMIT_HTTP_REQUESTS && transmit(l, ask, l->last + 1);

    *q = (struct question){.number = ++l->last,
                           .until_ms = monotonic_ms() + patience_ms,
                           .fn = fn,
                           .context = context};
    struct question **list = sent ? &l->questions : &l->refused;
    q->next = *list;
    *list = q;
    l->count++;
    json_decref(ask->payload);
    return q->number;
}

void link_send(struct web *web, const struct ask *ask, link_fn *fn, void *context)
{
    send_question(web->link, ask, fn, context);
}

/* --- in ------------------------------------------------------------------------------------ */

static void end_question(struct link *l, struct question **at, const struct error *err,
                         json_t *payload)
{
    struct question *q = *at;

    *at = q->next;
    l->count--;
    q->fn(q->context, err, payload);
    free(q);
}

static struct question **find_question(struct link *l, uint64_t number)
{
    struct question **at = &l->questions;

    while (*at != NULL && (*at)->number != number) {
        at = &(*at)->next;
    }
    return *at != NULL ? at : NULL;
}

static void hand_out(struct link *l, struct bytes header, struct bytes text)
{
    struct client_message m = {0};
    struct error err = ERROR_INIT;

    if (!client_decode(header, &m, NULL)) {
        return; /* the engine writes no such header */
    }
    struct question **at = find_question(l, m.request);
    if (at == NULL) {
        return; /* its patience has ended */
    }
    json_t *payload = json_loadb(text.size ? text.data : "{}", text.size ? text.size : 2,
                                 JSON_DECODE_ANY | JSON_ALLOW_NUL, NULL);
    if (m.verb == CLIENT_OK) {
        end_question(l, at, NULL, payload);
    } else {
        const char *sentence = json_string_value(json_object_get(payload, "text"));
        error_set(&err, m.code != ERROR_NONE ? m.code : ERROR_IO, "%s", sentence ? sentence : "");
        err.format = NULL; /* the payload has it */
        end_question(l, at, &err, payload);
    }
    json_decref(payload);
}

/* One message: true when there was one. */
static bool receive(struct link *l)
{
    zmq_msg_t frames[2];
    int count = 0;
    bool more = true;

    zmq_msg_init(&frames[0]);
    zmq_msg_init(&frames[1]);
    while (more && count < 2 && zmq_msg_recv(&frames[count], l->socket, ZMQ_DONTWAIT) >= 0) {
        more = zmq_msg_more(&frames[count]) != 0;
        count++;
    }
    if (count > 0) {
        struct bytes header = {zmq_msg_data(&frames[0]), zmq_msg_size(&frames[0])};
        struct bytes text = {zmq_msg_data(&frames[1]), zmq_msg_size(&frames[1])};
        hand_out(l, header, count > 1 ? text : (struct bytes){NULL, 0});
    }
    zmq_msg_close(&frames[0]);
    zmq_msg_close(&frames[1]);
    return count > 0;
}

static bool end_late(struct link *l, int64_t mono_ms)
{
    struct error err;
    bool some = l->refused != NULL;

    while (l->refused != NULL) {
        error_set(&err, ERROR_BUSY, "%u requests wait for the engine already: try again",
                  LIMIT_HTTP_REQUESTS);
        end_question(l, &l->refused, &err, NULL);
    }
    for (struct question **at = &l->questions; *at != NULL;) {
        if ((*at)->until_ms > mono_ms) {
            at = &(*at)->next;
            continue;
        }
        error_set(&err, ERROR_TIMEOUT, "the engine did not answer in time");
        end_question(l, at, &err, NULL);
        at = &l->questions; /* whoever was told may have asked again */
        some = true;
    }
    return some;
}

bool link_drain(struct link *l, int64_t mono_ms)
{
    bool some = end_late(l, mono_ms);

    while (receive(l)) {
        some = true;
    }
    return some;
}

int64_t link_next_ms(const struct link *l)
{
    int64_t next_ms = INT64_MAX;

    for (const struct question *q = l->questions; q != NULL; q = q->next) {
        next_ms = q->until_ms < next_ms ? q->until_ms : next_ms;
    }
    return l->refused != NULL ? 0 : next_ms;
}

void link_stop(struct link *l)
{
    struct error err;

    error_set(&err, ERROR_BUSY, "the engine stops: try again");
    while (l->questions != NULL) {
        end_question(l, &l->questions, &err, NULL);
    }
    while (l->refused != NULL) {
        end_question(l, &l->refused, &err, NULL);
    }
}

size_t link_waiting(const struct link *l)
{
    return l->count;
}

/* --- for an exchange ----------------------------------------------------------------------- */

/* What an exchange goes on with. */
struct waiting {
    struct exchange *exchange;
    answer_fn *then;
};

static void exchange_answer(void *context, const struct error *err, json_t *payload)
{
    struct waiting w = *(struct waiting *)context;

    free(context);
    w.exchange->ask = 0;
    if (err != NULL) {
        if (payload != NULL) {
            answer_error_payload(w.exchange, err->code, payload);
        } else {
            answer_refusal(w.exchange, err);
        }
    } else if (w.then != NULL) {
        exchange_call(w.exchange, w.then, payload);
    } else {
        answer_json(w.exchange, 200, json_incref(payload));
    }
}

/* The instance that a command is about: of "instance", or of "task" ("17.2"); 0 = none. */
static uint64_t instance_of(const json_t *payload)
{
    const char *task = json_string_value(json_object_get(payload, "task"));
    json_int_t id = json_integer_value(json_object_get(payload, "instance"));

    return task != NULL ? strtoull(task, NULL, 10) : id > 0 ? (uint64_t)id : 0;
}

/* A payload that is not the command's own: the input of START, an event as it comes. Its command
 * goes around it, so that what is added is not part of it. */
static void wrap(struct ask *ask)
{
    if (ask->verb == CLIENT_START) {
        ask->payload = json_pack("{ss* ss* si so}", "definition", ask->definition, "key", ask->key,
                                 "priority", (int)ask->priority, "input", ask->payload);
        *ask = (struct ask){
            .verb = CLIENT_BEGIN, .payload = ask->payload, .timeout_ms = ask->timeout_ms};
    } else if (ask->verb == CLIENT_EVENT &&
               !json_is_object(json_object_get(ask->payload, "event"))) {
        ask->payload = json_pack("{so}", "event", ask->payload);
    }
}

/* by, once, expect. false: answered 412. */
static bool add_conditions(struct exchange *x, json_t *payload)
{
    uint64_t entry = 0;
    uint64_t instance = instance_of(payload);

    if (instance != 0 && !request_expect(x, instance, &entry)) {
        return false;
    }
    if (entry != 0 && json_object_get(payload, "expect") == NULL) {
        json_object_set_new(payload, "expect", json_integer((json_int_t)entry));
    }
    if (x->by[0] != '\0' && json_object_get(payload, "by") == NULL) {
        json_object_set_new(payload, "by", json_string(x->by));
    }
    if (x->once[0] != '\0' && json_object_get(payload, "once") == NULL) {
        json_object_set_new(payload, "once", json_string(x->once));
    }
    return true;
}

void link_ask(struct exchange *x, const struct ask *ask, answer_fn *then)
{
    struct ask asked = *ask;
    bool changes = x->route != NULL && (x->route->flags & ROUTE_CHANGES) != 0 &&
                   (client_is_command(ask->verb));

    must(x->ask == 0 && x->state == EXCHANGE_RUNNING);
    if (asked.payload == NULL) {
        asked.payload = json_object();
    }
    if (changes) {
        wrap(&asked);
    }
    if (changes && !add_conditions(x, asked.payload)) {
        json_decref(asked.payload);
        return;
    }
    struct waiting *w = xmalloc(sizeof *w);
    *w = (struct waiting){x, then};
    x->ask = send_question(x->web->link, &asked, exchange_answer, w);
}

void link_pass(struct exchange *x, const struct ask *ask)
{
    if (request_end(x)) {
        link_ask(x, ask, NULL);
    } else {
        json_decref(ask->payload);
    }
}
