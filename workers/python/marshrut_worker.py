"""marshrut_worker.py - a worker of Marshrut in Python, written from docs/protocol.md §2 alone

Needs Python 3.9 and python3-zmq. Handlers run in threads, as many as the capacity; the socket and
everything that is said stay in the thread of run(). Results are kept until the engine has
acknowledged them; a lost engine is waited for.

    worker = Worker("tcp://127.0.0.1:7701", "echo-1", capacity=4)
    worker.offer("echo", lambda task: task.input)
    worker.run()
"""

import json
import queue
import socket
import time
from concurrent.futures import ThreadPoolExecutor

import zmq

PAYLOAD_BYTES_MAX = 1 << 20  # §1.5
TEXT_CHARACTERS_MAX = 1000   # of a title or detail: 4,096 bytes hold any of these
SILENCE_BEATS = 3            # §2.9
PATIENCE_S = 2.0             # §2.12: wait for WELCOME
PATIENCE_S_MAX = 10.0
LEAVE_S = 1.0                # a stop waits that long for the last ACK
WITH_PAYLOAD = ("TASK", "ERROR")  # of what the engine sends


class Failure(Exception):
    """Raised by a handler: the attempt failed. retry: trying again may help."""

    def __init__(self, title, detail=None, retry=True):
        super().__init__(title)
        self.title, self.detail, self.retry = title, detail, retry


class Task:
    """One attempt. `id` ("17.2") is the same for all attempts of a task."""

    def __init__(self, task_id, attempt, service, limit_ms, data):
        self.id, self.attempt, self.service, self.limit_ms = task_id, attempt, service, limit_ms
        self.input = data
        self.dropped = False  # a handler that takes long may look: nobody waits any more

    @property
    def key(self):
        return (self.id, self.attempt)


class Worker:
    def __init__(self, endpoint, name, capacity=1, report=None):
        self.endpoint, self.name, self.capacity = endpoint, name, capacity
        self.report = report or (lambda text: None)
        self.handlers = {}
        self.running = {}   # key -> Task
        self.results = []   # [serial or None, words, payload, key], not acknowledged, in order
        self.finished = queue.SimpleQueue()  # from the threads: (task, words, payload)
        self.serial = 0
        self.credit = 0     # given and not used
        self.live = False
        self.stopped = False
        self.patience_s = PATIENCE_S
        self.heartbeat_s = PATIENCE_S
        self.sent = self.heard = self.greeted = time.monotonic()
        self.context = zmq.Context()
        self.socket = None
        self.bell, self.ringer = socket.socketpair()
        self.ringer.setblocking(False)

    def offer(self, service, handler):
        """handler(task) returns the output (anything JSON), or raises."""
        self.handlers[service] = handler

    def stop(self):
        """From any thread or a signal handler."""
        self.stopped = True
        self._ring()

    def run(self):
        with ThreadPoolExecutor(self.capacity) as pool:
            self._connect()
            while not self.stopped:
                self._turn(pool)
            self._leave()

    # -- one turn of the loop ------------------------------------------------------------------

    def _turn(self, pool):
        poller = zmq.Poller()
        poller.register(self.socket, zmq.POLLIN)
        poller.register(self.bell, zmq.POLLIN)
        ready = dict(poller.poll(max(0, int(1000 * (self._due() - time.monotonic())) + 1)))
        if self.bell.fileno() in ready:
            self.bell.recv(4096)
        if self.socket in ready:
            self._receive(pool)
        self._collect()
        self._tick()

    def _due(self):
        if not self.live:
            return self.greeted + self.patience_s
        return min(self.sent + self.heartbeat_s, self.heard + SILENCE_BEATS * self.heartbeat_s)

    def _tick(self):
        now = time.monotonic()
        if not self.live:
            if now >= self.greeted + self.patience_s:
                self.patience_s = min(2 * self.patience_s, PATIENCE_S_MAX)
                self._connect()
        elif now >= self.heard + SILENCE_BEATS * self.heartbeat_s:
            self.report("the engine is silent")
            self._connect()
        else:
            self._give_credit()
            if now >= self.sent + self.heartbeat_s:
                self._send("HEARTBEAT")

    def _leave(self):
        end = time.monotonic() + LEAVE_S
        while self.live and self.results and time.monotonic() < end:
            if self.socket.poll(50):
                self._receive(None)
        if self.live:
            self._send("BYE")
        self.socket.close(linger=500)
        self.context.term()
        self.bell.close()

    # -- saying --------------------------------------------------------------------------------

    def _send(self, words, payload=None):
        header = f"MW1 {words}".encode("ascii")
        self.socket.send_multipart([header] if payload is None else [header, payload])
        self.sent = time.monotonic()

    def _connect(self):
        """A new socket; what the old one did not send is kept here, not there (§2.12)."""
        if self.socket is not None:
            self.socket.close(linger=0)
        self.socket = self.context.socket(zmq.DEALER)
        self.socket.setsockopt(zmq.SNDHWM, 0)
        self.socket.setsockopt(zmq.LINGER, 0)
        self.socket.connect(self.endpoint)
        self._hello()

    def _hello(self):
        self.live = False
        self.serial = 0
        for result in self.results:
            result[0] = None
        self.credit = self._room()
        running = [f"{t.id}/{t.attempt}" for t in self.running.values() if not t.dropped]
        payload = {"services": sorted(self.handlers), "running": running}
        self._send(f"HELLO {self.name} {self.credit}", json.dumps(payload).encode())
        self.greeted = time.monotonic()

    def _room(self):
        held = len(self.running)
        return max(0, min(self.capacity - held, 2 * self.capacity - held - len(self.results)))

    def _give_credit(self):
        more = self._room() - self.credit
        if more > 0:
            self.credit += more
            self._send(f"CREDIT {more}")

    def _send_result(self, result):
        if result[0] is None:
            self.serial += 1
            result[0] = self.serial
        kind, rest = result[1]
        self._send(f"{kind} {result[0]} {rest}", result[2])

    # -- hearing -------------------------------------------------------------------------------

    def _receive(self, pool):
        while True:
            try:
                frames = self.socket.recv_multipart(zmq.NOBLOCK)
            except zmq.Again:
                return
            self.heard = time.monotonic()
            try:
                self._handle(frames, pool)
            except (ValueError, TypeError) as error:  # also bad ASCII, bad numbers
                self.report(f"ignored {frames[0][:80]!r}: {error}")

    def _handle(self, frames, pool):
        words = frames[0].decode("ascii").split(" ")
        if len(words) < 2 or words[0] != "MW1":
            raise ValueError("not MW1")
        kind, fields = words[1], words[2:]
        if len(frames) != (2 if kind in WITH_PAYLOAD else 1):
            raise ValueError("wrong number of frames")
        if kind == "WELCOME":
            self._on_welcome(*fields)
        elif kind == "ERROR":
            self._on_error(frames[1], *fields)
        elif not self.live:
            return
        elif kind == "TASK":
            self._on_task(pool, frames[1], *fields)
        elif kind == "DROP":
            task_id, attempt = fields
            task = self.running.get((task_id, int(attempt)))
            if task is not None:
                task.dropped = True
        elif kind == "ACK":
            acknowledged = int(*fields)
            self.results = [r for r in self.results if r[0] is None or r[0] > acknowledged]
        elif kind == "BYE":
            self._connect()
        elif kind != "HEARTBEAT":
            raise ValueError("no such message")

    def _on_welcome(self, heartbeat_ms):
        self.heartbeat_s = int(heartbeat_ms) / 1000
        if not self.live:
            self.report(f"connected to {self.endpoint}")
        self.live = True
        self.patience_s = PATIENCE_S
        for result in self.results:
            self._send_result(result)

    def _on_error(self, payload, code):
        if code != "refused":
            self.report(f"refused: {code} {payload[:400].decode(errors='replace')}")
        elif self.live:
            self.report("the engine does not know this connection any more")
            self._hello()

    def _on_task(self, pool, payload, task_id, attempt, service, limit_ms):
        task = Task(task_id, int(attempt), service, int(limit_ms), None)
        credited = self.credit > 0
        self.credit -= 1 if credited else 0
        if pool is None or task.key in self.running or task.key in [r[3] for r in self.results]:
            return  # §2.4: leaving, or this attempt is here already
        self.running[task.key] = task
        if not credited:
            self.finished.put((task, *fail(task, Failure("the worker has no room"))))
        elif service not in self.handlers:
            self.finished.put((task, *fail(task, Failure("this service is not offered here"))))
        else:
            pool.submit(self._work, task, payload, self.handlers[service])

    # -- working -------------------------------------------------------------------------------

    def _work(self, task, payload, handler):
        """In a thread of the pool."""
        try:
            task.input = json.loads(payload) if payload else None
            output = json.dumps(handler(task), ensure_ascii=False, allow_nan=False).encode()
            if len(output) > PAYLOAD_BYTES_MAX:
                raise Failure("the result is too large", f"{len(output)} bytes", retry=False)
            result = ("DONE", f"{task.id} {task.attempt}"), output
        except Failure as failure:
            result = fail(task, failure)
        except Exception as error:  # a bug of the handler is the failure of its task only
            result = fail(task, Failure(type(error).__name__, str(error)))
        self.finished.put((task, *result))
        self._ring()

    def _ring(self):
        try:
            self.ringer.send(b".")
        except BlockingIOError:
            pass  # the bell rings already

    def _collect(self):
        while not self.finished.empty():
            task, words, payload = self.finished.get()
            del self.running[task.key]
            if task.dropped:
                continue
            self.results.append([None, words, payload, task.key])
            if self.live:
                self._send_result(self.results[-1])


def fail(task, failure):
    """The words and the payload of FAIL (§2.6)."""
    problem = {"type": "about:blank", "status": 500, "title": failure.title[:TEXT_CHARACTERS_MAX]}
    if failure.detail is not None:
        problem["detail"] = failure.detail[:TEXT_CHARACTERS_MAX]
    rest = f"{task.id} {task.attempt} {'retry' if failure.retry else 'final'}"
    return ("FAIL", rest), json.dumps(problem, ensure_ascii=False).encode("utf-8", "replace")
