"""What a file tells about its lines: damage seldom comes alone, and the same all over."""

from __future__ import annotations

import math
from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from typing import NamedTuple

from repair.rules.mojibake.layers import Layer
from repair.rules.mojibake.weighing import Line, Weighed

# A chain that is the best reading of so many lines, which gain so much together, happened.
# Of clean catalogues, of 148 languages, 300 lines each, none has one.
FEW, ENOUGH = 3, 40.0
# The share of damaged lines in the file counts for no more than so many nats.
MOST = 6.0


class Pool(NamedTuple):
    """The chains that happened to a file, with what each line may be credited for it."""

    chains: Mapping[tuple[Layer, ...], float]

    def credit(self, best: Weighed) -> Weighed:
        """Return a reading without the price of its chain, if that is known to have happened."""
        credit = self.chains.get(best.reading.layers)
        if credit is None:
            return best
        gain = best.gain + best.reading.price + credit
        return best._replace(
            gain=gain, each=gain / best.changed, reading=best.reading._replace(price=-credit)
        )


def pooled(lines: Sequence[Line], beyond_ascii: int) -> Pool:
    """Return what the suspicious lines, among so many beyond ASCII, tell together."""
    totals: dict[tuple[Layer, ...], float] = defaultdict(float)
    hits: Counter[tuple[Layer, ...]] = Counter()
    for line in lines:
        for number, weighed in enumerate(line.readings):
            layers = weighed.reading.layers
            if layers and not weighed.reading.half:
                totals[layers] += weighed.gain
                hits[layers] += number == 0 and weighed.gain > 0
    chains = {}
    for layers, total in totals.items():
        if hits[layers] >= FEW and total >= ENOUGH:
            others = max(beyond_ascii - hits[layers], 0)
            chains[layers] = min(MOST, max(0.0, math.log((hits[layers] + 0.5) / (others + 0.5))))
    return Pool(chains)
