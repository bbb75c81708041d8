/* help.h - the help of the program and of one command, made from the tables */
#ifndef CLI_HELP_H
#define CLI_HELP_H

#include "base/buffer.h"
#include "cli/value_word.h"

#define HELP_ARGUMENTS_MAX 16

void help_program(struct buffer *out);
/* «marshrut why НОМЕР [параметры]», in the language of the reader. Yours to free. */
char *help_call(const struct command *command);
/* The words of the call that there is something to say about, each once. How many there are. */
size_t help_arguments(const struct command *command,
                      const struct value_word *ret_words[HELP_ARGUMENTS_MAX]);
void help_command(const struct command *command, struct buffer *out);

#endif
