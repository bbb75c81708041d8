#!/usr/bin/python3
"""echo.py ENDPOINT NAME - a worker that answers each task of the service "echo" with its input

Input {"fail": "why"} fails to be retried, {"fail": "why", "final": true} for good.
"""

import signal
import sys

from marshrut_worker import Failure, Worker


def echo(task):
    if isinstance(task.input, dict) and "fail" in task.input:
        raise Failure(str(task.input["fail"]), retry=not task.input.get("final", False))
    return task.input


def main():
    if len(sys.argv) != 3:
        sys.exit(__doc__.splitlines()[0])
    worker = Worker(sys.argv[1], sys.argv[2], capacity=4,
                    report=lambda text: print(text, file=sys.stderr, flush=True))
    worker.offer("echo", echo)
    for number in (signal.SIGINT, signal.SIGTERM):
        signal.signal(number, lambda *_: worker.stop())
    worker.run()


if __name__ == "__main__":
    main()
