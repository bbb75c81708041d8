/* snapshot.c - keys of instances and what is under them */
#include "engine/snapshot.h"

#include "base/limits.h"
#include "engine/core/facets.h"

#include <string.h>

struct bytes snapshot_instance_key(uint64_t id, unsigned char buf[SNAPSHOT_KEY_BYTES])
{
    buf[0] = TENANT;
    for (int i = 0; i < 8; i++) {
        buf[1 + i] = (unsigned char)(id >> (8 * (7 - i)));
    }
    return (struct bytes){buf, SNAPSHOT_KEY_BYTES};
}

bool snapshot_instance(struct store_txn *txn, const struct catalog *catalog, struct arena *arena,
                       uint64_t id, struct instance **ret_instance, struct error *err)
{
    unsigned char key[SNAPSHOT_KEY_BYTES];
    struct instance *instance;
    struct bytes record;

    if (!store_get(txn, TABLE_INSTANCE, snapshot_instance_key(id, key), &record)) {
        return error_set(err, ERROR_NOT_FOUND, "there is no instance %llu", (unsigned long long)id);
    }
    if (!instance_decode(arena, id, record, &instance, err)) {
        return false;
    }
    if (!facets_fit(instance, catalog)) {
        return error_set(err, ERROR_STORE, "instance %llu does not fit its definition",
                         (unsigned long long)id);
    }
    *ret_instance = instance;
    return true;
}

enum instance_state snapshot_state(struct store_txn *txn, uint64_t id)
{
    unsigned char key[SNAPSHOT_KEY_BYTES];
    struct instance_head head;
    struct bytes record;

    return store_get(txn, TABLE_INSTANCE, snapshot_instance_key(id, key), &record) &&
                   instance_head(record, &head)
               ? head.state
               : (enum instance_state)0;
}

uint64_t snapshot_find_key(struct store_txn *txn, const char *definition, struct bytes key)
{
    unsigned char buf[1 + LIMIT_NAME_BYTES + 1 + LIMIT_KEY_BYTES];
    size_t name_size = strlen(definition);
    struct bytes value;

    if (name_size > LIMIT_NAME_BYTES || key.size == 0 || key.size > LIMIT_KEY_BYTES) {
        return 0;
    }
    buf[0] = TENANT;
    memcpy(buf + 1, definition, name_size + 1);
    memcpy(buf + 1 + name_size + 1, key.data, key.size);
    struct bytes whole = {buf, 1 + name_size + 1 + key.size};
    if (!store_get(txn, TABLE_KEY, whole, &value)) {
        return 0;
    }
    struct cursor c = cursor_of(value);
    return unpack_key64(&c);
}
