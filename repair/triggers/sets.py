"""Sets of code points, as sorted ranges that neither touch nor overlap."""

from __future__ import annotations

from bisect import bisect_right

Ranges = tuple[tuple[int, int], ...]
"""Code points, first and last."""

LAST = 0x10FFFF
ANY: Ranges = ((0, LAST),)
EMPTY: Ranges = ()
NEWLINE: Ranges = ((10, 10),)


def union(*sets: Ranges) -> Ranges:
    """Return what is in any of them."""
    out: list[tuple[int, int]] = []
    for low, high in sorted(one for ranges in sets for one in ranges):
        if out and low <= out[-1][1] + 1:
            out[-1] = (out[-1][0], max(high, out[-1][1]))
        else:
            out.append((low, high))
    return tuple(out)


def others(ranges: Ranges) -> Ranges:
    """Return all code points that are not in the set."""
    out, at = [], 0
    for low, high in ranges:
        if low > at:
            out.append((at, low - 1))
        at = high + 1
    return (*out, (at, LAST)) if at <= LAST else tuple(out)


def intersection(one: Ranges, other: Ranges) -> Ranges:
    """Return what is in both."""
    out = []
    at = 0
    for low, high in one:
        while at < len(other) and other[at][1] < low:
            at += 1
        for place in range(at, len(other)):
            bottom, top = other[place]
            if bottom > high:
                break
            out.append((max(low, bottom), min(high, top)))
    return tuple(out)


def difference(one: Ranges, other: Ranges) -> Ranges:
    """Return what is in the first and not in the other."""
    return intersection(one, others(other))


def contains(ranges: Ranges, point: int) -> bool:
    """Tell whether a code point is in the set."""
    at = bisect_right(ranges, (point, LAST)) - 1
    return at >= 0 and point <= ranges[at][1]
