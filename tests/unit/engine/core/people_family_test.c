/* people_family_test.c - assignments that are delegated, and what becomes of them */
#include "people_fixture.h"

#include "base/limits.h"

#include <criterion/criterion.h>
#include <stdio.h>
#include <string.h>

TestSuite(families, .init = people_fixture_init, .fini = fixture_fini);

static uint32_t delegate(uint32_t seq, const char *by, const char *to)
{
    struct assignment_command c = fixture_command(id, seq, ACTION_DELEGATE, by);

    c.to = bytes_of(to);
    give(&c);
    return assignment_of(seq)->child;
}

static void act_on(uint32_t seq, enum assignment_action action, const char *by)
{
    cr_assert(fixture_assign(id, seq, action, by), "%s", fx.err.text);
}

/* --- delegating ------------------------------------------------------------------------------ */

Test(families, who_is_responsible_gives_the_work_to_a_body_below)
{
    start("2023-01-09", "2023-03-31");
    uint32_t child = delegate(1, "school", "alone");
    const struct assignment *a = assignment_of(child);
    cr_assert_eq(assignment()->state, ASSIGNMENT_DELEGATED);
    cr_assert(a->parent == 1 && a->people_count == 1);
    cr_assert(text_is(a->people[0], "alone") && text_is(a->controller, "school"));
    cr_assert_eq(a->to, day_of("2023-03-28"), "three working days before");
    cr_assert(text_is(a->terms[0].by, "school"));
    cr_assert_eq(fixture_task(id, child)->parent, 1, "it runs in the task of the first");
    json_t *input = json_of(fixture_task(id, child)->input);
    cr_assert_str_eq(json_string_value(json_object_get(input, "title")), "План");
    json_decref(input);
    cr_assert_eq(letters_of(LETTER_DELEGATED, "inspector"), 1);
    cr_assert_eq(letters_of(LETTER_OPENED, "alone"), 1);
    fixture_turn();
    fixture_assert_replay();
}

Test(families, the_ladder_of_what_was_delegated_goes_on)
{
    start("2023-01-09", "2023-01-31");
    delegate(1, "school", "alone");
    at("2023-02-01", 9);
    cr_assert_eq(assignment()->phase, PHASE_OVERDUE);
    cr_assert_eq(assignment()->state, ASSIGNMENT_DELEGATED);
    cr_assert_eq(letters_of(LETTER_OVERDUE, "school"), 1);
}

Test(families, nobody_delegates_to_itself_or_upwards)
{
    start("2023-01-09", "2023-03-31");
    struct assignment_command c = command(ACTION_DELEGATE, "school");
    static const char *const wrong[] = {"school", "district", "region", "inspector"};
    for (size_t i = 0; i < sizeof wrong / sizeof wrong[0]; i++) {
        c.to = bytes_of(wrong[i]);
        assert_refuses(&c, ERROR_REFUSED, "or is above");
    }
    c.to = bytes_of("nobody");
    assert_refuses(&c, ERROR_INVALID, "nobody");
    uint32_t child = delegate(1, "school", "alone");
    c = fixture_command(id, child, ACTION_DELEGATE, "alone");
    c.to = bytes_of("school");
    assert_refuses(&c, ERROR_REFUSED, "\"Школа\"");
}

Test(families, a_child_ends_before_the_whole_or_with_it)
{
    start("2023-01-09", "2023-01-12");
    struct assignment_command c = command(ACTION_DELEGATE, "school");
    c.day = day_of("2023-01-13");
    assert_refuses(&c, ERROR_INVALID, "2023-01-12");
    c.day = day_of("2023-01-08");
    assert_refuses(&c, ERROR_INVALID, "2023-01-12");
    uint32_t child = delegate(1, "school", "alone");
    cr_assert_eq(assignment_of(child)->to, day_of("2023-01-12"), "three days before is over");
    c = fixture_command(id, child, ACTION_ASK, "alone");
    c.day = day_of("2023-01-20");
    assert_refuses(&c, ERROR_CONFLICT, "2023-01-12");
}

/* Its own calendar has the last day of the whole off, and the policy goes on from there. */
Test(families, a_day_off_does_not_lead_a_child_behind_the_whole)
{
    fixture_deploy("document: {kind: policy, name: default, version: '2'}\n"
                   "at: '09:00'\nsoon: 3\nshift: {to: next, source: s}\nladder: []\n");
    fixture_deploy("document: {kind: calendar, name: rest, version: '1'}\nweek: five-day\n"
                   "holidays: [{day: 03-31, title: R}]\n");
    fixture_deploy("document: {kind: bodies, name: far, version: '1'}\n"
                   "timezone: Europe/Moscow\nbodies: [{id: camp, name: C, calendar: rest}]\n");
    start("2023-01-09", "2023-03-31"); /* a Friday */
    struct assignment_command c = command(ACTION_DELEGATE, "school");
    c.to = bytes_of("camp");
    c.day = day_of("2023-03-31");
    give(&c);
    uint32_t child = assignment()->child;
    cr_assert_eq(assignment_of(child)->to, day_of("2023-03-31"));
    cr_assert_eq(assignment_of(child)->terms[0].to, day_of("2023-03-31"));
    at("2023-04-01", 9);
    cr_assert_eq(assignment_of(child)->phase, PHASE_OVERDUE, "its ladder ends then too");
    fixture_assert_replay();
}

Test(families, an_overdue_assignment_is_delegated_as_overdue)
{
    start("2023-01-09", "2023-01-12");
    at("2023-01-20", 12);
    uint32_t child = delegate(1, "school", "alone");
    cr_assert_eq(assignment_of(child)->to, day_of("2023-01-12"));
    cr_assert_eq(assignment_of(child)->phase, PHASE_OVERDUE);
    fixture_assert_replay();
}

Test(families, a_child_is_moved_with_a_term_that_gets_shorter)
{
    start("2023-01-09", "2023-03-31");
    uint32_t child = delegate(1, "school", "alone");
    struct assignment_command c = command(ACTION_MOVE, "inspector");
    c.day = day_of("2023-02-10");
    give(&c);
    cr_assert_eq(assignment_of(child)->to, day_of("2023-02-10"));
    c.day = day_of("2023-02-28");
    give(&c);
    cr_assert_eq(assignment_of(child)->to, day_of("2023-02-10"), "and not with a longer one");
    fixture_assert_replay();
}

Test(families, delegations_end_at_their_limit)
{
    char yaml[4096] = "document: {kind: bodies, name: deep, version: '1'}\n"
                      "timezone: Europe/Moscow\nbodies:\n";
    char by[8];
    char to[8];
    uint32_t seq = 1;

    for (unsigned i = 0; i <= LIMIT_DELEGATIONS + 1; i++) {
        snprintf(yaml + strlen(yaml), sizeof yaml - strlen(yaml), "  - {id: b%u, name: B}\n", i);
    }
    fixture_deploy(yaml);
    id = fixture_start("ask", "{\"responsible\":\"b0\",\"controller\":\"inspector\"," DUE "}");
    for (unsigned i = 0; i < LIMIT_DELEGATIONS; i++) {
        snprintf(by, sizeof by, "b%u", i);
        snprintf(to, sizeof to, "b%u", i + 1);
        seq = delegate(seq, by, to);
    }
    struct assignment_command c = fixture_command(id, seq, ACTION_DELEGATE, to);
    c.to = bytes_of("b9");
    assert_refuses(&c, ERROR_TOO_LARGE, "8");
    act(ACTION_WITHDRAW, "inspector");
    cr_assert_eq(fixture_count(RECORD_ASSIGNMENT_WITHDRAWN), LIMIT_DELEGATIONS + 1);
    fixture_assert_replay();
}

/* As `verify` does it: between any two records. */
static void read_back(const struct instance *instance, const struct record *record)
{
    struct buffer text = BUFFER_INIT;
    struct instance *back;

    if (instance != NULL) {
        instance_encode(instance, &text);
        cr_assert(instance_decode(&fx.arena, instance->id, buffer_bytes(&text), &back, &fx.err),
                  "after %s: %s", record_kind_name(record->kind), fx.err.text);
    }
    buffer_fini(&text);
}

Test(families, an_instance_can_be_read_after_each_of_its_records)
{
    fx.watch = read_back;
    start("2023-01-09", "2023-03-31");
    uint32_t child = delegate(1, "school", "alone");
    delegate(child, "alone", "school2");
    act(ACTION_PAUSE, "inspector");
    act(ACTION_RESUME, "inspector");
    act(ACTION_WITHDRAW, "inspector");
    fx.watch = NULL;
}

/* --- its end --------------------------------------------------------------------------------- */

Test(families, an_accepted_child_gives_its_report_to_the_whole)
{
    start("2023-01-09", "2023-03-31");
    uint32_t child = delegate(1, "school", "alone");
    assert_refused(ACTION_REPORT, "school", ERROR_CONFLICT);
    struct assignment_command c = fixture_command(id, child, ACTION_REPORT, "alone");
    c.report = bytes_of("{\"text\":\"сделано\"}");
    give(&c);
    cr_assert_eq(letters_of(LETTER_REPORTED, "school"), 1);
    act_on(child, ACTION_ACCEPT, "school");
    cr_assert_eq(fixture_task(id, child)->state, TASK_CLOSED);
    cr_assert(assignment()->state == ASSIGNMENT_OPEN && assignment()->child == 0);
    cr_assert_null(fixture_find(id, TASK_CALL), "it is beside the flow");
    c = command(ACTION_REPORT, "school");
    c.report.size = 0;
    give(&c);
    cr_assert(text_is(assignment()->report, "{\"text\":\"сделано\"}"));
    act(ACTION_REPORT, "district");
    act(ACTION_ACCEPT, "inspector");
    cr_assert_not_null(fixture_find(id, TASK_CALL));
    fixture_assert_replay();
}

Test(families, a_withdrawn_child_gives_the_work_back)
{
    start("2023-01-09", "2023-03-31");
    uint32_t child = delegate(1, "school", "alone");
    cr_assert_not(fixture_assign(id, child, ACTION_WITHDRAW, "alone"));
    act_on(child, ACTION_WITHDRAW, "school");
    cr_assert_eq(assignment_of(child)->state, ASSIGNMENT_WITHDRAWN);
    cr_assert_eq(letters_of(LETTER_WITHDRAWN, "alone"), 1);
    cr_assert_eq(assignment()->state, ASSIGNMENT_OPEN);
    delegate(1, "school", "school2");
    fixture_assert_replay();
}

Test(families, a_planned_assignment_comes_back_planned)
{
    start("2023-02-01", "2023-03-31");
    uint32_t child = delegate(1, "school", "alone");
    cr_assert_eq(assignment_of(child)->state, ASSIGNMENT_OPEN, "its own window begins today");
    act_on(child, ACTION_WITHDRAW, "school");
    cr_assert_eq(assignment()->state, ASSIGNMENT_PLANNED);
}

Test(families, what_is_withdrawn_takes_its_children_with_it)
{
    start("2023-01-09", "2023-03-31");
    uint32_t child = delegate(1, "school", "alone");
    uint32_t grandchild = delegate(child, "alone", "school2");
    act(ACTION_WITHDRAW, "inspector");
    cr_assert_eq(assignment_of(child)->state, ASSIGNMENT_WITHDRAWN);
    cr_assert_eq(assignment_of(grandchild)->state, ASSIGNMENT_WITHDRAWN);
    cr_assert_not_null(fixture_find(id, TASK_CALL), "the flow goes on once");
    size_t records = fx.record_count;
    at("2023-06-01", 9);
    cr_assert_eq(fx.record_count, records, "what is closed announces nothing");
    fixture_assert_replay();
}

Test(families, a_cancelled_instance_takes_its_children_with_it)
{
    start("2023-01-09", "2023-03-31");
    uint32_t child = delegate(1, "school", "alone");
    cr_assert(decide_cancel(&fx.world, id, bytes_of("план отменён"), &fx.err));
    cr_assert_eq(assignment_of(child)->state, ASSIGNMENT_WITHDRAWN);
    cr_assert_eq(assignment()->child, 0);
    fixture_turn();
    fixture_assert_replay();
}

Test(families, a_scope_that_is_given_up_takes_children_with_it)
{
    fixture_deploy(HEAD("scoped") "  - d:\n"
                                  "      do:\n"
                                  "        - a: {call: assignment, with: {title: t, responsible: "
                                  "[school], due: {from: 2023-01-09, to: 2023-03-31}}}\n"
                                  "      timeout: {after: P1D}\n"
                                  "  - then: {call: work.after}\n");
    id = fixture_start("scoped", "{}");
    uint32_t seq = fixture_find(id, TASK_ASSIGNMENT)->seq;
    uint32_t child = delegate(seq, "school", "alone");
    cr_assert(decide_skip(&fx.world, id, 1, bytes_of("не нужно"), bytes_of("{}"), &fx.err));
    cr_assert_eq(assignment_of(child)->state, ASSIGNMENT_WITHDRAWN);
    cr_assert_eq(fixture_task(id, child)->parent, 0);
    cr_assert_not_null(fixture_find(id, TASK_CALL));
    fixture_turn();
    fixture_assert_replay();
}

Test(families, a_step_that_is_over_its_time_takes_children_with_it)
{
    fixture_deploy(HEAD("timed") "  - t:\n"
                                 "      try:\n"
                                 "        - a:\n"
                                 "            call: assignment\n"
                                 "            with: {title: t, responsible: [school],\n"
                                 "                   due: {from: 2023-01-09, to: 2023-03-31}}\n"
                                 "            timeout: {after: PT3H}\n"
                                 "      catch: {errors: {with: {type: "
                                 "'https://serverlessworkflow.io/spec/1.0.0/errors/timeout'}}}\n"
                                 "  - then: {call: work.after}\n");
    id = fixture_start("timed", "{}");
    uint32_t seq = fixture_find(id, TASK_ASSIGNMENT)->seq;
    uint32_t child = delegate(seq, "school", "alone");
    at("2023-01-09", 13);
    cr_assert_eq(assignment_of(child)->state, ASSIGNMENT_WITHDRAWN);
    cr_assert_not_null(fixture_find(id, TASK_CALL));
    fixture_assert_replay();
}

Test(families, a_suspended_instance_stands_with_its_children)
{
    start("2023-01-09", "2023-01-31");
    uint32_t child = delegate(1, "school", "alone");
    cr_assert(decide_suspend(&fx.world, id, bytes_of("x"), &fx.err));
    at("2023-02-10", 12);
    cr_assert_eq(assignment_of(child)->phase, PHASE_OPEN);
    act_on(child, ACTION_REPORT, "alone");
    act_on(child, ACTION_ACCEPT, "school");
    cr_assert_eq(assignment()->state, ASSIGNMENT_OPEN, "people may act");
    cr_assert(decide_resume(&fx.world, id, &fx.err));
    fixture_timers();
    cr_assert_eq(assignment()->phase, PHASE_OVERDUE);
    fixture_assert_replay();
}

Test(families, an_instance_with_children_moves_to_another_version)
{
    fixture_deploy(HEAD("vary") "  - a: {call: assignment, with: {title: t, responsible: "
                                "[school], due: {from: 2023-01-09, to: 2023-03-31}}}\n");
    id = fixture_start("vary", "{}");
    uint32_t child = delegate(1, "school", "alone");
    fixture_deploy(HEAD("vary") "  - before: {set: {x: 1}}\n"
                                "  - a: {call: assignment, with: {title: t, responsible: "
                                "[school], due: {from: 2023-01-09, to: 2023-03-31}}}\n");
    const struct definition *d = catalog_find(fx.catalog, DEFINITION_WORKFLOW, "vary");
    cr_assert(decide_migrate(&fx.world, id, d, &fx.err), "%s", fx.err.text);
    cr_assert_eq(fixture_task(id, child)->step, 1);
    act_on(child, ACTION_WITHDRAW, "school");
    fixture_turn();
    fixture_assert_replay();
}
