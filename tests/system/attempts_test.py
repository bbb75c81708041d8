"""What becomes of attempts that fail, and what operators can do about it (docs/protocol.md §3.5)."""

import unittest

from engine import Client, Engine, Refused, Worker, call, main, until, workflow

DOCUMENTS = {
    "three.yaml": workflow("three", ("do", call("work", attempts=3)), ("last", {"set": {"end": "${ . }"}})),
    "pausing.yaml": workflow("pausing", ("do", call("work", attempts=2, delay="PT10M", delay_max="PT20M"))),
    "limited.yaml": workflow("limited", ("do", call("work", attempts=2, timeout_ms=100))),
    "chain.yaml": workflow("chain", ("first", call("work")), ("second", call("work"))),
    "waits.yaml": workflow("waits", ("pause", {"wait": "PT0.2S"}), ("do", call("work"))),
}


class Attempts(unittest.TestCase):
    def setUp(self):
        self.engine = self.enterContext(Engine(DOCUMENTS)).start()
        self.client = Client(self.engine)
        self.worker = Worker(self.engine, "w", "work", credit=1)

    def next(self):
        got = self.worker.task()
        self.worker.say("CREDIT 1")
        return got

    def kinds(self, instance):
        return [r["kind"] for r in self.client.history(instance)]

    def refused(self, code, verb, **fields):
        with self.assertRaises(Refused) as refusal:
            self.client.ask(verb, **fields)
        self.assertEqual(refusal.exception.code, code, refusal.exception)
        self.assertTrue(refusal.exception.text)
        return refusal.exception.text

    def incident(self, definition="three", data=None):
        """An instance whose first step failed for good: (instance, task)."""
        instance = self.client.start(definition, data or {"n": 1})
        task, attempt, _ = self.next()
        self.worker.fail(task, attempt, "for good", retry=False)
        self.client.until_task(instance, state="incident")
        return instance, task

    def test_a_failure_is_tried_again_until_the_attempts_are_used_up(self):
        instance = self.client.start("three")
        for attempt in (1, 2, 3):
            task, number, _ = self.next()
            self.assertEqual(number, attempt)
            self.worker.fail(task, number, f"try {attempt}")
        row = self.client.until_task(instance, state="incident")
        self.assertEqual((row["attempt"], row["problem"]["title"]), (3, "try 3"))
        self.assertEqual(self.kinds(instance),
                         ["instance.started", "task.opened", "task.failed", "task.ready",
                          "task.failed", "task.ready", "task.incident"])
        self.assertEqual([r["task"] for r in self.client.ask("INCIDENTS")["rows"]], [task])
        self.assertEqual(self.client.ask("STATS")["incidents"], 1)

    def test_a_final_failure_is_an_incident_at_once(self):
        instance, _ = self.incident()
        self.assertNotIn("task.failed", self.kinds(instance))

    def test_pauses_between_attempts_are_kept_over_a_restart(self):
        instance = self.client.start("pausing")
        task, attempt, _ = self.next()
        self.worker.fail(task, attempt)
        before = self.client.until_task(instance, state="backoff")
        self.engine.restart()
        client = Client(self.engine)
        after = client.show(instance)["tasks"][0]
        self.assertEqual((after["state"], after["until"]), ("backoff", before["until"]))
        client.ask("RETRY", task=task)  # nobody has to wait for it
        worker = Worker(self.engine, "x", "work", credit=1)
        self.assertEqual(worker.task()[:2], (task, 2))

    def test_retry_goes_on_with_a_new_attempt_and_other_input(self):
        instance, task = self.incident()
        self.client.ask("RETRY", task=task, input={"n": 2, "исправлено": True})
        name, attempt, data = self.next()
        self.assertEqual((name, attempt, data), (task, 2, {"n": 2, "исправлено": True}))
        self.worker.acknowledged(self.worker.done(task, attempt, {"ok": 1}))
        self.client.until_state(instance, "completed")
        self.assertEqual(self.client.show(instance)["data"], {"end": {"ok": 1}})
        self.assertEqual(self.client.ask("INCIDENTS")["rows"], [])
        self.refused("not-found", "RETRY", task=task)

    def test_retry_without_input_keeps_the_old_one_and_gives_all_attempts_anew(self):
        _, task = self.incident()
        self.client.ask("RETRY", task=task)
        for attempt in (2, 3, 4):
            name, number, data = self.next()
            self.assertEqual((name, number, data), (task, attempt, {"n": 1}))
            self.worker.fail(task, number)
        self.client.until_task(1, state="incident", attempt=4)

    def test_skip_needs_a_reason_and_goes_on_with_the_given_output(self):
        instance, task = self.incident()
        self.refused("invalid", "SKIP", task=task)
        self.refused("invalid", "SKIP", task=task, reason="")
        self.refused("too-large", "SKIP", task=task, reason="я" * 2049)
        self.client.ask("SKIP", task=task, reason="сделано вручную", output={"by": "hand"})
        self.client.until_state(instance, "completed")
        self.assertEqual(self.client.show(instance)["data"], {"end": {"by": "hand"}})
        skipped = [r for r in self.client.history(instance) if r["kind"] == "task.skipped"]
        self.assertEqual([r["reason"] for r in skipped], ["сделано вручную"])

    def test_whatever_is_open_can_be_skipped_but_only_incidents_and_pauses_retried(self):
        instance = self.client.start("three")
        task, attempt, _ = self.next()
        self.refused("conflict", "RETRY", task=task)
        self.client.ask("SKIP", task=task, reason="не ждём")
        self.assertEqual(self.worker.expect("DROP")[0], [task, str(attempt)])
        self.worker.acknowledged(self.worker.done(task, attempt))
        self.client.until_state(instance, "completed")
        for name in (task, "1.99", "99999.1"):
            self.refused("not-found", "RETRY", task=name)
            self.refused("not-found", "SKIP", task=name, reason="нет такой")
        for name in ("1", "1.", ".1", "1.1.1", "x", 1, None, "01.1", "1.4294967296"):
            self.refused("invalid", "RETRY", task=name)

    def test_cancel_takes_the_task_from_the_worker_and_ends_the_instance(self):
        instance = self.client.start("chain")
        task, attempt, _ = self.next()
        self.refused("invalid", "CANCEL", instance=instance)
        self.client.ask("CANCEL", instance=instance, reason="отменено приказом")
        self.assertEqual(self.worker.expect("DROP")[0], [task, str(attempt)])
        self.worker.acknowledged(self.worker.done(task, attempt))  # it was on its way: stale
        self.assertEqual(self.client.show(instance)["state"], "cancelled")
        self.refused("conflict", "CANCEL", instance=instance, reason="ещё раз")
        self.refused("conflict", "SUSPEND", instance=instance, reason="ещё раз")
        self.refused("not-found", "CANCEL", instance=77, reason="нет такого")
        self.engine.verify(self.client)

    def test_a_suspended_instance_takes_the_result_under_way_but_starts_nothing_new(self):
        instance = self.client.start("chain")
        task, attempt, _ = self.next()
        self.client.ask("SUSPEND", instance=instance, reason="до уточнения")
        self.worker.acknowledged(self.worker.done(task, attempt, {"n": 2}))
        other = self.client.start("chain")  # its first task comes, not the second of the suspended
        name, number, _ = self.next()
        self.assertEqual(name, f"{other}.1")
        self.worker.acknowledged(self.worker.done(name, number))
        self.assertEqual(self.next()[0], f"{other}.2")
        done = [r["task"] for r in self.client.history(instance) if r["kind"] == "task.done"]
        self.assertEqual(done, [task])
        self.client.ask("RESUME", instance=instance)
        name, number, data = self.next()
        self.assertEqual((name, number, data), (f"{instance}.2", 1, {"n": 2}))
        self.worker.acknowledged(self.worker.done(name, number))
        self.client.until_state(instance, "completed")
        self.engine.verify(self.client)

    def test_what_was_cancelled_while_suspended_is_dropped(self):
        instances = [self.client.start("chain") for _ in range(2)]
        self.worker.say("CREDIT 1")
        tasks = [self.next()[0], self.next()[0]]
        for instance in instances:
            self.client.ask("SUSPEND", instance=instance, reason="до уточнения")
        self.client.ask("CANCEL", instance=instances[0], reason="отменено")
        self.client.ask("SKIP", task=tasks[1], reason="не нужно")
        self.assertEqual(sorted(self.worker.expect("DROP")[0][0] for _ in tasks), sorted(tasks))
        self.client.until_task(instances[1], task=f"{instances[1]}.2", state="ready")
        self.assertEqual(self.client.ask("WORKERS")["rows"][0]["running"], 0)
        self.engine.verify(self.client)

    def test_a_worker_that_dies_while_its_instance_is_suspended_loses_its_task(self):
        instance = self.client.start("chain")
        task, attempt, _ = self.next()
        self.client.ask("SUSPEND", instance=instance, reason="до уточнения")
        self.worker.say("BYE")
        self.client.until_task(instance, state="backoff")
        self.client.ask("RESUME", instance=instance)
        other = Worker(self.engine, "other", "work", credit=1)
        self.assertEqual(other.task()[:2], (task, attempt + 1))

    def test_work_that_waited_while_suspended_is_given_out_once_after_resume(self):
        self.worker.hello(credit=0)  # nobody takes it yet
        instance = self.client.start("chain")
        self.client.ask("SUSPEND", instance=instance, reason="до уточнения")
        self.client.ask("RESUME", instance=instance)
        self.worker.say("CREDIT 5")
        task, attempt, _ = self.worker.task()
        self.worker.acknowledged(self.worker.done(task, attempt))
        self.assertEqual(self.worker.task()[:2], (f"{instance}.2", 1))

    def test_what_falls_due_while_suspended_happens_after_resume(self):
        instance = self.client.start("waits")
        self.client.ask("SUSPEND", instance=instance, reason="до уточнения")
        due = self.client.show(instance)["tasks"][0]["until"]
        until(self.client, lambda: self.client.ask("STATS")["now"], lambda now: now > due)
        self.assertEqual(self.client.show(instance)["tasks"][0]["state"], "waiting")
        self.client.ask("RESUME", instance=instance)
        self.assertEqual(self.next()[0], f"{instance}.2")

    def test_an_attempt_over_its_time_limit_is_dropped_and_tried_again(self):
        instance = self.client.start("limited")
        for attempt in (1, 2):
            task, number, _ = self.next()
            self.assertEqual(number, attempt)
            self.assertEqual(self.worker.expect("DROP")[0], [task, str(attempt)])
        row = self.client.until_task(instance, state="incident")
        self.assertIn("time limit", row["problem"]["detail"])
        self.worker.acknowledged(self.worker.done(task, 2))  # too late
        self.assertEqual(self.client.show(instance)["state"], "running")


if __name__ == "__main__":
    main()
