"""What the ASCII words of a text say about its language."""

from __future__ import annotations

from typing import Final

from librt.vecs import vec
from mypy_extensions import i32, i64

from repair.kernel.rows import added, zeros

LETTERS: Final = 27
"""The ASCII letters, and the space before them."""
HEARD: Final = 64
"""So many texts are known by their words: a power of two. They are no longer than that:"""
LONG: Final = 1000


class Heard:
    """What the ASCII words of a text say: readings of the same bytes have the same."""

    def __init__(self, pairs: vec[i32], count: i64, lanes: i64) -> None:
        self.pairs: vec[i32] = vec[i32]([i32(0)] * count)
        at: i64 = 0
        while at < count:
            self.pairs[at] = pairs[at]
            at += 1
        self.against: vec[i64] = zeros(lanes)
        """What they say against each Latin lane, in units."""
        self.costs: vec[i64] = zeros(lanes)
        """The same, and what each costs in any case."""
        self.others: i64 = 0
        """What they say against other scripts."""

    def of(self, pairs: vec[i32], count: i64) -> bool:
        """Tell whether it is these pairs of letters that say so."""
        own = self.pairs
        if len(own) != count:
            return False
        at: i64 = 0
        while at < count:
            if own[at] != pairs[at]:
                return False
            at += 1
        return True


class Words:
    """The costs of pairs of ASCII letters for the languages of the Latin script."""

    def __init__(  # noqa: PLR0913, PLR0917
        self,
        rows: bytes,
        always: list[int],
        english: int,
        tempered: list[int],
        word: int,
        most: int,
    ) -> None:
        self.rows: bytes = rows
        """By the first letter times 27, plus the second."""
        self.lanes: i64 = len(always)
        self.always: vec[i64] = vec[i64]([i64(units) for units in always])
        """What each language costs in any case."""
        self.english: i64 = english
        """The lane that says how much like words they are."""
        self.tempered: vec[i64] = vec[i64]([i64(units) for units in tempered])
        """By the units that a language is behind the best: what counts of them. It grows no more
        at the end."""
        self.against_one: i64 = tempered[-1]
        """What words say at most against a Latin language."""
        self.word: i64 = word
        """What each word but one says against other scripts."""
        self.most: i64 = most
        """What all of them say at most, because they are words."""
        self.kept: list[Heard | None] = [None] * HEARD

    def heard(self, pairs: vec[i32], count: i64, mixed: i64) -> Heard:
        """Return what so many pairs of letters say; ``pairs`` are where their rows begin.

        ``mixed`` is their sum.
        """
        slot: i64 = mixed & (HEARD - 1)
        known = self.kept[slot]
        if known is not None and known.of(pairs, count):
            return known
        heard = self.new(pairs, count)
        if count <= LONG:
            self.kept[slot] = heard
        return heard

    def new(self, pairs: vec[i32], count: i64) -> Heard:
        """Return the same, which is not known yet."""
        tempered = self.tempered
        always = self.always
        lanes: i64 = self.lanes
        wide = added(self.rows, pairs, count, lanes)
        least: i64 = wide[0]
        lane: i64 = 1
        while lane < lanes:
            least = min(least, wide[lane])
            lane += 1
        heard = Heard(pairs, count, lanes)
        against = heard.against
        costs = heard.costs
        last: i64 = len(tempered) - 1
        lane = 0
        while lane < lanes:
            behind: i64 = wide[lane] - least
            units: i64 = tempered[min(behind, last)]
            against[lane] = units
            costs[lane] = units + always[lane]
            lane += 1
        # Words begin behind nothing, all but the first of them behind another.
        others: i64 = 0
        first: i64 = LETTERS * lanes
        at: i64 = 1
        while at < count:
            if i64(pairs[at]) < first:
                others += self.word
            at += 1
        heard.others = against[self.english] + min(others, self.most)
        return heard
