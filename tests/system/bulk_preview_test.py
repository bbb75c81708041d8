"""What the preview of an action on many says of refusals is what is refused then: docs/http.md §4.2.

Always:  one assignment or incident for each instance, so that no command changes what the next is answered.
"""

import collections
import json
import os
import random
import subprocess
import unittest

from engine import BIN, GUARD_S, Hand, Refused, main
from gateway import Gateway, until
from http_jobs_test import DOCUMENTS, Ordering, refuse

COUNT = 16  # all of them are shown by a preview
ROUNDS = 32
ASSIGNMENTS = {  # action -> what it may be done with
    "accept": [{}, {"reason": "принято"}, {"in_part": True, "reason": "частично"}],
    "return": [{"reason": "доработать"}],
    "withdraw": [{"reason": "план отменён"}],
    "move": [{"reason": "перенос", "day": day} for day in ("2023-01-10", "2023-12-20", "2024-01-31")],
    "grant": [{}, {"day": "2023-09-01"}, {"day": "2024-02-01"}],
    "refuse": [{"reason": "успевают"}],
    "pause": [{"reason": "отпуск", "pause": "leave"}],
    "resume": [{}],
    "reassign": [{"reason": "другому", "to": body} for body in ("lyceum", "district", "region")],
}


class Previews(Ordering):
    def setUp(self):
        self.begin(Gateway(DOCUMENTS, clock=self.CLOCK))

    def preview(self, by="region", **fields):
        answer = self.engine.ask("POST", "/api/v1/bulk/preview", fields, Accept_Language="ru",
                                 **({"Marshrut_By": by} if by else {}))
        self.assertEqual(answer.status, 200, answer.body)
        return answer.json

    def terminal(self, by, action, name, fields):
        options = {"pause": "for", "in_part": "in-part"}
        words = [word for field, value in fields.items()
                 for word in (f"--{options.get(field, field)}", *([] if value is True else [value]))]
        done = subprocess.run([BIN / "marshrut", "bulk", action, "--list", name, "--json", *words],
                              capture_output=True, text=True, check=False, timeout=GUARD_S,
                              env={**os.environ, "MARSHRUT_CLIENTS": self.engine.endpoint("clients"), "MARSHRUT_BY": by})
        self.assertEqual(done.returncode, 0, done.stderr)
        return json.loads(done.stdout)

    def assert_foretold(self, by, name, action, fields):
        request = {"list": name, "action": action, **fields}
        seen = self.preview(by, **request)
        typed = self.terminal(by, action, name, fields)
        job = self.engine.post("/api/v1/jobs", {"kind": "bulk", **request}, Marshrut_By=by).json["job"]
        done = self.until_over(job)
        what = (by, request, seen, done)
        self.assertEqual((seen["count"], seen["refused"]), (done["of"], done["refused_count"]), what)
        reasons = {(reason["code"], reason["format"]): reason["count"] for reason in seen["reasons"]}
        self.assertEqual(reasons, collections.Counter((one["code"], one["format"]) for one in done["refused"]), what)
        marked = {(row.get("task"), row["instance"], row["refused"]["text"]) for row in seen["rows"] if "refused" in row}
        self.assertEqual({(task, instance) if name == "assignments" else instance for task, instance, _ in marked},
                         {(one["task"], one["instance"]) if name == "assignments" else one["instance"]
                          for one in done["refused"]}, what)
        self.assertEqual({text for _, _, text in marked}, {one["text"] for one in done["refused"]}, what)
        self.assertEqual((typed["count"], typed["checked"], typed["refused"]), (seen["count"], seen["count"],
                                                                              seen["refused"]), typed)
        self.assertEqual({(reason["code"], reason["format"]): reason["count"] for reason in typed["reasons"]}, reasons)
        return seen

    def give(self, count=COUNT):
        for _ in range(count):
            self.client.start("gives")
        until(self.client, lambda: self.client.ask("STATS"), lambda s: s["assignments"]["open"] == count, "open")

    def mix(self, chance):
        """Each assignment goes its own way for a while."""
        deeds = [{"by": "school", "action": "report", "report": {"text": "сделано"}},
                 {"by": "lyceum", "action": "report", "report": {"text": "часть"}},
                 {"by": "school", "action": "extend", "day": "2024-01-31", "reason": "не успеваем"},
                 {"by": "region", "action": "pause", "pause": "leave", "reason": "отпуск"},
                 {"by": "region", "action": "withdraw", "reason": "не нужно"}]
        for row in self.client.ask("ASSIGNMENTS", open=True)["rows"]:
            for deed in chance.sample(deeds[:-1], 2) if chance.random() < .97 else deeds[-1:]:
                try:
                    self.client.ask("ASSIGNMENT", task=row["task"], **deed)
                except Refused:
                    pass  # a step of this way that is not open any more

    def test_assignments_in_any_state_are_refused_as_foretold(self):
        chance = random.Random(5)
        self.give()
        seen = []
        for turn in range(ROUNDS):
            if turn % 2 == 0:
                self.mix(chance)
            action = chance.choice(sorted(ASSIGNMENTS))
            seen.append(self.assert_foretold(chance.choice(["region"] * 6 + ["district", "school"]),
                                             "assignments", action, chance.choice(ASSIGNMENTS[action])))
        self.assertGreater(sum(0 < one["refused"] < one["count"] for one in seen), 5, "some of them, and not all")
        self.assertGreater(len({reason["format"] for one in seen for reason in one["reasons"]}), 5)

    def test_instances_and_incidents_are_refused_as_foretold(self):
        with Hand(self.engine, "broken", "mail", capacity=100, handler=refuse):
            started = [self.client.start("sends") for _ in range(COUNT)]
            until(self.client, lambda: self.client.ask("STATS"), lambda s: s["incidents"] == COUNT, "incidents")
        for instance in started[:4]:
            self.client.ask("SUSPEND", instance=instance, reason="x")
        for instance in started[4:7]:
            self.client.ask("CANCEL", instance=instance, reason="x")
        self.assertEqual(self.assert_foretold("region", "instances", "resume", {})["refused"], COUNT - 4)
        self.assertEqual(self.assert_foretold("region", "incidents", "suspend", {"reason": "x"})["refused"], 0)
        seen = self.assert_foretold("region", "instances", "suspend", {"reason": "x"})
        self.assertEqual(sorted(reason["count"] for reason in seen["reasons"]), [3, COUNT - 3])
        self.assertEqual(self.assert_foretold("region", "incidents", "retry", {})["refused"], 0)
        self.assertEqual(self.assert_foretold("region", "instances", "cancel", {"reason": "x"})["refused"], 3)

    def test_what_the_refusals_name_differently_is_left_out(self):
        self.give(3)
        first, second, _ = (row["task"] for row in self.client.ask("ASSIGNMENTS")["rows"])
        [reason] = self.preview(list="assignments", action="accept")["reasons"]
        self.assertEqual((reason["count"], reason["text"]), (3, "отчёта на рассмотрении нет; состояние поручения: в работе"))
        self.client.ask("ASSIGNMENT", task=first, action="pause", by="region", pause="leave", reason="x")
        [reason] = self.preview(list="assignments", action="accept")["reasons"]
        self.assertEqual((reason["count"], reason["text"]), (3, "отчёта на рассмотрении нет"))
        self.client.ask("ASSIGNMENT", task=second, action="report", by="school", report={"text": "сделано"})
        seen = self.preview(list="assignments", action="accept", in_part=True, reason="x")
        self.assertEqual([row["task"] for row in seen["rows"] if "refused" not in row], [second])

    def test_while_something_lacks_only_what_is_refused_anyhow_is_told(self):
        self.give(3)
        task = self.client.ask("ASSIGNMENTS")["rows"][0]["task"]
        self.client.ask("ASSIGNMENT", task=task, action="pause", by="region", pause="leave", reason="x")
        move = {"list": "assignments", "action": "move"}
        for fields in ({}, {"reason": "x"}, {"day": "2024-01-31"}, {"reason": "x", "day": "2024-01-31"}):
            self.assertEqual(self.preview(**move, **fields)["refused"], 1, fields)
        self.assertEqual(self.preview(**move, reason="x", day="2022-01-31")["refused"], 3)
        self.assertEqual(self.preview("school", **move)["refused"], 3, "nobody decides about their own term")
        nobody = self.preview(None, **move)
        self.assertEqual((nobody["refused"], nobody["reasons"], nobody["count"]), (None, [], 3))
        nobody = self.preview(None, list="instances", action="resume")
        self.assertEqual(nobody["refused"], 3, "it does not matter who acts")

    def foreseen(self, command, *targets, may_lack=False, **fields):
        answer = self.client.ask("FORESEE", command=command, targets=list(targets), may_lack=may_lack, **{"with": fields})
        return [row["text"] for row in answer["refused"]]

    def test_a_part_that_is_returned_is_no_report_whatever_lacks(self):
        self.give(2)
        first, second = ({"task": row["task"]} for row in self.client.ask("ASSIGNMENTS")["rows"])
        self.client.ask("ASSIGNMENT", **first, action="report", by="lyceum", report={"text": "часть"})
        part = {"action": "return", "by": "school", "to": "lyceum"}
        self.assertEqual(self.foreseen("ASSIGNMENT", first, may_lack=True, **part), [])
        self.assertEqual(self.foreseen("ASSIGNMENT", first, **part), ["this needs a reason"])
        for may_lack in (True, False):
            [unanswered] = self.foreseen("ASSIGNMENT", first, second, may_lack=may_lack, reason="доработать", **part)
            self.assertRegex(unanswered, "has not answered")
            [whole] = self.foreseen("ASSIGNMENT", first, may_lack=may_lack, action="return", by="region", reason="x")
            self.assertRegex(whole, "no report to decide about")
        self.client.ask("ASSIGNMENT", **first, **part, reason="доработать")

    def test_what_is_given_wrong_is_refused_also_while_something_lacks(self):
        self.give(1)
        [target] = ({"task": row["task"]} for row in self.client.ask("ASSIGNMENTS")["rows"])
        for action, wrong in (("move", {"day": "завтра"}), ("pause", {"pause": "soon"}), ("report", {"report": "x"})):
            for may_lack in (True, False):
                by = "school" if action == "report" else "region"
                fields = {"action": action, "by": by, "reason": "x"}
                [text] = self.foreseen("ASSIGNMENT", target, may_lack=may_lack, **fields, **wrong)
                self.assertIn(f'"{next(iter(wrong))}" must be', text)
                with self.assertRaises(Refused) as refused:
                    self.client.ask("ASSIGNMENT", **target, **fields, **wrong)
                self.assertEqual(refused.exception.text, text)

    def test_a_command_without_its_reason_is_refused_as_foretold(self):
        with Hand(self.engine, "broken", "mail", capacity=100, handler=refuse):
            instance = self.client.start("sends")
            until(self.client, lambda: self.client.ask("STATS"), lambda s: s["incidents"] == 1, "incidents")
        target = {"instance": instance}
        task = {"task": self.client.ask("INCIDENTS")["rows"][0]["task"]}
        for command, target in (("CANCEL", target), ("SUSPEND", target), ("SKIP", task)):
            for fields in ({}, {"reason": ""}, {"reason": 5}):
                with self.assertRaises(Refused) as refused:
                    self.client.ask(command, **target, **fields)
                self.assertEqual(self.foreseen(command, target, **fields), [refused.exception.text])
            self.assertEqual(self.foreseen(command, target, may_lack=True), [])
            self.assertEqual(self.foreseen(command, target, reason="x"), [])
        self.assertEqual(self.foreseen("RETRY", task), [])

    def test_many_targets_are_answered_a_few_at_a_time(self):
        self.give(2)
        [first, second] = [{"task": row["task"]} for row in self.client.ask("ASSIGNMENTS")["rows"]]
        self.client.ask("ASSIGNMENT", **second, action="withdraw", by="region", reason="x")
        report = {"text": "сделано", "numbers": list(range(70000))}  # read for each: some ms
        rest = [first, first, second] * 20
        refused, answers = [], 0
        while rest:
            answer = self.client.ask("FORESEE", command="ASSIGNMENT", targets=rest,
                                     **{"with": {"action": "report", "by": "school", "report": report}})
            self.assertGreater(answer["checked"], 0)
            self.assertEqual([row["task"] for row in answer["refused"]],
                             [target["task"] for target in rest[:answer["checked"]] if target == second])
            self.assertEqual(sum(reason["count"] for reason in answer["reasons"]), len(answer["refused"]))
            refused += answer["refused"]
            rest = rest[answer["checked"]:]
            answers += 1
        self.assertEqual(len(refused), 20)
        self.assertGreater(answers, 1, "the engine had others to answer")

    def test_a_question_that_is_wrong_is_refused(self):
        for code, question in (("invalid", {}), ("invalid", {"command": "DEPLOY", "targets": []}),
                               ("invalid", {"command": "RESUME", "targets": [{"instance": 1}], "with": 5}),
                               ("invalid", {"command": "RESUME", "targets": [{"instance": 1}, 5]}),
                               ("invalid", {"command": "RESUME", "targets": [{"instance": 1, "reason": "x"}]}),
                               ("invalid", {"command": "CANCEL"}),
                               ("too-large", {"command": "CANCEL", "targets": [{"instance": 1}] * 1001})):
            with self.assertRaises(Refused) as refused:
                self.client.ask("FORESEE", **question)
            self.assertEqual(refused.exception.code, code, question)
        most = self.client.ask("FORESEE", command="CANCEL", targets=[{"instance": 1}] * 1000, **{"with": {"reason": "x"}})
        self.assertEqual([reason["count"] for reason in most["reasons"]], [1000])
        self.give(1)
        seen = self.client.ask("FORESEE", command="CANCEL", may_lack=True,
                               targets=[{"instance": n} for n in (1, 7, 8, "5")])
        self.assertEqual([row["code"] for row in seen["refused"]], ["not-found", "not-found", "invalid"])
        self.assertEqual([(reason["count"], reason["text"]) for reason in seen["reasons"]],
                         [(2, "there is no instance …"), (1, '"instance" must be the number of an instance')])


if __name__ == "__main__":
    main()
