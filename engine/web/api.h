/* api.h - the tables of routes, one for each file of handlers
 *
 * A new file of handlers: declare its table here, put it into the list of routes.c.
 */
#ifndef WEB_API_H
#define WEB_API_H

#include "engine/web/routes.h"

extern const struct api_route api_service_routes[]; /* api_service.c: stats, events, openapi, health */

#endif
