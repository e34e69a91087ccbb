"""Finds the rows worth a look among many: one pass of the kernel over all of them."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import cache

from repair.kernel.scan import scan
from repair.rules import RULES
from repair.triggers import triggers
from repair.types import Rule

# In a group of this many bytes most find nothing even where one row in a hundred is damaged, and
# the call costs little beside them.
GROUP = 1 << 12


class Sieve:
    """Knows what the rules want to see of a text."""

    def __init__(self, rules: Sequence[Rule] = RULES) -> None:
        self._triggers = triggers()
        masks = {mask for rule in rules for mask in self._triggers.masks(rule)}
        self._masks = frozenset(masks | set(self._triggers.also))
        self._known: dict[int, bool] = {}

    def lines(self, data: bytes, whole: bytes | None = None) -> Iterator[tuple[int, int]]:
        """Yield the spans of lines, with their ends, in which something may be found.

        ``data`` is in UTF-8, and no line is evidence for another. ``whole`` is as long and has
        fewer line ends: then its lines are those that are meant.
        """
        whole = data if whole is None else whole
        start = 0
        while start < len(data):
            end = start + GROUP
            end = len(data) if end >= len(data) else whole.find(b"\n", end) + 1 or len(data)
            if self.wants(data[start:end]):
                lines = _lines(whole, start, end)
                yield from (span for span in lines if self.wants(data[span[0] : span[1]]))
            start = end

    def wants(self, data: bytes) -> bool:
        """Tell whether something may be found in a text; also where it is not in UTF-8."""
        found = scan(data, self._triggers.tables)
        return found.invalid >= 0 or self._is_wanted(self._triggers.signs(found))

    def _is_wanted(self, signs: int) -> bool:
        known = self._known.get(signs)
        if known is None:
            known = any(signs & mask == mask for mask in self._masks)
            self._known[signs] = known
        return known


@cache
def sieve() -> Sieve:
    """Return the sieve for the rules that come with the package."""
    return Sieve()


def _lines(data: bytes, start: int, end: int) -> Iterator[tuple[int, int]]:
    while start < end:
        stop = data.find(b"\n", start, end) + 1 or end
        yield start, stop
        start = stop
