"""gateway.py - the HTTP gateway of an engine, spoken to over bare sockets

Owns:    requests written byte by byte, so that a test can also send what no library would; answers
         read by the letter of RFC 9112: length, chunks, or the end of the connection.
Out:     Gateway (an Engine with http), Connection, Answer, problem().
Always:  nobody sleeps: a read ends with data, with the end of the connection, or with GUARD_S.
See:     docs/http.md
"""

import gzip
import json
import socket
from urllib.parse import quote

from engine import Client, Engine, GUARD_S, until, workflow

WAITS = workflow("waits", ("pause", {"wait": {"days": 3}}))


class Answer:
    def __init__(self, status, headers, body):
        self.status, self.headers, self.raw = status, headers, body
        packed = headers.get("content-encoding") == "gzip"
        self.body = gzip.decompress(body) if packed and body else body

    @property
    def json(self):
        return json.loads(self.body)


class Connection:
    """One connection. send() writes bytes as they are; answer() reads the next answer."""

    def __init__(self, port, timeout_s=GUARD_S):
        self.socket = socket.create_connection(("127.0.0.1", port), timeout_s)
        self.port, self.data = port, b""

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self.socket.close()

    def send(self, text):
        self.socket.sendall(text.encode() if isinstance(text, str) else text)

    def request(self, method, path, body=None, **headers):
        """Header names with _ for -; the usual ones are added unless they are given (None: left out)."""
        if body is not None and not isinstance(body, bytes):
            body = json.dumps(body, ensure_ascii=False).encode()
        lines = {"Host": f"127.0.0.1:{self.port}"}
        if body is not None:
            lines.update({"Content-Type": "application/json", "Content-Length": str(len(body))})
        lines.update({name.replace("_", "-"): value for name, value in headers.items()})
        head = "".join(f"{n}: {v}\r\n" for n, v in lines.items() if v is not None)
        self.send(f"{method} {path} HTTP/1.1\r\n{head}\r\n".encode() + (body or b""))

    def more(self):
        """Read once; False at the end."""
        try:
            data = self.socket.recv(65536)
        except ConnectionResetError:
            data = b""
        self.data += data
        return bool(data)

    def until(self, mark):
        while mark not in self.data:
            if not self.more():
                raise EOFError(f"closed before {mark!r}: {self.data[-300:]!r}")
        part, self.data = self.data.split(mark, 1)
        return part

    def take(self, size):
        while len(self.data) < size:
            if not self.more():
                raise EOFError("closed in the middle")
        part, self.data = self.data[:size], self.data[size:]
        return part

    def head(self):
        """Status and headers (lower case) of the next answer; its body is still to come."""
        first, *lines = self.until(b"\r\n\r\n").decode("latin-1").split("\r\n")
        headers = {}
        for line in lines:
            name, value = line.split(":", 1)
            headers[name.lower()] = value.strip()
        return int(first.split(" ")[1]), headers

    def chunk(self):
        size = int(self.until(b"\r\n"), 16)
        data = self.take(size)
        self.until(b"\r\n")
        return data

    def answer(self, method="GET"):
        status, headers = self.head()
        body = b""
        if method == "HEAD" or status in (204, 304):
            pass
        elif headers.get("transfer-encoding") == "chunked":
            while part := self.chunk():
                body += part
        elif "content-length" in headers:
            body = self.take(int(headers["content-length"]))
        else:
            while self.more():
                pass
            body, self.data = self.data, b""
        return Answer(status, headers, body)

    def closed(self):
        """Wait for the other side to close; what it still said."""
        while self.more():
            pass
        return self.data


class Gateway(Engine):
    """An engine that listens on a port that the system chose."""

    def __init__(self, documents=None, http=None, **config):
        super().__init__(documents if documents is not None else {"waits.yaml": WAITS},
                         http={"port": 0, **(http or {})}, **config)
        self.port = None

    def start(self, **more):
        super().start(**more)
        self.url = (self.folder / "http.url").read_text(encoding="ascii").strip()
        self.port = int(self.url.rsplit(":", 1)[1].strip("/"))
        return self

    def connect(self):
        return Connection(self.port)

    def ask(self, method, path, body=None, **headers):
        """One request on a connection of its own."""
        with self.connect() as connection:
            connection.request(method, path, body, **headers)
            return connection.answer(method)

    def get(self, path, **headers):
        return self.ask("GET", path, **headers)

    def look(self, path):
        """What is answered below /api/v1, which must be 200."""
        answer = self.get(f"/api/v1{path}")
        if answer.status != 200:
            raise AssertionError(f"{path}: {answer.status} {answer.body[:300]}")
        return answer

    def pages(self, path, rows=lambda page: page["rows"]):
        """The rows of all pages of a list."""
        found, after = [], None
        while True:
            mark = "&" if "?" in path else "?"
            page = self.look(path if after is None else f"{path}{mark}after={quote(str(after))}").json
            found += rows(page)
            after = page.get("next")
            if after is None:
                return found

    def post(self, path, body, **headers):
        return self.ask("POST", path, body, **{"Marshrut_By": "region", **headers})

    def metric(self, line):
        """The value of a metric with its labels, as it is printed."""
        for row in self.get("/metrics").body.decode().splitlines():
            if row.startswith(line + " "):
                return float(row.rsplit(" ", 1)[1])
        return None


__all__ = ["Answer", "Client", "Connection", "Gateway", "WAITS", "until", "workflow"]
