/* loop.c - what else a worker's loop waits for: file descriptors, sockets, timers
 *
 * Owns:    watches, timers, the poll set, the pipe that wakes the loop.
 * In:      loop_watch(), loop_add_timer() from the program, also from its handlers.
 * Out:     calls to handlers, from loop_wait() only.
 * Always:  a removed watch or timer is never called again, not even in the pass under way.
 * See:     marshrut.h
 */
#include "loop.h"

#include "base/clock.h"
#include "base/must.h"

#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <unistd.h>

void loop_init(struct loop *loop)
{
    *loop = (struct loop){0};
    must(pipe(loop->wake) == 0);
    for (int i = 0; i < 2; i++) {
        must(fcntl(loop->wake[i], F_SETFD, FD_CLOEXEC) == 0);
        must(fcntl(loop->wake[i], F_SETFL, O_NONBLOCK) == 0);
    }
}

void loop_fini(struct loop *loop)
{
    close(loop->wake[0]);
    close(loop->wake[1]);
    free(loop->watches);
    free(loop->timers);
    free(loop->items);
}

void loop_wake(struct loop *loop)
{
    int saved = errno;
    ssize_t written = write(loop->wake[1], "", 1);

    (void)written; /* a full pipe wakes as well */
    errno = saved;
}

void loop_watch(struct loop *loop, void *socket, int fd, mr_callback_fn *handler, void *arg)
{
    must(handler != NULL && loop->watch_count < LOOP_WATCHES_MAX);
    loop->watches = xrealloc(loop->watches, (size_t)(loop->watch_count + 1) * sizeof(struct watch));
    loop->watches[loop->watch_count++] = (struct watch){socket, fd, handler, arg};
}

void loop_unwatch_fd(struct loop *loop, int fd)
{
    for (int i = 0; i < loop->watch_count; i++) {
        if (loop->watches[i].socket == NULL && loop->watches[i].fd == fd) {
            loop->watches[i].handler = NULL;
        }
    }
}

static void sweep_watches(struct loop *loop)
{
    int kept = 0;

    for (int i = 0; i < loop->watch_count; i++) {
        if (loop->watches[i].handler != NULL) {
            loop->watches[kept++] = loop->watches[i];
        }
    }
    loop->watch_count = kept;
}

int loop_add_timer(struct loop *loop, int64_t due_ms, int64_t every_ms, mr_callback_fn *handler,
                   void *arg)
{
    must(handler != NULL && loop->timer_count < LOOP_TIMERS_MAX);
    loop->timers = xrealloc(loop->timers, (size_t)(loop->timer_count + 1) * sizeof(struct timer));
    loop->timers[loop->timer_count++] =
        (struct timer){++loop->last_timer, due_ms, every_ms, handler, arg};
    return loop->last_timer;
}

void loop_cancel_timer(struct loop *loop, int number)
{
    for (int i = 0; i < loop->timer_count; i++) {
        if (loop->timers[i].number == number) {
            loop->timers[i] = loop->timers[--loop->timer_count];
            return;
        }
    }
}

static struct timer *earliest_timer(struct loop *loop)
{
    struct timer *first = NULL;

    for (int i = 0; i < loop->timer_count; i++) {
        if (first == NULL || loop->timers[i].due_ms < first->due_ms) {
            first = &loop->timers[i];
        }
    }
    return first;
}

/* Each pass handles what was due when it began: a timer that is always late starves nobody. */
static void fire_timers(struct loop *loop)
{
    int64_t now_ms = monotonic_ms();
    struct timer *first;

    while ((first = earliest_timer(loop)) != NULL && first->due_ms <= now_ms) {
        struct timer due = *first;
        if (due.every_ms > 0) {
            first->due_ms = now_ms + due.every_ms;
        } else {
            loop_cancel_timer(loop, due.number);
        }
        due.handler(due.arg);
    }
}

static int fill_items(struct loop *loop, void *socket)
{
    int count = loop->watch_count + 2;

    if (count > loop->item_room) {
        loop->items = xrealloc(loop->items, (size_t)count * sizeof *loop->items);
        loop->item_room = count;
    }
    loop->items[0] = (zmq_pollitem_t){.fd = loop->wake[0], .events = ZMQ_POLLIN};
    for (int i = 0; i < loop->watch_count; i++) {
        loop->items[i + 1] = (zmq_pollitem_t){
            .socket = loop->watches[i].socket, .fd = loop->watches[i].fd, .events = ZMQ_POLLIN};
    }
    loop->items[count - 1] = (zmq_pollitem_t){.socket = socket, .events = ZMQ_POLLIN};
    return socket != NULL ? count : count - 1;
}

/* Handlers may add watches: the array may move, the first `count` keep their places. */
static void call_watches(struct loop *loop, int count)
{
    for (int i = 0; i < count; i++) {
        struct watch watch = loop->watches[i];
        if (loop->items[i + 1].revents != 0 && watch.handler != NULL) {
            watch.handler(watch.arg);
        }
    }
}

static long wait_ms(struct loop *loop, int64_t until_ms)
{
    const struct timer *first = earliest_timer(loop);

    if (first != NULL && first->due_ms < until_ms) {
        until_ms = first->due_ms;
    }
    int64_t left_ms = until_ms - monotonic_ms();
    return left_ms > 0 ? (long)left_ms : 0;
}

void loop_wait(struct loop *loop, void *socket, int64_t until_ms)
{
    char swallowed[64];

    sweep_watches(loop);
    int watches = loop->watch_count;
    int count = fill_items(loop, socket);
    int ready = zmq_poll(loop->items, count, wait_ms(loop, until_ms));
    must(ready >= 0 || errno == EINTR);
    if (ready > 0) {
        while (read(loop->wake[0], swallowed, sizeof swallowed) > 0) {
        }
        call_watches(loop, watches);
    }
    fire_timers(loop);
}
