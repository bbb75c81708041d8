/* listing.h - the queries that answer with pages */
#ifndef ENGINE_LISTING_H
#define ENGINE_LISTING_H

#include "engine/engine.h"

json_t *listing_instances(struct engine *engine, struct store_txn *txn, const json_t *request,
                          struct error *err);
json_t *listing_assignments(struct engine *engine, struct store_txn *txn, const json_t *request,
                            struct error *err);
json_t *listing_incidents(struct engine *engine, struct store_txn *txn, const json_t *request,
                          struct error *err);
json_t *listing_journal(struct engine *engine, struct store_txn *txn, const json_t *request,
                        struct error *err);
json_t *listing_history(struct engine *engine, struct store_txn *txn, const json_t *request,
                        struct error *err);

#endif
