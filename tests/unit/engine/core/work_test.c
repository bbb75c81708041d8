/* work_test.c - attempts: the fence, retries, incidents, and what operators do with them */
#include "fixture.h"

#include <criterion/criterion.h>

#define HEAD(name) "document: {dsl: '1.0.3', namespace: test, name: " name ", version: '1'}\ndo:\n"

static const char work[] =
    HEAD("work") "  - a:\n"
                 "      call: work.a\n"
                 "      metadata: {marshrut: {retry: {attempts: 3, delay: PT10S, factor: 2,\n"
                 "                                    delayMax: PT1M, jitter: 0}}}\n"
                 "  - b: {call: work.b, with: {n: '${ .n }'}}\n";

static uint64_t id;

static void set_up(void)
{
    fixture_init();
    fixture_deploy(work);
    id = fixture_start("work", "{\"n\":1}");
}

TestSuite(work, .init = set_up, .fini = fixture_fini);

static bool done(uint32_t seq, uint32_t attempt)
{
    return decide_done(&fx.world, id, seq, attempt, bytes_of("{\"by\":\"worker\"}"), &fx.err);
}

static bool failed(uint32_t seq, uint32_t attempt)
{
    return decide_failed(&fx.world, id, seq, attempt, bytes_of("{}"), true, &fx.err);
}

/* --- the fence ------------------------------------------------------------------------------- */

static void assert_stale(uint64_t instance, uint32_t seq, uint32_t attempt)
{
    size_t records = fx.record_count;

    cr_assert_not(decide_is_open(&fx.world, instance, seq, attempt));
    cr_assert_not(decide_done(&fx.world, instance, seq, attempt, bytes_of("{}"), &fx.err));
    cr_assert_eq(fx.err.code, ERROR_STALE);
    cr_assert_not(decide_failed(&fx.world, instance, seq, attempt, bytes_of("{}"), true, &fx.err));
    cr_assert_eq(fx.err.code, ERROR_STALE);
    cr_assert_eq(fx.record_count, records, "a refusal writes nothing");
}

Test(work, only_the_open_attempt_counts)
{
    cr_assert(decide_is_open(&fx.world, id, 1, 1));
    assert_stale(id, 1, 0);
    assert_stale(id, 1, 2);
    assert_stale(id, 2, 1);
    assert_stale(id + 1, 1, 1);
    assert_stale(0, 1, 1);
}

Test(work, a_result_is_applied_once)
{
    cr_assert(done(1, 1));
    assert_stale(id, 1, 1);
    cr_assert_eq(fixture_count(RECORD_TASK_DONE), 1);
    cr_assert_eq(fixture_last(RECORD_TASK_DONE)->attempt, 1);
    fixture_assert_replay();
}

Test(work, an_attempt_that_failed_is_stale)
{
    cr_assert(failed(1, 1));
    assert_stale(id, 1, 1);
    fx.world.now_ms += 10000;
    decide_timer(&fx.world, id, 1);
    assert_stale(id, 1, 1);
    cr_assert(done(1, 2));
}

Test(work, a_letter_that_was_delivered_does_not_touch_the_data)
{
    fixture_deploy(HEAD("ask") "  - a: {call: assignment, with: {title: t, responsible: [school],\n"
                               "        due: {from: 2023-01-09, to: 2023-12-31}}}\n");
    id = fixture_start("ask", "{\"n\":1}");
    const struct task *letter = fixture_find(id, TASK_NOTICE);
    uint32_t seq = letter->seq;
    cr_assert(done(seq, 1));
    cr_assert(text_is(fixture_get(id)->data, "{\"n\":1}"));
    cr_assert_null(instance_find_task(fixture_get(id), seq));
    cr_assert_eq(fixture_last(RECORD_TASK_DONE)->data.size, 0);
    cr_assert_eq(fixture_get(id)->state, INSTANCE_RUNNING, "a letter moves no step");
}

/* --- retries --------------------------------------------------------------------------------- */

Test(work, a_failure_waits_longer_each_time_and_then_becomes_an_incident)
{
    int64_t pauses_ms[] = {10000, 20000};

    for (uint32_t attempt = 1; attempt <= 2; attempt++) {
        cr_assert(failed(1, attempt));
        const struct task *task = fixture_task(id, 1);
        cr_assert_eq(task->state, TASK_BACKOFF);
        cr_assert_eq(task->at_ms, fx.world.now_ms + pauses_ms[attempt - 1]);
        fx.world.now_ms = task->at_ms;
        decide_timer(&fx.world, id, 1);
        cr_assert_eq(fixture_task(id, 1)->state, TASK_READY);
        cr_assert_eq(fixture_task(id, 1)->attempt, attempt + 1);
    }
    cr_assert(failed(1, 3));
    cr_assert_eq(fixture_task(id, 1)->state, TASK_INCIDENT);
    cr_assert_eq(fixture_task(id, 1)->at_ms, 0);
    fixture_assert_replay();
}

Test(work, a_timer_too_early_does_nothing)
{
    cr_assert(failed(1, 1));
    size_t records = fx.record_count;

    fx.world.now_ms += 9999;
    decide_timer(&fx.world, id, 1);
    decide_timer(&fx.world, id, 99);
    decide_timer(&fx.world, 99, 1);
    cr_assert_eq(fx.record_count, records);
    fx.world.now_ms += 1;
    decide_timer(&fx.world, id, 1);
    decide_timer(&fx.world, id, 1);
    cr_assert_eq(fx.record_count, records + 1, "and in time it does it once");
}

Test(work, a_clock_that_is_set_back_delays_and_does_not_harm)
{
    cr_assert(failed(1, 1));
    fx.world.now_ms -= 5 * 3600000;
    fixture_timers();
    cr_assert_eq(fixture_task(id, 1)->state, TASK_BACKOFF);
    cr_assert(decide_suspend(&fx.world, id, bytes_of("x"), &fx.err));
    fixture_turn();
    cr_assert_lt(fixture_get(id)->changed_ms, fixture_get(id)->created_ms);
    fixture_assert_replay();
}

Test(work, a_final_failure_is_an_incident_at_once)
{
    fixture_failed(id, 1, false);
    cr_assert_eq(fixture_task(id, 1)->state, TASK_INCIDENT);
    json_t *problem = json_of(fixture_task(id, 1)->problem);
    cr_assert_str_eq(json_string_value(json_object_get(problem, "title")), "broken");
    cr_assert_eq(json_integer_value(json_object_get(problem, "status")), 500);
    cr_assert_str_eq(json_string_value(json_object_get(problem, "instance")), "/do/0/a");
    json_decref(problem);
    cr_assert_eq(fixture_count(RECORD_TASK_FAILED), 0);
}

Test(work, a_letter_is_tried_without_end)
{
    fixture_deploy(HEAD("ask") "  - a: {call: assignment, with: {title: t, responsible: [school],\n"
                               "        due: {from: 2023-01-09, to: 2023-12-31}}}\n");
    id = fixture_start("ask", "{}");
    uint32_t seq = fixture_find(id, TASK_NOTICE)->seq;

    for (uint32_t attempt = 1; attempt <= 100; attempt++) {
        cr_assert(failed(seq, attempt));
        cr_assert_eq(fixture_task(id, seq)->state, TASK_BACKOFF);
        int64_t pause_ms = fixture_task(id, seq)->at_ms - fx.world.now_ms;
        cr_assert(pause_ms >= 4000 && pause_ms <= 18 * 60000, "%d", (int)pause_ms);
        fx.world.now_ms = fixture_task(id, seq)->at_ms;
        decide_timer(&fx.world, id, seq);
    }
    cr_assert(done(seq, 101));
}

/* --- operators ------------------------------------------------------------------------------- */

Test(work, an_incident_is_retried_as_if_it_were_new)
{
    fixture_failed(id, 1, false);
    cr_assert(decide_retry(&fx.world, id, 1, (struct bytes){NULL, 0}, &fx.err));
    const struct task *task = fixture_task(id, 1);
    cr_assert(task->state == TASK_READY && task->attempt == 2 && task->tries == 1);
    cr_assert_eq(task->problem.size, 0);
    cr_assert(failed(1, 2));
    cr_assert_eq(fixture_task(id, 1)->at_ms, fx.world.now_ms + 10000, "pauses begin again");
    fixture_assert_replay();
}

Test(work, a_retry_may_edit_the_input)
{
    fixture_failed(id, 1, false);
    cr_assert(decide_retry(&fx.world, id, 1, bytes_of("{\"n\":2}"), &fx.err));
    cr_assert(text_is(task_input(fixture_get(id), fixture_task(id, 1)), "{\"n\":2}"));
    cr_assert(text_is(fixture_get(id)->data, "{\"n\":1}"), "the data of the instance stays");
    fixture_assert_replay();
}

Test(work, a_task_between_attempts_may_be_hurried)
{
    cr_assert(failed(1, 1));
    cr_assert(decide_retry(&fx.world, id, 1, (struct bytes){NULL, 0}, &fx.err));
    cr_assert_eq(fixture_task(id, 1)->state, TASK_READY);
    cr_assert_eq(fixture_task(id, 1)->at_ms, 0);
}

Test(work, only_what_stands_is_retried)
{
    cr_assert_not(decide_retry(&fx.world, id, 1, (struct bytes){NULL, 0}, &fx.err));
    cr_assert_eq(fx.err.code, ERROR_CONFLICT);
    cr_assert_not(decide_retry(&fx.world, id, 9, (struct bytes){NULL, 0}, &fx.err));
    cr_assert_eq(fx.err.code, ERROR_NOT_FOUND);
}

Test(work, a_call_whose_input_could_not_be_filled_is_not_sent_out_on_something_else)
{
    fixture_deploy(HEAD("deep") "  - a: {call: work.a, with: {n: '${ .n.deeper }'}}\n");
    id = fixture_start("deep", "{\"n\":1}");
    cr_assert_eq(fixture_task(id, 1)->state, TASK_INCIDENT);
    cr_assert(decide_retry(&fx.world, id, 1, (struct bytes){NULL, 0}, &fx.err));
    cr_assert_eq(fixture_task(id, 2)->state, TASK_INCIDENT, "the same again");
    cr_assert(decide_retry(&fx.world, id, 2, bytes_of("{\"n\":7}"), &fx.err));
    cr_assert_eq(fixture_task(id, 2)->state, TASK_READY);
    cr_assert(text_is(task_input(fixture_get(id), fixture_task(id, 2)), "{\"n\":7}"));
    fixture_assert_replay();
}

Test(work, skipping_goes_on_with_what_the_operator_gives)
{
    cr_assert(
        decide_skip(&fx.world, id, 1, bytes_of("сделано вручную"), bytes_of("{\"n\":9}"), &fx.err));
    cr_assert(text_is(fixture_task(id, 2)->input, "{\"n\":9}"));
    cr_assert(text_is(fixture_last(RECORD_TASK_SKIPPED)->text, "сделано вручную"));
    assert_stale(id, 1, 1);
    cr_assert(decide_skip(&fx.world, id, 2, bytes_of("и это"), (struct bytes){NULL, 0}, &fx.err));
    cr_assert_eq(fixture_get(id)->state, INSTANCE_COMPLETED);
    cr_assert(text_is(fixture_get(id)->data, "{}"));
    fixture_assert_replay();
}

Test(work, skipping_needs_a_reason)
{
    size_t records = fx.record_count;

    cr_assert_not(decide_skip(&fx.world, id, 1, (struct bytes){NULL, 0}, bytes_of("{}"), &fx.err));
    cr_assert_eq(fx.err.code, ERROR_INVALID);
    cr_assert_eq(fx.record_count, records);
}

Test(work, a_skipped_letter_moves_no_step)
{
    fixture_deploy(HEAD("ask") "  - a: {call: assignment, with: {title: t, responsible: [school],\n"
                               "        due: {from: 2023-01-09, to: 2023-12-31}}}\n");
    id = fixture_start("ask", "{\"n\":1}");
    uint32_t seq = fixture_find(id, TASK_NOTICE)->seq;

    cr_assert(
        decide_skip(&fx.world, id, seq, bytes_of("нет ящика"), (struct bytes){NULL, 0}, &fx.err));
    cr_assert_eq(fixture_get(id)->state, INSTANCE_RUNNING);
    cr_assert(text_is(fixture_get(id)->data, "{\"n\":1}"));
}

Test(work, what_a_worker_had_when_the_instance_was_suspended_is_still_taken)
{
    cr_assert(decide_suspend(&fx.world, id, bytes_of("x"), &fx.err));
    cr_assert(done(1, 1));
    cr_assert_eq(fixture_get(id)->state, INSTANCE_SUSPENDED);
    cr_assert_eq(fixture_task(id, 2)->state, TASK_READY);
    fixture_assert_replay();
}
