/* people_fixture.h - one assignment in a world of plain memory
 *
 * `id` is the instance and 1 the task of the assignment that the helpers speak of: of the workflow
 * "ask", whose input is what the assignment says.
 */
#ifndef TESTS_CORE_PEOPLE_FIXTURE_H
#define TESTS_CORE_PEOPLE_FIXTURE_H

#include "fixture.h"

#define HEAD(name) "document: {dsl: '1.0.3', namespace: test, name: " name ", version: '1'}\ndo:\n"
#define DUE        "\"due\":{\"from\":\"2023-01-09\",\"to\":\"2023-01-20\"}"

extern uint64_t id;

void people_fixture_init(void); /* for .init */

/* A window with responsible school, co-executor district, controller inspector. */
struct assignment *start(const char *from, const char *to);
struct assignment *assignment(void);
/* The assignment of this task. */
struct assignment *assignment_of(uint32_t seq);

/* Go there, in Moscow, and let time do what is due. */
void at(const char *day, int hour);
civil_day day_of(const char *text);

/* As fixture_assign(); asserts that it is taken, or refused so, and then writes nothing. */
void act(enum assignment_action action, const char *by);
void assert_refused(enum assignment_action action, const char *by, enum error_code code);
/* The same for a command that was made in hand. */
struct assignment_command command(enum assignment_action action, const char *by);
void give(const struct assignment_command *command);
void assert_refuses(const struct assignment_command *command, enum error_code code,
                    const char *word);

/* Letters of this kind noted so far: to this body, or to anybody (NULL). */
size_t letters_of(enum letter letter, const char *to);
/* A field of the output of the step, as text; asserts that it is there. */
const char *output_text(const char *field);

/* From now until this day `deputy` acts for people[person]. */
void hand_over(uint32_t person, const char *deputy);

#endif
