"""Where two versions of a line differ, as pairs of short runs."""

from __future__ import annotations

import re
from collections.abc import Iterator

Run = tuple[int, int, str]
"""Offsets in the line as it was, and what stands there now."""

# No decoder changes these, and none makes them of anything else, so both versions of a line have
# them in the same order and number. The first set leaves out what may come or go where bytes
# were lost: a space for A0, a question mark or a control for any byte.
FIXED_POINTS = (re.compile(r"([\n!->@-~]+)"), re.compile(r"([\x00-\x7f]+)"))


def changed_runs(before: str, after: str) -> Iterator[Run]:
    """Yield the shortest runs that lead from ``before`` to ``after``, cut at fixed points."""
    if before != after:
        yield from _between(before, after, 0, FIXED_POINTS)


def _between(before: str, after: str, at: int, fixed: tuple[re.Pattern[str], ...]) -> Iterator[Run]:
    if not fixed:
        yield _trimmed(before, after, at)
        return
    # what lies between fixed points, and these, by turns
    old, new = fixed[0].split(before), fixed[0].split(after)
    if old[1::2] != new[1::2]:
        old, new = [before], [after]
    for was, now in zip(old, new, strict=True):
        if was != now:
            yield from _between(was, now, at, fixed[1:])
        at += len(was)


def _trimmed(before: str, after: str, at: int) -> Run:
    """Leave out what both have at their beginning and at their end."""
    most = min(len(before), len(after))
    left = 0
    while left < most and before[left] == after[left]:
        left += 1
    right = 0
    while right < most - left and before[-1 - right] == after[-1 - right]:
        right += 1
    return at + left, at + len(before) - right, after[left : len(after) - right]
