/* turn_rows.c - what a turn writes of its instances: records, rows of facets, counts of use
 *
 * Owns:    the difference of facets, and what others are told of it: dispatch of the outbox, the
 *          events that are kept of who listens anew.
 * In:      the instances of a turn as it found them and as they are now.
 * Always:  a row is written when it differs, and never by hand.
 * See:     docs/storage.md
 */
#include "engine/turn_part.h"

#include "base/must.h"
#include "engine/snapshot.h"
#include "engine/using.h"

#define ROW_TAIL_BYTES 12 /* of a key that ends with an instance and a task */

/* --- facets -------------------------------------------------------------------------------- */

/* Services outlive the turn in the definition; the row holds a copy that does not. */
static const char *lasting_service(struct turn *turn, const struct facet *row)
{
    struct cursor c = cursor_of(row->value);
    uint64_t id = unpack_key64(&c);
    uint32_t seq = unpack_key32(&c);
    const struct turn_instance *t = map_find(&turn->touched, id, 0);
    const struct task *task = t ? instance_find_task(t->now, seq) : NULL;

    return task != NULL ? facets_service(t->now, task, turn->world.catalog) : NULL;
}

static void note_ready(struct turn *turn, const struct facet *row, bool added)
{
    if (turn->change_count == turn->change_room) {
        turn->change_room = turn->change_room ? turn->change_room * 2 : 256;
        turn->changes = xrealloc(turn->changes, turn->change_room * sizeof *turn->changes);
    }
    struct ready_change *change = &turn->changes[turn->change_count++];
    struct cursor value = cursor_of(row->value);
    struct cursor tail =
        cursor_of((struct bytes){(const unsigned char *)row->key.data + row->key.size - 9, 9});
    *change = (struct ready_change){.added = added,
                                    .service = added ? lasting_service(turn, row) : NULL,
                                    .instance = unpack_key64(&value),
                                    .task = unpack_key32(&value),
                                    .attempt = unpack_key32(&value)};
    change->priority = 9 - unpack_u8(&tail);
    change->ready_seq = unpack_key64(&tail);
}

/* Who listens anew may take an event that is kept. Rows of one task come one after another, or
 * nearly so: most doubles are dropped here, others do no harm. */
static void note_subscribed(struct turn *turn, struct bytes key)
{
    const unsigned char *end = (const unsigned char *)key.data + key.size;
    struct cursor tail = cursor_of((struct bytes){end - ROW_TAIL_BYTES, ROW_TAIL_BYTES});
    struct match match = {.instance = unpack_key64(&tail)};
    size_t count = turn->subscribed_count;

    match.task = unpack_key32(&tail);
    if ((count > 0 && turn->subscribed[count - 1].instance == match.instance &&
         turn->subscribed[count - 1].task == match.task) ||
        store_count(turn->txn, TABLE_KEPT) == 0) {
        return;
    }
    if (count == turn->subscribed_room) {
        turn->subscribed_room = count ? count * 2 : 64;
        turn->subscribed =
            xrealloc(turn->subscribed, turn->subscribed_room * sizeof *turn->subscribed);
    }
    turn->subscribed[turn->subscribed_count++] = match;
}

static void write_row(struct turn *turn, const struct facet *row, bool add)
{
    if (add) {
        store_put(turn->txn, (int)row->table, row->key, row->value);
    } else {
        store_delete(turn->txn, (int)row->table, row->key);
    }
    if (row->table == TABLE_READY) {
        note_ready(turn, row, add);
    } else if (row->table == TABLE_SUBSCRIPTION && add) {
        note_subscribed(turn, row->key);
    }
}

/* Of records: they come and never go. */
static void write_left(struct turn *turn)
{
    facets_order(&turn->left);
    for (uint32_t i = 0; i < turn->left.count; i++) {
        write_row(turn, &turn->left.rows[i], true);
    }
}

/* Both sets are sorted: walk them together, write what is in one only (or has another value). */
static void write_difference(struct turn *turn, const struct facets *before,
                             const struct facets *after)
{
    uint32_t b = 0;
    uint32_t a = 0;

    while (b < before->count || a < after->count) {
        int order = b == before->count  ? 1
                    : a == after->count ? -1
                                        : facet_compare(&before->rows[b], &after->rows[a]);
        if (order < 0) {
            write_row(turn, &before->rows[b++], false);
        } else if (order > 0) {
            write_row(turn, &after->rows[a++], true);
        } else {
            if (!bytes_equal(before->rows[b].value, after->rows[a].value)) {
                write_row(turn, &after->rows[a], true);
            }
            a++;
            b++;
        }
    }
}

static void write_instance(struct turn *turn, struct turn_instance *t)
{
    unsigned char key[SNAPSHOT_KEY_BYTES];

    buffer_clear(&turn->encoded);
    instance_encode(t->now, &turn->encoded);
    struct bytes id = snapshot_instance_key(t->now->id, key);
    if (t->created) {
        store_append(turn->txn, TABLE_INSTANCE, id, buffer_bytes(&turn->encoded));
    } else {
        store_put(turn->txn, TABLE_INSTANCE, id, buffer_bytes(&turn->encoded));
    }
}

/* --- counts of use ------------------------------------------------------------------------- */

/* What is to be added to the count of a definition. */
struct use {
    uint32_t number;
    int64_t change;
};

/* Most turns touch instances of a few definitions: neighbours in the list are added up. */
static void use(struct turn *turn, struct use *sum, uint32_t number, int64_t change)
{
    if (number != sum->number && sum->number != 0) {
        using_add(turn->txn, sum->number, sum->change);
        sum->change = 0;
    }
    sum->number = number;
    sum->change += change;
}

static void write_using(struct turn *turn)
{
    struct use sum = {0, 0};

    for (size_t i = 0; i < turn->order_count; i++) {
        const struct turn_instance *t = turn->order[i];
        uint32_t now = using_of(t->now);
        if (t->used != 0 && now != t->used) {
            use(turn, &sum, t->used, -1);
        }
        if (now != 0 && now != t->used) {
            use(turn, &sum, now, 1);
        }
    }
    use(turn, &sum, 0, 0);
}

/* --- all of them --------------------------------------------------------------------------- */

void turn_write_instances(struct turn *turn)
{
    struct facets after;

    for (size_t i = 0; i < turn->order_count; i++) {
        struct turn_instance *t = turn->order[i];
        facets_tally(t->now, turn->world.catalog, 1, turn->tally);
        if (t->changed) {
            write_instance(turn, t);
        }
    }
    for (size_t i = 0; i < turn->order_count; i++) {
        struct turn_instance *t = turn->order[i];
        if (t->changed) {
            facets_of(t->now, turn->world.catalog, &turn->arena, &after);
            write_difference(turn, &t->before, &after);
        }
    }
    write_left(turn);
    write_using(turn);
}
