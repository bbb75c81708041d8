"""terminal_output_test.py - what commands write to a terminal, and what into files and pipes

Always:  an escape sequence is on a terminal only, and none of colour with NO_COLOR or TERM=dumb.
         What tells of progress is erased, stands on standard error, and never with --json.
"""

import os
import pty
import re
import select
import subprocess
import tempfile
import unittest

import engine
from engine import BODIES, POLICY, ROOT, Client, Engine, assignment, workflow

STYLE = re.compile(rb"\033\[[0-9;]*m")
ERASE = b"\r\033[K"


def run(words, terminal=False, **environment):
    """(exit code, output, what went to standard error): on a terminal both are one."""
    full = {**os.environ, "TERM": "xterm", "MARSHRUT_LANG": "ru", **environment}
    command = [engine.BIN / "marshrut", *words]
    if not terminal:
        done = subprocess.run(command, capture_output=True, env=full, stdin=subprocess.DEVNULL,
                              timeout=engine.GUARD_S, check=False)
        return done.returncode, done.stdout, done.stderr
    master, slave = pty.openpty()
    try:
        process = subprocess.Popen(command, stdin=subprocess.DEVNULL, stdout=slave, stderr=slave,
                                   env=full)
        os.close(slave)
        data = b""
        while True:
            ready = select.select([master], [], [], engine.GUARD_S)[0]
            assert ready, "it does not end"
            try:
                part = os.read(master, 65536)
            except OSError:  # the last one has closed it
                break
            if not part:
                break
            data += part
        return process.wait(engine.GUARD_S), data, b""
    finally:
        os.close(master)


class Output(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        flow = workflow("people", ("approve", assignment("2020-01-01", "2020-01-31")))
        cls.engine = Engine({"bodies.yaml": BODIES, "policy.yaml": POLICY, "people.yaml": flow})
        cls.engine.start()
        client = Client(cls.engine)
        cls.instance = str(client.start("people"))
        cls.task = client.until_task(int(cls.instance), kind="assignment")["task"]
        client.close()
        cls.at = {"MARSHRUT_CLIENTS": cls.engine.endpoint("clients"), "MARSHRUT_FOLDER": "",
                  "MARSHRUT_EVENTS": cls.engine.endpoint("events")}
        cls.file = str(cls.engine.root / "people.yaml")

    @classmethod
    def tearDownClass(cls):
        cls.engine.__exit__(None)

    def commands(self):
        return [["check", self.file], ["diff", self.file, self.file], ["due", "до 15 мая 2023 г."],
                ["workdays", "2023"], ["workday", "2023-02-20", "+5"], ["today"],
                ["search", "план"], ["top", "--once"], ["discipline"], ["cycle"], ["list"],
                ["show", self.instance], ["why", self.instance], ["history", self.instance],
                ["assignment", "list"], ["workers"], ["incidents"], ["definitions"],
                ["replan"], ["journal"], ["stats"], ["verify"], ["deploy", self.file],
                ["migrate", "--definition", "people", "--all", "--preview"],
                ["ics"], ["graph", self.file, "--format", "mermaid"], ["why", "999"], ["lits"],
                ["--help"], ["list", "--help"]]

    def test_into_files_and_pipes_there_is_no_escape_sequence(self):
        for words in self.commands():
            _, out, err = run(words, **self.at)
            self.assertNotIn(b"\033", out + err, words)

    def test_no_color_and_dumb_terminals_have_no_colours(self):
        for words in self.commands():
            code, out, _ = run(words, terminal=True, NO_COLOR="1", **self.at)
            self.assertIsNone(STYLE.search(out), words)
            dumb = run(words, terminal=True, TERM="dumb", **self.at)
            self.assertNotIn(b"\033", dumb[1], words)
            self.assertEqual(dumb[0], code, words)

    def test_a_terminal_changes_no_exit_code_and_hides_nothing(self):
        for words in self.commands():
            code, _, _ = run(words, **self.at)
            on_terminal, out, _ = run(words, terminal=True, **self.at)
            self.assertEqual(code, on_terminal, words)
            self.assertGreater(len(out), 0, words)

    def test_headings_are_styled_on_a_terminal(self):
        self.assertIsNotNone(STYLE.search(run(["list"], terminal=True, **self.at)[1]))

    def test_progress_is_shown_and_erased(self):
        with tempfile.TemporaryDirectory(dir=self.engine.root) as folder:
            for words, mark in ((["verify"], "Воспроизведение журнала"),
                                (["backup", f"{folder}/copy"], "Копирование хранилища"),
                                (["check", str(ROOT / "workflows")], "Проверка документов"),
                                (["replan"], "Просмотр открытых поручений")):
                code, out, _ = run(words, terminal=True, **self.at)
                self.assertEqual(code, 0, out.decode())
                self.assertIn(mark, out.decode(), words)
                left = out[out.rindex(mark.encode()):]
                self.assertIn(ERASE, left, words)
                self.assertNotIn(mark, left[left.index(ERASE):].decode(), words)
                if words[0] != "backup":
                    self.assertNotIn(mark, run([*words, "--json"], terminal=True, **self.at)[1].decode())
                    self.assertNotIn(mark.encode(), b"".join(run(words, **self.at)[1:]))
                    dumb = run(words, terminal=True, TERM="dumb", **self.at)[1]
                    self.assertNotIn(mark, dumb.decode(), words)


if __name__ == "__main__":
    unittest.main()
