/* scopes_fixture.h - one workflow in a world of plain memory, its steps known by their names */
#ifndef TESTS_CORE_SCOPES_FIXTURE_H
#define TESTS_CORE_SCOPES_FIXTURE_H

#include "fixture.h"

#define HEAD "document: {dsl: '1.0.3', namespace: test, name: w, version: '1'}\n"

/* Deploy this document, which begins with HEAD, and start it. */
uint64_t run(const char *yaml, const char *input);

/* The open task of this step; NULL: there is none. */
struct task *at(uint64_t id, const char *step);
size_t open_calls(uint64_t id);

/* The output of the open attempt of this step. */
void done(uint64_t id, const char *step, const char *output);
/* Assert that it is, with this as its data, and that its records say the same. */
void completed(uint64_t id, const char *data);

#endif
