/* export.h - a list as a file: ?format=csv and ?format=xlsx (docs/http.md §5)
 *
 * Handlers of lists know nothing of it. Where a file is asked for, what a handler answers with
 * {"rows","next"} goes into the file, and the handler is called again with the "next" as its
 * "after", in the next round of the loop, until there is no more; then the file is the answer.
 */
#ifndef WEB_EXPORT_H
#define WEB_EXPORT_H

#include <jansson.h>
#include <stdbool.h>

struct exchange;
struct export;
struct web;

/* Before the handler of a route with ROUTE_FORMATS is called for the first time. */
void export_begin(struct exchange *x);

/* What the handler is to see of this parameter of the query: of "after" and "limit" where the
 * pages are ours to turn, of others what was asked. */
const char *export_parameter(const struct exchange *x, const char *name, const char *asked);

/* A page as the handler answers it; it stays the caller's. */
void export_take(struct exchange *x, const json_t *page);

/* The gateway stops: an export that waits for its next page, or for the end of its file, is
 * answered so. */
void export_stop(struct exchange *x);
void export_destroy(struct export *export); /* NULL is fine */

/* Remove what exports have left behind when the process was killed. */
void export_sweep(struct web *web);

#endif
