/* samples.c - a list of measured numbers and their percentiles; the clock they are taken with
 *
 * Owns:    the numbers, and the one stopwatch of the process.
 * Always:  a percentile is a value that was measured, never one between two.
 * See:     docs/performance.md
 */
#include "tests/bench/samples.h"

#include "base/must.h"

#include <stdlib.h>
#include <zmq.h>

void samples_fini(struct samples *samples)
{
    free(samples->values);
    *samples = SAMPLES_INIT;
}

void samples_add(struct samples *samples, int64_t value)
{
    if (samples->count == samples->room) {
        samples->room = samples->room ? samples->room * 2 : 1024;
        samples->values = xrealloc(samples->values, samples->room * sizeof *samples->values);
    }
    samples->values[samples->count++] = value;
}

static int compare(const void *a, const void *b)
{
    const int64_t *left = a;
    const int64_t *right = b;

    return (*left > *right) - (*left < *right);
}

int64_t samples_percentile(struct samples *samples, double share)
{
    must(samples->count > 0 && share > 0.0 && share <= 1.0);
    qsort(samples->values, samples->count, sizeof *samples->values, compare);
    double rank = share * (double)samples->count;
    size_t at = (size_t)rank;
    at -= at > 0 && (double)at >= rank ? 1 : 0;
    return samples->values[at < samples->count ? at : samples->count - 1];
}

/* ZeroMQ's stopwatch: monotonic, and finer than the milliseconds of base/clock.h. */
int64_t stopwatch_us(void)
{
    static void *watch;

    if (watch == NULL) {
        watch = zmq_stopwatch_start();
    }
    return (int64_t)zmq_stopwatch_intermediate(watch);
}
