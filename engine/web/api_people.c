/* api_people.c - bodies and officials, and what they were told
 *
 * Owns:    GET /bodies: who there is; GET /notices: which letter said what to whom, newest first.
 * In:      requests that change nothing.
 * Out:     the answers of engine/bodies.h and of NOTICES.
 * See:     docs/http.md §2
 */
#include "engine/bodies.h"
#include "engine/queries.h"
#include "engine/web/answer.h"
#include "engine/web/api.h"
#include "engine/web/memo.h"
#include "engine/web/reader.h"
#include "engine/web/request.h"

/* --- bodies -------------------------------------------------------------------------------- */

static void list_bodies(struct exchange *x)
{
    bool counts = request_flag(x, "counts", request_is_file(x));

    memo_answer(x, "bodies", bodies_answer, json_pack("{sb}", "counts", counts));
}

/* --- notices ------------------------------------------------------------------------------- */

static json_t *notices_query(struct exchange *x)
{
    static const char *const texts[] = {"body", "from", "to", NULL};
    static const char *const numbers[] = {"instance", "after"};
    json_t *query = request_texts(x, texts, LIMIT_NAME_BYTES);

    request_day(x, "from");
    request_day(x, "to");
    for (size_t i = 0; i < sizeof numbers / sizeof *numbers; i++) {
        json_int_t number = request_integer(x, numbers[i], 1, INT64_MAX, 0);
        json_object_set_new(query, numbers[i], json_integer(number));
    }
    json_object_set_new(query, "limit",
                        json_integer(request_integer(x, "limit", 1, LIMIT_PAGE, 100)));
    return query;
}

static void list_notices(struct exchange *x)
{
    reader_answer(x, CLIENT_NOTICES, notices_query(x));
}

const struct api_route api_people_routes[] = {
    {"GET", "/api/v1/bodies", "listBodies", list_bodies, ROUTE_FORMATS},
    {"GET", "/api/v1/notices", "listNotices", list_notices, ROUTE_FORMATS},
    {NULL, NULL, NULL, NULL, 0},
};
