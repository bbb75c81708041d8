/* digest.h - inside core: the letter of the day, one per recipient
 *
 * It is an instance of the bodies document that knows the recipient. A task of kind `letter` in it
 * gathers news until the hour of letters; then what is still true becomes one notice beside it, and
 * with that the instance is over. What comes later goes into the letter of the next working day.
 * States: docs/states.md §8; rules: docs/time.md §5.
 */
#ifndef CORE_DIGEST_H
#define CORE_DIGEST_H

#include "engine/core/news.h"

/* Put it into the letter that is next for this body: today's at the policy's hour there, or at once
 * when that is over but the letter did not leave yet. Returns the instance of the letter; 0 when it
 * found no place in the letters of the next weeks: then it needs a letter of its own. */
uint64_t digest_add(struct world *world, const struct policy *policy, const struct body *to,
                    const struct news *news);

/* The moment of a letter came: it leaves, or, when nothing in it is true any more, it is over. */
void digest_leave(struct world *world, struct instance *letter, uint32_t task);

/* A task of this instance ended beside the flow: when it is a letter of the day, it is over too. */
void digest_task_ended(struct world *world, struct instance *instance);

#endif
