/* retry.h - how long to wait before the next attempt */
#ifndef CORE_RETRY_H
#define CORE_RETRY_H

#include "language/definition.h"

/* The pause after the tries-th failed try (1…): delay * factor^(tries-1), at most delay_max,
 * stretched or shortened by jitter. Pure: the jitter comes from the seed, so that `verify` and a
 * simulation see the same. */
int64_t retry_delay_ms(const struct retry_policy *policy, uint32_t tries, uint64_t seed);

/* May there be another try after this many? */
bool retry_allowed(const struct retry_policy *policy, uint32_t tries);

/* How letters are retried: without end, since a letter must not be lost. */
extern const struct retry_policy retry_notice;

#endif
