/* command.h - what a sub-command is: a name, its help, its options, and the function that does it
 *
 * One file for each; commands.c has the table.
 */
#ifndef CLI_COMMAND_H
#define CLI_COMMAND_H

#include "cli/arguments.h"

struct session;

/* What the program ends with; docs/cli.md §Exit codes. */
enum exit_code {
    EXIT_CODE_DONE = 0,
    EXIT_CODE_REFUSED = 1,
    EXIT_CODE_USAGE = 2,
    EXIT_CODE_NO_CONNECTION = 3,
};

struct command {
    const char *name;
    const char *words;    /* N_(): what follows the name, "ID --reason TEXT"; may be "" */
    const char *summary;  /* N_(): one line, without a full stop */
    const char *more;     /* N_(): what else to know; may be NULL */
    const char *examples; /* a line each, without the indentation */
    const struct option *options;
    size_t words_min; /* positional words */
    size_t words_max;
    enum exit_code (*run)(struct session *session, const struct arguments *arguments);
};

extern const struct command command_assignment, command_backup, command_bodies, command_bulk,
    command_calendar, command_cancel, command_check, command_complete, command_computed,
    command_cycle, command_definitions, command_deploy, command_diff, command_discipline,
    command_due, command_event, command_graph, command_history, command_ics, command_incidents,
    command_jobs, command_journal, command_list, command_man, command_migrate, command_notices,
    command_rehearse, command_remove, command_replan, command_resume, command_retry,
    command_roadmap, command_search, command_show, command_skip, command_start, command_stats,
    command_suspend, command_today, command_top, command_try, command_verify, command_watch,
    command_why, command_workday, command_workdays, command_workers;

/* All of them in the order of the help; ends with NULL. */
extern const struct command *const commands[];
/* Those that programs use: not in the help, and not completed. */
extern const struct command *const hidden_commands[];

/* One of either table; NULL when there is none of that name. */
const struct command *command_find(const char *name);
/* The command that was meant by a mistyped name, or NULL. */
const struct command *command_near(const char *name);

#endif
