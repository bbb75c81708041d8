/* process.h - what the process of a bundled worker does around its work: signals, and its link in
 * the log */
#ifndef WORKERS_PROCESS_H
#define WORKERS_PROCESS_H

#include "workers/sdk/marshrut.h"

/* First in main(): SIGTERM and SIGINT end the worker that runs, or the one that is about to. They
 * interrupt what waits. A peer that has gone is an error, no SIGPIPE. */
void process_take_signals(void);

/* Work until one of them comes. */
void process_run(struct mr_worker *worker);

#endif
