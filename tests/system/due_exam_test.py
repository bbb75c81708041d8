"""due_exam_test.py - `marshrut due --jsonl` against an examiner who never saw the parser

Owns:    the comparison of answers with tests/data/due-exam.jsonl.
In:      --program PATH (default: marshrut of MARSHRUT_BIN); --only WORD, the beginning of ids;
         --findings FILE, for the differences.
Out:     a line for each difference: id, phrase, what was expected, what came; exit 1 if any.
Always:  an answer agrees when it is what `expect` or one of `also` says. "windows": null compares
         the kind alone, "column", "anchor", "by_time" and "open_ended" only where they are given, "ambiguous": true wants
         the answer to say so, "parts" are compared where the answer has some. Whatever the line expects, an answer's windows end no earlier than
         they start, stand in order, and are twelve at most; and the printed form reads the same.
See:     docs/time.md, docs/cli.md
"""

import argparse
import collections
import json
import os
import pathlib
import subprocess
import sys

ROOT = pathlib.Path(__file__).resolve().parents[2]
EXAM = ROOT / "tests/data/due-exam.jsonl"
GUARD_S = float(os.environ.get("MARSHRUT_GUARD_S", "60"))
WINDOWS_MAX = 12
SHOWN_MAX = 5  # of the windows, in the line of a difference


def options():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--program", type=pathlib.Path,
                        default=pathlib.Path(os.environ.get("MARSHRUT_BIN", ROOT / "build/asan/bin")) / "marshrut")
    parser.add_argument("--only", default="")
    parser.add_argument("--findings", type=pathlib.Path)
    return parser.parse_args()


def questions(only):
    """The lines of the exam; `times` keeps long phrases short in the file."""
    lines = [json.loads(line) for line in EXAM.read_text(encoding="utf-8").splitlines()]
    for line in lines:
        line["phrase"] *= line.get("times", 1)
    assert len({line["id"] for line in lines}) == len(lines), "an id stands twice"
    return [line for line in lines if line["id"].startswith(only)]


def asked(line, phrase=None):
    """What `marshrut due --jsonl` is asked: nothing of what is expected."""
    context = {key: line[key] for key in ("id", "year", "period", "signed") if key in line}
    return {**context, "phrase": line["phrase"] if phrase is None else phrase}


def answers(program, asked_lines):
    """Answers by id. A bad phrase is an answer too, so the exit code says nothing here."""
    given = "".join(json.dumps(line, ensure_ascii=False) + "\n" for line in asked_lines)
    done = subprocess.run([program, "due", "--jsonl"], input=given, capture_output=True, text=True, encoding="utf-8",
                          timeout=GUARD_S, check=False, env={**os.environ, "LC_ALL": "C.UTF-8"})
    if done.returncode not in (0, 1, 2):
        sys.exit(f"{program} ended with {done.returncode}: {done.stderr[-2000:]}")
    found = [json.loads(line) for line in done.stdout.splitlines()]
    if len(found) != len(asked_lines):
        sys.exit(f"{len(asked_lines)} lines were asked, {len(found)} answered: {done.stderr[-2000:]}")
    return {line["id"]: line for line in found}


def same_windows(expected, windows):
    return expected is None or expected == [{"from": w["from"], "to": w["to"]} for w in windows]


def same_anchor(expected, got):
    anchor = got.get("anchor") or {}
    return all(anchor.get(key) == value for key, value in expected.items())


def same_parts(line, got):
    """Parts may be named as such, or stand as windows of one reading; that, `also` says."""
    parts = got.get("parts") or []
    return not parts or "parts" not in line or len(parts) == len(line["parts"]) and all(
        map(agrees, line["parts"], parts))


def agrees(expected, got):
    if expected.get("error"):
        error = got.get("error")
        return bool(error) and expected.get("column") in (None, error.get("column"))
    return ("error" not in got and got.get("kind") == expected["kind"]
            and same_windows(expected["windows"], got.get("windows", []))
            and same_anchor(expected.get("anchor", {}), got)
            and all(got.get(key) == expected[key] for key in ("by_time", "open_ended") if key in expected))


def broken_rule(line, got):
    """What is wrong with the answer whatever was expected; None when nothing is."""
    if "error" in got:
        column = got["error"].get("column")
        inside = isinstance(column, int) and 1 <= column <= len(line["phrase"]) + 1
        return None if inside and got["error"].get("message") else "an error without a sentence or a place"
    windows = got.get("windows", [])
    if len(windows) > WINDOWS_MAX:
        return "more than twelve windows"
    if any(w["from"] and w["to"] and w["from"] > w["to"] for w in windows):
        return "a window ends before it starts"
    ends = [w["to"] or "9999" for w in windows]
    if ends != sorted(ends):
        return "windows are not in order"
    if not got.get("rule") or not got.get("printed"):
        return "no rule in words, or no printed form"
    if not same_parts(line, got):
        return "parts " + " & ".join(shown(part) for part in line["parts"])
    if line.get("ambiguous") and not got.get("ambiguity") and not got.get("alternatives"):
        return "does not say that it can be read otherwise"
    return None


def span(window):
    return window["from"] if window["from"] == window["to"] else f"{window['from'] or ''}..{window['to'] or ''}"


def shown(got):
    if "error" in got:
        return f"error at {got['error'].get('column')}: {got['error'].get('message')}"
    windows = got.get("windows")
    spans = "any" if windows is None else " ".join(map(span, windows[:SHOWN_MAX]))
    if windows and len(windows) > SHOWN_MAX:
        spans += f" … {span(windows[-1])}: {len(windows)}"
    anchor = got.get("anchor")
    parts = "".join(f" & {part.get('purpose')}: {shown(part)}" for part in got.get("parts") or [])
    return f"{got['kind']} [{spans}]{parts}" + (f" anchor {json.dumps(anchor, ensure_ascii=False)}" if anchor else "")


def wanted(line):
    readings = [line["expect"], *line.get("also", [])]
    words = [f"error at {r.get('column', 'any place')}" if r.get("error") else shown(r) for r in readings[:3]]
    more = len(readings) - len(words)
    return " | ".join(words) + (f" | {more} more" if more else "")


def differences(program, lines):
    """[(line, what was expected, what came)], the round trip of the printed form with them."""
    first = answers(program, [asked(line) for line in lines])
    found, again = [], []
    for line in lines:
        got = first[line["id"]]
        rule = broken_rule(line, got)
        if rule:
            found.append((line, rule, shown(got)))
        if not any(agrees(reading, got) for reading in [line["expect"], *line.get("also", [])]):
            found.append((line, wanted(line), shown(got)))
        if "error" not in got:
            again.append((line, got))
    second = answers(program, [asked(line, got.get("printed", "")) for line, got in again])
    for line, got in again:
        back = second[line["id"]]
        if any(back.get(key) != got.get(key) for key in ("kind", "windows", "anchor")):
            found.append((line, f"printed as «{got.get('printed')}», the same again: {shown(got)}", shown(back)))
    return found


def report(lines, found):
    text = []
    for line, expected, got in found:
        phrase = line["phrase"] if len(line["phrase"]) < 200 else line["phrase"][:60] + "…"
        context = {key: line[key] for key in ("year", "signed") if key in line}
        if "period" in line:
            context["period"] = f"{line['period']['from']}..{line['period']['to']}"
        text += [f"{line['id']}  {phrase!r}  {context}", f"    expected: {expected}", f"    got:      {got}",
                 f"    why:      {line['why']}"]
    groups = collections.Counter(line["id"].rsplit("-", 1)[0] for line, _, _ in found)
    wrong = len({line["id"] for line, _, _ in found})
    text.append(f"{len(lines)} phrases, {wrong} differ" + "".join(f", {g} {n}" for g, n in groups.items()))
    return "\n".join(text) + "\n"


def main():
    chosen = options()
    lines = questions(chosen.only)
    found = differences(chosen.program, lines)
    text = report(lines, found)
    sys.stdout.write(text)
    if chosen.findings:
        chosen.findings.write_text(text, encoding="utf-8")
    return 1 if found else 0


if __name__ == "__main__":
    sys.exit(main())
