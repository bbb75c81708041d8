/* dispatch_services.c - services by name, and which workers offer them
 *
 * Owns:    the list of services; it only grows.
 * In:      names from the outbox and from HELLO.
 * Always:  a service and its name last as long as the engine.
 */
#include "engine/dispatch_part.h"

#include "base/must.h"

#include <stdlib.h>
#include <string.h>

#define SERVICE_MAX 4096 /* names seen; each takes a kilobyte until the engine stops */

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
