/* export_parts.h - files that have several lists, one after the other: groups, days
 *
 * Each part is a list with pages of its own. To export.h they are the pages of one list: the cursor
 * says which part it is in, and where there.
 */
#ifndef WEB_EXPORT_PARTS_H
#define WEB_EXPORT_PARTS_H

#include "base/error.h"
#include "engine/view.h"

#include <jansson.h>

struct exchange;

/* A page of a part, {"rows","next"}: the request has the "limit" and, but for the first page of
 * the part, the "after". NULL and *err: refused. */
typedef json_t *export_part_fn(const struct view *view, const json_t *request, size_t part,
                               struct error *err);

/* Of a request that becomes a file (request_is_file): the next page of all, as 200 or problem
 * details. The request is gone afterwards. */
void export_parts_answer(struct exchange *x, size_t count, export_part_fn *fn, json_t *request);

#endif
