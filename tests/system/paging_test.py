"""Pages of rows (docs/protocol.md §3.6), and very many timers."""

import unittest

from engine import Client, Engine, call, main, until, workflow

DOCUMENTS = {"work.yaml": workflow("work", ("do", call("work"))),
             "wait.yaml": workflow("wait", ("pause", {"wait": "PT0.3S"})),
             "long.yaml": workflow("long", ("pause", {"wait": "P30D"}))}


class Paging(unittest.TestCase):
    def setUp(self):
        self.engine = self.enterContext(Engine(DOCUMENTS)).start()
        self.client = Client(self.engine)

    def many(self, definition, count):
        requests = [self.client.send_start(definition) for _ in range(count)]
        return [self.client.answer(request)["instance"] for request in requests]

    def test_pages_have_each_row_once_while_others_come_and_go(self):
        there = set(self.many("work", 300))
        for filters in ({}, {"state": "running"}, {"definition": "work"}):
            seen, after = [], None
            while True:
                fields = {**filters, "limit": 17, **({"after": after} if after else {})}
                page = self.client.ask("LIST", **fields)
                self.assertLessEqual(len(page["rows"]), 17)
                seen += [row["instance"] for row in page["rows"]]
                after = page["next"]
                if after is None:
                    break
                if len(seen) < 400:
                    self.many("work", 5)
                    self.client.ask("CANCEL", instance=seen[len(seen) // 2], reason="не нужно") \
                        if self.client.show(seen[len(seen) // 2])["state"] == "running" else None
            self.assertEqual(len(seen), len(set(seen)), "a row came twice")
            if "state" not in filters:
                self.assertLessEqual(there, set(seen), "a row that was there all the time is missing")
            self.assertEqual(seen, sorted(seen))

    def test_the_journal_has_each_record_once_in_its_order(self):
        self.many("work", 200)
        seen, after = [], 0
        while True:
            page = self.client.ask("JOURNAL", after=after, limit=23)
            seen += [row["seq"] for row in page["rows"]]
            if page["next"] is None:
                break
            after = page["next"]
            if len(seen) < 500:
                self.many("work", 3)
        self.assertEqual(seen, list(range(1, len(seen) + 1)))
        self.assertEqual(self.client.ask("STATS")["journal"]["seq"], len(seen))
        self.assertEqual(self.client.ask("JOURNAL", after=10**15)["rows"], [])

    def test_a_history_goes_back_page_by_page(self):
        instance = self.many("work", 50)[0]
        for _ in range(20):
            self.client.ask("SUSPEND", instance=instance, reason="пауза")
            self.client.ask("RESUME", instance=instance)
        whole = self.client.history(instance)
        self.assertEqual(len(whole), 42)
        seen, before = [], None
        while True:
            page = self.client.ask("HISTORY", instance=instance, limit=5, **({"before": before} if before else {}))
            self.assertEqual([r["seq"] for r in page["rows"]], sorted(r["seq"] for r in page["rows"]))
            seen = page["rows"] + seen
            before = page["next"]
            if before is None:
                break
        self.assertEqual([r["seq"] for r in seen], [r["seq"] for r in whole])

    def test_a_page_has_at_most_a_thousand_rows(self):
        self.many("long", 1001)
        seen, after = [], None
        while not seen or after is not None:  # a page may be shorter: it takes little time only
            page = self.client.ask("LIST", limit=100000, **({"after": after} if after else {}))
            self.assertLessEqual(len(page["rows"]), 1000)
            seen += [row["instance"] for row in page["rows"]]
            after = page["next"]
        self.assertEqual(seen, list(range(1, 1002)))

    def test_ten_thousand_timers_end_ten_thousand_waits_once_each(self):
        self.many("wait", 10000)
        self.engine.restart()  # some fell due before, some while it was down, some after
        self.client = Client(self.engine)
        until(self.client, lambda: self.client.ask("STATS")["instances"]["completed"], lambda n: n == 10000)
        done, after = [], 0
        while after is not None:
            page = self.client.ask("JOURNAL", after=after, limit=1000)
            done += [r["task"] for r in page["rows"] if r["kind"] == "task.done"]
            after = page["next"]
        self.assertEqual((len(done), len(set(done))), (10000, 10000))
        self.assertEqual(self.client.ask("LIST", state="running")["rows"], [])
        self.engine.verify(self.client)


if __name__ == "__main__":
    main()
