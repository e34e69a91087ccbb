"""Undoes annotations, straddles and cuts in one line by a search over its bytes.

Each state holds a possible original up to a place of the damaged line: what bytes it has read,
whether one of them still waits for its trail, and what the judge thinks of the text so far. A
step may only suppose what the channel does: an annotation behind a key, with its opening
bracket eaten where the key ends in a lead byte; a cut at the bytes of a mark, which leaves a
lead byte alone. Whatever comes out is replayed (``channel``) before it is believed.
"""

from __future__ import annotations

from functools import cache
from re import Match
from typing import Final

from repair.kernel.words import WordModel
from repair.model.chinese import chinese
from repair.rules.farm.candidates import Candidates, Lost, hides, hiding, keys_by_reading
from repair.rules.farm.codepage import EURO, grid, pairs
from repair.rules.farm.gate import Farm
from repair.rules.farm.lattice import ANY, LOST, LOST_COST, Choice, Lattice, Least, judged
from repair.rules.farm.letters import ANNOTATION, CUT_MARKS, FULL_WIDTH, TAIL, readings
from repair.rules.farm.states import START, Kind, Move, State, Step, best, cheapest

# The price, in nats, of supposing that the channel did this here. Chosen on 80 simulated
# documents with 400 straddled and shifted lines: a cut at 9 realigned 67 % of the shifted ones,
# at 2 and at 5 77 %; a hidden pair at 6 realigned 48 % of the straddles that lose bytes, at 0
# 55 %; neither changed any other line. Of 22 real spots hidden pairs at 1 realign 18, at 0 19.
# The others were not varied.
CUT_COST: Final = 4.0
END_COST: Final = 3.0
HIDDEN_COST: Final = 0.0
TWICE_EATEN_COST: Final = 3.0
SHARED_BYTE_COST: Final = 3.0
UNANNOTATED_COST: Final = 3.0
# What it costs to take a question mark right before another mark for the author's.
DOUBTFUL_MARK_COST: Final = 5.0
# How many candidates for a lost character are followed; of hidden pairs, 4 realigned 17 of 22
# real spots, 12 realign 18, and simulated lines do not tell them apart.
BEST_LOST: Final = 12
# From how many of the best states of a place hidden pairs are tried.
HIDING_STATES: Final = 3

_DOUBTFUL: Final = frozenset("！!。，,；;")
_MARKS: Final = frozenset("，。！？；：、") | frozenset(FULL_WIDTH)


class LineSearch:
    """The search over one line, for what is known of the document's farm."""

    def __init__(self, line: str, farm: Farm, candidates: Candidates) -> None:
        self._line: str = line
        self._farm: Farm = farm
        self._candidates: Candidates = candidates
        self._hiding: list[bytes] = hiding()
        self._keys: frozenset[str] = farm.keys
        self._pairs: dict[str, tuple[int, int]] = pairs()
        self._plain: frozenset[str] = _plain()
        self._readings: dict[str, str] = readings()
        self._grid: list[str] = grid()
        self._model: WordModel = chinese()
        # Where annotations begin, with where they end and what they say.
        self._annotations: dict[int, tuple[int, str]] = {
            match.start(): (match.end(), match[1]) for match in ANNOTATION.finditer(line)
        }

    def run(self) -> list[Step]:
        """Return the steps of the likeliest original; none if no original fits."""
        length = len(self._line)
        cells: list[list[State]] = [[] for _ in range(length + 1)]
        cells[0] = [START]
        following: list[State] = []
        place = -1
        while place < length - 1:
            place += 1
            states = best(cells[place])
            cells[place] = []
            if len(states) == 1 and states[0].pending < 0:
                state, end = self._plainly(states[0], place, cells)
                if end > place:
                    cells[end].append(state)
                    place = end - 1
                    continue
            self._go_on(states, place, following)
            for state in following:
                if state.step is not None:
                    cells[state.step.move.end].append(state)
            following.clear()
        for state in best(cells[length]):
            if state.pending < 0:
                return state.steps()
        return []

    def _go_on(self, states: list[State], place: int, into: list[State]) -> None:
        """Add all states that follow those of a place."""
        if self._farm.strips:
            waiting = [state for state in states if state.pending >= 0]
            for state in waiting[:HIDING_STATES]:
                self._hidden_pairs(state, place, into)
        for state in states:
            self._follow(state, place, into)

    def _plainly(self, state: State, place: int, cells: list[list[State]]) -> tuple[State, int]:
        """Go on while only one original is possible; return the state there, and the place."""
        line, end = self._line, place
        while end < len(line) and line[end] in self._plain and end + 1 not in self._annotations:
            end += 1
            if cells[end]:
                break
        if end == place:
            return state, place
        last = self._pairs[line[end - 1]][1]
        return state.write(line[place:end], -1, last, Move(place, end)), end

    def _annotation(self, place: int) -> tuple[int, str] | None:
        return self._annotations.get(place)

    def _follow(self, state: State, place: int, into: list[State]) -> None:
        """Add all states that follow one over what stands at a place."""
        character = self._line[place]
        pair = self._pairs.get(character)
        if pair is not None:
            self._two_bytes(state, place, pair, into)
        elif character == "?":
            self._question_mark(state, place, into)
        elif ord(character) < EURO or character == "€":
            self._one_byte(state, place, into)
        elif state.pending < 0:  # not of this code page: it came later
            into.append(self._literal(state, place))

    def _two_bytes(
        self, state: State, place: int, pair: tuple[int, int], into: list[State]
    ) -> None:
        move = Move(place, place + 1)
        plain: State | None
        if state.pending < 0:  # the same character again
            plain = state.write(self._line[place], -1, pair[1], move)
        else:
            plain = state.read(pair[0], pair[1], move)
        if plain is None:
            return
        found = self._annotation(place + 1)
        if found is not None:
            end, reading = found
            key = self._line[place]
            if self._readings.get(key) == reading:
                aligned = plain.pending < 0
                if not aligned or key in self._keys:
                    kind = Kind.READING if aligned else Kind.STRADDLE
                    move = self._annotated(place, end, key, kind, 0.0)
                    _add(into, state.read(pair[0], pair[1], move))
                plain.lattice = plain.lattice.plus(UNANNOTATED_COST)
        into.append(plain)
        self._shared_byte(state, place, pair, into)

    def _one_byte(self, state: State, place: int, into: list[State]) -> None:
        character = self._line[place]
        byte = EURO if character == "€" else ord(character)
        found = self._annotation(place + 1)
        if found is not None and state.last >= EURO:
            end, reading = found
            key = self._grid[state.last << 8 | byte]
            if self._readings.get(key) == reading:
                move = self._annotated(place, end, key, Kind.STRADDLE, 0.0)
                _add(into, state.read(byte, -1, move))
        if state.pending < 0:
            into.append(self._literal(state, place))
        elif found is None:
            _add(into, state.read(byte, -1, Move(place, place + 1)))
        full = FULL_WIDTH.get(character)
        if full is not None:
            pair = self._pairs[full]
            if state.pending >= 0:
                _add(into, state.read(pair[0], pair[1], Move(place, place + 1)))
            self._shared_byte(state, place, pair, into)

    def _shared_byte(
        self, state: State, place: int, pair: tuple[int, int], into: list[State]
    ) -> None:
        """``，F(xiàn)``: the mark's trail serves as the lead of the key behind it."""
        if state.pending >= 0:
            return
        found = self._annotation(place + 2)
        if found is None or self._line[place] not in _MARKS:
            return
        byte = ord(self._line[place + 1])
        if byte >= EURO:
            return
        end, reading = found
        key = self._grid[pair[1] << 8 | byte]
        if self._readings.get(key) == reading:
            move = self._annotated(place, end, key, Kind.SHARED, SHARED_BYTE_COST)
            into.append(state.write(self._line[place] + key, -1, byte, move))

    def _question_mark(self, state: State, place: int, into: list[State]) -> None:
        if state.pending < 0:
            literal = self._literal(state, place)
            if self._line[place + 1 : place + 2] in _DOUBTFUL:
                literal.lattice = literal.lattice.plus(DOUBTFUL_MARK_COST)
            into.append(literal)
            self._cuts(state, place, into)
        else:
            pair = self._pairs["？"]
            _add(into, state.read(pair[0], pair[1], Move(place, place + 1)))
            self._shift_ends(state, place, into)
        match = TAIL.match(self._line, place + 1)
        if match:
            self._straddles(state, place, match.end(), match[1], into)

    def _straddles(
        self, state: State, place: int, end: int, reading: str, into: list[State]
    ) -> None:
        """``?fù)``: the key ends in a lead byte, whose partner was the opening bracket."""
        for first, second, key in keys_by_reading().get(reading, ()):
            if second <= EURO:
                continue
            if first == state.last:
                move = self._annotated(place, end, key, Kind.STRADDLE, 0.0)
                _add(into, state.read(second, -1, move))
            # The sign for the eaten bracket was itself eaten by a lead byte of a shift.
            move = self._annotated(place, end, key, Kind.STRADDLE, TWICE_EATEN_COST)
            _add(into, state.read(first, second, move))

    def _cuts(self, state: State, place: int, into: list[State]) -> None:
        """``?！``: a lead byte alone before the bytes of a mark, the first of them its trail."""
        mark = self._line[place + 1 : place + 2]
        mark = FULL_WIDTH.get(mark, mark)
        if not mark or mark not in CUT_MARKS:
            return
        trail, pending = self._pairs[mark]
        lost, choice = self._candidates.choice(trail, is_lead=False)
        move = Move(place, place + 2, Kind.CUT, CUT_COST, lost=((0, lost),))
        texts = self._cheapest_texts(state, choice, CUT_COST)
        into += [state.write(text, pending, pending, move) for text in texts]

    def _shift_ends(self, state: State, place: int, into: list[State]) -> None:
        """The trail of the waiting byte was itself taken for a lead byte, and is lost.

        At the end of a line, or before a mark at which the text was cut, it stood alone;
        elsewhere it took a byte of ASCII with it.
        """
        after = self._line[place + 1 : place + 2]
        alone = not after or FULL_WIDTH.get(after, after) in CUT_MARKS
        lost, choice = self._candidates.choice(state.pending, is_lead=True, split=state.is_split)
        move = Move(place, place + 1, Kind.CUT, END_COST, lost=((0, lost),))
        due = END_COST if alone else LOST_COST + END_COST
        rest = "" if alone else LOST
        texts = self._cheapest_texts(state, choice, due)
        into += [state.write(text + rest, -1, -1, move) for text in texts]

    def _cheapest_texts(self, state: State, choice: Choice, due: float) -> list[str]:
        """Return the characters that cost least behind what a state has read, in order."""
        least = Least(BEST_LOST)
        choice.add_costs(state.lattice, due, None, ANY, 0, least, self._model)
        return [choice.texts[at] for at in least.ats]

    def _hidden_pairs(self, state: State, place: int, into: list[State]) -> None:
        """Two bytes between the waiting one and what is shown made a private-use character.

        The first completes the waiting byte; the second starts a character that the next byte
        shown completes.
        """
        character = self._line[place]
        shown = self._pairs.get(character)
        tail: Match[str] | None = None
        found: tuple[int, str] | None = None
        if shown is None:
            tail = TAIL.match(self._line, place + 1) if character == "?" else None
            found = self._annotation(place + 1) if "@" <= character <= "~" else None
            if tail is None and found is None:
                return
        lost, choice = self._candidates.choice(
            state.pending, is_lead=True, hidden=True, split=state.is_split
        )
        least = Least(BEST_LOST)
        choice.add_costs(state.lattice, HIDDEN_COST, None, ANY, 0, least, self._model)
        if shown is not None:
            self._before_shown(state, place, shown, lost, choice, least.ats, into)
            return
        move = Move(place, place, Kind.HIDDEN, HIDDEN_COST, lost=((0, lost),))
        whole: list[State] = []
        for at in least.ats:
            first = state.write(choice.texts[at], -1, -1, move)
            for second in self._after_hidden(first, place, tail, found):
                _add(whole, _joined(first, second))
        into += cheapest(whole, BEST_LOST)

    def _before_shown(  # noqa: PLR0913, PLR0917
        self,
        state: State,
        place: int,
        shown: tuple[int, int],
        lost: Lost,
        firsts: Choice,
        ats: list[int],
        into: list[State],
    ) -> None:
        """Complete the second byte of a hidden pair by the first of the character shown next."""
        lost_too, seconds = self._candidates.choice(shown[0], is_lead=False, hidden=True)
        rest, pending = ("", shown[1]) if shown[1] >= EURO else (chr(shown[1]), -1)
        after = judged(rest) if rest else None
        lattices: list[Lattice] = []
        least = Least(BEST_LOST)
        count = len(seconds.texts)
        for at in ats:
            lattice = state.lattice.followed(firsts.texts[at], self._model)
            hidden = self._hiding[firsts.trails[at]]
            first = len(lattices) * count
            lattices.append(lattice)
            seconds.add_costs(lattice, 0.0, after, hidden, first, least, self._model)
        move = Move(place, place + 1, Kind.HIDDEN, HIDDEN_COST, "", ((0, lost), (1, lost_too)))
        for number in least.ats:
            text = seconds.texts[number % count] + rest
            lattice = lattices[number // count].extended(text)
            step = Step(move, firsts.texts[ats[number // count]] + text, False, pending)
            into.append(State(pending, shown[1], lattice, state, step))

    def _after_hidden(
        self, first: State, place: int, tail: Match[str] | None, found: tuple[int, str] | None
    ) -> list[State]:
        """Complete the second byte of a hidden pair by the annotation shown next."""
        into: list[State] = []
        character = self._line[place]
        before = first.step.text if first.step else ""
        if tail is not None:
            for key in keys_by_reading().get(tail[1], ()):
                if key.second > EURO and hides(before, key.character):
                    move = self._annotated(place, tail.end(), key.character, Kind.HIDDEN, 0.0)
                    into.append(first.write(key.character, -1, key.second, move))
        elif found is not None:
            end, reading = found
            for key in keys_by_reading().get(reading, ()):
                if key.second == ord(character) and hides(before, key.character):
                    move = self._annotated(place, end, key.character, Kind.HIDDEN, 0.0)
                    into.append(first.write(key.character, -1, key.second, move))
        return into

    def _literal(self, state: State, place: int) -> State:
        """The character stood there before the damage, alone."""
        character = self._line[place]
        full = FULL_WIDTH.get(character)
        last = -1
        if full is not None:
            last = self._pairs[full][1]
        elif ord(character) < EURO:
            last = ord(character)
        return state.write(character, -1, last, Move(place, place + 1))

    def _annotated(self, start: int, end: int, key: str, kind: Kind, cost: float) -> Move:
        return Move(start, end, kind, cost + self._farm.key_cost(key), key)


@cache
def _plain() -> frozenset[str]:
    """Return characters of two bytes that can only be themselves where no byte waits."""
    return frozenset(pairs()) - _MARKS


def _add(into: list[State], state: State | None) -> None:
    if state is not None:
        into.append(state)


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
    start = first.step.move.start
    move = Move(start, move.end, move.kind, move.cost, move.key, ((0, lost), *move.lost))
    second.step = Step(move, text, False, second.pending)
    second.parent = first.parent
    return second
