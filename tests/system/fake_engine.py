"""fake_engine.py - one end of docs/protocol.md §2, so that a worker can be tested alone

A ROUTER that takes one session at a time. It does what the test says and nothing else: acknowledges
when told, gives credit away as the test likes. Attempts are numbered from 1 over all tasks.
"""
import json
import time

import zmq

PATIENCE_S = 30  # a test that waits longer has found a bug


class Engine:
    def __init__(self, folder):
        self.endpoint = f"ipc://{folder}/workers.sock"
        self.socket = zmq.Context.instance().socket(zmq.ROUTER)
        self.socket.linger = 0
        self.socket.bind(self.endpoint)
        self.peer = None
        self.credit = 0
        self.attempt = 0

    def close(self):
        self.socket.close()

    def send(self, header, payload=None):
        frames = [self.peer, header.encode()] + ([payload.encode()] if payload is not None else [])
        self.socket.send_multipart(frames)

    def receive(self, wanted, seconds=PATIENCE_S):
        """The next message of these kinds; heartbeats are answered, credit is counted."""
        end = time.monotonic() + seconds
        while self.socket.poll(max(0, int((end - time.monotonic()) * 1000))):
            peer, header, *payload = self.socket.recv_multipart()
            words = header.decode().split(" ")
            if words[1] == "HELLO":
                self.peer = peer
                self.credit = int(words[3])
                self.send("MW1 WELCOME 1000")
            elif words[1] == "CREDIT":
                self.credit += int(words[2])
            elif words[1] == "HEARTBEAT":
                self.send("MW1 HEARTBEAT")
            if words[1] in wanted:
                return words[1:], json.loads(payload[0]) if payload and payload[0] else None
        raise AssertionError(f"no {wanted} came")

    def give(self, task, payload, service="notify", limit_ms=0):
        """Returns the attempt."""
        self.attempt += 1
        text = json.dumps(payload, ensure_ascii=False)
        self.send(f"MW1 TASK {task} {self.attempt} {service} {limit_ms}", text)
        return self.attempt

    def result(self):
        """(DONE | retry | final, task, payload), acknowledged."""
        words, payload = self.receive(("DONE", "FAIL"))
        self.send(f"MW1 ACK {words[1]}")
        return (words[4] if words[0] == "FAIL" else "DONE"), words[2], payload

    def do(self, task, payload, service="notify", limit_ms=0):
        self.give(task, payload, service, limit_ms)
        outcome, of_task, output = self.result()
        assert of_task == task, (of_task, task)
        return outcome, output
