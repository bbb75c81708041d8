"""marshrut workdays and marshrut workday: answers without an engine and wherever one stands, files that
extend what is in the program, years that nobody has approved, and words that are wrong."""

import json
import pathlib
import subprocess
import tempfile
import unittest

from engine import BIN, ROOT, main

CALENDARS = ROOT / "workflows/calendars"
SCHOOL = """\
document: {kind: calendar, name: lyceum, version: '1'}
extends: %s
years:
- {year: 2023, source: Приказ, holidays: [{day: 2023-10-05, title: День учителя}]}
"""
RUSSIAN = "ru_RU.UTF-8"


class Workdays(unittest.TestCase):
    maxDiff = None

    def setUp(self):
        self.folder = pathlib.Path(self.enterContext(tempfile.TemporaryDirectory()))

    def run_with(self, *words, code=0, language=RUSSIAN, stdin=None):
        """Run in an empty folder, without a home; returns standard output."""
        run = subprocess.run([BIN / "marshrut", *words], capture_output=True, cwd=self.folder,
                             env={"LANG": language}, input=stdin, check=False)
        self.said = run.stderr.decode()
        self.assertNotIn("Sanitizer", self.said)
        self.assertEqual(run.returncode, code, run.stdout.decode() + self.said)
        return run.stdout.decode()

    def json_of(self, *words):
        answer = json.loads(self.run_with(*words, "--json"))
        self.assertEqual(self.said, "")
        return answer

    def write(self, name, text):
        (self.folder / name).write_text(text)
        return name

    def test_a_number_stands_alone(self):
        self.assertEqual(self.run_with("workdays", "2023-01-01..2023-12-31"), "247\n")
        self.assertEqual(self.said, "")
        self.assertEqual(self.run_with("workdays", "01.01.2024..31.12.2024"), "248\n")
        self.assertEqual(self.run_with("workdays", "2012"), "249\n")
        self.assertEqual(self.run_with("workdays", "2023-05"), "20\n")
        self.assertEqual(self.run_with("workdays", "2023-02-25..2023-02-26"), "0\n")

    def test_a_day_is_said_in_figures_and_in_words(self):
        self.assertEqual(self.run_with("workday", "2023-02-20", "+5"),
                         "2023-03-01 (среда, 1 марта 2023 г.)\n")
        self.assertEqual(self.run_with("workday", "20.02.2023", "-3", language="C"),
                         "2023-02-15 (Wednesday, 15 February 2023)\n")
        self.assertEqual(self.run_with("workday", "2023-02-25", "+1")[:10], "2023-02-27")
        self.assertEqual(self.run_with("workday", "2023-02-25", "+0")[:10], "2023-02-25")
        self.assertEqual(self.run_with("workday", "2023-02-27", "−1")[:10], "2023-02-22")

    def test_both_agree_in_every_calendar_of_the_program(self):
        for path in CALENDARS.glob("*.yaml"):
            for count in (1, 10, 100, 1000):
                later = self.json_of("workday", "2022-11-07", str(count), "--calendar", path.stem)["date"]
                lie = self.json_of("workdays", f"2022-11-08..{later}", "--calendar", path.stem)
                self.assertEqual(lie["working_days"], count, (path.stem, later))

    def test_json_says_what_was_asked_and_answered(self):
        self.assertEqual(self.json_of("workdays", "2023-11"),
                         {"from": "2023-11-01", "to": "2023-11-30", "working_days": 21,
                          "short_days": 1, "calendar": "ru"})
        self.assertEqual(self.json_of("workday", "2023-11-07", "-2", "--week", "6"),
                         {"date": "2023-11-03", "from": "2023-11-07", "days": -2, "kind": "short",
                          "weekday": 5, "calendar": "ru-six-day", "week": 6})

    def test_a_year_that_is_not_approved_is_told_beside_the_answer(self):
        note = "календарь на 2027 год не утверждён: учтены только праздники по ст. 112"
        self.assertEqual(self.run_with("workdays", "2027"), "252\n")
        self.assertEqual(self.said, note + "\n")
        self.assertEqual(self.run_with("workday", "2026-12-30", "+2")[:10], "2027-01-12")
        self.assertEqual(self.said, note + "\n")
        answer = self.json_of("workdays", "2026-12..2027-01")
        self.assertEqual((answer["note"], answer["missing_year"], answer["missing_years"]),
                         (note, 2027, [2027]))
        self.assertEqual(self.json_of("workdays", "2011..2028")["missing_years"], [2011, 2027, 2028])
        self.assertNotIn("note", self.json_of("workday", "2026-12-29", "+1"))

    def test_years_without_an_act_that_follow_each_other_are_one_note(self):
        self.run_with("workdays", "2010..2029")
        self.assertEqual(self.said.splitlines(), [
            "календарей на 2010–2011 годы нет: в программе есть календари с 2012 года",
            "календари на 2027–2029 годы не утверждены: учтены только праздники по ст. 112"])

    def test_half_a_calendar_is_told_too(self):
        self.assertEqual(self.run_with("workdays", "2021", "--calendar", "tatarstan"), "246\n")
        self.assertEqual(self.said, "календарь на 2021 год не утверждён: известны не все нерабочие дни\n")

    def test_a_file_extends_what_is_in_the_program(self):
        self.write("lyceum.yaml", SCHOOL % "ru-six-day")
        self.assertEqual(self.run_with("workdays", "2023", "--calendar", "lyceum.yaml"), "297\n")
        self.assertEqual(self.run_with("workdays", "2023", "--calendar", "lyceum.yaml", "--week", "5"),
                         "246\n")
        text = (SCHOOL % "ru").encode()
        self.assertEqual(self.run_with("workdays", "2023", "--calendar", "-", stdin=text), "246\n")

    def test_a_file_extends_a_file_that_stands_beside(self):
        self.write("district.yaml", SCHOOL.replace("lyceum", "district") % "ru")
        path = self.write("school.yaml", "document: {kind: calendar, name: school, version: '1'}\n"
                                         "extends: district\n")
        self.run_with("workdays", "2023", "--calendar", path, code=1)
        self.assertIn('school.yaml:2:10: ', self.said)
        self.assertEqual(
            self.run_with("workdays", "2023", "--calendar", path, "--with", "district.yaml"), "246\n")

    def test_a_file_may_stand_in_for_a_calendar_of_the_program(self):
        self.write("ru.yaml", "document: {kind: calendar, name: ru, version: '2'}\nweek: five-day\n")
        self.assertEqual(self.run_with("workdays", "2023-05", "--calendar", "./ru.yaml"), "23\n")

    def test_a_wrong_file_is_shown_with_its_place(self):
        self.write("c.yaml", SCHOOL.replace("2023-10-05", "2023-02-30") % "ru")
        self.assertEqual(self.run_with("workdays", "2023", "--calendar", "c.yaml", code=1), "")
        self.assertIn("c.yaml:4:49: ошибка: ", self.said)
        self.assertIn("^", self.said)
        self.run_with("workdays", "2023", "--calendar", ROOT / "workflows/bodies/lo.yaml", code=2)
        self.assertIn("это не календарь", self.said)
        self.run_with("workdays", "2023", "--calendar", "none.yaml", code=2)
        self.run_with("workdays", "2023", "--calendar", CALENDARS, code=2)

    def test_wrong_words_are_said_in_a_sentence(self):
        for words, sentence in (
                (["workdays", "2023-02-30..2023-03-01"],
                 "«2023-02-30»: такого дня нет в годах с 1900 по 2199"),
                (["workdays", "2023-03-01..2023-02-28"],
                 "2023-03-01..2023-02-28: промежуток кончается раньше, чем начинается"),
                (["workdays", "вчера"], "«вчера» — не дата: нужна такая, как 2023-02-20 или 20.02.2023"),
                (["workday", "2023-02", "+1"],
                 "«2023-02» — не дата: нужна такая, как 2023-02-20 или 20.02.2023"),
                (["workday", "2023-02-20", "пять"],
                 "«пять» — не число рабочих дней: нужно такое, как +10 или -3"),
                (["workday", "2199-12-30", "+3"],
                 "+3: в календаре годы с 1900 по 2199, и столько рабочих дней в нём нет"),
                (["workday", "1900-01-01", "-1"],
                 "-1: в календаре годы с 1900 по 2199, и столько рабочих дней в нём нет"),
                (["workdays", "2023", "--week", "7"], "--week: нужно число от 5 до 6")):
            with self.subTest(words=words):
                self.assertEqual(self.run_with(*words, code=2), "")
                self.assertEqual(self.said, f"marshrut: {sentence}\n")
        self.run_with("workdays", "2023", "--calendar", "nowhere", code=2)
        self.assertIn("нет календаря «nowhere»: есть ru, ", self.said)

    def test_the_last_working_day_of_all_can_be_reached(self):
        self.assertEqual(self.run_with("workday", "2199-12-30", "+1")[:10], "2199-12-31")


if __name__ == "__main__":
    main()
