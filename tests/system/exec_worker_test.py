#!/usr/bin/env python3
"""exec_worker_test.py - marshrut-exec with real programs and an engine made here

Usage: exec_worker_test.py PROGRAM
"""
import json
import os
import shutil
import subprocess
import sys
import tempfile
import unittest

from fake_engine import PATIENCE_S, Engine

PROGRAM = sys.argv.pop(1) if len(sys.argv) > 1 else "marshrut-exec"

SCRIPTS = {
    "echo": "cat",
    "silent": "true",
    "words": "echo hello",
    "later": "echo 'no licence' >&2; exit 75",
    "broken": "echo 'Traceback: boom' >&2; exit 1",
    "crash": "kill -SEGV $$",
    "flood": "head -c 1048577 /dev/zero | tr '\\0' 1",
    "slow": "sleep 1000",
    "endless": "sleep 1000",
    "stubborn": "trap '' TERM; while :; do sleep 0.05; done",
    "marked": "trap 'echo ended > $MARK; exit 1' TERM; echo begun > $MARK; while :; do sleep 0.05; done",
}


class ExecTest(unittest.TestCase):
    def setUp(self):
        self.folder = tempfile.mkdtemp(prefix="marshrut-exec-")
        self.mark = f"{self.folder}/mark"
        os.mkfifo(self.mark)
        services = {name: {"program": "/bin/sh", "args": ["-c", script], "folder": self.folder,
                           "environment": {"MARK": self.mark}} for name, script in SCRIPTS.items()}
        services["slow"]["limit_s"] = services["stubborn"]["limit_s"] = 1
        services["gone"] = {"program": "/nonexistent/program"}
        config = f"{self.folder}/exec.json"
        with open(config, "w", encoding="utf-8") as file:
            json.dump({"capacity": 3, "services": services}, file)
        self.engine = Engine(self.folder)
        self.process = subprocess.Popen([PROGRAM, "--workers", self.engine.endpoint, "--config", config])
        self.engine.receive(("HELLO",))

    def tearDown(self):
        if self.process.poll() is None:
            self.process.terminate()
        self.assertEqual(self.process.wait(PATIENCE_S), 0)
        self.engine.close()
        shutil.rmtree(self.folder)

    def test_the_end_of_a_program_decides(self):
        expected = {"echo": ("DONE", {"points": 3}), "silent": ("DONE", None), "words": ("final", "не JSON"),
                    "later": ("retry", "75"), "broken": ("final", "кодом 1"), "crash": ("retry", "11"),
                    "flood": ("final", "1 МиБ"), "slow": ("retry", "время"),
                    "stubborn": ("retry", "время"), "gone": ("retry", "запустить")}
        for service, (outcome, mark) in expected.items():
            got, payload = self.engine.do("17.2", {"points": 3}, service)
            self.assertEqual((service, got), (service, outcome))
            if outcome == "DONE":
                self.assertEqual(payload, mark)
            else:
                self.assertIn(mark, payload["title"])

    def test_complaints_reach_the_operator(self):
        _, problem = self.engine.do("17.2", {}, "broken")
        self.assertIn("Traceback: boom", problem["detail"])

    def test_a_dropped_task_is_stopped_and_gives_no_result(self):
        attempt = self.engine.give("17.2", {}, "marked")
        with open(self.mark, encoding="ascii") as mark:
            self.assertEqual(mark.read(), "begun\n")
        self.engine.send(f"MW1 DROP 17.2 {attempt}")
        with open(self.mark, encoding="ascii") as mark:
            self.assertEqual(mark.read(), "ended\n")
        self.assertEqual(self.engine.do("17.3", {"a": 1}, "echo"), ("DONE", {"a": 1}))

    def test_the_limit_of_the_task_holds_where_the_program_has_none(self):
        outcome, problem = self.engine.do("17.2", {}, "endless", limit_ms=200)
        self.assertEqual(outcome, "retry")
        self.assertIn("время", problem["title"])

    def test_tasks_run_side_by_side_and_heartbeats_go_on(self):
        for number in (1, 2):
            self.engine.give(f"18.{number}", {}, "slow")
        self.assertEqual(self.engine.do("18.3", {"a": 1}, "echo"), ("DONE", {"a": 1}))
        self.assertEqual({self.engine.result()[1] for _ in (1, 2)}, {"18.1", "18.2"})

    def test_no_program_outlives_the_worker(self):
        self.engine.give("17.2", {}, "marked")
        with open(self.mark, encoding="ascii") as mark:
            self.assertEqual(mark.read(), "begun\n")
        self.process.terminate()
        self.process.wait(PATIENCE_S)
        self.assertEqual(self.left_running(), [])

    def left_running(self):
        """Processes that have our mark in their environment."""
        found = []
        for name in os.listdir("/proc"):
            try:
                with open(f"/proc/{name}/environ", "rb") as file:
                    if f"MARK={self.mark}".encode() in file.read().split(b"\0"):
                        found.append(name)
            except OSError:
                pass
        return found


if __name__ == "__main__":
    unittest.main(verbosity=2)
