/* value_word.h - the words that stand for values in help: FILE, BODY, TASK …
 *
 * One word means the same in every command. Help explains those that stand alone, man pages too,
 * and completion knows from the word what to offer.
 */
#ifndef CLI_VALUE_WORD_H
#define CLI_VALUE_WORD_H

#include "cli/command.h"

enum value_kind {
    VALUE_FREE, /* a text, a number, a day: nothing to offer */
    VALUE_FILE,
    VALUE_FOLDER,
    VALUE_INSTANCE,
    VALUE_TASK,
    VALUE_DEFINITION,
    VALUE_PLAN,
    VALUE_BODY,
    VALUE_ITEM,
    VALUE_COMMAND,
};

struct value_word {
    const char *word; /* as it stands in the English tables, without "…" */
    enum value_kind kind;
    const char *help; /* N_(); NULL: the options that have it say enough */
};

/* NULL when the word means nothing special. */
const struct value_word *value_word_find(const char *word, size_t size);

/* The words of a command that stand alone, in order: "FILE…" of check, "ID" of why. Ends with
 * *ret_word NULL; *at begins at 0. */
bool value_word_next(const struct command *command, size_t *at, const struct value_word **ret_word);

/* Fixed values that an option takes, or the first word of a command (option ""), parted by blanks;
 * NULL when it takes others. */
const char *value_choices(const struct command *command, const char *option);

#endif
