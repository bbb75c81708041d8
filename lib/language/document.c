/* document.c - from YAML text to a checked definition: which kind it is, and the way through
 *
 * Owns:    the `document` header that every kind has, and the order read -> check -> done.
 * In:      document_parse() from the engine and the command line.
 * Out:     a definition, yours until a catalog takes it.
 * Always:  a definition that comes out is whole and immutable; a refusal leaves nothing behind.
 * See:     document.h; docs/language.md
 */
#include "language/document.h"

#include "base/limits.h"
#include "base/must.h"
#include "language/outer_readers.h"
#include "language/readers.h"

#include <stdlib.h>
#include <string.h>

/* "1.0.3": the versions of the DSL that we read. */
static bool check_dsl(const struct reader *reader, const struct node *header)
{
    const struct node *dsl;

    if (!fields_node(reader, header, "dsl", REQUIRED, NODE_TEXT, &dsl)) {
        return false;
    }
    size_t length = strlen(dsl->text);
    if (strncmp(dsl->text, "1.0.", 4) != 0 || length == 4 ||
        strspn(dsl->text + 4, "0123456789") != length - 4) {
        return refuse(reader, dsl, ERROR_UNSUPPORTED,
                      "version \"%s\" of the DSL is not supported: 1.0.x is", show(dsl->text).text);
    }
    return true;
}

/* A document of ours says its kind; one of the DSL says its version instead. */
static bool find_kind(const struct reader *reader, const struct node *header,
                      enum definition_kind *ret_kind)
{
    const struct node *kind;

    if (!fields_node(reader, header, "kind", OPTIONAL, NODE_TEXT, &kind)) {
        return false;
    }
    if (kind == NULL) {
        *ret_kind = DEFINITION_WORKFLOW;
        return node_find(header, "dsl") != NULL ||
               refuse(reader, header, ERROR_INVALID,
                      "a document needs \"dsl\" (a workflow) or \"kind\": roadmap, bodies, policy, "
                      "calendar, routes, indicators");
    }
    for (int i = DEFINITION_WORKFLOW + 1; i < DEFINITION_KIND_COUNT; i++) {
        if (strcmp(kind->text, definition_kind_name((enum definition_kind)i)) == 0) {
            *ret_kind = (enum definition_kind)i;
            return true;
        }
    }
    return refuse(
        reader, kind, ERROR_INVALID,
        "\"%s\" is no kind of document: roadmap, bodies, policy, calendar, routes or indicators "
        "is expected; a workflow "
        "has \"dsl\" instead",
        show(kind->text).text);
}

static bool read_header(const struct reader *reader, const struct node *header,
                        struct definition *d)
{
    static const char *const dsl_known[] = {"dsl",     "namespace", "name",     "version", "title",
                                            "summary", "tags",      "metadata", NULL};
    static const struct words dsl_words = {N_("the document of a workflow"), dsl_known, NULL};
    static const char *const known[] = {"kind", "name", "version", "title", NULL};
    static const struct words words = {N_("the document"), known, NULL};
    bool workflow = d->kind == DEFINITION_WORKFLOW;

    bool good = fields_check(reader, header, workflow ? &dsl_words : &words);
    if (workflow) {
        good &= check_dsl(reader, header);
        good &= fields_name(reader, header, "namespace", REQUIRED, &d->namespace);
    }
    good &= fields_name(reader, header, "name", REQUIRED, &d->name);
    good &= fields_name(reader, header, "version", REQUIRED, &d->doc_version);
    good &= fields_text(reader, header, "title", OPTIONAL, LIMIT_TEXT_BYTES, &d->title);
    if (good && d->title == NULL) {
        d->title = xstrdup(d->name);
    }
    return good;
}

static bool read_rest(const struct reader *reader, const struct node *root, struct definition *d)
{
    switch (d->kind) {
    case DEFINITION_WORKFLOW:
        return read_workflow(reader, root, &d->workflow);
    case DEFINITION_ROADMAP:
        return read_roadmap(reader, root, &d->roadmap);
    case DEFINITION_BODIES:
        return read_bodies(reader, root, &d->bodies);
    case DEFINITION_POLICY:
        return read_policy(reader, root, &d->policy);
    case DEFINITION_CALENDAR:
        return read_calendar(reader, root, &d->calendar);
    case DEFINITION_ROUTES:
        return read_routes(reader, root, &d->routes);
    case DEFINITION_INDICATORS:
        return read_indicators(reader, root, &d->indicators);
    case DEFINITION_KIND_COUNT:
        break;
    }
    must(false);
    return false;
}

static int order_by_id(const void *a, const void *b)
{
    return strcmp(((const struct body *)a)->id, ((const struct body *)b)->id);
}

static bool read_definition(const struct reader *reader, const struct node *root,
                            struct definition *d)
{
    const struct node *header;

    if (root->kind != NODE_MAP) {
        return refuse(reader, root, ERROR_INVALID, "a document is a map that has \"document\"");
    }
    if (!fields_node(reader, root, "document", REQUIRED, NODE_MAP, &header) ||
        !find_kind(reader, header, &d->kind)) {
        return false;
    }
    bool good = read_header(reader, header, d);
    good &= read_rest(reader, root, d);
    if (!good || !check_document(reader, root, d)) {
        return false;
    }
    if (d->kind == DEFINITION_BODIES) {
        qsort(d->bodies.bodies, d->bodies.body_count, sizeof *d->bodies.bodies, order_by_id);
    }
    return true;
}

/* --- in and out ------------------------------------------------------------------------------ */

bool document_check(const char *file, struct bytes text, const struct document_options *options,
                    struct problems *problems, struct definition **ret_definition)
{
    struct error err = ERROR_INIT;
    struct reader reader = {.file = file,
                            .err = &err,
                            .catalog = options->catalog,
                            .problems = problems,
                            .unknown_kinds = options->unknown_kinds,
                            .services = options->services};
    uint32_t errors_before = problems->error_count;
    struct tree tree;

    if (!tree_parse(file, text, &tree, &err)) {
        problems_add(problems, SEVERITY_ERROR, &err);
        return false;
    }
    struct definition *d = xcalloc(1, sizeof *d);
    bool good = read_definition(&reader, tree.root, d);
    check_expressions(&reader, d, options->evaluator);
    problems_sort(problems);
    tree_fini(&tree);
    must(good || problems->error_count > errors_before);
    if (problems->error_count > errors_before || ret_definition == NULL) {
        definition_destroy(d);
        return problems->error_count == errors_before;
    }
    d->source = bytes_strdup(text);
    *ret_definition = d;
    return true;
}

bool document_parse_with(const char *file, struct bytes text,
                         const struct document_options *options, struct definition **ret_definition,
                         struct error *err)
{
    struct problems problems = {0};
    bool good = document_check(file, text, options, &problems, ret_definition);

    for (uint32_t i = 0; !good && i < problems.count; i++) {
        if (problems.items[i].severity == SEVERITY_ERROR) {
            if (err != NULL) {
                *err = problems.items[i].error;
            }
            break;
        }
    }
    problems_fini(&problems);
    return good;
}

bool document_parse(const char *file, struct bytes text, const struct catalog *catalog,
                    struct definition **ret_definition, struct error *err)
{
    struct document_options options = {.catalog = catalog};

    return document_parse_with(file, text, &options, ret_definition, err);
}
