/* stage.h - an engine without sockets: store, catalog and turn on a clock that the test sets
 *
 * Does with a store what engine.c does: loads what was deployed, finds due timers, the outbox and
 * listeners in the tables. A restart forgets everything that is in memory.
 */
#ifndef TESTS_SIMULATION_STAGE_H
#define TESTS_SIMULATION_STAGE_H

#include "engine/core/decide.h"
#include "engine/turn.h"

#include <stdio.h>

#define STAGE_MATCHES 4096

struct job { /* a row of the outbox */
    uint64_t instance;
    uint32_t task;
    uint32_t attempt;
};

struct stage {
    uint64_t seed; /* of the world that plays on it: told when something breaks */
    unsigned turns;
    int64_t now_ms;
    struct store *store;
    struct catalog *catalog;
    struct turn turn;
    char folder[64]; /* "" = in memory */
    struct error err;
};

extern struct stage stage;

/* Like cr_assert, with the seed. */
#define claim(cond, ...) ((cond) ? (void)0 : stage_broken(#cond, __FILE__, __LINE__, __VA_ARGS__))
void stage_broken(const char *what, const char *file, int line, const char *fmt, ...);

void stage_open(uint64_t seed, bool lmdb);
void stage_close(void);
void stage_restart(void); /* between two turns */

/* A turn. stage_die() is a kill before the commit: nothing of it was written, everything restarts.
 */
struct world *stage_begin(void);
void stage_commit(void); /* turn->changes are there until stage_end() */
void stage_end(void);
void stage_give_up(void);
void stage_die(void);

void stage_deploy(const char *file, const char *yaml); /* in a turn of its own */
void stage_deploy_file(const char *path);
uint64_t stage_start(const char *roadmap, const char *key); /* in a turn of its own */

/* From the tables, as of the last commit. Each returns how many it put there, at most room. */
size_t stage_due(struct match *due, size_t room); /* oldest first; in a turn */
size_t stage_listeners(const char *type, const char *subject, struct match *found, size_t room);
size_t stage_children(uint64_t parent, uint64_t *found, size_t room);
size_t stage_ready(const char *service, struct job *found, size_t room); /* NULL = all services */
const struct instance *stage_look(uint64_t id); /* NULL: none. Good until the next turn ends. */
uint64_t stage_find_key(const char *definition, const char *key);
struct store_txn *stage_read(void); /* store_abort() it */

/* The counters equal a recount, and each instance is as docs/states.md says; the journal gives this
 * state, and this state these rows. */
void stage_assert_sound(void);
void stage_assert_verified(void);

int64_t moscow_ms(civil_day day, int minute);
civil_day day_of(const char *text);

uint64_t random_next(uint64_t *state);
uint32_t random_below(uint64_t *state, uint32_t n);

#endif
