/* fixture.h - a world of plain memory for the tests of engine/core
 *
 * One world a test (Criterion forks). Instances stay decoded; every record is kept and can be
 * applied again. The clock stands where a test puts it.
 */
#ifndef TESTS_CORE_FIXTURE_H
#define TESTS_CORE_FIXTURE_H

#include "engine/core/decide.h"
#include "engine/core/facets.h"
#include "expression/evaluator.h"

#define FIXTURE_INSTANCES 4096

struct fixture {
    struct world world; /* first: core hands it back to us */
    struct catalog *catalog;
    struct evaluator *evaluator;
    struct arena arena;
    struct buffer scratch;
    struct instance *instances[FIXTURE_INSTANCES]; /* by id - 1 */
    uint32_t instance_count;
    struct record *records; /* all of them, in order */
    size_t record_count;
    size_t record_room;
    /* called before core sees that a record was written; may be NULL */
    void (*watch)(const struct instance *instance, const struct record *record);
    struct error err; /* of the last refusal */
};

extern struct fixture fx;

/* Bodies school → district → committee → region (Moscow), inspector → chief, kld and kam in zones
 * of their own, alone without anybody above; the policies `default` (as bundled) and `quick`; now
 * is 2023-01-09 09:00 in Moscow. For .init and .fini. */
void fixture_init(void);
void fixture_fini(void);

/* Parse and add, asserting that it is good; its number. */
uint32_t fixture_deploy(const char *yaml);
uint32_t fixture_deploy_file(const char *path);

/* UTC of a day and minute in Moscow; go there. */
int64_t moscow_ms(const char *day, int minute);
void fixture_now(const char *day, int minute);

/* Start the newest workflow or roadmap of this name; asserts. */
uint64_t fixture_start(const char *name, const char *input);

struct instance *fixture_get(uint64_t id); /* asserts that it exists */
struct task *fixture_task(uint64_t id, uint32_t seq);
/* The first task of this kind, or NULL. */
struct task *fixture_find(uint64_t id, enum task_kind kind);

/* Results of the open attempt of a task; assert that they are taken. */
void fixture_done(uint64_t id, uint32_t seq, const char *output);
void fixture_failed(uint64_t id, uint32_t seq, bool retry);

/* An assignment command with what its action needs: a reason, a report that covers all, a day two
 * weeks after the last, the body "alone" to delegate or reassign it to, a pause for leave. */
bool fixture_assign(uint64_t id, uint32_t seq, enum assignment_action action, const char *by);
/* What a check said before a decision is what came of it. Returns that. */
bool fixture_as_foretold(bool may, bool done);
struct assignment_command fixture_command(uint64_t id, uint32_t seq, enum assignment_action action,
                                          const char *by);

/* An event (JSON) to everybody who listens; how many took it. */
size_t fixture_event(struct bytes event, bool emitted);

/* Every timer that is due by now, as the engine would find them. */
void fixture_timers(void);

/* Records so far of this kind; the newest one, asserting that there is one. */
size_t fixture_count(enum record_kind kind);
const struct record *fixture_last(enum record_kind kind);

/* Assert that all records, applied to nothing, give the instances as they are. */
void fixture_assert_replay(void);

/* Encode and decode every instance, as between two turns. */
void fixture_turn(void);

bool text_is(struct bytes b, const char *text);
json_t *json_of(struct bytes b); /* asserts; yours */

/* A generator of numbers that a seed makes the same everywhere. */
uint64_t random_next(uint64_t *state);
uint32_t random_below(uint64_t *state, uint32_t n); /* 0..n-1 */

#endif
