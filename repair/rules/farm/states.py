"""The states of the search over a line, and the steps between them."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from enum import Enum
from typing import NamedTuple

from repair.rules.farm.candidates import Lost
from repair.rules.farm.codepage import EURO, characters
from repair.rules.farm.lattice import EMPTY, Lattice

BEAM = 24
# Nats behind the best state at which others are given up.
MARGIN = 30.0


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


class Move(NamedTuple):
    """What a step supposes of a stretch of the damaged line."""

    start: int
    end: int
    kind: Kind = Kind.PLAIN
    cost: float = 0.0
    """Of supposing it, in nats."""
    key: str = ""
    """The character whose annotation stood here."""
    lost: tuple[tuple[int, Lost], ...] = ()
    """Which characters of the text that the step adds are lost."""


@dataclass(frozen=True, slots=True)
class Step:
    """A move, and the characters of the original that it completes."""

    move: Move
    text: str
    aligned: bool
    """No byte waits for its trail, neither before nor after."""
    pending: int = -1
    """The byte that waits for its trail afterwards, or -1."""


class State:
    """A possible original of the line up to a place."""

    __slots__ = ("last", "lattice", "parent", "pending", "step")

    def __init__(
        self, pending: int, last: int, lattice: Lattice, parent: State | None, step: Step | None
    ) -> None:
        self.pending = pending
        """The byte that waits for its trail, or -1."""
        self.last = last
        """The byte read last, or -1."""
        self.lattice = lattice
        self.parent = parent
        self.step = step

    @property
    def cost(self) -> float:
        """Of the whole text so far, in nats."""
        return self.lattice.cost

    @property
    def is_split(self) -> bool:
        """Whether an annotation stands behind the byte that waits."""
        return self.step is not None and bool(self.step.move.key)

    def read(self, data: Iterable[int], move: Move) -> State | None:
        """Read bytes of the original; ``None`` if they make no characters."""
        pending, last, text = self.pending, self.last, ""
        for byte in data:
            last = byte
            if pending >= 0:
                character = characters().get((pending, byte))
                if character is None:
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
        aligned = self.pending < 0 and pending < 0 and move.kind in (Kind.PLAIN, Kind.READING)
        return State(pending, last, lattice, self, Step(move, text, aligned, pending))

    def steps(self) -> list[Step]:
        """Return the steps that led here."""
        steps: list[Step] = []
        state: State | None = self
        while state is not None and state.step is not None:
            steps.append(state.step)
            state = state.parent
        return steps[::-1]


START = State(-1, -1, EMPTY, None, None)


def best(states: list[State]) -> list[State]:
    """Keep the cheapest state of each kind, and of those the cheapest few, in order."""
    if len(states) <= 1:
        return states
    kept: dict[tuple[int, int, str, int], State] = {}
    for state in states:
        key = (state.pending, state.last, state.lattice.tail, state.lattice.mark)
        rival = kept.get(key)
        if rival is None or state.cost < rival.cost:
            kept[key] = state
    ordered = sorted(kept.values(), key=lambda state: state.cost)[:BEAM]
    return [state for state in ordered if state.cost < ordered[0].cost + MARGIN]
