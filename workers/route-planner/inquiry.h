/* inquiry.h - for whom a route is to be planned: reading the input of the service `route-planner`
 */
#ifndef ROUTE_PLANNER_INQUIRY_H
#define ROUTE_PLANNER_INQUIRY_H

#include "workers/route-planner/registry.h"

#include <jansson.h>

#define INQUIRY_NEEDS_MAX    200 /* deficits of one teacher; frameworks have about 100 competences */
#define INQUIRY_PAST_MAX     1000 /* elements of routes before */
#define INQUIRY_HOURS_NO_MAX (-1) /* no bound was given */
#define INQUIRY_YOUNG_YEARS  3    /* in their first years teachers get a mentor */

/* A deficit. Texts are borrowed from the input. */
struct need {
    const char *competence;
    const char *title;
    const char *level;   /* "" = not given */
    const json_t *score; /* numbers, or NULL */
    const json_t *threshold;
    bool failed; /* what was tried for it did not help */
};

/* An element of a route before. */
struct past {
    enum kind kind;
    const char *id;
    const char *title; /* "" = not given */
    const char *competence;
    int hours;
};

struct inquiry {
    json_t *input;
    struct need *needs;
    size_t need_count;
    struct past *past;
    size_t past_count;
    const char *municipality; /* "" = not given */
    bool young;
    int hours_max;       /* of the whole route, or INQUIRY_HOURS_NO_MAX */
    civil_day start;     /* offers that began before are over; CIVIL_DAY_NONE = whatever they are */
    const json_t *taken; /* id -> places that are taken already; NULL = none */
};

/* Read it (docs/workers.md §6). ERROR_INVALID with a Russian sentence. inquiry_fini() it in any
 * case. */
bool inquiry_read(struct bytes input, struct inquiry *ret_inquiry, struct error *err);
void inquiry_fini(struct inquiry *inquiry);

/* Is there a past element with this id? */
bool inquiry_tried(const struct inquiry *inquiry, const char *id);

#endif
