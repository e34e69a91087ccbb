"""Where in its words a line is changed: letters and marks by themselves are what they seem."""

from __future__ import annotations

import re

from repair.rules.mojibake.runs import changed_runs

# Marks that may stand behind a letter, as a second byte of UTF-8 does.
MARKS_BEHIND = frozenset(
    "\u2122\xae\xa9\u2019\u201c\u201d\u2026\xb0\xba\xaa\xab\xbb\xb4\xac\xb7\u2014\u2013\xa0\xad"
)
# Such marks behind a letter within a word, or behind one of another script, are no marks.
_BESIDE_A_LETTER = re.compile("[A-Za-z][^\x00-\x7f]|[^\x00-\x7f][A-Za-z]")
INSIDE_A_WORD = re.compile("[a-z][^\x00-\x7f]+[a-z]|[a-z][\u0370-\u1fff]")


def are_in_words(before: str, after: str) -> bool:
    """Tell whether all that changes stands beside an ASCII letter, and marks do not alone."""
    return all(
        _BESIDE_A_LETTER.search(before, max(start - 1, 0), end + 1)
        and new.isalpha()
        and not MARKS_BEHIND.issuperset(before[start:end])
        for start, end, new in changed_runs(before, after)
    )
