/* why.c - `marshrut why`: one sentence about what an instance waits for
 *
 * Owns:    the words of this command.
 * In:      an instance; the verb WHY (docs/protocol.md §3.6).
 * Out:     the sentence of why_sentence.c.
 */
#include "cli/language.h"
#include "cli/session.h"
#include "cli/why_sentence.h"

#include <stdlib.h>

static enum exit_code run(struct session *session, const struct arguments *arguments)
{
    struct error err;
    json_t *answer;
    uint64_t instance;

    if (!session_instance(arguments->positional[0], &instance, &err)) {
        return session_usage(session, &err);
    }
    enum exit_code code =
        session_ask(session, "WHY", json_pack("{sI}", "instance", (json_int_t)instance), &answer);
    if (answer != NULL) {
        char *sentence = why_sentence(answer, session->zone);
        fprintf(session->out.file, "%s\n", sentence);
        free(sentence);
    }
    json_decref(answer);
    return code;
}

static const struct option options[] = {
    {NULL, NULL, NULL},
};

const struct command command_why = {
    .name = "why",
    .words = N_("ID"),
    .summary = N_("what an instance waits for, on whom, since when, what comes next"),
    .examples = "marshrut why 17",
    .options = options,
    .words_min = 1,
    .words_max = 1,
    .run = run,
};
