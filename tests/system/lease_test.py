"""Who works on what, through deaths of either side (docs/protocol.md §2.2, §2.12)."""

import json
import unittest

from engine import Client, Engine, Hand, Worker, call, main, until, workflow

DOCUMENTS = {"one.yaml": workflow("one", ("do", call("work"))),
             "two.yaml": workflow("two", ("first", call("work")), ("second", call("work")))}


class Lease(unittest.TestCase):
    def setUp(self):
        self.engine = self.enterContext(Engine(DOCUMENTS)).start()
        self.client = Client(self.engine)

    def restart(self):
        self.engine.restart()
        self.client = Client(self.engine)

    def records(self, instance, kind):
        return [r for r in self.client.history(instance) if r["kind"] == kind]

    def test_work_that_is_still_running_survives_the_engine_and_is_done_once(self):
        worker = Worker(self.engine, "steady", "work", credit=1)
        instance = self.client.start("one")
        task, attempt, _ = worker.task()
        self.restart()
        with Hand(self.engine, "greedy", "work") as greedy:  # it would take whatever is free
            until(self.client, lambda: self.client.ask("WORKERS")["rows"],
                  lambda rows: [r["name"] for r in rows] == ["greedy"])
            worker.say("HEARTBEAT")  # the connection is back, the session is not
            worker.refused("refused")
            worker.hello(running=[f"{task}/{attempt}"], credit=0)
            other = self.client.start("one")
            until(self.client, lambda: worker.say("HEARTBEAT") or self.client.show(other),  # past the grace
                  lambda shown: shown["state"] == "completed")
            self.assertEqual(self.client.show(instance)["tasks"][0]["worker"], "steady")
            self.assertNotIn((task, attempt), greedy.done)
            worker.acknowledged(worker.done(task, attempt, {"by": "steady"}))
            self.client.until_state(instance, "completed")
        self.assertEqual(self.client.show(instance)["data"], {"by": "steady"})
        self.assertEqual([r["attempt"] for r in self.records(instance, "task.done")], [1])
        self.engine.verify(self.client)

    def test_a_result_that_was_not_acknowledged_is_taken_after_the_restart(self):
        worker = Worker(self.engine, "steady", "work", credit=1)
        instance = self.client.start("one")
        task, attempt, _ = worker.task()
        self.engine.kill()
        worker.connect()
        self.engine.start()
        self.client = Client(self.engine)
        worker.hello(credit=0)  # not listed: it is finished, the result follows
        worker.acknowledged(worker.done(task, attempt, {"late": True}))
        self.client.until_state(instance, "completed")
        self.assertEqual(self.client.show(instance)["data"], {"late": True})

    def test_a_result_that_was_taken_before_the_restart_is_stale_after_it(self):
        worker = Worker(self.engine, "steady", "work", credit=1)
        instance = self.client.start("one")
        task, attempt, _ = worker.task()
        worker.acknowledged(worker.done(task, attempt, {"first": True}))
        self.restart()
        worker.connect()
        worker.hello(credit=0)
        worker.acknowledged(worker.done(task, attempt, {"second": True}))
        self.assertEqual(self.client.show(instance)["data"], {"first": True})
        self.assertEqual(len(self.records(instance, "task.done")), 1)

    def test_work_nobody_claims_after_a_restart_goes_to_somebody_else_with_the_same_attempt(self):
        lost = Worker(self.engine, "lost", "work", credit=1)
        instance = self.client.start("one")
        task, attempt, _ = lost.task()
        lost.close()
        self.restart()
        other = Worker(self.engine, "other", "work", credit=1)
        self.assertEqual(other.task()[:2], (task, attempt))
        other.acknowledged(other.done(task, attempt))
        self.client.until_state(instance, "completed")

    def test_the_task_of_a_dead_worker_goes_to_another_and_the_late_result_is_stale(self):
        dead = Worker(self.engine, "dead", "work", credit=1)
        instance = self.client.start("one")
        task, attempt, _ = dead.task()
        other = Worker(self.engine, "other", "work", credit=1)
        # "dead" says nothing for three heartbeats; the socket stays open, as that of a hung process
        self.assertEqual(other.task()[:2], (task, attempt + 1))
        self.assertTrue(self.engine.logged("MR-LEASE-LOST", f"task={task}", "worker=dead"))
        dead.say(f"DONE 1 {task} {attempt}", b'{"late":true}')
        dead.refused("refused")  # it was held for gone
        dead.hello(credit=0)
        dead.acknowledged(dead.done(task, attempt, {"late": True}))
        self.assertEqual(self.client.show(instance)["state"], "running")
        other.acknowledged(other.done(task, attempt + 1, {"right": True}))
        self.client.until_state(instance, "completed")
        self.assertEqual(self.client.show(instance)["data"], {"right": True})
        self.engine.verify(self.client)

    def test_who_says_bye_gives_its_tasks_up_at_once(self):
        leaver = Worker(self.engine, "leaver", "work", credit=1)
        instance = self.client.start("one")
        task, attempt, _ = leaver.task()
        other = Worker(self.engine, "other", "work", credit=1)
        leaver.say("BYE")
        self.assertEqual(other.task()[:2], (task, attempt + 1))
        other.acknowledged(other.done(task, attempt + 1))
        self.client.until_state(instance, "completed")

    def test_what_a_worker_does_not_mention_when_it_comes_back_gets_a_new_attempt(self):
        forgetful = Worker(self.engine, "forgetful", "work", credit=2)
        instances = [self.client.start("one"), self.client.start("one")]
        kept, forgotten = forgetful.task(), forgetful.task()
        forgetful.connect()
        forgetful.hello(running=[f"{kept[0]}/{kept[1]}"], credit=1)
        self.assertEqual(forgetful.task()[:2], (forgotten[0], forgotten[1] + 1))
        forgetful.done(*kept[:2])
        forgetful.acknowledged(forgetful.done(forgotten[0], forgotten[1] + 1))
        for instance in instances:
            self.client.until_state(instance, "completed")

    def test_a_worker_hears_bye_when_the_engine_stops_and_goes_on_after_it(self):
        worker = Worker(self.engine, "steady", "work", credit=1)
        instance = self.client.start("one")
        task, attempt, _ = worker.task()
        self.engine.stop()
        worker.expect("BYE")
        worker.connect()
        self.engine.start()
        self.client = Client(self.engine)
        worker.hello(running=[f"{task}/{attempt}"], credit=0)
        worker.acknowledged(worker.done(task, attempt))
        self.client.until_state(instance, "completed")
        self.assertEqual([r["attempt"] for r in self.records(instance, "task.done")], [1])

    def test_two_workers_that_claim_one_attempt_after_a_restart_do_not_both_get_it(self):
        worker = Worker(self.engine, "right", "work", credit=1)
        instance = self.client.start("one")
        task, attempt, _ = worker.task()
        self.restart()
        worker.connect()
        worker.hello(running=[f"{task}/{attempt}"], credit=0)
        thief = Worker(self.engine, "thief", "work", credit=0, running=[f"{task}/{attempt}"])
        self.assertEqual(thief.expect("DROP")[0], [task, str(attempt)])
        thief.acknowledged(thief.done(task, attempt, {"by": "thief"}))
        worker.acknowledged(worker.done(task, attempt, {"by": "right"}))
        self.client.until_state(instance, "completed")
        self.assertEqual(self.client.show(instance)["data"], {"by": "right"})

    def test_a_time_limit_still_holds_after_a_restart(self):
        text = workflow("limited", ("do", call("work", timeout_ms=1500)))
        self.client.deploy(text)
        worker = Worker(self.engine, "slow", "work", credit=1)
        self.client.start("limited")
        task, attempt, _ = worker.task()
        self.restart()
        worker.connect()
        worker.hello(running=[f"{task}/{attempt}"], credit=1)
        self.assertEqual(worker.expect("DROP")[0], [task, str(attempt)])
        self.assertEqual(worker.task()[:2], (task, attempt + 1))

    def test_history_shows_one_attempt_after_the_other(self):
        worker = Worker(self.engine, "w", "work", credit=1)
        instance = self.client.start("two", {"n": 1})
        task, attempt, _ = worker.task()
        worker.fail(task, attempt)
        worker.say("CREDIT 1")
        task, attempt, data = worker.task()
        self.assertEqual((attempt, data), (2, {"n": 1}))
        worker.done(task, attempt, {"n": 2})
        worker.say("CREDIT 1")
        task, attempt, data = worker.task()
        self.assertEqual((attempt, data), (1, {"n": 2}))
        worker.acknowledged(worker.done(task, attempt, {"n": 3}))
        self.client.until_state(instance, "completed")
        kinds = [r["kind"] for r in self.client.history(instance)]
        self.assertEqual(kinds, ["instance.started", "task.opened", "task.failed", "task.ready",
                                 "task.done", "task.opened", "task.done", "instance.completed"])
        self.assertEqual(json.dumps(self.client.show(instance)["data"]), '{"n": 3}')


if __name__ == "__main__":
    main()
