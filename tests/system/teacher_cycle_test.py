"""The teacher's cycle, workflows/cycles/teacher-cycle.yaml, from beginning to end: a real engine, the bundled
workers that score, plan and write, and people who are played here through the client protocol. Seven teachers
take every step of it between them; which they took is counted from the journal."""

import time
import unittest

import yaml

from engine import GUARD_S, ROOT, Client, Engine, Refused, letters, main, until

WORKFLOWS = ROOT / "workflows"
CYCLE = WORKFLOWS / "cycles/teacher-cycle.yaml"


def result(competence, title, score):
    return {"competence": competence, "title": title, "score": score}


METHODS = result("metodicheskie", "Методические", 42)
TALK = result("kommunikativnye", "Коммуникативные", 50)
MENTORING = result("nastavnichestvo", "Наставничество", 20)  # no registry has a programme for it
GOOD = [result("metodicheskie", "Методические", 88), result("cifrovye", "Цифровые", 90)]


# --- the definition -------------------------------------------------------------------------------

def step_paths(path, tasks):
    """The paths of the steps in this list and below, as the journal names them."""
    for number, task in enumerate(tasks):
        (name, step), = task.items()
        here = f"{path}/{number}/{name}"
        yield here
        yield from step_paths(f"{here}/do", step.get("do", []))
        yield from step_paths(f"{here}/fork/branches", step.get("fork", {}).get("branches", []))


def all_paths():
    document = yaml.safe_load(CYCLE.read_text(encoding="utf-8"))
    functions = {f"/use/functions/{name}" for name in document["use"]["functions"]}
    return functions | set(step_paths("/do", document["do"]))


# --- the people -----------------------------------------------------------------------------------

class Town:
    """An engine whose clock stands, its workers, and everybody who has an assignment."""

    def __init__(self, engine):
        self.engine = engine
        self.workers = {}
        engine.start()
        self.client = Client(engine)
        for name, *words in (("diagnostics",), ("notify",),
                             ("route-planner", "--registries", WORKFLOWS / "registries")):
            self.workers[name] = engine.also(f"marshrut-{name}", *words)

    def kill_engine(self):
        self.client.close()
        self.engine.restart()
        self.client = Client(self.engine)

    def begin(self, number, **more):
        teacher = {"id": f"t-{number}", "name": f"Учитель № {number}",
                   "municipality": "Тосненский район", "experience_years": 7}
        return Teacher(self, teacher, self.client.start("teacher-cycle", {"teacher": teacher, **more},
                                                        key=teacher["id"]))

    def appoint(self, number):
        """A system for staff tells of a teacher, who is known by a number there."""
        teacher = {"id": f"t-{number}", "name": f"Учитель № {number}"}
        self.tell("kadry.teacher.appointed", teacher["id"], name=teacher["name"], position="учитель",
                  municipality="Тосненский район", experience_years=1)
        rows = [r for r in self.client.pages("LIST", definition="teacher-cycle") if r["key"] == teacher["id"]]
        return Teacher(self, teacher, rows[0]["instance"])

    def tell(self, what, subject, **data):
        self.client.ask("EVENT", specversion="1.0", id=f"{what}-{subject}", source="/test/kadry",
                        type=f"ru.lo.{what}", subject=subject, data=data)

    def settle(self):
        """Wait until nothing happens any more by itself."""
        until(self.client, lambda: self.client.ask("ADVANCE", look=True), lambda a: a["quiet"])

    def advance_to(self, good):
        """Let time pass until that is so."""
        end = time.monotonic() + GUARD_S
        while not good():
            if time.monotonic() > end:
                raise AssertionError("the time never came")
            self.client.ask("ADVANCE")


class Teacher:
    def __init__(self, town, teacher, instance):
        self.town, self.teacher, self.instance = town, teacher, instance

    @property
    def client(self):
        return self.town.client

    def assignments(self, **more):
        return [a for a in self.client.pages("ASSIGNMENTS", limit=1000, **more)
                if a["instance"] == self.instance]

    def pass_pause(self):
        """The worker that was killed may have held a task: the pause before its next attempt is of
        the engine's clock, which stands."""
        if any(t["state"] == "backoff" for t in self.client.show(self.instance)["tasks"]):
            self.client.ask("ADVANCE")

    def open(self):
        """What is open now, as soon as something is."""
        return until(self.client, lambda: self.assignments(open=True), bool,
                     f"an open assignment of {self.teacher['name']}")

    def titles(self):
        return sorted(a["title"].split(": ", 1)[1] for a in self.open())

    def wait_for(self, word):
        def find():
            self.pass_pause()
            return [a for a in self.assignments(open=True) if word in a["title"]]
        return until(self.client, find, bool, f"«{word}» for {self.teacher['name']}")[0]

    def act(self, assignment, action, by, **more):
        self.client.ask("ASSIGNMENT", task=assignment["task"], action=action, by=by, **more)

    def report(self, word, **report):
        """Each co-executor answers for its part, then the responsible body with the document that is expected."""
        assignment = self.wait_for(word)
        for body in assignment.get("missing", []):
            self.act(assignment, "report", body, report={"text": "сведения представлены"})
        document = {"kind": assignment["result"][0]["kind"], "number": "1", "date": "2023-01-16"}
        self.act(assignment, "report", assignment["responsible"]["id"], report={**document, **report})
        return assignment

    def do(self, word, **report):
        """It is reported, and who may decide accepts."""
        assignment = self.report(word, **report)
        self.act(assignment, "accept", assignment["decider"])
        return assignment

    def outcome(self):
        return self.client.until_state(self.instance, "completed")["data"]

    def outputs(self, step):
        """What this step gave, each time."""
        rows = self.client.history(self.instance)
        tasks = [r["task"] for r in rows if r["kind"] == "task.opened" and r["step"] == step]
        return [r["output"] for r in rows if r["kind"] == "task.done" and r["task"] in tasks]


def cycle_engine():
    documents = ("calendars/ru.yaml", "bodies/lo.yaml", "policies/default.yaml", "policies/teachers.yaml", "roadmap-item.yaml",
                 "cycles/teacher-cycle.yaml", "routes/teachers.yaml")
    return Engine(clock={"stands": {"start": "2023-01-16T09:00"}}, log="info",
                  deploy=[str(WORKFLOWS / name) for name in documents])


class TeacherCycle(unittest.TestCase):
    def test_the_teachers_take_every_step(self):
        with cycle_engine() as engine:
            town = Town(engine)
            self.through_all_of_it(town)
            self.refuses_at_the_diagnosis(town)
            self.refuses_the_route(town)
            self.leaves_in_the_middle(town)
            self.refuses_by_letter(town)
            self.needs_a_programme_that_is_not_there(town)
            self.learns_nothing(town)
            town.settle()
            self.check_letters(town)
            taken = {row["path"] for row in town.client.pages("JOURNAL", limit=1000) if "path" in row}
            self.assertEqual(all_paths() - taken, set(), "steps that nobody took")
            engine.verify(town.client)
            funnel = town.client.ask("CYCLE", definition="teacher-cycle")
            self.assertEqual((funnel["over"], sum(funnel["ended"].values())), (7, 7), funnel["ended"])
            self.assertEqual(sum(stage["count"] for stage in funnel["stages"]), 0)
            self.assertEqual(town.client.ask("STATS")["incidents"], 0)
            engine.stop()

    # --- one after another ---

    def through_all_of_it(self, town):
        one = town.begin(1, turns=2)
        self.assertEqual(one.titles(), ["диагностика профессиональных компетенций"])
        one.do("диагностика", results=[METHODS, TALK, GOOD[1]])
        one.wait_for("согласование")
        people = town.client.ask("CYCLE", definition="teacher-cycle", people=True, stage="agree-route")["rows"]
        self.assertEqual([(row["instance"], row["on"][0]["id"]) for row in people], [(one.instance, "cnppm_lo")])
        found, = one.outputs("score")
        self.assertEqual([d["competence"] for d in found["deficits"]], ["metodicheskie", "kommunikativnye"])
        one.do("согласование")

        # two branches side by side; the engine is killed between them, then a worker
        self.assertEqual(one.titles(), ["обучение по ИОМ, «Коммуникативные»", "обучение по ИОМ, «Методические»"])
        town.settle()
        town.client.ask("ADVANCE")  # to the letters of the next day
        one.report("«Коммуникативные»", passed=True)
        town.kill_engine()
        self.assertEqual([a["state"] for a in one.open()].count("reported"), 1)
        reported = one.wait_for("«Коммуникативные»")
        one.act(reported, "accept", reported["decider"])
        self.assertEqual(one.titles(), ["обучение по ИОМ, «Методические»"])
        self.assertIn("обучение", one.client.show(one.instance)["title"], "what it is about now")
        town.workers["route-planner"].kill()
        town.workers["route-planner"].wait()
        one.do("«Методические»", passed=False)
        one.client.until_task(one.instance, step="revise", state="ready")
        town.workers["route-planner"] = town.engine.also(
            "marshrut-route-planner", "--registries", WORKFLOWS / "registries")

        # another route for what has failed, and the reason; the rest stays
        again = one.wait_for("«Методические»")
        first, second = one.outputs("plan-route")[0]["route"], one.outputs("revise")[0]["route"]
        before = {e["id"] for e in first["elements"] if e["competence"] == "metodicheskie"}
        after = [e for e in second["elements"] if e["competence"] == "metodicheskie"]
        self.assertTrue(before and after and not before & {e["id"] for e in after})
        self.assertIn("Вместо «", after[0]["reason"])
        self.assertEqual({e["id"] for e in second["elements"] if e.get("kept")},
                         {e["id"] for e in first["elements"]} - before)
        self.assertEqual(len(one.open()), 1)
        bullets = next(t["input"]["bullets"] for t in one.client.show(one.instance)["tasks"]
                       if t["task"] == again["task"])
        self.assertIn("Вместо «", bullets[0])
        one.do("«Методические»", passed=True)

        self.assertEqual(one.titles(), ["мастер-класс по освоенному", "посещение урока, перенос освоенного в практику"])
        one.do("мастер-класс")
        one.do("посещение урока")
        one.do("анализ", text="Рекомендовано наставничество")

        # the next turn comes after the pause, and there is nothing left to learn
        one.client.until_task(one.instance, step="pause")
        asked = one.client.ask("STATS")["today"]
        town.advance_to(lambda: one.assignments(open=True))
        self.assertGreaterEqual((days(one.client.ask("STATS")["today"]) - days(asked)).days, 180)
        one.do("диагностика", results=GOOD)
        end = one.outcome()
        self.assertEqual((end["outcome"], end["turn"], end["level"]), ("developed", 2, "повышенный"))
        accepted = one.assignments(state="accepted")
        self.assertEqual(len(accepted), 9)

    def refuses_at_the_diagnosis(self, town):
        two = town.begin(2)
        two.do("диагностика", refused="на пенсию в этом году")
        end = two.outcome()
        self.assertEqual((end["outcome"], end["stage"], end["reason"]),
                         ("refused", "diagnosis", "на пенсию в этом году"))
        self.assertEqual(len(two.assignments()), 1)

    def refuses_the_route(self, town):
        three = town.begin(3)
        three.do("диагностика", results=[METHODS])
        three.do("согласование", refused="учится в магистратуре")
        end = three.outcome()
        self.assertEqual((end["outcome"], end["stage"], end["reason"]), ("refused", "route", "учится в магистратуре"))

    def leaves_in_the_middle(self, town):
        four = town.appoint(4)
        four.do("диагностика", results=[METHODS, TALK])
        four.do("согласование")
        self.assertEqual(len(four.titles()), 2)
        town.tell("kadry.teacher.dismissed", "t-4", reason="перешёл в другую школу")
        end = four.outcome()
        self.assertEqual((end["outcome"], end["reason"]), ("left", "перешёл в другую школу"))
        self.assertEqual([a["state"] for a in four.assignments() if "обучение" in a["title"]], ["withdrawn"] * 2)
        self.assertEqual(four.assignments(open=True), [])

    def refuses_by_letter(self, town):
        five = town.begin(5)
        five.open()
        town.tell("kadry.teacher.refused", "t-5", reason="заявление от 20 января")
        end = five.outcome()
        self.assertEqual((end["outcome"], end["stage"], end["reason"]),
                         ("refused", "by-letter", "заявление от 20 января"))
        with self.assertRaises(Refused):
            five.client.ask("ASSIGNMENT", task=five.assignments()[0]["task"], action="report", by="cnppm_lo",
                            report={"text": "поздно"})

    def needs_a_programme_that_is_not_there(self, town):
        six = town.begin(6, simulated={"results": [[MENTORING, METHODS]]})
        six.do("диагностика", simulated=True)
        six.do("согласование")
        self.assertEqual(six.titles(), ["обучение по ИОМ, «Методические»",
                                        "разработка программы по запросу, «Наставничество»"])
        six.do("разработка программы")
        for word in ("«Наставничество»", "«Методические»"):
            six.do(word, simulated=True)  # says nothing else: passed
        for word in ("посещение", "мастер-класс", "анализ"):
            six.do(word)
        end = six.outcome()
        self.assertEqual((end["outcome"], end["unresolved"], end["revisions"]), ("developed", [], 0))

    def learns_nothing(self, town):
        seven = town.begin(7)
        seven.do("диагностика", results=[METHODS])
        seven.do("согласование")
        seven.do("обучение по ИОМ, «Методические»", passed=False)
        for _ in range(2):  # the registries have nothing else that has not begun yet
            seven.do("разработка программы по запросу, «Методические»")
            seven.do("обучение по ИОМ, «Методические»", passed=False)
        self.assertEqual(seven.titles(), ["анализ и адресные рекомендации"])  # nothing to put into practice
        seven.do("анализ")
        end = seven.outcome()
        self.assertEqual((end["outcome"], [d["competence"] for d in end["unresolved"]], end["revisions"]),
                         ("partly", ["metodicheskie"], 2))
        tried = [e["id"] for out in seven.outputs("plan-route") + seven.outputs("revise")
                 for e in out["route"]["elements"]]
        self.assertEqual(len(tried), len(set(tried)), "what did not help came back")

    # --- what is left behind ---

    def check_letters(self, town):
        sent = letters(town.engine.folder / "mail")
        notices = [letter["X-Marshrut-Notice"] for letter in sent]
        self.assertEqual(len(notices), len(set(notices)))
        about = [letter for letter in sent if "Учитель № 1: обучение по ИОМ, «Методические»" in letter.get_content()]
        self.assertEqual({letter["To"].split(" ")[0].strip('"') for letter in about if "Вместо «" not in letter.get_content()},
                         {"ЦНППМ", "ЛОИРО", "Начальник"}, "who does it, and who controls it")


def days(text):
    return yaml.safe_load(text)


if __name__ == "__main__":
    main()
