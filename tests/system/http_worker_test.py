#!/usr/bin/env python3
"""http_worker_test.py - marshrut-http with a real HTTP server and an engine made here

Usage: http_worker_test.py PROGRAM
"""
import base64
import gzip
import json
import os
import shutil
import socket
import subprocess
import sys
import tempfile
import threading
import unittest
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from urllib.parse import quote

from fake_engine import PATIENCE_S, Engine

PROGRAM = sys.argv.pop(1) if len(sys.argv) > 1 else "marshrut-http"
ERRORS = "https://serverlessworkflow.io/spec/1.0.0/errors/"
PAYLOAD_MAX = 1 << 20
PASSWORD = 'pa"ss/wörd 7'
TOKEN = "tok-en.~+/8=="

OPENAPI = {
    "openapi": "3.0.3",
    "servers": [{"url": "{base}/api", "variables": {"base": {"default": ""}}}],
    "components": {"parameters": {"tag": {"name": "tag", "in": "query", "schema": {"type": "array"}}}},
    "paths": {"/pets/{petId}": {
        "parameters": [{"name": "petId", "in": "path", "required": True, "schema": {}}],
        "put": {"operationId": "changePet",
                "parameters": [{"$ref": "#/components/parameters/tag"},
                               {"name": "X-Trace", "in": "header", "schema": {}}],
                "requestBody": {"required": True, "content": {"application/json": {}}}}}}}


class Site(BaseHTTPRequestHandler):
    """Answers by path; /echo… tells what came."""
    protocol_version = "HTTP/1.1"

    def log_message(self, *args):
        pass

    def reply(self, status, body=b"", **headers):
        self.send_response(status)
        for name, value in headers.items():
            self.send_header(name.replace("_", "-"), value)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        if self.command != "HEAD":
            self.wfile.write(body)

    def echo(self, status):
        size = int(self.headers.get("Content-Length") or 0)
        seen = {"method": self.command, "path": self.path, "headers": dict(self.headers.items()),
                "body": self.rfile.read(size).decode()}
        self.reply(status, json.dumps(seen, ensure_ascii=False).encode(), Content_Type="application/json")

    def answer(self):
        path = self.path.split("?")[0]
        if path.startswith("/status/"):
            self.echo(int(path[8:]))
        elif path == "/nothing":
            self.reply(204)
        elif path == "/redirect":
            self.reply(302, b"there", Location="/text", Content_Type="text/plain")
        elif path == "/text":
            self.reply(200, "привет".encode(), Content_Type="text/plain; charset=utf-8", X_One="1")
        elif path == "/bytes":
            self.reply(200, b"\x00\xff\x10", Content_Type="application/octet-stream")
        elif path == "/broken":
            self.reply(200, b"{oops", Content_Type="application/json")
        elif path == "/precise":
            self.reply(200, b'{"n": 0.1, "big": 12345678901234567}', Content_Type="application/problem+json")
        elif path == "/packed":
            self.reply(200, gzip.compress(b'{"a": 1}'), Content_Type="application/json", Content_Encoding="gzip")
        elif path.startswith("/size/"):
            self.reply(200, b"x" * int(path[6:]), Content_Type="text/plain")
        elif path == "/bomb":
            self.reply(200, gzip.compress(b"0" * (PAYLOAD_MAX * 8)), Content_Type="text/plain",
                       Content_Encoding="gzip")
        elif path == "/headers":
            self.reply(200, b"", **{f"X_{i}": "v" * 1000 for i in range(80)})
        elif path == "/cut":
            self.close_connection = True
            self.wfile.write(b"HTTP/1.1 200 OK\r\nContent-Length: 10\r\n\r\nhalf")
        elif path == "/hang":
            self.server.hung.release()
            self.server.let_go.wait(PATIENCE_S)
            self.reply(200, b"late", Content_Type="text/plain")
        elif path == "/openapi.json":
            self.reply(200, json.dumps(OPENAPI).encode(), Content_Type="application/json")
        else:
            self.echo(200)

    do_GET = do_POST = do_PUT = do_PATCH = do_DELETE = do_HEAD = answer


class HttpTest(unittest.TestCase):
    options = []

    def setUp(self):
        self.folder = tempfile.mkdtemp(prefix="marshrut-http-")
        self.server = ThreadingHTTPServer(("127.0.0.1", 0), Site)
        self.server.daemon_threads = True
        self.server.handle_error = lambda *args: None  # a client that leaves is what some tests want
        self.server.hung = threading.Semaphore(0)
        self.server.let_go = threading.Event()
        self.thread = threading.Thread(target=self.server.serve_forever, args=(0.05,))
        self.thread.start()
        self.site = f"http://127.0.0.1:{self.server.server_port}"
        for name, text in {"text-token": TOKEN + "\n", "pair": f"anna:{PASSWORD}",
                           "object": json.dumps({"username": "anna", "password": PASSWORD}),
                           "named": json.dumps({"bearer": {"token": TOKEN}}), "empty": ""}.items():
            os.makedirs(f"{self.folder}/secrets", exist_ok=True)
            with open(f"{self.folder}/secrets/{name}", "w", encoding="utf-8") as file:
                file.write(text)
        os.mkdir(f"{self.folder}/openapi")
        with open(f"{self.folder}/openapi/pets.json", "w", encoding="utf-8") as file:
            json.dump({**OPENAPI, "servers": [{"url": self.site + "/api"}]}, file)
        self.engine = Engine(self.folder)
        self.log = open(f"{self.folder}/log", "w+", encoding="utf-8")
        self.process = subprocess.Popen(
            [PROGRAM, "--workers", self.engine.endpoint, "--secrets", f"{self.folder}/secrets",
             "--openapi", f"{self.folder}/openapi", *self.options],
            stderr=self.log, env={**os.environ, "http_proxy": "http://127.0.0.1:1"})
        self.engine.receive(("HELLO",))

    def tearDown(self):
        self.server.let_go.set()
        if self.process.poll() is None:
            self.process.terminate()
        status = self.process.wait(PATIENCE_S)
        self.log.seek(0)
        log = self.log.read()
        self.log.close()
        self.assertEqual(status, 0, log)
        self.engine.close()
        self.server.shutdown()
        self.thread.join()
        self.server.server_close()
        shutil.rmtree(self.folder)

    def give(self, task, payload, service="http", limit_ms=0):
        """A task, when there is credit for it."""
        while self.engine.credit == 0:
            self.engine.receive(("CREDIT",))
        self.engine.credit -= 1
        return self.engine.give(task, payload, service, limit_ms)

    def do(self, payload, service="http", limit_ms=0):
        self.give("17.2", payload, service, limit_ms)
        outcome, task, output = self.engine.result()
        self.assertEqual(task, "17.2")
        return outcome, output

    def call(self, path, limit_ms=0, **members):
        with_ = {"method": "get", "endpoint": self.site + path if path.startswith("/") else path, **members}
        return self.do(with_, "http", limit_ms)

    def done(self, path, **members):
        outcome, output = self.call(path, **members)
        self.assertEqual(outcome, "DONE", output)
        return output

    def problem(self, retry, kind, status, path, **members):
        outcome, problem = self.call(path, **members)
        self.assertEqual((outcome, problem.get("type"), problem.get("status")),
                         ("retry" if retry else "final", ERRORS + kind, status), problem)
        self.assertTrue(problem["title"])
        return problem

    def authorized(self, authentication):
        output = self.done("", endpoint={"uri": self.site + "/echo", "authentication": authentication})
        return output["headers"].get("Authorization")

    def openapi(self, endpoint, parameters, **members):
        return self.do({"document": {"endpoint": endpoint}, "operationId": "changePet", "parameters": parameters,
                        **members}, "openapi")


class Calls(HttpTest):
    def test_what_is_sent(self):
        seen = self.done("/pet/{petId}?a=1", method="post", data={"petId": "7/8 ж"}, query={"b": [1, "я"], "c": None},
                         headers={"X-One": 1, "X-Empty": ""}, body={"score": 4.3, "имя": "Анна"})
        self.assertEqual(seen["method"], "POST")
        self.assertEqual(seen["path"], "/pet/7%2F8%20%D0%B6?a=1&b=1&b=%D1%8F")
        self.assertEqual(json.loads(seen["body"]), {"score": 4.3, "имя": "Анна"})
        self.assertEqual(seen["headers"]["Content-Type"], "application/json")
        self.assertEqual((seen["headers"]["X-One"], seen["headers"]["X-Empty"]), ("1", ""))

    def test_bodies(self):
        seen = self.done("/echo", method="put", body="текст")
        self.assertEqual((seen["body"], seen["headers"]["Content-Type"]), ("текст", "text/plain; charset=utf-8"))
        seen = self.done("/echo", method="post", body={"a": "1 2", "b": [True, 3]},
                         headers={"content-type": "application/x-www-form-urlencoded"})
        self.assertEqual(seen["body"], "a=1%202&b=true&b=3")
        seen = self.done("/echo", method="post")
        self.assertEqual((seen["body"], seen["headers"]["Content-Length"]), ("", "0"))
        self.assertNotIn("Content-Type", seen["headers"])
        self.assertNotIn("Expect", self.done("/echo", method="post", body="x" * 100000)["headers"])

    def test_content_is_read_as_its_type_says(self):
        self.assertEqual(self.done("/text"), "привет")
        self.assertEqual(self.done("/bytes"), "AP8Q")
        self.assertEqual(self.done("/precise"), {"n": 0.1, "big": 12345678901234567})
        self.assertEqual(self.done("/packed"), {"a": 1})
        self.assertIsNone(self.done("/nothing"))
        self.assertIsNone(self.done("/echo", method="head"))
        self.assertEqual(self.done("/text", output="raw"), base64.b64encode("привет".encode()).decode())
        self.problem(False, "communication", 502, "/broken")

    def test_the_response_as_a_whole(self):
        got = self.done("/text", output="response", headers={"X-Mine": "1", "authorization": "Own secret"})
        self.assertEqual((got["statusCode"], got["content"]), (200, "привет"))
        self.assertEqual(got["headers"]["X-One"], "1")
        self.assertEqual(got["request"], {"method": "GET", "uri": self.site + "/text", "headers": {"X-Mine": "1"}})

    def test_statuses(self):
        for status, retry in ((400, False), (401, False), (404, False), (408, True), (429, True), (500, True),
                              (503, True)):
            problem = self.problem(retry, "communication", status, f"/status/{status}?key=hidden")
            self.assertIn(f"GET {self.site}/status/{status}: ", problem["detail"])

    def test_redirects_are_not_followed(self):
        self.problem(False, "communication", 302, "/redirect")
        got = self.done("/redirect", redirect=True, output="response")
        self.assertEqual((got["statusCode"], got["headers"]["Location"], got["content"]), (302, "/text", "there"))
        self.problem(False, "communication", 404, "/status/404", redirect=True)

    def test_trouble_on_the_way(self):
        with socket.socket() as nobody:
            nobody.bind(("127.0.0.1", 0))
            self.problem(True, "communication", 503, f"http://127.0.0.1:{nobody.getsockname()[1]}/")
        self.problem(True, "communication", 503, "/cut")
        self.problem(True, "communication", 503, "http://does-not-exist.invalid/")

    def test_what_is_too_large(self):
        self.assertEqual(len(self.done(f"/size/{PAYLOAD_MAX - 2}")), PAYLOAD_MAX - 2)
        self.problem(False, "communication", 502, f"/size/{PAYLOAD_MAX - 1}")
        self.problem(False, "communication", 502, f"/size/{PAYLOAD_MAX + 1}")
        self.problem(False, "communication", 502, "/bomb")
        self.problem(False, "communication", 502, "/headers")

    def test_the_limit_of_the_task(self):
        problem = self.problem(True, "timeout", 408, "/hang", limit_ms=200)
        self.assertIn("время", problem["title"])

    def test_a_dropped_task_is_cut_off_and_others_go_on(self):
        attempt = self.give("17.2", {"method": "get", "endpoint": self.site + "/hang"})
        self.assertTrue(self.server.hung.acquire(timeout=PATIENCE_S))
        self.assertEqual(self.done("/text"), "привет")
        self.engine.send(f"MW1 DROP 17.2 {attempt}")
        self.assertEqual(self.done("/text"), "привет")

    def test_requests_run_side_by_side(self):
        for number in range(8):
            self.give(f"18.{number}", {"method": "get", "endpoint": self.site + "/hang"})
        for _ in range(8):
            self.assertTrue(self.server.hung.acquire(timeout=PATIENCE_S))
        self.server.let_go.set()
        results = [self.engine.result() for _ in range(8)]
        self.assertEqual({task for _, task, _ in results}, {f"18.{i}" for i in range(8)})
        self.assertEqual({output for _, _, output in results}, {"late"})

    def test_stopping_with_a_request_under_way(self):
        self.give("17.2", {"method": "get", "endpoint": self.site + "/hang"})
        self.assertTrue(self.server.hung.acquire(timeout=PATIENCE_S))

    def test_calls_that_are_refused(self):
        refused = [{"method": "trace"}, {"method": ""}, {"method": "a b"}, {"endpoint": 1}, {"endpoint": "x"},
                   {"endpoint": "file:///etc/passwd"}, {"endpoint": "ftp://127.0.0.1/"},
                   {"endpoint": "http://anna:pw@127.0.0.1/"}, {"endpoint": self.site + "/{a"},
                   {"headers": {"X-A": "1\r\nX-B: 2"}}, {"headers": {"X A": "1"}}, {"headers": {"host": "x"}},
                   {"headers": [1]}, {"query": {"a": {}}}, {"output": "all"}, {"redirect": "yes"},
                   {"method": "head", "body": 1}]
        for members in refused:
            with self.subTest(members):
                problem = self.problem(False, "validation", 400, "/echo", **members)
                self.assertNotIn("pw", str(problem))
        self.problem(False, "expression", 400, "/{a}", data={"a": [1]})


class Secrets(HttpTest):
    def test_they_are_sent_and_changes_are_in_force_at_once(self):
        basic = "Basic " + base64.b64encode(f"anna:{PASSWORD}".encode()).decode()
        self.assertIsNone(self.authorized(None))
        for authentication in ({"basic": {"username": "anna", "password": PASSWORD}}, {"basic": {"use": "pair"}},
                               {"basic": {"use": "object"}}, {"use": "pair"}, {"use": "object"}):
            self.assertEqual(self.authorized(authentication), basic, authentication)
        for authentication in ({"bearer": {"token": TOKEN}}, {"bearer": {"use": "text-token"}},
                               {"bearer": {"use": "named"}}, {"use": "named"}, {"use": "text-token"}):
            self.assertEqual(self.authorized(authentication), f"Bearer {TOKEN}", authentication)
        with open(f"{self.folder}/secrets/text-token", "w", encoding="utf-8") as file:
            file.write("another")
        self.assertEqual(self.authorized({"use": "text-token"}), "Bearer another")

    def test_they_are_in_no_error_even_if_the_server_says_them(self):
        for name, said in (("pair", quote(PASSWORD)), ("object", quote(f"anna:{PASSWORD}")), ("named", TOKEN),
                           ("text-token", quote(TOKEN, safe=""))):
            for path in ("/status/401", f"/status/500?said={said}"):
                authentication = {"use": name}
                outcome, problem = self.call("", endpoint={"uri": self.site + path, "authentication": authentication})
                self.assertNotEqual(outcome, "DONE")
                self.assertIn("***", problem["detail"])
                self.assertNothingLeaked(str(problem))
        self.log.flush()
        with open(self.log.name, encoding="utf-8") as log:
            self.assertNothingLeaked(log.read())

    def assertNothingLeaked(self, text):
        for secret in (PASSWORD, json.dumps(PASSWORD)[1:-1], quote(PASSWORD), TOKEN, quote(TOKEN, safe=""),
                       base64.b64encode(f"anna:{PASSWORD}".encode()).decode()):
            self.assertNotIn(secret, text)

    def test_those_that_are_not_there(self):
        for name in ("none", "../secrets/pair", "", ".", "a/b"):
            outcome, problem = self.call("", endpoint={"uri": self.site, "authentication": {"use": name}})
            self.assertEqual((outcome, problem["type"], problem["status"]), ("final", ERRORS + "authorization", 403))
        for authentication in ({"use": "empty"}, {"basic": {"use": "named"}}, {"bearer": {}}):
            outcome, problem = self.call("", endpoint={"uri": self.site, "authentication": authentication})
            self.assertEqual((outcome, problem["type"]), ("final", ERRORS + "configuration"), authentication)
            self.assertNothingLeaked(str(problem))
        outcome, problem = self.call("", endpoint={"uri": self.site, "authentication": {"oauth2": {}}})
        self.assertEqual((outcome, problem["type"]), ("final", ERRORS + "validation"))


class OpenApi(HttpTest):
    def test_an_operation_of_a_file_and_of_an_address(self):
        for endpoint in ("pets.json", "file:///pets.json", self.site + "/openapi.json", {"uri": self.site + "/{name}.json"}):
            outcome, seen = self.openapi(endpoint, {"petId": "a b", "tag": ["x", "y"], "X-Trace": 5,
                                                    "body": {"name": "Мурка"}},
                                         authentication={"use": "text-token"}, data={"name": "openapi"})
            self.assertEqual(outcome, "DONE", seen)
            self.assertEqual((seen["method"], seen["path"]), ("PUT", "/api/pets/a%20b?tag=x&tag=y"))
            self.assertEqual(json.loads(seen["body"]), {"name": "Мурка"})
            self.assertEqual(seen["headers"]["X-Trace"], "5")
            self.assertEqual(seen["headers"]["Authorization"], f"Bearer {TOKEN}")

    def test_what_is_refused(self):
        good = {"petId": 1, "body": {}}
        for kind, endpoint, parameters in (
                ("validation", "pets.json", {"body": {}}), ("validation", "pets.json", {"petId": 1}),
                ("validation", "pets.json", {**good, "colour": 1}), ("validation", "pets.json", {**good, "petId": {}}),
                ("validation", 1, good), ("configuration", "none.json", good),
                ("configuration", "../openapi/pets.json", good), ("configuration", self.site + "/text", good),
                ("communication", self.site + "/status/404", good)):
            with self.subTest(endpoint=endpoint, parameters=parameters):
                outcome, problem = self.openapi(endpoint, parameters)
                self.assertEqual((outcome, problem["type"]), ("final", ERRORS + kind), problem)


class Allowed(HttpTest):
    options = ["--allow", "*.example.org", "--allow", "localhost:1"]

    def test_nothing_else_is_called(self):
        problem = self.problem(False, "authorization", 403, "/echo")
        self.assertIn("127.0.0.1", problem["title"])
        outcome, problem = self.openapi(self.site + "/openapi.json", {"petId": 1, "body": {}})
        self.assertEqual((outcome, problem["status"]), ("final", 403))


if __name__ == "__main__":
    unittest.main(verbosity=2)
