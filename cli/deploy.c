/* deploy.c - `marshrut deploy`: documents of the workflow language, one after the other
 *
 * Owns:    the reading of the files, and the place of an error shown in its document.
 * In:      files; the verb DEPLOY (docs/protocol.md §3.5).
 * Out:     everything that is wrong with it, as `check` says it, or a sentence; with --json the
 *          answer, or an array of answers for several files.
 * Always:  the first refusal ends it: what follows may need what was refused.
 */
#include "base/limits.h"
#include "cli/fields.h"
#include "cli/input.h"
#include "cli/language.h"
#include "cli/problem_lines.h"
#include "cli/progress.h"
#include "cli/refusal.h"
#include "cli/session.h"
#include "cli/text.h"

#include <stdlib.h>
#include <string.h>

/* What the engine found, as `check` finds it. */
static struct problems problems_of(const json_t *answer)
{
    const json_t *list = json_object_get(answer, "problems");
    struct problems problems = {0};

    for (size_t i = 0; i < json_array_size(list); i++) {
        const json_t *row = json_array_get(list, i);
        const char *severity = field_text(row, "severity");
        const char *code = field_text(row, "code");
        char *text = refusal_sentence(row);
        bool warning = severity != NULL && strcmp(severity, "warning") == 0;
        struct error err = {.code = error_code_find(code != NULL ? code : ""),
                            .line = (int)field_number(row, "line"),
                            .column = (int)field_number(row, "column")};
        snprintf(err.text, sizeof err.text, "%s", text != NULL ? text : "—");
        free(text);
        problems_add(&problems, warning ? SEVERITY_WARNING : SEVERITY_ERROR, &err);
    }
    problems.left_out += (uint32_t)field_number(answer, "left_out");
    return problems;
}

/* False when the answer has no list. */
static bool say_problems(const struct session *session, const json_t *answer, const char *path,
                         char *text, size_t size)
{
    struct document document = {.path = (char *)path, .text = text, .size = size};
    struct problems problems = problems_of(answer);
    bool any = problems.count > 0;

    problem_lines_print(&problems, &document, &session->err);
    problems_fini(&problems);
    return any;
}

static void say_refused(const struct session *session, const struct answer *answer,
                        const char *source)
{
    struct buffer out = BUFFER_INIT;

    refusal_print(answer->code, answer->json, source, output_columns(&session->err), &out);
    fwrite(out.data, 1, out.size, session->err.file);
    buffer_fini(&out);
}

static void say_deployed(const struct session *session, const json_t *answer)
{
    char *name = field_harmless(answer, "name");
    const char *word = word_definition_kind(field_text(answer, "kind"));
    char *kind = text_harmless(word ? word : "?", strlen(word ? word : "?"));
    long long version = (long long)field_number(answer, "version");

    if (json_is_false(json_object_get(answer, "changed"))) {
        fprintf(session->out.file, _("%s %s: version %lld is this text already\n"), kind,
                name ? name : "?", version);
    } else {
        fprintf(session->out.file, _("%s %s: version %lld is in force\n"), kind, name ? name : "?",
                version);
    }
    free(kind);
    free(name);
}

/* Long where a document has many expressions. */
static bool ask_engine(struct session *session, const char *path, json_t *request,
                       struct answer *ret_answer, struct error *err)
{
    struct progress progress;
    char *label = text_harmless(path, strlen(path));

    progress_of_answer(&progress, session, label);
    bool answered = connection_ask(&session->connection, "DEPLOY", request, session->timeout_ms,
                                   ret_answer, err);
    progress_answered(&progress, session);
    free(label);
    return answered;
}

static enum exit_code deploy_one(struct session *session, const char *path, json_t **ret_answer)
{
    struct answer answer;
    struct error err;
    char *text;
    size_t size;

    if (!input_read(path, LIMIT_DOCUMENT_BYTES, &text, &size, &err)) {
        return session_usage(session, &err);
    }
    json_t *words = json_stringn(text, size);
    if (words == NULL) {
        error_set(&err, ERROR_SYNTAX, _("%s: the text is not UTF-8"), path);
        free(text);
        return session_usage(session, &err);
    }
    json_t *request = json_pack("{ssso}", "file", path, "text", words);
    if (!ask_engine(session, path, request, &answer, &err)) {
        free(text);
        return session_unreachable(session, &err);
    }
    enum exit_code code = answer.ok ? EXIT_CODE_DONE : EXIT_CODE_REFUSED;
    bool said =
        !(session->json && answer.ok) && say_problems(session, answer.json, path, text, size);
    if (!answer.ok && !said) {
        say_refused(session, &answer, text);
    } else if (answer.ok && !session->json) {
        say_deployed(session, answer.json);
    }
    *ret_answer = json_incref(answer.json);
    answer_fini(&answer);
    free(text);
    return code;
}

static void print_answers(const struct session *session, const json_t *answers, bool several)
{
    const json_t *shown = several ? answers : json_array_get(answers, 0);
    char *text = shown != NULL ? json_dumps(shown, JSON_ENCODE_ANY | JSON_COMPACT) : NULL;

    if (text != NULL) {
        session_print_json(session, text, strlen(text));
    }
    free(text);
}

static enum exit_code run(struct session *session, const struct arguments *arguments)
{
    json_t *answers = json_array();
    enum exit_code code = EXIT_CODE_DONE;

    for (size_t i = 0; i < arguments->count && code == EXIT_CODE_DONE; i++) {
        json_t *answer = NULL;
        code = deploy_one(session, arguments->positional[i], &answer);
        if (answer != NULL) {
            json_array_append_new(answers, answer);
        }
    }
    if (session->json) {
        print_answers(session, answers, arguments->count > 1);
    }
    json_decref(answers);
    return code;
}

static const struct option options[] = {
    {NULL, NULL, NULL},
};

const struct command command_deploy = {
    .name = "deploy",
    .words = N_("FILE…"),
    .summary = N_("put documents into force: plans, workflows, bodies, policies"),
    .more = N_("Running instances keep the version they started with. The first document that is "
               "refused ends the command; those before it stay in force."),
    .examples = "marshrut deploy workflows/bodies/lo.yaml workflows/roadmaps/lo-2023.yaml",
    .options = options,
    .words_min = 1,
    .words_max = 1000,
    .run = run,
};
