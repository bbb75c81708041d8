/* ladder_stand.h - inside core: the ladder of an assignment whose clock stands
 *
 * A report that waits, or a pause, holds letters and phases back; deputies come and go all the
 * same, and who is to decide is reminded. A ladder is taken step by step, so those that go on come
 * first while it stands, and everything is in order of time again when it runs.
 */
#ifndef CORE_LADDER_STAND_H
#define CORE_LADDER_STAND_H

#include "engine/core/world.h"

/* Of the steps from the next one on, first those that go on. false: it need not change. */
bool ladder_stand(const struct world *world, struct assignment *assignment);

/* In order of time, and nobody is reminded of a report any more. false: it need not change. */
bool ladder_run(const struct world *world, struct assignment *assignment);

#endif
