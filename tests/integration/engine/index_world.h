/* index_world.h - for these tests: plans, people and a cycle on a memory store, and who looks
 *
 * Bodies "region", "school" and "lyceum" under it; a roadmap "plan" with a section and an item that
 * is counted; workflows "item" (one assignment of its input) and "cycle" (a person through two
 * stages).
 */
#ifndef TESTS_INTEGRATION_INDEX_WORLD_H
#define TESTS_INTEGRATION_INDEX_WORLD_H

#include "engine/core/decide.h"
#include "engine/mirror.h"
#include "engine/queries.h"
#include "tests/integration/engine/world.h"

#define INDEX_CHANGES_BYTES 30000 /* that the mirror may be behind */

struct index_world {
    struct test_world base;
    struct arena arena;
    struct zone *zone;
    int64_t now_ms;
    struct mirror *mirror; /* each query is answered with it too, and must say the same */
};

extern struct index_world iw;

void index_world_init(void); /* for .init and .fini */
void index_world_fini(void);

/* A turn that deploys this document under a number from 7 on; others are the fixture's. */
void index_deploy(uint32_t number, const char *text);
/* A turn that starts this definition. */
uint64_t index_start(const char *name, const char *key, const char *input);
/* The input of "item" as JSON text; static. */
const char *index_item(const char *no, const char *title, const char *responsible, const char *to);
void index_do(const struct assignment_command *command);
void index_act(uint64_t id, enum assignment_action action, const char *by);
void index_delegate(uint64_t id, const char *by, const char *to);
void index_ask(uint64_t id, const char *by, const char *day);
/* Go to this day at noon in Moscow; time does what is due. */
void index_go(const char *day);

/* Ask; the request is JSON text with ' for ". The answer is yours; the error's code otherwise. */
json_t *index_query(enum client_verb verb, const char *request);
void index_refused(enum client_verb verb, const char *request, enum error_code code);
/* How many rows the answer has, and a number at a path "all.met" of it; frees nothing. */
size_t index_rows(const json_t *answer);
double index_number(const json_t *answer, const char *path);

/* The store is what its journal says, its index too. */
void index_assert_whole(void);

#endif
