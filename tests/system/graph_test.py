"""marshrut graph --instance: the version that an instance runs, with how far each step or item is."""

import re
import unittest
import xml.etree.ElementTree

from engine import BODIES, POLICY, Client, Engine, Refused, Worker, assignment, call, main, until, workflow

STEPS = """\
document: {dsl: '1.0.3', namespace: tests, name: course, version: '1', title: Курс}
do:
  - prepare: {set: {big: true}}
  - never: {if: .small, call: work}
  - risky:
      try:
        - fails: {raise: {error: {type: urn:x, status: 500, title: нет}}}
      catch:
        do:
          - instead: {call: work}
  - turns:
      for: {each: n, in: '${ [1, 2] }'}
      do:
        - one: {call: work}
  - both:
      fork:
        branches:
          - left: {listen: {to: {one: {with: {type: go}}}}}
          - right: {call: breaks, metadata: {marshrut: {retry: {attempts: 1}}}}
          - third: {call: nobody}
  - later: {wait: {days: 1}}
"""
STATES = {"prepare": "done", "never": "skipped", "fails": "error", "instead": "done",
          "turns": "done", "one": "done", "left": "waiting", "right": "needs an operator",
          "third": "in work", "later": None}

PLAN = """\
document: {kind: roadmap, name: plan, version: '1', title: План}
period: {from: 2024-01-01, to: 2024-12-31}
controller: region
policy: default
items:
  - {no: '1', title: Опоздал, responsible: [school, lyceum], due: до 1 февраля}
  - {no: '2', title: Принят, responsible: [lyceum], due: до 2 февраля}
  - {no: '3', title: Впереди, responsible: [region], due: до 1 декабря}
"""
ITEM = workflow("roadmap-item", ("await", {"listen": {"to": {"one": {"with": {"type": "go"}}}}, "if": '.no == "3"'}),
                ("do", {**assignment("2024-01-01", "2024-02-01", plan="plan", no="${ .no }"), "if": '.no != "3"'}))
TONES = {"late": "#ffd0cc", "done": "#cdeccd"}


def states_of_dot(text):
    """Name of a step -> its word, or None."""
    found = {}
    for label in re.findall(r'label="([^"]+)"', text):
        lines = label.split(r"\n")
        word = lines.pop()[1:-1] if lines[-1].startswith("[") else None
        if lines and lines[0] in STATES:
            found[lines[0]] = word
    return found


class Graph(unittest.TestCase):
    def graph(self, engine, *words, code=0):
        status, said = engine.run("graph", *words, wait=True, program="marshrut",
                                  before=("env", "-u", "LC_ALL", "LANG=C"))
        self.assertEqual(status, code, said)
        self.assertNotIn("Sanitizer", said)
        return said

    def run_until_the_fork(self, engine):
        client = Client(engine.start())
        works = Worker(engine, "w", "work", credit=9)
        breaks = Worker(engine, "b", "breaks", credit=9)
        instance = client.start("course", {"small": False})
        for _ in range(3):
            task, attempt, _ = works.task()
            works.done(task, attempt)
        task, attempt, _ = breaks.task()
        breaks.fail(task, attempt, retry=False)
        client.until_task(instance, step="right", state="incident")
        return client, instance

    def test_each_step_has_the_state_that_it_has(self):
        with Engine({"course.yaml": STEPS}) as engine:
            client, instance = self.run_until_the_fork(engine)
            dot = self.graph(engine, "--instance", instance, "--format", "dot")
            self.assertEqual(states_of_dot(dot), STATES)
            client.ask("CANCEL", instance=instance, reason="enough")
            cancelled = states_of_dot(self.graph(engine, "--instance", instance, "--format", "dot"))
            self.assertEqual(cancelled, {**STATES, "left": "cancelled", "right": "cancelled",
                                         "third": "cancelled"})

    @staticmethod
    def texts(svg):
        return [e.text for e in xml.etree.ElementTree.fromstring(svg.encode()).iter() if e.tag.endswith("}text")]

    def test_all_formats_have_the_states(self):
        with Engine({"course.yaml": STEPS}) as engine:
            _, instance = self.run_until_the_fork(engine)
            svg = self.graph(engine, "--instance", instance)
            texts = self.texts(svg)
            self.assertEqual(texts.count("[needs an operator]"), 1)
            mermaid = self.graph(engine, "--instance", instance, "--format", "mermaid")
            self.assertIn("classDef incident", mermaid)
            self.assertEqual(len(re.findall(r"^class n\d+ incident$", mermaid, re.M)), 1)
            self.graph(engine, "--instance", instance, "--output", engine.root / "i.svg")
            again = (engine.root / "i.svg").read_text(encoding="utf-8")
            self.assertEqual(sorted(self.texts(again)), sorted(texts))  # Graphviz may order its groups otherwise

    def test_the_picture_is_of_the_version_that_the_instance_runs(self):
        with Engine({"course.yaml": STEPS}) as engine:
            client, instance = self.run_until_the_fork(engine)
            client.deploy(workflow("course", ("another", call("work"))))
            self.assertIn("prepare", self.graph(engine, "--instance", instance, "--format", "dot"))
            newer = client.start("course")
            self.assertIn("another", self.graph(engine, "--instance", newer, "--format", "dot"))
            rows = client.ask("DEFINITIONS", instance=instance)["rows"]
            self.assertEqual([(r["version"], r["newest"], r["text"]) for r in rows],
                             [(1, False, STEPS)])
            again = client.ask("DEFINITIONS", number=rows[0]["number"])["rows"]
            self.assertEqual(again, rows)
            self.assertNotIn("text", client.ask("DEFINITIONS")["rows"][0])

    def test_each_call_of_a_function_has_its_own_state(self):
        text = """\
document: {dsl: '1.0.3', namespace: tests, name: calls, version: '1'}
use:
  functions:
    ask: {call: work}
do:
  - first: {call: ask}
  - inside: {do: [second: {call: ask}]}
  - third: {call: ask}
"""
        with Engine({"calls.yaml": text}) as engine:
            client = Client(engine.start())
            worker = Worker(engine, "w", "work", credit=9)
            instance = client.start("calls")
            task, attempt, _ = worker.task()
            worker.done(task, attempt)
            worker.task()
            dot = self.graph(engine, "--instance", instance, "--format", "dot")
            states = re.findall(r'label="ask\\nservice: work(?:\\n\[(.*?)\])?"', dot)
            self.assertEqual(states, ["done", "in work", ""])

    def test_a_long_history_is_read_to_its_beginning(self):
        loop = """\
document: {dsl: '1.0.3', namespace: tests, name: long, version: '1'}
do:
  - first: {set: {n: 1}}
  - each: {for: {in: '${ [range(0; 900)] }'}, do: [turn: {set: {x: 1}}]}
  - between: {call: work}
  - more: {for: {in: '${ [range(0; 900)] }'}, do: [step: {set: {x: 1}}]}
  - last: {listen: {to: {one: {with: {type: go}}}}}
"""
        with Engine({"long.yaml": loop}) as engine:
            client = Client(engine.start())
            worker = Worker(engine, "w", "work")
            instance = client.start("long")
            task, attempt, _ = worker.task()
            worker.done(task, attempt)
            client.until_task(instance, step="last")
            self.assertIsNotNone(client.ask("HISTORY", instance=instance, limit=1000)["next"])
            dot = self.graph(engine, "--instance", instance, "--format", "dot")
            self.assertIn(r'label="first\n[done]"', dot)
            self.assertIn(r'label="turn\n[done]"', dot)

    def items_of(self, engine, instance):
        """Of each item: its lines, and the colour of its node."""
        dot = self.graph(engine, "--instance", instance, "--format", "dot")
        nodes = re.findall(r'^n\d+ \[id=n\d+,label="(.*?)".*?(?:fillcolor="(.*?)".*)?\]$', dot, re.M)
        return [(label.split(r"\n"), colour) for label, colour in nodes]

    def start_plan(self, engine):
        client = Client(engine.start())
        instance = client.start("plan")
        rows = until(client, lambda: list(client.pages("ASSIGNMENTS")), lambda rows: len(rows) == 2)
        task = next(row["task"] for row in rows if row["no"] == "2")
        client.ask("ASSIGNMENT", task=task, action="report", by="school", report={"text": "готово", "covers": "all"})
        client.ask("ASSIGNMENT", task=task, action="accept", by="region")
        return client, instance

    def test_items_of_a_plan_have_the_state_of_their_windows_and_names_of_bodies(self):
        documents = {"bodies.yaml": BODIES, "policy.yaml": POLICY, "item.yaml": ITEM, "plan.yaml": PLAN}
        with Engine(documents, clock={"stands": {"start": "2024-02-20T09:00"}}) as engine:
            client, instance = self.start_plan(engine)
            late = (["1. Опоздал", "due: до 1 февраля", "Школа № 1 and 1 more", "[long overdue]"], TONES["late"])
            done = (["2. Принят", "due: до 2 февраля", "Лицей", "[accepted]"], TONES["done"])
            planned = (["3. Впереди", "due: до 1 декабря", "Комитет", "[planned]"], "")
            self.assertEqual(self.items_of(engine, instance), [late, done, planned])
            client.deploy(PLAN.replace("Опоздал", "Иной"))
            client.ask("CANCEL", instance=instance, reason="иначе")
            newer = client.start("plan")
            self.assertEqual(self.items_of(engine, newer)[0][0][0], "1. Иной")
            self.assertEqual(self.items_of(engine, instance)[1], done, "an older run is drawn as it went")
            with self.assertRaises(Refused) as refused:
                client.ask("ROADMAP", instance=99)
            self.assertEqual(refused.exception.code, "not-found")

    def test_a_document_of_a_plan_has_the_names_of_bodies_that_are_given_beside_it(self):
        with Engine({"bodies.yaml": BODIES, "plan.yaml": PLAN}) as engine:
            plan = engine.root / "plan.yaml"
            for words, name in (((), "school"), (("--with", engine.root / "bodies.yaml"), "Школа № 1")):
                dot = self.graph(engine, plan, *words, "--format", "dot")
                self.assertIn(f"{name} and 1 more", dot)
            unknown = PLAN.replace("[school, lyceum]", "[gone, lyceum]")
            plan.write_text(unknown, encoding="utf-8")
            self.assertIn("gone and 1 more", self.graph(engine, plan, *words, "--format", "dot"))

    def test_what_cannot_be_drawn_is_refused_with_a_sentence(self):
        with Engine({"course.yaml": STEPS}) as engine:
            engine.start()
            self.assertIn("there is no instance 99", self.graph(engine, "--instance", 99, code=1))
            self.graph(engine, "--instance", "x", code=2)
            self.assertIn("--instance", self.graph(engine, code=2))
            self.graph(engine, engine.root / "course.yaml", "--instance", 1, code=2)


if __name__ == "__main__":
    main()
