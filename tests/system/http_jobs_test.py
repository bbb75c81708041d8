"""Long work: docs/http.md §4."""

import contextlib
import json
import os
import socket
import subprocess
import threading
import time
import unittest

from beside import Beside
from engine import BIN, BODIES, GUARD_S, POLICY, Hand, Worker, assignment, call, main
from gateway import Client, Gateway, until, workflow

COUNT = 300
SENDS = workflow("sends", ("send", call("mail", attempts=1)))
OTHER = workflow("other", ("send", call("post", attempts=1)))
FOLLOWS = workflow("follows", ("send", call("visit", attempts=1))).replace("  version: '1'\n", """\
  version: '1'
  metadata:
    marshrut: {cycle: {person: .teacher.name, key: .teacher.id, stages: [{step: send, title: Посещение}]}}
""")
GIVES = workflow("gives", ("give", assignment("2023-01-01", "2023-12-31")))
DOCUMENTS = {"bodies.yaml": BODIES, "default.yaml": POLICY, "sends.yaml": SENDS, "other.yaml": OTHER,
             "gives.yaml": GIVES, "follows.yaml": FOLLOWS}
ITEM = workflow("roadmap-item", ("assign", {"call": "assignment", "with": {
    field: f"${{ .{source} }}" for field, source in
    (("title", "title"), ("responsible", "responsible"), ("controller", "controller"), ("due", "window"),
     ("policy", "policy"), ("plan", "plan"), ("no", "no"))}}))
CALENDAR = """\
document: {kind: calendar, name: ru, version: '1'}
week: five-day
years:
  - {year: 2023, source: тест}
"""
PLAN = """\
document: {kind: roadmap, name: plan, version: '1', title: План & <b школ>}
period: {from: 2023-01-01, to: 2023-12-31}
controller: region
policy: default
sections: [{no: '1', title: Раздел}]
items:
  - no: '1.1'
    section: '1'
    title: Приказ
    responsible: [school]
    due: {phrase: до 15 марта, kind: date, windows: [{from: 2023-03-01, to: 2023-03-15}]}
  - no: '1.2'
    section: '1'
    title: Провести семинар
    responsible: [lyceum]
    due: {phrase: в мае, kind: date, windows: [{from: 2023-05-01, to: 2023-05-31}]}
"""


def refuse(task, attempt, data):
    raise Hand.Failure("почта не отвечает", retry=False)


class Ordering(unittest.TestCase):
    """Who orders work and waits for it. CLOCK: of their engine, where somebody else is at work, too."""

    CLOCK = {"demo": {"start": "2023-08-15T12:00", "day_seconds": 86400}}

    def begin(self, gateway):
        self.engine = gateway
        self.addCleanup(lambda: self.engine.__exit__(None))
        self.engine.start()
        self.client = Client(self.engine)

    def order(self, status=202, **fields):
        answer = self.engine.post("/api/v1/jobs", fields, Accept_Language="ru")
        self.assertEqual(answer.status, status, answer.body)
        return answer.json["job"] if status == 202 else answer.json

    def job(self, number):
        return self.engine.get(f"/api/v1/jobs/{number}", Accept_Language="ru").json

    def until_job(self, number, good):
        return until(self.client, lambda: self.job(number), good, f"the work {number}")

    def until_over(self, number):
        return self.until_job(number, lambda row: row["state"] not in ("running", "waiting"))


class Jobs(Ordering):
    def setUp(self):
        self.begin(Gateway(DOCUMENTS, clock=self.CLOCK))

    def incidents(self, count, definition="sends", service="mail"):
        """So many instances that wait for an operator."""
        before = self.client.ask("STATS")["incidents"]
        with Hand(self.engine, f"broken-{service}", service, capacity=100, handler=refuse):
            requests = [self.client.send_start(definition) for _ in range(count)]
            started = [self.client.answer(request)["instance"] for request in requests]
            self.until_stats(lambda stats: stats["incidents"] == before + count)
        return started

    def until_stats(self, good):
        return until(self.client, lambda: self.client.ask("STATS"), good, "the numbers")

    def retried(self, instance):
        rows = self.client.ask("HISTORY", instance=instance)["rows"]
        return sum(row["kind"] == "task.ready" and row.get("by_operator", False) for row in rows)

    def test_all_are_retried_once_though_the_engine_is_killed_in_the_middle(self):
        started = self.incidents(COUNT)
        worker = Worker(self.engine, "mail-1", "mail")
        number = self.order(kind="bulk", action="retry", list="incidents", filter={"definition": "sends"})
        worker.task()  # the first command has been carried out
        self.engine.kill()
        on_disk = json.loads((self.engine.folder / f"jobs/{number}.json").read_text())
        self.assertEqual((on_disk["kind"], on_disk["by"]), ("bulk", "region"))
        self.engine.start()
        row = self.until_over(number)
        self.assertEqual((row["state"], row["done"], row["of"], row["refused_count"]), ("done", COUNT, COUNT, 0), row)
        with Hand(self.engine, "mail-2", "mail", capacity=100):
            self.until_stats(lambda stats: stats["incidents"] == 0 and stats["instances"].get("running", 0) == 0)
        self.assertEqual({self.retried(instance) for instance in started}, {1})
        self.engine.stop()

    def test_cancelled_work_stops_where_it_is(self):
        started = self.incidents(COUNT)
        number = self.order(kind="bulk", action="cancel", list="instances", filter={"state": "running"},
                            reason="ошибка в списке")
        answer = self.engine.ask("DELETE", f"/api/v1/jobs/{number}", Marshrut_By="region")
        row = self.until_over(number)
        if answer.status == 409:
            self.assertEqual(row["state"], "done")
        else:
            self.assertEqual((answer.status, row["state"]), (200, "cancelled"))
        gone = sum(self.client.show(instance)["state"] == "cancelled" for instance in started)
        self.assertEqual(gone, row["done"])
        self.assertEqual(self.engine.ask("DELETE", f"/api/v1/jobs/{number}", Marshrut_By="region").status, 409)

    def test_a_preview_counts_what_would_be_touched(self):
        self.incidents(30)
        self.incidents(5, "other", "post")

        def preview(status=200, **fields):
            answer = self.engine.ask("POST", "/api/v1/bulk/preview", fields)
            self.assertEqual(answer.status, status, answer.body)
            return answer.json
        seen = preview(action="retry", list="incidents")
        self.assertEqual((seen["count"], len(seen["rows"]), seen["more"]), (35, 20, False))
        seen = preview(kind="bulk", action="skip", list="incidents", filter={"service": "post"}, reason="снято")
        self.assertEqual((seen["count"], {row["definition"] for row in seen["rows"]}), (5, {"other"}))
        self.assertEqual(preview(action="cancel", list="instances", filter={"state": "completed"})["count"], 0)
        self.assertEqual({(row["title"], row.get("key")) for row in seen["rows"]}, {("other", None)})
        for wrong in ({"action": "accept", "list": "incidents"}, {"action": "retry", "list": "people"},
                      {"kind": "import", "action": "retry", "list": "incidents"},
                      {"action": "retry"}, {"action": "retry", "list": "incidents", "filter": {"colour": "red"}},
                      {"action": "retry", "list": "incidents", "filter": {"definition": 5}},
                      {"action": "cancel", "list": "instances", "filter": {"parent": "x"}},
                      {"action": "retry", "list": "incidents", "filter": []}):
            preview(400, **wrong)
        preview(422, action="accept", list="assignments", filter={"state": "x"})
        preview(404, action="cancel", list="instances", filter={"body": "nobody"})
        self.assertEqual(self.client.ask("STATS")["incidents"], 35)

    def test_a_preview_says_whom_each_row_is_about(self):
        with Hand(self.engine, "broken-visit", "visit", handler=refuse):
            for n in (1, 2):
                self.client.start("follows", {"teacher": {"id": f"t-{n}", "name": f"Педагог № {n}"}}, key=f"t-{n}")
            self.until_stats(lambda stats: stats["incidents"] == 2)
        rows = self.engine.post("/api/v1/bulk/preview", {"action": "retry", "list": "incidents"}).json["rows"]
        self.assertEqual([(row["title"], row["key"], row["person"]) for row in rows],
                         [("follows", "t-1", "Педагог № 1"), ("follows", "t-2", "Педагог № 2")])

    def test_a_retry_says_how_many_failed_again(self):
        self.incidents(3)
        number = self.order(kind="bulk", action="retry", list="incidents", filter={"service": "mail"})
        row = self.until_over(number)
        self.assertEqual((row["state"], row["done"], row["again"]), ("done", 3, 0), row)
        self.assertEqual(row["request"], {"action": "retry", "list": "incidents", "filter": {"service": "mail"}})
        self.assertEqual((row["by"], row["by_name"]), ("region", "Комитет"))
        with Hand(self.engine, "broken-again", "mail", capacity=100, handler=refuse):
            self.assertEqual(self.until_job(number, lambda job: job["again"] == 3)["done"], 3)
        skipping = self.until_over(self.order(kind="bulk", action="skip", list="incidents", reason="снято"))
        self.assertNotIn("again", skipping)
        self.assertEqual(self.job(number)["again"], 0)

    def test_refusals_are_counted_and_told_in_the_language_of_the_reader(self):
        for _ in range(3):
            self.client.start("gives")
        until(self.client, lambda: self.client.ask("STATS"), lambda s: s["assignments"]["open"] == 3, "open")
        number = self.order(kind="bulk", action="accept", list="assignments", filter={"open": "true"})
        row = self.until_over(number)
        self.assertEqual((row["state"], row["done"], row["refused_count"], len(row["refused"])), ("done", 3, 3, 3))
        self.assertTrue(all(one["task"] and any("а" <= c <= "я" for c in one["text"]) for one in row["refused"]), row)
        self.assertEqual({(one["title"], one["responsible"]["id"], one["to"]) for one in row["refused"]},
                         {("Утвердить план", "school", "2023-12-31")}, "as a list would call it")
        self.assertNotIn("refused", self.engine.get("/api/v1/jobs").json["rows"][0])
        number = self.order(kind="bulk", action="withdraw", list="assignments", filter={"open": True},
                            reason="план отменён")
        self.assertEqual(self.until_over(number)["refused_count"], 0)
        self.assertEqual(self.client.ask("STATS")["assignments"]["withdrawn"], 3)

    def test_what_the_action_needs_refuses_the_whole_work_and_is_named(self):
        move = {"kind": "bulk", "list": "assignments", "reason": "перенос"}
        for action, field, wrong in (("move", "day", "завтра"), ("reassign", "to", ""), ("pause", "pause", 5)):
            for given in ({}, {field: wrong}):
                problem = self.order(400, **move, action=action, **given)
                self.assertEqual((problem["args"][0], problem["status"]), (field, 400), problem)
            seen = self.engine.ask("POST", "/api/v1/bulk/preview", {**move, "action": action})
            self.assertEqual(seen.status, 200, "a preview may lack it")
        self.assertEqual(self.engine.get("/api/v1/jobs").json["rows"], [])

    def terminal(self, *words, codes=(0,), **environment):
        done = subprocess.run([BIN / "marshrut", "jobs", *map(str, words)], capture_output=True, text=True,
                              check=False, timeout=GUARD_S, env={
                                  **os.environ, "MARSHRUT_LANG": "ru", "MARSHRUT_BY": "region",
                                  "MARSHRUT_FOLDER": str(self.engine.folder), **environment})
        self.assertIn(done.returncode, codes, done.stderr)
        return done.stdout + done.stderr

    def test_the_terminal_asks_nobody_but_the_gateway_of_the_folder_on_this_machine(self):
        endpoint = self.engine.endpoint("clients")
        self.assertIn("--endpoint указывает", self.terminal("--endpoint", endpoint, codes=(2,)))
        self.assertIn("MARSHRUT_CLIENTS указывает", self.terminal(codes=(2,), MARSHRUT_CLIENTS=endpoint))
        self.assertIn("не было", self.terminal("--folder", self.engine.folder, MARSHRUT_CLIENTS=endpoint))
        place = self.engine.folder / "http.url"
        for host in ("192.0.2.1", "[2001:db8::1]", "127.0.0.1.example.org", "127.0.0.1@example.org"):
            place.write_text(f"http://{host}:{self.engine.port}/\n")
            self.assertIn(f"«http://{host}:{self.engine.port}»", self.terminal(codes=(3,)))
        for host in ("localhost", "127.0.0.1"):
            place.write_text(f"http://{host}:{self.engine.port}/\n")
            self.assertIn("не было", self.terminal())

    def other_page(self):
        page = self.enterContext(socket.create_server(("127.0.0.1", 0)))
        url = f"http://127.0.0.1:{page.getsockname()[1]}"
        (self.engine.folder / "http.url").write_text(f"{url}/\n")
        return page, url

    def test_the_terminal_names_the_address_that_did_not_answer(self):
        _, url = self.other_page()
        said = self.terminal("--timeout", "1", codes=(3,))
        self.assertIn(f"{url}/api/v1/jobs", said)
        self.assertNotIn("ipc:", said)

    def test_the_terminal_takes_no_answer_without_end(self):
        page, _ = self.other_page()

        def pour():
            with page.accept()[0] as connection, contextlib.suppress(ConnectionError):
                connection.recv(65536)
                connection.sendall(b"HTTP/1.1 200 OK\r\n\r\n" + b" " * (17 << 20))
        thread = threading.Thread(target=pour, daemon=True)
        thread.start()
        self.assertIn("больше 16 МиБ", self.terminal(codes=(3,)))
        thread.join()

    def test_the_terminal_sees_and_ends_what_the_page_has_begun(self):
        jobs = self.terminal
        self.assertIn("не было", jobs())
        self.client.start("gives")
        until(self.client, lambda: self.client.ask("STATS"), lambda s: s["assignments"]["open"] == 1, "open")
        number = self.order(kind="bulk", action="accept", list="assignments", filter={"open": True})
        self.until_over(number)
        self.assertRegex(jobs(), r"1 +Поручения: принять отчёт +готово +1 из 1 +1 +Комитет")
        said = jobs(number)
        self.assertRegex(said, r"1\.1 Утвердить план: отчёта")
        self.assertEqual(json.loads(jobs(number, "--json"))["refused"][0]["task"], "1.1")
        self.assertIn("уже окончено", jobs(number, "--cancel", codes=(1,)))
        self.assertIn("нет такого", jobs(99, codes=(1,)))
        self.incidents(COUNT)
        running = self.order(kind="bulk", action="cancel", list="instances", filter={"definition": "sends"}, reason="x")
        jobs(running, "--cancel", codes=(0, 1))  # refused where it was quicker
        self.assertIn(self.until_over(running)["state"], ("cancelled", "done"))
        self.engine.stop()
        self.assertIn("http.url", jobs(codes=(3,)))

    def test_orders_that_are_wrong_are_refused_and_a_key_orders_once(self):
        for wrong in ({}, {"kind": "dream"}, {"kind": "bulk", "action": "retry"},
                      {"kind": "bulk", "action": "cancel", "list": "instances"},  # no reason
                      {"kind": "bulk", "action": "retry", "list": "incidents", "colour": 1},
                      {"kind": "rehearse"}, {"kind": "rehearse", "plans": []}, {"kind": "rehearse", "plans": [5]},
                      {"kind": "rehearse", "plans": ["x"], "from": "2023-02-31"},
                      {"kind": "import", "files": []}, {"kind": "import", "files": [{"file": "x"}]}):
            self.order(400, **wrong)
        self.order(404, kind="rehearse", plans=["nothing"])
        body = {"kind": "bulk", "action": "retry", "list": "incidents"}
        first = self.engine.post("/api/v1/jobs", body, Idempotency_Key="k-1")
        again = self.engine.post("/api/v1/jobs", body, Idempotency_Key="k-1")
        self.assertEqual((first.json, again.status), (again.json, 202))
        other = self.engine.post("/api/v1/jobs", {**body, "filter": {"service": "x"}}, Idempotency_Key="k-1")
        self.assertEqual(other.status, 409)
        self.until_over(first.json["job"])
        self.assertEqual(self.engine.get("/api/v1/jobs/99").status, 404)
        self.assertEqual(self.engine.get(f"/api/v1/jobs/{first.json['job']}/result").status, 404)
        self.engine.restart()
        rows = self.engine.get("/api/v1/jobs").json["rows"]
        self.assertEqual([row["state"] for row in rows], ["done"])
        again = self.engine.post("/api/v1/jobs", body, Idempotency_Key="k-1")
        self.assertEqual(again.json, first.json)

    def test_documents_are_imported_together_or_not_at_all(self):
        before = len(self.client.ask("DEFINITIONS")["rows"])
        calls = workflow("outer", ("inner", {"run": {"workflow": {"namespace": "tests", "name": "inner",
                                                                   "version": "1"}}}))
        inner = workflow("inner", ("pause", {"wait": {"days": 1}}))
        files = [{"file": "outer.yaml", "text": calls}, {"file": "inner.yaml", "text": inner},
                 {"file": "плохой.yaml", "text": inner.replace("wait", "wiat").replace("inner", "worse")}]
        row = self.until_over(self.order(kind="import", files=files))
        self.assertEqual((row["state"], row["done"], row["refused_count"]), ("failed", 0, 1), row)
        self.assertEqual(row["refused"][0]["file"], "плохой.yaml")
        self.assertGreater(row["refused"][0]["line"], 0)
        self.assertEqual(len(self.client.ask("DEFINITIONS")["rows"]), before)
        number = self.order(kind="import", files=files[:2])
        row = self.until_over(number)
        self.assertEqual((row["state"], row["done"], row["of"]), ("done", 2, 2), row)
        result = self.engine.get(f"/api/v1/jobs/{number}/result").json
        self.assertEqual({(one["file"], one["changed"]) for one in result["files"]},
                         {("outer.yaml", True), ("inner.yaml", True)})
        self.assertEqual(len(self.client.ask("DEFINITIONS")["rows"]), before + 2)

    def test_plans_in_force_are_rehearsed_beside_the_engine(self):
        row = self.until_over(self.order(kind="import", files=[{"file": "plan.yaml", "text": PLAN},
                                                               {"file": "ru.yaml", "text": CALENDAR},
                                                               {"file": "item.yaml", "text": ITEM}]))
        self.assertEqual(row["state"], "done", row)
        number = self.order(kind="rehearse", plans=["plan"])
        row = self.until_over(number)
        self.assertEqual((row["state"], row["has_result"]), ("done", True), row)
        page = self.engine.get(f"/api/v1/jobs/{number}/result")
        self.assertEqual(page.headers["content-type"], "text/html; charset=utf-8")
        self.assertTrue(page.headers["content-security-policy"].startswith("default-src 'none'"))
        self.assertIn("Провести семинар", page.body.decode())
        found = self.engine.get(f"/api/v1/jobs/{number}/result?format=json").json
        self.assertEqual(len(found["terms"]), 2)
        self.assertEqual(os.listdir(self.engine.folder / "jobs").count(f"{number}.work"), 0)

    def test_what_was_asked_for_is_told_without_the_texts(self):
        files = [{"file": f"{n}.yaml", "text": "x"} for n in range(30)]
        self.order(kind="import", files=files)
        [row] = self.engine.get("/api/v1/jobs").json["rows"]
        self.assertEqual(row["request"], {"files": [f"{n}.yaml" for n in range(20)]})

    def test_a_rehearsal_that_was_running_is_interrupted(self):
        self.engine.stop()
        folder = self.engine.folder / "jobs"
        row = {"id": 7, "kind": "rehearse", "state": "running", "done": 0, "of": 1, "by": "region",
               "began_ms": 1692090000000, "refused": [], "refused_count": 0, "has_result": False}
        (folder / "7.json").write_text(json.dumps(row))
        (folder / "7.request.json").write_text(json.dumps({"plans": ["plan"]}))
        (folder / "8.json").write_text("{")
        (folder / "7.work").mkdir()
        self.engine.start()
        self.assertEqual([(r["id"], r["state"]) for r in self.engine.get("/api/v1/jobs").json["rows"]],
                         [(7, "interrupted")])
        self.assertEqual(self.order(kind="bulk", action="retry", list="incidents"), 9)
        self.assertFalse((folder / "7.work").exists())


class Told(Ordering):
    def setUp(self):
        self.begin(Beside({**DOCUMENTS, "ru.yaml": CALENDAR, "item.yaml": ITEM, "plan.yaml": PLAN}, clock=self.CLOCK))

    def test_a_rehearsal_tells_how_far_it_is(self):
        told = " ".join(f"printf '{lines}' >&$MARSHRUT_PROGRESS_FD; until read go < {self.engine.fifo}; do :; done;"
                        for lines in (r"0 10\n", r"3 10\n", r"it is far\n4 10\n7 10\n9 "))
        self.engine.does(f"{told} echo '{{}}'")
        number = self.order(kind="rehearse", plans=["plan"])
        for done in (0, 3, 7):
            row = self.until_job(number, lambda job, done=done: (job["done"], job["of"]) == (done, 10))
            self.assertEqual(row["state"], "running")
            self.engine.fifo.write_text("go\n", encoding="ascii")
        row = self.until_over(number)
        self.assertEqual((row["state"], row["done"], row["of"], row["request"]), ("done", 10, 10, {"plans": ["plan"]}))


if __name__ == "__main__":
    main()
