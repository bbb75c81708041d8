"""Versions: everything wrong is told at once, instances are moved or left, what is used is not removed."""

import unittest

import yaml

from engine import BODIES, POLICY, Client, Engine, Refused, Worker, call, main, workflow

PLAN = """\
document: {kind: roadmap, name: plan, version: '1'}
period: {from: 2023-01-01, to: 2023-12-31}
controller: region
policy: default
sections: [{no: '1', title: Раздел}]
items:
  - {no: '1.1', section: '1', title: Анализ, responsible: [school], workflow: item,
     due: {phrase: год, kind: window, windows: [{from: 2023-01-01, to: 2023-12-31}]}}
"""
ITEM = workflow("item", ("wait", {"wait": "P1D"}))


def listen(kind, subject):
    return {"listen": {"to": {"one": {"with": {"type": kind, "subject": subject}}}}}


def fork(**branches):
    return {"fork": {"branches": [{name: step} for name, step in branches.items()]}}


class Versions(unittest.TestCase):
    def setUp(self):
        # heartbeats so slow that no worker of a test is held for gone
        self.engine = self.enterContext(Engine({"people.yaml": BODIES, "policy.yaml": POLICY}, heartbeat_ms=60000))
        self.client = Client(self.engine.start())

    def deploy(self, text):
        return self.client.ask("DEPLOY", file="w.yaml", text=text)

    def migrate(self, **choice):
        return self.client.ask("MIGRATE", definition="w", **choice)

    def refused(self, code, verb, **fields):
        with self.assertRaises(Refused) as caught:
            self.client.ask(verb, **fields)
        self.assertEqual(caught.exception.code, code, caught.exception)
        return caught.exception.payload

    def verified(self):
        self.engine.verify(self.client)
        self.engine.restart()
        self.client = Client(self.engine)
        self.engine.verify(self.client)

    # --- deploy -----------------------------------------------------------------------------------

    def test_all_problems_of_a_document_come_at_once_and_jq_is_asked(self):
        text = workflow("w", ("a", {"set": {"x": "${ .a + }"}}), ("b", {"set": {"x": "${ nope(.x) }"}}))
        told = self.refused("invalid", "DEPLOY", file="w.yaml", text=text)
        lines = text.split("\n")
        places = [(p["severity"], lines[p["line"] - 1][p["column"] - 1:]) for p in told["problems"]]
        self.assertEqual([severity for severity, _ in places], ["error", "error"])
        self.assertTrue(places[1][1].startswith("nope"), places)
        self.assertEqual((told["line"], told["text"]), (told["problems"][0]["line"], told["problems"][0]["text"]))
        self.assertEqual([row["name"] for row in self.client.ask("DEFINITIONS")["rows"]], ["people", "default"])

    # --- migrate ----------------------------------------------------------------------------------

    def test_an_instance_goes_on_with_the_other_version_from_where_it_stands(self):
        self.deploy(workflow("w", ("one", call("work")), ("two", {"set": {"made": "by the first"}})))
        moved, kept = self.client.start("w"), self.client.start("w")
        self.deploy(workflow("w", ("one", call("work")), ("two", {"set": {"made": "by the second"}})))
        answer = self.migrate(instances=[moved], preview=True)
        self.assertEqual((answer["moved"], answer["left"], answer["preview"]), (1, 0, True))
        self.assertEqual(self.client.show(moved)["version"], 1)
        self.assertEqual(self.migrate(instances=[moved])["rows"], [{"instance": moved, "version": 1, "moved": True}])
        worker = Worker(self.engine, "w", "work", credit=2)
        for _ in range(2):
            task, attempt, _ = worker.task()
            worker.done(task, attempt)
        self.assertEqual(self.client.until_state(moved, "completed")["data"], {"made": "by the second"})
        self.assertEqual(self.client.until_state(kept, "completed")["data"], {"made": "by the first"})
        self.verified()

    def test_what_has_no_safe_place_is_left_as_it_was_and_says_why(self):
        self.deploy(workflow("w", ("one", call("work")), ("both", fork(a={"wait": "P1D"}, b={"wait": "P2D"}))))
        first, second = self.client.start("w"), self.client.start("w")
        self.client.ask("SKIP", task=f"{second}.1", reason="дальше")
        before = self.client.show(second)
        self.deploy(workflow("w", ("other", call("work")), ("both", fork(a={"wait": "P1D"}, c={"wait": "P2D"}))))
        rows = {row["instance"]: row for row in self.migrate(all=True)["rows"]}
        self.assertIn('"one"', rows[first]["text"])
        self.assertIn('"both"', rows[second]["text"])
        self.assertEqual([rows[i]["code"] for i in (first, second)], ["conflict"] * 2)
        self.assertEqual(self.client.show(second), before)
        self.verified()

    def test_a_call_of_another_service_leaves_the_worker_that_has_it(self):
        self.deploy(workflow("w", ("one", call("old"))))
        instance = self.client.start("w")
        old, new = Worker(self.engine, "o", "old", credit=1), Worker(self.engine, "n", "new", credit=1)
        task, attempt, _ = old.task()
        self.deploy(workflow("w", ("one", call("new"))))
        self.assertEqual(self.migrate(instances=[instance])["moved"], 1)
        old.expect("DROP")
        self.assertEqual(new.task()[:2], (task, attempt + 1))
        old.acknowledged(old.done(task, attempt, {"by": "old"}))
        new.done(task, attempt + 1, {"by": "new"})
        self.assertEqual(self.client.until_state(instance, "completed")["data"], {"by": "new"})
        self.verified()

    def test_so_does_one_of_a_suspended_instance_when_it_is_resumed(self):
        self.deploy(workflow("w", ("one", call("old"))))
        instance = self.client.start("w")
        old, new = Worker(self.engine, "o", "old", credit=1), Worker(self.engine, "n", "new", credit=1)
        task, attempt, _ = old.task()
        self.client.ask("SUSPEND", instance=instance, reason="до уточнения")
        self.deploy(workflow("w", ("one", call("new"))))
        self.assertEqual(self.migrate(instances=[instance])["moved"], 1)
        self.client.ask("RESUME", instance=instance)
        self.assertEqual(new.task()[:2], (task, attempt + 1))
        new.done(task, attempt + 1, {"by": "new"})
        self.assertEqual(self.client.until_state(instance, "completed")["data"], {"by": "new"})
        self.verified()

    def test_a_listen_waits_for_the_events_of_the_other_version(self):
        self.deploy(workflow("w", ("one", listen("org.wrong", "${ .wrong }"))))
        instance = self.client.start("w", {"wrong": "a", "right": "b"})
        self.deploy(workflow("w", ("one", listen("org.right", "${ .right }"))))
        self.assertEqual(self.migrate(all=True)["moved"], 1)

        def matched(number, kind, subject):
            event = {"specversion": "1.0", "id": str(number), "source": "/s", "type": kind, "subject": subject}
            return self.client.ask("EVENT", data={}, **event)["matched"]

        self.assertEqual([matched(1, "org.wrong", "a"), matched(2, "org.right", "a"), matched(3, "org.right", "b")],
                         [0, 0, 1])
        self.client.until_state(instance, "completed")
        self.verified()

    def test_a_timer_goes_on_as_it_was_set(self):
        self.deploy(workflow("w", ("one", {"wait": "P1D"})))
        instance = self.client.start("w")
        until = self.client.show(instance)["tasks"][0]["until"]
        self.deploy(workflow("w", ("zero", {"set": {"x": 1}}), ("one", {"wait": "P9D"})))
        self.migrate(instances=[instance])
        task = self.client.show(instance)["tasks"][0]
        self.assertEqual((task["until"], task["path"]), (until, "/do/1/one"))
        self.verified()

    def test_an_incident_of_a_wrong_expression_is_mended_by_the_next_version(self):
        self.deploy(workflow("w", ("one", {"set": {"n": "${ .a + 1 }"}})))
        instance = self.client.start("w", {"a": "text"})
        self.deploy(workflow("w", ("one", {"set": {"n": "${ .a | length }"}})))
        self.assertEqual(self.migrate(instances=[instance])["moved"], 1)
        self.client.ask("RETRY", task=self.client.show(instance)["tasks"][0]["task"])
        self.assertEqual(self.client.until_state(instance, "completed")["data"], {"n": 4})
        self.verified()

    def test_thousands_are_moved_page_by_page(self):
        self.deploy(workflow("w", ("one", {"wait": "P1D"})))
        for _ in range(2100):
            self.client.send_start("w")
        while len(self.client.answers) < 2100:
            got = self.client.take(60000)
            self.client.answers[got[0]] = got[1:]
        self.client.answers.clear()
        self.deploy(workflow("w", ("one", {"wait": "P1D"}), ("two", {"set": {"x": 1}})))
        pages, after = [], {}
        while True:
            page = self.migrate(**{"from": 1}, **after)
            pages.append(page["moved"])
            if page["next"] is None:
                break
            after = {"after": page["next"]}
        self.assertEqual(sum(pages), 2100)
        self.assertLessEqual(max(pages), 1000)
        used = {row["version"]: row["used"] for row in self.client.ask("DEFINITIONS")["rows"] if row["name"] == "w"}
        self.assertEqual(used, {1: 0, 2: 2100})
        self.verified()

    def test_what_migrate_does_not_understand_is_refused(self):
        self.deploy(workflow("w", ("one", {"wait": "P1D"})))
        for choice in ({}, {"all": True, "from": 1}, {"all": False}, {"instances": 17}, {"instances": ["x"]},
                       {"all": True, "after": "x"}, {"all": True, "preview": 1}, {"all": True, "to": 0}):
            self.refused("invalid", "MIGRATE", definition="w", **choice)
        self.refused("not-found", "MIGRATE", definition="w", all=True, to=7)
        self.refused("not-found", "MIGRATE", definition="nobody", all=True)
        self.assertEqual(self.migrate(instances=[4711])["rows"][0]["code"], "not-found")

    # --- remove -----------------------------------------------------------------------------------

    def test_a_version_in_use_stays_and_goes_when_its_last_instance_is_over(self):
        self.deploy(workflow("w", ("one", call("work"))))
        running, held = self.client.start("w"), self.client.start("w")
        self.client.ask("SUSPEND", instance=held, reason="до уточнения")
        self.deploy(workflow("w", ("two", call("work"))))
        self.assertEqual(self.refused("conflict", "REMOVE", name="w", version=1)["used"], 2)
        self.client.ask("CANCEL", instance=held, reason="хватит")
        self.client.ask("SKIP", task=f"{running}.1", reason="дальше")
        self.client.until_state(running, "completed")
        self.assertEqual(self.client.ask("REMOVE", name="w", version=1)["version"], 1)
        self.refused("conflict", "REMOVE", name="w", version=1)
        self.refused("conflict", "MIGRATE", definition="w", all=True, to=1)
        self.assertEqual(self.client.show(running)["tasks"], [])
        self.verified()
        rows = [row for row in self.client.ask("DEFINITIONS")["rows"] if row["name"] == "w"]
        self.assertEqual([(r["version"], r["removed"], r["newest"], r["used"]) for r in rows],
                         [(1, True, False, 0), (2, False, True, 0)])
        self.assertEqual(self.client.show(held)["version"], 1)

    def test_the_version_before_is_the_newest_again_and_numbers_are_not_used_twice(self):
        self.deploy(workflow("w", ("one", call("work"))))
        self.deploy(workflow("w", ("two", call("work"))))
        self.client.ask("REMOVE", name="w", version=2)
        self.assertEqual(self.client.show(self.client.start("w"))["version"], 1)
        self.assertEqual(self.deploy(workflow("w", ("three", call("work"))))["version"], 3)
        self.verified()
        self.assertEqual(self.client.show(self.client.start("w"))["version"], 3)

    def test_the_only_version_that_something_needs_stays(self):
        self.deploy(ITEM)
        self.deploy(PLAN)
        needed = self.refused("conflict", "REMOVE", name="item", version=1)
        self.assertEqual(needed["needed_by"], {"kind": "roadmap", "name": "plan"})
        self.assertEqual(self.refused("conflict", "REMOVE", name="default", version=1)["needed_by"]["name"], "plan")
        self.assertEqual(self.refused("conflict", "REMOVE", name="people", version=1)["needed_by"]["name"], "plan")
        run = {"run": {"workflow": {"namespace": "tests", "name": "w", "version": "1"}}}
        self.deploy(workflow("w", ("one", call("work"))))
        self.deploy(workflow("outer", ("inner", run)))
        self.assertEqual(self.refused("conflict", "REMOVE", name="w", version=1)["needed_by"]["name"], "outer")
        self.client.ask("REMOVE", name="outer", version=1)
        self.client.ask("REMOVE", name="w", version=1)
        self.client.ask("REMOVE", name="plan", version=1)
        self.client.ask("REMOVE", name="item", version=1)
        self.refused("not-found", "REMOVE", name="nobody", version=1)
        self.verified()

    def test_a_calendar_that_bodies_count_by_stays(self):
        self.deploy("document: {kind: calendar, name: ru, version: '1'}\nweek: five-day\n")
        self.deploy("document: {kind: bodies, name: school, version: '1'}\ntimezone: Europe/Moscow\n"
                    "bodies: [{id: night-school, name: Школа, calendar: ru}]\n")
        needed = self.refused("conflict", "REMOVE", name="ru", version=1)
        self.assertEqual(needed["needed_by"], {"kind": "bodies", "name": "school"})
        self.deploy("document: {kind: bodies, name: school, version: '2'}\ntimezone: Europe/Moscow\n"
                    "bodies: [{id: night-school, name: Школа}]\n")
        self.client.ask("REMOVE", name="ru", version=1)
        self.verified()

    def test_a_schedule_goes_to_the_version_that_is_left(self):
        def every(days):
            return yaml.safe_dump({**yaml.safe_load(workflow("w", ("one", {"wait": "P1D"}))),
                                   "schedule": {"every": f"P{days}D"}}, sort_keys=False)

        self.deploy(every(1))
        self.assertEqual(self.refused("conflict", "REMOVE", name="w", version=1)["used"], 1)
        self.deploy(every(2))
        self.client.ask("REMOVE", name="w", version=2)
        (row,) = [row for row in self.client.pages("LIST") if row["state"] == "running"]
        self.assertEqual(row["version"], 1)
        self.assertEqual(self.client.show(row["instance"])["tasks"][0]["kind"], "schedule")
        self.verified()

    def test_a_name_of_two_kinds_must_say_which(self):
        self.deploy(workflow("default", ("one", call("work"))))
        self.assertIn("kind", self.refused("invalid", "REMOVE", name="default", version=1)["text"])
        self.client.ask("REMOVE", name="default", version=1, kind="workflow")
        self.refused("invalid", "REMOVE", name="default")

    def test_the_commands_tell_operators_in_russian(self):
        self.deploy(yaml.safe_dump(yaml.safe_load(workflow("w", ("one", {"wait": "P1D"})))))
        self.client.start("w")
        self.deploy(workflow("w", ("one", {"wait": "P2D"}), ("two", {"wait": "P1D"})))
        status, text = self.engine.run("migrate", "--definition", "w", "--all", wait=True, program="marshrut")
        self.assertEqual((status, text), (0, "1 процесс переведён на версию 2.\n"))
        status, text = self.engine.run("remove", "w", "--version", "2", wait=True, program="marshrut")
        self.assertEqual((status, text), (1, "Не удалено: по этой версии идёт 1 процесс\n"))


if __name__ == "__main__":
    main()
