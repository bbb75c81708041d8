/* suggest.h - which known word did a mistyped one mean? */
#ifndef CLI_SUGGEST_H
#define CLI_SUGGEST_H

#include <stdbool.h>
#include <stddef.h>

/* How many letters must be put in, left out, changed or swapped with their neighbour. */
size_t suggest_distance(const char *a, const char *b);

/* Is `known` near enough to `word` to be meant, and nearer than *best? Then *best is its distance.
 * Start with SIZE_MAX. A word that begins like it ("assign") is near too. */
bool suggest_nearer(const char *word, const char *known, size_t *best);

#endif
