/* conditions.h - what any command may carry beside its own fields: by, expect, once (protocol §3.5)
 */
#ifndef ENGINE_CONDITIONS_H
#define ENGINE_CONDITIONS_H

#include "engine/turn.h"

#include <jansson.h>

struct conditions {
    struct bytes by;   /* who acts: the id of a body, or a person's name; empty = nobody said */
    uint64_t expect;   /* journal entry that the instance has; 0 = any */
    struct bytes once; /* empty = the command may happen again */
};

/* Borrows from the request. */
bool conditions_read(const json_t *request, struct conditions *ret_conditions, struct error *err);

/* Has the instance of the request ("instance" or "task") not changed since? One that is not there
 * is left to the command itself. ERROR_STALE; ERROR_INVALID when it names none. */
bool conditions_hold(struct turn *turn, const json_t *request, uint64_t expect, struct error *err);

#endif
