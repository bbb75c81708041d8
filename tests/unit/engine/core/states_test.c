/* states_test.c - the tables of commands in docs/states.md against what decisions really do
 *
 * Each state is made, each command given to it; the cell says what must come of it.
 */
#include "fixture.h"
#include "states_table.h"

#include "engine/core/lease.h"
#include "engine/core/status.h"

#include <criterion/criterion.h>
#include <stdio.h>
#include <string.h>

TestSuite(states, .init = fixture_init, .fini = fixture_fini);

#define HEAD(name) "document: {dsl: '1.0.3', namespace: test, name: " name ", version: '1'}\ndo:\n"
#define THEN       "  - then: {call: work.then}\n"
#define WITH                                                                                       \
    "with: {title: t, responsible: '${ .who }', controller: '${ .controller }', due: '${ .due }'}"

/* Good for every kind of step: what an operator may give to a retry. */
#define GOOD                                                                                       \
    "{\"key\":\"k\",\"who\":[\"school\",\"district\"],\"responsible\":[\"school\"],"               \
    "\"controller\":\"inspector\",\"due\":{\"from\":\"2023-01-09\",\"to\":\"2023-01-31\"}}"
#define LATER                                                                                      \
    "{\"who\":[\"school\"],\"controller\":\"inspector\","                                          \
    "\"due\":{\"from\":\"2023-02-09\",\"to\":\"2023-03-31\"}}"
#define BAD "{\"key\":5,\"who\":[\"nobody\"]}"
#define UNCONTROLLED                                                                               \
    "{\"who\":[\"school\",\"district\"],\"due\":{\"from\":\"2023-01-09\",\"to\":\"2023-01-31\"}}"

static uint64_t id;
static uint32_t seq;

/* --- making a state -------------------------------------------------------------------------- */

static void deploy(void)
{
    static bool deployed;

    if (deployed) {
        return;
    }
    deployed = true;
    fixture_deploy(HEAD("call") "  - a: {call: work.a}\n" THEN);
    fixture_deploy(HEAD("wait") "  - a: {wait: PT1H}\n" THEN);
    fixture_deploy(HEAD("set") "  - a: {set: {x: '${ .key.deeper }'}}\n" THEN);
    fixture_deploy(HEAD("listen") "  - a: {listen: {to: {one: {with: {type: org.x, subject: "
                                  "'${ .key }'}}}}}\n" THEN);
    fixture_deploy(HEAD("raise") "  - a: {call: work.a}\n"
                                 "  - b: {raise: {error: {type: 'https://example.org/none', "
                                 "status: 400}}}\n");
    fixture_deploy(HEAD("assignment") "  - a: {call: assignment, " WITH "}\n" THEN);
}

static void act(enum assignment_action action, const char *by)
{
    cr_assert(fixture_assign(id, seq, action, by), "%s", fx.err.text);
}

static void accept_in_part(void)
{
    struct assignment_command c = fixture_command(id, seq, ACTION_REPORT, "school");

    c.report = bytes_of("{}");
    cr_assert(decide_assignment(&fx.world, &c, &fx.err), "%s", fx.err.text);
    c = fixture_command(id, seq, ACTION_ACCEPT, "inspector");
    c.in_part = true;
    c.reason = bytes_of("район не ответил");
    cr_assert(decide_assignment(&fx.world, &c, &fx.err), "%s", fx.err.text);
}

/* From open to this state, where it is one of an assignment. */
static void bring_assignment(const char *state)
{
    if (strcmp(state, "reported") == 0 || strcmp(state, "accepted") == 0) {
        act(ACTION_REPORT, "school");
    }
    if (strcmp(state, "accepted") == 0) {
        act(ACTION_ACCEPT, "inspector");
    } else if (strcmp(state, "accepted_in_part") == 0) {
        accept_in_part();
    } else if (strcmp(state, "withdrawn") == 0) {
        act(ACTION_WITHDRAW, "inspector");
    } else if (strcmp(state, "delegated") == 0) {
        act(ACTION_DELEGATE, "school");
    } else if (strcmp(state, "paused") == 0) {
        act(ACTION_PAUSE, "inspector");
    }
}

/* "call-backoff": kind and state of a task in a running instance. "-": a task that is not there. */
static void make_task(const char *what)
{
    char kind[32];
    const char *state = strchr(what, '-') + 1;
    bool notice = strncmp(what, "notice", 6) == 0;

    deploy();
    fixture_now("2023-01-09", 540);
    snprintf(kind, sizeof kind, "%.*s", (int)(state - 1 - what), what);
    const char *workflow = notice ? "assignment" : kind[0] ? kind : "call";
    const char *input = strcmp(state, "planned") == 0 ? LATER : GOOD;
    bool bad = strcmp(state, "incident") == 0 && !notice && strcmp(kind, "call") != 0;
    id = fixture_start(workflow, bad ? BAD : input);
    seq = notice ? fixture_find(id, TASK_NOTICE)->seq : kind[0] ? 1 : 99;
    if (strcmp(state, "backoff") == 0) {
        fixture_failed(id, seq, true);
    } else if (strcmp(state, "incident") == 0 && !bad) {
        fixture_failed(id, seq, false);
    } else {
        bring_assignment(state);
    }
}

/* --- what came of it ------------------------------------------------------------------------- */

/* A refusal, or nothing, or this state. Nothing may be written on a refusal. */
static const char *outcome(bool taken, size_t records_before, const char *state)
{
    static char text[CELL_BYTES];

    if (!taken) {
        cr_assert_eq(fx.record_count, records_before, "a refusal writes nothing");
        snprintf(text, sizeof text, "!%s", error_name(fx.err.code));
        return text;
    }
    return fx.record_count == records_before ? "=" : state;
}

static const char *task_now(void)
{
    const struct task *task = instance_find_task(fixture_get(id), seq);

    return task ? task_state_name(task->state) : "-";
}

static void check(const struct states_table *t, int row, int column, const char *came)
{
    cr_assert_str_eq(came, t->rows[row][column], "docs/states.md: %s, %s: not %s but %s",
                     t->rows[row][0], t->columns[column], t->rows[row][column], came);
}

/* --- instance -------------------------------------------------------------------------------- */

static void make_instance(const char *state)
{
    make_task("call-ready");
    if (strcmp(state, "suspended") == 0) {
        cr_assert(decide_suspend(&fx.world, id, bytes_of("x"), &fx.err));
    } else if (strcmp(state, "cancelled") == 0) {
        cr_assert(decide_cancel(&fx.world, id, bytes_of("x"), &fx.err));
    } else if (strcmp(state, "completed") == 0) {
        fixture_done(id, 1, "{}");
        fixture_done(id, 2, "{}");
    } else if (strcmp(state, "faulted") == 0) {
        id = fixture_start("raise", GOOD);
        fixture_done(id, 1, "{}");
    } else if (strcmp(state, "-") == 0) {
        id = 999999;
    }
}

static bool steer(const char *command)
{
    struct bytes reason = bytes_of("причина");

    if (strcmp(command, "cancel") == 0) {
        return decide_cancel(&fx.world, id, reason, &fx.err);
    }
    if (strcmp(command, "suspend") == 0) {
        return decide_suspend(&fx.world, id, reason, &fx.err);
    }
    cr_assert_str_eq(command, "resume");
    return decide_resume(&fx.world, id, &fx.err);
}

Test(states, every_command_to_an_instance_does_what_its_table_says)
{
    struct states_table t;

    states_table_read("commands instance", &t);
    cr_assert_eq(t.row_count, INSTANCE_STATE_COUNT);
    for (int row = 0; row < t.row_count; row++) {
        for (int column = 1; column < t.column_count; column++) {
            make_instance(t.rows[row][0]);
            size_t before = fx.record_count;
            bool taken = steer(t.columns[column]);
            const char *state = taken ? instance_state_name(fixture_get(id)->state) : "";
            check(&t, row, column, outcome(taken, before, state));
        }
    }
}

/* --- task ------------------------------------------------------------------------------------ */

static bool nudge(const char *command)
{
    struct match match = {id, seq};

    if (strcmp(command, "time") == 0) {
        fx.world.now_ms = moscow_ms("2023-02-09", 540);
        decide_timer(&fx.world, id, seq);
        return true;
    }
    cr_assert_str_eq(command, "event");
    size_t before = fx.record_count;
    decide_event(&fx.world, bytes_of("e"), bytes_of("{\"type\":\"org.x\",\"subject\":\"k\"}"),
                 false, &match, 1);
    if (fx.record_count == before + 1) {
        fx.record_count--; /* the event itself is recorded, whoever waits for it */
        fx.world.next_record--;
    }
    return true;
}

static bool command_task(const char *command)
{
    const struct task *task = instance_find_task(fixture_get(id), seq);
    uint32_t attempt = task ? task->attempt : 1;

    if (strcmp(command, "done") == 0) {
        return decide_done(&fx.world, id, seq, attempt, bytes_of(GOOD), &fx.err);
    }
    if (strcmp(command, "late") == 0) {
        return decide_done(&fx.world, id, seq, attempt - 1, bytes_of(GOOD), &fx.err);
    }
    if (strcmp(command, "failed") == 0 || strcmp(command, "final") == 0) {
        return decide_failed(&fx.world, id, seq, attempt, bytes_of("{}"), command[1] == 'a',
                             &fx.err);
    }
    if (strcmp(command, "retry") == 0) {
        return decide_retry(&fx.world, id, seq, bytes_of(GOOD), &fx.err);
    }
    if (strcmp(command, "skip") == 0) {
        return decide_skip(&fx.world, id, seq, bytes_of("x"), bytes_of(GOOD), &fx.err);
    }
    return nudge(command);
}

Test(states, every_command_to_a_task_does_what_its_table_says)
{
    struct states_table t;

    states_table_read("commands task", &t);
    for (int row = 0; row < t.row_count; row++) {
        for (int column = 1; column < t.column_count; column++) {
            make_task(t.rows[row][0]);
            size_t before = fx.record_count;
            bool taken = command_task(t.columns[column]);
            check(&t, row, column, outcome(taken, before, task_now()));
        }
    }
    fixture_assert_replay();
}

Test(states, every_state_has_the_status_that_its_table_says)
{
    struct states_table t;

    states_table_read("status task", &t);
    for (int row = 0; row < t.row_count; row++) {
        make_task(t.rows[row][0]);
        check(&t, row, 1, status_name(status_of_task(fixture_get(id), fixture_task(id, seq))));
        if (fixture_get(id)->state == INSTANCE_RUNNING) {
            cr_assert(decide_suspend(&fx.world, id, bytes_of("x"), &fx.err));
        }
        check(&t, row, 2, status_name(status_of_task(fixture_get(id), fixture_task(id, seq))));
    }
    states_table_read("status instance", &t);
    for (int row = 0; row < t.row_count; row++) {
        make_instance(t.rows[row][0]);
        check(&t, row, 1, status_name(status_of_instance(fixture_get(id))));
        if (strcmp(t.rows[row][0], "running") == 0) {
            make_task("wait-waiting");
            check(&t, row, 2, status_name(status_of_instance(fixture_get(id))));
        }
    }
}

Test(states, the_table_of_tasks_has_every_kind_in_every_state)
{
    struct states_table t;
    static const char *const can_be[] = {
        "call-ready",          "call-backoff",         "call-incident",      "notice-ready",
        "notice-backoff",      "notice-incident",      "wait-waiting",       "set-incident",
        "listen-waiting",      "listen-incident",      "assignment-planned", "assignment-open",
        "assignment-reported", "assignment-delegated", "assignment-paused",  "assignment-accepted",
        "assignment-incident"};

    static const char *const tables[] = {"commands task", "facets", "status task"};

    for (size_t i = 0; i < sizeof tables / sizeof tables[0]; i++) {
        states_table_read(tables[i], &t);
        for (size_t n = 0; n < sizeof can_be / sizeof can_be[0]; n++) {
            cr_assert_geq(states_table_find(&t, can_be[n], t.rows[n][1], NULL), 0, "%s", can_be[n]);
        }
    }
}

/* --- assignment ------------------------------------------------------------------------------ */

static enum assignment_action action_of(const char *name)
{
    static const char *const names[ACTION_COUNT] = {
        "",       "report", "accept", "return", "withdraw", "ask",     "grant",
        "refuse", "move",   "pause",  "resume", "delegate", "reassign"};

    for (int i = ACTION_REPORT; i < ACTION_COUNT; i++) {
        if (strcmp(names[i], name) == 0) {
            return (enum assignment_action)i;
        }
    }
    return 0;
}

static const char *assignment_now(void)
{
    return assignment_state_name(fixture_task(id, seq)->assignment->state);
}

static const char *who_does(enum assignment_action action)
{
    bool own = action == ACTION_REPORT || action == ACTION_ASK || action == ACTION_DELEGATE;

    return own ? "school" : "inspector";
}

Test(states, every_command_to_an_assignment_does_what_its_table_says)
{
    struct states_table t;
    char what[64];

    states_table_read("commands assignment", &t);
    cr_assert_eq(t.row_count, ASSIGNMENT_STATE_COUNT - 1);
    cr_assert_eq(t.column_count, ACTION_COUNT + 1, "all actions, and skip");
    for (int row = 0; row < t.row_count; row++) {
        for (int column = 1; column < t.column_count; column++) {
            snprintf(what, sizeof what, "assignment-%s", t.rows[row][0]);
            make_task(what);
            enum assignment_action action = action_of(t.columns[column]);
            size_t before = fx.record_count;
            bool taken = action ? fixture_assign(id, seq, action, who_does(action))
                                : command_task(t.columns[column]);
            check(&t, row, column, outcome(taken, before, assignment_now()));
        }
    }
    fixture_assert_replay();
}

Test(states, every_command_to_a_request_does_what_its_table_says)
{
    struct states_table t;

    states_table_read("commands request", &t);
    for (int row = 0; row < t.row_count; row++) {
        for (int column = 1; column < t.column_count; column++) {
            make_task("assignment-open");
            if (strcmp(t.rows[row][0], "asked") == 0) {
                act(ACTION_ASK, "school");
            }
            enum assignment_action action = action_of(t.columns[column]);
            size_t before = fx.record_count;
            bool taken = fixture_assign(id, seq, action, who_does(action));
            bool asked = fixture_task(id, seq)->assignment->extension.by.size > 0;
            check(&t, row, column, outcome(taken, before, asked ? "asked" : "none"));
        }
    }
    fixture_assert_replay();
}

/* --- parts ----------------------------------------------------------------------------------- */

static bool command_part(const char *command)
{
    bool accepts = strncmp(command, "accept", 6) == 0;
    struct assignment_command c = fixture_command(id, seq, ACTION_REPORT, "school");

    if (strcmp(command, "answer") == 0) {
        return fixture_assign(id, seq, ACTION_REPORT, "district");
    }
    if (strcmp(command, "return") == 0) {
        c = fixture_command(id, seq, ACTION_RETURN, "school");
        c.to = bytes_of("district");
    } else if (accepts) {
        c.report = bytes_of("{}");
        cr_assert(decide_assignment(&fx.world, &c, &fx.err));
        c = fixture_command(id, seq, ACTION_ACCEPT, "inspector");
        c.in_part = strcmp(command, "accept-in-part") == 0;
        c.reason = c.in_part ? bytes_of("район не ответил") : c.reason;
    } else {
        cr_assert_str_eq(command, "cover");
    }
    return decide_assignment(&fx.world, &c, &fx.err);
}

Test(states, every_command_to_a_part_does_what_its_table_says)
{
    struct states_table t;

    states_table_read("commands part", &t);
    for (int row = 0; row < t.row_count; row++) {
        for (int column = 1; column < t.column_count; column++) {
            make_task("assignment-open");
            if (strcmp(t.rows[row][0], "answered") == 0) {
                act(ACTION_REPORT, "district");
            }
            bool taken = command_part(t.columns[column]);
            const struct part *part = &fixture_task(id, seq)->assignment->parts[0];
            char came[CELL_BYTES];
            snprintf(came, sizeof came, "!%s", taken ? "" : error_name(fx.err.code));
            check(&t, row, column, taken ? part_state_name(part->state) : came);
        }
    }
    fixture_assert_replay();
}

/* --- who ------------------------------------------------------------------------------------- */

static const char *body_of(const char *who)
{
    static const char *const bodies[][2] = {
        {"responsible", "school"},       {"deputy-of-responsible", "school2"},
        {"co-executor", "district"},     {"controller", "inspector"},
        {"deputy-of-controller", "kld"}, {"above-controller", "chief"},
        {"stranger", "region"}};

    for (size_t i = 0; i < sizeof bodies / sizeof bodies[0]; i++) {
        if (strcmp(bodies[i][0], who) == 0) {
            return bodies[i][1];
        }
    }
    cr_assert_fail("%s", who);
    return NULL;
}

static void hand_over(uint32_t person, const char *deputy)
{
    world_record(&fx.world, fixture_get(id),
                 (struct record){.kind = RECORD_ASSIGNMENT_HANDED,
                                 .task = seq,
                                 .index = person,
                                 .text = bytes_of(deputy),
                                 .number = fixture_task(id, seq)->assignment->to});
}

/* Where this action is possible. */
static void bring_for(enum assignment_action action, bool controlled)
{
    const char *decides = controlled ? "inspector" : "region";

    fixture_now("2023-01-09", 540);
    id = fixture_start("assignment", controlled ? GOOD : UNCONTROLLED);
    seq = 1;
    if (action == ACTION_ACCEPT || action == ACTION_RETURN) {
        act(ACTION_REPORT, "school");
    } else if (action == ACTION_GRANT || action == ACTION_REFUSE) {
        act(ACTION_ASK, "school");
    } else if (action == ACTION_RESUME) {
        act(ACTION_PAUSE, decides);
    }
    hand_over(0, "school2");
    if (controlled) {
        hand_over(PERSON_CONTROLLER, "kld");
    }
}

static void check_bodies(const char *name, bool controlled)
{
    struct states_table t;

    deploy();
    states_table_read(name, &t);
    cr_assert_eq(t.column_count, ACTION_COUNT, "all actions");
    for (int row = 0; row < t.row_count; row++) {
        for (int column = 1; column < t.column_count; column++) {
            enum assignment_action action = action_of(t.columns[column]);
            bring_for(action, controlled);
            size_t before = fx.record_count;
            bool taken = fixture_assign(id, seq, action, body_of(t.rows[row][0]));
            check(&t, row, column, outcome(taken, before, assignment_now()));
        }
    }
}

Test(states, each_body_may_do_what_its_table_says)
{
    check_bodies("bodies assignment", true);
    check_bodies("bodies assignment-without-controller", false);
    fixture_assert_replay();
}

/* --- phases ---------------------------------------------------------------------------------- */

static void moment_of(const struct assignment *a, const char *day, const char *time,
                      civil_day *ret_day, int *ret_minute)
{
    *ret_minute = strcmp(time, "at") == 0 ? 540 : 0;
    *ret_day = strcmp(day, "from") == 0      ? a->from
               : strcmp(day, "to-soon") == 0 ? a->to - 10
               : strcmp(day, "to") == 0      ? a->to
               : strcmp(day, "to+1") == 0    ? a->to + 1
                                             : a->to + 14; /* the critical rung of `default` */
}

Test(states, each_phase_begins_when_its_table_says)
{
    struct states_table t;

    states_table_read("phases", &t);
    cr_assert_eq(t.row_count, PHASE_COUNT - PHASE_OPEN);
    make_task("assignment-planned");
    const struct assignment *a = fixture_task(id, seq)->assignment;
    for (int row = 0; row < t.row_count; row++) {
        civil_day day;
        int minute;
        moment_of(a, t.rows[row][1], t.rows[row][2], &day, &minute);
        int64_t at_ms = zone_utc_ms(catalog_find_body(fx.catalog, "school")->zone, day, minute);
        fx.world.now_ms = at_ms - 1;
        fixture_timers();
        cr_assert_str_neq(phase_name(a->phase), t.rows[row][0], "too early");
        fx.world.now_ms = at_ms;
        fixture_timers();
        cr_assert_str_eq(phase_name(a->phase), t.rows[row][0]);
    }
}

/* --- lease ----------------------------------------------------------------------------------- */

#define LIMIT 1000
#define DOUBT 500

static const char *lease_now(const struct lease *lease)
{
    return lease == NULL ? "-" : lease->doubt_ms ? "doubted" : "held";
}

static const char *check_of(const struct lease *lease, int64_t mono_ms)
{
    static const char *const names[] = {"holds", "over-limit", "forgotten"};

    return lease == NULL ? "-" : names[lease_check(lease, mono_ms)];
}

static const char *command_lease(struct leases *leases, const char *command, void *worker)
{
    struct lease terms = {
        .instance = 1, .task = 1, .attempt = 1, .worker = worker, .limit_ms = LIMIT};
    struct lease *lease = lease_find(leases, 1, 1);

    if (strcmp(command, "give") == 0) {
        lease_give(leases, &terms);
    } else if (strcmp(command, "hello") == 0) {
        lease_doubt_all(leases, worker, DOUBT);
    } else if (strcmp(command, "claim") == 0 && lease != NULL) {
        lease_claim(lease);
    } else if (strcmp(command, "end") == 0) {
        lease_end(leases, 1, 1);
    } else if (strcmp(command, "doubt-over") == 0) {
        return check_of(lease, DOUBT);
    } else if (strcmp(command, "limit-over") == 0) {
        return check_of(lease, LIMIT);
    }
    return lease_now(lease_find(leases, 1, 1));
}

Test(states, every_command_to_a_lease_does_what_its_table_says)
{
    struct states_table t;
    int worker;

    states_table_read("commands lease", &t);
    for (int row = 0; row < t.row_count; row++) {
        for (int column = 1; column < t.column_count; column++) {
            struct leases leases = {.map = MAP_INIT};
            if (t.rows[row][0][0] != '-') {
                command_lease(&leases, "give", &worker);
            }
            if (t.rows[row][0][0] == 'd') {
                command_lease(&leases, "hello", &worker);
            }
            cr_assert_str_eq(lease_now(lease_find(&leases, 1, 1)), t.rows[row][0]);
            check(&t, row, column, command_lease(&leases, t.columns[column], &worker));
            leases_fini(&leases);
        }
    }
}

/* --- facets ---------------------------------------------------------------------------------- */

/* Does the key or the value of this row name the task? */
static bool is_of_task(const struct facet *row)
{
    struct buffer name = BUFFER_INIT;
    struct bytes in = row->table == TABLE_READY ? row->value : row->key;
    bool found = false;

    pack_key64(&name, id);
    pack_key32(&name, seq);
    for (size_t at = 0; at + name.size <= in.size && !found; at++) {
        found = memcmp((const char *)in.data + at, name.data, name.size) == 0;
    }
    buffer_fini(&name);
    return found;
}

static const char *tables_now(void)
{
    static char text[128];
    struct facets facets;

    text[0] = '\0';
    facets_of(fixture_get(id), fx.catalog, &fx.arena, &facets);
    for (uint32_t i = 0; i < facets.count; i++) {
        if (is_of_task(&facets.rows[i])) {
            snprintf(text + strlen(text), sizeof text - strlen(text), "%s%s", text[0] ? "," : "",
                     table_names[facets.rows[i].table]);
        }
    }
    return text[0] ? text : "-";
}

/* Bring the instance of the task there; false when the task can't be in such an instance. */
static bool bring(const char *instance_state)
{
    struct bytes reason = bytes_of("x");

    if (strcmp(instance_state, "suspended") == 0) {
        decide_suspend(&fx.world, id, reason, &fx.err);
    } else if (strcmp(instance_state, "cancelled") == 0) {
        decide_cancel(&fx.world, id, reason, &fx.err);
    }
    for (uint32_t s = 1; strcmp(instance_state, "completed") == 0 && s < 20; s++) {
        const struct task *task = instance_find_task(fixture_get(id), s);
        if (task != NULL && task->kind != TASK_NOTICE && task->state != TASK_CLOSED) {
            if (!decide_skip(&fx.world, id, s, reason, bytes_of("{}"), &fx.err)) {
                struct assignment_command c = {.instance = id,
                                               .task = s,
                                               .action = ACTION_WITHDRAW,
                                               .by = task->assignment->controller,
                                               .reason = reason};
                decide_assignment(&fx.world, &c, &fx.err);
            }
        }
    }
    cr_assert_str_eq(instance_state_name(fixture_get(id)->state), instance_state);
    return instance_find_task(fixture_get(id), seq) != NULL;
}

Test(states, each_task_has_the_rows_that_its_table_says)
{
    struct states_table t;

    states_table_read("facets", &t);
    for (int row = 0; row < t.row_count; row++) {
        for (int column = 1; column < t.column_count; column++) {
            make_task(t.rows[row][0]);
            bool open = fixture_task(id, seq)->state != TASK_CLOSED;
            bool there = bring(t.columns[column]);
            /* skipping an assignment closes it: that is another row of the table */
            bool same = there && (strcmp(t.columns[column], "completed") != 0 ||
                                  (fixture_task(id, seq)->state != TASK_CLOSED) == open);
            check(&t, row, column, same ? tables_now() : ".");
        }
    }
}
