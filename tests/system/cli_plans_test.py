"""cli_plans_test.py - plans, bodies, months and notices from the command line, and one action on many"""

import json
import os
import subprocess
import unittest

import engine
from engine import BODIES, POLICY, Client, Engine, assignment, call, until, workflow

PLAN = """\
document: {kind: roadmap, name: plan, version: '1', title: План года}
act: {date: 2019-12-01, number: 7-р}
period: {from: 2020-01-01, to: 2020-12-31}
controller: region
policy: default
sections: [{no: '1', title: Управление}, {no: '2', title: Люди}]
items:
  - {no: '1.1', section: '1', title: Утвердить положение, responsible: [school], due: до 1 марта}
  - {no: '2.1', section: '2', title: Провести семинар, responsible: [lyceum], due: до 1 апреля}
"""
ITEM = workflow("roadmap-item", ("do", assignment("2020-01-01", "2020-03-01")))


class Plans(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.engine = Engine({"bodies.yaml": BODIES, "policy.yaml": POLICY, "item.yaml": ITEM, "plan.yaml": PLAN,
                             "machine.yaml": workflow("machine", ("work", call("nobody")))})
        cls.engine.start()
        cls.client = Client(cls.engine)
        cls.plan = cls.client.start("plan")
        cls.assignments = until(cls.client, lambda: list(cls.client.pages("ASSIGNMENTS")), lambda rows: len(rows) == 2)
        cls.at = {"MARSHRUT_CLIENTS": cls.engine.endpoint("clients"), "MARSHRUT_FOLDER": "", "MARSHRUT_LANG": "en"}

    @classmethod
    def tearDownClass(cls):
        cls.client.close()
        cls.engine.__exit__(None)

    def run_cli(self, *words, code=0):
        done = subprocess.run([engine.BIN / "marshrut", *words], capture_output=True, text=True,
                              env={**os.environ, **self.at}, timeout=engine.GUARD_S, check=False)
        self.assertEqual(done.returncode, code, done.stderr)
        return done.stdout

    def ask(self, *words, code=0):
        return json.loads(self.run_cli(*words, "--json", code=code))

    def test_plans_are_listed_with_what_is_open(self):
        row = self.ask("roadmap")["rows"][0]
        self.assertEqual((row["name"], row["items"], row["instance"]), ("plan", 2, self.plan))
        self.assertIn("plan  running", self.run_cli("roadmap"))

    def test_a_plan_is_shown_by_sections_and_narrowed(self):
        text = self.run_cli("roadmap", "plan")
        self.assertIn("approved on 1 December 2019, No. 7-р", text)
        self.assertLess(text.index("1. Управление"), text.index("2. Люди"))
        for words, items in ((("--section", "2"), ["2.1"]), (("--body", "school"), ["1.1"]),
                             (("--section", "2", "--body", "school"), []), (("--state", "withdrawn"), [])):
            with self.subTest(words=words):
                found = self.ask("roadmap", "plan", *words)["items"]
                self.assertEqual([item["no"] for item in found], items)
        self.run_cli("roadmap", "plan", "--state", "late", code=1)
        self.run_cli("roadmap", "nothing", code=1)

    def test_bodies_have_their_counts(self):
        rows = {row["id"]: row for row in self.ask("bodies")["rows"]}
        self.assertEqual(rows["school"]["counts"]["overdue"], 2)
        self.assertEqual(rows["region"]["counts"]["all"], 0)

    def test_a_month_has_what_is_due(self):
        days = self.ask("calendar", "2020-03")["days"]
        self.assertEqual((len(days), days[0]["count"]), (31, 2))
        self.assertIn("(2)", self.run_cli("calendar", "2020-03", "--body", "school"))
        self.run_cli("calendar", "2020-13", code=1)

    def test_who_was_told_is_found_by_body_and_instance(self):
        task = self.assignments[0]
        rows = self.ask("notices", "--instance", str(task["instance"]))["rows"]
        self.assertTrue(rows)
        self.assertEqual({row["task"] for row in rows}, {task["task"]})
        told = self.ask("notices", "--body", "region")["rows"]
        self.assertEqual({row["to"]["id"] for row in told}, {"region"})
        first = self.ask("notices", "--limit", "1")
        second = self.ask("notices", "--limit", "1", "--after", str(first["next"]))
        self.assertLess(second["rows"][0]["seq"], first["rows"][0]["seq"])

    def test_definitions_of_a_kind(self):
        self.assertEqual([row["name"] for row in self.ask("definitions", "--kind", "roadmap", "--in-force")["rows"]],
                         ["plan"])
        self.run_cli("definitions", "--kind", "nonsense", code=1)

    def test_many_are_acted_on_after_a_look(self):
        words = ("bulk", "cancel", "--list", "instances", "--definition", "machine", "--state", "running")
        for _ in range(25):
            self.client.start("machine")
        seen = self.ask(*words)
        self.assertEqual((seen["count"], len(seen["rows"]), seen["more"]), (25, 20, False))
        self.assertIn("and 5 more", self.run_cli(*words))
        self.assertEqual(self.ask(*words)["count"], 25, "a look changes nothing")
        done = self.ask(*words, "--yes", "--reason", "не нужно")
        self.assertEqual((done["count"], done["done"], done["refused"]), (25, 25, []))
        self.assertEqual(self.ask(*words)["count"], 0)

    def test_assignments_are_listed_by_the_numbers_of_today(self):
        counts = self.ask("today")["counts"]
        self.assertEqual((counts["overdue"], counts["paused"]), (2, 0))
        for group in ("overdue", "today", "soon", "decisions", "critical", "open", "planned", "reported", "asked", "paused"):
            with self.subTest(group):
                self.assertEqual(len(self.ask("assignment", "list", "--group", group)["rows"]), counts[group])
                self.assertEqual(self.ask("bulk", "withdraw", "--list", "assignments", "--group", group)["count"],
                                 counts[group])
        self.run_cli("assignment", "list", "--group", "nothing", code=1)

    def test_what_is_refused_is_told_for_each(self):
        done = self.ask("bulk", "withdraw", "--list", "assignments", "--open", "--yes", "--reason", "x",
                        "--by", "lyceum", code=1)
        self.assertEqual((done["count"], done["done"], len(done["refused"])), (2, 0, 2))
        self.assertEqual({row["code"] for row in done["refused"]}, {"refused"})


if __name__ == "__main__":
    unittest.main()
