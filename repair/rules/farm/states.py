"""The states of the search over a line, and the steps between them."""

from __future__ import annotations

from enum import Enum
from typing import Final

from repair.kernel.words import WordModel
from repair.rules.farm.candidates import Lost
from repair.rules.farm.codepage import EURO, grid
from repair.rules.farm.lattice import Lattice

BEAM: Final = 24
# Nats behind the best state at which others are given up.
MARGIN: Final = 30.0
FEW: Final = 8
"""So many are compared with each other."""
NOTHING: Final[tuple[tuple[int, Lost], ...]] = ()


class Kind(Enum):
    """What the channel did to make a stretch of the damaged line."""

    PLAIN = 0
    READING = 1
    STRADDLE = 2
    CUT = 3
    SHARED = 4
    """A straddle whose first byte shows only as part of the mark before it."""
    HIDDEN = 5
    """A private-use character stood here and was stripped."""


class Step:
    """What the channel did to make a stretch of the damaged line, and of what.

    If that is plain, of any number of characters.
    """

    __slots__ = ("aligned", "end", "key", "kind", "lost", "pending", "start", "text")

    def __init__(
        self,
        start: int,
        end: int,
        text: str,
        kind: Kind = Kind.PLAIN,
        *,
        aligned: bool = True,
    ) -> None:
        self.start: int = start
        self.end: int = end
        self.text: str = text
        """The characters of the original that the step completes."""
        self.kind: Kind = kind
        self.aligned: bool = aligned
        """No byte waits for its trail, neither before nor after."""
        self.pending: int = -1
        """The byte that waits for its trail afterwards, or -1."""
        self.key: str = ""
        """The character whose annotation stood here."""
        self.lost: tuple[tuple[int, Lost], ...] = NOTHING
        """Which characters of the text are lost."""


class State(Lattice):
    """A possible original of the line up to a place, and the step that led there."""

    __slots__ = ("end", "key", "kind", "last", "lost", "parent", "pending", "start", "text")

    def __init__(self, parent: State | None, start: int, end: int) -> None:
        super().__init__()
        self.pending: int = -1
        """The byte that waits for its trail, or -1."""
        self.last: int = -1
        """The byte read last, or -1."""
        self.parent: State | None = parent
        self.start: int = start
        self.end: int = end
        self.kind: Kind = Kind.PLAIN
        self.key: str = ""
        self.lost: tuple[tuple[int, Lost], ...] = NOTHING
        self.text: str | None = None
        """What the step completed; ``None`` for the line as it stands."""
        if parent is not None:
            self.follow(parent)

    @property
    def is_split(self) -> bool:
        """Whether an annotation stands behind the byte that waits."""
        return bool(self.key)

    def bytes_are(self, pending: int, last: int) -> None:
        """Say which byte waits, and which was read last."""
        self.pending = pending
        self.last = last

    def supposes(self, kind: Kind, cost: float, key: str = "") -> None:
        """Say what was done here, and what it costs to suppose that."""
        self.kind = kind
        self.key = key
        if cost:
            self.raise_by(cost)

    def write(self, text: str, start: int, end: int, model: WordModel) -> State:
        """Return the state after ``text``."""
        state = State(self, start, end)
        state.text = text
        state.add(text, model)
        return state

    def read(self, first: int, second: int, start: int, end: int, model: WordModel) -> State | None:
        """Read one or two bytes (-1 for none) of the original; ``None`` if they make no text."""
        pending, last, text = self.pending, first, ""
        for number in range(2):
            byte = second if number else first
            if byte < 0:
                break
            last = byte
            if pending >= 0:
                character = grid()[pending << 8 | byte]
                if not character:
                    return None
                text = text + character if text else character
                pending = -1
            elif byte < EURO:
                text += chr(byte)
            elif byte == EURO:
                text += "€"
            else:
                pending = byte
        state = self.write(text, start, end, model)
        state.bytes_are(pending, last)
        return state

    def number(self) -> int:
        """Return what is alike in states of which one is enough."""
        # Where there are words there is no mark, and their characters have higher numbers.
        seen = int(self.tail) or self.mark + 1
        return seen << 10 | (self.last + 1) << 1 | (self.pending >= 0)

    def steps(self, line: str) -> list[Step]:
        """Return the steps that led here."""
        steps: list[Step] = []
        state = self
        while state.parent is not None:
            before = state.parent
            text = line[state.start : state.end] if state.text is None else state.text
            is_plain = state.kind is Kind.PLAIN or state.kind is Kind.READING
            aligned = is_plain and before.pending < 0 and state.pending < 0
            step = Step(state.start, state.end, text, state.kind, aligned=aligned)
            step.pending = state.pending
            step.key = state.key
            step.lost = state.lost
            steps.append(step)
            state = before
        return steps[::-1]


def best(states: list[State]) -> list[State]:
    """Keep the cheapest state of each kind, and of those the cheapest few, in order."""
    if len(states) <= 1:
        return states
    least = cheapest(_different(states), BEAM)
    limit = least[0].cost + MARGIN
    while least[-1].cost >= limit:
        least.pop()
    return least


def _different(states: list[State]) -> list[State]:
    """Return the cheapest state of each kind, where the first of the kind came."""
    kept: list[State] = []
    place_of: dict[int, int] = {}
    numbers: list[int] = []
    for state in states:
        number = state.number()
        if len(states) > FEW:
            place = place_of.setdefault(number, len(kept))
        else:
            place = 0
            while place < len(kept) and numbers[place] != number:
                place += 1
        if place == len(kept):
            kept.append(state)
            numbers.append(number)
        elif state.cost < kept[place].cost:
            kept[place] = state
    return kept


def cheapest(states: list[State], count: int) -> list[State]:
    """Return the cheapest few in order; of equal ones those that come first."""
    least: list[State] = []
    for state in states:
        cost = state.cost
        place = len(least)
        if place == count:
            if cost >= least[-1].cost:
                continue
            least.pop()
            place -= 1
        while place and cost < least[place - 1].cost:
            place -= 1
        least.insert(place, state)
    return least
