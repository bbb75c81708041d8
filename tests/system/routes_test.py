"""Rules: what an event sets going (docs/language.md §8)."""

import unittest

import yaml

from engine import BODIES, POLICY, Client, Engine, assignment, main, workflow

STANDS = {"stands": {"start": "2023-01-10T01:30"}}
LISTEN = {"listen": {"to": {"one": {"with": {"type": "t.answer"}}}}}

ITEM = workflow("roadmap-item", ("assign", {"call": "assignment", "with": {
    "title": "${ .title }", "responsible": "${ .responsible }", "controller": "${ .controller }",
    "due": "${ .window }", "policy": "default"}}))


def rules(*rows, name="rules", version="1"):
    return yaml.safe_dump({"document": {"kind": "routes", "name": name, "version": version}, "routes": list(rows)},
                          sort_keys=False, allow_unicode=True)


START = {"name": "begin", "on": {"type": "t.new", "where": "${ .data.n > 0 }"},
         "start": {"workflow": "case", "key": "${ .subject }", "input": {"n": "${ .data.n }"}}}
SIGNAL = {"name": "answer", "on": {"type": "t.reply"},
          "signal": {"workflow": "case", "key": "${ .subject }",
                     "event": {"type": "t.answer", "data": {"text": "${ .data.text }"}}}}
SAME = {"name": "same", "on": {"type": "t.answer", "source": "/asoup"},
        "signal": {"workflow": "case", "key": "${ .subject }"}}
MANY = {"name": "many", "on": {"type": "t.many"}, "signal": {"workflow": "many", "key": "${ .subject }"}}
ASSIGN = {"name": "appeal", "on": {"type": "t.appeal", "subject": "region"},
          "assign": {"title": "${ \"Ответ на обращение \" + .data.number }", "responsible": ["${ .data.school }"],
                     "controller": "region", "due": {"days": 30}, "policy": "default"}}


class Routes(unittest.TestCase):
    def setUp(self):
        documents = {"people.yaml": BODIES, "default.yaml": POLICY, "item.yaml": ITEM,
                     "case.yaml": workflow("case", ("for", LISTEN)),
                     "many.yaml": workflow("many", ("for", {"listen": {"to": {
                         "any": [{"with": {"type": "t.many"}}], "until": "${ length > 1 }"}}})),
                     "speak.yaml": workflow("speak", ("say", {"emit": {"event": {"with": {
                         "source": "/tests", "type": "t.new", "subject": "${ .who }", "data": {"n": 5}}}}})),
                     "rules.yaml": rules(START, SIGNAL, SAME, MANY, ASSIGN)}
        self.engine = self.enterContext(Engine(documents, clock=STANDS)).start()
        self.client = Client(self.engine)
        self.last = 0

    def restart(self):
        self.engine.restart()
        self.client = Client(self.engine)

    def event(self, kind, name=None, source="/asoup", **more):
        self.last += 1
        return self.client.ask("EVENT", specversion="1.0", id=name or f"e-{self.last}", source=source, type=kind,
                               **more)

    def rows(self, definition="case"):
        return list(self.client.pages("LIST", definition=definition))

    def routed(self):
        return [r for r in self.client.pages("JOURNAL") if r["kind"] == "event.routed"]

    def test_a_rule_starts_an_instance_once_and_the_journal_says_which(self):
        self.assertEqual(self.event("t.new", subject="ann", data={"n": 1})["routed"], 1)
        self.assertEqual(self.event("t.new", subject="ann", data={"n": 2})["routed"], 1)
        self.assertEqual(self.event("t.new", subject="bob", data={"n": 0})["routed"], 0)
        row, = self.rows()
        self.assertEqual((row["key"], self.client.show(row["instance"])["data"]), ("ann", {"n": 1}))
        first, second = self.routed()
        self.assertEqual((first["routes"], first["rule"], first["deed"], first["started"], first["child"]),
                         ("rules", "begin", "start", True, row["instance"]))
        self.assertEqual((second["started"], second["child"]), (False, row["instance"]))
        self.engine.verify(self.client)

    def test_a_rule_signals_the_instance_of_its_key_and_no_other(self):
        ann, bob = (self.client.start("case", key=key) for key in ("ann", "bob"))
        self.assertEqual(self.event("t.reply", subject="bob", data={"text": "да"})["routed"], 1)
        self.client.until_state(bob, "completed")
        self.assertEqual(self.client.show(bob)["data"], [{"text": "да"}])
        self.assertEqual(self.client.show(ann)["state"], "running")
        answer = self.event("t.reply", subject="nobody", data={"text": "да"})
        self.assertEqual((answer["routed"], answer["kept"]), (0, True))
        self.assertEqual(self.routed()[-1]["problem"]["code"], "not-found")

    def test_who_is_signalled_does_not_hear_the_event_twice(self):
        ann, bob = (self.client.start("many", key=key) for key in ("ann", "bob"))
        answer = self.event("t.many", subject="ann", data={"n": 1})
        self.assertEqual((answer["routed"], answer["matched"]), (1, 1))
        for instance in (ann, bob):
            taken = [r for r in self.client.history(instance) if r["kind"] == "task.event"]
            self.assertEqual(len(taken), 1)

    def test_a_rule_gives_an_assignment_from_the_day_of_the_event_where_the_body_is(self):
        self.event("t.appeal", subject="region", data={"number": "15-р", "school": "school"})
        row, = self.rows("roadmap-item")
        given, = self.client.ask("ASSIGNMENTS")["rows"]
        self.assertEqual((given["title"], given["from"], given["to"]),
                         ("Ответ на обращение 15-р", "2023-01-10", "2023-02-09"))
        self.assertIn("e-1", row["key"])

    def test_a_rule_that_fails_says_so_and_disturbs_nobody(self):
        self.assertEqual(self.event("t.appeal", subject="region", data={"number": 15})["routed"], 0)
        self.assertEqual(self.event("t.new", subject="ключ с пробелом", data={"n": 1})["routed"], 0)
        self.assertTrue(self.engine.logged("MR-RULE-FAILED", "rule=appeal"))
        self.assertEqual([r["rule"] for r in self.routed() if "problem" in r], ["appeal", "begin"])
        self.assertEqual(self.event("t.new", subject="ann", data={"n": 1})["routed"], 1)

    def test_only_the_newest_version_of_a_document_counts_and_all_documents_do(self):
        self.client.deploy(rules(START, name="more"))
        self.assertEqual(self.event("t.new", subject="ann", data={"n": 1})["routed"], 2)
        self.client.deploy(rules(SIGNAL, version="2"))
        self.assertEqual(self.event("t.new", subject="bob", data={"n": 1})["routed"], 1)

    def test_an_event_of_an_instance_goes_through_the_rules_too(self):
        self.client.until_state(self.client.start("speak", {"who": "ann"}), "completed")
        self.assertEqual([r["key"] for r in self.rows()], ["ann"])

    def test_an_event_that_is_repeated_after_a_kill_starts_nothing_twice(self):
        for n in range(6):
            body = {"specversion": "1.0", "id": f"x-{n}", "source": "/s", "type": "t.new", "subject": f"k-{n}",
                    "data": {"n": 1}}
            self.client.send("EVENT", body)
            self.restart()
            self.client.ask("EVENT", **body)
            self.assertTrue(self.client.ask("EVENT", **body)["seen"])
        self.assertEqual(sorted(r["key"] for r in self.rows()), [f"k-{n}" for n in range(6)])
        self.assertEqual(len(self.routed()), 6)
        self.engine.verify(self.client)


if __name__ == "__main__":
    main()
