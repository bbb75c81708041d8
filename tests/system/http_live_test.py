"""Server-sent events: what changes is told as it changes (docs/http.md §1.10)."""

import json
import unittest

from engine import main
from gateway import Client, Gateway, workflow
from http_guard_test import shape

DOCUMENTS = {"waits.yaml": workflow("waits", ("pause", {"wait": {"days": 3}}))}


class Stream:
    """One listener; events come as (name, id, data)."""

    def __init__(self, engine, **headers):
        self.connection = engine.connect()
        self.connection.request("GET", "/api/v1/events", **headers)
        self.status, self.headers = self.connection.head()
        self.text = ""

    def block(self):
        while "\n\n" not in self.text:
            self.text += self.connection.chunk().decode()
        part, self.text = self.text.split("\n\n", 1)
        return part

    def event(self):
        """The next event; comments and the pause of the beginning are passed over."""
        while True:
            fields = dict(line.split(": ", 1) for line in self.block().splitlines() if not line.startswith(":"))
            if "event" in fields:
                return fields["event"], int(fields["id"]), json.loads(fields["data"])

    def until(self, instance):
        while True:
            event = self.event()
            if instance in event[2]["instances"]:
                return event


class Live(unittest.TestCase):
    def test_a_change_is_told_to_all_who_listen(self):
        with Gateway(DOCUMENTS) as engine:
            client = Client(engine.start())
            streams = [Stream(engine) for _ in range(3)]
            for stream in streams:
                self.assertEqual((stream.status, stream.headers["content-type"]), (200, "text/event-stream"))
                self.assertEqual(stream.headers["cache-control"], "no-store")
            instance = client.start("waits")
            for stream in streams:
                name, seq, data = stream.until(instance)
                self.assertEqual((name, seq), ("change", data["seq"]))
                self.assertIn("instance.started", data["kinds"])
                self.assertIs(data["more"], False)
                self.assertRegex(data["today"], r"^\d{4}-\d\d-\d\d$")
            self.assertEqual(engine.metric("marshrut_http_listeners"), 3)
            engine.stop()
            for stream in streams:
                stream.connection.closed()

    def test_a_day_that_begins_makes_answers_new_though_nothing_was_decided(self):
        clock = {"demo": {"start": "2023-06-24T09:00", "day_seconds": 1}}
        with Gateway({}, clock=clock) as engine:
            engine.start()
            stream = Stream(engine)
            first = engine.get("/api/v1/today").json
            day = first["today"]
            while day <= first["today"]:
                day = stream.event()[2]["today"]
            later = engine.get("/api/v1/today")
            self.assertEqual(later.json["entry"], first["entry"], "nothing was decided")
            self.assertGreaterEqual(later.json["today"], day)
            engine.stop()

    def test_who_comes_again_is_told_what_was_missed(self):
        with Gateway(DOCUMENTS) as engine:
            client = Client(engine.start())
            first = Stream(engine)
            start = client.start("waits")
            _, seq, _ = first.until(start)
            first.connection.socket.close()
            missed = [client.start("waits") for _ in range(3)]
            again = Stream(engine, Last_Event_ID=str(seq))
            name, _, data = again.event()
            self.assertEqual((name, data["instances"]), ("change", missed))
            for wrong in ("x", "", "-1", "99999999999999999999", str(10 ** 12)):
                stream = Stream(engine, Last_Event_ID=wrong)
                self.assertEqual(stream.status, 200)
                self.assertEqual(stream.block(), "retry: 1000")
                stream.connection.socket.close()
            engine.stop()

    def test_many_changes_are_told_as_more(self):
        with Gateway(DOCUMENTS) as engine:
            client = Client(engine.start())
            last = client.ask("STATS")["journal"]["seq"]
            for request in [client.send_start("waits") for _ in range(300)]:
                client.answer(request)
            _, _, data = Stream(engine, Last_Event_ID=str(last)).event()
            self.assertEqual((len(data["instances"]), data["more"]), (200, True))
            engine.stop()

    def test_a_listener_who_has_left_is_forgotten(self):
        with Gateway(DOCUMENTS) as engine:
            engine.start()
            streams = [Stream(engine) for _ in range(10)]
            for stream in streams:
                stream.connection.socket.close()
            while engine.metric("marshrut_http_listeners") > 0:
                pass
            engine.stop()

    def test_one_listener_too_many_is_told_to_try_again(self):
        with Gateway(DOCUMENTS) as engine:
            engine.start()
            streams = [Stream(engine) for _ in range(200)]
            self.assertEqual({s.status for s in streams}, {200})
            answer = engine.get("/api/v1/events")
            shape(self, answer, 503, "busy")
            self.assertTrue(answer.headers["retry-after"].isdigit())
            engine.stop()

    def test_a_listener_who_takes_nothing_is_closed_and_holds_up_nobody(self):
        with Gateway(DOCUMENTS) as engine:
            client = Client(engine.start())
            lazy = Stream(engine)
            awake = Stream(engine)
            waiting = engine.metric("marshrut_http_listeners")
            self.assertEqual(waiting, 2)
            for _ in range(20):  # each event is told to both; only one reads
                awake.until(client.start("waits"))
            self.assertEqual(engine.get("/healthz").status, 200)
            lazy.connection.socket.close()
            engine.stop()


if __name__ == "__main__":
    main()
