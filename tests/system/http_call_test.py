"""What a workflow's calls to other systems become: the engine, marshrut-http, a server (docs/workers.md §4)."""

import json
import threading
import unittest
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import yaml
from engine import Client, Engine, call, main, workflow

TOKEN = "s3cr3t-t0ken"
COMMUNICATION = "https://serverlessworkflow.io/spec/1.0.0/errors/communication"
OPENAPI = {"openapi": "3.1.0", "servers": [{"url": "/"}],
           "paths": {"/pets/{id}": {"get": {"operationId": "getPet", "parameters": [
               {"name": "id", "in": "path", "required": True, "schema": {}}]}}}}


class Site(BaseHTTPRequestHandler):
    def log_message(self, *args):
        pass

    def do_GET(self):
        self.server.seen.append((self.path, self.headers.get("Authorization")))
        status = int(self.path[8:]) if self.path.startswith("/status/") else 200
        if self.path == "/busy":
            status = 503 if self.server.busy.acquire(blocking=False) else 200
        answer = OPENAPI if self.path == "/openapi.json" else {"path": self.path}
        body = json.dumps(answer).encode()
        self.send_response(status)
        self.send_header("Content-Type", "application/json")
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)


def get(endpoint, **more):
    return call("http", **{"with": {"method": "get", "endpoint": endpoint, **more}})


class HttpCalls(unittest.TestCase):
    def setUp(self):
        self.server = ThreadingHTTPServer(("127.0.0.1", 0), Site)
        self.server.seen = []
        self.server.busy = threading.Semaphore(1)
        thread = threading.Thread(target=self.server.serve_forever, args=(0.05,))
        thread.start()
        self.addCleanup(self.server.server_close)
        self.addCleanup(thread.join)
        self.addCleanup(self.server.shutdown)
        self.site = f"http://127.0.0.1:{self.server.server_port}"
        self.engine = self.enterContext(Engine())

    def run_steps(self, *steps, data=None, use=None):
        """The finished instance of a workflow with these steps, and its client."""
        text = workflow("calls", *steps) + (yaml.safe_dump({"use": use}) if use else "")
        (self.engine.root / "secrets").mkdir()
        (self.engine.root / "secrets/registry").write_text(TOKEN + "\n", encoding="utf-8")
        self.engine.write_config(programs=[{"name": "http", "run": ["marshrut-http", "--secrets",
                                                                    str(self.engine.root / "secrets")]}])
        client = Client(self.engine.start())
        client.deploy(text, "calls.yaml")
        instance = client.start("calls", data or {})
        return client, instance

    def test_templates_queries_and_secrets(self):
        endpoint = {"uri": self.site + "/teachers/{id}", "authentication": {"use": "registry"}}
        client, instance = self.run_steps(
            ("ask", get(endpoint, query={"year": "${ .year }"})), data={"id": "t 17", "year": 2026},
            use={"secrets": ["registry"], "authentications": {"registry": {"bearer": {"use": "registry"}}}})
        self.assertEqual(client.until_state(instance, "completed")["data"], {"path": "/teachers/t%2017?year=2026"})
        self.assertEqual(self.server.seen, [("/teachers/t%2017?year=2026", f"Bearer {TOKEN}")])
        self.assertNotIn(TOKEN, json.dumps(client.history(instance)))
        self.assertNotIn(TOKEN, self.engine.log())

    def test_a_status_can_be_caught(self):
        client, instance = self.run_steps(
            ("guarded", {"try": [{"ask": get(self.site + "/status/404")}],
                         "catch": {"errors": {"with": {"type": COMMUNICATION, "status": 404}}, "as": "trouble",
                                   "do": [{"note": {"set": {"caught": "${ $trouble.status }"}}}]}}))
        self.assertEqual(client.until_state(instance, "completed")["data"], {"caught": 404})

    def test_what_may_pass_is_tried_again(self):
        client, instance = self.run_steps(("ask", get(self.site + "/busy")))
        self.assertEqual(client.until_state(instance, "completed")["data"], {"path": "/busy"})
        self.assertEqual([path for path, _ in self.server.seen], ["/busy", "/busy"])

    def test_an_operation_of_a_fetched_openapi_document(self):
        client, instance = self.run_steps(
            ("ask", call("openapi", **{"with": {"document": {"endpoint": self.site + "/openapi.json"},
                                                "operationId": "getPet", "parameters": {"id": "${ .pet }"}}})),
            data={"pet": 7})
        self.assertEqual(client.until_state(instance, "completed")["data"], {"path": "/pets/7"})


if __name__ == "__main__":
    main()
