/* result_test.c - what DONE, FAIL and PROGRESS carry */
#include "base/limits.h"
#include "engine.h"
#include "hand.h"

#include <criterion/criterion.h>
#include <jansson.h>
#include <stdio.h>
#include <string.h>

static struct engine engine;
static struct hand hand;

static void set_up(void)
{
    engine_open(&engine);
    hand_create(&hand, engine.endpoint, 4);
    hand_run(&hand);
    engine_greet(&engine, "MW1 HELLO hand 4", 60000);
}

static void tear_down(void)
{
    hand_destroy(&hand);
    engine_close(&engine);
}

TestSuite(result, .init = set_up, .fini = tear_down);

Test(result, failing_says_why_and_whether_to_try_again)
{
    engine_say(&engine, "MW1 TASK 1.1 1 hold 0", "{}");
    hand_order(&hand, 'f');
    engine_expect(&engine, "MW1 FAIL 1 1.1 1 retry");
    engine_expect_payload(&engine, "{\"type\":\"about:blank\",\"status\":500,\"title\":\"later\"}");
}

Test(result, text_that_is_no_utf8_is_replaced_so_that_problem_details_are_json)
{
    engine_say(&engine, "MW1 TASK 1.1 1 hold 0", "{}");
    hand_order(&hand, 'F');
    engine_expect(&engine, "MW1 FAIL 1 1.1 1 final");
    json_t *problem = json_loadb(engine.payload, engine.payload_size, 0, NULL);
    cr_assert(problem != NULL, "%s", engine.payload);
    cr_assert_str_eq(json_string_value(json_object_get(problem, "title")), "не \"UTF-8\"\n");
    cr_assert_str_eq(json_string_value(json_object_get(problem, "detail")),
                     "a\uFFFD\uFFFD b\uFFFD\uFFFD\uFFFD");
    json_decref(problem);
}

Test(result, a_problem_carries_its_type_and_status)
{
    engine_say(&engine, "MW1 TASK 1.1 1 hold 0", "{}");
    hand_order(&hand, 'P');
    engine_expect(&engine, "MW1 FAIL 1 1.1 1 final");
    engine_expect_payload(&engine, "{\"type\":\"https://example.org/late\",\"status\":408,"
                                   "\"title\":\"late\",\"detail\":\"2 s\"}");
}

Test(result, progress_is_told_while_the_task_runs)
{
    engine_say(&engine, "MW1 TASK 1.1 1 hold 0", "{}");
    hand_order(&hand, 'p');
    engine_expect(&engine, "MW1 PROGRESS 1.1 1");
    engine_expect_payload(&engine, "{\"half\":true}");
}

Test(result, the_largest_result_is_done_and_one_byte_more_fails_finally)
{
    char size[16];

    snprintf(size, sizeof size, "%u", LIMIT_PAYLOAD_BYTES);
    engine_say(&engine, "MW1 TASK 1.1 1 big 0", size);
    engine_expect(&engine, "MW1 DONE 1 1.1 1");
    cr_assert_eq(engine.payload_size, LIMIT_PAYLOAD_BYTES);
    snprintf(size, sizeof size, "%u", LIMIT_PAYLOAD_BYTES + 1);
    engine_say(&engine, "MW1 TASK 1.2 1 big 0", size);
    engine_expect(&engine, "MW1 FAIL 2 1.2 1 final");
}

Test(result, an_empty_result_is_an_empty_frame)
{
    engine_say(&engine, "MW1 TASK 1.1 1 big 0", "0");
    engine_expect(&engine, "MW1 DONE 1 1.1 1");
    cr_assert(engine.payload != NULL && engine.payload_size == 0);
}
