/* diff_workflow_test.c - how workflows differ by meaning, and what is no difference */
#include "tests/unit/language/differing.h"
#include "tests/unit/language/reading.h"

#include <criterion/criterion.h>

#define HEADED(words)                                                                              \
    "document: {dsl: '1.0.3', namespace: m, name: w, version: '1.0.0'}\n" words "do:\n"

Test(diff_workflow, formatting_of_steps_and_expressions_is_no_difference)
{
    differ(
        HEADED(
            "use: {errors: {bad: {type: https://example.org/bad, status: 400}}}\n") "  - a: {call: "
                                                                                    "s, with: {x: "
                                                                                    "'${ .a+1 }', "
                                                                                    "y: [1, {k: "
                                                                                    "'${ \"t\" "
                                                                                    "}'}]}, then: "
                                                                                    "b}\n"
                                                                                    "  - b: {if: "
                                                                                    ".x==1, wait: "
                                                                                    "PT60S}\n"
                                                                                    "  - c: "
                                                                                    "{raise: "
                                                                                    "{error: "
                                                                                    "bad}}\n",
        HEADED("") "  - a:\n"
                   "      with:\n"
                   "        y: [1, {k: t}]\n"
                   "        x: |\n"
                   "          ${ # a comment\n"
                   "            .a + 1 }\n"
                   "      call: s\n"
                   "  - b: {wait: {minutes: 1}, if: '${ .x == 1 }'}\n"
                   "  - c: {raise: {error: {type: https://example.org/bad, status: 400}}}\n",
        "");
}

Test(diff_workflow, steps_are_added_removed_and_moved_by_path)
{
    differ(HEAD
           "  - a: {call: s}\n  - b: {call: s}\n  - c: {call: s}\n  - d: {do: [e: {call: s}, f: "
           "{call: s}]}\n",
           HEAD "  - c: {call: s}\n  - a: {call: s}\n  - g: {do: [h: {call: s}]}\n  - d: {do: [f: "
                "{call: s}, b: {call: s}]}\n",
           "moved step do/c \"b\" null\n"
           "added step do/g\n"
           "removed step do/d/do/e\n"
           "renamed step do/d/do/b \"do/b\" \"do/d/do/b\"\n");
}

Test(diff_workflow, a_step_that_does_something_else_is_one_difference)
{
    differ(HEAD "  - a: {call: s, with: {x: 1}}\n", HEAD "  - a: {wait: PT1S}\n",
           "changed step do/a kind \"call\" \"wait\"\n");
}

#define GATE "  - z: {switch: [x: {when: .q, then: b}, y: {then: a}]}\n"

Test(diff_workflow, each_field_of_a_call_is_told)
{
    differ(HEAD GATE "  - a: {call: s, with: {x: 1, y: {z: 2}}, then: c}\n"
                     "  - b: {call: s}\n"
                     "  - c: {call: s}\n",
           HEAD GATE "  - a:\n"
                     "      call: t\n"
                     "      with: {y: {z: '${ .z }'}, n: true}\n"
                     "      if: .x\n"
                     "      timeout: {after: PT5S}\n"
                     "      input: {from: .i}\n"
                     "      output: {as: .o}\n"
                     "      export: {as: .e}\n"
                     "      then: end\n"
                     "      metadata: {title: T, marshrut: {retry: {attempts: 2}}}\n"
                     "  - b: {call: s}\n"
                     "  - c: {call: s}\n",
           "changed step do/a title - \"T\"\n"
           "changed step do/a if - \"${ .x }\"\n"
           "changed step do/a input - \"${ .i }\"\n"
           "changed step do/a call \"s\" \"t\"\n"
           "changed step do/a retry.attempts 5 2\n"
           "changed step do/a with.y.z 2 \"${ .z }\"\n"
           "changed step do/a with.n - true\n"
           "changed step do/a with.x 1 -\n"
           "changed step do/a timeout - \"PT5S\"\n"
           "changed step do/a output - \"${ .o }\"\n"
           "changed step do/a export - \"${ .e }\"\n"
           "changed step do/a then \"c\" \"end\"\n");
}

#define SWITCH HEAD "  - s:\n      switch:\n        - first: {when: .m, then: a}\n"
#define AFTER  "  - a: {call: x}\n  - b: {call: x}\n"

Test(diff_workflow, cases_of_a_switch_are_compared_with_their_order)
{
    differ(SWITCH "        - one: {when: .a, then: b}\n"
                  "        - two: {when: .b, then: exit}\n"
                  "        - rest: {then: end}\n" AFTER,
           SWITCH "        - two: {when: .b, then: end}\n"
                  "        - one: {when: .c, then: b}\n"
                  "        - three: {when: .d, then: continue}\n" AFTER,
           "moved case do/s/switch/two \"one\" \"first\"\n"
           "changed case do/s/switch/two then \"exit\" \"end\"\n"
           "changed case do/s/switch/one when \"${ .a }\" \"${ .c }\"\n"
           "added case do/s/switch/three\n"
           "removed case do/s/switch/rest\n");
}

Test(diff_workflow, what_catches_loops_waits_and_branches_is_compared)
{
    differ(
        HEAD "  - t: {try: [a: {call: x}], catch: {errors: {with: {status: 503}}, retry: {delay: "
             "PT1S, limit: {attempt: {count: 3}}}, do: [b: {call: x}]}}\n"
             "  - f: {for: {each: i, in: .l}, do: [c: {call: x}]}\n"
             "  - k: {fork: {branches: [d: {call: x}]}}\n"
             "  - l: {listen: {to: {any: [with: {type: e}, with: {type: g}]}}}\n"
             "  - r: {run: {workflow: {namespace: m, name: v, version: '1.0.0'}}}\n",
        HEAD "  - t: {try: [a: {call: x}], catch: {errors: {with: {status: 500}}, as: e, retry: "
             "{delay: PT2S, backoff: {linear: {}}, limit: {attempt: {count: 3}}}, do: [b: {wait: "
             "PT1S}]}}\n"
             "  - f: {for: {each: i, in: .m}, while: .w, do: [c: {call: x}]}\n"
             "  - k: {fork: {compete: true, branches: [d: {call: x}]}}\n"
             "  - l: {listen: {to: {any: [with: {type: e}, with: {type: h, subject: s}]}, read: "
             "envelope}}\n"
             "  - r: {run: {await: false, workflow: {namespace: m, name: v, version: '2.0.0'}}}\n",
        "changed step do/t catch.errors.status 503 500\n"
        "changed step do/t catch.as \"error\" \"e\"\n"
        "changed step do/t catch.retry.delay \"PT1S\" \"PT2S\"\n"
        "changed step do/t catch.retry.backoff - \"linear\"\n"
        "changed step do/t/catch/b kind \"call\" \"wait\"\n"
        "changed step do/f in \"${ .l }\" \"${ .m }\"\n"
        "changed step do/f while - \"${ .w }\"\n"
        "changed step do/k compete - true\n"
        "changed step do/l to.any.2.with.type \"g\" \"h\"\n"
        "changed step do/l to.any.2.with.subject - \"s\"\n"
        "changed step do/l read - \"envelope\"\n"
        "changed step do/r run.version \"1.0.0\" \"2.0.0\"\n"
        "changed step do/r run.await - \"false\"\n");
}

Test(diff_workflow, a_function_that_is_called_twice_is_compared_once)
{
    differ(
        HEADED(
            "use: {functions: {f: {call: s, with: {n: 1}}}}\n") "  - a: {call: f}\n  - b: {call: "
                                                                "f}\n",
        HEADED(
            "use: {functions: {f: {call: s, with: {n: 2}}}}\n") "  - a: {call: f}\n  - b: {call: "
                                                                "f, with: {m: 1}}\n",
        "changed step use.functions/f with.n 1 2\n"
        "changed step do/b with - {\"m\":1}\n");
}

Test(diff_workflow, schedule_input_output_and_on_error_are_compared)
{
    differ(HEADED("schedule: {cron: '0 8 * * 1'}\ninput: {from: .a}\n") "  - a: {call: s}\n",
           "document: {dsl: '1.0.3', namespace: n, name: w, version: '1.0.1', title: W, metadata: "
           "{marshrut: {onError: fault}}}\n"
           "schedule: {cron: '0 9 * * 1', on: {one: {with: {type: t}}}}\noutput: {as: .b}\n"
           "do:\n  - a: {call: s}\n",
           "changed document namespace \"m\" \"n\"\n"
           "changed document title \"w\" \"W\"\n"
           "changed document output - \"${ .b }\"\n"
           "changed document onError - \"fault\"\n"
           "changed document schedule.cron \"0 8 * * 1\" \"0 9 * * 1\"\n"
           "changed document schedule.on - {\"one\":[{\"with\":{\"type\":\"t\"}}]}\n"
           "changed document input \"${ .a }\" -\n");
}
