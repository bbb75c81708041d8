"""completion_test.py - the completion of bash: what it offers, with an engine and without one

Out:     bash with the printed function loaded; COMP_WORDS and COMP_CWORD as bash sets them.
"""

import os
import re
import subprocess
import tempfile
import unittest

import engine
from engine import BODIES, POLICY, Client, Engine, assignment, workflow

ASK = """
source <("$0" complete --bash)
COMP_WORDS=("$@")
COMP_CWORD=$(($# - 1))
_marshrut
printf '%s\\n' "${COMPREPLY[@]}"
"""


def offered(*words, cwd="/", **environment):
    """What stands to choose from after these words; the last one may be empty."""
    program = str(engine.BIN / "marshrut")
    done = subprocess.run(["bash", "-c", ASK, program, program, *words], capture_output=True,
                          text=True, timeout=engine.GUARD_S, check=False, cwd=cwd,
                          env={**os.environ, "MARSHRUT_FOLDER": "/nowhere/at/all", **environment})
    assert done.stderr == "", done.stderr
    return [line for line in done.stdout.splitlines() if line]


def help_of(*words):
    done = subprocess.run([engine.BIN / "marshrut", *words, "--help"], capture_output=True,
                          text=True, timeout=engine.GUARD_S, check=True)
    return done.stdout


class Tables(unittest.TestCase):
    def test_commands_are_offered(self):
        known = re.findall(r"^  ([a-z]+)\b", help_of(), re.M)
        self.assertEqual(set(offered("")), set(known) | {"help", "--help", "--version"})
        self.assertEqual(set(offered("work")), {w for w in known if w.startswith("work")})
        self.assertEqual(set(offered("help", "wh")), {"why"})
        self.assertEqual(offered("nonsense", ""), offered(""))

    def test_all_options_of_help_are_offered(self):
        for command in re.findall(r"^  ([a-z]+)\b", help_of(), re.M):
            known = set(re.findall(r"^  (--[a-z-]+)", help_of(command), re.M))
            self.assertEqual(set(offered(command, "--")), known, command)

    def test_fixed_values_are_offered_and_accepted(self):
        """A value that is offered is no wrong usage: without an engine there is no connection."""
        for words in (["list", "--state"], ["assignment", "list", "--state"],
                      ["assignment", "list", "--role"], ["assignment", "list", "--outcome"]):
            values = offered(*words, "")
            self.assertGreater(len(values), 2, words)
            self.assertEqual(offered(*words, "=", values[0][:3])[0], values[0])
            for value in values:
                done = subprocess.run([engine.BIN / "marshrut", *words, value, "--folder",
                                       "/nowhere/at/all", *(["--body", "x"] if "--role" in words else [])],
                                      capture_output=True, timeout=engine.GUARD_S, check=False)
                self.assertEqual(done.returncode, 3, (words, value, done.stderr))

    def test_files_and_folders_are_left_to_the_shell(self):
        with tempfile.TemporaryDirectory() as folder:
            for name in ("план.yaml", "two words.yaml"):
                open(f"{folder}/{name}", "w", encoding="utf-8").close()
            os.mkdir(f"{folder}/inside")
            self.assertEqual(set(offered("check", "", cwd=folder)),
                             {"план.yaml", "two words.yaml", "inside"})
            self.assertEqual(offered("stats", "--folder", "", cwd=folder), ["inside"])
            self.assertEqual(offered("backup", "in", cwd=folder), ["inside"])

    def test_nothing_where_nothing_may_stand(self):
        self.assertEqual(offered("stats", ""), [])
        self.assertEqual(offered("list", "--limit", ""), [])
        self.assertEqual(offered("why", ""), [])
        self.assertEqual(offered("workday", "--", "--"), [])


class Live(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        flow = workflow("people", ("approve", assignment("2020-01-01", "2020-01-31")))
        cls.engine = Engine({"bodies.yaml": BODIES, "policy.yaml": POLICY, "people.yaml": flow})
        cls.engine.start()
        client = Client(cls.engine)
        cls.instance = client.start("people")
        cls.task = client.until_task(cls.instance, kind="assignment")["task"]
        client.close()
        cls.at = {"MARSHRUT_CLIENTS": cls.engine.endpoint("clients"), "MARSHRUT_FOLDER": ""}

    @classmethod
    def tearDownClass(cls):
        cls.engine.__exit__(None)

    def test_values_of_the_engine_are_offered(self):
        self.assertEqual(offered("why", "", **self.at), [str(self.instance)])
        self.assertEqual(offered("assignment", "report", "", **self.at), [self.task])
        self.assertEqual(offered("start", "", **self.at), ["people"])
        self.assertEqual(offered("retry", "", **self.at), [])
        self.assertLessEqual({"school", "region", "lyceum"},
                             set(offered("list", "--body", "", **self.at)))
        self.assertEqual(offered("list", "--body", "=", "lyc", **self.at), ["lyceum"])
        self.assertIn("default", offered("remove", "", **self.at))

    def test_the_engine_of_the_line_is_asked(self):
        endpoint = self.engine.endpoint("clients")
        self.assertEqual(offered("start", "--endpoint", endpoint, "peo"), ["people"])
        self.assertEqual(offered("start", "--endpoint", "ipc:///nowhere", "", **self.at), [])


if __name__ == "__main__":
    unittest.main()
