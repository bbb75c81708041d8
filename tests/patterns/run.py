#!/usr/bin/env python3
"""run.py - the control-flow patterns: each NN-name.yaml is tried and compared with what it expects

Owns:    the form of a pattern file (docs/patterns.md §1) and the comparison.
In:      MARSHRUT_BIN, the folder of the built programs; names of files, or none for all.
Out:     a line for each; the end status is 1 when one is not as expected.
Always:  a pattern runs through `marshrut try`: a real engine, real sockets, a clock that stands.
"""

import json
import os
import pathlib
import subprocess
import sys
import tempfile

import yaml

ROOT = pathlib.Path(__file__).resolve().parents[2]
BIN = pathlib.Path(os.environ.get("MARSHRUT_BIN", ROOT / "build/asan/bin"))
HERE = pathlib.Path(__file__).resolve().parent


def write(folder, name, value):
    path = pathlib.Path(folder) / name
    path.write_text(json.dumps(value, ensure_ascii=False), encoding="utf-8")
    return str(path)


def command(pattern, folder):
    words = [str(BIN / "marshrut"), "try", write(folder, "workflow.yaml", pattern["workflow"]), "--json"]
    for n, document in enumerate(pattern.get("also", [])):
        words += ["--with", write(folder, f"also-{n}.yaml", document)]
    for service, mock in pattern.get("mocks", {}).items():
        words += ["--mock", f"{service}=" + write(folder, f"mock-{service}.json", mock)]
    for n, event in enumerate(pattern.get("events", [])):
        event = {"specversion": "1.0", "source": "/test", "id": f"e{n}", **event}
        words += ["--event", write(folder, f"event-{n}.json", event)]
    if "input" in pattern:
        words += ["--input", write(folder, "input.json", pattern["input"])]
    return words + pattern.get("options", [])


def moments(result):
    """{"a started": [1, 7], "a ended": …}: a step may run more than once."""
    there = {}
    for task in result["tasks"]:
        for word in ("started", "ended"):
            if task[word] is not None:
                there.setdefault(f"{task['name']} {word}", []).append(task[word])
    return there


def check_order(expected, result):
    there = moments(result)
    at = 0
    for line in expected:
        after = [m for m in sorted(there.get(line, [])) if m > at]
        if not after:
            yield f"order: «{line}» does not come after what stands before it"
            return
        at = after[0]


def spans(result, name):
    return [(t["started"], t["ended"] or 10**9) for t in result["tasks"] if t["name"] == name]


def check(expected, result):
    for field in ("status", "output"):
        if field in expected and expected[field] != result[field]:
            yield f"{field}: expected {expected[field]!r}, got {result[field]!r}"
    yield from check_order(expected.get("order", []), result)
    for a, b in expected.get("overlap", []):
        if not any(x[0] < y[1] and y[0] < x[1] for x in spans(result, a) for y in spans(result, b)):
            yield f"overlap: «{a}» and «{b}» do not run side by side"
    for name in expected.get("never", []):
        if any(t["name"] == name and t["status"] != "skipped" for t in result["tasks"]):
            yield f"never: «{name}» ran"
    for name, count in expected.get("count", {}).items():
        got = sum(t["name"] == name and t["status"] == "completed" for t in result["tasks"])
        if got != count:
            yield f"count: «{name}» was completed {got} times, not {count}"
    for name, status in expected.get("steps", {}).items():
        got = [t["status"] for t in result["tasks"] if t["name"] == name]
        if status not in got:
            yield f"steps: «{name}» is {got}, not {status}"
    types = [e["type"] for e in result["events"]]
    if "events" in expected and expected["events"] != types:
        yield f"events: expected {expected['events']}, got {types}"
    error = result["error"] or {}
    for field, value in expected.get("error", {}).items():
        if error.get(field) != value:
            yield f"error.{field}: expected {value!r}, got {error.get(field)!r}"


def run(path):
    pattern = yaml.safe_load(path.read_text(encoding="utf-8"))
    with tempfile.TemporaryDirectory(prefix="mrt-pattern") as folder:
        done = subprocess.run(command(pattern, folder), capture_output=True, text=True, check=False)
    try:
        result = json.loads(done.stdout)
    except json.JSONDecodeError:
        return [f"no result: {done.stdout}{done.stderr}"]
    wrong = list(check(pattern["expect"], result))
    if wrong:
        wrong.append(json.dumps(result, ensure_ascii=False, indent=1))
    return wrong


def main():
    names = sys.argv[1:]
    files = [HERE / n for n in names] or sorted(HERE.glob("[0-9][0-9]-*.yaml"))
    failed = 0
    for path in files:
        wrong = run(path)
        failed += bool(wrong)
        print(("FAIL " if wrong else "ok   ") + path.name, *wrong, sep="\n     " if wrong else " ")
    print(f"{len(files) - failed} patterns as expected, {failed} not")
    return 1 if failed or not files else 0


if __name__ == "__main__":
    sys.exit(main())
