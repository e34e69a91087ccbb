"""Rows of costs, a byte for each language: where they are, and how they are added."""

from __future__ import annotations

from typing import Final

from librt.strings import read_i16_le, read_i32_le, read_i64_le
from librt.vecs import append, vec
from mypy_extensions import i32, i64

# Lanes of two bytes hold so many pairs, of two rows each.
FULL: Final = 128
EVEN_BYTES: Final = 0x00FF00FF00FF00FF
PLACE_BITS: Final = 24
MIXER: Final = 0x1E3779B97F4A7C15
"""The golden ratio, which spreads what is multiplied by it (Fibonacci hashing)."""
SPACE: Final = 0x20


class Places:
    """Where characters stand in a list of them."""

    def __init__(self, pages: bytes, blocks: bytes) -> None:
        self.pages: bytes = pages
        """By code point // 256, two bytes: the number of its block."""
        self.blocks: bytes = blocks
        """256 numbers of two bytes each: the place in the list, and 1; 0 if it is not there."""


class Script:
    """The statistics of the languages of a script; rows have eight bytes to spare at the end.

    ``ends`` tells for each context, in four bytes, where its followers begin; where they end
    comes next. ``followers`` are code points of four bytes, and have a row each.
    """

    def __init__(  # noqa: PLR0913, PLR0917
        self,
        lanes: int,
        number: int,
        singles: Places,
        contexts: Places,
        ends: bytes,
        followers: bytes,
        rows: tuple[bytes, bytes, bytes],
        always: list[int],
        *,
        folds: bool,
        mixes: bool,
    ) -> None:
        self.lanes: i64 = lanes
        self.number: i64 = number
        """Of the script, in the classes of characters."""
        self.singles: Places = singles
        """Characters that have a row in ``costs``."""
        self.contexts: Places = contexts
        self.known: vec[i64] = _hashed(ends, followers)
        """The known pairs, by a hash of their context and character: see ``_key``."""
        self.rows: bytes = rows[0]
        """The costs of known pairs."""
        self.costs: bytes = rows[1]
        """The costs of characters that are not known to follow."""
        self.leaving: bytes = rows[2]
        """What it costs to leave the known pairs of a context."""
        self.always: vec[i64] = vec[i64]([i64(units) for units in always])
        """What each language costs in any case."""
        self.folds: bool = folds
        """ASCII letters count as one."""
        self.mixes: bool = mixes
        """Letters of two scripts in a word are no accident, and cost as such."""


class Sums:
    """The sums of the lanes of a script."""

    def __init__(self, lanes: i64) -> None:
        words: i64 = (lanes + 7) >> 3
        self.words: i64 = words
        self.lanes: i64 = lanes
        self.even: vec[i64] = zeros(words)
        self.odd: vec[i64] = zeros(words)
        self.wide: vec[i64] = zeros(words << 3)
        self.alike: i64 = 0
        """What all lanes have more."""
        self.count: i64 = 0

    def add(self, rows: bytes, place: i64) -> None:
        """Add a row."""
        even = self.even
        odd = self.odd
        words: i64 = self.words
        at: i64 = place * self.lanes
        mask: i64 = EVEN_BYTES
        n: i64 = 0
        while n < words:
            word: i64 = read_i64_le(rows, at + (n << 3))
            even[n] += word & mask
            odd[n] += (word >> 8) & mask
            n += 1

    def counted(self) -> None:
        """Count a pair, after which there must be room for another."""
        self.count += 1
        if self.count >= FULL:
            self.carry()

    def carry(self) -> None:
        """Carry what the lanes hold over to wider ones."""
        even = self.even
        odd = self.odd
        wide = self.wide
        n: i64 = 0
        while n < self.words:
            low: i64 = even[n]
            high: i64 = odd[n]
            at: i64 = n << 3
            lane: i64 = 0
            while lane < 8:
                wide[at + lane] += low & 0xFFFF
                wide[at + lane + 1] += high & 0xFFFF
                low >>= 16
                high >>= 16
                lane += 2
            even[n] = 0
            odd[n] = 0
            n += 1
        self.count = 0


def zeros(count: i64) -> vec[i64]:
    """Return so many zeros."""
    out = vec[i64](capacity=count)
    while len(out) < count:
        out = append(out, 0)
    return out


def folded(text: str) -> vec[i32]:
    """Return the code points of a text between two spaces, with digits and blanks made alike."""
    length: i64 = len(text)
    out = vec[i32](capacity=length + 2)
    out = append(out, SPACE)
    at: i64 = 0
    while at < length:
        code: i64 = i64(ord(text[at]))
        if code < 0x3A:
            if code >= 0x31:
                code = 0x30
            elif code == 9 or code == 10 or code == 12 or code == 13:  # noqa: PLR1714 (no set is made)
                code = SPACE
        at += 1
        out = append(out, i32(code))
    return append(out, SPACE)


def letter(code: i64) -> i64:
    """Return a small a for all ASCII letters."""
    lower: i64 = code | 0x20
    return 0x61 if 0x61 <= lower <= 0x7A and code < 0x80 else code


def place_of(places: Places, code: i64) -> i64:
    """Return the place of a code point in a list; -1 if it is not there."""
    block: i64 = i64(read_i16_le(places.pages, (code >> 8) << 1))
    return i64(read_i16_le(places.blocks, ((block << 8) | (code & 0xFF)) << 1)) - 1


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
        key: i64 = _key(context, i64(read_i32_le(followers, place << 2)))
        at: i64 = _first(key, size)
        while table[at]:
            at = (at + 1) & (size - 1)
        place += 1
        table[at] = key | place
    return table


def _key(context: i64, code: i64) -> i64:
    """Return what tells a pair from others; the lowest bits are for its place, and 1."""
    return ((context << 21) | code) << PLACE_BITS


def _first(key: i64, size: i64) -> i64:
    """Return where to look for a key in a table whose size is a power of two."""
    mixed: i64 = (key >> PLACE_BITS) * MIXER
    return (mixed >> 32) & (size - 1)


def row_of(known: vec[i64], context: i64, code: i64) -> i64:
    """Return the place of the row of a pair; -1 if the pair is not known."""
    size: i64 = len(known)
    key: i64 = _key(context, code)
    at: i64 = _first(key, size)
    mask: i64 = (1 << PLACE_BITS) - 1
    there: i64 = known[at]
    while there:
        if there & ~mask == key:
            return (there & mask) - 1
        at = (at + 1) & (size - 1)
        there = known[at]
    return -1
