"""outer - calendars, routes and indicators"""

from check_cases import case, header


def calendar(text, *said, name="case", week="week: five-day\n", **more):
    return case(header("calendar", name) + week + text + "\n", *said, **more)


def year(text, *said):
    return calendar("holidays: [{day: 01-01, title: Новый год}]\n"
                    "years:\n- {year: 2023, source: s, " + text + "}", *said)


def extending(name, above):
    return header("calendar", name) + f"extends: {above}\n"


def routes(text, *said, **more):
    return case(header("routes") + "routes:\n" + text + "\n", *said, **more)


def rule(text, *said, **more):
    return routes("- {name: r, on: {type: t}, " + text + "}", *said, **more)


def indicator(text, *said, unit="'%'", **more):
    return case(header("indicators") + "indicators:\n- {id: i, title: t, formula: f, period: year, "
                f"unit: {unit}, {text}}}\n", *said, **more)


NUMBER = "{number: 1, source: s}"
SHARE = f"value: {{share: {{done: {NUMBER}, of: {NUMBER}}}}}"

CASES = [
    # --- calendars -----------------------------------------------------------------------------------
    calendar("", '"seven-day" is not a week; one of these is expected: five-day, six-day',
             week="week: ‸seven-day\n"),
    calendar("", '"fve-day" is not a week: did you mean "five-day"?', week="week: ‸fve-day\n"),
    calendar("holidays: [{day: ‸1 May, title: t}]",
             '"1 May" is not a day of every year: write month and day as 01-07'),
    calendar("holidays: [{day: 05-01, title: t, since: 2020, until: ‸2019}]",
             '"until" (2019) is before "since" (2020)'),
    calendar("holidays: [{day: 05-01, title: t}, {day: ‸01-01, title: t}]",
             "this holiday is earlier than the one above it: put them in order"),
    calendar("holidays: [{day: 05-01, title: t}, {day: ‸05-01, title: u}]",
             "this holiday is here a second time, for the same years"),
    calendar("years: [{year: 2023, source: s}, {year: ‸2023, source: s}]",
             "the year 2023 is here a second time or out of order"),
    year("holidays: [{day: ‸2024-05-02, title: t}]", "this day is not in the year 2023"),
    year("holidays: [{day: ‸2023-01-01, title: t}]",
         "this day is a holiday of every year already: Новый год"),
    year("holidays: [{day: 2023-05-02, title: t}, {day: ‸2023-05-01, title: t}]",
         "this day is earlier than the one above it: put them in order"),
    year("short: [2023-05-02, ‸2023-05-02]", "this day is here a second time"),
    year("short: [‸2023-05-06]", "this day is off, so it can't be a short working day"),
    year("working: [‸2023-05-02]", "this day is worked anyway"),
    year("transfers: [{from: ‸2023-05-02, to: 2023-05-03}]",
         "a rest day is moved from a Saturday or a Sunday, and this is neither"),
    year("transfers: [{from: 2023-05-06, to: ‸2023-01-01}]",
         'a rest day can\'t be moved to a holiday: this is "Новый год"'),
    year("transfers: [{from: 2023-05-06, to: ‸2023-05-07}]",
         "a rest day can't be moved to another rest day"),
    year("transfers: [{from: 2023-05-06, to: 2023-05-10}, {from: ‸2023-05-06, to: 2023-05-11}]",
         "this day is moved a second time"),
    calendar("school: {year: {from: 09-01, to: 05-26}, terms: [‸{from: 08-25, to: 10-24}]}",
             "this term does not lie in the school year, from its first day on"),
    calendar("school: {year: {from: 09-01, to: 05-26},\n"
             "  terms: [{from: 09-01, to: 10-24}, {from: ‸10-24, to: 12-30}]}",
             "this term begins before the one above it has ended"),
    calendar("", "this calendar would extend itself", week="extends: ‸case\n"),
    calendar("", "more than 8 calendars extend each other here", week="extends: ‸c0\n",
             beside=tuple(extending(f"c{i}", f"c{i + 1}") for i in range(9))),
    calendar("", 'there is no calendar "none"', week="extends: ‸none\n", beside=(extending("c", "d"),)),

    # --- routes --------------------------------------------------------------------------------------
    routes("- ‸{name: r, on: {type: t}}", "this rule does nothing: it needs start, signal or assign"),
    rule("start: {workflow: w}, ‸signal: {workflow: w, key: k}",
         'a rule does one thing: this one has both "start" and "signal"'),
    routes("- {name: r, on: {type: t}, start: {workflow: w}}\n"
           "- {name: ‸r, on: {type: t}, start: {workflow: w}}",
           'the rule "r" is here for the second time (first in line 3)'),
    rule("start: {workflow: ‸w}", 'there is no workflow "w"',
         beside=("document: {dsl: '1.0.3', namespace: test, name: v, version: '1'}\n"
                 "do: [{a: {set: {n: 1}}}]\n",)),
    rule("start: {workflow: w, key: ‸a b}",
         '"a b" is no key: Latin letters, digits and signs without blanks, up to 200, make one'),

    # --- indicators ----------------------------------------------------------------------------------
    indicator("value: ‸{}", 'the value of an indicator needs one of "count", "share" and "reported"'),
    indicator(f"value: {{count: {NUMBER}}}", "a share has the unit %, and nothing else has it",
              unit="‸'%'"),
    case(header("indicators") + "indicators:\n" + "".join(
        f"- {{id: {caret}i, title: t, formula: f, period: year, unit: '%', {SHARE}}}\n"
        for caret in ("", "‸")),
         'the indicator "i" is here for the second time (first in line 3)'),
    indicator("value: {count: {workflow: w, state: ‸runing}}", '"runing" is not a state: did you mean '
              '"running"?', unit="one"),
    indicator("value: {count: {workflow: w, state: ‸late}}", '"late" is not a state; one of these is '
              'expected: running, suspended, completed, cancelled, faulted', unit="one"),
]
