/* rig.h - an engine in a folder of its own, with one worker, for a measure
 *
 * The folder is made below the one of the options and is the current one of this process while the
 * rig is open, because the path of a socket must be short. One rig is open at a time.
 */
#ifndef BENCH_RIG_H
#define BENCH_RIG_H

#include "marshrut.h"
#include "tests/bench/bench.h"
#include "tests/bench/worker.h"

#include <jansson.h>
#include <sys/types.h>

#define RIG_ANSWER_MS 60000 /* an engine that says nothing for so long is broken */

struct rig {
    char *folder;
    bool kept; /* the folder stays when the rig is closed */
    const char *program;
    pid_t engine; /* 0 = none */
    pid_t worker; /* 0 = none */
    struct board *board;
    /* For requests one at a time; the load has clients of its own. NULL while no engine runs. */
    struct mr_client *client;
};

#define RIG_CLIENTS "ipc://clients.sock"
#define RIG_WORKERS "ipc://workers.sock"
#define RIG_EVENTS  "ipc://events.sock"

/* Make the folder, start the engine, wait for its first answer; with capacity > 0 start a worker
 * too. arrivals: how many tasks of SERVICE_DUE the board has room for. */
bool rig_open(const struct bench_options *options, unsigned capacity, uint64_t arrivals,
              struct rig **ret_rig, struct error *err);
/* The folder and its documents, nothing started yet. options.store: that folder, made if it is not
 * there, and kept. */
bool rig_prepare(const struct bench_options *options, struct rig **ret_rig, struct error *err);
/* Ends the processes, removes the folder. NULL is fine. */
void rig_close(struct rig **rig);

/* SIGKILL, and wait until the kernel says it is gone. */
void rig_kill(struct rig *rig);
/* SIGTERM, and SIGKILL when it does not end. */
void rig_stop(struct rig *rig);
/* Start the engine again, and a client; waits for nothing. */
bool rig_start(struct rig *rig, struct error *err);

/* Ask and wait for the answer as JSON, yours. */
bool rig_ask(struct rig *rig, const char *verb, json_t *request, json_t **ret_answer,
             struct error *err);
/* Instances in a state ("running", "completed"), from STATS: committed ones only. */
bool rig_instances(struct rig *rig, const char *state, uint64_t *ret_count, struct error *err);

/* mr_error → error. Returns false. */
bool rig_refuse(struct error *err, const struct mr_error *reason, const char *what);

#endif
