"""The largest definitions: a list of a thousand steps, and lists in lists as deep as they may be. Both are checked
and run; one step and one list more are refused with the place of what is too much."""

import json
import os
import pathlib
import re
import shutil
import subprocess
import tempfile
import unittest

import yaml

from engine import BIN, GUARD_S, ROOT, main

LIMITS = {name: int(number) for name, number in re.findall(
    r"#define (LIMIT_\w+)\s+([\d]+)u?\b", (ROOT / "lib/base/limits.h").read_text(encoding="utf-8"))}
STEPS, DEPTH = LIMITS["LIMIT_TASKS"], LIMITS["LIMIT_STEP_DEPTH"]


def document(name, steps):
    return yaml.safe_dump({"document": {"dsl": "1.0.3", "namespace": "tests", "name": name, "version": "1"},
                           "do": steps}, sort_keys=False)


def long_list(count):
    """A call and a set in turns; the last one, a set, counts on from what the one before gave."""
    call = {"call": "count", "with": {"n": "${ .n }"}}
    count_up = {"set": {"n": "${ .n + 1 }"}}
    return document("long", [{f"s{i}": call if i % 2 == 0 else count_up} for i in range(count)])


def nested(depth):
    """Lists in lists, `depth` of them in all: do, for, fork and try in turns around a set."""
    wrappers = (lambda inner: {"do": inner},
                lambda inner: {"for": {"in": "[1]"}, "do": inner},
                lambda inner: {"fork": {"branches": inner, "compete": True}},
                lambda inner: {"try": inner, "catch": {}})
    steps = [{"leaf": {"set": {"reached": True}}}]
    for i in range(depth - 1):
        steps = [{f"n{depth - 1 - i}": wrappers[i % len(wrappers)](steps)}]
    return document("deep", steps)


class LargeDefinitions(unittest.TestCase):
    def setUp(self):
        self.folder = pathlib.Path(tempfile.mkdtemp(prefix="mrt", dir="/tmp"))

    def tearDown(self):
        shutil.rmtree(self.folder)

    def file(self, name, text):
        path = self.folder / name
        path.write_text(text, encoding="utf-8")
        return path

    def marshrut(self, *words):
        return subprocess.run([str(BIN / "marshrut"), *map(str, words)], capture_output=True, text=True,
                              env={**os.environ, "LC_ALL": "C"}, timeout=GUARD_S, check=False)

    def runs(self, text, *words):
        """Checked without a complaint, and tried: the result."""
        path = self.file("document.yaml", text)
        checked = self.marshrut("check", path, "--services", "count")
        self.assertEqual(checked.returncode, 0, checked.stdout + checked.stderr)
        tried = self.marshrut("try", path, "--json", *words)
        self.assertEqual(tried.returncode, 0, tried.stdout[:1000] + tried.stderr)
        return json.loads(tried.stdout)

    def refused(self, text, line, *words):
        """check and try say no, at this line and in these words."""
        path = self.file("document.yaml", text)
        for command in (["check", path, "--services", "count"], ["try", path]):
            done = self.marshrut(*command)
            self.assertNotEqual(done.returncode, 0, command)
            said = done.stdout + done.stderr
            self.assertRegex(said, rf"document\.yaml:{line}:\d+: ")
            for word in words:
                self.assertIn(word, said)

    def test_a_thousand_steps_are_checked_and_run(self):
        mock = self.file("mock.json", json.dumps({"echo": True}))
        result = self.runs(long_list(STEPS), "--mock", f"count={mock}",
                           "--input", self.file("input.json", json.dumps({"n": 0})))
        self.assertEqual(result["output"], {"n": STEPS // 2})
        self.assertEqual([t["name"] for t in result["tasks"]], [f"s{i}" for i in range(STEPS)])

    def test_a_step_more_is_refused(self):
        text = long_list(STEPS + 1)
        self.refused(text, text[:text.index(f"s{STEPS}:")].count("\n") + 1, str(STEPS))

    def test_lists_as_deep_as_they_may_be_are_checked_and_run(self):
        result = self.runs(nested(DEPTH))
        self.assertEqual(result["status"], "completed")
        self.assertEqual({t["name"] for t in result["tasks"]}, {"leaf", *(f"n{i}" for i in range(1, DEPTH))})

    def test_a_list_deeper_is_refused(self):
        text = nested(DEPTH + 1)
        self.refused(text, text[:text.index("leaf:")].count("\n") + 1, str(DEPTH))


if __name__ == "__main__":
    main()
