"""beside.py - an engine with another program in the place of `marshrut`, which does as it is told

Owns:    a folder with the built engine, the program, and a fifo between the program and the test.
In:      what the program is to do, as lines of sh.
Out:     Beside (a Gateway).
See:     engine/web/tool.h
"""

import os
import pathlib
import shutil

import engine
from engine import ROOT
from gateway import Gateway

# Does what stands in the file beside it.
PROGRAM = '#!/bin/sh\n. "$(dirname "$0")/deed"\n'


class Beside(Gateway):
    """The built engine in a folder of its own, with another program as its neighbour."""

    def __init__(self, *documents, **more):
        super().__init__(*documents, **more)
        self.bin = self.root / "bin"
        self.bin.mkdir()
        shutil.copy(engine.BIN / "marshrutd", self.bin)
        (self.root / "web").symlink_to(ROOT / "web")
        (self.root / "openapi.yaml").symlink_to(ROOT / "docs/openapi.yaml")
        program = self.bin / "marshrut"
        program.write_text(PROGRAM, encoding="ascii")
        program.chmod(0o755)
        self.fifo = self.root / "fifo"
        os.mkfifo(self.fifo)
        self.does("exit 1")

    def run(self, *words, program="marshrutd", before=(), **more):
        if program == "marshrutd" and not before:
            before = ("/bin/sh", "-c", f'exec "{self.bin}/marshrutd" "$@"')
        return super().run(*words, program=program, before=before, **more)

    def does(self, deed):
        """From its next run on; what is read already is not changed."""
        new = pathlib.Path(f"{self.bin}/deed.new")
        new.write_text(deed + "\n", encoding="utf-8")
        new.rename(self.bin / "deed")

    def told(self):
        """A line that the program wrote to the fifo: waits for it. A writer that is just closing it
        lets a reader in and says nothing."""
        while not (line := self.fifo.read_text(encoding="utf-8").strip()):
            pass
        return line
