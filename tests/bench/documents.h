/* documents.h - what the engine that is measured is told: its configuration and the workflows
 *
 * bench-five    five calls, one after another; the last one of another service
 * bench-plain   the same, each with a condition and a mapping that are answered in place
 * bench-jq      the same, each with a condition and a mapping that jq is asked for
 * bench-listen  waits for an event with a subject of its own, then four calls
 * bench-wait    waits for a year, then four calls
 * bench-timer   waits for an event, then TIMER_WAIT_MS, then one call
 */
#ifndef BENCH_DOCUMENTS_H
#define BENCH_DOCUMENTS_H

#include "base/error.h"

#define SERVICE_STEP "bench.step"
#define SERVICE_LAST "bench.last" /* the last step of bench-five */
#define SERVICE_DUE  "bench.due"  /* the step after the timer */

#define TIMER_WAIT_MS 3000 /* time to start all, and to ask what they wait for */
#define EVENT_TIMER   "bench.timer"

/* Write bench.yaml, the configuration, and the documents it names into the folder. */
bool documents_write(const char *folder, struct error *err);

#endif
