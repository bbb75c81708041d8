"""The examples of docs/ are run, not only read: each complete workflow and roadmap in a ```yaml block goes through
`marshrut try` with what EXAMPLES gives it, and must end as the text beside it says. An example that EXAMPLES
does not know, or one that is not there any more, fails. So do the commands that the pages show."""

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

DOCS = ROOT / "docs"
WORKFLOWS = ROOT / "workflows"
PAGES = ("language.md", "authors.md")
WITH = ["--with", WORKFLOWS / "bodies", "--with", WORKFLOWS / "policies"]
COMMUNICATION = "https://serverlessworkflow.io/spec/1.0.0/errors/communication"
NO_ANSWER = {"type": COMMUNICATION, "status": 503, "title": "Нет ответа"}
CHILD = """\
document: {dsl: '1.0.3', namespace: marshrut, name: teacher-route, version: '1.0.0'}
do:
  - route: {set: {built: '${ .teacher }'}}
"""


def signed(number, **data):
    return {"specversion": "1.0", "id": f"e{number}", "source": "/orders", "type": "org.example.order.signed",
            "subject": "k-1", "data": {"order": "12-р", "by": number, **data}}


# name: what it is run with, and how it ends. also: documents it calls that the page does not show.
EXAMPLES = {
    "order-and-report": {
        "input": {"title": "Приказ о методическом активе", "second": "loiro", "to": "2023-06-30"},
        "mocks": {"lo.draft-order": {"title": "Приказ", "second": "loiro", "to": "2023-06-30"},
                  "assignment": {"kind": "приказ", "number": "12-р", "date": "2023-04-20"}},  # in time: nobody calls lo.note
        "options": ["--start", "2023-04-20T09:00"],
        "status": "completed", "output": {"state": "signed", "order": "12-р"}},
    "send-report": {
        "input": {"id": "r-1", "report": "всё исполнено"},
        "mocks": {"http": {"status": 201, "content": {"id": "r-1"}}, "openapi": {"found": True}},
        "status": "completed", "output": {"found": True}},
    "routes-of-teachers": {
        "input": {"teachers": ["А", "Б"]}, "also": [CHILD],
        "mocks": {"lo.note": {"told": True}, "lo.print": {"printed": True}},
        "status": "completed", "output": [{"told": True}, {"printed": True}]},
    "careful": {
        "mocks": {"lo.draft-order": {"answers": [{"error": NO_ANSWER}]}},
        "status": "faulted", "error": "https://lo.invalid/too-late"},
    "signatures": {
        "input": {"key": "k-1", "order": "12-р", "final": False}, "events": [signed(n) for n in (1, 2, 3)],
        "status": "completed", "emitted": {"type": "org.example.order.complete", "data": {"count": 3}}},
    "hand-over": {
        "mocks": {"documents.finish": {"number": "12-р"}}, "status": "completed",
        "emitted": {"type": "org.example.document.finished", "subject": "12-р", "data": {"number": "12-р"}}},
    "nightly": {
        "input": {"order": {"year": 2023}}, "mocks": {"lo.count": {"total": 7}},
        "status": "completed", "output": {"counted": 7}},
    "route": {
        "input": {"teacher": {"id": "t-1", "name": "Условный педагог"}},
        "mocks": {"lo.diagnose": {"level": 1}, "lo.train": {"passed": True}},
        "status": "completed", "output": [{"passed": True}]},
    "example-2023": {"options": ["--people", "--start", "2023-01-09T09:00"], "also": ["roadmap-item.yaml"],
                     "status": "completed"},
    "plan-2024": {"options": ["--people", "--start", "2024-01-09T09:00"], "also": ["roadmap-item.yaml"],
                  "status": "completed"},
    "diagnosis-by-hand": {
        "input": {"methodists": ["loiro"]}, "options": ["--people", "--start", "2024-01-30T09:00"],
        "status": "completed"},
    "seminar": {
        "input": {"topic": "Оценивание"}, "options": ["--people", "--start", "2024-01-30T09:00"],
        "events": [{"clock": "next"},  # the pause is over
                   {"specversion": "1.0", "id": "e1", "source": "/lo", "type": "ru.lo.seminar.held", "data": {}}],
        "status": "completed"},
}


def run(*words, folder=None):
    environment = {**os.environ, "LANG": "C.UTF-8", "LANGUAGE": ""}
    return subprocess.run([str(BIN / "marshrut"), *map(str, words)], capture_output=True, text=True, cwd=folder,
                          env=environment, timeout=GUARD_S, check=False)


def examples():
    """{name: (page, text)} of what runs in the pages."""
    found = {}
    for page in PAGES:
        for text in re.findall(r"^```yaml\n(.*?)^```", (DOCS / page).read_text(encoding="utf-8"), re.M | re.S):
            document = yaml.safe_load(text).get("document", {})
            if "dsl" in document or document.get("kind") == "roadmap":
                found[document["name"]] = (page, text)
    return found


# What a plan gives to an item.
ITEM = {"no": "1.1", "section": "1", "title": "Приказ", "responsible": ["loiro"], "controller": "kopo_lo",
        "plan": "plan-2024", "plan_title": "План", "due_phrase": "июнь", "policy": "default",
        "window": {"from": "2026-06-01", "to": "2026-06-30"}}


# | `name.json` | `its text` … |
FILES = re.compile(r"^\| `(\S+\.json)` \| `(\{[^`]*\})`", re.M)


def commands_of(*pages):
    """The commands that need no engine, as the pages print them: in a line of a block, or in a code span."""
    for page in pages:
        text = (DOCS / page).read_text(encoding="utf-8")
        for command in re.findall(r"(?:^|`)(marshrut (?:check|try|rehearse|graph|diff) [^`\n]*)", text, re.M):
            if "--instance" not in command:
                yield command.split(" #")[0].strip()


class Examples(unittest.TestCase):
    def setUp(self):
        self.folder = pathlib.Path(tempfile.mkdtemp(prefix="mrt", dir="/tmp"))

    def tearDown(self):
        shutil.rmtree(self.folder)

    def file(self, name, value):
        path = self.folder / name
        path.write_text(value if isinstance(value, str) else json.dumps(value, ensure_ascii=False), encoding="utf-8")
        return path

    def words(self, name, text, case):
        """The command line of a try of this example."""
        yield from ("try", self.file(f"{name}.yaml", text), "--json", *WITH, *case.get("options", []))
        for number, also in enumerate(case.get("also", [])):
            yield from ("--with", self.file(f"also-{number}.yaml", also) if "\n" in also else WORKFLOWS / also)
        for service, mock in case.get("mocks", {}).items():
            yield from ("--mock", f"{service}={self.file(f'mock-{service}.json', mock)}")
        for number, event in enumerate(case.get("events", [])):
            yield from ("--event", self.file(f"event-{number}.json", event))
        if "input" in case:
            yield from ("--input", self.file("input.json", case["input"]))

    def test_every_example_is_in_the_table(self):
        self.assertEqual(sorted(examples()), sorted(EXAMPLES))

    def test_every_example_ends_as_the_page_says(self):
        for name, (page, text) in examples().items():
            with self.subTest(page=page, example=name):
                case = EXAMPLES[name]
                done = run(*self.words(name, text, case))
                self.assertTrue(done.stdout.startswith("{"), done.stdout + done.stderr)
                result = json.loads(done.stdout)
                self.assertEqual(result["status"], case["status"], result.get("error") or result["waiting"])
                self.assertEqual(done.returncode, 0 if case["status"] == "completed" else 1)
                if "output" in case:
                    self.assertEqual(result["output"], case["output"])
                for member, value in case.get("emitted", {}).items():
                    self.assertEqual(result["events"][0][member], value)
                if "error" in case:
                    self.assertEqual(result["error"]["type"], case["error"])

    def test_the_commands_on_the_pages_work_as_printed(self):
        shutil.copytree(WORKFLOWS, self.folder / "workflows")
        plan = examples()["plan-2024"][1]
        for name in ("workflows/roadmaps/plan-2024.yaml", "план.yaml", "старый.yaml", "план-был.yaml"):
            self.file(name, plan)
        for name in ("новый.yaml", "план-стал.yaml"):
            self.file(name, plan.replace("до 1 февраля", "до 1 марта"))
        self.file("вход.json", ITEM)
        self.file("семинар.yaml", examples()["seminar"][1])
        for name, text in FILES.findall((DOCS / "authors.md").read_text(encoding="utf-8")):
            self.file(name, text)
        commands = list(commands_of("authors.md", "operators.md"))
        self.assertEqual({c.split()[1] for c in commands}, {"check", "try", "rehearse", "graph", "diff"})
        environment = {**os.environ, "PATH": f"{BIN}:{os.environ['PATH']}", "LANG": "C.UTF-8", "LANGUAGE": ""}
        for command in commands:
            with self.subTest(command=command):
                done = subprocess.run(["bash", "-c", command], cwd=self.folder, env=environment, text=True,
                                      capture_output=True, timeout=GUARD_S, check=False)
                self.assertEqual(done.stderr, "")
                differs = " diff " in command  # as diff(1): 1 = there are differences
                self.assertEqual(done.returncode, 1 if differs else 0, done.stdout)
                self.assertIn("Завершено" if " try " in command else "", done.stdout)
                self.assertIn("срок перенесён" if differs else "", done.stdout)
        self.assertIn("<svg", (self.folder / "схема.svg").read_text(encoding="utf-8"))


if __name__ == "__main__":
    main()
