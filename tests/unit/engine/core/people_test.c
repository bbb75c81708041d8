/* people_test.c - assignments are opened, and time does its steps */
#include "people_fixture.h"

#include "base/limits.h"

#include <criterion/criterion.h>
#include <stdio.h>
#include <string.h>

TestSuite(people, .init = people_fixture_init, .fini = fixture_fini);

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

/* --- the instance around it ------------------------------------------------------------------ */

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
    for (uint32_t seq = 1; seq <= 79; seq += 2) { /* between them the letters that tell of it */
        cr_assert(fixture_assign(id, seq, ACTION_REPORT, "school"), "%u", seq);
        cr_assert(fixture_assign(id, seq, ACTION_ACCEPT, "district"));
    }
    cr_assert_eq(fixture_get(id)->state, INSTANCE_COMPLETED);
    uint32_t closed = 0;
    for (uint32_t i = 0; i < fixture_get(id)->task_count; i++) {
        closed += fixture_get(id)->tasks[i].state == TASK_CLOSED;
    }
    cr_assert_eq(closed, 32);
    cr_assert_null(instance_find_task(fixture_get(id), 15), "the oldest went");
    cr_assert_not_null(instance_find_task(fixture_get(id), 17));
    fixture_assert_replay();
}
