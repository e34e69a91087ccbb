"""What a file tells about its lines: damage seldom comes alone, and the same all over."""

from __future__ import annotations

import math
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from functools import lru_cache
from typing import NamedTuple

from repair.rules.mojibake.layers import Layer
from repair.rules.mojibake.weighing import Line, Weighed
from repair.rules.mojibake.words import are_in_words, changed_words

# A chain that is the best reading of so many lines, which gain so much together, happened: its
# price is paid by the file, not by each line. Of 528 files of 300 clean lines each, in 148
# languages, only those that their translators damaged show one.
FEW, ENOUGH, EACH = 3, 30.0, 2.0
# What is the same word each time counts once. One line must show the chain by itself; where it is
# not one over UTF-8, clearly, or so many words do.
CLEAR_UTF8, CLEAR, FEW_LETTERS, WORDS = 3.0, 10.0, 4, 4
# The share of damaged lines in the file counts for no more than so many nats.
MOST = 6.0
# A line that is no worse by so many nats does not speak against the chain.
UNDECIDED = 3.0

Layers = tuple[Layer, ...]

# Several chains have the same reading.
_changed_words = lru_cache(64)(changed_words)


class Pool(NamedTuple):
    """The chains that happened to a file, with what each line may be credited for it."""

    chains: Mapping[Layers, float]

    def credit(self, weighed: Weighed) -> Weighed:
        """Return a reading without the price of its chain, if that is known to have happened."""
        layers = self.chain_of(weighed)
        return weighed if layers is None else self.credited(weighed, layers)

    def credited(self, weighed: Weighed, layers: Layers) -> Weighed:
        """Return a reading without the price of one of these chains."""
        reading, changed = weighed.reading, weighed.changed
        gain = weighed.gain + reading.price + self.chains[layers]
        if layers != reading.layers:
            reading = reading._replace(layers=layers)
        return Weighed(reading, gain, gain / changed, weighed.agreed, changed)

    def chain_of(self, weighed: Weighed) -> Layers | None:
        """Return the chain of the file that gives this reading, of several the one that fits."""
        if not self.chains:
            return None
        known = [layers for layers in all_layers(weighed) if layers in self.chains]
        return max(known, key=self.chains.__getitem__, default=None)


def all_layers(weighed: Weighed) -> tuple[Layers, ...]:
    """Return all layers that give a reading."""
    return (weighed.reading.layers, *weighed.reading.also)


class _Signs:
    """What the lines of a file show of one chain."""

    def __init__(self) -> None:
        self.total = 0.0
        self.hits: set[int] = set()
        self.places: set[str] = set()
        self.words: set[str] = set()
        self.clear = False

    def add(self, line: Line, weighed: Weighed, *, best: bool) -> None:
        """Add what a reading shows, and whether it is the best one of its line."""
        gain = weighed.gain + weighed.reading.price
        self.total += gain
        utf8 = weighed.reading.layers[0].written_as == "utf-8"
        if (utf8 and weighed.gain >= CLEAR_UTF8) or (
            weighed.gain >= CLEAR and weighed.changed >= FEW_LETTERS
        ):
            self.clear = True
        if best and gain > EACH * weighed.changed:
            self.hits.add(line.at)
            if len(self.places) < FEW:  # more of them tell no more
                self.places |= _changed_words(line.text, weighed.reading.text)
            if not utf8 and are_in_words(line.text, weighed.reading.text, weighed.reading.code):
                self.words.add(line.text)

    def happened(self) -> bool:
        clear = self.clear or len(self.words) >= WORDS
        few = min(len(self.hits), len(self.places)) < FEW
        return clear and not few and self.total >= ENOUGH


def happened(lines: Iterable[Line]) -> tuple[Layers, ...]:
    """Return the chains that the suspicious lines of a file show together.

    Of those that explain the same lines it is the one that explains them best.
    """
    signs: dict[Layers, _Signs] = defaultdict(_Signs)
    for line in lines:
        for number, weighed in enumerate(line.readings):
            if weighed.reading.layers and not weighed.reading.half:
                for layers in all_layers(weighed):
                    signs[layers].add(line, weighed, best=not number)
    chains: list[Layers] = []
    explained: set[int] = set()
    for layers, sign in sorted(signs.items(), key=lambda each: (-each[1].total, each[0])):
        if sign.happened() and len(sign.hits - explained) >= FEW:
            chains.append(layers)
            explained |= sign.hits
    return tuple(chains)


def pooled(chains: Iterable[Layers], lines: Sequence[Line], beyond_ascii: int) -> Pool:
    """Return what each chain is worth, by the share of the lines beyond ASCII that it fits."""
    worth = {}
    for layers in chains:
        gains = [
            weighed.gain + weighed.reading.price
            for line in lines
            for weighed in line.readings
            if layers in all_layers(weighed)
        ]
        fits = sum(gain > 0 for gain in gains)
        open_ = sum(-UNDECIDED <= gain <= 0 for gain in gains)
        others = max(beyond_ascii - fits - open_, 0)
        worth[layers] = min(MOST, max(0.0, math.log((fits + 0.5) / (others + 0.5))))
    return Pool(worth)
