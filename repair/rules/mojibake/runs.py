"""Where two versions of a line differ, as pairs of short runs."""

from __future__ import annotations

import re
from collections.abc import Iterator

Run = tuple[int, int, str]
"""Offsets in the line as it was, and what stands there now."""

# No decoder changes these, and none makes them of anything else, so both versions of a line have
# them in the same order and number. The second set leaves out what may come or go where bytes
# were lost: a space for A0, a question mark or a control for any byte.
FIXED_POINTS = (re.compile(r"[\x00-\x7f]+"), re.compile(r"[\n!->@-~]+"))


def changed_runs(before: str, after: str) -> Iterator[Run]:
    """Yield the shortest runs that lead from ``before`` to ``after``, cut at fixed points."""
    return _between(before, after, 0, FIXED_POINTS[::-1])


def _between(
    before: str, after: str, at: int, anchors: tuple[re.Pattern[str], ...]
) -> Iterator[Run]:
    if before == after:
        return
    if anchors:
        old, new = _gaps(before, anchors[0]), _gaps(after, anchors[0])
        if [fixed for _, _, fixed in old] != [fixed for _, _, fixed in new]:
            old, new = [(0, before, "")], [(0, after, "")]
        for (start, was, _), (_, now, _) in zip(old, new, strict=True):
            yield from _between(was, now, at + start, anchors[1:])
    else:
        yield _trimmed(before, after, at)


def _gaps(line: str, fixed: re.Pattern[str]) -> list[tuple[int, str, str]]:
    """What stands between fixed points: where, what, and the fixed point that ends it."""
    gaps, at = [], 0
    for match in fixed.finditer(line):
        gaps.append((at, line[at : match.start()], match[0]))
        at = match.end()
    return [*gaps, (at, line[at:], "")]


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
