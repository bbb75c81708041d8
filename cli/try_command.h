/* try_command.h - in a try: what an operator does, and a clock that goes on, between two events
 *
 * An event file of a try may hold one of these in place of a CloudEvent:
 *
 *   {"operator": "cancel", "reason": "…"}                       of the instance; also suspend,
 * resume
 *   {"operator": "skip", "step": "visit", "reason": "…", "output": …}   of an open step; also retry
 *   {"clock": "next"}                                           to what happens to it next
 *   {"assignment": "extend", "step": "visit", …}                of people: try_people.h
 */
#ifndef CLI_TRY_COMMAND_H
#define CLI_TRY_COMMAND_H

#include "cli/try_course.h"

/* Is it one of these? */
bool try_command_is(const json_t *value);

/* false with attempt->err: an unknown word, a step that is not open, or the engine refused it. */
bool try_command_run(struct attempt *attempt, const json_t *command);

/* The open task of the step that the command names; the newest, when there are several. Yours. NULL
 * with attempt->err: it names none, or none is open. */
json_t *try_command_task(struct attempt *attempt, const json_t *command);

/* Does a file that is still to come say what people do with this task? */
bool try_command_is_awaited(struct attempt *attempt, const char *task);

#endif
