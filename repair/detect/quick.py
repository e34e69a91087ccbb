"""Evidence that the kernel weighs; for where that is compiled."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from functools import cache

from repair.detect.encodings import USAGE_OF, Usage
from repair.detect.lens import BOX, FOREIGN, character
from repair.detect.words import MOST_PLAIN, MOST_REPEATED
from repair.kernel.lenses import Lens, Reader, bounds, gather
from repair.model import judge
from repair.model.judge import UNIT


class Weighed:
    """Evidence that is weighed by the kernel: ``likelihood.Evidence``."""

    def __init__(self, pieces: Iterable[bytes], budget: int) -> None:
        costs = judge().compiled
        self._found = gather(costs, list(pieces), budget, MOST_PLAIN, MOST_REPEATED)
        self.pieces: Sequence[bytes] = self._found.pieces
        self.plain = self._found.plain
        self.total = self._found.total()
        self.ascii = int(self._found.ascii) * UNIT

    def pairs(self) -> frozenset[int]:
        """Return the pairs of bytes of which one is beyond ASCII."""
        return frozenset(self._found.pairs())

    def bounds(self, usages: Sequence[Usage]) -> list[float]:
        """Return nats that the pairs cost at least in one-byte encodings, and their priors."""
        lenses = [_lens(usage.name) for usage in usages]
        units = zip(bounds(lenses, self._found), usages, strict=True)
        return [least * UNIT - usage.prior for least, usage in units]

    def read_as(self, usage: Usage) -> tuple[float, str]:
        """Return what the pairs cost in a one-byte encoding, in nats, and in which language."""
        units, lane = _lens(usage.name).weigh(self._found)
        return units * UNIT - usage.prior, judge().group(usage.script).tags[lane]

    def read(self, usage: Usage, text: str) -> tuple[float, str]:
        """Return the same of an encoding that makes ``text`` of the pieces."""
        units, lane, plain = _reader(usage.name).weigh(self._found, text, MOST_REPEATED)
        return (units + plain) * UNIT - usage.prior, judge().group(usage.script).tags[lane]


@cache
def _reader(name: str) -> Reader:
    usage = USAGE_OF[name]
    group = judge().group(usage.script)
    foreign = round(FOREIGN / UNIT)
    against = [
        rare + foreign * (tag not in usage.languages)
        for tag, rare in zip(group.tags, group.rarity, strict=True)
    ]
    return Reader(judge().compiled, judge().number(usage.script), against)


@cache
def _lens(name: str) -> Lens:
    codes = [ord(character(value, name)) for value in range(256)]
    return Lens(_reader(name), codes, round(BOX / UNIT))
