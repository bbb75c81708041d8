/* routes_test.c - the tables of routes, as they are */
#include "engine/web/routes.h"

#include <criterion/criterion.h>
#include <string.h>

static const struct api_route *find(const char *method, size_t count, const char *const *segments,
                                    const char **ret_methods)
{
    struct path_values values;

    return routes_find(method, (struct route_path){segments, count}, &values, ret_methods);
}

Test(routes, head_finds_get_and_a_method_that_is_missing_says_which_are_there)
{
    static const char *const stats[] = {"api", "v1", "stats"};
    const char *methods;

    cr_expect_str_eq(find("GET", 3, stats, &methods)->operation, "getStats");
    cr_expect_str_eq(find("HEAD", 3, stats, &methods)->operation, "getStats");
    cr_expect_null(find("POST", 3, stats, &methods));
    cr_expect_str_eq(methods, "GET, HEAD");
    cr_expect_null(find("GET", 2, stats, &methods));
    cr_expect_null(methods);
}

Test(routes, values_stand_under_their_names)
{
    static const char *const path[] = {"api", "v1", "instances", "17", "why"};
    struct path_values values;
    const char *methods;
    const struct api_route *route =
        routes_find("GET", (struct route_path){path, 5}, &values, &methods);

    cr_assert_not_null(route);
    cr_expect_str_eq(route_value(route, &values, "instance"), "17");
}

Test(routes, operations_are_unique_and_patterns_well_formed)
{
    const struct api_route *a;

    for (size_t i = 0; (a = routes_at(i)) != NULL; i++) {
        cr_expect_eq(a->pattern[0], '/');
        cr_expect_neq(a->pattern[strlen(a->pattern) - 1], '/', "%s", a->pattern);
        cr_expect_not_null(a->run);
        for (size_t k = 0; k < i; k++) {
            const struct api_route *b = routes_at(k);
            cr_expect_str_neq(a->operation, b->operation);
            cr_expect(strcmp(a->method, b->method) != 0 || strcmp(a->pattern, b->pattern) != 0,
                      "%s %s is there twice", a->method, a->pattern);
        }
    }
}

Test(routes, what_changes_something_is_no_get)
{
    const struct api_route *r;

    for (size_t i = 0; (r = routes_at(i)) != NULL; i++) {
        bool get = strcmp(r->method, "GET") == 0;
        bool changes = (r->flags & ROUTE_CHANGES) != 0;
        bool looks = (r->flags & ROUTE_PREVIEW) != 0;
        cr_expect(get ? !changes && !looks : changes != looks, "%s %s", r->method, r->pattern);
    }
}
