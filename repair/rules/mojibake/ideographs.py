"""Ideographs, kana and Hangul side by side that only wrong readings have.

Either the bytes of both, in some double-byte encoding, are those of UTF-8 (the first two bytes of
a character of three, then its last one and the first of the next), or both are rare in every
standard that ranks characters, or words are as in no language.
"""

from __future__ import annotations

import json
import re
from functools import cache
from typing import NamedTuple

from repair.tables import read_table

# Sets of characters, which ``tables/build_ideographs.py`` makes.
_PATTERN = (
    "{lead}{middle}|{rare}{rare}|{odd}{odd}|{odd}{ideograph}|{letter}{{4}}|{wide}{{8}}|"
    "{wide}{{1,6}}{between}+{wide}{{1,6}}{between}+{wide}{{2}}|{latin}{any}{{1,2}}{small}|"
    "{syllable}{ideograph}|{ideograph}{syllable}|{kana}{syllable}|{syllable}{kana}|"
    "{strange}{hiragana}|{hiragana}{strange}"
)


class _Classes(NamedTuple):
    of: str
    """By code point: the class of a character, an ASCII one."""
    pattern: re.Pattern[str]
    """For classes."""


@cache
def _classes() -> _Classes:
    sets, of = _table()
    pattern = _PATTERN.format_map({name: f"[{re.escape(c)}]" for name, c in sets.items()})
    return _Classes(of, re.compile(pattern))


def _table() -> tuple[dict[str, str], str]:
    head, of = read_table("ideographs.bin").decode("ascii").split("\n")
    return json.loads(head), of


def odd_ideographs(line: str) -> list[tuple[int, int]]:
    """Return the places where they are; code points beyond the BMP never are."""
    classes = _classes()
    return [match.span() for match in classes.pattern.finditer(line.translate(classes.of))]


def pattern() -> str:
    """Return a pattern for the same in a text, which is long.

    But for one character alone in a Latin word, which is odd anywhere: see ``suspects.py``.
    """
    sets, of = _table()
    members: dict[str, list[str]] = {}
    for code, each in enumerate(of):
        members.setdefault(each, []).append(chr(code))
    of_set = {
        name: "".join(re.escape(character) for each in several for character in members[each])
        for name, several in sets.items()
    }
    pattern = _PATTERN.replace("{any}{{1,2}}", "{any}{{2}}")
    return pattern.format_map({name: f"[{characters}]" for name, characters in of_set.items()})
