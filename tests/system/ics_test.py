"""`marshrut ics`: open terms as a calendar, read by a program that is not ours."""

import datetime
import os
import shutil
import subprocess
import unittest

import icalendar

from engine import BIN, BODIES, GUARD_S, POLICY, Client, Engine, main, until, workflow

START = {"stands": {"start": "2026-09-01T09:00"}}
TITLE = ("Утвердить план мероприятий; согласовать его с районами, школами и центрами \\ и опубликовать: "
         "очень длинное название, которое не помещается в одну строку календаря")
FIELDS = ("title", "responsible", "co_executors", "controller", "due", "policy", "plan", "no", "result")
GIVE = workflow("give", ("assign", {"call": "assignment", "with": {f: f"${{ .{f} }}" for f in FIELDS}}))


def give(last="2026-10-15", **more):
    return {"title": TITLE, "responsible": ["school", "lyceum"], "controller": "region",
            "due": {"from": "2026-09-01", "to": last}, "policy": "default", "plan": "lo-2026", "no": "1.4",
            "result": ["приказ"], **more}


class Ics(unittest.TestCase):
    def setUp(self):
        self.engine = Engine({"people.yaml": BODIES, "policy.yaml": POLICY, "give.yaml": GIVE},
                             clock=START, store={"memory": True})
        self.enterContext(self.engine)
        self.client = Client(self.engine.start())

    def text(self, *words, code=0):
        done = subprocess.run([BIN / "marshrut", "ics", "--endpoint", self.engine.endpoint("clients"),
                               *map(str, words)],
                              env={**os.environ, "MARSHRUT_LANG": "ru"}, capture_output=True, timeout=GUARD_S,
                              check=False)
        self.assertEqual(done.returncode, code, done.stderr)
        return done.stdout

    def calendar(self, *words):
        return icalendar.Calendar.from_ical(self.text(*words))

    def events(self, *words):
        return {str(e["UID"]): e for e in self.calendar(*words).walk("VEVENT")}

    def event(self, *words):
        (event,) = self.events(*words).values()
        return event

    def give(self, **more):
        instance = self.client.start("give", give(**more))
        return self.client.until_task(instance, step="assign")["task"]

    def uid(self, task):
        return f"assignment-{task}@{self.client.ask('STATS')['store']['token']}.marshrut"

    def act(self, task, action, by, **more):
        return self.client.ask("ASSIGNMENT", task=task, action=action, by=by, **more)

    def test_a_term_is_an_event_of_its_last_day(self):
        task = self.give()
        calendar = self.calendar()
        self.assertEqual((calendar["VERSION"], calendar["METHOD"], calendar["CALSCALE"]),
                         ("2.0", "PUBLISH", "GREGORIAN"))
        event = self.event()
        self.assertEqual(event["UID"], self.uid(task))
        self.assertEqual(event["DTSTART"].dt, datetime.date(2026, 10, 15))
        self.assertEqual(event["DTEND"].dt, datetime.date(2026, 10, 16))  # exclusive
        self.assertEqual((event["SEQUENCE"], event["STATUS"], event["TRANSP"]), (0, "CONFIRMED", "TRANSPARENT"))
        self.assertEqual(event["SUMMARY"], "п. 1.4 " + TITLE)
        for part in ("Поручение: " + task, "План: lo-2026", "Ответственный: Школа № 1", "Ожидается: приказ",
                     "Срок: 1 сентября 2026 г. – 15 октября 2026 г."):
            self.assertIn(part, event["DESCRIPTION"].split("\n"))
        self.assertEqual(event["DTSTAMP"].dt, datetime.datetime(2026, 9, 1, 6, tzinfo=datetime.timezone.utc))
        self.assertEqual(event["LAST-MODIFIED"].dt, event["DTSTAMP"].dt)  # since it was given
        self.assertFalse({"ORGANIZER", "ATTENDEE"} & set(event))
        until(self.client, lambda: self.client.ask("ADVANCE"), lambda a: a["now"] >= "2026-09-02")
        later = self.event()
        self.assertEqual(later["LAST-MODIFIED"].dt, event["LAST-MODIFIED"].dt)  # letters do not move it
        self.assertGreater(later["DTSTAMP"].dt, event["DTSTAMP"].dt)

    def test_lines_are_folded_between_characters_and_end_as_they_must(self):
        self.give()
        text = self.text()
        self.assertTrue(text.endswith(b"END:VCALENDAR\r\n"))
        lines = text.split(b"\r\n")
        self.assertFalse([line for line in lines if b"\n" in line or b"\r" in line])
        self.assertLessEqual(max(map(len, lines)), 75)
        for line in lines:
            line.decode("utf-8")  # no character is cut

    def test_a_term_that_moves_updates_the_same_entry(self):
        task = self.give()
        first = self.event()
        self.act(task, "move", "region", day="2026-11-16", reason="перенос, п. 3")
        second = self.event()
        self.assertEqual(second["UID"], first["UID"])
        self.assertEqual(second["DTSTART"].dt, datetime.date(2026, 11, 16))
        self.assertEqual((first["SEQUENCE"], second["SEQUENCE"]), (0, 1))
        self.assertIn("Срок перенесён: 15 октября 2026 г. → 16 ноября 2026 г. (перенос, п. 3)",
                      second["DESCRIPTION"].split("\n"))
        modified = second["LAST-MODIFIED"].dt
        until(self.client, lambda: self.client.ask("ADVANCE"), lambda a: a["now"] >= "2026-09-02")
        self.act(task, "move", "region", day="2026-12-01", reason="ещё раз")
        third = self.event()
        self.assertEqual((third["UID"], third["SEQUENCE"]), (first["UID"], 2))
        self.assertGreater(third["LAST-MODIFIED"].dt, modified)

    def test_what_is_withdrawn_is_struck_out(self):
        task = self.give()
        before = self.event()
        self.act(task, "withdraw", "region", reason="отменено")
        after = self.event()
        self.assertEqual((after["UID"], after["STATUS"]), (before["UID"], "CANCELLED"))
        self.assertGreater(after["SEQUENCE"], before["SEQUENCE"])

    def test_the_end_is_the_last_change(self):
        task = self.give()
        given = self.event()["LAST-MODIFIED"].dt
        now = until(self.client, lambda: self.client.ask("ADVANCE"), lambda a: a["now"] >= "2026-09-02")["now"]
        self.act(task, "withdraw", "region", reason="отменено")
        closed = self.event()["LAST-MODIFIED"].dt
        self.assertGreater(closed, given)
        self.assertEqual(closed.strftime("%Y-%m-%dT%H:%M"), now[:16])

    def test_what_is_done_is_there_only_when_asked_for(self):
        task = self.give(result=None, responsible=["school"])
        self.act(task, "report", "school", report={"text": "готово"})
        self.assertEqual(self.event()["SUMMARY"], "п. 1.4 " + TITLE)
        self.act(task, "accept", "region")
        self.assertEqual(self.events(), {})
        self.assertTrue(self.event("--all", "--alarm", "1")["SUMMARY"].startswith("Исполнено: п. 1.4 "))
        self.assertFalse(self.event("--all", "--alarm", "1").subcomponents)

    def test_a_paused_term_may_still_move(self):
        task = self.give()
        self.act(task, "pause", "region", pause="waits", reason="ждём")
        self.assertEqual(self.event()["STATUS"], "TENTATIVE")

    def test_each_body_has_a_calendar_of_its_own(self):
        self.give()
        other = self.give(responsible=["lyceum"], controller="district", plan="other", no="2")
        early = self.give(responsible=["school"], no="3",
                          co_executors=[{"body": "lyceum", "to": "2026-09-30"}])
        self.assertEqual(len(self.events()), 3)
        self.assertEqual(len(self.events("--plan", "other")), 1)
        mine = self.events("--body", "lyceum")
        self.assertEqual(sorted((e["DTSTART"].dt.isoformat(), str(e["SUMMARY"])[:5],
                                 "соисполнитель" in e["SUMMARY"]) for e in mine.values()),
                         [("2026-09-30", "п. 3 ", True), ("2026-10-15", "п. 1.", True),
                          ("2026-10-15", "п. 2 ", False)])
        self.assertEqual(mine[self.uid(early)]["DTSTART"].dt, datetime.date(2026, 9, 30))
        self.act(early, "report", "lyceum", report={"text": "готово"})
        self.assertEqual(len(self.events("--body", "lyceum")), 2)
        self.assertEqual(len(self.events("--body", "school")), 2)
        answered = self.events("--body", "lyceum", "--all")[self.uid(early)]
        self.assertTrue(answered["SUMMARY"].startswith("Исполнено: п. 3 "))
        control = self.event("--body", "district")
        self.assertEqual(control["UID"], self.uid(other))
        self.assertTrue(control["SUMMARY"].startswith("Контроль: п. 2 "))
        self.assertEqual(str(self.calendar("--body", "lyceum")["X-WR-CALNAME"]), "Сроки: Лицей")

    def test_a_deputy_has_what_it_does_for_another(self):
        self.client.deploy(BODIES.replace(
            "{id: school,", "{id: school, deputy: lyceum, absences: [{from: 2026-09-01, to: 2026-09-30}],"))
        task = self.give(responsible=["school"], co_executors=None)
        entry = self.event("--body", "lyceum")
        self.assertEqual(entry["UID"], self.uid(task))
        self.assertTrue(entry["SUMMARY"].startswith("За отсутствующего (Школа № 1): п. 1.4 "), entry["SUMMARY"])
        self.assertIn("Замещает: Лицей — вместо: Школа № 1, по 30 сентября 2026 г.", entry["DESCRIPTION"].split("\n"))
        self.assertTrue(self.event("--body", "school")["SUMMARY"].startswith("п. 1.4 "))
        until(self.client, lambda: self.client.ask("ADVANCE"), lambda a: a["now"] >= "2026-10-02")
        self.assertEqual(self.events("--body", "lyceum"), {})

    def test_a_reminder_comes_in_the_morning(self):
        self.give()
        for days, trigger in (("0", datetime.timedelta(hours=9)), ("1", -datetime.timedelta(hours=15)),
                              ("3", -datetime.timedelta(days=2, hours=15))):
            (alarm,) = self.event("--alarm", days).subcomponents
            self.assertEqual((alarm["ACTION"], alarm["TRIGGER"].dt), ("DISPLAY", trigger))

    def test_it_can_go_into_a_file(self):
        self.give()
        path = self.engine.root / "terms.ics"
        self.assertEqual(self.text("--out", path, "--domain", "lo.example"), b"")
        (event,) = icalendar.Calendar.from_ical(path.read_bytes()).walk("VEVENT")
        self.assertTrue(event["UID"].endswith("@lo.example"))
        self.text("--out", "/nowhere/terms.ics", code=2)

    def test_more_than_a_page_is_there(self):
        for _ in range(1100):
            self.client.send_start("give", give(responsible=["school"]))
        until(self.client, lambda: self.client.ask("STATS"), lambda s: s["assignments"].get("open", 0) == 1100)
        self.assertEqual(len(self.events()), 1100)

    def test_wrong_words_are_refused(self):
        for words in (("--alarm", "x"), ("--alarm", "366"), ("--domain", "a b"), ("--domain", ""), ("plan",)):
            self.text(*words, code=2)

    def test_strange_text_cannot_break_out_of_its_line(self):
        self.give(no="1\u202e4\nEND:VEVENT", plan="lo\r\nUID:x")
        event = self.event()
        self.assertTrue(event["SUMMARY"].startswith("п. 1\ufffd4 END:VEVENT "), event["SUMMARY"])
        self.assertIn("План: lo  UID:x", event["DESCRIPTION"].split("\n"))

    def test_nothing_is_a_calendar_too_and_nobody_is_a_mistake(self):
        self.assertEqual(self.events("--body", "school"), {})
        self.text("--body", "nobody", code=1)


class Token(unittest.TestCase):
    """Two engines whose ids begin at 1, and one that is the same after everything."""

    def uids(self, engine):
        client = Client(engine.start())
        done = subprocess.run([BIN / "marshrut", "ics", "--endpoint", engine.endpoint("clients")],
                              capture_output=True, timeout=GUARD_S, check=True)
        return client, [str(e["UID"]) for e in icalendar.Calendar.from_ical(done.stdout).walk("VEVENT")]

    def engine(self, **more):
        engine = Engine({"people.yaml": BODIES, "policy.yaml": POLICY, "give.yaml": GIVE}, clock=START, **more)
        self.enterContext(engine)
        return engine

    def test_entries_of_two_engines_are_told_apart_and_stay_the_same(self):
        first, second = self.engine(), self.engine()
        for engine in (first, second):
            client, _ = self.uids(engine)
            client.until_task(client.start("give", give()), step="assign")
            engine.stop()
        client, before = self.uids(first)
        backup = first.root / "copy"
        client.ask("BACKUP", folder=str(backup))
        first.kill()
        _, after = self.uids(first)
        _, other = self.uids(second)
        self.assertEqual((len(before), before), (1, after))
        self.assertEqual(before[0].split("@")[0], other[0].split("@")[0])
        self.assertNotEqual(before, other)
        first.stop()
        shutil.rmtree(first.root / "data/store")
        shutil.copytree(backup, first.root / "data/store")
        _, restored = self.uids(first)
        self.assertEqual(restored, before)


if __name__ == "__main__":
    main()
