/* check.c - `marshrut check`: everything that is wrong with documents, at once, without an engine
 *
 * Owns:    the summary, and which services are known.
 * In:      files and folders; with --live the workers of an engine (docs/protocol.md §3.6).
 * Out:     problems with their places on standard output.
 * Always:  warnings alone are no failure.
 */
#include "base/must.h"
#include "cli/documents.h"
#include "cli/fields.h"
#include "cli/language.h"
#include "cli/problem_lines.h"
#include "cli/progress.h"
#include "cli/session.h"
#include "cli/text.h"
#include "expression/evaluator.h"

#include <stdlib.h>
#include <string.h>

/* --- services ------------------------------------------------------------------------------ */

/* Those of the workers that come with the program. */
static const char *const bundled[] = {"http", "openapi",     "notify",
                                      "exec", "diagnostics", "route-planner"};

struct services {
    char **names; /* NULL-terminated */
    size_t count;
};

static void add_service(struct services *services, const char *name, size_t size)
{
    services->names = xrealloc(services->names, (services->count + 2) * sizeof *services->names);
    services->names[services->count++] = xstrndup(name, size);
    services->names[services->count] = NULL;
}

static void add_listed(struct services *services, const char *list)
{
    while (list != NULL && *list != '\0') {
        size_t size = strcspn(list, ",");
        if (size > 0) {
            add_service(services, list, size);
        }
        list += size;
        list += *list == ',' ? 1 : 0;
    }
}

static bool add_live(struct services *services, struct session *session, enum exit_code *ret_code)
{
    struct answer answer;
    struct error err;
    size_t count;

    if (!connection_ask(&session->connection, "WORKERS", NULL, session->timeout_ms, &answer,
                        &err)) {
        *ret_code = session_unreachable(session, &err);
        return false;
    }
    const json_t *rows = field_rows(answer.json, &count);
    for (size_t i = 0; i < count; i++) {
        const json_t *names = json_object_get(json_array_get(rows, i), "services");
        for (size_t j = 0; j < json_array_size(names); j++) {
            const char *name = json_string_value(json_array_get(names, j));
            add_service(services, name ? name : "", name ? strlen(name) : 0);
        }
    }
    answer_fini(&answer);
    return true;
}

static bool gather_services(struct session *session, const struct arguments *arguments,
                            struct services *services, enum exit_code *ret_code)
{
    for (size_t i = 0; i < sizeof bundled / sizeof *bundled; i++) {
        add_service(services, bundled[i], strlen(bundled[i]));
    }
    for (size_t i = 0; arguments_get_at(arguments, "services", i) != NULL; i++) {
        add_listed(services, arguments_get_at(arguments, "services", i));
    }
    return !arguments_has(arguments, "live") || add_live(services, session, ret_code);
}

static void services_fini(struct services *services)
{
    for (size_t i = 0; i < services->count; i++) {
        free(services->names[i]);
    }
    free(services->names);
}

/* --- documents ----------------------------------------------------------------------------- */

struct totals {
    uint32_t documents;
    uint32_t errors;
    uint32_t warnings;
    json_t *files; /* --json; else NULL */
};

static bool gather_documents(const struct arguments *arguments, struct documents *documents,
                             struct error *err)
{
    const char *path;
    bool alone = arguments_has(arguments, "alone");

    documents->whole = arguments_has(arguments, "whole");
    if (alone && arguments_has(arguments, "with")) {
        return error_set(err, ERROR_INVALID, _("--alone and --with exclude each other"));
    }
    if (alone && documents->whole) {
        return error_set(err, ERROR_INVALID, _("--alone and --whole exclude each other"));
    }
    for (size_t i = 0; i < arguments->count; i++) {
        if (!documents_add(documents, arguments->positional[i], true, err)) {
            return false;
        }
    }
    for (size_t i = 0; (path = arguments_get_at(arguments, "with", i)) != NULL; i++) {
        if (!documents_add(documents, path, false, err)) {
            return false;
        }
    }
    if (!alone) {
        documents_join(documents);
    }
    return true;
}

static void check_one(struct session *session, const struct documents *documents, uint32_t index,
                      const struct document_options *options, struct totals *totals,
                      struct progress *progress)
{
    struct problems problems = {0};
    struct definition *definition;

    documents_check(documents, index, options, &problems, &definition);
    definition_destroy(definition);
    totals->documents++;
    totals->errors += problems.error_count;
    totals->warnings += problem_lines_warnings(&problems);
    if (totals->files != NULL) {
        json_array_append_new(totals->files,
                              problem_lines_json(&problems, &documents->items[index]));
    } else if (problems.count > 0) {
        progress_hide(progress);
        problem_lines_print(&problems, &documents->items[index], &session->out);
    }
    problems_fini(&problems);
}

/* --- the whole ----------------------------------------------------------------------------- */

static void print_totals(struct session *session, const struct totals *totals)
{
    FILE *file = session->out.file;

    fprintf(file, ngettext("%u document checked: ", "%u documents checked: ", totals->documents),
            totals->documents);
    if (totals->errors > 0) {
        fprintf(file, ngettext("%u error", "%u errors", totals->errors), totals->errors);
    } else {
        fputs(_("no errors"), file);
    }
    if (totals->warnings > 0) {
        fputs(", ", file);
        fprintf(file, ngettext("%u warning", "%u warnings", totals->warnings), totals->warnings);
    }
    fputs("\n", file);
}

static void print_json(struct session *session, struct totals *totals)
{
    json_t *answer = problem_lines_report(totals->errors, totals->warnings, totals->files);
    session_print_document(session, answer);
    json_decref(answer);
}

static enum exit_code check_all(struct session *session, const struct arguments *arguments,
                                const struct documents *documents, const struct services *services)
{
    struct evaluator *evaluator = arguments_has(arguments, "no-jq") ? NULL : evaluator_create(NULL);
    struct document_options options = {.evaluator = evaluator,
                                       .services = (const char *const *)services->names};
    struct totals totals = {.files = session->json ? json_array() : NULL};
    struct progress progress;

    progress_begin(&progress, session, _("Checking documents"), documents->count);
    for (uint32_t i = 0; i < documents->count; i++) {
        if (documents->items[i].asked) {
            check_one(session, documents, i, &options, &totals, &progress);
        }
        progress_set(&progress, i + 1);
    }
    progress_end(&progress);
    evaluator_destroy(evaluator);
    if (session->json) {
        print_json(session, &totals);
    } else {
        print_totals(session, &totals);
    }
    return totals.errors > 0 ? EXIT_CODE_REFUSED : EXIT_CODE_DONE;
}

static enum exit_code run(struct session *session, const struct arguments *arguments)
{
    struct documents documents = {0};
    struct services services = {0};
    struct error err;
    enum exit_code code = EXIT_CODE_USAGE;

    if (!gather_documents(arguments, &documents, &err)) {
        code = session_usage(session, &err);
    } else if (gather_services(session, arguments, &services, &code)) {
        code = check_all(session, arguments, &documents, &services);
    }
    services_fini(&services);
    documents_fini(&documents);
    return code;
}

static const struct option options[] = {
    {"with", N_("FILE…"), N_("a file or folder that is seen but not checked; may be repeated")},
    {"whole", NULL, N_("there is nothing else: a name that is not among them is an error")},
    {"alone", NULL, N_("each document by itself: they do not see one another")},
    {"services", N_("LIST…"), N_("services that your workers offer, parted by commas")},
    {"live", NULL, N_("ask the engine which services its workers offer now")},
    {"no-jq", NULL, N_("without compiling expressions: faster, and says less")},
    {NULL, NULL, NULL},
};

const struct command command_check = {
    .name = "check",
    .words = N_("FILE…"),
    .summary = N_("say everything that is wrong with documents"),
    .more = N_("Files and folders that are given together see one another, in any order. Names of "
               "bodies, policies and workflows are looked up where at least one more document of "
               "that kind was given, or everywhere with --whole. No engine is needed."),
    .examples = "marshrut check workflows\n"
                "marshrut check plan.yaml --with workflows --services hr,lms",
    .options = options,
    .words_min = 1,
    .words_max = 1000,
    .run = run,
};
