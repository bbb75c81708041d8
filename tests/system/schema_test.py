"""The schemas of docs/schema against documents, and against `marshrut check`.

An editor that follows a schema must not mark what the reader takes, and should mark what it refuses.
So: schemas are valid themselves, every bundled document and every example of the docs fits the schema
it names in its first line, and texts that are right or wrong are judged alike by both. The validator
is not ours (python3-jsonschema), nor is the parser of YAML; its tables of plain words are those of
YAML 1.2, which editors and the reader follow.
"""

import json
import re
import subprocess
import tempfile
import unittest
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import yaml
from jsonschema import Draft202012Validator

from engine import BIN, ROOT

SCHEMAS = ROOT / "docs/schema"
KINDS = ("workflow", "roadmap", "bodies", "policy", "calendar", "routes", "indicators")
PLACES = {"workflow": "workflows", "roadmap": "workflows/roadmaps", "bodies": "workflows/bodies",
          "policy": "workflows/policies", "calendar": "workflows/calendars",
          "routes": "workflows/routes", "indicators": "workflows/indicators"}
LINE = re.compile(r"# yaml-language-server: \$schema=(\S+)\n")


class Core(yaml.SafeLoader):
    """YAML 1.2: dates are texts, `on` and `09:00` too."""


Core.yaml_implicit_resolvers = {}
for tag, pattern, first in (
        ("bool", r"true|True|TRUE|false|False|FALSE", "tTfF"),
        ("null", r"~|null|Null|NULL|", ["~", "n", "N", ""]),
        ("int", r"[-+]?[0-9]+", "-+0123456789"),
        ("float", r"[-+]?(\.[0-9]+|[0-9]+(\.[0-9]*)?)([eE][-+]?[0-9]+)?", "-+.0123456789")):
    Core.add_implicit_resolver(f"tag:yaml.org,2002:{tag}", re.compile(f"^(?:{pattern})$"), list(first))


def schema(kind):
    return json.loads((SCHEMAS / f"{kind}.schema.json").read_text())


VALIDATORS = {kind: Draft202012Validator(schema(kind)) for kind in KINDS}


def kind_of(document):
    header = document.get("document") if isinstance(document, dict) else None
    return (header.get("kind", "workflow") if isinstance(header, dict) else None)


def complaints(kind, text):
    """What a schema has against a text, the innermost first."""
    errors = VALIDATORS[kind].iter_errors(yaml.load(text, Core))
    return [f"{'/'.join(map(str, e.absolute_path))}: {e.message[:200]}" for e in errors]


def bundled():
    for path in sorted((ROOT / "workflows").rglob("*.yaml")):
        text = path.read_text()
        if kind_of(yaml.load(text, Core)) is not None:  # not the configuration of the demonstration
            yield path.relative_to(ROOT).as_posix(), path.parent, text


def examples():
    """A document in the docs is meant to be copied to where its kind lives."""
    for page in sorted((ROOT / "docs").rglob("*.md")):
        text = page.read_text()
        for match in re.finditer(r"^```yaml\n(.*?)^```", text, re.MULTILINE | re.DOTALL):
            kind = kind_of(yaml.load(match.group(1), Core))
            if kind is not None:
                line = text[:match.start()].count("\n") + 1
                yield f"{page.name}:{line}", ROOT / PLACES[kind], match.group(1)


class Schemas(unittest.TestCase):
    def test_the_schemas_are_valid_themselves(self):
        self.assertEqual(sorted(p.name for p in SCHEMAS.iterdir()),
                         sorted(f"{kind}.schema.json" for kind in KINDS))
        for kind in KINDS:
            with self.subTest(kind):
                Draft202012Validator.check_schema(schema(kind))

    def test_every_word_is_explained(self):
        """Each property has a description, or what it refers to has one; refinements (then, else) need none."""
        def look(kind, node, place):
            if isinstance(node, list):
                for child in node:
                    look(kind, child, place)
                return
            for word, value in node.get("properties", {}).items():
                target = value
                while "$ref" in target and "description" not in target:
                    target = schemas[kind]["$defs"][target["$ref"].rsplit("/", 1)[-1]]
                self.assertIn("description", target, f"{kind}: {place}/{word}")
                look(kind, value, f"{place}/{word}")
            for key in ("items", "additionalProperties", "anyOf", "oneOf"):
                if isinstance(node.get(key), (dict, list)):
                    look(kind, node[key], place)

        schemas = {kind: schema(kind) for kind in KINDS}
        for kind in KINDS:
            look(kind, schemas[kind], "")
            for name, node in schemas[kind]["$defs"].items():
                look(kind, node, name)

    def check_named(self, name, folder, text):
        kind = kind_of(yaml.load(text, Core))
        line = LINE.match(text)
        self.assertTrue(line, f"{name}: the first line names no schema")
        named = (folder / line.group(1)).resolve()
        self.assertEqual(named, SCHEMAS / f"{kind}.schema.json", name)
        self.assertEqual(complaints(kind, text), [], name)
        return kind

    def test_every_bundled_document_fits_the_schema_it_names(self):
        seen = {self.check_named(*document) for document in bundled()}
        self.assertEqual(seen, set(KINDS))

    def test_every_example_of_the_docs_fits_the_schema_it_names(self):
        seen = {self.check_named(*document) for document in examples()}
        self.assertEqual(seen, set(KINDS))


# Texts that are right.
RIGHT = {
    "workflow": """\
document: {dsl: '1.0.3', namespace: m, name: n, version: 1.0.0}
use:
  timeouts: {short: {after: PT1M}}
  errors: {late: {type: 'https://example.org/late', status: 408}}
do:
  - ask:
      call: assignment
      with:
        title: T
        responsible: [a]
        due: {from: 2023-01-01, to: '${ .to }'}
        form:
          - {name: score, title: Score, kind: number, min: 0, max: 99.5, required: true, unless: rows}
          - {name: pick, title: Pick, kind: choice, options: [x, {value: y, title: Y}], title_as: picked}
          - {name: rows, title: Rows, kind: table, hint: H, columns: [{name: row, title: Row, kind: date}]}
      export: {as: '${ $context + . }'}
  - tasks:
      call: assignment
      with:
        title: C
        responsible: [c]
        co_executors: [b, {body: c, to: 2023-01-20}, {body: d, days_before: 3, working: true}]
        due: {days: 20, working: true, since: '${ .day }'}
        result: [report, {kind: order, title: O}]
  - hurry: {call: assignment, with: {title: H, responsible: [c], due: {word: urgently}}}
  - words: {call: assignment, with: {title: W, responsible: [c], due: {phrase: до 15 августа, year: 2023, signed: '${ .day }'}}}
  - look:
      call: hr.look
      with: {who: '${ .who }'}
      timeout: short
      metadata: {title: A look, marshrut: {retry: {attempts: 3, delay: PT2S, factor: 1.5}}}
  - each:
      for: {each: one, in: .list, at: i}
      while: .go
      do:
        - pause: {wait: {hours: 2}}
      metadata: {marshrut: {parallel: 5, join: {count: 2, rest: cancel}}}
  - both:
      fork:
        compete: true
        branches:
          - left: {set: {a: 1}}
          - right: {wait: P1DT12H}
  - hear:
      listen:
        to:
          any:
            - with: {type: a.b, data: '${ .x > 1 }'}
              correlate: {who: {from: .data.who, expect: .who}}
          until: '. | length > 2'
        read: envelope
      foreach: {item: e, do: [{keep: {set: {e: '${ $e }'}}}]}
  - tell: {emit: {event: {with: {source: /m, type: a.c, data: {x: '${ .x }'}}}}}
  - risky:
      try:
        - fail: {raise: {error: late}}
      catch:
        errors: {with: {status: 408}}
        as: problem
        retry: {delay: PT1S, backoff: {exponential: {}}, limit: {attempt: {count: 3}}}
        do: [{note: {set: {failed: true}}}]
  - choose:
      switch:
        - yes: {when: .x == 1, then: end}
        - otherwise: {then: last}
  - last:
      if: .x
      run: {workflow: {name: other, version: latest, input: {a: 1}}, await: false}
      then: exit
""",
    "roadmap": """\
document: {kind: roadmap, name: n, version: 1}
act: {number: 17-r, date: 2023-01-16}
period: {from: 2023-01-01, to: 2023-12-31}
controller: boss
policy: p
sections: [{no: 1, title: S}]
items:
  - no: 1.1
    section: 1
    title: T
    bullets: [first, second]
    responsible: [a, b]
    audience: teachers
    due: {phrase: May, kind: recurring, windows: [{from: 2023-05-01, to: 2023-05-31}, 2023-06-10], why: so}
    result: report
  - {no: 1.2, title: second, responsible: [a], due: 'май', after: ['1.1']}
  - no: 1.3
    title: third
    responsible: [a]
    due: {phrase: июнь, reading: 1}
    computed: {of: {workflow: w}, done: {workflow: w, state: [completed], where: .output}, target: 80 %}
""",
    "bodies": """\
document: {kind: bodies, name: n, version: '1'}
timezone: Europe/Moscow
calendar: ru
bodies:
  - {id: a, name: A, short: A, email: a@example.invalid}
  - {id: b, name: B, parent: a, timezone: Asia/Omsk, calendar: ru-six-day, deputy: a}
  - id: c
    name: C
    absences:
      - {from: 2023-07-03, to: 2023-07-30, deputy: b, reason: leave}
""",
    "policy": """\
document: {kind: policy, name: n, version: '1'}
at: '09:00'
soon: 10
letters: on any day
digest: false
shift: {to: previous, source: an order}
urgent:
  - {word: urgently, within: 3 working days, source: an order}
  - {word: at once, within: the same day, source: an order}
extension: {ask: 3 working days before, at_most: 2}
report: {decide_within: 5 working days}
ladder:
  - remind: 15 working days before
  - remind: 10 days before
  - remind: on the day
  - {escalate: 1 day after, to: parent}
  - {remind: 1 working day after, every: 5 working days, until: 30 days after}
  - {reassign: 10 working days after, to: deputy}
  - {escalate: 366 days after, to: 10 levels up, critical: true}
""",
    "calendar": """\
document: {kind: calendar, name: n, version: '2023'}
week: five-day
source: a law
holidays:
  - {day: 01-01, title: New Year, since: 2013}
years:
  - year: 2023
    source: a decree
    holidays: [{day: 2023-06-28, title: Feast}]
    transfers: [{from: 2023-01-07, to: 2023-02-24}]
    working: [2023-07-01]
    short: [2023-06-27]
school:
  year: {from: 09-01, to: 05-26}
  terms: [{from: 09-01, to: 12-30}, {from: 01-12, to: 05-26}]
""",
    "routes": """\
document: {kind: routes, name: n, version: '1'}
routes:
  - name: a
    on: {type: t, source: s, subject: u, where: .data.x}
    start: {workflow: w, key: '${ .subject }', input: {x: '${ .data }'}}
  - name: b
    on: {type: t}
    signal: {workflow: w, key: k, event: {type: u, data: 1}}
  - name: c
    on: {type: t}
    assign: {title: '${ .data.title }', responsible: [a], due: {days: 10}, result: letter}
""",
    "indicators": """\
document: {kind: indicators, name: n, version: '1'}
source: an order
indicators:
  - id: a
    title: T
    unit: '%'
    formula: F
    period: half-year
    value: {share: {done: {workflow: w, where: .x}, of: {number: 12, source: s}}}
    target: {at_least: 6.5 %, wording: six and a half}
  - id: b
    title: T
    unit: pieces
    formula: F
    period: year
    value: {count: {plan: '*', state: accepted}}
    target: 12
  - {id: c, title: T, unit: '%', formula: F, period: month, value: {reported: r}, target: 80%}
""",
}

# (what stands in a right text, what makes it wrong).
WRONG = {
    "workflow": [
        ("dsl: '1.0.3'", "dsl: '2.0.0'"), ("namespace: m, ", ""), ("version: 1.0.0", "version: '1 0'"),
        ("do:\n  - ask", "steps:\n  - ask"), ("title: T\n", "\n"), ("ask:\n      call: assignment", "ask:\n      calls: x"),
        ("responsible: [a]", "responsible: []"), ("name: score, ", ""), ("name: score", "name: documents"),
        ("title: Score, ", ""), ("kind: number", "kind: count"), ("min: 0", "min: low"), ("required: true", "required: maybe"),
        ("kind: choice, ", ""), ("options: [x, {value: y, title: Y}], ", ""), ("value: y, ", ""), ("kind: table", "kind: date"),
        ("columns: [{name: row, title: Row, kind: date}]", "columns: []"), ("kind: date}", "kind: table, columns: [{name: x, title: X}]}"),
        ("from: 2023-01-01", "from: 1.1.2023"),
        ("phrase: до 15 августа", "phrase: [15]"), ("year: 2023, signed", "year: 23, signed"),
        ("word: urgently", "word: [urgently]"), ("days: 20", "days: -1"), ("days: 20, ", "days: 20, to: 2023-01-01, "),
        ("to: 2023-01-20}", "to: 2023-01-20, days_before: 1}"), ("body: d, ", ""), ("kind: order, ", ""),
        ("responsible: [a]\n", "responsible: [a]\n        owner: b\n"), ("timeout: short", "timeout: {for: PT1M}"),
        ("call: hr.look", "call: grpc"), ("call: hr.look", "call: log:0.5.2@global"),
        ("with: {who: '${ .who }'}", "with: [1]"), ("attempts: 3", "attempts: -1"),
        ("factor: 1.5", "factor: 0.5"), ("delay: PT2S", "delay: 2 s"), ("delay: PT2S", "pause: PT2S"),
        ("title: A look", "title: {ru: A look}"), ("title: A look", "title: 'look at ${ .who }'"),
        ("title: A look", f"title: {'look ' * 51}at"),
        ("{who: '${ .who }'}", "{who: 'I am ${ .who }'}"), ("each: one", "each: 1st"),
        ("in: .list, ", ""), ("each: one", "each: input"), ("rest: cancel", "rest: kill"),
        ("parallel: 5", "parallel: 0"), ("compete: true", "compete: maybe"), ("P1DT12H", "P1M"),
        ("hours: 2", "weeks: 2"), ("{wait: {hours: 2}}", "{wait: {hours: 2}, set: {a: 1}}"),
        ("any:\n", "some:\n"), ("read: envelope", "read: all"), ("from: .data.who, ", ""),
        ("source: /m, ", ""), ("type: a.c", "Type: a.c"), ("error: late", "fault: late"),
        ("status: 408}}\n        as", "status: 42}}\n        as"), ("as: problem", "as: $problem"),
        ("exponential: {}", "exponential: {}, linear: {}"), ("count: 3}", "count: 0}"),
        ("when: .x == 1, then: end", "when: .x == 1"), ("then: exit", "then: [exit]"),
        ("await: false", "await: no"), ("run: {workflow", "run: {container: {image: i}, workflow"),
        ("name: other, ", ""), ("- tell:", "- continue:"), ("- pause:", "- pause: {}\n          other:"),
        ("status: 408}}\ndo", "status: abc}}\ndo"), ("use:\n", "use:\n  catalogs: {}\n"),
        ("export: {as:", "export: {schema: {}, as:"), ("catch:\n", "catch:\n        finally: 1\n"),
    ],
    "roadmap": [
        ("policy: p\n", ""), ("policy: p\n", "policy: p\nowner: x\n"), ("kind: recurring", "kind: sometimes"),
        ("responsible: [a, b]", "responsible: [a, a]"), ("responsible: [a, b]", "responsible: []"),
        ("phrase: May, ", ""), ("from: 2023-05-01", "from: 2023-5-1"), ("title: T\n", "title: ''\n"),
        ("title: T\n", "title: T\n    owner: x\n"), ("target: 80 %", "target: a lot"),
        ("target: 80 %", "target: 180 %"), ("state: [completed]", "state: [done]"),
        ("of: {workflow: w}", "of: {state: running}"), ("done: {workflow: w,", "done: {"),
        ("no: 1.1", "no: п. 1"), ("sections: [{no: 1, title: S}]", "sections: {}"),
        ("windows: [{from: 2023-05-01, to: 2023-05-31}, 2023-06-10]", "windows: []"),
        ("period: {from: 2023-01-01, to: 2023-12-31}", "period: 2023"),
        ("number: 17-r, date: 2023-01-16", "number: 17-r"), ("act: {", "act: {title: x, "),
        ("period: {from: 2023-01-01, to", "period: {to"), ("after: ['1.1']", "after: []"),
        ("after: ['1.1']", "after: 1.1"), ("due: 'май'", "due: ''"), ("due: 'май'", "due: [май]"),
        ("reading: 1", "reading: 0"), ("reading: 1", "kind: date"),
        ("reading: 1", "reading: 1, windows: [2023-06-10]"), ("audience: teachers", "audience: [teachers]"),
        ("2023-06-10]", "10.06.2023]"), ("why: so", "why: ''"),
    ],
    "bodies": [
        ("timezone: Europe/Moscow\n", ""), ("id: a, ", ""), ("name: B, ", ""), ("id: a", "id: a b"),
        ("a@example.invalid", "example.invalid"), ("parent: a", "above: a"), ("kind: bodies", "kind: body"),
        ("version: '1'", "version: [1]"), ("calendar: ru\n", "calendar: [ru]\n"),
        ("ru-six-day", "six days"), ("deputy: a}", "deputy: [a]}"), ("from: 2023-07-03, ", ""),
        ("to: 2023-07-30", "to: 30.07.2023"), ("reason: leave", "why: leave"),
    ],
    "policy": [
        ("'09:00'", "'9:00'"), ("'09:00'", "'24:00'"), ("soon: 10\n", ""), ("soon: 10", "soon: 367"),
        ("soon: 10", "soon: ten"), ("10 days before", "ten days before"), ("10 days before", "10 days"),
        ("on the day", "on that day"), ("to: parent", "to: nobody"), (", to: parent", ""),
        ("10 levels up", "11 levels up"), ("critical: true", "critical: very"), ("366 days", "367 days"),
        ("- remind: on the day", "- {remind: on the day, to: parent}"), ("at:", "when:"),
        ("letters: on any day", "letters: daily"), ("digest: false", "digest: no"),
        ("to: previous, source: an order", "to: previous"), ("to: previous", "to: before"),
        ("within: 3 working days", "within: 3"), (", source: an order}\n  - {word: at", "}\n  - {word: at"),
        ("ask: 3 working days before", "ask: 3 working days"), ("at_most: 2", "at_most: 0"),
        ("decide_within: 5 working days", "decide_within: 5"), ("15 working days", "15 workdays"),
        ("every: 5 working days, ", ""), ("every: 5 working days", "every: weekly"),
        ("reassign: 10 working days after", "reassign: on the day"), ("to: deputy", "to: controller"),
    ],
    "calendar": [
        ("week: five-day\n", ""), ("five-day", "7-day"), ("day: 01-01", "day: 1 January"),
        ("title: New Year, ", ""), ("since: 2013", "since: 13"), ("    source: a decree\n", ""),
        ("year: 2023", "year: MMXXIII"), ("from: 2023-01-07, ", ""), ("short: [", "shorter: ["),
        ("working: [2023-07-01]", "working: []"), ("day: 2023-06-28", "day: 06-28"),
        ("day: 01-01", "day: 13-01"), ("source: a law", "law: a law"),
        ("  year: {from: 09-01, to: 05-26}\n", ""), ("to: 12-30", "to: 30-12"), ("from: 01-12, ", ""),
        ("  terms: [", "  quarters: ["), ("{from: 01-12, to: 05-26}]", "{from: 01-12, to: 05-26, no: 2}]"),
    ],
    "routes": [
        ("type: t, source", "kind: t, source"), ("name: a\n    on", "on"), ("workflow: w, key: '$", "key: '$"),
        ("    start: {", "    assign: {title: T, responsible: [a], due: {days: 1}}\n    start: {"),
        ("    signal: {workflow: w, key: k, event: {type: u, data: 1}}\n", ""), ("key: k, ", ""), ("key: k,", "key: k 1,"),
        ("type: u, ", ""), ("days: 10", "days: 0"), ("days: 10", "weeks: 2"), ("responsible: [a], ", ""),
        ("title: '${ .data.title }', ", ""), ("result: letter", "answer: letter"),
        ("key: '${ .subject }'", "key: 'k-${ .subject }'"), ("routes:", "rules:"),
    ],
    "indicators": [
        ("unit: '%'\n", "unit: pieces\n"), ("unit: pieces", "unit: '%'"), ("formula: F\n    period: half", "period: half"),
        ("half-year", "fortnight"), ("at_least: 6.5 %", "at_least: 6.5"), ("target: 12", "target: 12 %"),
        ("at_least: 6.5 %", "at_least: 6.5 %, at_most: 7 %"), ("at_least: 6.5 %, ", ""),
        ("{reported: r}", "{reported: r, count: {workflow: w}}"), ("{reported: r}", "{}"),
        ("plan: '*', ", ""), ("state: accepted", "state: done"), ("number: 12, source: s", "number: 12"),
        ("number: 12", "number: 0"), ("id: a\n", "id: a b\n"), ("target: 80%", "target: 80"),
    ],
}


def variants():
    """(name of the file, kind, text, is it right)."""
    for kind in KINDS:
        right = RIGHT[kind]
        yield f"{kind}-right", kind, right, True
        for number, (old, new) in enumerate(WRONG[kind]):
            assert right.count(old) == 1, f"{kind}: {old} stands there {right.count(old)} times"
            yield f"{kind}-{number}", kind, right.replace(old, new), False


class BothJudgeAlike(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        if not (BIN / "marshrut").exists():
            raise unittest.SkipTest("marshrut is not built")
        with tempfile.TemporaryDirectory() as folder, ThreadPoolExecutor(4) as pool:
            asked = [pool.submit(cls.ask, folder, name, text) for name, _, text, _ in variants()]
        cls.said = dict(one.result() for one in asked)

    @staticmethod
    def ask(folder, name, text):
        """Each by itself: documents that are checked together see one another."""
        path = Path(folder, f"{name}.yaml")
        path.write_text(text)
        ran = subprocess.run([BIN / "marshrut", "check", "--json", "--no-jq", path],
                             capture_output=True, text=True, check=False)
        return name, json.loads(ran.stdout)["files"][0]

    def test_what_is_right_is_right_for_both(self):
        for name, kind, text, right in variants():
            if right:
                with self.subTest(name):
                    self.assertEqual(complaints(kind, text), [])
                    self.assertEqual(self.said[name]["errors"], 0, self.said[name]["problems"])

    def test_what_is_wrong_is_wrong_for_both(self):
        for name, kind, text, right in variants():
            if not right:
                old, new = WRONG[kind][int(name.rsplit("-", 1)[1])]
                with self.subTest(name, old=old, new=new):
                    self.assertNotEqual(complaints(kind, text), [], "the schema takes it")
                    self.assertGreater(self.said[name]["errors"], 0, "marshrut check takes it")

    def test_the_bundled_documents_are_right(self):
        ran = subprocess.run([BIN / "marshrut", "check", "--json", ROOT / "workflows"],
                             capture_output=True, text=True, check=False)
        wrong = [file for file in json.loads(ran.stdout)["files"] if file["errors"]]
        self.assertEqual(wrong, [])


if __name__ == "__main__":
    unittest.main()
