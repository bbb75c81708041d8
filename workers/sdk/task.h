/* task.h - the tasks a worker holds: running ones, and results the engine has not acknowledged
 *
 * A task is found by instance, number and attempt. It is on one of two lists: running (in the order
 * they came) or results (in the order they were finished, which is the order of serials). Memory of
 * tasks that are over is used again.
 */
#ifndef SDK_TASK_H
#define SDK_TASK_H

#include "marshrut.h"
#include "wire/worker.h"

#include <zmq.h>

struct session;

struct mr_task {
    struct session *session;
    const char *service; /* borrowed from the worker's table */
    struct task_id id;
    uint32_t attempt;
    uint32_t limit_ms;
    bool dropped;  /* nobody waits: no result is to be sent */
    bool finished; /* on the list of results */
    bool failed;   /* results: FAIL */
    bool retry;
    uint64_t serial;   /* results: 0 = not sent in this session */
    zmq_msg_t payload; /* running: the input; results: what is sent */
    void *data;        /* the program's */
    char id_text[TASK_ID_TEXT_MAX];
    struct mr_task *chain; /* in its bucket; in the free list */
    struct mr_task *before;
    struct mr_task *after;
};

struct task_list {
    struct mr_task *first;
    struct mr_task *last;
    uint32_t count;
};

struct tasks {
    struct task_list running;
    struct task_list results;
    struct mr_task **buckets;
    uint32_t bucket_mask;
    struct mr_task *free;
};

void tasks_init(struct tasks *tasks, uint32_t capacity);
void tasks_fini(struct tasks *tasks); /* all tasks are gone, running ones too */

/* NULL when there is none. */
struct mr_task *tasks_find(const struct tasks *tasks, struct task_id id, uint32_t attempt);

/* A running task, which must be new; takes the payload (left empty). */
struct mr_task *tasks_add(struct tasks *tasks, const struct worker_message *message,
                          zmq_msg_t *payload);

/* From running to the end of results; task->payload is already the result. */
void tasks_finish(struct tasks *tasks, struct mr_task *task);

/* A task that is over, from either list. */
void tasks_remove(struct tasks *tasks, struct mr_task *task);

#endif
