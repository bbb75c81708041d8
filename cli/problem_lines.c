/* problem_lines.c - what is wrong with documents, for people and as JSON
 *
 * Owns:    the form of a line, which editors and build tools know from compilers.
 * In:      check; diff, graph and try, for documents that they can't use.
 * Out:     an output, or JSON.
 * Always:  what authors wrote is made harmless before it reaches a terminal.
 */
#include "cli/problem_lines.h"

#include "cli/language.h"
#include "cli/place.h"
#include "cli/text.h"

#include <stdlib.h>
#include <string.h>

#define COLUMNS_MAX 160 /* of a line of a document, where no terminal says less */

static const char *severity_word(enum severity severity)
{
    return severity == SEVERITY_ERROR ? _("error") : _("warning");
}

static void print_one(const struct problem *problem, const struct document *document,
                      const struct output *output, struct buffer *out)
{
    const struct error *err = &problem->error;
    char *file = text_harmless(document->path, strlen(document->path));
    char *text = text_harmless(err->text, strlen(err->text));
    size_t columns = output_columns(output);
    enum style style = problem->severity == SEVERITY_ERROR ? STYLE_RED : STYLE_YELLOW;

    text_put(out, "%s", file);
    if (err->line > 0) {
        text_put(out, ":%d:%d", err->line, err->column > 0 ? err->column : 1);
    }
    text_put(out, ": %s%s:%s %s\n", output_style(output, style), severity_word(problem->severity),
             output_plain(output), text);
    if (err->line > 0) {
        place_print(document->text, err->line, err->column,
                    columns > 0 && columns < COLUMNS_MAX ? columns : COLUMNS_MAX, out);
    }
    free(file);
    free(text);
}

void problem_lines_print(const struct problems *problems, const struct document *document,
                         const struct output *output)
{
    struct buffer out = BUFFER_INIT;

    for (uint32_t i = 0; i < problems->count; i++) {
        print_one(&problems->items[i], document, output, &out);
    }
    if (problems->left_out > 0) {
        char *file = text_harmless(document->path, strlen(document->path));
        text_put(&out,
                 ngettext("%s: and %u problem more, which is not shown\n",
                          "%s: and %u problems more, which are not shown\n", problems->left_out),
                 file, problems->left_out);
        free(file);
    }
    if (out.size > 0) {
        fwrite(out.data, 1, out.size, output->file);
    }
    buffer_fini(&out);
}

uint32_t problem_lines_warnings(const struct problems *problems)
{
    uint32_t count = 0;

    for (uint32_t i = 0; i < problems->count; i++) {
        count += problems->items[i].severity == SEVERITY_WARNING ? 1 : 0;
    }
    return count;
}

json_t *problem_lines_json(const struct problems *problems, const struct document *document)
{
    json_t *list = json_array();

    for (uint32_t i = 0; i < problems->count; i++) {
        const struct problem *problem = &problems->items[i];
        char *text = text_harmless(problem->error.text, strlen(problem->error.text));
        json_array_append_new(
            list, json_pack("{sssssisiss}", "severity",
                            problem->severity == SEVERITY_ERROR ? "error" : "warning", "code",
                            error_name(problem->error.code), "line", problem->error.line, "column",
                            problem->error.column, "text", text));
        free(text);
    }
    char *file = text_harmless(document->path, strlen(document->path));
    json_t *json =
        json_pack("{sssIsIsIso}", "file", file, "errors", (json_int_t)problems->error_count,
                  "warnings", (json_int_t)problem_lines_warnings(problems), "left_out",
                  (json_int_t)problems->left_out, "problems", list);
    free(file);
    return json;
}

json_t *problem_lines_report(uint32_t errors, uint32_t warnings, json_t *files)
{
    return json_pack("{sIsIso}", "errors", (json_int_t)errors, "warnings", (json_int_t)warnings,
                     "files", files);
}

void problem_lines_refuse(const struct session *session, const struct problems *problems,
                          const struct document *document)
{
    problem_lines_print(problems, document, &session->err);
    if (session->json) {
        json_t *report =
            problem_lines_report(problems->error_count, problem_lines_warnings(problems),
                                 json_pack("[o]", problem_lines_json(problems, document)));
        session_print_document(session, report);
        json_decref(report);
    }
}
