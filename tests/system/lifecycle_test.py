"""The life-cycle events of the Serverless Workflow DSL on the events endpoint, beside our own (protocol §4)."""

import json
import re
import unittest

import yaml
import zmq

from engine import BODIES, GUARD_S, POLICY, ROOT, Client, Engine, Worker, assignment, call, main

PREFIX = "io.serverlessworkflow."


def workflow(name, *steps, namespace="lo.edu", **more):
    document = {"dsl": "1.0.3", "namespace": namespace, "name": name, "version": "1.0"}
    return yaml.safe_dump({"document": document, "do": [{n: what} for n, what in steps], **more},
                          sort_keys=False, allow_unicode=True)


class Subscriber:
    def __init__(self, engine, client, *topics):
        self.socket = engine.context.socket(zmq.SUB)
        self.socket.connect(engine.endpoint("events"))
        self.seen = []
        for topic in (*topics, "ru.marshrut.event.received."):
            self.socket.setsockopt(zmq.SUBSCRIBE, topic.encode())
        self.marks = 0
        self.client = client
        while not self.socket.poll(50):  # until the engine knows of the subscription
            self.mark()
        self.until_quiet()
        self.seen.clear()

    def mark(self):
        self.marks += 1
        self.client.ask("EVENT", specversion="1.0", id=f"mark-{self.marks}", source="/mark", type="mark", data={})
        return f"mark-{self.marks}"

    def until_quiet(self):
        """Everything that was published before this moment: events come in their order."""
        last = self.mark()
        while True:
            if not self.socket.poll(int(GUARD_S * 1000)):
                raise AssertionError(f"no event {last}; seen: {self.seen}")
            topic, event = self.socket.recv_multipart()
            event = json.loads(event)
            if topic.startswith(b"ru.marshrut.event.received."):
                if event["data"]["id"] == last:
                    return
            else:
                self.seen.append((topic.decode(), event))

    def take(self):
        self.until_quiet()
        taken, self.seen = self.seen, []
        return taken


def short(events):
    """[("task.completed", "/do/0/one"), ("workflow.started", ""), …]"""
    return [(topic.removeprefix(PREFIX).removesuffix(".v1"), event["data"].get("task", ""))
            for topic, event in events]


class Lifecycle(unittest.TestCase):
    def open(self, *topics, **config):
        self.engine = self.enterContext(Engine({"people.yaml": BODIES, "policy.yaml": POLICY}, **config))
        self.client = Client(self.engine.start())
        self.subscriber = Subscriber(self.engine, self.client, *(topics or (PREFIX,)))

    def deploy(self, *args, **more):
        self.client.ask("DEPLOY", text=workflow(*args, **more))

    def told(self):
        return [fact for fact in short(self.subscriber.take()) if not fact[0].endswith("status-changed")]

    def test_a_life_from_the_start_to_the_end(self):
        self.open()
        self.deploy("a.b", ("one", call("work")), ("two", {"set": {"x": 1}}))
        instance = self.client.start("a.b")
        worker = Worker(self.engine, "w", "work", credit=1)
        task, attempt, _ = worker.task()
        worker.acknowledged(worker.done(task, attempt, {"y": 2}))
        events = self.subscriber.take()
        self.assertEqual(
            [fact for fact in short(events) if not fact[0].endswith("status-changed")],
            [("workflow.started", ""), ("task.created", "/do/0/one"), ("task.started", "/do/0/one"),
             ("task.completed", "/do/0/one"), ("task.created", "/do/1/two"), ("task.started", "/do/1/two"),
             ("task.completed", "/do/1/two"), ("workflow.completed", "")])
        by_topic = {fact[0]: event for fact, (_, event) in zip(short(events), events)}
        name = f"a-b-{instance}.lo-edu"
        started = by_topic["workflow.started"]
        self.assertEqual(started["data"]["name"], name)
        self.assertEqual(started["data"]["definition"], {"name": "a.b", "namespace": "lo.edu", "version": "1.0"})
        self.assertEqual(started["data"]["startedAt"], started["time"])
        self.assertEqual(started["subject"], name)
        self.assertEqual(by_topic["workflow.completed"]["data"]["output"], {"x": 1})
        self.assertEqual(by_topic["task.completed"]["data"]["workflow"], name)
        ids = [event["id"] for _, event in events]
        self.assertEqual(len(ids), len(set(ids)))
        self.assertTrue(all(event["specversion"] == "1.0" and event["type"] == topic for topic, event in events))

    def test_statuses_change_once_a_turn_for_the_workflow_and_with_each_step(self):
        self.open(PREFIX + "workflow.status-changed", PREFIX + "task.status-changed")
        self.deploy("w", ("one", {"wait": "P1D"}), ("two", call("work")))
        instance = self.client.start("w")

        def statuses():
            return [(event["data"].get("task", ""), event["data"]["status"]) for _, event in self.subscriber.take()]

        self.assertEqual(statuses(), [("/do/0/one", "waiting"), ("", "waiting")])
        self.client.ask("SUSPEND", instance=instance, reason="до уточнения")
        self.assertEqual(statuses(), [("/do/0/one", "suspended"), ("", "suspended")])
        self.client.ask("RESUME", instance=instance)
        self.assertEqual(statuses(), [("/do/0/one", "waiting"), ("", "waiting")])
        self.client.ask("SKIP", task=f"{instance}.1", reason="дальше")
        self.assertEqual(statuses(), [("/do/0/one", "completed"), ("/do/1/two", "running"), ("", "running")])
        self.client.ask("CANCEL", instance=instance, reason="хватит")
        self.assertEqual(statuses(), [("/do/1/two", "cancelled"), ("", "cancelled")])

    def test_errors_retries_and_what_is_given_up(self):
        self.open()
        self.deploy("w", ("t", {"try": [{"one": call("work", attempts=1)}],
                                "catch": {"retry": {"delay": "PT0.01S", "limit": {"attempt": {"count": 1}}},
                                          "do": [{"over": {"raise": {"error": {
                                              "type": "https://example.org/none", "status": 400,
                                              "title": "Нет мест"}}}}]}}))
        self.client.start("w")
        worker = Worker(self.engine, "w", "work", credit=2)
        for _ in range(2):
            task, attempt, _ = worker.task()
            worker.acknowledged(worker.fail(task, attempt, "сломано", retry=False))
        one = "/do/0/t/try/0/one"
        self.client.until_state(1, "faulted")
        self.assertEqual(self.told(), [
            ("workflow.started", ""), ("task.created", "/do/0/t"), ("task.started", "/do/0/t"),
            ("task.created", one), ("task.started", one), ("task.faulted", one),
            ("task.retried", "/do/0/t"), ("task.created", one), ("task.started", one), ("task.faulted", one),
            ("task.cancelled", "/do/0/t"), ("workflow.faulted", "")])

    def test_an_instance_that_is_cancelled_takes_all_its_tasks_along(self):
        self.open()
        self.deploy("w", ("f", {"fork": {"branches": [
            {"a": {"do": [{"x": {"wait": "P1D"}}]}}, {"b": {"wait": "P1D"}}]}}))
        instance = self.client.start("w")
        self.subscriber.take()
        self.client.ask("CANCEL", instance=instance, reason="хватит")
        told = self.told()
        self.assertEqual(told[-1], ("workflow.cancelled", ""))
        self.assertEqual(sorted(told[:-1]), [("task.cancelled", path) for path in (
            "/do/0/f", "/do/0/f/fork/branches/0/a", "/do/0/f/fork/branches/0/a/do/0/x",
            "/do/0/f/fork/branches/1/b")])

    def test_a_branch_that_wins_cancels_the_others_with_what_runs_in_them(self):
        self.open()
        self.deploy("w", ("f", {"fork": {"compete": True, "branches": [
            {"a": {"do": [{"x": {"wait": "P1D"}}]}}, {"b": call("work")}]}}))
        self.client.start("w")
        self.subscriber.take()
        worker = Worker(self.engine, "w", "work", credit=1)
        task, attempt, _ = worker.task()
        worker.acknowledged(worker.done(task, attempt))
        self.assertEqual(self.told(), [
            ("task.completed", "/do/0/f/fork/branches/1/b"),
            ("task.cancelled", "/do/0/f/fork/branches/0/a/do/0/x"), ("task.cancelled", "/do/0/f/fork/branches/0/a"),
            ("task.completed", "/do/0/f"), ("workflow.completed", "")])

    def test_a_listen_tells_of_its_correlation(self):
        self.open()
        step = {"listen": {"to": {"all": [
            {"with": {"type": "org.a"}, "correlate": {"who": {"from": "${ .data.who }"}}},
            {"with": {"type": "org.b"}, "correlate": {"who": {"from": "${ .data.who }"}}}]}}}
        self.deploy("w", ("l", step))
        self.client.start("w")
        for number, kind in enumerate(("org.a", "org.b")):
            self.client.ask("EVENT", specversion="1.0", id=str(number), source="/s", type=kind, data={"who": "Анна"})
        events = self.subscriber.take()
        told = [fact[0] for fact in short(events)]
        self.assertIn("workflow.correlation-started", told)
        done = events[told.index("workflow.correlation-completed")][1]
        self.assertEqual(done["data"]["correlationKeys"], {"who": "Анна"})

    def test_an_assignment_begins_with_its_window(self):
        self.open()
        self.deploy("later", ("ask", assignment("2090-01-01", "2090-02-01")))
        self.deploy("now", ("ask", assignment("2020-01-01", "2090-02-01")))
        self.client.start("later")
        self.assertEqual(self.told(), [("workflow.started", ""), ("task.created", "/do/0/ask")])
        self.client.start("now")
        self.assertEqual(self.told(), [("workflow.started", ""), ("task.created", "/do/0/ask"),
                                       ("task.started", "/do/0/ask")])

    def test_an_assignment_whose_clock_stands_is_suspended(self):
        self.open()
        self.deploy("w", ("ask", assignment("2020-01-01", "2090-02-01")))
        instance = self.client.start("w")
        self.subscriber.take()
        people = {"task": f"{instance}.1", "by": "region"}
        self.client.ask("ASSIGNMENT", action="pause", pause="leave", reason="отпуск", **people)
        self.assertEqual(self.with_statuses(), [("task.suspended", None), ("task.status-changed", "suspended")])
        self.client.ask("ASSIGNMENT", action="resume", **people)
        self.assertEqual(self.with_statuses(), [("task.resumed", None), ("task.status-changed", "running")])

    def with_statuses(self):
        events = self.subscriber.take()
        return [(fact[0], event["data"].get("status")) for fact, (_, event) in zip(short(events), events)]

    def test_a_term_that_moves_begins_nothing_anew(self):
        self.open(clock={"stands": {"start": "2023-01-16T09:00"}})
        self.deploy("w", ("ask", assignment("2023-02-01", "2023-02-15")))
        instance = self.client.start("w")
        for day in ("2023-03-15", "2023-04-14"):  # it begins between, once
            self.client.ask("ASSIGNMENT", task=f"{instance}.1", action="move", by="region", day=day, reason="каникулы")
            while self.client.ask("STATS")["today"] < day:
                self.client.ask("ADVANCE")
        told = self.told()
        self.assertEqual(told, [("workflow.started", ""), ("task.created", "/do/0/ask"), ("task.started", "/do/0/ask")])

    def test_what_is_delegated_is_the_same_step(self):
        self.open()
        self.deploy("w", ("ask", assignment("2020-01-01", "2090-02-01", responsible=["region"], controller="lyceum")))
        instance = self.client.start("w")
        self.subscriber.take()
        for by, to in (("region", "district"), ("district", "school")):
            seq = max(int(a["task"].split(".")[1]) for a in self.client.pages("ASSIGNMENTS", open=True))
            self.client.ask("ASSIGNMENT", task=f"{instance}.{seq}", action="delegate", by=by, to=to)
        below = [a for a in self.client.pages("ASSIGNMENTS", open=True) if a["responsible"]["id"] == "school"]
        self.client.ask("ASSIGNMENT", task=below[0]["task"], action="report", by="school", report={"text": "готово"})
        self.client.ask("ASSIGNMENT", task=below[0]["task"], action="accept", by="district")
        self.assertEqual(self.told(), [])
        self.client.ask("CANCEL", instance=instance, reason="хватит")
        self.assertEqual(self.told(), [("task.cancelled", "/do/0/ask"), ("workflow.cancelled", "")])

    def test_what_people_do_leaves_as_the_page_shows_it(self):
        """The example of protocol §4.1: its fields are those of a real event."""
        text = (ROOT / "docs/protocol.md").read_text(encoding="utf-8")
        example, = (json.loads(block) for block in re.findall(r"^```json\n(.*?)^```", text, re.M | re.S)
                    if "ru.marshrut.assignment.asked.v1" in block)
        self.open("ru.marshrut.assignment.")
        self.deploy("w", ("ask", assignment("2020-01-01", "2090-02-01")))
        instance = self.client.start("w")
        self.subscriber.take()
        people = {"task": f"{instance}.1", "reason": "ждём сведения"}
        self.client.ask("ASSIGNMENT", action="extend", by="school", day="2090-03-01", **people)
        event, = (event for topic, event in self.subscriber.take() if topic == example["type"])
        self.assertEqual(set(event), set(example))
        self.assertEqual(set(event["data"]), set(example["data"]))
        self.assertEqual(set(event["data"]["assignment"]["extension"]), set(example["data"]["assignment"]["extension"]))
        self.assertLessEqual(set(example["data"]["assignment"]), set(event["data"]["assignment"]))
        for action, more in (("refuse", {}), ("move", {"day": "2090-03-01"}), ("pause", {"pause": "waits"}), ("resume", {}),
                             ("reassign", {"to": "lyceum"})):
            self.client.ask("ASSIGNMENT", action=action, by="region", **people, **more)
        self.assertEqual([topic.split(".")[3] for topic, _ in self.subscriber.take()
                          if topic.split(".")[3] not in ("step", "ladder", "noticed")],
                         ["refused", "term", "paused", "resumed", "reassigned"])

    def test_what_an_instance_emits_leaves_under_its_own_type(self):
        self.open("org.example.")
        self.deploy("w", ("e", {"emit": {"event": {"with": {
            "type": "org.example.done", "source": "https://example.org/w", "data": {"who": "${ .who }"}}}}}))
        self.client.start("w", {"who": "Анна"})
        self.client.until_state(1, "completed")
        (topic, event), = self.subscriber.take()
        self.assertEqual((topic, event["source"], event["data"]),
                         ("org.example.done", "https://example.org/w", {"who": "Анна"}))


if __name__ == "__main__":
    main()
