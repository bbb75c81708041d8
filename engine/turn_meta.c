/* turn_meta.c - the counters of a store: next instance, record and entry, and the tallies
 *
 * Owns:    their one row in the table `meta`, and its formats.
 * In:      a turn that begins with them, and writes them with its commit.
 * Always:  they are in the same commit as what they count.
 * See:     docs/storage.md
 */
#include "engine/turn_part.h"

#include <string.h>

#define META_FORMAT     2
#define META_FORMAT_OLD 1 /* tallies without room for states to come */

static struct bytes meta_key(void)
{
    static const unsigned char key[] = {TENANT, 's', 't', 'a', 't', 'e'};

    return (struct bytes){key, sizeof key};
}

/* Format 1 had 5 states of instances, then 6 of assignments, 7 phases, and three more. */
static unsigned old_tally(unsigned i)
{
    return i < 5    ? TALLY_INSTANCES + i
           : i < 11 ? TALLY_ASSIGNMENTS + i - 5
           : i < 18 ? TALLY_PHASES + i - 11
                    : TALLY_READY + i - 18;
}

bool turn_read_meta(struct turn *turn, struct store_txn *txn, struct error *err)
{
    struct bytes value;

    turn->world.next_instance = 1;
    turn->world.next_record = 1;
    turn->world.entry = 1;
    if (!store_get(txn, TABLE_META, meta_key(), &value)) {
        return true; /* a new store */
    }
    struct cursor c = cursor_of(value);
    unsigned format = unpack_u8(&c);
    turn->world.entry = unpack_uint(&c);
    turn->world.next_instance = unpack_uint(&c);
    turn->world.next_record = unpack_uint(&c);
    turn->last_ms = unpack_int(&c);
    uint64_t count = unpack_uint(&c);
    for (unsigned i = 0; i < count && i < TALLY_COUNT; i++) {
        turn->tally[format == META_FORMAT_OLD ? old_tally(i) : i] = unpack_int(&c);
    }
    turn->uncounted = format == META_FORMAT_OLD;
    if ((format != META_FORMAT && format != META_FORMAT_OLD) || !cursor_done(&c)) {
        return error_set(err, ERROR_FORMAT, "the counters of the store have format %u, not %d",
                         format, META_FORMAT);
    }
    return true;
}

bool turn_tallies(struct store_txn *txn, int64_t ret_tally[TALLY_COUNT], struct error *err)
{
    struct turn turn = {0};

    if (!turn_read_meta(&turn, txn, err)) {
        return false;
    }
    memcpy(ret_tally, turn.tally, sizeof turn.tally);
    return true;
}

bool turn_has_using(struct store_txn *txn)
{
    struct bytes value;

    return store_get(txn, TABLE_META, meta_key(), &value) && value.size > 0 &&
           ((const unsigned char *)value.data)[0] != META_FORMAT_OLD;
}

void turn_write_meta(struct turn *turn)
{
    struct buffer *b = &turn->scratch;

    buffer_clear(b);
    pack_u8(b, META_FORMAT);
    pack_uint(b, turn->world.entry);
    pack_uint(b, turn->world.next_instance);
    pack_uint(b, turn->world.next_record);
    pack_int(b, turn->world.now_ms);
    pack_uint(b, TALLY_COUNT);
    for (int i = 0; i < TALLY_COUNT; i++) {
        pack_int(b, turn->tally[i]);
    }
    store_put(turn->txn, TABLE_META, meta_key(), buffer_bytes(b));
}
