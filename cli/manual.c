/* manual.c - what every page of the manual tells: exit codes, environment, files
 *
 * Owns:    the options that all commands have, and the meaning of the exit codes.
 * In:      main.c for the options; help.c and man_pages.c for all of it.
 * See:     docs/cli.md §Exit codes
 */
#include "cli/manual.h"

#include "cli/language.h"

#include <string.h>

const struct option manual_common[] = {
    {"folder", N_("DIR"),
     N_("folder of the engine (MARSHRUT_FOLDER, .run/demo, /var/lib/marshrut)")},
    {"endpoint", N_("ENDPOINT"), N_("where it answers clients (DIR/clients.sock)")},
    {"events", N_("ENDPOINT"), N_("where it publishes events (DIR/events.sock)")},
    {"by", N_("WHO"), N_("who acts: the id of a body or a name (MARSHRUT_BY, the login name)")},
    {"timeout", N_("SECONDS"), N_("how long to wait for an answer (10)")},
    {"zone", N_("ZONE"), N_("on whose clocks times are shown (those of the engine)")},
    {"json", NULL, N_("the engine's answer as it is, one JSON document")},
    {"help", NULL, N_("this help")},
    {NULL, NULL, NULL},
};

const struct manual_entry manual_exits[] = {
    [EXIT_CODE_DONE] = {"0", N_("done")},
    [EXIT_CODE_REFUSED] = {"1", N_("refused by the engine; the sentence is on standard error")},
    [EXIT_CODE_USAGE] = {"2",
                         N_("wrong usage: an unknown word, a missing value, a file that cannot "
                            "be read, output that cannot be written")},
    [EXIT_CODE_NO_CONNECTION] = {"3", N_("no connection with the engine, or no answer in time: it "
                                         "is not known whether the command was carried out")},
    {NULL, NULL},
};

const struct manual_entry manual_environment[] = {
    {"MARSHRUT_FOLDER", N_("folder of the engine, unless --folder says another")},
    {"MARSHRUT_CLIENTS", N_("where the engine answers clients, unless --endpoint or --folder says "
                            "otherwise")},
    {"MARSHRUT_EVENTS",
     N_("where it publishes events, unless --events or --folder says otherwise")},
    {"MARSHRUT_BY", N_("in whose name commands are given, unless --by says another")},
    {"MARSHRUT_LANG", N_("the language: ru or en")},
    {"MARSHRUT_PROGRESS_FD", N_("an open descriptor, from 3 on: how far long work is, is written "
                                "there in lines “DONE OF”")},
    {"LC_ALL, LC_MESSAGES, LANG",
     N_("the first that is not empty: C, POSIX or en… is English; all else is Russian")},
    {"NO_COLOR", N_("when it is not empty, nothing is coloured")},
    {"TERM", N_("dumb: no colours and no progress bars")},
    {"TMPDIR", N_("where try and rehearse keep their files while they run (/tmp)")},
    {NULL, NULL},
};

const struct manual_entry manual_files[] = {
    {".run/demo", N_("folder of the engine that ./dev run starts, where it exists")},
    {"/var/lib/marshrut", N_("folder of the engine where nothing says another")},
    {"DIR/clients.sock, DIR/events.sock", N_("the sockets of the engine, in its folder")},
    {NULL, NULL},
};

static const struct {
    const char *command;
    enum exit_code code;
    const char *help;
} exits[] = {
    {"bulk", EXIT_CODE_REFUSED, N_("some were refused, or it was stopped")},
    {"check", EXIT_CODE_REFUSED, N_("a document has errors")},
    {"diff", EXIT_CODE_REFUSED, N_("the documents differ")},
    {"diff", EXIT_CODE_USAGE, N_("a document has errors, or they are of two kinds")},
    {"due", EXIT_CODE_REFUSED, N_("a term is not understood")},
    {"graph", EXIT_CODE_REFUSED, N_("a document with errors has no picture")},
    {"rehearse", EXIT_CODE_REFUSED, N_("a document has errors, or the plan is refused")},
    {"try", EXIT_CODE_REFUSED, N_("the instance did not complete, or a document has errors")},
    {"try", EXIT_CODE_USAGE, N_("the engine of the try could not run")},
    {"verify", EXIT_CODE_REFUSED, N_("the journal and the state differ")},
};

const char *manual_exit(const struct command *command, enum exit_code code)
{
    for (size_t i = 0; i < sizeof exits / sizeof *exits; i++) {
        if (exits[i].code == code && strcmp(exits[i].command, command->name) == 0) {
            return exits[i].help;
        }
    }
    return NULL;
}
