"""Everything that `marshrut check` can say of a document, each with its place, in both languages.

The cases stand in check_cases/: a document with a caret `‸` before the place that is meant, and what
is said there. A sentence of lib/language or lib/expression that no case brings about fails the test.
"""

import functools
import importlib
import json
import pathlib
import re
import subprocess
import tempfile
import unittest

from check_cases import CARET
from engine import BIN, ROOT, main

MODULES = ("form", "flow", "steps", "expressions", "plans", "outer")

# What no document brings about, and why.
EXEMPT = {
    "the document has %zu bytes; the limit is %u": "the program reads no file of that size",
    "not a YAML text: %s": "the text is known to be UTF-8 without control characters by then",
    "a list of steps is expected here": "who reads steps has asked for a list",
    "%s": "a sentence of another place",
    "this byte is not UTF-8": "a document with such a byte is refused before its phrases are read",
}
# They are about running an expression or the program that does it (tests/unit/expression), about a
# zone of the system, about rows of assignments, or about working days that somebody counts.
EXEMPT_FILES = ("lib/calendar/zone.c", "lib/calendar/tzif.c", "lib/calendar/ics_rows.c",
                "lib/calendar/workdays_json.c",
                "lib/expression/child.c",
                "lib/expression/evaluator.c", "lib/expression/check.c")

# Latin words that Russian sentences hold outside quotes: words of the language, of YAML, of standards.
LATIN = set("""
    DSL YAML UTF CloudEvents URI OpenAPI openapi http https jq cron NUL ASCII
    document dsl kind roadmap bodies policy calendar routes indicators
    call do emit for fork listen raise run set switch try wait catch foreach evaluate use schedule
    when then exceptWhen with correlate join backoff jitter timeout authentication endpoint retry
    one any all until every after on data envelope raw content response basic bearer
    constant linear exponential type status instance title detail limit attempt errors error
    strict loose cancel continue incident fault remind escalate parent controller levels up
    deputy previous next keep date window recurring continuous demand per other plan relative start signal assign authorization
    from as to id input output export metadata marshrut true false x item read PT S M H P D
    container script shell grpc asyncapi day days before the five six week
    planned open reported accepted withdrawn running suspended completed cancelled faulted
""".split())


def cases():
    found = []
    for name in MODULES:
        found += importlib.import_module(f"check_cases.{name}").CASES
    return found


def places(marked):
    """The document without its carets, and line and column of each."""
    text, found = "", []
    for part in marked.split(CARET)[:-1]:
        text += part
        before = text.rsplit("\n", 1)[-1]
        found.append((text.count("\n") + 1, len(before) + 1))
    return text + marked.split(CARET)[-1], found


def expected(case):
    marked, found = iter(places(case.document)[1]), []
    for sentence in case.said:
        severity = "warning" if sentence.startswith("warning: ") else "error"
        sentence = sentence.removeprefix("warning: ")
        nowhere = sentence.startswith("nowhere: ")
        line, column = (0, 0) if nowhere else next(marked, (-1, -1))
        found.append((severity, line, column, sentence.removeprefix("nowhere: ")))
    assert next(marked, None) is None, f"a caret too many: {case.document}"
    return found


def write(folder, number, case):
    path = folder / f"case-{number:03}.yaml"
    path.write_bytes(case.raw or places(case.document)[0].encode())
    return path


def check(paths, language, *more):
    """What the program says of each, as expected() has it."""
    words = [BIN / "marshrut", "check", *paths, "--json", "--services", "work", *more]
    run = subprocess.run(words, capture_output=True, env={"MARSHRUT_LANG": language}, check=False)
    if run.returncode not in (0, 1) or run.stderr:
        raise AssertionError(f"exit code {run.returncode}: {run.stderr.decode()}")
    return [[(p["severity"], p["line"], p["column"], p["text"]) for p in file["problems"]]
            for file in json.loads(run.stdout)["files"]]


def check_beside(folder, case, path, language):
    """A case that sees others, or asks jq: by itself."""
    more = [] if case.jq else ["--no-jq"]
    for number, beside in enumerate(case.beside):
        other = folder / f"beside-{number}.yaml"
        other.write_text(beside, encoding="utf-8")
        more += ["--with", other]
    return check([path], language, *more)[0]


@functools.cache
def outcomes():
    """[(case, what is wanted, what is said in English, in Russian)]"""
    every, found = cases(), {"en": {}, "ru": {}}
    with tempfile.TemporaryDirectory() as name:
        folder = pathlib.Path(name)
        paths = {case: write(folder, i, case) for i, case in enumerate(every)}
        together = [case for case in every if not case.jq and not case.beside]
        for language, said in found.items():
            said |= zip(together, check([paths[c] for c in together], language, "--alone", "--no-jq"))
            said |= {case: check_beside(folder, case, path, language)
                     for case, path in paths.items() if case not in said}
    return [(case, expected(case), found["en"][case], found["ru"][case]) for case in every]


def sentences():
    """{English format: the files that have it}"""
    made = subprocess.run([ROOT / "po/update", "--sentences"], capture_output=True, text=True,
                          check=True).stdout
    found = {}
    for entry in made.split("\n\n")[1:]:
        files = [f for line in re.findall(r"^#: (.*)$", entry, re.M) for f in line.split()]
        parts = re.search(r'^msgid ((?:".*"\n?)+)', entry, re.M).group(1)
        text = "".join(json.loads(part) for part in re.findall(r'".*"', parts))
        found[text] = files
    return found


CONVERSION = re.compile(r"%(?:%|(?P<kind>[-.*0-9]*(?:ll|z)?[sducX]))")


def pattern(sentence):
    """A format as a regular expression, and how much of it is literal."""
    out, at, literal = "", 0, 0
    for match in CONVERSION.finditer(sentence):
        before = sentence[at:match.start()]
        kind = (match.group("kind") or "%")[-1]
        out += re.escape(before) + {"%": "%", "s": ".*", "c": ".", "X": "[0-9A-F]+"}.get(kind, r"-?\d+")
        literal += len(before)
        at = match.end()
    rest = sentence[at:]
    return re.compile(out + re.escape(rest), re.S), literal + len(rest)


class Messages(unittest.TestCase):
    maxDiff = None

    def test_each_case_is_told_with_its_place_and_nothing_else_is(self):
        for case, wanted, english, _ in outcomes():
            with self.subTest(case.document[-300:]):
                self.assertEqual(english, wanted)

    def test_in_russian_the_same_is_told_and_all_of_it_is_russian(self):
        for case, _, english, russian in outcomes():
            with self.subTest(case.document[-300:]):
                self.assertEqual([p[:3] for p in russian], [p[:3] for p in english])
                for (*_, text), (*_, before) in zip(russian, english):
                    own = text if case.foreign is None else text.replace(case.foreign, "")
                    bare = re.sub(r"«[^»]*»|\"[^\"]*\"|'[^']*'|\$\{[^}]*\}|\$\w+|0x\w+|/\S+", "", own)
                    words = set(re.findall(r"[A-Za-z]{2,}", bare)) - LATIN
                    self.assertEqual(words, set(), f"{text!r}, for {before!r}")

    def test_every_sentence_has_a_case(self):
        patterns = {text: pattern(text) for text, files in sentences().items()
                    if text not in EXEMPT and not set(files) <= set(EXEMPT_FILES)}
        missing = set(patterns)
        for _, _, english, _ in outcomes():
            for *_, text in english:
                fits = [(literal, sentence) for sentence, (regex, literal) in patterns.items()
                        if regex.fullmatch(text)]
                if fits:
                    missing.discard(max(fits)[1])
        self.assertEqual(sorted(missing), [])


if __name__ == "__main__":
    main()
