"""Every list that becomes a file has there the rows that it has as JSON, under the same filters, and says
every state and kind in Russian: docs/http.md §5."""

import subprocess
import unittest
from urllib.parse import quote

from engine import (BIN, BODIES, POLICY, PRESSING, REGION, Client, Hand, assignment, call, main, roadmap, until,
                    workflow)
from files import sheet, table
from gateway import Gateway
from openapi import Description

API = Description()
STANDS = {"stands": {"start": "2023-06-24T09:00"}}
COUNTED = roadmap(
    "counted", 2023,
    {"no": "1.1", "title": "Маршруты построены", "responsible": ["school"], "due": "до 1 декабря",
     "computed": {"of": {"workflow": "send"}, "done": {"workflow": "send", "where": ".key == \"s-0\""}, "target": "80 %"}})
DOCUMENTS = {"people.yaml": BODIES, "policy.yaml": POLICY, "pressing.yaml": PRESSING, "counted.yaml": COUNTED,
             "press.yaml": workflow("press", ("assign", assignment("2023-06-20", "2023-06-24", policy="pressing"))),
             "order.yaml": workflow("order", ("assign", assignment("2023-06-20", "2023-06-22"))),
             "send.yaml": workflow("send", ("send", call("mail", attempts=1))),
             "late.yaml": workflow("late", ("pause", {"wait": {"days": 3}}))}
TOWN = quote("Тосненский район")
GROUPS = ("overdue", "due_today", "due_soon", "decisions", "incidents")


def rows_of(page):
    return page["rows"]


def of_today(page):
    return [row for name in GROUPS for row in page[name]]


def of_month(page):
    return [{**day, **row} for day in page["days"] for row in day["due"] or [{}]]


def of_search(page):
    return [{"what": name, **row} for name, group in page.items() if isinstance(group, list) for row in group]


# An address, filters that leave different rows, a field of the rows and its column, where the rows are.
LISTS = [
    ("/assignments", ("body=kopo_lo", "plan=lo-2023&section=1", "overdue=true&body=school"), "task", "Assignment", rows_of),
    ("/instances", ("definition=send", "state=running&body=kopo_lo"), "instance", "Instance", rows_of),
    ("/incidents", ("definition=send", "service=other"), "task", "Task", rows_of),
    ("/journal", ("brief=true",), "seq", "Record", rows_of),
    ("/notices", ("body=school", "body=kopo_lo"), "task", "Assignment", rows_of),
    ("/bodies", ("",), "id", "Id", rows_of),
    ("/workers", ("q=mai", "q=notify"), "name", "Name", rows_of),
    ("/definitions", ("", "kind=workflow", "kind=workflow&in_force=true"), "number", "Number", rows_of),
    ("/discipline", ("by=plan", "by=body&plan=lo-2023"), "name", "Of", lambda page: [*page["rows"], {"name": "All"}]),
    ("/roadmaps", ("",), "name", "Name", rows_of),
    ("/roadmaps/lo-2023", ("", "section=1", "body=kopo_lo&state=overdue"), "no", "No", lambda page: page["items"]),
    ("/roadmaps/counted/items/1.1/computed", ("rows=of", "rows=done"), "instance", "Instance", rows_of),
    ("/cycles", ("",), "definition", "Definition", rows_of),
    ("/cycles/teacher-cycle", ("", f"municipality={TOWN}"), "school", "School", lambda page: page["groups"]),
    ("/cycles/teacher-cycle/people", ("", "stage=over", f"municipality={TOWN}"), "instance", "Instance", rows_of),
    ("/jobs", ("",), "id", "Number", rows_of),
    ("/instances/1/history", ("",), "seq", "Record", rows_of),
    ("/today", ("body=loiro", "plan=lo-2023&body=kopo_lo"), "task", "Assignment", of_today),
    ("/search", (f"q={quote('утвердить план')}&limit=50", "q=send&limit=50", "q=1.1&limit=50"), "what", "What", of_search),
    ("/calendar", ("month=2023-06&body=kopo_lo", "month=2023-06&plan=lo-2023&body=loiro", "month=2023-02"), "date", "Day", of_month),
]


def refuse(*_):
    raise Hand.Failure("ящик полон", retry=False)


def engine():
    gateway = Gateway(DOCUMENTS, clock=STANDS)
    gateway.write_config(deploy=[*gateway.config["deploy"], *REGION],
                         start=[{"definition": "lo-2023", "key": "lo-2023"}])
    return gateway


class Lists(unittest.TestCase):
    """One engine with something in every list; nothing changes while it is looked at."""

    @classmethod
    def setUpClass(cls):
        cls.engine = engine().start()
        cls.client = Client(cls.engine)
        cls.fill()

    @classmethod
    def tearDownClass(cls):
        cls.worker.__exit__(None)
        cls.client.close()
        cls.engine.stop()
        cls.engine.__exit__(None)

    @classmethod
    def fill(cls):
        for n in range(3):
            cls.post("/instances", {"definition": "send", "key": f"s-{n}"})
        for n in range(22):
            cls.post("/instances", {"definition": "order", "key": f"o-{n}"})
        cls.post("/instances", {"definition": "press", "key": "p"})
        due = [row["task"] for row in cls.pages("/assignments?body=school&overdue=true", rows_of)]
        cls.post(f"/assignments/{due[0]}/pause", {"pause": "leave", "reason": "отпуск"})
        cls.post(f"/assignments/{due[1]}/report", {"report": {"text": "сделано"}}, by="school")
        late = workflow("late", ("pause", {"wait": {"days": 4}}))
        cls.post("/definitions", {"file": "late.yaml", "text": late})
        for n, place in enumerate(("Тосненский район", "Выборгский район")):
            teacher = {"id": f"t-{n}", "name": f"Учитель № {n}", "municipality": place, "school": f"Школа № {n}"}
            cls.post("/instances", {"definition": "teacher-cycle", "key": f"t-{n}", "input": {"teacher": teacher}})
        cls.post("/jobs", {"kind": "bulk", "list": "assignments", "action": "withdraw", "reason": "проверка",
                           "filter": {"no": "none"}}, 202)
        cls.worker = Hand(cls.engine, "mail-1", "mail", handler=refuse)
        until(cls.client, lambda: cls.pages("/incidents", rows_of), lambda rows: len(rows) == 3)
        until(cls.client, lambda: cls.pages("/notices?body=school", rows_of), lambda rows: rows)
        until(cls.client, lambda: cls.pages("/jobs", rows_of), lambda rows: rows[0]["state"] == "done")

    @classmethod
    def post(cls, address, body, wanted=200, by="region"):
        answer = cls.engine.ask("POST", f"/api/v1{address}", body, Marshrut_By=by)
        assert answer.status == wanted, answer.body
        return answer.json

    @classmethod
    def get(cls, address):
        return cls.engine.look(address)

    @classmethod
    def pages(cls, address, rows):
        return cls.engine.pages(address, rows)

    def column(self, address, form, head):
        """What stands under a head, as text."""
        mark = "&" if "?" in address else "?"
        answer = self.get(f"{address}{mark}format={form}&language=en")
        heads, *rows = table(answer) if form == "csv" else list(sheet(answer).values)
        at = list(heads).index(head)
        return [str(row[at] if row[at] is not None else "")[:None if head != "Day" else 10] for row in rows]

    def test_each_list_is_a_file_with_its_rows_under_its_filters(self):
        covered = set()
        for path, filters, field, head, rows in LISTS:
            covered.add(API.find("GET", f"/api/v1{path}").id)
            different = []
            for query in filters:
                address = f"{path}?{query}" if query else path
                with self.subTest(address):
                    wanted = [str(row.get(field, "")) for row in self.pages(address, rows)]
                    different.append(wanted)
                    for form in ("csv", "xlsx"):
                        self.assertEqual(self.column(address, form, head), wanted, form)
            self.assertTrue(different[0], path)
            self.assertEqual(len({tuple(found) for found in different}), len(filters), path)
        task = self.pages("/assignments?body=school", rows_of)[0]["task"]
        story = f"/assignments/{task}/history"
        self.assertEqual(self.column(story, "csv", "Record"), [str(row["seq"]) for row in self.pages(story, rows_of)])
        covered.add("listAssignmentHistory")
        lines = subprocess.run([BIN / "http-routes"], capture_output=True, text=True, check=True).stdout.splitlines()
        self.assertEqual(covered, {line.split(" ")[2] for line in lines if "formats" in line.split(" ")})

    def test_a_file_has_all_that_the_page_shows_the_first_of(self):
        shown = self.get("/today").json
        self.assertGreater(shown["counts"]["overdue"], len(shown["overdue"]))
        self.assertGreater(shown["counts"]["paused"], 0)
        early = self.pages("/assignments?phase=critical&from=2023-06-24&group=overdue", rows_of)
        self.assertEqual(len(early), 1, "critical on its day, before it is late")
        groups = self.column("/today", "csv", "Why it is here")
        self.assertEqual(groups.count("incidents"), 3)
        for group in ("overdue", "today", "soon", "decisions"):
            with self.subTest(group):
                self.assertEqual(groups.count(group), shown["counts"][group])
                listed = [row["task"] for row in self.pages(f"/assignments?group={group}", rows_of)]
                self.assertEqual(len(listed), shown["counts"][group])
        days = self.get("/calendar?month=2023-06").json["days"]
        busy = max(days, key=lambda day: day["count"])
        self.assertGreater(busy["count"], len(busy["due"]))
        self.assertEqual(self.column("/calendar?month=2023-06", "csv", "Day").count(busy["date"]), busy["count"])

    def test_words_narrow_a_list_as_other_filters_do(self):
        def tasks(query, limit=100):
            return [row["task"] for row in self.pages(f"/assignments?limit={limit}&{query}", rows_of)]

        words = quote("разработк")  # few have it: their rows are sought one by one, in the order of the list
        named = tasks(f"q={words}")
        self.assertTrue(3 < len(named) < len(tasks("")))
        for query in ("", "open=true", "open=false", "body=loiro", "plan=lo-2023", "from=2023-04-01&to=2023-12-31",
                      "overdue=true", "open=true&body=kopo_lo&section=1"):
            with self.subTest(query):
                wanted = [task for task in tasks(query) if task in set(named)]
                self.assertEqual(tasks(f"q={words}&{query}"), wanted)
                self.assertEqual(tasks(f"q={words}&{query}", 1), wanted)

    def test_days_off_are_marked(self):
        _, *rows = table(self.get("/calendar?month=2023-06&format=csv&language=ru"))
        days = {row[0]: row[1:3] for row in rows}
        self.assertEqual(days["12.06.2023"], ["да", "праздник"])
        self.assertEqual(days["17.06.2023"], ["да", "выходной"])
        self.assertEqual(days["14.06.2023"], ["нет", ""])
        self.assertEqual(len(days), 30)

    def test_a_cycle_has_a_column_for_each_stage(self):
        cycle = self.get("/cycles/teacher-cycle").json
        heads, *rows = table(self.get("/cycles/teacher-cycle?format=csv&language=ru"))
        titles = [stage["title"] for stage in cycle["stages"]]
        self.assertEqual(heads, ["Муниципалитет", "Организация", *titles, "Между этапами", "Закончили"])
        for row, group in zip(rows, cycle["groups"]):
            self.assertEqual(row[2:-2], [str(n) for n in group["counts"]])
        self.assertEqual(sheet(self.get("/cycles/teacher-cycle?format=xlsx")).cell(1, 3).value, titles[0])


class Words(unittest.TestCase):
    MADE = {("showToday", "group"): ["overdue", "today", "soon", "decisions", "incidents"],
            ("showMonth", "kind"): ["holiday", "transferred", "short", "weekend"]}
    KINDS = {"kind", "notice"}  # of records and letters: tests/unit/engine/web/export_test.c

    def schemas(self, schema):
        """A schema and all that it is made of."""
        schema = dict(schema)
        parts = [*schema.get("anyOf", []), *schema.get("oneOf", []), *schema.get("allOf", [])]
        if "$ref" in schema:
            parts.append(API.resolve(schema))
        yield schema
        for part in parts:
            yield from self.schemas(part)

    def members(self, schemas, name):
        for schema in schemas:
            for part in self.schemas(schema):
                if name in part.get("properties", {}):
                    yield part["properties"][name]
                if "items" in part:
                    yield from self.members([part["items"]], name)

    def values(self, schemas):
        return [value for schema in schemas for part in self.schemas(schema) for value in part.get("enum", [])]

    def words_of(self, operation, rows, path):
        content = API.resolve(API.operations[operation].raw["responses"]["200"])["content"]
        schema = content["application/json"]["schema"]
        if operation == "search":
            groups = [name for part in self.schemas(schema) for name in part.get("properties", {}) if name not in ("more", "number")]
            # Of an incident its definition is shown, not its kind; and it has one state.
            shown = [name for name in groups if name != "incidents" or path not in ("kind", "state")]
            return groups if path == "what" else self.values(
                field for name in shown for field in self.members(self.members([schema], name), path))
        if operation == "showToday":
            rows = "overdue"
        elif operation == "showMonth":
            rows = "due"
            schema = list(self.members([schema], "days"))[0]
        found = list(self.members([schema], rows))
        for name in path.split("."):
            found = list(self.members(found, name))
        return self.values(found)

    def test_every_value_of_every_list_has_a_russian_word(self):
        lines = subprocess.run([BIN / "http-routes", "columns"], capture_output=True, text=True, check=True).stdout
        words = set()
        for operation, rows, columns in (line.split(" ") for line in lines.splitlines()):
            for path in columns.replace("from+to+", "").split("|"):
                made = self.MADE.get((operation, path)) or self.words_of(operation, rows, path)
                self.assertTrue(made or path in self.KINDS or "." in path or operation == "search", (operation, path))
                words.update(made)
        self.assertGreater(len(words), 40)
        unknown = subprocess.run([BIN / "http-routes", "words"], input="".join(f"{w}\n" for w in words),
                                 capture_output=True, text=True, check=True).stdout.split()
        self.assertEqual(unknown, [])


if __name__ == "__main__":
    main()
