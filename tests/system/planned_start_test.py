"""The list `start` of the configuration: what has a day waits for it, and starts once."""

import unittest

from engine import Client, Engine, call, main, until, workflow

STANDS = {"stands": {"start": "2026-08-31T22:00"}}  # in Moscow
HOUR_MS = 3600 * 1000
START_MS = 1788202800 * 1000
WORK = workflow("work", ("work", call("nobody")))


def planned(on):
    return {"start": [{"definition": "work", "key": "at-once"},
                      {"definition": "work", "key": "planned", "on": on}]}


def keys(client):
    return sorted(row.get("key") for row in client.ask("LIST")["rows"])


class PlannedStart(unittest.TestCase):
    def test_what_has_a_day_starts_when_that_day_begins_in_the_zone_of_the_engine(self):
        config = {**planned("2026-09-01"), "clock": STANDS, "store": {"memory": True}}
        with Engine({"work.yaml": WORK}, **config) as engine:
            client = Client(engine.start())
            self.assertEqual(keys(client), ["at-once"])
            until(client, lambda: client.ask("ADVANCE", until_ms=START_MS + HOUR_MS),
                  lambda a: a["moved"])
            self.assertEqual(keys(client), ["at-once"])
            until(client, lambda: client.ask("ADVANCE", until_ms=START_MS + 2 * HOUR_MS),
                  lambda a: a["moved"])
            until(client, lambda: keys(client), lambda k: k == ["at-once", "planned"])

    def test_a_day_that_has_passed_starts_it_once_however_often_the_engine_starts(self):
        with Engine({"work.yaml": WORK}, **planned("2020-01-01")) as engine:
            client = Client(engine.start())
            self.assertEqual(keys(client), ["at-once", "planned"])
            engine.kill()
            self.assertEqual(keys(Client(engine.start())), ["at-once", "planned"])


if __name__ == "__main__":
    main()
