/* worker.c - struct mr_worker: a session with the engine and a loop around it
 *
 * Owns:    the order of things in a pass: receive, tick, wait; starting and stopping.
 * In:      the public calls mr_worker_…().
 * Out:     session.c, loop.c.
 * Always:  handlers run in the thread of mr_worker_run(), one at a time.
 * See:     marshrut.h; docs/protocol.md §2
 */
#include "base/clock.h"
#include "base/must.h"
#include "loop.h"
#include "session.h"

#include <stdatomic.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define BATCH          256  /* messages per pass: watches and timers wait no longer than these */
#define LEAVE_MS       1000 /* as marshrut.h promises: how long a stop waits for the last ACK */
#define SLICE_LEAVE_MS 20

struct mr_worker {
    struct session session;
    struct loop loop;
    atomic_bool stopped;
};

struct mr_worker *mr_worker_create(const char *endpoint, const char *name, unsigned capacity,
                                   struct mr_error *err)
{
    struct mr_worker *worker;

    if (!wire_name_valid(bytes_of(name))) {
        sdk_refuse(err, ERROR_INVALID, "\"%s\" is not a name: 1..%u of A-Z a-z 0-9 . _ : / -", name,
                   LIMIT_NAME_BYTES);
        return NULL;
    }
    if (capacity < 1 || capacity > LIMIT_CREDIT) {
        sdk_refuse(err, ERROR_TOO_LARGE, "the capacity must be 1..%u", LIMIT_CREDIT);
        return NULL;
    }
    worker = xcalloc(1, sizeof *worker);
    if (!session_init(&worker->session, endpoint, name, capacity, err)) {
        free(worker);
        return NULL;
    }
    loop_init(&worker->loop);
    return worker;
}

void mr_worker_destroy(struct mr_worker *worker)
{
    if (worker == NULL) {
        return;
    }
    loop_fini(&worker->loop);
    session_fini(&worker->session);
    free(worker);
}

bool mr_worker_offer(struct mr_worker *worker, const char *service, mr_task_fn *handler, void *arg,
                     struct mr_error *err)
{
    struct session *session = &worker->session;

    if (!wire_name_valid(bytes_of(service))) {
        return sdk_refuse(err, ERROR_INVALID, "\"%s\" is not a name of a service", service);
    }
    for (int i = 0; i < session->offer_count; i++) {
        if (strcmp(session->offers[i].name, service) == 0) {
            return sdk_refuse(err, ERROR_CONFLICT, "\"%s\" is offered already", service);
        }
    }
    if (session->offer_count == LIMIT_SERVICES) {
        return sdk_refuse(err, ERROR_TOO_LARGE, "more than %u services", LIMIT_SERVICES);
    }
    struct offer *offer = &session->offers[session->offer_count++];
    snprintf(offer->name, sizeof offer->name, "%s", service);
    offer->handler = handler;
    offer->arg = arg;
    return true;
}

void mr_worker_on_drop(struct mr_worker *worker, mr_task_fn *handler, void *arg)
{
    worker->session.drop = handler;
    worker->session.drop_arg = arg;
}

void mr_worker_on_report(struct mr_worker *worker, mr_report_fn *handler, void *arg)
{
    worker->session.report = handler;
    worker->session.report_arg = arg;
}

/* Results that were sent are waited for; the engine gives unfinished tasks to others after BYE. */
static void leave(struct mr_worker *worker)
{
    struct session *session = &worker->session;
    int64_t end_ms = monotonic_ms() + LEAVE_MS;
    zmq_pollitem_t item = {.events = ZMQ_POLLIN};

    session->leaving = true;
    while (session->state == SESSION_LIVE && session->tasks.results.count > 0 &&
           monotonic_ms() < end_ms) {
        item.socket = session->socket;
        zmq_poll(&item, 1, SLICE_LEAVE_MS);
        session_receive(session, BATCH);
    }
    session_bye(session);
}

void mr_worker_run(struct mr_worker *worker)
{
    struct session *session = &worker->session;

    must(session->offer_count > 0);
    session_hello(session);
    while (!atomic_load(&worker->stopped)) {
        bool more = session_receive(session, BATCH);
        int64_t until_ms = session_tick(session, !more);
        loop_wait(&worker->loop, session->socket, more ? 0 : until_ms);
    }
    leave(worker);
}

void mr_worker_stop(struct mr_worker *worker)
{
    atomic_store(&worker->stopped, true);
    loop_wake(&worker->loop);
}

void mr_worker_watch_fd(struct mr_worker *worker, int fd, mr_callback_fn *handler, void *arg)
{
    loop_watch(&worker->loop, NULL, fd, handler, arg);
}

void mr_worker_watch_client(struct mr_worker *worker, struct mr_client *client,
                            mr_callback_fn *handler, void *arg)
{
    loop_watch(&worker->loop, client_socket(client), -1, handler, arg);
}

void mr_worker_watch_subscriber(struct mr_worker *worker, struct mr_subscriber *subscriber,
                                mr_callback_fn *handler, void *arg)
{
    loop_watch(&worker->loop, subscriber_socket(subscriber), -1, handler, arg);
}

void mr_worker_unwatch_fd(struct mr_worker *worker, int fd)
{
    loop_unwatch_fd(&worker->loop, fd);
}

int mr_worker_every(struct mr_worker *worker, unsigned ms, mr_callback_fn *handler, void *arg)
{
    must(ms > 0);
    return loop_add_timer(&worker->loop, monotonic_ms() + ms, ms, handler, arg);
}

int mr_worker_after(struct mr_worker *worker, unsigned ms, mr_callback_fn *handler, void *arg)
{
    return loop_add_timer(&worker->loop, monotonic_ms() + ms, 0, handler, arg);
}

void mr_worker_cancel_timer(struct mr_worker *worker, int timer)
{
    loop_cancel_timer(&worker->loop, timer);
}
