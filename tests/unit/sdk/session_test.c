/* session_test.c - the dialogue of a worker with the engine, message by message */
#include "engine.h"
#include "hand.h"

#include <criterion/criterion.h>
#include <stdio.h>
#include <string.h>

#define CALM 60000 /* a heartbeat that no test lives to see */

static struct engine engine;
static struct hand hand;

static void set_up(void)
{
    engine_open(&engine);
}

static void tear_down(void)
{
    hand_destroy(&hand);
    engine_close(&engine);
}

static void begin(unsigned capacity, unsigned heartbeat_ms)
{
    char hello[64];

    hand_create(&hand, engine.endpoint, capacity);
    hand_run(&hand);
    snprintf(hello, sizeof hello, "MW1 HELLO hand %u", capacity);
    engine_greet(&engine, hello, heartbeat_ms);
}

/* The worker has handled all that was said before: an echo came back. Serial is the next one. */
static void expect_echo(const char *task, unsigned serial)
{
    char header[80];

    snprintf(header, sizeof header, "MW1 TASK %s 1 echo 0", task);
    engine_say(&engine, header, "{}");
    snprintf(header, sizeof header, "MW1 DONE %u %s 1", serial, task);
    engine_expect(&engine, header);
}

TestSuite(session, .init = set_up, .fini = tear_down);

Test(session, hello_tells_name_capacity_and_services)
{
    begin(100, CALM);
    engine_expect_payload(&engine, "{" HAND_SERVICES ",\"running\":[]}");
}

Test(session, a_task_is_done_with_what_its_handler_gives)
{
    begin(4, CALM);
    engine_say(&engine, "MW1 TASK 17.2 3 echo 500", "{\"a\":\"я\"}");
    engine_expect(&engine, "MW1 DONE 1 17.2 3");
    engine_expect_payload(&engine, "{\"a\":\"я\"}");
}

Test(session, credit_comes_back_when_tasks_are_finished)
{
    char task[64];

    begin(8, CALM);
    for (int i = 0; i < 8; i++) {
        snprintf(task, sizeof task, "MW1 TASK 2.%d 1 hold 0", i);
        engine_say(&engine, task, "{}");
    }
    for (int i = 0; i < 8; i++) {
        hand_order(&hand, 'd');
        snprintf(task, sizeof task, "MW1 DONE %d 2.%d 1", i + 1, i);
        engine_hear(&engine);
        cr_assert_str_eq(engine.header, task);
        engine_expect_credit(&engine, 1);
    }
}

Test(session, results_are_sent_again_after_a_welcome_that_was_not_asked_for)
{
    begin(4, CALM);
    expect_echo("1.1", 1);
    expect_echo("1.2", 2);
    expect_echo("1.3", 3);
    engine_say(&engine, "MW1 ACK 1", NULL);
    engine_say(&engine, "MW1 WELCOME 60000", NULL);
    engine_expect(&engine, "MW1 DONE 2 1.2 1");
    engine_expect(&engine, "MW1 DONE 3 1.3 1");
    expect_echo("1.4", 4);
}

Test(session, an_acknowledged_result_is_forgotten)
{
    begin(4, CALM);
    expect_echo("1.1", 1);
    engine_say(&engine, "MW1 ACK 1", NULL);
    engine_say(&engine, "MW1 ACK 1", NULL);
    engine_say(&engine, "MW1 WELCOME 60000", NULL);
    expect_echo("1.2", 2);
}

Test(session, an_ack_beyond_what_was_sent_is_ignored)
{
    begin(4, CALM);
    expect_echo("1.1", 1);
    engine_say(&engine, "MW1 ACK 99", NULL);
    engine_say(&engine, "MW1 WELCOME 60000", NULL);
    engine_expect(&engine, "MW1 DONE 1 1.1 1");
    cr_assert_eq(atomic_load(&hand.reports), 1);
}

Test(session, refused_brings_hello_and_results_are_numbered_anew)
{
    begin(8, CALM);
    expect_echo("1.1", 1);
    engine_say(&engine, "MW1 TASK 2.1 1 hold 0", "{}");
    expect_echo("1.2", 2);
    expect_echo("1.3", 3);
    engine_say(&engine, "MW1 ACK 1", NULL);
    engine_say(&engine, "MW1 ERROR refused", "{\"text\":\"say HELLO first\"}");
    engine_say(&engine, "MW1 ERROR refused", "{\"text\":\"say HELLO first\"}");
    engine_expect(&engine, "MW1 HELLO hand 7");
    engine_expect_payload(&engine, "{" HAND_SERVICES ",\"running\":[\"2.1/1\"]}");
    engine_say(&engine, "MW1 WELCOME 60000", NULL);
    engine_expect(&engine, "MW1 DONE 1 1.2 1");
    engine_expect(&engine, "MW1 DONE 2 1.3 1");
    expect_echo("1.4", 3);
}

Test(session, a_result_finished_before_welcome_waits_for_it)
{
    begin(4, CALM);
    engine_say(&engine, "MW1 TASK 2.1 1 hold 0", "{}");
    expect_echo("1.1", 1);
    engine_say(&engine, "MW1 ERROR refused", "{}");
    engine_expect(&engine, "MW1 HELLO hand 3");
    hand_order(&hand, 'd');
    engine_say(&engine, "MW1 WELCOME 60000", NULL);
    engine_expect(&engine, "MW1 DONE 1 1.1 1");
    engine_expect(&engine, "MW1 DONE 2 2.1 1");
}

Test(session, silence_brings_a_new_connection_and_keeps_what_runs)
{
    char peer[256];

    begin(4, CALM);
    engine_say(&engine, "MW1 TASK 2.1 1 hold 0", "{}");
    expect_echo("1.1", 1);
    memcpy(peer, engine.peer, engine.peer_size);
    size_t peer_size = engine.peer_size;
    engine_say(&engine, "MW1 ACK 1", NULL);
    engine_say(&engine, "MW1 WELCOME 20", NULL);
    engine_expect(&engine, "MW1 HELLO hand 3");
    engine_expect_payload(&engine, "{" HAND_SERVICES ",\"running\":[\"2.1/1\"]}");
    cr_assert(peer_size != engine.peer_size || memcmp(peer, engine.peer, peer_size) != 0);
    engine_say(&engine, "MW1 WELCOME 60000", NULL);
    hand_order(&hand, 'd');
    engine_expect(&engine, "MW1 DONE 1 2.1 1");
}

Test(session, a_worker_with_nothing_to_say_sends_heartbeats)
{
    begin(4, 500);
    engine_hear(&engine);
    cr_assert_str_eq(engine.header, "MW1 HEARTBEAT");
}

Test(session, bye_of_the_engine_brings_a_new_connection)
{
    begin(4, CALM);
    expect_echo("1.1", 1);
    engine_say(&engine, "MW1 BYE", NULL);
    engine_greet(&engine, "MW1 HELLO hand 4", CALM);
    engine_expect(&engine, "MW1 DONE 1 1.1 1");
}

Test(session, nothing_is_sent_for_a_dropped_task_and_its_credit_returns)
{
    begin(1, CALM);
    engine_say(&engine, "MW1 TASK 2.1 1 hold 0", "{}");
    engine_say(&engine, "MW1 DROP 2.1 1", NULL);
    engine_say(&engine, "MW1 DROP 2.1 1", NULL);
    engine_say(&engine, "MW1 DROP 9.9 9", NULL);
    hand_order(&hand, 'D');
    engine_expect_credit(&engine, 1);
    cr_assert_eq(atomic_load(&hand.dropped), 1);
    expect_echo("1.1", 1);
}

Test(session, a_dropped_task_is_not_listed_as_running)
{
    begin(4, CALM);
    engine_say(&engine, "MW1 TASK 2.1 1 hold 0", "{}");
    engine_say(&engine, "MW1 TASK 2.2 1 hold 0", "{}");
    engine_say(&engine, "MW1 DROP 2.1 1", NULL);
    engine_say(&engine, "MW1 ERROR refused", "{}");
    engine_expect(&engine, "MW1 HELLO hand 2");
    engine_expect_payload(&engine, "{" HAND_SERVICES ",\"running\":[\"2.2/1\"]}");
}

Test(session, the_same_attempt_is_not_begun_twice)
{
    begin(4, CALM);
    engine_say(&engine, "MW1 TASK 2.1 1 hold 0", "{}");
    engine_say(&engine, "MW1 TASK 2.1 1 hold 0", "{}");
    engine_say(&engine, "MW1 TASK 2.1 2 hold 0", "{}");
    expect_echo("1.1", 1);
    cr_assert_eq(atomic_load(&hand.begun), 3);
}

Test(session, a_finished_attempt_is_not_begun_again_before_its_ack)
{
    begin(8, CALM);
    expect_echo("1.1", 1);
    engine_say(&engine, "MW1 TASK 1.1 1 echo 0", "{}");
    expect_echo("1.2", 2);
    cr_assert_eq(atomic_load(&hand.begun), 2);
}

Test(session, a_service_that_is_not_offered_fails_to_be_retried)
{
    begin(4, CALM);
    engine_say(&engine, "MW1 TASK 1.1 1 other 0", "{}");
    engine_expect(&engine, "MW1 FAIL 1 1.1 1 retry");
}

Test(session, a_task_beyond_the_credit_fails_to_be_retried)
{
    begin(2, CALM);
    engine_say(&engine, "MW1 TASK 1.1 1 hold 0", "{}");
    engine_say(&engine, "MW1 TASK 1.2 1 hold 0", "{}");
    engine_say(&engine, "MW1 TASK 1.3 1 hold 0", "{}");
    engine_expect(&engine, "MW1 FAIL 1 1.3 1 retry");
}

Test(session, credit_is_held_back_while_results_are_not_acknowledged)
{
    char task[32];

    begin(2, CALM);
    for (unsigned i = 1; i <= 4; i++) {
        snprintf(task, sizeof task, "1.%u", i);
        expect_echo(task, i);
        engine_expect_credit(&engine, i <= 2 ? 1 : 0);
    }
    /* four results wait, two times the capacity: no credit is left and none comes */
    engine_say(&engine, "MW1 TASK 1.5 1 echo 0", "{}");
    engine_expect(&engine, "MW1 FAIL 5 1.5 1 retry");
    engine_say(&engine, "MW1 TASK 1.6 1 echo 0", "{}");
    engine_expect(&engine, "MW1 FAIL 6 1.6 1 retry");
    engine_say(&engine, "MW1 ACK 6", NULL);
    engine_expect_credit(&engine, 2);
}

Test(session, what_makes_no_sense_is_ignored_and_the_session_lives)
{
    begin(4, CALM);
    engine_say(&engine, "MW1 FROB", NULL);
    engine_say(&engine, "MW2 BYE", NULL);
    engine_say(&engine, "", NULL);
    engine_say(&engine, "MW1 TASK 1.1 1 echo 0", NULL);
    engine_say(&engine, "MW1 BYE", "{}");
    engine_say(&engine, "MW1 HELLO engine 1", "{}");
    engine_say(&engine, "MW1 ERROR busy", "{\"text\":\"later\"}");
    expect_echo("1.2", 1);
    cr_assert_eq(atomic_load(&hand.reports), 6);
}

Test(session, a_worker_that_is_stopped_waits_for_its_last_ack_and_says_bye)
{
    begin(4, CALM);
    engine_say(&engine, "MW1 TASK 2.1 1 hold 0", "{}");
    expect_echo("1.1", 1);
    mr_worker_stop(hand.worker);
    engine_say(&engine, "MW1 ACK 1", NULL);
    engine_expect(&engine, "MW1 BYE");
}

Test(session, a_worker_that_never_met_an_engine_stops_at_once)
{
    hand_create(&hand, "ipc:///tmp/marshrut-nobody-is-here", 1);
    mr_worker_stop(hand.worker);
    hand_run(&hand);
}
