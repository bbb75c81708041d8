/* blocks_test.c - for, fork, switch, run, functions, and what runs side by side */
#include "base/limits.h"
#include "reading.h"

#include <criterion/criterion.h>
#include <string.h>

Test(blocks, a_loop_is_read_with_its_names)
{
    struct definition *d =
        parsed(HEAD "  - a: {for: {each: pet, at: i, in: .pets}, while: $pet.ill and $i < 5,\n"
                    "        do: [{b: {set: {x: '${ $pet }', n: '${ $i }'}}}]}\n"
                    "  - c: {for: {in: '${ .list }'}, do: [{d: {set: '${ [$item, $index] }'}}]}\n");
    const struct step *s = d->workflow.steps;

    cr_assert_eq(s[0].kind, STEP_FOR);
    cr_assert_str_eq(s[0].item, "pet");
    cr_assert_str_eq(s[0].at, "i");
    cr_assert_str_eq(expression(d, s[0].in), ".pets");
    cr_assert_str_eq(expression(d, s[0].while_), "$pet.ill and $i < 5");
    cr_assert_eq(s[0].join.parallel_max, 1);
    cr_assert_str_eq(s[2].item, "item");
    cr_assert_str_eq(s[2].at, "index");
    definition_destroy(d);
}

Test(blocks, loops_that_make_no_sense_are_refused)
{
    refused(HEAD "  - a: {for: {}, do: [{b: {call: x}}]}\n", ERROR_INVALID, 3, 14,
            "\"in\" is missing");
    refused(HEAD "  - a: {for: {in: .a, each: x, at: x}, do: [{b: {call: x}}]}\n", ERROR_INVALID, 3,
            14, "the same name");
    refused(HEAD "  - a: {for: {in: .a, each: 1st}, do: [{b: {call: x}}]}\n", ERROR_INVALID, 3, 29,
            "can't name a variable");
    refused(HEAD "  - a: {for: {in: .a, each: context}, do: [{b: {call: x}}]}\n", ERROR_INVALID, 3,
            29, "$context is there already");
    refused(HEAD "  - a: {for: {in: .a, eahc: x}, do: [{b: {call: x}}]}\n", ERROR_INVALID, 3, 23,
            "did you mean \"each\"");
    refused(HEAD "  - a: {for: {in: [1]}, do: [{b: {call: x}}]}\n", ERROR_INVALID, 3, 19,
            "an expression is expected");
}

Test(blocks, a_fork_is_read)
{
    struct definition *d =
        parsed(HEAD "  - a: {fork: {compete: true, branches: [{b: {call: x}}, {c: {call: x}}]}}\n"
                    "  - d: {fork: {branches: [{b: {call: x}}, {c: {call: x}}]},\n"
                    "        metadata: {marshrut: {join: {count: 1, rest: cancel}}}}\n"
                    "  - e: {fork: {branches: [{b: {call: x}}]},\n"
                    "        metadata: {marshrut: {join: {count: '${ .n }'}}}}\n");
    const struct step *s = d->workflow.steps;

    cr_assert(s[0].compete);
    cr_assert_eq(s[0].join.parallel_max, LIMIT_PARALLEL);
    cr_assert_eq(s[0].join.count, EXPRESSION_NONE);
    cr_assert_not(s[3].compete);
    gives(d, s[3].join.count, "null", "1");
    cr_assert(s[3].join.cancel_rest);
    cr_assert_str_eq(expression(d, s[6].join.count), " .n ");
    cr_assert_not(s[6].join.cancel_rest);
    definition_destroy(d);
}

Test(blocks, parallel_is_for_what_repeats)
{
    struct definition *d =
        parsed(HEAD "  - a: {for: {in: .a}, do: [{b: {call: x}}],\n"
                    "        metadata: {marshrut: {parallel: true, join: {count: 5}}}}\n"
                    "  - c: {for: {in: .a}, do: [{b: {call: x}}],\n"
                    "        metadata: {marshrut: {parallel: 1000}}}\n"
                    "  - d: {listen: {to: {any: [], until: .a}}, foreach: {},\n"
                    "        metadata: {marshrut: {parallel: 2}}}\n");
    const struct step *s = d->workflow.steps;

    cr_assert_eq(s[0].join.parallel_max, LIMIT_PARALLEL);
    cr_assert_eq(s[2].join.parallel_max, 1000);
    cr_assert_eq(s[4].join.parallel_max, 2);
    definition_destroy(d);
    refused(HEAD "  - a: {for: {in: .a}, do: [{b: {call: x}}],\n"
                 "        metadata: {marshrut: {parallel: 1001}}}\n",
            ERROR_INVALID, 4, 41, "from 1 to 1000");
    refused(HEAD "  - a: {call: x, metadata: {marshrut: {parallel: 2}}}\n", ERROR_INVALID, 3, 50,
            "is for a \"for\"");
    refused(HEAD "  - a: {listen: {to: {any: []}}, metadata: {marshrut: {parallel: 2}}}\n",
            ERROR_INVALID, 3, 66, "with \"foreach\"");
}

Test(blocks, joins_that_make_no_sense_are_refused)
{
    refused(HEAD "  - a: {fork: {branches: [{b: {call: x}}]},\n"
                 "        metadata: {marshrut: {join: {count: 2}}}}\n",
            ERROR_INVALID, 4, 45, "from 1 to 1");
    refused(HEAD "  - a: {fork: {branches: [{b: {call: x}}], compete: true},\n"
                 "        metadata: {marshrut: {join: {count: 1}}}}\n",
            ERROR_INVALID, 4, 37, "without \"compete\"");
    refused(HEAD "  - a: {for: {in: .a}, do: [{b: {call: x}}],\n"
                 "        metadata: {marshrut: {join: {count: 1}}}}\n",
            ERROR_INVALID, 4, 37, "runs in parallel");
    refused(HEAD "  - a: {fork: {branches: [{b: {call: x}}]},\n"
                 "        metadata: {marshrut: {join: {rest: drop}}}}\n",
            ERROR_INVALID, 4, 44, "must be cancel or continue");
}

Test(blocks, a_switch_needs_cases)
{
    refused(HEAD "  - a: {switch: []}\n", ERROR_INVALID, 3, 17, "from 1 to");
    refused(HEAD "  - a: {switch: [{b: end}]}\n", ERROR_INVALID, 3, 18, "a case is expected");
    refused(HEAD "  - a: {switch: [{b: {when: .a}}]}\n", ERROR_INVALID, 3, 22,
            "\"then\" is missing");
    refused(HEAD "  - a: {switch: [{b: {then: end}}, {c: {then: exit}}]}\n", ERROR_INVALID, 3, 37,
            "second case without \"when\": the first stands in line 3");
    refused(HEAD "  - a: {switch: [{b: {wen: .a, then: end}}]}\n", ERROR_INVALID, 3, 23,
            "did you mean \"when\"");
}

Test(blocks, a_workflow_that_is_run_is_read)
{
    struct definition *d =
        parsed(HEAD "  - a: {run: {workflow: {namespace: n, name: w2, version: 1.0.0, input: {x: "
                    "'${ .y }'}}, await: false}}\n"
                    "  - b: {run: {workflow: {name: w2, version: latest}}}\n");
    const struct step *s = d->workflow.steps;

    cr_assert_eq(s[0].kind, STEP_RUN);
    cr_assert_str_eq(s[0].run_name, "w2");
    cr_assert_str_eq(s[0].run_version, "1.0.0");
    cr_assert(s[0].run_detached);
    gives(d, s[0].with, "{\"y\":5}", "{\"x\":5}");
    cr_assert_null(s[1].run_version);
    cr_assert_not(s[1].run_detached);
    cr_assert_eq(s[1].with, EXPRESSION_NONE);
    definition_destroy(d);
    refused(HEAD "  - a: {run: {}}\n", ERROR_INVALID, 3, 14, "\"workflow\" is missing");
    refused(HEAD "  - a: {run: {workflow: {}}}\n", ERROR_INVALID, 3, 25, "\"name\" is missing");
    refused(HEAD "  - a: {run: {workflow: {name: '${ .a }'}}}\n", ERROR_INVALID, 3, 32,
            "is no name");
    refused(HEAD "  - a: {run: {workflow: {name: w2}, return: none}}\n", ERROR_UNSUPPORTED, 3, 37,
            "\"return\"");
}

Test(blocks, a_workflow_that_nobody_knows_is_a_warning)
{
    struct catalog *catalog = catalog_create();

    warned(catalog, HEAD "  - a: {run: {workflow: {name: w2}}}\n", 3, 32, "no workflow \"w2\"");
    catalog_destroy(catalog);
}
