/* suggest.h - "did you mean": the known word nearest to a mistyped one. Private to lib/language. */
#ifndef LANGUAGE_SUGGEST_H
#define LANGUAGE_SUGGEST_H

/* The nearest of the NULL-terminated words, at most two slips away (one for short words), or NULL.
 * A slip: a letter too many, one too few, a wrong one, two neighbours swapped. */
const char *suggest(const char *word, const char *const *words);

#endif
