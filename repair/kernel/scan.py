"""One pass over UTF-8: validates it, and finds the lines that rules want to see.

Each character has a class, and each pair of classes a verdict, which is a set of signs. Signs of
three kinds are told apart by their bits: two that count only together on a line stand side by
side at the low end (PAIRED), those that count together anywhere in the text are high up (FAR),
and all others say by themselves that the line is wanted.
"""

from __future__ import annotations

from re import Pattern
from typing import Final

from repair.kernel.native import i64, read_i16_le, read_i64_le

HIGH_BITS: Final = -9187201950435737472  # 0x80 in each byte
SPACES: Final = 0x2020202020202020
ONES: Final = 0x0101010101010101
LOW_BITS: Final = 0x7F7F7F7F7F7F7F7F
LINE_ENDS: Final = 0x0A0A0A0A0A0A0A0A


class Tables:
    """Classes of characters, and what pairs of them are signs of."""

    def __init__(  # noqa: PLR0913, PLR0917
        self,
        classes: bytes,
        verdicts: bytes,
        followers: bytes,
        signs: bytes,
        stops: bytes,
        paired: int,
        far: int,
        halves: int,
        last: int,
        pattern: Pattern[bytes] | None,
    ) -> None:
        self.count: i64 = len(followers) // 8
        """Of classes."""
        self.classes: bytes = classes
        """By code point up to U+FFFF, then one for each 4096 of the others; two bytes each."""
        self.verdicts: bytes = verdicts
        """By class of the first times the number of classes, plus that of the second; two bytes
        each, little-endian like all of them."""
        self.followers: bytes = followers
        """By class, eight bytes each: the signs that go on with a character of that class."""
        self.signs: bytes = signs
        """By verdict, eight bytes each, little-endian."""
        self.stops: bytes = stops
        """Five ASCII characters, one of which is in each pair of ASCII that has a verdict."""
        self.paired: i64 = paired
        """The lower ones of the bits that count side by side."""
        self.far: i64 = far
        self.halves: i64 = halves
        """Signs that want another character, one after the other."""
        self.last: i64 = last
        """Of these, the last ones of a row."""
        self.pattern: Pattern[bytes] | None = pattern
        """Finds the bytes not to pass over; where this is not compiled, it does so faster."""


class Scan:
    """What one pass found."""

    def __init__(self) -> None:
        self.lines: list[tuple[int, int, int]] = []
        """Where wanted lines begin and end, in bytes, and their signs."""
        self.seen: i64 = 0
        """All signs of the text."""
        self.invalid: i64 = -1
        """Where it stops being UTF-8, in bytes; -1 if it is UTF-8 throughout."""


def scan(data: bytes, tables: Tables) -> Scan:  # noqa: C901, PLR0912, PLR0915
    """Read ``data``; surrogates are let pass as what they would be.

    Begins and ends as if between two ends of lines. Stops at what is not UTF-8.
    """
    out = Scan()
    classes = tables.classes
    verdicts = tables.verdicts
    signs = tables.signs
    paired: i64 = tables.paired
    far: i64 = tables.far
    halves: i64 = tables.halves
    last: i64 = tables.last
    goes_on: i64 = 0
    followers = tables.followers
    pattern = tables.pattern
    pending: i64 = 0
    high: i64 = HIGH_BITS
    low: i64 = LOW_BITS
    end: i64 = len(data)
    last8: i64 = end - 8
    stop1: i64 = ONES * i64(tables.stops[0])
    stop2: i64 = ONES * i64(tables.stops[1])
    stop3: i64 = ONES * i64(tables.stops[2])
    stop4: i64 = ONES * i64(tables.stops[3])
    stop5: i64 = ONES * i64(tables.stops[4])
    found: i64 = 0
    probe: i64 = 0
    count: i64 = tables.count
    line_class: i64 = i64(read_i16_le(classes, 20)) * count
    before: i64 = line_class
    seen: i64 = 0
    on_line: i64 = 0
    line_start: i64 = 0
    line_end: i64 = -1
    at: i64 = 0
    here: i64 = 0
    kind: i64 = 0
    verdict: i64 = 0
    sign: i64 = 0
    word: i64 = 0
    while at < end:
        here = at
        lead: i64 = i64(data[at])
        if lead < 0x80:
            kind = i64(read_i16_le(classes, lead << 1))
            at += 1
        elif lead < 0xE0:
            if at <= last8:  # all of it in one look
                word = read_i64_le(data, at)
            elif at + 1 < end:
                word = i64(data[at + 1]) << 8
            else:
                word = 0
            if lead < 0xC2 or word & 0xC000 != 0x8000:
                out.invalid = at
                break
            kind = i64(read_i16_le(classes, ((lead & 0x1F) << 7) | ((word >> 7) & 0x7E)))
            at += 2
        elif lead < 0xF0:
            if at <= last8:
                word = read_i64_le(data, at)
            elif at + 2 < end:
                word = (i64(data[at + 1]) << 8) | (i64(data[at + 2]) << 16)
            else:
                word = 0
            point: i64 = ((lead & 0x0F) << 12) | ((word >> 2) & 0xFC0) | ((word >> 16) & 0x3F)
            if word & 0xC0C000 != 0x808000 or point < 0x800:
                out.invalid = at
                break
            kind = i64(read_i16_le(classes, point << 1))
            at += 3
        else:
            if lead > 0xF4 or at + 3 >= end:
                out.invalid = at
                break
            second: i64 = i64(data[at + 1])
            block: i64 = ((lead & 7) << 6) | (second & 0x3F)
            if (
                second & 0xC0 != 0x80
                or i64(data[at + 2]) & 0xC0 != 0x80
                or i64(data[at + 3]) & 0xC0 != 0x80
                or block < 0x10
                or block >= 0x110
            ):
                out.invalid = at
                break
            kind = i64(read_i16_le(classes, (0x10000 + block) << 1))
            at += 4
        verdict = i64(read_i16_le(verdicts, (before + kind) << 1))
        before = kind * count
        if verdict | pending:
            goes_on = pending & read_i64_le(followers, kind << 3)
            pending = read_i64_le(signs, verdict << 3)
            sign = (goes_on & last) | (pending & ~halves)
            pending = (pending & halves) | ((goes_on & ~last) << 1)
            seen |= sign
            if sign & ~far:
                if here > line_end:
                    if line_end >= 0 and (
                        on_line & ~(paired * 3) or on_line & (on_line >> 1) & paired
                    ):
                        out.lines.append((int(line_start), int(line_end), int(on_line)))
                    line_start = data.rfind(b"\n", 0, int(here)) + 1
                    line_end = data.find(b"\n", int(here))
                    if line_end < 0:
                        line_end = end
                    on_line = 0
                on_line |= sign & ~far
        if lead < 0x80 and not pending:
            # From this character on, for it may be the first of a pair that is a sign.
            if pattern is not None:
                match = pattern.search(data, int(here))
                here = end if match is None else match.start()
            while here <= last8 and pattern is None:
                word = read_i64_le(data, here)
                # line ends count as spaces
                probe = word ^ LINE_ENDS
                probe = ~(((probe & low) + low) | probe | low)
                found = word | ((word - SPACES) & ~probe) | (word + ONES)
                probe = word ^ stop1
                found |= (probe - ONES) & ~probe
                probe = word ^ stop2
                found |= (probe - ONES) & ~probe
                probe = word ^ stop3
                found |= (probe - ONES) & ~probe
                probe = word ^ stop4
                found |= (probe - ONES) & ~probe
                probe = word ^ stop5
                found |= (probe - ONES) & ~probe
                found &= high
                if found:  # the lowest is sure, others may come of it
                    while not found & 0x80:
                        found >>= 8
                        here += 1
                    break
                here += 8
            if here > at:
                at = here
                before = i64(read_i16_le(classes, i64(data[at - 1]) << 1)) * count
    if line_end >= 0 and (on_line & ~(paired * 3) or on_line & (on_line >> 1) & paired):
        out.lines.append((int(line_start), int(line_end), int(on_line)))
    out.seen = seen
    return out
