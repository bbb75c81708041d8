"""Letters of the day by a real engine, marshrut-notify and a mail server: one for a recipient and day,
after down time and whatever is done to the clock. The engine's real clock is set by shifted_clock.c."""

import collections
import datetime
import email
import email.policy
import pathlib
import struct
import time
import unittest

from engine import BIN, BODIES, Client, Engine, Refused, main, until, workflow
from smtp_server import SmtpServer

POLICY = """\
document: {kind: policy, name: default, version: '1'}
at: '09:00'
soon: 10
ladder:
  - remind: 3 days before
  - remind: on the day
  - remind: 1 day after
  - escalate: 5 days after
    to: parent
"""
ASK = workflow("ask", ("a", {"call": "assignment", "with": {
    "title": "${ .title }", "no": "${ .no }", "responsible": "${ .responsible }",
    "controller": "region", "due": "${ .due }", "policy": "default"}}))
MOSCOW = datetime.timezone(datetime.timedelta(hours=3))


class Post:
    """An engine whose clock stands where a test puts it and goes on from there, and its mail."""

    def __init__(self, start):
        self.engine = Engine({"bodies.yaml": BODIES, "policy.yaml": POLICY, "ask.yaml": ASK})
        self.server = SmtpServer()
        self.shift = self.engine.root / "shift"
        self.set_clock(start)
        self.start()
        self.engine.also("marshrut-notify", "--workers", self.engine.endpoint("workers"), "--mail",
                         self.engine.root / "mail", "--smtp", f"smtp://127.0.0.1:{self.server.port}",
                         "--smtp-from", "marshrut@lo.invalid", "--domain", "lo.invalid")

    def __enter__(self):
        self.engine.__enter__()
        return self

    def __exit__(self, *how):
        self.engine.__exit__(*how)
        self.server.stop()

    def set_clock(self, moment):
        """To this time in Moscow, also while the engine runs."""
        there = datetime.datetime.fromisoformat(moment).replace(tzinfo=MOSCOW).timestamp()
        self.moment = there
        with open(self.shift, "r+b" if self.shift.exists() else "wb") as file:
            file.write(struct.pack("=q", int((there - time.time()) * 1000)))

    def start(self):
        self.engine.start(before=("env", f"LD_PRELOAD={BIN / 'shifted-clock.so'}",
                                  "ASAN_OPTIONS=verify_asan_link_order=0",
                                  f"MARSHRUT_SHIFT={self.shift}"))
        self.client = Client(self.engine)

    def stop(self):
        self.client.close()
        self.engine.stop()

    def give(self, no, responsible, last):
        return self.client.start("ask", {"title": f"Дело {no}", "no": str(no), "responsible": responsible,
                                         "due": {"from": "2023-03-01", "to": last}})

    def deliver(self):
        """Wait until all letters of the day have left and are delivered; those that came since."""
        def seconds(stats):
            return datetime.datetime.fromisoformat(stats["now"].replace("Z", "+00:00")).timestamp()
        until(self.client, lambda: seconds(self.client.ask("STATS")),
              lambda now: abs(now - self.moment) < 600, "the clock is not set yet")

        def waiting():
            rows = self.client.ask("LIST", state="running", letters=True)["rows"]
            letters = [r for r in rows if r.get("key", "").startswith("letters/")]
            return len(letters) + self.client.ask("STATS")["letters"]
        until(self.client, waiting, lambda count: count == 0, "letters are still under way")
        came, self.server.letters[:] = self.server.letters[:], []
        return came


def read(letter):
    message = email.message_from_bytes(letter[2], policy=email.policy.default)
    return message["Subject"], message.get_content().replace("\r\n", "\n")


def by_recipient(letters):
    found = {}
    for letter in letters:
        name = letter[1][0].split("@")[0]
        assert name not in found, f"two letters to {name}: {[read(l)[0] for l in letters]}"
        found[name] = read(letter)
    return found


class Letters(unittest.TestCase):
    def test_after_days_of_down_time_one_recipient_gets_one_letter(self):
        with Post("2023-03-20T08:00") as post:
            for no, last in enumerate(("2023-03-23", "2023-03-28", "2023-03-29", "2023-04-28"), 1):
                post.give(no, "school", last)
            post.give(5, ["lyceum", "school"], "2023-03-31")
            post.set_clock("2023-03-20T09:01")
            first = by_recipient(post.deliver())
            self.assertEqual(first["school"][0], "Поручения на 20 марта 2023 г.: новых 5")
            self.assertEqual(first["lyceum"][0], "Новое поручение: п. 5, срок — 31 марта 2023 г.")
            self.assertEqual(set(first), {"school", "lyceum"})

            post.stop()
            post.set_clock("2023-03-29T12:00")
            post.start()
            second = by_recipient(post.deliver())
            self.assertEqual(set(second), {"school", "lyceum", "district"})
            subject, body = second["school"]
            self.assertEqual(subject, "Поручения на 29 марта 2023 г.: просрочено 2, срок сегодня 1, срок близко 1")
            self.assertIn("1. Пункт 1. Дело 1\n", body)
            self.assertIn("Срок: 23 марта 2023 г., просрочка — 6 дней\n", body)
            self.assertIn("через 1 день после истечения срока; письмо составлено позже.", body)
            self.assertEqual(second["district"][0], "Не исполнено в срок: п. 1, срок был 23 марта 2023 г.")
            self.assertEqual(post.deliver(), [], "nothing is told twice")
            self.check_lists(post.client)
            post.engine.verify(post.client)

    def check_told(self, client, instance, state, at):
        """Who was told is told, by WHY and HISTORY, only when the letter has left; days count from then."""
        told = client.ask("WHY", instance=instance)["told"]
        self.assertEqual({row["to"]["id"] for row in told}, {"lyceum", "school", "district"})
        history = client.ask("HISTORY", instance=instance)["rows"]
        noticed = [row for row in history if row["kind"] == "assignment.noticed"]
        self.assertEqual(len(noticed), len(told))
        for row in told + noticed:
            self.assertEqual((row["state"], row["left"], row["left_working"]), (state, -10, -6))
            self.assertTrue(row["at"].startswith(at), row)

    def test_somebody_was_told_only_when_the_letter_has_left(self):
        with Post("2023-03-19T12:00") as post:  # a Sunday: what is late already waits for Monday
            given = post.give(1, ["lyceum", "school"], "2023-03-10")
            self.check_told(post.client, given, "waits", "2023-03-20T06:00:00")
            gone = post.give(2, "school", "2023-03-10")
            post.client.ask("CANCEL", instance=gone, reason="ошибка")
            self.assertEqual({row["state"] for row in post.client.ask("WHY", instance=gone)["told"]}, {"dropped"})
            post.set_clock("2023-03-20T09:01")
            post.deliver()
            self.check_told(post.client, given, "sent", "2023-03-20T06:0")

    def check_lists(self, client):
        """Letters of the day are shown and counted only where they are asked for."""
        def definitions(**filters):
            return collections.Counter(r["definition"] for r in client.pages("LIST", limit=1000, **filters))
        self.assertEqual(definitions(), {"ask": 5})
        self.assertEqual(definitions(letters=True), {"ask": 5, "people": 5})
        self.assertEqual(definitions(definition="people", state="completed"), {"people": 5})
        stats = client.ask("STATS")
        self.assertEqual((stats["instances"]["running"], stats["instances"]["completed"]), (5, 0))
        with self.assertRaises(Refused):
            client.ask("LIST", letters="yes")

    def test_a_letter_that_waits_survives_a_crash_and_what_is_reported_is_not_in_it(self):
        with Post("2023-03-20T08:00") as post:
            done = post.give(1, "school", "2023-03-27")
            post.give(2, "school", "2023-03-27")
            post.set_clock("2023-03-20T09:01")
            post.deliver()
            post.stop()
            post.set_clock("2023-03-25T12:00")  # a Saturday: the reminders of Friday wait for Monday
            post.start()
            until(post.client, lambda: post.client.ask("LIST", state="running", letters=True)["rows"],
                  lambda rows: any(r.get("key") == "letters/school/2023-03-27" for r in rows))
            post.engine.kill()
            post.client.close()
            post.start()
            post.client.ask("ASSIGNMENT", task=f"{done}.1", action="report", by="school",
                            report={"kind": "приказ", "number": "7"})
            post.set_clock("2023-03-27T09:01")
            letters = by_recipient(post.deliver())
            self.assertEqual(letters["school"][0], "Последний день: срок исполнения п. 2 — 27 марта 2023 г.")
            self.assertEqual(letters["region"][0], "Представлен отчёт: п. 1, срок — 27 марта 2023 г.")
            told = post.client.ask("WHY", instance=done)["told"]
            self.assertEqual([(t["notice"], t["to"]["id"]) for t in told],
                             [("reported", "region"), ("reminder", "school"), ("opened", "school")])
            self.assertIn("letter", told[1])
            post.engine.verify(post.client)

    def test_a_clock_beyond_all_calendars_ends_no_engine(self):
        with Post("2023-03-20T08:00") as post:
            post.give(1, "school", "2023-03-27")
            post.set_clock("2255-01-01T09:00")
            until(post.client, lambda: post.client.ask("STATS")["now"],
                  lambda now: now.startswith("2180-01-01"), "time does not stand")
            self.assertTrue(post.engine.logged("MR-CLOCK-BEYOND"))
            post.stop()
            post.start()
            self.assertTrue(post.client.ask("STATS")["now"].startswith("2180-01-01"))
            post.engine.verify(post.client)

    def test_whatever_is_done_to_the_clock_nothing_is_told_twice_and_nothing_is_lost(self):
        with Post("2023-03-20T08:00") as post:
            ids = [post.give(no, "school", f"2023-03-{22 + no}") for no in range(1, 4)]
            post.set_clock("2023-03-20T09:01")
            post.deliver()
            for moment in ("2023-03-22T09:30", "2023-03-22T04:00", "2023-03-22T10:00",
                           "2023-03-24T15:00", "2023-03-23T08:00", "2023-03-24T16:00", "2023-03-27T09:30"):
                post.set_clock(moment)
                by_recipient(post.deliver())
            rows = [r for i in ids for r in post.client.history(i) if r["kind"] == "assignment.noticed"]
            told = collections.Counter((r["task"], r["notice"], r["days"]) for r in rows)
            self.assertEqual(set(told.values()), {1}, told)
            for no, instance in enumerate(ids, 1):
                kinds = [r["notice"] for r in rows if r["task"] == f"{instance}.1"]
                self.assertIn("overdue", kinds[-1:], f"{no}: {kinds}")
            self.assertTrue(post.engine.logged("MR-CLOCK-BACK"))
            self.assertTrue(post.engine.logged("MR-CLOCK-AHEAD"))
            post.engine.verify(post.client)


if __name__ == "__main__":
    assert pathlib.Path(BIN).is_dir()
    main()
