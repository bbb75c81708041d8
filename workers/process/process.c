/* process.c - a worker that runs until it is told to stop
 *
 * Owns:    the signals of the process. One worker runs in it at a time.
 * In:      main.c of each bundled worker.
 * Out:     reports of the link to the engine, in the log.
 */
#include "workers/process/process.h"

#include "base/log.h"

#include <signal.h>
#include <stddef.h>

static struct mr_worker *running; /* for the signal handler only */
static volatile sig_atomic_t asked_to_stop;

static void on_signal(int number)
{
    (void)number;
    asked_to_stop = 1;
    if (running != NULL) {
        mr_worker_stop(running);
    }
}

void process_take_signals(void)
{
    struct sigaction stop = {.sa_handler = on_signal}; /* no SA_RESTART: ends a wait for a lock */
    struct sigaction ignore = {.sa_handler = SIG_IGN};

    sigaction(SIGTERM, &stop, NULL);
    sigaction(SIGINT, &stop, NULL);
    sigaction(SIGPIPE, &ignore, NULL);
}

static void on_report(const char *id, const char *text, void *arg)
{
    (void)arg;
    log_info("MR-WORKER-LINK", "%s: %s", id, text);
}

void process_run(struct mr_worker *worker)
{
    mr_worker_on_report(worker, on_report, NULL);
    running = worker;
    if (asked_to_stop) { /* before there was a worker to tell */
        mr_worker_stop(worker);
    }
    mr_worker_run(worker);
    running = NULL;
}
