/* ladder.h - what time does to an assignment, as a list of moments
 *
 * Pure: window + policy + time zone + production calendar + absences -> steps. A window begins at
 * 00:00 of its first day and ends at 24:00 of its last where the responsible body is; letters are
 * made at the policy's minute of a day that is worked there. Rules: docs/time.md §5.
 */
#ifndef CORE_LADDER_H
#define CORE_LADDER_H

#include "engine/core/deputy.h"

/* Build all of a->steps, in the arena of the world, and begin anew (next_step 0). Needs people,
 * controller, parts (PART_OPEN ones get a ladder of their own), from and to; zone, calendar and
 * absences are those of the catalog today. At most LIMIT_LADDER_STEPS: where it is full, repeats
 * and reminders of parts are left out. Steps of one moment: deeds, phases, then letters. When the
 * assignment is open already, and nothing of the ladder it has now would tell so, the new one does
 * not either. */
void ladder_build(const struct world *world, struct assignment *a, const struct policy *policy);

/* After ladder_build() for an assignment that goes on: its term moved, it was given to another, the
 * documents have changed. What is over by now and is only a letter or a deed goes; of phases the
 * last stays, so that the step that is due at once says where it stands. Absences that last: who
 * acts already (a->acting) is not told again, who should act and does not is, and so is who acts
 * and should not any more; a DEED_HAND_OVER of who has a deputy already puts another in its place.
 * taken: the reassigning step that was just taken, or NULL: those up to
 * it are not for the new body. */
void ladder_after(const struct world *world, struct assignment *a, const struct policy *policy,
                  const struct ladder_step *taken);

/* A report waits since this day: the step that reminds the controller (LETTER_UNDECIDED) comes
 * next, the others wait behind it. false: the policy wants none, or nobody controls; nothing
 * changed. */
bool ladder_undecided(const struct world *world, struct assignment *a, const struct policy *policy,
                      civil_day reported);

/* To whom a DEED_HAND_OVER of people[person] (or PERSON_CONTROLLER) goes today: deputy.h. false:
 * the documents know of no absence any more, and nothing is handed over. */
bool ladder_deputy(const struct world *world, const struct policy *policy,
                   const struct assignment *a, uint32_t person, struct deputy *ret_deputy);

#endif
