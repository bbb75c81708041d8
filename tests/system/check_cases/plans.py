"""plans - roadmaps, bodies and policies"""

from check_cases import case, header

HEAD = "period: {from: 2023-01-01, to: 2023-12-31}\ncontroller: c\npolicy: p\n"
WINDOW = "{from: 2023-01-01, to: 2023-02-01}"
DUE = f"{{phrase: p, kind: window, windows: [{WINDOW}]}}"
ITEM = f"- {{no: '1.1', section: '1', title: t, responsible: [b], due: {DUE}}}\n"
SECTIONS = "sections: [{no: '1', title: s}]\n"
RUNG = "{remind: on the day}"


def roadmap(items, *said, head=HEAD, sections=SECTIONS, **more):
    return case(header("roadmap") + head + sections + "items:\n" + items, *said, **more)


def due(text, *said):
    return roadmap(ITEM.replace(DUE, text), *said)


def computed(text, *said, **more):
    return roadmap(ITEM.replace(DUE, DUE + ", computed: " + text), *said, **more)


def bodies(text, *said, **more):
    return case(header("bodies") + "timezone: Europe/Moscow\nbodies: " + text + "\n", *said, **more)


def absences(text, *said, deputy=", deputy: b", b="", also=None):
    return bodies(f"[{{id: a, name: n{deputy}, absences: [{text}]}}, {{id: b, name: n{b}}}]",
                  *said, *([also] if also else []))


def policy(text, *said, at="'09:00'", soon=1, **more):
    return case(header("policy") + f"at: {at}\nsoon: {soon}\nladder: {text}\n", *said, **more)


def others(*texts):
    """Bodies documents that are seen."""
    return tuple(header("bodies", f"other-{i}") + f"timezone: UTC\nbodies: {text}\n"
                 for i, text in enumerate(texts))


def chain(count):
    """Bodies one under the other, the last at the top; a caret before the first parent."""
    return "[" + ", ".join(
        f"{{id: b{i}, name: n" + (f", parent: {'‸' if i == 0 else ''}b{i + 1}" if i < count else "") + "}"
        for i in range(count + 1)) + "]"


CASES = [
    roadmap(ITEM + ITEM.replace("'1.1'", "‸'1.1'"),
            'the item number "1.1" is here for the second time (first in line 7)'),
    roadmap(ITEM, 'the section number "1" is here for the second time (first in line 5)',
            sections="sections: [{no: '1', title: s}, {no: ‸'1', title: s}]\n"),
    roadmap(ITEM.replace("[b]", "[b, ‸b]"),
            'the body "b" is here for the second time (first in line 7)'),
    roadmap(ITEM.replace("section: '1'", "section: ‸'2'"),
            'there is no section "2" in this roadmap'),
    roadmap(ITEM.replace("[b]", "‸[]"), 'the list "responsible" is empty'),
    roadmap(ITEM.replace("[b]", "[b, {body: c, to: ‸2023-01-15, days_before: 3}]"),
            'one of "to" and "days_before" is enough: they may not agree'),
    roadmap(ITEM.replace("[b]", "[b, {body: c, to: 2023-01-15, working: ‸true}]"),
            '"working" says how "days_before" is counted, which is not given'),
    roadmap(ITEM.replace("[b]", "[b, {body: c, days_before: ‸90}]"),
            "this part would be due outside of the term of the item, 2023-01-01 to 2023-02-01"),
    roadmap(ITEM.replace("[b]", "[b, {body: c, to: ‸2023-01-15}]")
            .replace(WINDOW, WINDOW + ", {from: 2023-03-01, to: 2023-03-31}")
            .replace("kind: window", "kind: recurring"),
            'the item is due 2 times: say with "days_before" when a part is due'),
    roadmap(ITEM.replace("[b]", "[‸{body: b, days_before: 3}]"),
            "the first body is responsible for the whole: its term is that of the item"),
    roadmap(ITEM.replace("[b]", "‸[" + "b, " * 66 + "]"),
            '"responsible" has 66 entries; the limit is 65'),
    roadmap(" ‸[]\n", "a roadmap needs at least one item"),
    roadmap(ITEM.replace("- {", "- ‸{").replace("title: t, ", ""), 'the field "title" is missing here'),
    roadmap(" ‸[" + "{}," * 2001 + "]\n", "a roadmap has at most 2000 items; this has 2001"),
    roadmap(ITEM, "a roadmap has at most 2000 sections", sections="sections: ‸[" + "{}," * 2001 + "]\n"),
    roadmap("‸" + "".join(ITEM.replace("'1.1'", f"'1.{i}'").replace(WINDOW, f"{WINDOW}, " * 64)
                          for i in range(79)),
            "the items have 5056 windows together; the limit is 5000"),
    due("{phrase: p, kind: ‸soon, windows: [{from: 2023-01-01, to: 2023-02-01}]}",
        '"soon" is no kind of due date: date, window, recurring, continuous, on_demand, '
        'per_other_plan or relative is expected'),
    due("{phrase: p, kind: window, windows: ‸[]}", 'the list "windows" is empty'),
    due("{phrase: p, kind: window, windows: ‸[" + "{from: 2023-01-01, to: 2023-02-01}," * 65 + "]}",
        "an item has at most 64 windows; this has 65"),
    due("{phrase: p, kind: window, windows: [‸{from: 2022-12-31, to: 2023-02-01}]}",
        "this window is not inside the period of the roadmap"),
    due("{phrase: p, kind: window, windows: [{from: 2023-05-01, to: 2023-06-01}, "
        "‸{from: 2023-05-01, to: 2023-07-01}]}",
        "this window does not start after the one above it: put them in order"),
    roadmap(ITEM, 'there is no body "c"', head=HEAD.replace("controller: c", "controller: ‸c"),
            beside=others("[{id: b, name: n}]")),
    roadmap(ITEM, 'there is no policy "p"', head=HEAD.replace("policy: p", "policy: ‸p"),
            beside=(header("policy", "q") + f"at: '09:00'\nsoon: 1\nladder: [{RUNG}]\n",)),

    due("{phrase: p, kind: date, windows: [{from: 2023-02-01, to: ‸2023-02-29}]}",
        "there is no such day: in February 2023 there are 28 days"),
    due("{phrase: p, kind: date, windows: [{from: 2023-02-01, to: ‸2023-13-01}]}",
        '"2023-13-01" is not a date: write it as 2023-08-15 (years 1900 to 2199)'),
    due("{phrase: p, kind: date, windows: [‸{days: 10}]}",
        "two dates are expected here: {from: …, to: …}"),
    due(f"{{‸phrasе: p, kind: window, windows: [{WINDOW}]}}",
        'in "phrasе" the letter "е" (number 6) is Russian: the Latin one is needed'),
    roadmap(ITEM, 'in "pоlicy" the letter "о" (number 2) is Russian: the Latin one is needed',
            head=HEAD.replace("policy: p", "policy: ‸pоlicy")),
    roadmap(ITEM.replace("[b]", "[‸mms_l]"), 'there is no body "mms_l": did you mean "mms_lo"?',
            beside=others("[{id: mms_lo, name: n}, {id: c, name: n}]")),
    roadmap(ITEM.replace("[b]", "[‸ЛОИРО]"),
            '"ЛОИРО" is what a body is called: write its id, "loiro"',
            beside=others("[{id: loiro, name: Областной институт, short: ЛОИРО}, {id: c, name: n}]")),
    roadmap(ITEM.replace("[b]", "[‸Областной институт]"),
            '"Областной институт" is what a body is called: write its id, "loiro"',
            beside=others("[{id: loiro, name: Областной институт, short: ЛОИРО}, {id: c, name: n}]")),
    roadmap(ITEM, 'there is no policy "defalt": did you mean "default"?',
            head=HEAD.replace("policy: p", "policy: ‸defalt"),
            beside=(header("policy", "default") + f"at: '09:00'\nsoon: 1\nladder: [{RUNG}]\n",)),

    # --- phrases, and decisions about them -----------------------------------------------------------
    due("‸[май]", 'a due date is the document\'s words, or a map that has them as "phrase"'),
    due("{phrase: май, kind: ‸date}", '"kind" goes with "windows": without them the phrase says it'),
    due("{phrase: май, windows: [2023-05-10], reading: ‸1}",
        '"reading" chooses among the meanings of the phrase: beside "windows" it says nothing'),
    due("‸май 2024 года", "no day of this term lies in the period of the roadmap"),
    due("‸ежедневно", 'an item has at most 64 windows, and these words give more: shorten the period, '
        'or write "windows"'),
    due("до 15 ‸брюмера", '"брюмера" is not understood as a part of a term'),
    due("'до 15 ‸брюмера'", '"брюмера" is not understood as a part of a term'),
    due("{phrase: май ‸%}", '"%" does not go together with the rest of the term'),
    due("до‸", 'the term is not finished: something is missing after "до"'),
    due("‸31 февраля", 'there is no such day: "31 февраля"'),
    due("‸II каникулы февраля ежегодно", "the parts of this term do not make one sense together"),
    due("‸32 квартал", 'there is nothing that is called "32 квартал"'),
    due("‸29 февраля", "the years of the document have no such day"),
    due("с ‸15 мая по 1 мая 2023", "the range ends before it begins"),
    due("‸15 мая 2023 года (вторник)", "this day of the month is another day of the week"),
    due("‸дважды", "so many times, but it is not said in which time"),
    due("‸срочно", '"срочно" has no term of its own: the table of words of a policy gives it one'),
    due("‸«»", "no term is written here"),
    due("'" + "май, " * 250 + "‸" + "май, " * 10 + "'",
        "a term has 2000 bytes at most, and this text has 2080"),
    roadmap(ITEM.replace("}\n", ", after: [‸'7']}\n"), 'there is no item "7" in this roadmap'),
    roadmap(ITEM.replace("}\n", ", after: [‸'1.1']}\n"),
            'item "1.1" would come after itself, by way of "1.1"'),

    # --- computed items ------------------------------------------------------------------------------
    computed("{done: {workflow: ‸w}, target: 5}",
            'warning: there is no workflow "w" yet: the count will be 0',
            beside=("document: {dsl: '1.0.3', namespace: test, name: v, version: '1'}\n"
                    "do: [{a: {set: {n: 1}}}]\n",)),
    computed("{done: {plan: ‸w}, target: 5}",
            'warning: there is no roadmap "w" yet: the count will be 0',
            beside=(header("roadmap", "v") + HEAD + SECTIONS + "items:\n" + ITEM,)),
    computed("{done: ‸{n: 1}, target: 5}",
            'what is counted? "workflow" (its instances), "plan" (its assignments) or "number" is '
            'expected'),
    computed("{done: {number: 1, source: s}, target: ‸many}",
            "a target is a number (12) or a share (80 %, 6.5 %)"),
    computed("{done: {number: 1, source: s}, "
             "of: {number: 2, source: s}, target: ‸80}",
            "this is the target of a share: write it in percent, as 80 %"),
    computed("{done: {number: 1, source: s}, target: ‸80 %}",
            "this is the target of a number: write it without the percent sign"),
    computed("{done: {number: 1, source: s}, "
             "of: {number: 2, source: s}, target: ‸101 %}",
            "a share is 100 % at most"),
    computed("{done: {number: 1, source: s}, target: ‸{}}",
            'a target needs one of "at_least" and "at_most"'),

    # --- bodies --------------------------------------------------------------------------------------
    bodies("‸[]", "a bodies document needs at least one body"),
    bodies("‸[" + "{}," * 20001 + "]", "there are at most 20000 bodies; this has 20001"),
    bodies("[{id: a, name: n, email: ‸nobody}]", '"nobody" is not an e-mail address'),
    bodies("[{id: a, name: n, timezone: ‸Moskva}]",
           'there is no time zone "Moskva" in /usr/share/zoneinfo'),
    bodies("[{id: a, name: n, calendar: ‸rus}]", 'there is no calendar "rus": did you mean "ru"?',
           beside=(header("calendar", "ru") + "week: five-day\n",)),
    bodies("[{id: a, name: n}, {id: ‸a, name: n}]",
           'the body "a" is here for the second time (first in line 3)'),
    bodies("[{id: a, name: n, parent: ‸b}, {id: b, name: n, parent: ‸a}]",
           'the parents of "a" go round in a circle, by way of "b"',
           'the parents of "b" go round in a circle, by way of "a"'),
    bodies(chain(33), '"b0" has more than 32 levels above it, or they go round in a circle'),
    bodies("[{id: ‸a, name: n}]", 'the body "a" stands in another document already',
           beside=others("[{id: a, name: n}]")),
    bodies("[{id: a, name: n, parent: ‸z}]", 'there is no body "z"', beside=others("[{id: b, name: n}]")),
    bodies("[{id: mms_lo, name: n}, {id: a, name: n, parent: ‸msm_lo}]",
           'there is no body "msm_lo": did you mean "mms_lo"?', beside=others("[{id: b, name: n}]")),
    bodies("[{id: a, name: n, deputy: ‸a}]", "nobody is the own deputy"),
    bodies("[{id: a, name: n, deputy: ‸z}]", 'there is no body "z"', beside=others("[{id: b, name: n}]")),
    absences("‸{from: 2023-07-03}", 'the field "to" is missing here'),
    absences("{from: 2023-07-03, to: ‸2023-07-01}", "the absence ends before it starts"),
    absences("{from: 2023-07-03, to: 2023-07-09}, ‸{from: 2023-07-09, to: 2023-07-20}",
             "this absence begins before the one above it ends: put them in order"),
    absences("‸{from: 2023-07-03, to: 2023-07-09}", 'the field "deputy" is missing here', deputy=""),
    absences("‸{from: 2023-07-03, to: 2023-07-09}",
             'warning: the deputy "b" is absent in these days, too',
             deputy=", deputy: b", b=", deputy: a, absences: [‸{from: 2023-07-09, to: 2023-07-09}]",
             also='warning: the deputy "a" is absent in these days, too'),
    bodies("[{id: a, name: n, deputy: b, absences: ‸[" + "{}, " * 101 + "]}, {id: b, name: n}]",
           '"absences" has 101 entries; the limit is 100'),

    # --- policies ------------------------------------------------------------------------------------
    policy("[]", "\"9 o'clock\" is not a time: write it as '09:00'", at='‸"9 o\'clock"'),
    policy("[]", '"soon" must be from 0 to 366', soon="‸400"),
    policy("[]", 'write it as "5 days" or "5 working days" (up to 366)', soon="‸400 days"),
    policy("[{remind: ‸early}]", 'write the day as "10 days before", "3 working days before", '
           '"on the day" or "5 days after" (up to 366 days)'),
    policy("[{escalate: on the day, to: ‸somebody}]",
           '"somebody" is nobody: write parent, "2 levels up" (up to 10) or controller'),
    policy("[{reassign: 5 days after, to: ‸controller}]",
           '"controller" is nobody: write deputy, parent or "2 levels up" (up to 10)'),
    policy("[{reassign: ‸on the day, to: parent}]",
           'only what is late is given to another: write "10 working days after"'),
    policy("[‸{remind: 1 day after, every: 1 day}]", 'the field "until" is missing here'),
    policy("[{remind: 5 days after, every: 1 day, until: ‸2 days after}]",
           "this is before the rung itself: there is nothing to repeat"),
    policy("[{remind: 1 day after, every: ‸1 day, until: 62 days after}]",
           "this rung would repeat 61 times; the limit is 60"),
    policy("[‸{to: parent}]", 'a rung needs "remind", "escalate" or "reassign"'),
    policy(f"‸[{', '.join([RUNG] * 33)}]", "a ladder has at most 32 rungs; this has 33"),
    policy("[{remind: on the day}, ‸{remind: 1 day before}]",
           "this rung comes earlier than the one above it: put them in order"),
    policy("[]\nletters: ‸daily",
           'when do letters go out? "on working days" or "on any day" is expected'),
    policy("[]\nshift: {to: ‸monday, source: s}",
           "where does a term go that ends on a day off? previous, next or keep is expected"),
    policy("[]\nshift: ‸{to: next}", 'the field "source" is missing here'),
    policy("[]\nurgent: [{word: w, within: ‸soon, source: s}]",
           'write it as "3 days", "3 working days" (up to 366) or "the same day"'),
    policy("[]\nurgent: [{word: w, within: 1 day, source: s}, {word: ‸w, within: 2 days, source: s}]",
           'the word "w" is here for the second time (first in line 5)'),
    policy("[]\nurgent: ‸[" + "{}, " * 33 + "]", '"urgent" has 33 entries; the limit is 32'),
    policy("[]\nextension: {ask: ‸3 days after}",
           'write it as "3 days before" or "3 working days before" (up to 366)'),
    policy("[]\nreport: ‸{}", 'the field "decide_within" is missing here'),
    policy("[]\nchains: [‸[a]]",
           "a chain is a list of two bodies or more, each followed by the one above it"),
    policy("[]\nchains: [‸[" + ", ".join(f"b{i}" for i in range(34)) + "]]",
           "a chain has at most 33 bodies; this has 34"),
    policy("[]\nchains: ‸[" + "[a, b], " * 33 + "]", '"chains" has 33 entries; the limit is 32'),
    policy("[]\nchains: [[a, b], [a, ‸c]]", 'above "a" stands "b" already (in line 5)'),
    policy("[]\nchains: [[‸a, b], [b, c, a]]", 'the chains go round in a circle, by way of "a"'),
    policy("[]\nchains: [[‸a, a]]", 'the chains go round in a circle, by way of "a"'),
    policy("[]\nchains: [[a, ‸z]]", 'there is no body "z"', beside=others("[{id: a, name: n}]")),
]
