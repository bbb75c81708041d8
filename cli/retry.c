/* retry.c - `marshrut retry`: a new attempt of a task that became an incident
 *
 * Owns:    the words of this command.
 * In:      a task, an edited input; the verb RETRY (docs/protocol.md §3.5).
 * Out:     one sentence.
 */
#include "cli/input.h"
#include "cli/language.h"
#include "cli/session.h"

static enum exit_code run(struct session *session, const struct arguments *arguments)
{
    const char *task = arguments->positional[0];
    const char *path = arguments_get(arguments, "input");
    json_t *input = NULL;
    struct error err;
    json_t *answer;

    if (!session_task(task, &err) || (path != NULL && !input_read_json(path, &input, &err))) {
        return session_usage(session, &err);
    }
    enum exit_code code =
        session_ask(session, "RETRY", json_pack("{ssso*}", "task", task, "input", input), &answer);
    if (answer != NULL) {
        fprintf(session->out.file, _("Task %s gets a new attempt\n"), task);
    }
    json_decref(answer);
    return code;
}

static const struct option options[] = {
    {"input", N_("FILE"), N_("JSON in place of the input it had; - is standard input")},
    {NULL, NULL, NULL},
};

const struct command command_retry = {
    .name = "retry",
    .words = N_("TASK"),
    .summary = N_("try the task of an incident again"),
    .examples = "marshrut retry 4.2\n"
                "marshrut retry 4.2 --input corrected.json",
    .options = options,
    .words_min = 1,
    .words_max = 1,
    .run = run,
};
