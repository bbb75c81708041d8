#!/usr/bin/env python3
"""notify_smtp_test.py - marshrut-notify between an engine and a mail server, both made here

Usage: notify_smtp_test.py PROGRAM
"""
import email
import email.policy
import os
import shutil
import socket
import subprocess
import sys
import tempfile
import unittest

from fake_engine import PATIENCE_S, Engine
from smtp_server import SmtpServer, free_port

PROGRAM = sys.argv.pop(1) if len(sys.argv) > 1 else "marshrut-notify"


def notice(number, address="priem@loiro.example"):
    to = {"id": "loiro", "name": "Институт развития образования", "short": "ЛОИРО"}
    if address is not None:
        to["email"] = address
    return {"notice": number, "kind": "reminder", "days": -10, "levels": 0, "to": to,
            "assignment": {"id": "17.1", "title": "Разработка документации", "no": "1.1",
                           "from": "2023-01-01", "to": "2023-02-28", "responsible": to,
                           "co_executors": [], "controller": None},
            "made_ms": 1676703600000}


class NotifyTest(unittest.TestCase):
    def setUp(self):
        self.folder = tempfile.mkdtemp(prefix="marshrut-notify-")
        self.engine = Engine(self.folder)
        self.server = None
        self.process = None

    def tearDown(self):
        self.stop()
        if self.server:
            self.server.stop()
        self.engine.close()
        shutil.rmtree(self.folder)

    def start(self, port=None):
        command = [PROGRAM, "--workers", self.engine.endpoint, "--mail", f"{self.folder}/mail"]
        if port is not None:
            command += ["--smtp", f"smtp://127.0.0.1:{port}", "--smtp-from", "marshrut@edu.example",
                        "--domain", "edu.example"]
        # a proxy of the environment must not matter
        environment = dict(os.environ, ALL_PROXY="http://127.0.0.1:1", all_proxy="http://127.0.0.1:1")
        self.process = subprocess.Popen(command, env=environment)
        self.engine.receive(("HELLO",))

    def stop(self, kill=False):
        if self.process is not None:
            self.process.kill() if kill else self.process.terminate()
            status = self.process.wait(PATIENCE_S)
            self.process = None
            if not kill:
                self.assertEqual(status, 0)

    def test_letters_wait_for_a_server_that_is_down_and_are_sent_once(self):
        port = free_port()
        self.start(port)
        outcome, problem = self.engine.do("17.3", notice("17.3"))
        self.assertEqual(outcome, "retry")
        self.assertIn("Нет соединения с почтовым сервером", problem["title"])

        self.server = SmtpServer(port)
        self.assertEqual(self.engine.do("17.3", notice("17.3"))[0], "DONE")
        outcome, again = self.engine.do("17.3", notice("17.3"))
        self.assertEqual((outcome, again["repeated"]), ("DONE", True))
        self.assertEqual(len(self.server.letters), 1)

        sender, recipients, text = self.server.letters[0]
        self.assertEqual((sender, recipients), ("marshrut@edu.example", ["priem@loiro.example"]))
        message = email.message_from_bytes(text, policy=email.policy.default)
        self.assertEqual(message["Subject"],
                         "Напоминание: срок исполнения п. 1.1 — 28 февраля 2023 г.")
        self.assertEqual(message["To"].addresses[0].display_name, "ЛОИРО")
        self.assertEqual(message["X-Marshrut-Notice"], "17.3")
        self.assertIn("остаётся 10 дней", message.get_content())
        self.assertEqual([d for v in message.values() for d in getattr(v, "defects", [])], [])

    def test_a_letter_that_was_sent_is_known_after_kill(self):
        self.server = SmtpServer()
        self.start(self.server.port)
        self.assertEqual(self.engine.do("17.3", notice("17.3"))[0], "DONE")
        self.stop(kill=True)
        self.start(self.server.port)
        self.assertEqual(self.engine.do("17.3", notice("17.3"))[0], "DONE")
        self.assertEqual(len(self.server.letters), 1)

    def test_answers_of_the_server_decide_about_another_try(self):
        self.server = SmtpServer()
        self.start(self.server.port)
        expected = {"busy": "retry", "unknown": "final", "full": "retry", "spam": "final",
                    "vanish": "retry", "good": "DONE"}
        for number, (local, outcome) in enumerate(expected.items(), 1):
            task = f"20.{number}"
            got, _ = self.engine.do(task, notice(task, f"{local}@loiro.example"))
            self.assertEqual((local, got), (local, outcome))
        self.assertEqual(len(self.server.letters), 1)

    def test_a_server_that_greets_with_a_refusal_is_tried_again(self):
        self.server = SmtpServer(greeting_code=554)
        self.start(self.server.port)
        self.assertEqual(self.engine.do("17.3", notice("17.3"))[0], "retry")

    def test_without_a_usable_address_it_is_final(self):
        self.server = SmtpServer()
        self.start(self.server.port)
        for number, address in enumerate((None, "x@y\r\nRCPT TO:<z@y>", "почта@пример.рф", "a b@c"), 1):
            outcome, problem = self.engine.do(f"21.{number}", notice(f"21.{number}", address))
            self.assertEqual(outcome, "final")
            self.assertEqual(problem["title"], "Письмо некуда отправить")
        self.assertEqual(self.server.letters, [])

    def test_many_letters_at_once_are_each_sent_once(self):
        self.server = SmtpServer()
        self.start(self.server.port)
        tasks = [f"30.{i}" for i in range(1, 101)]
        waiting, done = list(tasks), []
        while len(done) < len(tasks):
            while waiting and self.engine.credit > 0:
                self.engine.credit -= 1
                task = waiting.pop(0)
                self.engine.give(task, notice(task))
            words, _ = self.engine.receive(("DONE", "CREDIT"))
            if words[0] == "DONE":
                done.append(words[2])
                self.engine.send(f"MW1 ACK {words[1]}")
        sent = [email.message_from_bytes(text)["X-Marshrut-Notice"]
                for _, _, text in self.server.letters]
        self.assertEqual(sorted(sent), sorted(tasks))
        self.assertEqual(sorted(done), sorted(tasks))

    def test_a_silent_server_costs_no_heartbeat(self):
        port = free_port()
        silent = socket.create_server(("127.0.0.1", port))  # takes connections, never speaks
        self.addCleanup(silent.close)
        self.start(port)
        self.engine.give("17.3", notice("17.3"))
        for _ in range(3):
            self.engine.receive(("HEARTBEAT",), seconds=5)

    def test_a_letter_in_the_servers_hand_is_waited_for_and_known_afterwards(self):
        self.server = SmtpServer()
        self.start(self.server.port)
        self.engine.give("17.3", notice("17.3", "slow@loiro.example"))
        self.assertTrue(self.server.held.wait(PATIENCE_S))
        for _ in range(3):  # whatever the server does, the engine hears from us
            self.engine.receive(("HEARTBEAT",), seconds=5)
        self.engine.give("17.3", notice("17.3", "slow@loiro.example"))
        self.assertEqual(self.engine.result()[0], "retry")  # it is under way
        self.process.terminate()
        self.engine.receive(("BYE",))
        self.server.go.set()
        self.stop()
        self.start(self.server.port)
        outcome, output = self.engine.do("17.3", notice("17.3", "slow@loiro.example"))
        self.assertEqual((outcome, output["repeated"]), ("DONE", True))
        self.assertEqual(len(self.server.letters), 1)

    def test_as_files_a_letter_is_written_once(self):
        self.start()
        outcome, output = self.engine.do("17.3", notice("17.3", None))
        self.assertEqual((outcome, output["repeated"]), ("DONE", False))
        path = f"{self.folder}/mail/17.3.eml"
        before = os.stat(path)
        self.stop(kill=True)
        self.start()
        outcome, output = self.engine.do("17.3", notice("17.3", None))
        self.assertEqual((outcome, output["repeated"]), ("DONE", True))
        self.assertEqual(os.stat(path).st_mtime_ns, before.st_mtime_ns)
        with open(path, "rb") as file:
            message = email.message_from_binary_file(file, policy=email.policy.default)
        self.assertIn("Уважаемые коллеги!", message.get_content())

    def test_a_notice_that_is_none_is_final(self):
        self.start()
        outcome, problem = self.engine.do("17.3", {"notice": "../../etc/passwd"})
        self.assertEqual(outcome, "final")
        self.assertIn("notice", problem["detail"])


if __name__ == "__main__":
    unittest.main(verbosity=2)
