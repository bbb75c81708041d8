"""What marshrutd refuses: a folder that is in use, another clock's store, a configuration or a document
that is wrong. Each refusal has a place or a sentence, and changes nothing."""

import os
import unittest

from engine import BODIES, POLICY, ROOT, Client, Engine, Refused, call, main, workflow

GOOD = workflow("good", ("do", call("work")))
DEMO = {"demo": {"start": "2023-01-09T09:00", "day_seconds": 1}}


class Folder(unittest.TestCase):
    def refused(self, engine, *marks):
        status, said = engine.refuse_to_start()
        self.assertEqual(status, 1, said)
        lines = [line for line in said.splitlines() if "MR-FAILED" in line]
        self.assertEqual(len(lines), 1, said)
        for mark in marks:
            self.assertIn(mark, lines[0])
        self.assertNotIn("Sanitizer", said)
        return lines[0]

    def test_a_second_engine_on_the_same_folder_is_refused_and_the_first_goes_on(self):
        with Engine({"good.yaml": GOOD}) as first:
            client = Client(first.start())
            with Engine({"good.yaml": GOOD}, folder=first.folder) as second:
                self.refused(second)
            with Engine(folder=first.folder, endpoints=first.config["endpoints"]) as third:
                self.refused(third)
            instance = client.start("good")
            first.restart()  # and the lock is gone with its owner, however it went
            self.assertEqual(Client(first).show(instance)["state"], "running")

    def test_an_endpoint_that_is_in_use_is_refused(self):
        with Engine() as first:
            first.start()
            with Engine(endpoints=first.config["endpoints"]) as second:
                self.refused(second)
            Client(first).ask("STATS")

    def test_a_store_of_demonstration_time_is_refused_on_the_real_clock(self):
        with Engine(clock=DEMO) as engine:
            engine.start().stop()
            engine.write_config(clock="real")
            self.refused(engine, "demonstration")
            engine.write_config(clock=DEMO)
            engine.start().stop()

    def test_a_store_of_the_real_clock_is_refused_in_demonstration_time(self):
        with Engine() as engine:
            engine.start().stop()
            engine.write_config(clock=DEMO)
            self.refused(engine, "real clock")
            engine.write_config(clock="real")
            engine.start().stop()

    def test_a_folder_that_cannot_be_made_or_written_is_refused(self):
        with Engine() as engine:
            (engine.root / "file").write_text("no folder")
            for folder in (engine.root / "file", engine.root / "file" / "below"):
                engine.write_config(folder=str(folder))
                self.refused(engine)

    def test_a_store_that_was_cut_off_does_not_start(self):
        for size in (1, 4096, 8192, 10000):
            with Engine({"good.yaml": GOOD}) as engine:
                client = Client(engine.start())
                client.start("good")
                engine.stop()
                data = next(p for p in (engine.folder / "store").iterdir() if p.name.startswith("data"))
                os.truncate(data, size)
                status, said = engine.refuse_to_start()
                self.assertNotEqual(status, 0, f"cut to {size} bytes: {said}")


class Configuration(unittest.TestCase):
    refused = Folder.refused

    def refused_config(self, text, line, column, *marks):
        with Engine() as engine:
            path = engine.root / "config.yaml"
            path.write_bytes(text if isinstance(text, bytes) else text.encode())
            said = self.refused(engine, f"config.yaml:{line}:{column}:", *marks)
            self.assertFalse(engine.folder.exists())
            return said

    def test_what_is_wrong_in_the_configuration_is_refused_with_its_place(self):
        folder = "folder: /tmp/never-made-by-a-test\n"
        for text, line, column, mark in (
                ("foldr: x\n", 1, 1, "folder"), (folder + "colour: red\n", 2, 1, "colour"),
                (folder + "heartbeat_ms: fast\n", 2, 15, "heartbeat_ms"), (folder + "heartbeat_ms: 9\n", 2, 15, ""),
                (folder + "heartbeat_ms: -5\n", 2, 15, ""), (folder + "clock: lunar\n", 2, 8, "clock"),
                (folder + "clock:\n  demo:\n    start: yesterday\n", 4, 12, ""),
                (folder + "clock:\n  demo:\n    start: '2023-02-30T09:00'\n", 4, 12, ""),
                (folder + "clock:\n  demo: {start: '2023-01-09T09:00', day_seconds: 0}\n", 3, 50, ""),
                (folder + "endpoints:\n  workrs: ipc:///x\n", 3, 3, "workers"),
                (folder + "log: loud\n", 2, 6, "log"), (folder + "deploy: all\n", 2, 9, "deploy"),
                (folder + "programs:\n  - name: x\n", 3, 5, "run"),
                (folder + "programs:\n  - name: x\n    run: []\n", 4, 10, "run"),
                (folder + "start:\n  - definition: x\n", 3, 5, "key"),
                (folder + "limits:\n  - service: a b\n", 3, 14, ""),
                (folder + "limits:\n  - {service: a, concurrency: 0}\n", 3, 31, ""),
                (folder + "turn: {commands: 3}\n", 2, 18, ""), (folder + "store: {map: 1}\n", 2, 9, ""),
                (folder + "folder: twice\n", 2, 1, "folder"), ("[]\n", 1, 1, ""), ("folder: [\n", 2, 1, ""),
                ("folder: \ttab\n\t- x\n", 2, 1, ""), (b"folder: \xff\xfe\n", 1, 9, "UTF-8")):
            with self.subTest(text=text):
                self.refused_config(text, line, column, mark)

    def test_a_configuration_that_is_not_there_is_refused(self):
        with Engine() as engine:
            (engine.root / "config.yaml").unlink()
            self.refused(engine, "config.yaml")

    def test_wrong_options_end_with_status_two(self):
        with Engine() as engine:
            for words in ((), ("--config",), ("--conf", "x"), ("--config", "x", "y"), ("--help",)):
                status, said = engine.run(*words, wait=True)
                self.assertEqual((status, "usage" in said), (2, True), words)

    def test_a_document_that_is_wrong_stops_the_start_with_its_place(self):
        with Engine({"bodies.yaml": BODIES, "bad.yaml": GOOD + "extra: 1\n"}) as engine:
            self.refused(engine, "bad.yaml:", "extra")
            (engine.root / "bad.yaml").write_text(GOOD)
            client = Client(engine.start())
            self.assertEqual([(r["name"], r["version"]) for r in client.ask("DEFINITIONS")["rows"]],
                             [("people", 1), ("good", 1)])

    def test_a_document_that_is_not_there_stops_the_start(self):
        with Engine(deploy=["nowhere.yaml"]) as engine:
            self.refused(engine, "nowhere.yaml")

    def test_a_start_of_something_unknown_stops_the_start(self):
        with Engine({"good.yaml": GOOD}, start=[{"definition": "other", "key": "k"}]) as engine:
            self.refused(engine, "other")

    def test_a_definition_is_started_once_however_often_the_engine_starts(self):
        with Engine({"good.yaml": GOOD}, start=[{"definition": "good", "key": "only"}]) as engine:
            for _ in range(3):
                engine.start()
                rows = Client(engine).ask("LIST")["rows"]
                self.assertEqual([(r["instance"], r["key"]) for r in rows], [(1, "only")])
                engine.kill()


ROADMAP = """\
document: {kind: roadmap, name: plan, version: '1', title: План}
period: {from: 2023-01-01, to: 2023-12-31}
controller: region
policy: default
sections:
  - {no: '1', title: Раздел}
items:
"""
ITEM = """\
  - no: '%s'
    section: '1'
    title: Пункт
    responsible: [%s]
    due:
      phrase: когда-нибудь
      kind: window
      windows:
        - {from: %s, to: %s}
"""


def roadmap(*items):
    return ROADMAP + "".join(ITEM % item for item in items)


class Documents(unittest.TestCase):
    """DEPLOY refuses a bad document with its place, and nothing changes."""

    def setUp(self):
        item = (ROOT / "workflows" / "roadmap-item.yaml").read_text(encoding="utf-8")
        self.engine = self.enterContext(Engine({"bodies.yaml": BODIES, "policy.yaml": POLICY,
                                                "item.yaml": item})).start()
        self.client = Client(self.engine)
        self.before = self.client.ask("DEFINITIONS")["rows"], self.client.ask("STATS")["journal"]

    def refused(self, text, code, line=None, column=None, mark=""):
        with self.assertRaises(Refused) as refusal:
            self.client.deploy(text, file="план.yaml")
        answer = refusal.exception
        self.assertEqual(answer.code, code, answer)
        if line is not None:
            self.assertEqual((answer.payload["file"], answer.payload["line"]), ("план.yaml", line), answer)
        if column is not None:
            self.assertEqual(answer.payload["column"], column, answer)
        self.assertIn(mark, answer.text)
        after = self.client.ask("DEFINITIONS")["rows"], self.client.ask("STATS")["journal"]
        self.assertEqual(after, self.before)

    def test_broken_yaml(self):
        for text, line in (("document: {kind: roadmap\n", 2), ("a: b: c\n", 1), ("\tx: 1\n", 1), ("- 'x\n", 2),
                           ("%YAML 9.9\n---\na: 1\n", None), ("", None),
                           ("a: 'x\n", 2)):
            with self.subTest(text=text):
                self.refused(text, "syntax", line)
        for text, line in (("a: 1\n---\nb: 2\n", 2), ("a: *nothing\n", 1), ("a: &a [*a]\n", 1), ("a: &a {b: *a}\n", 1)):
            with self.subTest(text=text):
                self.refused(text, "invalid", line)

    def test_a_document_that_is_not_utf_8_cannot_even_be_asked_for(self):
        for text in (b'{"text":"\xff"}', b'{"text":"\\ud800"}', b'{"text":"\xc0\xaf"}', b"\xff\xfe{}"):
            with self.assertRaises(Refused) as refusal:
                self.client.answer(self.client.send("DEPLOY", text))
            self.assertEqual(refusal.exception.code, "syntax")

    def test_a_huge_document_is_refused_at_its_limit(self):
        comment = "#" + "x" * 99 + "\n"
        room = (4 << 20) - len(GOOD)
        fits = GOOD + comment * (room // 101) + "#" * (room % 101)
        self.assertEqual(len(fits), 4 << 20)
        self.refused(fits + "#", "too-large")
        self.assertTrue(self.client.deploy(fits)["changed"])

    def test_an_alias_bomb_is_refused_before_it_grows(self):
        levels = ["a0: &a0 [x, x, x, x, x, x, x, x, x]"]
        for i in range(1, 30):
            levels.append(f"a{i}: &a{i} [" + ", ".join([f"*a{i - 1}"] * 9) + "]")
        self.refused("\n".join(levels) + "\n", "too-large")
        self.refused("a: &a [" + "x, " * 2000 + "]\nb: [" + "*a, " * 2000 + "]\n", "too-large")

    def test_deep_nesting_is_refused(self):
        for text in ("[" * 193 + "]" * 193, "[" * 100000, "{a: " * 100000, "- " * 100000 + "x",
                     "a: &a " + "[" * 100 + "]" * 100 + "\nb: " + "[" * 100 + "*a" + "]" * 100):
            with self.assertRaises(Refused) as refusal:
                self.client.deploy(text)
            self.assertIn(refusal.exception.code, ("too-large", "syntax"))
        self.assertEqual(self.client.ask("DEFINITIONS")["rows"], self.before[0])

    def test_an_unknown_body(self):
        self.refused(roadmap(("1", "schol", "2023-01-01", "2023-02-01")), "invalid", 11, 19, "schol")

    def test_an_item_number_used_twice(self):
        item = ("1.1", "school", "2023-01-01", "2023-02-01")
        self.refused(roadmap(item, item), "invalid", 17, 9, "1.1")

    def test_a_window_that_ends_before_it_starts(self):
        self.refused(roadmap(("1", "school", "2023-03-01", "2023-02-01")), "invalid", 16)

    def test_a_window_outside_the_period_and_a_day_that_is_none(self):
        self.refused(roadmap(("1", "school", "2022-12-31", "2023-02-01")), "invalid", 16)
        self.refused(roadmap(("1", "school", "2023-02-29", "2023-03-01")), "invalid", 16, 18)

    def test_words_of_the_standard_that_are_not_supported_say_so(self):
        text = GOOD.replace("call: work", "run: {shell: {command: ls}}")
        with self.assertRaises(Refused) as refusal:
            self.client.deploy(text)
        self.assertEqual(refusal.exception.code, "unsupported")

    def test_a_good_document_after_all_of_it_is_taken_once(self):
        text = roadmap(("1", "school", "2023-01-01", "2023-02-01"))
        first = self.client.deploy(text)
        self.assertEqual((first["version"], first["changed"]), (1, True))
        again = self.client.deploy(text)
        self.assertEqual((again["version"], again["changed"], again["number"]), (1, False, first["number"]))
        other = self.client.deploy(text.replace("Пункт", "Дело"))
        self.assertEqual((other["version"], other["changed"]), (2, True))
        self.engine.restart()
        self.client = Client(self.engine)
        self.assertFalse(self.client.deploy(text.replace("Пункт", "Дело"))["changed"])
        self.client.start("plan", key="k")
        self.engine.verify(self.client)


class Requests(unittest.TestCase):
    """A request of a client that means nothing is answered with its documented code."""

    def setUp(self):
        self.engine = self.enterContext(Engine({"good.yaml": GOOD, "people.yaml": BODIES})).start()
        self.client = Client(self.engine)

    def raw(self, *frames):
        self.client.socket.send_multipart(frames)
        request, code, payload = self.client.take(60000)
        self.assertTrue(payload["text"])
        return request, code

    def test_headers_and_frames(self):
        for frames, answer in (((b"MC1 STATS x", b""), (0, "syntax")), ((b"MC1 STATS 0", b""), (0, "syntax")),
                               ((b"",), (0, "syntax")), ((b"MC1",), (0, "syntax")),
                               ((b"MC1 STATS 5", b"{}", b"{}"), (0, "syntax")),
                               ((b"MC1 STATS 5",) + (b"x",) * 50, (0, "too-large")),
                               ((b"MC2 STATS 5", b"{}"), (0, "unsupported")),
                               ((b"MC1 FROB 5", b"{}"), (5, "unsupported")),
                               ((b"MC1 stats 5", b"{}"), (5, "unsupported")),
                               ((b"MC1 OK 5", b"{}"), (5, "syntax")),
                               ((b"MC1 ERROR 5 busy", b"{}"), (5, "syntax")),
                               ((b"MC1 STATS 5", b"{"), (5, "syntax")), ((b"MC1 STATS 5", b"[]"), (5, "syntax")),
                               ((b"MC1 STATS 5", b"\xff"), (5, "syntax")),
                               ((b"MC1 SHOW 5", b"x" * (1 << 21)), (5, "too-large")),
                               ((b"MC1 START 5 good k 10", b"{}"), (5, "too-large")),
                               ((b"MC1 START 5 good", b"{}"), (5, "syntax")),
                               ((b"MC1 START 5 good " + b"k" * 201 + b" 5", b"{}"), (5, "too-large")),
                               ((b"MC1 START 5 good - 5", b"[]"), (5, "invalid")),
                               ((b"MC1 START 5 good - 5", b"{"), (5, "syntax")),
                               ((b"MC1 START 5 good - 5", b'{"a":1,"a":2}'), (5, "syntax")),
                               ((b"MC1 START 5 nothing - 5", b"{}"), (5, "not-found")),
                               ((b"MC1 START 5 people - 5", b"{}"), (5, "invalid")),
                               ((b"MC1 " + b"x" * 2000, b"{}"), (0, "too-large"))):
            with self.subTest(frames=[f[:40] for f in frames]):
                self.assertEqual(self.raw(*frames), answer)
        self.assertEqual(self.client.ask("LIST")["rows"], [])

    def test_fields_missing_or_of_the_wrong_type(self):
        for verb, payload, code in (("SHOW", {}, "invalid"), ("SHOW", {"instance": "1"}, "invalid"),
                                    ("SHOW", {"instance": 1.5}, "invalid"), ("SHOW", {"instance": 7}, "not-found"),
                                    ("SHOW", {"instance": -1}, "invalid"), ("WHY", {}, "invalid"),
                                    ("HISTORY", {"instance": 9}, "not-found"), ("CANCEL", None, "invalid"),
                                    ("CANCEL", {"instance": 7}, "invalid"), ("LIST", {"limit": 0}, "invalid"),
                                    ("LIST", {"limit": "all"}, "invalid"), ("LIST", {"after": "zz"}, "invalid"),
                                    ("JOURNAL", {"after": -1}, "invalid"), ("DEPLOY", {}, "invalid"),
                                    ("DEPLOY", {"text": 5}, "invalid"), ("BACKUP", {}, "invalid"),
                                    ("BACKUP", {"folder": "relative"}, "invalid"), ("EVENT", {}, "invalid"),
                                    ("ASSIGNMENT", {"task": "1.1"}, "invalid")):
            with self.subTest(verb=verb, payload=payload):
                with self.assertRaises(Refused) as refusal:
                    self.client.answer(self.client.send(verb, payload))
                self.assertEqual(refusal.exception.code, code, refusal.exception)
                self.assertTrue(refusal.exception.text)


if __name__ == "__main__":
    main()
