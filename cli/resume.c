/* resume.c - `marshrut resume`: a suspended instance goes on
 *
 * Owns:    the words of this command.
 * In:      an instance; the verb RESUME (docs/protocol.md §3.5).
 * Out:     one sentence.
 */
#include "cli/language.h"
#include "cli/steer.h"

static enum exit_code run(struct session *session, const struct arguments *arguments)
{
    static const struct steer steer = {
        .verb = "RESUME", .needs_reason = false, .done = N_("goes on now")};

    return steer_instance(session, arguments, &steer);
}

static const struct option options[] = {
    {NULL, NULL, NULL},
};

const struct command command_resume = {
    .name = "resume",
    .words = N_("ID"),
    .summary = N_("let a suspended instance go on"),
    .examples = "marshrut resume 4",
    .options = options,
    .words_min = 1,
    .words_max = 1,
    .run = run,
};
