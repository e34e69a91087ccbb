"""What the ASCII words of a text say about its language."""

from __future__ import annotations

from typing import Final

from librt.vecs import vec
from mypy_extensions import i64

from repair.kernel.rows import added, zeros

LETTERS: Final = 27
"""The ASCII letters, and the space before them."""
HEARD: Final = 64
"""So many texts are known by their words: a power of two. They are no longer than that:"""
LONG: Final = 1000


class Heard:
    """What the ASCII words of a text say: readings of the same bytes have the same."""

    def __init__(self, words: vec[i64], count: i64, against: vec[i64]) -> None:
        self.words: vec[i64] = zeros(count)
        at: i64 = 0
        while at < count:
            self.words[at] = words[at]
            at += 1
        self.against: vec[i64] = against

    def of(self, words: vec[i64], count: i64) -> bool:
        """Tell whether it is these words that say so."""
        own = self.words
        if len(own) != count:
            return False
        at: i64 = 0
        while at < count:
            if own[at] != words[at]:
                return False
            at += 1
        return True


class Words:
    """The costs of pairs of ASCII letters for the languages of the Latin script."""

    def __init__(
        self, rows: bytes, lanes: int, english: int, tempered: list[int], latin: tuple[int, int]
    ) -> None:
        self.rows: bytes = rows
        """By the first letter times 27, plus the second."""
        self.lanes: i64 = lanes
        self.english: i64 = english
        """The lane that says how much like words they are."""
        self.tempered: vec[i64] = vec[i64]([i64(units) for units in tempered])
        """By the units that a language is behind the best: what counts of them."""
        self.last: i64 = tempered[-1]
        """It grows no more then."""
        self.word: i64 = latin[0]
        """What each word but one says against other scripts, in units, and all of them at most."""
        self.most: i64 = latin[1]
        self.kept: list[Heard | None] = [None] * HEARD

    def heard(self, pairs: vec[i64], count: i64) -> vec[i64]:
        """Return what so many pairs of letters say against each Latin lane, in units.

        What they say against other scripts comes last. ``pairs`` are where their rows begin.
        """
        mixed: i64 = count
        at: i64 = 0
        while at < count:
            mixed += pairs[at]
            at += 1
        slot: i64 = mixed & (HEARD - 1)
        known = self.kept[slot]
        if known is not None and known.of(pairs, count):
            return known.against
        against = self.against(pairs, count)
        if count <= LONG:
            self.kept[slot] = Heard(pairs, count, against)
        return against

    def against(self, pairs: vec[i64], count: i64) -> vec[i64]:
        """Return the same, which is not known yet."""
        tempered = self.tempered
        lanes: i64 = self.lanes
        wide = added(self.rows, pairs, count, lanes)
        least: i64 = wide[0]
        lane: i64 = 1
        while lane < lanes:
            least = min(least, wide[lane])
            lane += 1
        out = zeros(lanes + 1)
        last: i64 = len(tempered) - 1
        lane = 0
        while lane < lanes:
            behind: i64 = wide[lane] - least
            behind = min(behind, last)
            out[lane] = tempered[behind]
            lane += 1
        # Words begin behind nothing, all but the first of them behind another.
        others: i64 = 0
        at: i64 = 1
        while at < count:
            if pairs[at] < LETTERS * lanes:
                others += self.word
            at += 1
        others = min(others, self.most)
        out[lanes] = out[self.english] + others
        return out
