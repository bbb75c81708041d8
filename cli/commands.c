/* commands.c - the table of sub-commands
 *
 * Owns:    their order in the help, and finding one by its name.
 */
#include "cli/command.h"
#include "cli/suggest.h"

#include <stdint.h>
#include <string.h>

const struct command *const commands[] = {
    &command_check,     &command_diff,
    &command_due,       &command_graph,
    &command_rehearse,  &command_try,
    &command_workdays,  &command_workday,
    &command_today,     &command_search,
    &command_top,       &command_discipline,
    &command_roadmap,   &command_bodies,
    &command_calendar,  &command_notices,
    &command_cycle,     &command_computed,
    &command_deploy,    &command_start,
    &command_list,      &command_show,
    &command_why,       &command_history,
    &command_cancel,    &command_suspend,
    &command_resume,    &command_retry,
    &command_skip,      &command_assignment,
    &command_bulk,      &command_jobs,
    &command_event,     &command_ics,
    &command_watch,     &command_workers,
    &command_incidents, &command_definitions,
    &command_migrate,   &command_remove,
    &command_replan,    &command_journal,
    &command_stats,     &command_verify,
    &command_backup,    NULL,
};

const struct command *const hidden_commands[] = {&command_complete, &command_man, NULL};

static const struct command *find_in(const struct command *const table[], const char *name)
{
    for (size_t i = 0; table[i] != NULL; i++) {
        if (strcmp(table[i]->name, name) == 0) {
            return table[i];
        }
    }
    return NULL;
}

const struct command *command_find(const char *name)
{
    const struct command *found = find_in(commands, name);

    return found != NULL ? found : find_in(hidden_commands, name);
}

const struct command *command_near(const char *name)
{
    const struct command *near = NULL;
    size_t best = SIZE_MAX;

    for (size_t i = 0; commands[i] != NULL; i++) {
        if (suggest_nearer(name, commands[i]->name, &best)) {
            near = commands[i];
        }
    }
    return near;
}
