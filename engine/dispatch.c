/* dispatch.c - queues by service and priority, credit, and sending
 *
 * Owns:    services, their limits, and the leases.
 * In:      dispatch_changes() after each commit; credit from sessions.
 * Out:     TASK and DROP messages.
 * Always:  an entry that is no longer open is passed over; a worker never gets more than its
 *          credit, a service never more than its limits.
 */
#include "engine/dispatch.h"

#include "base/clock.h"
#include "base/must.h"
#include "engine/queue.h"

#include <stdlib.h>
#include <string.h>

#define PRIORITIES  10
#define SERVICE_MAX 4096 /* names seen; each takes a kilobyte until the engine stops */

struct service {
    char name[LIMIT_NAME_BYTES + 1];
    struct queue queues[PRIORITIES];
    struct session **workers;
    uint32_t worker_count;
    uint32_t worker_room;
    uint32_t next_worker; /* whose turn it is */
    uint32_t running;
    uint32_t concurrency; /* 0 = no limit */
    uint32_t per_second;  /* 0 = no limit */
    int64_t tokens;       /* of the rate limit, in thousandths */
    int64_t tokens_at_ms;
};

void dispatch_init(struct dispatch *d, struct server *server, struct turn *turn,
                   struct store *store, uint32_t heartbeat_ms)
{
    *d = (struct dispatch){.server = server,
                           .turn = turn,
                           .store = store,
                           .heartbeat_ms = heartbeat_ms,
                           .boot_seq = turn->world.next_record,
                           .grace_until_ms = monotonic_ms() + 3 * (int64_t)heartbeat_ms};
}

void dispatch_fini(struct dispatch *d)
{
    for (uint32_t i = 0; i < d->service_count; i++) {
        for (int p = 0; p < PRIORITIES; p++) {
            queue_fini(&d->services[i]->queues[p]);
        }
        free(d->services[i]->workers);
        free(d->services[i]);
    }
    free(d->services);
    leases_fini(&d->leases);
    sessions_fini(&d->sessions);
}

/* --- services ------------------------------------------------------------------------------ */

static struct service *find_service(const struct dispatch *d, const char *name)
{
    for (uint32_t i = 0; i < d->service_count; i++) {
        if (strcmp(d->services[i]->name, name) == 0) {
            return d->services[i];
        }
    }
    return NULL;
}

/* A new service reads what waits for it from the table, first of all from the beginning. */
static struct service *add_service(struct dispatch *d, const char *name)
{
    struct service *s = xcalloc(1, sizeof *s);

    must(strlen(name) <= LIMIT_NAME_BYTES);
    memcpy(s->name, name, strlen(name) + 1);
    for (int p = 0; p < PRIORITIES; p++) {
        queue_init(&s->queues[p]);
    }
    for (uint32_t i = 0; i < d->limit_count; i++) {
        if (strcmp(d->limits[i].name, name) == 0) {
            s->concurrency = d->limits[i].concurrency;
            s->per_second = d->limits[i].per_second;
            s->tokens = 1000 * (int64_t)s->per_second;
        }
    }
    if ((d->service_count & (d->service_count - 1)) == 0) {
        uint32_t room = d->service_count ? d->service_count * 2 : 1;
        d->services = xrealloc(d->services, room * sizeof(struct service *));
    }
    d->services[d->service_count++] = s;
    return s;
}

struct service *dispatch_service(struct dispatch *d, const char *name)
{
    struct service *s = find_service(d, name);

    if (s == NULL && d->service_count < SERVICE_MAX) {
        s = add_service(d, name);
    }
    return s;
}

bool dispatch_is_idle(const struct dispatch *d)
{
    for (uint32_t i = 0; i < d->service_count; i++) {
        for (int p = 0; d->services[i]->worker_count > 0 && p < PRIORITIES; p++) {
            const struct queue *q = &d->services[i]->queues[p];
            if (q->count > 0 || q->behind) {
                return false;
            }
        }
    }
    return leases_count(&d->leases) == 0;
}

uint32_t dispatch_workers(const struct dispatch *d, const char *name)
{
    const struct service *s = find_service(d, name);

    return s != NULL ? s->worker_count : 0;
}

const char *service_name(const struct service *service)
{
    return service->name;
}

void dispatch_offer(struct dispatch *d, struct session *session, const char *name)
{
    struct service *s = dispatch_service(d, name);

    if (s == NULL || session->service_count == LIMIT_SERVICES) {
        return;
    }
    for (uint32_t i = 0; i < session->service_count; i++) {
        if (session->services[i] == s) {
            return;
        }
    }
    session->services[session->service_count++] = s;
    if (s->worker_count == s->worker_room) {
        s->worker_room = s->worker_room ? s->worker_room * 2 : 4;
        s->workers = xrealloc(s->workers, s->worker_room * sizeof(struct session *));
    }
    s->workers[s->worker_count++] = session;
}

void dispatch_withdraw(struct dispatch *d, struct session *session)
{
    (void)d;
    for (uint32_t i = 0; i < session->service_count; i++) {
        struct service *s = session->services[i];
        for (uint32_t w = 0; w < s->worker_count; w++) {
            if (s->workers[w] == session) {
                s->workers[w] = s->workers[--s->worker_count];
                break;
            }
        }
    }
    session->service_count = 0;
}

/* --- what a turn changed -------------------------------------------------------------------- */

void dispatch_drop(struct dispatch *d, struct lease *lease)
{
    struct worker_message drop = {
        .kind = WORKER_DROP, .task = {lease->instance, lease->task}, .attempt = lease->attempt};

    dispatch_send(d, lease->worker, &drop, (struct bytes){NULL, 0}, monotonic_ms());
    dispatch_end_lease(d, lease);
}

/* The row of this attempt left the outbox. A suspended instance goes on with attempts under way
 * (docs/states.md §1). */
static void end_or_keep(struct dispatch *d, struct lease *lease)
{
    const struct instance *i = turn_look(d->turn, NULL, lease->instance); /* the turn changed it */
    const struct task *t = i ? instance_find_task(i, lease->task) : NULL;

    if (t != NULL && t->state == TASK_READY && t->attempt == lease->attempt) {
        lease->kept = true;
    } else {
        dispatch_drop(d, lease);
    }
}

static void wanted_again(struct dispatch *d, const struct ready_change *change)
{
    struct lease *lease = lease_find(&d->leases, change->instance, change->task);

    if (lease != NULL && lease->attempt == change->attempt) {
        lease->kept = false; /* and its entry in the queue is passed over */
    }
}

void dispatch_changes(struct dispatch *d, const struct ready_change *changes, size_t count)
{
    struct service *s = NULL;

    for (size_t i = 0; i < count; i++) {
        const struct ready_change *change = &changes[i];
        if (!change->added) {
            struct lease *lease = lease_find(&d->leases, change->instance, change->task);
            if (lease != NULL && lease->attempt == change->attempt) {
                end_or_keep(d, lease);
            }
            continue;
        }
        wanted_again(d, change);
        if (s == NULL || strcmp(s->name, change->service) != 0) {
            s = dispatch_service(d, change->service);
        }
        if (s == NULL) {
            continue; /* stays in the table; nobody can offer it before a restart either */
        }
        queue_add(&s->queues[change->priority],
                  (struct queue_entry){change->ready_seq, change->instance, change->task,
                                       change->attempt});
    }
}

/* --- sending ------------------------------------------------------------------------------- */

void dispatch_send(struct dispatch *d, struct session *session,
                   const struct worker_message *message, struct bytes payload, int64_t mono_ms)
{
    char header[LIMIT_HEADER_BYTES];
    size_t size = worker_encode(message, header);

    if (worker_has_payload(message->kind) && payload.data == NULL) {
        payload = (struct bytes){"", 0};
    }
    server_send(d->server, SERVER_WORKERS, &session->peer, (struct bytes){header, size}, payload);
    session->sent_ms = mono_ms;
}

void dispatch_end_lease(struct dispatch *d, struct lease *lease)
{
    struct session *session = lease->worker;
    struct service *service = lease->service;

    must(session->running > 0 && service->running > 0);
    session->running--;
    service->running--;
    lease_end(&d->leases, lease->instance, lease->task);
}

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

int64_t dispatch_limit_ms(const struct dispatch *d, const struct instance *i, const struct task *t)
{
    if (t->kind == TASK_NOTICE) {
        return 60000; /* a mail server that takes longer for one letter is down */
    }
    return catalog_find_number(d->turn->world.catalog, i->definition)
        ->workflow.steps[t->step]
        .timeout.ms;
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

void dispatch_adopt(struct dispatch *d, struct session *session, const struct lease *terms,
                    int64_t mono_ms)
{
    struct service *service = terms->service;
    struct lease lease = *terms;

    lease.worker = session;
    lease.since_ms = mono_ms;
    lease.limit_ms = terms->limit_ms ? mono_ms + terms->limit_ms : 0;
    lease_give(&d->leases, &lease);
    session->running++;
    service->running++;
}

bool dispatch_may_claim(const struct dispatch *d, const struct session *session,
                        const struct lease *terms)
{
    bool offers = false;

    for (uint32_t n = 0; n < session->service_count; n++) {
        offers = offers || session->services[n] == terms->service;
    }
    return offers && terms->ready_seq < d->boot_seq;
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
