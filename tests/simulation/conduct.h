/* conduct.h - what simulated people do with each occurrence of the roadmap of 2023
 *
 * They report in time, late or never; some reports are returned. It follows from the number of the
 * instance alone.
 */
#ifndef TESTS_SIMULATION_CONDUCT_H
#define TESTS_SIMULATION_CONDUCT_H

#include "tests/simulation/stage.h"

#define REPORT_AT 720 /* people work at noon, controllers at three */
#define DECIDE_AT 900
#define NEVER     INT32_MAX
#define MOVES_MAX 1000 /* occurrences of the roadmap; it has fewer */

/* What the people of one occurrence do. */
struct conduct {
    uint64_t instance;
    const struct roadmap_item *item;
    struct window window;
    civil_day opens;
    const char *reporter;
    civil_day report;   /* or NEVER */
    civil_day returned; /* or NEVER */
    civil_day again;    /* the report after it */
    civil_day accepted;
};

extern struct conduct conducts[MOVES_MAX];
extern size_t conduct_count;

const struct roadmap *conduct_roadmap(void);
const struct workdays *conduct_workdays(void);
civil_day conduct_due_day(const struct conduct *c);

/* One conduct for each window of each item, in the order in which the plan starts them. */
void conduct_cast(uint64_t plan);
/* What they do at this minute. */
void conduct_act(struct world *world, civil_day day, int minute);

#endif
