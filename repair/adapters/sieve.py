"""Finds the rows worth a look among many: one pass of the kernel over all of them."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import cache

from repair.kernel.scan import scan
from repair.rules import RULES
from repair.triggers import triggers
from repair.types import Rule


class Sieve:
    """Knows what the rules want to see of a text."""

    def __init__(self, rules: Sequence[Rule] = RULES) -> None:
        self._triggers = triggers()
        self._far = self._triggers.far
        masks = {mask for rule in rules for mask in self._triggers.masks(rule)}
        self._masks = frozenset(masks | set(self._triggers.also))
        # Signs that count wherever they are in a row, and so tell nothing of where it is
        self._anywhere = [mask for mask in self._masks if not mask & ~self._far]
        self._known: dict[int, bool] = {}

    def lines(self, data: bytes, whole: bytes | None = None) -> list[tuple[int, int]] | None:
        """Return the spans of lines, without their ends, in which something may be found.

        ``data`` is in UTF-8, and no line is evidence for another; ``None`` if it is not in UTF-8.
        ``whole`` is as long, and has fewer line ends: what is asked of a text as a whole is asked
        of its lines.
        """
        found = scan(data, self._triggers.tables)
        if found.invalid >= 0:
            return None
        far = int(found.seen) & self._far
        if any(mask & far == mask for mask in self._anywhere):
            return [span for span in _lines(whole or data) if self.wants(data[slice(*span)])]
        return [(start, end) for start, end, signs in found.lines if self._is_wanted(signs | far)]

    def wants(self, data: bytes) -> bool:
        """Tell whether something may be found in a text."""
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


def _lines(data: bytes) -> Iterator[tuple[int, int]]:
    start = 0
    while (end := data.find(b"\n", start)) >= 0:
        yield start, end
        start = end + 1
    if start < len(data):
        yield start, len(data)
