/* api_bulk.c - what an action on many would touch, and what of that it would be refused
 *
 * Owns:    /bulk/preview.
 * In:      the body that would begin the work (job_bulk.c).
 * Out:     how many rows, the first of them, and refusals by what they say (wire/refusals.h).
 * Always:  on a thread of the walker (memo.h), at LIMIT_BULK_PREVIEW rows at most and for
 *          PREVIEW_MS; nothing is changed.
 * See:     docs/http.md §4.2
 */
#include "base/clock.h"
#include "base/must.h"
#include "engine/foresee.h"
#include "engine/web/answer.h"
#include "engine/web/api.h"
#include "engine/web/bulk.h"
#include "engine/web/jobs.h"
#include "engine/web/memo.h"
#include "engine/web/request.h"
#include "wire/refusals.h"

#include <stdlib.h>

#define ROWS_SHOWN 20
#define PREVIEW_MS 1000 /* of work: others wait for the thread */

struct preview {
    const struct view *view;
    struct bulk_plan plan;
    struct foresight *foresight; /* NULL: who acts would have to be known */
    struct stint stint;
    size_t count;
    json_t *rows;
    uint64_t refused;
    json_t *reasons;
    struct bulk_target last; /* an instance is touched once, as the work does */
};

/* --- rows ---------------------------------------------------------------------------------- */

/* What the command for it would be refused with; NULL: it would be done, as far as is known. */
static json_t *refusal_of(const struct preview *p, struct bulk_target target)
{
    struct task_id id = {target.instance, target.task};
    struct error err;

    return p->foresight != NULL && !foresee_target(p->foresight, id, &err) ? foresee_refusal(&err)
                                                                           : NULL;
}

static void look_at(struct preview *p, json_t *row)
{
    struct bulk_target target;

    if (!bulk_target_of(&p->plan, row, &target) ||
        (target.instance == p->last.instance && target.task == p->last.task)) {
        return;
    }
    p->last = target;
    p->count++;
    json_t *refusal = refusal_of(p, target);
    if (refusal != NULL) {
        p->refused++;
        refusals_count(p->reasons, refusal);
        json_object_set_new(row, "refused", refusal);
    }
    if (json_array_size(p->rows) < ROWS_SHOWN) {
        json_array_append(p->rows, row);
    }
}

/* --- all of them --------------------------------------------------------------------------- */

static bool is_enough(const struct preview *p)
{
    return p->count >= LIMIT_BULK_PREVIEW || stint_is_over(&p->stint);
}

/* false: that is enough, and there are more. */
static bool look_at_page(struct preview *p, const json_t *rows)
{
    size_t index;
    json_t *row;

    json_array_foreach(rows, index, row)
    {
        if (is_enough(p)) {
            return false;
        }
        look_at(p, row);
    }
    return true;
}

/* Page after page. *ret_more: it was enough before the end. */
static bool look(struct preview *p, bool *ret_more, struct error *err)
{
    char *after = NULL;
    bool good;

    do {
        json_t *page = bulk_page(&p->plan, p->view, after, err);
        json_t *next = json_object_get(page, "next");
        good = page != NULL;
        bool whole = look_at_page(p, json_object_get(page, "rows"));
        free(after);
        after = json_is_string(next) ? xstrdup(json_string_value(next)) : NULL;
        *ret_more = !whole || (after != NULL && is_enough(p));
        json_decref(page);
    } while (!*ret_more && after != NULL);
    free(after);
    return good;
}

/* A walk_fn: what bulk_read() has read, and who acts. */
static json_t *walk(const struct view *view, const json_t *request, struct error *err)
{
    struct preview p = {.view = view,
                        .stint = stint_begin(PREVIEW_MS),
                        .rows = json_array(),
                        .reasons = json_array()};
    const char *by = json_string_value(json_object_get(request, "by"));
    json_t *answer = NULL;
    bool more;

    bulk_plan_init(&p.plan, request);
    json_t *fields = bulk_fields(&p.plan, by != NULL ? by : "");
    if (by != NULL || p.plan.action->verb != CLIENT_ASSIGNMENT) {
        p.foresight = foresee_begin(view, p.plan.action->verb, fields, bulk_lacks(&p.plan));
    }
    if (look(&p, &more, err)) {
        answer = json_pack("{sI sO sb so sO}", "count", (json_int_t)p.count, "rows", p.rows, "more",
                           more, "refused",
                           p.foresight != NULL ? json_integer((json_int_t)p.refused) : json_null(),
                           "reasons", p.reasons);
    }
    foresee_end(&p.foresight);
    json_decref(fields);
    bulk_plan_fini(&p.plan);
    json_decref(p.rows);
    json_decref(p.reasons);
    return answer;
}

static void say_of_many(const struct exchange *x, json_t *reason)
{
    answer_in_words(x, reason);
    char *text = xstrdup(json_string_value(json_object_get(reason, "text")));
    refusals_shorten(text);
    json_object_set_new(reason, "text", json_string(text));
    free(text);
}

/* A say_fn. */
static void say(const struct exchange *x, json_t *answer)
{
    size_t index;
    json_t *one;

    json_array_foreach(json_object_get(answer, "reasons"), index, one)
    {
        say_of_many(x, one);
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
