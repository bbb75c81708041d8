/* routes.h - which function answers which method and path
 *
 * Each api_*.c has a table of its own, named in api.h and listed in routes.c. docs/openapi.yaml
 * describes every row; a test compares them.
 */
#ifndef WEB_ROUTES_H
#define WEB_ROUTES_H

#include <stdbool.h>
#include <stddef.h>

struct exchange;
typedef void api_fn(struct exchange *x);

enum route_flag {
    ROUTE_CHANGES = 1,   /* needs to know who acts; knows If-Match and Idempotency-Key */
    ROUTE_PREVIEW = 2,   /* a POST that only looks: nobody needs to be named */
    ROUTE_FORMATS = 4,   /* knows ?format=csv and xlsx */
    ROUTE_YAML = 8,      /* its body may be application/yaml too */
    ROUTE_CSV = 16,      /* … text/csv */
    ROUTE_EVENT = 32,    /* … application/cloudevents+json */
    ROUTE_NO_BODY = 64,  /* a POST or DELETE that may come without one */
    ROUTE_MAY_LOOK = 128 /* a change whose body may say that it only looks: request_need_by() */
};

struct api_route {
    const char *method;    /* GET (answers HEAD too), POST, PUT, DELETE; NULL ends a table */
    const char *pattern;   /* "/api/v1/instances/{id}/why": a {name} is one segment */
    const char *operation; /* operationId of docs/openapi.yaml: lowerCamelCase, unique */
    api_fn *run;
    unsigned flags;
};

/* Values of {names}, in the order of the pattern; borrowed from the path that was matched. */
#define ROUTE_VALUES_MAX 4
struct path_values {
    size_t count;
    const char *values[ROUTE_VALUES_MAX];
};

/* The path as segments, decoded: "/api/v1/stats" has three. */
struct route_path {
    const char *const *segments;
    size_t count;
};

/* The route, or NULL. A segment that is written out wins over a {name}. HEAD finds GET.
 * *ret_methods: what the path knows, as for Allow ("GET, HEAD, POST"); NULL when the path is
 * unknown.
 */
const struct api_route *routes_find(const char *method, struct route_path path,
                                    struct path_values *ret_values, const char **ret_methods);

/* The value of {name}; it must be in the pattern. */
const char *route_value(const struct api_route *route, const struct path_values *values,
                        const char *name);

/* All routes, from 0; NULL at the end. */
const struct api_route *routes_at(size_t index);

#endif
