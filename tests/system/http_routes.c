/* http_routes.c - the addresses that the gateway serves, a line for each
 *
 * Owns:    how a route is written for http_openapi_test.py: method, pattern, operation, flags.
 * In:      the table of the gateway itself, linked from where marshrutd has it.
 * Out:     lines on standard output.
 * See:     docs/openapi.yaml
 */
#include "engine/web/routes.h"

#include <stdio.h>

int main(void)
{
    const struct api_route *route;

    for (size_t i = 0; (route = routes_at(i)) != NULL; i++) {
        printf("%s %s %s%s%s%s%s%s%s%s\n", route->method, route->pattern, route->operation,
               (route->flags & ROUTE_CHANGES) != 0 ? " changes" : "",
               (route->flags & ROUTE_PREVIEW) != 0 ? " preview" : "",
               (route->flags & ROUTE_FORMATS) != 0 ? " formats" : "",
               (route->flags & ROUTE_YAML) != 0 ? " yaml" : "",
               (route->flags & ROUTE_CSV) != 0 ? " csv" : "",
               (route->flags & ROUTE_EVENT) != 0 ? " event" : "",
               (route->flags & ROUTE_NO_BODY) != 0 ? " no-body" : "");
    }
    return 0;
}
