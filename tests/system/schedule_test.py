"""Workflows that start by themselves (docs/language.md §3, `schedule`), and whom operators reach."""

import unittest

import yaml

from engine import Client, Engine, main, until

STANDS = {"stands": {"start": "2023-01-09T09:00"}}


def document(name, *steps, schedule=None, version="1"):
    head = {"dsl": "1.0.3", "namespace": "tests", "name": name, "version": version}
    more = {"schedule": schedule} if schedule else {}
    return yaml.safe_dump({"document": head, **more, "do": [{n: what} for n, what in steps]}, sort_keys=False)


LISTEN = ("for", {"listen": {"to": {"one": {"with": {"type": "t.go"}}}}})
RUN = ("run", {"run": {"workflow": {"namespace": "tests", "name": "leaf", "version": "1"}}})
DETACHED = ("aside", {"run": {"await": False, "workflow": {"namespace": "tests", "name": "leaf", "version": "1"}}})
LEAF = document("leaf", LISTEN)


class Case(unittest.TestCase):
    documents = {"leaf.yaml": LEAF}

    def setUp(self):
        self.engine = self.enterContext(Engine(self.documents, clock=STANDS)).start()
        self.client = Client(self.engine)

    def restart(self):
        self.engine.restart()
        self.client = Client(self.engine)

    def rows(self, definition):
        return list(self.client.pages("LIST", definition=definition))

    def schedules(self, definition):
        return [r for r in self.rows(definition) if r.get("key", "").startswith("schedule ")]

    def runs(self, definition):
        return [r for r in self.rows(definition) if not r.get("key", "").startswith("schedule ")]

    def advance(self, enough):
        """Move the clock from one moment to the next until that is so."""
        return until(self.client, lambda: (self.client.ask("ADVANCE"), enough())[1], bool)

    def started(self, row):
        return row["created"][11:16]


class Times(Case):
    def test_it_starts_at_each_moment_and_goes_on_after_a_kill(self):
        self.client.deploy(document("hourly", LISTEN, schedule={"every": {"hours": 1}}))
        self.advance(lambda: len(self.runs("hourly")) >= 2)
        self.restart()
        self.advance(lambda: len(self.runs("hourly")) >= 3)
        self.assertEqual([self.started(r) for r in self.runs("hourly")][:3], ["07:00", "08:00", "09:00"])
        self.engine.verify(self.client)

    def test_cron_is_read_in_the_zone_of_the_engine(self):
        self.client.deploy(document("daily", LISTEN, schedule={"cron": "30 8 * * *"}))
        self.advance(lambda: self.runs("daily"))
        self.assertEqual(self.runs("daily")[0]["created"], "2023-01-10T05:30:00.000Z")

    def test_after_counts_from_the_end_of_the_run_before(self):
        self.client.deploy(document("again", ("nap", {"wait": {"hours": 2}}), schedule={"after": {"hours": 1}}))
        self.advance(lambda: len(self.runs("again")) >= 2)
        self.assertEqual([self.started(r) for r in self.runs("again")], ["06:00", "09:00"])

    def test_events_start_it_with_themselves_as_the_input(self):
        self.client.deploy(document("on", LISTEN, schedule={"on": {"one": {"with": {"type": "t.new"}}}}))
        for n in range(2):
            answer = self.client.ask("EVENT", specversion="1.0", id=f"e-{n}", source="/s", type="t.new",
                                     data={"n": n})
            self.assertEqual(answer["matched"], 1)
        runs = self.runs("on")
        self.assertEqual([self.client.show(r["instance"])["data"][0]["data"] for r in runs], [{"n": 0}, {"n": 1}])

    def test_an_event_that_came_before_the_document_starts_it(self):
        self.client.ask("EVENT", specversion="1.0", id="e", source="/s", type="t.new")
        self.client.deploy(document("on", LISTEN, schedule={"on": {"one": {"with": {"type": "t.new"}}}}))
        until(self.client, lambda: self.runs("on"), lambda rows: len(rows) == 1)


class Versions(Case):
    def test_a_new_version_takes_over_and_runs_in_progress_go_on(self):
        self.client.deploy(document("hourly", LISTEN, schedule={"every": {"hours": 1}}))
        self.advance(lambda: self.runs("hourly"))
        self.client.deploy(document("hourly", LISTEN, schedule={"every": {"minutes": 10}}, version="2"))
        self.assertEqual([r["state"] for r in self.schedules("hourly")], ["cancelled", "running"])
        self.assertEqual([r["state"] for r in self.runs("hourly")], ["running"])
        self.advance(lambda: len(self.runs("hourly")) >= 3)
        self.assertEqual([(r["version"], self.started(r)) for r in self.runs("hourly")][:3],
                         [(1, "07:00"), (2, "07:10"), (2, "07:20")])
        self.client.deploy(document("hourly", LISTEN, version="3"))
        self.assertEqual([r["state"] for r in self.schedules("hourly")], ["cancelled", "cancelled"])
        self.engine.verify(self.client)

    def test_the_same_text_changes_nothing(self):
        text = document("hourly", LISTEN, schedule={"every": {"hours": 1}})
        self.client.deploy(text)
        self.client.deploy(text)
        self.restart()
        self.assertEqual([r["state"] for r in self.schedules("hourly")], ["running"])


class Steering(Case):
    documents = {"leaf.yaml": LEAF, "parent.yaml": document("parent", DETACHED, RUN),
                 "grand.yaml": document("grand", ("run", {"run": {"workflow": {
                     "namespace": "tests", "name": "parent", "version": "1"}}}))}

    def states(self):
        return {d: [r["state"] for r in self.rows(d)] for d in ("grand", "parent", "leaf")}

    def test_suspend_and_resume_reach_what_is_waited_for_and_not_what_runs_aside(self):
        top = self.client.start("grand")
        self.client.ask("SUSPEND", instance=top, reason="пауза")
        states = self.states()
        self.assertEqual(sorted(states.pop("leaf")), ["running", "suspended"])
        self.assertEqual(states, {"grand": ["suspended"], "parent": ["suspended"]})
        self.client.ask("RESUME", instance=top)
        self.assertEqual(self.states(), {"grand": ["running"], "parent": ["running"],
                                         "leaf": ["running", "running"]})
        self.client.ask("CANCEL", instance=top, reason="конец")
        states = self.states()
        self.assertEqual(sorted(states.pop("leaf")), ["cancelled", "running"])
        self.assertEqual(states, {"grand": ["cancelled"], "parent": ["cancelled"]})
        self.engine.verify(self.client)

    def test_a_schedule_that_is_cancelled_leaves_its_runs_alone(self):
        for name, schedule in (("hourly", {"every": {"hours": 1}}), ("again", {"after": {"hours": 1}})):
            self.client.deploy(document(name, LISTEN, schedule=schedule))
            self.advance(lambda: self.runs(name))
            instance = self.schedules(name)[0]["instance"]
            self.client.ask("SUSPEND", instance=instance, reason="пауза")
            self.client.ask("RESUME", instance=instance)
            self.client.ask("CANCEL", instance=instance, reason="не нужно")
            self.assertEqual({r["state"] for r in self.runs(name)}, {"running"})
            self.assertEqual(self.schedules(name)[0]["state"], "cancelled")
        self.client.ask("EVENT", specversion="1.0", id="e", source="/s", type="t.go")
        self.assertEqual({r["state"] for r in self.runs("again")}, {"completed"})
        self.engine.verify(self.client)


if __name__ == "__main__":
    main()
