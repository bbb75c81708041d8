"""How much goes out at a time: credit, concurrency and rate of services, priorities."""

import time
import unittest

from engine import Client, Engine, Worker, call, main, until, workflow

DOCUMENTS = {"work.yaml": workflow("work", ("do", call("work"))),
             "narrow.yaml": workflow("narrow", ("do", call("narrow"))),
             "slow.yaml": workflow("slow", ("do", call("slow")))}
LIMITS = [{"service": "narrow", "concurrency": 3}, {"service": "slow", "per_second": 20}]


class Limits(unittest.TestCase):
    def setUp(self):
        self.engine = self.enterContext(Engine(DOCUMENTS, limits=LIMITS)).start()
        self.client = Client(self.engine)

    def many(self, definition, count, **more):
        requests = [self.client.send_start(definition, **more) for _ in range(count)]
        return [self.client.answer(request)["instance"] for request in requests]

    def nothing_comes(self, worker):
        """A whole round trip later there is still no task: what was to be sent came before it."""
        self.client.ask("STATS")
        worker.say("FROB")
        worker.refused("syntax")
        return not [k for k in worker.kept if k[0] == "TASK"]

    def test_a_worker_never_gets_more_tasks_than_it_gave_credit_for(self):
        worker = Worker(self.engine, "w", "work", credit=7)
        self.many("work", 50)
        given, taken = 7, 0
        while taken < 50:
            while taken < given:
                task, attempt, _ = worker.task()
                taken += 1
                worker.done(task, attempt)
            self.assertTrue(self.nothing_comes(worker), f"a task beyond the credit of {given}")
            more = 1 + given % 5
            worker.say(f"CREDIT {more}")
            given += min(more, 50 - taken)
        until(self.client, lambda: self.client.ask("STATS")["instances"]["completed"], lambda n: n == 50)

    def test_credit_of_ten_thousand_is_the_most(self):
        worker = Worker(self.engine, "w", "work", credit=10000)
        worker.say("CREDIT 10000")
        worker.say("CREDIT 10000")
        self.assertTrue(self.nothing_comes(worker))
        self.assertEqual(self.client.ask("WORKERS")["rows"][0]["credit"], 10000)

    def test_a_worker_without_credit_leaves_the_work_to_others(self):
        idle = Worker(self.engine, "idle", "work", credit=0)
        busy = Worker(self.engine, "busy", "work", credit=20)
        self.many("work", 20)
        for _ in range(20):
            task, attempt, _ = busy.task()
            busy.done(task, attempt)
        until(self.client, lambda: self.client.ask("STATS")["instances"]["completed"], lambda n: n == 20)
        self.assertEqual(idle.kept, [])

    def test_no_more_attempts_of_a_service_run_than_its_concurrency(self):
        workers = [Worker(self.engine, f"w{i}", "narrow", credit=10) for i in range(3)]
        self.many("narrow", 12)
        running, done, most = {}, 0, 0
        while done < 12:
            for worker in workers:
                got = worker.hear(20)
                if got is not None and got[0] == "TASK":
                    running[got[1][0]] = (worker, got[1][1])
                    most = max(most, len(running))
            self.assertLessEqual(len(running), 3)
            if len(running) == min(3, 12 - done):
                for worker in workers:
                    self.assertTrue(self.nothing_comes(worker))
                task, (worker, attempt) = running.popitem()
                worker.acknowledged(worker.done(task, attempt))
                done += 1
        self.assertEqual(most, 3)

    def test_a_place_is_free_again_when_a_worker_dies_or_an_attempt_fails(self):
        first = Worker(self.engine, "first", "narrow", credit=3)
        second = Worker(self.engine, "second", "narrow", credit=10)
        first.say("CREDIT 10")
        self.many("narrow", 6)
        taken = {w: [k for k in iter(lambda w=w: w.hear(50), None) if k[0] == "TASK"] for w in (first, second)}
        self.assertEqual(sum(map(len, taken.values())), 3)
        for _, (task, attempt, *_rest), _ in taken[second]:
            second.fail(task, int(attempt), retry=False)
        first.say("BYE")
        done = 0
        while done < 6 - len(taken[second]):
            task, attempt, _ = second.task()
            second.done(task, attempt)
            second.say("CREDIT 1")
            done += 1
        until(self.client, lambda: self.client.ask("STATS")["instances"]["completed"],
              lambda n: n == 6 - len(taken[second]))

    def test_a_rate_lets_tasks_out_over_time_and_loses_none(self):
        worker = Worker(self.engine, "w", "slow", credit=100)
        began = time.monotonic()
        self.many("slow", 60)
        tasks = {worker.task()[0] for _ in range(60)}
        self.assertEqual(len(tasks), 60)
        # 20 may go at once and 20 a second after: a correct engine can't be faster on any machine
        self.assertGreater(time.monotonic() - began, 1.9)

    def test_priority_nine_goes_first_and_equal_ones_in_their_order(self):
        starts = [(5, 0), (0, 1), (9, 2), (5, 3), (9, 4), (1, 5), (9, 6), (0, 7)]
        for priority, number in starts:
            self.client.start("work", {"n": number}, priority=priority)
        worker = Worker(self.engine, "w", "work", credit=1)
        order = []
        for _ in starts:
            task, attempt, data = worker.task()
            order.append(data["n"])
            worker.done(task, attempt)
            worker.say("CREDIT 1")
        self.assertEqual(order, [n for _, n in sorted(starts, key=lambda s: (-s[0], s[1]))])

    def test_priorities_hold_over_a_restart(self):
        for priority in (1, 9, 5):
            self.client.start("work", {"n": priority}, priority=priority)
        self.engine.restart()
        worker = Worker(self.engine, "w", "work", credit=3)
        self.assertEqual([worker.task()[2]["n"] for _ in range(3)], [9, 5, 1])

    def test_two_workers_share_the_work(self):
        workers = [Worker(self.engine, f"w{i}", "work", credit=10) for i in range(2)]
        self.many("work", 20)
        self.assertEqual([len({w.task()[0] for _ in range(10)}) for w in workers], [10, 10])

    def test_work_goes_only_to_those_that_offer_its_service(self):
        other = Worker(self.engine, "other", "something", "else", credit=10)
        self.many("work", 3)
        right = Worker(self.engine, "right", "something", "work", credit=10)
        self.assertEqual(len({right.task()[0] for _ in range(3)}), 3)
        self.assertEqual(other.kept, [])


if __name__ == "__main__":
    main()
