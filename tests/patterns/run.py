#!/usr/bin/env python3
"""run.py - the control-flow patterns: each NN-name.yaml is checked, tried and compared with what it expects

Owns:    the form of a pattern file (docs/patterns.md §1) and the comparison.
In:      MARSHRUT_BIN, the folder of the built programs; names of files, or none for all.
Out:     a line for each; the end status is 1 when one is not as expected.
Always:  a pattern runs through `marshrut try`: a real engine, real sockets, a clock that stands.
"""

import json
import os
import pathlib
import re
import subprocess
import sys
import tempfile

import yaml

ROOT = pathlib.Path(__file__).resolve().parents[2]
BIN = pathlib.Path(os.environ.get("MARSHRUT_BIN", ROOT / "build/asan/bin"))
HERE = pathlib.Path(__file__).resolve().parent
PAGE = ROOT / "docs/patterns.md"
MEMBERS = {"pattern", "workflow", "also", "mocks", "input", "events", "options", "expect", "cases"}
EXPECTED = {"status", "output", "error", "order", "course", "overlap", "apart", "never", "count", "steps", "events"}
FOREVER = 10**9


# --- a case is run --------------------------------------------------------------------------------

def write(folder, name, value):
    path = pathlib.Path(folder) / name
    path.write_text(json.dumps(value, ensure_ascii=False), encoding="utf-8")
    return str(path)


def call(*words):
    return subprocess.run([str(BIN / "marshrut"), *words], capture_output=True, text=True, check=False)


def documents(pattern, folder):
    return [write(folder, f"document-{n}.yaml", d) for n, d in enumerate([pattern["workflow"], *pattern.get("also", [])])]


def words_of(case, folder):
    """What comes from outside: a CloudEvent (id and source are filled in), or what an operator or the clock does."""
    for service, mock in case.get("mocks", {}).items():
        yield from ("--mock", f"{service}=" + write(folder, f"mock-{service}.json", mock))
    for n, event in enumerate(case.get("events", [])):
        if "type" in event:
            event = {"specversion": "1.0", "source": "/test", "id": f"e{n}", **event}
        yield from ("--event", write(folder, f"event-{n}.json", event))
    if "input" in case:
        yield from ("--input", write(folder, "input.json", case["input"]))
    yield from case.get("options", [])


def without_turns(result):
    """A turn of a loop bears the name of its loop; here the loop is meant."""
    paths = {t["task"]: t["path"] for t in result["tasks"] if "task" in t}
    result["tasks"] = [t for t in result["tasks"] if paths.get(t.get("scope")) != t["path"]]
    return result


def attempt(case, files, folder):
    others = [word for file in files[1:] for word in ("--with", file)]
    done = call("try", files[0], "--json", *others, *words_of(case, folder))
    try:
        return without_turns(json.loads(done.stdout)), ""
    except json.JSONDecodeError:
        return None, done.stdout + done.stderr


# --- the result is compared -----------------------------------------------------------------------

def ran(task):
    """Not passed over by its `if`; an operator skips what has begun."""
    return task["status"] != "skipped" or "task" in task


def moments(result):
    """{"a started": [1, 7], "a ended": …}: a step may run more than once."""
    there = {}
    for task in result["tasks"]:
        for word in ("started", "ended"):
            if task[word] is not None and ran(task):
                there.setdefault(f"{task['name']} {word}", []).append(task[word])
    return there


def check_order(expected, result):
    """These one after another, whatever is in between."""
    there = moments(result)
    at = 0
    for line in expected:
        after = [m for m in sorted(there.get(line, [])) if m > at]
        if not after:
            yield f"order: «{line}» does not come after what stands before it"
            return
        at = after[0]


def check_course(expected, result):
    """All moments of the kinds that are named, one after another: these and no other."""
    there = moments(result)
    got = [line for _, line in sorted((m, line) for line in set(expected) for m in there.get(line, []))]
    if got != expected:
        yield f"course: expected {expected}, got {got}"


def spans(result, name):
    return [(t["started"], t["ended"] or FOREVER) for t in result["tasks"] if t["name"] == name and ran(t)]


def side_by_side(result, a, b):
    return any(x != y and x[0] < y[1] and y[0] < x[1] for x in spans(result, a) for y in spans(result, b))


def check_steps(expected, result):
    for name in expected.get("never", []):
        if spans(result, name):
            yield f"never: «{name}» ran"
    for name, count in expected.get("count", {}).items():
        got = sum(t["name"] == name and t["status"] == "completed" for t in result["tasks"])
        if got != count:
            yield f"count: «{name}» was completed {got} times, not {count}"
    for name, wanted in expected.get("steps", {}).items():
        got = [t["status"] for t in result["tasks"] if t["name"] == name]
        if got != (wanted if isinstance(wanted, list) else [wanted]):
            yield f"steps: «{name}» is {got}, not {wanted}"


def check(expected, result):
    for field in ("status", "output"):
        if field in expected and expected[field] != result[field]:
            yield f"{field}: expected {expected[field]!r}, got {result[field]!r}"
    yield from check_order(expected.get("order", []), result)
    yield from check_course(expected.get("course", []), result)
    for a, b in expected.get("overlap", []):
        if not side_by_side(result, a, b):
            yield f"overlap: «{a}» and «{b}» do not run side by side"
    for group in expected.get("apart", []):
        for a, b in ((a, b) for a in group for b in group if a <= b):
            if side_by_side(result, a, b):
                yield f"apart: «{a}» and «{b}» run side by side"
    yield from check_steps(expected, result)
    types = [e["type"] for e in result["events"]]
    if "events" in expected and expected["events"] != types:
        yield f"events: expected {expected['events']}, got {types}"
    error = result["error"] or {}
    for field, value in expected.get("error", {}).items():
        if error.get(field) != value:
            yield f"error.{field}: expected {value!r}, got {error.get(field)!r}"


# --- files ----------------------------------------------------------------------------------------

def cases_of(pattern):
    """Each case is the file with some of its members replaced; without `cases` the file is the only one."""
    for number, case in enumerate(pattern.get("cases", [{}]), 1):
        name = case.get("case", f"case {number}" if "cases" in pattern else "")
        yield name, {**pattern, **case, "expect": {**pattern.get("expect", {}), **case.get("expect", {})}}


def check_form(pattern):
    """A word that is not known would test nothing."""
    for case in pattern.get("cases", [{}]):
        yield from (f"unknown word «{w}»" for w in set(case) - MEMBERS - {"case"})
        yield from (f"unknown expectation «{w}»" for w in set(case.get("expect", {})) - EXPECTED)
    yield from (f"unknown word «{w}»" for w in set(pattern) - MEMBERS)
    yield from (f"unknown expectation «{w}»" for w in set(pattern.get("expect", {})) - EXPECTED)


def run_case(name, case, files, folder):
    result, said = attempt(case, files, folder)
    wrong = list(check(case["expect"], result)) if result else [f"no result: {said}"]
    if result and wrong and os.environ.get("PATTERN_RESULT"):
        wrong.append(json.dumps(result, ensure_ascii=False, indent=1))
    return [f"{name}: {w}" if name else w for w in wrong]


def text_of(path):
    """A file, or the example in the page about them."""
    text = path.read_text(encoding="utf-8")
    return text if path != PAGE else re.search(r"^```yaml\n(.*?)^```", text, re.DOTALL | re.MULTILINE)[1]


def run(path):
    pattern = yaml.safe_load(text_of(path))
    wrong = list(check_form(pattern))
    with tempfile.TemporaryDirectory(prefix="mrt-pattern") as folder:
        files = documents(pattern, folder)
        checked = call("check", *files, "--services", ",".join(pattern.get("mocks", {"none": None})))
        if checked.returncode != 0 or checked.stderr:
            wrong.append("check: " + checked.stdout + checked.stderr)
        for name, case in cases_of(pattern):
            wrong += run_case(name, case, files, folder)
    return wrong


def check_table(files):
    """The page has a row for each of the 43 patterns, and a file stands behind each that is not a "no"."""
    rows = re.findall(r"^\| (\d+) \| ([^|]+) \| ([^|]+) \|", PAGE.read_text(encoding="utf-8"), re.MULTILINE)
    if [int(no) for no, _, _ in rows] != list(range(1, 44)):
        yield "the table is not of 1 to 43"
    there = [(p["number"], p["name"]) for p in (yaml.safe_load(f.read_text(encoding="utf-8"))["pattern"] for f in files)]
    expected = [(int(no), name) for no, name, how in rows if how != "no"]
    yield from (f"{no} {name}: table and files differ" for no, name in sorted(set(there) ^ set(expected)))
    yield from (f"{f.name}: not number {no}" for f, (no, _) in zip(files, there) if not f.name.startswith(f"{no:02}-"))
    yield from (f"{no} is «{how}»" for no, _, how in rows if how not in ("yes", "by events", "restricted", "no"))


def main():
    files = [HERE / n for n in sys.argv[1:]]
    failed = 0
    if not files:
        files = sorted(HERE.glob("[0-9][0-9]-*.yaml"))
        wrong = list(check_table(files))
        failed += bool(wrong)
        print(*(f"FAIL docs/patterns.md: {w}" for w in wrong), sep="\n", end="\n" if wrong else "")
        files.append(PAGE)
    for path in files:
        wrong = run(path)
        failed += bool(wrong)
        print(("FAIL " if wrong else "ok   ") + path.name, *wrong, sep="\n     ", flush=True)
    print(f"{len(files)} files, {failed} not as expected")
    return 1 if failed or not files else 0


if __name__ == "__main__":
    sys.exit(main())
