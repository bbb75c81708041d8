/* route.h - an individual educational route, from deficits and registries */
#ifndef ROUTE_PLANNER_ROUTE_H
#define ROUTE_PLANNER_ROUTE_H

#include "workers/route-planner/inquiry.h"

/* The output of the service `route-planner` (docs/workers.md §6), yours. Pure: the same registry
 * and inquiry give the same route. */
json_t *route_plan(const struct registry *registry, const struct inquiry *inquiry);

#endif
