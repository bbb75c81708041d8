/* waiting.h - filling an engine with instances that wait; `waiting` and `restart` share it */
#ifndef BENCH_WAITING_H
#define BENCH_WAITING_H

#include "tests/bench/load.h"
#include "tests/bench/rig.h"

#define WAITING_DEFAULT 1000000
#define WAITING_LISTEN  "bench-listen"
#define WAITING_WAIT    "bench-wait"

/* Start until total wait, and check that the engine counts as many. */
bool waiting_fill(struct rig *rig, struct load *load, uint64_t total, double *ret_starts_per_s,
                  struct error *err);

#endif
