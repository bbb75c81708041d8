/* digest_test.c - the letter of the day: what goes into it, when it leaves, who reads it */
#include "digest_fixture.h"

#include <criterion/criterion.h>
#include <stdio.h>

TestSuite(digest, .init = digest_fixture_init, .fini = fixture_fini);

/* --- one letter a day ------------------------------------------------------------------------ */

Test(digest, what_a_day_brings_is_one_letter_in_the_order_of_urgency)
{
    give("\"school\"", "2023-04-10");
    give("\"school\"", "2023-03-31");
    give("\"school\"", "2023-03-30");
    assert_letters("2023-01-09", 10, "school: opened/3 opened/2 opened/1");
    assert_letters("2023-03-20", 9, "school: reminder/3");
    assert_letters("2023-03-31", 8, "");
    assert_letters("2023-03-31", 9, "school: overdue/3 today/2 reminder/1");
    fixture_assert_replay();
}

Test(digest, each_letter_is_an_instance_that_ends_with_its_delivery)
{
    give("\"school\"", "2023-03-31");
    give("\"school\"", "2023-03-31");
    assert_letters("2023-01-09", 9, "school: opened/1 opened/2");
    struct instance *letter = newest_letter();
    cr_assert_eq(letter->state, INSTANCE_RUNNING);
    cr_assert(text_is(letter->key, "letters/school/2023-01-09"));
    const struct task *notice = fixture_find(letter->id, TASK_NOTICE);
    fixture_done(letter->id, notice->seq, "{}");
    cr_assert_eq(letter->state, INSTANCE_COMPLETED);
    cr_assert_eq(letter->task_count, 0);
    fixture_assert_replay();
}

Test(digest, one_thing_is_told_as_in_a_letter_of_its_own)
{
    give("[\"school\",\"school2\"]", "2023-03-31");
    assert_letters("2023-01-09", 9, "school: opened/1; school2: opened/1");
    json_t *n = json_of(fixture_last(RECORD_TASK_OPENED)->data);
    cr_assert_str_eq(json_string_value(json_object_get(n, "kind")), "opened");
    cr_assert_eq(json_array_size(json_object_get(json_object_get(n, "assignment"), "co_executors")),
                 1);
    json_decref(n);
}

Test(digest, after_down_time_each_gets_one_letter_that_says_how_things_are)
{
    give("\"school\"", "2023-03-24");
    give("\"school\"", "2023-03-28");
    give("\"school2\"", "2023-04-03");
    letters_at("2023-01-09", 9);
    /* down from 13 to 29 March: reminders, last days, overdue and an escalation fell due */
    assert_letters("2023-03-29", 13,
                   "school: overdue/1 overdue/2; district: escalated/1; "
                   "school2: reminder/3");
    assert_letters("2023-03-29", 23, "");
    fixture_assert_replay();
}

Test(digest, on_a_day_off_nothing_leaves)
{
    gather();
    assert_letters("2023-04-02", 12, "");
    assert_letters("2023-04-03", 9, "school: reminder/1 reminder/2");
}

Test(digest, all_that_is_due_at_the_hour_is_in_the_letter_that_waits_for_it)
{
    gather();
    give("\"school\"", "2023-04-20");
    assert_letters("2023-04-03", 9, "school: reminder/1 reminder/2 opened/3");
}

Test(digest, what_comes_after_the_letter_waits_for_the_next_working_day)
{
    fixture_now("2023-03-31", 9 * 60); /* a Friday */
    give("\"school\"", "2023-04-28");
    assert_letters("2023-03-31", 9, "school: opened/1");
    fixture_now("2023-03-31", 15 * 60);
    give("\"school\"", "2023-04-28");
    assert_letters("2023-03-31", 16, "");
    assert_letters("2023-04-02", 16, "");
    assert_letters("2023-04-03", 9, "school: opened/2");
    fixture_assert_replay();
}

/* Due on 31 March, by the same policy at another hour. */
static void give_at(const char *hour)
{
    static const char ladder[] =
        "soon: 10\nladder: [{remind: 10 days before}, {remind: on the day}]";
    char name[16];
    char text[256];

    snprintf(name, sizeof name, "at-%.2s", hour);
    snprintf(text, sizeof text, "document: {kind: policy, name: %s, version: '1'}\nat: '%s'\n%s\n",
             name, hour, ladder);
    fixture_deploy(text);
    give_by(name, "\"school\"", "2023-03-31");
}

Test(digest, a_policy_of_a_later_hour_tells_on_the_same_day)
{
    fixture_now("2023-01-09", 8 * 60);
    give_at("09:00");
    give_at("11:00");
    give_at("15:00");
    assert_letters("2023-01-09", 9, "school: opened/1");
    assert_letters("2023-01-09", 11, "school: opened/2");
    assert_letters("2023-01-09", 15, "school: opened/3");
    assert_letters("2023-01-10", 15, "");
    fixture_assert_replay();
}

Test(digest, what_comes_after_all_hours_waits_for_the_next_working_day)
{
    fixture_now("2023-01-09", 8 * 60);
    give_at("09:00");
    give_at("11:00");
    letters_at("2023-01-09", 9);
    letters_at("2023-01-09", 11);
    give_at("09:00");
    give_at("11:00");
    assert_letters("2023-01-09", 23, "");
    assert_letters("2023-01-10", 9, "school: opened/3 opened/4");
}

Test(digest, where_the_recipient_is_an_hour_of_its_own_is_kept)
{
    /* at nine in Kamchatka it is midnight in Moscow: the controller reads it at nine there */
    fixture_now("2023-01-08", 12 * 60);
    give("[\"kam\",\"school\",\"kld\"]", "2023-03-31");
    assert_letters("2023-01-09", 0, "kam: opened/1");
    assert_letters("2023-01-09", 8, "");
    assert_letters("2023-01-09", 9, "school: opened/1");
    assert_letters("2023-01-09", 10, "kld: opened/1");
}

/* --- who ------------------------------------------------------------------------------------- */

Test(digest, the_deputy_reads_both_its_own_and_what_it_stands_in_for)
{
    give("\"away\"", "2023-03-31");
    give("\"school2\"", "2023-03-31");
    letters_at("2023-01-09", 9);
    assert_letters("2023-03-20", 9, "school2: handed_over/1");
    assert_letters("2023-03-21", 9, "school2: reminder/1@away reminder/2");
    json_t *n = json_of(fixture_last(RECORD_TASK_OPENED)->data);
    const json_t *item = json_array_get(json_object_get(n, "items"), 0);
    cr_assert_str_eq(json_string_value(json_object_get(item, "until")), "2023-04-07");
    json_decref(n);
}

Test(digest, each_notice_is_in_the_history_of_its_assignment_once)
{
    give("\"school\"", "2023-03-31");
    give("\"school\"", "2023-03-31");
    letters_at("2023-01-09", 9);
    letters_at("2023-03-21", 9);
    cr_assert_eq(fixture_count(RECORD_ASSIGNMENT_NOTICED), 4);
    const struct record *r = fixture_last(RECORD_ASSIGNMENT_NOTICED);
    cr_assert(r->instance == ids[2] && r->task == 1 && text_is(r->text, "school"));
    cr_assert(r->other == LETTER_REMINDER && r->number == -10 && r->index == 0);
    cr_assert_eq((uint64_t)r->at_ms, newest_letter()->id);
    cr_assert_eq(r->data.size, 0);
}
