"""BACKUP and VERIFY beside the running engine (docs/protocol.md §3.7)."""

import pathlib
import shutil
import unittest

from engine import Client, Engine, Hand, Refused, call, main, until, workflow

DOCUMENTS = {"work.yaml": workflow("work", ("a", call("work")), ("b", call("work")))}


class Backup(unittest.TestCase):
    def setUp(self):
        self.engine = self.enterContext(Engine(DOCUMENTS)).start()
        self.client = Client(self.engine)

    def load(self, count, first):
        """Start so many instances; answers are looked at later."""
        return {self.client.send_start("work", {"n": n}, key=f"k{n}"): f"k{n}"
                for n in range(first, first + count)}

    def test_a_copy_made_under_load_is_whole_and_the_original_goes_on(self):
        acknowledged, loads = {}, 0
        with Hand(self.engine, "hand", "work", capacity=50):
            for request, key in self.load(200, 0).items():
                acknowledged[key] = self.client.answer(request)["instance"]
            copies = []
            for number in range(3):
                folder = self.engine.root / f"copy-{number}" / "store"
                folder.parent.mkdir()
                before = dict(acknowledged)
                backup = self.client.send("BACKUP", {"folder": str(folder)})
                verify = self.client.send("VERIFY", {})
                loads += 1
                for request, key in self.load(200, 200 * loads).items():  # while it is copied
                    acknowledged[key] = self.client.answer(request)["instance"]
                answer = self.client.answer(backup)
                self.assertEqual(answer["folder"], str(folder))
                self.assertGreater(answer["bytes"], 0)
                self.assertEqual(self.client.answer(verify)["differences"], 0)
                copies.append((folder.parent, before))
            until(self.client, lambda: self.client.ask("STATS")["instances"]["completed"],
                  lambda n: n == len(acknowledged))
        self.engine.verify(self.client)
        for folder, before in copies:
            with Engine(DOCUMENTS, folder=folder) as copy:
                client = Client(copy.start())
                copy.verify(client)
                for key, instance in before.items():  # all that was answered before BACKUP was asked
                    self.assertEqual(client.start("work", key=key), instance)
                with Hand(copy, "hand", "work", capacity=50):
                    until(client, lambda c=client: c.ask("STATS")["instances"], lambda i: i["running"] == 0)
                copy.verify(client)
                copy.stop()

    def test_a_folder_that_has_a_store_or_cannot_be_written_is_refused(self):
        folder = self.engine.root / "copy"
        self.client.ask("BACKUP", folder=str(folder))
        size = sum(p.stat().st_size for p in folder.iterdir())
        (self.engine.root / "file").write_text("no folder")
        for where in (folder, self.engine.folder / "store", self.engine.root / "file",
                      pathlib.Path("/proc/nowhere"), self.engine.root / "a" / "b" / "c"):
            with self.assertRaises(Refused, msg=where) as refusal:
                self.client.ask("BACKUP", folder=str(where))
            self.assertTrue(refusal.exception.text)
        self.assertEqual(sum(p.stat().st_size for p in folder.iterdir()), size)
        self.engine.verify(self.client)

    def test_many_verifications_at_once_are_answered_or_told_that_it_is_busy(self):
        requests = [self.client.send("VERIFY", {}) for _ in range(10)]
        outcomes = []
        for request in requests:
            try:
                outcomes.append(self.client.answer(request)["differences"])
            except Refused as refusal:
                outcomes.append(refusal.code)
        self.assertIn(0, outcomes)
        self.assertLessEqual(set(outcomes), {0, "busy"})

    def test_an_engine_that_is_killed_while_it_copies_can_start_again(self):
        for request in self.load(300, 0):
            self.client.answer(request)
        self.client.send("BACKUP", {"folder": str(self.engine.root / "copy")})
        self.client.send("VERIFY", {})
        self.client.ask("STATS")
        self.engine.restart()
        self.client = Client(self.engine)
        self.assertEqual(self.client.ask("STATS")["instances"]["running"], 300)
        self.engine.verify(self.client)
        shutil.rmtree(self.engine.root / "copy", ignore_errors=True)


if __name__ == "__main__":
    main()
