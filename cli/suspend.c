/* suspend.c - `marshrut suspend`: an instance starts nothing new
 *
 * Owns:    the words of this command.
 * In:      an instance; the verb SUSPEND (docs/protocol.md §3.5).
 * Out:     one sentence.
 */
#include "cli/language.h"
#include "cli/steer.h"

static enum exit_code run(struct session *session, const struct arguments *arguments)
{
    static const struct steer steer = {
        .verb = "SUSPEND", .needs_reason = true, .done = N_("is suspended now")};

    return steer_instance(session, arguments, &steer);
}

const struct command command_suspend = {
    .name = "suspend",
    .words = N_("ID --reason TEXT"),
    .summary = N_("let an instance start nothing new for a while"),
    .examples = "marshrut suspend 4 --reason \"до уточнения срока\"",
    .options = steer_reason_options,
    .words_min = 1,
    .words_max = 1,
    .run = run,
};
