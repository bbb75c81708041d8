/* remove.c - `marshrut remove`: a version of a document is taken out of force
 *
 * Owns:    the words of this command, and why the engine does not do it.
 * In:      a name and a version; the verb REMOVE (docs/protocol.md §3.5).
 * Out:     one sentence.
 */
#include "cli/fields.h"
#include "cli/language.h"
#include "cli/session.h"
#include "cli/text.h"

#include <stdlib.h>
#include <string.h>

/* «используется: 12 процессов», «нужна для: дорожная карта lo-2023»; false: there is nothing of the
 * kind in the answer. */
static bool say_needed(const struct session *session, const json_t *details)
{
    const json_t *by = json_object_get(details, "needed_by");
    unsigned long used = (unsigned long)field_number(details, "used");

    if (used > 0) {
        fprintf(session->err.file,
                ngettext("Not removed: it is used by %lu open instance\n",
                         "Not removed: it is used by %lu open instances\n", used),
                used);
        return true;
    }
    if (!json_is_object(by)) {
        return false;
    }
    char *name = field_harmless(by, "name");
    fprintf(session->err.file, _("Not removed: it is the only version, and is needed by: %s %s\n"),
            word_definition_kind(field_text(by, "kind")), name != NULL ? name : "?");
    free(name);
    return true;
}

static enum exit_code ask(struct session *session, json_t *request)
{
    struct answer answer;
    struct error err;
    json_t *done;

    if (!connection_ask(&session->connection, "REMOVE", request, session->timeout_ms, &answer,
                        &err)) {
        return session_unreachable(session, &err);
    }
    if (!answer.ok && !session->json && say_needed(session, answer.json)) {
        answer_fini(&answer);
        return EXIT_CODE_REFUSED;
    }
    enum exit_code code = session_take(session, &answer, &done);
    if (done != NULL) {
        char *name = field_harmless(done, "name");
        fprintf(session->out.file, _("%s %s: version %lld is removed\n"),
                word_definition_kind(field_text(done, "kind")), name != NULL ? name : "?",
                (long long)field_number(done, "version"));
        free(name);
    }
    json_decref(done);
    return code;
}

static enum exit_code run(struct session *session, const struct arguments *arguments)
{
    const char *kind = arguments_get(arguments, "kind");
    uint64_t version = 0;
    struct error err;

    if (!arguments_number(arguments, "version", 1, UINT32_MAX, &version, &err)) {
        return session_usage(session, &err);
    }
    if (version == 0) {
        error_set(&err, ERROR_INVALID, _("which version? --version N; see marshrut definitions"));
        return session_usage(session, &err);
    }
    return ask(session, json_pack("{ss sI ss*}", "name", arguments->positional[0], "version",
                                  (json_int_t)version, "kind", kind));
}

static const struct option options[] = {
    {"version", N_("N"), N_("the version, as marshrut definitions shows it")},
    {"kind", N_("KIND"), N_("workflow, roadmap, bodies …, where several have this name")},
    {NULL, NULL, NULL},
};

const struct command command_remove = {
    .name = "remove",
    .words = N_("NAME --version N"),
    .summary = N_("take a version of a document out of force"),
    .more = N_("A version that open instances use is not removed, nor the only one that a plan, "
               "rules or another workflow need. What ran with it keeps its history."),
    .examples = "marshrut remove teacher-cycle --version 2",
    .options = options,
    .words_min = 1,
    .words_max = 1,
    .run = run,
};
