"""cli_json_test.py - every command's --json and exit codes are what docs/cli.md says

In:      the tables of docs/cli.md, §JSON and §Exit codes: they are the list of what is held.
"""

import json
import os
import re
import subprocess
import tempfile
import unittest

import engine
from engine import BODIES, POLICY, ROOT, Client, Engine, assignment, call, roadmap, workflow

DOCS = (ROOT / "docs/cli.md").read_text(encoding="utf-8")
COUNTED = roadmap(
    "counted", 2020,
    {"no": "1.2", "title": "Маршруты построены", "responsible": ["school"], "due": "до 1 декабря",
     "computed": {"of": {"workflow": "people"}, "done": {"workflow": "people", "state": "completed"},
                  "target": "62.5 %"}})
ITEM = workflow("roadmap-item", ("wait", {"wait": {"days": 1}}))
EXTRA = POLICY.replace("name: default", "name: extra")


def section(name):
    return re.search(rf"^## {name}\n(.*?)^## ", DOCS, re.M | re.S).group(1)


def documented():
    """{command: [(members that are needed, members that may be there), …]}: one for each shape."""
    shapes = {}
    for names, text in re.findall(r"^\| (.+?) \| (.+) \|$", section("JSON"), re.M)[1:]:
        found = [(set(re.sub(r"\[\w+\]", "", m).split()), set(re.findall(r"\w+", m)))
                 for m in re.findall(r"\*(.+?)\*", text)]
        for name in re.findall(r"`([a-z ]+)`", names) or [names]:
            shapes[name] = found
    return shapes


def run(*words, **environment):
    return subprocess.run([engine.BIN / "marshrut", *words], capture_output=True, text=True,
                          env={**os.environ, "MARSHRUT_LANG": "en", **environment},
                          timeout=engine.GUARD_S, check=False, stdin=subprocess.DEVNULL)


def commands():
    return set(re.findall(r"^  ([a-z]+)\b", run("--help").stdout, re.M))


class Json(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        flows = {"people": workflow("people", ("approve", assignment("2020-01-01", "2020-01-31"))),
                 "machine": workflow("machine", ("work", call("nobody"))),
                 "quick": workflow("quick", ("set", {"set": {"good": True}}))}
        cls.engine = Engine({"bodies.yaml": BODIES, "policy.yaml": POLICY,
                             **{f"{name}.yaml": text for name, text in flows.items()},
                             "roadmap-item.yaml": ITEM, "counted.yaml": COUNTED}, http={"port": 0})
        cls.engine.start()
        cls.client = Client(cls.engine)
        cls.people = cls.client.start("people")
        cls.task = cls.client.until_task(cls.people, kind="assignment")["task"]
        cls.machine = cls.client.start("machine")
        cls.at = {"MARSHRUT_CLIENTS": cls.engine.endpoint("clients"), "MARSHRUT_FOLDER": str(cls.engine.folder),
                  "MARSHRUT_EVENTS": cls.engine.endpoint("events")}

    @classmethod
    def tearDownClass(cls):
        cls.client.close()
        cls.engine.__exit__(None)

    def calls(self, folder):
        """The words of each command, by its name in the table."""
        root = self.engine.root
        extra = f"{folder}/extra.yaml"
        with open(extra, "w", encoding="utf-8") as file:
            file.write(EXTRA)
        people, machine = str(self.people), str(self.machine)
        plan = str(ROOT / "workflows/roadmaps/lo-2023.yaml")
        return {
            "check": [f"{root}/people.yaml"], "diff": [f"{root}/people.yaml", f"{root}/quick.yaml"],
            "try": [f"{root}/quick.yaml"], "rehearse": [plan], "due": ["до 15 мая 2023 г."],
            "workdays": ["2030"], "workday": ["2023-02-20", "+5", "--week", "6"], "today": [],
            "search": ["план"], "top": [], "discipline": [], "cycle": [],
            "computed": ["counted", "1.2"], "roadmap": [], "bodies": [], "calendar": [], "notices": [],
            "bulk": ["cancel", "--list", "instances"], "jobs": ["--folder", str(self.engine.folder)], "deploy": [extra],
            "start": ["quick", "--key", "json"], "list": [], "history": [people],
            "assignment list": [], "workers": [], "incidents": [], "definitions": [],
            "journal": ["--limit", "3"], "show": [people], "why": [people],
            "suspend": [machine, "--reason", "x"], "resume": [machine],
            "skip": [f"{machine}.1", "--reason", "x"],
            "assignment report": [self.task, "--by", "school", "--text", "готово"],
            "event": ["--type", "a.b"], "migrate": ["--definition", "people", "--all"],
            "replan": [], "remove": ["extra", "--version", "1"], "stats": [], "verify": [],
            "backup": [f"{folder}/copy"], "cancel": [people, "--reason", "x"],
        }

    def holds(self, document, shapes, words):
        self.assertIsInstance(document, dict, words)
        members = set(document)
        self.assertTrue(any(needed <= members <= known for needed, known in shapes),
                        (words, sorted(members)))

    def test_documents_have_the_members_of_the_table(self):
        shapes = documented()
        with tempfile.TemporaryDirectory(dir=self.engine.root) as folder:
            calls = self.calls(folder)
            for name, words in calls.items():
                done = run(*name.split(), *words, "--json", **self.at)
                self.assertIn(done.returncode, (0, 1), (name, done.stderr))
                self.assertNotEqual(done.stdout, "", (name, done.stderr))
                self.holds(json.loads(done.stdout), shapes[name], (name, done.stderr))
                if done.returncode == 1:  # it differs: nothing is refused
                    self.assertEqual(name, "diff")
        told = {name.split()[0] for name in shapes} | {"graph", "ics"}
        self.assertEqual(commands() - told, set(), "commands that the table does not have")
        left = set(shapes) - set(calls) - {"a refusal", "watch", "retry"}
        self.assertEqual(left, set(), "rows of the table that are not held")

    def test_a_refusal_is_a_document(self):
        for words in (["show", "999"], ["remove", "people", "--version", "9"],
                      ["assignment", "accept", "999.1", "--by", "region"]):
            done = run(*words, "--json", **self.at)
            self.assertEqual(done.returncode, 1, words)
            self.assertNotEqual(done.stdout, "", (words, done.stderr))
            document = json.loads(done.stdout)
            self.assertLessEqual({"text"}, set(document))

    def test_a_document_that_cannot_be_used_is_told_as_check_tells_it(self):
        with tempfile.TemporaryDirectory() as folder:
            bad = f"{folder}/bad.yaml"
            with open(bad, "w", encoding="utf-8") as file:
                file.write("document: {}\n")
            told = json.loads(run("check", bad, "--json").stdout)
            for words, code in ((["try", bad], 1), (["diff", bad, f"{self.engine.root}/people.yaml"], 2)):
                done = run(*words, "--json")
                self.assertEqual((done.returncode, json.loads(done.stdout)), (code, told), words)
                self.assertIn("bad.yaml:1:11: error", done.stderr)

    def test_wrong_usage_and_no_engine_leave_standard_output_empty(self):
        for words, code in ((["list", "--state", "nonsense"], 2), (["why"], 2), (["nonsense"], 2),
                            (["check", "/nowhere.yaml"], 2), (["list", "--nonsense"], 2),
                            (["list", "--folder", "/nowhere"], 3), (["top", "--folder", "/x"], 3),
                            (["verify", "--endpoint", "ipc:///nowhere"], 3)):
            done = run(*words, "--json", **self.at)
            self.assertEqual((done.returncode, done.stdout), (code, ""), words)
            self.assertNotEqual(done.stderr, "", words)


class ExitCodes(unittest.TestCase):
    def test_help_manual_and_docs_have_the_same_codes(self):
        codes = re.findall(r"^\| (\d) \|", section("Exit codes"), re.M)
        page = run("man").stdout
        self.assertEqual(re.findall(r"^\.TP\n\\fB(\d)\\fR$", page, re.M), codes)
        for code in codes:
            self.assertRegex(run("--help").stdout, rf"[:,] {code} ")

    def test_what_is_special_about_a_command_stands_in_the_table(self):
        """Whoever has an exit code of its own is named in §Exit codes."""
        for name in commands():
            if "Exit codes, beside" in run(name, "--help").stdout:
                self.assertIn(f"`{name}`", section("Exit codes"), name)

    def test_codes_come_as_the_table_says(self):
        with tempfile.TemporaryDirectory() as folder:
            good, bad = f"{folder}/good.yaml", f"{folder}/bad.yaml"
            with open(good, "w", encoding="utf-8") as file:
                file.write(workflow("good", ("set", {"set": {"a": 1}})))
            with open(bad, "w", encoding="utf-8") as file:
                file.write("document: {}\n")
            for words, code in ((["check", good], 0), (["check", bad], 1), (["diff", good, good], 0),
                                (["diff", good, bad], 2), (["due", "когда-нибудь потом"], 1),
                                (["graph", good, "--format", "dot"], 0), (["graph", bad], 1),
                                (["try", good], 0), (["try", bad], 1), (["rehearse", bad], 1),
                                (["workdays", "вчера"], 2), (["stats", "--folder", folder], 3),
                                (["--version"], 0), ([], 2)):
                self.assertEqual(run(*words).returncode, code, words)
        with open("/dev/full", "w", encoding="utf-8") as full:
            done = subprocess.run([engine.BIN / "marshrut", "workdays", "2023"], stdout=full,
                                  stderr=subprocess.DEVNULL, timeout=engine.GUARD_S, check=False)
        self.assertEqual(done.returncode, 2)


if __name__ == "__main__":
    unittest.main()
