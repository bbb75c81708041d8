/* skip.c - `marshrut skip`: go on without a task
 *
 * Owns:    the words of this command.
 * In:      a task, a reason, an output in place of the task's own; the verb SKIP
 *          (docs/protocol.md §3.5).
 * Out:     one sentence.
 */
#include "cli/input.h"
#include "cli/language.h"
#include "cli/steer.h"

static enum exit_code run(struct session *session, const struct arguments *arguments)
{
    const char *task = arguments->positional[0];
    const char *reason = arguments_get(arguments, "reason");
    const char *path = arguments_get(arguments, "output");
    json_t *output = NULL;
    struct error err;
    json_t *answer;

    if (!session_task(task, &err) || steer_reason(arguments, &err) == NULL ||
        (path != NULL && !input_read_json(path, &output, &err))) {
        return session_usage(session, &err);
    }
    json_t *request = json_pack("{ssssso*}", "task", task, "reason", reason, "output", output);
    enum exit_code code = session_ask(session, "SKIP", request, &answer);
    if (answer != NULL) {
        fprintf(session->out.file, _("Task %s is skipped\n"), task);
    }
    json_decref(answer);
    return code;
}

static const struct option options[] = {
    {"reason", N_("TEXT"), N_("why; it is kept in the history")},
    {"output", N_("FILE"), N_("JSON as if the task had given it; - is standard input")},
    {NULL, NULL, NULL},
};

const struct command command_skip = {
    .name = "skip",
    .words = N_("TASK --reason TEXT"),
    .summary = N_("go on without the task of an incident"),
    .examples = "marshrut skip 4.2 --reason \"письмо отправлено вручную\"",
    .options = options,
    .words_min = 1,
    .words_max = 1,
    .run = run,
};
