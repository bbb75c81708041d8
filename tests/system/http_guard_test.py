"""Who is let in, and what an address may look like (docs/http.md §1.1, §1.2)."""

import re
import socket
import unittest

from engine import Engine, main
from gateway import Gateway


def shape(case, answer, status, code):
    """A problem as RFC 9457 and docs/http.md §1.3 have it."""
    case.assertEqual(answer.status, status, answer.body[:300])
    case.assertEqual(answer.headers["content-type"], "application/problem+json")
    problem = answer.json
    case.assertEqual((problem["status"], problem["code"], problem["type"]),
                     (status, code, f"/problems/{code}"))
    case.assertTrue(problem["title"] and problem["detail"])
    return problem


class Guard(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.engine = Gateway().start()

    @classmethod
    def tearDownClass(cls):
        cls.engine.stop()
        cls.engine.__exit__(None)

    def test_only_a_loopback_name_with_our_port_is_served(self):
        port = self.engine.port
        for host in (f"localhost:{port}", f"127.0.0.1:{port}", f"127.9.8.7:{port}", f"LOCALHOST:{port}",
                     f"[::1]:{port}"):
            self.assertEqual(self.engine.get("/healthz", Host=host).status, 200, host)
        for host in ("evil.example", f"evil.example:{port}", "localhost", "127.0.0.1:1", "",
                     f"localhost.evil.example:{port}", f"127.0.0.1.evil.example:{port}",
                     f"10.0.0.1:{port}", f"[::2]:{port}", f"127.1:{port}", f"localhost:{port}x"):
            shape(self, self.engine.get("/healthz", Host=host), 421, "refused")

    def test_pages_of_other_sites_are_refused(self):
        port = self.engine.port
        self.assertEqual(self.engine.get("/healthz", Origin=f"http://localhost:{port}").status, 200)
        for origin in ("http://evil.example", "null", f"https://localhost:{port}",
                       f"http://localhost:{port}.evil.example", "http://localhost:1"):
            shape(self, self.engine.get("/healthz", Origin=origin), 403, "refused")
        for site in ("cross-site", "same-site"):
            shape(self, self.engine.get("/healthz", Sec_Fetch_Site=site), 403, "refused")
            shape(self, self.engine.post("/api/v1/instances", {}, Sec_Fetch_Site=site,
                                         Sec_Fetch_Mode="navigate"), 403, "refused")
            opened = self.engine.get("/healthz", Sec_Fetch_Site=site, Sec_Fetch_Mode="navigate")
            self.assertEqual(opened.status, 200)
        self.assertEqual(self.engine.get("/healthz", Sec_Fetch_Site="same-origin").status, 200)

    def test_what_a_page_may_load_is_said_with_every_answer(self):
        for path in ("/healthz", "/", "/nowhere"):
            headers = self.engine.get(path).headers
            self.assertEqual(headers["x-content-type-options"], "nosniff")
            self.assertEqual(headers["referrer-policy"], "no-referrer")
            self.assertIn("frame-ancestors 'none'", headers["content-security-policy"])
            self.assertIn("default-src 'self'", headers["content-security-policy"])
            self.assertNotIn("access-control-allow-origin", headers)

    def test_tricks_with_paths_lead_nowhere(self):
        for path in ("/../etc/passwd", "/..%2f..%2fetc/passwd", "/%2e%2e/etc/passwd", "//etc/passwd",
                     "/js/../index.html", "/js/%00main.js", "/js/./main.js", "/js//main.js",
                     "/js\\..\\x", "/%5c..%5cx", "/js/", "/%", "/%zz", "/%ff%fe", "/a%0db",
                     "/api/v1/stats/", "/index.html#x"):
            shape(self, self.engine.get(path), 400, "syntax")
        for path in ("/nowhere", "/.git/config", "/js", "/etc/passwd", "/api/v2/stats", "/api/v1",
                     "/api/v1/instances/0", "/api/v1/instances/-1", "/api/v1/instances/x",
                     "/api/v1/instances/99999999999999999999"):
            shape(self, self.engine.get(path), 404, "not-found")
        shape(self, self.engine.get("/" + "a" * 9000), 414, "too-large")
        shape(self, self.engine.get("/a" * 20), 414, "too-large")
        problem = shape(self, self.engine.get('/<script>"'), 404, "not-found")
        self.assertNotIn('"', problem["instance"])

    def test_an_unknown_parameter_and_one_that_comes_twice_are_refused(self):
        shape(self, self.engine.get("/healthz?x=1"), 400, "invalid")
        shape(self, self.engine.get("/api/v1/instances?limit=5&limit=6"), 400, "invalid")
        for limit in ("0", "1001", "x", "1.5", "99999999999999999999", "-1", "%20"):
            shape(self, self.engine.get(f"/api/v1/instances?limit={limit}"), 400, "invalid")
        shape(self, self.engine.get("/healthz?" + "&".join(f"p{i}=1" for i in range(40))), 414, "too-large")

    def test_a_method_that_an_address_does_not_know_says_which_it_knows(self):
        for method in ("PUT", "DELETE", "PATCH", "OPTIONS", "TRACE", "BREW"):
            answer = self.engine.ask(method, "/api/v1/stats")
            shape(self, answer, 405, "unsupported")
            self.assertEqual(answer.headers["allow"], "GET, HEAD")
        self.assertEqual(self.engine.ask("DELETE", "/").headers["allow"], "GET, HEAD")

    def test_head_is_get_without_a_body(self):
        with self.engine.connect() as connection:
            for path in ("/healthz", "/", "/api/v1/stats"):
                connection.request("HEAD", path)
                answer = connection.answer("HEAD")
                self.assertEqual(answer.status, 200)
                self.assertGreater(int(answer.headers["content-length"]), 0)
            connection.request("GET", "/healthz")
            self.assertEqual(connection.answer().json, {"alive": True})

    def test_old_clients_and_hurried_ones_are_answered(self):
        host = f"Host: localhost:{self.engine.port}\r\n"
        with self.engine.connect() as connection:
            connection.send(f"GET /healthz HTTP/1.0\r\n{host}\r\n")
            self.assertEqual(connection.answer().status, 200)
            connection.closed()
        with self.engine.connect() as connection:
            connection.send(f"GET /api/v1/stats HTTP/1.1\r\n{host}\r\n" * 20)
            for _ in range(20):
                self.assertEqual(connection.answer().status, 200)
        with self.engine.connect() as connection:  # no Host at all
            connection.send("GET /healthz HTTP/1.1\r\n\r\n")
            self.assertIn(connection.answer().status, (400, 421))

    def test_what_is_no_http_ends_with_its_connection(self):
        for text in (b"\x16\x03\x01\x02\x00\x01\x00\x01\xfc\x03\x03", b"GET\r\n\r\n", b"\0" * 2000 + b"\r\n\r\n",
                     b"GET / HTTP/9.9\r\n\r\n", b"GET / HTTP/1.1\r\nX" + b"y" * 70000 + b"\r\n\r\n",
                     b"GET /healthz HTTP/1.1\r\nHost: a\r\nHost: b\r\n\r\n"):
            with self.engine.connect() as connection:
                connection.send(text)
                connection.socket.shutdown(socket.SHUT_WR)
                said = connection.closed()
                self.assertNotRegex(said, rb"^HTTP/1.1 2", text[:30])
        self.assertEqual(self.engine.get("/healthz").status, 200)

    def test_headers_have_a_limit(self):
        shape(self, self.engine.get("/healthz", X_Long="x" * 17000), 431, "too-large")
        self.assertEqual(self.engine.get("/healthz", X_Long="x" * 15000).status, 200)
        self.assertIn(self.engine.get("/healthz", X_Long="x" * 60000).status, (431,))


class Address(unittest.TestCase):
    def test_an_address_that_others_can_reach_is_refused(self):
        for address in ("0.0.0.0", "10.0.0.1", "::", "localhost", "example.org"):
            with Engine(http={"address": address, "port": 0}) as engine:
                status, text = engine.refuse_to_start()
                self.assertEqual(status, 1)
                self.assertIn("no accounts yet", text)

    def test_a_taken_port_is_said_with_what_to_do(self):
        with socket.create_server(("127.0.0.1", 0)) as taken:
            port = taken.getsockname()[1]
            with Engine(http={"port": port}) as engine:
                status, text = engine.refuse_to_start()
                self.assertEqual(status, 1)
                self.assertRegex(text, rf"port {port} .*http\.port")

    def test_the_address_is_logged_and_written_while_it_lasts(self):
        with Gateway() as engine:
            engine.start()
            self.assertTrue(re.fullmatch(r"http://127\.0\.0\.1:\d+/", engine.url))
            self.assertTrue(engine.logged("MR-HTTP ", f"url={engine.url}"))
            engine.stop()
            self.assertFalse((engine.folder / "http.url").exists())

    def test_without_the_section_nothing_is_served(self):
        with Engine() as engine:
            engine.start()
            self.assertFalse((engine.folder / "http.url").exists())


if __name__ == "__main__":
    main()
