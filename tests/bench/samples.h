/* samples.h - a list of measured numbers and their percentiles; the clock they are taken with */
#ifndef BENCH_SAMPLES_H
#define BENCH_SAMPLES_H

#include <stddef.h>
#include <stdint.h>

struct samples {
    int64_t *values;
    size_t count;
    size_t room;
};

#define SAMPLES_INIT ((struct samples){0})

void samples_fini(struct samples *samples);
void samples_add(struct samples *samples, int64_t value);
/* The smallest value that at least that share of all values does not exceed (nearest rank); share
 * 1.0 is the greatest. Sorts. There must be one value at least. */
int64_t samples_percentile(struct samples *samples, double share);

/* Microseconds since the first call in this process; never goes back. */
int64_t stopwatch_us(void);

#endif
