/* turn.h - one turn: commands become records, all of them one transaction
 *
 *   turn_begin → decide_…(turn_world (turn), …) as often as needed → turn_commit → act on
 *   turn->changes, turn->records → turn_end
 *
 * The turn is the world of core (world.h): it loads instances from the store, keeps each once,
 * and at the commit writes records, instances and the difference of their facets. Between commit
 * and end the caller acts; nothing before.
 */
#ifndef ENGINE_TURN_H
#define ENGINE_TURN_H

#include "base/map.h"
#include "engine/core/decide.h"
#include "engine/core/facets.h"
#include "engine/core/status.h"
#include "engine/core/world.h"
#include "engine/journal.h"
#include "expression/evaluator.h"
#include "store/store.h"

/* A row of the outbox that came or went in this turn. */
struct ready_change {
    bool added;
    const char *service; /* of the definition, or SERVICE_NOTIFY: outlives the turn */
    unsigned priority;
    uint64_t ready_seq;
    uint64_t instance;
    uint32_t task;
    uint32_t attempt;
};

struct events;        /* where events of instances go: events.h */
struct turn_instance; /* an instance in this turn: before, now */

/* An instance as the turn found it. Texts of its tasks may be later ones. */
struct turn_before {
    uint32_t definition;
    enum status status;
    const struct task *tasks;
    uint32_t task_count;
};

struct turn {
    struct world world; /* first: core hands it back to us */
    struct store *store;
    struct evaluator *evaluator; /* ours; its process starts with the first hard expression */
    struct store_txn *txn;       /* NULL outside a turn */
    struct arena arena;
    struct buffer scratch;
    struct buffer encoded;
    struct journal_entry entry;
    struct facets left;           /* by the records of this turn: rows to write */
    struct map touched;           /* id -> turn_instance */
    struct map keys;              /* hash of definition, hash of key -> turn_instance */
    struct turn_instance **order; /* in order of first touch */
    size_t order_count;
    size_t order_room;
    struct ready_change *changes; /* after the commit */
    size_t change_count;
    size_t change_room;
    struct instance **listening; /* began to listen in this turn; their rows come with the commit */
    size_t listening_count;
    size_t listening_room;
    struct match *subscribed; /* after the commit: tasks with new rows in the table of
                                 subscriptions; only while events are kept */
    size_t subscribed_count;
    size_t subscribed_room;
    struct events *events; /* NULL = nobody takes what instances emit */
    int64_t tally[TALLY_COUNT];
    int64_t tally_before[TALLY_COUNT]; /* at turn_begin(), to go back to */
    uint64_t next_instance_before;
    uint64_t next_record_before;
    uint64_t entry_before;
    int64_t last_ms;  /* time of the last turn that was committed; 0 = a new store */
    bool keep_time;   /* set after turn_begin(): commit the time even if nothing was decided */
    bool keep_before; /* set after turn_begin(): turn_before() will be asked */
    bool uncounted;   /* the store is of an older format: the first commit counts for `using` */
    bool emitted;     /* an instance made an event in this turn */
};

/* Read the counters of the store. */
bool turn_init(struct turn *turn, struct store *store, const struct catalog *catalog,
               struct error *err);
void turn_fini(struct turn *turn);

/* The tallies as this snapshot has them. */
bool turn_tallies(struct store_txn *txn, int64_t ret_tally[TALLY_COUNT], struct error *err);

/* Does this snapshot have the table `using`? A store of an older format has none until the first
 * commit. */
bool turn_has_using(struct store_txn *txn);

/* Open the transaction. Ask store_room() before. */
bool turn_begin(struct turn *turn, int64_t now_ms, struct error *err);
struct world *turn_world(struct turn *turn);

/* Has it decided so much that it should be committed before anything else is decided? */
bool turn_is_full(const struct turn *turn);

/* Write everything in one commit. After a failure nothing was written; the caller must end the
 * process (restart recovers). A turn without records writes nothing. */
bool turn_commit(struct turn *turn, struct error *err);

/* Give the turn up: as if it had not been. Only before turn_commit(). */
void turn_abort(struct turn *turn);

/* Forget the instances and changes of this turn. */
void turn_end(struct turn *turn);

/* Until turn_end(): how an instance was before this turn, NULL when it is new or was not kept; and
 * the instances of the turn in the order they were first touched, NULL at the end. */
const struct turn_before *turn_before(const struct turn *turn, uint64_t id);
const struct instance *turn_touched(const struct turn *turn, size_t index);

/* The instance as it is after the turn: from the turn, or else from this snapshot. NULL: none. */
const struct instance *turn_look(struct turn *turn, struct store_txn *snapshot, uint64_t id);

#endif
