"""What the engine says when it refuses, as people read it in Russian (docs/protocol.md §3.1)."""

import itertools
import json
import os
import re
import subprocess
import unittest

from assignments_test import DOCUMENTS, STANDS
from engine import BIN, Client, Engine, Refused, main

BODIES = ("school", "lyceum", "district", "region", "nobody")
FILLED = """document: {dsl: '1.0.3', namespace: test, name: filled, version: '1'}
do:
  - fill:
      call: assignment
      with:
        {title: Анкета, responsible: [school], controller: region, due: {days: 9}, form: '${ .form }'}
"""
REPORT = {"kind": "приказ", "number": "7", "date": "2023-01-09"}
FIELDS = ("all", "covers", "documents", "kind", "sha256", "region")  # what a person writes into --report
ACTIONS = {
    "report": ({}, {"report": REPORT}, {"report": {"covers": ["region"]}},
               {"report": {"covers": 5}}, {"report": {"documents": 5}}, {"report": {"documents": [5]}},
               {"report": {"documents": [{"kind": 5}]}}, {"report": {**REPORT, "date": "вчера"}},
               {"report": {**REPORT, "sha256": "0"}}, {"report": {"documents": [REPORT] * 100}},
               {"report": {"text": "x" * 70000}}),
    "accept": ({}, {"in_part": True}),
    "return": ({"reason": "нет"}, {}, {"reason": "нет", "to": "lyceum"}, {"reason": "нет", "to": "region"}),
    "extend": ({"reason": "нет", "day": "2023-01-01"}, {"reason": "нет"},
               {"reason": "нет", "day": "2023-03-20"}),
    "grant": ({}, {"day": "2023-01-10"}),
    "refuse": ({"reason": "нет"}, {}),
    "move": ({"reason": "нет", "day": "2023-01-01"}, {"reason": "нет"}, {"reason": "нет", "day": "2023-02-28"}),
    "pause": ({"reason": "нет"}, {"reason": "нет", "pause": "waits"}),
    "resume": ({},),
    "delegate": ({"to": "region"}, {"to": "absent"}, {"to": "school"}, {"to": "lyceum", "day": "2024-01-01"}),
    "reassign": ({"to": "school", "reason": "нет"}, {"to": "region", "reason": "нет"}, {"to": "absent", "reason": "нет"},
                 {"to": "lyceum"}),
    "withdraw": ({},),
}
# What brings a new assignment into each of its states.
STATES = {
    "open": (),
    "asked": (("extend", "school", {"day": "2023-03-15", "reason": "ждём"}),),
    "answered": (("report", "lyceum", {"report": {"text": "готово"}}),),
    "reported": (("report", "school", {}),),
    "bare": (("report", "lyceum", {}), ("report", "district", {}), ("report", "school", {})),
    "delegated": (("delegate", "school", {"to": "lyceum"}),),
    "paused": (("pause", "region", {"reason": "ждём", "pause": "waits"}),),
    "withdrawn": (("withdraw", "region", {"reason": "не нужно"}),),
}


class Refusals(unittest.TestCase):
    @staticmethod
    def words(action, request):
        """A request as the words of the command."""
        words = [action, request["task"], "--by", request["by"]]
        for name in ("to", "day", "reason"):
            words += [f"--{name}", request[name]] if name in request else []
        if "pause" in request:
            words += ["--for", request["pause"]]
        words += ["--in-part"] if request.get("in_part") else []
        return words + (["--report", "-"] if "report" in request else [])

    def say(self, engine, action, request):
        environment = {**os.environ, "MARSHRUT_LANG": "ru", "MARSHRUT_CLIENTS": engine.endpoint("clients")}
        done = subprocess.run([BIN / "marshrut", "assignment", *self.words(action, request)], text=True,
                              input=json.dumps(request.get("report")), capture_output=True, check=False,
                              env=environment)
        return done.returncode, done.stderr

    def refusals(self, client):
        """Who is refused with which sentence: {sentence: [(action, request), …]}."""
        found = {}
        for state, (action, variants), by in itertools.product(STATES, ACTIONS.items(), BODIES):
            for variant in variants:
                instance = client.start("ask", {
                    "title": "План", "others": ["lyceum", "district"], "result": "Приказ",
                    "due": {"from": "2023-01-09", "to": "2023-02-28"}})
                for done, actor, more in STATES[state]:
                    client.ask("ASSIGNMENT", task=f"{instance}.1", action=done, by=actor, **more)
                request = {"task": f"{instance}.1", "by": by, **variant}
                try:
                    client.ask("ASSIGNMENT", action=action, **request)
                except Refused as refusal:
                    self.assertIn("format", refusal.payload, refusal.text)
                    words = refusal.payload["args"] if "the assignment is" in refusal.text else ()
                    key = (refusal.payload["format"], *words)
                    found.setdefault(key, []).append((action, request))
        return found

    def test_every_refusal_about_an_assignment_is_russian(self):
        with Engine(DOCUMENTS, clock=STANDS) as engine:
            client = Client(engine.start())
            found = self.refusals(client)
            self.assertGreater(len(found), 25, found.keys())
            for sentence, requests in found.items():
                # the command refuses some by itself, with its own words and status
                status, said, request = next((one for one in (
                    (*self.say(engine, *r), r[1]) for r in requests[:20]) if one[0] != 2), (2, "", {}))
                if status == 2:
                    continue
                for given in (request["by"], request.get("to", ""), *FIELDS):
                    said = said.replace(f"«{given}»", "")
                with self.subTest(sentence):
                    self.assertEqual(status, 1, said)
                    self.assertNotRegex(said, "[A-Za-z]")
                    self.assertTrue(re.match("Отказ \\([а-я ,]+\\): .{10}", said), said)

    def test_an_incident_says_in_russian_why_the_engine_could_not_go_on(self):
        with Engine(DOCUMENTS, clock=STANDS) as engine:
            client = Client(engine.start())
            instance = client.start("ask", {"title": "План", "others": ["absent"],
                                            "due": {"from": "2023-01-09", "to": "2023-02-28"}})
            environment = {**os.environ, "MARSHRUT_LANG": "ru", "MARSHRUT_CLIENTS": engine.endpoint("clients")}
            for words in (["incidents"], ["why", str(instance)], ["journal"]):
                said = subprocess.run([BIN / "marshrut", *words], text=True, capture_output=True, check=False,
                                      env=environment).stdout
                self.assertIn("Поручение не может быть дано: органа «absent» нет", said)

    def test_a_report_that_does_not_hold_to_its_form_is_refused_and_names_the_field(self):
        form = [{"name": "score", "title": "Балл", "kind": "number", "min": 0, "required": True},
                {"name": "area", "title": "Область", "kind": "choice", "options": ["да", "нет"]}]
        with Engine({**DOCUMENTS, "filled.yaml": FILLED}, clock=STANDS) as engine:
            client = Client(engine.start())
            task = f"{client.start('filled', {'form': form})}.1"
            for report, why in (({}, "в отчёте не заполнено «score»: «Балл»"),
                                ({"score": "5"}, "«score» («Балл») в отчёте: ожидается число в указанных пределах"),
                                ({"score": 5, "area": "x"},
                                 "«area» («Область») в отчёте: ожидается один из вариантов выбора")):
                status, said = self.say(engine, "report", {"task": task, "by": "school", "report": report})
                self.assertEqual((status, why in said), (1, True), said)
            client.ask("ASSIGNMENT", task=task, action="report", by="school", report={"score": 5, "area": "да"})
            client.ask("ASSIGNMENT", task=task, action="accept", by="region")

    def test_an_assignment_with_a_form_that_nobody_can_fill_in_is_an_incident(self):
        with Engine({**DOCUMENTS, "filled.yaml": FILLED}, clock=STANDS) as engine:
            client = Client(engine.start())
            client.start("filled", {"form": [{"name": "score", "title": "Балл", "kind": "nubmer"}]})
            said = subprocess.run([BIN / "marshrut", "incidents"], text=True, capture_output=True, check=False, env={
                **os.environ, "MARSHRUT_LANG": "ru", "MARSHRUT_CLIENTS": engine.endpoint("clients")}).stdout
            self.assertIn("Поручение не может быть дано: поле «score» неизвестного вида", said)


if __name__ == "__main__":
    main()
