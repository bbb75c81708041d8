/* try_people.h - in a try: simulated people, and what a course file lets somebody do with an
 * assignment
 *
 * An event file of a try may hold this in place of a CloudEvent:
 *
 *   {"assignment": "extend", "step": "visit", "day": "2026-10-15", "reason": "…", "by": "…"}
 *
 * The words are those of the verb ASSIGNMENT (docs/protocol.md §3.5). Without "by" it is who may do
 * it: the responsible body reports, asks and delegates, who decides does the rest.
 */
#ifndef CLI_TRY_PEOPLE_H
#define CLI_TRY_PEOPLE_H

#include "cli/try_course.h"

/* Simulated people do what is to be done now: co-executors answer their parts, who is responsible
 * reports with the documents that are expected, who decides accepts. What a file that is still to
 * come says something about is left to it. false: there was nothing to do. A refusal is in
 * attempt->err. */
bool try_people_act(struct attempt *attempt);

/* Such a command. false with attempt->err: no such step is open, or the engine refused it. */
bool try_people_command(struct attempt *attempt, const json_t *command);

#endif
