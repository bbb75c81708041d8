/* letters_test.c - who is written to, when, and what the letter says */
#include "fixture.h"

#include <criterion/criterion.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define HEAD(name) "document: {dsl: '1.0.3', namespace: test, name: " name ", version: '1'}\ndo:\n"

static const char ask[] =
    HEAD("ask") "  - a:\n"
                "      call: assignment\n"
                "      with: {title: '${ .title }', responsible: '${ .responsible }',\n"
                "             controller: '${ .controller }', due: '${ .due }',\n"
                "             policy: '${ .policy }', result: приказ, no: '1.4', plan: lo-2023,\n"
                "             due_phrase: до 31 марта}\n";

static uint64_t id;
static size_t seen;

static void set_up(void)
{
    fixture_init();
    fixture_deploy(ask);
    seen = 0;
}

TestSuite(letters, .init = set_up, .fini = fixture_fini);

static void start(const char *responsible, const char *controller, const char *policy)
{
    char input[512];

    snprintf(input, sizeof input,
             "{\"title\":\"План\",\"responsible\":%s,\"controller\":%s,\"policy\":\"%s\","
             "\"due\":{\"from\":\"2023-01-09\",\"to\":\"2023-03-31\"}}",
             responsible, controller, policy);
    id = fixture_start("ask", input);
}

/* "opened -81 school; reminder …": the letters since the last look, in their order. */
static const char *letters(void)
{
    static char text[4096];

    text[0] = '\0';
    for (; seen < fx.record_count; seen++) {
        const struct record *r = &fx.records[seen];
        if (r->kind != RECORD_TASK_OPENED || r->other != TASK_NOTICE) {
            continue;
        }
        json_t *n = json_of(r->data);
        const json_t *to = json_object_get(n, "to");
        snprintf(text + strlen(text), sizeof text - strlen(text), "%s%s %d %s", text[0] ? "; " : "",
                 json_string_value(json_object_get(n, "kind")),
                 (int)json_integer_value(json_object_get(n, "days")),
                 json_string_value(json_object_get(to, "id")));
        json_decref(n);
    }
    return text;
}

static const char *letters_at(const char *day, int hour)
{
    fixture_now(day, hour * 60);
    fixture_timers();
    return letters();
}

#define assert_letters(day, hour, expected) cr_assert_str_eq(letters_at(day, hour), expected)

Test(letters, each_rung_writes_once_to_each)
{
    start("[\"school\",\"district\"]", "\"inspector\"", "default");
    cr_assert_str_eq(letters(), "opened -81 school; opened -81 district");
    assert_letters("2023-03-21", 8, "");
    assert_letters("2023-03-21", 9, "reminder -10 school; reminder -10 district");
    assert_letters("2023-03-28", 8, "");
    assert_letters("2023-03-28", 9, "reminder -3 school; reminder -3 district");
    assert_letters("2023-03-31", 9, "today 0 school; today 0 district");
    assert_letters("2023-04-02", 9, "");
    assert_letters("2023-04-03", 9, "overdue 1 school; overdue 1 district; escalated 1 district");
    assert_letters("2023-04-05", 9, "escalated 5 committee");
    assert_letters("2023-04-14", 9, "escalated 14 inspector");
    assert_letters("2024-01-01", 9, "");
    fixture_assert_replay();
}

Test(letters, what_is_past_is_not_called_the_last_day)
{
    start("[\"school\"]", "\"inspector\"", "default");
    letters();
    /* the letter of the last day is due, that of the day after waits for Monday */
    assert_letters("2023-04-01", 8, "overdue 0 school");
    fixture_assert_replay();
}

Test(letters, after_down_time_each_gets_the_last_one)
{
    start("[\"school\"]", "\"inspector\"", "default");
    letters();
    assert_letters("2023-03-29", 12, "reminder -3 school");
    assert_letters("2023-05-01", 12,
                   "overdue 1 school; escalated 1 district; escalated 5 committee; "
                   "escalated 14 inspector");
}

Test(letters, whoever_would_be_told_twice_gets_the_last_one)
{
    start("[\"school\"]", "\"district\"", "default");
    letters();
    assert_letters("2023-05-01", 12,
                   "overdue 1 school; escalated 5 committee; "
                   "escalated 14 district");
}

Test(letters, an_opening_says_more_than_a_reminder_of_the_same_time)
{
    fixture_now("2023-03-22", 12 * 60);
    start("[\"school\"]", "\"inspector\"", "default");
    cr_assert_str_eq(letters(), "opened -81 school");
    assert_letters("2023-03-28", 9, "reminder -3 school");
}

Test(letters, an_opening_that_was_not_told_is_told_on_the_last_day_too)
{
    start("[\"school\"]", "\"inspector\"", "quick"); /* at half past ten */
    assert_letters("2023-03-31", 12, "opened -81 school");
    assert_letters("2023-04-03", 12, "escalated 1 inspector");
}

Test(letters, where_the_hierarchy_ends_the_controller_is_told)
{
    start("[\"school\"]", "\"inspector\"", "quick"); /* nine levels up */
    assert_letters("2023-01-09", 11, "opened -81 school");
    assert_letters("2023-03-31", 12, "today 0 school");
    assert_letters("2023-04-03", 12, "escalated 1 inspector");
    start("[\"alone\"]", "\"inspector\"", "default");
    assert_letters("2023-04-04", 12, "opened -81 alone; escalated 1 inspector");
}

Test(letters, without_anybody_above_nobody_is_told)
{
    start("[\"alone\"]", "null", "default");
    letters();
    assert_letters("2023-05-01", 12, "overdue 1 alone");
}

Test(letters, a_report_ends_the_letters)
{
    start("[\"school\"]", "\"inspector\"", "default");
    letters();
    cr_assert(fixture_assign(id, 1, ACTION_REPORT, "school"));
    cr_assert_str_eq(letters(), "reported 0 inspector");
    assert_letters("2023-05-01", 12, "");
    struct assignment_command accept = fixture_command(id, 1, ACTION_ACCEPT, "inspector");
    accept.reason = bytes_of("принято без документа");
    cr_assert(decide_assignment(&fx.world, &accept, &fx.err), "%s", fx.err.text);
    cr_assert_str_eq(letters(), "accepted 0 school");
    assert_letters("2023-06-01", 12, "");
}

Test(letters, a_return_tells_its_reason)
{
    start("[\"school\",\"district\"]", "\"inspector\"", "default");
    cr_assert(fixture_assign(id, 1, ACTION_REPORT, "school"));
    letters();
    cr_assert(fixture_assign(id, 1, ACTION_RETURN, "inspector"));
    cr_assert_str_eq(letters(), "returned 0 school; returned 0 district");
    json_t *n = json_of(fixture_last(RECORD_TASK_OPENED)->data);
    cr_assert_str_eq(json_string_value(json_object_get(n, "reason")), "нет подписи");
    json_decref(n);
}

Test(letters, a_letter_says_all_that_it_must)
{
    start("[\"school\",\"district\"]", "\"inspector\"", "default");
    const struct record *r = fixture_last(RECORD_TASK_OPENED);
    char *expected = NULL;
    json_t *n = json_of(r->data);
    char *text = json_dumps(n, JSON_COMPACT | JSON_SORT_KEYS);
    json_t *sorted = json_loads(
        "{\"notice\":\"1.3\",\"kind\":\"opened\",\"days\":-81,\"levels\":0,"
        "\"urgency\":\"new\",\"left\":81,\"left_working\":57,"
        "\"to\":{\"id\":\"district\",\"name\":\"Район\",\"short\":\"Район\","
        "\"email\":\"d@test.invalid\"},"
        "\"assignment\":{\"id\":\"1.1\",\"title\":\"План\",\"no\":\"1.4\",\"plan\":\"lo-2023\","
        "\"result\":\"приказ\",\"due_phrase\":\"до 31 марта\","
        "\"from\":\"2023-01-09\",\"to\":\"2023-03-31\","
        "\"responsible\":{\"id\":\"school\",\"name\":\"Школа\",\"short\":\"Школа\","
        "\"email\":\"s@test.invalid\"},"
        "\"co_executors\":[{\"id\":\"district\",\"name\":\"Район\",\"short\":\"Район\","
        "\"email\":\"d@test.invalid\"}],"
        "\"controller\":{\"id\":\"inspector\",\"name\":\"Контроль\",\"short\":\"Контроль\","
        "\"email\":\"i@test.invalid\"}},"
        "\"made_ms\":1673244000000,\"utc_offset\":180}",
        0, NULL);
    expected = json_dumps(sorted, JSON_COMPACT | JSON_SORT_KEYS);
    cr_assert_str_eq(text, expected);
    cr_assert_eq(r->task, 3, "the notice is named as its task");
    cr_assert(text_is(r->text, "district"));
    free(text);
    free(expected);
    json_decref(n);
    json_decref(sorted);
}

Test(letters, a_body_without_an_address_is_written_to_all_the_same)
{
    start("[\"school2\"]", "null", "default");
    json_t *n = json_of(fixture_last(RECORD_TASK_OPENED)->data);
    cr_assert_null(json_object_get(json_object_get(n, "to"), "email"));
    cr_assert(json_is_null(json_object_get(json_object_get(n, "assignment"), "controller")));
    cr_assert_null(json_object_get(n, "reason"));
    json_decref(n);
}

/* --- parts, decisions, absences -------------------------------------------------------------- */

static const char parts[] =
    HEAD("parts") "  - a:\n"
                  "      call: assignment\n"
                  "      with: {title: План, responsible: '${ .responsible }',\n"
                  "             co_executors: '${ .co }', controller: inspector,\n"
                  "             due: {from: 2023-01-09, to: 2023-03-31}, policy: '${ .policy }'}\n";

static const char slow[] = "document: {kind: policy, name: slow, version: '1'}\n"
                           "at: '09:00'\n"
                           "digest: false\n"
                           "soon: 2\n"
                           "report: {decide_within: 3 working days}\n"
                           "ladder:\n"
                           "  - remind: on the day\n"
                           "  - {escalate: 1 day after, to: parent}\n";

static void start_parts(const char *responsible, const char *co, const char *policy)
{
    char input[512];

    fixture_deploy(parts);
    fixture_deploy(slow);
    snprintf(input, sizeof input, "{\"responsible\":\"%s\",\"co\":%s,\"policy\":\"%s\"}",
             responsible, co, policy);
    id = fixture_start("parts", input);
    letters();
}

Test(letters, of_a_part_its_co_executor_is_reminded_and_then_the_responsible_body_knows)
{
    start_parts("school", "[{\"body\":\"district\",\"to\":\"2023-03-15\"}]", "default");
    assert_letters("2023-03-03", 9, "reminder -10 district"); /* the tenth day before is a Sunday */
    assert_letters("2023-03-13", 9, "reminder -3 district");
    assert_letters("2023-03-15", 9, "today 0 district");
    assert_letters("2023-03-16", 9, "overdue 1 district; overdue 1 school");
    assert_letters("2023-03-21", 9, "reminder -10 school; reminder -10 district");
    fixture_assert_replay();
}

Test(letters, who_has_answered_is_not_reminded_any_more)
{
    start_parts("school", "[\"district\",\"committee\"]", "default");
    cr_assert(fixture_assign(id, 1, ACTION_REPORT, "district"), "%s", fx.err.text);
    cr_assert_str_eq(letters(), "part 0 school");
    assert_letters("2023-03-21", 9, "reminder -10 school; reminder -10 committee");
}

Test(letters, a_report_that_waits_is_told_to_who_decides)
{
    start_parts("school", "[]", "slow");
    cr_assert(fixture_assign(id, 1, ACTION_REPORT, "school"));
    cr_assert_str_eq(letters(), "reported 0 inspector");
    assert_letters("2023-01-11", 12, "");
    assert_letters("2023-01-12", 9, "undecided 3 inspector");
}

Test(letters, what_a_controller_reports_itself_is_told_to_who_is_above)
{
    start_parts("inspector", "[]", "slow");
    cr_assert(fixture_assign(id, 1, ACTION_REPORT, "inspector"), "%s", fx.err.text);
    cr_assert_str_eq(letters(), "reported 0 chief");
    assert_letters("2023-01-12", 9, "undecided 3 chief");
}

Test(letters, who_is_above_and_absent_has_a_deputy_too)
{
    fixture_deploy("document: {kind: bodies, name: more, version: '1'}\n"
                   "timezone: Europe/Moscow\n"
                   "bodies:\n"
                   "  - id: boss\n"
                   "    name: Начальник отдела\n"
                   "    absences: [{from: 2023-04-01, to: 2023-04-10, deputy: school2}]\n"
                   "  - {id: clerk, name: Отдел, parent: boss}\n");
    start_parts("clerk", "[]", "slow");
    assert_letters("2023-03-31", 9, "today 0 clerk");
    assert_letters("2023-04-03", 9, "escalated 1 school2");
    json_t *n = json_of(fixture_last(RECORD_TASK_OPENED)->data);
    cr_assert_str_eq(json_string_value(json_object_get(json_object_get(n, "for"), "id")), "boss");
    cr_assert(text_is(fixture_last(RECORD_ASSIGNMENT_NOTICED)->data, "boss"));
    json_decref(n);
}

/* A field of the last notice, as text: "[…]", "{…}". */
static const char *of_notice(const char *field)
{
    static char text[1024];
    json_t *n = json_of(fixture_last(RECORD_TASK_OPENED)->data);
    char *dump = json_dumps(json_object_get(n, field), JSON_COMPACT | JSON_ENCODE_ANY);

    snprintf(text, sizeof text, "%s", dump != NULL ? dump : "none");
    free(dump);
    json_decref(n);
    return text;
}

Test(letters, who_must_do_it_reads_that_it_was_accepted_and_without_whom)
{
    start_parts("school", "[\"district\",\"committee\"]", "default");
    cr_assert(fixture_assign(id, 1, ACTION_REPORT, "district"), "%s", fx.err.text);
    struct assignment_command report = fixture_command(id, 1, ACTION_REPORT, "school");
    report.report = bytes_of("{\"kind\":\"приказ\",\"link\":\"https://example.invalid/1\"}");
    cr_assert(decide_assignment(&fx.world, &report, &fx.err), "%s", fx.err.text);
    letters();
    struct assignment_command accept = fixture_command(id, 1, ACTION_ACCEPT, "inspector");
    accept.in_part = true;
    accept.reason = bytes_of("реорганизация");
    cr_assert(decide_assignment(&fx.world, &accept, &fx.err), "%s", fx.err.text);
    cr_assert_str_eq(letters(), "accepted 0 school; accepted 0 district; accepted 0 committee");
    cr_assert_str_eq(of_notice("reason"), "\"реорганизация\"");
    cr_assert(strstr(of_notice("awaited"), "\"committee\"") != NULL, "%s", of_notice("awaited"));
    cr_assert(strstr(of_notice("awaited"), "\"district\"") == NULL);
    cr_assert(strstr(of_notice("by"), "\"inspector\"") != NULL);
    cr_assert_str_eq(of_notice("lacks"), "[]");
    fixture_assert_replay();
}

Test(letters, of_a_term_that_a_day_off_has_moved_both_days_are_told)
{
    char input[512];

    fixture_deploy("document: {kind: policy, name: early, version: '1'}\n"
                   "at: '09:00'\n"
                   "soon: 2\n"
                   "digest: false\n"
                   "shift: {to: previous, source: регламент}\n"
                   "ladder: [{remind: on the day}]\n");
    snprintf(input, sizeof input,
             "{\"title\":\"План\",\"responsible\":[\"school\"],\"policy\":\"early\","
             "\"due\":{\"from\":\"2023-01-09\",\"to\":\"2023-03-26\"}}");
    id = fixture_start("ask", input);
    cr_assert(strstr(of_notice("assignment"), "\"to\":\"2023-03-24\"") != NULL);
    cr_assert(strstr(of_notice("assignment"),
                     "\"literal_to\":\"2023-03-26\",\"literal_is\":\"weekend\"") != NULL,
              "%s", of_notice("assignment"));
}
