"""Where UTF-8 may begin that was read as single-byte pages."""

from __future__ import annotations

from typing import Final

from repair.kernel.native import i16, i64, vec

CLASSED: Final = 0x10000
"""No page has code points from here on."""
SPACE: Final = 0x20
# The pages, a bit each, in which a character is the first byte of two, one of three or four, a
# later one, and the first of two of which a no-break space may be the second.
TWO: Final = 0
MORE: Final = 1
LATER: Final = 2
SPACED: Final = 3
FACTS: Final = 4


def beginnings(text: str, rows: vec[i16], pages: vec[i64]) -> list[tuple[int, int]]:
    """Return where sequences may begin, and in which pages, a bit each.

    Three characters tell. Of a sequence of two bytes the third is whatever comes next. A space may
    be the second byte of two; or the second or third of more, if the others are there. ``rows``
    has for each code point where its ``pages`` begin.
    """
    found: list[tuple[int, int]] = []
    length: i64 = len(text)
    last: i64 = length - 1
    at: i64 = 0
    while at < last:
        code: i64 = ord(text[at])
        if 0x80 <= code < CLASSED:
            row: i64 = i64(rows[code])
            two: i64 = pages[row + TWO]
            more: i64 = pages[row + MORE]
            if two | more:
                # What a space or a later byte says of a third character, or that there is none.
                second: i64 = ord(text[at + 1])
                third: i64 = ord(text[at + 2]) if at + 2 < length else 0
                if third != SPACE or second == SPACE:
                    more &= pages[i64(rows[third]) + LATER] if third < CLASSED else 0
                if second == SPACE:
                    own: i64 = more | pages[row + SPACED]
                else:
                    own = (more | two) & (
                        pages[i64(rows[second]) + LATER] if second < CLASSED else 0
                    )
                if own:
                    found.append((at, own))
        at += 1
    return found


def unusual(places: list[tuple[int, int]], costs: list[int], reach: i64, least: i64) -> int:
    """Return the pages, a bit each, of those places beside which a pair is unusual.

    These are pairs of ``costs`` from ``least`` on, or below -1, up to ``reach`` behind a place.
    """
    every: i64 = 0
    length: i64 = len(costs)
    for place, pages in places:
        at: i64 = place
        last: i64 = min(at + reach, length)
        while at < last:
            cost: i64 = costs[at]
            if cost >= least or cost < -1:
                every |= pages
                break
            at += 1
    return int(every)
