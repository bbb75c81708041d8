/* using.h - how many open instances each definition has: the table `using`
 *
 * Kept by the turn from the instances it touched, so that nobody has to look through millions of
 * them before a definition is removed. `verify` counts again.
 */
#ifndef ENGINE_USING_H
#define ENGINE_USING_H

#include "engine/core/instance.h"
#include "store/store.h"

/* The definition that an instance uses: 0 when it is over, or for NULL. */
uint32_t using_of(const struct instance *instance);

uint64_t using_count(struct store_txn *txn, uint32_t number);
void using_add(struct store_txn *txn, uint32_t number, int64_t change);

/* Count all instances: for a store of an older format. */
void using_build(struct store_txn *txn);

#endif
