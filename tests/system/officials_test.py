#!/usr/bin/env python3
"""officials_test.py - marshrut-officials with an engine made here (docs/protocol.md §3, §4)

Usage: officials_test.py PROGRAM
"""
import json
import shutil
import subprocess
import sys
import tempfile
import unittest

import zmq

PROGRAM = sys.argv.pop(1) if len(sys.argv) > 1 else "marshrut-officials"
PATIENCE_MS = 30000  # a test that waits longer has found a bug


def row(task, state="open", **more):
    return {"task": task, "instance": int(task.split(".")[0]), "title": "Поручение", "state": state,
            "phase": "open", "responsible": {"id": "loiro", "name": "ЛОИРО", "short": "ЛОИРО"},
            "co_executors": ["omsu"], "controller": "komitet", "from": "2023-01-01",
            "to": "2023-01-31", "returns": 0, **more}


class OfficialsTest(unittest.TestCase):
    def setUp(self):
        self.folder = tempfile.mkdtemp(prefix="marshrut-officials-")
        context = zmq.Context.instance()
        self.clients, self.events = context.socket(zmq.ROUTER), context.socket(zmq.XPUB)
        for socket, name in ((self.clients, "clients"), (self.events, "events")):
            socket.linger = 0
            socket.bind(f"ipc://{self.folder}/{name}.sock")
        self.process = subprocess.Popen(
            [PROGRAM, "--clients", f"ipc://{self.folder}/clients.sock", "--events",
             f"ipc://{self.folder}/events.sock", "--never", "0", "--late", "0", "--return", "0"])
        self.pages, self.commands = [], []

    def tearDown(self):
        if self.process.poll() is None:
            self.process.terminate()
        self.process.wait(PATIENCE_MS / 1000)
        self.clients.close()
        self.events.close()
        shutil.rmtree(self.folder)

    def ask(self):
        """The next request: (peer, verb, number, fields)."""
        self.assertTrue(self.clients.poll(PATIENCE_MS), "no request came")
        peer, header, payload = self.clients.recv_multipart()
        _, verb, number = header.decode().split(" ")
        return peer, verb, number, json.loads(payload)

    def answer(self, request, payload, code=None):
        header = f"MC1 ERROR {request[2]} {code}" if code else f"MC1 OK {request[2]}"
        self.clients.send_multipart([request[0], header.encode(), json.dumps(payload).encode()])

    def expect(self, verb):
        request = self.ask()
        self.assertEqual(request[1], verb)
        return request

    def begin(self, today, **more):
        self.answer(self.expect("STATS"), {"clock": "demo", "today": today, **more})

    def test_all_pages_are_read_and_what_is_due_is_done(self):
        self.begin("2023-02-10")
        first = self.expect("ASSIGNMENTS")
        self.assertEqual(first[3], {"open": True, "limit": 500})
        self.answer(first, {"rows": [row("17.1"), row("18.1", "planned")], "next": "cursor"})
        seen = {}
        second = None
        while second is None or len(seen) < 1:
            request = self.ask()
            if request[1] == "ASSIGNMENT":
                seen[request[3]["task"]] = request
            else:
                second = request
        self.assertEqual(second[3]["after"], "cursor")
        self.answer(second, {"rows": [row("19.1", "reported", reported="2023-01-30")], "next": None})
        request = self.expect("ASSIGNMENT")
        self.assertEqual(request[3], {"task": "19.1", "action": "accept", "by": "komitet"})
        report = seen["17.1"][3]
        self.assertEqual((report["action"], report["by"]), ("report", "loiro"))
        self.assertIn("имитатором исполнителей (демонстрация)", report["report"]["text"])
        self.answer(seen["17.1"], {"instance": 17})
        self.answer(request, {"text": "done already"}, "conflict")  # no trouble

        # the next day is another sweep, and only then
        self.assertTrue(self.events.poll(PATIENCE_MS))
        self.assertEqual(self.events.recv(), b"\x01ru.marshrut.clock.day.v1")
        event = {"specversion": "1.0", "id": "1", "source": "/marshrut",
                 "type": "ru.marshrut.clock.day.v1", "data": {"day": "2023-02-11"}}
        self.events.send_multipart([b"ru.marshrut.clock.day.v1", json.dumps(event).encode()])
        self.begin("2023-02-11")
        self.answer(self.expect("ASSIGNMENTS"), {"rows": [], "next": None})

    def test_on_the_real_clock_they_refuse_to_work(self):
        self.answer(self.expect("STATS"), {"clock": "real", "today": "2023-02-10"})
        self.assertEqual(self.process.wait(PATIENCE_MS / 1000), 1)

    def test_out_of_office_hours_nobody_works(self):
        running = {"rate": 24 * 3600 * 1000}  # a day is a millisecond: the office opens at once
        self.begin("2023-02-10", minute=539, **running)
        self.begin("2023-02-10", minute=1080, **running)
        self.begin("2023-02-11", minute=540, **running)
        self.expect("ASSIGNMENTS")

    def test_before_the_day_of_the_plan_nothing_is_done(self):
        self.begin("2023-01-02")
        self.answer(self.expect("ASSIGNMENTS"), {"rows": [row("17.1")], "next": None})
        event = b'{"type":"ru.marshrut.clock.day.v1"}'
        self.assertTrue(self.events.poll(PATIENCE_MS))
        self.events.recv()
        self.events.send_multipart([b"ru.marshrut.clock.day.v1", event])
        self.expect("STATS")  # and no ASSIGNMENT before it


if __name__ == "__main__":
    unittest.main(verbosity=2)
