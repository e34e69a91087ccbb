"""What there is in a text that the judge weighs: one pass over its characters."""

from __future__ import annotations

from typing import Final

from librt.vecs import append, vec
from mypy_extensions import i32, i64, u8

from repair.kernel.rows import SPACE, alike, zeros
from repair.kernel.spoken import LETTERS

CODE_BITS: Final = 21
CODE: Final = 0x1FFFFF
KELVIN: Final = 0x212A  # a small k
DOTTED: Final = 0x130  # a small i, and a dot


class Text:
    """What there is in a text."""

    def __init__(self, length: i64) -> None:
        self.pairs: vec[i64] = zeros(length + 1)
        """Those of which one is beyond ASCII: the first, shifted, and the second."""
        self.count: i64 = 0
        """How many these are."""
        self.ascii: i64 = 0
        """The units of all others."""
        self.classes: vec[i32] = vec[i32](capacity=0)
        """Those of their second characters."""
        self.ideographs: i64 = 0
        """How many more there are of them than of other characters beyond ASCII."""
        self.home: i64 = 0
        """The script of more than half of all characters beyond ASCII; 0 if there is none."""
        self.words: vec[i32] = vec[i32]([i32(0)] * (length + 1))
        """Where the rows begin of pairs in ASCII words, on lines with anything else."""
        self.spoken: i64 = 0
        """How many these are."""
        self.mixed: i64 = 0
        """Their sum."""


def read(  # noqa: C901, PLR0915
    text: str, table: vec[u8], lanes: i64, *, anywhere: bool
) -> Text:
    """Return what there is in a text; ``anywhere`` takes words on all lines.

    ``table`` are the units of pairs of ASCII, by the first times 128, plus the second. The rows of
    pairs in words have so many ``lanes``.
    """
    length: i64 = len(text)
    out = Text(length)
    pairs = out.pairs
    words = out.words
    units: i64 = 0
    count: i64 = 0
    # Pairs in words, and what there was of all before this line.
    spoken: i64 = 0
    spoken_before: i64 = 0
    count_before: i64 = 0
    mixed: i64 = 0
    mixed_before: i64 = 0
    said: i64 = 0
    row: i64 = 0
    before: i64 = SPACE
    at: i64 = 0
    while at <= length:
        code: i64 = SPACE
        if at < length:
            code = i64(ord(text[at]))
        small: i64 = 0
        if code < 0x80:
            if before < 0x80:
                units += i64(table[(before << 7) | code])
            else:
                pairs[count] = (before << CODE_BITS) | alike(code)
                count += 1
            lower: i64 = code | 0x20
            if 0x61 <= lower <= 0x7A:
                small = lower - 0x60
        else:
            pairs[count] = (alike(before) << CODE_BITS) | code
            count += 1
            if code == KELVIN:
                small = 11
            elif code == DOTTED:
                words = append(words, 0)
                row = (said * LETTERS + 9) * lanes
                words[spoken] = i32(row)
                mixed += row
                spoken += 1
                said = 9
        if small | said:
            row = (said * LETTERS + small) * lanes
            words[spoken] = i32(row)
            mixed += row
            spoken += 1
            said = small
        if code == 10 or at == length:
            if count == count_before and not anywhere:
                spoken = spoken_before
                mixed = mixed_before
            spoken_before = spoken
            mixed_before = mixed
            count_before = count
        before = code
        at += 1
    out.words = words
    out.spoken = spoken
    out.mixed = mixed
    out.count = count
    out.ascii = units
    return out
