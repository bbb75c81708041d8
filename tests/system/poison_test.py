"""A poisonous message parks its own instance, or is refused; everything else goes on, and nobody's
machine falls over because many large things come at the same time."""

import unittest

from engine import BODIES, POLICY, ROOT, Client, Engine, Hand, Refused, call, main, until, workflow

MIB = 1 << 20
DEPTH = 256  # LIMIT_JSON_DEPTH
LISTEN = {"listen": {"to": {"one": {"with": {"type": "t", "subject": "${ .subject }"}}}}}


def event(name, size=0, **more):
    return {"specversion": "1.0", "id": name, "source": "/test", "type": "t", "data": "x" * size, **more}


class Poison(unittest.TestCase):
    def begin(self, documents, **config):
        engine = self.enterContext(Engine(documents, **config)).start()
        return engine, Client(engine)

    def test_json_that_steps_make_deeper_and_deeper_is_an_incident(self):
        steps = [(f"s{i}", {"set": {"a": "${ . }"}}) for i in range(200)]
        engine, client = self.begin({"nest.yaml": workflow("nest", *steps, ("work", call("work")))})

        def nested(levels):
            return client.answer(client.send("START", b'{"a":' * levels + b"1" + b"}" * levels, " nest - 5"))
        task = client.until_task(nested(DEPTH)["instance"], state="incident")
        self.assertRegex(task["problem"]["detail"], "levels|too large")
        client.until_task(client.start("nest", {"a": 1}), state="ready")
        for levels in (DEPTH + 1, 5000):
            with self.assertRaises(Refused) as deeper:
                nested(levels)
            self.assertEqual(deeper.exception.code, "too-large")
        engine.verify(client)

    def test_a_result_that_steps_make_too_deep_is_an_incident(self):
        steps = [(f"s{i}", {"set": {"a": "${ . }"}}) for i in range(200)]
        engine, client = self.begin({"nest.yaml": workflow("nest", ("work", call("work")), *steps)})

        def answer(_task, _attempt, data):
            deep = 1
            for _ in range(DEPTH if data["deep"] else 1):
                deep = [deep]
            return deep
        with Hand(engine, "hand", "work", handler=answer):
            parked, other = (client.start("nest", {"deep": deep}) for deep in (True, False))
            client.until_task(parked, state="incident")
            client.until_state(other, "completed")
        engine.verify(client)

    def test_a_subject_too_long_to_listen_for_is_an_incident(self):
        engine, client = self.begin({"wait.yaml": workflow("wait", ("for", LISTEN))})
        fits = client.start("wait", {"subject": "s" * 200})
        client.until_task(fits, kind="listen", state="waiting")
        for subject in ("s" * 201, "s" * 100000, "ы" * 101, 7, None, ["s"]):
            client.until_task(client.start("wait", {"subject": subject}), state="incident")
        self.assertEqual(client.ask("EVENT", **event("1", subject="s" * 200))["matched"], 1)
        client.until_state(fits, "completed")
        engine.verify(client)

    def test_a_large_event_for_many_listeners_is_refused_or_taken_but_ends_nothing(self):
        engine, client = self.begin({"wait.yaml": workflow("wait", ("for", LISTEN))})
        requests = [client.send_start("wait", {"subject": "many"}) for _ in range(100)]
        instances = [client.answer(request)["instance"] for request in requests]
        with self.assertRaises(Refused) as large:
            client.ask("EVENT", **event("1", MIB - 1000, subject="many"))
        self.assertEqual(large.exception.code, "too-large")
        self.assertEqual(client.show(instances[0])["state"], "running")
        # it was refused, so it was not seen: a smaller one with the same id is taken
        self.assertEqual(client.ask("EVENT", **event("1", 1000, subject="many"))["matched"], 100)
        until(client, lambda: client.ask("STATS")["instances"]["completed"], lambda n: n == 100)
        engine.verify(client)

    def test_many_large_inputs_at_once_are_all_taken(self):
        engine, client = self.begin({"one.yaml": workflow("one", ("do", call("work")))})
        data = {"text": "x" * (MIB - 100)}
        requests = [client.send_start("one", data, f"k{i}") for i in range(150)]
        instances = {client.answer(request)["instance"] for request in requests}
        self.assertEqual(len(instances), 150)
        with Hand(engine, "hand", "work", capacity=100):  # and so are as many large results
            until(client, lambda: client.ask("STATS")["instances"]["completed"], lambda n: n == 150)

    def test_many_large_waits_that_end_at_once_end_in_turns(self):
        documents = {"wait.yaml": workflow("wait", ("pause", {"wait": "PT1S"}))}
        engine, client = self.begin(documents, turn={"ms": 1000})
        for _ in range(100):  # suspended before the wait ends, so that none ends alone
            instance = client.start("wait", {"text": "x" * (MIB - 100)})
            client.ask("SUSPEND", instance=instance, reason="проверка")
        last = client.show(instance)["tasks"][0]["until"]
        until(client, lambda: client.ask("STATS")["now"], lambda now: now > last)
        for request in [client.send("RESUME", {"instance": i}) for i in range(1, 101)]:
            client.answer(request)
        until(client, lambda: client.ask("STATS")["instances"]["completed"], lambda n: n == 100)
        engine.verify(client)

    def test_steps_that_copy_large_data_again_and_again_end_nothing(self):
        steps = [(f"s{i}", {"set": {"a": "${ .a }"}}) for i in range(200)]
        engine, client = self.begin({"copy.yaml": workflow("copy", *steps, ("work", call("work")))})
        instance = client.start("copy", {"a": "x" * (MIB - 100)})
        task = client.show(instance)["tasks"][0]
        if task["state"] == "incident":
            client.ask("CANCEL", instance=instance, reason="слишком велико")
        client.until_task(client.start("copy", {"a": 1}), kind="call", state="ready")
        engine.verify(client)

    def test_a_plan_that_decides_more_than_a_journal_entry_holds_starts_all_the_same(self):
        bodies = "".join(f"  - {{id: b{i}, name: Комитет образования района {i}, email: b{i}@lo.invalid}}\n"
                         for i in range(18))
        people = ", ".join(f"b{i}" for i in range(18))
        title = "очень длинное поручение " * 80
        items = "".join(f"  - {{no: '{i}', section: '1', title: {title}, responsible: [{people}], due: {{phrase: "
                        "год, kind: window, windows: [{from: 2023-01-01, to: 2023-02-01}]}}\n" for i in range(120))
        engine, client = self.begin({
            "bodies.yaml": BODIES + bodies, "policy.yaml": POLICY + "digest: false\n",  # a letter for each
            "item.yaml": (ROOT / "workflows" / "roadmap-item.yaml").read_text(encoding="utf-8"),
            "plan.yaml": "document: {kind: roadmap, name: plan, version: '1'}\nperiod: {from: 2023-01-01, to: "
                         "2023-12-31}\ncontroller: region\npolicy: default\nsections:\n  - {no: '1', title: Р}\n"
                         "items:\n" + items})
        before = client.ask("STATS")["journal"]
        plan = client.start("plan", key="k")  # it is late: everybody is written to at once
        after = client.ask("STATS")["journal"]
        self.assertGreaterEqual(after["entry"], before["entry"] + 2)
        seen, page = before["seq"], {"next": before["seq"]}
        while page["next"] is not None:
            page = client.ask("JOURNAL", after=seen)
            self.assertEqual([r["seq"] for r in page["rows"]], list(range(seen + 1, seen + 1 + len(page["rows"]))))
            seen += len(page["rows"])
        self.assertEqual(seen, after["seq"])
        child = client.ask("LIST", parent=plan, limit=1)["rows"][0]["instance"]
        self.assertEqual(client.history(child)[0]["kind"], "instance.started")
        engine.restart()
        engine.verify()

    def test_steps_that_double_the_data_stop_at_the_limit(self):
        steps = [(f"s{i}", {"set": {"a": "${ . }", "b": "${ . }"}}) for i in range(100)]
        engine, client = self.begin({"double.yaml": workflow("double", *steps)})
        task = client.until_task(client.start("double", {"a": 1}), state="incident")
        self.assertRegex(task["problem"]["detail"], "too large|takes too long|the limit is")
        engine.verify(client)


if __name__ == "__main__":
    main()
