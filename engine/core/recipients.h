/* recipients.h - inside core: who is told by a step of the ladder (docs/time.md §5.1) */
#ifndef CORE_RECIPIENTS_H
#define CORE_RECIPIENTS_H

#include "base/limits.h"
#include "engine/core/world.h"

#define RECIPIENTS_MAX (LIMIT_CO_EXECUTORS + 1)

/* Bodies that the letter of this step is for, as the assignment is now; their deputies are another
 * question. policy: of its chains, may be NULL. None for a step without a letter, and for those
 * that come with a deed. */
uint32_t recipients_of_step(const struct world *world, const struct policy *policy,
                            const struct assignment *a, const struct ladder_step *step,
                            struct bytes ret_ids[RECIPIENTS_MAX]);

/* Who is to decide about a report, or about a term that was asked for: the controller, and where
 * that one, or who acts for it today, does the work or has reported or asked itself, the first body
 * above that has not. Empty: nobody in particular. */
struct bytes recipients_decider(const struct world *world, const struct policy *policy,
                                const struct assignment *a);

/* Did this body do the work, report it or ask, itself or for another? Then it does not decide. */
bool recipients_is_involved(const struct assignment *a, struct bytes body);

/* Who reads a letter for this body today: itself, or its deputy. NULL: it is not known any more. */
const struct body *recipients_actor(const struct world *world, const struct policy *policy,
                                    const struct assignment *a, struct bytes body);

#endif
