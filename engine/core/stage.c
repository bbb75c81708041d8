/* stage.c - unpacking a row of the table `stage`
 *
 * Owns:    reading what facets_index.c writes (docs/storage.md §2.1).
 */
#include "engine/core/stage.h"

#include "engine/core/tables.h"

#include <string.h>

#define KEY_TAIL_BYTES 17u /* stage, since, instance */

static struct bytes take(struct cursor *c)
{
    size_t size = unpack_u8(c);

    if (c->bad || (size_t)(c->end - c->at) < size) {
        c->bad = true;
        return (struct bytes){NULL, 0};
    }
    struct bytes text = {c->at, size};
    c->at += size;
    return text;
}

bool stage_read(struct bytes key, struct bytes value, struct stage_row *ret)
{
    const unsigned char *data = key.data;
    struct cursor c = cursor_of(value);

    if (key.size < 2 + KEY_TAIL_BYTES || data[0] != TENANT ||
        data[key.size - KEY_TAIL_BYTES - 1] != 0) {
        return false;
    }
    struct cursor k = cursor_of((struct bytes){data + key.size - KEY_TAIL_BYTES, KEY_TAIL_BYTES});
    struct stage_row row = {.cycle = {data + 1, key.size - KEY_TAIL_BYTES - 2}};
    row.stage = unpack_u8(&k);
    row.since_ms = (int64_t)unpack_key64(&k);
    row.instance = unpack_key64(&k);
    row.definition = unpack_key32(&c);
    row.state = (enum instance_state)unpack_u8(&c);
    row.key = take(&c);
    row.person = take(&c);
    row.municipality = take(&c);
    row.school = take(&c);
    row.outcome = take(&c);
    if (!cursor_done(&c)) {
        return false;
    }
    *ret = row;
    return true;
}
