/* suggest.h - "did you mean": the known word nearest to a mistyped one. Private to lib/language. */
#ifndef LANGUAGE_SUGGEST_H
#define LANGUAGE_SUGGEST_H

#include <stdbool.h>

/* The nearest of the NULL-terminated words, at most two slips away (one for short words), or NULL.
 * A slip: a letter too many, one too few, a wrong one, two neighbours swapped. */
const char *suggest(const char *word, const char *const *words);

/* A Cyrillic letter in a word of Latin ones, which looks like one of them. */
struct lookalike {
    int letter; /* its number in the word, from 1 */
    char text[3];
};

/* The first one. False when there is none, or when the word is not Latin otherwise. */
bool lookalike_find(const char *word, struct lookalike *ret_found);

#endif
