/* people_report_test.c - reports, parts of co-executors, what is decided about them */
#include "people_fixture.h"

#include "base/limits.h"

#include <criterion/criterion.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

TestSuite(reports, .init = people_fixture_init, .fini = fixture_fini);

/* --- reporting ------------------------------------------------------------------------------- */

Test(reports, an_accepted_report_is_the_output_of_the_step)
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

static struct assignment_command report_of_day(const char *by, const char *day)
{
    static char text[256];
    struct assignment_command c = command(ACTION_REPORT, by);

    snprintf(text, sizeof text,
             "{\"documents\":[{\"kind\":\"приказ\",\"number\":\"1\",\"date\":\"%s\"}]}", day);
    c.report = bytes_of(text);
    return c;
}

Test(reports, a_document_of_a_day_to_come_is_not_signed_yet)
{
    start("2023-01-09", "2023-03-31");
    at("2023-01-10", 12);
    struct assignment_command c = report_of_day("school", "2023-01-11");
    assert_refuses(&c, ERROR_INVALID, "2023-01-11");
    c = report_of_day("district", "2023-01-11");
    assert_refuses(&c, ERROR_INVALID, "2023-01-10");
    c = report_of_day("district", "2023-01-10");
    give(&c);
    c = report_of_day("school", "1999-12-31"); /* older than the assignment: it was there before */
    give(&c);
}

Test(reports, a_document_of_today_is_of_today_where_the_body_is)
{
    id = fixture_start("ask",
                       "{\"responsible\":[\"kam\",\"kld\"],\"controller\":\"inspector\"," DUE "}");
    at("2023-01-10", 18); /* past midnight in Kamchatka */
    struct assignment_command c = report_of_day("kld", "2023-01-11");
    assert_refuses(&c, ERROR_INVALID, "2023-01-11");
    c = report_of_day("kam", "2023-01-12");
    assert_refuses(&c, ERROR_INVALID, "2023-01-12");
    c = report_of_day("kld", "2023-01-10");
    give(&c);
    c = report_of_day("kam", "2023-01-11");
    give(&c);
}

Test(reports, a_report_on_the_last_evening_is_in_time_and_the_day_after_is_late)
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

Test(reports, a_report_before_the_window_opens_nothing)
{
    start("2023-05-01", "2023-05-31");
    act(ACTION_REPORT, "school");
    at("2023-06-30", 12);
    cr_assert(assignment()->state == ASSIGNMENT_REPORTED && assignment()->phase == PHASE_PLANNED);
    cr_assert_eq(fixture_count(RECORD_ASSIGNMENT_NOTICED), letters_of(LETTER_REPORTED, "inspector"),
                 "only who decides is told");
}

Test(reports, only_who_takes_part_reports)
{
    start("2023-01-09", "2023-03-31");
    assert_refused(ACTION_REPORT, "school2", ERROR_REFUSED);
    assert_refused(ACTION_REPORT, "inspector", ERROR_REFUSED);
    assert_refused(ACTION_REPORT, "", ERROR_REFUSED);
    assert_refused(ACTION_REPORT, "schoo", ERROR_REFUSED);
    act(ACTION_REPORT, "school");
    assert_refused(ACTION_REPORT, "school", ERROR_CONFLICT);
}

Test(reports, only_the_controller_decides)
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

Test(reports, nobody_decides_about_their_own_report)
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

Test(reports, who_is_above_the_controller_decides_in_its_place)
{
    id = fixture_start("ask", "{\"responsible\":[\"inspector\"],"
                              "\"controller\":\"inspector\"," DUE "}");
    act(ACTION_REPORT, "inspector");
    cr_assert_eq(letters_of(LETTER_REPORTED, "chief"), 1, "who can decide is told");
    cr_assert_eq(letters_of(LETTER_REPORTED, "inspector"), 0);
    assert_refused(ACTION_ACCEPT, "inspector", ERROR_REFUSED);
    assert_refused(ACTION_ACCEPT, "region", ERROR_REFUSED);
    act(ACTION_RETURN, "chief");
    act(ACTION_REPORT, "inspector");
    act(ACTION_ACCEPT, "chief");
    cr_assert_eq(assignment()->state, ASSIGNMENT_ACCEPTED);
}

Test(reports, returning_and_withdrawing_need_a_reason)
{
    start("2023-01-09", "2023-03-31");
    act(ACTION_REPORT, "school");
    for (enum assignment_action action = ACTION_RETURN; action <= ACTION_WITHDRAW; action++) {
        struct assignment_command c = command(action, "inspector");
        c.reason.size = 0;
        assert_refuses(&c, ERROR_INVALID, "reason");
    }
}

Test(reports, commands_to_what_is_no_open_assignment_are_refused)
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

Test(reports, a_returned_assignment_goes_on_where_its_ladder_stands)
{
    start("2023-01-09", "2023-03-31");
    at("2023-03-25", 12);
    act(ACTION_REPORT, "school");
    at("2023-03-29", 12);
    size_t opened = fixture_count(RECORD_TASK_OPENED);
    act(ACTION_RETURN, "inspector");
    cr_assert(assignment()->state == ASSIGNMENT_OPEN && assignment()->returns == 1);
    /* to both: returned; to who owes something still, the reminder that was due meanwhile */
    cr_assert_eq(fixture_count(RECORD_TASK_OPENED), opened + 3);
    cr_assert_eq(fixture_task(id, 1)->at_ms, moscow_ms("2023-03-31", 0));
    at("2023-03-31", 0);
    cr_assert_eq(assignment()->phase, PHASE_TODAY);
    act(ACTION_REPORT, "school");
    act(ACTION_ACCEPT, "inspector");
    json_t *output = json_of(fixture_get(id)->data);
    cr_assert_eq(json_integer_value(json_object_get(output, "returns")), 1);
    cr_assert_str_eq(json_string_value(json_object_get(output, "by")), "school");
    json_decref(output);
    fixture_assert_replay();
}

Test(reports, a_withdrawn_assignment_is_passed_with_its_reason)
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

Test(reports, an_assignment_that_was_given_is_not_skipped)
{
    start("2023-01-09", "2023-03-31");
    cr_assert_not(decide_skip(&fx.world, id, 1, bytes_of("x"), (struct bytes){NULL, 0}, &fx.err));
    cr_assert_eq(fx.err.code, ERROR_CONFLICT);
    cr_assert_eq(assignment()->state, ASSIGNMENT_OPEN);
    fixture_assert_replay();
}

/* --- parts ----------------------------------------------------------------------------------- */

Test(reports, a_co_executor_answers_with_its_part_and_the_responsible_body_is_told)
{
    start("2023-01-09", "2023-03-31");
    struct assignment_command c = command(ACTION_REPORT, "district");
    c.report = bytes_of("{\"text\":\"готово\"}");
    give(&c);
    const struct part *part = &assignment()->parts[0];
    cr_assert(part->state == PART_ANSWERED && text_is(part->by, "district"));
    cr_assert(text_is(part->report, "{\"text\":\"готово\"}"));
    cr_assert_eq(part->reported, day_of("2023-01-09"));
    cr_assert_eq(assignment()->state, ASSIGNMENT_OPEN, "the whole is still to be reported");
    cr_assert_eq(letters_of(LETTER_PART, "school"), 1);
    assert_refused(ACTION_REPORT, "district", ERROR_CONFLICT);
    fixture_assert_replay();
}

Test(reports, a_co_executor_may_answer_while_the_report_of_the_whole_waits)
{
    start("2023-01-09", "2023-03-31");
    struct assignment_command c = command(ACTION_REPORT, "school");
    c.report = bytes_of("{}");
    give(&c);
    c = command(ACTION_ACCEPT, "inspector");
    assert_refuses(&c, ERROR_CONFLICT, "not answered yet: Район;");
    act(ACTION_REPORT, "district");
    act(ACTION_ACCEPT, "inspector");
    cr_assert_eq(assignment()->state, ASSIGNMENT_ACCEPTED);
}

Test(reports, the_responsible_body_states_who_has_answered)
{
    start("2023-01-09", "2023-03-31");
    struct assignment_command c = command(ACTION_REPORT, "school");
    c.report = bytes_of("{\"covers\":[\"region\"]}");
    assert_refuses(&c, ERROR_INVALID, "region");
    c.report = bytes_of("{\"covers\":[\"school\"]}");
    assert_refuses(&c, ERROR_INVALID, "school");
    c.report = bytes_of("{\"covers\":7}");
    assert_refuses(&c, ERROR_INVALID, "covers");
    c.report = bytes_of("{\"covers\":[\"district\"]}");
    give(&c);
    cr_assert_eq(assignment()->parts[0].state, PART_ANSWERED);
    cr_assert(text_is(assignment()->parts[0].by, "school"), "it is the word of the school");
    act(ACTION_ACCEPT, "inspector");
    cr_assert_str_eq(output_text("parts"), "[{\"body\":\"district\",\"by\":\"school\","
                                           "\"report\":null,\"reported\":\"2023-01-09\"}]");
    fixture_assert_replay();
}

Test(reports, a_part_is_returned_by_the_responsible_body_with_a_reason)
{
    start("2023-01-09", "2023-03-31");
    struct assignment_command c = command(ACTION_RETURN, "school");
    c.to = bytes_of("district");
    assert_refuses(&c, ERROR_CONFLICT, "not answered");
    act(ACTION_REPORT, "district");
    c.by = bytes_of("inspector");
    assert_refuses(&c, ERROR_REFUSED, "responsible");
    c.by = bytes_of("school");
    c.to = bytes_of("region");
    assert_refuses(&c, ERROR_INVALID, "no co-executor");
    c.to = bytes_of("district");
    give(&c);
    cr_assert_eq(assignment()->parts[0].state, PART_OPEN);
    cr_assert_eq(assignment()->parts[0].returns, 1);
    cr_assert_eq(assignment()->returns, 0, "the whole was not returned");
    cr_assert_eq(letters_of(LETTER_RETURNED, "district"), 1);
    act(ACTION_REPORT, "district");
    act(ACTION_REPORT, "school");
    assert_refuses(&c, ERROR_CONFLICT, "reported");
    fixture_assert_replay();
}

Test(reports, a_part_is_as_large_as_its_limit_and_no_larger)
{
    char *report = malloc(LIMIT_PART_BYTES + 2);
    struct assignment_command c;

    start("2023-01-09", "2023-03-31");
    memset(report, 'x', LIMIT_PART_BYTES + 1);
    memcpy(report, "{\"t\":\"", 6);
    c = command(ACTION_REPORT, "district");
    report[LIMIT_PART_BYTES - 1] = '"';
    report[LIMIT_PART_BYTES] = '}';
    c.report = (struct bytes){report, LIMIT_PART_BYTES + 1};
    assert_refuses(&c, ERROR_TOO_LARGE, "16384");
    report[LIMIT_PART_BYTES - 2] = '"';
    report[LIMIT_PART_BYTES - 1] = '}';
    c.report = (struct bytes){report, LIMIT_PART_BYTES};
    give(&c);
    free(report);
}

/* --- acceptance in part ---------------------------------------------------------------------- */

Test(reports, what_not_everybody_has_answered_is_accepted_in_part_with_a_reason)
{
    start("2023-01-09", "2023-03-31");
    struct assignment_command c = command(ACTION_REPORT, "school");
    c.report = bytes_of("{}");
    give(&c);
    c = command(ACTION_ACCEPT, "inspector");
    c.in_part = true;
    assert_refuses(&c, ERROR_INVALID, "reason");
    c.reason = bytes_of("район реорганизован");
    give(&c);
    cr_assert_eq(assignment()->state, ASSIGNMENT_ACCEPTED_IN_PART);
    cr_assert_eq(fixture_task(id, 1)->state, TASK_CLOSED);
    cr_assert_str_eq(output_text("outcome"), "in-part");
    cr_assert_str_eq(output_text("outcome_original"), "met");
    cr_assert_str_eq(output_text("missing"), "[\"district\"]");
    cr_assert_str_eq(output_text("reason"), "район реорганизован");
    cr_assert_not_null(fixture_find(id, TASK_CALL), "the flow goes on");
    fixture_assert_replay();
}

Test(reports, what_everybody_has_answered_is_accepted_wholly)
{
    start("2023-01-09", "2023-03-31");
    act(ACTION_REPORT, "school");
    struct assignment_command c = command(ACTION_ACCEPT, "inspector");
    c.in_part = true;
    give(&c);
    cr_assert_eq(assignment()->state, ASSIGNMENT_ACCEPTED);
    cr_assert_str_eq(output_text("missing"), "[]");
}

/* --- documents ------------------------------------------------------------------------------- */

#define HASH "0123456789abcdef0123456789ABCDEF0123456789abcdef0123456789abcdef"

static void start_with_result(const char *result)
{
    char input[512];

    snprintf(input, sizeof input,
             "{\"title\":\"План\",\"responsible\":\"school\",\"controller\":\"inspector\","
             "\"result\":%s," DUE "}",
             result);
    id = fixture_start("ask", input);
}

/* Is a report that says this accepted without a reason? */
static bool is_enough(const char *result, const char *report)
{
    start_with_result(result);
    struct assignment_command c = command(ACTION_REPORT, "school");
    c.report = bytes_of(report);
    give(&c);
    c = command(ACTION_ACCEPT, "inspector");
    return decide_assignment(&fx.world, &c, &fx.err);
}

Test(reports, a_document_needs_its_kind_and_one_thing_to_find_it_by)
{
    cr_assert(is_enough("null", "{}"), "nothing is expected");
    cr_assert(is_enough("\"\"", "{}"));
    cr_assert_not(is_enough("\"Приказ\"", "{\"text\":\"готово\"}"));
    cr_assert_eq(fx.err.code, ERROR_CONFLICT);
    cr_assert_not_null(strstr(fx.err.text, "Приказ"), "%s", fx.err.text);
    cr_assert_not(is_enough("\"Приказ\"", "{\"kind\":\"приказ\",\"number\":\"1\"}"));
    cr_assert_not(is_enough("\"Приказ\"", "{\"number\":\"1\",\"date\":\"2023-01-09\"}"));
    cr_assert(is_enough("\"Приказ\"", "{\"kind\":\"приказ\",\"number\":\"1\","
                                      "\"date\":\"2023-01-09\"}"));
    cr_assert(is_enough("\"Приказ\"", "{\"kind\":\"приказ\",\"link\":\"https://a.test/1\"}"));
    cr_assert(is_enough("\"Приказ\"", "{\"kind\":\"приказ\",\"sha256\":\"" HASH "\"}"));
}

Test(reports, as_many_documents_are_wanted_as_the_result_names)
{
    static const char two[] = "[\"Приказ\",{\"kind\":\"план\",\"title\":\"План работ\"}]";

    cr_assert_not(is_enough(two, "{\"documents\":[{\"kind\":\"приказ\",\"link\":\"a\"}]}"));
    cr_assert_not_null(strstr(fx.err.text, "План работ"), "%s", fx.err.text);
    cr_assert(is_enough(two, "{\"documents\":[{\"kind\":\"приказ\",\"link\":\"a\"},"
                             "{\"kind\":\"план\",\"link\":\"b\"}]}"));
    cr_assert(is_enough(two, "{\"kind\":\"приказ\",\"link\":\"a\",\"documents\":["
                             "{\"kind\":\"план\",\"link\":\"b\"}]}"));
}

Test(reports, without_its_document_a_report_is_accepted_with_a_reason_that_stays)
{
    cr_assert_not(is_enough("\"Приказ\"", "{}"));
    struct assignment_command c = command(ACTION_ACCEPT, "inspector");
    c.reason = bytes_of("приказ не нужен");
    give(&c);
    cr_assert_eq(assignment()->state, ASSIGNMENT_ACCEPTED);
    cr_assert_str_eq(output_text("missing_results"), "[\"Приказ\"]");
    cr_assert_str_eq(output_text("reason"), "приказ не нужен");
    cr_assert_not_null(strstr((const char *)fixture_last(RECORD_ASSIGNMENT_ACCEPTED)->data.data,
                              "приказ не нужен"));
    fixture_assert_replay();
}

static void assert_malformed(const char *report, const char *word)
{
    struct assignment_command c = command(ACTION_REPORT, "school");

    c.report = bytes_of(report);
    assert_refuses(&c, ERROR_INVALID, word);
}

Test(reports, a_document_that_is_not_as_it_should_be_is_refused)
{
    start("2023-01-09", "2023-03-31");
    assert_malformed("{\"documents\":{}}", "list");
    assert_malformed("{\"documents\":[7]}", "object");
    assert_malformed("{\"documents\":[{\"kind\":7}]}", "kind");
    assert_malformed("{\"kind\":\"приказ\",\"number\":12}", "number");
    assert_malformed("{\"documents\":[{\"date\":\"31.02.2023\"}]}", "date");
    assert_malformed("{\"documents\":[{\"date\":\"2023-02-31\"}]}", "date");
    assert_malformed("{\"documents\":[{\"sha256\":\"abc\"}]}", "sha256");
    assert_malformed("{\"kind\":\"x\",\"sha256\":\"z" HASH "\"}", "sha256");
}

static void report_of(unsigned count, struct buffer *out)
{
    buffer_clear(out);
    buffer_text(out, "{\"documents\":[");
    for (unsigned i = 0; i < count; i++) {
        buffer_text(out, i > 0 ? ",{\"kind\":\"акт\"}" : "{\"kind\":\"акт\"}");
    }
    buffer_text(out, "]}");
}

Test(reports, documents_of_a_report_end_at_their_limit)
{
    struct buffer text = BUFFER_INIT;

    start("2023-01-09", "2023-03-31");
    struct assignment_command c = command(ACTION_REPORT, "school");
    report_of(LIMIT_RESULTS + 1, &text);
    c.report = buffer_bytes(&text);
    assert_refuses(&c, ERROR_TOO_LARGE, "32");
    report_of(LIMIT_RESULTS, &text);
    c.report = buffer_bytes(&text);
    give(&c);
    buffer_fini(&text);
}

/* --- who is to decide ------------------------------------------------------------------------ */

Test(reports, a_controller_that_is_responsible_with_nobody_above_leaves_it_to_others)
{
    id = fixture_start("ask", "{\"responsible\":[\"alone\",\"district\"],"
                              "\"controller\":\"alone\"," DUE "}");
    act(ACTION_REPORT, "alone");
    assert_refused(ACTION_ACCEPT, "alone", ERROR_REFUSED);
    act(ACTION_ACCEPT, "district");
    cr_assert_eq(assignment()->state, ASSIGNMENT_ACCEPTED);
}

Test(reports, nobody_decides_for_whom_they_act)
{
    start("2023-01-09", "2023-03-31");
    hand_over(0, "inspector");
    act(ACTION_REPORT, "inspector");
    assert_refused(ACTION_ACCEPT, "inspector", ERROR_REFUSED);
    assert_refused(ACTION_ACCEPT, "school", ERROR_REFUSED);
    act(ACTION_ACCEPT, "chief");
    cr_assert_str_eq(output_text("by"), "inspector");
}

Test(reports, a_deputy_answers_its_own_part_first_then_the_whole)
{
    start("2023-01-09", "2023-03-31");
    hand_over(0, "district");
    struct assignment_command c = command(ACTION_REPORT, "district");
    c.report = bytes_of("{}");
    give(&c);
    cr_assert_eq(assignment()->parts[0].state, PART_ANSWERED);
    cr_assert_eq(assignment()->state, ASSIGNMENT_OPEN);
    give(&c);
    cr_assert_eq(assignment()->state, ASSIGNMENT_REPORTED);
    cr_assert(text_is(assignment()->reporter, "district"));
}
