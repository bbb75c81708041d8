/* thread.c - starting a thread
 *
 * Owns:    its signal mask.
 */
#include "base/thread.h"

#include <signal.h>
#include <string.h>

bool thread_start(pthread_t *ret_thread, void *(*run)(void *context), void *context,
                  struct error *err)
{
    sigset_t all;
    sigset_t before;

    sigfillset(&all);
    pthread_sigmask(SIG_SETMASK, &all, &before);
    int trouble = pthread_create(ret_thread, NULL, run, context);
    pthread_sigmask(SIG_SETMASK, &before, NULL);
    return trouble == 0 ||
           error_set(err, ERROR_IO, "a thread can't be started: %s", strerror(trouble));
}
