/* papers_work.c - many papers, written in steps
 *
 * Owns:    how far it is: documents of the request first, then those in force.
 * In:      handlers that check and try.
 * Out:     a run of the program, with all of them.
 * Always:  a step takes WEB_STEP_MS at most and one document more. What changes in the catalog
 *          meanwhile is seen or not.
 * See:     answer.h
 */
#include "engine/web/papers_work.h"

#include "base/clock.h"
#include "base/must.h"
#include "engine/web/answer.h"
#include "engine/web/reader.h"
#include "language/sketch.h"

#include <stdio.h>
#include <stdlib.h>

struct work {
    struct papers_order order;
    struct papers papers;
    struct definition **given; /* sketches of the first `read` files; NULL: can't be read */
    size_t read;
    uint32_t at; /* of the catalog */
};

static void release(void *context)
{
    struct work *w = context;

    for (size_t i = 0; i < w->read; i++) {
        definition_destroy(w->given[i]);
    }
    free(w->given);
    tool_folder_remove(w->papers.folder);
    json_decref(w->order.files);
    free(w->order.context);
    free(w);
}

static bool put_given(struct work *w, struct error *err)
{
    const char *text =
        paper_text(w->papers.view->catalog, json_array_get(w->order.files, w->read), err);
    char name[32];

    if (text == NULL) {
        return false;
    }
    if (w->read < w->order.asked) {
        snprintf(name, sizeof name, TOOL_GIVEN "/%05zu.yaml", w->read);
        papers_put(&w->papers, name, text);
    } else {
        papers_put_beside(&w->papers, text);
    }
    w->given[w->read++] = document_sketch(bytes_of(text));
    return true;
}

/* One more. *ret_more: there may be another. */
static bool put_one(struct work *w, bool *ret_more, struct error *err)
{
    const struct papers_order *order = &w->order;

    *ret_more = true;
    if (w->read < json_array_size(order->files)) {
        return put_given(w, err);
    }
    *ret_more =
        order->kinds != 0 && papers_put_next(&w->papers, order->kinds, w->given, w->read, &w->at);
    return w->papers.count <= w->read + order->most || order->full(err);
}

static bool step(struct exchange *x, void *context)
{
    struct work *w = context;
    int64_t until_ms = monotonic_ms() + WEB_STEP_MS;
    struct error err;
    bool more = true;

    w->papers.view = reader_view(x);
    if (w->papers.view == NULL) {
        return false;
    }
    while (more && monotonic_ms() < until_ms) {
        if (!put_one(w, &more, &err)) {
            answer_refusal(x, &err);
            return false;
        }
    }
    if (!more) {
        struct papers papers = w->papers;
        w->papers.folder[0] = '\0'; /* the run's now */
        w->order.ready(x, &papers, w->order.context);
    }
    return more;
}

void papers_work(struct exchange *x, const struct papers_order *order)
{
    struct work *w = xcalloc(1, sizeof *w);

    w->order = *order;
    w->given = xcalloc(json_array_size(order->files), sizeof(struct definition *));
    answer_work(x, step, w, release);
}
