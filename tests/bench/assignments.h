/* assignments.h - filling an engine with assignments; `notices` and `terms` share it */
#ifndef BENCH_ASSIGNMENTS_H
#define BENCH_ASSIGNMENTS_H

#include "calendar/civil.h"
#include "tests/bench/load.h"
#include "tests/bench/rig.h"

#define ASSIGNMENTS_BODIES     1000
#define ASSIGNMENTS_CONTROLLER "control"
#define ASSIGNMENTS_ZONE_MS    10800000 /* of the bodies: Moscow's, all year */

/* Deploy the bodies, a workflow of one assignment, and a policy whose letters leave at this minute
 * of the day there; digest: one letter for a body and day. */
bool assignments_deploy(struct rig *rig, int minute, bool digest, struct error *err);

/* Start until total are there; each body in turn is responsible. Days as "2026-09-01". */
bool assignments_start(struct load *load, uint64_t total, const char *from, const char *to,
                       struct error *err);

/* The day, and the minute of the day, there at a moment of the real clock. */
void assignments_moment(int64_t utc_ms, char ret_day[CIVIL_TEXT_MAX], int *ret_minute);

#endif
