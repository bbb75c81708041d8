/* states_fixture.c - every state that a table of docs/states.md names, made */
#include "states_fixture.h"

#include <criterion/criterion.h>
#include <stdio.h>
#include <string.h>

#define HEAD(name) "document: {dsl: '1.0.3', namespace: test, name: " name ", version: '1'}\ndo:\n"
#define THEN       "  - then: {call: work.then}\n"
#define WITH                                                                                       \
    "with: {title: t, responsible: '${ .who }', controller: '${ .controller }', due: '${ .due }'}"

uint64_t id;
uint32_t seq;

/* --- making a state -------------------------------------------------------------------------- */

void deploy(void)
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

void act(enum assignment_action action, const char *by)
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
void make_task(const char *what)
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

const char *outcome(bool taken, size_t records_before, const char *state)
{
    static char text[CELL_BYTES];

    if (!taken) {
        cr_assert_eq(fx.record_count, records_before, "a refusal writes nothing");
        snprintf(text, sizeof text, "!%s", error_name(fx.err.code));
        return text;
    }
    return fx.record_count == records_before ? "=" : state;
}
void check(const struct states_table *t, int row, int column, const char *came)
{
    cr_assert_str_eq(came, t->rows[row][column], "docs/states.md: %s, %s: not %s but %s",
                     t->rows[row][0], t->columns[column], t->rows[row][column], came);
}

/* --- commands to a task ---------------------------------------------------------------------- */

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

bool command_task(const char *command)
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
        bool may = decide_retry_check(&fx.world, id, seq, NULL);
        return fixture_as_foretold(may, decide_retry(&fx.world, id, seq, bytes_of(GOOD), &fx.err));
    }
    if (strcmp(command, "skip") == 0) {
        bool may = decide_skip_check(&fx.world, id, seq, NULL);
        return fixture_as_foretold(
            may, decide_skip(&fx.world, id, seq, bytes_of("x"), bytes_of(GOOD), &fx.err));
    }
    return nudge(command);
}
