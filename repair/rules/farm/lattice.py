"""What the judge thinks of a text that grows character by character."""

from __future__ import annotations

from functools import cache
from typing import NamedTuple

from repair.model.chinese import LONGEST, STRANGER, chinese, fold
from repair.rules.farm.letters import simplified_only
from repair.tables import hanzi

LOST = "\ufffd"
"""Stands for a character that cannot be known."""
LOST_COST = STRANGER / 2
# What it costs, in nats, that a page of traditional forms holds a simplified one.
SIMPLIFIED_COST = 10.0
NEVER = 1e9


class Judged(NamedTuple):
    """What the judge is shown for a character of the traditional page."""

    text: str
    mark: int
    cost: float
    """Alone, in nats."""
    surcharge: float


@cache
def judged(character: str) -> Judged:
    """Return what the judge is shown for ``character``."""
    row = hanzi().get(character)
    text = fold(row.simplified[0] if row else character)
    model = chinese()
    surcharge = SIMPLIFIED_COST if character in simplified_only() else 0.0
    return Judged(text, model.mark(text), model.character_cost(text), surcharge)


class Lattice(NamedTuple):
    """The costs of the text so far, cut into words in the best way."""

    tail: str
    """The last Han characters, as the judge reads them."""
    mark: int
    """The number of the last character's mark."""
    costs: tuple[float, float, float, float]
    """Of the text up to each of the last places, in nats."""

    @property
    def cost(self) -> float:
        """Of the whole text."""
        return self.costs[-1]

    def plus(self, cost: float) -> Lattice:
        """Return the lattice with every cost higher by ``cost``."""
        a, b, c, d = self.costs
        return self._replace(costs=(a + cost, b + cost, c + cost, d + cost))

    def extended(self, text: str) -> Lattice:
        """Return the lattice of the text so far and ``text``."""
        lattice = self
        for character in text:
            lattice = lattice._with(character)
        return lattice

    def _with(self, character: str) -> Lattice:
        model, seen = chinese(), judged(character)
        if character == LOST:
            return Lattice("", -1, (NEVER, NEVER, NEVER, self.cost + LOST_COST))
        if seen.mark:
            due = model.beside(self.mark, seen.mark) + seen.cost + seen.surcharge
            return Lattice("", seen.mark, (NEVER, NEVER, NEVER, self.cost + due))
        tail, costs = self.tail, self.costs
        if self.mark:
            tail, costs = "", (NEVER, NEVER, NEVER, self.cost + model.beside(self.mark, 0))
        run = tail + seen.text
        best = NEVER
        for length in range(1, len(run) + 1):
            word = model.word(run[-length:])
            if word is not None and costs[-length] + word.cost < best:
                best = costs[-length] + word.cost
        return Lattice(run[1 - LONGEST :], 0, (*costs[1:], best + seen.surcharge))


EMPTY = Lattice("", -1, (NEVER, NEVER, NEVER, 0.0))
