/* documents.h - for tests of plans, bodies and policies: a small office that they may name */
#ifndef TESTS_LANGUAGE_DOCUMENTS_H
#define TESTS_LANGUAGE_DOCUMENTS_H

#include "language/document.h"

/* Documents up to their list; what follows is indented by two blanks. */
#define BODIES                                                                                     \
    "document: {kind: bodies, name: b, version: '1'}\n"                                            \
    "timezone: Europe/Moscow\n"                                                                    \
    "bodies:\n"

#define POLICY                                                                                     \
    "document: {kind: policy, name: p, version: '1'}\n"                                            \
    "at: '09:00'\n"                                                                                \
    "soon: 10\n"                                                                                   \
    "ladder:\n"

#define ROADMAP                                                                                    \
    "document: {kind: roadmap, name: r, version: '1'}\n"                                           \
    "period: {from: 2023-01-01, to: 2023-12-31}\n"                                                 \
    "controller: boss\n"                                                                           \
    "policy: p\n"                                                                                  \
    "sections: [{no: '1', title: Раздел}]\n"                                                 \
    "items:\n"

#define DUE "due: {phrase: Май, kind: window, windows: [{from: 2023-05-01, to: 2023-05-31}]}"

/* The bodies "boss" and "a" below it, the policy "p", the workflow "roadmap-item". */
extern struct catalog *catalog;

void open_office(void);
void close_office(void);

/* The definition, yours, or the test fails with what was said. with: NULL looks no name up. */
struct definition *parsed_with(const struct catalog *with, const char *text);

/* Refused, and this is among what is said: short texts lack more than what a test is about. */
void refused(const char *text, enum error_code code, int line, int column, const char *words);
void refused_with(const struct catalog *with, const char *text, enum error_code code, int line,
                  int column, const char *words);

civil_day on(const char *text); /* 2023-01-31 */

#endif
