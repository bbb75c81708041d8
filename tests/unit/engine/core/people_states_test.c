/* people_states_test.c - the tables of docs/states.md §3: what people and time do with an
 * assignment
 */
#include "states_fixture.h"

#include <criterion/criterion.h>
#include <stdio.h>
#include <string.h>

TestSuite(people_states, .init = fixture_init, .fini = fixture_fini);

/* --- assignment ------------------------------------------------------------------------------ */

static enum assignment_action action_of(const char *name)
{
    static const char *const names[ACTION_COUNT] = {
        "",       "report", "accept", "return", "withdraw", "ask",      "grant",
        "refuse", "move",   "pause",  "resume", "delegate", "reassign", "comment"};

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

Test(people_states, every_command_to_an_assignment_does_what_its_table_says)
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

Test(people_states, every_command_to_a_request_does_what_its_table_says)
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

Test(people_states, every_command_to_a_part_does_what_its_table_says)
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

Test(people_states, each_body_may_do_what_its_table_says)
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

Test(people_states, each_phase_begins_when_its_table_says)
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
