/* people_hands_test.c - deputies, and another responsible body */
#include "people_fixture.h"

#include <criterion/criterion.h>
#include <string.h>

TestSuite(hands, .init = people_fixture_init, .fini = fixture_fini);

/* The school is away from 16 to 20 January, the inspector on the 18th and 19th. */
static void deploy_absences(void)
{
    fixture_deploy("document: {kind: bodies, name: test, version: '2'}\n"
                   "timezone: Europe/Moscow\n"
                   "bodies:\n"
                   "  - {id: region, name: Регион}\n"
                   "  - {id: committee, name: Комитет, parent: region}\n"
                   "  - {id: district, name: Район, parent: committee}\n"
                   "  - id: school\n"
                   "    name: Школа\n"
                   "    parent: district\n"
                   "    deputy: alone\n"
                   "    absences:\n"
                   "      - {from: 2023-01-16, to: 2023-01-20, deputy: school2, reason: отпуск}\n"
                   "  - {id: school2, name: Школа вторая, parent: district}\n"
                   "  - {id: alone, name: Сам по себе}\n"
                   "  - {id: chief, name: Начальник}\n"
                   "  - id: inspector\n"
                   "    name: Контроль\n"
                   "    parent: chief\n"
                   "    absences: [{from: 2023-01-18, to: 2023-01-19, deputy: kld}]\n"
                   "  - {id: kld, name: Калининград}\n");
}

/* --- deputies -------------------------------------------------------------------------------- */

Test(hands, work_is_handed_over_when_an_absence_begins_and_back_at_its_end)
{
    deploy_absences();
    start("2023-01-09", "2023-01-31");
    assert_refused(ACTION_ASK, "school2", ERROR_REFUSED);
    at("2023-01-16", 0);
    const struct assignment *a = assignment();
    cr_assert_eq(a->acting_count, 1);
    cr_assert(text_is(a->acting[0].body, "school") && text_is(a->acting[0].deputy, "school2"));
    cr_assert_eq(a->acting[0].until, day_of("2023-01-20"));
    cr_assert_eq(letters_of(LETTER_HANDED_OVER, "school2"), 1);
    act(ACTION_ASK, "school2");
    cr_assert(text_is(assignment()->extension.by, "school2"), "history shows who acted");
    at("2023-01-20", 23);
    cr_assert_eq(assignment()->acting_count, 1);
    at("2023-01-21", 0);
    cr_assert_eq(assignment()->acting_count, 0);
    cr_assert_eq(letters_of(LETTER_HANDED_BACK, "school"), 1);
    fixture_assert_replay();
}

static void last_letter_says_done(const char *expected)
{
    json_t *n = json_of(fixture_last(RECORD_TASK_OPENED)->data);
    const char *done = json_string_value(json_object_get(n, "done"));

    cr_assert_str_eq(done != NULL ? done : "not yet", expected);
    json_decref(n);
}

Test(hands, who_is_back_is_told_that_the_deputy_has_reported)
{
    deploy_absences();
    start("2023-01-09", "2023-01-31");
    at("2023-01-16", 0);
    last_letter_says_done("not yet");
    act(ACTION_REPORT, "school2");
    at("2023-01-21", 0);
    cr_assert_eq(letters_of(LETTER_HANDED_BACK, "school"), 1);
    last_letter_says_done("reported");
}

Test(hands, who_is_absent_already_has_a_deputy_from_the_start)
{
    deploy_absences();
    fixture_now("2023-01-17", 9 * 60);
    start("2023-01-17", "2023-01-31");
    fixture_timers();
    cr_assert_eq(assignment()->acting_count, 1);
    cr_assert_eq(letters_of(LETTER_OPENED, "school2"), 1);
    cr_assert_eq(letters_of(LETTER_OPENED, "school"), 0);
}

Test(hands, a_controller_is_deputized_while_a_report_waits)
{
    deploy_absences();
    start("2023-01-09", "2023-01-31");
    act(ACTION_REPORT, "school");
    at("2023-01-18", 0);
    assert_refused(ACTION_ACCEPT, "school2", ERROR_REFUSED);
    act(ACTION_RETURN, "kld");
    cr_assert(text_is(fixture_last(RECORD_ASSIGNMENT_RETURNED)->text, "kld"));
    cr_assert_eq(fixture_last(RECORD_ASSIGNMENT_RETURNED)->parent, 1, "for the inspector");
    json_t *n = json_of(fixture_last(RECORD_TASK_OPENED)->data);
    cr_assert_str_eq(json_string_value(json_object_get(json_object_get(n, "by_for"), "id")),
                     "inspector");
    json_decref(n);
    at("2023-01-20", 0);
    assert_refused(ACTION_MOVE, "kld", ERROR_REFUSED);
    at("2023-01-31", 9);
    cr_assert_eq(letters_of(LETTER_TODAY, "school"), 1, "the ladder is whole again");
    fixture_assert_replay();
}

Test(hands, a_deputy_comes_before_the_letters_that_a_report_holds_back)
{
    deploy_absences();
    start("2023-01-09", "2023-01-17");
    act(ACTION_REPORT, "school");
    at("2023-01-19", 12);
    cr_assert_eq(assignment()->phase, PHASE_SOON, "as it was when it was reported");
    cr_assert_eq(letters_of(LETTER_OVERDUE, NULL), 0);
    cr_assert_eq(assignment()->acting_count, 2, "the school and the inspector are away");
    act(ACTION_RETURN, "kld");
    cr_assert_eq(assignment()->phase, PHASE_OVERDUE);
    fixture_assert_replay();
}

Test(hands, deputies_come_and_go_while_the_clock_stands)
{
    deploy_absences();
    start("2023-01-09", "2023-01-31");
    act(ACTION_PAUSE, "inspector");
    at("2023-01-19", 12);
    cr_assert_eq(assignment()->acting_count, 2);
    act(ACTION_RESUME, "kld");
    at("2023-01-21", 12);
    cr_assert_eq(assignment()->acting_count, 0);
    cr_assert_eq(assignment()->state, ASSIGNMENT_OPEN);
    fixture_assert_replay();
}

Test(hands, an_absence_that_is_taken_out_of_the_documents_hands_nothing_over)
{
    deploy_absences();
    start("2023-01-09", "2023-01-31");
    fixture_deploy("document: {kind: bodies, name: test, version: '3'}\n"
                   "timezone: Europe/Moscow\n"
                   "bodies:\n"
                   "  - {id: school, name: Школа}\n"
                   "  - {id: district, name: Район}\n"
                   "  - {id: region, name: Регион}\n"
                   "  - {id: inspector, name: Контроль}\n");
    at("2023-01-17", 12);
    cr_assert_eq(assignment()->acting_count, 0);
    cr_assert_eq(letters_of(LETTER_HANDED_OVER, NULL), 0);
    fixture_assert_replay();
}

/* --- reassigning ----------------------------------------------------------------------------- */

Test(hands, who_had_it_by_delegation_and_becomes_responsible_gets_one_letter)
{
    start("2023-01-09", "2023-03-31");
    struct assignment_command c = command(ACTION_DELEGATE, "school");
    c.to = bytes_of("alone");
    give(&c);
    uint32_t child = assignment()->child;
    act(ACTION_REASSIGN, "inspector");
    cr_assert_eq(letters_of(LETTER_WITHDRAWN, "alone"), 0);
    cr_assert_eq(letters_of(LETTER_REASSIGNED, "alone"), 1);
    cr_assert_eq(assignment_of(child)->state, ASSIGNMENT_WITHDRAWN);
    fixture_assert_replay();
}

Test(hands, another_body_becomes_responsible)
{
    start("2023-01-09", "2023-01-31");
    at("2023-01-20", 12);
    act(ACTION_ASK, "school");
    act(ACTION_REASSIGN, "inspector");
    const struct assignment *a = assignment();
    cr_assert(text_is(a->people[0], "alone") && a->people_count == 2);
    cr_assert_eq(a->extension.by.size, 0, "who asked has nothing to ask for any more");
    cr_assert_eq(a->phase, PHASE_OPEN);
    cr_assert_eq(letters_of(LETTER_REASSIGNED, "school"), 1);
    cr_assert_eq(letters_of(LETTER_REASSIGNED, "alone"), 1);
    assert_refused(ACTION_REPORT, "school", ERROR_REFUSED);
    at("2023-01-28", 9);
    cr_assert_eq(letters_of(LETTER_REMINDER, "alone"), 1, "the ladder is the new one's");
    fixture_assert_replay();
}

Test(hands, a_co_executor_that_becomes_responsible_owes_no_part)
{
    id = fixture_start("ask", "{\"responsible\":[\"school\"],\"co_executors\":[\"district\","
                              "{\"body\":\"region\",\"to\":\"2023-01-17\"}],"
                              "\"controller\":\"inspector\"," DUE "}");
    struct assignment_command c = command(ACTION_REASSIGN, "inspector");
    c.to = bytes_of("district");
    give(&c);
    const struct assignment *a = assignment();
    cr_assert_eq(a->people_count, 2);
    cr_assert(text_is(a->people[0], "district") && text_is(a->people[1], "region"));
    cr_assert_eq(assignment_open_parts(a), 1);
    for (uint32_t i = 0; i < a->step_count; i++) {
        cr_assert(a->steps[i].person < 2 || a->steps[i].person == PERSON_CONTROLLER);
    }
    fixture_turn();
    fixture_assert_replay();
}

Test(hands, work_is_not_reassigned_to_who_has_it_or_controls_it)
{
    start("2023-01-09", "2023-01-31");
    struct assignment_command c = command(ACTION_REASSIGN, "inspector");
    c.to = bytes_of("school");
    assert_refuses(&c, ERROR_CONFLICT, "already");
    c.to = bytes_of("inspector");
    assert_refuses(&c, ERROR_REFUSED, "controls");
    c.to = bytes_of("nobody");
    assert_refuses(&c, ERROR_INVALID, "nobody");
    c.to.size = 0;
    assert_refuses(&c, ERROR_INVALID, "no body");
}

Test(hands, what_was_delegated_is_withdrawn_when_another_is_responsible)
{
    start("2023-01-09", "2023-01-31");
    act(ACTION_DELEGATE, "school");
    uint32_t child = assignment()->child;
    struct assignment_command c = command(ACTION_REASSIGN, "inspector");
    c.to = bytes_of("school2");
    give(&c);
    cr_assert_eq(assignment_of(child)->state, ASSIGNMENT_WITHDRAWN);
    cr_assert_eq(assignment()->state, ASSIGNMENT_OPEN);
    fixture_assert_replay();
}

#define RUNGS(to)                                                                                  \
    "document: {kind: policy, name: default, version: '2'}\n"                                      \
    "at: '09:00'\nsoon: 3\nladder:\n"                                                              \
    "  - remind: on the day\n"                                                                     \
    "  - {reassign: 2 days after, to: " to "}\n"                                                   \
    "  - {escalate: 5 days after, to: controller, critical: true}\n"

Test(hands, a_rung_gives_the_work_to_who_is_above)
{
    fixture_deploy(RUNGS("parent"));
    id =
        fixture_start("ask", "{\"responsible\":[\"school\"],\"controller\":\"inspector\"," DUE "}");
    at("2023-01-21", 9);
    cr_assert(text_is(assignment()->people[0], "school"));
    at("2023-01-23", 9);
    cr_assert(text_is(assignment()->people[0], "district"));
    cr_assert_eq(assignment()->phase, PHASE_OVERDUE);
    cr_assert_eq(fixture_count(RECORD_ASSIGNMENT_REASSIGNED), 1);
    at("2023-01-25", 9);
    cr_assert_eq(assignment()->phase, PHASE_CRITICAL);
    cr_assert_eq(letters_of(LETTER_ESCALATED, "inspector"), 1);
    at("2023-06-25", 9);
    cr_assert_eq(fixture_count(RECORD_ASSIGNMENT_REASSIGNED), 1, "once, and not up and up");
    fixture_assert_replay();
}

Test(hands, a_rung_does_not_give_the_work_to_who_controls_it)
{
    fixture_deploy(RUNGS("parent"));
    id = fixture_start("ask", "{\"responsible\":[\"school\"],\"controller\":\"district\"," DUE "}");
    at("2023-01-30", 9);
    cr_assert(text_is(assignment()->people[0], "school"));
    cr_assert_eq(fixture_count(RECORD_ASSIGNMENT_REASSIGNED), 0);
}

Test(hands, a_rung_gives_the_work_to_the_deputy)
{
    deploy_absences();
    fixture_deploy(RUNGS("deputy"));
    id =
        fixture_start("ask", "{\"responsible\":[\"school\"],\"controller\":\"inspector\"," DUE "}");
    at("2023-01-24", 9);
    cr_assert(text_is(assignment()->people[0], "alone"));
    fixture_assert_replay();
}

Test(hands, a_rung_that_finds_nobody_changes_nothing)
{
    fixture_deploy(RUNGS("parent"));
    id = fixture_start("ask", "{\"responsible\":[\"alone\"],\"controller\":\"inspector\"," DUE "}");
    at("2023-01-30", 9);
    cr_assert(text_is(assignment()->people[0], "alone"));
    cr_assert_eq(assignment()->phase, PHASE_CRITICAL);
    fixture_assert_replay();
}
