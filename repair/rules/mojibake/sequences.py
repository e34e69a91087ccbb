"""As which pages UTF-8 may have been read: characters and pairs tell, before any page is tried."""

from __future__ import annotations

import codecs
import re
from functools import cache

from repair.patterns import pattern
from repair.rules.mojibake.beyond import beyond_ascii
from repair.rules.mojibake.chains import CHAINS
from repair.rules.mojibake.pages import (
    DOUBLE_BYTE,
    bytes_beyond_ascii,
    bytes_of_character,
    bytes_of_page,
)

Pages = frozenset[str]
NONE: Pages = frozenset()

KEPT = 1 << 15
"""So many are remembered that begin no sequence: of ideographs there are millions."""
END = "\0"
"""Stands for what comes behind a run, which is ASCII."""

_RUNS = pattern("[^\x00-\x7f]+ ?")
_AROUND_SPACES = pattern("([^\x00-\x7f] )(?=([^\x00-\x7f]))")
# The first bytes of two in a sequence, behind which a space may have been a no-break space.
_BEFORE_SPACES = frozenset("\xc3\xc4\xc5\xce\xd0\xd1\xd2\xd3\xd4\xd5\xd6\xd7\xd8\xd9\xda\xdb")


@cache
def pages_of_utf8() -> tuple[str, ...]:
    """Return the encodings that UTF-8 is met read as."""
    pages = [page for chain in CHAINS if chain.written_as == "utf-8" for page in chain.read_as]
    return tuple(dict.fromkeys(pages))


def pages_with_sequences(line: str) -> Pages:
    """Return the single-byte pages in which characters of a line begin a sequence of UTF-8.

    Or would, if a no-break space of it had not become a space.
    """
    threes = set(map("".join, _AROUND_SPACES.findall(line)))
    for run in _RUNS.findall(line):
        threes.update(map("".join, zip(run, run[1:], run[2:] + END, strict=False)))
    known = _pages_of_threes()
    return NONE.union(*[known[three] for three in threes])


def pages_with_beginnings(line: str) -> Pages:
    """Return the double-byte encodings in which UTF-8 may begin with a character of a line."""
    known = _pages_of_beginnings()
    return NONE.union(*[known[character] for character in set(beyond_ascii(line))])


class _PagesOfBeginnings(dict[str, Pages]):
    """The double-byte encodings in which UTF-8 may begin with the bytes of a character."""

    def __missing__(self, character: str) -> Pages:
        double = (page for page in pages_of_utf8() if page in DOUBLE_BYTE)
        pages = self[character] = NONE.union(
            page for page in double if _may_begin(bytes_of_character(character, page))
        )
        return pages


def _may_begin(data: bytes | None) -> bool:
    try:
        codecs.utf_8_decode(data or b"\xff", "strict", False)
    except UnicodeDecodeError:
        return False
    return True


@cache
def _pages_of_beginnings() -> _PagesOfBeginnings:
    return _PagesOfBeginnings()


@cache
def beginning(page: str) -> re.Pattern[str]:
    """Return what finds the first two bytes of a sequence of UTF-8 read as a single-byte page."""
    first, later = (
        re.escape("".join(character for character, pages in of.items() if page in pages))
        for of in _bytes()
    )
    return re.compile(f"[{first}](?=[ {later}])")


@cache
def any_beginning() -> re.Pattern[str]:
    """Return what finds the first two bytes of a sequence of UTF-8 read as any such page."""
    first, later = (re.escape("".join(of)) for of in _bytes())
    return re.compile(f"[{first}](?=[ {later}])")


class _PagesOfThrees(dict[str, Pages]):
    """The pages in which three characters are the first byte of a sequence and later ones.

    Of a sequence of two bytes the third is whatever comes next. A space may be the second byte
    of two; or the second or third of three, if the others are there.
    """

    def __missing__(self, three: str) -> Pages:
        first, later = _bytes()
        start, second, third = three[0], three[1], three[2]
        pages = first.get(start, NONE)
        longer = frozenset(page for page in pages if _byte(start, page) >= "\xe0")
        if third != " ":
            longer &= later.get(third, NONE)
        if second != " ":
            pages = later.get(second, NONE) & (
                longer | {p for p in pages if _byte(start, p) < "\xe0"}
            )
        elif third == END:
            pages = frozenset(page for page in pages if _byte(start, page) in _BEFORE_SPACES)
        else:
            pages = longer
        if pages or len(self) < KEPT:
            self[three] = pages
        return pages


def _byte(character: str, page: str) -> str:
    return bytes_of_page(page)[ord(character)]


@cache
def _pages_of_threes() -> _PagesOfThrees:
    return _PagesOfThrees()


@cache
def _bytes() -> tuple[dict[str, Pages], dict[str, Pages]]:
    """Return the pages in which a character is a first byte, and those where it is a later one."""
    first: dict[str, set[str]] = {}
    later: dict[str, set[str]] = {}
    pages = [page for page in pages_of_utf8() if page not in DOUBLE_BYTE]
    for page in pages:
        for character, byte in bytes_beyond_ascii(page).items():
            if "\xc2" <= byte <= "\xf4":
                first.setdefault(character, set()).add(page)
            elif byte <= "\xbf":
                later.setdefault(character, set()).add(page)
    return _frozen(first), _frozen(later)


def _frozen(pages: dict[str, set[str]]) -> dict[str, Pages]:
    return {key: frozenset(of) for key, of in pages.items()}
