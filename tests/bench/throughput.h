/* throughput.h - one level of load on one workflow, for the measures that compare */
#ifndef BENCH_THROUGHPUT_H
#define BENCH_THROUGHPUT_H

#include "tests/bench/bench.h"

#include <jansson.h>

/* An engine of its own, in_flight instances of this definition under way, at least `wanted` in all.
 * Figures as docs/performance.md §2.1 has them. */
bool throughput_level(struct bench *bench, const char *definition, uint32_t in_flight,
                      uint64_t wanted, json_t **ret_figures, struct error *err);

#endif
