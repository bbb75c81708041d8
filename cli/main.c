/* main.c - `marshrut`: the command line of operators
 *
 * Owns:    the way from argv to a command.
 * In:      argv and the environment.
 * Out:     an exit code (docs/cli.md §Exit codes).
 * Always:  nothing is asked of the engine before all words of the command are understood.
 */
#include "base/must.h"
#include "cli/help.h"
#include "cli/language.h"
#include "cli/manual.h"
#include "cli/progress.h"
#include "cli/session.h"
#include "cli/text.h"

#include <stdlib.h>
#include <string.h>

#define TIMEOUT_S     10
#define TIMEOUT_MAX_S 86400
#define ZONE          "Europe/Moscow" /* of an engine that does not say */

/* JSON is UTF-8, and so is everything we send. */
static bool all_utf8(int argc, char **argv)
{
    for (int i = 0; i < argc; i++) {
        json_t *text = json_string(argv[i]);
        if (text == NULL) {
            return false;
        }
        json_decref(text);
    }
    return true;
}

static bool word_count_right(const struct command *command, const struct arguments *arguments,
                             struct error *err)
{
    char *call = help_call(command);
    bool right = true;

    if (arguments->count < command->words_min) {
        right = error_set(err, ERROR_INVALID, _("something is missing: %s"), call);
    } else if (arguments->count > command->words_max) {
        right = error_set(err, ERROR_INVALID, _("\"%s\" is too much: %s"),
                          arguments->positional[command->words_max], call);
    }
    free(call);
    return right;
}

static bool read_common(struct session *session, const struct arguments *arguments,
                        struct error *err)
{
    const char *zone = arguments_get(arguments, "zone");
    uint64_t timeout = TIMEOUT_S;

    if (!arguments_number(arguments, "timeout", 1, TIMEOUT_MAX_S, &timeout, err)) {
        return false;
    }
    session->timeout_ms = (int)timeout * 1000;
    session->timeout_given = arguments_has(arguments, "timeout");
    session->zone_given = zone != NULL;
    session->json = arguments_has(arguments, "json");
    return zone_open(zone != NULL ? zone : ZONE, &session->zone, err);
}

static enum exit_code run_command(struct session *session, const struct command *command,
                                  const struct arguments *arguments)
{
    struct error err;

    if (!word_count_right(command, arguments, &err) || !read_common(session, arguments, &err)) {
        return session_usage(session, &err);
    }
    connection_init(&session->connection, arguments);
    enum exit_code code = command->run(session, arguments);
    connection_fini(&session->connection);
    zone_close(&session->zone);
    return code;
}

static void print(struct buffer *out)
{
    fwrite(out->data, 1, out->size, stdout);
    buffer_fini(out);
}

static enum exit_code parse_and_run(struct session *session, const struct command *command,
                                    int argc, char **argv)
{
    const struct option *const tables[] = {command->options, manual_common, NULL};
    struct buffer out = BUFFER_INIT;
    struct arguments arguments;
    struct error err;
    enum exit_code code = EXIT_CODE_DONE;

    if (!arguments_parse(argc, argv, tables, &arguments, &err)) {
        code = session_usage(session, &err);
        fprintf(stderr, _("Help: marshrut %s --help\n"), command->name);
        return code;
    }
    if (arguments_has(&arguments, "help")) {
        help_command(command, &out);
        print(&out);
    } else {
        code = run_command(session, command, &arguments);
    }
    arguments_fini(&arguments);
    return code;
}

static enum exit_code unknown_command(const char *word)
{
    const struct command *near = command_near(word);
    char *shown = text_harmless(word, strlen(word));

    if (near != NULL) {
        fprintf(stderr, _("marshrut: there is no command \"%s\"; did you mean \"%s\"?\n"), shown,
                near->name);
    } else {
        fprintf(stderr, _("marshrut: there is no command \"%s\"; see marshrut --help\n"), shown);
    }
    free(shown);
    return EXIT_CODE_USAGE;
}

static bool asks_for_help(const char *word)
{
    return strcmp(word, "help") == 0 || strcmp(word, "--help") == 0 || strcmp(word, "-h") == 0;
}

static enum exit_code show_help(FILE *file, enum exit_code code)
{
    struct buffer out = BUFFER_INIT;

    help_program(&out);
    fwrite(out.data, 1, out.size, file);
    buffer_fini(&out);
    return code;
}

/* `marshrut help why` is `marshrut why --help`. */
static enum exit_code choose(struct session *session, int argc, char **argv)
{
    static char help[] = "--help";
    char *words[] = {help, NULL};

    if (argc < 2) {
        return show_help(stderr, EXIT_CODE_USAGE);
    }
    if (!all_utf8(argc, argv)) {
        fputs(_("marshrut: the words of the command are not UTF-8\n"), stderr);
        return EXIT_CODE_USAGE;
    }
    if (strcmp(argv[1], "--version") == 0) {
        puts("marshrut " MARSHRUT_VERSION);
        return EXIT_CODE_DONE;
    }
    bool asked = asks_for_help(argv[1]);
    if (asked && (argc == 2 || argv[2][0] == '-')) {
        return show_help(stdout, EXIT_CODE_DONE);
    }
    const char *name = argv[asked ? 2 : 1];
    const struct command *command = command_find(name);
    if (command == NULL) {
        return unknown_command(name);
    }
    return asked ? parse_and_run(session, command, 1, words)
                 : parse_and_run(session, command, argc - 2, argv + 2);
}

int main(int argc, char **argv)
{
    struct session session = {
        .out = output_of(stdout), .err = output_of(stderr), .progress_fd = progress_reader()};

    language_begin(NULL);
    enum exit_code code = choose(&session, argc, argv);
    if (fflush(stdout) != 0 || ferror(stdout)) {
        fputs(_("marshrut: the output could not be written\n"), stderr);
        code = EXIT_CODE_USAGE;
    }
    return (int)code;
}
