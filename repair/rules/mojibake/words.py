"""Where in its words a line is changed: letters and marks by themselves are what they seem."""

from __future__ import annotations

import unicodedata
from functools import lru_cache

from repair.kernel.runs import changed_runs
from repair.patterns import pattern

# Marks that may stand behind a letter, as a second byte of UTF-8 does.
MARKS_BEHIND = frozenset(
    "\u2122\xae\xa9\u2019\u201c\u201d\u2026\xb0\xba\xaa\xab\xbb\xb4\xac\xb7\u2014\u2013\xa0\xad"
)
# Such marks behind a letter within a word, or behind one of another script, are no marks.
INSIDE_A_WORD = pattern("[a-z][^\x00-\x7f]+[a-z]|[a-z][\u0370-\u1fff]")
# Shorter words with one letter of another page are formulas and units: k\u03a9, \u03c3AR.
LETTERS = {"M101": 1, "M104": 3}

KEPT = 256
"""So many are remembered: tables and logs repeat their lines."""


@lru_cache(KEPT)
def are_in_words(before: str, after: str, code: str) -> bool:
    """Tell whether all that changes stands in words of ASCII letters, and is no mark beside one."""
    least = LETTERS.get(code, 1)
    return all(
        _letters_around(before, start, end) >= least
        and new.isalpha()
        and not MARKS_BEHIND.issuperset(before[start:end])
        and not _is_accent(before, start, end)
        for start, end, new in changed_runs(before, after)
    )


def changed_words(before: str, after: str) -> set[str]:
    """Return what changes, with the ASCII letters around it."""
    runs = changed_runs(before, after)
    return {before[slice(*_word_around(before, start, end))] for start, end, _ in runs}


def _letters_around(line: str, start: int, end: int) -> int:
    first, last = _word_around(line, start, end)
    return start - first + last - end


def _word_around(line: str, start: int, end: int) -> tuple[int, int]:
    first, last = start, end
    while first and line[first - 1].isascii() and line[first - 1].isalpha():
        first -= 1
    while last < len(line) and line[last].isascii() and line[last].isalpha():
        last += 1
    return first, last


def _is_accent(line: str, start: int, end: int) -> bool:
    """Tell whether it is an accent that belongs to the letter beside it, as PDFs give them."""
    parts = unicodedata.normalize("NFKD", line[start:end])
    if len(parts) != len(" \u0301") or parts[0] != " ":
        return False
    beside = (
        unicodedata.normalize("NFC", letter + parts[1]) for letter in _beside(line, start, end)
    )
    return any(len(letter) == 1 and letter < "\u0180" for letter in beside)


def _beside(line: str, start: int, end: int) -> str:
    return line[max(start - 1, 0) : start] + line[end : end + 1]
