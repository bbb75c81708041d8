/* hand.h - a worker in a thread of its own, led by the test
 *
 * It offers "echo" (done at once with its input), "hold" (kept until hand_order()) and "big" (done
 * with as many spaces as the input says). Handlers run in the worker's thread; orders go there
 * through a pipe.
 */
#ifndef TESTS_SDK_HAND_H
#define TESTS_SDK_HAND_H

#include "marshrut.h"

#include <pthread.h>
#include <stdatomic.h>

#define HAND_HELD_MAX 64
#define HAND_SERVICES "\"services\":[\"echo\",\"hold\",\"big\"]"

struct hand {
    struct mr_worker *worker;
    pthread_t thread;
    int orders[2]; /* pipes: from the test, and back */
    int echoes[2];
    char order; /* under way */
    struct mr_task *held[HAND_HELD_MAX];
    int held_count;
    atomic_int begun;   /* tasks handed to handlers */
    atomic_int dropped; /* calls of the drop handler */
    atomic_int reports; /* messages that were ignored */
    atomic_int obeyed;
};

void hand_create(struct hand *hand, const char *endpoint, unsigned capacity);
void hand_run(struct hand *hand);     /* start the thread */
void hand_destroy(struct hand *hand); /* stop, join, free */

/* What to do with the task held longest, as soon as there is one; returns when it was done: 'd'
 * done with "1", 'D' the same but not before it was dropped, 'f' fail to be retried, 'F' fail
 * finally with text that is no UTF-8, 'P' fail with a type and a status, 'p' tell its progress. */
void hand_order(struct hand *hand, char order);

#endif
