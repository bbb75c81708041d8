#!/usr/bin/env python3
"""planning_workers_test.py - marshrut-diagnostics and marshrut-route-planner, one after the other, with
an engine made here

Usage: planning_workers_test.py DIAGNOSTICS ROUTE_PLANNER
"""
import os
import shutil
import subprocess
import sys
import tempfile
import unittest

from fake_engine import PATIENCE_S, Engine

DIAGNOSTICS, ROUTE_PLANNER = sys.argv[1:3] if len(sys.argv) > 2 else ("marshrut-diagnostics", "marshrut-route-planner")
del sys.argv[1:3]
REGISTRIES = os.path.join(os.path.dirname(os.path.abspath(__file__)), "../../workflows/registries")
ERRORS = "https://serverlessworkflow.io/spec/1.0.0/errors/"
RESULTS = {"teacher": {"id": "t-1"}, "thresholds": {"default": 60},
           "results": [{"competence": "metodicheskie", "title": "Методические", "score": 21, "max": 50},
                       {"competence": "cifrovye", "title": "Цифровые", "score": 95},
                       {"competence": "kommunikativnye", "title": "Коммуникативные", "score": 55}]}


class PlanningTest(unittest.TestCase):
    def setUp(self):
        self.folder = tempfile.mkdtemp(prefix="marshrut-planning-")
        self.registries = f"{self.folder}/registries"
        shutil.copytree(REGISTRIES, self.registries)
        self.engine = Engine(self.folder)
        self.process = None

    def tearDown(self):
        self.stop()
        self.engine.close()
        shutil.rmtree(self.folder)

    def run_worker(self, program, *options):
        self.stop()
        self.process = subprocess.Popen([program, "--workers", self.engine.endpoint, *options])
        self.engine.receive(("HELLO",))

    def stop(self):
        if self.process is not None:
            self.process.terminate()
            self.assertEqual(self.process.wait(PATIENCE_S), 0)
            self.process = None

    def done(self, service, payload):
        outcome, output = self.engine.do("17.2", payload, service)
        self.assertEqual(outcome, "DONE", output)
        return output

    def refused(self, service, payload, kind):
        outcome, problem = self.engine.do("17.2", payload, service)
        self.assertEqual((outcome, problem["type"], problem["status"]), ("final", ERRORS + kind, 400), problem)
        return problem

    def test_from_results_to_a_route_and_to_another_after_a_failure(self):
        self.run_worker(DIAGNOSTICS)
        found = self.done("diagnostics", RESULTS)
        self.assertEqual([(d["competence"], d["gap"], d["level"]) for d in found["deficits"]],
                         [("metodicheskie", 18, "ниже базового"), ("kommunikativnye", 5, "ниже базового")])
        self.assertEqual([s["competence"] for s in found["strong"]], ["cifrovye"])
        self.assertEqual(len(found["explanation"]), 2)

        self.run_worker(ROUTE_PLANNER, "--registries", self.registries)
        teacher = {"municipality": "Гатчинский муниципальный округ"}
        route = self.done("route-planner", {**found, "teacher": teacher, "start": "2023-01-09"})
        self.assertEqual(route["unmet"], [])
        self.assertEqual([e["id"] for e in route["elements"]], ["p-05", "m-04", "s-03", "p-13", "m-11", "s-07"])
        self.assertEqual(route["hours_total"], sum(e["hours"] for e in route["elements"]))
        self.assertEqual(route, self.done("route-planner", {**found, "teacher": teacher, "start": "2023-01-09"}))

        route["failed"] = ["metodicheskie"]
        again = self.done("route-planner", {**found, "teacher": teacher, "previous": route, "start": "2023-01-09"})
        self.assertEqual([e["id"] for e in again["elements"]], ["p-08", "m-06", "s-04", "p-13", "m-11", "s-07"])
        self.assertIn("Вместо «Современный урок", again["elements"][0]["reason"])
        self.assertEqual([e.get("kept", False) for e in again["elements"]], [False] * 3 + [True] * 3)

    def test_bad_input_is_a_problem_with_a_sentence(self):
        self.run_worker(DIAGNOSTICS)
        self.assertIn("score", self.refused("diagnostics", {"results": [{"competence": "a"}]}, "validation")["detail"])
        self.run_worker(ROUTE_PLANNER, "--registries", self.registries)
        self.assertIn("deficits", self.refused("route-planner", {}, "validation")["detail"])

    def test_a_changed_registry_is_in_force_at_once(self):
        self.run_worker(ROUTE_PLANNER, "--registries", self.registries)
        need = {"deficits": [{"competence": "new"}]}
        self.assertEqual(len(self.done("route-planner", need)["unmet"]), 1)
        with open(f"{self.registries}/programmes.csv", "a", encoding="utf-8") as file:
            file.write("p-99,Новая,new,любой,8,1,,,условные данные\n")
        self.assertEqual([e["id"] for e in self.done("route-planner", need)["elements"]], ["p-99"])
        with open(f"{self.registries}/programmes.csv", "a", encoding="utf-8") as file:
            file.write("p-98,Новая,new,любой,много,1,,,условные данные\n")
        detail = self.refused("route-planner", need, "configuration")["detail"]
        self.assertIn(f"{self.registries}/programmes.csv:68:1: hours", detail)

    def test_bad_registries_are_refused_at_the_start(self):
        os.remove(f"{self.registries}/sites.csv")
        got = subprocess.run([ROUTE_PLANNER, "--workers", self.engine.endpoint, "--registries", self.registries],
                             stderr=subprocess.PIPE, text=True, timeout=PATIENCE_S, check=False)
        self.assertEqual(got.returncode, 1)
        self.assertIn("MR-ROUTE-FAILED", got.stderr)
        self.assertIn("sites.csv", got.stderr)

    def test_command_lines(self):
        for program in (DIAGNOSTICS, ROUTE_PLANNER):
            helped = subprocess.run([program, "--help"], stdout=subprocess.PIPE, text=True, timeout=PATIENCE_S,
                                    check=False)
            self.assertEqual(helped.returncode, 0)
            self.assertIn("--workers", helped.stdout)
            for wrong in (["--what"], ["rest", "--workers", "w"], ["--workers"], ["--workers", "w", "--name", "a b"]):
                got = subprocess.run([program, *wrong], stderr=subprocess.DEVNULL, timeout=PATIENCE_S, check=False)
                self.assertEqual((program, wrong, got.returncode), (program, wrong, 2))


if __name__ == "__main__":
    unittest.main(verbosity=2)
