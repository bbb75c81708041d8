"""Behind each number that the page shows there is a list with as many rows: docs/http.md §2.1 says which, and
this test asks for all of them."""

import calendar
import datetime
import re
import unittest
from urllib.parse import quote

from engine import BODIES, POLICY, PRESSING, REGION, ROOT, Client, Hand, call, main, until, workflow
from gateway import Gateway

STANDS = {"stands": {"start": "2023-06-24T09:00"}}
REPORT = {"report": {"text": "сделано"}}
WHY = {"reason": "проверка"}
# What becomes of an assignment of the last day `to`: who does what with it, on the first day and on 3 July.
EARLY = [
    ("alone", "2023-06-30", ("lyceum", "extend", {"day": "2023-07-20", **WHY}), ("region", "grant", {})),
    ("given", "2023-06-30", ("school", "extend", {"day": "2023-07-21", **WHY})),
]
LIVES = [
    ("given", "2023-07-01"), ("given", "2023-07-03"), ("given", "2023-07-07"), ("given", "2023-12-01"),
    ("press", "2023-07-02"), ("later", "2023-12-01"),
    ("given", "2023-12-06", ("school", "report", REPORT)), ("given", "2023-06-30", ("school", "report", REPORT)),
    ("given", "2023-12-02", ("school", "extend", {"day": "2023-12-20", **WHY})),
    ("given", "2023-12-07", ("region", "pause", {"pause": "leave", **WHY})),
    ("given", "2023-07-01", ("region", "pause", {"pause": "leave", **WHY})),
    ("given", "2023-12-03", ("region", "withdraw", WHY)),
    ("given", "2023-12-04", ("school", "report", REPORT), ("region", "accept", {"in_part": True, **WHY})),
    ("alone", "2023-12-05", ("lyceum", "report", REPORT), ("region", "accept", {})),
    ("alone", "2023-06-30", ("lyceum", "report", REPORT), ("region", "accept", {})),
]


def given(name, *people, policy="default", first="2023-06-20"):
    return workflow(name, ("ask", {"call": "assignment", "with": {
        "title": "${ .to }", "responsible": list(people), "controller": "region", "policy": policy,
        "due": {"from": first, "to": "${ .to }"}}}))


DOCUMENTS = {"people.yaml": BODIES, "policy.yaml": POLICY, "pressing.yaml": PRESSING,
             "given.yaml": given("given", "school", "lyceum"), "alone.yaml": given("alone", "lyceum"),
             "press.yaml": given("press", "school", policy="pressing"),
             "later.yaml": given("later", "school", first="2023-11-01"),
             "send.yaml": workflow("send", ("send", call("mail", attempts=1)))}


def table():
    """The rows of §2.1: where the numbers stand, which they are, the list."""
    text = (ROOT / "docs/http.md").read_text(encoding="utf-8").split("### 2.1 ")[1].split("\n## ")[0]
    return [[cell.strip() for cell in line.strip("|").split("|")] for line in text.splitlines()
            if line.startswith("| `")]


def holders(page, path):
    """The objects at "rows counts", with the members of what they stand in."""
    found = [page]
    for name in path:
        below = [(row, row[name]) for row in found]
        found = [{**row, **one} for row, part in below for one in (part if isinstance(part, list) else [part])]
    return found


def days_of(month, page):
    """The days of a month that are in the period of the page."""
    year, number = map(int, month.split("-"))
    last = calendar.monthrange(year, number)[1]
    return {"from": max(page["from"], f"{month}-01"), "to": min(page["to"], f"{month}-{last:02}")}


class Numbers(unittest.TestCase):
    """One engine with assignments of every kind; nothing changes while it is looked at."""

    @classmethod
    def setUpClass(cls):
        cls.engine = Gateway(DOCUMENTS, clock=STANDS)
        cls.engine.write_config(deploy=[*cls.engine.config["deploy"], *REGION],
                                start=[{"definition": "lo-2023", "key": "lo-2023"}])
        cls.engine.start()
        cls.client = Client(cls.engine)
        cls.worker = Hand(cls.engine, "mail-1", "mail", handler=cls.refuse)
        cls.fill()

    @classmethod
    def tearDownClass(cls):
        cls.worker.__exit__(None)
        cls.client.close()
        cls.engine.stop()
        cls.engine.__exit__(None)

    @staticmethod
    def refuse(*_):
        raise Hand.Failure("ящик полон", retry=False)

    @classmethod
    def fill(cls):
        granted, _ = [cls.live(*life) for life in EARLY]
        july = int(datetime.datetime(2023, 7, 3, 9, tzinfo=datetime.timezone.utc).timestamp() * 1000)
        until(cls.client, lambda: cls.client.ask("ADVANCE", until_ms=july), lambda a: a["now"] >= "2023-07-03T09")
        cls.act(granted, ("lyceum", "report", REPORT), ("region", "accept", {}))
        for life in LIVES:
            cls.live(*life)
        reported, ended = cls.get("/assignments?plan=lo-2023&state=open")["rows"][:2]
        cls.act(reported["task"], (reported["responsible"]["id"], "report", REPORT))
        cls.act(ended["task"], (ended["controller"], "withdraw", WHY))
        cls.client.start("send")
        for n, place in enumerate(("Тосненский район", "Выборгский район", "Выборгский район")):
            teacher = {"id": f"t-{n}", "name": f"Учитель № {n}", "municipality": place, "school": f"Школа № {n}"}
            cls.client.start("teacher-cycle", {"teacher": teacher}, key=f"t-{n}")
        cls.client.ask("CANCEL", instance=cls.get("/instances?definition=teacher-cycle")["rows"][0]["instance"],
                       by="region", reason="уход")
        until(cls.client, lambda: cls.get("/incidents")["rows"], lambda rows: len(rows) == 1)
        until(cls.client, lambda: cls.client.ask("ADVANCE", look=True), lambda answer: answer["quiet"])

    @classmethod
    def live(cls, name, to, *acts):
        instance = cls.client.start(name, {"to": to})
        task = cls.client.until_task(instance, kind="assignment")["task"]
        cls.act(task, *acts)
        return task

    @classmethod
    def act(cls, task, *acts):
        for by, action, fields in acts:
            cls.client.ask("ASSIGNMENT", task=task, action=action, by=by, **fields)

    @classmethod
    def get(cls, address):
        return cls.engine.look(address).json

    def count(self, address):
        """The rows of all pages of a list."""
        return len(self.engine.pages(address, lambda page: page.get("rows", page.get("items"))))

    def holds(self, number, row, template, seen):
        """As many rows are in the list as the number says."""
        values = {**row, "number": number}
        address = re.sub(r"{(\w+)}", lambda name: quote(str(values[name[1]] or "-")), template)
        with self.subTest(address, number=number):
            self.assertEqual(self.count(address), row[number])
        seen[number] = seen.get(number, 0) + row[number]

    def test_each_number_has_a_list_with_as_many_rows(self):
        lists, never = {}, set()
        for where, numbers, template in table():
            source, members = re.fullmatch(r"`([^`]+)`(?: \*(.+)\*)?", where).groups()
            page = self.get({"/calendar": "/calendar?month=2023-07"}.get(source, source.format(definition="teacher-cycle")))
            seen = {}
            for row in holders({**page, "definition": "teacher-cycle"}, (members or "").split()):
                if numbers == "as *all*":
                    self.by_group(row, page, template, lists, seen)
                    continue
                for number in numbers.split(" "):
                    self.holds(number, row, template.strip("`"), seen)
                    lists.setdefault(source, {})[number] = template.strip("`")
            never |= {(where, number) for number, total in seen.items() if total == 0}
        self.assertEqual({where.split("`")[1] for where, _ in never}, {"/cycles/{definition}"}, "nobody is between stages")

    def by_group(self, row, page, template, lists, seen):
        """A row of «Дисциплина»: as of all, under one more filter or in other days."""
        more = re.search(r"`(.+)`", template)
        days = {} if more else days_of(row["id"], page)
        for number, address in lists["/discipline"].items():
            self.holds(number, {**row, **days}, f"{address}{f'&{more[1]}' if more else ''}", seen)

    def test_numbers_that_are_narrowed_lead_to_lists_that_are(self):
        for more in ("body=lyceum", "body=kopo_lo&plan=lo-2023"):
            page, seen = self.get(f"/today?{more}"), {}
            for number in ("overdue", "today", "soon", "decisions", "open"):
                self.holds(number, page["counts"], f"/assignments?group={{number}}&{more}", seen)
        for body in ("school", "kopo_lo"):
            page, seen = self.get(f"/discipline?by=plan&body={body}&role=responsible"), {}
            for number in ("open", "open_overdue"):
                wish = {"open": "open=true&overdue=false", "open_overdue": "overdue=true"}[number]
                of_plan = f"/assignments?plan={{id}}&{wish}&from={{from}}&to={{to}}&body={{body}}&role=responsible"
                for row in page["rows"]:
                    self.holds(number, {**page, **row, "body": body}, of_plan, seen)


if __name__ == "__main__":
    main()
