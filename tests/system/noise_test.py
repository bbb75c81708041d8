"""Whatever bytes come in, the engine lives, answers the next good request and agrees with its journal.
Seeded; MARSHRUT_SEED and MARSHRUT_ROUNDS choose other noise."""

import json
import os
import random
import unittest

import zmq

from engine import BODIES, POLICY, Client, Engine, Hand, assignment, call, main, workflow

SEED = int(os.environ.get("MARSHRUT_SEED", "2023"))
ROUNDS = int(os.environ.get("MARSHRUT_ROUNDS", "1500"))
DOCUMENTS = {
    "people.yaml": BODIES, "policy.yaml": POLICY,
    "one.yaml": workflow("one", ("do", call("work", attempts=2))),
    "order.yaml": workflow("order", ("ask", assignment("2020-01-01", "2020-02-01"))),
    "event.yaml": workflow("event", ("for", {"listen": {"to": {"one": {"with": {"type": "t"}}}}})),
    "honest.yaml": workflow("honest", ("do", call("honest"))),
}
VERBS = ("START DEPLOY CANCEL SUSPEND RESUME RETRY SKIP ASSIGNMENT EVENT LIST SHOW WHY HISTORY JOURNAL "
         "ASSIGNMENTS INCIDENTS WORKERS DEFINITIONS STATS VERIFY OK ERROR FROB").split()
KINDS = "HELLO CREDIT PROGRESS DONE FAIL BYE HEARTBEAT WELCOME TASK DROP ACK ERROR".split()
FIELDS = ("instance task reason action by report input output after before limit state body definition parent "
          "open file text specversion id source type subject data services running").split()
YAML = list(DOCUMENTS.values())


class Noise:
    def __init__(self, dice):
        self.dice = dice

    def number(self):
        return self.dice.choice([0, 1, 2, 3, 4, 5, 7, -1, 1.5, 10**6, 2**32 - 1, 2**32, 2**63 - 1, 10**30])

    def word(self):
        pick = self.dice.choice
        return str(pick([self.number(), f"{self.number()}.{pick([0, 1, 2, 3])}", "one", "order", "honest", "work",
                         "-", "", "x" * pick([1, 128, 129, 300]), "retry", "final", "busy", "слово", "a\0b"]))

    def value(self, depth=0):
        dice = self.dice
        choices = [None, True, False, self.number(), self.word(), f"{dice.randint(1, 60)}.1", dice.randint(1, 60),
                   dice.choice(["report", "accept", "return", "withdraw", "running", "1.0", "t", "/s"]),
                   dice.choice(["school", "lyceum", "region", "nobody"]), dice.choice(YAML)]
        if depth < 3:
            choices += [[self.value(depth + 1) for _ in range(dice.randint(0, 3))], self.fields(depth + 1)]
        return dice.choice(choices)

    def fields(self, depth=0):
        return {name: self.value(depth) for name in self.dice.sample(FIELDS, self.dice.randint(0, 6))}

    def payload(self):
        dice = self.dice
        text = json.dumps(self.fields() if dice.random() < 0.8 else self.value(), ensure_ascii=False)
        data = bytearray(text.encode("utf-8", "replace"))
        if dice.random() < 0.2:
            for _ in range(dice.randint(1, 5)):
                if data:
                    data[dice.randrange(len(data))] = dice.randrange(256)
        return bytes(data[:dice.randrange(len(data) + 1)] if dice.random() < 0.1 else data)

    def sound(self, protocol):
        """A message that may even be right: so that noise meets states, not only parsers."""
        dice = self.dice
        instance, request = dice.randint(1, 40), dice.randint(1, 10**6)
        task = f"{instance}.{dice.choice([1, 1, 1, 2, 3])}"
        if protocol == "MW1":
            header, body = dice.choice([
                (f"HELLO noise-{dice.randint(1, 3)} 20", {"services": ["work", "notify"], "running": [f"{task}/1"]}),
                ("CREDIT 5", None), ("BYE", None), ("HEARTBEAT", None), (f"PROGRESS {task} 1", {"n": 1}),
                (f"DONE {dice.randint(1, 9)} {task} 1", self.value()),
                (f"FAIL {dice.randint(1, 9)} {task} 1 retry", self.fields())])
        else:
            by = dice.choice(["school", "lyceum", "region", "district"])
            header, body = dice.choice([
                (f"START {request} {dice.choice(['one', 'order', 'event'])} k{dice.randint(1, 60)} 5", self.fields()),
                (f"CANCEL {request}", {"instance": instance, "reason": "шум"}),
                (f"SUSPEND {request}", {"instance": instance, "reason": "шум"}),
                (f"RESUME {request}", {"instance": instance}), (f"SHOW {request}", {"instance": instance}),
                (f"WHY {request}", {"instance": instance}), (f"HISTORY {request}", {"instance": instance}),
                (f"RETRY {request}", {"task": task, "input": self.value()}),
                (f"SKIP {request}", {"task": task, "reason": "шум", "output": self.value()}),
                (f"ASSIGNMENT {request}", {"task": task, "by": by, "reason": "шум", "report": self.fields(),
                                           "action": dice.choice(["report", "accept", "return", "withdraw"])}),
                (f"EVENT {request}", {"specversion": "1.0", "id": str(request), "source": "/s", "type": "t",
                                      "data": self.value()}),
                (f"DEPLOY {request}", {"text": dice.choice(YAML), "file": "x"})])
        frames = [f"{protocol} {header}".encode()]
        return frames if body is None and "HELLO" not in header else frames + [json.dumps(body).encode()]

    def message(self, protocol, verbs):
        dice = self.dice
        if dice.random() < 0.5:
            return self.sound(protocol)
        if dice.random() < 0.05:
            return [dice.randbytes(dice.choice([0, 1, 10, 1024, 1025])) for _ in range(dice.randint(1, 6))]
        words = [protocol if dice.random() < 0.97 else dice.choice(["MC1", "MW1", "MW2", ""]), dice.choice(verbs)]
        if words[1] == "START" and dice.random() < 0.7:
            words += [str(dice.randint(1, 10**6)), dice.choice(["one", "order", "event"]), "-", "5"]
        elif protocol == "MC1" and dice.random() < 0.8:
            words.append(str(dice.randint(1, 10**6)))
        elif words[1] in ("DONE", "FAIL") and dice.random() < 0.7:
            words += [str(dice.randint(1, 5)), f"{dice.randint(1, 60)}.1", "1"]
            words += ["retry"] if words[1] == "FAIL" else []
        else:
            words += [self.word() for _ in range(dice.randint(0, 4))]
        frames = [" ".join(words).encode()]
        return frames + [self.payload() for _ in range(dice.choice([0, 1, 1, 1, 1, 1, 1, 1, 2, 5]))]


class Fuzz(unittest.TestCase):
    def test_noise_on_both_endpoints_ends_nothing_and_honest_work_goes_on(self):
        dice = random.Random(SEED)
        noise = Noise(dice)
        print(f"seed {SEED}, {ROUNDS} rounds")
        with Engine(DOCUMENTS, log="info") as engine:
            client = Client(engine.start())
            sockets = []
            for name in ("workers", "clients") * 2:
                socket = engine.context.socket(zmq.DEALER)
                socket.connect(engine.endpoint(name))
                sockets.append((socket, "MW1" if name == "workers" else "MC1", KINDS if name == "workers" else VERBS))
            with Hand(engine, "honest", "honest"):
                for number in range(ROUNDS):
                    socket, protocol, words = dice.choice(sockets)
                    socket.send_multipart(noise.message(protocol, words))
                    while socket.poll(0):
                        socket.recv_multipart()
                    if number % 300 == 0:
                        client.until_state(client.start("honest", {"n": number}), "completed")
                for socket, protocol, _ in sockets:  # all before this has been read
                    if protocol == "MC1":
                        socket.send_multipart([b"MC1 STATS 9999999", b""])
                        while socket.recv_multipart()[0] != b"MC1 OK 9999999":
                            pass
                client.until_state(client.start("honest"), "completed")
            stats = client.ask("STATS")
            print({k: stats[k] for k in ("instances", "assignments", "commands", "refused", "results")})
            for kind in ("instances", "assignments"):
                self.assertTrue(all(stats[kind][state] for state in ("cancelled", "completed")
                                    if state in stats[kind]), stats)
            engine.verify(client)
            engine.restart()
            engine.verify()
            engine.stop()


if __name__ == "__main__":
    main()
