"""The states of the search over a line, and the steps between them."""

from __future__ import annotations

from enum import Enum
from typing import Final

from repair.rules.farm.candidates import Lost
from repair.rules.farm.codepage import EURO, grid
from repair.rules.farm.lattice import EMPTY, Lattice

BEAM: Final = 24
# Nats behind the best state at which others are given up.
MARGIN: Final = 30.0


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


class Move:
    """What a step supposes of a stretch of the damaged line."""

    __slots__ = ("cost", "end", "key", "kind", "lost", "start")

    def __init__(  # noqa: PLR0913, PLR0917
        self,
        start: int,
        end: int,
        kind: Kind = Kind.PLAIN,
        cost: float = 0.0,
        key: str = "",
        lost: tuple[tuple[int, Lost], ...] = (),
    ) -> None:
        self.start: int = start
        self.end: int = end
        self.kind: Kind = kind
        self.cost: float = cost
        """Of supposing it, in nats."""
        self.key: str = key
        """The character whose annotation stood here."""
        self.lost: tuple[tuple[int, Lost], ...] = lost
        """Which characters of the text that the step adds are lost."""


class Step:
    """A move, and the characters of the original that it completes: if plain, any number."""

    __slots__ = ("aligned", "move", "pending", "text")

    def __init__(self, move: Move, text: str, aligned: bool, pending: int = -1) -> None:  # noqa: FBT001
        self.move: Move = move
        self.text: str = text
        self.aligned: bool = aligned
        """No byte waits for its trail, neither before nor after."""
        self.pending: int = pending
        """The byte that waits for its trail afterwards, or -1."""


class State:
    """A possible original of the line up to a place."""

    __slots__ = ("last", "lattice", "parent", "pending", "step")

    def __init__(
        self, pending: int, last: int, lattice: Lattice, parent: State | None, step: Step | None
    ) -> None:
        self.pending: int = pending
        """The byte that waits for its trail, or -1."""
        self.last: int = last
        """The byte read last, or -1."""
        self.lattice: Lattice = lattice
        self.parent: State | None = parent
        self.step: Step | None = step

    @property
    def cost(self) -> float:
        """Of the whole text so far, in nats."""
        return self.lattice.cost

    @property
    def is_split(self) -> bool:
        """Whether an annotation stands behind the byte that waits."""
        return self.step is not None and bool(self.step.move.key)

    def read(self, first: int, second: int, move: Move) -> State | None:
        """Read one or two bytes (-1 for none) of the original; ``None`` if they make no text."""
        pending, last, text = self.pending, first, ""
        for byte in (first, second):
            if byte < 0:
                break
            last = byte
            if pending >= 0:
                character = grid()[pending << 8 | byte]
                if not character:
                    return None
                text, pending = text + character, -1
            elif byte < EURO:
                text += chr(byte)
            elif byte == EURO:
                text += "€"
            else:
                pending = byte
        return self.write(text, pending, last, move)

    def write(self, text: str, pending: int, last: int, move: Move) -> State:
        """Return the state after ``text``, with a byte that waits and the byte read last."""
        lattice = self.lattice.extended(text)
        if move.cost:
            lattice = lattice.plus(move.cost)
        aligned = (
            self.pending < 0
            and pending < 0
            and (move.kind is Kind.PLAIN or move.kind is Kind.READING)
        )
        return State(pending, last, lattice, self, Step(move, text, aligned, pending))

    def steps(self) -> list[Step]:
        """Return the steps that led here."""
        steps: list[Step] = []
        state: State | None = self
        while state is not None and state.step is not None:
            steps.append(state.step)
            state = state.parent
        return steps[::-1]


START: Final = State(-1, -1, EMPTY, None, None)


def best(states: list[State]) -> list[State]:
    """Keep the cheapest state of each kind, and of those the cheapest few, in order."""
    if len(states) <= 1:
        return states
    kept: dict[tuple[int, int, int, int], State] = {}
    for state in states:
        lattice = state.lattice
        key = (state.pending, state.last, int(lattice.tail), lattice.mark)
        rival = kept.get(key)
        if rival is None or lattice.cost < rival.lattice.cost:
            kept[key] = state
    ordered = cheapest(list(kept.values()), BEAM)
    limit = ordered[0].lattice.cost + MARGIN
    return [state for state in ordered if state.lattice.cost < limit]


def cheapest(states: list[State], count: int) -> list[State]:
    """Return the cheapest few in order; of equal ones those that come first."""
    if len(states) <= 1:
        return states
    return sorted(states, key=_cost_of)[:count]


def _cost_of(state: State) -> float:
    return state.lattice.cost
