"""The program beside the gateway when it is late, writes too much, or dies (engine/web/tool.h)."""

import os
import unittest

from beside import Beside
from engine import main
from gateway import Client

PICTURE = "<svg xmlns='http://www.w3.org/2000/svg'/>"


class Tool(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.engine = Beside().start()
        client = Client(cls.engine)
        cls.path = f"/api/v1/instances/{client.start('waits')}/graph.svg"
        client.close()

    @classmethod
    def tearDownClass(cls):
        cls.engine.stop()
        cls.engine.__exit__(None)

    def picture(self, deed):
        self.engine.does(deed)
        return self.engine.get(self.path)

    def failed(self, answer, status, code, *words):
        self.assertEqual((answer.status, answer.json["code"]), (status, code), answer.body[:400])
        for word in words:
            self.assertIn(word, answer.json["detail"])

    def gone(self, pid):
        self.assertRaises(ProcessLookupError, os.kill, pid, 0)

    def test_what_it_prints_is_the_picture_and_its_words_are_ours(self):
        answer = self.picture(f'echo "$@" >&2; printf "%s" "{PICTURE}"')
        self.assertEqual((answer.status, answer.headers["content-type"]), (200, "image/svg+xml"))
        self.assertEqual(answer.body.decode(), PICTURE)

    def test_its_failure_is_told_in_its_words(self):
        for status in (1, 2, 3, 77):
            self.failed(self.picture(f"echo 'no ink' >&2; exit {status}"), 500, "io", "no ink")

    def test_one_that_dies_is_told_and_what_it_printed_is_no_picture(self):
        for name in ("KILL", "SEGV", "TERM"):
            self.failed(self.picture(f'printf "%s" "{PICTURE}"; kill -{name} $$'), 500, "io")

    def test_one_that_closes_its_output_and_goes_on_is_waited_for(self):
        answer = self.picture(f'printf "%s" "{PICTURE}"; exec >&- 2>&-; exit 0')
        self.assertEqual(answer.status, 200)

    def test_one_that_writes_without_end_is_stopped(self):
        self.engine.does(f'echo $$ > "{self.engine.fifo}"; exec cat /dev/zero')
        with self.engine.connect() as connection:
            connection.request("GET", self.path)
            pid = int(self.engine.told())
            self.failed(connection.answer(), 413, "too-large", "room")
        self.gone(pid)

    def test_much_that_it_complains_is_cut(self):
        answer = self.picture("i=0; while [ $i -lt 3000 ]; do echo complaint >&2; i=$((i+1)); done; exit 1")
        self.failed(answer, 500, "io", "complaint")
        self.assertLess(len(answer.body), 4096)

    def test_one_that_is_late_is_stopped_and_holds_nobody_up(self):
        self.engine.does(f'echo $$ > "{self.engine.fifo}"; exec cat "{self.engine.fifo}"')
        with self.engine.connect() as late:
            late.request("GET", self.path)
            pid = int(self.engine.told())
            self.assertEqual(self.engine.get("/healthz").status, 200)
            answer = self.picture(f'printf "%s" "{PICTURE}"')
            self.assertEqual(answer.body.decode(), PICTURE)
            self.failed(late.answer(), 504, "timeout", "too long")
        self.gone(pid)

    def test_who_leaves_does_not_harm_and_the_end_of_the_engine_is_its_end(self):
        with Beside() as other:
            other.start()
            client = Client(other)
            path = f"/api/v1/instances/{client.start('waits')}/graph.svg"
            client.close()
            other.does(f'echo $$ > "{other.fifo}"; exec tail -f /dev/null')
            with other.connect() as leaves:
                leaves.request("GET", path)
                first = int(other.told())
            with other.connect() as stays:
                stays.request("GET", path)
                second = int(other.told())
                other.stop()
            self.gone(first)
            self.gone(second)

    def test_without_the_program_that_is_said(self):
        program = self.engine.bin / "marshrut"
        kept = program.read_text(encoding="ascii")
        program.unlink()
        program.write_text("#!/nowhere/at/all\n", encoding="ascii")
        program.chmod(0o755)
        self.failed(self.engine.get(self.path), 500, "io")
        program.write_text(kept, encoding="ascii")


if __name__ == "__main__":
    main()
