"""Terms as `marshrut due` tells them to people: parts, errors, days off."""

import json
import os
import subprocess
import unittest

from engine import BIN


def run(*arguments, text=None):
    return subprocess.run([BIN / "marshrut", *arguments], input=text, text=True,
                          capture_output=True, check=False,
                          env={**os.environ, "MARSHRUT_LANG": "ru"})


class DueText(unittest.TestCase):
    def test_each_part_stands_under_a_line_that_says_what_it_is_for(self):
        out = run("due", "Сентябрь - декабрь 2021, актуализация НПА (по мере необходимости)").stdout
        self.assertEqual(out.count("1 сентября – 31 декабря 2021 г."), 1, out)
        part = out[out.index("часть 2: актуализация НПА"):]
        self.assertIn("по мере необходимости", part)
        self.assertNotIn("сентября", part)

    def test_a_series_says_how_often(self):
        out = run("due", "--year", "2023", "до 15 августа ежегодно").stdout
        self.assertIn("повторяется ежегодно", out)
        self.assertNotIn("промежут", out)

    def test_an_error_in_a_long_text_shows_what_is_around_the_place(self):
        for phrase in ("май, " * 300 + "сентебря", "в " * 5000):
            lines = run("due", phrase).stderr.splitlines()
            self.assertEqual(len(lines), 3, lines)
            self.assertTrue(all(len(line) <= 64 for line in lines[1:]), lines)
            self.assertEqual(lines[2].strip(), "^")

    def test_a_line_that_is_no_json_is_told_in_russian_with_its_column(self):
        answer = json.loads(run("due", "--jsonl", text='{"id": 1, bad\n').stdout)
        self.assertEqual(answer["error"]["column"], 13)
        self.assertNotRegex(answer["error"]["message"].replace("JSON", ""), "[A-Za-z]")

    def test_working_days_are_those_of_the_production_calendar(self):
        answer = json.loads(run("due", "--json", "--year", "2023",
                                "первый рабочий день месяца").stdout)
        days = [window["to"] for window in answer["windows"]]
        self.assertEqual((days[0], days[4]), ("2023-01-09", "2023-05-02"))
        self.assertIsNone(answer["ambiguity"])
        answer = json.loads(run("due", "--json", "--year", "2027",
                                "последний рабочий день квартала").stdout)
        self.assertIn("календарь на 2027 год не утверждён", answer["ambiguity"])

    def test_a_year_before_all_calendars_is_not_counted_by_a_later_law(self):
        told = run("workdays", "1900").stderr
        self.assertIn("в программе есть календари с 2012 года", told)
        self.assertNotIn("112", told)


if __name__ == "__main__":
    unittest.main()
