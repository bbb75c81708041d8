/* world_test.c - one seed makes a whole world, and nothing in it may break a promise
 *
 * Clients start, steer and repeat themselves; workers crash, delay, send twice and lie; people act
 * out of turn; the clock jumps; the engine restarts between turns, or dies in them. After every
 * turn the journal is read with distrust (ledger.h). MARSHRUT_SEEDS chooses the worlds, 7 or 1-500.
 */
#include "documents.h"
#include "ledger.h"
#include "promises.h"

#include "base/must.h"

#include <criterion/criterion.h>
#include <stdlib.h>
#include <string.h>

#define TURNS         250
#define JOBS_MAX      64
#define INSTANCES_MAX 120

#define ANY(list) (list)[chance(sizeof(list) / sizeof(list)[0])]

static struct ledger ledger;
static struct promises promises;
static uint64_t seed;
static struct job jobs[JOBS_MAX]; /* what workers have, or had: nothing is ever taken away */
static size_t job_count;
static unsigned decided;                       /* commands of the open turn */
static size_t outbox;                          /* rows, as told by turn->changes */
static uint64_t lived[ASSIGNMENT_STATE_COUNT]; /* in all worlds: assignments that came to a state */

static uint32_t chance(size_t of)
{
    return random_below(&seed, (uint32_t)of);
}

static uint64_t any_instance(void)
{
    return 1 + chance(stage.turn.world.next_instance);
}

/* A task of it, as of now in this turn. false when it has none. */
static bool any_task(uint64_t id, struct task *ret_task)
{
    const struct instance *instance = turn_world(&stage.turn)->get(&stage.turn.world, id);

    if (instance == NULL || instance->task_count == 0) {
        return false;
    }
    *ret_task = instance->tasks[chance(instance->task_count)];
    return true;
}

static void promise(bool taken, enum record_kind kind, uint64_t instance, uint32_t task)
{
    if (taken) {
        promises_add(&promises, (struct promise){.kind = kind, .instance = instance, .task = task});
    }
    decided++;
}

/* --- clients --------------------------------------------------------------------------------- */

static void client_starts(struct world *world)
{
    static const char *const names[] = {"five", "scopes", "paper", "signed", "fragile", "plan"};
    struct promise p = {.kind = RECORD_STARTED};
    struct start start = {.priority = chance(10), .input = bytes_of(ANY(inputs))};
    const char *name = ANY(names);
    bool created = false;

    start.definition = catalog_find(
        stage.catalog, strcmp(name, "plan") ? DEFINITION_WORKFLOW : DEFINITION_ROADMAP, name);
    if (chance(2)) {
        snprintf(p.key, sizeof p.key, "key-%u", chance(30)); /* keys are used again */
        snprintf(p.definition, sizeof p.definition, "%s", name);
        start.key = bytes_of(p.key);
    }
    if (world->next_instance > INSTANCES_MAX) {
        return;
    }
    claim(decide_start(world, &start, &p.instance, &created, &stage.err), "%s", stage.err.text);
    if (created) {
        promises_add(&promises, p);
    }
    decided++;
}

static bool steer_one(struct world *world, uint64_t id, uint32_t verb)
{
    struct bytes reason = bytes_of("причина");

    switch (verb) {
    case 0:
        return decide_cancel(world, id, reason, &stage.err);
    case 1:
        return decide_suspend(world, id, reason, &stage.err);
    default:
        return decide_resume(world, id, &stage.err);
    }
}

/* The engine steers children with their plan. */
static void client_steers(struct world *world)
{
    static const enum record_kind kinds[] = {RECORD_CANCELLED, RECORD_SUSPENDED, RECORD_RESUMED,
                                             RECORD_RESUMED};
    uint64_t children[16];
    uint64_t id = any_instance();
    uint32_t verb = chance(20) == 0 ? 0 : 1 + chance(3);
    size_t count = stage_children(id, children, 16);

    promise(steer_one(world, id, verb), kinds[verb], id, 0);
    for (size_t i = 0; i < count; i++) {
        steer_one(world, children[i], verb);
    }
}

static void client_mends(struct world *world)
{
    uint64_t id = any_instance();
    struct bytes input = chance(2) ? bytes_of(ANY(inputs)) : (struct bytes){NULL, 0};
    struct task task;

    if (!any_task(id, &task)) {
        return;
    }
    if (chance(3) > 0) {
        decide_retry(world, id, task.seq, input, &stage.err);
        decided++;
    } else if (chance(8) == 0) {
        promise(decide_skip(world, id, task.seq, bytes_of("причина"), input, &stage.err),
                RECORD_TASK_SKIPPED, id, task.seq);
    }
}

static void client_sends_event(struct world *world)
{
    static const char *const subjects[] = {"", "12-р", "13-р", "?"};
    static struct match found[STAGE_MATCHES];
    const char *type = chance(2) ? "org.signed" : "org.closed";
    size_t count = stage_listeners(type, ANY(subjects), found, STAGE_MATCHES);

    if (count > 0 && chance(4) == 0) {
        found[count] = found[0]; /* the same twice: it waits once */
        count++;
    }
    decide_event(world, bytes_of("e"), bytes_of(ANY(events)), false, found, count);
    decided++;
}

/* Mostly somebody whom it concerns; days and reasons that often make sense. */
static void fill_command(struct assignment_command *c, const struct task *task)
{
    static const char *const bodies[] = {"school", "district", "inspector", "kam",
                                         "nobody", "lyceum",   "chief",     "region"};
    static const char *const reports[] = {"{\"number\":\"1\"}", "{\"covers\":\"all\"}", "",
                                          "{\"kind\":\"приказ\",\"link\":\"https://a.test/\"}"};
    const struct assignment *a = task->assignment;

    c->by = bytes_of(ANY(bodies));
    if (a != NULL && chance(2)) {
        c->by = assignment_actor(a, chance(2) ? a->people[0] : a->controller);
    }
    c->reason = chance(5) ? bytes_of("причина") : (struct bytes){NULL, 0};
    c->report = bytes_of(ANY(reports));
    c->day = a != NULL && chance(4) ? a->to + (civil_day)chance(20) - 6 : CIVIL_DAY_NONE;
    c->pause = (enum pause_kind)chance(PAUSE_KIND_COUNT);
    bool needs = c->action == ACTION_DELEGATE || c->action == ACTION_REASSIGN;
    c->to = needs || chance(6) == 0 ? bytes_of(ANY(bodies)) : (struct bytes){NULL, 0};
}

/* The record that a command leads to when it is taken. */
static enum record_kind record_of(const struct assignment_command *c, const struct task *task)
{
    static const enum record_kind kinds[ACTION_COUNT] = {
        [ACTION_REPORT] = RECORD_ASSIGNMENT_REPORTED,
        [ACTION_ACCEPT] = RECORD_ASSIGNMENT_ACCEPTED,
        [ACTION_RETURN] = RECORD_ASSIGNMENT_RETURNED,
        [ACTION_WITHDRAW] = RECORD_ASSIGNMENT_WITHDRAWN,
        [ACTION_ASK] = RECORD_ASSIGNMENT_ASKED,
        [ACTION_GRANT] = RECORD_ASSIGNMENT_TERM,
        [ACTION_REFUSE] = RECORD_ASSIGNMENT_REFUSED,
        [ACTION_MOVE] = RECORD_ASSIGNMENT_TERM,
        [ACTION_PAUSE] = RECORD_ASSIGNMENT_PAUSED,
        [ACTION_RESUME] = RECORD_ASSIGNMENT_RESUMED,
        [ACTION_DELEGATE] = RECORD_ASSIGNMENT_DELEGATED,
        [ACTION_REASSIGN] = RECORD_ASSIGNMENT_REASSIGNED,
        [ACTION_COMMENT] = RECORD_ASSIGNMENT_COMMENTED};
    const struct assignment *a = task->assignment;
    bool part = c->action == ACTION_RETURN && c->to.size > 0;

    for (uint32_t i = 1; a != NULL && c->action == ACTION_REPORT && i < a->people_count; i++) {
        part |= a->parts[i - 1].state == PART_OPEN && assignment_acts_for(a, c->by, a->people[i]);
    }
    return part ? RECORD_ASSIGNMENT_PART : kinds[c->action];
}

static void person_acts(struct world *world)
{
    struct assignment_command c = {.instance = any_instance(),
                                   .action = (enum assignment_action)(1 + chance(ACTION_COUNT - 1)),
                                   .in_part = chance(3) == 0};
    struct task task;

    for (int tries = 0; tries < 20; tries++) {
        c.instance = any_instance();
        if (any_task(c.instance, &task) && task.assignment != NULL && task.state != TASK_CLOSED) {
            break;
        }
    }
    if (!any_task(c.instance, &task) || (c.action == ACTION_WITHDRAW && chance(10) > 0)) {
        return;
    }
    c.task = task.seq;
    if (task.assignment != NULL && task.assignment->state == ASSIGNMENT_REPORTED && chance(2)) {
        c.action = ACTION_ACCEPT;
    }
    fill_command(&c, &task);
    enum record_kind kind = record_of(&c, &task);
    promise(decide_assignment(world, &c, &stage.err), kind, c.instance, c.task);
}

/* Calendars and policies change under open assignments. */
static void client_replans(struct world *world)
{
    uint64_t id = any_instance();
    struct replan replan;
    struct task task;

    for (int n = 0; n < 8; n++) {
        if (any_task(id, &task) && decide_replan_check(world, id, task.seq, &replan)) {
            claim(decide_replan(world, id, task.seq, (struct bytes){NULL, 0},
                                bytes_of("новый порядок"), &stage.err),
                  "%s", stage.err.text);
            claim(decide_replan_check(world, id, task.seq, &replan) && !replan.moves &&
                      !replan.ladder,
                  "%d.%u changes twice", (int)id, task.seq);
        }
        id = any_instance();
    }
    decided++;
}

/* --- workers --------------------------------------------------------------------------------- */

/* What the engine hands out; the same may go to two workers after a restart. */
static void worker_takes(void)
{
    static struct job ready[STAGE_MATCHES];
    size_t count = stage_ready(NULL, ready, STAGE_MATCHES);

    if (count > 0) {
        jobs[job_count < JOBS_MAX ? job_count++ : chance(JOBS_MAX)] = ready[chance(count)];
    }
}

static void lie(struct job *job)
{
    switch (chance(4)) {
    case 0:
        job->attempt += chance(3) - 1;
        break;
    case 1:
        job->task += 1 + chance(3);
        break;
    case 2:
        job->instance = any_instance();
        break;
    default:
        *job = (struct job){.instance = seed, .task = (uint32_t)seed, .attempt = 1};
    }
}

/* A result, or the news that the worker is lost. Jobs stay in the list: so results come late, come
 * twice, and come after somebody else's. */
static void worker_speaks(struct world *world)
{
    struct bytes problem = bytes_of("{\"title\":\"сбой\"}");

    if (job_count == 0) {
        return;
    }
    struct job job = jobs[chance(job_count)];
    if (chance(6) == 0) {
        lie(&job);
    }
    bool first = decided == 0;
    bool open = decide_is_open(world, job.instance, job.task, job.attempt);
    claim(!first || open == ledger_open_attempt(&ledger, &job),
          "attempt %u of %llu.%u: open %d, but the journal says the other", job.attempt,
          (unsigned long long)job.instance, job.task, open);
    bool done = chance(3) > 0;
    bool taken = done ? decide_done(world, job.instance, job.task, job.attempt,
                                    bytes_of(ANY(inputs)), &stage.err)
                      : decide_failed(world, job.instance, job.task, job.attempt, problem,
                                      chance(5) > 0, &stage.err);
    claim(taken == open, "an open attempt counts, and no other");
    claim(taken || stage.err.code == ERROR_STALE, "%s", stage.err.text);
    if (done) {
        promise(taken, RECORD_TASK_DONE, job.instance, job.task);
    }
    decided++;
}

/* --- the world ------------------------------------------------------------------------------- */

static void clock_moves(void)
{
    stage.now_ms += chance(3 * 3600) * 1000ll;
    switch (chance(20)) {
    case 0:
        stage.now_ms += (int64_t)chance(10 * 24) * 3600000;
        break;
    case 1:
        stage.now_ms -= (int64_t)chance(12) * 3600000;
        break;
    default:
        break;
    }
}

static void somebody_acts(struct world *world)
{
    switch (chance(21)) {
    case 16:
        client_replans(world);
        break;
    case 0:
    case 1:
        client_starts(world);
        break;
    case 2:
        client_steers(world);
        break;
    case 3:
        client_mends(world);
        break;
    case 4:
        client_sends_event(world);
        break;
    case 5:
    case 6:
    case 7:
    case 17:
    case 18:
    case 19:
    case 20:
        person_acts(world);
        break;
    case 8:
    case 9:
    case 10:
        worker_takes();
        break;
    default:
        worker_speaks(world);
    }
}

/* As the engine does it: after the commands, but as the tables were before them. */
static void timers_fire(struct world *world)
{
    static struct match due[STAGE_MATCHES];
    size_t count = stage_due(due, STAGE_MATCHES);

    for (size_t i = 0; i < count; i++) {
        decide_timer(world, due[i].instance, due[i].task);
    }
}

/* The outbox as dispatch learns of it is the outbox as it stands in the table. */
static void assert_outbox(void)
{
    for (size_t i = 0; i < stage.turn.change_count; i++) {
        const struct ready_change *c = &stage.turn.changes[i];
        claim(!c->added || c->service != NULL, "a row without a service");
        outbox += c->added ? 1u : (size_t)-1;
    }
    struct store_txn *txn = stage_read();
    claim(store_count(txn, TABLE_READY) == outbox, "%d rows, %d changes",
          (int)store_count(txn, TABLE_READY), (int)outbox);
    store_abort(&txn);
}

static void play_turn(void)
{
    clock_moves();
    uint64_t entry = stage.turn.world.entry;
    uint64_t next_instance = stage.turn.world.next_instance;
    struct world *world = stage_begin();
    decided = 0;
    for (uint32_t n = chance(12); n > 0; n--) {
        somebody_acts(world);
    }
    timers_fire(world);
    uint32_t luck = chance(24);
    if (luck < 3) {
        luck == 0 ? stage_give_up() : stage_die();
        promises_forget(&promises);
        claim(world->entry == entry && world->next_instance == next_instance &&
                  world->next_record == ledger.next_seq,
              "a turn that was given up has left numbers behind");
    } else {
        stage_commit();
        promises_commit(&promises, entry);
        ledger_read(&ledger, NULL);
        assert_outbox();
        stage_end();
    }
    if (chance(40) == 0) {
        stage_deploy("policy", ANY(policies));
        ledger_read(&ledger, NULL);
    }
    if (chance(10) == 0) {
        stage_restart();
    }
    if (chance(60) == 0) {
        stage_assert_verified();
        promises_assert_kept(&promises);
    }
    stage_assert_sound();
}

static void play_world(uint64_t number, bool lmdb)
{
    seed = number;
    job_count = 0;
    outbox = 0;
    promises = (struct promises){0};
    stage_open(number, lmdb);
    ledger_init(&ledger);
    stage.now_ms = moscow_ms(day_of("2023-01-09"), 540);
    for (size_t i = 0; i < sizeof documents / sizeof documents[0]; i++) {
        stage_deploy("document", documents[i]);
    }
    ledger_read(&ledger, NULL);
    for (int i = 0; i < TURNS; i++) {
        play_turn();
    }
    stage_restart();
    stage_assert_verified();
    stage_assert_sound();
    promises_assert_kept(&promises);
    claim(promises.confirmed > 20 && ledger.finished > 20 && ledger.letters > 10,
          "a dull world: %d promises, %d tasks, %d letters", (int)promises.confirmed,
          (int)ledger.finished, (int)ledger.letters);
    for (int i = 0; i < ASSIGNMENT_STATE_COUNT; i++) {
        lived[i] += ledger.lived[i];
    }
    promises_fini(&promises);
    ledger_fini(&ledger);
    stage_close();
}

/* MARSHRUT_SEEDS, or first..last. */
static void play_worlds(uint64_t first, uint64_t last, bool lmdb)
{
    const char *chosen = getenv("MARSHRUT_SEEDS");

    if (chosen != NULL && chosen[0] != '\0') {
        char *end;
        first = last = strtoull(chosen, &end, 10);
        if (*end == '-') {
            last = strtoull(end + 1, NULL, 10);
        }
    }
    for (uint64_t number = first; number <= last; number++) {
        play_world(number, lmdb);
    }
}

Test(world, keeps_its_promises_in_memory)
{
    play_worlds(1, 20, false);
    for (int i = 1; getenv("MARSHRUT_SEEDS") == NULL && i < ASSIGNMENT_STATE_COUNT; i++) {
        cr_assert_gt(lived[i], 5, "%s: no assignment lived through it",
                     assignment_state_name((enum assignment_state)i));
    }
}

Test(world, keeps_its_promises_on_disk)
{
    play_worlds(31, 34, true);
}
