/* exchange.c - the life of an exchange
 *
 * Owns:    its memory and its states (exchange.h).
 * In:      serve.c, which carries the bytes; handlers, through answer.c and link.c.
 * Always:  after a handler has returned, the exchange is answered, waits for the engine or a walk,
 *          or has work of its own; anything else would never end.
 */
#include "engine/web/exchange.h"

#include "base/clock.h"
#include "base/must.h"
#include "engine/web/answer.h"
#include "engine/web/export.h"
#include "engine/web/web_part.h"

#include <microhttpd.h>
#include <stdlib.h>
#include <string.h>

struct exchange *exchange_create(struct web *web, struct connection *connection, const char *raw)
{
    struct exchange *x = xcalloc(1, sizeof *x);

    x->web = web;
    x->connection = connection;
    x->began_ms = monotonic_ms();
    if (!target_parse(raw, &x->target, &x->problem)) {
        x->problem_status = x->problem.code == ERROR_TOO_LARGE ? 414 : 400;
    }
    x->next = web->exchanges;
    if (x->next != NULL) {
        x->next->previous = x;
    }
    web->exchanges = x;
    connection->exchange = x;
    return x;
}

void exchange_destroy(struct exchange *x)
{
    if (x->previous != NULL) {
        x->previous->next = x->next;
    } else {
        x->web->exchanges = x->next;
    }
    if (x->next != NULL) {
        x->next->previous = x->previous;
    }
    must(x->ask == 0 && x->step == NULL);
    x->connection->exchange = NULL;
    x->connection->since_ms = monotonic_ms();
    if (x->response != NULL) {
        MHD_destroy_response(x->response);
    }
    export_destroy(x->export);
    target_fini(&x->target);
    buffer_fini(&x->body);
    json_decref(x->json);
    free(x->if_none_match);
    free(x->reply.disposition);
    free(x);
}

/* After a handler: it must lead to an answer. */
static void settle(struct exchange *x)
{
    reader_end(x->web->reader);
    must(x->state == EXCHANGE_ANSWERED || x->ask != 0 || x->step != NULL);
}

void exchange_run(struct exchange *x)
{
    x->state = EXCHANGE_RUNNING;
    if ((x->route->flags & ROUTE_FORMATS) != 0) {
        export_begin(x);
    }
    x->route->run(x);
    settle(x);
}

void exchange_call(struct exchange *x, answer_fn *then, json_t *payload)
{
    then(x, payload);
    settle(x);
}

void exchange_answered(struct exchange *x)
{
    int64_t ms = monotonic_ms() - x->began_ms;

    x->state = EXCHANGE_ANSWERED;
    metrics_count(&x->web->metrics, x->route != NULL ? x->route->operation : "none", x->status, ms,
                  x->answer_bytes);
    if (x->resting) {
        x->resting = false;
        serve_resume(x->web, x->connection); /* serve.c is called again, and hands it over */
    }
}

/* --- work in steps ------------------------------------------------------------------------- */

bool exchange_step(void *context)
{
    struct exchange *x = context;

    if (x->web->stopping) {
        struct error err;
        error_set(&err, ERROR_BUSY, "the engine stops: try again");
        answer_refusal(x, &err);
    } else if (x->step(x, x->work)) {
        must(x->state == EXCHANGE_RUNNING);
        return true;
    }
    must(x->state == EXCHANGE_ANSWERED || x->ask != 0);
    x->step = NULL;
    if (x->work_free != NULL) {
        x->work_free(x->work);
    }
    return false;
}

void answer_work(struct exchange *x, bool (*step)(struct exchange *x, void *work), void *work,
                 void (*release)(void *work))
{
    must(x->state == EXCHANGE_RUNNING && x->step == NULL && x->ask == 0);
    x->step = step;
    x->work = work;
    x->work_free = release;
    loop_begin(x->web, exchange_step, x);
}
