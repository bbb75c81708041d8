/* lease.h - which worker has which attempt
 *
 * Pure and in memory: a lease is a promise of a living connection, so it dies with either end and
 * is not stored. After a restart workers claim what they still run (protocol §2.2). Times are
 * monotonic milliseconds, passed in.
 */
#ifndef CORE_LEASE_H
#define CORE_LEASE_H

#include "base/buffer.h"
#include "base/map.h"

struct lease {
    uint64_t instance;
    uint32_t task;
    uint32_t attempt;
    void *worker;     /* the holder's; compared, never looked into */
    void *service;    /* likewise */
    int64_t limit_ms; /* when the attempt's time is over; 0 = never */
    int64_t doubt_ms; /* when the worker must have spoken of it; 0 = no doubt */
    int64_t since_ms;
    uint64_t ready_seq; /* of the record that made the attempt ready */
    bool kept;          /* its instance was suspended: it goes on without a row in the outbox */
    char *progress;     /* JSON, as the worker last told; NULL before; owned by the table */
};

#define LEASE_PROGRESS_BYTES 1024u /* longer progress is not kept: it is a line for an operator */

struct leases {
    struct map map; /* (instance, task) -> lease */
};

void leases_fini(struct leases *leases);
size_t leases_count(const struct leases *leases);
struct lease *lease_find(const struct leases *leases, uint64_t instance, uint32_t task);

/* Give an attempt to a worker; replaces an older attempt's lease of the same task. Borrowed. */
struct lease *lease_give(struct leases *leases, const struct lease *terms);

/* The attempt is over (or given up); false when there was no such lease. */
bool lease_end(struct leases *leases, uint64_t instance, uint32_t task);

/* Why a lease must be given up now. */
enum lease_end_reason { LEASE_HOLDS, LEASE_OVER_LIMIT, LEASE_FORGOTTEN };

enum lease_end_reason lease_check(const struct lease *lease, int64_t mono_ms);

/* The worker said HELLO again: every lease of it is in doubt until it is claimed, reported, or the
 * time comes. lease_claim() takes the doubt away. */
void lease_doubt_all(struct leases *leases, const void *worker, int64_t until_ms);
void lease_claim(struct lease *lease);

/* Keep what the worker told last; false when it is too long to be kept. */
bool lease_progress(struct lease *lease, struct bytes json);

/* Walk: *at = 0 first; NULL at the end. The table must not change meanwhile. */
struct lease *lease_next(const struct leases *leases, size_t *at);

#endif
