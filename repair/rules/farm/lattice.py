"""What the judge thinks of a text that grows character by character."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from repair.kernel.words import LONGEST, NO_WORD, STRANGER, Word, WordModel
from repair.model.chinese import chinese, fold
from repair.rules.farm.letters import simplified_only
from repair.tables import hanzi

LOST: Final = "\ufffd"
"""Stands for a character that cannot be known."""
LOST_COST: Final = STRANGER / 2
# What it costs, in nats, that a page of traditional forms holds a simplified one.
SIMPLIFIED_COST: Final = 10.0
NEVER: Final = 1e9


class Judged:
    """What the judge is shown for a character of the traditional page."""

    __slots__ = ("cost", "mark", "surcharge", "text")

    def __init__(self, text: str, mark: int, cost: float, surcharge: float) -> None:
        self.text: str = text
        self.mark: int = mark
        self.cost: float = cost
        """Alone, in nats."""
        self.surcharge: float = surcharge


_KNOWN: Final[dict[str, Judged]] = {}


def judged(character: str) -> Judged:
    """Return what the judge is shown for ``character``."""
    known = _KNOWN.get(character)
    if known is not None:
        return known
    row = hanzi().get(character)
    text = fold(row.simplified[0] if row else character)
    model = chinese()
    surcharge = SIMPLIFIED_COST if character in simplified_only() else 0.0
    seen = Judged(text, model.mark(text), model.character_cost(text), surcharge)
    _KNOWN[character] = seen
    return seen


class Lattice:
    """The costs of the text so far, cut into words in the best way; never changed."""

    __slots__ = ("before_1", "before_2", "before_3", "cost", "mark", "tail")

    def __init__(  # noqa: PLR0913, PLR0917
        self,
        tail: str,
        mark: int,
        before_3: float,
        before_2: float,
        before_1: float,
        cost: float,
    ) -> None:
        self.tail: str = tail
        """The last Han characters, as the judge reads them."""
        self.mark: int = mark
        """The number of the last character's mark."""
        self.before_3: float = before_3
        self.before_2: float = before_2
        self.before_1: float = before_1
        """Of the text without its last character, in nats."""
        self.cost: float = cost
        """Of the whole text."""

    def plus(self, cost: float) -> Lattice:
        """Return the lattice with every cost higher by ``cost``."""
        return Lattice(
            self.tail,
            self.mark,
            self.before_3 + cost,
            self.before_2 + cost,
            self.before_1 + cost,
            self.cost + cost,
        )

    def extended(self, text: str) -> Lattice:
        """Return the lattice of the text so far and ``text``."""
        if not text:
            return self
        model = chinese()
        lattice = self
        for character in text:
            lattice = lattice.followed(character, model)
        return lattice

    def costs_with(self, characters: Sequence[str], model: WordModel) -> list[float]:
        """Return the costs of the text so far and each character: those of what it is then."""
        tail = self.tail
        before = (self.before_1, self.before_2, self.before_3)
        longer: list[tuple[dict[str, Word], float]] = []
        for length in range(1, len(tail) + 1):
            words = model.following(tail[-length:])
            if words:
                longer.append((words, before[length - 1]))
        alone = self.cost + model.beside(self.mark, 0) if self.mark else self.cost
        costs: list[float] = []
        for character in characters:
            seen = judged(character)
            if seen.mark:
                due = model.beside(self.mark, seen.mark) + seen.cost + seen.surcharge
                costs.append(self.cost + due)
                continue
            best = min(NEVER, alone + seen.cost)
            for words, cost in longer:
                word = words.get(seen.text)
                if word is not None:
                    best = min(best, cost + word.cost)
            costs.append(best + seen.surcharge)
        return costs

    def _best(self, run: str, alone: float, model: WordModel) -> float:
        """Return the cost of the text with the last character of ``run``, which it ends in."""
        before = (self.before_1, self.before_2, self.before_3)
        best = min(NEVER, self.cost + alone)
        for length in range(2, len(run) + 1):
            word = model.word_or_none(run[-length:])
            if word is not NO_WORD:
                best = min(best, before[length - 2] + word.cost)
        return best

    def followed(self, character: str, model: WordModel) -> Lattice:
        """Return the lattice of the text so far and a character."""
        if character == LOST:
            return Lattice("", -1, NEVER, NEVER, NEVER, self.cost + LOST_COST)
        seen = judged(character)
        if seen.mark:
            due = model.beside(self.mark, seen.mark) + seen.cost + seen.surcharge
            return Lattice("", seen.mark, NEVER, NEVER, NEVER, self.cost + due)
        if self.mark:
            best = self.cost + model.beside(self.mark, 0)
            best_now = min(NEVER, best + seen.cost)
            return Lattice(seen.text, 0, NEVER, NEVER, best, best_now + seen.surcharge)
        run = self.tail + seen.text
        best = self._best(run, seen.cost, model)
        return Lattice(
            run[1 - LONGEST :],
            0,
            self.before_2,
            self.before_1,
            self.cost,
            best + seen.surcharge,
        )


EMPTY: Final = Lattice("", -1, NEVER, NEVER, NEVER, 0.0)
