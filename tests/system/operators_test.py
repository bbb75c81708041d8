"""The page for operators, docs/operators.md: what it shows of assignments is run as it is printed, on an engine with
the plan that its examples are of."""

import os
import re
import subprocess
import unittest

from engine import BIN, GUARD_S, ROOT, Client, Engine, main, until

PAGE = (ROOT / "docs/operators.md").read_text(encoding="utf-8")
WORKFLOWS = ROOT / "workflows"


def chapter(heading):
    text, = re.findall(rf"^## {heading}\n(.*?)(?=^## )", PAGE, re.M | re.S)
    return text


def blocks(text):
    return [block for block in re.findall(r"^```\n(.*?)^```", text, re.M | re.S) if "marshrut" in block]


class Operators(unittest.TestCase):
    def open(self):
        """The morning on which the plan of 2023 is started: instance 4 is its item 1.3, as the page says."""
        engine = self.enterContext(Engine(
            clock={"stands": {"start": "2023-01-09T09:00"}},
            deploy=[str(WORKFLOWS / name) for name in (
                "calendars/ru.yaml", "bodies/federal.yaml", "bodies/lo.yaml", "policies/default.yaml", "roadmap-item.yaml",
                "roadmaps/lo-2023.yaml")],
            start=[{"definition": "lo-2023", "key": "lo-2023"}]))
        report, = re.findall(r"^```json\n(.*?)^```", chapter("Поручения"), re.M | re.S)
        (engine.root / "отчёт.json").write_text(report, encoding="utf-8")
        client = Client(engine.start())
        until(client, lambda: client.ask("ADVANCE", look=True), lambda a: a["quiet"])
        return engine, client

    def run_words(self, engine, command):
        environment = {**os.environ, "PATH": f"{BIN}:{os.environ['PATH']}", "LANG": "C.UTF-8", "LANGUAGE": "",
                       "MARSHRUT_CLIENTS": engine.endpoint("clients")}
        return subprocess.run(["bash", "-c", command], cwd=engine.root, env=environment, text=True,
                              capture_output=True, timeout=GUARD_S, check=False)

    def test_what_people_do_is_done_as_the_page_prints_it(self):
        for block in blocks(chapter("Поручения")):
            engine, client = self.open()
            for command in block.splitlines():
                with self.subTest(command=command):
                    done = self.run_words(engine, command)
                    self.assertEqual((done.returncode, done.stderr), (0, ""), done.stdout)
            engine.verify(client)

    def test_the_sentence_of_why_is_the_one_on_the_page(self):
        engine, _ = self.open()
        quoted = " ".join(line[2:] for line in re.findall(r"(?:^> .*\n)+", PAGE, re.M)[0].splitlines())
        told = self.run_words(engine, "marshrut why 4").stdout.splitlines()
        self.assertEqual(told[0], quoted)
        self.assertEqual([line for line in told[1:] if not line.startswith(" ")],
                         ["Будет сообщено письмом, которое ещё не отправлено:",
                          "Будет сообщено, если ничего не изменится:"])


if __name__ == "__main__":
    main()
