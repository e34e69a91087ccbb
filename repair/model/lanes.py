"""Sums of costs for all languages of a script at once: one big integer holds them side by side.

Adding two such integers adds the costs of a hundred languages in one step of C, which makes even
the interpreter fast enough to judge every reading of every line.
"""

from __future__ import annotations

import sys
from array import array

BYTES = 4
MOST = 1 << 24
"""A lane holds the costs of this many pairs: each is at most 255 units."""


def widened(row: bytes | memoryview) -> int:
    """Return the lanes of a row that has a byte for each."""
    lanes = bytearray(BYTES * len(row))
    lanes[::BYTES] = row
    return int.from_bytes(lanes, "little")


def alike(units: int, count: int) -> int:
    """Return ``count`` lanes that hold the same."""
    return int.from_bytes(units.to_bytes(BYTES, "little") * count, "little")


def narrowed(lanes: int, count: int) -> array[int]:
    """Return what ``count`` lanes hold."""
    out = array("I", lanes.to_bytes(BYTES * count, "little"))
    if sys.byteorder == "big":
        out.byteswap()
    return out
