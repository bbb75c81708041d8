"""openapi.py - docs/openapi.yaml as a test asks it: which operation is this, does this answer fit?

Owns:    finding operations by method and address, and judging answers by their schemas. The validator is
         not ours (python3-jsonschema, JSON Schema 2020-12, which OpenAPI 3.1 has).
Out:     Description, Operation.
See:     docs/openapi.yaml
"""

import json
import re

import yaml
from jsonschema import Draft202012Validator, RefResolver

from engine import ROOT

METHODS = ("get", "post", "put", "delete")


class Operation:
    def __init__(self, description, method, path, item):
        self.description, self.method, self.path = description, method.upper(), path
        self.raw = item[method]
        self.id = self.raw["operationId"]
        self.parameters = {(p["in"], p["name"]): p for p in map(
            description.resolve, [*item.get("parameters", []), *self.raw.get("parameters", [])])}
        self.body = description.resolve(self.raw.get("requestBody", {}))
        pattern = re.sub(r"\\{[a-z]+\\}", "[^/]+", re.escape(path))
        self.matcher = re.compile(f"^{pattern}$")
        self.rank = [segment.startswith("{") for segment in path.split("/")]

    def names(self, place):
        return {name for where, name in self.parameters if where == place}

    def fields(self):
        """The names of the fields of its JSON body; None: it takes others too."""
        schema = self.description.resolve(
            self.body.get("content", {}).get("application/json", {}).get("schema", {}))
        return set(schema["properties"]) if schema.get("additionalProperties") is False else None

    def complaints(self, status, headers, body):
        """What the description has against an answer."""
        responses = self.raw["responses"]
        response = self.description.resolve(responses.get(str(status), responses["default"]))
        if str(status) not in responses and status < 400:
            return [f"the status {status} is not described"]
        found = [f"there is no header {name}" for name, header in response.get("headers", {}).items()
                 if name.lower() not in headers and self.description.resolve(header).get("required")]
        if "content" not in response:
            return found + ([f"a body that is not described: {body[:80]!r}"] if body else [])
        kind = headers.get("content-type", "").split(";")[0]
        if kind not in response["content"]:
            return found + [f"the type {kind} is not described"]
        schema = response["content"][kind]["schema"]
        value = self.description.parse(kind, body)
        return found + self.description.complaints(schema, value)


class Description:
    def __init__(self):
        self.text = (ROOT / "docs/openapi.yaml").read_text(encoding="utf-8")
        self.document = yaml.safe_load(self.text)
        self.resolver = RefResolver("", self.document)
        self.operations = {}
        for path, item in self.document["paths"].items():
            for method in METHODS:
                if method in item:
                    operation = Operation(self, method, path, item)
                    assert operation.id not in self.operations, f"{operation.id} is there twice"
                    self.operations[operation.id] = operation

    def resolve(self, value):
        while "$ref" in value:
            value = self.resolver.resolve(value["$ref"])[1]
        return value

    def find(self, method, address):
        path = address.split("?")[0]
        fitting = [o for o in self.operations.values() if o.method == method and o.matcher.match(path)]
        return min(fitting, key=lambda o: o.rank)

    @staticmethod
    def parse(kind, body):
        if kind.endswith("json"):
            return json.loads(body)
        return body.decode() if kind.startswith("text/") or "yaml" in kind or "svg" in kind else ""

    def complaints(self, schema, value):
        validator = Draft202012Validator(schema, resolver=self.resolver)
        return [f"{'/'.join(map(str, e.absolute_path))}: {e.message[:300]}"
                for e in validator.iter_errors(value)]
