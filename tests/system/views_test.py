"""views_test.py - today, search, discipline, cycle, computed: what people read is what the engine answered"""

import os
import re
import subprocess
import unittest

import engine
from engine import BODIES, POLICY, REGION, Client, Engine, assignment, roadmap, workflow


COUNTED = roadmap(
    "counted", 2020,
    {"no": "1.2", "title": "Справки подготовлены", "responsible": ["school"], "due": "до 1 декабря",
     "computed": {"of": {"number": 8, "source": "список"}, "done": {"workflow": "job-0"}, "target": "62.5 %"}},
    {"no": "1.3", "title": "Без замечаний", "responsible": ["school"], "due": "до 1 декабря",
     "computed": {"done": {"workflow": "job-1", "state": "faulted"}, "target": {"at_most": 0}}})
ITEM = workflow("roadmap-item", ("wait", {"wait": {"days": 1}}))


class Views(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        flows = {f"job-{n}": workflow(f"job-{n}", ("approve", assignment(
            "2020-01-01", f"2020-0{n + 1}-28", title=f"Подготовить справку № {n}")))
                 for n in range(3)}
        cls.engine = Engine({"bodies.yaml": BODIES, "policy.yaml": POLICY,
                             **{f"{name}.yaml": text for name, text in flows.items()},
                             "roadmap-item.yaml": ITEM, "counted.yaml": COUNTED})
        cls.engine.start()
        cls.client = Client(cls.engine)
        cls.tasks = []
        for name in flows:
            instance = cls.client.start(name, key=f"key-{name}")
            cls.tasks.append(cls.client.until_task(instance, kind="assignment")["task"])
        cls.client.ask("ASSIGNMENT", task=cls.tasks[0], action="report", by="school",
                       report={"text": "готово", "covers": "all", "documents": [
                           {"kind": "справка", "number": "384-р", "date": "2020-01-15"}]})

    @classmethod
    def tearDownClass(cls):
        cls.client.close()
        cls.engine.__exit__(None)

    def run_(self, *words, language="en", code=0):
        environment = {**os.environ, "MARSHRUT_LANG": language, "MARSHRUT_FOLDER": "",
                       "MARSHRUT_CLIENTS": self.engine.endpoint("clients")}
        done = subprocess.run([engine.BIN / "marshrut", *words], capture_output=True, text=True,
                              env=environment, timeout=engine.GUARD_S, check=False)
        self.assertEqual(done.returncode, code, (words, done.stderr))
        return done.stdout if code == 0 else done.stderr

    def test_today_tells_what_is_late_and_what_waits_for_a_decision(self):
        text = self.run_("today")
        groups = re.split(r"\n\n(?=[A-Z])", text)
        late = next(g for g in groups if g.startswith("Overdue"))
        decisions = next(g for g in groups if g.startswith("Wait for a decision"))
        self.assertEqual([t for t in self.tasks if t in late], self.tasks[1:])
        self.assertEqual([t for t in self.tasks if t in decisions], self.tasks[:1])
        counts = self.client.ask("OVERVIEW")["counts"]
        self.assertIn(f"open assignments {counts['total']}", text)
        self.assertEqual(counts["reported_late"], 1, "what was reported is due in 2020")
        self.assertIn("of them after the term 1", text)
        self.assertRegex(text, r"school +Школа № 1")
        self.assertNotRegex(self.run_("today", language="ru"), "[A-Z][a-z]{3,}")

    def test_today_of_a_body_has_only_its_own(self):
        self.assertIn("open assignments 0", self.run_("today", "--body", "district"))
        self.assertIn(self.tasks[1], self.run_("today", "--body", "school"))
        self.assertIn("nowhere", self.run_("today", "--body", "nowhere", code=1))

    def test_search_finds_by_beginnings_of_words_by_keys_and_bodies(self):
        text = self.run_("search", "справ", "подгот")
        self.assertTrue(all(task in text for task in self.tasks), text)
        self.assertIn("key-job-1", self.run_("search", "key-job-1"))
        self.assertRegex(self.run_("search", "лицей"), r"lyceum +")
        self.assertIn("Nothing is found.", self.run_("search", "синхрофазотрон"))
        self.assertIn("There is more", self.run_("search", "справку", "--limit", "1"))
        said = self.run_("search", "384-р")
        self.assertEqual([task for task in self.tasks if task in said.split("Notices")[0]], self.tasks[:1])
        self.assertRegex(said.split("Notices")[1], rf"{self.tasks[0]} +[-\d]+ [\d:]+ .*Подготовить справку № 0")
        self.run_("search", code=2)
        self.run_("search", "--limit", "51", "x", code=2)

    def test_discipline_has_a_row_for_all(self):
        days = ("--from", "2020-01-01", "--to", "2020-12-31")
        answer = self.client.ask("DISCIPLINE", **{"from": "2020-01-01", "to": "2020-12-31"})["all"]
        for by in ("body", "plan", "section", "month"):
            lines = self.run_("discipline", "--by", by, *days).splitlines()
            row = next(line for line in lines if line.startswith("all ")).split()
            self.assertEqual(int(row[1]), answer["total"], by)
            self.assertEqual(int(row[7]), answer["open_overdue"], by)
        self.run_("discipline", "--by", "nobody", code=2)
        self.assertIn("Terms from 1 January 2019", self.run_(
            "discipline", "--from", "2019-01-01", "--to", "2019-12-31"))

    def test_cycle_says_that_there_is_none(self):
        self.assertIn("No workflow in force is a cycle.", self.run_("cycle"))
        self.run_("cycle", "nowhere", code=1)

    def test_computed_says_how_far_an_item_is_and_what_was_counted(self):
        text = self.run_("computed", "counted", "1.2")
        self.assertEqual(text, "Item 1.2: Справки подготовлены\n"
                         "1 of 8: 12.5 %; wanted at least 62.5 %: not reached\n")
        self.assertIn("1 из 8: 12,5 %; нужно не менее 62,5 %: не достигнуто",
                      self.run_("computed", "counted", "1.2", language="ru"))
        self.assertIn("0; wanted at most 0: reached", self.run_("computed", "counted", "1.3"))
        self.assertIn("key-job-0", self.run_("computed", "counted", "1.2", "--rows", "done"))
        self.assertIn("Nothing was counted.", self.run_("computed", "counted", "1.2", "--rows", "of"))
        self.run_("computed", "counted", "1.2", "--rows", "some", code=2)
        self.run_("computed", "counted", code=2)
        self.run_("computed", "counted", "9.9", code=1)


class Teachers(unittest.TestCase):
    run_ = Views.run_

    def test_search_shows_a_person_and_a_place_not_each_assignment_that_carries_the_name(self):
        with Engine(deploy=REGION) as self.engine:
            client = Client(self.engine.start())
            for n in (2, 20):
                teacher = {"id": f"t-{n}", "name": f"Учитель № {n}", "municipality": "Лужский район", "school": f"Школа № {n}"}
                client.until_task(client.start("teacher-cycle", {"teacher": teacher}), kind="assignment")
            text = self.run_("search", "учитель", "№ 2")
            self.assertNotIn("Assignments", text)
            self.assertEqual(re.findall(r"Учитель № \d+", text), ["Учитель № 2", "Учитель № 20"])
            self.assertRegex(self.run_("search", "школа", "20"), r"\nЛужский район +Школа № 20 +teacher-cycle\n")
            client.close()


if __name__ == "__main__":
    unittest.main()
