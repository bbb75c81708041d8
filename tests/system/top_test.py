"""top_test.py - `marshrut top` on a terminal: what stands on the screen after each key

Owns:    Screen: a terminal of a given size that understands the few sequences we write, and fails
         on any other.
"""

import fcntl
import json
import os
import pty
import re
import select
import signal
import struct
import subprocess
import termios
import time
import unicodedata
import unittest

import engine
from engine import BODIES, POLICY, Client, Engine, assignment, workflow

TOKEN = re.compile(r"\033\[([?0-9;]*)([A-Za-z])|\r|\n|[^\033\r\n]+")


class Screen:
    """The program on a terminal; what it wrote is drawn as a terminal would."""

    def __init__(self, *words, rows=24, columns=80, **environment):
        self.master, slave = pty.openpty()
        self.before = termios.tcgetattr(slave)
        self.slave = slave
        self.set_size(rows, columns)
        self.process = subprocess.Popen(
            [engine.BIN / "marshrut", "top", *words], stdin=slave, stdout=slave, stderr=slave,
            env={**os.environ, "TERM": "xterm", "MARSHRUT_LANG": "en", **environment},
            start_new_session=True)
        self.raw = b""
        self.text = ""
        self.modes = set()
        self.styles = 0
        self.overflow = []

    def set_size(self, rows, columns):
        self.rows, self.columns = rows, columns
        fcntl.ioctl(self.master, termios.TIOCSWINSZ, struct.pack("HHHH", rows, columns, 0, 0))
        self.cells = [""] * rows
        self.row = 0

    def resize(self, rows, columns):
        self.set_size(rows, columns)
        self.process.send_signal(signal.SIGWINCH)

    def draw(self, data):
        self.raw += data
        try:
            text, self.raw = self.text + self.raw.decode(), b""
        except UnicodeDecodeError:
            return
        at = 0
        while at < len(text):
            match = TOKEN.match(text, at)
            if match is None or (match.end() == len(text) and text[at] not in "\033\r\n"):
                break
            self.token(match)
            at = match.end()
        self.text = text[at:]

    def token(self, match):
        word = match.group(0)
        if word == "\n":
            self.row += 1
            self.line = ""
        elif match.group(2) in ("h", "l"):
            (self.modes.add if match.group(2) == "h" else self.modes.discard)(match.group(1))
        elif match.group(2) == "H":
            self.row, self.line = 0, ""
        elif match.group(2) == "K":
            if self.row < self.rows:
                self.cells[self.row] = self.line
        elif match.group(2) == "J":
            for row in range(self.row + 1, self.rows):
                self.cells[row] = ""
        elif match.group(2) == "m":
            self.styles += 1
        elif match.group(2) is not None:
            raise AssertionError(f"an escape sequence that is not ours: {word!r}")
        elif word != "\r":
            self.line += word
            if self.row >= self.rows or width(self.line) > self.columns:
                self.overflow.append((self.row, self.line))

    def until(self, good, why):
        """Read until the screen is as it should be; the screen."""
        end = time.monotonic() + engine.GUARD_S
        while not good("\n".join(self.cells)):
            if time.monotonic() > end:
                raise AssertionError(f"{why}; the screen:\n" + "\n".join(self.cells))
            if select.select([self.master], [], [], 0.2)[0]:
                self.draw(os.read(self.master, 65536))
        return "\n".join(self.cells)

    def shows(self, *words):
        return self.until(lambda text: all(w in text for w in words), f"{words} did not come")

    def press(self, keys):
        os.write(self.master, keys.encode())

    def ended(self):
        """Its exit code; the terminal is as it was."""
        end = time.monotonic() + engine.GUARD_S
        while self.process.poll() is None and time.monotonic() < end:
            if select.select([self.master], [], [], 0.1)[0]:
                self.draw(os.read(self.master, 65536))
        while select.select([self.master], [], [], 0)[0]:
            self.draw(os.read(self.master, 65536))
        assert termios.tcgetattr(self.slave) == self.before, "the mode of the terminal is another"
        assert "?1049" not in self.modes and "?25" in self.modes, self.modes
        return self.process.returncode

    def close(self):
        if self.process.poll() is None:
            self.process.kill()
            self.process.wait()
        os.close(self.master)
        os.close(self.slave)


def width(text):
    return sum(0 if unicodedata.combining(c) else 2 if unicodedata.east_asian_width(c) in "WF" else 1
               for c in text)


class Top(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        steps = {f"job-{n}": workflow(f"job-{n}", ("approve", assignment(
            "2020-01-01", f"2020-01-{31 - n:02}", title=f"№ {n:02} 漢字 \u202eопасное поручение")))
            for n in range(30)}
        cls.engine = Engine({"bodies.yaml": BODIES, "policy.yaml": POLICY,
                             **{f"{name}.yaml": text for name, text in steps.items()}})
        cls.engine.start()
        cls.client = Client(cls.engine)
        for name in steps:
            cls.client.until_task(cls.client.start(name), kind="assignment")
        cls.at = {"MARSHRUT_CLIENTS": cls.engine.endpoint("clients"), "MARSHRUT_FOLDER": ""}

    @classmethod
    def tearDownClass(cls):
        cls.client.close()
        cls.engine.__exit__(None)

    def open(self, *words, **more):
        screen = Screen(*words, **{**self.at, **more})
        self.addCleanup(screen.close)
        return screen

    def test_numbers_list_and_keys_fit_a_small_screen(self):
        for language, words in (("en", ["q quit", "Assignments: overdue 30, of them long 30", "[1 Terms 30]"]),
                                ("ru", ["q выход", "Поручения: просрочено 30, в том числе давно 30", "[1 Сроки 30]"])):
            screen = self.open(MARSHRUT_LANG=language)
            text = screen.shows(*words)
            self.assertIn("№ 29 漢字", text)
            self.assertNotIn("\u202e", text)
            screen.press("q")
            self.assertEqual(screen.ended(), 0)
            self.assertEqual(screen.overflow, [])

    def test_rows_are_scrolled_and_the_screen_is_resized(self):
        screen = self.open()
        screen.shows("№ 29", "№ 15")
        screen.press("\033[F")
        self.assertNotIn("№ 29", screen.shows("№ 00"))
        screen.press("\033[H")
        screen.shows("№ 29")
        screen.press("\033[6~\033[6~")
        screen.until(lambda text: "№ 29" not in text, "PgDn did not scroll")
        screen.resize(45, 160)
        screen.until(lambda text: len(text.splitlines()) == 45 and all(w in text for w in ("№ 29", "№ 00", "q quit")),
                     "the screen is not filled to its new height")
        screen.resize(8, 30)
        screen.until(lambda text: sum("№" in line for line in text.splitlines()) <= 2, "too many rows")
        screen.press("q")
        self.assertEqual(screen.ended(), 0)

    def test_lists_are_chosen_and_ordered(self):
        screen = self.open()
        screen.shows("[1 Terms 30]")
        screen.press("3")
        screen.shows("[3 Bodies 1]", "school", "order: late")
        screen.press("s")
        screen.shows("order: open")
        screen.press("4")
        screen.shows("nothing waits for an operator")
        screen.press("\t")
        screen.shows("[5 Workers 0]", "No worker is connected.")
        screen.press("1s")
        screen.shows("order: body")
        screen.press("s")
        first = screen.shows("order: title").splitlines()[6]
        self.assertIn("№ 00", first)
        screen.press("й")  # q on a Russian keyboard
        self.assertEqual(screen.ended(), 0)

    def test_enter_tells_why_and_any_key_leads_back(self):
        screen = self.open()
        screen.shows("[1 Terms")
        screen.press("\r")
        screen.shows("Why instance", "Any key leads back.")
        screen.press("\033[A")
        screen.shows("[1 Terms")
        screen.press("?")
        screen.shows("Keys of marshrut top")
        screen.press("\033")
        screen.shows("[1 Terms")
        screen.press("\003")  # Ctrl-C
        self.assertEqual(screen.ended(), 0)

    def test_changes_come_by_themselves_unless_it_is_paused(self):
        name = "later"
        self.client.deploy(workflow(name, ("approve", assignment("2020-01-01", "2020-01-01",
                                                                 title="Пришло позже"))))
        screen = self.open()
        screen.shows("[1 Terms")
        screen.press("p")
        screen.shows("PAUSED")
        instance = self.client.start(name)
        self.client.until_task(instance, kind="assignment")
        self.assertNotIn("Пришло позже", screen.shows("PAUSED"))
        screen.press("p")
        screen.shows("Пришло позже", "per second")
        self.client.ask("CANCEL", instance=instance, reason="проверено")
        screen.until(lambda text: "Пришло позже" not in text, "it is still there")
        screen.press("q")
        self.assertEqual(screen.ended(), 0)

    def test_a_signal_leaves_the_terminal_as_it_was(self):
        screen = self.open()
        screen.shows("[1 Terms")
        screen.process.send_signal(signal.SIGTERM)
        self.assertEqual(screen.ended(), 0)

    def test_without_colour_nothing_is_styled(self):
        screen = self.open(NO_COLOR="1")
        screen.shows("[1 Terms")
        self.assertEqual(screen.styles, 0)
        screen.press("q")
        self.assertEqual(screen.ended(), 0)

    def once(self, *words):
        return subprocess.run([engine.BIN / "marshrut", "top", *words], capture_output=True,
                              text=True, timeout=engine.GUARD_S, check=True, stdin=subprocess.DEVNULL,
                              env={**os.environ, "MARSHRUT_LANG": "en", **self.at}).stdout

    def test_without_a_terminal_it_is_one_frame(self):
        for words in ([], ["--once"]):
            text = self.once(*words)
            self.assertIn("№ 00", text)
            self.assertNotIn("\033", text)
        document = json.loads(self.once("--json"))
        self.assertEqual(set(document), {"stats", "overview", "assignments", "incidents", "workers",
                                         "per_second"})
        self.assertEqual(len(document["assignments"]), 30)

    def test_an_engine_that_goes_away_is_said_and_waited_for(self):
        with Engine({"bodies.yaml": BODIES}) as other:
            other.start()
            screen = self.open(MARSHRUT_CLIENTS=other.endpoint("clients"))
            screen.shows("No assignment is open.")
            other.kill()
            screen.shows("THE ENGINE DOES NOT ANSWER")
            other.start()
            screen.until(lambda text: "DOES NOT ANSWER" not in text, "it was not found again")
            screen.press("q")
            self.assertEqual(screen.ended(), 0)


if __name__ == "__main__":
    unittest.main()
