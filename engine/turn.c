/* turn.c - the world of core on a store transaction, and the group commit
 *
 * Owns:    the instances of a turn, and the order of writes: journal, instances, facets, counters
 *          (turn_rows.c, turn_meta.c).
 * In:      decide functions ask for instances and write records.
 * Out:     after turn_commit(): what changed in the outbox, for dispatch; who began to listen, for
 *          the events that are kept.
 * Always:  an instance is read once and written once a turn; facets are never written by hand.
 */
#include "engine/turn_part.h"

#include "base/limits.h"
#include "base/log.h"
#include "base/must.h"
#include "engine/snapshot.h"
#include "engine/using.h"

#include <stdlib.h>
#include <string.h>

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

    for (uint32_t n = 0; n < i->task_count; n++) {
        tasks[n] = i->tasks[n];
        if (tasks[n].assignment != NULL) { /* decisions change it where it is */
            tasks[n].assignment = arena_alloc(&turn->arena, sizeof *tasks[n].assignment);
            *tasks[n].assignment = *i->tasks[n].assignment;
        }
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
    facets_tally(instance, world->catalog, -1, turn->tally);
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

/* Two of them make a pair of 128 bits: a collision within one turn is not to be feared. */
static uint64_t hash_key(struct bytes b)
{
    return bytes_hash(BYTES_HASH_SEED, b);
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
    const char *name =
        facets_key_name(catalog_find_number(turn->world.catalog, instance->definition));

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
    facets_of_record(record, &turn->left);
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

/* --- from start to end --------------------------------------------------------------------- */

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
    bool ok = turn_read_meta(turn, txn, err);
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
    turn->left = (struct facets){.arena = &turn->arena};
    memcpy(turn->tally_before, turn->tally, sizeof turn->tally);
    journal_begin(&turn->entry, turn->world.entry, turn->world.next_record, now_ms);
    return true;
}

struct world *turn_world(struct turn *turn)
{
    return &turn->world;
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
        if (turn->entry.count > 0) {
            next_entry(turn);
        }
        turn_write_instances(turn);
    } else {
        memcpy(turn->tally, turn->tally_before, sizeof turn->tally);
    }
    turn_write_meta(turn);
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
