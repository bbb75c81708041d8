/* dispatch.c - what is ready goes into queues, and leases are given and taken away
 *
 * Owns:    the leases.
 * In:      dispatch_changes() after each commit; claims of workers that came back.
 * Out:     DROP messages; queues, from which dispatch_run.c sends.
 * Always:  a row that leaves the outbox ends the lease of its attempt, unless that goes on.
 */
#include "engine/dispatch_part.h"

#include "base/clock.h"
#include "base/must.h"

#include <stdlib.h>
#include <string.h>

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

int64_t dispatch_limit_ms(const struct dispatch *d, const struct instance *i, const struct task *t)
{
    if (t->kind == TASK_NOTICE) {
        return 60000; /* a mail server that takes longer for one letter is down */
    }
    return catalog_find_number(d->turn->world.catalog, i->definition)
        ->workflow.steps[t->step]
        .timeout.ms;
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
