/* verify.c - `marshrut verify`: replay the journal and compare
 *
 * Owns:    the verdict in words, and the exit code that follows from it.
 * In:      the verb VERIFY (docs/protocol.md §3.7).
 * Out:     one sentence; a difference is a refusal (exit code 1).
 */
#include "cli/fields.h"
#include "cli/language.h"
#include "cli/progress.h"
#include "cli/text.h"
#include "cli/upkeep.h"

#include <stdlib.h>
#include <string.h>

static void say_first(const struct session *session, const json_t *answer)
{
    char *first = field_harmless(answer, "first");

    if (first != NULL) {
        fprintf(session->out.file, _("The first: %s\n"), first);
    }
    free(first);
}

static void say(const struct session *session, const json_t *answer, long long differences)
{
    if (differences == 0) {
        fprintf(session->out.file,
                _("The journal and the state agree: %lld records, %lld instances.\n"),
                (long long)field_number(answer, "records"),
                (long long)field_number(answer, "instances"));
        return;
    }
    fprintf(session->out.file,
            ngettext("The journal and the state differ in %lld place.\n",
                     "The journal and the state differ in %lld places.\n",
                     (unsigned long)differences),
            differences);
    say_first(session, answer);
}

static enum exit_code run(struct session *session, const struct arguments *arguments)
{
    struct progress progress;
    struct answer answer;
    struct error err;
    json_t *shown = NULL;

    (void)arguments;
    progress_of_answer(&progress, session, _("Replaying the journal"));
    bool answered = upkeep_ask(session, "VERIFY", NULL, &answer, &err);
    progress_answered(&progress, session);
    if (!answered) {
        return session_unreachable(session, &err);
    }
    long long differences = (long long)field_number(answer.json, "differences");
    enum exit_code code = session_take(session, &answer, &shown);
    if (shown != NULL) {
        say(session, shown, differences);
    }
    json_decref(shown);
    return code == EXIT_CODE_DONE && differences != 0 ? EXIT_CODE_REFUSED : code;
}

static const struct option options[] = {
    {NULL, NULL, NULL},
};

const struct command command_verify = {
    .name = "verify",
    .words = "",
    .summary = N_("replay the journal and compare it with the state"),
    .examples = "marshrut verify",
    .options = options,
    .run = run,
};
