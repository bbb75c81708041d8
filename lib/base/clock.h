/* clock.h - where the time comes from
 *
 * The engine reads its clock once a turn and passes `now` down; nothing below the turn asks for
 * the time. Times are UTC milliseconds since 1970-01-01.
 *
 *   real     the machine's clock: production
 *   virtual  moves only when told: tests and simulation
 *   demo     starts at a given moment and runs a day every few seconds: `./dev run`
 */
#ifndef BASE_CLOCK_H
#define BASE_CLOCK_H

#include <stdbool.h>
#include <stdint.h>

struct clock {
    int64_t (*now_ms)(const struct clock *clock);
    int64_t base_ms;      /* virtual: the time itself; demo: the time at start */
    int64_t base_mono_ms; /* demo: the monotonic time at start */
    int64_t rate;         /* demo: clock milliseconds per real millisecond */
};

struct clock clock_real(void);
struct clock clock_virtual(int64_t now_ms);
/* rate must be > 0. */
struct clock clock_demo(int64_t start_ms, int64_t rate);

int64_t clock_now_ms(const struct clock *clock);
/* Virtual clocks only. Moving back is allowed: real clocks do it too. */
void clock_set(struct clock *clock, int64_t now_ms);

/* How many real milliseconds until the clock shows then_ms; 0 when it is past. For a virtual clock
 * that is not past: INT64_MAX, since waiting does not move it. */
int64_t clock_real_ms_until(const struct clock *clock, int64_t then_ms);

/* Milliseconds that only grow, from an arbitrary start: for heartbeats and time limits of work. */
int64_t monotonic_ms(void);

/* How long a piece of work may take before it ends early. Waiting for a processor is no work of
 * its: on a busy machine it gets as far as on an idle one. But a disk it may wait for only so long.
 */
struct stint {
    int64_t worked_ms; /* of the thread's processor time */
    int64_t end_ms;    /* monotonic */
};

#define STINT_WAITS 10 /* times as long as it may work */

/* In the thread that works. */
struct stint stint_begin(int64_t work_ms);
bool stint_is_over(const struct stint *stint);

#endif
