"""POST /assignments/{task}/check: what it says of a day, or of a report, is what the engine makes of it then."""

import unittest

from engine import BODIES, POLICY, ROOT, assignment, main, workflow
from gateway import Client, Gateway

SHIFTS = ("previous", "next", "keep")
# A Sunday, the Monday of a holiday, a short Saturday that is worked, a plain Friday, a day that is over, today, the last.
DAYS = ("2024-06-30", "2024-11-04", "2024-11-02", "2024-08-30", "2024-02-19", "2024-02-20", "2024-06-28")
LAST = DAYS[-1]
# A body with a calendar of its own, where the last day is off.
REST = "document: {kind: calendar, name: rest, version: '1'}\nextends: ru\nholidays: [{day: 06-28, title: Отдых}]\n"
CAMP = """\
document: {kind: bodies, name: camps, version: '1'}
timezone: Europe/Moscow
bodies: [{id: camp, name: Лагерь, parent: district, calendar: rest}]
"""
REASON = {"reason": "так решено"}
WANTED = ["приказ", "план"]
ORDER = {"kind": "приказ", "number": "1", "date": "2024-02-01"}


def engine():
    documents = {"people.yaml": BODIES, "rest.yaml": REST, "camp.yaml": CAMP}
    for shift in SHIFTS:
        rule = f"shift: {{to: {shift}, source: 'Порядок, пункт 8'}}\n"
        documents[f"{shift}.yaml"] = POLICY.replace("name: default", f"name: {shift}") + rule
        documents[f"by-{shift}.yaml"] = workflow(
            f"by-{shift}", ("do", assignment("2024-02-01", "2024-06-28", policy=shift, result=WANTED)))
    gateway = Gateway(documents, clock={"stands": {"start": "2024-02-20T09:00"}})
    gateway.write_config(deploy=[str(ROOT / "workflows/calendars/ru.yaml"), *gateway.config["deploy"]])
    return gateway


class Foreseen(unittest.TestCase):
    def setUp(self):
        self.engine = engine()
        self.enterContext(self.engine)
        self.client = Client(self.engine.start())
        self.addCleanup(self.client.close)

    def given(self, shift):
        return self.client.until_task(self.client.start(f"by-{shift}"), kind="assignment")["task"]

    def post(self, task, action, body, by="region"):
        return self.engine.post(f"/api/v1/assignments/{task}/{action}", body, Marshrut_By=by)

    def checked(self, task, action, **fields):
        answer = self.engine.post(f"/api/v1/assignments/{task}/check", {"action": action, **fields})
        self.assertEqual(answer.status, 200, answer.body)
        return answer.json

    def term(self, task):
        return self.engine.get(f"/api/v1/assignments/{task}").json["to"]

    def test_where_a_day_would_go_it_goes_and_what_would_refuse_it_does(self):
        actions = {"extend": ("school", None), "grant": ("region", "extend"), "move": ("region", None),
                   "delegate": ("school", None)}
        for shift in SHIFTS:
            for action, (by, asked) in actions.items():
                for day in DAYS:
                    with self.subTest(shift=shift, action=action, day=day):
                        self.compare(self.given(shift), action, by, asked, day)

    def compare(self, task, action, by, asked, day):
        if asked:
            self.assertEqual(self.post(task, asked, {"day": "2024-07-31", **REASON}, "school").status, 200)
        to = {"to": "lyceum"} if action == "delegate" else {}
        shifted = self.checked(task, "extend", day=day)["to"]
        said = self.checked(task, action, day=day, **to)
        done = self.post(task, action, {"day": day, **to, **REASON}, by)
        self.assertEqual(said.get("refused", {}).get("text"), None if done.status == 200 else done.json["detail"])
        self.assertEqual(said["day"], day)
        self.assertEqual(said.get("cut", False), action == "delegate" and shifted > LAST)
        self.assertEqual("source" in said, shifted != day and "cut" not in said)
        if done.status == 200 and action == "extend":
            self.assertEqual(self.post(task, "grant", {}).status, 200)
        if done.status == 200:
            where = self.engine.get(f"/api/v1/assignments/{task}").json["child"] if to else task
            self.assertEqual(self.term(where), said["to"])

    def test_it_says_what_kind_of_day_it_is_and_by_whose_rule_it_moves(self):
        sunday = self.checked(self.given("next"), "extend", day="2024-06-30")
        self.assertEqual(sunday, {"day": "2024-06-30", "is": "weekend", "to": "2024-07-01", "source": "Порядок, пункт 8"})
        holiday = self.checked(self.given("previous"), "extend", day="2024-11-04")
        self.assertEqual((holiday["is"], holiday["to"]), ("holiday", "2024-11-02"))
        self.assertEqual(self.checked(self.given("keep"), "extend", day="2024-11-02"),
                         {"day": "2024-11-02", "is": "short", "to": "2024-11-02"})

    def test_a_regulation_is_not_named_for_a_day_that_is_cut_to_the_last_of_the_whole(self):
        for shift in SHIFTS:
            late = self.checked(self.given(shift), "delegate", day="2024-08-30", to="lyceum")
            self.assertIn("2024-06-28", late.pop("refused")["text"])
            self.assertEqual(late, {"day": "2024-08-30", "is": "working", "to": LAST, "cut": True})
        off = {"day": LAST, "is": "holiday"}
        for shift, more in (("previous", {"to": "2024-06-27", "source": "Порядок, пункт 8"}),
                            ("next", {"to": LAST, "cut": True}), ("keep", {"to": LAST})):
            task = self.given(shift)
            self.assertEqual(self.checked(task, "delegate", day=LAST, to="camp"), {**off, **more})
            self.assertEqual(self.post(task, "delegate", {"day": LAST, "to": "camp", **REASON}, "school").status, 200)
            self.assertEqual(self.term(self.engine.get(f"/api/v1/assignments/{task}").json["child"]), more["to"])

    def test_the_documents_that_a_report_would_lack_are_those_that_it_lacks_then(self):
        for documents, lacks in (([], WANTED), ([{"kind": "приказ", "number": "1"}], WANTED), ([ORDER], ["план"]),
                                 ([ORDER, {"kind": "план", "link": "https://lo.invalid/1"}], [])):
            task = self.given("keep")
            report = {"text": "сделано", "documents": documents}
            self.assertEqual(self.checked(task, "report", report=report), {"missing_results": lacks})
            self.assertEqual(self.post(task, "report", {"report": report}, "school").status, 200)
            self.assertEqual(self.engine.get(f"/api/v1/assignments/{task}").json.get("missing_results", []), lacks)

    def test_nothing_is_changed_and_what_is_not_asked_well_is_refused(self):
        task = self.given("next")
        before = self.engine.get(f"/api/v1/assignments/{task}").json
        self.assertEqual(self.checked(task, "withdraw"), {})
        self.assertEqual(self.checked(task, "delegate", day="2024-06-20"), {})
        self.assertIn("refused", self.checked(task, "delegate", day="2024-06-20", to="nobody"))
        self.checked(task, "move", day="2024-06-20")
        self.assertEqual(self.engine.get(f"/api/v1/assignments/{task}").json, before)
        for body in ({}, {"action": "dance"}, {"action": "move", "day": "вчера"}, {"action": "move", "why": "x"}):
            self.assertEqual(self.engine.post(f"/api/v1/assignments/{task}/check", body).status, 400, body)
        self.assertEqual(self.engine.post("/api/v1/assignments/999.1/check", {"action": "move"}).status, 404)


if __name__ == "__main__":
    main()
