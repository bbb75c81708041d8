"""steps - the words of a workflow: what a step may hold, and names that lead somewhere"""

from check_cases import HEADER, case, header, workflow

MANY = "".join(f"- s{i}: {{set: {{n: 1}}}}\n" for i in range(1000))
ERROR = "{type: t, status: 500}"


def nested(levels):
    """Lists of steps in lists of steps, on lines of their own."""
    out = ""
    for level in range(levels):
        out += "    " * level + f"- s{level}:\n" + "    " * level + "    do:\n"
    return out.replace("- s", "- s"), "    " * levels


def deep():
    text, indent = nested(32)
    return text + indent + "‸- last: {set: {n: 1}}"


def http(text, *said, **more):
    return workflow("- a: {call: http, with: {" + text + "}}", *said, **more)


def schedule(text, *said):
    return case(HEADER + f"schedule: {text}\ndo:\n- a: {{call: work}}\n", *said)


def listen(text, *said, **more):
    return workflow("- a: {listen: " + text + "}", *said, **more)


def attempt(text, *said, **more):
    return workflow("- a:\n    try: [{b: {call: work}}]\n    catch: " + text, *said, **more)


CASES = [
    # --- the workflow ------------------------------------------------------------------------------
    case(HEADER + "‸don: []\n", 'a workflow has no field "don": did you mean "do"?'),
    case("‸" + HEADER + "input: {}\n", 'the field "do" is missing here'),
    case(HEADER + "evaluate: {language: ‸cel}\ndo: [{a: {call: work}}]\n",
         'expressions in "cel" are not supported: jq is'),
    case(HEADER + "evaluate: {mode: ‸lax}\ndo: [{a: {call: work}}]\n",
         '"mode" must be strict or loose'),
    case(HEADER + "input: {‸schema: {}}\ndo: [{a: {call: work}}]\n", '"schema" in input is not supported'),
    case(HEADER + "do: ‸[]\n", "this list is empty: it needs at least one step"),
    case(HEADER + "do: ‸{}\n", '"do" must be a list'),
    case(HEADER.replace("}", ", metadata: {marshrut: {onError: ‸stop}}}")
         + "do: [{a: {call: work}}]\n", '"onError" must be incident or fault'),
    case(HEADER.replace("}", ", metadata: {marshrut: {cycle: {person: ‸.who|.name, stages: [{step: a, title: A}]}}}}")
         + "do: [{a: {call: work}}]\n",
         '"person" must be a path: names with dots between them'),
    case(HEADER.replace("}", ", metadata: {marshrut: {cycle: {person: .who, stages: [{step: ‸b, title: A}]}}}}")
         + "do: [{a: {call: work}}]\n",
         'there is no step "b"'),
    case(HEADER.replace("}", ", metadata: {marshrut: {cycle: {person: .who, stages: [{step: a, title: A}, {step: ‸a, title: B}]}}}}")
         + "do: [{a: {call: work}}]\n",
         'two stages name the step "a"'),
    case(HEADER.replace("}", ", metadata: {marshrut: {cycle: {person: .who, stages: ‸[]}}}}")
         + "do: [{a: {call: work}}]\n",
         'a cycle has from 1 to 64 stages'),
    case(HEADER.replace("}", ", metadata: {marshrut: {cycle: {person: .who, stages: [{step: ‸b, title: A}]}}}}")
         + "do: [{a: {do: [{b: {call: work}}]}}, {c: {do: [{b: {call: work}}]}}]\n",
         '2 steps are called "b": a stage needs one of its own name'),
    workflow(MANY + "- ‸more: {set: {n: 1}}",
          "a workflow has at most 1000 steps, functions at each call"),
    workflow(deep(), "steps are nested deeper than 32 lists"),

    # --- names -------------------------------------------------------------------------------------
    workflow("- ‸end: {call: work}", '"end" is a word of "then": a step needs another name'),
    workflow("- a: {call: work}\n- ‸a: {call: work}",
          'the step "a" is here for the second time (first in line 3)'),
    workflow("- ‸a", "a step is expected here: its name, a colon, and what it does"),
    workflow("- aa: {call: work, then: ‸bbb}\n- bb: {call: work}",
          'this list has no step "bbb": did you mean "bb"?'),
    workflow("- aa: {call: work, then: ‸elsewhere}", 'this list has no step "elsewhere"'),
    workflow("- a: {fork: {branches: [{x: {call: work, then: ‸y}}, {y: {call: work}}]}}",
          "the branches of a fork run at the same time: none leads to another"),

    # --- one step ------------------------------------------------------------------------------------
    workflow("- a: {call: work, ‸wait: PT1S}",
          'a step does one thing: this one has both "call" and "wait"'),
    workflow("- a: ‸{if: .x}", "this step does nothing: it needs call, do, emit, for, fork, listen, raise, "
          "run, set, switch, try or wait"),
    workflow("- a: {set: {n: 1}, ‸with: {b: 1}}", '"with" belongs to "call", not to "set"'),
    workflow("- a: {call: work, timeout: ‸{after: PT0S}}", "a timeout must be at least a millisecond"),
    workflow("- a: {call: work, timeout: ‸{after: P50D}}",
          "a time limit of a call must be from one millisecond to 49 days"),
    workflow("- a: {call: work, metadata: {title: ‸'${ .x }'}}", "the title of a step can't be computed"),
    workflow("- a: {call: work, timeout: ‸hours}", 'there is no timeout "hours": did you mean "hour"?',
          head="use: {timeouts: {hour: {after: PT1H}}}\n"),
    workflow("- a: {call: work, timeout: ‸day}", 'there is no timeout "day"'),
    workflow("- a: {call: work, metadata: {marshrut: {retry: {factor: ‸0.5}}}}",
          '"factor" must be a number from 1 to 100'),
    workflow("- a: {call: work, metadata: {marshrut: {retry: ‸{delay: PT9S, delayMax: PT1S}}}}",
          '"delayMax" is shorter than "delay"'),
    workflow("- a: {wait: PT1S, metadata: {marshrut: {retry: ‸{attempts: 1}}}}",
          "only a call of a service can be retried"),
    workflow("- a: {wait: PT1S, metadata: {marshrut: {parallel: ‸2}}}",
          '"parallel" is for a "for", or a "listen" with "foreach"'),
    workflow("- a: {for: {in: .l}, do: [{x: {call: work}}], metadata: {marshrut: {join: ‸{count: 1}}}}",
          '"join" is for a fork without "compete", or for what runs in parallel'),
    workflow("- a: {fork: {branches: [{x: {call: work}}]}, metadata: {marshrut: {join: {rest: ‸stop}}}}",
          '"rest" must be cancel or continue'),
    workflow("- a: {fork: {branches: [{x: {call: work}}]}, metadata: {marshrut: {join: {count: ‸2}}}}",
          '"count" must be from 1 to 1'),

    # --- blocks --------------------------------------------------------------------------------------
    workflow("- a: {for: ‸{in: .l, each: x, at: x}, do: [{b: {call: work}}]}",
          '"each" and "at" have the same name, x'),
    workflow("- a: {for: {in: .l, each: ‸9th}, do: [{b: {call: work}}]}",
          "\"9th\" can't name a variable: Latin letters, digits and '_' do, and no digit begins it"),
    workflow("- a: {for: {in: .l, each: ‸context}, do: [{b: {call: work}}]}",
          "the variable $context is there already"),
    workflow("- a: {for: {in: .l, ‸of: x}, do: [{b: {call: work}}]}", 'a loop has no field "of"'),
    workflow("- a: {switch: ‸[]}", '"switch" must have from 1 to 1000 entries'),
    workflow("- a: {switch: [‸x]}",
          "a case is expected here: its name, a colon, and a map of when and then"),
    workflow("- a:\n    switch:\n    - x: {then: end}\n    - ‸y: {then: end}",
          'a second case without "when": the first stands in line 5'),
    workflow("- a: {set: ‸3}", '"set" must be a map or an expression'),
    workflow("- a: {run: {‸script: {}}}", "run: script is not supported"),
    workflow("- a: {run: {workflow: {namespace: n, name: ‸other}}}",
          'warning: there is no workflow "other" yet',
          beside=(HEADER.replace("name: case", "name: another") + "do: [{a: {call: work}}]\n",)),

    # --- calls ---------------------------------------------------------------------------------------
    workflow("- a: {call: work, with: ‸[1]}", '"with" must be a map or an expression'),
    workflow("- a: {call: ‸grpc}", "call: grpc is not supported"),
    workflow("- a: {call: ‸asignment}",
             'there is no function "asignment": did you mean "assignment"?'),
    workflow("- a: {call: ‸opnapi}", 'there is no function "opnapi": did you mean "openapi"?'),
    workflow("- a: {call: ‸поручение}",
             'there is no function "поручение": did you mean "assignment"?'),
    workflow("- a: {call: assignment, with: {title: t, responsible: [b], due: {days: 2}, form: "
             "[{name: n, title: T, kind: number, min: ‸low}]}}", '"min" must be a number'),
    workflow("- a: {call: assignment, with: {title: t, responsible: [b], due: {days: 2}, form: "
             "[{name: ‸link, title: T}]}}",
             'a report has "link" of its own: a field needs another name'),
    workflow("- a: {call: assignment, with: {title: t, responsible: [b], due: {days: 2}, form: "
             "[{name: n, title: T}, {name: ‸n, title: U}]}}", 'there are two fields "n"'),
    workflow("- a: {call: assignment, with: {title: t, responsible: [b], due: {days: 2}, form: "
             "[{name: n, title: T, unless: ‸m}]}}", 'there is no other field "m"'),
    workflow("- a: {call: assignment, with: {title: t, responsible: [b], due: ‸{weeks: 2}}}",
             "two dates are expected here: {from: …, to: …}"),
    workflow("- a: {call: assignment, with: {title: t, responsible: [b], due: ‸2024-03-31}}",
             "two dates are expected here: {from: …, to: …}"),
    workflow("- a: {call: assignment, with: {title: t, responsible: [b], due: {word: ‸soon}}}",
             'the policy "default" has no term for the word "soon"',
             beside=(header("policy", "default") + "at: '09:00'\nsoon: 1\nladder: []\n",)),
    workflow("- a: {call: assignment, with: {title: t, responsible: [b], due: {phrase: ‸по мере необходимости}}}",
             "these words give an assignment no last day: write {from, to} or {days}"),
    workflow("- a: {call: assignment, with: {title: t, responsible: [b], co_executors: "
             "[{body: c, to: ‸2024-02-01}], due: {from: 2024-01-01, to: 2024-01-31}}}",
             "this is after the term of the assignment itself"),
    workflow("- a: {call: assignment, with: {title: t, responsible: [b], co_executors: "
             "[{body: c, to: ‸2024-01-01, days_before: 3}], due: {days: 5}}}",
             'one of "to" and "days_before" is enough: they may not agree'),
    workflow("- a: {call: ‸'log@v1'}", "calling a function by address or from a catalog is not supported"),
    workflow("- a: {call: ‸‸wirk}\n- b: {call: wrk}",
          'warning: "wirk" goes to the workers that offer it: did you mean the function "wrk"?',
             'warning: no worker is known to offer "wirk": did you mean "work"?',
          head="use: {functions: {wrk: {wait: PT1S}}}\n"),
    workflow("- a: {call: work}", "call: http has a meaning already: a function needs another name",
          head="use: {functions: {‸http: {wait: PT1S}}}\n"),
    workflow("- a: {call: f}", 'the function "f" calls itself, directly or by way of others',
          head="use: {functions: {f: {call: ‸f}}}\n"),
    workflow("- a: {call: f}", 'a function goes on where it was called: "then" belongs to the call',
          head="use: {functions: {f: {wait: PT1S, then: ‸end}}}\n"),
    http("method: get, endpoint: ‸''", '"endpoint" must be a URI or a map'),
    http("method: get, endpoint: ‸example", '"example" is no URI: it begins with https:// or http://'),
    http("method: get, endpoint: 'http://a', output: ‸text", '"output" must be raw, content or response'),
    http("method: get, endpoint: {uri: 'http://a', authentication: ‸{}}",
         "an authentication has one of basic, bearer and use"),
    http("method: get, endpoint: {uri: 'http://a', authentication: {‸oauth2: {}}}",
         '"oauth2" in an authentication is not supported'),
    http("method: get, endpoint: {uri: 'http://a', authentication: {use: ‸me}}",
         'there is no authentication "me"'),

    # --- errors --------------------------------------------------------------------------------------
    workflow("- a: {raise: {error: ‸lost}}", 'there is no error "lost"'),
    workflow("- a: {raise: {error: {type: t, status: ‸42}}}", '"status" must be from 100 to 599'),
    attempt("{errors: {with: {type: ‸'${ .t }'}}}",
            'errors are caught by what is written: an expression belongs into "when"'),
    attempt("{errors: {with: ‸{}}}",
            '"with" needs type, status, instance, title or detail, each once'),
    attempt("{retry: ‸often}", 'there is no retry policy "often"'),
    attempt("{retry: {delay: PT1S, backoff: ‸{}}}",
            "a backoff is one of constant, linear and exponential"),
    attempt("{retry: {delay: PT1S, backoff: {linear: {‸by: 2}}}}", 'this backoff has no field "by"'),
    attempt("{retry: {delay: PT1S, jitter: ‸{from: PT2S, to: PT1S}}}", '"to" is less than "from"'),
    attempt("{retry: {delay: PT1S, limit: {attempt: {‸counts: 2}}}}",
            'limit.attempt has no field "counts": did you mean "count"?'),

    # --- events --------------------------------------------------------------------------------------
    workflow("- a: {listen: {to: {one: {with: {type: t}}}}, foreach: ‸{item: x, at: x}}",
          '"item" and "at" have the same name, x'),
    listen("{read: ‸all, to: {one: {with: {type: t}}}}", '"read" must be data, envelope or raw'),
    listen("{to: {one: {with: {type: t, ‸Kind: k}}}}",
           '"Kind" is no attribute of an event: small Latin letters and digits make one'),
    listen("{to: {one: {with: {type: t, ‸sorce: s}}}}",
           'warning: "sorce" is an extension attribute: did you mean "source"?'),
    listen("{to: {one: {with: {type: 'a‸{2}b*'}}}}",
           "repetitions {…} and references \\1 are not supported in a pattern"),
    listen("{to: {one: {with: {type: ‸'a(b'}}}}", '"a(b" is no pattern: Unmatched ( or \\(',
           foreign="Unmatched ( or \\("),
    listen("{to: {one: {with: ‸{}}}}", "an event filter needs from 1 to 32 attributes"),
    listen("{to: {any: ‸[" + "{with: {type: t}}," * 101 + "]}}",
           "there are at most 100 event filters here"),
    listen("{to: ‸{}}", "events are waited for by one of one, any, all"),
    listen("{to: {all: ‸[]}}", 'the list "all" is empty'),
    listen("{to: {any: ‸{with: {type: t}}}}", '"any" must be a list'),
    listen("{to: {one: {with: {type: t}}, ‸until: false}}", '"until" belongs to "any"'),
    listen("{to: {one: {with: {type: t}, correlate: ‸{}}}}",
           '"correlate" must have from 1 to 16 entries'),
    workflow("- a: {emit: {event: {with: {type: t, source: ‸[1]}}}}", '"source" must be a text'),

    # --- schedules -----------------------------------------------------------------------------------
    schedule("‸{}", "a schedule needs every, cron, after or on"),
    schedule("{every: ‸PT0.5S}", '"every" must be at least a second'),
    schedule("{every: PT1H, ‸after: PT1H}", '"after" beside "every" in a schedule is not supported'),
    schedule("{cron: ‸0 9 30 2 *}", '"0 9 30 2 *" is a day that never comes'),
    schedule("{cron: ‸0 9 * *}", "a cron expression has five fields: minute, hour, day of the month, "
             "month, day of the week; this one has 4"),
    schedule("{cron: ‸60 9 * * *}", 'minute: "60" is not a number from 0 to 59'),
    schedule("{cron: 0 9 * ‸январь *}",
             'month: "январь" is neither a number from 1 to 12 nor a name such as "feb"'),
    schedule("{cron: 0 9 * * ‸5-2}", 'day of the week: the range "5-2" ends before it starts'),
    schedule("{cron: 0 */‸0 * * *}", 'hour: the step "0" is not a number from 1 to 24'),
    schedule("{cron: 0 9 ‸3/2 * *}",
             'day of the month: a step needs a range before it, such as "*/2"'),
    schedule("{cron: 0 ‸1-5-7 * * *}", 'hour: "1-5-7" is none of "*", "5", "1-5" and "*/2"'),
    schedule("{on: {one: {with: {type: ‸'${ .t }'}}}}",
             'no instance is there yet: an expression can stand in "data" only'),
    schedule("{on: {one: {with: {type: t}, correlate: {k: {from: .k, expect: ‸.x}}}}}",
             'no instance is there yet: "expect" must be a constant'),
    schedule("{on: ‸{any: [], until: false}}", '"until" in schedule.on is not supported'),
]
