"""ADVANCE: a clock that stands moves when it is told to, to what is due next, and only when all is
quiet; another clock is not moved by anybody."""

import unittest

from engine import Client, Engine, Refused, Worker, call, main, until, workflow

STANDS = {"stands": {"start": "2026-09-01T09:00"}}  # in Moscow
START = "2026-09-01T06:00:00.000Z"
WAITS = workflow("waits", ("pause", {"wait": {"days": 3}}), ("work", call("work")))


def settle(client):
    return until(client, lambda: client.ask("ADVANCE", look=True), lambda a: a["quiet"])


class Advance(unittest.TestCase):
    def test_the_clock_goes_to_what_is_due_next(self):
        with Engine({"waits.yaml": WAITS}, clock=STANDS, store={"memory": True}) as engine:
            client = Client(engine.start())
            instance = client.start("waits")
            self.assertEqual(settle(client), {"quiet": True, "moved": False, "now": START})
            moved = until(client, lambda: client.ask("ADVANCE"), lambda a: a["moved"])
            self.assertEqual(moved["now"], "2026-09-04T06:00:00.000Z")
            client.until_task(instance, step="work", state="ready")

    def test_time_does_not_pass_while_a_worker_works(self):
        with Engine({"waits.yaml": WAITS}, clock=STANDS, store={"memory": True}) as engine:
            client = Client(engine.start())
            worker = Worker(engine, "w", "work")
            instance = client.start("waits")
            until(client, lambda: client.ask("ADVANCE"), lambda a: a["moved"])
            task, attempt, _ = worker.task()
            for _ in range(3):
                self.assertFalse(client.ask("ADVANCE")["quiet"])
            worker.done(task, attempt)
            client.until_state(instance, "completed")
            settle(client)
            self.assertEqual(client.ask("ADVANCE"), {"quiet": True, "moved": False,
                                                     "now": "2026-09-04T06:00:00.000Z"})

    def test_another_clock_is_not_moved(self):
        demo = {"demo": {"start": "2026-09-01T09:00", "day_seconds": 86400}}
        for clock in ("real", demo):
            with Engine(clock=clock, store={"memory": True}) as engine:
                client = Client(engine.start())
                for look in (True, False):
                    with self.assertRaises(Refused) as refusal:
                        client.ask("ADVANCE", look=look)
                    self.assertEqual(refusal.exception.code, "refused")


if __name__ == "__main__":
    main()
