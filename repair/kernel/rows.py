"""Rows of costs, a byte for each language: where they are, and how they are added."""

from __future__ import annotations

from typing import Final

from librt.strings import read_i32_le, read_i64_le
from librt.vecs import vec
from mypy_extensions import i32, i64, u8

# Lanes of two bytes hold the sums of so many rows.
FULL: Final = 256
EVEN_BYTES: Final = 0x00FF00FF00FF00FF
LANE: Final = 0xFFFF
CONTEXT_BITS: Final = 16
PLACE_BITS: Final = 24
PLACE: Final = (1 << PLACE_BITS) - 1
MIXER: Final = 0x1E3779B97F4A7C15
"""The golden ratio, which spreads what is multiplied by it (Fibonacci hashing)."""
SPACE: Final = 0x20
HIGHEST: Final = 254
"""What a row costs at the least is not told if it is more."""


class Script:
    """The statistics of the languages of a script; rows have 16 bytes to spare at the end.

    ``listed`` are the characters that have a row, and those that are contexts. ``ends`` tells for
    each context, in four bytes, where its followers begin; where they end comes next.
    ``followers`` are code points of four bytes, and have a row each.
    """

    def __init__(  # noqa: PLR0913, PLR0917
        self,
        tags: list[str],
        number: int,
        listed: tuple[str, str],
        ends: bytes,
        followers: bytes,
        rows: tuple[bytes, int, int],
        always: list[int],
        *,
        folds: bool,
        mixes: bool,
    ) -> None:
        lanes = len(tags)
        self.tags: list[str] = tags
        """The languages."""
        self.lanes: i64 = lanes
        self.number: i64 = number
        """Of the script, in the classes of characters."""
        self.places: vec[i32] = _placed(listed[0], listed[1])
        """By character, where it stands in the list of those that have a row, and 1; and in that of
        contexts, shifted by ``CONTEXT_BITS``. 0 where it does not."""
        self.known: vec[i64] = _hashed(ends, followers)
        """The known pairs, by a hash of their context and character: see ``row_of``."""
        self.rows: bytes = rows[0]
        """The costs of known pairs."""
        self.costs: i64 = rows[1]
        """Where the costs begin of characters that are not known to follow."""
        self.leaving: i64 = rows[2]
        """Where it begins what it costs to leave the known pairs of a context."""
        self.floors: vec[u8] = vec[u8]([u8(0)] * (len(rows[0]) // lanes))
        """What rows cost at the least, and 1; 0 where it was not asked for."""
        self.always: vec[i64] = vec[i64]([i64(units) for units in always])
        """What each language costs in any case."""
        self.folds: bool = folds
        """ASCII letters count as one."""
        self.mixes: bool = mixes
        """Letters of two scripts in a word are no accident, and cost as such."""

    def single(self, code: i64) -> i64:
        """Return the place of a character in the list of those that have a row, or -1."""
        if code >= len(self.places):
            return -1
        return i64(self.places[code] & 0xFFFF) - 1

    def context(self, code: i64) -> i64:
        """Return the place of a character in the list of contexts, or -1."""
        if code >= len(self.places):
            return -1
        return i64(self.places[code] >> CONTEXT_BITS) - 1


def zeros(count: i64) -> vec[i64]:
    """Return so many zeros."""
    return vec[i64]([i64(0)] * count)


def added(rows: bytes, places: vec[i32], count: i64, lanes: i64) -> vec[i64]:
    """Return the sums of the lanes of rows, 16 at a time; ``places`` are where these begin."""
    mask: i64 = EVEN_BYTES
    out = zeros((lanes + 15) & ~15)
    many = lanes > 8
    lane: i64 = 0
    while lane < lanes:
        start: i64 = 0
        while start < count:
            end: i64 = min(count, start + FULL)
            even: i64 = 0
            odd: i64 = 0
            more_even: i64 = 0
            more_odd: i64 = 0
            while start < end:
                at: i64 = i64(places[start]) + lane
                word: i64 = read_i64_le(rows, at)
                even += word & mask
                odd += (word >> 8) & mask
                if many:
                    word = read_i64_le(rows, at + 8)
                    more_even += word & mask
                    more_odd += (word >> 8) & mask
                start += 1
            _spread(out, lane, even, odd)
            _spread(out, lane + 8, more_even, more_odd)
        lane += 16
    return out


def _spread(out: vec[i64], lane: i64, even: i64, odd: i64) -> None:
    out[lane] += even & LANE
    out[lane + 1] += odd & LANE
    out[lane + 2] += (even >> 16) & LANE
    out[lane + 3] += (odd >> 16) & LANE
    out[lane + 4] += (even >> 32) & LANE
    out[lane + 5] += (odd >> 32) & LANE
    out[lane + 6] += (even >> 48) & LANE
    out[lane + 7] += (odd >> 48) & LANE


def lowest(wide: vec[i64], costs: vec[i64], lanes: i64) -> i64:
    """Return the first lane whose sum with its costs is the least."""
    best: i64 = 0
    least: i64 = wide[0] + costs[0]
    lane: i64 = 1
    while lane < lanes:
        units: i64 = wide[lane] + costs[lane]
        if units < least:
            best = lane
            least = units
        lane += 1
    return best


def least(script: Script, row: i64) -> i64:
    """Return units that a row costs at the least, in whatever language."""
    floors = script.floors
    known: i64 = i64(floors[row])
    if known:
        return known - 1
    rows = script.rows
    units: i64 = HIGHEST
    at: i64 = row * script.lanes
    end: i64 = at + script.lanes
    while at < end:
        units = min(units, i64(rows[at]))
        at += 1
    floors[row] = u8(units + 1)
    return units


def folded(text: str) -> vec[i32]:
    """Return the code points of a text between two spaces, with digits and blanks made alike."""
    length: i64 = len(text)
    out = vec[i32]([i32(SPACE)] * (length + 2))
    at: i64 = 0
    while at < length:
        out[at + 1] = i32(alike(i64(ord(text[at]))))
        at += 1
    return out


def alike(code: i64) -> i64:
    """Return a zero for all digits, and a space for what is as good as one."""
    if code > 0x39:
        return code
    if code >= 0x31:
        return 0x30
    if 9 <= code <= 13 and code != 11:  # all but the vertical tab
        return SPACE
    return code


def letter(code: i64) -> i64:
    """Return a small a for all ASCII letters."""
    # A conditional expression of a number in the source and one of C makes an object of the latter.
    lower: i64 = code | 0x20
    if 0x61 <= lower <= 0x7A and code < 0x80:
        return 0x61
    return code


def _placed(singles: str, contexts: str) -> vec[i32]:
    """Return where the characters of two lists stand in them: see ``Script.places``."""
    out = vec[i32]([i32(0)] * (1 + max(map(ord, singles + contexts))))
    at: i64 = 0
    while at < len(singles):
        out[ord(singles[at])] = i32(at + 1)
        at += 1
    at = 0
    while at < len(contexts):
        code: i64 = i64(ord(contexts[at]))
        out[code] |= i32((at + 1) << CONTEXT_BITS)
        at += 1
    return out


def _hashed(ends: bytes, followers: bytes) -> vec[i64]:
    """Return a table of the known pairs, a third of which is free at the least."""
    count: i64 = len(followers) >> 2
    size: i64 = 16
    while 2 * size < 3 * count:
        size += size
    table = zeros(size)
    place: i64 = 0
    context: i64 = 0
    while place < count:
        while i64(read_i32_le(ends, (context + 1) << 2)) <= place:
            context += 1
        key: i64 = (context << 21) | i64(read_i32_le(followers, place << 2))
        at: i64 = ((key * MIXER) >> 32) & (size - 1)
        while table[at]:
            at = (at + 1) & (size - 1)
        place += 1
        table[at] = (key << PLACE_BITS) | place
    return table


def row_of(known: vec[i64], context: i64, code: i64) -> i64:
    """Return the place of the row of a pair; -1 if the pair is not known."""
    key: i64 = (context << 21) | code
    last: i64 = len(known) - 1
    at: i64 = ((key * MIXER) >> 32) & last
    there: i64 = known[at]
    while there:
        if there >> PLACE_BITS == key:
            return (there & PLACE) - 1
        at = (at + 1) & last
        there = known[at]
    return -1
