/* filled.h - an engine as it is after years: a million instances, plans, and their assignments */
#ifndef BENCH_FILLED_H
#define BENCH_FILLED_H

#include "tests/bench/rig.h"

#define FILLED_DEFAULT  1000000 /* instances that wait; a tenth as many assignments are open */
#define FILLED_PLAN     "lo-2023"
#define FILLED_CYCLE    "teacher-cycle"
#define FILLED_TEACHERS 5000

/* An engine with HTTP and one worker, in a store filled so; options.store names a folder where it
 * is kept, and taken from the next time. */
bool filled_open(const struct bench_options *options, unsigned capacity, struct rig **ret_rig,
                 struct error *err);

#endif
