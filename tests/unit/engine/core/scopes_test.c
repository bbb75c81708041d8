/* scopes_test.c - steps in steps: lists, branches, loops, tries, and what goes through them */
#include "fixture.h"

#include "base/limits.h"

#include <criterion/criterion.h>
#include <stdlib.h>
#include <string.h>

TestSuite(scopes, .init = fixture_init, .fini = fixture_fini);

#define HEAD "document: {dsl: '1.0.3', namespace: test, name: w, version: '1'}\n"

static uint64_t run(const char *yaml, const char *input)
{
    fixture_deploy(yaml);
    return fixture_start("w", input);
}

static void ended_with(uint64_t id, enum instance_state state, const char *data)
{
    const struct instance *i = fixture_get(id);
    json_t *want = json_loads(data, JSON_DECODE_ANY, NULL);
    json_t *there = json_of(i->data);

    cr_assert_eq(i->state, state, "%s: %.*s", instance_state_name(i->state), (int)i->problem.size,
                 (const char *)i->problem.data);
    cr_assert(json_equal(want, there), "%.*s", (int)i->data.size, (const char *)i->data.data);
    json_decref(want);
    json_decref(there);
    fixture_assert_replay();
}

static void completed(uint64_t id, const char *data)
{
    ended_with(id, INSTANCE_COMPLETED, data);
}

/* The open task of this step. */
static struct task *at(uint64_t id, const char *step)
{
    struct instance *i = fixture_get(id);
    const struct definition *d = catalog_find_number(fx.catalog, i->definition);

    for (uint32_t n = 0; n < i->task_count; n++) {
        if (strcmp(d->workflow.steps[i->tasks[n].step].name, step) == 0 &&
            i->tasks[n].kind != TASK_ITERATION) {
            return &i->tasks[n];
        }
    }
    return NULL;
}

static void done(uint64_t id, const char *step, const char *output)
{
    cr_assert_not_null(at(id, step), "%s is not open", step);
    fixture_done(id, at(id, step)->seq, output);
    fixture_turn();
}

static size_t open_calls(uint64_t id)
{
    const struct instance *i = fixture_get(id);
    size_t count = 0;

    for (uint32_t n = 0; n < i->task_count; n++) {
        count += i->tasks[n].kind == TASK_CALL;
    }
    return count;
}

Test(scopes, data_goes_through_a_list_in_a_list)
{
    uint64_t id = run(HEAD "do:\n"
                           "  - outer:\n"
                           "      do:\n"
                           "        - a: {set: {n: '${ .n + 1 }'}}\n"
                           "        - b: {call: work, with: {m: '${ .n }'}}\n"
                           "  - after: {set: {got: '${ .r }'}}\n",
                      "{\"n\":4}");

    cr_assert(text_is(at(id, "b")->input, "{\"m\":5}"));
    done(id, "b", "{\"r\":7}");
    completed(id, "{\"got\":7}");
}

Test(scopes, a_condition_that_is_false_skips_the_step)
{
    uint64_t id = run(HEAD "do:\n"
                           "  - a: {if: .n > 5, set: {big: true}}\n"
                           "  - b: {if: '${ .n < 5 }', set: {small: true}}\n",
                      "{\"n\":4}");

    completed(id, "{\"small\":true}");
}

Test(scopes, input_output_and_export_transform_what_goes_by)
{
    uint64_t id = run(HEAD "input: {from: .order}\n"
                           "do:\n"
                           "  - a:\n"
                           "      input: {from: .lines}\n"
                           "      call: work\n"
                           "      output: {as: '{sum: .total, of: ($input | length)}'}\n"
                           "      export: {as: '$context + {seen: $output.sum}'}\n"
                           "  - b: {set: {sum: .sum, of: '${ .of }', seen: '${ $context.seen }'}}\n"
                           "output: {as: '{of: .of, seen: .seen}'}\n",
                      "{\"order\":{\"lines\":[1,2,3]}}");

    cr_assert(text_is(task_input(fixture_get(id), at(id, "a")), "[1,2,3]"));
    done(id, "a", "{\"total\":6}");
    completed(id, "{\"of\":3,\"seen\":6}");
}

Test(scopes, an_instance_without_a_key_knows_its_workflow_too)
{
    completed(run(HEAD
                  "do:\n"
                  "  - a: {set: {id: '${ $workflow.id | length }', key: '${ $workflow.key }'}}\n",
                  "{}"),
              "{\"id\":1,\"key\":\"\"}");
}

Test(scopes, a_switch_takes_the_first_true_case_or_the_default)
{
    const char *yaml = HEAD "do:\n"
                            "  - pick:\n"
                            "      switch:\n"
                            "        - big: {when: .n > 10, then: high}\n"
                            "        - mid: {when: .n > 5, then: middle}\n"
                            "        - rest: {then: low}\n"
                            "  - low: {set: {r: low}, then: end}\n"
                            "  - middle: {set: {r: middle}, then: end}\n"
                            "  - high: {set: {r: high}, then: end}\n";

    completed(run(yaml, "{\"n\":11}"), "{\"r\":\"high\"}");
    completed(run(yaml, "{\"n\":6}"), "{\"r\":\"middle\"}");
    completed(run(yaml, "{\"n\":1}"), "{\"r\":\"low\"}");
}

Test(scopes, exit_leaves_the_list_and_end_the_workflow)
{
    completed(run(HEAD "do:\n"
                       "  - inner:\n"
                       "      do:\n"
                       "        - a: {switch: [{out: {when: '.n == 1', then: exit}}]}\n"
                       "        - b: {set: {n: 2}}\n"
                       "  - c: {set: {m: '${ .n }'}}\n",
                  "{\"n\":1}"),
              "{\"m\":1}");
    completed(run(HEAD "do:\n"
                       "  - inner:\n"
                       "      do:\n"
                       "        - a: {switch: [{out: {when: '.n == 1', then: end}}]}\n"
                       "  - c: {set: {m: 1}}\n",
                  "{\"n\":1}"),
              "{\"n\":1}");
}

Test(scopes, a_for_runs_one_after_another_and_passes_its_output_on)
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

Test(scopes, while_ends_a_for_early)
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

Test(scopes, a_parallel_for_opens_all_and_gathers_in_order)
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

#define FORK(more)                                                                                 \
    HEAD "do:\n"                                                                                   \
         "  - both:\n"                                                                             \
         "      fork:\n" more "        branches:\n"                                                \
         "          - a: {call: work.a}\n"                                                         \
         "          - b: {do: [{b1: {call: work.b}}, {b2: {set: {b: 2}}}]}\n"                      \
         "          - c: {set: {c: 3}}\n"

Test(scopes, a_fork_waits_for_all_branches)
{
    uint64_t id = run(FORK(""), "{}");

    cr_assert_eq(open_calls(id), 2);
    done(id, "b1", "{}");
    done(id, "a", "{\"a\":1}");
    completed(id, "[{\"a\":1},{\"b\":2},{\"c\":3}]");
}

Test(scopes, of_competing_branches_the_first_wins_and_the_rest_is_given_up)
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

Test(scopes, a_join_of_two_goes_on_and_lets_the_rest_run)
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

#define TRY(catch)                                                                                 \
    HEAD "do:\n"                                                                                   \
         "  - t:\n"                                                                                \
         "      try:\n"                                                                            \
         "        - a: {call: work}\n"                                                             \
         "      catch:\n" catch "  - after: {set: {e: '${ .e }'}}\n"

Test(scopes, a_caught_error_goes_to_the_steps_of_the_catch)
{
    uint64_t id = run(TRY("        as: err\n"
                          "        do:\n"
                          "          - c: {set: {e: '${ $err.title }'}}\n"),
                      "{}");

    fixture_failed(id, at(id, "a")->seq, true);
    completed(id, "{\"e\":\"broken\"}");
}

Test(scopes, an_error_that_the_filter_does_not_take_is_for_an_operator)
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

Test(scopes, a_try_is_tried_again_after_its_pause)
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

Test(scopes, a_raised_error_that_nobody_catches_ends_the_instance)
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

Test(scopes, a_timeout_gives_up_what_runs_and_is_an_error_that_can_be_caught)
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

Test(scopes, a_workflow_runs_another_and_goes_on_with_its_output)
{
    fixture_deploy("document: {dsl: '1.0.3', namespace: test, name: sub, version: '1'}\n"
                   "do:\n"
                   "  - s: {call: work}\n");
    uint64_t id = run(HEAD "do:\n"
                           "  - r:\n"
                           "      run:\n"
                           "        workflow: {namespace: test, name: sub, version: '1',\n"
                           "                   input: {x: '${ .n }'}}\n"
                           "  - after: {set: {got: '${ .y }'}}\n",
                      "{\"n\":3}");

    cr_assert(text_is(fixture_get(id + 1)->data, "{\"x\":3}"));
    done(id + 1, "s", "{\"y\":4}");
    completed(id, "{\"got\":4}");
}

Test(scopes, cancelling_an_instance_cancels_what_it_waits_for)
{
    fixture_deploy("document: {dsl: '1.0.3', namespace: test, name: sub, version: '1'}\n"
                   "do:\n"
                   "  - s: {call: work}\n");
    uint64_t id = run(HEAD "do:\n"
                           "  - r: {run: {workflow: {namespace: test, name: sub, version: '1'}}}\n",
                      "{}");

    cr_assert(decide_cancel(&fx.world, id, bytes_of("why"), &fx.err));
    cr_assert_eq(fixture_get(id + 1)->state, INSTANCE_CANCELLED);
    fixture_assert_replay();
}

Test(scopes, listen_to_all_waits_for_each_and_gathers_their_data)
{
    uint64_t id = run(HEAD "do:\n"
                           "  - l:\n"
                           "      listen:\n"
                           "        to:\n"
                           "          all:\n"
                           "            - {with: {type: t.a}, correlate: {room: {from: .room}}}\n"
                           "            - {with: {type: t.b}, correlate: {room: {from: .room}}}\n",
                      "{}");

    cr_assert_eq(fixture_event(bytes_of("{\"type\":\"t.a\",\"room\":1,\"data\":10}"), false), 1);
    fixture_turn();
    cr_assert_eq(fixture_event(bytes_of("{\"type\":\"t.a\",\"room\":1,\"data\":11}"), false), 0);
    cr_assert_eq(fixture_event(bytes_of("{\"type\":\"t.b\",\"room\":2,\"data\":12}"), false), 0);
    cr_assert_eq(fixture_event(bytes_of("{\"type\":\"t.b\",\"room\":1,\"data\":13}"), false), 1);
    completed(id, "[10,13]");
}

Test(scopes, foreach_takes_events_one_after_another_until_it_has_enough)
{
    uint64_t id = run(HEAD "do:\n"
                           "  - l:\n"
                           "      listen:\n"
                           "        to: {any: [{with: {type: t.a}}], until: 'length >= 2'}\n"
                           "      foreach:\n"
                           "        item: e\n"
                           "        do: [{step: {call: work, with: {e: '${ $e }'}}}]\n",
                      "{}");

    fixture_event(bytes_of("{\"type\":\"t.a\",\"data\":1}"), false);
    fixture_event(bytes_of("{\"type\":\"t.a\",\"data\":2}"), false);
    cr_assert_eq(fixture_event(bytes_of("{\"type\":\"t.a\",\"data\":3}"), false), 0);
    fixture_turn();
    cr_assert_eq(open_calls(id), 1);
    done(id, "step", "{\"r\":1}");
    cr_assert(text_is(at(id, "step")->input, "{\"e\":2}"));
    done(id, "step", "{\"r\":2}");
    completed(id, "[{\"r\":1},{\"r\":2}]");
}

Test(scopes, a_join_closes_a_listen_that_would_go_on_for_ever)
{
    uint64_t id = run(HEAD "do:\n"
                           "  - l:\n"
                           "      listen:\n"
                           "        to: {any: [{with: {type: t.a}}], until: 'false'}\n"
                           "      foreach:\n"
                           "        item: e\n"
                           "        do: [{step: {call: work}}]\n"
                           "      metadata: {marshrut: {parallel: true, join: {count: 1, rest: "
                           "cancel}}}\n",
                      "{}");

    fixture_event(bytes_of("{\"type\":\"t.a\",\"data\":1}"), false);
    fixture_event(bytes_of("{\"type\":\"t.a\",\"data\":2}"), false);
    cr_assert_eq(open_calls(id), 2);
    done(id, "step", "{\"r\":1}");
    completed(id, "[{\"r\":1}]");
}

Test(scopes, the_rest_of_a_join_runs_on_also_when_it_was_not_begun_yet)
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

Test(scopes, a_step_that_begins_when_the_rest_of_a_join_ends_is_not_passed_by)
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

Test(scopes, the_time_of_a_step_that_was_joined_does_not_run_on)
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

Test(scopes, skipping_the_rest_of_a_join_does_not_go_on_a_second_time)
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

Test(scopes, a_join_of_events_goes_on_and_lets_the_rest_run)
{
    uint64_t id = run(HEAD "do:\n"
                           "  - l:\n"
                           "      listen:\n"
                           "        to: {any: [{with: {type: t.a}}], until: 'false'}\n"
                           "      foreach:\n"
                           "        do: [{step: {call: work}}]\n"
                           "      metadata: {marshrut: {parallel: true, join: {count: 1, rest: "
                           "continue}}}\n"
                           "  - after: {set: {n: '${ length }'}}\n",
                      "{}");

    fixture_event(bytes_of("{\"type\":\"t.a\",\"data\":1}"), false);
    fixture_event(bytes_of("{\"type\":\"t.a\",\"data\":2}"), false);
    done(id, "step", "{}");
    cr_assert(text_is(fixture_get(id)->data, "{\"n\":1}"));
    cr_assert_eq(fixture_event(bytes_of("{\"type\":\"t.a\",\"data\":3}"), false), 0);
    done(id, "step", "{}");
    completed(id, "{\"n\":1}");
}

Test(scopes, a_foreach_without_steps_says_what_of_each_event_is_wanted)
{
    uint64_t id = run(HEAD "do:\n"
                           "  - l:\n"
                           "      listen: {to: {one: {with: {type: t.a}}}}\n"
                           "      foreach: {output: {as: .n}}\n",
                      "{}");

    fixture_event(bytes_of("{\"type\":\"t.a\",\"data\":{\"n\":7}}"), false);
    completed(id, "[7]");
}

Test(scopes, an_emitted_event_reaches_a_branch_that_listens)
{
    uint64_t id = run(
        HEAD "do:\n"
             "  - both:\n"
             "      fork:\n"
             "        branches:\n"
             "          - hear: {listen: {to: {one: {with: {type: t.x}}}}}\n"
             "          - say: {emit: {event: {with: {source: /me, type: t.x, data: {n: 5}}}},\n"
             "                  output: {as: .type}}\n",
        "{}");

    fixture_turn();
    fixture_timers();
    completed(id, "[[{\"n\":5}],\"t.x\"]");
}

Test(scopes, a_loop_of_a_thousand_steps_needs_no_deep_stack)
{
    completed(run(HEAD "do:\n"
                       "  - loop:\n"
                       "      for: {each: x, in: '.list'}\n"
                       "      do:\n"
                       "        - add: {set: {n: '${ .n + 1 }'}}\n",
                  "{\"n\":0,\"list\":[1,2,3,4,5,6,7,8,9,10,11,12,13,14,15,16,17,18,19,20]}"),
              "{\"n\":20}");
}

Test(scopes, a_schedule_starts_again_and_again)
{
    fixture_deploy(HEAD "schedule: {every: {minutes: 10}}\n"
                        "do:\n"
                        "  - a: {call: work}\n");
    uint64_t id = decide_schedule(&fx.world, catalog_find(fx.catalog, DEFINITION_WORKFLOW, "w"));

    for (uint64_t run_no = 1; run_no <= 3; run_no++) {
        fx.world.now_ms += 600000;
        fixture_turn();
        decide_timer(&fx.world, id, 1);
        cr_assert_not_null(at(id + run_no, "a"));
    }
    cr_assert_eq(fixture_get(id)->state, INSTANCE_RUNNING);
    fixture_assert_replay();
}

Test(scopes, an_instance_migrates_where_its_open_step_is_and_is_refused_where_it_is_not)
{
    uint64_t id = run(HEAD "do:\n"
                           "  - a: {call: work}\n"
                           "  - b: {set: {v: 1}}\n",
                      "{}");
    fixture_deploy(HEAD "do:\n"
                        "  - other: {call: work}\n");
    cr_assert_not(
        decide_migrate(&fx.world, id, catalog_find(fx.catalog, DEFINITION_WORKFLOW, "w"), &fx.err));
    cr_assert_eq(fx.err.code, ERROR_CONFLICT);
    fixture_deploy(HEAD "do:\n"
                        "  - first: {set: {}}\n"
                        "  - a: {call: work}\n"
                        "  - b: {set: {v: 2}}\n");
    cr_assert(
        decide_migrate(&fx.world, id, catalog_find(fx.catalog, DEFINITION_WORKFLOW, "w"), &fx.err),
        "%s", fx.err.text);
    done(id, "a", "{}");
    completed(id, "{\"v\":2}");
}

Test(scopes, the_limit_of_an_attempt_does_not_run_in_the_pause)
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

Test(scopes, a_skipped_branch_wins_nothing)
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

Test(scopes, the_input_of_a_step_is_seen_in_its_conditions)
{
    uint64_t id = run(HEAD "do:\n"
                           "  - loop:\n"
                           "      for: {each: item, in: '[1,2,3,4,5]'}\n"
                           "      while: $item <= $input.max\n"
                           "      do: [{a: {set: {n: '${ $item }', v: 3}}}]\n"
                           "  - l:\n"
                           "      listen: {to: {one: {with: {type: q, prio: 5,\n"
                           "                                 data: '${ .a == $input.v }'}}}}\n",
                      "{\"max\":3}");

    cr_assert(text_is(fixture_get(id)->data, "{\"n\":3,\"v\":3}"));
    cr_assert_eq(fixture_event(bytes_of("{\"type\":\"q\",\"prio\":4,\"data\":{\"a\":3}}"), false),
                 0);
    cr_assert_eq(fixture_event(bytes_of("{\"type\":\"q\",\"prio\":5,\"data\":{\"a\":3}}"), false),
                 1);
    completed(id, "[{\"a\":3}]");
}

Test(scopes, nothing_is_opened_in_a_fork_that_waits_for_an_operator)
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

static unsigned asked;

static json_t *too_long(struct world *world, const struct program *program, uint32_t number,
                        json_t *input, variable_fn *variable, void *context, struct error *err)
{
    (void)world;
    if (strstr(program_text(program, number), "until") == NULL) {
        return evaluator_run(fx.evaluator, program, number, input, variable, context, err);
    }
    asked++;
    error_set(err, ERROR_TIMEOUT, "the expression takes too long");
    return NULL;
}

Test(scopes, expressions_that_take_too_long_are_few_in_a_row)
{
    fx.world.evaluate = too_long;
    run(HEAD "do:\n"
             "  - loop:\n"
             "      for: {each: x, in: .list}\n"
             "      do:\n"
             "        - t:\n"
             "            try: [{x: {set: {x: '${ until(false; .) }'}}}]\n"
             "            catch: {}\n",
        "{\"list\":[1,2,3,4,5,6,7,8,9,10,11,12,13,14,15,16,17,18,19,20]}");

    cr_assert_gt(asked, 1);
    cr_assert_leq(asked, LIMIT_PASSED_STEPS / LIMIT_STALL_STEPS + 1, "%u", asked);
}
