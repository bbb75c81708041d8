/* metrics.h - what the gateway counts of itself, and /metrics (docs/http.md §1.9) */
#ifndef WEB_METRICS_H
#define WEB_METRICS_H

#include "base/buffer.h"

#include <jansson.h>
#include <stdint.h>

#define METRICS_BUCKETS 10
#define METRICS_ROWS_MAX                                                                           \
    1000 /* routes × statuses that occur: further ones are counted together                       \
          */

struct api_route;

struct metrics_row {
    const char *operation; /* "asset", "none" where there is no route */
    unsigned status;
    uint64_t count;
};

struct metrics {
    struct metrics_row rows[METRICS_ROWS_MAX];
    size_t row_count;
    uint64_t buckets[METRICS_BUCKETS + 1]; /* not summed up; the last: longer than all */
    uint64_t sum_ms;
    uint64_t count;
    uint64_t bytes;       /* of answers, as they were sent */
    uint64_t connections; /* since the start */
    uint64_t refused;     /* by the guard */
};

/* An exchange was answered. */
void metrics_count(struct metrics *metrics, const char *operation, unsigned status, int64_t ms,
                   uint64_t bytes);

/* What is there just now. */
struct metrics_now {
    unsigned connections;
    unsigned listeners;
    unsigned waiting; /* for the engine */
};

/* Prometheus' text, with the engine's numbers (STATS; NULL: it did not answer). */
void metrics_print(const struct metrics *metrics, const struct metrics_now *now,
                   const json_t *stats, struct buffer *out);

#endif
