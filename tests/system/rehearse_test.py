"""`marshrut rehearse`: a plan's whole period, run by the engine itself, and what is told of it."""

import html.parser
import json
import os
import pathlib
import shutil
import subprocess
import tempfile
import unittest

from engine import BODIES as BODIES_OF_TESTS
from engine import BIN, GUARD_S, ROOT, Client, Engine, assignment, main, until, workflow

BODIES = """\
document: {kind: bodies, name: people, version: '1'}
timezone: Europe/Moscow
bodies:
  - {id: school, name: Школа № 1, email: school@lo.invalid, parent: district}
  - {id: district, name: Районный отдел, email: district@lo.invalid, parent: region}
  - {id: region, name: Комитет}
"""
POLICY = """\
document: {kind: policy, name: default, version: '1'}
at: '09:00'
soon: 10
ladder:
  - remind: 3 days before
  - escalate: 1 day after
    to: parent
  - escalate: 5 days after
    to: controller
    critical: true
"""
ITEM = """\
document: {dsl: '1.0.3', namespace: tests, name: roadmap-item, version: '1'}
do:
  - assign:
      call: assignment
      with:
        title: ${ .title }
        responsible: ${ .responsible }
        controller: ${ .controller }
        due: ${ .window }
        result: ${ .result }
        policy: ${ .policy }
        plan: ${ .plan }
        no: ${ .no }
"""
CALENDAR = """\
document: {kind: calendar, name: ru, version: '1'}
week: five-day
years:
  - {year: 2023, source: тест}
"""
PLAN = """\
document: {kind: roadmap, name: plan, version: '1', title: План & <b школ>}
period: {from: 2023-01-01, to: 2023-12-31}
controller: region
policy: default
sections: [{no: '1', title: Раздел}]
items:
  - no: '1.1'
    section: '1'
    title: Приказ
    responsible: [school]
    due: {phrase: до 15 марта, kind: date, windows: [{from: 2023-03-01, to: 2023-03-15}]}
    result: приказ
  - no: '1.2'
    section: '1'
    title: Отчёт
    responsible: [school, district]
    after: ['1.1']
    due: {phrase: дважды, kind: recurring, windows: [{from: 2023-02-01, to: 2023-02-26}, {from: 2023-05-01, to: 2023-05-31}]}
  - no: '1.3'
    section: '1'
    title: Постоянно
    responsible: [district]
    due: {phrase: постоянно, kind: continuous, windows: [{from: 2023-01-01, to: 2023-12-29}]}
"""


class Balanced(html.parser.HTMLParser):
    """A page whose elements are closed in their order; what was in it."""

    def __init__(self, page):
        super().__init__()
        self.open, self.text, self.body, self.tags = [], [], [], []
        self.feed(page)
        assert not self.open, self.open

    def handle_starttag(self, tag, attrs):
        self.tags.append((tag, dict(attrs)))
        if tag not in ("meta", "br"):
            self.open.append(tag)

    def handle_endtag(self, tag):
        assert self.open.pop() == tag, tag

    def handle_data(self, data):
        self.text.append(data)
        if "body" in self.open:
            self.body.append(data)


def letters_of(result):
    return {n["letter"] for n in result["notices"]}


class Rehearse(unittest.TestCase):
    def setUp(self):
        self.folder = pathlib.Path(tempfile.mkdtemp(prefix="mrt", dir="/tmp"))
        for name, text in (("bodies/people.yaml", BODIES), ("policies/default.yaml", POLICY),
                           ("calendars/ru.yaml", CALENDAR), ("roadmap-item.yaml", ITEM),
                           ("plans/plan.yaml", PLAN)):
            self.file(name, text)
        self.plan = self.folder / "plans/plan.yaml"

    def tearDown(self):
        shutil.rmtree(self.folder)

    def file(self, name, text):
        path = self.folder / name
        path.parent.mkdir(exist_ok=True)
        path.write_text(text, encoding="utf-8")
        return path

    def run_command(self, *words, lang="en", cwd=None):
        return subprocess.run([BIN / "marshrut", "rehearse", *map(str, words)], cwd=cwd,
                              env={**os.environ, "MARSHRUT_LANG": lang}, capture_output=True, text=True,
                              timeout=GUARD_S, check=False)

    def rehearse(self, *words):
        done = self.run_command(self.plan, "--json", *words)
        self.assertEqual((done.returncode, done.stderr), (0, ""))
        return json.loads(done.stdout)

    @staticmethod
    def letters(result, **wanted):
        return [(n["day"], n["at"], n["to"], n["kind"], n["no"]) for n in result["notices"]
                if all(n[k] == v for k, v in wanted.items())]

    @staticmethod
    def found(result, kind):
        return [f for f in result["findings"] if f["kind"] == kind]

    def test_a_misspelt_plan_is_named_where_there_are_no_documents(self):
        with tempfile.TemporaryDirectory() as empty:
            for word in ("roadmaps/nope.yaml", "nope"):
                done = self.run_command(word, cwd=empty)
                self.assertNotEqual(done.returncode, 0)
                self.assertEqual(done.stderr, f"marshrut: {word}: there is no such file, and no plan of that name "
                                              "among the documents\n")

    def test_the_program_that_has_started_it_is_told_how_far_it_is(self):
        read, write = os.pipe()
        subprocess.run([BIN / "marshrut", "rehearse", self.plan, "--json"], check=True, capture_output=True,
                       env={**os.environ, "MARSHRUT_PROGRESS_FD": str(write)}, pass_fds=[write], timeout=GUARD_S)
        os.close(write)
        with open(read, encoding="ascii") as lines:
            told = [tuple(map(int, line.split(" "))) for line in lines]
        self.assertEqual((told[0], told[-1]), ((0, 365), (365, 365)))
        self.assertEqual(told, sorted(told))

    def test_a_part_that_is_due_before_its_item_is_reminded_of_before_it(self):
        self.file("roadmap-item.yaml", (ROOT / "workflows/roadmap-item.yaml").read_text(encoding="utf-8"))
        self.plan.write_text(PLAN.replace("[school, district]", "[school, {body: district, days_before: 10}]"),
                             encoding="utf-8")
        result = self.rehearse("--people", "nobody")
        days = [day for day, _, to, kind, no in self.letters(result, no="1.2", to="district", kind="reminder")]
        self.assertIn("2023-02-13", days)  # three days before 16 February, ten before the whole
        self.assertIn("2023-05-18", days)

    def test_every_term_and_every_letter_is_told(self):
        result = self.rehearse()
        self.assertEqual(result["plans"], [{"file": str(self.plan), "name": "plan", "title": "План & <b школ>",
                                            "period": {"from": "2023-01-01", "to": "2023-12-31"}, "items": 3,
                                            "occurrences": 4}])
        self.assertEqual([(t["no"], t["to"], t["responsible"], t["state"], t["reported"])
                          for t in result["terms"]],
                         [("1.2", "2023-02-26", "school", "accepted", "2023-02-26"),
                          ("1.1", "2023-03-15", "school", "accepted", "2023-03-15"),
                          ("1.2", "2023-05-31", "school", "accepted", "2023-05-31"),
                          ("1.3", "2023-12-29", "district", "accepted", "2023-12-29")])
        self.assertEqual(self.letters(result, no="1.1", kind="reminder"),
                         [("2023-03-10", "09:00", "school", "reminder", "1.1")])  # the 12th is a Sunday
        self.assertEqual(self.letters(result, kind="escalated") + self.letters(result, kind="overdue"), [])

    def test_people_who_are_late_and_who_never_report_let_it_escalate(self):
        late = self.rehearse("--people", "late", "--late-days", "2")
        self.assertEqual(late["people"]["simulated"], "late")
        self.assertEqual({t["outcome"] for t in late["terms"]}, {"met-late"})
        self.assertEqual(self.letters(late, no="1.1", kind="escalated"),
                         [("2023-03-16", "09:00", "district", "escalated", "1.1")])
        nobody = self.rehearse("--people", "nobody")
        self.assertEqual({t["state"] for t in nobody["terms"]}, {"open"})
        self.assertEqual(self.letters(nobody, no="1.1", kind="escalated"),
                         [("2023-03-16", "09:00", "district", "escalated", "1.1"),
                          ("2023-03-20", "09:00", "region", "escalated", "1.1")])

    def test_what_an_author_should_look_at_is_found(self):
        result = self.rehearse("--per-day", "1")
        order, = self.found(result, "order")
        self.assertEqual((order["no"], order["occurrence"], order["after"]["no"], order["due"]),
                         ("1.2", 1, "1.1", "2023-02-26"))
        off, = self.found(result, "day-off")
        self.assertEqual((off["day"], off["day_kind"], [t["no"] for t in off["terms"]]),
                         ("2023-02-26", "weekend", ["1.2"]))
        undated, = self.found(result, "undated")
        self.assertEqual((undated["items"], undated["due_kind"]), (["1.3"], "continuous"))
        loads = {(f["body"], f["from"], f["count"]) for f in self.found(result, "overload")}
        self.assertIn(("district", "2023-05-31", 1), loads)
        self.assertEqual(self.found(result, "calendar"), [])
        self.assertEqual(self.found(result, "refused"), [])
        self.assertTrue(all(f["text"] for f in result["findings"]))
        silent = self.found(self.rehearse("--people", "nobody"), "no-address")
        self.assertEqual([f["body"] for f in silent], ["region"])

    def test_what_may_be_read_in_two_ways_is_told_until_it_is_decided(self):
        plan = PLAN + """\
  - no: '1.4'
    section: '1'
    title: Доклад
    responsible: [district]
    due: %s
"""
        self.file("plans/plan.yaml", plan % "1 полугодие")
        (found,) = self.found(self.rehearse(), "ambiguous")
        self.assertEqual((found["items"], found["phrase"], found["windows"]),
                         (["1.4"], "1 полугодие", [{"from": "2023-01-01", "to": "2023-06-30"}]))
        self.assertTrue(found["alternatives"][0]["windows"])
        self.assertNotEqual(found["alternatives"][0]["windows"], found["windows"])
        self.file("plans/plan.yaml", plan % "{phrase: 1 полугодие, reading: 2}")
        self.assertEqual(self.found(self.rehearse(), "ambiguous"), [])

    def test_a_report_that_nobody_may_accept_is_told(self):
        self.file("plans/plan.yaml", PLAN.replace("responsible: [district]", "responsible: [region]"))
        refused = self.found(self.rehearse(), "refused")
        self.assertEqual([(f["no"], f["action"], f["by"]) for f in refused], [("1.3", "accept", "region")])

    def test_only_the_asked_days_are_told_of(self):
        result = self.rehearse("--from", "2023-03-01", "--to", "31.03.2023")
        self.assertEqual([t["no"] for t in result["terms"]], ["1.1"])
        self.assertEqual({n["day"][:7] for n in result["notices"]}, {"2023-03"})
        whole = self.rehearse()
        self.assertEqual({f["kind"] for f in result["findings"]}, {"undated", "no-address"})  # 1.3 may be done in March, too
        self.assertEqual(result["outside"], {
            "terms": len(whole["terms"]) - 1, "findings": len(whole["findings"]) - len(result["findings"]),
            "letters": len(letters_of(whole)) - len(letters_of(result)),
            "notices": len(whole["notices"]) - len(result["notices"])})
        self.assertEqual(set(whole["outside"].values()), {0})
        never = self.rehearse("--from", "2030-01-01", "--to", "2030-02-01")
        self.assertEqual((never["terms"], never["notices"], never["findings"]), ([], [], []))
        self.assertEqual((never["outside"]["terms"], never["outside"]["findings"]), (4, len(whole["findings"])))
        text = self.run_command(self.plan, "--to", "2023-03-31", "--brief", lang="ru").stdout
        self.assertIn("Показан период: ", text)
        self.assertIn("; вне периода: 2 срока, ", text)

    def test_letters_of_a_day_stand_in_the_order_of_their_hours(self):
        self.file("policies/default.yaml", POLICY.replace("before\n", "before\n  - remind: on the day\n"))
        result = self.rehearse()
        order = [(n["day"], n["at"]) for n in result["notices"]]
        self.assertEqual(order, sorted(order))
        self.assertTrue(all(n["text"] for n in result["notices"]))
        lines = self.run_command(self.plan, lang="ru").stdout.splitlines()
        last = [line.split() for line in lines if line.startswith("31.05.2023 ср") and ":" in line]
        self.assertIn("09:00", [words[2] for words in last])
        self.assertEqual(last[-1][2], "23:59")
        self.assertEqual(len({(words[2], words[3], words[4]) for words in last}), len(last))

    def test_a_plan_that_starts_late_is_late_at_once(self):
        result = self.rehearse("--start", "2023-03-20")
        self.assertEqual(self.letters(result, no="1.1", kind="escalated"),
                         [("2023-03-20", "09:00", "district", "escalated", "1.1"),
                          ("2023-03-20", "09:00", "region", "escalated", "1.1")])
        self.assertEqual([t["reported"] for t in result["terms"] if t["no"] == "1.1"], ["2023-03-20"])

    def test_a_step_that_nobody_does_is_told(self):
        self.file("roadmap-item.yaml", ITEM + "  - send: {call: post}\n")
        result = self.rehearse()
        stuck = self.found(result, "stuck")
        self.assertEqual({(f["no"], f["waits"], f["step"]) for f in stuck},
                         {("1.1", "call", "send"), ("1.2", "call", "send"), ("1.3", "call", "send")})

    def test_people_read_tables_in_their_language(self):
        done = self.run_command(self.plan, lang="ru")
        self.assertEqual(done.returncode, 0)
        for part in ("Исполнители условные: отчёт в последний день срока", "Март 2023 г.", "15.03.2023 ср",
                     "напоминание за 3 дня: 1.1", "Срок раньше, чем у того, от чего зависит",
                     "26 февраля 2023 г., воскресенье — выходной: срок не перенесён"):
            self.assertIn(part, done.stdout)
        brief = self.run_command(self.plan, "--brief", lang="ru").stdout
        self.assertNotIn("Март 2023", brief)
        self.assertIn("На что обратить внимание", brief)

    def test_the_page_stands_alone_and_escapes_what_is_strange(self):
        path = self.folder / "calendar.html"
        self.file("policies/default.yaml", POLICY.replace("before\n", "before\n  - remind: on the day\n"))
        done = self.run_command(self.plan, "--html", path, lang="ru")
        self.assertEqual((done.returncode, done.stderr), (0, ""))
        page = Balanced(path.read_text(encoding="utf-8"))
        text = "".join(page.text)
        self.assertIn("План & <b школ>", text)
        self.assertIn("size: A4 landscape", text)
        self.assertIn("Март 2023 г.", text)
        letters = text[text.index("Все письма по дням"):]
        for part in ("15 марта 2023 г., среда", "09:00 Школа № 1 — срок сегодня: 1.1"):
            self.assertIn(part, letters)
        self.assertNotRegex("".join(page.body), r"(?i)\b(the|term|letter|report|refused|is|not)\b")
        self.assertFalse([t for t, a in page.tags if t in ("script", "link", "img") or "src" in a or "href" in a])
        self.assertEqual(self.run_command(self.plan, "--html", "/nowhere/page.html").returncode, 2)

    def test_a_plan_may_be_named(self):
        self.folder.joinpath("all").mkdir()
        shutil.copytree(self.folder, self.folder / "all/workflows",
                        ignore=shutil.ignore_patterns("all"))
        done = self.run_command("plan", "--json", cwd=self.folder / "all")
        self.assertEqual((done.returncode, done.stderr), (0, ""))
        self.assertEqual(len(json.loads(done.stdout)["terms"]), 4)

    def test_what_is_wrong_is_refused(self):
        for words, code in (((self.folder / "none.yaml",), 2), ((self.folder / "policies/default.yaml",), 2),
                            ((self.plan, "--people", "asleep"), 2), ((self.plan, "--from", "soon"), 2),
                            ((self.plan, "--from", "2023-02-01", "--to", "2023-01-01"), 2),
                            ((self.plan, "--per-day", "0"), 2)):
            done = self.run_command(*words)
            self.assertEqual((done.returncode, done.stdout), (code, ""), words)
            self.assertNotEqual(done.stderr, "", words)
        self.plan.write_text(PLAN.replace("responsible: [school]", "responsible: [shcool]"), encoding="utf-8")
        done = self.run_command(self.plan)
        self.assertEqual(done.returncode, 1)
        self.assertIn("plan.yaml:", done.stderr)
        self.assertIn("shcool", done.stderr)

    def test_nothing_is_left_behind(self):
        place = self.folder / "tmp"
        place.mkdir()
        os.environ["TMPDIR"] = str(place)
        self.addCleanup(os.environ.pop, "TMPDIR")
        self.rehearse()
        self.file("roadmap-item.yaml", ITEM.replace("due: ${ .window }", "due: ${ .what }"))  # the engine refuses
        self.run_command(self.plan)
        self.assertEqual(list(place.iterdir()), [])

    def test_without_the_engine_beside_it_says_so(self):
        alone = self.folder / "alone"
        alone.mkdir()
        shutil.copy(BIN / "marshrut", alone)
        self.rehearse()  # writes the plan and what it needs
        done = subprocess.run([alone / "marshrut", "rehearse", self.plan], capture_output=True, text=True,
                              timeout=GUARD_S, check=False, env={**os.environ, "PATH": str(alone)})
        self.assertIn("the engine can't be started: marshrutd", done.stderr)
        self.assertEqual(done.returncode, 2)


class Brief(unittest.TestCase):
    def test_a_brief_journal_tells_of_letters_without_what_they_say(self):
        give = workflow("give", ("assign", assignment("2026-09-01", "2026-10-15")))
        with Engine({"people.yaml": BODIES_OF_TESTS, "policy.yaml": POLICY, "give.yaml": give},
                    clock={"stands": {"start": "2026-09-01T09:00"}}, store={"memory": True}) as engine:
            client = Client(engine.start())
            client.start("give")
            until(client, lambda: client.ask("ADVANCE"), lambda a: a["now"] >= "2026-10-01")
            full, brief = (client.ask("JOURNAL", brief=brief)["rows"] for brief in (False, True))
        letters = [n for n, r in enumerate(full) if r.get("task_kind") == "notice"]
        notices = [n for n, r in enumerate(full) if r["kind"] == "assignment.noticed"]
        self.assertTrue(letters and notices)
        for n in letters:
            self.assertEqual({k: v for k, v in full[n].items() if k != "input"}, brief[n])
        for n in notices:
            repeated = ("assignment", "step", "path")
            self.assertEqual({k: v for k, v in full[n].items() if k not in repeated}, brief[n])
        others = [n for n in range(len(full)) if n not in letters + notices]
        self.assertEqual([full[n] for n in others], [brief[n] for n in others])


class Bundled(unittest.TestCase):
    def test_the_plans_that_come_with_it_can_be_rehearsed_together(self):
        done = subprocess.run([BIN / "marshrut", "rehearse", ROOT / "workflows/roadmaps", "--with",
                               ROOT / "workflows", "--json"], capture_output=True, text=True, timeout=GUARD_S,
                              check=False)
        self.assertEqual((done.returncode, done.stderr), (0, ""))
        result = json.loads(done.stdout)
        self.assertEqual(len(result["terms"]), sum(p["occurrences"] for p in result["plans"]))
        self.assertEqual([f for f in result["findings"] if f["kind"] in ("refused", "stuck")], [])
        self.assertEqual({t["state"] for t in result["terms"]}, {"accepted"})


if __name__ == "__main__":
    main()
