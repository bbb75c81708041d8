/* index.h - is the index whole, and writing it anew
 *
 * The tables `assignment`, `concern`, `of`, `stage`, `word`, `place`, `notice` and `said` are
 * facets like the others, but their form may change with the program: then they are written anew
 * when an engine opens the store, once, from the instances and the journal, in transactions of
 * bounded size. A process that is killed meanwhile goes on where it was. Until then lists may lack
 * rows; nothing else is decided by these tables.
 */
#ifndef ENGINE_INDEX_H
#define ENGINE_INDEX_H

#include "language/catalog.h"
#include "store/store.h"

/* Are the rows in this snapshot of this program's form, all of them? */
bool index_is_whole(struct store_txn *txn);

/* Does the table belong to it? */
bool index_has_table(int table);

/* Make it whole; at once when it is. Without room on the disk it is left for the next start, and
 * true. false: the store can't be written. */
bool index_build(struct store *store, const struct catalog *catalog, struct error *err);

#endif
