"""docs/time.md §3: the phrases of its table are read as it says."""

import json
import subprocess
import unittest

from engine import BIN, ROOT, main

CONTEXT = {"year": 2023, "period": {"from": "2023-01-01", "to": "2024-12-31"}}
WINDOWS_SHOWN = 3


def table():
    text = (ROOT / "docs/time.md").read_text(encoding="utf-8")
    block = text.split("```due\n", 1)[1].split("```", 1)[0]
    return [[part.strip() for part in line.split("|")] for line in block.splitlines()]


def shown(windows):
    texts = [f"{w['from'] or ''}..{w['to']}" for w in windows[:WINDOWS_SHOWN]]
    return " ".join(texts + (["…"] if len(windows) > WINDOWS_SHOWN else []))


class Table(unittest.TestCase):
    def test_each_phrase_is_read_as_the_table_says(self):
        rows = table()
        lines = "".join(json.dumps({"id": n, "phrase": row[0], **CONTEXT}, ensure_ascii=False) + "\n"
                        for n, row in enumerate(rows))
        answers = subprocess.run([BIN / "marshrut", "due", "--jsonl"], input=lines, text=True,
                                 stdout=subprocess.PIPE, check=True).stdout.splitlines()
        self.assertEqual(len(answers), len(rows))
        self.assertGreater(len(rows), 30)
        for row, line in zip(rows, answers):
            answer = json.loads(line)
            with self.subTest(phrase=row[0]):
                self.assertNotIn("error", answer)
                self.assertEqual([answer["kind"], shown(answer["windows"])], row[1:3])


if __name__ == "__main__":
    main()
