/* http_routes.c - what the gateway serves, and what stands in its files, a line for each
 *
 * Owns:    how a route is written for http_openapi_test.py: method, pattern, operation, flags. With
 *          "columns", for http_exports_test.py: operation, field of the rows and path of each
 *          column whose values are words. With "words": which lines of its input no file has in
 *          Russian.
 * In:      the tables of the gateway itself, linked from where marshrutd has them.
 * Out:     lines on standard output.
 * See:     docs/openapi.yaml, docs/http.md §5
 */
#include "engine/web/export_part.h"
#include "engine/web/routes.h"

#include <stdio.h>
#include <string.h>

static void print_routes(void)
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
}

static void print_columns(void)
{
    const struct api_route *route;

    for (size_t i = 0; (route = routes_at(i)) != NULL; i++) {
        const struct export_table *table =
            (route->flags & ROUTE_FORMATS) != 0 ? export_table_find(route->operation) : NULL;
        for (const struct export_column *c = table ? table->columns : NULL; c && c->path; c++) {
            if (c->kind == COLUMN_WORD) {
                printf("%s %s %s\n", table->operation, table->rows ? table->rows : "rows", c->path);
            }
        }
    }
}

static void print_unknown_words(void)
{
    char line[128];

    while (fgets(line, sizeof line, stdin) != NULL) {
        line[strcspn(line, "\n")] = '\0';
        if (export_word(line) == NULL) {
            printf("%s\n", line);
        }
    }
}

int main(int argc, char **argv)
{
    const char *what = argc > 1 ? argv[1] : "routes";

    if (strcmp(what, "columns") == 0) {
        print_columns();
    } else if (strcmp(what, "words") == 0) {
        print_unknown_words();
    } else {
        print_routes();
    }
    return 0;
}
