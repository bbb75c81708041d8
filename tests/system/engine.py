"""engine.py - real processes for the system tests: marshrutd, clients, workers

Owns:    the temporary folder of a test, the processes in it, and the two protocols as a stranger
         would speak them from docs/protocol.md: nothing here is shared with the C sources.
In:      MARSHRUT_BIN, the folder of the built programs.
Out:     Engine, Client, Worker, Hand (a worker in a thread), Letters.
Always:  nobody sleeps: whoever waits, waits for a message with GUARD_S as the end of patience.
         Whatever was started is ended, also when a test fails.
See:     docs/protocol.md, docs/configuration.md
"""

import collections
import datetime
import email
import email.policy
import json
import os
import pathlib
import select
import shutil
import signal
import subprocess
import sys
import tempfile
import threading
import time
import unittest

import yaml
import zmq

sys.setrecursionlimit(20000)  # for JSON as deep as the engine takes it

GUARD_S = float(os.environ.get("MARSHRUT_GUARD_S", "60"))  # nothing measured: only an end of patience
NUDGE_MS = 100  # between two looks when no event tells that something happened
SKIPPED = 77    # what ctest reads as "skipped"
ROOT = pathlib.Path(__file__).resolve().parents[2]
BIN = pathlib.Path(os.environ.get("MARSHRUT_BIN", ROOT / "build/asan/bin"))


class Refused(Exception):
    """An answer ERROR: its code, its sentence and the fields beside."""

    def __init__(self, code, payload):
        super().__init__(f"{code}: {payload}")
        self.code, self.payload = code, payload
        self.text = payload.get("text", "")


class NoAnswer(Exception):
    """The engine said nothing until the end of patience."""


def workflow(name, *steps):
    """A workflow as YAML; each step is (name, {what it does})."""
    document = {"dsl": "1.0.3", "namespace": "tests", "name": name, "version": "1"}
    return yaml.safe_dump({"document": document, "do": [{n: what} for n, what in steps]},
                          sort_keys=False, allow_unicode=True)


def roadmap(name, year, *items):
    """The plan of a year as YAML, under control of the region."""
    document = {"kind": "roadmap", "name": name, "version": "1"}
    period = {"from": datetime.date(year, 1, 1), "to": datetime.date(year, 12, 31)}
    return yaml.safe_dump({"document": document, "period": period, "controller": "region", "policy": "default",
                           "items": list(items)}, sort_keys=False, allow_unicode=True)


def call(service, attempts=3, delay="PT0.01S", timeout_ms=None, delay_max="PT0.05S", **more):
    """A step that calls a service; tests wait for no pauses, so these are short."""
    step = {"call": service, **more,
            "metadata": {"marshrut": {"retry": {"attempts": attempts, "delay": delay,
                                                "delayMax": delay_max, "jitter": 0}}}}
    if timeout_ms is not None:
        step["timeout"] = {"after": {"milliseconds": timeout_ms}}
    return step


BODIES = """\
document: {kind: bodies, name: people, version: '1'}
timezone: Europe/Moscow
bodies:
  - {id: school, name: Школа № 1, email: school@lo.invalid, parent: district}
  - {id: lyceum, name: Лицей, email: lyceum@lo.invalid, parent: district}
  - {id: district, name: Районный отдел, email: district@lo.invalid, parent: region}
  - {id: region, name: Комитет, email: region@lo.invalid}
"""
POLICY = """\
document: {kind: policy, name: default, version: '1'}
at: '09:00'
soon: 10
ladder:
  - remind: 3 days before
  - remind: on the day
  - escalate: 1 day after
    to: parent
  - escalate: 5 days after
    to: controller
    critical: true
"""
PRESSING = """\
document: {kind: policy, name: pressing, version: '1'}
at: '09:00'
soon: 5
ladder:
  - {escalate: on the day, to: controller, critical: true}
"""
# A plan and a cycle with all that they need.
REGION = [str(ROOT / "workflows" / name) for name in (
    "calendars/ru.yaml", "bodies/federal.yaml", "bodies/lo.yaml", "policies/default.yaml", "policies/teachers.yaml",
    "roadmap-item.yaml", "roadmaps/lo-2023.yaml", "cycles/teacher-cycle.yaml")]


def assignment(first, last, **more):
    """A step that gives an assignment to a school and a lyceum."""
    return {"call": "assignment",
            "with": {"title": "Утвердить план", "responsible": ["school", "lyceum"],
                     "controller": "region", "due": {"from": first, "to": last},
                     "policy": "default", **more}}


# --- the engine -----------------------------------------------------------------------------------

class Engine:
    """marshrutd in a folder of its own. documents: file name -> YAML text, deployed at start."""

    def __init__(self, documents=None, folder=None, **config):
        self.root = pathlib.Path(tempfile.mkdtemp(prefix="mrt", dir="/tmp"))
        self.folder = pathlib.Path(folder) if folder else self.root / "data"
        self.context = zmq.Context()
        self.process = None
        self.others = []
        self.log_file = open(self.root / "log", "w+", encoding="utf-8", errors="replace")
        self.config = {"folder": str(self.folder), "heartbeat_ms": 500, "log": "debug",
                       "endpoints": {n: f"ipc://{self.root}/{n}"
                                     for n in ("workers", "clients", "events")}, **config}
        for name, text in (documents or {}).items():
            (self.root / name).write_bytes(text if isinstance(text, bytes) else text.encode())
            self.config.setdefault("deploy", []).append(name)
        self.write_config()

    def write_config(self, **changes):
        self.config.update(changes)
        text = yaml.safe_dump(self.config, allow_unicode=True, sort_keys=False)
        (self.root / "config.yaml").write_text(text, encoding="utf-8")

    def endpoint(self, name):
        return self.config["endpoints"][name]

    def __enter__(self):
        return self

    def __exit__(self, kind, *_):
        failed = kind is not None and not issubclass(kind, unittest.SkipTest)
        if failed or os.environ.get("MARSHRUT_SHOW_LOG"):
            print(f"--- the end of the log of {self.root}:\n{self.log()[-6000:]}", file=sys.stderr)
        for process in [self.process, *self.others]:
            if process is not None and process.poll() is None:
                process.kill()
                process.wait()
        self.context.destroy(linger=0)
        self.log_file.close()
        shutil.rmtree(self.root, ignore_errors=True)

    def run(self, *words, wait=False, program="marshrutd", before=()):
        """Start a program with its messages in our log; wait: until its end, (status, messages)."""
        environment = {**os.environ, "MARSHRUT_FOLDER": str(self.folder),
                       **{f"MARSHRUT_{n.upper()}": self.endpoint(n) for n in self.config["endpoints"]}}
        command = [*before, str(BIN / program), *map(str, words)]
        if wait:
            done = subprocess.run(command, capture_output=True, timeout=GUARD_S, check=False,
                                  env=environment, text=True, errors="replace")
            return done.returncode, done.stdout + done.stderr
        return subprocess.Popen(command, stderr=self.log_file, stdout=self.log_file,
                                env=environment)

    def refuse_to_start(self):
        """Start the engine, which must not start: its exit status and what it said."""
        return self.run("--config", self.root / "config.yaml", wait=True)

    def start(self, before=(), guard_s=GUARD_S):
        """Start it and wait until it answers."""
        self.process = self.run("--config", self.root / "config.yaml", before=before)
        client = Client(self)
        end = time.monotonic() + guard_s
        while True:
            if self.process.poll() is not None:
                raise AssertionError(f"marshrutd ended with {self.process.returncode}:\n"
                                     f"{self.log()[-3000:]}")
            try:
                client.ask("STATS", patience_s=0.25)
                break
            except NoAnswer:
                if time.monotonic() > end:
                    raise
        client.close()
        return self

    def kill(self):
        """End it as a power cut would."""
        self.process.send_signal(signal.SIGKILL)
        self.process.wait()

    def restart(self):
        self.kill()
        return self.start()

    def stop(self):
        """Ask it to stop. It must do so cleanly: this is where the leak checker of a sanitized
        build has its say, too."""
        self.process.send_signal(signal.SIGTERM)
        status = self.process.wait(GUARD_S)
        if status != 0:
            raise AssertionError(f"marshrutd ended with {status}:\n{self.log()[-6000:]}")

    def also(self, program, *words):
        """Another program, ended with the test."""
        self.others.append(self.run(*words, program=program))
        return self.others[-1]

    def log(self):
        """What it has said so far."""
        return (self.root / "log").read_text(encoding="utf-8", errors="replace")

    def logged(self, *marks):
        """Is there a line with all these marks?"""
        return any(all(mark in line for mark in marks) for line in self.log().splitlines())

    def verify(self, client=None):
        """Replay the journal; it must agree with the state."""
        mine = client or Client(self)
        result = mine.ask("VERIFY")
        if mine is not client:
            mine.close()
        if result["differences"] != 0:
            raise AssertionError(f"the journal and the state differ: {result}")
        return result


def until(client, question, good, why="", guard_s=GUARD_S):
    """Ask again at each event of the engine until the answer is good; that answer."""
    events = client.context.socket(zmq.SUB)
    events.setsockopt(zmq.SUBSCRIBE, b"ru.marshrut.journal.")
    events.connect(client.engine.endpoint("events"))
    end = time.monotonic() + guard_s
    try:
        while True:
            answer = question()
            if good(answer):
                return answer
            if time.monotonic() > end:
                raise AssertionError(f"it did not come: {why or question}; last seen: {answer}")
            if events.poll(NUDGE_MS):
                events.recv_multipart()
    finally:
        events.close(linger=0)


# --- clients --------------------------------------------------------------------------------------

class Client:
    """MC1 (docs/protocol.md §3). Answers may come in any order; each is handed out once."""

    def __init__(self, engine):
        self.engine, self.context = engine, engine.context
        self.socket = self.context.socket(zmq.DEALER)
        self.socket.setsockopt(zmq.LINGER, 0)
        self.socket.setsockopt(zmq.SNDHWM, 0)
        self.socket.setsockopt(zmq.RCVHWM, 0)
        self.socket.setsockopt(zmq.RECONNECT_IVL, 10)
        self.socket.connect(engine.endpoint("clients"))
        self.last = 0
        self.answers = {}

    def close(self):
        self.socket.close(linger=0)

    def send(self, verb, payload=None, words=""):
        self.last += 1
        header = f"MC1 {verb} {self.last}{words}".encode()
        if payload is None:
            payload = b""
        if not isinstance(payload, bytes):
            payload = json.dumps(payload, ensure_ascii=False).encode()
        self.socket.send_multipart([header, payload])
        return self.last

    def send_start(self, definition, data=None, key="-", priority=5):
        return self.send("START", data if data is not None else {}, f" {definition} {key} {priority}")

    def take(self, timeout_ms):
        """The next answer in the socket: (request, code or None, payload), or None."""
        if not self.socket.poll(timeout_ms):
            return None
        header, *rest = self.socket.recv_multipart()
        words = header.decode("ascii").split(" ")
        assert words[0] == "MC1" and words[1] in ("OK", "ERROR"), header
        payload = json.loads(rest[0]) if rest and rest[0] else {}
        return int(words[2]), words[3] if words[1] == "ERROR" else None, payload

    def answer(self, request, patience_s=GUARD_S):
        end = time.monotonic() + patience_s
        while request not in self.answers:
            got = self.take(max(0, min(1000, int((end - time.monotonic()) * 1000))))
            if got is not None:
                self.answers[got[0]] = got[1:]
            elif self.engine.process.poll() is not None:
                raise NoAnswer(f"request {request}: marshrutd ended with {self.engine.process.returncode}")
            elif time.monotonic() >= end:
                raise NoAnswer(f"request {request}")
        code, payload = self.answers.pop(request)
        if code is not None:
            raise Refused(code, payload)
        return payload

    def ask(self, verb, patience_s=GUARD_S, **fields):
        return self.answer(self.send(verb, fields), patience_s)

    def start(self, definition, data=None, key="-", priority=5):
        return self.answer(self.send_start(definition, data, key, priority))["instance"]

    def deploy(self, text, file="document.yaml"):
        return self.ask("DEPLOY", file=file, text=text)

    def pages(self, verb, **fields):
        """All rows, page by page."""
        after = None
        while True:
            page = self.ask(verb, **fields, **({} if after is None else {"after": after}))
            yield from page["rows"]
            after = page["next"]
            if after is None:
                return

    def show(self, instance):
        return self.ask("SHOW", instance=instance)

    def history(self, instance):
        """All records, oldest first; pages come newest first."""
        rows, before = [], {}
        while True:
            page = self.ask("HISTORY", instance=instance, limit=1000, **before)
            rows = page["rows"] + rows
            if page["next"] is None:
                return rows
            before = {"before": page["next"]}

    def until_state(self, instance, state):
        return until(self, lambda: self.show(instance), lambda row: row["state"] == state,
                     f"instance {instance} {state}")

    def until_task(self, instance, **wanted):
        """Wait until the instance has a task like this; that task."""
        def find(row):
            return [t for t in row["tasks"] if all(t.get(k) == v for k, v in wanted.items())]
        return find(until(self, lambda: self.show(instance), find, f"a task with {wanted}"))[0]


# --- workers --------------------------------------------------------------------------------------

class Worker:
    """MW1 (docs/protocol.md §2), one word at a time: it says what the test wants said."""

    def __init__(self, engine, name, *services, credit=1, running=(), greet=True):
        self.engine, self.name, self.services, self.credit = engine, name, services, credit
        self.serial = 0
        self.acked = 0
        self.kept = []  # messages that came while another was waited for
        self.socket = None
        self.heartbeat_ms = 500
        self.connect()
        if greet:
            self.hello(running)

    def connect(self):
        if self.socket is not None:
            self.socket.close(linger=0)
        self.socket = self.engine.context.socket(zmq.DEALER)
        self.socket.setsockopt(zmq.LINGER, 0)
        self.socket.setsockopt(zmq.SNDHWM, 0)
        self.socket.setsockopt(zmq.RECONNECT_IVL, 10)
        self.socket.connect(self.engine.endpoint("workers"))

    def close(self):
        """Gone without a word, as a process that was killed."""
        self.socket.close(linger=0)

    def say(self, words, payload=None):
        self.said = time.monotonic()
        self.socket.send_multipart([f"MW1 {words}".encode()] + ([] if payload is None else [payload]))

    def hello(self, running=(), credit=None):
        self.serial = self.acked = 0
        body = {"services": list(self.services), "running": list(running)}
        self.say(f"HELLO {self.name} {self.credit if credit is None else credit}",
                 json.dumps(body).encode())
        self.heartbeat_ms = int(self.expect("WELCOME")[0][0])

    def hear(self, timeout_ms):
        """The next message: (kind, words, payload or None), or None. Our silence never grows too
        long while we listen."""
        if self.kept:
            return self.kept.pop(0)
        end = time.monotonic() + timeout_ms / 1000
        while True:
            now = time.monotonic()
            beat = self.said + self.heartbeat_ms / 1000
            if self.socket.poll(max(0, int((min(end, beat) - now) * 1000))):
                header, *rest = self.socket.recv_multipart()
                words = header.decode("ascii").split(" ")
                assert words[0] == "MW1", header
                return words[1], words[2:], rest[0] if rest else None
            if now >= end:
                return None
            if now >= beat:
                self.say("HEARTBEAT")

    def expect(self, kind, guard_s=GUARD_S):
        """Wait for this kind; (words, payload). What else comes is kept, but no heartbeats."""
        later, end = [], time.monotonic() + guard_s
        try:
            while time.monotonic() < end:
                got = self.hear(int(guard_s * 1000))
                if got is None:
                    break
                if got[0] == kind:
                    return got[1], got[2]
                if got[0] != "HEARTBEAT":
                    later.append(got)
        finally:
            self.kept[:0] = later
        raise AssertionError(f"{self.name}: no {kind}; came: {later[-5:]}")

    def task(self):
        """The next TASK: (task, attempt, input)."""
        (task, attempt, _, _), payload = self.expect("TASK")
        return task, int(attempt), json.loads(payload)

    def done(self, task, attempt, output=None, raw=None):
        self.serial += 1
        payload = raw if raw is not None else json.dumps(output if output is not None else {}).encode()
        self.say(f"DONE {self.serial} {task} {attempt}", payload)
        return self.serial

    def fail(self, task, attempt, title="it failed", retry=True):
        self.serial += 1
        self.say(f"FAIL {self.serial} {task} {attempt} {'retry' if retry else 'final'}",
                 json.dumps({"title": title}).encode())
        return self.serial

    def acknowledged(self, serial):
        """Wait until the engine has acknowledged this result."""
        while self.acked < serial:
            self.acked = int(self.expect("ACK")[0][0])

    def refused(self, code):
        """Wait for the ERROR to what was just said; its sentence."""
        words, payload = self.expect("ERROR")
        if words != [code]:
            raise AssertionError(f"{self.name}: refused with {words}, not {code}: {payload}")
        return json.loads(payload)["text"]


class Hand(threading.Thread):
    """An honest worker in a thread. It lives through restarts of the engine as §2.12 wants it:
    results are kept until acknowledged, and sent again after each WELCOME, before new ones.
    handler(task, attempt, input) returns the output; raising Failure fails the attempt."""

    class Failure(Exception):
        def __init__(self, title, retry=True):
            super().__init__(title)
            self.retry = retry

    def __init__(self, engine, name, *services, capacity=10, handler=lambda task, attempt, data: data):
        super().__init__(name=name, daemon=True)
        self.engine, self.services, self.capacity, self.handler = engine, services, capacity, handler
        self.done = []      # (task, attempt) in the order they were worked on
        self.leave = threading.Event()
        self.dead = False
        self.trouble = None
        self.start()

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self.leave.set()
        self.join(GUARD_S)
        if self.trouble is not None and _[0] is None:
            raise self.trouble

    def abandon(self):
        """Die without a word, in the middle of whatever it does."""
        self.dead = True
        self.leave.set()
        self.join(GUARD_S)

    def run(self):
        try:
            self._run()
        except BaseException as trouble:  # shown by the test, not by the thread
            self.trouble = trouble

    def _open(self):
        if getattr(self, "socket", None) is not None:
            self.socket.close(linger=0)
        self.socket = self.engine.context.socket(zmq.DEALER)
        self.socket.setsockopt(zmq.LINGER, 0)
        self.socket.setsockopt(zmq.SNDHWM, 0)
        self.socket.setsockopt(zmq.RECONNECT_IVL, 10)
        self.socket.connect(self.engine.endpoint("workers"))
        self._hello()

    def _hello(self):
        self.live, self.serial = False, 0
        body = json.dumps({"services": list(self.services), "running": []}).encode()
        self._say(f"HELLO {self.name} {self.capacity}", body)
        self.greeted = time.monotonic()

    def _say(self, words, payload=None):
        self.socket.send_multipart([f"MW1 {words}".encode()] + ([] if payload is None else [payload]))
        self.said = time.monotonic()

    def _result(self, result):
        self.serial += 1
        result[0] = self.serial
        self._say(f"{result[1]} {result[0]} {result[2]}", result[3])

    def _run(self):
        self.results, self.heard, self.beat = [], time.monotonic(), 0.5
        self._open()
        while not self.leave.is_set():
            if self.socket.poll(50):
                header, *rest = self.socket.recv_multipart()
                self.heard = time.monotonic()
                self._handle(header.decode().split(" ")[1:], rest)
            now = time.monotonic()
            if not self.live and now - self.greeted > 1 or now - self.heard > 3 * self.beat + 1:
                self.heard = now
                self._open()
            elif self.live and now - self.said > self.beat:
                self._say("HEARTBEAT")
        if self.live and not self.dead:
            self._say("BYE")
        self.socket.close(linger=0 if self.dead else 200)

    def _handle(self, words, rest):
        kind = words[0]
        if kind == "WELCOME":
            again = self.live  # a WELCOME that no HELLO asked for: the same serials (§2.7)
            self.live, self.beat = True, int(words[1]) / 1000
            for result in self.results:
                if again:
                    self._say(f"{result[1]} {result[0]} {result[2]}", result[3])
                else:
                    self._result(result)
        elif kind == "ERROR" and words[1] == "refused" and self.live:
            self._hello()
        elif kind == "BYE":
            self._open()
        elif kind == "ACK":
            self.results = [r for r in self.results if r[0] > int(words[1])]
        elif kind == "TASK" and self.live:
            task, attempt = words[1], int(words[2])
            if all(not r[2].startswith(f"{task} {attempt}") for r in self.results):
                self._work(task, attempt, rest[0])
            self._say("CREDIT 1")

    def _work(self, task, attempt, payload):
        if self.leave.is_set():
            return
        self.done.append((task, attempt))
        try:
            output = self.handler(task, attempt, json.loads(payload) if payload else None)
            result = [0, "DONE", f"{task} {attempt}", json.dumps(output).encode()]
        except Hand.Failure as failure:
            result = [0, "FAIL", f"{task} {attempt} {'retry' if failure.retry else 'final'}",
                      json.dumps({"title": str(failure)}).encode()]
        self.results.append(result)
        self._result(result)


def processes_of(folder):
    """Who runs with MARSHRUT_FOLDER=folder, the engine's children: {pid: command line}."""
    found = {}
    for pid in filter(str.isdigit, os.listdir("/proc")):
        try:
            with open(f"/proc/{pid}/environ", "rb") as environ, open(f"/proc/{pid}/cmdline", "rb") as command:
                if f"MARSHRUT_FOLDER={folder}".encode() in environ.read().split(b"\0"):
                    found[int(pid)] = command.read().replace(b"\0", b" ").decode(errors="replace")
        except OSError:
            pass  # it ended, or is not ours
    return found


def wait_for_the_end_of(pids):
    """Children of an engine that was killed end by themselves: wait for that."""
    for pid in pids:
        try:
            handle = os.pidfd_open(pid)
        except ProcessLookupError:
            continue
        try:
            if not select.select([handle], [], [], 60)[0]:
                raise AssertionError(f"process {pid} outlives its engine")
        finally:
            os.close(handle)


# --- letters --------------------------------------------------------------------------------------

# What time tells: each once for its day.
OF_TIME = {"opened", "reminder", "today", "overdue", "escalated"}


def occasions(rows):
    """How often each thing was told of each assignment to each body, from rows of the journal."""
    return collections.Counter((r["task"], r["notice"], r["days"], r.get("levels"), r["to"]["id"])
                               for r in rows if r["kind"] == "assignment.noticed")


def letters(folder):
    """The letters of a mail folder, parsed."""
    return [email.message_from_bytes(path.read_bytes(), policy=email.policy.default)
            for path in sorted(pathlib.Path(folder).glob("*.eml"))]


# --- running --------------------------------------------------------------------------------------

def skip(why):
    """This machine cannot show it: ctest reports it as skipped."""
    print(f"skipped: {why}")
    sys.exit(SKIPPED)


def main():
    unittest.main(module="__main__", verbosity=2, warnings="ignore")
