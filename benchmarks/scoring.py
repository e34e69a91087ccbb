"""Compares a repaired line with the truth, and knows what nobody could have known."""

from __future__ import annotations

import re
from collections.abc import Collection
from dataclasses import dataclass
from difflib import SequenceMatcher

from benchmarks.farm_channel import FULL_WIDTH


@dataclass(slots=True)
class Score:
    """Counts over the lines of one kind of damage."""

    lines: int = 0
    losing: int = 0
    """Lines that lost a character for good: only a guess can make them exact."""
    exact: int = 0
    exact_losing: int = 0
    """Lines made exact by a good guess."""
    realigned: int = 0
    spots: int = 0
    """Places at which lines that are not even realigned differ from the truth."""

    def add(self, truth: str, ours: str, lost: Collection[int]) -> bool:
        """Count a line; tell whether it is exact."""
        exact = truth == ours
        realigned = exact or is_realigned(truth, ours, lost)
        self.lines += 1
        self.losing += bool(lost)
        self.exact += exact
        self.exact_losing += exact and bool(lost)
        self.realigned += realigned
        self.spots += 0 if realigned else wrong_spots(truth, ours)
        return exact

    @property
    def exact_of_whole(self) -> float:
        """Share of exact lines among those that lost nothing."""
        return (self.exact - self.exact_losing) / max(self.lines - self.losing, 1)

    def __add__(self, other: Score) -> Score:
        return Score(
            self.lines + other.lines,
            self.losing + other.losing,
            self.exact + other.exact,
            self.exact_losing + other.exact_losing,
            self.realigned + other.realigned,
            self.spots + other.spots,
        )


def is_realigned(truth: str, ours: str, lost: Collection[int]) -> bool:
    """Tell whether the line is the truth except for characters that are lost.

    In the place of each lost character stands exactly one, right, wrong or a placeholder.
    A lost ASCII character may be missing: a lead byte swallowed it and left no trace.
    """
    pattern = "".join(
        (".?" if character.isascii() else ".") if at in lost else re.escape(character)
        for at, character in enumerate(truth)
    )
    return re.fullmatch(pattern, ours, re.DOTALL) is not None


def wrong_spots(truth: str, ours: str) -> int:
    """Count the runs of characters that differ."""
    operations = SequenceMatcher(None, truth, ours, autojunk=False).get_opcodes()
    return sum(operation != "equal" for operation, *_ in operations)


def fold(text: str) -> str:
    """Write marks full-width, the way they may have stood before a farm folded them."""
    return text.translate(FULL_WIDTH)
