/* deploy.c - `marshrut deploy`: documents of the workflow language, one after the other
 *
 * Owns:    the reading of the files, and the place of an error shown in its document.
 * In:      files; the verb DEPLOY (docs/protocol.md §3.5).
 * Out:     a sentence for each; with --json the answer, or an array of answers for several files.
 * Always:  the first refusal ends it: what follows may need what was refused.
 */
#include "base/limits.h"
#include "cli/fields.h"
#include "cli/input.h"
#include "cli/language.h"
#include "cli/refusal.h"
#include "cli/session.h"
#include "cli/text.h"

#include <stdlib.h>
#include <string.h>

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
    if (!connection_ask(&session->connection, "DEPLOY", request, session->timeout_ms, &answer,
                        &err)) {
        free(text);
        return session_unreachable(session, &err);
    }
    enum exit_code code = answer.ok ? EXIT_CODE_DONE : EXIT_CODE_REFUSED;
    if (!answer.ok) {
        say_refused(session, &answer, text);
    } else if (!session->json) {
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
