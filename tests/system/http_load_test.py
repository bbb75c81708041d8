"""Many connections, slow ones, an engine that stands still or ends (docs/http.md §1.6)."""

import json
import resource
import select
import signal
import unittest

from engine import main
from gateway import Client, Gateway
from http_guard_test import shape

IDLE = 1000
LIMIT = 1100


def room_for(connections):
    """Raise the limit of open files of this process."""
    soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    if hard != resource.RLIM_INFINITY and hard < connections + 400:
        raise unittest.SkipTest(f"this machine allows {hard} open files")
    if soft != resource.RLIM_INFINITY and soft < connections + 400:
        resource.setrlimit(resource.RLIMIT_NOFILE, (connections + 400, hard))


class Load(unittest.TestCase):
    def test_a_thousand_idle_connections_keep_nobody_out(self):
        room_for(LIMIT)
        with Gateway() as engine:
            engine.start()
            idle = [engine.connect() for _ in range(IDLE)]
            for connection in idle:  # all were taken: each has an answer
                connection.request("GET", "/healthz")
            for connection in idle:
                self.assertEqual(connection.answer().status, 200)
            self.assertEqual(engine.get("/api/v1/stats").status, 200)
            self.assertGreaterEqual(engine.metric("marshrut_http_connections"), IDLE)
            more = [engine.connect() for _ in range(LIMIT + 50 - IDLE)]
            for connection in more:
                connection.request("GET", "/healthz")
            for connection in more:
                self.assertEqual(connection.answer().status, 200)
            for connection in idle[:30]:  # those that rested for longest made room
                connection.closed()
            self.assertLessEqual(engine.metric("marshrut_http_connections"), LIMIT + 1)
            engine.stop()

    def test_slow_clients_are_cut_off_and_hold_up_nobody(self):
        with Gateway() as engine:
            engine.start()
            head, body = engine.connect(), engine.connect()
            head.send("GET /healthz HTTP/1.1\r\nX-Slow: ")
            body.request("POST", "/api/v1/instances", None, Content_Type="application/json",
                         Content_Length="100000", Marshrut_By="region")
            open_ones = {head.socket: head, body.socket: body}
            while open_ones:  # a byte a second each, until we are told to go
                for ready in select.select(list(open_ones), [], [], 1)[0]:
                    self.assertFalse(open_ones.pop(ready).closed().startswith(b"HTTP/1.1 2"))
                for connection in list(open_ones.values()):
                    try:
                        connection.send(" ")
                    except OSError:
                        pass
                self.assertEqual(engine.get("/healthz").status, 200)
            engine.stop()

    def test_requests_that_come_while_the_process_stands_are_answered_later(self):
        with Gateway() as engine:
            engine.start()
            connections = [engine.connect() for _ in range(50)]
            engine.process.send_signal(signal.SIGSTOP)
            for connection in connections:
                connection.request("POST", "/api/v1/instances", {"definition": "waits"}, Marshrut_By="region")
            engine.process.send_signal(signal.SIGCONT)
            instances = {connection.answer().json["instance"] for connection in connections}
            self.assertEqual(len(instances), 50)
            engine.stop()

    def test_what_is_under_way_when_the_engine_stops_has_an_answer(self):
        with Gateway() as engine:
            engine.start()
            commands = [engine.connect() for _ in range(20)]
            walks = [engine.connect() for _ in range(20)]
            listener = engine.connect()
            listener.request("GET", "/api/v1/events")
            listener.head()
            for number, (command, walk) in enumerate(zip(commands, walks)):
                command.request("POST", "/api/v1/instances", {"definition": "waits"}, Marshrut_By="region")
                walk.request("GET", f"/api/v1/search?q=waits{number}")
            engine.stop()
            for connection in commands + walks:
                said = connection.closed()
                if said:  # before the end, or with it; one that was not read yet is closed
                    status = int(said.split(b" ")[1])
                    self.assertIn(status, (200, 201, 503))
                    json.loads(said.split(b"\r\n\r\n", 1)[1])
            listener.closed()

    def test_pages_and_commands_at_the_same_time(self):
        with Gateway() as engine:
            client = Client(engine.start())
            started = [client.send_start("waits") for _ in range(500)]
            with engine.connect() as connection:
                for _ in range(100):
                    connection.request("GET", "/api/v1/instances?limit=100")
                    self.assertEqual(connection.answer().status, 200)
            for request in started:
                client.answer(request)
            self.assertEqual(len(engine.pages("/instances?limit=1000")), 500)
            shape(self, engine.get("/api/v1/instances?after=nonsense"), 422, "invalid")
            engine.verify()
            engine.stop()


if __name__ == "__main__":
    main()
