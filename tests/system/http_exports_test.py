"""Lists as files: docs/http.md §5."""

import datetime
import os
import unittest
import urllib.parse

from engine import BODIES, POLICY, Hand, assignment, call, main
from files import name_of, sheet, table
from gateway import Client, Gateway, until, workflow

COUNT = 2500  # several pages
ZERO_WIDTH = "\u200b"
HOSTILE = ["=1+1", "+7 812", "-2", "@SUM(A1)", "\t=1", "\r=1", " =cmd|' /C calc'!A0", "＝1", ZERO_WIDTH + "=1",
           "<b>жирно</b>", 'он сказал: "да"; нет', "строка\nвторая", "\u202eзадом наперёд", "_x0041_",
           "https://example.invalid/", "a\u0001b\ufffe", "ё" * 40000]
PLAN = """\
document: {kind: roadmap, name: plan, version: '1'}
period: {from: 2023-01-01, to: 2023-12-31}
controller: region
policy: default
items:
  - {no: '1.1', title: Маршруты построены, responsible: [school, region], due: до 1 декабря}
  - no: '1.2'
    title: Посчитано
    responsible: [school]
    due: до 1 декабря
    computed: {of: {workflow: many}, done: {workflow: many, where: .context.never}, target: 80 %}
"""
STEPS = {
    "bodies.yaml": BODIES,
    "default.yaml": POLICY,
    "many.yaml": workflow("many", ("give", {**assignment("2023-01-01", "2023-12-31"), "with": {
        **assignment("2023-01-01", "2023-12-31")["with"], "responsible": ["school"],
        "title": "${ .title }"}})),
    "plan.yaml": PLAN,
    "bad.yaml": workflow("bad", ("send", call("mail", attempts=1))),
}


class Exports(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.engine = Gateway(STEPS, zone="Europe/Moscow",
                             clock={"demo": {"start": "2023-08-15T12:00", "day_seconds": 86400}})
        cls.engine.start()
        cls.client = Client(cls.engine)
        titles = HOSTILE + [f"Поручение {i}" for i in range(COUNT - len(HOSTILE))]
        for request in [cls.client.send_start("many", {"title": title}) for title in titles]:
            cls.client.answer(request)
        until(cls.client, lambda: cls.client.ask("STATS"),
              lambda stats: stats["phases"].get("open", 0) == COUNT, "all are open")

    @classmethod
    def tearDownClass(cls):
        cls.engine.stop()
        cls.engine.__exit__(None)

    def file(self, path, **headers):
        answer = self.engine.get(f"/api/v1{path}", **{"Accept_Language": "ru", **headers})
        self.assertEqual(answer.status, 200, answer.body[:300])
        return answer

    def nothing_is_left(self):
        self.assertEqual(os.listdir(self.engine.folder / "tmp"), [])

    def test_csv_has_all_pages_and_no_formulas(self):
        answer = self.file("/assignments?format=csv&limit=10&after=")
        self.assertEqual(answer.headers["content-type"], "text/csv; charset=utf-8")
        head, *rows = table(answer)
        self.assertEqual(head[3:5], ["Содержание", "Исполнитель"])
        self.assertEqual(len(rows), COUNT)
        self.assertEqual(len({row[0] for row in rows}), COUNT)
        titles = {row[3] for row in rows}
        for title in HOSTILE[:9]:
            shown = title.replace("\t", " ").replace("\r", " ")
            self.assertIn("'" + shown, titles)
        for title in HOSTILE[9:14]:
            self.assertIn(title, titles)
        self.assertIn("a b ", titles)
        for row in rows:
            self.assertNotIn(row[3][:1], "=+-@\t\r", row)
        self.assertEqual(rows[0][8], "31.12.2023")
        self.assertEqual(rows[0][10], "в работе")
        self.nothing_is_left()

    def test_a_workbook_is_opened_by_others_and_has_dates(self):
        answer = self.file("/assignments?format=xlsx")
        self.assertEqual(name_of(answer), "Поручения 2023-08-15.xlsx")
        page = sheet(answer)
        self.assertEqual((page.title, page.max_row), ("Поручения", COUNT + 1))
        self.assertEqual((page.freeze_panes, page.auto_filter.ref), ("A2", f"A1:P{COUNT + 1}"))
        self.assertTrue(page["A1"].font.bold)
        paper = page.page_setup
        self.assertEqual((paper.orientation, paper.paperSize, paper.fitToHeight), ("landscape", 9, 0))
        self.assertEqual((page.print_title_rows, page.oddFooter.center.text), ("$1:$1", "Страница &P из &N"))
        self.assertTrue(page.sheet_properties.pageSetUpPr.fitToPage)
        self.assertEqual(page["I2"].value, datetime.datetime(2023, 12, 31))
        self.assertEqual(page["I2"].number_format.lower(), "dd.mm.yyyy")
        titles = {row[3].value: row[3] for row in page.iter_rows(min_row=2)}
        for title in HOSTILE[:16]:
            shown = "".join(" " if c in "\t\r\u0001\ufffe" else c for c in title)
            self.assertIn(shown, titles)
            self.assertEqual(titles[shown].data_type, "s")
            self.assertIsNone(titles[shown].hyperlink)
        self.nothing_is_left()

    def test_filters_and_the_language_hold_for_files(self):
        answer = self.file("/assignments?format=csv&q=" + urllib.parse.quote("поручение 77") + "&language=en")
        head, *rows = table(answer)
        self.assertEqual(head[3], "Title")
        self.assertTrue(0 < len(rows) < 50 and all("77" in row[3] for row in rows), len(rows))
        self.assertEqual(rows[0][8], "2023-12-31")
        self.assertTrue(name_of(answer).startswith("Assignments "))
        head, *rows = table(self.file("/definitions?format=csv&kind=workflow"))
        self.assertEqual(sorted(row[2] for row in rows), ["bad", "many"])
        head, *rows = table(self.file("/assignments?format=csv&state=withdrawn"))
        self.assertEqual(rows, [])

    def test_every_list_is_a_file_too(self):
        worker = Hand(self.engine, "printer", "print")
        with worker:
            for path in ("/instances", "/incidents", "/journal?brief=true", "/definitions", "/workers", "/bodies",
                         "/notices", "/discipline?from=2023-01-01&to=2023-12-31", "/instances/1/history",
                         "/assignments/1.1/history"):
                long = path[:8] in ("/journal", "/notices")
                for form in ("csv",) if long else ("csv", "xlsx"):
                    answer = self.file(f"{path}{'&' if '?' in path else '?'}format={form}")
                    rows = table(answer) if form == "csv" else list(sheet(answer).values)
                    self.assertTrue(all(rows[0]), (path, rows[0]))
                    self.assertTrue(len(rows) > 1 or path == "/incidents" or path == "/notices", path)
        self.nothing_is_left()

    def test_the_approved_table_of_a_plan_is_a_file(self):
        head, *rows = table(self.file("/roadmaps/plan?format=csv"))
        self.assertEqual((head[0], head[4], head[7]), ("№", "Ответственные исполнители", "Сроки и состояние"))
        self.assertEqual([row[0] for row in rows], ["1.1", "1.2"])
        self.assertEqual((rows[0][2], rows[0][5]), ("Маршруты построены", "до 1 декабря"))
        self.assertEqual(rows[0][4].count("\n"), 1)
        self.assertTrue(rows[0][7].endswith("01.12.2023 запланировано"), rows[0][7])
        english = table(self.file("/roadmaps/plan?format=csv&language=en"))
        self.assertTrue(english[1][7].endswith("2023-12-01 planned"), english[1][7])
        page = sheet(self.file("/roadmaps/plan?format=xlsx"))
        self.assertEqual((page.title, page.max_row), ("План", 3))
        self.assertEqual(self.engine.get("/api/v1/roadmaps/none?format=csv").status, 404)

    def test_plans_work_cycles_and_what_is_counted_are_files_too(self):
        for path, count in (("/roadmaps", 1), ("/jobs", 0), ("/cycles", 0),
                            ("/roadmaps/plan/items/1.2/computed", 0),
                            ("/roadmaps/plan/items/1.2/computed?rows=of", COUNT)):
            head, *rows = table(self.file(f"{path}{'&' if '?' in path else '?'}format=csv"))
            self.assertTrue(all(head), (path, head))
            self.assertEqual(len(rows), count, path)
        self.nothing_is_left()

    def test_one_more_at_a_time_than_there_may_be_is_told_to_come_again(self):
        lines = [self.engine.connect() for _ in range(12)]
        for line in lines:
            line.request("GET", "/api/v1/assignments?format=xlsx")
        statuses = sorted(line.answer().status for line in lines)
        self.assertEqual(set(statuses), {200, 503})
        self.assertGreaterEqual(statuses.count(200), 8)
        for line in lines:
            line.socket.close()
        self.nothing_is_left()

    def test_who_leaves_in_the_middle_leaves_nothing_behind(self):
        for form in ("csv", "xlsx"):
            with self.engine.connect() as line:
                line.request("GET", f"/api/v1/assignments?format={form}")
        self.assertEqual(len(table(self.file("/definitions?format=csv"))), 1 + len(STEPS))

    def test_the_engine_stops_while_files_are_made(self):
        with Gateway(STEPS, folder=None) as engine:
            engine.start()
            client = Client(engine)
            for request in [client.send_start("many", {"title": str(i)}) for i in range(600)]:
                client.answer(request)
            lines = [engine.connect() for _ in range(6)]
            for i, line in enumerate(lines):
                line.request("GET", f"/api/v1/instances?format={('csv', 'xlsx')[i % 2]}")
            engine.stop()
            for line in lines:
                try:
                    self.assertIn(line.answer().status, (200, 503))
                except EOFError:
                    pass  # it had not been read yet
                line.socket.close()
            self.assertEqual(os.listdir(engine.folder / "tmp") if (engine.folder / "tmp").exists() else [], [])

    def test_what_is_wrong_is_a_problem_and_no_file(self):
        for query, status in (("format=pdf", 400), ("format=csv&language=de", 400), ("format=csv&state=x", 422),
                              ("format=xlsx&colour=red", 400), ("format=csv&format=xlsx", 400)):
            answer = self.engine.get(f"/api/v1/assignments?{query}")
            self.assertEqual((query, answer.status), (query, status), answer.body)
            self.assertIn("problem+json", answer.headers["content-type"])


if __name__ == "__main__":
    main()
