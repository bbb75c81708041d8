"""A store of each format that was ever released opens, shows what is in it, verifies, and goes on."""

import json
import pathlib
import shutil
import unittest

from engine import ROOT, Client, Refused, Worker, main
from gateway import Gateway
from golden_store import CLOCK, answers

FORMATS = sorted((ROOT / "tests" / "data").glob("engine-format-*"))


def missing(expected, found, where=""):
    """What was known then and is not there now; fields that came later do not matter."""
    if isinstance(expected, dict) and isinstance(found, dict):
        for key, value in expected.items():
            yield from missing(value, found.get(key), f"{where}.{key}")
    elif isinstance(expected, list) and isinstance(found, list) and len(expected) == len(found):
        for i, value in enumerate(expected):
            yield from missing(value, found[i], f"{where}[{i}]")
    elif expected != found:
        yield f"{where}: {expected!r} was, {found!r} is"


class GoldenStore(unittest.TestCase):
    def open(self, golden):
        engine = self.enterContext(Gateway({}, clock=CLOCK))
        engine.folder.mkdir()
        shutil.copytree(golden / "store", engine.folder / "store")
        return engine, Client(engine.start())

    def test_every_format_shows_what_was_in_it(self):
        self.assertTrue(FORMATS)
        for golden in FORMATS:
            with self.subTest(golden.name):
                engine, client = self.open(golden)
                engine.verify(client)
                expected = json.loads(pathlib.Path(golden / "answers.json").read_text(encoding="utf-8"))
                self.assertEqual(list(missing(expected, answers(client)))[:10], [])
                for path in ("today", "instances", "assignments", "definitions", "discipline", "journal"):
                    self.assertEqual(engine.get(f"/api/v1/{path}").status, 200, path)
                    rows = engine.get(f"/api/v1/{path}").json.get("rows", [])
                    self.assertTrue(rows or path in ("today", "discipline"), path)

    def test_every_format_goes_on(self):
        for golden in FORMATS:
            with self.subTest(golden.name):
                engine, client = self.open(golden)
                by_key = {row.get("key"): row["instance"] for row in client.pages("LIST")}
                worker = Worker(engine, "w", "work", credit=100)
                client.ask("RETRY", task=f"{by_key['incident']}.1")
                client.ask("RETRY", task=f"{by_key['backoff']}.1")
                client.ask("RESUME", instance=by_key["suspended"])
                chains = ("incident", "backoff", "suspended", "second", "ready")
                for _ in range(8):  # two steps of each, but two are past their first
                    task, attempt, data = worker.task()
                    worker.acknowledged(worker.done(task, attempt, data))
                for key in chains:
                    client.until_state(by_key[key], "completed")
                client.ask("ASSIGNMENT", task=f"{by_key['reported']}.1", action="accept", by="region")
                client.until_state(by_key["reported"], "completed")
                again = {"specversion": "1.0", "id": "e-1", "source": "/asoup", "type": "ru.asoup.result"}
                self.assertEqual(client.ask("EVENT", subject="Анна", **again)["matched"], 0)  # seen then
                again["id"] = "e-2"
                self.assertEqual(client.ask("EVENT", subject="Анна", **again)["matched"], 1)
                self.assertEqual(client.start("order", key="opened"), by_key["opened"])
                engine.verify(client)
                engine.restart()
                engine.verify()

    def test_what_came_with_format_2_goes_on(self):
        engine, client = self.open(ROOT / "tests" / "data" / "engine-format-2")
        by_key = {row.get("key"): row["instance"] for row in client.pages("LIST")}
        both = by_key["both"]
        worker = Worker(engine, "v", "turn", credit=1)
        task, attempt, _ = worker.task()
        worker.acknowledged(worker.done(task, attempt, {"turn": 2}))
        event = {"specversion": "1.0", "source": "/asoup", "type": "org.b"}
        client.ask("EVENT", id="e-4", data={"who": "Борис"}, **event)  # of another key: not taken
        client.ask("EVENT", id="e-5", data={"who": "Анна"}, **event)
        tasks = {task["step"]: task for task in client.show(both)["tasks"]}
        self.assertEqual((tasks["both"]["ended"], tasks["both"]["of"]), (2, 5), tasks)
        self.assertEqual(tasks["try"]["state"], "backoff")
        for name in ("office", "try"):
            client.ask("SKIP", task=tasks[name]["task"], reason="дальше")
        pause = tasks["inner"]["child"]
        client.ask("SKIP", task=f"{pause}.1", reason="дальше")
        self.assertEqual(client.until_state(both, "completed")["data"], {"told": 7})
        self.assertEqual(client.show(by_key["none"])["problem"]["title"], "Нет мест")
        self.assertEqual([client.show(by_key[key])["version"] for key in ("moved", "left")], [2, 1])
        self.assertEqual(client.ask("MIGRATE", definition="version", all=True)["moved"], 1)
        engine.verify(client)
        engine.restart()
        engine.verify()

    def test_what_came_with_format_3_goes_on(self):
        engine, client = self.open(ROOT / "tests" / "data" / "engine-format-3")
        by_key = {row.get("key"): row["instance"] for row in client.pages("LIST")}

        def act(key, action, by, task=1, **more):
            client.ask("ASSIGNMENT", task=f"{by_key[key]}.{task}", action=action, by=by, **more)

        def row(key):
            return next(r for r in client.pages("ASSIGNMENTS", limit=1000)
                        if r["task"] == f"{by_key[key]}.1")
        act("asked", "grant", "region")
        self.assertEqual(row("asked")["to"], "2023-04-14")
        act("paused", "resume", "region")
        self.assertEqual(row("paused")["state"], "open")
        act("waits", "return", "region", reason="без подписи")
        self.assertEqual(row("waits")["returns"], 1)
        act("deputy", "extend", "college", day="2023-04-14", reason="отпуск")
        self.assertEqual(row("deputy")["extension"]["by"], "college")
        act("delegated", "withdraw", "region", reason="отменено")
        act("reassigned", "move", "region", day="2023-05-05", reason="приказ")
        client.ask("RESUME", instance=by_key["held"])
        with self.assertRaises(Refused):  # above the school stands the office, by the chain, then the region
            act("part", "delegate", "school", to="office")
        act("part", "return", "school", to="lyceum", reason="неполно")
        engine.verify(client)
        engine.restart()
        engine.verify()


if __name__ == "__main__":
    main()
