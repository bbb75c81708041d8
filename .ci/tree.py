"""tree.py - what the checks of this folder share: files of the tree, C without comments, findings

A check is a program `NAME [ROOT]`: it prints `path:line: sentence` for each finding and ends with
status 1 when there was any. ROOT is this tree unless told; .ci/selftest gives small broken trees.
"""
import os
import re
import subprocess
import sys

SKIPPED_FOLDERS = {".git", ".run", "build", "__pycache__"}


class Tree:
    def __init__(self):
        default = os.path.join(os.path.dirname(os.path.abspath(__file__)), "..")
        self.root = os.path.realpath(sys.argv[1] if len(sys.argv) > 1 else default)
        self.files = sorted(self._list())
        self.findings = 0

    def _list(self):
        """Tracked files and new ones that are not ignored; without git, everything but build folders."""
        if os.path.isdir(os.path.join(self.root, ".git")):
            command = ["git", "-C", self.root, "ls-files", "-z", "--cached", "--others",
                       "--exclude-standard"]
            answer = subprocess.run(command, capture_output=True)
            if answer.returncode == 0:
                names = answer.stdout.decode().split("\0")
                yield from (n for n in names if os.path.isfile(os.path.join(self.root, n)))
                return
        for folder, folders, names in os.walk(self.root):
            folders[:] = [f for f in folders if f not in SKIPPED_FOLDERS]
            for name in names:
                yield os.path.relpath(os.path.join(folder, name), self.root)

    def having(self, *suffixes):
        return [f for f in self.files if f.endswith(suffixes)]

    def exists(self, path):
        return os.path.exists(os.path.join(self.root, path))

    def read(self, path):
        with open(os.path.join(self.root, path), encoding="utf-8", errors="replace") as file:
            return file.read()

    def find(self, path, line, sentence):
        self.findings += 1
        print(f"{path}:{line}: {sentence}")

    def finish(self):
        sys.exit(1 if self.findings else 0)


_C_TOKENS = re.compile(
    r'//[^\n]*|/\*.*?\*/|"(?:\\.|[^"\\\n])*"|\'(?:\\.|[^\'\\\n])*\'', re.DOTALL)


def c_code(text, keep_strings=False):
    """C text with comments (and the insides of strings) blanked; lines stay where they are."""
    def blank(match):
        token = match.group(0)
        if token[0] == "/":
            return re.sub(r"[^\n]", " ", token)
        return token if keep_strings else token[0] * 2
    return _C_TOKENS.sub(blank, text)


def c_comments(text):
    """The reverse: comments only, lines stay where they are."""
    kept = []
    at = 0
    for match in _C_TOKENS.finditer(text):
        if match.group(0)[0] == "/":
            kept.append(re.sub(r"[^\n]", " ", text[at:match.start()]))
            kept.append(match.group(0))
            at = match.end()
    kept.append(re.sub(r"[^\n]", " ", text[at:]))
    return "".join(kept)


def line_of(text, offset):
    return text.count("\n", 0, offset) + 1
