/* format.c - the format number of a store and the way from an older one
 *
 * Owns:    the record "format" in the wrapper's own table: 4 bytes, big-endian.
 * In:      the opening of a store.
 * Out:     the migrations of store_options, in order.
 * Always:  records and number change in one transaction; nothing is changed before the whole way
 *          is known.
 * See:     docs/storage.md §1.7
 */
#include "store/format.h"

#include "base/must.h"

static struct bytes format_key(void)
{
    return bytes_of("format");
}

bool format_read(struct store_txn *txn, uint32_t *ret_format, struct error *err)
{
    struct bytes value;

    if (!txn->store->backend->get(txn, txn->store->table_count, format_key(), &value)) {
        return store_failed(txn, err)
                   ? false
                   : error_set(err, ERROR_STORE, "the store is damaged: it has no format number");
    }
    struct cursor c = cursor_of(value);
    uint32_t format = unpack_key32(&c);

    if (!cursor_done(&c)) {
        return error_set(err, ERROR_STORE, "the store is damaged: its format number is no number");
    }
    *ret_format = format;
    return true;
}

void format_write(struct store_txn *txn, uint32_t format)
{
    struct buffer value = BUFFER_INIT;

    pack_key32(&value, format);
    txn->store->backend->put(txn, txn->store->table_count, format_key(), buffer_bytes(&value),
                             false);
    buffer_fini(&value);
}

/* The next step of the way, NULL when there is none. */
static const struct store_migration *step_from(const struct store_options *options, uint32_t from)
{
    for (int i = 0; i < options->migration_count; i++) {
        const struct store_migration *m = &options->migrations[i];

        if (m->from == from && m->to > from && m->to <= options->format) {
            return m;
        }
    }
    return NULL;
}

bool format_accept(const struct store_options *options, uint32_t found, struct error *err)
{
    if (found > options->format) {
        return error_set(err, ERROR_FORMAT,
                         "the store has format %u, this program reads up to %u: use a newer one",
                         found, options->format);
    }
    if (found < options->format && options->read_only) {
        return error_set(err, ERROR_FORMAT,
                         "the store has format %u, this program reads %u: open it for writing "
                         "once, to migrate it",
                         found, options->format);
    }
    for (uint32_t at = found; at < options->format;) {
        const struct store_migration *m = step_from(options, at);

        if (m == NULL) {
            return error_set(err, ERROR_FORMAT,
                             "the store has format %u, this program reads %u and knows no way "
                             "from %u: migrate it with an older release first",
                             found, options->format, at);
        }
        at = m->to;
    }
    return true;
}

static bool migrate_step(struct store *store, const struct store_migration *m, struct error *err)
{
    struct store_txn *txn;

    if (!store_room(store, err) || !store_begin_write(store, &txn, err)) {
        return false;
    }
    if (!m->run(txn, err)) {
        store_abort(&txn);
        return false;
    }
    if (!store_failed(txn, NULL)) {
        format_write(txn, m->to);
    }
    return store_commit(&txn, err);
}

bool format_migrate(struct store *store, const struct store_options *options, struct error *err)
{
    for (uint32_t at = store->format_found; at < options->format;) {
        const struct store_migration *m = step_from(options, at);

        must(m != NULL);
        if (!migrate_step(store, m, err)) {
            return false;
        }
        at = m->to;
    }
    return true;
}
