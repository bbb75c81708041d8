/* sweep.h - going over all open assignments, once a civil day
 *
 * A sweep asks STATS for today, then pages through ASSIGNMENTS and sends what is due; out of office
 * hours it is put off until they begin. It never blocks: the owner calls sweep_turn() when
 * something may have come.
 */
#ifndef OFFICIALS_SWEEP_H
#define OFFICIALS_SWEEP_H

#include "workers/officials/plan.h"
#include "workers/sdk/marshrut.h"

#define SWEEP_PAGE        500   /* rows asked for at a time */
#define SWEEP_ANSWER_MS   10000 /* no answer in that time: the engine was restarted, begin again */
#define SWEEP_EVERY_MS    30000 /* events may be lost: look again at the latest after that */
#define SWEEP_PENDING_MAX 1000u /* commands without an answer: then the next page waits */

/* Office hours by the clock of the demonstration: minutes of the day. */
#define SWEEP_OPENS_MINUTE  540  /* 09:00 */
#define SWEEP_CLOSES_MINUTE 1080 /* 18:00 */

struct sweep;

/* client must outlive it. */
struct sweep *sweep_create(struct mr_client *client, const struct habits *habits);
void sweep_destroy(struct sweep **sweep);

/* A new day began, or the program did: sweep now, or again after the sweep under way. */
void sweep_begin(struct sweep *sweep);

/* Take the answers that are there and go on. false: the engine runs on the real clock, where
 * nobody may be simulated. */
bool sweep_turn(struct sweep *sweep);

/* Milliseconds until sweep_turn() is to be called even if nothing comes. */
int sweep_wait_ms(const struct sweep *sweep);

#endif
