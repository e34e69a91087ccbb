"""The words that are evidence for an encoding, and their pairs of bytes."""

from __future__ import annotations

import sys
from array import array
from collections import Counter
from collections.abc import Iterable
from functools import cache
from typing import NamedTuple

from repair.model import judge

# A pair that comes again and again is not so much more evidence: a line of dashes is one sign.
MOST_REPEATED = 3

# Bytes of ASCII words that tell the language.
MOST_PLAIN = 400

_HIGH = bytes(range(128, 256))

# Signs that are in no encoding a later byte of a character; four-byte characters have digits.
_BETWEEN = bytes([*range(0x30), *range(0x3A, 0x40)])
_WORDS = bytes.maketrans(_BETWEEN, b" " * len(_BETWEEN))
_DIGITS = bytes.maketrans(b"123456789", b"000000000")


class Gathered(NamedTuple):
    """Words, and their pairs of bytes."""

    pieces: tuple[bytes, ...]
    """The distinct words beyond ASCII of each piece of the input, a blank between them."""
    plain: str
    """ASCII words from the same lines."""
    pairs: tuple[int, ...]
    """Pairs of bytes of which one is beyond ASCII; the first is the high byte of a number."""
    counts: tuple[int, ...]
    ascii: int
    """What the other pairs cost, in units, where an encoding reads them as ASCII."""


def gather(pieces: Iterable[bytes], budget: int) -> Gathered:
    """Gather the words beyond ASCII until they hold ``budget`` bytes that are."""
    seen: set[bytes] = set()
    joined: list[bytes] = []
    plain: list[bytes] = []
    room = MOST_PLAIN
    for piece in pieces:
        own: list[bytes] = []
        for word in piece.translate(_WORDS).split():
            if word.isascii():
                if room > 0:
                    plain.append(word)
                    room -= len(word) + 1
            elif word not in seen and budget > 0:
                seen.add(word)
                own.append(word)
                budget -= len(word) - len(word.translate(None, _HIGH))
        if own:
            joined.append(b" ".join(own))
    beyond: dict[int, int] = {}
    ascii_units = 0
    for pair, count in _pairs(b" " + b" ".join(joined).translate(_DIGITS) + b" ").items():
        if pair & 0x8080:
            beyond[pair] = min(count, MOST_REPEATED)
        else:
            ascii_units += _ascii_units(pair) * count
    text = b" ".join(plain).decode()
    return Gathered(tuple(joined), text, tuple(beyond), tuple(beyond.values()), ascii_units)


def _pairs(data: bytes) -> Counter[int]:
    """Count the pairs of bytes, each as a number whose high byte is the first of them."""
    even = array("H", data[: len(data) & ~1])
    odd = array("H", data[1 : 1 + (len(data) - 1 & ~1)])
    if sys.byteorder == "little":
        even.byteswap()
        odd.byteswap()
    counter = Counter(even)
    counter.update(odd)
    return counter


@cache
def _ascii_units(pair: int) -> int:
    return judge().group("Latn").ascii_cost[chr(pair >> 8) + chr(pair & 255)]
