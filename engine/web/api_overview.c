/* api_overview.c - where everything stands: today, discipline, cycles, and what words find
 *
 * Owns:    which query parameters each of them has.
 * In:      requests that change nothing.
 * Out:     the answers of engine/overview.h, funnel.h and search.h, kept for a moment.
 * See:     docs/http.md §2, docs/protocol.md §3.6
 */
#include "engine/funnel.h"
#include "engine/overview.h"
#include "engine/search.h"
#include "engine/web/answer.h"
#include "engine/web/api.h"
#include "engine/web/memo.h"
#include "engine/web/request.h"

/* Texts that the query may have, as they are; NULL ends the names. */
static json_t *texts_of(struct exchange *x, const char *const *names)
{
    json_t *request = json_object();

    for (size_t i = 0; names[i] != NULL; i++) {
        const char *text = request_text(x, names[i], LIMIT_TEXT_BYTES);
        if (text != NULL) {
            json_object_set_new(request, names[i], json_string(text));
        }
    }
    return request;
}

static void today(struct exchange *x)
{
    static const char *const names[] = {"body", "plan", NULL};

    memo_answer(x, "today", overview_answer, texts_of(x, names));
}

static void discipline(struct exchange *x)
{
    static const char *const names[] = {"by",   "from", "to",      "body",
                                        "role", "plan", "section", NULL};

    memo_answer(x, "discipline", discipline_answer, texts_of(x, names));
}

static void search(struct exchange *x)
{
    static const char *const names[] = {"q", NULL};
    json_t *request = texts_of(x, names);
    int64_t limit = request_integer(x, "limit", 1, 100, 10);

    json_object_set_new(request, "limit", json_integer(limit));
    memo_answer(x, "search", search_answer, request);
}

/* --- cycles -------------------------------------------------------------------------------- */

static void cycles(struct exchange *x)
{
    memo_answer(x, "cycle", funnel_answer, json_object());
}

static json_t *of_cycle(struct exchange *x, const char *const *names)
{
    json_t *request = texts_of(x, names);

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
    {"GET", "/api/v1/today", "showToday", today, 0},
    {"GET", "/api/v1/discipline", "showDiscipline", discipline, ROUTE_FORMATS},
    {"GET", "/api/v1/search", "search", search, 0},
    {"GET", "/api/v1/cycles", "listCycles", cycles, ROUTE_FORMATS},
    {"GET", "/api/v1/cycles/{definition}", "showCycle", cycle, ROUTE_FORMATS},
    {"GET", "/api/v1/cycles/{definition}/people", "listCyclePeople", cycle_people, ROUTE_FORMATS},
    {NULL, NULL, NULL, NULL, 0},
};
