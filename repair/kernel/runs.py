"""Where two versions of a line differ, as pairs of short runs, cut at fixed points.

No decoder changes ASCII, and none makes it of anything else, so both versions of a line have it
in the same order and number. What may come or go where bytes were lost is left out at first: a
space for A0, a question mark or a control for any byte.
"""

from __future__ import annotations

from typing import Final

from repair.kernel.native import i64

Run = tuple[int, int, str]
"""Offsets in the line as it was, and what stands there now."""

LAST: Final = 0x7F  # of ASCII
ALL: Final = b"\1" * 0x80
KEPT: Final = bytes([c == 0xA or (0x20 < c < LAST and c != 0x3F) for c in range(0x80)])
"""Of ASCII, what neither comes nor goes where bytes were lost."""


def changed_runs(before: str, after: str) -> list[Run]:
    """Return the shortest runs that lead from ``before`` to ``after``, cut at fixed points."""
    found: list[Run] = []
    if before != after:
        _Versions(before, after, found).between(0, len(before), 0, len(after), lossy=True)
    return found


class _Versions:
    def __init__(self, before: str, after: str, found: list[Run]) -> None:
        self._before: str = before
        self._after: str = after
        self._found: list[Run] = found

    def between(self, low: i64, high: i64, new_low: i64, new_high: i64, *, lossy: bool) -> None:
        """Add the runs of a part of the line, which is new_low..new_high now."""
        known = len(self._found)
        if not self._are_cut(low, high, new_low, new_high, lossy=lossy):
            del self._found[known:]
            self._add(low, high, new_low, new_high, lossy=lossy)

    def _are_cut(self, low: i64, high: i64, new_low: i64, new_high: i64, *, lossy: bool) -> bool:
        """Add what lies between fixed points, if both versions have the same of these."""
        before, after = self._before, self._after
        fixed = KEPT if lossy else ALL
        while True:
            at: i64 = _next_fixed(before, low, high, fixed)
            new_at: i64 = _next_fixed(after, new_low, new_high, fixed)
            if at > low or new_at > new_low:
                self._add(low, at, new_low, new_at, lossy=lossy)
            while at < high and new_at < new_high:
                code: i64 = ord(before[at])
                if code > LAST or not fixed[code] or code != ord(after[new_at]):
                    break
                at += 1
                new_at += 1
            if at == high and new_at == new_high:
                return True
            if _is_fixed(before, at, high, fixed) or _is_fixed(after, new_at, new_high, fixed):
                return False
            low, new_low = at, new_at

    def _add(self, low: i64, high: i64, new_low: i64, new_high: i64, *, lossy: bool) -> None:
        """Add what differs, without what both versions have at its beginning and its end."""
        before, after = self._before, self._after
        left: i64 = low
        new_left: i64 = new_low
        while left < high and new_left < new_high and ord(before[left]) == ord(after[new_left]):
            left += 1
            new_left += 1
        if left == high and new_left == new_high:
            return
        if lossy:
            self.between(low, high, new_low, new_high, lossy=False)
            return
        while left < high and new_left < new_high:
            if ord(before[high - 1]) != ord(after[new_high - 1]):
                break
            high -= 1
            new_high -= 1
        self._found.append((left, high, after[new_left:new_high]))


def _next_fixed(text: str, at: i64, end: i64, fixed: bytes) -> i64:
    while at < end:
        code: i64 = ord(text[at])
        if code <= LAST and fixed[code]:
            break
        at += 1
    return at


def _is_fixed(text: str, at: i64, end: i64, fixed: bytes) -> bool:
    return at < end and _next_fixed(text, at, at + 1, fixed) == at
