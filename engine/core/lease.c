/* lease.c - the table of leases */
#include "engine/core/lease.h"

#include "base/must.h"

#include <stdlib.h>

void leases_fini(struct leases *leases)
{
    size_t at = 0;

    for (struct lease *l = lease_next(leases, &at); l != NULL; l = lease_next(leases, &at)) {
        free(l->progress);
        free(l);
    }
    map_fini(&leases->map);
}

size_t leases_count(const struct leases *leases)
{
    return leases->map.count;
}

struct lease *lease_find(const struct leases *leases, uint64_t instance, uint32_t task)
{
    return map_find(&leases->map, instance, task);
}

struct lease *lease_give(struct leases *leases, const struct lease *terms)
{
    struct lease *lease = lease_find(leases, terms->instance, terms->task);

    if (lease == NULL) {
        lease = xmalloc(sizeof *lease);
        map_put(&leases->map, terms->instance, terms->task, lease);
    } else {
        free(lease->progress);
    }
    *lease = *terms;
    lease->progress = NULL;
    return lease;
}

bool lease_end(struct leases *leases, uint64_t instance, uint32_t task)
{
    struct lease *lease = map_take(&leases->map, instance, task);

    if (lease == NULL) {
        return false;
    }
    free(lease->progress);
    free(lease);
    return true;
}

enum lease_end_reason lease_check(const struct lease *lease, int64_t mono_ms)
{
    if (lease->limit_ms != 0 && mono_ms >= lease->limit_ms) {
        return LEASE_OVER_LIMIT;
    }
    return lease->doubt_ms != 0 && mono_ms >= lease->doubt_ms ? LEASE_FORGOTTEN : LEASE_HOLDS;
}

void lease_doubt_all(struct leases *leases, const void *worker, int64_t until_ms)
{
    size_t at = 0;

    for (struct lease *l = lease_next(leases, &at); l != NULL; l = lease_next(leases, &at)) {
        if (l->worker == worker) {
            l->doubt_ms = until_ms;
        }
    }
}

void lease_claim(struct lease *lease)
{
    lease->doubt_ms = 0;
}

bool lease_progress(struct lease *lease, struct bytes json)
{
    if (json.size > LEASE_PROGRESS_BYTES) {
        return false;
    }
    free(lease->progress);
    lease->progress = bytes_strdup(json);
    return true;
}

struct lease *lease_next(const struct leases *leases, size_t *at)
{
    return map_next(&leases->map, at);
}
