/* assets.h - files of the operator's page, in memory from start to end
 *
 * A folder is read once: every file with its type, its gzip form and an ETag of its content. Paths
 * of requests are compared with names read then; no path of a request ever reaches the file system.
 */
#ifndef WEB_ASSETS_H
#define WEB_ASSETS_H

#include "base/error.h"
#include "engine/web/routes.h"

struct assets;

/* The page in this folder; NULL: ../web or ../share/marshrut/web beside the program. Without one
 * *ret_assets is empty. openapi.yaml is looked for in the folder and beside it. ERROR_IO: a folder
 * that was named can't be read; ERROR_TOO_LARGE: it passes a limit. */
bool assets_open(const char *folder, struct assets **ret_assets, struct error *err);
void assets_close(struct assets **assets); /* NULL is fine */
size_t assets_count(const struct assets *assets);

/* The route that answers this path with a file, "/" being index.html; NULL when there is none.
 * *ret_methods as of routes_find(). */
const struct api_route *assets_route(const struct assets *assets, const char *method,
                                     struct route_path path, const char **ret_methods);

/* Answer with the description of the API, 404 when it was not found. */
void assets_answer_openapi(struct exchange *x);

#endif
