/* differing.h - for tests of differences: two texts, and what is told of them */
#ifndef TESTS_LANGUAGE_DIFFERING_H
#define TESTS_LANGUAGE_DIFFERING_H

#include "language/diff.h"

/* lines: what is told, a line each with "\n" at its end: change, part and path, what, before and
 * after as JSON; "" = nothing differs. The other way round there are as many differences. */
void differ(const char *before, const char *after, const char *lines);

/* The differences of `after` and `before` are those of `there`, exchanged. */
void check_mirror(const struct definition *before, const struct definition *after,
                  const struct differences *there);

#endif
