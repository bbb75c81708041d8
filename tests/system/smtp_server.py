#!/usr/bin/env python3
"""smtp_server.py - a tiny SMTP server for tests: RFC 5321, one thread per connection

What it took is in `letters`: (sender, [recipients], text as bytes with CRLF). The local part of a
recipient says what happens: `busy@` 451, `unknown@` 550 to RCPT; `full@` 452, `spam@` 554 to the text;
`vanish@` takes the text and closes without an answer; `slow@` is answered when `go` is set, and sets
`held` before that. By hand: smtp_server.py [PORT] prints letters.
"""
import socket
import socketserver
import sys
import threading


class Dialogue(socketserver.StreamRequestHandler):
    def say(self, line):
        self.wfile.write(line.encode("ascii") + b"\r\n")

    def handle(self):
        self.sender, self.recipients = None, []
        if self.server.greeting_code != 220:
            self.say(f"{self.server.greeting_code} not today")
            return
        self.say("220 test.invalid ESMTP")
        while True:
            line = self.rfile.readline(1000)
            if not line or not self.answer(line.decode("ascii", "replace").rstrip("\r\n")):
                return

    def answer(self, line):
        verb = line[:4].upper()
        if verb in ("EHLO", "HELO"):
            self.wfile.write(b"250-test.invalid\r\n250-SIZE 10485760\r\n250 8BITMIME\r\n"
                             if verb == "EHLO" else b"250 test.invalid\r\n")
        elif verb == "MAIL":
            self.sender, self.recipients = address(line), []
            self.say("250 go on")
        elif verb == "RCPT":
            self.take_recipient(address(line))
        elif verb == "DATA":
            return self.take_text()
        elif verb in ("RSET", "NOOP"):
            self.say("250 fine")
        elif verb == "QUIT":
            self.say("221 bye")
            return False
        else:
            self.say("502 what?")
        return True

    def take_recipient(self, recipient):
        local = recipient.split("@")[0]
        refusal = {"busy": "451 busy, later", "unknown": "550 no such user"}.get(local)
        if refusal is None:
            self.recipients.append(recipient)
        self.say(refusal or "250 go on")

    def take_text(self):
        if not self.recipients:
            self.say("554 nobody to write to")
            return True
        self.say("354 the text")
        lines = []
        while True:
            line = self.rfile.readline(2000)
            if not line:
                return False
            if line == b".\r\n":
                break
            lines.append(line[1:] if line.startswith(b".") else line)
        local = self.recipients[0].split("@")[0]
        if local == "vanish":
            return False
        if local == "slow":
            self.server.held.set()
            self.server.go.wait(60)
        refusal = {"full": "452 no space", "spam": "554 not wanted"}.get(local)
        if refusal is None:
            self.server.take((self.sender, self.recipients, b"".join(lines)))
        self.say(refusal or "250 taken")
        return True


def address(line):
    return line[line.find("<") + 1:line.find(">")]


class SmtpServer(socketserver.ThreadingTCPServer):
    allow_reuse_address = True
    daemon_threads = True

    def __init__(self, port=0, greeting_code=220):
        super().__init__(("127.0.0.1", port), Dialogue)
        self.letters = []
        self.held, self.go = threading.Event(), threading.Event()
        self.greeting_code = greeting_code
        self.lock = threading.Lock()
        self.thread = threading.Thread(target=self.serve_forever, args=(0.05,), daemon=True)
        self.thread.start()

    @property
    def port(self):
        return self.server_address[1]

    def take(self, letter):
        with self.lock:
            self.letters.append(letter)

    def stop(self):
        self.shutdown()
        self.server_close()


def free_port():
    """A port where nobody listens: bound once, and given back."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


def main():
    server = SmtpServer(int(sys.argv[1]) if len(sys.argv) > 1 else 2525)
    server.take = lambda letter: print(*letter[:2], letter[2].decode("utf-8", "replace"), flush=True)
    print(f"smtp://127.0.0.1:{server.port}", flush=True)
    server.thread.join()


if __name__ == "__main__":
    main()
