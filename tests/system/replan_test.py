"""`marshrut replan`: a new calendar moves open terms only when it is told to, and says first which."""

import json
import os
import subprocess
import unittest

from engine import BIN, BODIES, GUARD_S, Client, Engine, assignment, main, workflow

START = {"stands": {"start": "2026-09-01T09:00"}}
POLICY = """\
document: {kind: policy, name: default, version: '1'}
at: '09:00'
soon: 10
shift: {to: previous, source: тест}
ladder:
  - remind: 3 days before
"""
CALENDAR = """\
document: {{kind: calendar, name: ru, version: '{version}'}}
week: five-day
source: тест
years:
  - year: 2026
    source: тест
    holidays: [{off}]
"""
GIVE = workflow("give", ("assign", assignment("2026-09-01", "2026-10-15", plan="lo-2026", no="1.4")))
LATER = workflow("later", ("assign", assignment("2026-09-01", "2026-10-20")))


class Replan(unittest.TestCase):
    def setUp(self):
        self.engine = Engine({"ru.yaml": CALENDAR.format(version=1, off="{day: 2026-10-01, title: тест}"), "people.yaml": BODIES,
                              "policy.yaml": POLICY, "give.yaml": GIVE, "later.yaml": LATER},
                             clock=START, store={"memory": True})
        self.enterContext(self.engine)
        self.client = Client(self.engine.start())

    def replan(self, *words, code=0):
        done = subprocess.run([BIN / "marshrut", "replan", "--endpoint", self.engine.endpoint("clients"),
                               *map(str, words)],
                              env={**os.environ, "MARSHRUT_LANG": "ru"}, capture_output=True, text=True,
                              timeout=GUARD_S, check=False)
        self.assertEqual(done.returncode, code, done.stderr)
        return done.stdout

    def last_days(self):
        return sorted(row["to"] for row in self.client.ask("ASSIGNMENTS")["rows"])

    def new_calendar(self):
        """The 15th of October is a Thursday; from now on it is off."""
        self.client.deploy(CALENDAR.format(version=2, off="{day: 2026-10-15, title: тест}"))

    def test_nothing_moves_when_nothing_has_changed(self):
        self.client.start("give")
        self.assertEqual(self.replan(), "Ни один срок не изменится.\n")

    def test_what_would_move_is_listed_before_it_moves(self):
        task = f"{self.client.start('give')}.1"
        self.client.start("later")
        self.new_calendar()
        text = self.replan()
        row, = (line.split("  ") for line in text.splitlines() if task in line)
        self.assertEqual([cell.strip() for cell in row if "2026 " in cell],
                         ["15.10.2026 чт", "15.10.2026 чт", "14.10.2026 ср"], text)
        self.assertIn("В документе", text)
        self.assertIn("Будет перенесён 1 срок.\n", text)
        self.assertIn("Пока ничего не изменено", text)
        self.assertEqual(self.last_days(), ["2026-10-15", "2026-10-20"])
        answer = json.loads(self.replan("--json"))
        self.assertEqual((answer["apply"], answer["moved"]), (False, 1))
        self.assertEqual([(r["task"], r["from_day"], r["to_day"]) for r in answer["rows"] if r["why"] == "term"],
                         [(task, "2026-10-15", "2026-10-14")])

    def test_it_is_done_when_asked_for_and_says_why(self):
        self.client.start("give")
        self.new_calendar()
        text = self.replan("--apply", "--by", "region", "--reason", "утверждён календарь")
        self.assertIn("Перенесён 1 срок.\n", text)
        self.assertEqual(self.last_days(), ["2026-10-14"])
        (row,) = self.client.ask("ASSIGNMENTS")["rows"]
        self.assertEqual([(t["to"], t["why"], t.get("by"), t.get("reason")) for t in row["terms"]],
                         [("2026-10-15", "set", None, None),
                          ("2026-10-14", "calendar", "region", "утверждён календарь")])
        self.assertEqual(json.loads(self.replan("--json"))["changed"], 0)

    def test_who_may_not_decide_about_a_term_does_not_move_it(self):
        self.client.start("give")
        self.new_calendar()
        text = self.replan("--apply", "--by", "school", "--reason", "так удобнее")
        self.assertIn("Ни один срок не перенесён.\n", text)
        self.assertIn("1 поручение остаётся как есть", text)
        self.assertEqual(self.last_days(), ["2026-10-15"])

    def test_a_slip_in_the_id_of_a_body_is_not_taken_for_the_name_of_a_person(self):
        self.client.start("give")
        self.new_calendar()
        for slip in ("scool", "SCHOOL"):
            done = subprocess.run([BIN / "marshrut", "replan", "--endpoint", self.engine.endpoint("clients"),
                                   "--apply", "--reason", "так", "--by", slip],
                                  env={**os.environ, "MARSHRUT_LANG": "ru"}, capture_output=True, text=True,
                                  timeout=GUARD_S, check=False)
            self.assertNotEqual(done.returncode, 0, done.stdout)
            self.assertIn(f"нет такого органа: {slip}; может быть, school", done.stderr)
        self.assertEqual(self.last_days(), ["2026-10-15"])
        for person in ("dispatcher", "Петрова А. И."):
            self.replan("--apply", "--reason", "так", "--by", person)

    def test_a_person_who_is_no_body_is_named_by_the_record_and_not_by_the_term(self):
        self.client.start("give")
        self.new_calendar()
        self.replan("--apply", "--by", "Иванова А. П.", "--reason", "новый календарь")
        (row,) = self.client.ask("ASSIGNMENTS")["rows"]
        self.assertEqual([(t["to"], t.get("by")) for t in row["terms"]],
                         [("2026-10-15", None), ("2026-10-14", None)])
        moved = [r for r in self.client.history(row["instance"]) if r["kind"] == "assignment.term"]
        self.assertEqual([r["by"] for r in moved], ["Иванова А. П."])

    def test_a_term_goes_back_to_the_day_of_the_document_when_that_is_worked_again(self):
        self.client.start("give")
        self.new_calendar()
        self.replan("--apply", "--reason", "новый календарь")
        self.client.deploy(CALENDAR.format(version=3, off="{day: 2026-10-01, title: тест}"))
        (row,) = json.loads(self.replan("--json"))["rows"]
        self.assertEqual([row[f] for f in ("literal_to", "from_day", "to_day")],
                         ["2026-10-15", "2026-10-14", "2026-10-15"])

    def test_without_a_reason_nothing_is_done(self):
        self.client.start("give")
        self.new_calendar()
        self.replan("--apply", code=2)
        self.assertEqual(self.last_days(), ["2026-10-15"])
        self.replan("now", code=2)

    def test_more_than_a_page_is_one_answer(self):
        for _ in range(1100):
            self.client.send_start("give")
        self.client.start("give")
        self.new_calendar()
        self.assertEqual(json.loads(self.replan("--json"))["moved"], 1101)
        self.replan("--apply", "--reason", "утверждён календарь")
        self.assertEqual({r["to"] for r in self.client.pages("ASSIGNMENTS")}, {"2026-10-14"})


if __name__ == "__main__":
    main()
