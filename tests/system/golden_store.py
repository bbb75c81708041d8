"""golden_store.py - what is in a golden store of the engine, and how one is made

    MARSHRUT_BIN=build/release/bin tests/system/golden_store.py tests/data/engine-format-N

is run once for each format of the records, when it is new. Afterwards the folder is never changed: it
stands for the stores of those who run that version.
"""

import json
import pathlib
import sys

from engine import BODIES, POLICY, ROOT, Client, Engine, Worker, assignment, call, until, workflow

# Demonstration time at the pace of the real one: opened years later, it is still the same day.
CLOCK = {"demo": {"start": "2023-01-20T12:00", "day_seconds": 86400}}
ROADMAP = """\
document: {kind: roadmap, name: plan, version: '1', title: План на год}
period: {from: 2023-01-01, to: 2023-12-31}
controller: region
policy: default
sections:
  - {no: '1', title: Раздел первый}
items:
  - no: '1.1'
    section: '1'
    title: Анализ результатов
    bullets: ['сбор;', отчёт]
    responsible: [school, lyceum]
    due: {phrase: январь, kind: window, windows: [{from: 2023-01-01, to: 2023-01-10}]}
    result: отчёт
  - no: '1.2'
    section: '1'
    title: Семинары
    responsible: [district]
    due:
      phrase: 1, 2 полугодие
      kind: recurring
      windows: [{from: 2023-01-01, to: 2023-06-30}, {from: 2023-07-01, to: 2023-12-31}]
"""
BOTH = {"fork": {"branches": [
    {"office": call("office", attempts=1)},
    {"try": {"try": [{"sent": call("slow", attempts=1)}],
             "catch": {"retry": {"delay": "PT1H"}, "do": [{"caught": {"set": {"caught": "${ .n }"}}}]}}},
    {"each": {"for": {"each": "item", "in": "${ [1, 2] }"}, "do": [{"turn": call("turn", attempts=1)}]}},
    {"events": {"listen": {"to": {"all": [
        {"with": {"type": f"org.{name}"}, "correlate": {"who": {"from": "${ .data.who }"}}} for name in "ab"]}}}},
    {"inner": {"run": {"workflow": {"namespace": "tests", "name": "pause", "version": "1"}}}}]}}
NONE = {"raise": {"error": {"type": "https://example.org/none", "status": 400, "title": "Нет мест"}}}
LISTEN = {"listen": {"to": {"one": {"with": {"type": "ru.asoup.result", "subject": "${ .who }"}}}}}
DOCUMENTS = {
    "people.yaml": BODIES, "policy.yaml": POLICY,
    "roadmap-item.yaml": (ROOT / "workflows" / "roadmap-item.yaml").read_text(encoding="utf-8"),
    "chain.yaml": workflow("chain", ("one", call("work", attempts=2, delay="PT1H", delay_max="PT2H")),
                           ("keep", {"set": {"kept": "${ .n }"}}), ("two", call("work"))),
    "order.yaml": workflow("order", ("ask", assignment("2023-01-02", "2023-03-01"))),
    "pause.yaml": workflow("pause", ("pause", {"wait": "P30D"})),
    "event.yaml": workflow("event", ("for", LISTEN)),
    "plan.yaml": ROADMAP,
}
SECOND = {  # what came with format 2 of the records
    "both.yaml": workflow("both", ("remember", {"set": {"n": "${ .n }"}, "export": {"as": "${ {n: .n} }"}}),
                          ("both", BOTH), ("tell", {"set": {"told": "${ $context.n }"}})),
    "none.yaml": workflow("none", ("none", NONE)),
    "version.yaml": workflow("version", ("one", {"wait": "P30D"})),
}
THIRD = {  # what came with format 3
    "office.yaml": """\
document: {kind: bodies, name: office, version: '1'}
timezone: Europe/Moscow
bodies:
  - {id: college, name: Колледж, parent: district}
  - id: office
    name: Методический кабинет
    parent: district
    absences: [{from: 2023-01-10, to: 2023-02-28, deputy: college, reason: отпуск}]
""",
    "daily.yaml": """\
document: {kind: policy, name: daily, version: '1'}
at: '09:00'
soon: 10 working days
shift: {to: previous, source: Регламент}
extension: {ask: 1 working day before, at_most: 2}
report: {decide_within: 3 working days}
chains: [[school, office, region]]
ladder:
  - remind: 3 working days before
  - remind: 1 working day after
    every: 2 working days
    until: 9 working days after
  - {escalate: 2 working days after, to: 2 levels up}
  - {reassign: 4 working days after, to: parent}
""",
    "paper.yaml": workflow("paper", ("ask", assignment("2023-01-09", "2023-03-31", responsible="${ .who }", co_executors=[
        {"body": "college", "to": "2023-02-20"}, "lyceum"], policy="daily", result=["приказ", "план"]))),
}
# What the records hold; words that are made when somebody asks may be made otherwise later.
FIELDS = {
    "LIST": ("instance", "definition", "version", "state", "key", "parent", "created", "changed"),
    "SHOW": ("instance", "data", "context", "problem", "tasks"),
    "ASSIGNMENTS": ("task", "state", "phase", "co_executors", "controller", "from", "to", "reported", "returns", "parts",
                    "first_to", "terms", "extension", "pause", "acting", "child", "outcome", "outcome_original"),
    "INCIDENTS": ("task", "instance", "attempt", "problem"),
    "DEFINITIONS": ("number", "kind", "name", "version", "removed", "used"),
    "JOURNAL": ("seq", "entry", "time", "instance", "kind", "task", "attempt", "data", "output", "reason", "by",
                "report", "problem", "retry_at", "key", "child", "number", "version", "id", "event"),
    "task": ("task", "step", "kind", "state", "attempt", "tries", "since", "until", "input", "problem", "report",
             "path", "scope", "index", "limit", "ended", "of", "joined", "taken", "correlation", "child", "caught"),
    "STATS": ("today", "clock", "instances", "assignments", "phases", "ready", "incidents", "letters", "journal"),
}


def pick(kind, row):
    """Only these fields of a row."""
    return {field: row[field] for field in FIELDS[kind] if field in row}


def answers(client):
    """What clients see of a store: the rows of every listing, and each instance in full."""
    seen = {verb: [pick(verb, row) for row in client.pages(verb, limit=1000)]
            for verb in ("LIST", "ASSIGNMENTS", "INCIDENTS", "DEFINITIONS", "JOURNAL")}
    seen["SHOW"] = [pick("SHOW", client.show(row["instance"])) for row in seen["LIST"]]
    for row in seen["SHOW"]:
        row["tasks"] = [pick("task", task) for task in row["tasks"]]
    seen["STATS"] = pick("STATS", client.ask("STATS"))
    return seen


def order(client, key, *actions):
    instance = client.start("order", {"n": key}, key=key)
    for action, by in actions:
        client.ask("ASSIGNMENT", task=f"{instance}.1", action=action, by=by, reason="причина",
                   **({"report": {"kind": "приказ", "number": "12-р", "covers": "all"}} if action == "report" else {}))


def fill(client, engine):
    client.start("plan", key="plan-2023", priority=7)
    order(client, "opened")
    order(client, "reported", ("report", "school"))
    order(client, "returned", ("report", "school"), ("return", "region"))
    order(client, "accepted", ("report", "school"), ("accept", "region"))
    order(client, "withdrawn", ("withdraw", "region"))
    worker = Worker(engine, "w", "work", credit=100)
    chains = {name: client.start("chain", {"n": number}, key=name, priority=number)
              for number, name in enumerate(("completed", "backoff", "incident", "second", "suspended"))}
    for _ in range(5):
        task, attempt, data = worker.task()
        if data["n"] == 1:
            worker.fail(task, attempt, "нет связи")
        elif data["n"] == 2:
            worker.fail(task, attempt, "сломано", retry=False)
        else:
            worker.done(task, attempt, data)
    while True:
        task, attempt, data = worker.task()
        if data["kept"] == 0:
            worker.acknowledged(worker.done(task, attempt, {"готово": True}))
            break
    until(client, lambda: client.show(chains["completed"]), lambda row: row["state"] == "completed")
    client.ask("SUSPEND", instance=chains["suspended"], reason="до уточнения")
    client.start("pause", {"большое": "ы" * 3000})
    client.ask("CANCEL", instance=client.start("pause", key="cancelled"), reason="отменено приказом")
    client.start("event", {"who": "Анна"})
    client.start("event", {"who": "b"})
    client.ask("EVENT", specversion="1.0", id="e-1", source="/asoup", type="ru.asoup.result", subject="b",
               data={"passed": True})
    client.start("chain", {"n": 9}, key="ready")


def fill_second(client, engine):
    """Scopes with something in each of them, an instance that an error ended, versions."""
    client.start("both", {"n": 7}, key="both")
    slow, turn = Worker(engine, "s", "slow", credit=1), Worker(engine, "t", "turn", credit=1)
    task, attempt, _ = slow.task()
    slow.acknowledged(slow.fail(task, attempt, "нет связи", retry=False))
    task, attempt, _ = turn.task()
    turn.acknowledged(turn.done(task, attempt, {"turn": 1}))
    client.ask("EVENT", specversion="1.0", id="e-3", source="/asoup", type="org.a", data={"who": "Анна"})
    client.start("none", key="none")
    for key in ("moved", "left"):
        client.start("version", key=key)
    for second in ("P20D", "P10D"):
        client.ask("DEPLOY", text=workflow("version", ("one", {"wait": second}), ("two", NONE)))
    client.ask("MIGRATE", definition="version", instances=[client.start("version", key="moved")], to=2)
    client.ask("REMOVE", name="version", version=3)


def fill_third(client):
    """Parts, terms that moved, pauses, deputies, delegation, letters of the day that gather."""
    document = {"kind": "приказ", "number": "12-р", "date": "2023-01-20"}
    papers = {
        "part": [{"action": "report", "by": "lyceum"}],
        "asked": [{"action": "extend", "by": "school", "day": "2023-04-14"}],
        "extended": [{"action": "extend", "by": "school", "day": "2023-04-14"},
                     {"action": "grant", "by": "region", "day": "2023-04-07"}],
        "refused": [{"action": "extend", "by": "school", "day": "2023-04-14"}, {"action": "refuse", "by": "region"}],
        "term": [{"action": "move", "by": "region", "day": "2023-05-05"}],
        "paused": [{"action": "pause", "by": "region", "pause": "higher_order"}],
        "resumed": [{"action": "pause", "by": "region", "pause": "waits"}, {"action": "resume", "by": "region"}],
        "delegated": [{"action": "delegate", "by": "school", "to": "college", "day": "2023-03-01"}],
        "reassigned": [{"action": "reassign", "by": "region", "to": "district"}],
        "waits": [{"action": "report", "by": "school", "report": {"documents": [document], "covers": ["lyceum"]}}],
        "closed-in-part": [{"action": "report", "by": "school", "report": {"documents": [document]}},
                           {"action": "accept", "by": "region", "in_part": True}],
        "deputy": [],
        "held": [],
    }
    for key, actions in papers.items():
        instance = client.start("paper", {"who": "office" if key == "deputy" else "school"}, key=key)
        for action in actions:
            client.ask("ASSIGNMENT", task=f"{instance}.1", **{"reason": "причина", **action})
    client.ask("SUSPEND", instance=instance, reason="проверка")


def make(folder):
    with Engine({**DOCUMENTS, **SECOND, **THIRD}, clock=CLOCK) as engine:
        client = Client(engine.start())
        fill(client, engine)
        fill_second(client, engine)
        fill_third(client)
        client.ask("BACKUP", folder=str(folder / "store"))
        text = json.dumps(answers(client), ensure_ascii=False, indent=1, sort_keys=True)
        (folder / "answers.json").write_text(text + "\n", encoding="utf-8")
        engine.verify(client)


if __name__ == "__main__":
    target = pathlib.Path(sys.argv[1]).resolve()
    target.mkdir()
    make(target)
