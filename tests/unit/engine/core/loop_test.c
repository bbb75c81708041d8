/* loop_test.c - steps that run others many times or side by side: for, fork and its joins */
#include "scopes_fixture.h"

#include <criterion/criterion.h>

TestSuite(loop, .init = fixture_init, .fini = fixture_fini);

Test(loop, a_for_runs_one_after_another_and_passes_its_output_on)
{
    uint64_t id = run(HEAD "do:\n"
                           "  - loop:\n"
                           "      for: {each: x, in: .list, at: i}\n"
                           "      do:\n"
                           "        - step: {call: work, with: {x: '${ $x }', i: '${ $i }'}}\n",
                      "{\"list\":[\"a\",\"b\"]}");

    cr_assert_eq(open_calls(id), 1);
    cr_assert(text_is(at(id, "step")->input, "{\"x\":\"a\",\"i\":0}"));
    done(id, "step", "{\"n\":1}");
    cr_assert(text_is(at(id, "step")->input, "{\"x\":\"b\",\"i\":1}"));
    done(id, "step", "{\"n\":2}");
    completed(id, "{\"n\":2}");
}

Test(loop, while_ends_a_for_early)
{
    completed(run(HEAD "do:\n"
                       "  - loop:\n"
                       "      for: {each: x, in: .list}\n"
                       "      while: .sum < 3\n"
                       "      do:\n"
                       "        - add: {set: {sum: '${ .sum + $x }', list: '${ .list }'}}\n"
                       "  - out: {set: {sum: '${ .sum }'}}\n",
                  "{\"sum\":0,\"list\":[1,2,3,4]}"),
              "{\"sum\":3}");
}

Test(loop, a_parallel_for_opens_all_and_gathers_in_order)
{
    uint64_t id = run(HEAD "do:\n"
                           "  - loop:\n"
                           "      for: {each: x, in: .list}\n"
                           "      do:\n"
                           "        - step: {call: work, with: {x: '${ $x }'}}\n"
                           "      metadata: {marshrut: {parallel: 2}}\n",
                      "{\"list\":[1,2,3]}");

    cr_assert_eq(open_calls(id), 2);
    uint32_t first = at(id, "step")->seq;
    fixture_done(id, first + 1, "{\"r\":2}"); /* the second one */
    fixture_turn();
    cr_assert_eq(open_calls(id), 2);
    done(id, "step", "{\"r\":1}");
    done(id, "step", "{\"r\":3}");
    completed(id, "[{\"r\":1},{\"r\":2},{\"r\":3}]");
}

Test(loop, a_loop_of_a_thousand_steps_needs_no_deep_stack)
{
    completed(run(HEAD "do:\n"
                       "  - loop:\n"
                       "      for: {each: x, in: '.list'}\n"
                       "      do:\n"
                       "        - add: {set: {n: '${ .n + 1 }'}}\n",
                  "{\"n\":0,\"list\":[1,2,3,4,5,6,7,8,9,10,11,12,13,14,15,16,17,18,19,20]}"),
              "{\"n\":20}");
}

#define FORK(more)                                                                                 \
    HEAD "do:\n"                                                                                   \
         "  - both:\n"                                                                             \
         "      fork:\n" more "        branches:\n"                                                \
         "          - a: {call: work.a}\n"                                                         \
         "          - b: {do: [{b1: {call: work.b}}, {b2: {set: {b: 2}}}]}\n"                      \
         "          - c: {set: {c: 3}}\n"

Test(loop, a_fork_waits_for_all_branches)
{
    uint64_t id = run(FORK(""), "{}");

    cr_assert_eq(open_calls(id), 2);
    done(id, "b1", "{}");
    done(id, "a", "{\"a\":1}");
    completed(id, "[{\"a\":1},{\"b\":2},{\"c\":3}]");
}

Test(loop, of_competing_branches_the_first_wins_and_the_rest_is_given_up)
{
    uint64_t id = run(HEAD "do:\n"
                           "  - race:\n"
                           "      fork:\n"
                           "        compete: true\n"
                           "        branches:\n"
                           "          - a: {call: work.a}\n"
                           "          - b: {do: [{b1: {call: work.b}}]}\n"
                           "  - after: {set: {won: '${ .a }'}}\n",
                      "{}");

    done(id, "a", "{\"a\":1}");
    cr_assert_eq(fixture_count(RECORD_TASK_CANCELLED), 1);
    completed(id, "{\"won\":1}");
}

Test(loop, a_skipped_branch_wins_nothing)
{
    const char *yaml = HEAD "do:\n"
                            "  - f:\n"
                            "      fork:\n"
                            "        compete: true\n"
                            "        branches:\n"
                            "          - fast: {if: .urgent, call: work}\n"
                            "          - slow: {if: .slow, call: work}\n";
    uint64_t id = run(yaml, "{\"urgent\":false,\"slow\":true}");

    done(id, "slow", "{\"who\":\"slow\"}");
    completed(id, "{\"who\":\"slow\"}");
    completed(fixture_start("w", "{\"urgent\":false,\"slow\":false}"),
              "{\"urgent\":false,\"slow\":false}");
}

Test(loop, nothing_is_opened_in_a_fork_that_waits_for_an_operator)
{
    uint64_t id = run(HEAD "do:\n"
                           "  - f:\n"
                           "      fork:\n"
                           "        branches:\n"
                           "          - a: {set: {a: 1}}\n"
                           "          - b: {call: work}\n"
                           "      metadata: {marshrut: {join: {count: '${ .none }'}}}\n",
                      "{}");

    cr_assert_eq(at(id, "f")->state, TASK_INCIDENT);
    cr_assert_null(at(id, "b"));
    fixture_assert_replay();
}

Test(loop, a_join_of_two_goes_on_and_lets_the_rest_run)
{
    const char *yaml = HEAD "do:\n"
                            "  - some:\n"
                            "      fork:\n"
                            "        branches:\n"
                            "          - a: {call: work}\n"
                            "          - b: {call: work}\n"
                            "          - c: {call: work}\n"
                            "      metadata: {marshrut: {join: {count: 2, rest: continue}}}\n"
                            "  - after: {set: {n: '${ length }'}}\n";
    uint64_t id = run(yaml, "{}");

    done(id, "c", "{}");
    done(id, "a", "{}");
    cr_assert_eq(fixture_get(id)->state, INSTANCE_RUNNING, "the rest is waited for at the end");
    cr_assert(text_is(fixture_get(id)->data, "{\"n\":2}"));
    done(id, "b", "{\"late\":1}");
    completed(id, "{\"n\":2}");
}

Test(loop, the_rest_of_a_join_runs_on_also_when_it_was_not_begun_yet)
{
    uint64_t id = run(HEAD "do:\n"
                           "  - some:\n"
                           "      fork:\n"
                           "        branches:\n"
                           "          - a: {set: {n: 1}}\n"
                           "          - b: {set: {n: 2}}\n"
                           "          - c: {call: work}\n"
                           "      metadata: {marshrut: {join: {count: 1, rest: continue}}}\n"
                           "      output: {as: '{first: .[0].n}'}\n"
                           "  - after: {set: {got: '${ .first }'}}\n",
                      "{}");

    cr_assert(text_is(fixture_get(id)->data, "{\"got\":1}"));
    done(id, "c", "{}");
    completed(id, "{\"got\":1}");
}

Test(loop, a_step_that_begins_when_the_rest_of_a_join_ends_is_not_passed_by)
{
    uint64_t id = run(HEAD "do:\n"
                           "  - some:\n"
                           "      fork:\n"
                           "        branches:\n"
                           "          - a: {set: {n: 1}}\n"
                           "          - b: {listen: {to: {one: {with: {type: t.a}}}}}\n"
                           "      metadata: {marshrut: {join: {count: 1, rest: continue}}}\n"
                           "  - both: {listen: {to: {one: {with: {type: t.a}}}}}\n"
                           "  - c: {set: {m: 1}}\n"
                           "  - d: {set: {m: 2}}\n",
                      "{}");

    cr_assert_eq(fixture_event(bytes_of("{\"type\":\"t.a\"}"), false), 2);
    completed(id, "{\"m\":2}");
}

Test(loop, the_time_of_a_step_that_was_joined_does_not_run_on)
{
    uint64_t id = run(HEAD "do:\n"
                           "  - some:\n"
                           "      fork:\n"
                           "        branches:\n"
                           "          - a: {set: {n: 1}}\n"
                           "          - b: {wait: PT2H}\n"
                           "      metadata: {marshrut: {join: {count: 1, rest: continue}}}\n"
                           "      timeout: {after: PT1H}\n",
                      "{}");

    fx.world.now_ms += 3600 * 1000;
    fixture_timers();
    cr_assert_not_null(at(id, "b"));
    fx.world.now_ms += 3600 * 1000;
    fixture_timers();
    completed(id, "[{\"n\":1}]");
}

Test(loop, skipping_the_rest_of_a_join_does_not_go_on_a_second_time)
{
    struct error err = ERROR_INIT;
    uint64_t id = run(HEAD "do:\n"
                           "  - some:\n"
                           "      fork:\n"
                           "        branches:\n"
                           "          - a: {set: {n: 1}}\n"
                           "          - b: {call: work}\n"
                           "      metadata: {marshrut: {join: {count: 1, rest: continue}}}\n"
                           "  - after: {call: work}\n",
                      "{}");

    cr_assert(decide_skip(&fx.world, id, at(id, "some")->seq, bytes_of("not needed"),
                          (struct bytes){NULL, 0}, &err));
    cr_assert_null(at(id, "b"));
    cr_assert_eq(open_calls(id), 1);
    done(id, "after", "{\"r\":1}");
    completed(id, "{\"r\":1}");
}
