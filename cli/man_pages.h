/* man_pages.h - pages of the manual, made from the tables that help is made from */
#ifndef CLI_MAN_PAGES_H
#define CLI_MAN_PAGES_H

#include "base/buffer.h"
#include "cli/command.h"

/* marshrut(1) */
void man_program(const char *version, struct buffer *out);
/* marshrut-NAME(1) */
void man_command(const struct command *command, const char *version, struct buffer *out);
/* marshrutd(8) */
void man_daemon(const char *version, struct buffer *out);

#endif
