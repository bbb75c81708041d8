/* export_parts.c - files that have several lists, one after the other
 *
 * Owns:    the cursor over all parts: "2 …", the number of the part and the cursor in it.
 * In:      handlers of what is no plain list where it is shown: today, a month.
 * Always:  a page is of one part; it may be empty.
 * See:     export_parts.h, docs/http.md §5
 */
#include "engine/web/export_parts.h"

#include "base/must.h"
#include "engine/web/answer.h"
#include "engine/web/reader.h"
#include "engine/web/request.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* The part that the cursor is in; what is left of it is the cursor there. */
static size_t take_part(json_t *request, size_t count)
{
    const char *cursor = json_string_value(json_object_get(request, "after"));
    char *rest = NULL;

    if (cursor == NULL) {
        return 0;
    }
    size_t part = strtoul(cursor, &rest, 10);
    must(part < count && *rest == ' '); /* it is one of ours: export.c gives it back */
    if (rest[1] == '\0') {
        json_object_del(request, "after");
    } else {
        json_t *after = json_string(rest + 1);
        json_object_set_new(request, "after", after);
    }
    return part;
}

static json_t *next_of(size_t part, size_t count, const json_t *next)
{
    const char *inside = json_string_value(next);

    if (inside != NULL) {
        return json_sprintf("%zu %s", part, inside);
    }
    return part + 1 < count ? json_sprintf("%zu ", part + 1) : json_null();
}

void export_parts_answer(struct exchange *x, size_t count, export_part_fn *fn, json_t *request)
{
    struct error err = ERROR_INIT;

    must(request_is_file(x));
    request_page(x, request);
    const struct view *view = request_end(x) ? reader_view(x) : NULL;
    if (view != NULL) {
        size_t part = take_part(request, count);
        json_t *page = fn(view, request, part, &err);
        if (page != NULL) {
            const json_t *next = json_object_get(page, "next");
            json_object_set_new(page, "next", next_of(part, count, next));
            answer_json(x, 200, page);
        } else {
            answer_refusal(x, &err);
        }
    }
    json_decref(request);
}
