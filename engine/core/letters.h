/* letters.h - inside core: who is told what of an assignment
 *
 * What time does goes into the letter of the day (digest.h) where the policy wants one; what people
 * do is told at once. Whoever is absent: its deputy gets the letter, and it says for whom. Each
 * letter leaves a RECORD_ASSIGNMENT_NOTICED in the history of the assignment. Rules: docs/time.md
 * §5; what a notice says: docs/letters.md §1.
 */
#ifndef CORE_LETTERS_H
#define CORE_LETTERS_H

#include "engine/core/world.h"

/* What a notice says beside the assignment; empty texts and 0 say nothing. */
struct tell {
    struct bytes to;     /* body id; letters_tell_people() does not look at it */
    struct bytes by;     /* body that did it */
    struct bytes reason; /* in their words */
    struct bytes body;   /* REASSIGNED, DELEGATED: who does it now; HANDED_*: whose work it is */
    civil_day day;       /* ASKED: proposed; MOVED, RESUMED: the last day before; HANDED_OVER: the
                            last day of the absence */
    uint32_t person;     /* n > 0: about the part of people[n] */
    struct bytes spared; /* letters_tell_people() leaves it out: another letter tells it more */
};

/* Write to `to` at once: answers, decisions. A body that is not known is not written to. */
void letters_tell(struct world *world, struct instance *instance, uint32_t task, enum letter letter,
                  const struct tell *tell);
/* The same to everybody who must do the assignment; nobody twice. */
void letters_tell_people(struct world *world, struct instance *instance, uint32_t task,
                         enum letter letter, const struct tell *tell);

/* Write to `to` what time has brought: HANDED_OVER to the deputy, HANDED_BACK to who is back. */
void letters_due(struct world *world, struct instance *instance, uint32_t task, enum letter letter,
                 const struct tell *tell);
/* Write what the steps from `first` to the one that is next bring: openings, reminders,
 * escalations, reports that wait. Of several to one body only the last is written. Letters of deeds
 * are not: who does the deed calls letters_due(). */
void letters_steps(struct world *world, struct instance *instance, uint32_t task, uint32_t first);

#endif
