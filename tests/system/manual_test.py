"""manual_test.py - pages of the manual: every one is rendered, in both languages, and tells what
--help tells

Always:  properties only: nothing here repeats a sentence of the pages.
"""

import os
import pathlib
import re
import subprocess
import tempfile
import unittest

import engine

LANGUAGES = ("ru", "en")


def marshrut(*words, language="ru"):
    environment = {**os.environ, "MARSHRUT_LANG": language}
    done = subprocess.run([engine.BIN / "marshrut", *words], capture_output=True, text=True,
                          env=environment, timeout=engine.GUARD_S, check=False)
    assert done.returncode == 0, (words, done.stderr)
    return done.stdout


def rendered(page):
    """The text of a page, in one line, and what groff has to complain of."""
    done = subprocess.run(["groff", "-Kutf8", "-man", "-Tutf8", "-ww", "-P-cbou"], input=page,
                          capture_output=True, text=True, timeout=engine.GUARD_S, check=True)
    return plain(done.stdout), done.stderr


def plain(text):
    """Without what roff may change: where lines end, and the shape of quotes and hyphens."""
    text = text.replace("\u2010", "-").replace("\u2212", "-").replace("\u00ad", "")
    return re.sub(r"\s+", " ", text)


def commands(language):
    lines = marshrut("--help", language=language).splitlines()
    return re.findall(r"^  ([a-z]+)\b", "\n".join(lines), re.M)


def options_of(text):
    return set(re.findall(r"--[a-z][a-z-]*", text))


class Pages(unittest.TestCase):
    def test_every_page_is_rendered_without_a_warning(self):
        for language in LANGUAGES:
            with tempfile.TemporaryDirectory() as folder:
                marshrut("man", "--write", folder, language=language)
                pages = {p.name for p in pathlib.Path(folder).glob("man?/*")}
                wanted = {f"marshrut-{c}.1" for c in commands(language)}
                self.assertEqual(pages, wanted | {"marshrut.1", "marshrutd.8"})
                for page in pathlib.Path(folder).glob("man?/*"):
                    text, warnings = rendered(page.read_text(encoding="utf-8"))
                    self.assertEqual(warnings, "", (language, page.name))
                    self.assertGreater(len(text), 300, page.name)

    def test_a_page_tells_what_help_tells(self):
        for language in LANGUAGES:
            for command in commands(language):
                help_text = marshrut(command, "--help", language=language)
                page, _ = rendered(marshrut("man", command, language=language))
                known = options_of(help_text)
                self.assertEqual(known - options_of(page), set(), (language, command))
                self.assertEqual(options_of(page) - known - {"--by", "--folder", "--endpoint"},
                                 set(), (language, command))
                lines = help_text.splitlines()[2:]
                for line in [line for line in lines if not line.endswith(":")]:
                    words = re.sub(r"^  \S+( \S+)? {2,}", "", line)
                    self.assertIn(plain(words).strip(), page, (language, command))

    def test_the_page_of_the_program_has_all_commands(self):
        for language in LANGUAGES:
            page, _ = rendered(marshrut("man", language=language))
            for command in commands(language):
                self.assertIn(f"marshrut-{command}(1)", page)
                summary = re.search(rf"^  {command} +(.+)$", marshrut("--help", language=language),
                                    re.M).group(1)
                self.assertIn(plain(summary), page)

    def test_the_page_of_the_engine_has_its_call(self):
        done = subprocess.run([engine.BIN / "marshrutd", "--help"], capture_output=True, text=True,
                              timeout=engine.GUARD_S, check=False)
        usage = re.search(r"marshrutd .*", done.stderr).group(0)
        page, _ = rendered(marshrut("man", "marshrutd", language="en"))
        self.assertIn(usage, page)

    def test_russian_pages_speak_russian(self):
        for command in ["man", *commands("ru")]:
            words = [command] if command != "man" else []
            headings = re.findall(r'^\.SH "(.+)"$', marshrut("man", *words), re.M)
            for heading in headings:
                self.assertIsNone(re.search("[A-Za-z]", heading), (command, heading))

    def test_hostile_names_are_refused(self):
        for name in ("../etc/passwd", "nothing", ""):
            done = subprocess.run([engine.BIN / "marshrut", "man", name], capture_output=True,
                                  timeout=engine.GUARD_S, check=False)
            self.assertEqual((done.returncode, done.stdout), (2, b""))


if __name__ == "__main__":
    unittest.main()
