"""Facts of Unicode that Python's own tables know differently in each version."""

from __future__ import annotations

from bisect import bisect_right
from functools import cache

from repair.tables import read_table

UNICODE_VERSION = "18.0"


@cache
def _unassigned() -> tuple[list[int], list[int]]:
    rows = [line.split("\t") for line in _lines("unassigned.tsv")]
    return [int(row[0], 16) for row in rows], [int(row[1], 16) for row in rows]


def unassigned() -> list[tuple[int, int]]:
    """Return the ranges of code points that no character has; both ends belong to them."""
    return list(zip(*_unassigned(), strict=True))


def is_unassigned(point: int) -> bool:
    """Whether no character has this code point, which is no noncharacter either."""
    starts, ends = _unassigned()
    at = bisect_right(starts, point) - 1
    return at >= 0 and point <= ends[at]


@cache
def radicals() -> dict[str, str]:
    """Radicals that look like an ideograph of words, with it."""
    return dict(line.split("\t") for line in _lines("radicals.tsv"))


def _lines(name: str) -> list[str]:
    lines = read_table(name).decode("utf-8").splitlines()
    return [line for line in lines if not line.startswith("#")]
