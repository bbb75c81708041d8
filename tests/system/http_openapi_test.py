"""docs/openapi.yaml against the server that it describes: every route and nothing else, every parameter and
field and nothing else, every answer by its schema, refusals as problems."""

import json
import subprocess
import unittest
from urllib.parse import quote, urlencode

import yaml
from jsonschema import Draft202012Validator

from engine import (BIN, BODIES, POLICY, ROOT, Client, Worker, assignment, call, main, roadmap, until,
                    workflow)
from gateway import Gateway
from openapi import Description

API = Description()
WORKFLOWS = ROOT / "workflows"
UNKNOWN_PARAMETER = "this address knows no parameter \"%s\""
UNKNOWN_FIELD = "the body has an unknown field \"%s\""
# The engine says what is wrong with these; the fields of a job depend on its kind.
PASSED_ON = {"migrateInstances", "replan", "sendEvent", "advanceClock", "backup", "verify", "beginJob"}


COUNTED = roadmap(
    "counted", 2023,
    {"no": "1.1", "title": "Маршруты построены", "responsible": ["school"], "due": "до 1 декабря",
     "computed": {"of": {"workflow": "send"}, "done": {"workflow": "send", "where": ".context.route"}, "target": "80 %"}})


def engine():
    documents = {"people.yaml": BODIES, "policy.yaml": POLICY,
                 "order.yaml": workflow("order", ("assign", assignment("2023-06-20", "2023-07-20"))),
                 "send.yaml": workflow("send", ("send", call("mail", attempts=1))),
                 "late.yaml": workflow("late", ("pause", {"wait": {"days": 3}}))}
    gateway = Gateway(documents, clock={"stands": {"start": "2023-06-24T09:00"}})
    gateway.write_config(deploy=[*gateway.config["deploy"], *(str(WORKFLOWS / name) for name in (
        "calendars/ru.yaml", "bodies/federal.yaml", "bodies/lo.yaml", "policies/default.yaml",
        "policies/teachers.yaml", "roadmap-item.yaml", "roadmaps/lo-2023.yaml",
        "cycles/teacher-cycle.yaml")), "counted.yaml"],
        start=[{"definition": "lo-2023", "key": "lo-2023"}])
    (gateway.root / "counted.yaml").write_text(COUNTED, encoding="utf-8")
    return gateway


class Routes(unittest.TestCase):
    def test_every_route_of_the_server_is_described_and_every_operation_is_served(self):
        lines = subprocess.run([BIN / "http-routes"], capture_output=True, text=True, check=True).stdout
        served = {}
        for line in lines.splitlines():
            method, pattern, operation, *flags = line.split(" ")
            self.assertNotIn(operation, served)
            served[operation] = (method, pattern, flags)
        self.assertEqual({o.id: (o.method, o.path) for o in API.operations.values()},
                         {name: row[:2] for name, row in served.items()})
        for name, (_, _, flags) in served.items():
            with self.subTest(name):
                self.check_flags(API.operations[name], flags)

    def check_flags(self, operation, flags):
        changes = {"Marshrut-By", "Idempotency-Key", "If-Match"}
        self.assertEqual(operation.names("header") & changes, changes if "changes" in flags else set())
        self.assertEqual({"format", "language"} <= operation.names("query"), "formats" in flags)
        success = next(answer for status, answer in operation.raw["responses"].items() if status < "300")
        self.assertEqual("text/csv" in API.resolve(success).get("content", {}), "formats" in flags)
        kinds = {"application/yaml": "yaml", "text/csv": "csv", "application/cloudevents+json": "event"}
        content = operation.body.get("content", {})
        self.assertEqual({kinds[k] for k in content if k in kinds}, set(kinds.values()) & set(flags))
        self.assertEqual(bool(content), operation.method != "GET")
        if content:
            self.assertEqual(operation.body["required"], "no-body" not in flags)

    def test_the_names_in_paths_are_described(self):
        for operation in API.operations.values():
            named = {s[1:-1] for s in operation.path.split("/") if s.startswith("{")}
            self.assertEqual(operation.names("path"), named, operation.id)


class Document(unittest.TestCase):
    def test_all_schemas_are_valid_and_all_references_lead_somewhere(self):
        for name, schema in API.document["components"]["schemas"].items():
            Draft202012Validator.check_schema(schema)
            self.assertIsNotNone(schema, name)
        used, stack = set(), [API.document["paths"]]
        while stack:
            value = stack.pop()
            if isinstance(value, dict):
                reference = value.get("$ref")
                if reference is not None and reference not in used:
                    used.add(reference)
                    stack.append(API.resolver.resolve(reference)[1])
                stack.extend(value.values())
            elif isinstance(value, list):
                stack.extend(value)
        there = {f"#/components/{kind}/{name}" for kind, named in API.document["components"].items()
                 for name in named}
        self.assertEqual(there - used - {"#/components/schemas/Change"}, set(), "nobody refers to these")

    def test_examples_fit_their_schemas(self):
        count = 0
        for operation in API.operations.values():
            contents = [operation.body, *map(API.resolve, operation.raw["responses"].values())]
            for kind, media in (pair for c in contents for pair in c.get("content", {}).items()):
                examples = [media["example"]] if "example" in media else []
                examples += [e["value"] for e in media.get("examples", {}).values()]
                for example in examples:
                    count += 1
                    self.assertEqual(API.complaints(media["schema"], example), [], (operation.id, kind))
            for parameter in operation.parameters.values():
                if "example" in parameter:
                    self.assertEqual(API.complaints(parameter["schema"], parameter["example"]), [],
                                     (operation.id, parameter["name"]))
        self.assertGreater(count, 50)


class Served(unittest.TestCase):
    """One engine for all; what changes it is in one test."""

    @classmethod
    def setUpClass(cls):
        cls.engine = engine().start()
        cls.client = Client(cls.engine)
        cls.answered = set()

    @classmethod
    def tearDownClass(cls):
        cls.client.close()
        cls.engine.stop()
        cls.engine.__exit__(None)

    def ask(self, method, address, body=None, wanted=200, by="region", **headers):
        """One request; its answer must be as it is described."""
        operation = API.find(method, address)
        if method != "GET" and by is not None:
            headers["Marshrut_By"] = quote(by)
        answer = self.engine.ask(method, address, body, **headers)
        found = operation.complaints(answer.status, answer.headers, answer.body)
        self.assertEqual(found, [], f"{operation.id} {address}: {answer.body[:600]}")
        self.assertEqual(answer.status, wanted, f"{operation.id} {address}: {answer.body[:600]}")
        if answer.status < 300:
            self.answered.add(operation.id)
        return answer

    def get(self, address, wanted=200, **headers):
        answer = self.ask("GET", f"/api/v1{address}", wanted=wanted, **headers)
        return answer.json if "json" in answer.headers["content-type"] else answer

    def post(self, address, body=None, wanted=200, **more):
        return self.ask("POST", f"/api/v1{address}", body, wanted, **more).json

    # --- what is asked ------------------------------------------------------------------------------

    def every_list(self, address):
        """All pages, two rows a page; and as files."""
        mark, after, rows = "&" if "?" in address else "?", "", []
        for _ in range(12):
            page = self.get(f"{address}{mark}limit=2{after}")
            rows += page["rows"]
            if page["next"] is None:
                break
            after = f"&after={quote(str(page['next']))}"
        self.get(f"{address}{mark}format=csv")
        self.get(f"{address}{mark}format=xlsx")
        return rows

    def look(self):
        for name in ("healthz", "readyz", "metrics"):
            self.ask("GET", f"/{name}")
        self.get("/openapi.yaml")
        for address in ("/stats", "/today", "/today?body=kopo_lo", "/today?plan=lo-2023", "/discipline",
                        "/discipline?by=plan&from=2023-01-01&to=2023-12-31", "/discipline?by=section",
                        "/discipline?by=month", "/cycles", "/roadmaps", "/roadmaps/lo-2023", "/roadmaps/counted",
                        "/roadmaps/counted/items/1.1/computed", "/roadmaps/counted/items/1.1/computed?rows=of", "/bodies",
                        "/calendar?month=2023-06", "/calendar.ics", "/search?q=" + quote("утв план"),
                        "/search?q=" + quote("учитель"), "/search?q=1.1", "/definitions", "/definitions/1", "/workers?q=mail",
                        "/journal?limit=1000", "/definitions/4/graph.svg", "/workdays?from=2023-01-01&to=2027-12-31",
                        "/workday?from=2023-02-20&add=-3", "/workday?from=2026-12-20&add=20"):
            self.get(address)
        for phrase in ("до 15 августа ежегодно", "по мере необходимости", "в течение 10 рабочих дней со дня запроса",
                       "проект – март, утверждение – май", "до 12:00 1 марта", "сентябрь", "до 1 декабря"):
            self.get(f"/due?phrase={quote(phrase)}")
            self.get(f"/due?phrase={quote(phrase)}&year=2026")
        for name in ("bodies", "definitions", "discipline", "workers"):
            self.get(f"/{name}?format=csv")
            self.get(f"/{name}?format=xlsx")
        for state in API.document["components"]["schemas"]["AssignmentState"]["enum"]:
            self.get(f"/assignments?state={state}")
        for phase in API.document["components"]["schemas"]["Phase"]["enum"]:
            self.get(f"/assignments?phase={phase}&open=true")
        for address in ("/assignments", "/instances?state=running", "/incidents", "/notices"):
            self.assertTrue(self.every_list(address), address)
        for kind in API.operations["listAssignments"].parameters["query", "outcome"]["schema"]["enum"]:
            self.get(f"/assignments?outcome={kind}")

    def unchanged(self, address):
        """Asked again with its tag, when nothing more is decided: letters may still be made."""
        tag = self.ask("GET", address).headers["etag"]
        return self.engine.get(address, If_None_Match=tag)

    def look_at(self, instance):
        shown = self.get(f"/instances/{instance}")
        ready = any(task["state"] == "ready" for task in shown["tasks"])  # for a worker: always sent
        for part, again in (("", not ready), ("/why", not ready), ("/graph.svg", True)):
            address = f"/api/v1/instances/{instance}{part}"
            answer = until(self.client, lambda a=address: self.unchanged(a),
                           lambda answer, status=304 if again else 200: answer.status == status)
            self.assertEqual(API.find("GET", address).complaints(answer.status, answer.headers, answer.body), [])
        self.get(f"/instances/{instance}/history")

    def look_at_assignment(self, task, body="school"):
        shown = self.get(f"/assignments/{task}?for={body}")
        self.get(f"/assignments/{task}/history")
        return shown

    # --- what is done -------------------------------------------------------------------------------

    def start(self, definition, key, data=None):
        return self.post("/instances", {"definition": definition, "key": key, "input": data or {}})["instance"]

    def act(self, task, action, by, **fields):
        self.post(f"/assignments/{task}/{action}", fields or None, by=by)
        return self.look_at_assignment(task, by)

    def go_through_an_assignment(self):
        instance = self.start("order", "o-1")
        task = f"{instance}.1"
        self.assertIn("report", self.look_at_assignment(task)["actions"])
        for day in ("2023-07-28", "2023-01-01"):
            self.post(f"/assignments/{task}/check", {"action": "extend", "day": day})
        self.post(f"/assignments/{task}/check", {"action": "report", "report": {"text": "Издан"}})
        self.act(task, "extend", "school", day="2023-07-28", reason="ждём сведения")
        self.get("/today")
        self.act(task, "refuse", "region", reason="срок прежний")
        self.act(task, "extend", "school", day="2023-07-28", reason="ждём сведения")
        self.act(task, "grant", "region")
        self.act(task, "pause", "region", pause="waits", reason="ждём")
        self.act(task, "resume", "region")
        self.act(task, "move", "region", day="2023-07-31", reason="по просьбе")
        self.act(task, "report", "lyceum", report={"text": "Наша часть"})
        report = {"text": "Приказ издан", "documents": [{"kind": "приказ", "number": "15-р", "date": "2023-06-10"}]}
        self.act(task, "report", "school", report=report)
        self.get("/today")
        self.act(task, "return", "region", reason="нет приложения")
        self.look_at_assignment(task)
        self.act(task, "report", "school", report=report)
        self.act(task, "accept", "region")
        self.look_at(instance)
        other = f"{self.start('order', 'o-2')}.1"
        self.act(other, "reassign", "region", to="lyceum", reason="реорганизация")
        self.act(other, "withdraw", "region", reason="отменено")

    def go_through_an_incident(self):
        worker = Worker(self.engine, "mail-1", "mail", credit=3)
        instances = [self.start("send", f"s-{n}") for n in range(3)]
        for _ in instances:
            task, attempt, _ = worker.task()
            worker.fail(task, attempt, "ящик полон", retry=False)
        worker.close()
        until(self.client, lambda: self.get("/incidents")["rows"], lambda rows: len(rows) == 3)
        self.go_through_long_work()
        self.look()
        for instance in instances:
            self.look_at(instance)
        first, second, third = (self.client.show(i)["tasks"][0]["task"] for i in instances)
        self.post(f"/tasks/{first}/retry", {"input": {"to": "school"}})
        worker = Worker(self.engine, "mail-2", "mail", credit=3)
        worker.task()
        self.get("/workers")
        self.post(f"/tasks/{second}/skip", {"reason": "отправлено вручную", "output": {"sent": True}})
        self.post(f"/instances/{instances[2]}/suspend", {"reason": "до уточнения"})
        self.look_at(instances[2])
        self.post(f"/instances/{instances[2]}/resume", None)
        self.post(f"/instances/{instances[2]}/cancel", {"reason": "не нужно"})
        self.post(f"/tasks/{third}/retry", None, wanted=404)
        worker.close()

    def job(self, **request):
        job = self.post("/jobs", request, 202)["job"]
        return until(self.client, lambda: self.get(f"/jobs/{job}"),
                     lambda row: row["state"] not in ("waiting", "running"))

    def go_through_long_work(self):
        bulk = {"list": "incidents", "action": "skip", "filter": {"service": "mail"}}
        self.assertEqual(self.post("/bulk/preview", bulk, by=None)["count"], 3)
        for name, action in (("instances", "suspend"), ("assignments", "withdraw")):
            self.post("/bulk/preview", {"list": name, "action": action, "filter": {}}, by=None)
        self.assertGreater(self.post("/bulk/preview", {"list": "assignments", "action": "accept"})["refused"], 0)
        self.post("/bulk/preview", {**bulk, "filter": {"made_up": "x"}}, 400, by=None)
        refused = self.job(kind="bulk", list="assignments", action="accept", filter={"open": "true"})
        self.assertGreater(refused["refused_count"], 0)
        good = self.job(kind="import", files=[{"file": "b.yaml", "text": workflow("b", ("w", {"wait": {"days": 1}}))}])
        self.assertEqual(good["state"], "done", good)
        self.get(f"/jobs/{good['id']}/result?format=json")
        self.assertEqual(self.job(kind="import", files=[{"file": "a.yaml", "text": "document: {}"}])["refused_count"], 1)
        self.get("/jobs")
        self.ask("DELETE", f"/api/v1/jobs/{good['id']}", wanted=409)
        job = self.post("/jobs", {"kind": "rehearse", "plans": ["lo-2023"]}, 202)["job"]
        self.ask("DELETE", f"/api/v1/jobs/{job}")
        self.get(f"/jobs/{job}")

    def go_through_documents(self):
        text = workflow("late", ("pause", {"wait": {"days": 4}}))
        instance = self.start("late", "l-1")
        self.post("/definitions/check", {"text": text}, by=None)
        self.post("/definitions/check", {"text": "document: {}\n"}, by=None)
        self.ask("POST", "/api/v1/definitions/graph.svg", {"text": text}, by=None)
        self.post("/definitions/graph.svg", {"text": "document: {}\n"}, 422, by=None)
        changed = text.replace("days: 4", "days: 5")
        self.assertFalse(self.post("/definitions/diff", {"old": {"text": text}, "new": {"text": changed}}, by=None)["same"])
        self.post("/definitions/diff", {"old": 999, "new": 1}, 404, by=None)
        self.assertEqual(self.post("/definitions/try", {"files": [{"text": text}], "input": {"a": [1]}}, by=None)["status"], "completed")
        self.post("/definitions/try", {"files": [{"text": "document: {}\n"}]}, 422, by=None)
        self.assertTrue(self.post("/definitions", {"file": "late.yaml", "text": text})["changed"])
        self.post("/definitions", {"file": "late.yaml", "text": "document: ["}, wanted=400)
        self.post("/definitions", {"file": "late.yaml", "text": "document: {}\n"}, wanted=422)
        self.post("/migrations", {"definition": "late", "all": True, "preview": True}, by=None)
        self.post("/migrations", {"definition": "late", "instances": [instance]})
        self.post("/definitions/remove", {"name": "late", "version": 2}, wanted=409)
        self.post("/definitions/remove", {"name": "late", "version": 1})
        self.post("/replan", {}, by=None)
        self.look_at(instance)

    def go_through_a_cycle(self):
        for number in (1, 2):
            self.start("teacher-cycle", f"t-{number}",
                       {"teacher": {"id": f"t-{number}", "name": f"Учитель № {number}",
                                    "municipality": "Тосненский район", "school": "Школа № 1"}})
        self.get("/cycles/teacher-cycle")
        self.get("/cycles/teacher-cycle?municipality=" + quote("Тосненский район"))
        self.every_list("/cycles/teacher-cycle/people")
        self.assertEqual(len(self.every_list("/cycles/teacher-cycle/people?stage=diagnose")), 2)

    def go_through_the_rest(self):
        event = {"specversion": "1.0", "id": "e-1", "source": "/test", "type": "ru.test.happened"}
        self.post("/events", event)
        self.ask("POST", "/api/v1/events", {**event, "id": "e-2"}, Content_Type="application/cloudevents+json")
        self.post("/advance", {"look": True})
        until(self.client, lambda: self.post("/advance", {}), lambda answer: answer["moved"])
        self.post("/verify", None)
        self.post("/backup", {"folder": str(self.engine.root / "copy")})
        with self.engine.connect() as connection:
            connection.request("GET", "/api/v1/events", Last_Event_ID="1")
            status, headers = connection.head()
            self.assertEqual((status, headers["content-type"]), (200, "text/event-stream"))
            data = b""
            while b"data: " not in data or not data.endswith(b"\n\n"):
                data += connection.chunk() if "transfer-encoding" in headers else connection.until(b"\n\n") + b"\n\n"
            change = next(line[6:] for line in data.decode().splitlines() if line.startswith("data: "))
            self.assertEqual(API.complaints({"$ref": "#/components/schemas/Change"}, json.loads(change)), [])
            self.answered.add("followEvents")

    def test_every_operation_answers_as_it_is_described(self):
        self.go_through_an_incident()
        self.go_through_an_assignment()
        self.go_through_documents()
        self.go_through_a_cycle()
        self.go_through_the_rest()
        self.look()
        for instance in (1, 2, 3):
            self.look_at(instance)
        self.assertEqual(set(API.operations) - self.answered, set(), "never answered with success")

    # --- what is refused ------------------------------------------------------------------------------

    def address(self, operation):
        values = {"instance": "1", "task": "1.1", "number": "1", "definition": "teacher-cycle",
                  "name": "lo-2023", "action": "report", "job": "1", "no": "1.1"}
        return operation.path.format(**values)

    def problem(self, operation, address, body=None, **headers):
        if operation.method != "GET":
            headers.setdefault("Marshrut_By", "region")
        answer = self.engine.ask(operation.method, address, body, **headers)
        self.assertEqual(operation.complaints(answer.status, answer.headers, answer.body), [], address)
        return answer.json if answer.headers["content-type"] == "application/problem+json" else {}

    def test_parameters_are_those_that_are_described(self):
        names = set().union(*(o.names("query") for o in API.operations.values()))
        for operation in API.operations.values():
            if operation.id == "followEvents" or operation.method != "GET":
                continue
            needed = {n: p["example"] for (w, n), p in operation.parameters.items()
                      if w == "query" and p.get("required")}
            for name in names | {"made_up"}:
                query = urlencode({**needed, name: "x"})
                problem = self.problem(operation, f"{self.address(operation)}?{query}")
                with self.subTest(operation=operation.id, parameter=name):
                    self.assertEqual(problem.get("format") == UNKNOWN_PARAMETER,
                                     name not in operation.names("query"), problem)

    @staticmethod
    def value(schema):
        """One that fits; of numbers that of nothing."""
        schema = API.resolve(schema)
        if "anyOf" in schema:
            return Served.value(schema["anyOf"][0])
        if schema.get("type") == "array":
            return [Served.value(schema["items"])]
        return schema["enum"][0] if "enum" in schema else 999 if schema.get("type") == "integer" else "x"

    def test_fields_are_those_that_are_described(self):
        named = {o.id: o.fields() for o in API.operations.values() if o.method in ("POST", "PUT")}
        names = set().union(*(fields for fields in named.values() if fields)) - {"by"}
        for name, fields in named.items():
            if name in PASSED_ON:
                continue
            operation = API.operations[name]
            schema = API.resolve(operation.body["content"]["application/json"]["schema"])
            whole = {field: self.value(schema["properties"][field]) for field in schema.get("required", [])}
            if name == "previewBulk":
                whole = {"list": "assignments", "action": "move"}  # which has more fields than others
            elif name == "checkDefinition":
                whole = {"text": "x"}  # or files
            for field in names | {"made_up"}:
                address = self.address(operation).replace("/1", "/999")
                problem = self.problem(operation, address, {field: "x", **whole})
                with self.subTest(operation=name, field=field):
                    self.assertEqual(problem.get("format") == UNKNOWN_FIELD, field not in fields, problem)

    def test_whoever_changes_something_says_who(self):
        for operation in API.operations.values():
            if "Marshrut-By" in operation.names("header"):
                body = {"apply": True} if operation.id == "replan" else {}  # which only looks otherwise
                problem = self.problem(operation, self.address(operation), body, Marshrut_By=None)
                self.assertEqual(problem["status"], 400, operation.id)
                self.assertIn("Marshrut-By", problem["detail"])

    def test_refusals_are_problems_with_their_status(self):
        for method, address, body, status in (
                ("GET", "/instances/999", None, 404), ("GET", "/instances/x", None, 404),
                ("GET", "/instances/999/why", None, 404), ("GET", "/assignments/1.1", None, 404),
                ("GET", "/roadmaps/nothing", None, 404), ("GET", "/definitions/999", None, 404),
                ("GET", "/today?body=nobody", None, 404), ("GET", "/cycles/nothing", None, 404),
                ("GET", "/assignments?limit=0", None, 400), ("GET", "/assignments?limit=1001", None, 400),
                ("GET", "/assignments?state=nothing", None, 422), ("GET", "/assignments?open=maybe", None, 400),
                ("GET", "/calendar?month=2023-13", None, 400), ("GET", "/calendar", None, 400),
                ("GET", "/search", None, 422),
                ("POST", "/instances", {"definition": "nothing"}, 404),
                ("POST", "/instances", {"definition": "order", "key": "a b"}, 400),
                ("POST", "/instances", {"definition": "order", "input": []}, 422),
                ("POST", "/instances/1/cancel", {}, 400), ("POST", "/instances/999/cancel", {"reason": "x"}, 404),
                ("POST", "/tasks/999.1/retry", {}, 404), ("POST", "/assignments/999.1/report", {}, 404),
                ("POST", "/assignments/1.1/frob", {}, 404), ("POST", "/events", {"id": "x"}, 422)):
            with self.subTest(address=address, body=body):
                self.ask(method, f"/api/v1{address}", body, status)
        unknown = self.ask("POST", "/api/v1/assignments/1.1/frob", {}, 404).json["detail"]
        self.assertIn("report, accept, return, withdraw, extend", unknown)
        self.ask("POST", "/api/v1/instances/1/suspend", {"reason": "x"}, 412, If_Match='"1-1"')
        self.ask("POST", "/api/v1/instances/1/suspend", {"reason": "x"}, 412, If_Match='"2-1"')

    def test_the_text_is_served_as_it_is(self):
        answer = self.get("/openapi.yaml")
        self.assertEqual(yaml.safe_load(answer.body), API.document)
        self.ask("GET", "/api/v1/openapi.yaml", wanted=304, If_None_Match=answer.headers["etag"])


if __name__ == "__main__":
    main()
