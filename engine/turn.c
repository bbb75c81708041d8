/* turn.c - the world of core on a store transaction, and the group commit
 *
 * Owns:    the instances of a turn, the counters (next instance, next record), the tallies, and the
 *          order of writes: journal, instances, facets, meta.
 * In:      decide functions ask for instances and write records.
 * Out:     after turn_commit(): what changed in the outbox, for dispatch; who began to listen, for
 *          the events that are kept.
 * Always:  an instance is read once and written once a turn; facets are never written by hand.
 */
#include "engine/turn.h"

#include "base/limits.h"
#include "base/log.h"
#include "base/must.h"
#include "engine/snapshot.h"
#include "engine/using.h"

#include <stdlib.h>
#include <string.h>

#define ROW_TAIL_BYTES 12 /* of a key that ends with an instance and a task */

struct turn_instance {
    struct instance *now;
    struct facets before;
    uint32_t used;                   /* definition, as it was; 0 = none */
    const struct turn_before *found; /* when it is kept */
    bool created;
    bool changed;
    bool listens; /* is among those that began to listen in this turn */
};

/* --- the world ----------------------------------------------------------------------------- */

static struct turn *turn_of(struct world *world)
{
    return (struct turn *)world;
}

static struct turn_instance *remember(struct turn *turn, struct instance *instance)
{
    struct turn_instance *t = arena_alloc(&turn->arena, sizeof *t);

    t->now = instance;
    if (turn->order_count == turn->order_room) {
        turn->order_room = turn->order_room ? turn->order_room * 2 : 256;
        turn->order = xrealloc(turn->order, turn->order_room * sizeof *turn->order);
    }
    turn->order[turn->order_count++] = t;
    map_put(&turn->touched, instance->id, 0, t);
    return t;
}

static const struct turn_before *found(struct turn *turn, const struct instance *i)
{
    struct turn_before *before = arena_alloc(&turn->arena, sizeof *before);
    struct task *tasks = arena_alloc(&turn->arena, i->task_count * sizeof *tasks);

    if (i->task_count > 0) {
        memcpy(tasks, i->tasks, i->task_count * sizeof *tasks);
    }
    *before = (struct turn_before){.definition = i->definition,
                                   .status = status_of_instance(i),
                                   .tasks = tasks,
                                   .task_count = i->task_count};
    return before;
}

/* An instance whose record can't be read is parked by this: to core it does not exist, so nothing
 * happens to it, and the log says why. Everything else goes on. */
static struct instance *world_get(struct world *world, uint64_t id)
{
    struct turn *turn = turn_of(world);
    struct turn_instance *known = map_find(&turn->touched, id, 0);
    struct instance *instance;
    struct error err;

    if (known != NULL) {
        return known->now;
    }
    if (!snapshot_instance(turn->txn, world->catalog, &turn->arena, id, &instance, &err)) {
        if (err.code != ERROR_NOT_FOUND) {
            log_error("MR-INSTANCE-UNREADABLE", "instance=%llu: %s", (unsigned long long)id,
                      err.text);
        }
        return NULL;
    }
    struct turn_instance *t = remember(turn, instance);
    facets_of(instance, world->catalog, &turn->arena, &t->before);
    facets_tally(instance, -1, turn->tally);
    t->used = using_of(instance);
    t->found = turn->keep_before ? found(turn, instance) : NULL;
    return instance;
}

static struct instance *world_create(struct world *world)
{
    struct turn *turn = turn_of(world);
    struct instance *instance = instance_create(&turn->arena, world->next_instance++);
    struct turn_instance *t = remember(turn, instance);

    t->created = true;
    return instance;
}

/* FNV-1a. Two such hashes make a pair of 128 bits: a collision within one turn is not to be feared.
 */
static uint64_t hash_key(struct bytes b)
{
    const unsigned char *at = b.data;
    uint64_t hash = 0xcbf29ce484222325u;

    for (size_t i = 0; i < b.size; i++) {
        hash = (hash ^ at[i]) * 0x100000001b3u;
    }
    return hash;
}

static uint64_t world_find_key(struct world *world, const char *definition, struct bytes key)
{
    struct turn *turn = turn_of(world);
    const struct turn_instance *t =
        map_find(&turn->keys, hash_key(bytes_of(definition)), hash_key(key));

    if (t != NULL) {
        return t->now->id;
    }
    return snapshot_find_key(turn->txn, definition, key);
}

/* A key used in this very turn is not in the store yet. */
static void remember_key(struct turn *turn, const struct instance *instance)
{
    const char *name = catalog_find_number(turn->world.catalog, instance->definition)->name;

    map_put(&turn->keys, hash_key(bytes_of(name)), hash_key(instance->key),
            map_find(&turn->touched, instance->id, 0));
}

/* One command may decide much, like the start of a large plan: its records go into several entries,
 * each far below STORE_VALUE_BYTES_MAX. All of them are in the transaction of the turn. */
static void next_entry(struct turn *turn)
{
    journal_write(&turn->entry, turn->txn, &turn->encoded);
    turn->world.entry++;
    journal_begin(&turn->entry, turn->world.entry, turn->world.next_record, turn->world.now_ms);
}

/* After such a record an instance may have a subscription that it had not before. */
static bool may_begin_to_listen(const struct record *record)
{
    return record->kind == RECORD_RESUMED || record->kind == RECORD_MIGRATED ||
           record->kind == RECORD_TASK_AGAIN ||
           (record->kind == RECORD_TASK_OPENED &&
            (record->other == TASK_LISTEN || record->other == TASK_SCHEDULE));
}

static void note_listening(struct turn *turn, struct turn_instance *t)
{
    if (t->listens) {
        return;
    }
    t->listens = true;
    if (turn->listening_count == turn->listening_room) {
        turn->listening_room = turn->listening_room ? turn->listening_room * 2 : 64;
        turn->listening = xrealloc(turn->listening, turn->listening_room * sizeof *turn->listening);
    }
    turn->listening[turn->listening_count++] = t->now;
}

static void world_wrote(struct world *world, struct instance *instance, const struct record *record)
{
    struct turn *turn = turn_of(world);

    journal_add(&turn->entry, record);
    if (turn->entry.records.size >= LIMIT_TURN_BYTES) {
        next_entry(turn);
    }
    if (instance != NULL) {
        struct turn_instance *t = map_find(&turn->touched, instance->id, 0);
        t->changed = true;
        if (may_begin_to_listen(record)) {
            note_listening(turn, t);
        }
    }
    turn->emitted = turn->emitted || (record->kind == RECORD_EVENT && record->number != 0);
    if (record->kind == RECORD_STARTED && instance->key.size > 0) {
        remember_key(turn, instance);
    }
}

static json_t *world_evaluate(struct world *world, const struct program *program, uint32_t number,
                              json_t *input, variable_fn *variable, void *context,
                              struct error *err)
{
    return evaluator_run(turn_of(world)->evaluator, program, number, input, variable, context, err);
}

/* --- counters ------------------------------------------------------------------------------ */

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

static bool read_meta(struct turn *turn, struct store_txn *txn, struct error *err)
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

    if (!read_meta(&turn, txn, err)) {
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

static void write_meta(struct turn *turn)
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

bool turn_init(struct turn *turn, struct store *store, const struct catalog *catalog,
               struct error *err)
{
    struct store_txn *txn;

    *turn = (struct turn){.store = store, .evaluator = evaluator_create(NULL)};
    turn->world = (struct world){.catalog = catalog,
                                 .clock_rate = 1,
                                 .arena = &turn->arena,
                                 .scratch = &turn->scratch,
                                 .get = world_get,
                                 .create = world_create,
                                 .find_key = world_find_key,
                                 .evaluate = world_evaluate,
                                 .wrote = world_wrote};
    if (!store_begin_read(store, &txn, err)) {
        return false;
    }
    bool ok = read_meta(turn, txn, err);
    store_abort(&txn);
    return ok;
}

void turn_fini(struct turn *turn)
{
    must(turn->txn == NULL);
    evaluator_destroy(turn->evaluator);
    arena_fini(&turn->arena);
    buffer_fini(&turn->scratch);
    buffer_fini(&turn->encoded);
    buffer_fini(&turn->entry.records);
    map_fini(&turn->touched);
    map_fini(&turn->keys);
    free(turn->order);
    free(turn->changes);
    free(turn->listening);
    free(turn->subscribed);
}

/* --- a turn -------------------------------------------------------------------------------- */

bool turn_begin(struct turn *turn, int64_t now_ms, struct error *err)
{
    must(turn->txn == NULL && turn->order_count == 0);
    if (!store_begin_write(turn->store, &turn->txn, err)) {
        return false;
    }
    turn->world.now_ms = now_ms;
    turn->next_instance_before = turn->world.next_instance;
    turn->next_record_before = turn->world.next_record;
    turn->entry_before = turn->world.entry;
    turn->keep_time = false;
    turn->keep_before = false;
    turn->emitted = false;
    memcpy(turn->tally_before, turn->tally, sizeof turn->tally);
    journal_begin(&turn->entry, turn->world.entry, turn->world.next_record, now_ms);
    return true;
}

struct world *turn_world(struct turn *turn)
{
    return &turn->world;
}

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

static void write_all(struct turn *turn)
{
    struct facets after;

    if (turn->entry.count > 0) {
        next_entry(turn);
    }
    for (size_t i = 0; i < turn->order_count; i++) {
        struct turn_instance *t = turn->order[i];
        facets_tally(t->now, 1, turn->tally);
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
}

bool turn_is_full(const struct turn *turn)
{
    return turn->txn != NULL && turn->world.entry != turn->entry_before;
}

bool turn_commit(struct turn *turn, struct error *err)
{
    bool decided = turn->world.next_record != turn->next_record_before;

    if (!decided && !turn->keep_time) {
        turn_abort(turn);
        return true;
    }
    if (turn->uncounted) {
        using_build(turn->txn); /* as it was before this turn */
    }
    if (decided) {
        write_all(turn);
        write_using(turn);
    } else {
        memcpy(turn->tally, turn->tally_before, sizeof turn->tally);
    }
    write_meta(turn);
    turn->last_ms = turn->world.now_ms;
    turn->uncounted = false;
    return store_commit(&turn->txn, err);
}

void turn_abort(struct turn *turn)
{
    must(turn->txn != NULL);
    store_abort(&turn->txn);
    memcpy(turn->tally, turn->tally_before, sizeof turn->tally);
    turn->world.next_record = turn->next_record_before;
    turn->world.entry = turn->entry_before;
    turn->world.next_instance = turn->next_instance_before;
}

void turn_end(struct turn *turn)
{
    must(turn->txn == NULL);
    turn->order_count = 0;
    turn->change_count = 0;
    turn->listening_count = 0;
    turn->subscribed_count = 0;
    map_clear(&turn->touched);
    map_clear(&turn->keys);
    arena_reset(&turn->arena);
}

const struct turn_before *turn_before(const struct turn *turn, uint64_t id)
{
    const struct turn_instance *t = map_find(&turn->touched, id, 0);

    return t != NULL ? t->found : NULL;
}

const struct instance *turn_touched(const struct turn *turn, size_t index)
{
    return index < turn->order_count ? turn->order[index]->now : NULL;
}

const struct instance *turn_look(struct turn *turn, struct store_txn *snapshot, uint64_t id)
{
    const struct turn_instance *known = map_find(&turn->touched, id, 0);
    struct instance *instance;

    if (known != NULL) {
        return known->now;
    }
    return snapshot_instance(snapshot, turn->world.catalog, &turn->arena, id, &instance, NULL)
               ? instance
               : NULL;
}
