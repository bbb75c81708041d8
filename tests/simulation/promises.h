/* promises.h - what the engine has acknowledged, and whether it is still true
 *
 * A command is acknowledged when its turn was committed; until then it waits. Promises are looked
 * up in the store, not in what the simulation believes.
 */
#ifndef TESTS_SIMULATION_PROMISES_H
#define TESTS_SIMULATION_PROMISES_H

#include "engine/core/record.h"

#include <stddef.h>

struct promise {
    uint64_t instance;
    uint32_t task; /* 0 = of the instance */
    enum record_kind kind;
    uint64_t entry; /* where its record must be; known with the commit */
    char key[32];   /* START: under which it must be found; "" for others */
    char definition[32];
};

struct promises {
    struct promise *all;
    size_t count;     /* acknowledged and waiting */
    size_t confirmed; /* the first of them are acknowledged */
    size_t room;
};

void promises_fini(struct promises *promises);

/* A decision was taken in the open turn. */
void promises_add(struct promises *promises, struct promise promise);
void promises_commit(struct promises *promises, uint64_t entry); /* the turn was committed */
void promises_forget(struct promises *promises);                 /* the turn died */

/* Every acknowledged command has its record, every key its instance. */
void promises_assert_kept(const struct promises *promises);

#endif
