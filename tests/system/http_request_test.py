"""Bodies, who acts, versions, languages, packing: docs/http.md §1.3 to §1.8."""

import json
import socket
import unittest

from engine import main
from gateway import Client, Gateway
from http_guard_test import shape

START = {"definition": "waits"}


class Request(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.engine = Gateway().start()

    @classmethod
    def tearDownClass(cls):
        cls.engine.stop()
        cls.engine.__exit__(None)

    def start(self, **more):
        answer = self.engine.post("/api/v1/instances", {**START, **more})
        self.assertIn(answer.status, (200, 201), answer.body)
        return answer.json["instance"]

    def test_a_command_is_carried_out_and_answered(self):
        instance = self.start()
        row = self.engine.get(f"/api/v1/instances/{instance}")
        self.assertEqual((row.status, row.json["state"]), (200, "running"))
        answer = self.engine.post(f"/api/v1/instances/{instance}/cancel", {"reason": "проверка"})
        self.assertEqual(answer.status, 200, answer.body)
        self.assertEqual(self.engine.get(f"/api/v1/instances/{instance}").json["state"], "cancelled")

    def test_a_body_that_is_no_json_object_is_refused_with_its_place(self):
        for body in (b"{", b"", b"[1]", b"1", b'{"definition":"waits","definition":"x"}', b"\xff\xfe{}",
                     b'{"definition":"waits"} x', b"nul", b'"text"'):
            self.assertEqual(self.engine.post("/api/v1/instances", body).status, 400, body)
        problem = shape(self, self.engine.post("/api/v1/instances", b'{"definition":\n  oops}'), 400, "syntax")
        self.assertEqual(problem["line"], 2)
        deep = b'{"definition":"waits","input":' + b"[" * 5000 + b"]" * 5000 + b"}"
        shape(self, self.engine.post("/api/v1/instances", deep), 413, "too-large")

    def test_wrong_types_and_unknown_fields_are_refused(self):
        for body in ({"definition": 5}, {}, {**START, "colour": "red"}, {**START, "priority": "high"},
                     {**START, "priority": 10}, {**START, "key": {}}, {**START, "definition": None}):
            shape(self, self.engine.post("/api/v1/instances", body), 400, "invalid")

    def test_who_acts_must_be_said_and_said_once(self):
        shape(self, self.engine.ask("POST", "/api/v1/instances", START), 400, "invalid")
        for by in ("%zz", "", "a" * 201, "%00", "%ff"):
            shape(self, self.engine.post("/api/v1/instances", START, Marshrut_By=by), 400, "invalid")
        shape(self, self.engine.post("/api/v1/instances", {**START, "by": "school"}), 400, "invalid")
        for by in ("", "a" * 201, 5, ["x"]):
            shape(self, self.engine.ask("POST", "/api/v1/instances", {**START, "by": by}), 400, "invalid")
        agreed = self.engine.post("/api/v1/instances", {**START, "by": "Иванова"},
                                  Marshrut_By="%D0%98%D0%B2%D0%B0%D0%BD%D0%BE%D0%B2%D0%B0")
        self.assertIn(agreed.status, (200, 201), agreed.body)

    def test_a_type_that_the_address_does_not_take_is_refused(self):
        for kind in ("text/plain", "application/x-www-form-urlencoded", "multipart/form-data", None,
                     "application/yaml", "application/json; charset=windows-1251"):
            answer = self.engine.post("/api/v1/instances", b"{}", Content_Type=kind)
            shape(self, answer, 415, "unsupported")
        good = self.engine.post("/api/v1/instances", json.dumps(START).encode(),
                                Content_Type='Application/JSON; charset="utf-8"')
        self.assertIn(good.status, (200, 201))

    def test_a_body_that_is_announced_as_too_large_is_refused_at_once(self):
        with self.engine.connect() as connection:
            connection.request("POST", "/api/v1/instances", None, Content_Type="application/json",
                               Content_Length="104857600", Marshrut_By="region")
            shape(self, connection.answer(), 413, "too-large")
            connection.closed()

    def chunks(self, pieces, size):
        with self.engine.connect() as connection:
            connection.request("POST", "/api/v1/instances", None, Content_Type="application/json",
                               Transfer_Encoding="chunked", Marshrut_By="region")
            try:
                for _ in range(pieces):
                    connection.send(f"{size:x}\r\n".encode() + b" " * size + b"\r\n")
                connection.send("0\r\n\r\n")
                return connection.answer()
            except (BrokenPipeError, ConnectionResetError, EOFError):
                return None

    def test_a_body_in_chunks_ends_at_the_limit(self):
        self.assertEqual(self.chunks(64, 65536).status, 400)  # 4 MiB of blanks: no JSON, but taken
        shape(self, self.chunks(65, 65536), 413, "too-large")
        self.assertIsNone(self.chunks(1600, 65536))  # 100 MiB: nobody listens to the end
        self.assertEqual(self.engine.get("/healthz").status, 200)

    def test_a_body_with_two_lengths_or_where_none_belongs_is_refused(self):
        shape(self, self.engine.ask("GET", "/api/v1/stats", {}), 400, "invalid")
        with self.engine.connect() as connection:
            connection.request("POST", "/api/v1/instances", b"{}", Transfer_Encoding="chunked")
            self.assertEqual(connection.answer().status, 400)

    def test_a_client_that_leaves_before_the_answer_gets_its_command_done(self):
        with self.engine.connect() as connection:
            connection.request("POST", "/api/v1/instances", {**START, "key": "gone"}, Marshrut_By="region")
        with self.engine.connect() as connection:  # and one that leaves in its body
            connection.request("POST", "/api/v1/instances", None, Content_Type="application/json",
                               Content_Length="1000", Marshrut_By="region")
            connection.send("{")
        client = Client(self.engine)
        first = client.start("waits", key="gone")
        self.assertEqual(first, self.start(key="gone"))
        client.close()

    def test_refusals_of_the_engine_have_the_status_of_their_code(self):
        problem = shape(self, self.engine.get("/api/v1/instances/424242"), 404, "not-found")
        self.assertEqual(problem["args"], ["424242"])
        self.assertEqual(problem["instance"], "/api/v1/instances/424242")
        instance = self.start()
        self.engine.post(f"/api/v1/instances/{instance}/cancel", {"reason": "x"})
        shape(self, self.engine.post(f"/api/v1/instances/{instance}/cancel", {"reason": "x"}), 409, "conflict")
        shape(self, self.engine.post("/api/v1/instances", {"definition": "nowhere"}), 404, "not-found")

    def test_a_problem_speaks_the_language_of_who_asks(self):
        for wish, russian in (("ru", True), ("ru-RU,ru;q=0.9,en;q=0.8", True), ("en,ru;q=0.5", False),
                              ("de", False), ("ru;q=0", False), ("*", False), (None, False)):
            problem = self.engine.get("/api/v1/instances/424242", Accept_Language=wish).json
            cyrillic = any("а" <= c <= "я" for c in problem["detail"])
            self.assertEqual(cyrillic, russian, (wish, problem["detail"]))
            self.assertEqual(any("а" <= c <= "я" for c in problem["title"]), russian)
            self.assertEqual(problem["format"], "there is no instance %llu")
        self.assertFalse(any("а" <= c <= "я" for c in self.engine.log()))

    def test_an_instance_that_has_not_changed_is_not_sent_again(self):
        instance = self.start()
        path = f"/api/v1/instances/{instance}"
        first = self.engine.get(path)
        tag = first.headers["etag"]
        self.assertRegex(tag, rf'^"{instance}-\d+-\d+-\d+"$')
        for known in (tag, f'W/{tag}, "x"', f'"a", {tag}', "*"):
            again = self.engine.get(path, If_None_Match=known)
            self.assertEqual((again.status, again.raw, again.headers["etag"]), (304, b"", tag))
        self.engine.post(path + "/suspend", {"reason": "x"})
        other = self.engine.get(path, If_None_Match=tag)
        self.assertEqual(other.status, 200)
        self.assertNotEqual(other.headers["etag"], tag)

    def test_a_tag_of_something_else_changes_nothing(self):
        instance = self.start()
        path = f"/api/v1/instances/{instance}/cancel"
        for tag in ("17-204", '"x"', '"17-"', "17", '"17-204', '"17-204", "18-1"'):
            shape(self, self.engine.post(path, {"reason": "x"}, If_Match=tag), 400, "invalid")
        shape(self, self.engine.post(path, {"reason": "x"}, If_Match=f'"{instance + 1}-1"'), 412, "stale")
        self.assertEqual(self.engine.get(f"/api/v1/instances/{instance}").json["state"], "running")

    def test_a_change_is_made_only_to_what_was_seen(self):
        instance = self.start()
        path = f"/api/v1/instances/{instance}"
        tag = self.engine.get(path).headers["etag"]
        self.assertEqual(self.engine.post(path + "/suspend", {"reason": "x"}, If_Match=tag).status, 200)
        problem = shape(self, self.engine.post(path + "/cancel", {"reason": "x"}, If_Match=tag), 412, "stale")
        self.assertEqual(problem["args"][0], str(instance))
        now = self.engine.get(path).headers["etag"]
        self.assertEqual(self.engine.post(path + "/cancel", {"reason": "x"}, If_Match=now).status, 200)

    def test_a_command_that_comes_again_with_its_key_happens_once(self):
        first = self.engine.post("/api/v1/instances", START, Idempotency_Key="one")
        again = self.engine.post("/api/v1/instances", START, Idempotency_Key='"one"')
        self.assertEqual((again.status, again.json), (first.status, first.json))
        other = self.engine.post("/api/v1/instances", {**START, "priority": 9}, Idempotency_Key="one")
        shape(self, other, 409, "conflict")

    def test_records_name_who_acted(self):
        instance = self.start()
        rows = self.engine.get(f"/api/v1/instances/{instance}/history").json["rows"]
        self.assertIn("region", [row.get("by") for row in rows], rows)
        self.assertNotIn("by", self.engine.get(f"/api/v1/instances/{instance}").json.get("input", {}))

    def test_a_key_of_repeats_is_printable(self):
        for key in ("", "a" * 201, "ключ", '""'):
            answer = self.engine.post("/api/v1/instances", START, Idempotency_Key=key.encode().decode("latin-1"))
            shape(self, answer, 400, "invalid")

    def test_what_is_worth_it_is_packed(self):
        for path in ("/metrics", "/api/v1/instances", "/"):
            plain = self.engine.get(path)
            packed = self.engine.get(path, Accept_Encoding="br, gzip;q=0.5")
            self.assertNotIn("content-encoding", plain.headers)
            if len(plain.body) < 1024:
                continue
            self.assertEqual(packed.headers["content-encoding"], "gzip")
            self.assertIn("Accept-Encoding", packed.headers["vary"])
            self.assertLess(len(packed.raw), len(plain.raw))
            self.assertNotIn("content-encoding", self.engine.get(path, Accept_Encoding="gzip;q=0").headers)

    def test_ready_and_alive_are_told(self):
        self.assertEqual(self.engine.get("/healthz").json, {"alive": True})
        self.assertTrue(self.engine.get("/readyz").json["ready"])

    def test_numbers_are_told_in_the_text_of_prometheus(self):
        before = self.engine.metric('marshrut_http_requests_total{operation="getHealth",status="200"}') or 0
        running = self.engine.metric('marshrut_instances{state="running"}')
        self.start()
        self.engine.get("/healthz")
        self.engine.get("/nowhere")
        text = self.engine.get("/metrics").body.decode()
        for line in text.splitlines():
            self.assertRegex(line, r"^(# (HELP|TYPE) [a-z_]+ .+|[a-z_]+(\{[a-z]+=\"[^\"]+\"(,[a-z]+=\"[^\"]+\")*\})? [-+.\de]+)$")
        self.assertEqual(self.engine.metric('marshrut_http_requests_total{operation="getHealth",status="200"}'),
                         before + 1)
        self.assertEqual(self.engine.metric('marshrut_instances{state="running"}'), running + 1)
        self.assertGreaterEqual(self.engine.metric('marshrut_http_requests_total{operation="none",status="404"}'), 1)
        count = self.engine.metric("marshrut_http_request_seconds_count")
        self.assertGreaterEqual(self.engine.metric('marshrut_http_request_seconds_bucket{le="+Inf"}'), count)


class Page(unittest.TestCase):
    """A folder of files as the page."""

    def serve(self, engine, files):
        folder = engine.root / "page"
        for name, text in files.items():
            (folder / name).parent.mkdir(parents=True, exist_ok=True)
            (folder / name).write_text(text, encoding="utf-8")
        engine.write_config(http={"port": 0, "web": "page"})
        return engine.start()

    def test_files_are_served_with_their_types_and_tags(self):
        with Gateway() as engine:
            self.serve(engine, {"index.html": "<!doctype html>", "js/main.js": "//" + "x" * 3000, ".hidden": "no"})
            index = engine.get("/")
            self.assertEqual(index.body, b"<!doctype html>")
            self.assertEqual(index.headers["content-type"], "text/html; charset=utf-8")
            script = engine.get("/js/main.js", Accept_Encoding="gzip")
            self.assertEqual(script.headers["content-type"], "text/javascript; charset=utf-8")
            self.assertEqual(script.headers["content-encoding"], "gzip")
            again = engine.get("/js/main.js", If_None_Match=script.headers["etag"])
            self.assertEqual((again.status, again.raw), (304, b""))
            for path in ("/.hidden", "/js", "/js/other.js", "/page/index.html"):
                self.assertEqual(engine.get(path).status, 404, path)
            self.assertEqual(engine.get("/index.html?x=1").status, 400)
            engine.stop()

    def test_the_address_of_an_engine_that_was_killed_is_forgotten(self):
        with Gateway() as engine:
            engine.start()
            engine.kill()
            address = engine.folder / "http.url"
            self.assertTrue(address.exists())
            with socket.socket() as other:
                other.bind(("127.0.0.1", 0))
                other.listen()
                engine.write_config(http={"port": other.getsockname()[1]})
                status, said = engine.refuse_to_start()
            self.assertEqual(status, 1)
            self.assertIn("is taken by another program", said)
            self.assertFalse(address.exists())
            engine.write_config(http={"port": 0})
            engine.start()
            engine.stop()
            self.assertFalse(address.exists())

    def test_a_folder_that_is_not_there_stops_the_start(self):
        with Gateway(http={"web": "nowhere"}) as engine:
            status, text = engine.refuse_to_start()
            self.assertEqual(status, 1)
            self.assertIn("the folder of the page", text)


if __name__ == "__main__":
    main()
