/* scopes_test.c - steps in steps: lists, conditions, cases, and the data that goes through them */
#include "scopes_fixture.h"

#include "base/limits.h"

#include <criterion/criterion.h>
#include <string.h>

TestSuite(scopes, .init = fixture_init, .fini = fixture_fini);

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
