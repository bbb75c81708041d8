"""Events that nobody took yet, those of instances, and start-or-signal (docs/protocol.md §3.5)."""

import unittest

from engine import Client, Engine, NoAnswer, Refused, call, main, until, workflow

STANDS = {"stands": {"start": "2023-01-09T09:00"}}


def listen(kind=None, subject=None, **more):
    wanted = {k: v for k, v in (("type", kind), ("subject", subject)) if v}
    return {"listen": {"to": {"one": {"with": wanted, **more}}}}


def emit(kind, **more):
    return {"emit": {"event": {"with": {"source": "/tests", "type": kind, **more}}}}


DOCUMENTS = {
    "any.yaml": workflow("any", ("for", listen("t.result"))),
    "mine.yaml": workflow("mine", ("for", listen("t.result", "${ .who }"))),
    "picky.yaml": workflow("picky", ("for", {"listen": {"to": {"one": {"with": {
        "type": "t.result", "data": "${ .n > 5 }"}}}}})),
    "either.yaml": workflow("either", ("for", {"listen": {"to": {"any": [
        {"with": {"type": "t.b"}}, {"with": {"type": "t.a"}}]}}})),
    "twice.yaml": workflow("twice", ("a", listen("t.result")), ("b", listen("t.result"))),
    "speak.yaml": workflow("speak", ("say", emit("t.result", subject="${ .who }", data="${ . }"))),
    "mute.yaml": workflow("mute", ("say", emit("t.result", subject="${ .who }"))),
    "late.yaml": workflow("late", ("work", call("work")), ("for", listen("t.result"))),
    "sleep.yaml": workflow("sleep", ("wait", {"wait": {"hours": 2}})),
}


class Case(unittest.TestCase):
    config = {}

    def setUp(self):
        self.engine = self.enterContext(Engine(DOCUMENTS, **self.config)).start()
        self.client = Client(self.engine)
        self.last = 0

    def restart(self):
        self.engine.restart()
        self.client = Client(self.engine)

    def make(self, kind="t.result", name=None, **more):
        self.last += 1
        return {"specversion": "1.0", "id": name or f"e-{self.last}", "source": "/asoup", "type": kind, **more}

    def event(self, *words, **more):
        return self.client.ask("EVENT", **self.make(*words, **more))

    def taken(self, instance):
        """What an instance that is to end has taken: the data of the event, in a list."""
        self.client.until_state(instance, "completed")
        data = self.client.show(instance)["data"]
        return data[0] if isinstance(data, list) else data


class Kept(Case):
    def test_an_event_that_nobody_took_goes_to_the_first_who_listens_in_order_of_arrival(self):
        for n in (1, 2):
            self.assertEqual(self.event(data={"n": n}),
                             {"matched": 0, "routed": 0, "kept": True, "seen": False})
        first, second, third = (self.client.start("any") for _ in range(3))
        self.assertEqual([self.taken(first), self.taken(second)], [{"n": 1}, {"n": 2}])
        self.assertEqual(self.event(data={"n": 3})["matched"], 1)
        self.assertEqual(self.taken(third), {"n": 3})
        self.engine.verify(self.client)

    def test_an_event_that_was_taken_is_not_kept(self):
        first = self.client.start("any")
        answer = self.event(data={"n": 1})
        self.assertEqual((answer["matched"], answer["kept"]), (1, False))
        self.taken(first)
        second = self.client.start("any")
        self.event(data={"n": 2})
        self.assertEqual(self.taken(second), {"n": 2})

    def test_two_who_listen_both_take_what_comes_but_one_what_was_kept(self):
        both = [self.client.start("any") for _ in range(2)]
        self.assertEqual(self.event(data={"n": 1})["matched"], 2)
        self.assertEqual([self.taken(i) for i in both], [{"n": 1}, {"n": 1}])
        self.event(data={"n": 2})
        requests = [self.client.send_start("any") for _ in range(2)]
        both = [self.client.answer(r)["instance"] for r in requests]
        self.assertEqual(self.taken(both[0]), {"n": 2})
        self.assertEqual(self.client.show(both[1])["state"], "running")

    def test_what_does_not_fit_a_listener_stays_for_another(self):
        self.event(data={"n": 1}, subject="ann")
        self.event(data={"n": 9}, subject="bob")
        self.event("t.other")
        bob = self.client.start("mine", {"who": "bob"})
        self.assertEqual(self.taken(bob), {"n": 9})
        picky = self.client.start("picky")
        self.assertEqual(self.event(data={"n": 7})["matched"], 1)
        self.assertEqual(self.taken(picky), {"n": 7})
        self.assertEqual(self.taken(self.client.start("any")), {"n": 1})

    def test_a_listener_for_several_types_gets_them_in_order_of_arrival(self):
        self.event("t.a", data="first")
        self.event("t.b", data="second")
        self.assertEqual(self.taken(self.client.start("either")), "first")
        self.assertEqual(self.taken(self.client.start("either")), "second")

    def test_a_step_after_the_first_takes_the_next_kept_event(self):
        self.event(data={"n": 1})
        self.event(data={"n": 2})
        instance = self.client.start("twice")
        self.assertEqual(self.taken(instance), {"n": 2})
        rows = [r for r in self.client.history(instance) if r["kind"] == "task.event"]
        self.assertEqual(len(rows), 2)

    def test_a_kept_event_survives_a_kill_and_is_taken_once(self):
        self.event(name="e-77", data={"n": 1})
        self.restart()
        again = self.event(name="e-77", data={"n": 1})
        self.assertEqual((again["seen"], again["kept"]), (True, False))
        first, second = self.client.start("any"), self.client.start("any")
        self.assertEqual(self.taken(first), {"n": 1})
        self.restart()
        self.assertEqual(self.client.show(second)["state"], "running")
        self.engine.verify(self.client)

    def test_who_began_to_listen_just_before_a_kill_is_offered_it_after(self):
        for n in range(20):
            self.event(data={"n": n}, subject=f"s-{n}")
        for n in range(20):
            request = self.client.send_start("mine", {"who": f"s-{n}"}, key=f"k-{n}")
            if n % 5 == 4:
                self.client.answer(request)
                self.restart()
        for n in range(20):
            instance = self.client.start("mine", {"who": f"s-{n}"}, key=f"k-{n}")
            self.assertEqual(self.taken(instance), {"n": n})
        self.engine.verify(self.client)

    def test_a_suspended_instance_takes_it_when_it_is_resumed(self):
        instance = self.client.start("any")
        self.client.ask("SUSPEND", instance=instance, reason="пауза")
        self.assertTrue(self.event(data={"n": 1})["kept"])
        self.client.ask("RESUME", instance=instance)
        self.assertEqual(self.taken(instance), {"n": 1})


class Checked(Case):
    def refused(self, code, **change):
        event = {k: v for k, v in {**self.make(), **change}.items()}
        with self.assertRaises(Refused, msg=change) as refusal:
            self.client.ask("EVENT", **event)
        self.assertEqual(refusal.exception.code, code, change)
        return refusal.exception.text

    def test_each_attribute_is_checked_and_the_sentence_names_it(self):
        for name, value in (("time", "yesterday"), ("time", "2023-02-30T09:00:00Z"), ("time", "2023-01-01"),
                            ("datacontenttype", "json"), ("dataschema", ""), ("source", "a b"),
                            ("Upper", "x"), ("with-dash", "x"), ("number", 1.5), ("list", []),
                            ("big", 2 ** 31), ("ttl", "soon"), ("ttl", -1), ("subject", ""), ("id", 7)):
            self.assertIn(name, self.refused("invalid", **{name: value}))
        self.assertIn("both", self.refused("invalid", data=1, data_base64="eA=="))
        self.refused("unsupported", specversion="0.3")

    def test_what_the_standard_allows_is_taken(self):
        self.event(time="2023-01-09T09:00:00.123+03:00", datacontenttype="text/plain; charset=utf-8",
                   dataschema="urn:x", data_base64="eA==", traceparent="00-1", flag=True, count=-5, ttl=None,
                   subject=None)
        self.client.until_state(self.client.start("any"), "completed")


class Expiring(Case):
    config = {"clock": STANDS}

    def sleep_two_hours(self):
        instance = self.client.start("sleep")
        until(self.client, lambda: (self.client.ask("ADVANCE"), self.client.show(instance))[1],
              lambda row: row["state"] == "completed")

    def test_an_event_is_kept_for_the_time_it_says(self):
        for n, ttl in enumerate((3600, "3600", "PT1H", "PT7199S", 7200)):
            self.event(data={"n": n}, ttl=ttl)
        self.event(data={"n": 5}, ttl="PT2H0.001S")
        self.assertFalse(self.event(data={"n": 6}, ttl=0)["kept"])
        self.event(data={"n": 7})
        self.sleep_two_hours()
        self.restart()
        self.assertEqual(self.taken(self.client.start("any")), {"n": 5})
        self.assertEqual(self.taken(self.client.start("any")), {"n": 7})
        late = self.client.start("any")
        self.assertEqual(self.event(data={"n": 8})["matched"], 1)
        self.assertEqual(self.taken(late), {"n": 8})

    def test_the_usual_time_to_live_is_a_day(self):
        self.event(data={"n": 1})
        for _ in range(12):
            self.sleep_two_hours()
        late = self.client.start("any")
        self.assertEqual(self.event(data={"n": 2})["matched"], 1)
        self.assertEqual(self.taken(late), {"n": 2})

    def test_the_configuration_says_how_long_events_are_kept_and_known(self):
        self.engine.stop()
        self.engine.write_config(event_ttl="PT1H", event_seen="PT1H")
        self.engine.start()
        self.client = Client(self.engine)
        self.event(name="e-77", data={"n": 1})
        self.assertTrue(self.event(name="e-77")["seen"])
        self.sleep_two_hours()
        self.assertFalse(self.event(name="e-77", data={"n": 2})["seen"])
        self.assertEqual(self.taken(self.client.start("any")), {"n": 2})


class Emitted(Case):
    def test_an_event_of_an_instance_goes_to_who_listens_and_is_kept_when_nobody_does(self):
        listener = self.client.start("mine", {"who": "ann"})
        speaker = self.client.start("speak", {"who": "ann"})
        self.client.until_state(speaker, "completed")
        self.assertEqual(self.taken(listener), {"who": "ann"})
        self.client.until_state(self.client.start("speak", {"who": "bob"}), "completed")
        self.assertEqual(self.taken(self.client.start("mine", {"who": "bob"})), {"who": "bob"})
        self.engine.verify(self.client)

    def test_what_is_no_event_is_an_incident_of_the_step(self):
        instance = self.client.start("mute", {"who": ""})
        task = self.client.until_task(instance, state="incident")
        self.assertIn("subject", task["problem"]["detail"])

    def test_nothing_is_lost_or_doubled_by_kills_between_emitting_and_taking(self):
        for n in range(40):
            which = ("speak", "mine") if n % 2 else ("mine", "speak")
            for definition in which:
                request = self.client.send_start(definition, {"who": f"p-{n}"}, key=f"k-{n}")
            if n % 8 == 7:
                self.client.answer(request)
                self.restart()
        for n in range(40):
            for definition in ("speak", "mine"):
                instance = self.client.start(definition, {"who": f"p-{n}"}, key=f"k-{n}")
                self.client.until_state(instance, "completed")
        rows = list(self.client.pages("JOURNAL"))
        self.assertEqual(sum(r["kind"] == "task.event" for r in rows), 40)
        self.engine.verify(self.client)


class StartOrSignal(Case):
    def ask(self, name=None, data=None, key="k", definition="any", patience_s=None, deed="start", **more):
        whom = {"definition": definition, "key": key, **more}
        return self.client.ask("EVENT", event=self.make(name=name, data=data), **{deed: whom})

    def test_it_starts_what_is_not_there_and_signals_what_is(self):
        answer = self.ask(definition="twice", data={"n": 1}, input={"who": "ann"})
        self.assertTrue(answer["created"])
        self.assertEqual(answer["matched"], 1)
        again = self.ask(definition="twice", data={"n": 2})
        self.assertEqual((again["instance"], again["created"], again["matched"]),
                         (answer["instance"], False, 1))
        self.assertEqual(self.taken(answer["instance"]), {"n": 2})
        with self.assertRaises(Refused) as refusal:
            self.ask(definition="twice", data={"n": 3})
        self.assertEqual(refusal.exception.code, "conflict")

    def test_it_is_for_that_instance_only_and_kept_for_it(self):
        other = self.client.start("any")
        answer = self.ask(definition="late", data={"n": 1})
        self.assertEqual((answer["matched"], answer["kept"], answer["created"]), (0, True, True))
        self.assertEqual(self.client.show(other)["state"], "running")
        another = self.client.start("any")
        task = self.client.until_task(answer["instance"], kind="call")
        self.client.ask("SKIP", task=task["task"], reason="не нужно")
        self.assertEqual(self.taken(answer["instance"]), {"n": 1})
        self.assertEqual(self.client.show(another)["state"], "running")

    def test_a_signal_starts_nothing(self):
        with self.assertRaises(Refused) as refusal:
            self.ask(deed="signal")
        self.assertEqual(refusal.exception.code, "not-found")
        instance = self.client.start("any", key="k")
        self.assertEqual(self.ask(deed="signal", data={"n": 1})["instance"], instance)
        self.assertEqual(self.taken(instance), {"n": 1})

    def test_a_request_that_is_repeated_has_one_effect_whenever_the_engine_dies(self):
        for n in range(10):
            event = self.make(name=f"x-{n}", data={"n": n})
            body = {"event": event, "start": {"definition": "twice", "key": f"k-{n}"}}
            self.client.send("EVENT", body)
            if n % 2:
                try:
                    self.client.answer(self.client.last, patience_s=0.02)
                except NoAnswer:
                    pass
            self.restart()
            answer = self.client.ask("EVENT", **body)
            instance = answer["instance"]
            row = self.client.until_task(instance, step="b", state="waiting")
            self.assertEqual(row["kind"], "listen")
            events = [r for r in self.client.history(instance) if r["kind"] == "task.event"]
            self.assertEqual(len(events), 1)
        self.assertEqual(len(list(self.client.pages("LIST", definition="twice"))), 10)
        self.engine.verify(self.client)

    def test_what_it_must_look_like(self):
        good = {"definition": "any", "key": "k"}
        for request, code in (({"start": good, "signal": good}, "invalid"), ({"start": []}, "invalid"),
                              ({"start": {"definition": "any"}}, "invalid"),
                              ({"start": {**good, "key": "a b"}}, "invalid"),
                              ({"start": {**good, "priority": 10}}, "invalid"),
                              ({"start": {**good, "input": []}}, "invalid"),
                              ({"start": {**good, "definition": "none"}}, "not-found"),
                              ({"signal": {**good, "input": {}}}, "invalid"), ({"other": 1}, "invalid")):
            with self.assertRaises(Refused, msg=request) as refusal:
                self.client.ask("EVENT", event=self.make(), **request)
            self.assertEqual(refusal.exception.code, code, request)
        self.assertEqual(self.client.ask("EVENT", event=self.make())["kept"], True)


if __name__ == "__main__":
    main()
