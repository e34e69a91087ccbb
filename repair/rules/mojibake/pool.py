"""What a file tells about its lines: damage seldom comes alone, and the same all over."""

from __future__ import annotations

import math
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from typing import NamedTuple

from repair.rules.mojibake.layers import Layer
from repair.rules.mojibake.weighing import Line, Weighed

# A chain that is the best reading of so many lines, which gain so much together, happened: its
# price is paid by the file, not by each line. Of 528 files of 300 clean lines each, in 148
# languages, only those that their translators damaged show one.
FEW, ENOUGH, EACH = 3, 30.0, 2.0
# Where it is not one over UTF-8, one line must show it by itself.
CLEAR, FEW_LETTERS = 10.0, 4
# The share of damaged lines in the file counts for no more than so many nats.
MOST = 6.0

Layers = tuple[Layer, ...]


class Pool(NamedTuple):
    """The chains that happened to a file, with what each line may be credited for it."""

    chains: Mapping[Layers, float]

    def credit(self, weighed: Weighed) -> Weighed:
        """Return a reading without the price of its chain, if that is known to have happened."""
        credit = self.chains.get(weighed.reading.layers)
        if credit is None:
            return weighed
        gain = weighed.gain + weighed.reading.price + credit
        return weighed._replace(gain=gain, each=gain / weighed.changed)


def happened(lines: Iterable[Line]) -> tuple[Layers, ...]:
    """Return the chains that the suspicious lines of a file show together."""
    totals: dict[Layers, float] = defaultdict(float)
    hits: Counter[Layers] = Counter()
    clear: set[Layers] = set()
    for line in lines:
        for number, weighed in enumerate(line.readings):
            layers = weighed.reading.layers
            if layers and not weighed.reading.half:
                gain = weighed.gain + weighed.reading.price
                totals[layers] += gain
                utf8 = layers[0].written_as == "utf-8"
                if utf8 or (weighed.gain >= CLEAR and weighed.changed >= FEW_LETTERS):
                    clear.add(layers)
                hits[layers] += number == 0 and gain > EACH * weighed.changed
    return tuple(
        layers for layers in sorted(clear) if hits[layers] >= FEW and totals[layers] >= ENOUGH
    )


def pooled(chains: Iterable[Layers], lines: Sequence[Line], beyond_ascii: int) -> Pool:
    """Return what each chain is worth, by the share of the lines beyond ASCII that it fits."""
    worth = {}
    for layers in chains:
        fits = sum(
            weighed.gain + weighed.reading.price > 0
            for line in lines
            for weighed in line.readings
            if weighed.reading.layers == layers
        )
        others = max(beyond_ascii - fits, 0)
        worth[layers] = min(MOST, max(0.0, math.log((fits + 0.5) / (others + 0.5))))
    return Pool(worth)
