/* walk.h - at random through all decisions: what a day of an engine does to core, in no time */
#ifndef TESTS_CORE_WALK_H
#define TESTS_CORE_WALK_H

#include "fixture.h"

/* Deploys the workflows of the walk; call once after fixture_init(). */
void walk_begin(void);

/* One decision about a random instance, or time, or a start. May be refused. */
void walk_step(uint64_t *seed);

#endif
