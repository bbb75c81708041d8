/* diff.c - `marshrut diff`: how two documents differ by meaning
 *
 * Owns:    the two files, and the JSON of the answer.
 * In:      files; with --with documents that give bodies their names.
 * Out:     sentences or JSON on standard output.
 * Always:  a document with errors is not compared: they are shown as check shows them.
 * See:     docs/cli.md §Exit codes; lib/language/diff.h
 */
#include "language/diff.h"

#include "cli/diff_words.h"
#include "cli/documents.h"
#include "cli/fields.h"
#include "cli/language.h"
#include "cli/problem_lines.h"
#include "cli/session.h"
#include "cli/text.h"

/* As diff(1) ends. */
#define EXIT_SAME    EXIT_CODE_DONE
#define EXIT_DIFFERS EXIT_CODE_REFUSED
#define EXIT_TROUBLE EXIT_CODE_USAGE

/* NULL: what is wrong was said. */
static struct definition *read_one(struct session *session, const char *path)
{
    const struct document_options options = {0};
    struct documents documents = {0};
    struct problems problems = {0};
    struct definition *definition = NULL;
    struct error err;

    if (!documents_add(&documents, path, true, &err)) {
        session_usage(session, &err);
    } else if (documents.count > 1) {
        error_set(&err, ERROR_INVALID, _("%s is a folder: name two files"), path);
        session_usage(session, &err);
    } else {
        documents_check(&documents, 0, &options, &problems, &definition);
        if (definition == NULL) {
            problem_lines_refuse(session, &problems, &documents.items[0]);
        }
    }
    problems_fini(&problems);
    documents_fini(&documents);
    return definition;
}

static json_t *difference_json(const struct difference *d)
{
    json_t *json = json_object();

    json_object_set_new(json, "part", json_string(part_kind_name(d->part)));
    json_object_set_new(json, "path", json_string(d->path));
    json_object_set_new(json, "change", json_string(change_name(d->change)));
    json_object_set_new(json, "what", d->what ? json_string(d->what) : json_null());
    json_object_set_new(json, "before", d->before ? json_incref(d->before) : json_null());
    json_object_set_new(json, "after", d->after ? json_incref(d->after) : json_null());
    return json;
}

static void print_json(struct session *session, const struct differences *differences,
                       const struct catalog *names)
{
    json_t *list = json_array();
    struct buffer words = BUFFER_INIT;

    for (uint32_t i = 0; i < differences->count; i++) {
        json_array_append_new(list, difference_json(&differences->items[i]));
    }
    diff_print(differences, names, &words);
    json_t *answer =
        json_pack("{sb so ss%}", "same", differences->count == 0, "differences", list, "words",
                  words.data != NULL ? (const char *)words.data : "", words.size);
    buffer_fini(&words);
    session_print_document(session, answer);
    json_decref(answer);
}

static void print_words(struct session *session, const struct differences *differences,
                        const struct catalog *names)
{
    struct buffer out = BUFFER_INIT;

    if (differences->count == 0) {
        text_put(&out, "%s\n", _("The documents mean the same."));
    } else {
        diff_print(differences, names, &out);
        text_put(&out, ngettext("%u difference\n", "%u differences\n", differences->count),
                 differences->count);
    }
    fwrite(out.data, 1, out.size, session->out.file);
    buffer_fini(&out);
}

static enum exit_code compare(struct session *session, const struct definition *before,
                              const struct definition *after, const struct catalog *names)
{
    struct differences differences;
    struct error err;

    if (before->kind != after->kind) {
        error_set(&err, ERROR_INVALID, _("documents of two kinds, %s and %s, can't be compared"),
                  word_definition_kind(definition_kind_name(before->kind)),
                  word_definition_kind(definition_kind_name(after->kind)));
        return session_usage(session, &err);
    }
    diff_definitions(before, after, &differences);
    if (session->json) {
        print_json(session, &differences, names);
    } else {
        print_words(session, &differences, names);
    }
    enum exit_code code = differences.count == 0 ? EXIT_SAME : EXIT_DIFFERS;
    differences_fini(&differences);
    return code;
}

static bool read_names(const struct arguments *arguments, struct documents *names,
                       struct error *err)
{
    const char *path;

    for (size_t i = 0; (path = arguments_get_at(arguments, "with", i)) != NULL; i++) {
        if (!documents_add(names, path, false, err)) {
            return false;
        }
    }
    documents_join(names);
    return true;
}

static enum exit_code run(struct session *session, const struct arguments *arguments)
{
    struct documents names = {0};
    struct error err;
    enum exit_code code = EXIT_TROUBLE;

    if (!read_names(arguments, &names, &err)) {
        code = session_usage(session, &err);
        documents_fini(&names);
        return code;
    }
    struct definition *before = read_one(session, arguments->positional[0]);
    struct definition *after = read_one(session, arguments->positional[1]);
    if (before != NULL && after != NULL) {
        code = compare(session, before, after, names.catalog);
    }
    definition_destroy(before);
    definition_destroy(after);
    documents_fini(&names);
    return code;
}

static const struct option options[] = {
    {"with", N_("FILE…"),
     N_("documents with bodies, to call them by their names; may be repeated")},
    {NULL, NULL, NULL},
};

const struct command command_diff = {
    .name = "diff",
    .words = N_("OLD NEW"),
    .summary = N_("how two documents of one kind differ by meaning"),
    .more =
        N_("Comments, spacing, the order of words and the version are no differences. Ends with "
           "0 when both mean the same, 1 when they differ, 2 when one cannot be read. No engine "
           "is needed."),
    .examples = "marshrut diff plan-2023.yaml plan-2024.yaml --with workflows/bodies\n"
                "marshrut diff old.yaml new.yaml --json",
    .options = options,
    .words_min = 2,
    .words_max = 2,
    .run = run,
};
