/* api_check.c - documents checked beside those in force, before somebody deploys them
 *
 * Owns:    POST /definitions/check: one document, or several that may name each other.
 * In:      texts.
 * Out:     JSON as `marshrut check --json --whole` prints it, with the names that the request has.
 * Always:  nothing is changed. What a document names must be in force, or be among them.
 * See:     docs/http.md §3.1, docs/cli.md §check
 */
#include "base/must.h"
#include "engine/web/answer.h"
#include "engine/web/api.h"
#include "engine/web/papers_work.h"
#include "engine/web/request.h"

#include <stdio.h>

#define FILES_MAX 100u /* of a request: each is an argument of the program */
#define ALL_KINDS ((1u << DEFINITION_KIND_COUNT) - 1)

/* --- the request --------------------------------------------------------------------------- */

static bool is_file(const json_t *one)
{
    size_t size = json_string_length(json_object_get(one, "file"));
    const json_t *text = json_object_get(one, "text");

    return size > 0 && size <= LIMIT_KEY_BYTES && json_is_string(text) &&
           json_string_length(text) <= LIMIT_DOCUMENT_BYTES && json_object_size(one) == 2;
}

/* Their texts. */
static json_t *read_files(struct exchange *x, const json_t *files)
{
    size_t count = json_array_size(files);
    bool good = count >= 1 && count <= FILES_MAX;
    json_t *texts = json_array();

    for (size_t i = 0; i < count && good; i++) {
        const json_t *one = json_array_get(files, i);
        good = is_file(one);
        json_array_append_new(texts, json_pack("{sO*}", "text", json_object_get(one, "text")));
    }
    if (!good) {
        request_wrong(x, ERROR_INVALID, "\"files\" are 1 to %u objects with \"file\" and \"text\"",
                      FILES_MAX);
    }
    return texts;
}

static json_t *read_bytes(struct exchange *x)
{
    struct bytes bytes = request_bytes(x);
    json_t *text = json_stringn(bytes.data != NULL ? bytes.data : "", bytes.size);

    request_text(x, "file", LIMIT_KEY_BYTES);
    if (text == NULL) {
        request_wrong(x, ERROR_SYNTAX, "the document is not UTF-8");
    }
    return json_pack("[{so*}]", "text", text);
}

static json_t *read_texts(struct exchange *x)
{
    if (request_kind(x) == BODY_YAML) {
        return read_bytes(x);
    }
    json_t *files = request_field(x, "files", MAY_LACK);
    if (files != NULL) {
        return read_files(x, files);
    }
    const char *text = request_field_text(x, "text", MUST_BE, LIMIT_DOCUMENT_BYTES);
    request_field_text(x, "file", MAY_LACK, LIMIT_KEY_BYTES);
    return json_pack("[{ss*}]", "text", text);
}

/* --- the answer ---------------------------------------------------------------------------- */

static bool name_file(struct exchange *x, const char *paper, struct buffer *ret_name)
{
    const json_t *body = request_json(x);
    const json_t *files = json_object_get(body, "files");
    unsigned number;

    if (!paper_number(paper, &number) || number >= (files != NULL ? json_array_size(files) : 1)) {
        return false;
    }
    const json_t *one = files != NULL ? json_array_get(files, number) : body;
    const char *name = one != NULL ? json_string_value(json_object_get(one, "file"))
                                   : request_text(x, "file", LIMIT_KEY_BYTES);
    buffer_text(ret_name, name != NULL ? name : "document.yaml");
    return true;
}

static void answer_report(struct exchange *x, const struct tool_end *how)
{
    json_t *report = papers_printed(x, how);
    size_t index;
    json_t *file;

    json_array_foreach(json_object_get(report, "files"), index, file)
    {
        papers_name(x, how, file, name_file);
    }
    if (report != NULL) {
        answer_json(x, 200, report);
    }
}

/* --- the run ------------------------------------------------------------------------------- */

static bool full(struct error *err)
{
    return error_set(err, ERROR_TOO_LARGE,
                     "more than %u documents are in force: an import checks it with them",
                     PAPERS_READ_MAX);
}

static void run_check(struct exchange *x, struct papers *papers, void *context)
{
    struct tool_run run = {.arguments = {"check", "--json", "--whole"}};
    const size_t *asked = context;
    size_t count = 3;
    char name[32];

    _Static_assert(FILES_MAX + 6 <= TOOL_ARGUMENTS_MAX, "with three before, two behind and NULL");
    for (size_t i = 0; i < *asked; i++) {
        snprintf(name, sizeof name, TOOL_GIVEN "/%05zu.yaml", i);
        run.arguments[count++] = papers_path(papers, name);
    }
    if (papers->count > *asked) {
        run.arguments[count++] = "--with";
        run.arguments[count++] = papers_path(papers, TOOL_BESIDE);
    }
    papers_run_for(x, papers, &run, answer_report);
}

static void check_documents(struct exchange *x)
{
    json_t *texts = read_texts(x);

    if (!request_end(x)) {
        json_decref(texts);
        return;
    }
    size_t *asked = xmalloc(sizeof *asked);
    *asked = json_array_size(texts);
    papers_work(x, &(struct papers_order){.files = texts,
                                          .asked = *asked,
                                          .kinds = ALL_KINDS,
                                          .most = PAPERS_READ_MAX,
                                          .full = full,
                                          .ready = run_check,
                                          .context = asked});
}

const struct api_route api_check_routes[] = {
    {"POST", "/api/v1/definitions/check", "checkDefinition", check_documents,
     ROUTE_PREVIEW | ROUTE_YAML},
    {NULL, NULL, NULL, NULL, 0},
};
