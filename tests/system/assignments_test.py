"""What people do with an assignment through its whole life, what time does meanwhile, and what new documents
change: by a real engine on a clock that stands until a test moves it."""

import datetime
import unittest

from engine import BODIES, POLICY, Client, Engine, Refused, main, until, workflow

STANDS = {"stands": {"start": "2023-01-09T09:00"}}  # in Moscow, a Monday
ABSENT = BODIES.replace("version: '1'", "version: '2'").replace(
    "{id: school, name: Школа № 1,",
    "{id: school, deputy: lyceum, absences: [{from: 2023-01-16, to: 2023-01-20}], name: Школа № 1,")
ASK = workflow("ask", ("a", {"call": "assignment", "with": {
    "title": "${ .title }", "responsible": ["school"], "co_executors": "${ .others }", "controller": "region",
    "result": "${ .result }", "due": "${ .due }", "policy": "default"}}))
DOCUMENTS = {"bodies.yaml": BODIES, "policy.yaml": POLICY, "ask.yaml": ASK}
SHIFTED = POLICY.replace("version: '1'", "version: '2'") + "shift: {to: next, source: 'ГК РФ, статья 193'}\n"


def day(date):
    """The moment 00:30 of this day in Moscow, in milliseconds."""
    return int(datetime.datetime.fromisoformat(date + "T00:30:00+03:00").timestamp() * 1000)


class Town:
    """An engine, and people who act in it."""

    def __init__(self, documents=None, **config):
        self.engine = Engine(documents or DOCUMENTS, clock=STANDS, **config)
        self.client = Client(self.engine.start())

    def __enter__(self):
        self.engine.__enter__()
        return self

    def __exit__(self, *how):
        self.engine.__exit__(*how)

    def give(self, last, others=(), result=None, title="План", **more):
        instance = self.client.start("ask", {"title": title, "others": list(others), "result": result,
                                             "due": {"from": "2023-01-09", "to": last}, **more})
        return f"{instance}.1"

    def act(self, task, action, by, **more):
        return self.client.ask("ASSIGNMENT", task=task, action=action, by=by, **more)

    def row(self, task):
        return next(r for r in self.client.pages("ASSIGNMENTS") if r["task"] == task)

    def now_ms(self):
        now = datetime.datetime.fromisoformat(self.client.ask("STATS")["now"].replace("Z", "+00:00"))
        return int(now.timestamp() * 1000)

    def move_to(self, moment_ms):
        """Let time pass; letters have no worker here, so they are left where they are."""
        until(self.client, lambda: self.client.ask("ADVANCE", until_ms=moment_ms) and self.now_ms(),
              lambda now: now >= moment_ms)

    def go_to(self, date):
        self.move_to(day(date))

    def restart(self):
        """After a crash; a clock that stands is back at what was decided last."""
        now_ms = self.now_ms()
        self.client.close()
        self.engine.kill()
        self.client = Client(self.engine.start())
        if self.now_ms() < now_ms:
            self.move_to(now_ms)


class Assignments(unittest.TestCase):
    def refused(self, code, word, ask):
        with self.assertRaises(Refused) as refusal:
            ask()
        self.assertEqual(refusal.exception.code, code, refusal.exception.text)
        self.assertIn(word, refusal.exception.text)

    def test_an_assignment_lives_its_whole_life_across_crashes(self):
        with Town() as town:
            task = town.give("2023-02-28", others=["lyceum", {"body": "district", "to": "2023-02-10"}],
                             result="Приказ об утверждении")
            parts = {p["body"]: p for p in town.row(task)["parts"]}
            self.assertEqual((parts["lyceum"]["to"], parts["district"]["to"]), ("2023-02-28", "2023-02-10"))
            town.act(task, "report", "lyceum", report={"text": "готово"})
            self.refused("conflict", "answered already", lambda: town.act(task, "report", "lyceum"))
            town.act(task, "return", "school", to="lyceum", reason="нет подписи")
            town.act(task, "report", "lyceum", report={"text": "подписано"})

            town.act(task, "extend", "school", day="2023-03-15", reason="ждём район")
            self.assertEqual(town.row(task)["extension"]["day"], "2023-03-15")
            town.restart()
            self.refused("refused", "own term", lambda: town.act(task, "grant", "school"))
            town.act(task, "grant", "region")
            row = town.row(task)
            self.assertEqual((row["to"], row["first_to"]), ("2023-03-15", "2023-02-28"))
            self.assertEqual([t["why"] for t in row["terms"]], ["set", "extended"])

            town.act(task, "delegate", "school", to="lyceum", reason="по профилю")
            child = town.row(task)["child"]
            self.assertEqual(town.row(child)["of"], task)
            self.assertEqual(town.row(child)["to"], "2023-03-10")
            town.restart()
            town.act(child, "report", "lyceum", report={"kind": "справка", "number": "3", "date": "2023-01-09"})
            town.act(child, "accept", "school")
            self.assertEqual(town.row(task)["state"], "open")

            town.act(task, "report", "school")  # what the lyceum has reported
            self.refused("conflict", "Районный отдел", lambda: town.act(task, "accept", "region"))
            self.refused("invalid", "reason", lambda: town.act(task, "accept", "region", in_part=True))
            town.act(task, "accept", "region", in_part=True, reason="район реорганизован")
            row = town.row(task)
            self.assertEqual((row["state"], row["outcome"], row["outcome_original"]),
                             ("accepted_in_part", "in-part", "met"))
            self.refused("not-found", "no open", lambda: town.act(task, "withdraw", "region", reason="x"))
            data = town.client.show(int(task.split(".")[0]))["data"]
            self.assertEqual(data["missing"], ["district"])
            self.assertEqual([p["report"] for p in data["parts"] if p["body"] == "lyceum"],
                             [{"text": "подписано"}])
            self.assertEqual(data["report"]["number"], "3")
            self.assertEqual(town.engine.verify(town.client)["differences"], 0)

    def test_a_report_without_its_document_needs_a_reason(self):
        with Town() as town:
            task = town.give("2023-02-28", result="Приказ")
            self.refused("invalid", "sha256", lambda: town.act(task, "report", "school", report={
                "documents": [{"kind": "приказ", "sha256": "12"}]}))
            town.act(task, "report", "school", report={"text": "готово"})
            self.assertEqual(town.row(task)["missing_results"], ["Приказ"])
            self.refused("conflict", "Приказ", lambda: town.act(task, "accept", "region"))
            town.act(task, "accept", "region", reason="приказ отменён")
            data = town.client.show(int(task.split(".")[0]))["data"]
            self.assertEqual((data["reason"], data["missing_results"]), ("приказ отменён", ["Приказ"]))

    def test_a_pause_moves_the_term_by_its_days(self):
        with Town() as town:
            task = town.give("2023-01-31")
            self.refused("invalid", "pause", lambda: town.act(task, "pause", "region", reason="x", pause="long"))
            town.act(task, "pause", "region", reason="карантин", pause="higher_order")
            self.assertEqual(town.row(task)["pause"]["kind"], "higher_order")
            town.go_to("2023-01-19")
            town.restart()
            self.assertEqual(town.row(task)["state"], "paused")
            town.act(task, "resume", "region")
            row = town.row(task)
            self.assertEqual((row["state"], row["to"]), ("open", "2023-02-10"))
            told = [r["notice"] for r in town.client.history(int(task.split(".")[0]))
                    if r["kind"] == "assignment.noticed"]
            self.assertEqual(sorted(set(told)), ["opened", "paused", "resumed"])

    def test_a_deputy_acts_while_the_body_is_away_and_finds_the_work(self):
        with Town({**DOCUMENTS, "bodies.yaml": ABSENT}) as town:
            task = town.give("2023-01-31")
            self.assertEqual(list(town.client.pages("ASSIGNMENTS", body="lyceum")), [])
            town.go_to("2023-01-16")
            self.assertEqual([r["task"] for r in town.client.pages("ASSIGNMENTS", body="lyceum")], [task])
            acting = town.row(task)["acting"][0]
            self.assertEqual((acting["body"], acting["deputy"], acting["until"]),
                             ("school", "lyceum", "2023-01-20"))
            town.act(task, "report", "lyceum", report={"text": "за школу"})
            reported = [r for r in town.client.history(int(task.split(".")[0]))
                        if r["kind"] == "assignment.reported"]
            self.assertEqual(reported[0]["by"], "lyceum")
            town.restart()
            town.go_to("2023-01-21")
            self.assertNotIn("acting", town.row(task))
            self.assertEqual(town.row(task)["state"], "reported", "deputies come and go while it waits")
            town.engine.verify(town.client)


class Replan(unittest.TestCase):
    def page(self, town, **fields):
        return town.client.ask("REPLAN", **fields)

    def all_rows(self, town, **fields):
        rows, after = [], None
        while True:
            page = self.page(town, **fields, **({"after": after} if after else {}))
            rows += page["rows"]
            after = page["next"]
            if after is None:
                return rows

    def test_new_documents_change_nothing_until_they_are_asked_to(self):
        with Town() as town:
            moved = town.give("2023-04-01", title="До субботы")
            town.give("2023-03-31")
            self.assertEqual(self.all_rows(town), [])
            town.client.deploy(SHIFTED)
            self.assertEqual(town.row(moved)["to"], "2023-04-01", "a term that was told stays")
            rows = self.all_rows(town)
            self.assertEqual([(r["task"], r["title"], r["from_day"], r["to_day"], r["why"]) for r in rows],
                             [(moved, "До субботы", "2023-04-01", "2023-04-03", "term")])
            self.assertEqual(self.all_rows(town), rows, "a look changes nothing")
            with self.assertRaises(Refused) as refusal:
                self.page(town, apply=True)
            self.assertEqual(refusal.exception.code, "invalid")
            done = self.page(town, apply=True, by="region", reason="новый порядок")
            self.assertEqual((done["moved"], done["changed"]), (1, 1))
            self.assertEqual(self.all_rows(town), [])
            town.restart()
            term = town.row(moved)["terms"][-1]
            self.assertEqual((term["to"], term["why"], term["by"], term["reason"]),
                             ("2023-04-03", "calendar", "region", "новый порядок"))
            town.engine.verify(town.client)

    def test_many_assignments_are_changed_page_by_page(self):
        with Town() as town:
            requests = [town.client.send_start("ask", {
                "title": f"Дело {n}", "others": [], "due": {"from": "2023-01-09", "to": "2023-04-01"}})
                for n in range(300)]
            for request in requests:
                town.client.answer(request)
            town.client.deploy(SHIFTED)
            rows = self.all_rows(town, limit=70)
            self.assertEqual(len({r["task"] for r in rows}), 300)
            self.assertEqual(len(self.all_rows(town, apply=True, reason="порядок", limit=70)), 300)
            self.assertEqual({r["to"] for r in town.client.pages("ASSIGNMENTS", open=True)}, {"2023-04-03"})
            self.assertEqual(self.all_rows(town, apply=True, reason="порядок"), [])
            town.engine.verify(town.client)

    def test_an_absence_that_comes_to_be_known_is_handed_over(self):
        with Town() as town:
            task = town.give("2023-03-31")
            town.go_to("2023-01-17")
            town.client.deploy(ABSENT)
            self.assertEqual([(r["task"], r["why"]) for r in self.all_rows(town)], [(task, "notices")])
            self.page(town, apply=True, reason="приказ об отпуске")
            self.assertEqual(town.row(task)["acting"][0]["deputy"], "lyceum")

    def test_what_comes_after_an_absence_goes_to_who_is_back_by_then(self):
        with Town({**DOCUMENTS, "bodies.yaml": ABSENT}) as town:
            task = town.give("2023-01-31")
            town.go_to("2023-01-17")
            self.assertEqual(town.row(task)["acting"][0]["deputy"], "lyceum")
            wait, = town.client.ask("WHY", instance=int(task.split(".")[0]))["waiting"]
            late = [row for row in wait["ahead"] if row["notice"] == "overdue" or row["notice"] == "today"]
            self.assertTrue(late, wait["ahead"])
            for row in late:
                self.assertEqual([body["id"] for body in row["to"]], ["school"], row)

    def test_fields_that_make_no_sense_are_refused(self):
        with Town() as town:
            for fields in ({"apply": 1}, {"limit": 0}, {"limit": "x"}, {"after": "7"}, {"after": 7},
                           {"after": "01" * 18}, {"by": 7}, {"reason": []}):
                with self.assertRaises(Refused, msg=str(fields)) as refusal:
                    self.page(town, **fields)
                self.assertEqual(refusal.exception.code, "invalid", fields)


if __name__ == "__main__":
    main()
