"""flow - the order of steps, and steps that can do nothing or too much"""

from check_cases import HEADER, case, workflow

TIMEOUT = "https://serverlessworkflow.io/spec/1.0.0/errors/timeout"
COMMUNICATION = TIMEOUT.replace("timeout", "communication")


CASES = [
    # --- steps that nothing leads to ---------------------------------------------------------
    workflow("- a: {set: {n: 1}, then: c}\n- ‸b: {call: work}\n- c: {call: work}",
          'nothing leads to the step "b": "a" above it goes elsewhere'),
    workflow("- a: {set: {n: 1}, then: end}\n- ‸b: {call: work}\n- c: {call: work}",
          'nothing leads to the step "b": "a" above it goes elsewhere'),
    workflow("- a: {do: [{in: {set: {n: 1}, then: exit}}, {‸no: {call: work}}]}\n- c: {call: work}",
          'nothing leads to the step "no": "in" above it goes elsewhere'),
    workflow("- a:\n    switch: [{x: {when: .n, then: c}}, {y: {then: end}}]\n"
          "- ‸b: {call: work}\n- c: {call: work}",
          'nothing leads to the step "b": "a" above it goes elsewhere'),
    workflow("- a: {do: [{in: {set: {n: 1}, then: end}}]}\n- ‸b: {call: work}",
          'nothing leads to the step "b": "a" above it never comes to its end'),
    workflow("- a: {listen: {to: {any: [], until: false}}}\n- ‸b: {call: work}",
          'nothing leads to the step "b": "a" above it never comes to its end'),
    workflow("- a: {fork: {branches: [{x: {call: work}}, {y: {call: work, then: end}}]}}\n"
          "- ‸b: {call: work}",
          'nothing leads to the step "b": "a" above it never comes to its end'),
    workflow("- a: {call: work, if: .n, then: c}\n- b: {call: work}\n- c: {call: work}"),
    workflow("- a:\n    switch: [{x: {when: .n, then: c}}]\n- b: {call: work}\n- c: {call: work}"),
    workflow("- a: {for: {each: x, in: .l}, do: [{in: {set: {n: 1}, then: end}}]}\n- b: {call: work}"),
    workflow("- a: {fork: {compete: true, branches: [{x: {call: work}}, {y: {call: work, then: end}}]}}"
          "\n- b: {call: work}"),
    workflow("- a: {try: [{in: {set: {n: 1}, then: end}}], catch: {}}\n- b: {call: work}"),
    workflow(f"- a: {{raise: {{error: {{type: {TIMEOUT}, status: 408}}}}}}\n- ‸b: {{call: work}}",
          'warning: the step "b" is reached only when an operator skips the error that "a" raises'),
    workflow(f"- a: {{if: .n, raise: {{error: {{type: {TIMEOUT}, status: 408}}}}}}\n- b: {{call: work}}"),
    case(HEADER.replace("}", ", metadata: {marshrut: {onError: fault}}}")
         + f"do:\n- a: {{raise: {{error: {{type: {TIMEOUT}, status: 408}}}}}}\n- ‸b: {{call: work}}\n",
         'nothing leads to the step "b": "a" above it never comes to its end'),

    # --- circles -----------------------------------------------------------------------------
    workflow("- a: {set: {n: 1}, then: ‸a}",
          'the step "a" goes back to itself without end: it does not wait'),
    workflow("- a: {set: {n: 1}}\n- b: {do: [{in: {set: {n: 2}}}], then: ‸a}\n- c: {call: work}",
          'from here it goes back to "a" without end: no step on the way waits or leads out'),
    workflow("- a: {set: {n: 1}}\n"
          "- b:\n    switch:\n    - x: {when: .n, then: c}\n    - y: {then: ‸a}\n"
          "- c: {emit: {event: {with: {type: t, source: s}}}, then: a}",
          'from here it goes back to "a" without end: no step on the way waits or leads out'),
    workflow("- a: {run: {await: false, workflow: {namespace: n, name: other}}, then: ‸a}",
          'the step "a" goes back to itself without end: it does not wait'),
    workflow("- a: {wait: PT0S, then: ‸a}",
          'the step "a" goes back to itself without end: it does not wait'),
    workflow("- a: {set: {n: 1}}\n- b: {wait: PT1H, then: a}"),
    workflow("- a: {set: {n: '${ .n + 1 }'}}\n"
          "- b:\n    switch: [{more: {when: .n < 9, then: a}}, {rest: {then: end}}]"),
    workflow("- a:\n    switch:\n    - again: {when: .n, then: ‸a}\n    - rest: {then: end}",
          'warning: this decision leads to itself and changes nothing: once "again" is true it '
          'stays true'),
    workflow("- a:\n    output: {as: .n}\n    switch: [{again: {when: .n, then: a}}, {x: {then: end}}]"),
    workflow("- a: {call: work, then: ‸a}",
          'warning: the step "a" goes back to itself for ever: the workflow never goes on'),
    workflow("- a: {listen: {to: {one: {with: {type: t}}}}, then: a}"),

    # --- events that nobody can send -----------------------------------------------------------
    workflow("- a: {listen: {to: {one: {with: {type: t, subject: s}, correlate: {k: {from: .subject, "
          "expect: ‸other}}}}}}",
          'no event can be this: its "subject" would have to be "s" and "other" at once'),
    workflow("- a: {listen: {to: {all: [{with: {type: t}, correlate: {k: {from: .type, expect: ‸u}}}]}}}",
          'no event can be this: its "type" would have to be "t" and "u" at once'),
    workflow("- a: {listen: {to: {one: {with: {subject: 's.*', type: t}, correlate: {k: {from: .subject, "
          "expect: other}}}}}}"),
    workflow("- a: {listen: {to: {one: {with: {type: t, data: ‸'${ false }'}}}}}",
          "no event can satisfy this: the condition is never true"),
    workflow("- a: {listen: {to: {one: {with: {type: t, specversion: ‸'0.3'}}}}}",
          "no event can satisfy this: all are of CloudEvents version 1.0"),
    workflow("- a:\n    listen:\n      to:\n        any:\n        - with: {type: t}\n"
          "        - with: {type: u}\n        - ‸with: {type: t}",
          "warning: this is the event of line 7 again"),
    workflow("- a: {listen: {to: {all: [{with: {type: t}}, {with: {type: t}}]}}}"),
    workflow("- a: {listen: {to: {any: [{with: {type: t}}], until: ‸'${ null }'}}}",
          'warning: this condition is never true; write "until: false" where a listen shall not end'),
    case(HEADER + "schedule: {on: {one: {with: {type: t, data: ‸'${ false }'}}}}\n"
         "do:\n- a: {call: work}\n",
         "no event can satisfy this: the condition is never true"),

    # --- errors that nobody can catch, retries without end -------------------------------------
    workflow("- a:\n    try: [{b: {call: work}}]\n    catch:\n      errors: "
          f"{{with: {{type: {TIMEOUT}, status: ‸500}}}}",
          "warning: an error of this type has the status 408: with 500 none is caught"),
    workflow("- a:\n    try: [{b: {call: work}}]\n    catch:\n      errors: "
          f"{{with: {{type: {COMMUNICATION}, status: 404}}}}"),  # that of the answer
    workflow("- a:\n    try: [{b: {call: work}}]\n    catch: {errors: {with: {instance: ‸/do/1}}}",
          'warning: an error in this "try" has an instance that begins with "/do/0/a"'),
    workflow("- a:\n    try: [{b: {call: work}}]\n    catch: {errors: {with: {instance: /do/0/a/try/0/b}}}"),
    workflow("- a:\n    try: [{b: {call: work}}]\n    catch: {when: ‸'${ false }'}",
          'this catches nothing: "when" is never true'),
    workflow("- a:\n    try: [{b: {call: work}}]\n    catch: {exceptWhen: ‸'true'}",
          'this catches nothing: "exceptWhen" is always true'),
    workflow("- a:\n    try: [{b: {call: work}}]\n    catch: {retry: ‸{}}",
          'warning: these retries have neither a limit nor a pause: give "limit" or "delay"'),
    workflow("- a:\n    try: [{b: {call: work}}]\n    catch: {retry: {delay: PT1S}}"),
    workflow("- a: {call: work, metadata: {marshrut: {retry: ‸{attempts: 0, delay: PT0S}}}}",
          'warning: these retries have neither a limit nor a pause: give "attempts" or "delay"'),

    # --- services ------------------------------------------------------------------------------
    workflow("- a: {call: ‸wrok}", 'warning: no worker is known to offer "wrok": did you mean "work"?'),
    workflow("- a: {call: ‸hr.find}", 'warning: no worker is known to offer "hr.find"'),
]
