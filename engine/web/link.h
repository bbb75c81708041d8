/* link.h - commands and questions to the engine's own thread: MC1 over inproc
 *
 * The engine sees a client like any other. What it answers comes back through the loop; meanwhile
 * the connection of the exchange rests. No answer within the time: 504; the engine stops: 503.
 * docs/protocol.md §3
 */
#ifndef WEB_LINK_H
#define WEB_LINK_H

#include "base/error.h"
#include "wire/client.h"

#include <jansson.h>

struct exchange;
struct link;

/* What to ask. payload is the link's now (NULL = {}). */
struct ask {
    enum client_verb verb;
    const char *definition; /* START only */
    const char *key;        /* START only; NULL = none */
    unsigned priority;      /* START only; 0..9, 5 is usual */
    json_t *payload;
    int64_t timeout_ms; /* 0 = LINK_TIMEOUT_MS */
};

#define LINK_TIMEOUT_MS        30000
#define LINK_UPKEEP_TIMEOUT_MS 3600000 /* BACKUP and VERIFY read the whole store */

/* The answer: err NULL and the payload, or what was refused with the payload of ERROR (NULL when
 * the engine did not answer). payload is borrowed; who keeps it, takes a reference. */
typedef void link_fn(void *context, const struct error *err, json_t *payload);
/* The same for an exchange; it answers, asks again, or begins work. */
typedef void answer_fn(struct exchange *x, json_t *payload);

/* Ask for an exchange and go on in then(); NULL: the payload is the answer, 200. A refusal is
 * answered as problem details without then(). To commands on routes that change something the link
 * adds "by", "expect" (If-Match) and "once" (Idempotency-Key), unless the payload has them (START
 * goes as BEGIN, an event in {"event":…}); an If-Match of another instance than "instance" or
 * "task" is answered 412 here. */
void link_ask(struct exchange *x, const struct ask *ask, answer_fn *then);

/* The whole of a handler that passes something on: where the request is in order, link_ask() with
 * the answer as it comes. The payload is the link's in any case. */
void link_pass(struct exchange *x, const struct ask *ask);

/* Ask without an exchange, for jobs. fn is called exactly once, never from inside this call. */
struct web;
void link_send(struct web *web, const struct ask *ask, link_fn *fn, void *context);

/* --- for the loop ------------------------------------------------------------------------------
 */
bool link_open(void *zmq_context, struct link **ret_link, struct error *err);
void link_close(struct link **link);
int link_fd(const struct link *link);
/* Hand out what has come; true when there was something. */
bool link_drain(struct link *link, int64_t mono_ms);
int64_t link_next_ms(
    const struct link *link); /* monotonic: the next time limit; INT64_MAX = none */
/* Everything under way is answered 503. */
void link_stop(struct link *link);

#endif
