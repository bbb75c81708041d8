/* deputy.h - inside core: who stands in for a body that is absent (docs/time.md §6) */
#ifndef CORE_DEPUTY_H
#define CORE_DEPUTY_H

#include "engine/core/world.h"

/* A deputy of a deputy of a deputy …: further than that nobody is looked for. */
#define DEPUTIES_MAX 8

struct deputy {
    const struct body *body;
    const struct absence *absence; /* of who is stood in for */
    civil_day until;               /* the last day before somebody in this line is back */
};

/* Today: the deputy of its absence; where that one is absent too its own, and so on; where nobody
 * in the line is there the nearest body above that is, but not this one (the controller, for whom
 * to do the work is no help; may be empty). Where there is none either, the deputy whom the absence
 * names. policy: of the chains, may be NULL. false: the body is not absent, or nobody is known. */
bool deputy_find(const struct world *world, const struct policy *policy, struct bytes body,
                 struct bytes but, struct deputy *ret_deputy);

/* The same for who decides about the work of this body: nobody who does that work, or does it for
 * it today, is in that line, nor above, nor the last resort. false: also where only they are. */
bool deputy_find_decider(const struct world *world, const struct policy *policy,
                         struct bytes controller, struct bytes worker, struct bytes actor,
                         struct deputy *ret_deputy);

#endif
