/* api_overview.c - where everything stands: today, discipline, cycles, and what words find
 *
 * Owns:    which query parameters each of them has; what stands in the files of today and search.
 * In:      requests that change nothing.
 * Out:     the answers of engine/overview.h, funnel.h and search.h, kept for a moment.
 * See:     docs/http.md §2, docs/protocol.md §3.6
 */
#include "engine/funnel.h"
#include "engine/listing.h"
#include "engine/overview.h"
#include "engine/search.h"
#include "engine/web/answer.h"
#include "engine/web/api.h"
#include "engine/web/export_parts.h"
#include "engine/web/memo.h"
#include "engine/web/request.h"

/* --- today --------------------------------------------------------------------------------- */

/* The last group of the file: of everybody, as on the page. */
#define TODAY_INCIDENTS GROUPS_SHOWN

/* An export_part_fn: a page of one group, each row with its name. */
static json_t *today_page(const struct view *view, const json_t *request, size_t part,
                          struct error *err)
{
    int group = (int)part + 1;
    bool of_incidents = group == TODAY_INCIDENTS;
    const char *name = of_incidents ? "incidents" : overview_group_name((enum overview_group)group);
    json_t *query = json_deep_copy(request);
    json_t *page;
    size_t index;
    json_t *row;

    if (of_incidents) {
        page = listing_incidents(view, query, err);
    } else {
        json_object_set_new(query, "group", json_string(name));
        page = listing_assignments(view, query, err);
    }
    json_decref(query);
    json_array_foreach(json_object_get(page, "rows"), index, row)
    {
        json_object_set_new(row, "group", json_string(name));
    }
    return page;
}

static void today(struct exchange *x)
{
    static const char *const names[] = {"body", "plan", NULL};
    json_t *request = request_texts(x, names, LIMIT_TEXT_BYTES);

    if (request_is_file(x)) {
        export_parts_answer(x, TODAY_INCIDENTS, today_page, request);
    } else {
        memo_answer(x, "today", overview_answer, request);
    }
}

/* --- discipline ---------------------------------------------------------------------------- */

static void discipline(struct exchange *x)
{
    static const char *const names[] = {"by",   "from", "to",      "body",
                                        "role", "plan", "section", NULL};

    memo_answer(x, "discipline", discipline_answer, request_texts(x, names, LIMIT_TEXT_BYTES));
}

/* --- search -------------------------------------------------------------------------------- */

/* A memo_fn: the groups as one list, each row with what it is. */
static json_t *found_rows(const struct view *view, const json_t *request, struct error *err)
{
    json_t *found = search_answer(view, request, err);
    json_t *rows = json_array();
    const char *group;
    json_t *members;
    size_t index;
    json_t *row;

    json_object_foreach(found, group, members)
    {
        json_array_foreach(members, index, row)
        {
            json_object_set_new(row, "what", json_string(group));
            json_array_append(rows, row);
        }
    }
    json_t *answer = found != NULL ? json_pack("{sO sn sO}", "rows", rows, "next", "more",
                                               json_object_get(found, "more"))
                                   : NULL;
    json_decref(rows);
    json_decref(found);
    return answer;
}

static void search(struct exchange *x)
{
    static const char *const names[] = {"q", NULL};
    json_t *request = request_texts(x, names, LIMIT_TEXT_BYTES);
    int64_t limit = request_integer(x, "limit", 1, LIMIT_PAGE, 10);

    json_object_set_new(request, "limit", json_integer(limit));
    if (request_is_file(x)) {
        memo_answer(x, "found", found_rows, request);
    } else {
        memo_answer(x, "search", search_answer, request);
    }
}

/* --- cycles -------------------------------------------------------------------------------- */

static void cycles(struct exchange *x)
{
    memo_answer(x, "cycle", funnel_answer, json_object());
}

static json_t *of_cycle(struct exchange *x, const char *const *names)
{
    json_t *request = request_texts(x, names, LIMIT_TEXT_BYTES);

    json_object_set_new(request, "definition", json_string(request_path(x, "definition")));
    return request;
}

static void cycle(struct exchange *x)
{
    static const char *const names[] = {"municipality", "school", NULL};

    memo_answer(x, "cycle", funnel_answer, of_cycle(x, names));
}

static void cycle_people(struct exchange *x)
{
    static const char *const names[] = {"municipality", "school", "stage", NULL};
    json_t *request = of_cycle(x, names);

    json_object_set_new(request, "people", json_true());
    request_page(x, request);
    memo_answer(x, "people", funnel_answer, request);
}

const struct api_route api_overview_routes[] = {
    {"GET", "/api/v1/today", "showToday", today, ROUTE_FORMATS},
    {"GET", "/api/v1/discipline", "showDiscipline", discipline, ROUTE_FORMATS},
    {"GET", "/api/v1/search", "search", search, ROUTE_FORMATS},
    {"GET", "/api/v1/cycles", "listCycles", cycles, ROUTE_FORMATS},
    {"GET", "/api/v1/cycles/{definition}", "showCycle", cycle, ROUTE_FORMATS},
    {"GET", "/api/v1/cycles/{definition}/people", "listCyclePeople", cycle_people, ROUTE_FORMATS},
    {NULL, NULL, NULL, NULL, 0},
};
