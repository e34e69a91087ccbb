"""Undoes annotations, straddles and cuts in one line by a search over its bytes.

Each state holds a possible original up to a place of the damaged line: what bytes it has read,
whether one of them still waits for its trail, and what the judge thinks of the text so far. A
step may only suppose what the channel does (DAMAGE section 1): an annotation behind a key, with
its opening bracket eaten where the key ends in a lead byte; a cut at the bytes of a mark, which
leaves a lead byte alone. So whatever comes out would be damaged into exactly this line again.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from enum import Enum
from functools import cache
from typing import NamedTuple

from repair.model.chinese import LONGEST, STRANGER, chinese, fold
from repair.rules.farm.codepage import EURO, by_lead, by_trail, characters, pairs
from repair.rules.farm.gate import Farm
from repair.rules.farm.letters import (
    ANNOTATION,
    CUT_MARKS,
    FULL_WIDTH,
    TAIL,
    readings,
    simplified_only,
)
from repair.tables import hanzi

# Chosen on simulated damage of the first half of the news text (benchmarks.accuracy --tune);
# each is the price, in nats, of supposing that the channel did this here.
CUT_COST = 9.0
END_COST = 7.0
TWICE_EATEN_COST = 3.0
SHARED_BYTE_COST = 3.0
UNANNOTATED_COST = 3.0
SIMPLIFIED_COST = 10.0
BEAM = 24
MARGIN = 30.0
BEST_LOST = 12
NEVER = 1e9
LOST = "\ufffd"


class Kind(Enum):
    """What the channel did to make a stretch of the damaged line."""

    PLAIN = 0
    READING = 1
    STRADDLE = 2
    CUT = 3
    SHARED = 4
    """A straddle whose first byte shows only as part of the mark before it."""


class Lost(NamedTuple):
    """A character of which one byte is gone."""

    known: int
    """Its other byte."""
    is_lead: bool
    """It is the lead byte that is known."""


@dataclass(frozen=True, slots=True)
class Step:
    """A stretch of the damaged line and the characters that it completes."""

    start: int
    end: int
    text: str
    kind: Kind
    aligned: bool
    """No byte waits for its trail, neither before nor after."""
    pending: int
    """The byte that waits for its trail afterwards, or -1."""
    key: str = ""
    """The character whose annotation stood here."""
    lost: Lost | None = None
    """The first character of ``text`` is lost."""


class _State:
    __slots__ = ("costs", "last", "mark", "parent", "pending", "step", "tail")

    def __init__(
        self,
        pending: int,
        last: int,
        tail: str,
        mark: int,
        costs: tuple[float, ...],
        parent: _State | None,
        step: Step | None,
    ) -> None:
        self.pending = pending  # the byte that waits for its trail, or -1
        self.last = last  # the byte read last, or -1
        self.tail = tail  # the last Han characters, as the judge reads them
        self.mark = mark  # the number of the last character's mark
        self.costs = costs  # of the text up to each of the last places
        self.parent = parent
        self.step = step

    @property
    def cost(self) -> float:
        return self.costs[-1]

    @property
    def key(self) -> tuple[int, int, str, int]:
        return self.pending, self.last, self.tail, self.mark


class _Judged(NamedTuple):
    text: str
    mark: int
    cost: float
    surcharge: float


@cache
def _judged(character: str) -> _Judged:
    """What the judge is shown for a character of the traditional page."""
    row = hanzi().get(character)
    text = fold(row.simplified[0] if row else character)
    model = chinese()
    mark = model.mark(text)
    surcharge = SIMPLIFIED_COST if character in simplified_only() else 0.0
    return _Judged(text, mark, model.character_cost(text), surcharge)


@cache
def _keys_by_reading() -> dict[str, list[tuple[int, int, str]]]:
    table: dict[str, list[tuple[int, int, str]]] = {}
    for key, reading in readings().items():
        if key in pairs():
            table.setdefault(reading, []).append((*pairs()[key], key))
    return table


class LineSearch:
    """The search over one line, for what is known of the document's farm."""

    def __init__(self, line: str, farm: Farm) -> None:
        self._line = line
        self._farm = farm
        self._model = chinese()

    def run(self) -> list[Step] | None:
        """Return the steps of the likeliest original, or ``None`` if no original fits."""
        length = len(self._line)
        cells: list[list[_State]] = [[] for _ in range(length + 1)]
        cells[0] = [_State(-1, -1, "", -1, (NEVER, NEVER, NEVER, 0.0), None, None)]
        for place in range(length):
            states, cells[place] = _best(cells[place]), []
            for state in states:
                for following in self._steps(state, place):
                    assert following.step is not None
                    cells[following.step.end].append(following)
        final = [state for state in _best(cells[length]) if state.pending < 0]
        if not final:
            return None
        steps: list[Step] = []
        state: _State | None = final[0]
        while state is not None and state.step is not None:
            steps.append(state.step)
            state = state.parent
        return steps[::-1]

    def _steps(self, state: _State, place: int) -> Iterator[_State]:
        character = self._line[place]
        pair = pairs().get(character)
        if pair:
            yield from self._two_bytes(state, place, pair)
        elif character == "?":
            yield from self._question_mark(state, place)
        elif character < "\x80" or character == "€":
            yield from self._one_byte(state, place)
        elif state.pending < 0:  # not of this code page: it came later
            yield self._literal(state, place)

    def _two_bytes(self, state: _State, place: int, pair: tuple[int, int]) -> Iterator[_State]:
        plain = self._read(state, pair, place, place + 1)
        if plain is None:
            return
        match = ANNOTATION.match(self._line, place + 1)
        key = self._line[place]
        if match and readings().get(key) == match[1]:
            aligned = plain.pending < 0
            if not aligned or key in self._farm.keys:
                kind = Kind.READING if aligned else Kind.STRADDLE
                cost = self._farm.key_cost(key)
                found = self._read(
                    state, pair, place, match.end(), kind=kind, cost=cost, key=key
                )
                if found:
                    yield found
            _add(plain, UNANNOTATED_COST)
        yield plain
        yield from self._shared_byte(state, place, pair)

    def _one_byte(self, state: _State, place: int) -> Iterator[_State]:
        character = self._line[place]
        byte = EURO if character == "€" else ord(character)
        match = ANNOTATION.match(self._line, place + 1)
        if match and state.last >= EURO:
            key = characters().get((state.last, byte), "")
            if readings().get(key) == match[1]:
                cost = self._farm.key_cost(key)
                found = self._read(
                    state, (byte,), place, match.end(), kind=Kind.STRADDLE, cost=cost, key=key
                )
                if found:
                    yield found
        if state.pending < 0:
            yield self._literal(state, place)
        elif not match:
            found = self._read(state, (byte,), place, place + 1)
            if found:
                yield found
        full = FULL_WIDTH.get(character)
        if full:
            yield from self._folded_mark(state, place, pairs()[full])

    def _folded_mark(self, state: _State, place: int, pair: tuple[int, int]) -> Iterator[_State]:
        """A half-width mark that was two bytes when the bytes were edited."""
        if state.pending >= 0:
            found = self._read(state, pair, place, place + 1)
            if found:
                yield found
        yield from self._shared_byte(state, place, pair)

    def _shared_byte(self, state: _State, place: int, pair: tuple[int, int]) -> Iterator[_State]:
        """``，F(xiàn)``: the mark's trail serves as the lead of the key behind it."""
        match = ANNOTATION.match(self._line, place + 2)
        if state.pending >= 0 or not match or self._line[place] not in _MARKS:
            return
        byte = ord(self._line[place + 1])
        key = characters().get((pair[1], byte), "")
        if byte < EURO and readings().get(key) == match[1]:
            cost = SHARED_BYTE_COST + self._farm.key_cost(key)
            text = self._line[place] + key
            yield self._write(
                state, text, -1, byte, place, match.end(), Kind.SHARED, cost=cost, key=key
            )

    def _question_mark(self, state: _State, place: int) -> Iterator[_State]:
        if state.pending < 0:
            yield self._literal(state, place)
        match = TAIL.match(self._line, place + 1)
        if match:
            yield from self._straddles(state, place, match.end(), match[1])
        if state.pending >= 0:
            folded = self._read(state, pairs()["？"], place, place + 1)
            if folded:
                yield folded
            yield from self._shift_ends(state, place)
        else:
            yield from self._cuts(state, place)

    def _straddles(self, state: _State, place: int, end: int, reading: str) -> Iterator[_State]:
        """``?fù)``: the key ends in a lead byte, whose partner was the opening bracket."""
        for first, second, key in _keys_by_reading().get(reading, ()):
            cost = self._farm.key_cost(key)
            if second > EURO and first == state.last:
                found = self._read(
                    state, (second,), place, end, kind=Kind.STRADDLE, cost=cost, key=key
                )
                if found:
                    yield found
            if second > EURO and state.pending >= 0:
                # The sign for the eaten bracket was itself eaten by a lead byte of the shift.
                cost += TWICE_EATEN_COST
                found = self._read(
                    state, (first, second), place, end, kind=Kind.STRADDLE, cost=cost, key=key
                )
                if found:
                    yield found

    def _cuts(self, state: _State, place: int) -> Iterator[_State]:
        """``?！``: a lead byte alone before the bytes of a mark, the first of them its trail."""
        mark = self._line[place + 1 : place + 2]
        mark = FULL_WIDTH.get(mark, mark)
        if not mark or mark not in CUT_MARKS:
            return
        trail, pending = pairs()[mark]
        lost = Lost(trail, is_lead=False)
        choices = (
            self._write(
                state, text, pending, pending, place, place + 2, Kind.CUT, cost=CUT_COST, lost=lost
            )
            for text in candidates(lost, self._farm)
        )
        yield from _cheapest(choices)

    def _shift_ends(self, state: _State, place: int) -> Iterator[_State]:
        """The trail of the waiting byte was itself taken for a lead byte, and is lost.

        At the end of a line, or before a mark at which the text was cut, it stood alone;
        elsewhere it took a byte of ASCII with it.
        """
        after = self._line[place + 1 : place + 2]
        alone = not after or FULL_WIDTH.get(after, after) in CUT_MARKS
        lost = Lost(state.pending, is_lead=True)
        choices = (
            self._write(
                state,
                text if alone else text + LOST,
                -1,
                -1,
                place,
                place + 1,
                Kind.CUT,
                cost=END_COST,
                lost=lost,
            )
            for text in candidates(lost, self._farm)
        )
        yield from _cheapest(choices)

    def _literal(self, state: _State, place: int) -> _State:
        """The character stood there before the damage, alone."""
        character = self._line[place]
        full = FULL_WIDTH.get(character)
        last = pairs()[full][1] if full else ord(character) if character < "\x80" else -1
        return self._write(state, character, -1, last, place, place + 1, Kind.PLAIN)

    def _read(
        self,
        state: _State,
        data: Iterable[int],
        start: int,
        end: int,
        *,
        kind: Kind = Kind.PLAIN,
        cost: float = 0.0,
        key: str = "",
    ) -> _State | None:
        """Read bytes of the original; ``None`` if they make no characters."""
        pending, last, text = state.pending, state.last, ""
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
        return self._write(state, text, pending, last, start, end, kind, cost=cost, key=key)

    def _write(
        self,
        state: _State,
        text: str,
        pending: int,
        last: int,
        start: int,
        end: int,
        kind: Kind,
        *,
        cost: float = 0.0,
        key: str = "",
        lost: Lost | None = None,
    ) -> _State:
        """Return the state after ``text``, judged."""
        tail, mark, costs = state.tail, state.mark, state.costs
        for character in text:
            tail, mark, costs = self._judge(tail, mark, costs, character)
        aligned = state.pending < 0 and pending < 0 and kind in (Kind.PLAIN, Kind.READING)
        step = Step(start, end, text, kind, aligned, pending, key, lost)
        following = _State(pending, last, tail, mark, costs, state, step)
        if cost:
            _add(following, cost)
        return following

    def _judge(
        self, tail: str, mark: int, costs: tuple[float, ...], character: str
    ) -> tuple[str, int, tuple[float, ...]]:
        """Add a character to the lattice of words that ends here."""
        model, seen = self._model, _judged(character)
        if character == LOST:
            return "", -1, (NEVER, NEVER, NEVER, costs[-1] + STRANGER / 2)
        if seen.mark:
            due = model.beside(mark, seen.mark) + seen.cost + seen.surcharge
            return "", seen.mark, (NEVER, NEVER, NEVER, costs[-1] + due)
        if mark:
            tail, costs = "", (NEVER, NEVER, NEVER, costs[-1] + model.beside(mark, 0))
        run = tail + seen.text
        best = NEVER
        for length in range(1, len(run) + 1):
            word = model.word(run[-length:])
            if word is not None and costs[-length] + word.cost < best:
                best = costs[-length] + word.cost
        return run[1 - LONGEST :], 0, (*costs[1:], best + seen.surcharge)


_MARKS = frozenset("，。！？；：、") | frozenset(FULL_WIDTH)


def candidates(lost: Lost, farm: Farm) -> list[str]:
    """Return all characters a page of this farm could hold that have the known byte."""
    if lost.is_lead:
        found = [character for _, character in by_lead()[lost.known]]
    else:
        found = [character for _, character in by_trail()[lost.known]]
    return [c for c in found if c not in simplified_only() and c not in farm.keys and _plausible(c)]


def _plausible(character: str) -> bool:
    return _judged(character).cost < STRANGER or character == "\u3000"


def _add(state: _State, cost: float) -> None:
    state.costs = tuple(value + cost for value in state.costs)


def _cheapest(states: Iterable[_State]) -> list[_State]:
    return sorted(states, key=lambda state: state.cost)[:BEST_LOST]


def _best(states: list[_State]) -> list[_State]:
    """Keep the cheapest state of each kind, and of those the cheapest few."""
    if len(states) < 2:
        return states
    kept: dict[tuple[int, int, str, int], _State] = {}
    for state in states:
        rival = kept.get(state.key)
        if rival is None or state.cost < rival.cost:
            kept[state.key] = state
    ordered = sorted(kept.values(), key=lambda state: state.cost)[:BEAM]
    return [state for state in ordered if state.cost < ordered[0].cost + MARGIN]
