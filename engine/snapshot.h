/* snapshot.h - reading the tables: keys and rows, for the turn and for queries alike */
#ifndef ENGINE_SNAPSHOT_H
#define ENGINE_SNAPSHOT_H

#include "engine/core/instance.h"
#include "engine/core/tables.h"
#include "language/catalog.h"
#include "store/store.h"

#define SNAPSHOT_KEY_BYTES 9

/* Tenant and a number: the key of an instance or a definition. Borrowed from buf. */
struct bytes snapshot_instance_key(uint64_t id, unsigned char buf[SNAPSHOT_KEY_BYTES]);

/* ERROR_NOT_FOUND, what instance_decode() says, or ERROR_STORE for an instance that does not fit
 * its definition: a record that was damaged where decoding can't see it. */
bool snapshot_instance(struct store_txn *txn, const struct catalog *catalog, struct arena *arena,
                       uint64_t id, struct instance **ret_instance, struct error *err);

/* Its state, from the head of its record; 0: it can't be read. */
enum instance_state snapshot_state(struct store_txn *txn, uint64_t id);

/* The instance that this definition (by name) started under this key, or 0. */
uint64_t snapshot_find_key(struct store_txn *txn, const char *definition, struct bytes key);

#endif
