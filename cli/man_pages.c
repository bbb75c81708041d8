/* man_pages.c - pages of the manual, made from the tables that help is made from
 *
 * Owns:    which sections a page has, and their order.
 * In:      man.c; the tables of commands, manual.c, value_word.c.
 * Out:     roff, in the language of the reader.
 * Always:  what --help tells stands here too; nothing is written for a page alone but headings.
 * See:     man-pages(7)
 */
#include "cli/man_pages.h"

#include "cli/help.h"
#include "cli/language.h"
#include "cli/manual.h"
#include "cli/roff.h"
#include "cli/text.h"
#include "cli/value_word.h"

#include <stdlib.h>
#include <string.h>

#define USER_COMMANDS  "1"
#define ADMINISTRATION "8"

/* «marshrut-why - why an instance goes no further»: what apropos(1) reads. */
static void put_name(struct buffer *out, const char *page, const char *summary)
{
    roff_heading(out, _("NAME"));
    buffer_text(out, "\\&");
    roff_plain(out, page);
    buffer_text(out, " \\- ");
    roff_plain(out, summary);
    buffer_text(out, "\n");
}

/* call: a line of help. */
static void put_synopsis(struct buffer *out, const char *call)
{
    size_t program = strcspn(call, " ");
    struct buffer name = BUFFER_INIT;

    text_put(&name, "%.*s", (int)program, call);
    char *first = text_take(&name);
    roff_heading(out, _("SYNOPSIS"));
    roff_bold(out, first);
    roff_plain(out, call + program);
    buffer_text(out, "\n");
    free(first);
}

static void put_sentence(struct buffer *out, const char *summary)
{
    struct buffer sentence = BUFFER_INIT;
    char *large = text_large_first(summary);

    text_put(&sentence, "%s.", large);
    char *text = text_take(&sentence);
    roff_paragraph(out, text);
    free(text);
    free(large);
}

static void put_entries(struct buffer *out, const char *heading, const struct manual_entry *entries)
{
    roff_heading(out, heading);
    for (; entries->name != NULL; entries++) {
        roff_entry(out, entries->name, NULL, _(entries->help));
    }
}

static void put_choices(struct buffer *out, const char *choices)
{
    struct buffer line = BUFFER_INIT;

    text_put(&line, _("One of: %s."), choices);
    char *text = text_take(&line);
    roff_entry_more(out, text);
    free(text);
}

static void put_options(struct buffer *out, const char *heading, const struct command *command,
                        const struct option *options)
{
    if (options->name == NULL) {
        return;
    }
    roff_heading(out, heading);
    for (; options->name != NULL; options++) {
        struct buffer name = BUFFER_INIT;
        text_put(&name, "--%s", options->name);
        char *text = text_take(&name);
        const char *choices = command != NULL ? value_choices(command, options->name) : NULL;
        roff_entry(out, text, options->value != NULL ? _(options->value) : NULL, _(options->help));
        if (choices != NULL) {
            put_choices(out, choices);
        }
        free(text);
    }
}

static void put_arguments(struct buffer *out, const struct command *command)
{
    const struct value_word *shown[HELP_ARGUMENTS_MAX];
    size_t count = help_arguments(command, shown);
    const char *actions = value_choices(command, "");

    if (count == 0 && actions == NULL) {
        return;
    }
    roff_heading(out, _("ARGUMENTS"));
    if (actions != NULL) {
        roff_entry(out, _("ACTION"), NULL, _("what is to be done"));
        put_choices(out, actions);
    }
    for (size_t i = 0; i < count; i++) {
        roff_entry(out, _(shown[i]->word), NULL, _(shown[i]->help));
    }
}

static void put_exits(struct buffer *out, const struct command *command)
{
    roff_heading(out, _("EXIT STATUS"));
    for (size_t code = 0; manual_exits[code].name != NULL; code++) {
        const char *more = command != NULL ? manual_exit(command, (enum exit_code)code) : NULL;
        roff_entry(out, manual_exits[code].name, NULL, _(manual_exits[code].help));
        if (more != NULL) {
            roff_entry_more(out, _(more));
        }
    }
}

static void put_examples(struct buffer *out, const char *examples)
{
    roff_heading(out, _("EXAMPLES"));
    roff_lines_begin(out);
    while (*examples != '\0') {
        size_t size = strcspn(examples, "\n");
        struct buffer line = BUFFER_INIT;
        text_put(&line, "%.*s", (int)size, examples);
        char *text = text_take(&line);
        roff_line(out, text);
        free(text);
        examples += size + (examples[size] == '\n' ? 1 : 0);
    }
    roff_lines_end(out);
}

static void put_see(struct buffer *out, const char *page, const char *section)
{
    roff_bold(out, page);
    text_put(out, "(%s)", section);
}

static void put_environment(struct buffer *out)
{
    put_entries(out, _("ENVIRONMENT"), manual_environment);
    put_entries(out, _("FILES"), manual_files);
}

void man_command(const struct command *command, const char *version, struct buffer *out)
{
    struct buffer title = BUFFER_INIT;
    char *call = help_call(command);

    text_put(&title, "marshrut-%s", command->name);
    char *page = text_take(&title);
    roff_begin(out, page, USER_COMMANDS, version);
    put_name(out, page, _(command->summary));
    put_synopsis(out, call);
    roff_heading(out, _("DESCRIPTION"));
    put_sentence(out, _(command->summary));
    if (command->more != NULL) {
        roff_paragraph(out, _(command->more));
    }
    put_arguments(out, command);
    put_options(out, _("OPTIONS"), command, command->options);
    put_options(out, _("COMMON OPTIONS"), NULL, manual_common);
    put_exits(out, command);
    put_environment(out);
    put_examples(out, command->examples);
    roff_heading(out, _("SEE ALSO"));
    put_see(out, "marshrut", USER_COMMANDS);
    buffer_text(out, ", ");
    put_see(out, "marshrutd", ADMINISTRATION);
    buffer_text(out, "\n");
    free(page);
    free(call);
}

void man_program(const char *version, struct buffer *out)
{
    roff_begin(out, "marshrut", USER_COMMANDS, version);
    put_name(out, "marshrut", _("plans and roadmaps that get carried out"));
    put_synopsis(out, _("marshrut COMMAND [options]"));
    roff_heading(out, _("DESCRIPTION"));
    roff_paragraph(out, _("The command line of the engine marshrutd: it asks the engine and steers "
                          "it. Options may stand anywhere; after -- nothing is an option. Every "
                          "command has a page of its own, like marshrut-why(1), and --help."));
    roff_heading(out, _("COMMANDS"));
    for (size_t i = 0; commands[i] != NULL; i++) {
        roff_entry(out, commands[i]->name, commands[i]->words[0] ? _(commands[i]->words) : NULL,
                   _(commands[i]->summary));
    }
    put_options(out, _("COMMON OPTIONS"), NULL, manual_common);
    put_exits(out, NULL);
    put_environment(out);
    roff_heading(out, _("SEE ALSO"));
    put_see(out, "marshrutd", ADMINISTRATION);
    for (size_t i = 0; commands[i] != NULL; i++) {
        struct buffer title = BUFFER_INIT;
        text_put(&title, "marshrut-%s", commands[i]->name);
        char *page = text_take(&title);
        buffer_text(out, ", ");
        put_see(out, page, USER_COMMANDS);
        free(page);
    }
    buffer_text(out, "\n");
}

void man_daemon(const char *version, struct buffer *out)
{
    static const struct manual_entry exits[] = {
        {"0", N_("it was asked to end, by SIGTERM or SIGINT")},
        {"1", N_("it could not start, or its store failed; the last line of its log says why")},
        {"2", N_("wrong usage")},
        {NULL, NULL},
    };
    static const struct manual_entry files[] = {
        {"/etc/marshrut/marshrut.yaml", N_("a usual place of the configuration")},
        {"/var/lib/marshrut", N_("a usual folder of the store, the sockets and the letters")},
        {NULL, NULL},
    };

    roff_begin(out, "marshrutd", ADMINISTRATION, version);
    put_name(out, "marshrutd", _("the engine of plans, roadmaps and workflows"));
    put_synopsis(out, "marshrutd --config FILE");
    roff_heading(out, _("DESCRIPTION"));
    roff_paragraph(out,
                   _("The engine keeps plans, gives their steps to bodies, people and programs, "
                     "reminds and escalates. It runs in the foreground and writes its log to "
                     "standard error; a service manager starts it again when it ends."));
    roff_paragraph(out, _("What it has acknowledged is on disk: it may be killed at any time. With "
                          "SIGTERM or SIGINT it ends after the turn that it is in."));
    roff_heading(out, _("OPTIONS"));
    roff_entry(
        out, "--config", _("FILE"),
        _("the configuration, in YAML; it names the folder of the store, the sockets and the "
          "documents to deploy"));
    put_entries(out, _("EXIT STATUS"), exits);
    put_entries(out, _("FILES"), files);
    roff_heading(out, _("SEE ALSO"));
    put_see(out, "marshrut", USER_COMMANDS);
    buffer_text(out, "\n");
}
