/* api_roadmaps.c - plans as they were approved, with the state of each window
 *
 * Owns:    GET /roadmaps, /roadmaps/{name}, and the numbers of its counted items.
 * In:      requests that change nothing.
 * Out:     answers of engine/roadmaps.h, with the numbers that counted.c keeps.
 * See:     docs/http.md §2
 */
#include "base/limits.h"
#include "engine/computed.h"
#include "engine/roadmaps.h"
#include "engine/web/answer.h"
#include "engine/web/api.h"
#include "engine/web/counted.h"
#include "engine/web/memo.h"
#include "engine/web/reader.h"
#include "engine/web/request.h"
#include "engine/web/web_part.h"

/* Of items whose progress is counted: the number, as far as it is known. */
static void set_counted(struct exchange *x, const struct view *view, const json_t *roadmap)
{
    const char *plan = json_string_value(json_object_get(roadmap, "name"));
    size_t index;
    json_t *row;

    json_array_foreach(json_object_get(roadmap, "items"), index, row)
    {
        const char *no = json_string_value(json_object_get(row, "no"));
        json_t *number =
            json_object_get(row, "computed") != NULL
                ? counted_get(x->web->counted, view, reader_entry(x->web->reader), plan, no)
                : NULL;
        if (number != NULL) {
            json_object_set_new(row, "computed", number);
        }
    }
}

static void show_roadmap(struct exchange *x)
{
    static const char *const filters[] = {"section", "body", "state", NULL};
    json_t *query = request_texts(x, filters, LIMIT_TEXT_BYTES);
    struct error err = ERROR_INIT;

    json_object_set_new(query, "name", json_string(request_path(x, "name")));
    const struct view *view = request_end(x) ? reader_view(x) : NULL;
    json_t *answer = view != NULL ? roadmap_answer(view, query, &err) : NULL;
    if (answer != NULL) {
        set_counted(x, view, answer);
        answer_json(x, 200, answer);
    } else if (view != NULL) {
        answer_refusal(x, &err);
    }
    json_decref(query);
}

/* What was counted for an item: the number, and with rows=done or rows=of a page of what is counted
 * there. */
static void show_counted(struct exchange *x)
{
    const char *rows = request_text(x, "rows", 4);
    struct error err = ERROR_INIT;
    json_t *query = json_pack("{ss ss ss*}", "plan", request_path(x, "name"), "no",
                              request_path(x, "no"), "rows", rows);

    request_page(x, query);
    const struct view *view = request_end(x) ? reader_view(x) : NULL;
    if (rows == NULL && request_is_file(x)) {
        rows = "done"; /* a file has rows */
        json_object_set_new(query, "rows", json_string(rows));
    }
    json_t *answer = view != NULL && rows == NULL
                         ? counted_get(x->web->counted, view, reader_entry(x->web->reader),
                                       request_path(x, "name"), request_path(x, "no"))
                         : NULL;
    if (view != NULL && answer == NULL) {
        answer = computed_answer(view, query, &err); /* a page of rows, or why there is no number */
    }
    if (answer != NULL) {
        answer_json(x, 200, answer);
    } else if (view != NULL) {
        answer_refusal(x, &err);
    }
    json_decref(query);
}

static void list_roadmaps(struct exchange *x)
{
    memo_answer(x, "roadmaps", roadmaps_answer, json_object());
}

const struct api_route api_roadmaps_routes[] = {
    {"GET", "/api/v1/roadmaps", "listRoadmaps", list_roadmaps, ROUTE_FORMATS},
    {"GET", "/api/v1/roadmaps/{name}", "showRoadmap", show_roadmap, ROUTE_FORMATS},
    {"GET", "/api/v1/roadmaps/{name}/items/{no}/computed", "showCounted", show_counted,
     ROUTE_FORMATS},
    {NULL, NULL, NULL, NULL, 0},
};
