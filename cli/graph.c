/* graph.c - `marshrut graph`: a picture of a document, or of an instance
 *
 * Owns:    the words of the command.
 * In:      a file, and others with the names of bodies; or an instance, of which the engine is asked
 *          (graph_instance.h).
 * Out:     SVG, DOT or Mermaid, on standard output or into a file.
 * Always:  a document with errors has no picture: they are shown as check shows them.
 */
#include "cli/documents.h"
#include "cli/graph_instance.h"
#include "cli/language.h"
#include "cli/problem_lines.h"
#include "cli/session.h"
#include "picture/picture.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>

static bool write_file(const char *path, struct bytes text, struct error *err)
{
    FILE *file = fopen(path, "wb");

    if (file == NULL) {
        return error_set(err, ERROR_IO, "%s: %s", path, strerror(errno));
    }
    size_t wrote = fwrite(text.data, 1, text.size, file);
    int reason = errno;
    bool closed = fclose(file) == 0;
    if (wrote != text.size || !closed) {
        return error_set(err, ERROR_IO, "%s: %s", path, strerror(closed ? reason : errno));
    }
    return true;
}

/* course: NULL when no instance is looked at. */
static bool draw(const struct definition *definition, const struct picture_course *course,
                 enum picture_format format, struct buffer *out, struct error *err)
{
    struct picture *picture;

    if (!picture_draw(definition, course, &picture, err)) {
        return false;
    }
    bool good = picture_print(picture, format, out, err);
    picture_destroy(picture);
    return good;
}

static enum exit_code put_out(struct session *session, const struct definition *definition,
                              const struct picture_course *course, enum picture_format format,
                              const char *path)
{
    struct buffer out = BUFFER_INIT;
    struct error err;
    enum exit_code code = EXIT_CODE_DONE;

    if (!draw(definition, course, format, &out, &err)) {
        fprintf(session->err.file, "marshrut: %s\n", err.text);
        code = EXIT_CODE_REFUSED;
    } else if (path == NULL) {
        fwrite(out.data, 1, out.size, session->out.file);
    } else if (!write_file(path, buffer_bytes(&out), &err)) {
        code = session_usage(session, &err);
    }
    buffer_fini(&out);
    return code;
}

/* Items of a document have no state, but a name of who is responsible for them. */
static void name_responsible(void *context, const struct roadmap_item *item,
                             struct picture_item *ret_item)
{
    const struct catalog *catalog = context;
    const struct body *body =
        item->responsible_count > 0 ? catalog_find_body(catalog, item->responsible[0]) : NULL;

    *ret_item = (struct picture_item){.responsible = body != NULL ? body->short_name : NULL};
}

static enum exit_code put_document(struct session *session, const struct definition *definition,
                                   struct catalog *bodies, enum picture_format format,
                                   const char *path)
{
    const struct picture_course names = {NULL, name_responsible, bodies};
    bool named = definition->kind == DEFINITION_ROADMAP && bodies != NULL;

    return put_out(session, definition, named ? &names : NULL, format, path);
}

/* The bodies stand apart: that the document names one that is not among them is no error of it. */
static bool gather(const struct arguments *arguments, struct documents *document,
                   struct documents *bodies, struct error *err)
{
    const char *path;

    for (size_t i = 0; (path = arguments_get_at(arguments, "with", i)) != NULL; i++) {
        if (!documents_add(bodies, path, false, err)) {
            return false;
        }
    }
    if (bodies->count > 0) {
        documents_join(bodies);
    }
    return documents_add(document, arguments->positional[0], true, err);
}

static enum exit_code run_file(struct session *session, const struct arguments *arguments,
                               enum picture_format format, const char *path)
{
    const struct document_options options = {0};
    struct documents documents = {0};
    struct documents bodies = {0};
    struct problems problems = {0};
    struct definition *definition;
    struct error err;
    enum exit_code code;

    if (!gather(arguments, &documents, &bodies, &err)) {
        documents_fini(&documents);
        documents_fini(&bodies);
        return session_usage(session, &err);
    }
    documents_check(&documents, 0, &options, &problems, &definition);
    if (definition == NULL) {
        problem_lines_print(&problems, &documents.items[0], &session->err);
        code = EXIT_CODE_REFUSED;
    } else {
        code = put_document(session, definition, bodies.catalog, format, path);
    }
    definition_destroy(definition);
    problems_fini(&problems);
    documents_fini(&documents);
    documents_fini(&bodies);
    return code;
}

static enum exit_code run_instance(struct session *session, const char *word,
                                   enum picture_format format, const char *path)
{
    struct graph_instance graph;
    struct error err;
    uint64_t instance;

    if (!session_instance(word, &instance, &err)) {
        return session_usage(session, &err);
    }
    session->json = false; /* answers of the engine are not what is asked for */
    enum exit_code code = graph_instance_ask(session, instance, &graph);
    if (code == EXIT_CODE_DONE) {
        const struct picture_course course = graph_instance_course(&graph);
        code = put_out(session, graph.definition, &course, format, path);
    }
    graph_instance_fini(&graph);
    return code;
}

static enum exit_code run(struct session *session, const struct arguments *arguments)
{
    const char *name = arguments_get(arguments, "format");
    const char *instance = arguments_get(arguments, "instance");
    const char *path = arguments_get(arguments, "output");
    enum picture_format format = PICTURE_SVG;
    struct error err;

    if (name != NULL && !picture_format_find(name, &format)) {
        error_set(&err, ERROR_INVALID, _("--format: svg, dot or mermaid"));
        return session_usage(session, &err);
    }
    if ((arguments->count == 1) == (instance != NULL)) {
        error_set(&err, ERROR_INVALID, _("a picture is of a FILE, or of an --instance"));
        return session_usage(session, &err);
    }
    return instance != NULL ? run_instance(session, instance, format, path)
                            : run_file(session, arguments, format, path);
}

static const struct option options[] = {
    {"instance", N_("ID"),
     N_("of an instance: its version of the document, steps or items in colours")},
    {"with", N_("FILE…"),
     N_("a file or folder whose bodies are shown by name in a plan; may be repeated")},
    {"format", N_("FORMAT"), N_("svg, dot or mermaid (svg)")},
    {"output", N_("FILE"), N_("where it goes (standard output)")},
    {NULL, NULL, NULL},
};

const struct command command_graph = {
    .name = "graph",
    .words = N_("FILE | --instance ID"),
    .summary = N_("a picture of a workflow, a plan or bodies"),
    .more = N_("SVG opens in any browser; dot is for Graphviz, mermaid for wikis. Of a file no "
               "engine is needed; of an instance the colours say how far its steps are, of a plan "
               "its items."),
    .examples = "marshrut graph workflows/roadmap-item.yaml --output roadmap-item.svg\n"
                "marshrut graph plan.yaml --format mermaid\n"
                "marshrut graph --instance 4 --output instance.svg",
    .options = options,
    .words_min = 0,
    .words_max = 1,
    .run = run,
};
