/* lifecycle.h - the life-cycle CloudEvents of the Serverless Workflow DSL, made of a turn's records
 *
 * Beside our own events, which are rows of the journal, these are in the words of the standard
 * (DSL reference 1.0.3, Lifecycle Events; protocol §4.2). Made only for topics that somebody
 * subscribed to.
 */
#ifndef ENGINE_LIFECYCLE_H
#define ENGINE_LIFECYCLE_H

#include "engine/engine.h"

/* What is told of the records of one turn. */
struct lifecycle {
    struct engine *engine;
    struct store_txn *txn; /* after the commit */
    struct map known;      /* instance, task -> which step it is of; in the arena of the turn */
};

bool lifecycle_is_wanted(const struct server *server);

void lifecycle_init(struct lifecycle *lifecycle, struct engine *engine, struct store_txn *txn);
void lifecycle_record(struct lifecycle *lifecycle, const struct record *record);
/* After the last record: workflows whose status is another than before the turn. */
void lifecycle_end(struct lifecycle *lifecycle);
void lifecycle_fini(struct lifecycle *lifecycle);

#endif
