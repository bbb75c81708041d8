/* registry.h - what a region can offer a teacher: programmes, mentors, sites, master classes */
#ifndef ROUTE_PLANNER_REGISTRY_H
#define ROUTE_PLANNER_REGISTRY_H

#include "calendar/civil.h"
#include "workers/route-planner/table.h"

#define REGISTRY_HOURS_MAX  1000   /* a programme of a year has about 250 */
#define REGISTRY_PLACES_MAX 100000 /* an open course on the net */

enum kind { KIND_PROGRAMME, KIND_MENTOR, KIND_SITE, KIND_MASTERCLASS, KIND_COUNT };

struct offer {
    enum kind kind;
    const char *id;
    const char *title;
    const char *competence;
    const char *level; /* for whom: a level of the diagnosis; "" = for all */
    int hours;
    int places;
    civil_day from;           /* when it begins; CIVIL_DAY_NONE = at any time */
    const char *municipality; /* "" = from a distance, or everywhere */
};

struct registry {
    struct offer *offers; /* in the order of the files and their rows */
    size_t count;
    struct table tables[KIND_COUNT]; /* hold the texts */
};

/* "programme", "mentor", "site", "masterclass". */
const char *kind_name(enum kind kind);
/* The same; false when it is none. */
bool kind_find(const char *name, enum kind *ret_kind);

/* Read programmes.csv, mentors.csv, sites.csv and masterclasses.csv of a folder. A refusal has file
 * and line. registry_fini() it in any case. */
bool registry_read(const char *folder, struct registry *ret_registry, struct error *err);
void registry_fini(struct registry *registry);

/* NULL when there is none. */
const struct offer *registry_find(const struct registry *registry, const char *id);

#endif
