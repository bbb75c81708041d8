/* rehearse_load.h - days and weeks on which one body has too many terms at once. Pure. */
#ifndef CLI_REHEARSE_LOAD_H
#define CLI_REHEARSE_LOAD_H

#include "calendar/civil.h"

#include <stddef.h>

/* A body must have something done by this day. */
struct load_term {
    const char *body; /* id, borrowed */
    civil_day day;
    bool own;      /* it is responsible; else a co-executor */
    uint32_t term; /* the caller's number of it */
};

/* terms[first] … of the sorted list: one body, from..to inclusive. */
struct load {
    civil_day from;
    civil_day to; /* == from: a day; else a week, Monday to Sunday */
    size_t first;
    size_t count;
};

/* Sorts the terms by body and day. Days with at least per_day terms, and weeks with at least
 * per_week, but not a week that has its terms on one day that is told of; by body, then in the
 * order of time, a week before its days. The list is yours to free; NULL when it is empty. */
size_t load_find(struct load_term *terms, size_t count, size_t per_day, size_t per_week,
                 struct load **ret_loads);

#endif
