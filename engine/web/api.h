/* api.h - the tables of routes, one for each file of handlers
 *
 * A new file of handlers: declare its table here, put it into the list of routes.c.
 */
#ifndef WEB_API_H
#define WEB_API_H

#include "engine/web/routes.h"

extern const struct api_route api_service_routes[];     /* stats, events, openapi, health */
extern const struct api_route api_instances_routes[];   /* what MC1 lists */
extern const struct api_route api_assignments_routes[]; /* lists of them, and each */
extern const struct api_route api_roadmaps_routes[];    /* plans as approved */
extern const struct api_route api_commands_routes[];    /* every change */
extern const struct api_route api_jobs_routes[];        /* api_jobs.c: long work */
extern const struct api_route api_bulk_routes[];        /* its previews */
extern const struct api_route api_pictures_routes[];    /* by the program beside */
extern const struct api_route api_overview_routes[];    /* today, discipline, cycles, search */
extern const struct api_route api_people_routes[];      /* bodies, notices */
extern const struct api_route api_calendar_routes[];    /* months, feeds */
extern const struct api_route api_terms_routes[];       /* due phrases, working days */
extern const struct api_route api_check_routes[];       /* documents checked, */
extern const struct api_route api_diff_routes[];        /* … compared */
extern const struct api_route api_try_routes[];         /* … and tried */

#endif
