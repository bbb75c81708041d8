/* loop.h - what else a worker's loop waits for: file descriptors, sockets, timers
 *
 * One zmq_poll() serves the worker's own socket, the pipe that stops it, and all watches.
 */
#ifndef SDK_LOOP_H
#define SDK_LOOP_H

#include "marshrut.h"

#include <zmq.h>

#define LOOP_WATCHES_MAX 1000 /* as marshrut.h promises: a child process needs three */
#define LOOP_TIMERS_MAX  1000

struct watch {
    void *socket; /* of ZeroMQ; NULL = fd */
    int fd;
    mr_callback_fn *handler; /* NULL = removed, to be swept */
    void *arg;
};

struct timer {
    int number;
    int64_t due_ms;
    int64_t every_ms; /* 0 = once */
    mr_callback_fn *handler;
    void *arg;
};

struct loop {
    struct watch *watches;
    int watch_count;
    struct timer *timers; /* few: scanned */
    int timer_count;
    int last_timer;
    zmq_pollitem_t *items; /* [0] the pipe, then the watches, then the worker's socket */
    int item_room;
    int wake[2]; /* a pipe: loop_wake() writes, loop_wait() reads */
};

void loop_init(struct loop *loop);
void loop_fini(struct loop *loop);
void loop_wake(struct loop *loop); /* async-signal-safe; from any thread */

void loop_watch(struct loop *loop, void *socket, int fd, mr_callback_fn *handler, void *arg);
void loop_unwatch_fd(struct loop *loop, int fd);
int loop_add_timer(struct loop *loop, int64_t due_ms, int64_t every_ms, mr_callback_fn *handler,
                   void *arg);
void loop_cancel_timer(struct loop *loop, int number);

/* Wait until something is there or until_ms (monotonic) is reached; call handlers of watches that
 * are ready and of timers that are due. socket may be NULL. */
void loop_wait(struct loop *loop, void *socket, int64_t until_ms);

#endif
