/* states_fixture.h - every state that a table of docs/states.md names, made
 *
 * `id` and `seq` are the instance and the task that was made last.
 */
#ifndef TESTS_CORE_STATES_FIXTURE_H
#define TESTS_CORE_STATES_FIXTURE_H

#include "fixture.h"
#include "states_table.h"

/* Good for every kind of step: what an operator may give to a retry. */
#define GOOD                                                                                       \
    "{\"key\":\"k\",\"who\":[\"school\",\"district\"],\"responsible\":[\"school\"],"               \
    "\"controller\":\"inspector\",\"due\":{\"from\":\"2023-01-09\",\"to\":\"2023-01-31\"}}"
#define LATER                                                                                      \
    "{\"who\":[\"school\"],\"controller\":\"inspector\","                                          \
    "\"due\":{\"from\":\"2023-02-09\",\"to\":\"2023-03-31\"}}"
#define BAD "{\"key\":5,\"who\":[\"nobody\"]}"
#define UNCONTROLLED                                                                               \
    "{\"who\":[\"school\",\"district\"],\"due\":{\"from\":\"2023-01-09\",\"to\":\"2023-01-31\"}}"

extern uint64_t id;
extern uint32_t seq;

/* The workflows of the tests, once. */
void deploy(void);
/* "call-backoff": kind and state of a task in a running instance. "-": a task that is not there. */
void make_task(const char *what);
/* An action that is taken. */
void act(enum assignment_action action, const char *by);

/* A refusal ("!conflict"), or nothing ("="), or this state. Nothing may be written on a refusal. */
const char *outcome(bool taken, size_t records_before, const char *state);
/* Assert that this is what the cell says. */
void check(const struct states_table *t, int row, int column, const char *came);

/* What the columns of "commands task" are; false: refused. */
bool command_task(const char *command);

#endif
