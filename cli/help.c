/* help.c - what people read when they ask for help
 *
 * Owns:    the layout of help.
 * In:      the tables of commands and options.
 * Out:     text; main.c prints it.
 */
#include "cli/help.h"

#include "cli/language.h"
#include "cli/text.h"

#include <stdlib.h>
#include <string.h>

#define NAME_COLUMNS 22 /* the longest: "  --definition СОСТОЯНИЕ" takes its own line */

static void put_entry(struct buffer *out, const char *name, const char *help)
{
    size_t columns = text_columns(name);

    buffer_text(out, "  ");
    buffer_text(out, name);
    if (columns > NAME_COLUMNS) {
        buffer_text(out, "\n  ");
        columns = 0;
    }
    text_blanks(out, NAME_COLUMNS - columns + 2);
    buffer_text(out, help);
    buffer_text(out, "\n");
}

static void put_option(struct buffer *out, const struct option *option)
{
    struct buffer name = BUFFER_INIT;

    text_put(&name, "--%s", option->name);
    if (option->value != NULL) {
        text_put(&name, " %s", _(option->value));
    }
    char *text = text_take(&name);
    put_entry(out, text, _(option->help));
    free(text);
}

char *help_call(const struct command *command)
{
    struct buffer out = BUFFER_INIT;

    text_put(&out, "marshrut %s", command->name);
    if (command->words[0] != '\0') { /* "" is the head of a catalogue */
        text_put(&out, " %s", _(command->words));
    }
    text_put(&out, " %s", _("[options]"));
    return text_take(&out);
}

void help_program(struct buffer *out)
{
    text_put(out, "%s\n\n%s\n\n%s\n", _("marshrut - plans and roadmaps that get carried out"),
             _("Usage: marshrut COMMAND [options]"), _("Commands:"));
    for (size_t i = 0; commands[i] != NULL; i++) {
        put_entry(out, commands[i]->name, _(commands[i]->summary));
    }
    text_put(out, "\n%s\n%s\n%s\n", _("Help for one command: marshrut COMMAND --help"),
             _("Version: marshrut --version"),
             _("Exit codes: 0 done, 1 refused by the engine, 2 wrong usage, 3 no connection."));
}

static void put_examples(struct buffer *out, const char *examples)
{
    text_put(out, "\n%s\n", _("Examples:"));
    while (*examples != '\0') {
        size_t size = strcspn(examples, "\n");
        text_put(out, "  %.*s\n", (int)size, examples);
        examples += size + (examples[size] == '\n' ? 1 : 0);
    }
}

void help_command(const struct command *command, const struct option *common, struct buffer *out)
{
    char *summary = text_large_first(_(command->summary));
    char *call = help_call(command);

    text_put(out, _("Usage: %s\n"), call);
    text_put(out, "\n%s.\n", summary);
    if (command->more != NULL) {
        text_put(out, "%s\n", _(command->more));
    }
    if (command->options->name != NULL) {
        text_put(out, "\n%s\n", _("Options:"));
    }
    for (const struct option *o = command->options; o->name != NULL; o++) {
        put_option(out, o);
    }
    text_put(out, "\n%s\n", _("Common options:"));
    for (const struct option *o = common; o->name != NULL; o++) {
        put_option(out, o);
    }
    put_examples(out, command->examples);
    free(call);
    free(summary);
}
