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

    def test_the_clock_goes_no_further_than_it_is_told(self):
        with Engine({"waits.yaml": WAITS}, clock=STANDS, store={"memory": True}) as engine:
            client = Client(engine.start())
            client.start("waits")
            hour = 3600 * 1000
            start = 1788242400 * 1000  # START
            moved = until(client, lambda: client.ask("ADVANCE", until_ms=start + hour),
                          lambda a: a["moved"])
            self.assertEqual(moved["now"], "2026-09-01T07:00:00.000Z")
            for past in (start + hour, start, -1):
                settle(client)
                self.assertEqual(client.ask("ADVANCE", until_ms=past),
                                 {"quiet": True, "moved": False, "now": moved["now"]})
            far = until(client, lambda: client.ask("ADVANCE", until_ms=start + 1000 * hour),
                        lambda a: a["moved"])
            self.assertEqual(far["now"], "2026-09-04T06:00:00.000Z")

    def test_the_clock_stands_at_a_moment_at_which_nothing_is_due(self):
        with Engine(clock=STANDS, store={"memory": True}) as engine:
            client = Client(engine.start())
            settle(client)
            self.assertEqual(client.ask("ADVANCE", until_ms=1788242400000 + 60000)["now"],
                             "2026-09-01T06:01:00.000Z")

    def test_what_is_no_moment_is_refused(self):
        with Engine(clock=STANDS, store={"memory": True}) as engine:
            client = Client(engine.start())
            for wrong in ("2026-09-01", 1.5, 7226582400000, True):
                with self.assertRaises(Refused) as refusal:
                    client.ask("ADVANCE", until_ms=wrong)
                self.assertEqual(refusal.exception.code, "invalid")

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
