"""Over HTTP: what a term means, working days, documents compared, drawn and tried. What is answered is what
the command line prints; and docs/http.md §6 says of each of its commands where it is."""

import contextlib
import json
import os
import pathlib
import re
import subprocess
import tempfile
import unittest
import unittest.mock
from urllib.parse import urlencode

import engine
from engine import BIN, BODIES, POLICY, ROOT, assignment, call, main, workflow
from gateway import Gateway
from http_tool_test import Beside

CALENDARS = ROOT / "workflows/calendars"
SIX = """\
document: {kind: bodies, name: six, version: '1'}
timezone: Europe/Moscow
bodies:
  - {id: six, name: Школа с шестидневкой, calendar: ru-six-day}
"""
WAITS = workflow("waits", ("pause", {"wait": {"days": 3}}))
LONGER = WAITS.replace("days: 3", "days: 4")
INNER = workflow("inner", ("tell", {"set": {"who": "in force"}}))
UNKNOWN = {"run": {"workflow": {"namespace": "tests", "name": "none", "version": "1"}}}
OUTER = workflow("outer", ("run", {"run": {"workflow": {"namespace": "tests", "name": "inner", "version": "1"}}}))


def marshrut(*words, language="en"):
    done = subprocess.run([BIN / "marshrut", *words, "--json"], capture_output=True, text=True,
                          env={**os.environ, "MARSHRUT_LANG": language}, timeout=engine.GUARD_S, check=False)
    return json.loads(done.stdout)


class Tools(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.engine = Gateway({"waits.yaml": WAITS, "people.yaml": BODIES, "policy.yaml": POLICY,
                              "six.yaml": SIX, "inner.yaml": INNER})
        deploy = cls.engine.config["deploy"]
        cls.engine.write_config(deploy=[str(CALENDARS / "ru.yaml"), str(CALENDARS / "ru-six-day.yaml"), *deploy])
        cls.engine.start()

    @classmethod
    def tearDownClass(cls):
        cls.engine.stop()
        cls.engine.__exit__(None)

    def look(self, path, language="en", **query):
        return self.engine.get(f"/api/v1{path}?{urlencode(query)}", Accept_Language=language)

    def send(self, path, body, language="en"):
        """Nobody is named: nothing is changed."""
        return self.engine.ask("POST", f"/api/v1/definitions/{path}", body, Accept_Language=language)

    def good(self, answer):
        self.assertEqual(answer.status, 200, answer.body[:600])
        return answer.json

    def refused(self, status, words, answer):
        self.assertEqual(answer.status, status, answer.body[:600])
        self.assertIn(words, answer.json["detail"])
        return answer.json

    def number(self, name):
        rows = self.good(self.look("/definitions"))["rows"]
        return max(row["number"] for row in rows if row["name"] == name)

    def placed(self, file, line, column, answer, status=422):
        """A refused document: where it stands in the request, where it is wrong, and why, in words of the asker."""
        problem = answer.json
        self.assertEqual((answer.status, problem["file"], problem["line"], problem["column"]), (status, file, line, column), problem)
        errors = [row["text"] for row in problem["problems"] if row["severity"] == "error"]
        self.assertEqual(problem["detail"], errors[0])
        self.assertRegex(problem["detail"], "[а-я]")
        self.assertNotIn(".yaml", problem["detail"])


class Terms(Tools):
    def test_a_phrase_means_what_the_command_line_says(self):
        for phrase, words in (("до 15 августа ежегодно", {"year": 2026}), ("раз в квартал", {"year": 2026}),
                              ("по мере необходимости", {}), ("сентябрь", {}),
                              ("проект – март, утверждение – май", {"year": 2026}),
                              ("в течение 10 рабочих дней", {"signed": "2023-02-20"}),
                              ("последний рабочий день месяца", {"year": 2023})):
            options = [f"--{name}={value}" for name, value in words.items()]
            with self.subTest(phrase):
                self.assertEqual(self.good(self.look("/due", phrase=phrase, **words)),
                                 marshrut("due", phrase, *options))
        period = marshrut("due", "ежемесячно", "--period=2026-02-01..2026-04-30")
        answer = self.look("/due", phrase="ежемесячно", **{"from": "2026-02-01", "to": "2026-04-30"})
        self.assertEqual(self.good(answer), period)
        self.assertEqual(len(period["windows"]), 3)

    def test_the_calendar_of_a_body_counts(self):
        phrase = {"phrase": "последний рабочий день месяца", "from": "2023-09-01", "to": "2023-09-30"}
        last = {body: self.good(self.look("/due", **phrase, **body_of))["windows"][-1]["to"]
                for body, body_of in (("five", {"body": "school"}), ("six", {"body": "six"}),
                                      ("named", {"calendar": "ru-six-day"}))}
        self.assertEqual(last, {"five": "2023-09-29", "six": "2023-09-30", "named": "2023-09-30"})
        span = {"from": "2023-09-01", "to": "2023-09-30"}
        self.assertEqual([self.good(self.look("/workdays", **span, **more))["working_days"]
                          for more in ({}, {"body": "six"}, {"calendar": "ru-six-day"})], [21, 26, 26])

    def test_working_days_are_those_of_the_command_line(self):
        for first, last in (("2023-01-01", "2023-12-31"), ("2023-02-20", "2023-02-20"), ("2021-05-01", "2028-05-01")):
            answer = self.look("/workdays", language="ru", **{"from": first, "to": last})
            self.assertEqual(self.good(answer), marshrut("workdays", f"{first}..{last}", language="ru"))
        for day, add in (("2023-02-20", 5), ("2023-02-20", -3), ("2023-02-25", 0), ("2023-02-20", 2000)):
            answer = self.look("/workday", language="ru", **{"from": day, "add": add})
            self.assertEqual(self.good(answer), marshrut("workday", day, f"{add:+d}", language="ru"))

    def test_what_is_not_understood_is_said_with_its_place(self):
        answer = self.look("/due", language="ru", phrase="до 15 сентебря", year=2026)
        self.assertEqual(self.refused(400, "«сентебря» не понято", answer)["column"], 7)
        self.refused(400, "is not understood as a part of a term", self.look("/due", phrase="до 15 сентебря"))
        self.refused(422, "такого дня нет", self.look("/due", language="ru", phrase="30 февраля 2026"))

    def test_bad_questions_are_sentences_in_both_languages(self):
        day = {"from": "2023-02-20"}
        for path, query, status, english, russian in (
                ("/due", {}, 400, "say the \"phrase\"", "назовите срок"),
                ("/due", {"phrase": "м" * 1001}, 400, "has more than 2000 bytes", "предел в байтах: 2000"),
                ("/due", {"phrase": "май", "year": 1899}, 400, "from 1900 to 2199", "от 1900 до 2199"),
                ("/due", {"phrase": "май", "signed": "вчера"}, 400, "must be a day", "должно быть днём"),
                ("/due", {"phrase": "май", "from": "2023-05-02", "to": "2023-05-01"}, 400, "ends before", "кончается раньше"),
                ("/due", {"phrase": "май", "body": "x"}, 404, "there is no body \"x\"", "органа «x» нет"),
                ("/due", {"phrase": "май", "calendar": "x"}, 404, "there is no calendar \"x\"", "календаря «x» нет"),
                ("/workdays", {**day, "to": "2023-02-21", "calendar": "ru", "body": "six"}, 400, "not both", "не оба"),
                ("/workdays", day, 400, "\"to\" must be a day", "«to» должно быть днём"),
                ("/workdays", {**day, "to": "2023-02-19"}, 400, "ends before", "кончается раньше"),
                ("/workdays", {**day, "to": "2023-02-29"}, 400, "must be a day", "должно быть днём"),
                ("/workday", day, 400, "is a number of working days", "число рабочих дней"),
                ("/workday", {**day, "add": "5,5"}, 400, "a whole number", "целым числом"),
                ("/workday", {**day, "add": 100000}, 400, "from -99999 to 99999", "от -99999 до 99999"),
                ("/workday", {**day, "add": 99999}, 422, "+99999: the calendar has", "+99999: в календаре"),
                ("/workday", {**day, "add": 1, "year": 2023}, 400, "no parameter", "параметр")):
            with self.subTest(path=path, query=query):
                self.refused(status, english, self.look(path, **query))
                self.refused(status, russian, self.look(path, language="ru", **query))
        self.assertEqual(self.look("/due", phrase="м" * 1000).json["code"], "syntax", "the longest one is read")


class Documents(Tools):
    def test_differences_are_those_of_the_command_line_with_its_words(self):
        old, new = self.engine.root / "old.yaml", self.engine.root / "new.yaml"
        old.write_text(WAITS, encoding="utf-8")
        new.write_text(LONGER, encoding="utf-8")
        for language, words in (("en", "was P3D, is now P4D"), ("ru", "было P3D, стало P4D")):
            answer = self.good(self.send("diff", {"old": {"text": WAITS}, "new": {"text": LONGER}}, language))
            self.assertEqual(answer, marshrut("diff", str(old), str(new), language=language))
            self.assertIn(words, answer["words"])
        number = self.number("waits")
        same = self.good(self.send("diff", {"old": number, "new": {"text": WAITS}}))
        self.assertEqual(same, {"same": True, "differences": [], "words": ""})
        self.assertEqual(len(self.good(self.send("diff", {"old": number, "new": {"text": LONGER}}))["differences"]), 1)

    def test_bodies_are_called_as_those_in_force_are(self):
        plan = ("document: {kind: roadmap, name: p, version: '1'}\nperiod: {from: 2023-01-01, to: 2023-12-31}\n"
                "controller: region\npolicy: default\nitems:\n  - {no: '1', title: Т, responsible: [school], due: до 1 мая 2023}\n")
        other = plan.replace("controller: region", "controller: district")
        words = self.good(self.send("diff", {"old": {"text": plan}, "new": {"text": other}}, "ru"))["words"]
        self.assertIn("Комитет", words)
        self.assertIn("Районный отдел", words)

    def test_documents_that_cannot_be_compared_are_refused_with_the_place(self):
        self.placed("/new", 1, 11, self.send("diff", {"old": {"text": WAITS}, "new": {"text": "document: {}\n"}}, "ru"))
        self.placed("/old", 3, 1, self.send("diff", {"old": {"text": "a: b\nc\n"}, "new": 1}, "ru"), 400)
        self.refused(422, "разных видов", self.send("diff", {"old": {"text": WAITS}, "new": {"text": POLICY}}, "ru"))
        self.refused(404, "there is no definition 999", self.send("diff", {"old": 999, "new": 1}))
        self.refused(404, "определения 999 нет", self.send("diff", {"old": 1, "new": 999}, "ru"))
        for wrong in (0, -1, 4294967296, "1", {}, {"text": 1}, {"text": "a", "file": "b"}, [1]):
            self.refused(400, "\"old\" is the number", self.send("diff", {"old": wrong, "new": 1}))
        self.refused(400, "номер определения", self.send("diff", {"old": [], "new": 1}, "ru"))

    def test_a_document_is_drawn_before_it_is_in_force(self):
        for answer in (self.send("graph.svg", {"text": WAITS}),
                       self.engine.ask("POST", "/api/v1/definitions/graph.svg?file=a.yaml", WAITS.encode(),
                                       Content_Type="application/yaml")):
            self.assertEqual((answer.status, answer.headers["content-type"]), (200, "image/svg+xml"), answer.body)
            self.assertIn(b"pause", answer.body)
        self.refused(422, "there is no picture", self.send("graph.svg", {"text": "document: {}\n"}))

    def test_a_plan_is_drawn_with_the_names_of_the_bodies_in_force(self):
        plan = ("document: {kind: roadmap, name: drawn, version: '1', title: План}\n"
                "period: {from: 2024-01-01, to: 2024-12-31}\ncontroller: region\npolicy: default\n"
                "items: [{no: '1', title: Пункт, responsible: [school], due: до 1 февраля}]\n")
        self.assertIn("Школа № 1", self.send("graph.svg", {"text": plan}).body.decode())

    def test_the_feed_has_one_plan_where_that_is_asked_for(self):
        answer = self.engine.get("/api/v1/calendar.ics?plan=nothing")
        self.assertEqual((answer.status, b"BEGIN:VEVENT" in answer.body), (200, False))


class Check(Tools):
    """One document beside what is in force: what could not be deployed is told before somebody tries."""

    PLAN = ("document: {kind: roadmap, name: plan, version: '1'}\nperiod: {from: 2023-01-01, to: 2023-12-31}\n"
            "controller: region\npolicy: default\nitems:\n  - {no: '1', title: Т, responsible: [school], due: до 1 мая 2023}\n")

    def problems(self, text, language="en"):
        answer = self.good(self.send("check", {"text": text}, language))
        return [(row["line"], row["column"], row["text"]) for file in answer["files"] for row in file["problems"]]

    def errors_of(self, text):
        """As the deployment tells them."""
        refused = self.engine.ask("POST", "/api/v1/definitions", {"file": "plan.yaml", "text": text}, Marshrut_By="tests")
        self.assertEqual(refused.status, 422, refused.body[:600])
        told = self.problems(text)
        self.assertEqual(told, [(row["line"], row["column"], row["text"]) for row in refused.json["problems"]])
        return told

    def test_what_is_good_beside_what_is_in_force_is_good(self):
        self.assertEqual(self.problems(self.PLAN), [])
        self.assertEqual(self.problems(OUTER), [])

    def test_an_unknown_policy_is_told_with_its_place(self):
        (line, column, text), = self.errors_of(self.PLAN.replace("policy: default", "policy: nosuch"))
        self.assertEqual((line, column), (4, 9))
        self.assertIn("nosuch", text)
        self.assertIn("«nosuch»", self.problems(self.PLAN.replace("policy: default", "policy: nosuch"), "ru")[0][2])

    def test_an_unknown_body_is_told_with_its_place(self):
        (line, column, text), = self.errors_of(self.PLAN.replace("[school]", "[shcool]"))
        self.assertEqual((line, column), (6, 39))
        self.assertIn("shcool", text)

    def test_an_unknown_workflow_may_come_later_and_is_a_warning(self):
        (_, _, text), = self.problems(OUTER.replace("inner", "none"))
        self.assertIn("none", text)

    def test_the_document_takes_the_place_of_its_version_in_force(self):
        self.assertEqual(self.problems(BODIES), [])
        self.assertEqual(self.problems(POLICY), [])
        self.assertEqual(self.problems(LONGER), [])

    def test_several_are_checked_together_and_called_by_their_names(self):
        bodies = ("document: {kind: bodies, name: others, version: '1'}\ntimezone: Europe/Moscow\n"
                  "bodies: [{id: new-school, name: Новая школа}]\n")
        files = [{"file": "план.yaml", "text": self.PLAN.replace("[school]", "[new-school]")},
                 {"file": "bodies.yaml", "text": bodies}, {"file": "bad.yaml", "text": "document: {}\n"}]
        answer = self.good(self.send("check", {"files": files}))
        self.assertEqual([(file["file"], file["errors"]) for file in answer["files"]],
                         [("план.yaml", 0), ("bodies.yaml", 0), ("bad.yaml", answer["errors"])], answer)
        self.assertGreater(answer["errors"], 0)
        self.assertEqual(self.good(self.send("check", {"files": files[:1]}))["errors"], 1, "without the bodies")

    def test_two_of_one_name_are_told_by_the_names_that_the_request_gives(self):
        files = [{"file": "первый.yaml", "text": WAITS}, {"file": "b.yaml", "text": LONGER}]
        _, second = self.good(self.send("check", {"files": files}))["files"]
        self.assertEqual([row["text"] for row in second["problems"]],
                         ["a document of this kind and name is in первый.yaml already"])
        self.assertEqual(self.good(self.send("check", {"text": self.PLAN}))["files"][0]["file"], "document.yaml")
        self.assertEqual(self.good(self.send("check", {"file": "a.yaml", "text": self.PLAN}))["files"][0]["file"], "a.yaml")
        for wrong in ([], {}, [{"text": "a"}], [{"file": "a", "text": 5}], [files[0]] * 101):
            self.refused(400, "\"files\" are 1 to 100", self.send("check", {"files": wrong}))

    def test_nothing_of_it_is_deployed_and_bytes_do_as_well(self):
        answer = self.engine.ask("POST", "/api/v1/definitions/check?file=plan.yaml",
                                 self.PLAN.replace("default", "nosuch").encode(), Content_Type="application/yaml")
        self.assertEqual(self.good(answer)["errors"], 1)
        self.assertNotIn("plan", [row["name"] for row in self.good(self.look("/definitions"))["rows"]])


class Trial(Tools):
    def completed(self, **fields):
        answer = self.good(self.send("try", fields))
        self.assertEqual(answer["status"], "completed", answer)
        return answer["output"]

    def test_it_runs_to_its_end_with_waits_skipped(self):
        self.assertEqual(self.completed(files=[{"text": LONGER}], input={"a": 1}), {"a": 1})
        self.assertEqual(self.completed(files=[self.number("waits")], start="2024-01-31T23:59"), {})
        self.assertEqual(self.good(self.look("/instances"))["rows"], [], "nothing of it is kept")

    def test_services_are_played_and_nobody_is_asked(self):
        asks = workflow("asks", ("ask", call("mail")))
        waiting = self.good(self.send("try", {"files": [{"text": asks}]}))
        self.assertEqual((waiting["status"], waiting["waiting"][0]["service"]), ("waiting", "mail"))
        self.assertEqual(self.completed(files=[{"text": asks}], mocks={"mail": {"ok": True}}), {"ok": True})

    def test_people_of_the_bodies_in_force_report(self):
        order = workflow("order", ("assign", assignment("2026-09-20", "2026-10-20")))
        answer = self.good(self.send("try", {"files": [{"text": order}], "people": True}))
        self.assertEqual(answer["status"], "completed", answer)
        held = self.good(self.send("try", {"files": [{"text": order}], "events": [
            {"operator": "cancel", "reason": "довольно"}]}))
        self.assertEqual(held["status"], "cancelled", held)

    def test_what_it_names_is_in_force_or_given_and_what_is_given_counts(self):
        self.assertEqual(self.completed(files=[{"text": OUTER}]), {"who": "in force"})
        given = {"text": INNER.replace("in force", "given")}
        self.assertEqual(self.completed(files=[{"text": OUTER}, given]), {"who": "given"})
        self.assertEqual(self.completed(files=[{"text": OUTER}, given], alone=True), {"who": "given"})
        answer = self.send("try", {"files": [{"text": OUTER}], "alone": True})
        self.assertNotEqual(answer.json.get("status"), "completed")

    def test_bad_trials_are_refused(self):
        one = {"text": WAITS}
        self.placed("/files/0", 1, 11, self.send("try", {"files": [{"text": "document: {}\n"}]}, "ru"))
        self.placed("/files/1", 1, 11, self.send("try", {"files": [one, {"text": "document: {}\n"}]}, "ru"))
        doubtful = {"text": workflow("doubtful", ("run", UNKNOWN), ("pause", {"wait": {"days": "x"}}))}
        answer = self.send("try", {"files": [doubtful]}, "ru")
        warning, error = answer.json["problems"]
        self.assertEqual((warning["severity"], error["severity"]), ("warning", "error"))
        self.placed("/files/0", error["line"], error["column"], answer)
        bad = {"text": WAITS.replace("days", "dais")}
        told = self.send("try", {"files": [one, bad]}).json
        self.assertEqual((told["file"], [row["text"] for row in told["problems"] if row["code"] == "conflict"]),
                         ("/files/1", ["a document of this kind and name is in /files/0 already"]))
        self.refused(422, "не время", self.send("try", {"files": [one], "start": "вчера"}, "ru"))
        self.refused(404, "there is no definition 999", self.send("try", {"files": [1, 999]}))
        for wrong in ([], "x", {}, [{}], [0], [one] * 101):
            self.refused(400, "\"files\" are 1 to 100", self.send("try", {"files": wrong}))
        for wrong in ({"mocks": []}, {"mocks": {"": 1}}, {"mocks": {"mail=x": 1}}, {"events": {}}, {"mocks": {"m" * 129: 1}},
                      {"mocks": {f"m{n}": 1 for n in range(6)}, "events": [{}] * 5}):
            self.refused(400, "10 at most together", self.send("try", {"files": [one], **wrong}))
        self.refused(400, "вместе не больше 10", self.send("try", {"files": [one], "events": [{}] * 11}, "ru"))
        ten = {"mocks": {f"m{n}": 1 for n in range(10)}, "people": True, "start": "2026-09-01T09:00"}
        self.assertEqual(self.completed(files=[one] + [self.number("people")] * 2, input={"a": 1}, **ten), {"a": 1})


class Bounds(unittest.TestCase):
    def test_plans_in_force_are_known_to_what_counts_them(self):
        counts = ("document: {kind: indicators, name: n, version: '1'}\nindicators:\n"
                  "  - {id: a, title: А, unit: шт., formula: ф, period: half-year, value: {count: {plan: PLAN}}}\n")
        with Gateway({"people.yaml": BODIES, "policy.yaml": POLICY, "plan.yaml": Check.PLAN}).start() as gateway:
            for name, wanted in (("plan", 0), ("other", 1)):
                answer = gateway.ask("POST", "/api/v1/definitions/check", {"text": counts.replace("PLAN", name)})
                self.assertEqual((answer.json["errors"], answer.json["warnings"]), (0, wanted), answer.body)
            gateway.stop()

    def test_where_nothing_is_in_force_nothing_can_be_named(self):
        with Gateway({}).start() as gateway:
            answer = gateway.ask("POST", "/api/v1/definitions/check", {"text": Check.PLAN})
            told = [row["text"] for row in answer.json["files"][0]["problems"]]
            self.assertEqual([name in text for text, name in zip(told, ("region", "default", "school"), strict=True)],
                             [True] * 3, told)
            gateway.stop()

    def test_an_error_of_a_document_in_force_has_no_place_in_the_request(self):
        order = workflow("order", ("assign", assignment("2026-09-20", "2026-10-20")))
        with Gateway({"people.yaml": BODIES, "policy.yaml": POLICY, "order.yaml": order}).start() as gateway:
            files = [{"text": WAITS}, {"text": BODIES.replace("id: school", "id: another")}]
            told = gateway.ask("POST", "/api/v1/definitions/try", {"files": files}).json
            self.assertIn("school", told["detail"])
            self.assertEqual([told.get(name) for name in ("file", "line", "column")], [None] * 3, told)
            gateway.stop()

    def test_more_documents_than_a_trial_takes_are_refused_and_alone_it_runs(self):
        bodies = "document: {{kind: bodies, name: b{0}, version: '1'}}\ntimezone: Europe/Moscow\nbodies: [{{id: b{0}, name: Б}}]\n"
        place = self.enterContext(tempfile.TemporaryDirectory())
        self.enterContext(unittest.mock.patch.dict(os.environ, TMPDIR=place))
        with Gateway({"waits.yaml": WAITS, **{f"b{n}.yaml": bodies.format(n) for n in range(301)}}).start() as gateway:
            body = {"files": [{"text": LONGER}]}
            answer = gateway.ask("POST", "/api/v1/definitions/try", body)
            self.assertEqual((answer.status, answer.json["code"]), (413, "too-large"), answer.body)
            self.assertEqual(list(pathlib.Path(place).glob("marshrut-*")), [], "its papers are there")
            answer = gateway.ask("POST", "/api/v1/definitions/try", {**body, "alone": True})
            self.assertEqual(answer.json["status"], "completed")
            gateway.stop()

    def test_so_many_run_at_a_time_and_one_more_is_told_to_come_again(self):
        with Beside() as beside:
            beside.start()
            both = {"old": {"text": WAITS}, "new": {"text": LONGER}}
            beside.does(f'dirname "$3" > "{beside.fifo}"; exec tail -f /dev/null')
            with contextlib.ExitStack() as stack:
                folders = set()
                for _ in range(16):
                    connection = stack.enter_context(beside.connect())
                    connection.request("POST", "/api/v1/definitions/diff", both)
                    folders.add(beside.told())
                answer = beside.ask("POST", "/api/v1/definitions/diff", both)
                self.assertEqual((answer.status, answer.json["code"]), (503, "busy"))
                self.assertIn("retry-after", answer.headers)
                self.assertEqual(beside.get("/healthz").status, 200)
                beside.stop()
            self.assertEqual([f for f in folders if pathlib.Path(f).exists()], [])

    def test_files_of_a_run_are_gone_after_it_however_it_ends(self):
        with Beside() as beside:
            beside.start()
            both = {"old": {"text": WAITS}, "new": {"text": LONGER}}
            for end, status in (("echo '{}'", 200), ("exit 2", 422), ("kill -KILL $$", 500)):
                beside.does('cat "$3" >&2; mkdir "$TMPDIR/own"; touch "$TMPDIR/own/file"; '
                            f'dirname "$3" > "{beside.fifo}"; {end}')
                with beside.connect() as connection:
                    connection.request("POST", "/api/v1/definitions/diff", both)
                    folder = pathlib.Path(beside.told())
                    answer = connection.answer()
                self.assertEqual(answer.status, status, answer.body)
                self.assertFalse(folder.exists(), "it is not gone")
                if status == 422:
                    self.assertIn("name: waits", answer.json["detail"])
            beside.stop()


class CommandLine(unittest.TestCase):
    """docs/http.md §6."""

    def test_every_command_has_an_address_and_every_address_is_there(self):
        text = (ROOT / "docs/http.md").read_text(encoding="utf-8")
        section = text.split("\n## 6. ")[1].split("\n## ")[0]
        rows = dict(re.findall(r"^\| `([a-z]+)` \| (.+) \|$", section, re.M))
        lines = subprocess.run([BIN / "marshrut", "--help"], capture_output=True, text=True, check=True,
                               env={**os.environ, "MARSHRUT_LANG": "en"}).stdout
        self.assertEqual(set(rows), set(re.findall(r"^  ([a-z]+)  ", lines, re.M)), "docs/http.md §6")
        served = {(method, path) for method, path in (line.split(" ")[:2] for line in subprocess.run(
            [BIN / "http-routes"], capture_output=True, text=True, check=True).stdout.splitlines())}
        for command, said in rows.items():
            named = re.findall(r"(GET|POST|DELETE) `(/[^`]+)`", said)
            self.assertTrue(named, command)
            for method, path in named:
                self.assertIn((method, f"/api/v1{path}"), served, command)


if __name__ == "__main__":
    main()
