/* dispatch.h - which ready task goes to which worker, and when
 *
 * Journey: (after commit) dispatch → who has credit → encode → server; the outbox row stays until a
 * result is durable. Tasks of one service go out by priority, then in the order they became ready,
 * within the service's limits of concurrency and rate.
 */
#ifndef ENGINE_DISPATCH_H
#define ENGINE_DISPATCH_H

#include "engine/core/lease.h"
#include "engine/session.h"
#include "engine/turn.h"
#include "wire/worker.h"

/* Limits of a service, from the configuration; 0 = none. */
struct service_limits {
    char name[LIMIT_NAME_BYTES + 1];
    uint32_t concurrency;
    uint32_t per_second;
};

struct dispatch {
    struct server *server;
    struct turn *turn;
    struct store *store;
    struct sessions sessions;
    struct leases leases;
    struct service **services;
    uint32_t service_count;
    const struct service_limits *limits;
    uint32_t limit_count;
    uint32_t heartbeat_ms;
    int64_t grace_until_ms; /* monotonic: until then, what a former run may have sent out waits */
    uint64_t boot_seq;      /* ready_seq below this: from a former run */
};

void dispatch_init(struct dispatch *dispatch, struct server *server, struct turn *turn,
                   struct store *store, uint32_t heartbeat_ms);
void dispatch_fini(struct dispatch *dispatch);

/* The service of this name, made when it is new. */
struct service *dispatch_service(struct dispatch *dispatch, const char *name);
/* Has no worker anything to do, and is nothing on its way to one? */
bool dispatch_is_idle(const struct dispatch *dispatch);
/* How many connected workers offer it. */
uint32_t dispatch_workers(const struct dispatch *dispatch, const char *service);
const char *service_name(const struct service *service);

/* A session offers this service from now on. */
void dispatch_offer(struct dispatch *dispatch, struct session *session, const char *service);
/* It offers nothing any more (it leaves, or says HELLO anew). */
void dispatch_withdraw(struct dispatch *dispatch, struct session *session);

/* The outbox rows that a committed turn changed. */
void dispatch_changes(struct dispatch *dispatch, const struct ready_change *changes, size_t count);

/* Send what can be sent. */
void dispatch_run(struct dispatch *dispatch, int64_t mono_ms);

/* Tell the worker that nobody waits for this attempt any more, and take the lease away. */
void dispatch_drop(struct dispatch *dispatch, struct lease *lease);

/* Take a lease away: the worker's place is free again. */
void dispatch_end_lease(struct dispatch *dispatch, struct lease *lease);

/* How long an attempt of this task may take; 0 = no limit. */
int64_t dispatch_limit_ms(const struct dispatch *dispatch, const struct instance *instance,
                          const struct task *task);

/* A worker says that it still runs this open attempt, from before it (or the engine) came back. In
 * terms, limit_ms is how long it may take: its time begins anew, nobody knows when it was sent. */
void dispatch_adopt(struct dispatch *dispatch, struct session *session, const struct lease *terms,
                    int64_t mono_ms);

/* May this session bring the result of an attempt that has no lease? Only one that a former run may
 * have given out, and of a service it offers. */
bool dispatch_may_claim(const struct dispatch *dispatch, const struct session *session,
                        const struct lease *terms);

/* Real milliseconds until dispatch_run() may do more without any message coming; -1 = never. */
int dispatch_wait_ms(const struct dispatch *dispatch, int64_t mono_ms);

/* Encode and send a message to a worker. */
void dispatch_send(struct dispatch *dispatch, struct session *session,
                   const struct worker_message *message, struct bytes payload, int64_t mono_ms);

#endif
