/* reason.h - why an element is in a route, or why none is: sentences in Russian */
#ifndef ROUTE_PLANNER_REASON_H
#define ROUTE_PLANNER_REASON_H

#include "workers/route-planner/choice.h"

/* Why a deficit gets a mentor, whom not every deficit gets. */
enum mentoring {
    MENTORING_NONE,
    MENTORING_LEVEL,  /* the level is below the base one */
    MENTORING_YOUNG,  /* in the first years of work */
    MENTORING_FAILED, /* training without one did not help */
};

/* Why this offer was chosen. hours_left: before it was. instead: what it stands for in the route
 * before, or NULL. */
json_t *reason_chosen(const struct need *need, const struct choice *choice, int hours_left,
                      enum mentoring mentoring, const struct past *instead);
/* Why an element of the route before stays. */
json_t *reason_kept(const struct need *need);
/* Why there is no programme. */
json_t *reason_unmet(const struct need *need, const struct inquiry *inquiry, enum obstacle obstacle,
                     int hours_left);

#endif
