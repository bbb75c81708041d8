/* verify.h - replay the journal and compare with the state
 *
 * Applies every record with the same instance_apply() as live, into a store in memory, and compares
 * instances, facets and tallies byte by byte with what the store holds.
 */
#ifndef ENGINE_VERIFY_H
#define ENGINE_VERIFY_H

#include "store/store.h"

struct verify_result {
    uint64_t entries;
    uint64_t records;
    uint64_t instances;
    uint64_t differences;
    char first[512]; /* the first difference, a sentence; "" when there is none */
};

/* false: the store can't be read. Differences are a result, not an error. */
bool verify_store(struct store *store, struct verify_result *ret_result, struct error *err);

#endif
