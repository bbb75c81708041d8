/* plan.h - what a simulated official will do, decided once and for all by the seed
 *
 * Pure and without memory: asked again after any crash, it answers the same. That is how the
 * simulation goes on where it was without a store of its own.
 */
#ifndef OFFICIALS_PLAN_H
#define OFFICIALS_PLAN_H

#include "calendar/civil.h"

struct habits {
    uint64_t seed;
    unsigned late_percent;   /* reports 1 to 20 days after the due day */
    unsigned never_percent;  /* never reports; both together at most 100 */
    unsigned return_percent; /* of first reports that are returned for rework */
    unsigned slow_percent;   /* of reports whose controller takes its time */
};

#define HABITS_DEFAULT                                                                             \
    ((struct habits){                                                                              \
        .late_percent = 20, .never_percent = 10, .return_percent = 10, .slow_percent = 20})

#define PLAN_LATE_DAYS_MAX 20
#define PLAN_REWORK_DAYS   3
#define PLAN_SLOW_DAYS     8 /* longer than the usual policy lets a report wait */
#define PLAN_ASK_DAYS      7 /* before the term ends, who will be late may say so */
#define PLAN_PART_DAYS     3 /* co-executors answer so long before the whole is reported */

enum punctuality { PLAN_ON_TIME, PLAN_LATE, PLAN_NEVER };

struct plan {
    enum punctuality punctuality;
    civil_day report_day; /* CIVIL_DAY_NONE for PLAN_NEVER */
    unsigned
        decide_days;    /* 1..2: how long the controller thinks; of slow ones PLAN_SLOW_DAYS more */
    bool returns_first; /* the controller returns the first report */
};

/* task: "17.1". from <= to. On time: a day of the last third of the window, no weekend when it has
 * a working day (Monday to Friday; holidays are not known here). */
struct plan plan_of(const struct habits *habits, const char *task, civil_day from, civil_day to);

/* Saturday or Sunday: nobody is in the office. */
bool plan_weekend(civil_day day);

/* A number that this task and purpose always get: for documents, reasons. */
uint64_t plan_draw(const struct habits *habits, const char *task, const char *purpose);

#endif
