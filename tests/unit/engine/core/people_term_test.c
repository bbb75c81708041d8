/* people_term_test.c - extensions are asked for and decided, terms move */
#include "people_fixture.h"

#include <criterion/criterion.h>
#include <string.h>

static const char strict[] = "document: {kind: policy, name: strict, version: '1'}\n"
                             "at: '09:00'\n"
                             "soon: 3\n"
                             "ladder:\n"
                             "  - remind: 3 days before\n"
                             "  - {escalate: 1 day after, to: parent}\n"
                             "extension: {ask: 5 days before, at_most: 1}\n";

TestSuite(terms, .init = people_fixture_init, .fini = fixture_fini);

static void start_strictly(void)
{
    fixture_deploy(strict);
    id = fixture_start("ask", "{\"responsible\":[\"school\"],\"controller\":\"inspector\","
                              "\"policy\":\"strict\",\"due\":{\"from\":\"2023-01-09\","
                              "\"to\":\"2023-03-31\"}}");
}

static void ask(const char *day)
{
    struct assignment_command c = command(ACTION_ASK, "school");

    c.day = day_of(day);
    give(&c);
}

/* --- asking ---------------------------------------------------------------------------------- */

Test(terms, an_extension_that_is_asked_for_waits_for_the_controller)
{
    start("2023-01-09", "2023-03-31");
    ask("2023-04-20");
    const struct extension *e = &assignment()->extension;
    cr_assert(text_is(e->by, "school") && text_is(e->reason, "нет подписи"));
    cr_assert_eq(e->proposed, day_of("2023-04-20"));
    cr_assert_eq(assignment()->extensions_asked, 1);
    cr_assert_eq(assignment()->to, day_of("2023-03-31"), "nothing has moved yet");
    cr_assert_eq(letters_of(LETTER_ASKED, "inspector"), 1);
    fixture_assert_replay();
}

Test(terms, one_request_waits_at_a_time)
{
    start("2023-01-09", "2023-03-31");
    ask("2023-04-20");
    assert_refused(ACTION_ASK, "school", ERROR_CONFLICT);
    act(ACTION_REFUSE, "inspector");
    cr_assert_eq(assignment()->extension.by.size, 0);
    cr_assert_eq(letters_of(LETTER_REFUSED, "school"), 1);
    ask("2023-04-21");
    cr_assert_eq(assignment()->extensions_asked, 2);
}

Test(terms, an_extension_is_asked_for_a_later_day_and_while_the_term_runs)
{
    start("2023-01-09", "2023-03-31");
    struct assignment_command c = command(ACTION_ASK, "school");
    c.day = CIVIL_DAY_NONE;
    assert_refuses(&c, ERROR_INVALID, "day");
    c.day = day_of("2023-03-31");
    assert_refuses(&c, ERROR_INVALID, "2023-03-31");
    c.day = day_of("2023-04-01");
    at("2023-03-31", 23);
    give(&c);
    act(ACTION_REFUSE, "inspector");
    at("2023-04-01", 0);
    c.day = day_of("2023-04-20");
    assert_refuses(&c, ERROR_CONFLICT, "2023-03-31");
}

Test(terms, the_policy_says_until_when_and_how_often_an_extension_is_asked_for)
{
    start_strictly();
    at("2023-03-27", 12);
    struct assignment_command c = command(ACTION_ASK, "school");
    assert_refuses(&c, ERROR_CONFLICT, "2023-03-26");
    at("2023-03-26", 23);
    give(&c);
    act(ACTION_GRANT, "inspector");
    at("2023-03-28", 9);
    c = command(ACTION_ASK, "school");
    assert_refuses(&c, ERROR_CONFLICT, "no more extensions");
}

static bool is_offered(void)
{
    struct instance *instance = fx.world.get(&fx.world, id);

    return decide_assignment_may(&fx.world, instance, instance_find_task(instance, 1), ACTION_ASK,
                                 bytes_of("school"));
}

Test(terms, an_extension_is_offered_while_the_term_runs_and_none_waits)
{
    start("2023-01-09", "2023-03-31");
    cr_assert(is_offered());
    ask("2023-04-20");
    cr_assert_not(is_offered(), "one waits");
    act(ACTION_REFUSE, "inspector");
    at("2023-03-31", 23);
    cr_assert(is_offered());
    at("2023-04-01", 0);
    cr_assert_not(is_offered(), "the term is over");
}

Test(terms, an_extension_is_offered_when_the_policy_allows_one)
{
    start_strictly();
    at("2023-03-27", 12);
    cr_assert_not(is_offered(), "asked for five days before");
}

Test(terms, an_extension_is_not_offered_after_the_last_that_the_policy_allows)
{
    start_strictly();
    cr_assert(is_offered());
    ask("2023-04-20");
    act(ACTION_GRANT, "inspector");
    cr_assert_not(is_offered());
}

/* --- deciding -------------------------------------------------------------------------------- */

Test(terms, a_granted_extension_moves_the_term_and_all_terms_stay)
{
    start("2023-01-09", "2023-03-31");
    ask("2023-04-20");
    at("2023-03-25", 12);
    cr_assert_eq(assignment()->phase, PHASE_SOON);
    act(ACTION_GRANT, "inspector");
    const struct assignment *a = assignment();
    cr_assert(a->to == day_of("2023-04-20") && a->term_count == 2);
    cr_assert(a->terms[0].to == day_of("2023-03-31") && a->terms[0].why == TERM_SET);
    cr_assert(a->terms[1].why == TERM_EXTENDED && text_is(a->terms[1].by, "inspector"));
    cr_assert(text_is(a->terms[1].reason, "нет подписи"), "what was asked for");
    cr_assert_eq(a->extension.by.size, 0);
    cr_assert_eq(a->phase, PHASE_OPEN, "the phase begins anew");
    cr_assert_eq(letters_of(LETTER_OPENED, "school"), 1, "what is open is not opened again");
    cr_assert_eq(letters_of(LETTER_MOVED, "school"), 1);
    at("2023-04-10", 9);
    cr_assert_eq(assignment()->phase, PHASE_SOON);
    at("2023-04-20", 9);
    cr_assert_eq(letters_of(LETTER_TODAY, "school"), 1);
    fixture_assert_replay();
}

Test(terms, the_controller_may_grant_another_day)
{
    start("2023-01-09", "2023-03-31");
    ask("2023-04-20");
    struct assignment_command c = command(ACTION_GRANT, "inspector");
    c.day = day_of("2023-03-30");
    assert_refuses(&c, ERROR_INVALID, "2023-03-31");
    c.day = day_of("2023-04-07");
    c.reason = bytes_of("хватит недели");
    give(&c);
    cr_assert_eq(assignment()->to, day_of("2023-04-07"));
    cr_assert(text_is(assignment()->terms[1].reason, "хватит недели"));
}

Test(terms, what_was_asked_for_is_not_granted_when_that_day_is_over)
{
    start("2023-01-09", "2023-03-31");
    ask("2023-04-20");
    at("2023-04-21", 12);
    cr_assert_eq(assignment()->phase, PHASE_CRITICAL);
    struct assignment_command c = command(ACTION_GRANT, "inspector");
    assert_refuses(&c, ERROR_INVALID, "2023-04-20");
    c.day = day_of("2023-04-28");
    give(&c);
    cr_assert_eq(assignment()->phase, PHASE_SOON, "critical no more");
}

Test(terms, nobody_decides_about_their_own_extension)
{
    id = fixture_start("ask",
                       "{\"responsible\":[\"inspector\"],\"controller\":\"inspector\"," DUE "}");
    act(ACTION_ASK, "inspector");
    assert_refused(ACTION_GRANT, "inspector", ERROR_REFUSED);
    assert_refused(ACTION_REFUSE, "inspector", ERROR_REFUSED);
    assert_refused(ACTION_MOVE, "inspector", ERROR_REFUSED);
    act(ACTION_GRANT, "chief");
    cr_assert_eq(assignment()->term_count, 2);
}

Test(terms, a_deputy_who_asked_does_not_decide_nor_does_who_it_acted_for)
{
    start("2023-01-09", "2023-03-31");
    hand_over(0, "kld");
    act(ACTION_ASK, "kld");
    cr_assert(text_is(assignment()->extension.by, "kld"));
    hand_over(PERSON_CONTROLLER, "kld");
    assert_refused(ACTION_GRANT, "kld", ERROR_REFUSED);
    assert_refused(ACTION_GRANT, "school", ERROR_REFUSED);
    act(ACTION_GRANT, "chief");
}

/* --- moving ---------------------------------------------------------------------------------- */

Test(terms, who_set_a_term_moves_it_unasked)
{
    start("2023-01-09", "2023-03-31");
    ask("2023-04-20");
    struct assignment_command c = command(ACTION_MOVE, "inspector");
    c.day = day_of("2023-01-08");
    assert_refuses(&c, ERROR_INVALID, "2023-01-09");
    c.day = day_of("2023-03-31");
    assert_refuses(&c, ERROR_CONFLICT, "already");
    c.day = day_of("2023-01-16");
    give(&c);
    const struct assignment *a = assignment();
    cr_assert(a->to == day_of("2023-01-16") && a->terms[1].why == TERM_MOVED);
    cr_assert_eq(a->extension.by.size, 0, "a request is answered by it");
    cr_assert_eq(a->phase, PHASE_SOON, "what is over by the new term is not announced");
    cr_assert_eq(letters_of(LETTER_REMINDER, NULL), 0);
    at("2023-01-17", 9);
    cr_assert_eq(assignment()->phase, PHASE_OVERDUE);
    fixture_assert_replay();
}

Test(terms, parts_end_with_the_whole_or_before_it)
{
    id = fixture_start("ask", "{\"responsible\":\"school\",\"controller\":\"inspector\","
                              "\"co_executors\":[\"district\",{\"body\":\"region\","
                              "\"to\":\"2023-03-01\"}],\"due\":{\"from\":\"2023-01-09\","
                              "\"to\":\"2023-03-31\"}}");
    const struct part *parts = assignment()->parts;
    cr_assert_eq(parts[0].to, day_of("2023-03-31"));
    cr_assert_eq(parts[1].to, day_of("2023-03-01"));
    act(ACTION_MOVE, "inspector");
    parts = assignment()->parts;
    cr_assert_eq(parts[0].to, day_of("2023-04-14"), "it had no day of its own");
    cr_assert_eq(parts[1].to, day_of("2023-03-01"));
    struct assignment_command c = command(ACTION_MOVE, "inspector");
    c.day = day_of("2023-02-10");
    give(&c);
    cr_assert_eq(assignment()->parts[0].to, day_of("2023-02-10"));
    cr_assert_eq(assignment()->parts[1].to, day_of("2023-02-10"));
    fixture_assert_replay();
}

/* --- outcomes -------------------------------------------------------------------------------- */

static void finish_on(const char *day)
{
    at(day, 12);
    act(ACTION_REPORT, "school");
    act(ACTION_ACCEPT, "inspector");
}

Test(terms, the_outcome_is_told_against_the_last_term_and_against_the_first)
{
    start("2023-01-09", "2023-03-31");
    ask("2023-04-20");
    act(ACTION_GRANT, "inspector");
    finish_on("2023-04-19");
    cr_assert_str_eq(output_text("outcome"), "met-after-extension");
    cr_assert_str_eq(output_text("outcome_original"), "met-late");
    cr_assert_str_eq(output_text("terms"),
                     "[{\"to\":\"2023-03-31\",\"why\":\"set\"},{\"by\":\"inspector\",\"reason\":"
                     "\"нет подписи\",\"to\":\"2023-04-20\",\"why\":\"extended\"}]");
}

Test(terms, an_extension_that_was_not_needed_leaves_the_outcome_met)
{
    start("2023-01-09", "2023-03-31");
    ask("2023-04-20");
    act(ACTION_GRANT, "inspector");
    finish_on("2023-03-30");
    cr_assert_str_eq(output_text("outcome"), "met");
    cr_assert_str_eq(output_text("outcome_original"), "met");
}

Test(terms, a_term_that_moves_while_a_report_waits_decides_what_becomes_of_it)
{
    start("2023-01-09", "2023-03-31");
    ask("2023-04-20");
    at("2023-04-05", 12);
    act(ACTION_REPORT, "school");
    act(ACTION_GRANT, "inspector");
    cr_assert_eq(assignment()->state, ASSIGNMENT_REPORTED);
    act(ACTION_ACCEPT, "inspector");
    cr_assert_str_eq(output_text("outcome"), "met-after-extension");
    fixture_assert_replay();
}

/* --- who is to decide ------------------------------------------------------------------------ */

static void start_with_reminder(void)
{
    fixture_deploy("document: {kind: policy, name: strict, version: '1'}\n"
                   "at: '09:00'\nsoon: 3\nladder: [{remind: on the day}]\n"
                   "report: {decide_within: 3 working days}\n");
    id = fixture_start("ask", "{\"responsible\":[\"school\"],\"controller\":\"inspector\","
                              "\"policy\":\"strict\",\"due\":{\"from\":\"2023-01-09\","
                              "\"to\":\"2023-01-31\"}}");
}

Test(terms, a_controller_who_has_decided_is_not_reminded)
{
    start_with_reminder();
    act(ACTION_REPORT, "school");
    act(ACTION_RETURN, "inspector");
    for (uint32_t i = 0; i < assignment()->step_count; i++) {
        cr_assert_neq(assignment()->steps[i].letter, LETTER_UNDECIDED);
    }
    at("2023-01-31", 9);
    cr_assert_eq(letters_of(LETTER_UNDECIDED, NULL), 0);
    cr_assert_eq(letters_of(LETTER_TODAY, "school"), 1);
}

Test(terms, a_controller_is_reminded_as_before_when_the_term_moves)
{
    start_with_reminder();
    act(ACTION_ASK, "school");
    act(ACTION_REPORT, "school");
    act(ACTION_GRANT, "inspector");
    at("2023-01-12", 9);
    cr_assert_eq(letters_of(LETTER_UNDECIDED, "inspector"), 1);
    fixture_assert_replay();
}

Test(terms, a_controller_who_lets_a_report_wait_is_reminded_once)
{
    start_with_reminder();
    act(ACTION_REPORT, "school");
    at("2023-01-12", 8);
    cr_assert_eq(letters_of(LETTER_UNDECIDED, NULL), 0);
    at("2023-01-12", 9);
    cr_assert_eq(letters_of(LETTER_UNDECIDED, "inspector"), 1);
    act(ACTION_RETURN, "inspector");
    at("2023-01-31", 9);
    cr_assert_eq(letters_of(LETTER_TODAY, "school"), 1, "the ladder goes on");
    cr_assert_eq(letters_of(LETTER_UNDECIDED, NULL), 1);
    fixture_assert_replay();
}
