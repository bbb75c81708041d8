"""A session with a bit of everything leaves no memory behind and reads none that was never written.
Sanitized builds look for leaks themselves, at each stop; this is for the others."""

import shutil
import unittest
from urllib.parse import quote

from engine import (BIN, BODIES, POLICY, Client, Engine, Hand, Refused, Worker, assignment, call, main, skip,
                    until, workflow)
from gateway import Gateway
from http_live_test import Stream

VALGRIND = ["valgrind", "--quiet", "--leak-check=full", "--errors-for-leak-kinds=definite,indirect",
            "--error-exitcode=99", "--child-silent-after-fork=yes"]
DOCUMENTS = {
    "people.yaml": BODIES, "policy.yaml": POLICY,
    "work.yaml": workflow("work", ("set", {"set": {"n": "${ .n }"}}), ("do", call("work", attempts=2)),
                          ("pause", {"wait": "PT0.01S"})),
    "order.yaml": workflow("order", ("ask", assignment("2020-01-01", "2020-02-01"))),
    "event.yaml": workflow("event", ("for", {"listen": {"to": {"one": {"with": {"type": "t"}}}}})),
}
PAPER = {"text": "готово", "documents": [{"kind": "приказ", "number": "1", "date": "2026-09-01"}]}


class Leaks(unittest.TestCase):
    def refused(self, client, verb, **fields):
        with self.assertRaises(Refused):
            client.ask(verb, **fields)

    def test_a_session_with_a_bit_of_everything_is_clean(self):
        with Gateway(DOCUMENTS, heartbeat_ms=2000, start=[{"definition": "work", "key": "k"}]) as engine:
            client = Client(engine.start(before=VALGRIND))

            def work(task, _attempt, data):
                if data["n"] == 3:
                    raise Hand.Failure("нарочно", retry=False)
                return data
            with Hand(engine, "hand", "work", handler=work):
                instances = [client.start("work", {"n": n}) for n in range(10)]
                for n in set(range(10)) - {3}:
                    client.until_state(instances[n], "completed")
                task = client.until_task(instances[3], state="incident")["task"]
                client.ask("RETRY", task=task, input={"n": 4})
                client.until_state(instances[3], "completed")
            self.session(client, engine)
            self.gateway(engine, client)
            client.ask("BACKUP", folder=str(engine.root / "copy"))
            engine.verify(client)
            engine.stop()
            with Engine(DOCUMENTS, folder=engine.folder) as again:
                Client(again.start(before=VALGRIND)).ask("STATS")
                again.stop()

    def gateway(self, engine, client):
        for path in ("/", "/metrics", "/api/v1/stats", "/api/v1/today?body=school", "/api/v1/search?q=план",
                     "/api/v1/assignments?limit=2", "/api/v1/instances/1/history", "/api/v1/discipline",
                     "/api/v1/calendar?month=2020-02", "/api/v1/assignments?format=csv",
                     "/api/v1/assignments?format=xlsx"):
            answer = engine.get(quote(path, safe="/?&="), Accept_Encoding="gzip")
            self.assertEqual(answer.status, 200, (path, answer.body))
        for path, status in (("/api/v1/instances/99", 404), ("/api/v1/today?no=1", 400), ("/a/../b", 400)):
            self.assertEqual(engine.get(path).status, status, path)
        stream = Stream(engine)
        started = engine.post("/api/v1/instances", {"definition": "event"}, Idempotency_Key="one").json["instance"]
        stream.until(started)
        stream.connection.socket.close()
        self.assertEqual(engine.post("/api/v1/instances", {"definition": "nobody"}).status, 404)
        job = engine.post("/api/v1/jobs", {"kind": "bulk", "action": "cancel", "reason": "хватит",
                                           "list": "instances", "filter": {"definition": "event",
                                           "state": "running"}})
        self.assertEqual(job.status, 202, job.body)
        client.until_state(started, "cancelled")
        until(client, lambda: engine.get(f"/api/v1/jobs/{job.json['job']}").json["state"],
              lambda state: state == "done")

    def session(self, client, engine):
        order = client.start("order", key="order")
        client.ask("ASSIGNMENT", task=f"{order}.1", action="report", by="school", report={"text": "готово"})
        client.ask("ASSIGNMENT", task=f"{order}.1", action="return", by="region", reason="доработать")
        client.ask("ASSIGNMENT", task=f"{order}.1", action="report", by="lyceum", report={"text": "готово"})
        client.ask("ASSIGNMENT", task=f"{order}.1", action="report", by="school", report=PAPER)
        client.ask("ASSIGNMENT", task=f"{order}.1", action="accept", by="region")
        client.until_state(order, "completed")
        listener, cancelled = client.start("event"), client.start("event")
        client.ask("SUSPEND", instance=cancelled, reason="пауза")
        client.ask("RESUME", instance=cancelled)
        client.ask("CANCEL", instance=cancelled, reason="отмена")
        client.ask("EVENT", specversion="1.0", id="1", source="/s", type="t")
        client.until_state(listener, "completed")
        for verb, fields in (("SHOW", {"instance": 99}), ("CANCEL", {"instance": listener, "reason": "x"}),
                             ("DEPLOY", {"text": "a: [", "file": "x"}), ("START", {}), ("FROB", {}),
                             ("DEPLOY", {"text": DOCUMENTS["order.yaml"].replace("school", "nobody")}),
                             ("LIST", {"after": "x"}), ("EVENT", {"id": 5}), ("RETRY", {"task": "1.1"})):
            self.refused(client, verb, **fields)
        for verb in ("LIST", "JOURNAL", "ASSIGNMENTS", "INCIDENTS"):
            self.assertTrue(list(client.pages(verb, limit=3)) or verb == "INCIDENTS")
        for verb in ("WORKERS", "DEFINITIONS", "STATS"):
            client.ask(verb)
        client.ask("WHY", instance=order)
        client.history(order)
        liar = Worker(engine, "liar", "work", "notify", credit=3)
        for words in ("FROB", "CREDIT x", "DONE 1 1.1", "TASK 1.1 1 x 0", "PROGRESS 1.1 1"):
            liar.say(words, b"{}")
        task, attempt, _ = liar.task()
        liar.done(task, attempt, raw=b"{")
        liar.say("BYE")


if __name__ == "__main__":
    if shutil.which("valgrind") is None:
        skip("valgrind is not installed")
    if b"__asan_init" in (BIN / "marshrutd").read_bytes() or b"__tsan_init" in (BIN / "marshrutd").read_bytes():
        skip("valgrind does not run programs that were built with a sanitizer")
    main()
