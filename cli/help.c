/* help.c - what people read when they ask for help
 *
 * Owns:    the layout of help.
 * In:      the tables of commands and options, manual.c, value_word.c.
 * Out:     text; main.c prints it.
 */
#include "cli/help.h"

#include "cli/language.h"
#include "cli/manual.h"
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

size_t help_arguments(const struct command *command,
                      const struct value_word *ret_words[HELP_ARGUMENTS_MAX])
{
    const struct value_word *word;
    size_t count = 0;
    size_t at = 0;

    while (value_word_next(command, &at, &word)) {
        bool known = word->help == NULL || count == HELP_ARGUMENTS_MAX;
        for (size_t i = 0; i < count; i++) {
            known = known || ret_words[i] == word;
        }
        if (!known) {
            ret_words[count++] = word;
        }
    }
    return count;
}

static void put_arguments(struct buffer *out, const struct command *command)
{
    const struct value_word *words[HELP_ARGUMENTS_MAX];
    size_t count = help_arguments(command, words);

    if (count > 0) {
        text_put(out, "\n%s\n", _("Arguments:"));
    }
    for (size_t i = 0; i < count; i++) {
        put_entry(out, _(words[i]->word), _(words[i]->help));
    }
}

/* Only what is special about this command: the rest stands in the help of the program. */
static void put_exits(struct buffer *out, const struct command *command)
{
    const char *refused = manual_exit(command, EXIT_CODE_REFUSED);
    const char *usage = manual_exit(command, EXIT_CODE_USAGE);

    if (refused != NULL) {
        text_put(out, "\n%s\n", _("Exit codes, beside the usual ones:"));
        put_entry(out, manual_exits[EXIT_CODE_REFUSED].name, _(refused));
    }
    if (usage != NULL) {
        put_entry(out, manual_exits[EXIT_CODE_USAGE].name, _(usage));
    }
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

void help_command(const struct command *command, struct buffer *out)
{
    char *summary = text_large_first(_(command->summary));
    char *call = help_call(command);

    text_put(out, _("Usage: %s\n"), call);
    text_put(out, "\n%s.\n", summary);
    if (command->more != NULL) {
        text_put(out, "%s\n", _(command->more));
    }
    put_arguments(out, command);
    if (command->options->name != NULL) {
        text_put(out, "\n%s\n", _("Options:"));
    }
    for (const struct option *o = command->options; o->name != NULL; o++) {
        put_option(out, o);
    }
    text_put(out, "\n%s\n", _("Common options:"));
    for (const struct option *o = manual_common; o->name != NULL; o++) {
        put_option(out, o);
    }
    put_exits(out, command);
    put_examples(out, command->examples);
    free(call);
    free(summary);
}
