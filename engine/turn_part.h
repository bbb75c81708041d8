/* turn_part.h - inside a turn: an instance as it was found and as it is, and what a commit writes
 *
 * Only turn*.c include this.
 */
#ifndef ENGINE_TURN_PART_H
#define ENGINE_TURN_PART_H

#include "engine/turn.h"

struct turn_instance {
    struct instance *now;
    struct facets before;
    uint32_t used;                   /* definition, as it was; 0 = none */
    const struct turn_before *found; /* when it is kept */
    bool created;
    bool changed;
    bool listens; /* is among those that began to listen in this turn */
};

/* The counters, from their row and into it. A new store has none yet. */
bool turn_read_meta(struct turn *turn, struct store_txn *txn, struct error *err);
void turn_write_meta(struct turn *turn);

/* Instances that changed, the difference of their facets, and how many use each definition. Fills
 * turn->changes and turn->subscribed. */
void turn_write_instances(struct turn *turn);

#endif
