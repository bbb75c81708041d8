/* cancel.c - `marshrut cancel`: ends an instance and all it started
 *
 * Owns:    the words of this command.
 * In:      an instance; the verb CANCEL (docs/protocol.md §3.5).
 * Out:     one sentence.
 */
#include "cli/language.h"
#include "cli/steer.h"

static enum exit_code run(struct session *session, const struct arguments *arguments)
{
    static const struct steer steer = {
        .verb = "CANCEL", .needs_reason = true, .done = N_("is cancelled now")};

    return steer_instance(session, arguments, &steer);
}

const struct command command_cancel = {
    .name = "cancel",
    .words = N_("ID --reason TEXT"),
    .summary = N_("end an instance and all it started"),
    .examples = "marshrut cancel 4 --reason \"Отменено приказом № 12\"",
    .options = steer_reason_options,
    .words_min = 1,
    .words_max = 1,
    .run = run,
};
