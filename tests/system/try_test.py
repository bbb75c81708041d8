"""`marshrut try`: workflows that start by themselves, people who are not there, and what it refuses."""

import json
import os
import pathlib
import shutil
import subprocess
import tempfile
import unittest


from engine import BIN, BODIES, GUARD_S, POLICY, assignment, main, workflow

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


class People(unittest.TestCase):
    """A school reports, a lyceum owes a part, the region accepts: nobody of them is there."""

    def setUp(self):
        self.folder = pathlib.Path(tempfile.mkdtemp(prefix="mrt", dir="/tmp"))
        self.file("bodies.yaml", BODIES)
        self.file("policy.yaml", POLICY)

    def tearDown(self):
        shutil.rmtree(self.folder)

    def file(self, name, text):
        (self.folder / name).write_text(text, encoding="utf-8")
        return self.folder / name

    def attempt(self, *commands, people=True, more=(), **what):
        """Of one assignment, with what people do in this order."""
        given = assignment("2026-09-01", "2026-10-01", **what)
        self.file("one.yaml", workflow("one", ("visit", given)))
        words = [w for n, command in enumerate(commands)
                 for w in ("--event", self.file(f"{n}.json", json.dumps(command)))]
        return subprocess.run([BIN / "marshrut", "try", self.folder / "one.yaml", "--json", "--with",
                               self.folder / "bodies.yaml", "--with", self.folder / "policy.yaml",
                               *(["--people"] if people else []), *words, *more],
                              env={**os.environ, "LC_ALL": "C"}, capture_output=True, text=True,
                              timeout=GUARD_S, check=False)

    def output(self, *commands, **what):
        done = self.attempt(*commands, **what)
        self.assertEqual(done.returncode, 0, done.stderr or done.stdout)
        result = json.loads(done.stdout)
        self.assertEqual(result["status"], "completed")
        return result["output"]

    def refusal(self, *commands, **what):
        done = self.attempt(*commands, **what)
        self.assertEqual((done.returncode, done.stdout), (2, ""), done.stdout)
        return done.stderr

    def test_each_answers_for_its_part_and_every_document_is_there(self):
        out = self.output(result=["приказ", {"kind": "план", "title": "План на год"}])
        self.assertEqual([r["kind"] for r in out["report"]["documents"]], ["приказ", "план"])
        self.assertEqual({r["number"] for r in out["report"]["documents"]}, {"условный"})
        self.assertEqual([(p["body"], p["by"]) for p in out["parts"]], [("lyceum", "lyceum")])
        self.assertEqual((out["by"], out["accepted_by"], out["outcome"], out["missing"]),
                         ("school", "region", "met", []))

    def test_who_controls_itself_is_decided_about_above(self):
        out = self.output(responsible=["district"], controller="district")
        self.assertEqual((out["by"], out["accepted_by"]), ("district", "region"))

    def test_without_a_controller_anybody_else_accepts(self):
        out = self.output(controller="school", responsible=["region"])
        self.assertEqual((out["by"], out["accepted_by"]), ("region", "school"))
        out = self.output(controller="region", responsible=["region"])
        self.assertEqual(out["accepted_by"], "условный исполнитель")

    def test_a_mock_reports_and_the_documents_are_added(self):
        answer = self.file("answer.json", json.dumps({"passed": True}))
        out = self.output(more=("--mock", f"assignment={answer}"), people=False, result="отчёт")
        self.assertEqual((out["report"]["passed"], out["report"]["documents"][0]["kind"]), (True, "отчёт"))

    def test_documents_that_a_mock_names_are_its_own(self):
        answer = self.file("answer.json", json.dumps({"kind": "приказ"}))
        self.assertIn("the report lacks its result",
                      self.refusal(more=("--mock", f"assignment={answer}"), result="приказ"))

    def test_an_extension_is_asked_for_and_granted(self):
        out = self.output({"assignment": "extend", "step": "visit", "day": "2026-10-20", "reason": "каникулы"},
                          {"assignment": "grant", "step": "visit"})
        self.assertEqual([(t["to"], t["why"], t.get("by")) for t in out["terms"]],
                         [("2026-10-01", "set", None), ("2026-10-20", "extended", "region")])

    def test_an_extension_is_refused_and_the_term_moved_all_the_same(self):
        out = self.output({"assignment": "extend", "step": "visit", "day": "2026-10-20"},
                          {"assignment": "refuse", "step": "visit", "by": "region", "reason": "нет"},
                          {"assignment": "move", "step": "visit", "day": "2026-10-08"})
        self.assertEqual([t["to"] for t in out["terms"]], ["2026-10-01", "2026-10-08"])

    def test_a_clock_that_stands_lets_nobody_report(self):
        pause = {"assignment": "pause", "step": "visit", "pause": "leave", "reason": "отпуск"}
        waits = self.attempt(pause)
        self.assertEqual((waits.returncode, json.loads(waits.stdout)["status"]), (1, "waiting"))
        out = self.output(pause, {"assignment": "resume", "step": "visit"})
        self.assertEqual(out["outcome"], "met")

    def test_the_next_moment_is_one_of_the_workflow_not_of_letters(self):
        self.file("one.yaml", workflow("one", ("visit", assignment("2026-09-01", "2026-10-01")),
                                       ("pause", {"wait": {"days": 7}}),
                                       ("held", {"listen": {"to": {"one": {"with": {"type": "held"}}}}})))
        words = [w for n, event_ in enumerate(({"clock": "next"}, event(2, "held")))
                 for w in ("--event", self.file(f"{n}.json", json.dumps(event_)))]
        done = subprocess.run([BIN / "marshrut", "try", self.folder / "one.yaml", "--json", "--people", *words,
                               "--with", self.folder / "bodies.yaml", "--with", self.folder / "policy.yaml"],
                              env={**os.environ, "LC_ALL": "C"}, capture_output=True, text=True,
                              timeout=GUARD_S, check=False)
        self.assertEqual(done.returncode, 0, done.stdout or done.stderr)

    def test_what_is_delegated_is_done_below_and_reported_above(self):
        out = self.output({"assignment": "delegate", "step": "visit", "to": "school"}, responsible=["district"])
        self.assertEqual(out["by"], "district")

    def test_who_has_it_anew_reports(self):
        out = self.output({"assignment": "reassign", "step": "visit", "to": "lyceum", "reason": "ремонт"})
        self.assertEqual((out["by"], out["parts"]), ("lyceum", []))

    def test_it_is_accepted_in_part_when_somebody_has_not_answered(self):
        out = self.output({"assignment": "report", "step": "visit"},
                          {"assignment": "accept", "step": "visit", "in_part": True, "reason": "лицей закрыт"},
                          people=False)
        self.assertEqual((out["outcome"], out["missing"], out["reason"]), ("in-part", ["lyceum"], "лицей закрыт"))

    def test_it_is_returned_and_withdrawn(self):
        out = self.output({"assignment": "report", "step": "visit", "report": {"covers": "all"}},
                          {"assignment": "return", "step": "visit"},
                          {"assignment": "withdraw", "step": "visit"}, people=False)
        self.assertEqual(out, {"outcome": "withdrawn"})

    def refuse(self, command):
        return self.refusal(command, people=False)

    def test_what_cannot_be_done_is_told(self):
        self.assertIn("\"action\" must be report", self.refuse({"assignment": "frobnicate", "step": "visit"}))
        self.assertIn("no step \"vizit\" is open", self.refuse({"assignment": "grant", "step": "vizit"}))
        self.assertIn("needs a \"step\"", self.refuse({"assignment": "grant"}))
        self.assertIn("no extension has been asked for", self.refuse({"assignment": "grant", "step": "visit"}))
        self.assertIn("a command of a course file has no \"dya\"",
                      self.refuse({"assignment": "extend", "step": "visit", "dya": "2026-10-20"}))


if __name__ == "__main__":
    main()
