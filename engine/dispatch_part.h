/* dispatch_part.h - inside dispatch: a service with its queues, its workers and its limits
 *
 * Only dispatch*.c include this.
 */
#ifndef ENGINE_DISPATCH_PART_H
#define ENGINE_DISPATCH_PART_H

#include "engine/dispatch.h"
#include "engine/queue.h"

#define PRIORITIES 10

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

#endif
