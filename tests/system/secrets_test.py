"""Secrets of the engine: a folder that is read at start, $secrets in expressions, and nothing of
them where nobody asked for them."""

import json
import unittest

from engine import Client, Engine, Worker, main

SECRET = "p-4711-very-secret"
WORKFLOW = """\
document: {dsl: '1.0.3', namespace: tests, name: with-secrets, version: '1'}
use: {secrets: [mail, registry]}
do:
  - first: {call: send, with: {token: '${ $secrets.mail.password }', all: '${ $secrets.mail | keys }'}}
  - second: {call: send, with: {token: '${ $secrets.registry }'}}
"""


def with_secrets(**files):
    engine = Engine({"with-secrets.yaml": WORKFLOW}, secrets="keys")
    folder = engine.root / "keys"
    folder.mkdir(mode=0o700)
    for name, text in files.items():
        (folder / name).write_text(text, encoding="utf-8")
        (folder / name).chmod(0o600)
    return engine


class Secrets(unittest.TestCase):
    def test_an_expression_takes_what_its_workflow_declares(self):
        with with_secrets(mail=json.dumps({"password": SECRET}), registry="t-1\n") as engine:
            client = Client(engine.start())
            worker = Worker(engine, "w", "send", credit=2)
            client.start("with-secrets")
            task, attempt, given = worker.task()
            self.assertEqual(given, {"token": SECRET, "all": ["password"]})
            worker.done(task, attempt)
            task, attempt, given = worker.task()
            self.assertEqual(given, {"token": "t-1"})
            engine.verify(client)
            engine.stop()
            self.assertNotIn(SECRET, engine.log())

    def test_one_that_is_not_there_waits_for_an_operator_and_is_there_after_a_restart(self):
        with with_secrets(mail=json.dumps({"password": SECRET})) as engine:
            client = Client(engine.start())
            worker = Worker(engine, "w", "send", credit=2)
            instance = client.start("with-secrets")
            task, attempt, _ = worker.task()
            worker.done(task, attempt)
            waiting = client.until_task(instance, step="second", state="incident")
            self.assertEqual(waiting["problem"]["detail"], 'this engine has no secret "registry"')
            self.assertEqual(waiting["problem"]["status"], 403)
            worker.close()
            (engine.root / "keys/registry").write_text("t-2", encoding="utf-8")
            (engine.root / "keys/registry").chmod(0o640)
            engine.stop()
            engine.start()
            client, worker = Client(engine), Worker(engine, "w", "send")
            client.ask("RETRY", task=waiting["task"])
            self.assertEqual(worker.task()[2], {"token": "t-2"})

    def test_a_folder_that_is_not_in_order_does_not_start_and_says_nothing_of_what_is_in_it(self):
        with with_secrets(mail=SECRET) as engine:
            (engine.root / "keys/mail").chmod(0o604)
            status, said = engine.refuse_to_start()
            self.assertEqual(status, 1, said)
            self.assertIn("keys/mail holds secrets and has mode 604", said)
            (engine.root / "keys/mail").chmod(0o600)
            (engine.root / "keys/mail").write_text('{"password": "' + SECRET, encoding="utf-8")
            status, more = engine.refuse_to_start()
            self.assertEqual(status, 1, more)
            self.assertIn("keys/mail is neither", more)
            self.assertNotIn(SECRET, said + more)


if __name__ == "__main__":
    main()
