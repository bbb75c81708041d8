/* run.h - tasks as running programs, in the worker's loop */
#ifndef EXEC_RUN_H
#define EXEC_RUN_H

#include "workers/exec/config.h"
#include "workers/sdk/marshrut.h"

#define RUN_GRACE_MS 2000 /* from SIGTERM to SIGKILL: long enough to remove a temporary file */

struct runs;

/* Offers every service of the config. Worker and config must outlive it; but the worker is to be
 * destroyed first. NULL: an offer was refused. */
struct runs *runs_create(struct mr_worker *worker, const struct config *config, struct error *err);

/* After the worker is gone: what still runs is killed. NULL is fine. */
void runs_destroy(struct runs **runs);

#endif
