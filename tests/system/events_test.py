"""Events in and out (docs/protocol.md §3.5, §4)."""

import json
import unittest

import zmq

from engine import Client, Engine, Refused, Worker, call, main, until, workflow


def listen(kind, subject=None):
    return {"listen": {"to": {"one": {"with": {"type": kind, **({"subject": subject} if subject else {})}}}}}


DOCUMENTS = {"any.yaml": workflow("any", ("for", listen("ru.asoup.result"))),
             "mine.yaml": workflow("mine", ("for", listen("ru.asoup.result", "${ .who }"))),
             "twice.yaml": workflow("twice", ("a", listen("ru.asoup.result", "x")),
                                    ("b", listen("ru.asoup.result", "x"))),
             "work.yaml": workflow("work", ("do", call("work")))}


class Events(unittest.TestCase):
    def setUp(self):
        self.engine = self.enterContext(Engine(DOCUMENTS)).start()
        self.client = Client(self.engine)
        self.last = 0

    def event(self, kind="ru.asoup.result", name=None, source="/asoup", **more):
        self.last += 1
        return self.client.ask("EVENT", specversion="1.0", id=name or f"e-{self.last}", source=source,
                               type=kind, **more)

    def test_an_event_wakes_those_that_listen_for_its_type_and_subject(self):
        everybody = self.client.start("any")
        ann, bob = (self.client.start("mine", {"who": who}) for who in ("ann", "bob"))
        self.assertEqual(self.event("ru.other", subject="ann")["matched"], 0)
        self.assertEqual(self.event("ru.asoup.resul", subject="ann")["matched"], 0)
        self.assertEqual(self.event("ru.asoup.result2", subject="ann")["matched"], 0)
        self.assertEqual(self.event(subject="ann", data={"passed": True})["matched"], 2)
        for instance in (everybody, ann):
            self.client.until_state(instance, "completed")
            self.assertEqual(self.client.show(instance)["data"], [{"passed": True}])
        self.assertEqual(self.client.show(bob)["state"], "running")
        self.assertEqual(self.event(subject="an")["matched"], 0)
        self.assertEqual(self.event(subject="bobb")["matched"], 0)
        self.assertEqual(self.event()["matched"], 0)
        self.assertEqual(self.event(subject="bob")["matched"], 1)
        self.client.until_state(bob, "completed")

    def test_an_event_wakes_one_step_of_an_instance_at_a_time(self):
        instance = self.client.start("twice")
        self.assertEqual(self.event(subject="x")["matched"], 1)
        self.client.until_task(instance, step="b", state="waiting")
        self.assertEqual(self.event(subject="x")["matched"], 1)
        self.client.until_state(instance, "completed")

    def test_an_event_seen_already_changes_nothing_also_after_a_restart(self):
        first = self.client.start("any")
        self.assertEqual(self.event(name="e-77")["matched"], 1)
        self.client.until_state(first, "completed")
        second = self.client.start("any")
        self.assertEqual(self.event(name="e-77")["matched"], 0)
        self.engine.restart()
        self.client = Client(self.engine)
        self.assertEqual(self.event(name="e-77", data="another text")["matched"], 0)
        self.assertEqual(self.client.show(second)["state"], "running")
        self.assertEqual(self.event(name="e-77", source="/elsewhere")["matched"], 1)
        self.client.until_state(second, "completed")
        rows = self.client.pages("JOURNAL", limit=1000)
        self.assertEqual([r["id"] for r in rows if r["kind"] == "event.received"], ["e-77", "e-77"])
        self.engine.verify(self.client)

    def test_many_listeners_are_woken_by_one_event_once(self):
        requests = [self.client.send_start("mine", {"who": "all"}) for _ in range(500)]
        for request in requests:
            self.client.answer(request)
        self.assertEqual(self.event(subject="all")["matched"], 500)
        self.assertEqual(self.event(subject="all")["matched"], 0)
        until(self.client, lambda: self.client.ask("STATS")["instances"]["completed"], lambda n: n == 500)

    def test_a_cancelled_listener_is_not_woken(self):
        instance = self.client.start("any")
        self.client.ask("CANCEL", instance=instance, reason="не нужно")
        self.assertEqual(self.event()["matched"], 0)
        self.assertEqual(self.client.show(instance)["state"], "cancelled")

    def test_what_is_no_cloud_event_is_refused_and_not_seen(self):
        good = {"specversion": "1.0", "id": "1", "source": "/s", "type": "ru.asoup.result"}
        for change, code in (({"specversion": "0.3"}, "unsupported"), ({"id": None}, "invalid"),
                             ({"id": ""}, "invalid"), ({"source": 5}, "invalid"), ({"type": []}, "invalid"),
                             ({"id": "x" * 201}, "too-large"), ({"source": "x" * 201}, "too-large"),
                             ({"subject": "x" * 201}, "too-large")):
            with self.assertRaises(Refused, msg=change) as refusal:
                self.client.ask("EVENT", **{k: v for k, v in {**good, **change}.items() if v is not None})
            self.assertEqual(refusal.exception.code, code, change)
        self.client.start("any")
        self.assertEqual(self.client.ask("EVENT", **good)["matched"], 1)


class Published(unittest.TestCase):
    def setUp(self):
        self.engine = self.enterContext(Engine(DOCUMENTS)).start()
        self.client = Client(self.engine)
        self.socket = self.engine.context.socket(zmq.SUB)
        self.socket.connect(self.engine.endpoint("events"))

    def subscribe(self, prefix):
        """Subscriptions have no answer: start instances until the first event comes."""
        self.socket.setsockopt(zmq.SUBSCRIBE, prefix)
        self.socket.setsockopt(zmq.SUBSCRIBE, b"ru.marshrut.journal.")
        until(self.client, lambda: self.client.start("any"), lambda _: self.socket.poll(100))
        while self.socket.poll(100):
            self.socket.recv_multipart()

    def take(self, kind):
        while True:
            self.assertTrue(self.socket.poll(60000), f"no event {kind}")
            topic, text = self.socket.recv_multipart()
            event = json.loads(text)
            self.assertEqual(topic.decode(), event["type"])
            self.assertEqual(event["specversion"], "1.0")
            if event["type"] == f"ru.marshrut.{kind}.v1":
                return event

    def test_who_subscribed_hears_what_happened_after_its_commit(self):
        self.subscribe(b"ru.marshrut.")
        instance = self.client.start("work", {"n": 1})
        nudge = self.take("journal")
        self.assertEqual(self.take("instance.started")["data"]["instance"], instance)
        rows = self.client.ask("JOURNAL", after=nudge["data"]["seq"] - 1, limit=1)["rows"]
        self.assertEqual([r["seq"] for r in rows], [nudge["data"]["seq"]])
        worker = Worker(self.engine, "w", "work")
        task, attempt, _ = worker.task()
        worker.acknowledged(worker.fail(task, attempt, "нет связи", retry=False))
        self.assertEqual(self.take("task.incident")["data"]["problem"]["title"], "нет связи")
        self.client.ask("CANCEL", instance=instance, reason="конец")
        self.assertEqual(self.take("instance.cancelled")["data"]["reason"], "конец")

    def test_topics_nobody_subscribed_to_are_not_sent(self):
        self.subscribe(b"ru.marshrut.instance.cancelled.")
        instance = self.client.start("any")
        self.client.ask("CANCEL", instance=instance, reason="конец")
        self.assertEqual(self.take("instance.cancelled")["data"]["instance"], instance)

    def test_a_subscriber_that_writes_is_ignored(self):
        talker = self.engine.context.socket(zmq.XSUB)
        talker.connect(self.engine.endpoint("events"))
        for message in (b"\x01ru.marshrut.", b"hello", b"\x02", b"\x01" + b"x" * 100000, b""):
            talker.send(message)
        until(self.client, lambda: self.client.start("any"), lambda _: talker.poll(100))
        talker.close(linger=0)
        self.client.until_state(self.client.start("any"), "running")


if __name__ == "__main__":
    main()
