/* stored_definitions.c - rows of the table `definition`
 *
 * Owns:    their format (docs/storage.md §2.2).
 * Always:  what is stored keeps its text, and is at most marked as removed.
 */
#include "engine/stored_definitions.h"

#include "engine/core/tables.h"
#include "engine/snapshot.h"
#include "language/document.h"

#include <stdlib.h>

#define DEFINITION_FORMAT     2
#define DEFINITION_FORMAT_OLD 1 /* without flags */

static bool unpack_stored(struct bytes value, struct stored_definition *ret_stored,
                          unsigned *ret_format)
{
    struct cursor v = cursor_of(value);

    *ret_format = unpack_u8(&v);
    ret_stored->flags = *ret_format == DEFINITION_FORMAT ? unpack_u8(&v) : 0;
    ret_stored->version = (uint32_t)unpack_uint(&v);
    ret_stored->file = unpack_bytes(&v);
    ret_stored->text = unpack_bytes(&v);
    return cursor_done(&v) &&
           (*ret_format == DEFINITION_FORMAT || *ret_format == DEFINITION_FORMAT_OLD);
}

bool stored_definition_get(struct store_txn *txn, uint32_t number,
                           struct stored_definition *ret_stored)
{
    unsigned char key[SNAPSHOT_KEY_BYTES];
    struct bytes value;
    unsigned format;

    return store_get(txn, TABLE_DEFINITION, snapshot_instance_key(number, key), &value) &&
           unpack_stored(value, ret_stored, &format);
}

void stored_definition_put(struct store_txn *txn, uint32_t number,
                           const struct stored_definition *stored)
{
    unsigned char key[SNAPSHOT_KEY_BYTES];
    struct buffer value = BUFFER_INIT;

    pack_u8(&value, DEFINITION_FORMAT);
    pack_u8(&value, stored->flags);
    pack_uint(&value, stored->version);
    pack_bytes(&value, stored->file);
    pack_bytes(&value, stored->text);
    store_put(txn, TABLE_DEFINITION, snapshot_instance_key(number, key), buffer_bytes(&value));
    buffer_fini(&value);
}

static bool add_one(struct catalog *catalog, uint32_t number,
                    const struct stored_definition *stored, struct error *err)
{
    struct definition *definition;
    char *file = bytes_strdup(stored->file);
    bool ok = document_parse(file, stored->text, NULL, &definition, err);

    free(file);
    if (ok) {
        catalog_add(catalog, &definition, number, stored->version);
    }
    return ok;
}

static bool load_one(struct catalog *catalog, struct bytes key, struct bytes value,
                     struct error *err)
{
    struct cursor k = cursor_of(key);
    struct stored_definition stored;
    unsigned format;

    unpack_u8(&k);
    uint32_t number = (uint32_t)unpack_key64(&k);
    if (!unpack_stored(value, &stored, &format)) {
        return error_set(err, ERROR_FORMAT, "definition %u has format %u; this program reads %d",
                         number, format, DEFINITION_FORMAT);
    }
    const struct definition *known = catalog_find_number(catalog, number);
    if (known == NULL && !add_one(catalog, number, &stored, err)) {
        return false;
    }
    bool removed = known != NULL && known->removed;
    if ((stored.flags & STORED_REMOVED) != 0 && !removed) {
        catalog_remove(catalog, number);
    }
    return true;
}

bool stored_definitions_load(struct store_txn *txn, struct catalog *catalog, struct error *err)
{
    struct store_cursor *c = store_cursor_open(txn, TABLE_DEFINITION);
    struct bytes key;
    struct bytes value;
    bool ok = true;

    for (bool found = store_seek(c, (struct bytes){"", 0}, &key, &value); found && ok;
         found = store_next(c, &key, &value)) {
        ok = load_one(catalog, key, value, err);
    }
    store_cursor_close(&c);
    return ok && !store_failed(txn, err);
}
