/* resting.h - walks that a test holds up for as long as it likes */
#ifndef TESTS_WEB_RESTING_H
#define TESTS_WEB_RESTING_H

#include "engine/web/walker.h"

/* For .init and .fini. */
void resting_init(void);
void resting_fini(void);

/* Says that it has begun, and waits to be let go; the answer has the request as "asked". */
walk_fn rest;
/* Until one more has begun. */
void resting_wait(void);
/* So many, of those that rest and of those that will. */
void resting_let_go(size_t count);

#endif
