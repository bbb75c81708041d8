"""What the page is drawn from: months, notices, counts of plans, counted items, actions (docs/http.md §2)."""

import datetime
import unittest

from engine import BODIES, POLICY, assignment, main, roadmap, workflow
from gateway import Client, Gateway, until

DAYS = ("2024-02-01", "2024-02-29", "2024-03-01", "2024-12-01", "2024-12-31", "2025-01-01")
REASON = {"reason": "так решено"}
FIELDS = {"report": {"report": {"text": "готово"}, **REASON}, "accept": {"in_part": True, **REASON},
          "grant": {}, "return": REASON, "refuse": REASON, "resume": {},
          "extend": {"day": "2024-09-30", **REASON}, "move": {"day": "2024-09-30", **REASON},
          "delegate": {"to": "lyceum"}, "reassign": {"to": "lyceum", **REASON},
          "pause": {"pause": "waits", **REASON}, "withdraw": REASON, "comment": REASON}
BEFORE = {**FIELDS, "extend": {"day": "2024-08-30", **REASON}}
ROLES = ("school", "lyceum", "district", "region", "other")
# What has happened to an assignment before: who did what.
STATES = {"given": (), "reported": (("school", "report"),), "asked": (("school", "extend"),),
          "paused": (("region", "pause"),), "accepted": (("school", "report"), ("region", "accept")),
          "withdrawn": (("region", "withdraw"),)}
COUNTED = roadmap(
    "counted", 2024,
    {"no": "1", "title": "Утвердить", "responsible": ["school"], "due": "до 15 января"},
    {"no": "2", "title": "Провести", "responsible": ["school"], "due": "до 1 апреля"},
    {"no": "3", "title": "Маршруты построены", "responsible": ["school"], "due": "до 1 декабря",
     "computed": {"of": {"workflow": "cycle"},
                  "done": {"workflow": "cycle", "where": ".context.route != null"}, "target": "50 %"}})
CYCLE = workflow("cycle", ("plan", {"set": "${ . }", "export": {"as": "."}}),
                 ("pause", {"wait": {"days": 90}}))
ITEM = workflow("roadmap-item", ("do", {"call": "assignment", "with": {
    "title": "${ .title }", "responsible": "${ .responsible }", "controller": "${ .controller }",
    "due": "${ .window }", "policy": "${ .policy }", "plan": "${ .plan }", "no": "${ .no }"}}))

PEOPLE = BODIES + "  - {id: other, name: Чужой отдел}\n"


def engine():
    documents = {"people.yaml": PEOPLE, "policy.yaml": POLICY,
                 "cycle.yaml": CYCLE, "item.yaml": ITEM, "counted.yaml": COUNTED,
                 "order.yaml": workflow("order", ("do", assignment("2024-02-01", "2024-06-28")))}
    for day in DAYS:
        documents[f"d{day}.yaml"] = workflow(f"d-{day}", ("do", assignment("2024-01-10", day)))
    return Gateway(documents, clock={"stands": {"start": "2024-02-20T09:00"}})


class Views(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.engine = engine().start()
        cls.client = Client(cls.engine)
        for day in DAYS:
            cls.task_of(cls.client.start(f"d-{day}"))
        cls.client.start("counted", key="counted")
        until(cls.client, lambda: cls.rows("/assignments?plan=counted"), lambda rows: len(rows) == 3)

    @classmethod
    def tearDownClass(cls):
        cls.client.close()
        cls.engine.stop()
        cls.engine.__exit__(None)

    @classmethod
    def task_of(cls, instance):
        return cls.client.until_task(instance, kind="assignment")["task"]

    @classmethod
    def get(cls, path, status=200):
        answer = cls.engine.get("/api/v1" + path)
        if answer.status != status:
            raise AssertionError((path, answer.status, answer.body[:400]))
        return answer.json

    @classmethod
    def rows(cls, path):
        return cls.get(path)["rows"]

    def pages(self, path, limit):
        """All rows, so many at a time."""
        found, after, mark = [], None, "&" if "?" in path else "?"
        while True:
            page = self.get(f"{path}{mark}limit={limit}" + (f"&after={after}" if after else ""))
            self.assertLessEqual(len(page["rows"]), limit)
            found += page["rows"]
            after = page["next"]
            if after is None:
                return found

    # --- months ---------------------------------------------------------------------------------

    def month(self, month, more=""):
        days = self.get(f"/calendar?month={month}{more}")["days"]
        first = datetime.date.fromisoformat(f"{month}-01")
        self.assertEqual([d["date"] for d in days],
                         [str(first + datetime.timedelta(n)) for n in range(len(days))])
        self.assertNotEqual((first + datetime.timedelta(len(days))).month, first.month)
        return {d["date"]: d["count"] for d in days if d["count"]}, days

    def test_a_month_has_its_days_and_what_falls_on_its_first_and_last(self):
        school = "&body=school"
        for month, length in (("2024-02", 29), ("2023-02", 28), ("2024-12", 31), ("2025-01", 31)):
            counts, days = self.month(month, school)
            self.assertEqual(len(days), length)
            for day in (d for d in DAYS if d.startswith(month)):
                self.assertGreaterEqual(counts.get(day, 0), 1, day)
                due = next(d for d in days if d["date"] == day)["due"]
                self.assertIn(day, {row["to"] for row in due})
        self.assertEqual(self.month("2024-02", school)[0].keys(), {"2024-02-01", "2024-02-29"})

    def test_a_month_without_rows_has_days_and_none_of_another_body_or_plan(self):
        self.assertEqual(self.month("2031-07")[0], {})
        self.assertEqual(self.month("2024-02", "&body=other")[0], {})
        self.assertEqual(self.month("2024-04", "&plan=counted")[0].keys(), {"2024-04-01"})

    def test_what_is_no_month_is_refused(self):
        for month in ("2024-13", "2024-00", "2024-2", "24-02", "2024-02-01", "2024/02", "%D0%BC%D0%B0%D0%B9"):
            self.get(f"/calendar?month={month}", 400)
        self.get("/calendar", 400)
        self.get("/calendar?month=2024-02&body=nobody", 404)

    # --- notices --------------------------------------------------------------------------------

    def test_notices_go_backwards_and_pages_and_filters_lose_and_repeat_none(self):
        everything = self.pages("/notices", 1000)
        seqs = [row["seq"] for row in everything]
        self.assertGreater(len(seqs), 12)
        self.assertEqual(seqs, sorted(set(seqs), reverse=True))
        for limit in (1, 5):
            self.assertEqual([r["seq"] for r in self.pages("/notices", limit)], seqs)
        for body in ("school", "district", "region", "other"):
            mine = [r["seq"] for r in everything if r["to"]["id"] == body]
            self.assertEqual([r["seq"] for r in self.pages(f"/notices?body={body}", 2)], mine, body)
        one = everything[0]["instance"]
        self.assertEqual([r["seq"] for r in self.pages(f"/notices?instance={one}", 2)],
                         [r["seq"] for r in everything if r["instance"] == one])
        for row in everything:
            both = f"/notices?instance={row['instance']}&body={row['to']['id']}"
            self.assertEqual([r["seq"] for r in self.pages(both, 1)],
                             [r["seq"] for r in everything
                              if (r["instance"], r["to"]) == (row["instance"], row["to"])])

    def test_a_page_of_notices_is_not_short_because_others_were_told_too(self):
        everything = self.pages("/notices", 1000)
        oldest = everything[-1]
        mine = [r["seq"] for r in everything if r["instance"] == oldest["instance"]]
        page = self.get(f"/notices?instance={oldest['instance']}&limit={len(mine)}")
        self.assertEqual(([r["seq"] for r in page["rows"]], page["next"]), (mine, None))

    def test_notices_of_days_are_of_those_days(self):
        seqs = [row["seq"] for row in self.pages("/notices", 1000)]
        same = "/notices?from=2024-02-20&to=2024-02-20"
        self.assertEqual([row["seq"] for row in self.pages(same, 7)], seqs)
        self.assertEqual(self.pages("/notices?to=2024-02-19", 7), [])
        self.assertEqual(self.pages("/notices?from=2024-02-21", 7), [])
        self.get("/notices?from=2024-02-30", 400)

    # --- plans ----------------------------------------------------------------------------------

    def test_counts_of_a_plan_are_the_lengths_of_its_lists(self):
        first = next(r["task"] for r in self.rows("/assignments?plan=counted") if r["no"] == "1")
        lists = {"all": "", "open": "&open=true", "closed": "&open=false",
                 "overdue": "&overdue=true", "decide": "&decide=true", "critical": "&phase=critical"}

        def counts():
            return next(r["counts"] for r in self.rows("/roadmaps") if r["name"] == "counted")

        self.assertEqual(counts()["decide"], 0)  # kept, and not given when it is old
        self.engine.post(f"/api/v1/assignments/{first}/report", FIELDS["report"], Marshrut_By="school")
        self.assertEqual(until(self.client, counts, lambda c: c["decide"] == 1)["all"], 3)
        for name, more in lists.items():
            self.assertEqual(counts()[name], len(self.rows("/assignments?plan=counted" + more)), name)
        self.assertEqual([r["task"] for r in self.rows("/assignments?plan=counted&decide=true")], [first])

    def test_decide_has_reports_and_requests_and_nothing_that_is_closed(self):
        def waiting():
            return {r["task"] for r in self.pages("/assignments?decide=true", 1000)}

        tasks = {name: self.brought_to(name) for name in STATES}
        self.assertEqual(waiting() & set(tasks.values()), {tasks["reported"], tasks["asked"]})
        self.act(tasks["asked"], "refuse", "region")
        self.assertNotIn(tasks["asked"], waiting())

    def test_a_counted_item_follows_what_it_counts(self):
        path = "/roadmaps/counted/items/3/computed"

        def number():
            answer = self.get(path)
            shown = next(i for i in self.get("/roadmaps/counted")["items"] if i["no"] == "3")
            self.assertEqual(shown["computed"], answer)
            return answer["done"], answer["of"], answer["reached"]

        self.assertEqual(number(), (0, 0, False))
        without = self.client.start("cycle", {"teacher": "1"})
        until(self.client, number, lambda n: n == (0, 1, False))
        with_route = self.client.start("cycle", {"route": ["курс"]})
        until(self.client, number, lambda n: n == (1, 2, True))
        self.assertEqual([r["instance"] for r in self.pages(path + "?rows=done", 1)], [with_route])
        self.assertEqual([r["instance"] for r in self.pages(path + "?rows=of", 1)], [without, with_route])
        self.client.ask("REPLAN")  # an entry of the journal that changes no number
        self.assertEqual(number(), (1, 2, True))
        self.get(path + "?rows=some", 422)
        for wrong in ("/roadmaps/counted/items/1/computed", "/roadmaps/counted/items/9/computed",
                      "/roadmaps/none/items/3/computed"):
            self.get(wrong, 404)

    def test_a_counted_item_of_a_newer_version_is_counted_anew(self):
        path = "/roadmaps/renewed/items/3/computed"
        text = COUNTED.replace("name: counted", "name: renewed")
        self.client.deploy(text)
        self.assertEqual(self.get(path)["target"]["value"], 50)
        self.client.deploy(text.replace("version: '1'", "version: '2'").replace("50 %", "60 %"))
        until(self.client, lambda: self.get(path)["target"]["value"], lambda value: value == 60)

    # --- actions --------------------------------------------------------------------------------

    def act(self, task, action, by, fields=None):
        fields = (fields or FIELDS)[action]
        return self.engine.post(f"/api/v1/assignments/{task}/{action}", fields, Marshrut_By=by)

    def brought_to(self, state):
        task = self.task_of(self.client.start("order"))
        for by, action in STATES[state]:
            answer = self.act(task, action, by, BEFORE)
            self.assertEqual(answer.status, 200, (state, action, answer.body))
        return task

    def test_actions_that_are_offered_are_taken_and_the_others_are_refused(self):
        for state in STATES:
            task = self.brought_to(state)
            for by in ROLES:
                offered = self.get(f"/assignments/{task}?for={by}")["actions"]
                self.assertEqual(len(offered), len(set(offered)))
                for action in FIELDS:
                    where = self.brought_to(state) if action in offered else task
                    answer = self.act(where, action, by)
                    self.assertEqual(answer.status == 200, action in offered,
                                     (state, by, action, answer.status, answer.body))

    def test_what_was_returned_says_who_when_and_why_until_it_is_reported_again(self):
        task = self.brought_to("reported")
        self.assertNotIn("returned", self.get(f"/assignments/{task}"))
        for reason in ("нет подписи", "нет печати"):
            self.assertEqual(self.engine.post(f"/api/v1/assignments/{task}/return", {"reason": reason},
                                              Marshrut_By="region").status, 200)
            returned = self.get(f"/assignments/{task}")["returned"]
            self.assertEqual((returned["by"], returned["reason"]), ("region", reason))
            self.assertTrue(returned["time"].startswith("2024-02-20T"), returned)
            self.assertEqual(self.act(task, "report", "school").status, 200)
            self.assertNotIn("returned", self.get(f"/assignments/{task}"))

    def test_a_part_that_was_returned_says_so_too(self):
        task = self.brought_to("given")
        self.assertEqual(self.act(task, "report", "lyceum").status, 200)
        back = {"to": "lyceum", "reason": "не та школа"}
        self.assertEqual(self.engine.post(f"/api/v1/assignments/{task}/return", back, Marshrut_By="school").status, 200)
        row = self.get(f"/assignments/{task}")
        self.assertNotIn("returned", row)
        self.assertEqual([(part["returned"]["by_name"], part["returned"]["reason"]) for part in row["parts"]],
                         [("Школа № 1", "не та школа")])
        self.assertEqual(self.act(task, "report", "lyceum").status, 200)
        self.assertNotIn("returned", self.get(f"/assignments/{task}")["parts"][0])

    def read_twice(self, path):
        tag = self.engine.get(path).headers["etag"]
        return tag, self.engine.get(path, If_None_Match=tag)

    def test_an_assignment_that_has_not_changed_is_sent_again_only_with_its_actions(self):
        task = self.brought_to("given")
        path = f"/api/v1/assignments/{task}"
        tag, again = until(self.client, lambda: self.read_twice(path), lambda both: both[1].status == 304)
        self.assertTrue(tag.startswith(self.get(f"/assignments/{task}")["etag"][:-1] + "-"), tag)
        self.assertEqual((again.status, again.raw, again.headers["etag"]), (304, b"", tag))
        mine = self.engine.get(path + "?for=school", If_None_Match=tag)
        self.assertEqual(mine.status, 200)
        self.assertIn("report", mine.json["actions"])
        self.assertEqual(self.act(task, "comment", "school", FIELDS).status, 200)
        changed = self.engine.get(path, If_None_Match=tag)
        self.assertEqual(changed.status, 200)
        self.assertNotEqual(changed.headers["etag"], tag)

    def test_what_is_said_of_others_is_never_told_to_be_unchanged(self):
        """The name of a body stands in an assignment, in SHOW and in WHY, and is of another document."""
        task = self.brought_to("given")
        instance = task.split(".")[0]
        plan = self.rows("/instances?definition=counted")[0]["instance"]
        paths = [f"/api/v1/assignments/{task}", f"/api/v1/instances/{instance}", f"/api/v1/instances/{instance}/why",
                 f"/api/v1/instances/{plan}/graph.svg"]
        tags = [self.engine.get(path).headers["etag"] for path in paths]
        picture = self.engine.get(f"/api/v1/instances/{instance}/graph.svg").headers["etag"]
        for name, old in (("Школа № 100", "Школа № 1"), ("Школа № 1", "Школа № 100")):
            text = PEOPLE.replace("Школа № 1", name)
            self.assertEqual(self.engine.post("/api/v1/definitions", {"file": "people.yaml", "text": text}).status, 200)
            for path, tag in zip(paths, tags):
                answer = self.engine.get(path, If_None_Match=tag)
                self.assertEqual(answer.status, 200, path)
                self.assertIn(name, answer.body.decode(), path)
                self.assertNotIn(f"{old}\"", answer.body.decode(), path)
            again = self.engine.get(f"/api/v1/instances/{instance}/graph.svg", If_None_Match=picture)
            self.assertEqual(again.status, 304, "the picture of a workflow says nothing of others")
        match = {"If_Match": tags[0], "Marshrut_By": "school"}
        self.assertEqual(self.engine.post(f"/api/v1/assignments/{task}/comment", {"reason": "x"}, **match).status, 200)
        self.assertEqual(self.engine.post(f"/api/v1/assignments/{task}/comment", {"reason": "x"}, **match).status, 412)

    def test_each_role_is_offered_its_own(self):
        task = self.brought_to("reported")

        def offered(by):
            return set(self.get(f"/assignments/{task}?for={by}")["actions"])

        self.assertLessEqual({"accept", "return", "withdraw"}, offered("region"))
        self.assertNotIn("accept", offered("school"))
        self.assertEqual(offered("other"), {"comment"})
        self.assertEqual(offered("nobody"), set())
        self.assertEqual(self.get(f"/assignments/{task}")["actions"], [])

    def test_who_may_do_something_is_told_to_whoever_looks(self):
        for state, names in (("given", ("school", "lyceum", "region")), ("paused", ("region",)), ("accepted", ())):
            actors = self.get(f"/assignments/{(task := self.brought_to(state))}")["actors"]
            self.assertLessEqual(set(names), {one["id"] for one in actors}, state)
            self.assertNotIn("other", {one["id"] for one in actors})
            for one in actors:
                offered = self.get(f"/assignments/{task}?for={one['id']}")["actions"]
                self.assertEqual(one["actions"], offered, (state, one))
                self.assertGreater(set(offered), {"comment"}, (state, one))


if __name__ == "__main__":
    main()
