/* api_bulk.c - what an action on many would touch, and what of that it would be refused
 *
 * Owns:    /bulk/preview.
 * In:      the body that would begin the work (job_bulk.c).
 * Out:     how many rows, the first of them, and refusals by what they say (foresee.h).
 * Always:  on a thread of the walker (memo.h), at LIMIT_BULK_PREVIEW rows at most; nothing is
 *          changed.
 * See:     docs/http.md §4.2
 */
#include "base/must.h"
#include "engine/foresee.h"
#include "engine/web/answer.h"
#include "engine/web/api.h"
#include "engine/web/bulk.h"
#include "engine/web/jobs.h"
#include "engine/web/memo.h"
#include "engine/web/request.h"

#include <stdlib.h>

#define ROWS_SHOWN 20

struct preview {
    const struct view *view;
    struct bulk_plan plan;
    const char *by; /* borrowed; NULL = nobody was named */
    bool foresees;  /* else who acts would have to be known */
    size_t count;
    json_t *rows;
    uint64_t refused;
    json_t *reasons;
    struct bulk_target last; /* an instance is touched once, as the work does */
};

/* --- rows ---------------------------------------------------------------------------------- */

/* What the command for it would be refused with; false: it would be done, as far as is known. */
static bool is_refused(const struct preview *p, struct bulk_target target, struct error *err)
{
    if (!p->foresees) {
        return false;
    }
    struct ask ask = bulk_ask(&p->plan, target, p->by != NULL ? p->by : "", "");
    bool good = foresee_command(p->view, ask.verb, ask.payload, bulk_lacks(&p->plan), err);
    json_decref(ask.payload);
    return !good;
}

static void look_at(struct preview *p, json_t *row)
{
    struct bulk_target target;
    struct error err;

    if (!bulk_target_of(&p->plan, row, &target) ||
        (target.instance == p->last.instance && target.task == p->last.task)) {
        return;
    }
    p->last = target;
    p->count++;
    if (is_refused(p, target, &err)) {
        p->refused++;
        foresee_count(p->reasons, &err);
        json_object_set_new(row, "refused", foresee_refusal(&err));
    }
    if (json_array_size(p->rows) < ROWS_SHOWN) {
        json_array_append(p->rows, row);
    }
}

/* --- all of them --------------------------------------------------------------------------- */

/* Page after page. *ret_more: the limit was reached before the end. */
static bool look(struct preview *p, bool *ret_more, struct error *err)
{
    char *after = NULL;
    bool good;

    do {
        json_t *page = bulk_page(&p->plan, p->view, after, err);
        json_t *next = json_object_get(page, "next");
        size_t index;
        json_t *row;
        json_array_foreach(json_object_get(page, "rows"), index, row)
        {
            look_at(p, row);
        }
        free(after);
        after = json_is_string(next) ? xstrdup(json_string_value(next)) : NULL;
        good = page != NULL;
        json_decref(page);
    } while (after != NULL && p->count < LIMIT_BULK_PREVIEW);
    *ret_more = after != NULL;
    free(after);
    return good;
}

/* A walk_fn: what bulk_read() has read, and who acts. */
static json_t *walk(const struct view *view, const json_t *request, struct error *err)
{
    struct preview p = {.view = view,
                        .by = json_string_value(json_object_get(request, "by")),
                        .rows = json_array(),
                        .reasons = json_array()};
    json_t *answer = NULL;
    bool more;

    bulk_plan_init(&p.plan, request);
    p.foresees = p.by != NULL || p.plan.action->verb != CLIENT_ASSIGNMENT;
    if (look(&p, &more, err)) {
        answer = json_pack("{sI sO sb so sO}", "count", (json_int_t)p.count, "rows", p.rows, "more",
                           more, "refused",
                           p.foresees ? json_integer((json_int_t)p.refused) : json_null(),
                           "reasons", p.reasons);
    }
    bulk_plan_fini(&p.plan);
    json_decref(p.rows);
    json_decref(p.reasons);
    return answer;
}

/* A say_fn. */
static void say(const struct exchange *x, json_t *answer)
{
    size_t index;
    json_t *one;

    json_array_foreach(json_object_get(answer, "reasons"), index, one)
    {
        answer_in_words(x, one);
    }
    json_array_foreach(json_object_get(answer, "rows"), index, one)
    {
        answer_in_words(x, json_object_get(one, "refused"));
    }
}

/* Of the very body that would begin the work: its kind may be there. */
static void preview(struct exchange *x)
{
    const char *kind = request_field_text(x, "kind", MAY_LACK, LIMIT_NAME_BYTES);
    json_t *request = bulk_read(x, true);

    if (kind != NULL && job_kind_find(kind) != &job_bulk) {
        request_wrong(x, ERROR_INVALID, "\"%s\" can't be \"%s\"", "kind", kind);
    }
    if (request_by(x)[0] != '\0') {
        json_object_set_new(request, "by", json_string(request_by(x)));
    }
    memo_say(x, "preview", walk, say, request);
}

const struct api_route api_bulk_routes[] = {
    {"POST", "/api/v1/bulk/preview", "previewBulk", preview, ROUTE_PREVIEW},
    {NULL, NULL, NULL, NULL, 0},
};
