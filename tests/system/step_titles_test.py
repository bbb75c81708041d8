"""Titles of steps: rows have them beside the names, sentences have them in their place."""

import os
import subprocess
import unittest

import engine
from engine import BODIES, POLICY, Client, Engine, Worker, workflow

FUNCTIONS = """\
use:
  functions:
    give:
      call: assignment
      with: {title: '${ .title }', responsible: [school], controller: region, policy: default,
             due: {from: 2020-01-01, to: 2020-01-31}}
"""


def titled(text, deed):
    return {**deed, "metadata": {"title": text}}


class Titles(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        flow = workflow("cycle",
                        ("any", titled("Есть ли дефициты", {"switch": [{"да": {"then": "score"}}]})),
                        ("score", titled("Анализ дефицитов", {"call": "scores"})),
                        ("agree", titled("Согласование маршрута",
                                         {"call": "give", "with": {"title": "О маршруте"}})))
        cls.engine = Engine({"bodies.yaml": BODIES, "policy.yaml": POLICY,
                             "pause.yaml": workflow("pause", ("plain", {"wait": {"days": 1}})),
                             "cycle.yaml": flow.replace("\ndo:", "\n" + FUNCTIONS + "do:")})
        cls.engine.start()
        cls.client = Client(cls.engine)
        worker = Worker(cls.engine, "w", "scores", credit=2)
        cls.done = cls.client.start("cycle")
        worker.done(*worker.task()[:2])
        cls.task = cls.client.until_task(cls.done, kind="assignment")
        cls.broken = cls.client.start("cycle")
        worker.fail(*worker.task()[:2], retry=False)
        cls.client.until_task(cls.broken, state="incident")
        worker.close()

    @classmethod
    def tearDownClass(cls):
        cls.client.close()
        cls.engine.__exit__(None)

    def say(self, *words):
        environment = {**os.environ, "MARSHRUT_LANG": "ru", "MARSHRUT_FOLDER": "",
                       "MARSHRUT_CLIENTS": self.engine.endpoint("clients")}
        return subprocess.run([engine.BIN / "marshrut", *map(str, words)], capture_output=True, text=True,
                              env=environment, timeout=engine.GUARD_S, check=True).stdout

    def test_a_call_of_a_function_is_called_by_its_own_title(self):
        self.assertEqual((self.task["step"], self.task["step_title"]), ("agree", "Согласование маршрута"))
        waiting = self.client.ask("WHY", instance=self.done)["waiting"][0]
        self.assertEqual(waiting["step_title"], "Согласование маршрута")

    def test_records_have_the_title_of_their_step(self):
        rows = self.client.history(self.done)
        titles = {(row["kind"], row.get("step")): row.get("step_title") for row in rows}
        self.assertEqual(titles["step.passed", "any"], "Есть ли дефициты")
        self.assertEqual(titles["task.opened", "score"], "Анализ дефицитов")
        self.assertEqual(titles["assignment.given", "agree"], "Согласование маршрута")

    def test_a_step_that_is_left_behind_is_not_known_any_more(self):
        done = [row for row in self.client.history(self.done) if row["kind"] == "task.done"]
        self.assertNotIn("step", done[0])

    def test_an_incident_says_of_which_document_and_step_it_is(self):
        row, = self.client.ask("INCIDENTS")["rows"]
        self.assertEqual((row["step"], row["step_title"]), ("score", "Анализ дефицитов"))
        shown = self.client.show(self.broken)
        self.assertEqual(row["definition_title"], shown["definition_title"])

    def test_sentences_have_titles_in_place_of_names(self):
        self.assertIn("«Анализ дефицитов»", self.say("why", self.broken))
        history = self.say("history", self.done)
        self.assertIn("задача «Анализ дефицитов» выполнена", history)
        self.assertIn("шаг «Есть ли дефициты» пройден: да", history)
        self.assertNotIn("score", history)
        self.assertIn("Анализ дефицитов", self.say("incidents"))

    def test_operators_see_names(self):
        self.assertIn("agree", self.say("show", self.done))

    def test_a_step_without_a_title_has_none(self):
        pause = self.client.start("pause")
        self.assertNotIn("step_title", self.client.until_task(pause, step="plain"))
        self.assertIn("шаг «plain»", self.say("why", pause))


if __name__ == "__main__":
    engine.main()
