"""Terms of real plans, read by `marshrut due --jsonl`: kinds and windows as people read them.

tests/data/due-phrases.jsonl is our own table: a phrase, what its document says beside it, and how it
is read. Where the collection of the source documents lies beside the tree, it is asked too;
without it that test says that it was skipped.
"""

import json
import subprocess
import unittest

from engine import BIN, ROOT

REFERENCE = ROOT.parent / "shared/reference/due-phrases.json"
TABLE = ROOT / "tests/data/due-phrases.jsonl"


def ask(requests):
    """The answers of one run, in order."""
    lines = "".join(json.dumps(request, ensure_ascii=False) + "\n" for request in requests)
    run = subprocess.run([BIN / "marshrut", "due", "--jsonl"], input=lines, text=True,
                         capture_output=True, check=False)
    if run.returncode != 0:
        raise AssertionError(run.stderr)
    answers = [json.loads(line) for line in run.stdout.splitlines()]
    assert [a["id"] for a in answers] == [r["id"] for r in requests]
    return answers


def days(windows):
    return [(w["from"], w["to"]) for w in windows]


def document_of(documents, item):
    name = item.split(":")[0]
    for document in documents:
        if name == document["document"] or name in document["items_files"]:
            return document
    raise AssertionError(f"no document of {item}")


def accepted(meaning, document, windows):
    """Are they those of the chosen reading, or of another where the phrase has two meanings?"""
    readings = [meaning["windows"]]
    if meaning["ambiguity"] is not None:
        readings += [a["windows"] for a in meaning.get("alternatives", [])]
    for reading in readings:
        own = days(w for w in reading if w.get("document", document["document"])
                   == document["document"])
        if document["period"] is None and own:  # an open series goes on: two years are told
            if windows[:len(own)] == own:
                return True
        elif windows == own[:12]:
            return True
    return False


class Due(unittest.TestCase):
    def test_every_phrase_of_our_table_is_read_as_it_says(self):
        rows = [json.loads(line) for line in TABLE.read_text("utf-8").splitlines()]
        answers = ask([dict(row["ask"], id=number) for number, row in enumerate(rows)])
        for row, answer in zip(rows, answers):
            with self.subTest(phrase=row["ask"]["phrase"]):
                self.assertEqual(answer.get("kind"), row["kind"], answer)
                self.assertEqual([list(w) for w in days(answer["windows"])], row["windows"])

    @unittest.skipUnless(REFERENCE.exists(), "the collection of source documents is not here")
    def test_every_phrase_of_the_source_documents_is_read_as_it_was_transcribed(self):
        data = json.loads(REFERENCE.read_text("utf-8"))
        requests, meanings = [], []
        for row in data["phrases"] + data["in_text_phrases"]:
            for item in row["used_by"]:
                document = document_of(data["document_periods"], item)
                signed = document["act_date"]
                year = document["period"] or {"from": signed}
                requests.append({"id": len(requests), "phrase": row["phrase"],
                                 "year": int(year["from"][:4]), "period": document["period"],
                                 "signed": signed})
                meanings.append((row["meaning"], document))
        for request, answer, (meaning, document) in zip(requests, ask(requests), meanings):
            with self.subTest(phrase=request["phrase"], document=document["document"]):
                self.assertEqual(answer.get("kind"), meaning["kind"], answer)
                self.assertTrue(accepted(meaning, document, days(answer["windows"])), answer)


if __name__ == "__main__":
    unittest.main(verbosity=2)
