/* task.c - the tasks a worker holds: running ones, and results the engine has not acknowledged
 *
 * Owns:    the hash table, the two lists, the pool of used task structs.
 * In:      session.c adds, finds and removes; result.c finishes.
 * Out:     what programs ask of a task, mr_task_…().
 * Always:  a task is in the table and on exactly one list, or in the pool.
 * See:     docs/protocol.md §2.4, §2.7
 */
#include "task.h"

#include "base/must.h"

#include <stdlib.h>

void tasks_init(struct tasks *tasks, uint32_t capacity)
{
    uint32_t buckets = 16;

    while (buckets < 2 * capacity) {
        buckets *= 2;
    }
    *tasks = (struct tasks){.bucket_mask = buckets - 1};
    tasks->buckets = xcalloc(buckets, sizeof(struct mr_task *));
}

static void free_list(struct task_list *list)
{
    while (list->first != NULL) {
        struct mr_task *task = list->first;
        list->first = task->after;
        zmq_msg_close(&task->payload);
        free(task);
    }
}

void tasks_fini(struct tasks *tasks)
{
    free_list(&tasks->running);
    free_list(&tasks->results);
    while (tasks->free != NULL) {
        struct mr_task *task = tasks->free;
        tasks->free = task->chain;
        free(task);
    }
    free(tasks->buckets);
}

/* Instances and tasks count up: mixing by multiplication spreads them. */
static struct mr_task **bucket_of(const struct tasks *tasks, struct task_id id, uint32_t attempt)
{
    uint64_t h = (id.instance * 64 + id.seq) * 4 + attempt;

    h *= 0x9E3779B97F4A7C15u;
    return &tasks->buckets[(uint32_t)(h >> 32) & tasks->bucket_mask];
}

struct mr_task *tasks_find(const struct tasks *tasks, struct task_id id, uint32_t attempt)
{
    struct mr_task *task = *bucket_of(tasks, id, attempt);

    while (task != NULL && (task->id.instance != id.instance || task->id.seq != id.seq ||
                            task->attempt != attempt)) {
        task = task->chain;
    }
    return task;
}

static void list_append(struct task_list *list, struct mr_task *task)
{
    task->before = list->last;
    task->after = NULL;
    if (list->last != NULL) {
        list->last->after = task;
    } else {
        list->first = task;
    }
    list->last = task;
    list->count++;
}

static void list_remove(struct task_list *list, struct mr_task *task)
{
    if (task->before != NULL) {
        task->before->after = task->after;
    } else {
        list->first = task->after;
    }
    if (task->after != NULL) {
        task->after->before = task->before;
    } else {
        list->last = task->before;
    }
    list->count--;
}

struct mr_task *tasks_add(struct tasks *tasks, const struct worker_message *message,
                          zmq_msg_t *payload)
{
    struct mr_task **bucket = bucket_of(tasks, message->task, message->attempt);
    struct mr_task *task = tasks->free;

    if (task != NULL) {
        tasks->free = task->chain;
    } else {
        task = xmalloc(sizeof *task);
    }
    *task = (struct mr_task){
        .id = message->task, .attempt = message->attempt, .limit_ms = message->limit_ms};
    must(zmq_msg_init(&task->payload) == 0 && zmq_msg_move(&task->payload, payload) == 0);
    task_id_print(task->id, task->id_text);
    task->chain = *bucket;
    *bucket = task;
    list_append(&tasks->running, task);
    return task;
}

void tasks_finish(struct tasks *tasks, struct mr_task *task)
{
    must(!task->finished);
    list_remove(&tasks->running, task);
    task->finished = true;
    list_append(&tasks->results, task);
}

void tasks_remove(struct tasks *tasks, struct mr_task *task)
{
    struct mr_task **at = bucket_of(tasks, task->id, task->attempt);

    while (*at != task) {
        at = &(*at)->chain;
    }
    *at = task->chain;
    list_remove(task->finished ? &tasks->results : &tasks->running, task);
    zmq_msg_close(&task->payload);
    task->chain = tasks->free;
    tasks->free = task;
}

const char *mr_task_id(const struct mr_task *task)
{
    return task->id_text;
}

unsigned mr_task_attempt(const struct mr_task *task)
{
    return task->attempt;
}

const char *mr_task_service(const struct mr_task *task)
{
    return task->service;
}

const char *mr_task_input(const struct mr_task *task, size_t *ret_size)
{
    /* zmq_msg_data() takes no const but changes nothing */
    *ret_size = zmq_msg_size(&task->payload);
    return zmq_msg_data((zmq_msg_t *)&task->payload);
}

unsigned mr_task_limit_ms(const struct mr_task *task)
{
    return task->limit_ms;
}

bool mr_task_dropped(const struct mr_task *task)
{
    return task->dropped;
}

void mr_task_set_data(struct mr_task *task, void *data)
{
    task->data = data;
}

void *mr_task_data(const struct mr_task *task)
{
    return task->data;
}
