/* api_roadmaps.c - plans as they were approved, with the state of each window
 *
 * Owns:    GET /roadmaps, /roadmaps/{name}, and the numbers of its counted items.
 * In:      requests that change nothing.
 * Out:     answers of engine/roadmaps.h and counted.h.
 * See:     docs/http.md §2
 */
#include "base/limits.h"
#include "engine/counted.h"
#include "engine/roadmaps.h"
#include "engine/web/api.h"
#include "engine/web/memo.h"
#include "engine/web/request.h"

static void show_roadmap(struct exchange *x)
{
    static const char *const filters[] = {"section", "body", "state", NULL};
    json_t *request = request_texts(x, filters, LIMIT_TEXT_BYTES);

    json_object_set_new(request, "name", json_string(request_path(x, "name")));
    memo_pass(x, "roadmap", counted_roadmap, request);
}

/* What was counted for an item: the number, and with rows=done or rows=of a page of what is counted
 * there. */
static void show_counted(struct exchange *x)
{
    const char *rows = request_text(x, "rows", 4);
    const char *shown = rows == NULL && request_is_file(x) ? "done" : rows; /* a file has rows */
    json_t *request = json_pack("{ss ss ss*}", "plan", request_path(x, "name"), "no",
                                request_path(x, "no"), "rows", shown);

    request_page(x, request);
    memo_pass(x, "counted", counted_answer, request);
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
