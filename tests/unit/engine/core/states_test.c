/* states_test.c - the tables of commands in docs/states.md against what decisions really do
 *
 * Each state is made, each command given to it; the cell says what must come of it. Assignments:
 * people_states_test.c.
 */
#include "states_fixture.h"

#include "engine/core/lease.h"
#include "engine/core/status.h"

#include <criterion/criterion.h>
#include <stdio.h>
#include <string.h>

TestSuite(states, .init = fixture_init, .fini = fixture_fini);

static const char *task_now(void)
{
    const struct task *task = instance_find_task(fixture_get(id), seq);

    return task ? task_state_name(task->state) : "-";
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
        bool may = decide_cancel_check(&fx.world, id, NULL);
        return fixture_as_foretold(may, decide_cancel(&fx.world, id, reason, &fx.err));
    }
    if (strcmp(command, "suspend") == 0) {
        bool may = decide_suspend_check(&fx.world, id, NULL);
        return fixture_as_foretold(may, decide_suspend(&fx.world, id, reason, &fx.err));
    }
    cr_assert_str_eq(command, "resume");
    bool may = decide_resume_check(&fx.world, id, NULL);
    return fixture_as_foretold(may, decide_resume(&fx.world, id, &fx.err));
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

/* Each once, in their order. */
static const char *tables_now(void)
{
    static char text[128];
    struct facets facets;
    int last = -1;

    text[0] = '\0';
    facets_of(fixture_get(id), fx.catalog, &fx.arena, &facets);
    for (uint32_t i = 0; i < facets.count; i++) {
        enum table table = facets.rows[i].table;
        if ((int)table != last && is_of_task(&facets.rows[i])) {
            snprintf(text + strlen(text), sizeof text - strlen(text), "%s%s", text[0] ? "," : "",
                     table_names[table]);
            last = (int)table;
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
