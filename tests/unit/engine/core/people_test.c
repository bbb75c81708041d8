/* people_test.c - assignments: their deadlines, and who may do what */
#include "fixture.h"

#include "base/limits.h"

#include <criterion/criterion.h>
#include <stdio.h>
#include <string.h>

#define HEAD(name) "document: {dsl: '1.0.3', namespace: test, name: " name ", version: '1'}\ndo:\n"

/* The input is what the assignment says, so that each test gives its own. */
static const char ask[] =
    HEAD("ask") "  - a:\n"
                "      call: assignment\n"
                "      with: {title: '${ .title }', responsible: '${ .responsible }',\n"
                "             co_executors: '${ .co_executors }', controller: '${ .controller }',\n"
                "             due: '${ .due }', policy: '${ .policy }'}\n"
                "  - then: {call: work.after}\n";

static uint64_t id;

static void set_up(void)
{
    fixture_init();
    fixture_deploy(ask);
}

TestSuite(people, .init = set_up, .fini = fixture_fini);

/* A window with responsible school, co-executor district, controller inspector. */
static struct assignment *start(const char *from, const char *to)
{
    char input[512];

    snprintf(input, sizeof input,
             "{\"title\":\"План\",\"responsible\":[\"school\",\"district\"],"
             "\"controller\":\"inspector\",\"due\":{\"from\":\"%s\",\"to\":\"%s\"}}",
             from, to);
    id = fixture_start("ask", input);
    cr_assert_not_null(fixture_task(id, 1)->assignment);
    return fixture_task(id, 1)->assignment;
}

static struct assignment *assignment(void)
{
    return fixture_task(id, 1)->assignment;
}

static void at(const char *day, int hour)
{
    fixture_now(day, hour * 60);
    fixture_timers();
}

static void assert_refused(enum assignment_action action, const char *by, enum error_code code)
{
    size_t records = fx.record_count;

    cr_assert_not(fixture_assign(id, 1, action, by), "%s", by);
    cr_assert_eq(fx.err.code, code, "%s: %s", by, fx.err.text);
    cr_assert_eq(fx.record_count, records, "a refusal writes nothing");
}

static void act(enum assignment_action action, const char *by)
{
    cr_assert(fixture_assign(id, 1, action, by), "%s", fx.err.text);
}

/* --- opening --------------------------------------------------------------------------------- */

Test(people, an_assignment_is_planned_until_its_window_begins)
{
    const struct assignment *a = start("2023-02-01", "2023-03-31");

    cr_assert(a->state == ASSIGNMENT_PLANNED && a->phase == PHASE_PLANNED);
    cr_assert_eq(fixture_task(id, 1)->at_ms, moscow_ms("2023-02-01", 540));
    cr_assert_eq(fixture_get(id)->task_count, 1, "no letter yet");
    at("2023-02-01", 9);
    cr_assert(assignment()->state == ASSIGNMENT_OPEN && assignment()->phase == PHASE_OPEN);
    cr_assert_eq(fixture_get(id)->task_count, 3, "a letter to each of the two");
    fixture_assert_replay();
}

Test(people, the_phases_come_one_by_one)
{
    static const struct {
        const char *day;
        int hour;
        enum phase phase;
    } way[] = {{"2023-03-20", 23, PHASE_OPEN},   {"2023-03-21", 0, PHASE_SOON},
               {"2023-03-30", 23, PHASE_SOON},   {"2023-03-31", 0, PHASE_TODAY},
               {"2023-03-31", 23, PHASE_TODAY},  {"2023-04-01", 0, PHASE_OVERDUE},
               {"2023-04-14", 8, PHASE_OVERDUE}, {"2023-04-14", 9, PHASE_CRITICAL}};

    start("2023-01-09", "2023-03-31");
    for (size_t i = 0; i < sizeof way / sizeof way[0]; i++) {
        at(way[i].day, way[i].hour);
        cr_assert_eq(assignment()->phase, way[i].phase, "%s", way[i].day);
        cr_assert_eq(assignment()->state, ASSIGNMENT_OPEN);
    }
    cr_assert_eq(fixture_task(id, 1)->at_ms, 0, "the ladder ends");
    fixture_assert_replay();
}

Test(people, an_assignment_made_after_its_window_is_overdue_at_once)
{
    const struct assignment *a = start("2022-11-01", "2023-01-07");

    cr_assert(a->state == ASSIGNMENT_OPEN && a->phase == PHASE_OVERDUE);
    cr_assert_eq(fixture_count(RECORD_TASK_OPENED), 1 + 2 + 1,
                 "the assignment, one letter to each of two, one above");
}

Test(people, the_due_day_ends_in_the_zone_of_the_body)
{
    id = fixture_start("ask", "{\"title\":\"t\",\"responsible\":[\"kam\"],"
                              "\"due\":{\"from\":\"2023-01-09\",\"to\":\"2023-01-20\"}}");
    at("2023-01-20", 14); /* 23:00 in Petropavlovsk */
    cr_assert_eq(assignment()->phase, PHASE_TODAY);
    at("2023-01-20", 15);
    cr_assert_eq(assignment()->phase, PHASE_OVERDUE);
    id = fixture_start("ask", "{\"title\":\"t\",\"responsible\":[\"kld\"],"
                              "\"due\":{\"from\":\"2023-01-09\",\"to\":\"2023-01-20\"}}");
    at("2023-01-21", 0); /* 23:00 in Kaliningrad */
    cr_assert_eq(assignment()->phase, PHASE_TODAY);
    at("2023-01-21", 1);
    cr_assert_eq(assignment()->phase, PHASE_OVERDUE);
}

static void assert_incident(const char *input, const char *word)
{
    id = fixture_start("ask", input);
    const struct task *task = fixture_task(id, 1);
    cr_assert_eq(task->state, TASK_INCIDENT, "%s", input);
    cr_assert_null(task->assignment);
    json_t *problem = json_of(task->problem);
    const char *detail = json_string_value(json_object_get(problem, "detail"));
    cr_assert_not_null(strstr(detail, word), "%s: %s", word, detail);
    json_decref(problem);
}

#define DUE "\"due\":{\"from\":\"2023-01-09\",\"to\":\"2023-01-20\"}"

Test(people, an_assignment_that_makes_no_sense_waits_for_an_operator)
{
    assert_incident("{\"responsible\":[\"nobody\"]," DUE "}", "nobody");
    assert_incident("{\"responsible\":[]," DUE "}", "needs a responsible");
    assert_incident("{" DUE "}", "needs a responsible");
    assert_incident("{\"responsible\":[7]," DUE "}", "names of bodies");
    assert_incident("{\"responsible\":\"school\"}", "due.from");
    assert_incident("{\"responsible\":\"school\",\"due\":{\"from\":\"2023-01-09\"}}", "due.to");
    assert_incident("{\"responsible\":\"school\",\"due\":{\"from\":\"2023-02-30\",\"to\":1}}",
                    "due.from");
    assert_incident("{\"responsible\":\"school\",\"due\":{\"from\":\"2023-02-02\","
                    "\"to\":\"2023-02-01\"}}",
                    "ends before");
    assert_incident("{\"responsible\":\"school\",\"controller\":\"nobody\"," DUE "}", "nobody");
    assert_incident("{\"responsible\":\"school\",\"controller\":5," DUE "}", "controller");
    assert_incident("{\"responsible\":\"school\",\"policy\":\"none\"," DUE "}", "none");
}

Test(people, an_incident_is_mended_by_an_edited_input)
{
    assert_incident("{\"responsible\":[\"nobody\"]," DUE "}", "nobody");
    cr_assert(
        decide_retry(&fx.world, id, 1, bytes_of("{\"responsible\":[\"still\"]," DUE "}"), &fx.err));
    cr_assert_eq(fixture_task(id, 1)->state, TASK_INCIDENT);
    cr_assert(decide_retry(&fx.world, id, 1, bytes_of("{\"responsible\":[\"school\"]," DUE "}"),
                           &fx.err));
    cr_assert_eq(fixture_task(id, 1)->state, TASK_WAITING);
    cr_assert_eq(fixture_task(id, 1)->problem.size, 0);
    cr_assert_eq(assignment()->state, ASSIGNMENT_OPEN);
    fixture_assert_replay();
}

Test(people, a_body_named_twice_takes_part_once)
{
    id = fixture_start("ask", "{\"responsible\":[\"school\",\"district\",\"school\"],"
                              "\"co_executors\":[\"district\",\"region\"]," DUE "}");
    cr_assert_eq(assignment()->people_count, 3);
    cr_assert(text_is(assignment()->people[0], "school"));
    cr_assert(text_is(assignment()->people[2], "region"));
}

Test(people, co_executors_end_at_their_limit)
{
    char yaml[16384] = "document: {kind: bodies, name: many, version: '1'}\n"
                       "timezone: Europe/Moscow\nbodies:\n";
    char names[8192] = "";

    for (unsigned i = 0; i <= LIMIT_CO_EXECUTORS + 1; i++) {
        snprintf(yaml + strlen(yaml), sizeof yaml - strlen(yaml), "  - {id: m%u, name: M}\n", i);
    }
    fixture_deploy(yaml);
    for (unsigned count = LIMIT_CO_EXECUTORS + 1; count <= LIMIT_CO_EXECUTORS + 2; count++) {
        char input[16384];
        names[0] = '\0';
        for (unsigned i = 0; i < count; i++) {
            snprintf(names + strlen(names), sizeof names - strlen(names), "%s\"m%u\"", i ? "," : "",
                     i);
        }
        snprintf(input, sizeof input, "{\"responsible\":[%s]," DUE "}", names);
        id = fixture_start("ask", input);
        cr_assert_eq(fixture_task(id, 1)->state,
                     count == LIMIT_CO_EXECUTORS + 1 ? TASK_WAITING : TASK_INCIDENT);
    }
}

/* --- reporting ------------------------------------------------------------------------------- */

Test(people, an_accepted_report_is_the_output_of_the_step)
{
    start("2023-01-09", "2023-03-31");
    at("2023-02-20", 12);
    act(ACTION_REPORT, "school");
    cr_assert_eq(assignment()->state, ASSIGNMENT_REPORTED);
    cr_assert_eq(fixture_task(id, 1)->at_ms, 0, "a report stops the ladder");
    at("2023-04-20", 12);
    cr_assert_eq(assignment()->phase, PHASE_OPEN);
    act(ACTION_ACCEPT, "inspector");
    cr_assert_eq(assignment()->state, ASSIGNMENT_ACCEPTED);
    cr_assert_eq(fixture_task(id, 1)->state, TASK_CLOSED);
    cr_assert_eq(fixture_find(id, TASK_CALL)->step, 1);

    json_t *output = json_of(fixture_get(id)->data);
    cr_assert_str_eq(json_string_value(json_object_get(output, "outcome")), "met");
    cr_assert_str_eq(json_string_value(json_object_get(output, "by")), "school");
    cr_assert_str_eq(json_string_value(json_object_get(output, "accepted_by")), "inspector");
    cr_assert_str_eq(json_string_value(json_object_get(output, "reported")), "2023-02-20");
    const json_t *report = json_object_get(output, "report");
    cr_assert_str_eq(json_string_value(json_object_get(report, "number")), "12-р");
    json_decref(output);
    fixture_assert_replay();
}

Test(people, a_report_on_the_last_evening_is_in_time_and_the_day_after_is_late)
{
    static const char *const days[] = {"2023-03-31", "2023-04-01"};
    static const char *const outcomes[] = {"met", "met-late"};

    for (int i = 0; i < 2; i++) {
        fixture_now("2023-01-09", 540);
        start("2023-01-09", "2023-03-31");
        fixture_now(days[i], i == 0 ? 1439 : 0);
        fixture_timers();
        act(ACTION_REPORT, "school");
        act(ACTION_ACCEPT, "inspector");
        json_t *output = json_of(fixture_get(id)->data);
        cr_assert_str_eq(json_string_value(json_object_get(output, "outcome")), outcomes[i]);
        json_decref(output);
    }
}

Test(people, a_report_before_the_window_opens_nothing)
{
    start("2023-05-01", "2023-05-31");
    act(ACTION_REPORT, "school");
    at("2023-06-30", 12);
    cr_assert(assignment()->state == ASSIGNMENT_REPORTED && assignment()->phase == PHASE_PLANNED);
    cr_assert_eq(fixture_get(id)->task_count, 1, "and writes nothing");
}

Test(people, only_who_takes_part_reports)
{
    start("2023-01-09", "2023-03-31");
    assert_refused(ACTION_REPORT, "school2", ERROR_REFUSED);
    assert_refused(ACTION_REPORT, "inspector", ERROR_REFUSED);
    assert_refused(ACTION_REPORT, "", ERROR_REFUSED);
    assert_refused(ACTION_REPORT, "schoo", ERROR_REFUSED);
    act(ACTION_REPORT, "district");
    assert_refused(ACTION_REPORT, "school", ERROR_CONFLICT);
}

Test(people, only_the_controller_decides)
{
    start("2023-01-09", "2023-03-31");
    assert_refused(ACTION_ACCEPT, "inspector", ERROR_CONFLICT);
    assert_refused(ACTION_RETURN, "inspector", ERROR_CONFLICT);
    act(ACTION_REPORT, "school");
    assert_refused(ACTION_ACCEPT, "district", ERROR_REFUSED);
    assert_refused(ACTION_RETURN, "region", ERROR_REFUSED);
    assert_refused(ACTION_WITHDRAW, "district", ERROR_REFUSED);
    act(ACTION_ACCEPT, "inspector");
    assert_refused(ACTION_ACCEPT, "inspector", ERROR_NOT_FOUND);
}

Test(people, nobody_decides_about_their_own_report)
{
    id = fixture_start("ask", "{\"responsible\":[\"school\",\"district\"],"
                              "\"controller\":\"school\"," DUE "}");
    act(ACTION_REPORT, "school");
    assert_refused(ACTION_ACCEPT, "school", ERROR_REFUSED);
    assert_refused(ACTION_RETURN, "school", ERROR_REFUSED);
    id = fixture_start("ask", "{\"responsible\":[\"school\",\"district\"]," DUE "}");
    act(ACTION_REPORT, "school");
    assert_refused(ACTION_ACCEPT, "school", ERROR_REFUSED);
    act(ACTION_ACCEPT, "district"); /* without a controller anybody else decides */
}

Test(people, who_is_above_the_controller_decides_in_its_place)
{
    id = fixture_start("ask", "{\"responsible\":[\"inspector\"],"
                              "\"controller\":\"inspector\"," DUE "}");
    act(ACTION_REPORT, "inspector");
    assert_refused(ACTION_ACCEPT, "inspector", ERROR_REFUSED);
    assert_refused(ACTION_ACCEPT, "region", ERROR_REFUSED);
    act(ACTION_RETURN, "chief");
    act(ACTION_REPORT, "inspector");
    act(ACTION_ACCEPT, "chief");
    cr_assert_eq(assignment()->state, ASSIGNMENT_ACCEPTED);
}

Test(people, returning_and_withdrawing_need_a_reason)
{
    start("2023-01-09", "2023-03-31");
    act(ACTION_REPORT, "school");
    for (enum assignment_action action = ACTION_RETURN; action <= ACTION_WITHDRAW; action++) {
        struct assignment_command c = {
            .instance = id, .task = 1, .action = action, .by = bytes_of("inspector")};
        cr_assert_not(decide_assignment(&fx.world, &c, &fx.err));
        cr_assert_eq(fx.err.code, ERROR_INVALID);
    }
}

Test(people, commands_to_what_is_no_open_assignment_are_refused)
{
    start("2023-01-09", "2023-03-31");
    uint32_t letter = fixture_find(id, TASK_NOTICE)->seq;
    cr_assert_not(fixture_assign(id, letter, ACTION_REPORT, "school"));
    cr_assert_eq(fx.err.code, ERROR_NOT_FOUND);
    cr_assert_not(fixture_assign(id, 99, ACTION_REPORT, "school"));
    cr_assert_eq(fx.err.code, ERROR_NOT_FOUND);
    cr_assert_not(fixture_assign(id + 9, 1, ACTION_REPORT, "school"));
    cr_assert_eq(fx.err.code, ERROR_NOT_FOUND);
}

/* --- returning, withdrawing ------------------------------------------------------------------ */

Test(people, a_returned_assignment_goes_on_where_its_ladder_stands)
{
    start("2023-01-09", "2023-03-31");
    at("2023-03-25", 12);
    act(ACTION_REPORT, "school");
    at("2023-03-29", 12);
    size_t opened = fixture_count(RECORD_TASK_OPENED);
    act(ACTION_RETURN, "inspector");
    cr_assert(assignment()->state == ASSIGNMENT_OPEN && assignment()->returns == 1);
    /* to both: returned, and the reminder of three days before, which was due meanwhile */
    cr_assert_eq(fixture_count(RECORD_TASK_OPENED), opened + 4);
    cr_assert_eq(fixture_task(id, 1)->at_ms, moscow_ms("2023-03-31", 0));
    at("2023-03-31", 0);
    cr_assert_eq(assignment()->phase, PHASE_TODAY);
    act(ACTION_REPORT, "district");
    act(ACTION_ACCEPT, "inspector");
    json_t *output = json_of(fixture_get(id)->data);
    cr_assert_eq(json_integer_value(json_object_get(output, "returns")), 1);
    cr_assert_str_eq(json_string_value(json_object_get(output, "by")), "district");
    json_decref(output);
    fixture_assert_replay();
}

Test(people, a_withdrawn_assignment_is_passed_with_its_reason)
{
    start("2023-01-09", "2023-03-31");
    act(ACTION_WITHDRAW, "inspector");
    cr_assert_eq(assignment()->state, ASSIGNMENT_WITHDRAWN);
    cr_assert_eq(fixture_task(id, 1)->state, TASK_CLOSED);
    cr_assert_eq(fixture_task(id, 1)->at_ms, 0);
    cr_assert(text_is(fixture_last(RECORD_TASK_SKIPPED)->text, "нет подписи"));
    cr_assert(
        text_is(fixture_last(RECORD_ASSIGNMENT_WITHDRAWN)->data, "{\"reason\":\"нет подписи\"}"));
    cr_assert(text_is(fixture_get(id)->data, "{\"outcome\":\"withdrawn\"}"));
    cr_assert_not_null(fixture_find(id, TASK_CALL), "the next step follows");
    size_t records = fx.record_count;
    at("2023-12-31", 12);
    cr_assert_eq(fx.record_count, records, "nothing is announced for what is closed");
    fixture_assert_replay();
}

Test(people, an_assignment_that_was_given_is_not_skipped)
{
    start("2023-01-09", "2023-03-31");
    cr_assert_not(decide_skip(&fx.world, id, 1, bytes_of("x"), (struct bytes){NULL, 0}, &fx.err));
    cr_assert_eq(fx.err.code, ERROR_CONFLICT);
    cr_assert_eq(assignment()->state, ASSIGNMENT_OPEN);
    fixture_assert_replay();
}

Test(people, a_suspended_assignment_does_not_climb_its_ladder)
{
    start("2023-01-09", "2023-03-31");
    act(ACTION_REPORT, "school");
    cr_assert(decide_suspend(&fx.world, id, bytes_of("x"), &fx.err));
    at("2023-04-02", 12);
    act(ACTION_RETURN, "inspector");
    cr_assert_eq(assignment()->phase, PHASE_OPEN, "people may act, time stands still");
    cr_assert(decide_resume(&fx.world, id, &fx.err));
    fixture_timers();
    cr_assert_eq(assignment()->phase, PHASE_OVERDUE);
    fixture_assert_replay();
}

Test(people, closed_assignments_are_remembered_to_a_limit)
{
    char yaml[16384] = HEAD("many");

    for (int i = 0; i < 40; i++) {
        snprintf(yaml + strlen(yaml), sizeof yaml - strlen(yaml),
                 "  - s%d: {call: assignment, with: {title: t, responsible: [school], "
                 "due: '${ .due }'}}\n",
                 i);
        /* its output has no due; the next one takes it from a `set` */
        snprintf(yaml + strlen(yaml), sizeof yaml - strlen(yaml),
                 "  - d%d: {set: {due: {from: '2024-01-01', to: '2024-01-02'}}}\n", i);
    }
    fixture_deploy(yaml);
    id = fixture_start("many", "{\"due\":{\"from\":\"2024-01-01\",\"to\":\"2024-01-02\"}}");
    for (uint32_t seq = 1; seq <= 40; seq++) {
        cr_assert(fixture_assign(id, seq, ACTION_REPORT, "school"), "%u", seq);
        cr_assert(fixture_assign(id, seq, ACTION_ACCEPT, "district"));
    }
    cr_assert_eq(fixture_get(id)->state, INSTANCE_COMPLETED);
    cr_assert_eq(fixture_get(id)->task_count, 32);
    cr_assert_null(instance_find_task(fixture_get(id), 8), "the oldest went");
    cr_assert_not_null(instance_find_task(fixture_get(id), 9));
    fixture_assert_replay();
}
