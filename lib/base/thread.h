/* thread.h - a thread beside the main one */
#ifndef BASE_THREAD_H
#define BASE_THREAD_H

#include "base/error.h"

#include <pthread.h>

/* Runs run(context) in a thread that takes no signals: they stay with the thread that calls. Join
 * it with pthread_join(). */
bool thread_start(pthread_t *ret_thread, void *(*run)(void *context), void *context,
                  struct error *err);

#endif
