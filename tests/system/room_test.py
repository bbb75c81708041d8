"""A full disk: commands are refused with a sentence, what runs goes on when there is space again, and
nothing is lost. The data folder is a small tmpfs of its own, so this needs root (or user namespaces)."""

import os
import shutil
import subprocess
import unittest

from engine import Client, Engine, Hand, Refused, Worker, call, main, skip, until, workflow

MIB = 1 << 20
DOCUMENTS = {"one.yaml": workflow("one", ("do", call("work"))),
             "wait.yaml": workflow("wait", ("pause", {"wait": "PT0.2S"}))}


class Mount:
    """A tmpfs of so many bytes."""

    def __init__(self, folder, size):
        self.folder = folder
        folder.mkdir()
        subprocess.run(["mount", "-t", "tmpfs", "-o", f"size={size}", "tmpfs", str(folder)], check=True,
                       capture_output=True)

    def __enter__(self):
        return self

    def __exit__(self, *_):
        subprocess.run(["umount", "-l", str(self.folder)], check=False, capture_output=True)

    def fill(self, leave):
        """Take all space but so many bytes."""
        free = os.statvfs(self.folder).f_bavail * os.statvfs(self.folder).f_frsize
        with open(self.folder / "ballast", "wb") as ballast:
            os.posix_fallocate(ballast.fileno(), 0, max(1, free - leave))

    def free(self):
        (self.folder / "ballast").unlink()


class Room(unittest.TestCase):
    def begin(self, size=64 * MIB, free_bytes_min=16 * MIB, **store):
        engine = self.enterContext(Engine(DOCUMENTS, store={"free_bytes_min": free_bytes_min, **store}))
        self.mount = self.enterContext(Mount(engine.root / "disk", size))
        engine.folder = self.mount.folder / "data"
        engine.write_config(folder=str(engine.folder))
        return engine, Client(engine.start())

    def refused(self, client, verb="START", **fields):
        with self.assertRaises(Refused) as refusal:
            if verb == "START":
                client.start("one")
            else:
                client.ask(verb, **fields)
        self.assertEqual(refusal.exception.code, "disk-full")
        self.assertTrue(refusal.exception.text)

    def test_commands_are_refused_queries_answered_and_results_kept_until_there_is_space(self):
        engine, client = self.begin()
        worker = Worker(engine, "w", "work", credit=2)
        instances = [client.start("one", {"n": n}, key=f"k{n}") for n in range(2)]
        tasks = [worker.task(), worker.task()]
        waiting = client.start("wait")
        self.mount.fill(8 * MIB)
        self.refused(client)
        self.refused(client, "CANCEL", instance=instances[0], reason="не важно")
        self.refused(client, "EVENT", specversion="1.0", id="1", source="/s", type="t")
        self.assertEqual(client.show(instances[0])["state"], "running")
        self.assertEqual(client.ask("STATS")["instances"]["running"], 3)
        for task, attempt, data in tasks:
            worker.done(task, attempt, data)
        worker.refused("disk-full")
        self.assertTrue(engine.logged("MR-NO-ROOM"))
        worker.say("HEARTBEAT")  # the connection lives
        self.mount.free()
        worker.expect("WELCOME")  # "send again every result that I did not acknowledge"
        worker.serial = 0
        for task, attempt, data in tasks:
            worker.done(task, attempt, data)
        worker.acknowledged(2)
        for n, instance in enumerate(instances):
            client.until_state(instance, "completed")
            self.assertEqual(client.show(instance)["data"], {"n": n})
        client.until_state(waiting, "completed")  # what fell due meanwhile
        self.assertTrue(engine.logged("MR-ROOM-AGAIN"))
        self.assertEqual(client.start("one", key="k0"), instances[0])
        engine.verify(client)

    def test_a_worker_that_dies_while_the_disk_is_full_loses_its_task_when_there_is_space(self):
        engine, client = self.begin()
        worker = Worker(engine, "dead", "work", credit=1)
        instance = client.start("one")
        task, attempt, _ = worker.task()
        self.mount.fill(8 * MIB)
        self.refused(client)
        worker.close()
        other = Worker(engine, "other", "work", credit=1)
        self.mount.free()
        self.assertEqual(other.task()[:2], (task, attempt + 1))
        other.acknowledged(other.done(task, attempt + 1))
        client.until_state(instance, "completed")
        engine.verify(client)

    def test_an_engine_that_is_started_on_a_full_disk_answers_queries_and_goes_on_later(self):
        engine, client = self.begin()
        instance = client.start("one")
        self.mount.fill(8 * MIB)
        engine.restart()  # the documents are deployed already: nothing has to be written
        client = Client(engine)
        self.assertEqual(client.show(instance)["state"], "running")
        self.refused(client)
        self.mount.free()
        with Hand(engine, "hand", "work"):
            client.until_state(instance, "completed")
        engine.stop()

    def test_a_disk_that_fills_up_under_load_ends_nothing_and_loses_nothing(self):
        engine, client = self.begin(size=96 * MIB, free_bytes_min=48 * MIB)
        acknowledged, refused, data = {}, 0, {"text": "x" * 20000}
        with Hand(engine, "hand", "work", capacity=20):
            while not refused:
                requests = {client.send_start("one", data, key=f"k{len(acknowledged) + i}"): i
                            for i in range(50)}
                first = len(acknowledged)
                for request, i in requests.items():
                    try:
                        acknowledged[f"k{first + i}"] = client.answer(request)["instance"]
                    except Refused as refusal:
                        self.assertEqual(refusal.code, "disk-full")
                        refused += 1
                if len(acknowledged) > 20000:
                    self.fail("it never got full")
            self.assertEqual(client.show(1)["instance"], 1)
            engine.write_config(store={"free_bytes_min": MIB})  # the administrator finds some space
            engine.restart()
            client = Client(engine)
            until(client, lambda: client.ask("STATS")["instances"]["completed"],
                  lambda n: n >= len(acknowledged))
        for key, instance in list(acknowledged.items())[::20]:
            self.assertEqual(client.start("one", key=key), instance)
        engine.verify(client)

    def test_a_store_at_its_largest_refuses_commands_and_answers_queries(self):
        engine, client = self.begin(size=512 * MIB, map_bytes_max=32 * MIB)
        data = {"text": "x" * 200000}
        with self.assertRaises(Refused) as refusal:
            for _ in range(2000):
                client.start("one", data)
        self.assertEqual(refusal.exception.code, "disk-full")
        self.assertEqual(client.show(1)["state"], "running")
        engine.restart()
        client = Client(engine)
        self.refused(client)
        engine.verify(client)


def can_mount():
    probe = subprocess.run(["unshare", "-m", "sh", "-c", "mount -t tmpfs tmpfs /mnt"], check=False,
                           capture_output=True)
    return os.geteuid() == 0 and shutil.which("mount") and probe.returncode == 0


if __name__ == "__main__":
    if not can_mount():
        skip("a tmpfs can't be mounted here: a full disk needs root")
    main()
