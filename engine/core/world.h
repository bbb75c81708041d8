/* world.h - what the decisions see of everything else
 *
 * The engine fills it for a turn, a test fills it with plain memory: core has no other way out.
 * `now` is read once a turn. Numbers (of instances, records, entries) come from here, so that the
 * same commands in the same order give the same journal.
 */
#ifndef CORE_WORLD_H
#define CORE_WORLD_H

#include "engine/core/record.h"
#include "language/catalog.h"

/* Where an instance goes on: flow.c owns the list of them. */
struct place {
    struct instance *instance;
    uint32_t scope; /* 0 = the instance's own list */
    uint32_t step;  /* STEP_NONE: its list is at its end */
};

struct agenda {
    struct place *places; /* in the arena of the turn */
    uint32_t first;
    uint32_t count;
    uint32_t room;
    struct bytes list;   /* of the loop that went on last, */
    json_t *items;       /* and what it reads as: a loop reads it once a command, not once a turn */
    uint32_t passed;     /* steps since the command began */
    size_t passed_bytes; /* that they wrote */
};

/* A text that was parsed already by who brought it, while it is decided about. */
struct known_json {
    struct bytes text;
    json_t *value; /* borrowed; never changed. NULL = none */
};

struct world {
    int64_t now_ms;
    int64_t clock_rate; /* clock milliseconds in a real one: 1, or more in a demonstration. Pauses
                           between attempts are real time: a mail server knows no other. */
    bool demonstration; /* its clock is no real one: people may be simulated */
    uint64_t entry;     /* number of the journal entry that this turn writes */
    uint64_t next_instance;
    uint64_t next_record;
    const struct catalog *catalog;
    struct arena *arena;
    struct buffer *scratch;  /* for packing; any decision may use it between two calls */
    struct agenda agenda;    /* empty between two commands */
    struct known_json known; /* NULL between two commands */
    const json_t *secrets;   /* name -> secret, all that the engine has; NULL = none */
    const struct zone *zone; /* of the engine: for schedules; NULL = UTC */
    struct bytes by;         /* who gave the command that is decided; empty = nobody said */

    /* The instance as this turn sees it; NULL when there is none. */
    struct instance *(*get)(struct world *world, uint64_t id);
    /* A new, empty one, with an id from next_instance. */
    struct instance *(*create)(struct world *world);
    /* The instance started under this key by this definition (name), or 0. */
    uint64_t (*find_key)(struct world *world, const char *definition, struct bytes key);
    /* The value of an expression, as evaluator_run() of lib/expression. Same in, same out. */
    json_t *(*evaluate)(struct world *world, const struct program *program, uint32_t number,
                        json_t *input, variable_fn *variable, void *context, struct error *err);
    /* An event that an instance made: to whoever listens, as if it had come from outside. Refused:
     * it is no CloudEvent, or too many wait for it. */
    bool (*emit)(struct world *world, struct bytes event, struct error *err);
    /* The record was decided and applied: write it to the journal. instance is NULL for records of
     * nobody. The record is borrowed for the call. */
    void (*wrote)(struct world *world, struct instance *instance, const struct record *record);
};

/* Number the record, apply it, hand it to wrote(). The only way a decision changes anything. */
void world_record(struct world *world, struct instance *instance, struct record record);

/* The body of this id, or NULL. */
const struct body *world_body(const struct world *world, struct bytes id);
/* The civil day of now where this body is; UTC's for a body that is not known any more. */
civil_day world_today(const struct world *world, struct bytes body);

#endif
