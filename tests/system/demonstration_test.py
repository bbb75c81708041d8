"""The demonstration: the roadmap of 2023 in demonstration time with simulated people. It is killed in the
middle and goes on where it stopped."""

import collections
import os
import random
import unittest

from engine import (OF_TIME, ROOT, Client, Engine, letters, main, occasions, processes_of, until,
                    wait_for_the_end_of)

WORKFLOWS = ROOT / "workflows"
SEED = int(os.environ.get("MARSHRUT_SEED", "2023"))


def demonstration():
    return Engine(clock={"demo": {"start": "2023-06-24T09:00", "day_seconds": 1}}, log="info",
                  deploy=[str(WORKFLOWS / name) for name in ("bodies/lo.yaml", "policies/default.yaml",
                                                             "roadmap-item.yaml", "roadmaps/lo-2023.yaml")],
                  start=[{"definition": "lo-2023", "key": "lo-2023"}],
                  programs=[{"name": "notify", "run": ["marshrut-notify"]},
                            {"name": "officials", "run": ["marshrut-officials"]}])


class Demonstration(unittest.TestCase):
    def test_a_demonstration_that_is_killed_goes_on_where_it_stopped(self):
        dice = random.Random(SEED)
        with demonstration() as engine:
            for _ in range(4):
                client = Client(engine.start())
                day = client.ask("STATS")["today"]
                until(client, lambda: client.ask("STATS")["today"], lambda today, day=day: today > day)
                client.ask("STATS")
                last = client.ask("JOURNAL", after=max(0, client.ask("STATS")["journal"]["seq"] - 1))["rows"][-1]
                until(client, lambda: client.ask("STATS"),
                      lambda stats: dice.random() < 0.2 and stats["journal"]["seq"] > last["seq"])
                children = processes_of(engine.folder)
                engine.kill()
                wait_for_the_end_of(children)
                client.close()
                client = Client(engine.start())
                self.assertGreaterEqual(client.ask("STATS")["now"], last["time"], "the date went back")
                engine.verify(client)
                engine.kill()
            client = Client(engine.start())
            until(client, lambda: client.ask("STATS")["assignments"],
                  lambda a: a["accepted"] >= 2, "items that are accepted")
            until(client, lambda: client.ask("STATS")["today"], lambda today: today >= "2023-07-05")
            engine.verify(client)
            stats = client.ask("STATS")
            self.assertEqual(sum(stats["assignments"].values()), stats["instances"]["running"]
                             + stats["instances"]["completed"] + stats["instances"]["cancelled"] - 1)
            self.assertGreater(stats["phases"]["overdue"] + stats["phases"]["critical"], 0)
            self.assertEqual(stats["incidents"], 0)
            rows = [row for row in self.journal(client)]
            engine.stop()
            self.assertEqual(processes_of(engine.folder), {}, "a child is left")
            self.check_letters(engine, rows)
            self.check_times(rows)

    def journal(self, client):
        after = 0
        while after is not None:
            page = client.ask("JOURNAL", after=after, limit=500)
            yield from page["rows"]
            after = page["next"]

    def check_letters(self, engine, rows):
        made = {r["task"]: r["input"] for r in rows
                if r["kind"] == "task.opened" and r["task_kind"] == "notice"}
        returned = collections.Counter(r["task"] for r in rows if r["kind"] == "assignment.returned")
        for (task, kind, *rest), count in occasions(rows).items():
            if kind == "returned" or kind in OF_TIME:
                self.assertEqual(count, returned[task] if kind == "returned" else 1, f"twice: {task} {kind} {rest}")
        done = {r["task"] for r in rows if r["kind"] == "task.done"}
        sent = collections.Counter(letter["X-Marshrut-Notice"] for letter in letters(engine.folder / "mail"))
        self.assertEqual(set(sent.values()), {1})
        self.assertGreaterEqual(set(sent), done & set(made), "a letter is missing")

    def check_times(self, rows):
        times = [row["time"] for row in rows]
        self.assertEqual(times, sorted(times), "the journal's time went back")

    def test_the_same_folder_stops_cleanly_and_goes_on_the_same_day(self):
        with demonstration() as engine:
            client = Client(engine.start())
            until(client, lambda: client.ask("STATS")["today"], lambda today: today >= "2023-06-25")
            before = client.ask("STATS")["now"]
            engine.stop()
            self.assertEqual(processes_of(engine.folder), {})
            client.close()
            client = Client(engine.start())
            self.assertGreaterEqual(client.ask("STATS")["now"], before)
            self.assertEqual(len([r for r in client.ask("LIST", definition="lo-2023")["rows"]]), 1)
            engine.stop()


if __name__ == "__main__":
    main()
