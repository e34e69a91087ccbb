"""Where characters of a set are in a text, by a byte for each code point below 0x10000."""

from __future__ import annotations

from typing import Final

from repair.kernel.native import i64

CLASSED: Final = 0x10000
IDEOGRAPHS: Final = 0x20000
"""The first of those from U+10000 on."""
FIRST_MARK: Final = 0x300
LAST_MARK: Final = 0x36F
"""Of those that are part of a word."""
# For ``count_in_lines``: what a character is.
ONE: Final = 1
OTHER: Final = 2
FOREIGN: Final = 4
END: Final = 8


def runs(text: str, members: bytes, beyond: i64) -> list[tuple[int, int]]:
    """Return the runs of characters whose byte is 1; those ``beyond`` all have one or none."""
    found: list[tuple[int, int]] = []
    length: i64 = len(text)
    at: i64 = 0
    while at < length:
        code: i64 = ord(text[at])
        # Most are passed over here, in two thirds of the time that an account of them takes.
        if code < CLASSED:
            if not members[code]:
                at += 1
                continue
        elif not beyond:
            at += 1
            continue
        start: i64 = at
        own: i64 = 1
        while own:
            at += 1
            own = 0
            if at < length:
                code = ord(text[at])
                own = i64(members[code]) if code < CLASSED else beyond
        found.append((start, at))
    return found


def repeats(text: str, members: bytes) -> list[tuple[int, int]]:
    """Return the runs of two or more of the same character whose byte is 1."""
    found: list[tuple[int, int]] = []
    length: i64 = len(text)
    before: i64 = -1
    at: i64 = 0
    while at < length:
        code: i64 = ord(text[at])
        if code == before and code < CLASSED and members[code]:
            start: i64 = at - 1
            while at < length and i64(ord(text[at])) == code:
                at += 1
            found.append((start, at))
            before = -1
        else:
            before = code
            at += 1
    return found


def mixed_words(text: str, classes: bytes, longest: i64) -> list[tuple[int, int]]:
    """Return the runs of letters and marks where letters of different classes stand side by side.

    Classes are single bits; what has none is no letter. Longer runs are left out.
    """
    found: list[tuple[int, int]] = []
    length: i64 = len(text)
    before: i64 = 0
    done: i64 = 0
    at: i64 = 0
    while at < length:
        code: i64 = ord(text[at])
        own: i64 = 0
        if code < CLASSED:
            own = classes[code]
        both: i64 = own ^ before
        before = own
        if both & (both - 1):  # two bits
            first: i64 = max(at - longest - 1, done)
            start: i64 = at
            while start > first and _is_in_word(ord(text[start - 1]), classes):
                start -= 1
            while at < length and _is_in_word(ord(text[at]), classes):
                at += 1
            done = at
            before = 0
            if done - start <= longest:
                found.append((start, done))
        else:
            at += 1
    return found


def _is_in_word(code: i64, classes: bytes) -> bool:
    return FIRST_MARK <= code <= LAST_MARK or (code < CLASSED and classes[code] > 0)


def most_around(text: str, start: i64, end: i64, reach: i64, classes: bytes) -> int:
    """Return the class of most letters within reach of a place, of the first three; 0 if none.

    Of those of which there are as many it is the first, the third or the second.
    """
    ones: i64 = 0
    seconds: i64 = 0
    thirds: i64 = 0
    at: i64 = max(start - reach, 0)
    last: i64 = min(end + reach, len(text))
    while at < last:
        if at == start:
            at = end
            if at >= last:
                break
        code: i64 = ord(text[at])
        if code < CLASSED:
            own: i64 = classes[code]
            ones += own & 1
            seconds += own >> 1 & 1
            thirds += own >> 2 & 1
        at += 1
    most: i64 = max(ones, seconds, thirds)
    if not most:
        return 0
    if ones == most:
        return 1
    return 4 if thirds == most else 2


def count_in_lines(text: str, classes: bytes) -> tuple[int, int] | None:
    """Return how many characters of each of two kinds there are on lines with no foreign one.

    ``None`` where there are ideographs of which it cannot tell.
    """
    length: i64 = len(text)
    ones: i64 = 0
    others: i64 = 0
    ones_before: i64 = 0
    others_before: i64 = 0
    every: i64 = 0
    at: i64 = 0
    while at <= length:
        own: i64 = END
        if at < length:
            code: i64 = ord(text[at])
            own = 0
            if code < CLASSED:
                own = classes[code]
            elif code >= IDEOGRAPHS:
                return None
        ones += own & ONE
        others += (own >> 1) & 1
        every |= own
        if own & END:
            if every & FOREIGN:
                ones = ones_before
                others = others_before
            ones_before = ones
            others_before = others
            every = 0
        at += 1
    return int(ones), int(others)
