/* people_replan_test.c - assignments counted anew by the documents of today */
#include "people_fixture.h"

#include <criterion/criterion.h>
#include <string.h>

TestSuite(replans, .init = people_fixture_init, .fini = fixture_fini);

#define POLICY(shift)                                                                              \
    "document: {kind: policy, name: default, version: '2'}\n"                                      \
    "at: '09:00'\nsoon: 3\n"                                                                       \
    "shift: {to: " shift ", source: 'ГК РФ, статья 193'}\n"                              \
    "ladder: [{remind: on the day}]\n"

static struct replan check(void)
{
    struct replan replan;
    size_t records = fx.record_count;

    cr_assert(decide_replan_check(&fx.world, id, 1, &replan));
    cr_assert_eq(fx.record_count, records, "a look writes nothing");
    return replan;
}

static void apply(void)
{
    cr_assert(decide_replan(&fx.world, id, 1, bytes_of("inspector"), bytes_of("новый календарь"),
                            &fx.err),
              "%s", fx.err.text);
}

Test(replans, what_the_documents_leave_as_it_is_does_not_change)
{
    start("2023-01-09", "2023-03-31");
    at("2023-03-25", 12);
    struct replan replan = check();
    cr_assert(!replan.moves && !replan.ladder);
    size_t records = fx.record_count;
    apply();
    cr_assert_eq(fx.record_count, records);
}

Test(replans, an_opening_that_waits_for_a_working_day_is_told_once)
{
    fixture_now("2023-01-14", 9 * 60); /* a Saturday */
    start("2023-01-14", "2023-03-31");
    cr_assert_eq(letters_of(LETTER_OPENED, "school"), 0);
    cr_assert_not(check().ladder);
    at("2023-01-16", 9);
    cr_assert_eq(letters_of(LETTER_OPENED, "school"), 1);
    at("2023-01-21", 9);
    cr_assert_not(check().ladder);
}

Test(replans, a_term_that_the_policy_puts_elsewhere_moves)
{
    start("2023-01-09", "2023-04-01"); /* a Saturday */
    fixture_deploy(POLICY("next"));
    struct replan replan = check();
    cr_assert(replan.moves && replan.from_day == day_of("2023-04-01"));
    cr_assert_eq(replan.to_day, day_of("2023-04-03"));
    apply();
    const struct assignment *a = assignment();
    cr_assert(a->to == day_of("2023-04-03") && a->literal == day_of("2023-04-01"));
    cr_assert(a->terms[1].why == TERM_CALENDAR && text_is(a->terms[1].by, "inspector"));
    cr_assert(text_is(a->terms[1].reason, "новый календарь"));
    cr_assert_eq(letters_of(LETTER_MOVED, "school"), 1);
    replan = check();
    cr_assert(!replan.moves && !replan.ladder, "once is enough");
    fixture_assert_replay();
}

Test(replans, a_term_that_is_over_stays)
{
    start("2023-01-09", "2023-01-21"); /* a Saturday */
    at("2023-01-22", 12);
    fixture_deploy(POLICY("next"));
    cr_assert_not(check().moves, "nobody comes to be in time by a later document");
}

Test(replans, a_term_that_counts_days_is_counted_from_the_day_it_was_given)
{
    id = fixture_start("ask", "{\"responsible\":[\"school\"],\"due\":{\"days\":5}}");
    cr_assert_eq(assignment()->to, day_of("2023-01-14"));
    at("2023-01-11", 12);
    cr_assert_not(check().moves);
    fixture_deploy(POLICY("next"));
    cr_assert_eq(check().to_day, day_of("2023-01-16"));
}

Test(replans, a_term_that_people_have_decided_keeps_its_day)
{
    id = fixture_start("ask", "{\"responsible\":[\"school\"],\"controller\":\"inspector\","
                              "\"due\":{\"days\":5}}");
    struct assignment_command c = command(ACTION_MOVE, "inspector");
    c.day = day_of("2023-02-25"); /* a Saturday */
    give(&c);
    fixture_deploy(POLICY("previous"));
    cr_assert_eq(check().to_day, day_of("2023-02-24"));
    apply();
    cr_assert_not(check().moves, "nor does the document count when it was moved once more");
}

Test(replans, a_policy_with_other_rungs_gives_another_ladder)
{
    start("2023-01-09", "2023-03-31");
    fixture_deploy("document: {kind: policy, name: default, version: '2'}\n"
                   "at: '09:00'\nsoon: 3\nladder: [{remind: 20 days before}]\n");
    struct replan replan = check();
    cr_assert(!replan.moves && replan.ladder);
    apply();
    cr_assert_not(check().ladder);
    at("2023-03-11", 9);
    cr_assert_eq(letters_of(LETTER_REMINDER, "school"), 1);
    cr_assert_eq(letters_of(LETTER_OPENED, "school"), 1, "not opened again");
    fixture_assert_replay();
}

Test(replans, an_absence_that_comes_to_be_known_is_handed_over)
{
    start("2023-01-09", "2023-03-31");
    fixture_deploy("document: {kind: bodies, name: test, version: '2'}\n"
                   "timezone: Europe/Moscow\n"
                   "bodies:\n"
                   "  - id: school\n"
                   "    name: Школа\n"
                   "    absences: [{from: 2023-01-05, to: 2023-01-20, deputy: school2}]\n"
                   "  - {id: school2, name: Школа вторая}\n"
                   "  - {id: district, name: Район}\n"
                   "  - {id: region, name: Регион}\n"
                   "  - {id: inspector, name: Контроль}\n");
    cr_assert(check().ladder);
    apply();
    cr_assert_eq(assignment()->acting_count, 1, "at once: it lasts");
    at("2023-01-21", 0);
    cr_assert_eq(assignment()->acting_count, 0);
    fixture_assert_replay();
}

Test(replans, what_is_closed_or_not_there_is_not_counted_anew)
{
    struct replan replan;

    start("2023-01-09", "2023-03-31");
    act(ACTION_WITHDRAW, "inspector");
    cr_assert_not(decide_replan_check(&fx.world, id, 1, &replan));
    cr_assert_not(decide_replan_check(&fx.world, id, 99, &replan));
    cr_assert_not(decide_replan(&fx.world, id + 9, 1, bytes_of(""), bytes_of(""), &fx.err));
    cr_assert_eq(fx.err.code, ERROR_NOT_FOUND);
}
