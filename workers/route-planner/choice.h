/* choice.h - the best offer for a deficit */
#ifndef ROUTE_PLANNER_CHOICE_H
#define ROUTE_PLANNER_CHOICE_H

#include "workers/route-planner/inquiry.h"

/* How far the best candidate came when none was chosen, nearest to success last. */
enum obstacle {
    OBSTACLE_NO_OFFER, /* nothing for this competence */
    OBSTACLE_LEVEL,    /* only for other levels */
    OBSTACLE_BEGUN,    /* they have begun already */
    OBSTACLE_TRIED,    /* they were part of the route before */
    OBSTACLE_PLACES,   /* no places are left */
    OBSTACLE_HOURS,    /* they do not fit into the hours that are left */
    OBSTACLE_NONE,
};

struct choice {
    const struct offer *offer; /* NULL: none, see obstacle */
    enum obstacle obstacle;
    bool exact_level; /* for the very level of the deficit, not for all */
    bool near;        /* in the municipality of the teacher */
    int places;       /* that are free */
};

/* hours_left: INQUIRY_HOURS_NO_MAX = no bound. Pure. */
struct choice choice_best(const struct registry *registry, const struct inquiry *inquiry,
                          const struct need *need, enum kind kind, int hours_left);

#endif
