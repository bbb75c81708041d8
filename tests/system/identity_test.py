"""Who gave a command, on what condition, and once: by, expect and once of MC1 (docs/protocol.md §3.5)."""

import os
import pathlib
import subprocess
import unittest

from engine import (BIN, BODIES, GUARD_S, POLICY, Client, Engine, Refused, Worker, assignment, call, main, until,
                    workflow)

DOCUMENTS = {
    "people.yaml": BODIES, "policy.yaml": POLICY,
    "work.yaml": workflow("work", ("one", call("work", attempts=1))),
    "listen.yaml": workflow("listen", ("for", {"listen": {"to": {"one": {"with": {"type": "t"}}}}})),
    "order.yaml": workflow("order", ("ask", assignment("2020-01-01", "2020-02-01"))),
}
WHO = "Иванова А. П."


class IdentityTest(unittest.TestCase):
    def open(self):
        engine = self.enterContext(Engine(DOCUMENTS)).start()
        return engine, Client(engine)

    def by_of(self, client, instance, kind):
        rows = [row for row in client.history(instance) if row["kind"] == kind]
        self.assertTrue(rows, f"{kind} in {client.history(instance)}")
        return rows[-1].get("by"), rows[-1].get("by_name")

    def begin(self, client, definition, **fields):
        return client.ask("BEGIN", definition=definition, **fields)["instance"]

    # --- by --------------------------------------------------------------------------------------

    def test_each_command_says_who_gave_it(self):
        engine, client = self.open()
        one = self.begin(client, "work", key="k-1", input={"n": 1}, by="region")
        self.assertEqual(self.by_of(client, one, "instance.started"), ("region", "Комитет"))
        self.assertEqual(self.by_of(client, one, "task.opened"), (None, None), "nobody's deed")
        client.ask("SUSPEND", instance=one, reason="пауза", by=WHO)
        self.assertEqual(self.by_of(client, one, "instance.suspended"), (WHO, None))
        client.ask("RESUME", instance=one, by="x" * 200)
        self.assertEqual(self.by_of(client, one, "instance.resumed")[0], "x" * 200)
        worker = Worker(engine, "w-1", "work")
        task, attempt, _ = worker.task()
        worker.fail(task, attempt, retry=False)
        task = client.until_task(one, state="incident")["task"]
        client.ask("RETRY", task=task, input={"n": 2}, by=WHO)
        for kind in ("task.input", "task.ready"):
            self.assertEqual(self.by_of(client, one, kind)[0], WHO)
        client.ask("SKIP", task=task, reason="сделано вручную", by="region")
        self.assertEqual(self.by_of(client, one, "task.skipped"), ("region", "Комитет"))
        self.assertEqual(self.by_of(client, one, "instance.completed"), (None, None))
        two = client.start("work")
        self.assertEqual(self.by_of(client, two, "instance.started"), (None, None), "nobody said")
        client.ask("CANCEL", instance=two, reason="лишний", by=WHO)
        self.assertEqual(self.by_of(client, two, "instance.cancelled")[0], WHO)
        engine.verify(client)

    def test_commands_of_nobody_in_particular_say_it_too(self):
        engine, client = self.open()
        after = client.ask("STATS")["journal"]["seq"]
        listens = client.start("listen")
        text = DOCUMENTS["work.yaml"].replace("one", "uno")
        new = client.ask("DEPLOY", file="w.yaml", text=text, by=WHO)
        waits = client.start("work")
        again = client.ask("DEPLOY", file="w.yaml", text=text.replace("version: '1'", "version: '2'"), by=WHO)
        client.ask("MIGRATE", definition="work", all=True, by="region")
        client.ask("CANCEL", instance=waits, reason="лишний")
        client.ask("REMOVE", name="work", version=new["version"], by="school")
        event = {"specversion": "1.0", "id": "e-1", "source": "/s", "type": "t", "by": "attribute"}
        client.ask("EVENT", event=event, by=WHO, once="e-1")
        rows = list(client.pages("JOURNAL", after=after))
        by = {row["kind"]: row.get("by") for row in rows}
        self.assertEqual((by["definition.deployed"], by["instance.migrated"], by["definition.removed"],
                          by["event.received"]), (WHO, "region", "school", WHO))
        self.assertGreater(again["version"], new["version"])
        self.assertEqual(client.show(listens)["state"], "completed")
        bare = {**event, "id": "e-2", "once": "e-1"}  # attributes of the event, no conditions
        self.assertTrue(client.ask("EVENT", **bare)["kept"])
        self.assertNotIn("by", list(client.pages("JOURNAL", after=after))[-1])
        engine.verify(client)

    def test_what_is_no_name_is_refused(self):
        _, client = self.open()
        one = client.start("work")
        for by, code in (("", "invalid"), (17, "invalid"), ("a\nb", "invalid"), ("x" * 201, "too-large"),
                         ("я" * 101, "too-large")):
            with self.subTest(by=by), self.assertRaises(Refused) as refused:
                client.ask("CANCEL", instance=one, reason="r", by=by)
            self.assertEqual(refused.exception.code, code)
        for fields, code in (({}, "invalid"), ({"definition": "nothing"}, "not-found"),
                             ({"definition": "people"}, "invalid"), ({"definition": "work", "key": "-"}, "invalid"),
                             ({"definition": "work", "priority": 10}, "invalid"),
                             ({"definition": "work", "input": []}, "invalid")):
            with self.subTest(fields=fields), self.assertRaises(Refused) as refused:
                client.ask("BEGIN", **fields)
            self.assertEqual(refused.exception.code, code)

    # --- expect ----------------------------------------------------------------------------------

    def test_of_two_that_saw_the_same_only_the_first_is_done(self):
        engine, client = self.open()
        one = client.start("order")
        entry = client.show(one)["entry"]
        self.assertEqual(entry, client.history(one)[-1]["entry"])
        fields = {"task": f"{one}.1", "action": "comment", "by": WHO, "expect": entry}
        first = client.send("ASSIGNMENT", {**fields, "reason": "первый"})
        second = client.send("ASSIGNMENT", {**fields, "reason": "второй"})  # of the same turn, as a rule
        client.answer(first)
        with self.assertRaises(Refused) as refused:
            client.answer(second)
        self.assertEqual(refused.exception.code, "stale")
        self.assertIn(f"not {entry}", refused.exception.text)
        said = [row["reason"] for row in client.history(one) if row["kind"] == "assignment.commented"]
        self.assertEqual(said, ["первый"])
        client.ask("ASSIGNMENT", **{**fields, "reason": "третий", "expect": client.show(one)["entry"]})
        with self.assertRaises(Refused) as refused:
            client.ask("SUSPEND", instance=one, reason="r", expect=entry)
        self.assertEqual(refused.exception.code, "stale")
        with self.assertRaises(Refused) as refused:
            client.ask("DEPLOY", text=BODIES, expect=entry)
        self.assertEqual(refused.exception.code, "invalid")
        self.assertEqual(client.show(one)["state"], "running")

    # --- once ------------------------------------------------------------------------------------

    def test_what_was_done_before_the_engine_was_killed_is_not_done_again(self):
        engine, client = self.open()
        order = client.start("order")
        commands = [("BEGIN", {"definition": "work", "input": {"n": 1}, "by": WHO}),
                    ("ASSIGNMENT", {"task": f"{order}.1", "action": "comment", "by": "school", "reason": "раз"}),
                    ("SUSPEND", {"instance": order, "reason": "пауза"}),
                    ("EVENT", {"event": {"specversion": "1.0", "id": "e", "source": "/s", "type": "t"}})]
        before = client.ask("STATS")["journal"]["seq"]
        for n, (verb, fields) in enumerate(commands):
            deaf = Client(engine)  # who never hears the answer
            deaf.send(verb, {**fields, "once": f"key {n}"})
            until(client, lambda: client.ask("STATS")["journal"]["seq"], lambda seq: seq > before, verb)
            deaf.close()
            client.close()
            engine.restart()
            client = Client(engine)
            done = client.ask("STATS")["journal"]["seq"]
            answer = client.ask(verb, **fields, once=f"key {n}")
            self.assertEqual(client.ask("STATS")["journal"]["seq"], done, f"{verb} was done again")
            self.assertEqual(client.ask(verb, **fields, once=f"key {n}"), answer, "word for word")
            before = done
        self.assertEqual(len(client.ask("LIST", definition="work")["rows"]), 1)
        engine.verify(client)

    def test_a_key_is_of_one_command_and_a_refused_one_leaves_it_free(self):
        _, client = self.open()
        one = client.start("work")
        two = client.start("work")
        with self.assertRaises(Refused):
            client.ask("CANCEL", instance=999, reason="r", once="k")
        self.assertEqual(client.ask("CANCEL", instance=one, reason="r", once="k"), {"instance": one})
        self.assertEqual(client.ask("CANCEL", reason="r", once="k", instance=one), {"instance": one})
        for fields in ({"instance": two, "reason": "r"}, {"instance": one, "reason": "r", "by": WHO}):
            with self.assertRaises(Refused) as refused:
                client.ask("CANCEL", **fields, once="k")
            self.assertEqual(refused.exception.code, "conflict")
        with self.assertRaises(Refused) as refused:
            client.ask("SUSPEND", instance=one, reason="r", once="k")
        self.assertEqual(refused.exception.code, "conflict")
        self.assertEqual(client.show(two)["state"], "running")

    def test_many_with_one_key_at_a_time_do_it_once(self):
        engine, client = self.open()
        clients = [Client(engine) for _ in range(5)]
        asked = [(c, c.send("BEGIN", {"definition": "work", "once": "k"})) for c in clients for _ in range(20)]
        answers = {str(c.answer(request)) for c, request in asked}
        self.assertEqual(len(answers), 1, answers)
        self.assertEqual(len(client.ask("LIST", definition="work")["rows"]), 1)

    def test_one_that_changed_nothing_is_kept_as_well(self):
        engine, client = self.open()
        one = self.begin(client, "work", key="k")
        known = client.ask("BEGIN", definition="work", key="k", once="o")
        self.assertEqual(known, {"instance": one, "created": False})
        engine.restart()
        again = Client(engine)
        with self.assertRaises(Refused):
            again.ask("BEGIN", definition="work", once="o")
        self.assertEqual(again.ask("BEGIN", definition="work", key="k", once="o"), known)

    # --- the command line ------------------------------------------------------------------------

    def run_words(self, engine, *words, **environment):
        environment = {**os.environ, "LANG": "C.UTF-8", "LANGUAGE": "", "MARSHRUT_CLIENTS": engine.endpoint("clients"),
                       **environment}
        environment.setdefault("MARSHRUT_BY", "")
        done = subprocess.run([str(pathlib.Path(BIN) / "marshrut"), *map(str, words)], env=environment, text=True,
                              capture_output=True, timeout=GUARD_S, check=False)
        self.assertEqual((done.returncode, done.stderr), (0, ""), words)
        return done.stdout

    def test_the_command_line_signs_what_it_asks_for(self):
        import pwd
        engine, client = self.open()
        user = pwd.getpwuid(os.getuid()).pw_name
        self.run_words(engine, "start", "work", "--key", "k")
        self.run_words(engine, "suspend", 1, "--reason", "r", "--by", "region")
        self.run_words(engine, "resume", 1, MARSHRUT_BY=WHO)
        by = {row["kind"]: row.get("by") for row in client.history(1)}
        self.assertEqual((by["instance.started"], by["instance.suspended"], by["instance.resumed"]),
                         (user, "region", WHO))
        shown = self.run_words(engine, "history", 1)
        for who in (user, "Комитет", WHO):
            self.assertIn(f"кем: {who}", shown)
        self.run_words(engine, "event", "--type", "t", "--id", "e-9")
        rows = list(client.pages("JOURNAL"))
        self.assertEqual([row["by"] for row in rows if row["kind"] == "event.received"], [user])

    def test_a_comment_stands_in_the_history_and_changes_nothing(self):
        engine, client = self.open()
        one = client.start("order")
        task = f"{one}.1"
        before = client.ask("ASSIGNMENTS")["rows"]
        letters = client.ask("STATS")["letters"]
        self.run_words(engine, "assignment", "comment", task, "--by", WHO, "--text", "приказ в пути")
        self.assertEqual(client.ask("ASSIGNMENTS")["rows"], before)
        self.assertEqual(client.ask("STATS")["letters"], letters)
        self.assertIn("приказ в пути", self.run_words(engine, "history", one))
        with self.assertRaises(Refused) as refused:
            client.ask("ASSIGNMENT", task=task, action="comment", by="school")
        self.assertEqual(refused.exception.code, "invalid")
        client.ask("ASSIGNMENT", task=task, action="withdraw", by="region", reason="отменено")
        client.ask("ASSIGNMENT", task=task, action="comment", by="school", reason="жаль")
        row = client.history(one)[-1]
        self.assertEqual((row["kind"], row["by"], row["by_name"], row["reason"]),
                         ("assignment.commented", "school", "Школа № 1", "жаль"))
        engine.verify(client)


if __name__ == "__main__":
    main()
