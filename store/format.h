/* format.h - the format number of a store and the way from an older one; inside store/ only
 *
 * The number is a record of the wrapper's own table, FORMAT_TABLE, which callers cannot reach.
 */
#ifndef STORE_FORMAT_H
#define STORE_FORMAT_H

#include "store/backend.h"

#define FORMAT_TABLE ".store" /* tables of callers may not begin with a dot */

bool format_read(struct store_txn *txn, uint32_t *ret_format, struct error *err);
void format_write(struct store_txn *txn, uint32_t format);

/* Can a store of format `found` be brought to options->format? Else ERROR_FORMAT. */
bool format_accept(const struct store_options *options, uint32_t found, struct error *err);

/* Bring it there from store->format_found, a transaction for each step. A step that is refused or
 * cut short leaves the store at the format before it. */
bool format_migrate(struct store *store, const struct store_options *options, struct error *err);

#endif
