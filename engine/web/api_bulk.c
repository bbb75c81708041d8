/* api_bulk.c - what an action on many would touch, and what of that it would be refused
 *
 * Owns:    /bulk/preview.
 * In:      the body that would begin the work (job_bulk.c).
 * Out:     how many rows, the first of them, and refusals by what they say (foresee.h).
 * Always:  a preview looks a page at a time, and at LIMIT_BULK_PREVIEW rows at most; nothing is
 *          changed.
 * See:     docs/http.md §4.2
 */
#include "base/must.h"
#include "engine/foresee.h"
#include "engine/web/answer.h"
#include "engine/web/api.h"
#include "engine/web/bulk.h"
#include "engine/web/jobs.h"
#include "engine/web/web_part.h"

#include <stdlib.h>

#define ROWS_SHOWN 20

struct preview {
    json_t *request;
    struct bulk_plan plan;
    const char *by; /* borrowed; "" = nobody was named */
    bool foresees;  /* else who acts would have to be known */
    char *after;
    size_t count;
    json_t *rows;
    uint64_t refused;
    json_t *reasons;
    struct bulk_target last; /* an instance is touched once, as the work does */
};

static void release(void *work)
{
    struct preview *p = work;

    bulk_plan_fini(&p->plan);
    json_decref(p->request);
    json_decref(p->rows);
    json_decref(p->reasons);
    free(p->after);
    free(p);
}

/* --- rows ---------------------------------------------------------------------------------- */

/* What the command for it would be refused with; false: it would be done, as far as is known. */
static bool is_refused(const struct preview *p, const struct view *view, struct bulk_target target,
                       struct error *err)
{
    if (!p->foresees) {
        return false;
    }
    struct ask ask = bulk_ask(&p->plan, target, p->by, "");
    bool good = foresee_command(view, ask.verb, ask.payload, bulk_lacks(&p->plan), err);
    json_decref(ask.payload);
    return !good;
}

static void show(struct exchange *x, struct preview *p, json_t *row, const struct error *refused)
{
    if (refused != NULL) {
        json_t *why = foresee_refusal(refused);
        answer_in_words(x, why);
        json_object_set_new(row, "refused", why);
    }
    json_array_append(p->rows, row);
}

static void count_row(struct exchange *x, struct preview *p, const struct view *view, json_t *row)
{
    struct bulk_target target;
    struct error err;

    if (!bulk_target_of(&p->plan, row, &target) ||
        (target.instance == p->last.instance && target.task == p->last.task)) {
        return;
    }
    p->last = target;
    p->count++;
    bool refused = is_refused(p, view, target, &err);
    if (refused) {
        p->refused++;
        foresee_count(p->reasons, &err);
    }
    if (json_array_size(p->rows) < ROWS_SHOWN) {
        show(x, p, row, refused ? &err : NULL);
    }
}

static void finish(struct exchange *x, const struct preview *p)
{
    for (size_t i = 0; i < json_array_size(p->reasons); i++) {
        answer_in_words(x, json_array_get(p->reasons, i));
    }
    answer_json(x, 200,
                json_pack("{sI sO sb so sO}", "count", (json_int_t)p->count, "rows", p->rows,
                          "more", p->after != NULL, "refused",
                          p->foresees ? json_integer((json_int_t)p->refused) : json_null(),
                          "reasons", p->reasons));
}

/* --- a page at a time ---------------------------------------------------------------------- */

static bool look(struct exchange *x, void *work)
{
    struct preview *p = work;
    struct error err = ERROR_INIT;
    const struct view *view = reader_view(x);
    json_t *page = view != NULL ? bulk_page(&p->plan, view, p->after, &err) : NULL;
    const json_t *rows = json_object_get(page, "rows");
    const char *next = json_string_value(json_object_get(page, "next"));

    if (page == NULL) {
        if (view != NULL) {
            answer_refusal(x, &err);
        }
        return false;
    }
    for (size_t i = 0; i < json_array_size(rows); i++) {
        count_row(x, p, view, json_array_get(rows, i));
    }
    free(p->after);
    p->after = next != NULL ? xstrdup(next) : NULL;
    json_decref(page);
    if (p->after != NULL && p->count < LIMIT_BULK_PREVIEW) {
        return true;
    }
    finish(x, p);
    return false;
}

/* Of the very body that would begin the work: its kind may be there. */
static void preview(struct exchange *x)
{
    const char *kind = request_field_text(x, "kind", MAY_LACK, LIMIT_NAME_BYTES);
    json_t *request = bulk_read(x, true);

    if (kind != NULL && job_kind_find(kind) != &job_bulk) {
        request_wrong(x, ERROR_INVALID, "\"%s\" can't be \"%s\"", "kind", kind);
    }
    if (!request_end(x)) {
        json_decref(request);
        return;
    }
    struct preview *p = xcalloc(1, sizeof *p);
    p->request = request;
    p->rows = json_array();
    p->reasons = json_array();
    bulk_plan_init(&p->plan, request);
    p->by = request_by(x);
    p->foresees = p->by[0] != '\0' || p->plan.action->verb != CLIENT_ASSIGNMENT;
    answer_work(x, look, p, release);
}

const struct api_route api_bulk_routes[] = {
    {"POST", "/api/v1/bulk/preview", "previewBulk", preview, ROUTE_PREVIEW},
    {NULL, NULL, NULL, NULL, 0},
};
