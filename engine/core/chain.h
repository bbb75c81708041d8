/* chain.h - who is above a body, for one assignment
 *
 * The chains of its policy say it (docs/language.md §6); of a body that they don't name, the bodies
 * documents do. Everything is borrowed from the catalog. A policy may be NULL: then there are no
 * chains. Neither goes round in a circle: that is checked when they are deployed.
 */
#ifndef CORE_CHAIN_H
#define CORE_CHAIN_H

#include "engine/core/instance.h"
#include "language/catalog.h"

/* The policy that the input of this assignment names, as it is today; NULL: it has gone. */
const struct policy *chain_policy(const struct catalog *catalog, const struct instance *instance,
                                  const struct task *task);

/* NULL: nobody, or a body that is not known any more. */
const struct body *chain_above(const struct catalog *catalog, const struct policy *policy,
                               struct bytes id);
/* So many levels; NULL for 0. */
const struct body *chain_levels_above(const struct catalog *catalog, const struct policy *policy,
                                      struct bytes id, unsigned levels);
/* At whatever level; not the body itself. */
bool chain_is_above(const struct catalog *catalog, const struct policy *policy, struct bytes id,
                    struct bytes above);

#endif
