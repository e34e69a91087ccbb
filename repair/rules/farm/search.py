"""Undoes annotations, straddles and cuts in one line by a search over its bytes.

Each state holds a possible original up to a place of the damaged line: what bytes it has read,
whether one of them still waits for its trail, and what the judge thinks of the text so far. A
step may only suppose what the channel does: an annotation behind a key, with its opening
bracket eaten where the key ends in a lead byte; a cut at the bytes of a mark, which leaves a
lead byte alone. Whatever comes out is replayed (``channel``) before it is believed.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from repair.rules.farm.candidates import Lost, candidates, hides, keys_by_reading
from repair.rules.farm.codepage import EURO, characters, pairs
from repair.rules.farm.gate import Farm
from repair.rules.farm.lattice import LOST
from repair.rules.farm.letters import ANNOTATION, CUT_MARKS, FULL_WIDTH, TAIL, readings
from repair.rules.farm.states import START, Kind, Move, State, Step, best

# The price, in nats, of supposing that the channel did this here. Chosen on 80 simulated
# documents with 400 straddled and shifted lines: a cut at 9 realigned 67 % of the shifted ones,
# at 2 and at 5 77 %; a hidden pair at 6 realigned 48 % of the straddles that lose bytes, at 0
# 55 %; neither changed any other line. Of 22 real spots hidden pairs at 1 realign 18, at 0 19.
# The others were not varied.
CUT_COST = 4.0
END_COST = 3.0
HIDDEN_COST = 0.0
TWICE_EATEN_COST = 3.0
SHARED_BYTE_COST = 3.0
UNANNOTATED_COST = 3.0
# What it costs to take a question mark right before another mark for the author's.
DOUBTFUL_MARK_COST = 5.0
# How many candidates for a lost character are followed; of hidden pairs, 4 realigned 17 of 22
# real spots, 12 realign 18, and simulated lines do not tell them apart.
BEST_LOST = 12
# And how many of the commonest are tried for the second character of a hidden pair, from so
# many of the best states of a place: enough for what the judge could fill in.
MOST_HIDDEN = 20
HIDING_STATES = 3

_DOUBTFUL = frozenset("！!。，,；;")
_MARKS = frozenset("，。！？；：、") | frozenset(FULL_WIDTH)


class LineSearch:
    """The search over one line, for what is known of the document's farm."""

    def __init__(self, line: str, farm: Farm) -> None:
        self._line = line
        self._farm = farm

    def run(self) -> list[Step]:
        """Return the steps of the likeliest original; none if no original fits."""
        length = len(self._line)
        cells: list[list[State]] = [[] for _ in range(length + 1)]
        cells[0] = [START]
        for place in range(length):
            states, cells[place] = best(cells[place]), []
            waiting = [state for state in states if state.pending >= 0][:HIDING_STATES]
            for state in waiting if self._farm.strips else ():
                for following in _cheapest(self._hidden_pairs(state, place)):
                    cells[_end(following)].append(following)
            for state in states:
                for following in self._following(state, place):
                    cells[_end(following)].append(following)
        for state in best(cells[length]):
            if state.pending < 0:
                return state.steps()
        return []

    def _following(self, state: State, place: int) -> Iterator[State]:
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

    def _two_bytes(self, state: State, place: int, pair: tuple[int, int]) -> Iterator[State]:
        plain = state.read(pair, Move(place, place + 1))
        if plain is None:
            return
        match = ANNOTATION.match(self._line, place + 1)
        key = self._line[place]
        if match and readings().get(key) == match[1]:
            aligned = plain.pending < 0
            if not aligned or key in self._farm.keys:
                kind = Kind.READING if aligned else Kind.STRADDLE
                yield from _some(state.read(pair, self._annotated(place, match.end(), key, kind)))
            plain.lattice = plain.lattice.plus(UNANNOTATED_COST)
        yield plain
        yield from self._shared_byte(state, place, pair)

    def _one_byte(self, state: State, place: int) -> Iterator[State]:
        character = self._line[place]
        byte = EURO if character == "€" else ord(character)
        match = ANNOTATION.match(self._line, place + 1)
        if match and state.last >= EURO:
            key = characters().get((state.last, byte), "")
            if readings().get(key) == match[1]:
                yield from _some(state.read((byte,), self._annotated(place, match.end(), key)))
        if state.pending < 0:
            yield self._literal(state, place)
        elif not match:
            yield from _some(state.read((byte,), Move(place, place + 1)))
        full = FULL_WIDTH.get(character)
        if full:
            if state.pending >= 0:
                yield from _some(state.read(pairs()[full], Move(place, place + 1)))
            yield from self._shared_byte(state, place, pairs()[full])

    def _shared_byte(self, state: State, place: int, pair: tuple[int, int]) -> Iterator[State]:
        """``，F(xiàn)``: the mark's trail serves as the lead of the key behind it."""
        match = ANNOTATION.match(self._line, place + 2)
        if state.pending >= 0 or not match or self._line[place] not in _MARKS:
            return
        byte = ord(self._line[place + 1])
        key = characters().get((pair[1], byte), "")
        if byte < EURO and readings().get(key) == match[1]:
            move = self._annotated(place, match.end(), key, Kind.SHARED, SHARED_BYTE_COST)
            yield state.write(self._line[place] + key, -1, byte, move)

    def _question_mark(self, state: State, place: int) -> Iterator[State]:
        if state.pending < 0:
            literal = self._literal(state, place)
            if self._line[place + 1 : place + 2] in _DOUBTFUL:
                literal.lattice = literal.lattice.plus(DOUBTFUL_MARK_COST)
            yield literal
            yield from self._cuts(state, place)
        else:
            yield from _some(state.read(pairs()["？"], Move(place, place + 1)))
            yield from self._shift_ends(state, place)
        match = TAIL.match(self._line, place + 1)
        if match:
            yield from self._straddles(state, place, match.end(), match[1])

    def _straddles(self, state: State, place: int, end: int, reading: str) -> Iterator[State]:
        """``?fù)``: the key ends in a lead byte, whose partner was the opening bracket."""
        for first, second, key in keys_by_reading().get(reading, ()):
            if second <= EURO:
                continue
            if first == state.last:
                yield from _some(state.read((second,), self._annotated(place, end, key)))
            # The sign for the eaten bracket was itself eaten by a lead byte of a shift.
            move = self._annotated(place, end, key, cost=TWICE_EATEN_COST)
            yield from _some(state.read((first, second), move))

    def _cuts(self, state: State, place: int) -> Iterator[State]:
        """``?！``: a lead byte alone before the bytes of a mark, the first of them its trail."""
        mark = self._line[place + 1 : place + 2]
        mark = FULL_WIDTH.get(mark, mark)
        if not mark or mark not in CUT_MARKS:
            return
        trail, pending = pairs()[mark]
        lost = Lost(trail, is_lead=False)
        move = Move(place, place + 2, Kind.CUT, CUT_COST, lost=((0, lost),))
        yield from _cheapest(
            state.write(text, pending, pending, move) for text in candidates(lost, self._farm)
        )

    def _shift_ends(self, state: State, place: int) -> Iterator[State]:
        """The trail of the waiting byte was itself taken for a lead byte, and is lost.

        At the end of a line, or before a mark at which the text was cut, it stood alone;
        elsewhere it took a byte of ASCII with it.
        """
        after = self._line[place + 1 : place + 2]
        alone = not after or FULL_WIDTH.get(after, after) in CUT_MARKS
        lost = Lost(state.pending, is_lead=True, split=state.is_split)
        move = Move(place, place + 1, Kind.CUT, END_COST, lost=((0, lost),))
        yield from _cheapest(
            state.write(text if alone else text + LOST, -1, -1, move)
            for text in candidates(lost, self._farm)
        )

    def _hidden_pairs(self, state: State, place: int) -> Iterator[State]:
        """Two bytes between the waiting one and what is shown made a private-use character.

        The first completes the waiting byte; the second starts a character that the next byte
        shown completes.
        """
        lost = Lost(state.pending, is_lead=True, hidden=True, split=state.is_split)
        move = Move(place, place, Kind.HIDDEN, HIDDEN_COST, lost=((0, lost),))
        firsts = (state.write(text, -1, -1, move) for text in candidates(lost, self._farm))
        for first in _cheapest(firsts):
            for second in self._after_hidden(first, place):
                whole = _joined(first, second)
                if whole:
                    yield whole

    def _after_hidden(self, first: State, place: int) -> Iterator[State]:
        """Complete the second byte of a hidden pair by what is shown next."""
        character = self._line[place]
        shown = pairs().get(character)
        match = ANNOTATION.match(self._line, place + 1)
        tail = TAIL.match(self._line, place + 1) if character == "?" else None
        if tail:
            for key in keys_by_reading().get(tail[1], ()):
                if key.second > EURO:
                    move = self._annotated(place, tail.end(), key.character, Kind.HIDDEN)
                    yield first.write(key.character, -1, key.second, move)
        elif shown:
            lost = Lost(shown[0], is_lead=False, hidden=True)
            move = Move(place, place + 1, Kind.HIDDEN, lost=((1, lost),))
            rest, pending = ("", shown[1]) if shown[1] >= EURO else (chr(shown[1]), -1)
            for text in candidates(lost, self._farm)[:MOST_HIDDEN]:
                yield first.write(text + rest, pending, shown[1], move)
        elif match and "@" <= character <= "~":
            for key in keys_by_reading().get(match[1], ()):
                if key.second == ord(character):
                    move = self._annotated(place, match.end(), key.character, Kind.HIDDEN)
                    yield first.write(key.character, -1, key.second, move)

    def _literal(self, state: State, place: int) -> State:
        """The character stood there before the damage, alone."""
        character = self._line[place]
        full = FULL_WIDTH.get(character)
        last = pairs()[full][1] if full else ord(character) if character < "\x80" else -1
        return state.write(character, -1, last, Move(place, place + 1))

    def _annotated(
        self, start: int, end: int, key: str, kind: Kind = Kind.STRADDLE, cost: float = 0.0
    ) -> Move:
        return Move(start, end, kind, cost + self._farm.key_cost(key), key)


def _end(state: State) -> int:
    return state.step.move.end if state.step else 0


def _some(state: State | None) -> tuple[State, ...]:
    return () if state is None else (state,)


def _cheapest(states: Iterable[State], count: int = BEST_LOST) -> list[State]:
    return sorted(states, key=lambda state: state.cost)[:count]


def _joined(first: State, second: State) -> State | None:
    """Make one step of the two characters that a hidden pair was part of, if it hides them."""
    if first.step is None or second.step is None:
        return None
    text = first.step.text + second.step.text
    if not hides(text[0], text[1]):
        return None
    move, (_, lost) = second.step.move, first.step.move.lost[0]
    if move.key:
        lost = lost._replace(partner=pairs()[move.key][0])
    move = move._replace(start=first.step.move.start, lost=((0, lost), *move.lost))
    second.step = Step(move, text, False, second.pending)
    second.parent = first.parent
    return second
