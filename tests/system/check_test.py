"""marshrut check and marshrut graph, as people use them: files, folders, languages, exit codes."""

import json
import os
import pathlib
import subprocess
import tempfile
import unittest
import xml.etree.ElementTree

from engine import BIN, GUARD_S, ROOT, main

BODIES = """\
document: {kind: bodies, name: people, version: '1'}
timezone: Europe/Moscow
bodies:
- {id: school, name: Школа}
"""
POLICY = "document: {kind: policy, name: usual, version: '1'}\nat: '09:00'\nsoon: 1\nladder: []\n"
HEADER = "document: {dsl: '1.0.3', namespace: test, name: NAME, version: '1'}\n"
ASSIGN = """\
do:
- ask:
    call: assignment
    with:
      title: Отчёт
      responsible: [%s]
      policy: usual
      due: {from: 2023-01-01, to: 2023-02-01}
"""


class Folder(unittest.TestCase):
    maxDiff = None

    def setUp(self):
        self.folder = pathlib.Path(self.enterContext(tempfile.TemporaryDirectory()))

    def write(self, name, text):
        path = self.folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(text if isinstance(text, bytes) else text.encode())
        return name

    def run_with(self, *words, code=0, language="C", stdin=None):
        """Run in the folder; returns standard output."""
        run = subprocess.run([BIN / "marshrut", *words], capture_output=True, cwd=self.folder,
                             env={"LANG": language}, input=stdin, check=False)
        self.said = run.stderr.decode()
        self.assertEqual(run.returncode, code, run.stdout.decode() + self.said)
        return run.stdout.decode()


class Check(Folder):
    def check(self, *words, **more):
        return self.run_with("check", *words, **more)

    def test_a_problem_has_its_place_its_line_and_a_caret(self):
        self.write("w.yaml", HEADER + "do:\n- имя: {wiat: PT1H}\n")
        self.assertEqual(self.check("w.yaml", code=1), """\
w.yaml:3:9: error: a step has no field "wiat": did you mean "wait"?
    - имя: {wiat: PT1H}
            ^
1 document checked: 1 error
""")

    def test_it_speaks_russian_unless_told_otherwise(self):
        self.write("w.yaml", HEADER + "do:\n- имя: {wiat: PT1H}\n- other: {call: nobody}\n")
        self.assertEqual(self.check("w.yaml", code=1, language=""), """\
w.yaml:3:9: ошибка: шаг: поля «wiat» нет; вы имели в виду «wait»?
    - имя: {wiat: PT1H}
            ^
проверен 1 документ: 1 ошибка
""")

    def test_warnings_alone_are_no_failure(self):
        self.write("w.yaml", HEADER + "do:\n- a: {call: nobody}\n- b: {call: hr}\n")
        self.assertIn("1 document checked: no errors, 1 warning\n",
                      self.check("w.yaml", "--services", "x,hr", "--services=y"))

    def test_everything_is_told_at_once(self):
        self.write("w.yaml", HEADER + "don: 1\ndo:\n- a: {}\n- b: {call: [x]}\n- a: {wait: soon}\n")
        told = self.check("w.yaml", code=1)
        self.assertIn("5 errors", told)
        lines = [int(line.split(":")[1]) for line in told.splitlines() if line.startswith("w.yaml:")]
        self.assertEqual(lines, sorted(lines))

    def test_files_see_one_another_in_any_order(self):
        self.write("1/w.yaml", HEADER + ASSIGN % "school")
        self.write("2/people.yml", BODIES)
        self.write("2/usual.yaml", POLICY)
        self.write("2/engine.yaml", "folder: /var/lib/marshrut\n")  # a configuration, no document
        self.write("2/.hidden.yaml", "[")
        for words in (["1/w.yaml", "2"], ["2", "1"], ["."], ["1/w.yaml", "--with", "2"],
                      ["1", "--with", "2/people.yml", "--with", "2/usual.yaml"]):
            with self.subTest(words):
                self.assertIn("no errors\n", self.check(*words))

    def test_a_name_that_is_in_none_of_them_is_wrong(self):
        self.write("w.yaml", HEADER + ASSIGN % "shcool")
        self.write("people.yaml", BODIES)
        self.write("usual.yaml", POLICY)
        self.assertIn('w.yaml:7:21: error: there is no body "shcool"', self.check(".", code=1))
        self.assertIn('w.yaml:7:21: error: there is no body "shcool"',
                      self.check("w.yaml", "--with", "people.yaml", code=1))
        # nobody was given: nothing is known of names
        self.assertIn("no errors", self.check("w.yaml"))
        self.assertIn("no errors", self.check("w.yaml", "--with", "usual.yaml"))
        self.assertIn("no errors", self.check(".", "--alone"))
        # unless it is said that there is nobody else
        self.assertIn('w.yaml:7:21: error: there is no body "shcool"',
                      self.check("w.yaml", "--whole", "--with", "usual.yaml", code=1))

    def test_a_document_with_errors_is_still_known_by_its_names(self):
        self.write("w.yaml", HEADER + ASSIGN % "school")
        self.write("people.yaml", BODIES + "- {id: other, nmae: x}\n")
        self.write("usual.yaml", POLICY.replace("soon: 1", "soon: -1"))
        told = self.check(".", code=1)
        self.assertNotIn("w.yaml", told)
        self.assertIn("people.yaml:5:15: error", told)
        self.assertIn("usual.yaml:3:7: error", told)

    def test_two_documents_of_one_name_are_one_too_many(self):
        self.write("a.yaml", POLICY)
        self.write("b.yaml", POLICY)
        self.assertIn("b.yaml:1:32: error: a document of this kind and name is in a.yaml already",
                      self.check("a.yaml", "b.yaml", "a.yaml", code=1))

    def test_json_has_the_same_for_programs(self):
        self.write("w.yaml", HEADER + "do:\n- a: {wiat: PT1H}\n- b: {call: nobody}\n")
        answer = json.loads(self.check("w.yaml", "--json", code=1))
        self.assertEqual(answer, {"errors": 1, "warnings": 0, "files": [{
            "file": "w.yaml", "errors": 1, "warnings": 0, "left_out": 0, "problems": [{
                "severity": "error", "code": "invalid", "line": 3, "column": 7,
                "text": 'a step has no field "wiat": did you mean "wait"?'}]}]})

    def test_jq_is_asked_unless_it_shall_not_be(self):
        self.write("w.yaml", HEADER + "do:\n- a: {set: {n: '${ .x | lenght }'}}\n")
        self.assertIn("w.yaml:3:25: error: jq does not compile this: lenght/0 is not defined",
                      self.check("w.yaml", code=1))
        self.check("w.yaml", "--no-jq")

    def test_what_is_no_text_is_shown_without_harm(self):
        self.write("w.yaml", b"a: \x1b[2J\n")
        told = self.check("w.yaml", code=1)
        self.assertIn("w.yaml:1:4: error: the control character U+001B is not allowed\n"
                      "    a: \N{REPLACEMENT CHARACTER}[2J\n       ^\n", told)
        self.write("v.yaml", b"a: \xff\n")
        self.assertIn("v.yaml:1:4: error: the byte 0xFF", self.check("v.yaml", code=1))

    def test_a_long_line_is_cut_around_the_place(self):
        self.write("w.yaml", HEADER + "do: [{a: {set: {x: '" + "ж" * 900 + "'}, wiat: 1}}]\n")
        shown, caret = self.check("w.yaml", code=1).splitlines()[1:3]
        self.assertLess(len(shown), 165)
        self.assertEqual(shown[caret.index("^"):][:4], "wiat")

    def test_many_problems_are_counted_and_not_all_shown(self):
        self.write("w.yaml", HEADER + "do:\n" + "- a: {}\n" * 300)
        told = self.check("w.yaml", code=1)
        self.assertIn("w.yaml: and 399 problems more, which are not shown\n", told)
        self.assertIn("599 errors\n", told)

    def test_what_cannot_be_read_is_wrong_usage(self):
        self.check("none.yaml", code=2)
        self.assertIn("none.yaml", self.said)
        (self.folder / "empty").mkdir()
        self.check("empty", code=2)
        self.check(code=2)
        self.write("p.yaml", POLICY)
        self.check("p.yaml", "--alone", "--with", ".", code=2)
        self.check("p.yaml", "--alone", "--whole", code=2)

    def test_standard_input_is_a_file_too(self):
        self.assertIn("no errors", self.check("-", stdin=POLICY.encode()))

    def test_the_bundled_documents_are_right(self):
        self.assertIn("no errors", self.check(ROOT / "workflows"))


class Progress(unittest.TestCase):
    """MARSHRUT_PROGRESS_FD: whoever reads there is told how far long work is, and can't stop it."""

    def told_to(self, write):
        done = subprocess.run([BIN / "marshrut", "check", ROOT / "workflows/roadmap-item.yaml"], check=False,
                              env={**os.environ, "MARSHRUT_PROGRESS_FD": str(write)}, pass_fds=[write],
                              capture_output=True, timeout=GUARD_S)
        return done.returncode

    def test_a_reader_may_leave(self):
        read, write = os.pipe()
        os.close(read)
        self.assertEqual(self.told_to(write), 0)
        os.close(write)

    def test_a_reader_that_does_not_read_is_not_waited_for(self):
        read, write = os.pipe()
        os.set_blocking(write, False)
        with self.assertRaises(BlockingIOError):
            while True:
                os.write(write, bytes(4096))
        os.set_blocking(write, True)
        self.assertEqual(self.told_to(write), 0)
        os.close(read)
        os.close(write)


class Graph(Folder):
    def setUp(self):
        super().setUp()
        self.write("w.yaml", HEADER + "do:\n- '<b>&\"шаг': {call: work}\n")

    def test_svg_is_what_a_browser_opens(self):
        self.run_with("graph", "w.yaml", "--output", "w.svg")
        root = xml.etree.ElementTree.parse(self.folder / "w.svg").getroot()
        texts = [node.text for node in root.iter("{http://www.w3.org/2000/svg}text")]
        self.assertIn('<b>&"шаг', texts)
        self.assertIn("service: work", texts)
        self.assertEqual(list(root.iter("{http://www.w3.org/2000/svg}script")), [])

    def test_words_are_russian_where_people_are(self):
        self.assertIn('label="начало"', self.run_with("graph", "w.yaml", "--format", "dot", language=""))

    def test_every_format_goes_to_standard_output(self):
        self.assertTrue(self.run_with("graph", "w.yaml").startswith("<?xml"))
        self.assertTrue(self.run_with("graph", "w.yaml", "--format", "dot").startswith("digraph"))
        self.assertTrue(self.run_with("graph", "w.yaml", "--format=mermaid").startswith("flowchart"))

    def test_a_document_with_errors_has_no_picture(self):
        self.write("bad.yaml", HEADER + "do: [{a: {}}]\n")
        self.assertEqual(self.run_with("graph", "bad.yaml", code=1), "")
        self.assertIn("bad.yaml:2:10: error: this step does nothing", self.said)

    def test_wrong_words_are_refused(self):
        self.run_with("graph", "w.yaml", "--format", "png", code=2)
        self.run_with("graph", "none.yaml", code=2)
        self.run_with("graph", "w.yaml", "--output", "no/such/folder.svg", code=2)
        self.write("p.yaml", POLICY)
        self.run_with("graph", "p.yaml", code=1)
        self.assertIn('there is no picture of a document of the kind "policy"', self.said)

    def test_every_bundled_workflow_roadmap_and_bodies_has_a_picture(self):
        drawn = 0
        for path in sorted((ROOT / "workflows").rglob("*.yaml")):
            text = path.read_text(encoding="utf-8")
            if "dsl:" in text or "kind: roadmap" in text or "kind: bodies" in text:
                xml.etree.ElementTree.fromstring(self.run_with("graph", path).encode())
                drawn += 1
        self.assertGreater(drawn, 2)


if __name__ == "__main__":
    main()
