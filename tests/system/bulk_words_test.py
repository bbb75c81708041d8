"""bulk_words_test.py - the page and the completion know the actions of lib/wire/bulk_table.c

Always:  each list has the actions that can be done with it, in the page in any order; the page asks
         for a reason where one is needed (of assignments acts.js knows, which has their forms).
"""

import re
import subprocess
import unittest

from engine import BIN, GUARD_S, ROOT, main

TABLE = (ROOT / "lib/wire/bulk_table.c").read_text(encoding="utf-8")
PAGE = (ROOT / "web/js/parts/bulk.js").read_text(encoding="utf-8")
LISTS = ("incidents", "instances", "assignments")


def actions():
    """Rows of the table: name, lists, whether a reason is needed."""
    rows = re.findall(r'\{"(\w+)", (ON_[A-Z_ |]+), CLIENT_\w+, \w+, (true|false), (?:NULL|"\w+")\}', TABLE)
    return [(name, [one.strip()[3:].lower() for one in lists.split("|")], reason == "true")
            for name, lists, reason in rows]


def words_of(text):
    return sorted(re.findall(r"'(\w+)'", text))


class Words(unittest.TestCase):
    def test_the_page_offers_what_can_be_done_with_each_list(self):
        for name in LISTS:
            shown = words_of(re.search(rf"^    {name}: \[(.+)\],$", PAGE, re.M).group(1))
            self.assertEqual(shown, sorted(action for action, lists, _ in actions() if name in lists), name)

    def test_the_page_asks_for_a_reason_where_one_is_needed(self):
        needed = {action for action, lists, reason in actions() if reason and lists != ["assignments"]}
        self.assertEqual(words_of(re.search(r"needsReason = new Set\((.+)\);", PAGE).group(1)), sorted(needed))

    def test_completion_offers_each_action_once(self):
        ask = 'source <("$0" complete --bash); COMP_WORDS=("$0" bulk ""); COMP_CWORD=2; _marshrut; ' \
              'printf "%s\\n" "${COMPREPLY[@]}"'
        offered = subprocess.run(["bash", "-c", ask, BIN / "marshrut"], capture_output=True, text=True, check=True,
                                 timeout=GUARD_S).stdout.split()
        self.assertEqual(sorted(offered), sorted({action for action, _, _ in actions()}))


if __name__ == "__main__":
    main()
