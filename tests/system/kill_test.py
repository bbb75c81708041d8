"""kill -9 at any moment: no acknowledged command is lost, no result applied twice, no notice made
twice. Seeded; MARSHRUT_SEED and MARSHRUT_ROUNDS choose other histories."""

import collections
import os
import random
import time
import unittest

from engine import (BODIES, OF_TIME, POLICY, Client, Engine, Hand, assignment, call, letters, main,
                    occasions, until, workflow)

SEED = int(os.environ.get("MARSHRUT_SEED", "2023"))
ROUNDS = int(os.environ.get("MARSHRUT_ROUNDS", "12"))
DOCUMENTS = {
    "people.yaml": BODIES, "policy.yaml": POLICY,
    "chain.yaml": workflow("chain", ("one", call("work", attempts=0)), ("two", call("work", attempts=0)),
                           ("three", call("work", attempts=0))),
    "order.yaml": workflow("order", ("ask", assignment("2020-01-01", "2020-02-01"))),
    "event.yaml": workflow("event", ("for", {"listen": {"to": {"one": {"with": {
        "type": "t", "subject": "${ .key }"}}}}}), ("work", call("work", attempts=0))),
}


class Load:
    """A client with many requests under way; it remembers what was acknowledged."""

    def __init__(self, engine, dice):
        self.engine, self.dice = engine, dice
        self.started = {}                        # (definition, key) -> instance
        self.events = {}                         # key -> answers
        self.reports = collections.Counter()     # task -> acknowledged reports
        self.returns = collections.Counter()     # task -> acknowledged returns
        self.unsure = collections.Counter()      # task -> commands that got no answer
        self.under_way = {}                      # request -> what it was
        self.number = 0
        self.client = None

    def connect(self):
        for what in self.under_way.values():
            if what[0] in ("report", "return"):
                self.unsure[what[1]] += 1
        self.under_way = {}
        if self.client is not None:
            self.client.close()
        self.client = Client(self.engine)

    def say_something(self):
        orders = [i for (d, _), i in self.started.items() if d == "order"]
        listening = [k for (d, k) in self.started if d == "event" and k not in self.events]
        kind = self.dice.choice(["chain", "chain", "chain", "order", "event", "send", "report", "return"])
        if kind in ("chain", "order", "event"):
            self.number += 1
            key = f"k{self.number}"
            self.under_way[self.client.send_start(kind, {"key": key}, key)] = (kind, key)
        elif kind == "send" and listening:
            key = self.dice.choice(listening)
            event = {"specversion": "1.0", "id": f"e-{key}", "source": "/s", "type": "t", "subject": key}
            self.under_way[self.client.send("EVENT", event)] = ("send", key)
        elif kind in ("report", "return") and orders:
            task = f"{self.dice.choice(orders)}.1"
            fields = {"task": task, "action": kind, "reason": "доработать",
                      "by": "school" if kind == "report" else "region"}
            self.under_way[self.client.send("ASSIGNMENT", fields)] = (kind, task)

    def hear(self, timeout_ms):
        got = self.client.take(timeout_ms)
        if got is None:
            return
        request, code, payload = got
        kind, name = self.under_way.pop(request)
        if kind in ("chain", "order", "event"):
            assert code is None, payload
            self.started[kind, name] = payload["instance"]
        elif kind == "send":
            assert code is None, payload
            self.events.setdefault(name, []).append(payload["matched"])
        elif code is None:
            {"report": self.reports, "return": self.returns}[kind][name] += 1
        else:
            assert code == "conflict", payload

    def run_until(self, moment):
        while time.monotonic() < moment:
            while len(self.under_way) < 40:
                self.say_something()
            self.hear(1)

    def finish(self):
        while self.under_way:
            self.hear(60000)


def journal(client):
    rows, after = [], 0
    while after is not None:
        page = client.ask("JOURNAL", after=after, limit=1000)
        rows += page["rows"]
        after = page["next"]
    return rows


class Kill(unittest.TestCase):
    def test_whatever_was_acknowledged_survives_and_nothing_happens_twice(self):
        dice = random.Random(SEED)
        print(f"seed {SEED}, {ROUNDS} rounds")
        with Engine(DOCUMENTS, log="info") as engine:
            load = Load(engine, dice)
            engine.start()
            notify = engine.also("marshrut-notify", "--name", "notify")
            mortal = Hand(engine, "mortal-0", "work", capacity=10)
            with Hand(engine, "steady", "work", capacity=10):
                for number in range(ROUNDS):
                    load.connect()
                    if dice.random() < 0.5:
                        mortal.abandon()
                        mortal = Hand(engine, f"mortal-{number}", "work", capacity=10)
                    if dice.random() < 0.3:  # the mail worker dies too
                        notify.kill()
                        notify.wait()
                        notify = engine.also("marshrut-notify", "--name", "notify")
                    # a random moment, between any two writes; not something that is waited for
                    load.run_until(time.monotonic() + dice.uniform(0.02, 0.4))
                    engine.kill()
                    while load.client.socket.poll(0):
                        load.hear(0)  # what it said before it died counts
                    engine.start()
                    client = Client(engine)
                    engine.verify(client)
                    self.check_started(client, load, number)
                    client.close()
                load.connect()
                load.run_until(time.monotonic() + 0.2)
                mortal.abandon()  # and what it has goes to the other after three heartbeats
                load.finish()
                for (definition, key) in list(load.started):
                    if definition == "event":
                        event = {"specversion": "1.0", "id": f"e-{key}", "source": "/s", "type": "t",
                                 "subject": key}
                        load.under_way[load.client.send("EVENT", event)] = ("send", key)
                load.finish()
                client = load.client
                until(client, lambda: self.left(client, load), lambda left: not left, "an end of all work")
            self.check_all(engine, client, load)

    def left(self, client, load):
        """What is not done yet of that which was acknowledged."""
        stats = client.ask("STATS")
        if stats["ready"] or stats["letters"]:
            return stats
        running = [(row["definition"], row["key"]) for row in client.pages("LIST", state="running", limit=1000)]
        return [name for name in running if name in load.started and name[0] != "order"]

    def check_started(self, client, load, number):
        for (definition, key), instance in load.started.items():
            client.send_start(definition, {"key": key}, key)
        for (definition, key), instance in load.started.items():
            _, code, payload = client.take(60000)
            self.assertIsNone(code, payload)
            self.assertFalse(payload["created"], f"lost in round {number}: {payload}")
        answers = {row["key"]: row["instance"] for row in client.pages("LIST", limit=1000)}
        for (_, key), instance in load.started.items():
            self.assertEqual(answers[key], instance)

    def check_all(self, engine, client, load):
        rows = journal(client)
        kinds = collections.Counter(r["kind"] for r in rows)
        print(dict(kinds))
        self.assertEqual([r["seq"] for r in rows], list(range(1, len(rows) + 1)))

        ended = collections.Counter(r["task"] for r in rows if r["kind"] in ("task.done", "task.skipped"))
        self.assertEqual(set(ended.values()), {1}, "a result was applied twice")
        self.assertNotIn("task.incident", kinds)

        done = collections.Counter(r["instance"] for r in rows if r["kind"] == "instance.completed")
        chains = [i for (d, _), i in load.started.items() if d in ("chain", "event")]
        self.assertTrue(all(done[i] == 1 for i in chains), "a chain was lost or ended twice")
        events = collections.Counter(r["id"] for r in rows if r["kind"] == "event.received")
        self.assertEqual(set(events.values()), {1}, "an event was taken twice")
        for key, answers in load.events.items():
            self.assertLessEqual(sum(answers), 1, key)

        for kind, acknowledged in (("reported", load.reports), ("returned", load.returns)):
            found = collections.Counter(r["task"] for r in rows if r["kind"] == f"assignment.{kind}")
            for task in set(found) | set(acknowledged):
                self.assertGreaterEqual(found[task], acknowledged[task], f"{task}: {kind} was lost")
                self.assertLessEqual(found[task], acknowledged[task] + load.unsure[task], f"{task}: {kind} twice")
        self.check_letters(engine, rows)
        engine.verify(client)
        engine.stop()

    def check_letters(self, engine, rows):
        made = {r["task"]: r["input"] for r in rows
                if r["kind"] == "task.opened" and r["task_kind"] == "notice"}
        self.assertTrue(made)
        returned = collections.Counter(r["task"] for r in rows if r["kind"] == "assignment.returned")
        for (task, kind, *rest), count in occasions(rows).items():
            if kind == "returned" or kind in OF_TIME:
                self.assertEqual(count, returned[task] if kind == "returned" else 1, f"twice: {task} {kind} {rest}")
        sent = collections.Counter(letter["X-Marshrut-Notice"] for letter in letters(engine.folder / "mail"))
        self.assertEqual(set(sent), set(made), "a letter is missing, or nobody asked for it")
        self.assertEqual(set(sent.values()), {1})


if __name__ == "__main__":
    main()
