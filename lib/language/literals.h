/* literals.h - what an expression is when it is no more than a value. Private to lib/language. */
#ifndef LANGUAGE_LITERALS_H
#define LANGUAGE_LITERALS_H

#include "expression/program.h"

/* The value of `3`, `"a"`, `false`, … as a new reference; NULL: there is no expression, or its
 * value depends on something. */
json_t *literal_value(const struct program *program, uint32_t number);

bool literal_is_false(const struct program *program, uint32_t number); /* false or null */
bool literal_is_true(const struct program *program, uint32_t number);  /* any other value */

/* Would it, read as a regular expression, fit other texts than itself? '.' is taken for itself: a
 * type of events is full of them. */
bool literal_is_pattern(const char *text);

#endif
