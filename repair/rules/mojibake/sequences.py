"""As which pages UTF-8 may have been read: characters and pairs tell, before any page is tried."""

from __future__ import annotations

import codecs
import re
from array import array
from collections.abc import Iterable
from functools import cache, lru_cache, reduce
from operator import or_

from repair.kernel import misread
from repair.kernel.native import i16, i64, longs, shorts, vec
from repair.rules.mojibake.beyond import beyond_ascii
from repair.rules.mojibake.chains import CHAINS
from repair.rules.mojibake.pages import DOUBLE_BYTE, bytes_beyond_ascii, bytes_of_character

Pages = frozenset[str]
NONE: Pages = frozenset()

KEPT = 1 << 12
"""So many sets of pages are remembered."""
LAST = "\xbf"
"""Of the bytes that are none of the first ones of a sequence."""
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
    return pages_of(any_of(bits for _, bits in beginnings(line)))


def beginnings(line: str) -> list[tuple[int, int]]:
    """Return where they begin, and in which pages: a bit for each."""
    return misread.beginnings(line, *_facts())


def any_of(every: Iterable[int]) -> int:
    """Return all the bits there are."""
    return reduce(or_, every, 0)


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
    bytes_ = bytes_beyond_ascii(page).items()
    first = re.escape("".join(character for character, byte in bytes_ if _is_first(byte)))
    later = re.escape("".join(character for character, byte in bytes_ if byte <= LAST))
    return re.compile(f"[{first}](?=[ {later}])")


@lru_cache(KEPT)
def pages_of(bits: int) -> Pages:
    """Return the pages that ``beginnings`` has bits for."""
    return frozenset(page for bit, page in enumerate(_single_byte_pages()) if bits >> bit & 1)


@cache
def _single_byte_pages() -> tuple[str, ...]:
    return tuple(page for page in pages_of_utf8() if page not in DOUBLE_BYTE)


@cache
def _facts() -> tuple[vec[i16], vec[i64]]:
    """Return what the kernel knows of characters, and of those that no page has."""
    rows, facts = array("h", bytes(2 * misread.CLASSED)), array("q", bytes(8 * misread.FACTS))
    known: dict[str, list[int]] = {}
    for bit, page in enumerate(_single_byte_pages()):
        for character, byte in bytes_beyond_ascii(page).items():
            of = known.setdefault(character, [0] * misread.FACTS)
            if _is_first(byte):
                of[misread.MORE if byte >= "\xe0" else misread.TWO] |= 1 << bit
            elif byte <= LAST:
                of[misread.LATER] |= 1 << bit
            if byte in _BEFORE_SPACES:
                of[misread.SPACED] |= 1 << bit
    for character, of in known.items():
        rows[ord(character)] = len(facts)
        facts.extend(of)
    return shorts(rows.tobytes()), longs(facts.tobytes())


def _is_first(byte: str) -> bool:
    return "\xc2" <= byte <= "\xf4"
