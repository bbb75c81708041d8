/* api_diff.c - documents compared by their meaning
 *
 * Owns:    POST /definitions/diff: what the program beside is given.
 * In:      two documents, by text or number.
 * Out:     JSON as `marshrut diff` prints it.
 * Always:  nothing is changed.
 * See:     docs/http.md §3.1, docs/cli.md §diff
 */
#include "engine/web/answer.h"
#include "engine/web/api.h"
#include "engine/web/papers.h"
#include "engine/web/reader.h"
#include "engine/web/request.h"

static const json_t *read_document(struct exchange *x, const char *name)
{
    const json_t *value = request_field(x, name, MUST_BE);

    if (value != NULL && !paper_is(value)) {
        request_wrong(x, ERROR_INVALID,
                      "\"%s\" is the number of a definition, or an object with its \"text\"", name);
    }
    return value;
}

static void diff(struct exchange *x)
{
    const json_t *old = read_document(x, "old");
    const json_t *new = read_document(x, "new");
    const struct view *view = request_end(x) ? reader_view(x) : NULL;
    struct error err;

    if (view == NULL) {
        return;
    }
    const char *before = paper_text(view->catalog, old, &err);
    const char *after = before != NULL ? paper_text(view->catalog, new, &err) : NULL;
    if (after == NULL) {
        answer_refusal(x, &err);
        return;
    }
    struct papers papers = {.view = view};
    struct tool_run run = {.arguments = {"diff", "--json"}};
    run.arguments[2] = papers_put(&papers, TOOL_GIVEN "/old.yaml", before);
    run.arguments[3] = papers_put(&papers, TOOL_GIVEN "/new.yaml", after);
    run.arguments[4] = "--with";
    run.arguments[5] = papers_path(&papers, TOOL_BESIDE);
    papers_put_in_force(&papers, 1u << DEFINITION_BODIES, PAPERS_READ_MAX);
    papers_run(x, &papers, &run);
}

const struct api_route api_diff_routes[] = {
    {"POST", "/api/v1/definitions/diff", "compareDefinitions", diff, ROUTE_PREVIEW},
    {NULL, NULL, NULL, NULL, 0},
};
