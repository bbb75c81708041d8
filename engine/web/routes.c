/* routes.c - the tables of routes, and how a path is found in them
 *
 * Owns:    the list of tables and the rule which of two patterns wins.
 * Always:  a segment that is written out wins over a {name}, from the left.
 * See:     docs/http.md §2, docs/openapi.yaml
 */
#include "engine/web/api.h"

#include "base/must.h"

#include <stdint.h>
#include <string.h>

static const struct api_route *const tables[] = {
    api_service_routes,  api_instances_routes, api_assignments_routes, api_roadmaps_routes,
    api_commands_routes, api_jobs_routes,      api_pictures_routes,    api_overview_routes,
    api_people_routes,   api_calendar_routes,  api_terms_routes,       api_check_routes,
    api_diff_routes,     api_try_routes,       api_bulk_routes,
};
#define TABLE_COUNT_ALL (sizeof tables / sizeof *tables)

/* Does the pattern fit? *ret_rank: its segments as bits from the left, 1 = written out. */
static bool fits(const char *pattern, struct route_path path, struct path_values *ret_values,
                 unsigned *ret_rank)
{
    size_t i = 0;

    *ret_rank = 0;
    ret_values->count = 0;
    for (const char *at = pattern; *at == '/' && at[1] != '\0'; i++) {
        const char *name = at + 1;
        size_t size = strcspn(name, "/");
        bool open = name[0] == '{';
        if (i >= path.count || (!open && (strncmp(path.segments[i], name, size) != 0 ||
                                          path.segments[i][size] != '\0'))) {
            return false;
        }
        if (open) {
            must(ret_values->count < ROUTE_VALUES_MAX);
            ret_values->values[ret_values->count++] = path.segments[i];
        }
        *ret_rank = *ret_rank << 1 | (open ? 0u : 1u);
        at = name + size;
    }
    return i == path.count;
}

enum method_bit { METHOD_GET = 1, METHOD_POST = 2, METHOD_PUT = 4, METHOD_DELETE = 8 };

static unsigned method_bit(const char *method)
{
    return strcmp(method, "GET") == 0      ? METHOD_GET
           : strcmp(method, "POST") == 0   ? METHOD_POST
           : strcmp(method, "PUT") == 0    ? METHOD_PUT
           : strcmp(method, "DELETE") == 0 ? METHOD_DELETE
                                           : 0u;
}

static const char *methods_text(unsigned bits)
{
    static const char *const texts[16] = {
        NULL,
        "GET, HEAD",
        "POST",
        "GET, HEAD, POST",
        "PUT",
        "GET, HEAD, PUT",
        "POST, PUT",
        "GET, HEAD, POST, PUT",
        "DELETE",
        "GET, HEAD, DELETE",
        "POST, DELETE",
        "GET, HEAD, POST, DELETE",
        "PUT, DELETE",
        "GET, HEAD, PUT, DELETE",
        "POST, PUT, DELETE",
        "GET, HEAD, POST, PUT, DELETE",
    };

    return texts[bits];
}

const struct api_route *routes_at(size_t index)
{
    for (size_t t = 0; t < TABLE_COUNT_ALL; t++) {
        for (const struct api_route *r = tables[t]; r->method != NULL; r++) {
            if (index-- == 0) {
                return r;
            }
        }
    }
    return NULL;
}

const struct api_route *routes_find(const char *method, struct route_path path,
                                    struct path_values *ret_values, const char **ret_methods)
{
    const char *wanted = strcmp(method, "HEAD") == 0 ? "GET" : method;
    const struct api_route *best = NULL;
    const struct api_route *route;
    unsigned best_rank = 0;
    unsigned methods = 0;

    for (size_t i = 0; (route = routes_at(i)) != NULL; i++) {
        struct path_values values;
        unsigned rank;
        if (!fits(route->pattern, path, &values, &rank)) {
            continue;
        }
        methods |= method_bit(route->method);
        if (strcmp(route->method, wanted) == 0 && (best == NULL || rank > best_rank)) {
            best = route;
            best_rank = rank;
            *ret_values = values;
        }
    }
    *ret_methods = methods_text(methods);
    return best;
}

const char *route_value(const struct api_route *route, const struct path_values *values,
                        const char *name)
{
    size_t length = strlen(name);
    size_t i = 0;

    for (const char *at = strchr(route->pattern, '{'); at != NULL; at = strchr(at + 1, '{')) {
        if (strncmp(at + 1, name, length) == 0 && at[1 + length] == '}') {
            must(i < values->count);
            return values->values[i];
        }
        i++;
    }
    must(!"the pattern of this route has no such name");
    return NULL;
}
