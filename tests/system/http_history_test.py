"""Histories of an instance in which very many assignments run side by side (docs/http.md §2)."""

import unittest

import yaml

from engine import BODIES, POLICY, assignment, main, until
from gateway import Client, Gateway

COUNT = 120
REASON = {"reason": "нет подписи"}
DOCUMENT = {"document": {"dsl": "1.0.3", "namespace": "tests", "name": "many", "version": "1"},
            "do": [{"all": {"for": {"each": "n", "in": f"${{ [range({COUNT})] }}"},
                            "metadata": {"marshrut": {"parallel": True}},
                            "do": [{"one": assignment("2024-02-01", "2024-06-28")}]}}]}


class History(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        documents = {"people.yaml": BODIES, "policy.yaml": POLICY,
                     "many.yaml": yaml.safe_dump(DOCUMENT, allow_unicode=True, sort_keys=False)}
        cls.engine = cls.enterClassContext(Gateway(documents, clock={"stands": {"start": "2024-02-20T09:00"}})).start()
        cls.client = Client(cls.engine)
        cls.addClassCleanup(cls.client.close)
        cls.instance = cls.client.start("many")
        cls.tasks = [row["task"] for row in until(cls.client, cls.given, lambda rows: len(rows) == COUNT)]
        for task in cls.tasks:
            cls.act(task, "report", "school", report={"text": "готово"})
            cls.act(task, "return", "region", **REASON)

    @classmethod
    def given(cls):
        return [task for task in cls.client.show(cls.instance)["tasks"] if task.get("kind") == "assignment"]

    @classmethod
    def act(cls, task, action, by, **fields):
        answer = cls.engine.post(f"/api/v1/assignments/{task}/{action}", fields, Marshrut_By=by)
        if answer.status != 200:
            raise AssertionError((task, action, answer.status, answer.body))

    def numbers(self, path, limit):
        """Of the records on all pages, newest first; a page ends before its limit when its time is over."""
        found, after = [], None
        while True:
            more = f"&after={after}" if after else ""
            page = self.engine.get(f"/api/v1{path}?limit={limit}{more}").json
            found += [row["seq"] for row in page["rows"]]
            after = page["next"]
            if after is None:
                return found

    def test_its_pages_together_have_every_record_once(self):
        records = [row for row in self.client.pages("JOURNAL", limit=1000) if row.get("instance") == self.instance]
        self.assertGreater(len(records), COUNT * 5)
        wanted = sorted(row["seq"] for row in records)
        for limit in (7, 1000):
            with self.subTest(limit):
                self.assertEqual(sorted(self.numbers(f"/instances/{self.instance}/history", limit)), wanted)
        for task in (self.tasks[0], self.tasks[-1]):
            of_it = [row["seq"] for row in records
                     if row.get("task") == task or "task" not in row and row["kind"].startswith("instance.")]
            self.assertEqual(sorted(self.numbers(f"/assignments/{task}/history", 1000)), of_it)

    def test_each_says_why_it_was_returned_however_much_came_after(self):
        for task in (self.tasks[0], self.tasks[-1]):
            returned = self.engine.get(f"/api/v1/assignments/{task}").json["returned"]
            self.assertEqual((returned["by"], returned["reason"]), ("region", REASON["reason"]))


if __name__ == "__main__":
    main()
