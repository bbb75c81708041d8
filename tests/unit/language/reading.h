/* reading.h - for tests of the language: a text that must be read, a text that must be refused */
#ifndef TESTS_LANGUAGE_READING_H
#define TESTS_LANGUAGE_READING_H

#include "language/document.h"

/* A workflow up to its steps; what follows is indented by two blanks. */
#define HEAD                                                                                       \
    "document: {dsl: '1.0.3', namespace: m, name: w, version: '1.0.0'}\n"                          \
    "do:\n"

/* The definition, yours, or the test fails with what was said. */
struct definition *parsed(const char *text);
/* Refused, and this is said first: the words are part of the sentence. */
void refused(const char *text, enum error_code code, int line, int column, const char *words);
void refused_with(const struct catalog *catalog, const char *text, enum error_code code, int line,
                  int column, const char *words);
/* Read, with exactly this one warning. */
void warned(const struct catalog *catalog, const char *text, int line, int column,
            const char *words);

/* The jq text of an entry; "" for none. */
const char *expression(const struct definition *d, uint32_t number);
/* What an entry without variables makes of this JSON; yours. */
json_t *evaluated(const struct definition *d, uint32_t number, const char *input);
/* Is that JSON? */
void gives(const struct definition *d, uint32_t number, const char *input, const char *json);

#endif
