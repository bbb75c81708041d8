/* backup.c - `marshrut backup`: a copy of the store while the engine runs
 *
 * Owns:    the words of this command.
 * In:      a folder on the engine's machine; the verb BACKUP (docs/protocol.md §3.7).
 * Out:     one sentence.
 * Always:  the engine is told an absolute path: its own folder is another one.
 */
#include "cli/fields.h"
#include "cli/language.h"
#include "cli/progress.h"
#include "cli/size_text.h"
#include "cli/text.h"
#include "cli/upkeep.h"

#include <errno.h>
#include <limits.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

static bool absolute(const char *folder, char **ret_path, struct error *err)
{
    struct buffer out = BUFFER_INIT;
    char here[PATH_MAX];

    if (folder[0] == '\0') {
        return error_set(err, ERROR_INVALID, _("the folder has no name"));
    }
    if (folder[0] != '/') {
        if (getcwd(here, sizeof here) == NULL) {
            return error_set(err, ERROR_IO, "%s", strerror(errno));
        }
        text_put(&out, "%s/", here);
    }
    buffer_text(&out, folder);
    *ret_path = text_take(&out);
    return true;
}

static enum exit_code run(struct session *session, const struct arguments *arguments)
{
    char size[SIZE_TEXT_MAX];
    struct progress progress;
    struct answer answer;
    struct error err;
    json_t *shown = NULL;
    char *path = NULL;

    if (!absolute(arguments->positional[0], &path, &err)) {
        return session_usage(session, &err);
    }
    json_t *request = json_pack("{ss}", "folder", path);
    progress_of_answer(&progress, session, _("Copying the store"));
    bool answered = upkeep_ask(session, "BACKUP", request, &answer, &err);
    progress_answered(&progress, session);
    if (!answered) {
        free(path);
        return session_unreachable(session, &err);
    }
    enum exit_code code = session_take(session, &answer, &shown);
    if (shown != NULL) {
        size_text((int64_t)field_number(shown, "bytes"), size);
        fprintf(session->out.file, _("Copied to %s (%s)\n"), path, size);
    }
    json_decref(shown);
    free(path);
    return code;
}

static const struct option options[] = {
    {NULL, NULL, NULL},
};

const struct command command_backup = {
    .name = "backup",
    .words = N_("FOLDER"),
    .summary = N_("copy the store while the engine runs"),
    .more = N_("The folder is on the engine's machine and must not hold a store."),
    .examples = "marshrut backup /var/backups/marshrut/2023-01-09",
    .options = options,
    .words_min = 1,
    .words_max = 1,
    .run = run,
};
