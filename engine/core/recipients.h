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

/* Who reads a letter for this body today: itself, or its deputy. NULL: it is not known any more. */
const struct body *recipients_actor(const struct world *world, const struct policy *policy,
                                    const struct assignment *a, struct bytes body);

#endif
