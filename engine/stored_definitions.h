/* stored_definitions.h - documents in the store: the table `definition`
 *
 * Number → format, flags, version, file, YAML text. Whoever has a catalog brings it up to date from
 * here: the engine at its start, who only looks whenever the table has changed.
 */
#ifndef ENGINE_STORED_DEFINITIONS_H
#define ENGINE_STORED_DEFINITIONS_H

#include "language/catalog.h"
#include "store/store.h"

enum { STORED_REMOVED = 1 };

/* What is under a number; file and text are borrowed. */
struct stored_definition {
    unsigned flags;
    uint32_t version;
    struct bytes file;
    struct bytes text;
};

/* false: there is none, or it is of a format that this program does not read. */
bool stored_definition_get(struct store_txn *txn, uint32_t number,
                           struct stored_definition *ret_stored);
void stored_definition_put(struct store_txn *txn, uint32_t number,
                           const struct stored_definition *stored);

/* Add what the catalog does not have yet, and take out what was removed meanwhile. Only their form
 * is read: names and expressions were checked when they were deployed. */
bool stored_definitions_load(struct store_txn *txn, struct catalog *catalog, struct error *err);

#endif
