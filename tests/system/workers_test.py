"""The bundled workers beside the real engine, end to end."""

import json
import os
import unittest

from engine import ROOT, Client, Engine, call, main, processes_of, until, wait_for_the_end_of, workflow

DOCUMENTS = {"echo.yaml": workflow("echo", ("do", call("echo", attempts=2))),
             "exec.yaml": workflow("exec", ("sum", call("sum")), ("later", call("later", attempts=2))),
             "slow.yaml": workflow("slow", ("do", call("slow", attempts=1, timeout_ms=200)))}
PYTHON = "/usr/bin/python3"
SUM = "import json,sys; data = json.load(sys.stdin); json.dump({'sum': sum(data['numbers'])}, sys.stdout)"
LATER = "import os,sys; sys.exit(75) if os.environ['MARSHRUT_ATTEMPT'] == '1' else print('{\"second\": true}')"


class Workers(unittest.TestCase):
    def test_the_python_worker_does_tasks_from_start_to_end(self):
        program = {"name": "echo", "run": [PYTHON, str(ROOT / "workers" / "python" / "echo.py")]}
        with Engine(DOCUMENTS) as engine:
            program["run"] += [engine.endpoint("workers"), "echo-1"]
            engine.write_config(programs=[program])
            client = Client(engine.start())
            data = {"привет": ["мир", 1, None, 1.5, True], "n": 10**15}
            good = [client.start("echo", {**data, "i": i}) for i in range(20)]
            bad = client.start("echo", {"fail": "нарочно"})
            worse = client.start("echo", {"fail": "совсем", "final": True})
            for i, instance in enumerate(good):
                client.until_state(instance, "completed")
                self.assertEqual(client.show(instance)["data"], {**data, "i": i})
            self.assertEqual(client.until_task(bad, state="incident", attempt=2)["problem"]["title"], "нарочно")
            self.assertEqual(client.until_task(worse, state="incident", attempt=1)["problem"]["title"], "совсем")
            children = processes_of(engine.folder)
            engine.kill()
            wait_for_the_end_of(children)
            engine.start()  # and it comes back by itself
            client = Client(engine)
            client.until_state(client.start("echo", {}), "completed")
            engine.stop()
            self.assertEqual(processes_of(engine.folder), {})

    def test_marshrut_exec_runs_a_program_for_each_task(self):
        with Engine(DOCUMENTS) as engine:
            services = {"sum": {"program": PYTHON, "args": ["-c", SUM]},
                        "later": {"program": PYTHON, "args": ["-c", LATER]},
                        "slow": {"program": PYTHON, "args": ["-c", "import signal; signal.pause()"]}}
            (engine.root / "exec.json").write_text(json.dumps({"services": services}))
            run = ["marshrut-exec", "--config", str(engine.root / "exec.json")]
            engine.write_config(programs=[{"name": "exec", "run": run}])
            client = Client(engine.start())
            good = client.start("exec", {"numbers": [1, 2, 39]})
            bad = client.start("exec", {"numbers": "no"})
            slow = client.start("slow")
            client.until_state(good, "completed")
            history = client.history(good)
            self.assertEqual([r["output"] for r in history if r["kind"] == "task.done"],
                             [{"sum": 42}, {"second": True}])
            self.assertEqual([r["attempt"] for r in history if r["kind"] == "task.failed"], [1])
            self.assertIn("TypeError", client.until_task(bad, state="incident")["problem"]["detail"])
            client.until_task(slow, state="incident")
            engine.stop()
            self.assertEqual(processes_of(engine.folder), {})

    def test_a_program_that_dies_is_started_again(self):
        program = {"name": "echo", "run": [PYTHON, str(ROOT / "workers" / "python" / "echo.py")]}
        with Engine(DOCUMENTS) as engine:
            program["run"] += [engine.endpoint("workers"), "echo-1"]
            engine.write_config(programs=[program, {"name": "wrong", "run": ["/nowhere/at-all"]},
                                          {"name": "short", "run": [PYTHON, "-c", "import sys; sys.exit(3)"]}])
            client = Client(engine.start())
            client.until_state(client.start("echo", {}), "completed")
            first = [pid for pid, command in processes_of(engine.folder).items() if "echo.py" in command]
            self.assertEqual(len(first), 1)
            os.kill(first[0], 9)
            client.until_state(client.start("echo", {}), "completed")
            second = until(client, lambda: [pid for pid, command in processes_of(engine.folder).items()
                                            if "echo.py" in command], lambda pids: pids and pids != first)
            self.assertEqual(len(second), 1)
            engine.stop()
            self.assertEqual(processes_of(engine.folder), {})

    def test_a_program_that_does_not_want_to_stop_is_killed(self):
        deaf = "import signal; signal.signal(signal.SIGTERM, signal.SIG_IGN); [signal.pause() for _ in iter(int, 1)]"
        with Engine(programs=[{"name": "deaf", "run": [PYTHON, "-c", deaf]}]) as engine:
            client = Client(engine.start())
            until(client, lambda: processes_of(engine.folder),
                  lambda found: any("SIG_IGN" in command for command in found.values()))
            engine.stop()
            self.assertEqual(processes_of(engine.folder), {})


if __name__ == "__main__":
    main()
