/* view.h - what a query looks at: one snapshot of the store, and what is known beside it
 *
 * Who only looks (answers of the engine's thread; the gateway's thread and the walker's two, each
 * with a catalog of its own) fills one and hands it down. Nothing in it is changed but the arena,
 * where rows are made, and the numbers that are kept.
 */
#ifndef ENGINE_VIEW_H
#define ENGINE_VIEW_H

#include "engine/core/world.h"
#include "engine/dispatch.h"
#include "store/store.h"

struct counted;
struct mirror;

struct view {
    const struct world *world; /* for the rules of core that are asked: now, catalog, arena, zone */
    const struct catalog *catalog;
    struct arena *arena; /* walks over many rows reset it */
    struct store_txn *txn;
    const struct dispatch *dispatch; /* who works on what just now; NULL: not known here */
    struct counted *counted;         /* kept numbers of counted items; NULL: none are kept */
    struct mirror *mirror;           /* rows of assignments in memory; NULL: none are kept */
    int64_t page_ms;                 /* how long one page may work: stint_begin() */
};

#endif
