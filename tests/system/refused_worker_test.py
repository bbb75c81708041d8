"""A worker that lies is refused, logged, and hurts nobody else (docs/protocol.md §2.11)."""

import json
import unittest

import zmq

from engine import Client, Engine, Hand, Worker, call, main, until, workflow

MIB = 1 << 20
DOCUMENTS = {"one.yaml": workflow("one", ("do", call("work"))),
             "other.yaml": workflow("other", ("do", call("honest"))),
             "listed.yaml": workflow("listed", ("do", call("work")), ("then", {"set": {"end": 1}}))}


class LyingWorker(unittest.TestCase):
    def setUp(self):
        self.engine = self.enterContext(Engine(DOCUMENTS)).start()
        self.client = Client(self.engine)

    def refused(self, worker, code, *marks):
        text = worker.refused(code)
        self.assertTrue(text)
        self.assertTrue(self.engine.logged("MR-WORKER-REFUSED", f"code={code}", *marks),
                        f"no line in the log: {code} {marks}")
        return text

    def honest_still_works(self):
        """Somebody else's work, from start to end."""
        with Hand(self.engine, "honest", "honest"):
            self.client.until_state(self.client.start("other"), "completed")

    def test_who_says_anything_before_hello_is_told_to_say_hello(self):
        liar = Worker(self.engine, "liar", "work", greet=False)
        for words in ("CREDIT 5", "DONE 1 1.1 1", "FAIL 1 1.1 1 retry", "PROGRESS 1.1 1", "HEARTBEAT"):
            liar.say(words, b"{}" if words[0] in "DFP" else None)
            self.assertIn("HELLO", self.refused(liar, "refused"))
        liar.say("BYE")  # ignored: nothing is answered before the answer to this
        liar.say("HEARTBEAT")
        self.refused(liar, "refused")
        self.honest_still_works()

    def test_malformed_headers_are_refused_and_the_session_lives_on(self):
        liar = Worker(self.engine, "liar", "work", credit=1)
        for header in (b"", b"MW1", b"MW1 ", b"MW1 FROB", b"mw1 HEARTBEAT", b"MW1 CREDIT", b"MW1 CREDIT 0",
                       b"MW1 CREDIT -1", b"MW1 CREDIT 01", b"MW1 CREDIT 1 1", b" MW1 CREDIT 1",
                       b"MW1  CREDIT 1", b"MW1 CREDIT 1 ", b"MW1 CREDIT 1\n", b"MW1 CREDIT 1\0",
                       b"MW1 DONE 0 1.1 1", b"MW1 DONE 1 11 1", b"MW1 DONE 1 1.1.1 1",
                       b"MW1 DONE 1 1.99999999999 1", b"MW1 FAIL 1 1.1 1 maybe", b"MW1 TASK 1.1 1 work 0",
                       b"MW1 WELCOME 500", b"MW1 ACK 1", b"\xff\xfe\x00", "MW1 ПРИВЕТ".encode()):
            liar.socket.send_multipart([header, b"{}"] if b"DONE" in header or b"FAIL" in header
                                       else [header])
            self.refused(liar, "syntax")
        instance = self.client.start("one")
        task, attempt, _ = liar.task()
        self.assertEqual((task, attempt), (f"{instance}.1", 1))
        liar.acknowledged(liar.done(task, attempt))
        self.client.until_state(instance, "completed")

    def test_frames_too_many_or_too_few_change_nothing(self):
        liar = Worker(self.engine, "liar", "work", credit=2)
        instance = self.client.start("one")
        task, attempt, _ = liar.task()
        done = f"MW1 DONE 1 {task} {attempt}".encode()
        for frames, code in (([done, b"{}", b"{}"], "syntax"), ([done, b"{}", b"", b""], "syntax"),
                             ([done] + [b"{}"] * 4, "too-large"), ([done] + [b"x"] * 300, "too-large")):
            liar.socket.send_multipart(frames)
            self.refused(liar, code, "liar")
        self.assertEqual(self.client.show(instance)["state"], "running")
        liar.acknowledged(liar.done(task, attempt))
        self.client.until_state(instance, "completed")

    def test_another_version_is_refused_in_ours(self):
        liar = Worker(self.engine, "liar", "work")
        for header in (b"MW2 HEARTBEAT", b"MW99 HELLO liar 1", b"MW0 BYE"):
            liar.socket.send_multipart([header])
            self.refused(liar, "unsupported")
        self.honest_still_works()

    def test_what_is_too_large_is_refused(self):
        liar = Worker(self.engine, "liar", "work")
        for header, payload in (("HEARTBEAT " + "x" * 1100, None), ("HELLO " + "n" * 129 + " 1", b"{}"),
                                ("CREDIT 10001", None), ("HELLO liar 10001", b'{"services":["work"]}'),
                                ("DONE 1 1.1 4294967296", b"{}")):
            liar.say(header, payload)
            self.refused(liar, "too-large")
        services = [f"s{i}" for i in range(65)]
        for body in ({"services": services}, {"services": ["work"], "running": ["1.1/1"] * 10001},
                     {"services": ["work"], "more": "x" * (10 * MIB)}):
            liar.say("HELLO liar 1", json.dumps(body).encode())
            self.refused(liar, "too-large")
        liar.say("HELLO liar 1", json.dumps({"services": services[:64]}).encode())
        liar.expect("WELCOME")

    def test_a_hello_that_says_nothing_is_refused(self):
        liar = Worker(self.engine, "liar", "work", greet=False)
        for payload, code in ((None, "syntax"), (b"", "syntax"), (b"{", "syntax"), (b"[]", "syntax"),
                              (b"{}", "syntax"), (b'{"services":[]}', "syntax"), (b"\xff", "syntax"),
                              (b'{"services":[1]}', "invalid"), (b'{"services":["a b"]}', "invalid"),
                              (b'{"services":["' + b"s" * 129 + b'"]}', "invalid"),
                              (b'{"services":' + b"[" * 100000 + b"]" * 100000 + b"}", "syntax")):
            liar.say("HELLO liar 1", payload)
            self.refused(liar, code)
        self.assertEqual(self.client.ask("WORKERS")["rows"], [])

    def test_a_result_for_a_wrong_attempt_a_foreign_or_an_unsent_task_changes_nothing(self):
        honest = Worker(self.engine, "honest", "work", credit=1)
        first = self.client.start("one")
        task, attempt, _ = honest.task()
        unsent = self.client.start("one")  # nobody has credit for it
        liar = Worker(self.engine, "liar", "work", credit=0)
        for name, number in ((task, attempt), (task, attempt + 1), (f"{unsent}.1", 1), ("99999.1", 1),
                             (f"{first}.7", 1), ("0.0", 1), ("18446744073709551615.4294967295", 1)):
            liar.acknowledged(liar.done(name, number, {"lie": True}))
            liar.acknowledged(liar.fail(name, number, retry=False))
        self.assertTrue(self.engine.logged("MR-RESULT-FOREIGN", "worker=liar", f"task={task}"))
        self.assertTrue(self.engine.logged("MR-RESULT-FOREIGN", "worker=liar", f"task={unsent}.1"))
        honest.acknowledged(honest.done(task, attempt + 1, {"wrong": "attempt"}))
        for instance in (first, unsent):
            self.assertEqual(self.client.show(instance)["state"], "running")
            self.assertEqual([t["state"] for t in self.client.show(instance)["tasks"]], ["ready"])
        honest.acknowledged(honest.done(task, attempt, {"right": True}))
        self.client.until_state(first, "completed")
        self.assertEqual(self.client.show(first)["data"], {"right": True})
        honest.say("CREDIT 1")
        task, attempt, _ = honest.task()
        honest.acknowledged(honest.done(task, attempt))
        self.client.until_state(unsent, "completed")
        self.engine.verify(self.client)

    def test_a_result_of_ten_mebibytes_is_an_incident_of_its_task_alone(self):
        liar = Worker(self.engine, "liar", "work", credit=2)
        large, small = self.client.start("listed"), self.client.start("listed")
        got = [liar.task(), liar.task()]
        serial = liar.done(got[0][0], got[0][1], raw=b'"' + b"x" * (10 * MIB) + b'"')
        liar.acknowledged(serial)
        liar.acknowledged(liar.done(got[1][0], got[1][1], {"fine": True}))
        self.client.until_state(small, "completed")
        task = self.client.until_task(large, state="incident")
        self.assertIn("too large", task["problem"]["detail"])
        self.client.ask("RETRY", task=task["task"])
        liar.say("CREDIT 1")
        task, attempt, _ = liar.task()
        self.assertEqual(attempt, 2)
        limit = b'"' + b"x" * (MIB - 2) + b'"'  # at the limit it works
        liar.acknowledged(liar.done(task, attempt, raw=limit))
        self.client.until_state(large, "completed")

    def test_a_result_that_is_not_json_is_an_incident_of_its_task_alone(self):
        bad = [b"{", b"nonsense", b"\xff\xfe", b'"\xd0"', b"{} {}", b"[" * 100000, b"NaN", b"1e999"]
        liar = Worker(self.engine, "liar", "work", credit=len(bad) + 1)
        instances = [self.client.start("one") for _ in bad]
        last = self.client.start("one")
        for payload in bad:
            task, attempt, _ = liar.task()
            liar.done(task, attempt, raw=payload)
        task, attempt, _ = liar.task()
        liar.acknowledged(liar.done(task, attempt, raw=b""))  # empty means null
        self.client.until_state(last, "completed")
        rows = self.client.ask("INCIDENTS")["rows"]
        self.assertEqual(sorted(r["instance"] for r in rows), sorted(instances))
        self.assertTrue(all("not JSON" in r["problem"]["detail"] for r in rows), rows)

    def test_a_failure_with_a_bad_reason_is_still_a_failure(self):
        liar = Worker(self.engine, "liar", "work", credit=1)
        instance = self.client.start("one")
        task, attempt, _ = liar.task()
        liar.serial += 1
        liar.say(f"FAIL {liar.serial} {task} {attempt} final", b"\xff" * (2 * MIB))
        liar.acknowledged(liar.serial)
        self.assertTrue(self.client.until_task(instance, state="incident")["problem"]["title"])

    def test_serials_with_a_gap_or_used_twice_change_nothing(self):
        liar = Worker(self.engine, "liar", "work", credit=2)
        one, two = self.client.start("one"), self.client.start("one")
        (first, attempt, _), (second, _, _) = liar.task(), liar.task()
        liar.say(f"DONE 5 {first} {attempt}", b'{"gap":true}')
        liar.say(f"DONE 2 {first} {attempt}", b'{"gap":true}')
        liar.acknowledged(liar.done(first, attempt, {"n": 1}))
        liar.say(f"DONE 1 {second} {attempt}", b'{"used":true}')  # a serial that was taken
        liar.acknowledged(liar.done(second, attempt, {"n": 2}))
        for instance, number in ((one, 1), (two, 2)):
            self.client.until_state(instance, "completed")
            self.assertEqual(self.client.show(instance)["data"], {"n": number})

    def test_a_frame_past_64_mebibytes_costs_the_liar_its_connection_only(self):
        honest = Worker(self.engine, "honest", "work", credit=1)
        instance = self.client.start("one")
        task, attempt, _ = honest.task()
        liar = Worker(self.engine, "liar", "other")
        watch = liar.socket.get_monitor_socket(zmq.EVENT_DISCONNECTED)
        liar.say("DONE 1 1.1 1", b"x" * (65 * MIB))
        self.assertTrue(watch.poll(60000), "the connection lived")
        liar.socket.disable_monitor()
        honest.acknowledged(honest.done(task, attempt))
        self.client.until_state(instance, "completed")

    def test_two_names_on_one_connection_leave_one_session(self):
        liar = Worker(self.engine, "first", "work", credit=0)
        liar.name = "second"
        liar.credit = 1
        liar.hello()
        until(self.client, lambda: self.client.ask("WORKERS")["rows"],
              lambda rows: [r["name"] for r in rows] == ["second"])
        instance = self.client.start("one")
        task, attempt, _ = liar.task()
        liar.acknowledged(liar.done(task, attempt))
        self.client.until_state(instance, "completed")

    def test_a_worker_that_claims_what_it_does_not_have_gets_a_drop(self):
        honest = Worker(self.engine, "honest", "work", credit=1)
        instance = self.client.start("one")
        task, attempt, _ = honest.task()
        liar = Worker(self.engine, "liar", "work", credit=0)
        claims = [f"{task}/{attempt}", f"{task}/9", "777.1/1"]
        liar.hello(running=claims + ["", "x", "1.1", "1.1/", "1.1/0", "1.1/99999999999", 5, None, {}])
        dropped = {"/".join(liar.expect("DROP")[0]) for _ in claims}
        self.assertEqual(dropped, set(claims))
        honest.acknowledged(honest.done(task, attempt))
        self.client.until_state(instance, "completed")


if __name__ == "__main__":
    main()
