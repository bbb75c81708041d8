/* aged.h - what is known by its name until it is old: the pairs `seen`/`seen-time` and
 * `once`/`once-time`
 *
 * The first table of a pair is by name, the second by the moment something came and its name. In
 * the open turn: what is put is there when the turn is committed, and not before.
 */
#ifndef ENGINE_AGED_H
#define ENGINE_AGED_H

#include "engine/turn.h"

struct aged {
    enum table names;
    enum table times;
};

/* ret_value may be NULL; it is borrowed until the next change of the table. */
bool aged_get(struct turn *turn, const struct aged *aged, struct bytes name,
              struct bytes *ret_value);

/* A name that is not there. */
void aged_put(struct turn *turn, const struct aged *aged, struct bytes name, struct bytes value,
              int64_t at_ms);

/* Forget a few: the oldest, of those that came until this moment, or while there are most or more.
 * Once for each that comes, it is more than come in, so the tables shrink. */
void aged_forget(struct turn *turn, const struct aged *aged, int64_t until_ms, uint64_t most);

#endif
