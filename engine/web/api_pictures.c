/* api_pictures.c - pictures of definitions, documents and instances
 *
 * Owns:    what the program beside is asked for, and how its answers become those of HTTP.
 * In:      an instance or definition; the text of a document.
 * Out:     SVG.
 * See:     docs/http.md §2, docs/cli.md
 */
#include "engine/snapshot.h"
#include "engine/web/answer.h"
#include "engine/web/api.h"
#include "engine/web/gateway.h"
#include "engine/web/papers.h"
#include "engine/web/reader.h"
#include "engine/web/request.h"
#include "engine/web/tool.h"
#include "engine/web/web_part.h"

#include <stdio.h>
#include <string.h>

#define ENDPOINT_MAX 256

/* why: the code when there is none. */
static void answer_picture(struct exchange *x, const struct tool_end *how, enum error_code why)
{
    struct error err;

    if (how->status == 0) {
        answer_bytes(x, "image/svg+xml", how->out, NULL);
        return;
    }
    error_set(&err, why, "there is no picture: %.*s",
              (int)(how->errors.size < 300 ? how->errors.size : 300),
              how->errors.size > 0 ? (const char *)how->errors.data : "");
    answer_refusal(x, &err);
}

/* Of what is known to be good. */
static void answer_svg(struct exchange *x, const struct tool_end *how)
{
    answer_picture(x, how, ERROR_IO);
}

/* Of what somebody has sent. */
static void answer_document_svg(struct exchange *x, const struct tool_end *how)
{
    answer_picture(x, how, ERROR_INVALID);
}

/* With the names of the bodies in force. */
static void draw_text(struct exchange *x, const struct view *view, struct bytes text,
                      tool_answer_fn *answer)
{
    struct papers papers = {.view = view};
    struct tool_run run = {.arguments = {"graph", "-"}, .input = text};

    papers_put_in_force(&papers, 1u << DEFINITION_BODIES, PAPERS_READ_MAX);
    if (papers.count > 0) {
        run.arguments[2] = "--with";
        run.arguments[3] = papers_path(&papers, TOOL_BESIDE);
    }
    papers_run_for(x, &papers, &run, answer);
}

static void definition_picture(struct exchange *x)
{
    uint64_t number = request_path_number(x, "number");
    const struct view *view = request_end(x) ? reader_view(x) : NULL;
    struct error err;

    if (view == NULL) {
        return;
    }
    const struct definition *d =
        number <= UINT32_MAX ? catalog_find_number(view->catalog, (uint32_t)number) : NULL;
    if (d == NULL) {
        error_set(&err, ERROR_NOT_FOUND, "there is no definition of this \"number\"");
        answer_refusal(x, &err);
        return;
    }
    draw_text(x, view, bytes_of(d->source), answer_svg);
}

/* Where the program finds the engine: what listens on all addresses of the machine is on this one.
 */
static void find_engine(const struct web *web, char ret_endpoint[static ENDPOINT_MAX])
{
    static const char *const every[] = {"tcp://*:", "tcp://0.0.0.0:"};
    const char *endpoint = web->config->endpoints[SERVER_CLIENTS];

    snprintf(ret_endpoint, ENDPOINT_MAX, "%s", endpoint);
    for (size_t i = 0; i < sizeof every / sizeof *every; i++) {
        size_t size = strlen(every[i]);
        if (strncmp(endpoint, every[i], size) == 0) {
            snprintf(ret_endpoint, ENDPOINT_MAX, "tcp://127.0.0.1:%s", endpoint + size);
        }
    }
}

/* The colours of a plan come from other instances, and from the day. */
static bool is_plan(const struct view *view, const struct instance *instance)
{
    const struct definition *d = catalog_find_number(view->catalog, instance->definition);

    return d != NULL && d->kind == DEFINITION_ROADMAP;
}

/* Coloured by how far its steps are: the program asks the engine itself. */
static void instance_picture(struct exchange *x)
{
    uint64_t id = request_path_number(x, "instance");
    const struct view *view = request_end(x) ? reader_view(x) : NULL;
    struct instance *instance;
    char endpoint[ENDPOINT_MAX];
    struct error err;

    if (view == NULL) {
        return;
    }
    if (!snapshot_instance(view->txn, view->catalog, view->arena, id, &instance, &err)) {
        answer_refusal(x, &err);
        return;
    }
    if (is_plan(view, instance) ? answer_unchanged_view(x, view, id, instance->journal)
                                : answer_unchanged(x, id, instance->journal)) {
        return;
    }
    find_engine(web_of(x), endpoint);
    struct tool_run run = {
        .arguments = {"graph", "--endpoint", endpoint, "--instance", request_path(x, "instance")},
        .language = request_language(x)};
    tool_answer(x, &run, answer_svg);
}

/* --- documents of the request ---------------------------------------------------------------- */

/* False: it is answered. */
static bool read_document(struct exchange *x, struct bytes *ret_text)
{
    *ret_text = request_bytes(x);
    if (request_kind(x) == BODY_YAML) {
        request_text(x, "file", LIMIT_KEY_BYTES);
    } else {
        const char *field = request_field_text(x, "text", MUST_BE, LIMIT_DOCUMENT_BYTES);
        request_field_text(x, "file", MAY_LACK, LIMIT_KEY_BYTES);
        *ret_text = bytes_of(field != NULL ? field : "");
    }
    return request_end(x);
}

static void draw_document(struct exchange *x)
{
    struct bytes text;
    const struct view *view = read_document(x, &text) ? reader_view(x) : NULL;

    if (view != NULL) {
        draw_text(x, view, text, answer_document_svg);
    }
}

const struct api_route api_pictures_routes[] = {
    {"GET", "/api/v1/definitions/{number}/graph.svg", "drawDefinition", definition_picture, 0},
    {"GET", "/api/v1/instances/{instance}/graph.svg", "drawInstance", instance_picture, 0},
    {"POST", "/api/v1/definitions/graph.svg", "drawDocument", draw_document,
     ROUTE_PREVIEW | ROUTE_YAML},
    {NULL, NULL, NULL, NULL, 0},
};
