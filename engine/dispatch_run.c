/* dispatch_run.c - which ready task goes to which worker now
 *
 * Owns:    the order of sending, and the limits of a service.
 * In:      queues of dispatch.c, credit of sessions.
 * Out:     TASK messages, leases.
 * Always:  an entry that is no longer open is passed over; a worker never gets more than its
 *          credit, a service never more than its limits.
 */
#include "engine/dispatch_part.h"

#include <string.h>

/* --- one task ------------------------------------------------------------------------------ */

static struct session *pick_worker(struct service *s)
{
    for (uint32_t i = 0; i < s->worker_count; i++) {
        struct session *session = s->workers[(s->next_worker + i) % s->worker_count];
        if (session->credit > 0 && !session->held) {
            s->next_worker = (s->next_worker + i + 1) % s->worker_count;
            return session;
        }
    }
    return NULL;
}

/* Does a worker have this attempt already? One that has an older attempt has nothing any more: a
 * migration of a suspended instance gave the task a new one. */
static bool is_leased(struct dispatch *d, const struct queue_entry *e)
{
    struct lease *lease = lease_find(&d->leases, e->instance, e->task);

    if (lease != NULL && lease->attempt < e->attempt) {
        dispatch_drop(d, lease);
        return false;
    }
    return lease != NULL;
}

/* Returns false when the entry is no longer what is to be done (cancelled, suspended, retried). */
static bool send_task(struct dispatch *d, struct store_txn *txn, struct service *s,
                      const struct queue_entry *e, struct session *session, int64_t mono_ms)
{
    const struct instance *instance = turn_look(d->turn, txn, e->instance);
    const struct task *task = instance ? instance_find_task(instance, e->task) : NULL;

    if (task == NULL || task->state != TASK_READY || task->attempt != e->attempt ||
        (instance->state == INSTANCE_SUSPENDED) || is_leased(d, e)) {
        return false;
    }
    int64_t limit_ms = dispatch_limit_ms(d, instance, task);
    struct worker_message message = {.kind = WORKER_TASK,
                                     .task = {e->instance, e->task},
                                     .attempt = e->attempt,
                                     .limit_ms = (uint32_t)limit_ms};
    memcpy(message.name, s->name, sizeof message.name);
    dispatch_send(d, session, &message, task_input(instance, task), mono_ms);
    lease_give(&d->leases, &(struct lease){.instance = e->instance,
                                           .task = e->task,
                                           .attempt = e->attempt,
                                           .worker = session,
                                           .service = s,
                                           .since_ms = mono_ms,
                                           .limit_ms = limit_ms ? mono_ms + limit_ms : 0});
    session->credit--;
    session->running++;
    s->running++;
    return true;
}

/* --- limits of a service ------------------------------------------------------------------- */

static void earn_tokens(struct service *s, int64_t mono_ms)
{
    int64_t most = 1000 * (int64_t)s->per_second;

    s->tokens += (mono_ms - s->tokens_at_ms) * s->per_second;
    s->tokens_at_ms = mono_ms;
    if (s->tokens > most) {
        s->tokens = most;
    }
}

static bool may_send(struct service *s, int64_t mono_ms)
{
    if (s->concurrency != 0 && s->running >= s->concurrency) {
        return false;
    }
    if (s->per_second != 0) {
        earn_tokens(s, mono_ms);
        return s->tokens >= 1000;
    }
    return true;
}

/* --- one round ----------------------------------------------------------------------------- */

struct round {
    struct store_txn *txn; /* opened when the first entry needs it */
    int64_t mono_ms;
};

static bool open_snapshot(struct dispatch *d, struct round *round)
{
    return round->txn != NULL || store_begin_read(d->store, &round->txn, NULL);
}

/* What a former run of the engine may have given to a worker waits for that worker's claim. */
static bool must_wait(const struct dispatch *d, const struct queue_entry *e, int64_t mono_ms)
{
    return e->ready_seq < d->boot_seq && mono_ms < d->grace_until_ms;
}

/* Returns false when nothing more of this service can go now. */
static bool send_first(struct dispatch *d, struct service *s, struct queue *q, struct round *round)
{
    const struct queue_entry *e = queue_first(q);

    if (must_wait(d, e, round->mono_ms) || !may_send(s, round->mono_ms)) {
        return false;
    }
    struct session *session = pick_worker(s);
    if (session == NULL) {
        return false;
    }
    if (send_task(d, round->txn, s, e, session, round->mono_ms) && s->per_second != 0) {
        s->tokens -= 1000;
    }
    queue_drop_first(q);
    return true;
}

static void run_service(struct dispatch *d, struct service *s, struct round *round)
{
    for (int p = PRIORITIES - 1; p >= 0; p--) {
        struct queue *q = &s->queues[p];
        while (q->count > 0 || q->behind) {
            if (!open_snapshot(d, round)) {
                return;
            }
            if (q->count == 0) {
                queue_refill(q, round->txn, s->name, (unsigned)p);
            } else if (!send_first(d, s, q, round)) {
                /* entries of before a restart wait in every priority alike: look at the next */
                if (!must_wait(d, queue_first(q), round->mono_ms)) {
                    return;
                }
                break;
            }
        }
    }
}

void dispatch_run(struct dispatch *d, int64_t mono_ms)
{
    struct round round = {NULL, mono_ms};

    for (uint32_t i = 0; i < d->service_count; i++) {
        if (d->services[i]->worker_count > 0) {
            run_service(d, d->services[i], &round);
        }
    }
    if (round.txn != NULL) {
        store_abort(&round.txn);
    }
}

int dispatch_wait_ms(const struct dispatch *d, int64_t mono_ms)
{
    int wait_ms = -1;

    for (uint32_t i = 0; i < d->service_count; i++) {
        const struct service *s = d->services[i];
        for (int p = 0; p < PRIORITIES && s->worker_count > 0; p++) {
            const struct queue *q = &s->queues[p];
            if (q->count > 0 && must_wait(d, queue_first(q), mono_ms)) {
                wait_ms = (int)(d->grace_until_ms - mono_ms) + 1;
            } else if (q->count > 0 && s->per_second != 0 && s->tokens < 1000) {
                return 1000 / (int)s->per_second + 1;
            }
        }
    }
    return wait_ms;
}
