/* help.h - the help of the program and of one command, made from the tables */
#ifndef CLI_HELP_H
#define CLI_HELP_H

#include "base/buffer.h"
#include "cli/command.h"

void help_program(struct buffer *out);
/* «marshrut why НОМЕР [параметры]», in the language of the reader. Yours to free. */
char *help_call(const struct command *command);
/* common: the options that every command has. */
void help_command(const struct command *command, const struct option *common, struct buffer *out);

#endif
