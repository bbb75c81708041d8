/* fault_test.c - errors: caught, tried again, put before an operator, or the end */
#include "scopes_fixture.h"

#include <criterion/criterion.h>

TestSuite(fault, .init = fixture_init, .fini = fixture_fini);

#define TRY(catch)                                                                                 \
    HEAD "do:\n"                                                                                   \
         "  - t:\n"                                                                                \
         "      try:\n"                                                                            \
         "        - a: {call: work}\n"                                                             \
         "      catch:\n" catch "  - after: {set: {e: '${ .e }'}}\n"

Test(fault, a_caught_error_goes_to_the_steps_of_the_catch)
{
    uint64_t id = run(TRY("        as: err\n"
                          "        do:\n"
                          "          - c: {set: {e: '${ $err.title }'}}\n"),
                      "{}");

    fixture_failed(id, at(id, "a")->seq, true);
    completed(id, "{\"e\":\"broken\"}");
}

Test(fault, an_error_that_the_filter_does_not_take_is_for_an_operator)
{
    uint64_t id = run(TRY("        errors: {with: {status: 404}}\n"
                          "        do:\n"
                          "          - c: {set: {e: 1}}\n"),
                      "{}");

    fixture_failed(id, at(id, "a")->seq, true);
    cr_assert_eq(at(id, "a")->state, TASK_INCIDENT);
    json_t *problem = json_of(at(id, "a")->problem);
    cr_assert_str_eq(json_string_value(json_object_get(problem, "instance")), "/do/0/t/try/0/a");
    json_decref(problem);
    cr_assert(decide_retry(&fx.world, id, at(id, "a")->seq, bytes_of(""), &fx.err));
    done(id, "a", "{\"e\":5}");
    completed(id, "{\"e\":5}");
}

Test(fault, a_try_is_tried_again_after_its_pause)
{
    uint64_t id = run(TRY("        retry:\n"
                          "          delay: {seconds: 10}\n"
                          "          backoff: {exponential: {}}\n"
                          "          limit: {attempt: {count: 2}}\n"
                          "        do:\n"
                          "          - c: {set: {e: gave up}}\n"),
                      "{}");

    for (int pause_s = 10; pause_s <= 20; pause_s += 10) {
        fixture_failed(id, at(id, "a")->seq, true);
        cr_assert_eq(at(id, "t")->state, TASK_BACKOFF);
        cr_assert_eq(at(id, "t")->at_ms, fx.world.now_ms + pause_s * 1000);
        fx.world.now_ms += pause_s * 1000;
        fixture_turn();
        fixture_timers();
    }
    fixture_failed(id, at(id, "a")->seq, true);
    completed(id, "{\"e\":\"gave up\"}");
}

Test(fault, the_limit_of_an_attempt_does_not_run_in_the_pause)
{
    uint64_t id =
        run(HEAD "do:\n"
                 "  - t:\n"
                 "      try: [{r: {raise: {error: {type: 'https://x.test/e', status: 500}}}}]\n"
                 "      catch:\n"
                 "        retry: {delay: PT4S, limit: {attempt: {count: 2, duration: PT2S}}}\n"
                 "        do: [{n: {set: {gave: up}}}]\n",
            "{}");

    for (int n = 0; n < 4; n++) {
        fx.world.now_ms += 2000;
        fixture_turn();
        fixture_timers();
    }
    completed(id, "{\"gave\":\"up\"}");
    cr_assert_eq(fixture_count(RECORD_TASK_FAILED), 2);
}

Test(fault, a_raised_error_that_nobody_catches_ends_the_instance)
{
    uint64_t id =
        run(HEAD "do:\n"
                 "  - r:\n"
                 "      raise: {error: {type: https://x.test/e, status: 400, title: T}}\n",
            "{}");
    const struct instance *i = fixture_get(id);

    cr_assert_eq(i->state, INSTANCE_FAULTED);
    json_t *problem = json_of(i->problem);
    cr_assert_str_eq(json_string_value(json_object_get(problem, "instance")), "/do/0/r");
    cr_assert_eq(json_integer_value(json_object_get(problem, "status")), 400);
    json_decref(problem);
    fixture_assert_replay();
}

Test(fault, a_timeout_gives_up_what_runs_and_is_an_error_that_can_be_caught)
{
    uint64_t id = run(HEAD "do:\n"
                           "  - t:\n"
                           "      try:\n"
                           "        - slow:\n"
                           "            do: [{a: {call: work}}]\n"
                           "            timeout: {after: PT1H}\n"
                           "      catch:\n"
                           "        errors: {with: "
                           "{type: 'https://serverlessworkflow.io/spec/1.0.0/errors/timeout'}}\n"
                           "        do:\n"
                           "          - c: {set: {late: true}}\n",
                      "{}");

    fx.world.now_ms += 3600000 - 1;
    fixture_timers();
    cr_assert_not_null(at(id, "a"));
    fx.world.now_ms += 1;
    fixture_timers();
    completed(id, "{\"late\":true}");
}
