/* manual.h - what every page of the manual tells: exit codes, environment, files */
#ifndef CLI_MANUAL_H
#define CLI_MANUAL_H

#include "cli/command.h"

struct manual_entry {
    const char *name; /* as it is typed; N_() where it has words in it */
    const char *help; /* N_() */
};

/* Each ends with a name that is NULL. The exit codes stand in their order, from 0. */
extern const struct manual_entry manual_exits[];
extern const struct manual_entry manual_environment[];
extern const struct manual_entry manual_files[];

/* What this exit code means for this command beside manual_exits[]; NULL: nothing. N_(). */
const char *manual_exit(const struct command *command, enum exit_code code);

/* The options of every command. */
extern const struct option manual_common[];

#endif
