"""`marshrut try` of workflows that start by themselves, and what it refuses."""

import json
import os
import pathlib
import shutil
import subprocess
import tempfile
import unittest

from engine import BIN, GUARD_S, main

NIGHT = """\
document: {dsl: '1.0.3', namespace: tests, name: alarm, version: '1'}
schedule: {on: {all: [{with: {type: smoke}}, {with: {type: heat}}]}}
do:
  - note: {set: {seen: '${ [$workflow.input[].type] }'}}
"""


def event(number, kind):
    return {"specversion": "1.0", "id": str(number), "source": "/test", "type": kind, "data": {}}


class Try(unittest.TestCase):
    def setUp(self):
        self.folder = pathlib.Path(tempfile.mkdtemp(prefix="mrt", dir="/tmp"))
        self.file("alarm.yaml", NIGHT)

    def tearDown(self):
        shutil.rmtree(self.folder)

    def file(self, name, text):
        (self.folder / name).write_text(text, encoding="utf-8")
        return self.folder / name

    def attempt(self, *kinds, more=()):
        words = [w for n, kind in enumerate(kinds)
                 for w in ("--event", self.file(f"{n}.json", json.dumps(event(n, kind))))]
        return subprocess.run([BIN / "marshrut", "try", self.folder / "alarm.yaml", "--json", *words, *more],
                              env={**os.environ, "LC_ALL": "C"}, capture_output=True, text=True, timeout=GUARD_S,
                              check=False)

    def test_events_start_what_is_scheduled_on_them(self):
        done = self.attempt("water", "smoke", "heat", "smoke")
        self.assertEqual(done.returncode, 0, done.stderr)
        result = json.loads(done.stdout)
        self.assertEqual((result["status"], result["output"]), ("completed", {"seen": ["smoke", "heat"]}))

    def test_events_that_do_not_start_it_are_a_mistake(self):
        done = self.attempt("water", "smoke")
        self.assertEqual((done.returncode, done.stdout), (2, ""))
        self.assertIn("none of the events starts it", done.stderr)

    def test_with_an_input_it_is_started_at_once(self):
        done = self.attempt("smoke", more=("--input", self.file("input.json", "{}")))
        self.assertEqual(json.loads(done.stdout)["output"], {"seen": []})


if __name__ == "__main__":
    main()
