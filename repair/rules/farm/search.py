"""Undoes annotations, straddles and cuts in one line by a search over its bytes.

Each state holds a possible original up to a place of the damaged line: what bytes it has read,
whether one of them still waits for its trail, and what the judge thinks of the text so far. A
step may only suppose what the channel does: an annotation behind a key, with its opening
bracket eaten where the key ends in a lead byte; a cut at the bytes of a mark, which leaves a
lead byte alone. Whatever comes out is replayed (``channel``) before it is believed.
"""

from __future__ import annotations

from functools import cache
from typing import Final

from repair.kernel.native import i64
from repair.kernel.words import CODES, WordModel
from repair.model.chinese import chinese
from repair.rules.farm.candidates import Candidates, Key, Lost, hiding
from repair.rules.farm.codepage import EURO, grid, leads_and_trails, pairs
from repair.rules.farm.gate import Farm
from repair.rules.farm.lattice import ANY, LOST, LOST_COST, Choice, Lattice, Least, judged
from repair.rules.farm.letters import CUT_MARKS, FULL_WIDTH, TAIL, readings
from repair.rules.farm.states import Kind, State, Step, best

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
_QUESTION: Final = 0x3F
_EURO_SIGN: Final = 0x20AC


# Where one begins in its line and where it ends, and what it says.
Annotation = tuple[int, int, str]


class LineSearch:
    """The search over one line, for what is known of the document's farm."""

    def __init__(
        self, line: str, annotations: list[Annotation], farm: Farm, candidates: Candidates
    ) -> None:
        self._line: str = line
        self._strips: bool = farm.strips
        self._candidates: Candidates = candidates
        self._hiding: list[bytes] = hiding()
        self._keys: frozenset[str] = farm.keys
        self._pairs: dict[str, tuple[int, int]] = pairs()
        self._bytes: bytes = leads_and_trails()
        self._plain: bytes = _plain()
        self._readings: dict[str, str] = readings()
        self._grid: list[str] = grid()
        self._model: WordModel = chinese()
        # What annotations say and where they end, by where they begin; and what is left of others.
        self._annotations: list[tuple[int, str] | None] = [None] * (len(line) + 3)
        for start, end, reading in annotations:
            self._annotations[start] = end, reading
        self._tails: dict[int, tuple[int, str]] = {
            match.start(): (match.end(), match[1]) for match in TAIL.finditer(line)
        }

    def run(self) -> list[Step]:
        """Return the steps of the likeliest original; none if no original fits."""
        length = len(self._line)
        cells: list[list[State] | None] = [None] * (length + 1)
        cells[0] = [State(None, 0, 0)]
        following: list[State] = []
        place = -1
        while place < length - 1:
            place += 1
            found = cells[place]
            if found is None:
                continue
            states = best(found)
            cells[place] = None
            if len(states) == 1 and states[0].pending < 0:
                state = self._plainly(states[0], place, cells)
                if state is not None:
                    _put(cells, state)
                    place = state.end - 1
                    continue
            self._go_on(states, place, following)
            for state in following:
                _put(cells, state)
            following.clear()
        found = cells[length]
        for state in best(found) if found is not None else ():
            if state.pending < 0:
                return state.steps(self._line)
        return []

    def _go_on(self, states: list[State], place: int, into: list[State]) -> None:
        """Add all states that follow those of a place."""
        if self._strips:
            tried = 0
            for state in states:
                if state.pending >= 0 and tried < HIDING_STATES:
                    tried += 1
                    self._hidden_pairs(state, place, into)
        for state in states:
            self._follow(state, place, into)

    def _plainly(self, state: State, place: int, cells: list[list[State] | None]) -> State | None:
        """Go on while only one original is possible; return the state there, if it goes on."""
        line, annotations, plain = self._line, self._annotations, self._plain
        length: i64 = len(line)
        end: i64 = place
        while end < length:
            code: i64 = ord(line[end])
            if code >= CODES or not plain[code] or annotations[end + 1] is not None:
                break
            end += 1
            if cells[end] is not None:
                break
        if end == place:
            return None
        model = self._model
        made = State(state, place, int(end))
        at: i64 = place
        while at < end:
            made.put(ord(line[at]), model)
            at += 1
        made.last = self._bytes[2 * ord(line[end - 1]) + 1]
        return made

    def _follow(self, state: State, place: int, into: list[State]) -> None:
        """Add all states that follow one over what stands at a place."""
        code = ord(self._line[place])
        lead = self._bytes[2 * code] if code < CODES else 0
        if lead:
            self._two_bytes(state, place, lead, self._bytes[2 * code + 1], into)
        elif code == _QUESTION:
            self._question_mark(state, place, into)
        elif code < EURO or code == _EURO_SIGN:
            self._one_byte(state, place, code, into)
        elif state.pending < 0:  # not of this code page: it came later
            into.append(self._literal(state, place))

    def _two_bytes(
        self, state: State, place: int, lead: int, trail: int, into: list[State]
    ) -> None:
        plain: State | None
        if state.pending < 0:  # the same character again
            plain = State(state, place, place + 1)
            plain.put(ord(self._line[place]), self._model)
            plain.last = trail
        else:
            plain = state.read(lead, trail, place, place + 1, self._model)
        if plain is None:
            return
        found = self._annotations[place + 1]
        if found is not None:
            end, reading = found
            key = self._line[place]
            if self._readings.get(key) == reading:
                aligned = plain.pending < 0
                if not aligned or key in self._keys:
                    kind = Kind.READING if aligned else Kind.STRADDLE
                    made = state.read(lead, trail, place, end, self._model)
                    self._annotated(made, key, kind, 0.0, into)
                plain.raise_by(UNANNOTATED_COST)
        into.append(plain)
        self._shared_byte(state, place, self._line[place], trail, into)

    def _one_byte(self, state: State, place: int, code: int, into: list[State]) -> None:
        byte = EURO if code == _EURO_SIGN else code
        found = self._annotations[place + 1]
        if found is not None and state.last >= EURO:
            end, reading = found
            key = self._grid[state.last << 8 | byte]
            if self._readings.get(key) == reading:
                made = state.read(byte, -1, place, end, self._model)
                self._annotated(made, key, Kind.STRADDLE, 0.0, into)
        if state.pending < 0:
            into.append(self._literal(state, place))
        elif found is None:
            _add(into, state.read(byte, -1, place, place + 1, self._model))
        full = FULL_WIDTH.get(chr(code))
        if full is not None:
            lead, trail = self._pairs[full]
            if state.pending >= 0:
                _add(into, state.read(lead, trail, place, place + 1, self._model))
            self._shared_byte(state, place, chr(code), trail, into)

    def _shared_byte(
        self, state: State, place: int, mark: str, trail: int, into: list[State]
    ) -> None:
        """``，F(xiàn)``: the mark's trail serves as the lead of the key behind it."""
        if state.pending >= 0:
            return
        found = self._annotations[place + 2]
        if found is None or mark not in _MARKS:
            return
        byte = ord(self._line[place + 1])
        if byte >= EURO:
            return
        end, reading = found
        key = self._grid[trail << 8 | byte]
        if self._readings.get(key) == reading:
            made = state.write(mark + key, place, end, self._model)
            made.bytes_are(-1, byte)
            self._annotated(made, key, Kind.SHARED, SHARED_BYTE_COST, into)

    def _question_mark(self, state: State, place: int, into: list[State]) -> None:
        if state.pending < 0:
            literal = self._literal(state, place)
            if self._line[place + 1 : place + 2] in _DOUBTFUL:
                literal.raise_by(DOUBTFUL_MARK_COST)
            into.append(literal)
            self._cuts(state, place, into)
        else:
            lead, trail = self._pairs["？"]
            _add(into, state.read(lead, trail, place, place + 1, self._model))
            self._shift_ends(state, place, into)
        tail = self._tails.get(place + 1)
        if tail is not None:
            self._straddles(state, place, tail[0], tail[1], into)

    def _straddles(
        self, state: State, place: int, end: int, reading: str, into: list[State]
    ) -> None:
        """``?fù)``: the key ends in a lead byte, whose partner was the opening bracket."""
        model = self._model
        for key in self._candidates.keys_of(reading):
            if key.second <= EURO:
                continue
            if key.first == state.last:
                made = state.read(key.second, -1, place, end, model)
                if made is not None:
                    made.supposes(Kind.STRADDLE, key.cost, key.character)
                    into.append(made)
            # The sign for the eaten bracket was itself eaten by a lead byte of a shift.
            made = state.read(key.first, key.second, place, end, model)
            if made is not None:
                made.supposes(Kind.STRADDLE, TWICE_EATEN_COST + key.cost, key.character)
                into.append(made)

    def _cuts(self, state: State, place: int, into: list[State]) -> None:
        """``?！``: a lead byte alone before the bytes of a mark, the first of them its trail."""
        mark = self._line[place + 1 : place + 2]
        mark = FULL_WIDTH.get(mark, mark)
        if not mark or mark not in CUT_MARKS:
            return
        trail, pending = self._pairs[mark]
        lost, choice = self._candidates.choice(trail, is_lead=False)
        for text in self._cheapest_texts(state, choice, CUT_COST):
            made = state.write(text, place, place + 2, self._model)
            made.bytes_are(pending, pending)
            made.supposes(Kind.CUT, CUT_COST)
            made.lost = ((0, lost),)
            into.append(made)

    def _shift_ends(self, state: State, place: int, into: list[State]) -> None:
        """The trail of the waiting byte was itself taken for a lead byte, and is lost.

        At the end of a line, or before a mark at which the text was cut, it stood alone;
        elsewhere it took a byte of ASCII with it.
        """
        after = self._line[place + 1 : place + 2]
        alone = not after or FULL_WIDTH.get(after, after) in CUT_MARKS
        lost, choice = self._candidates.choice(state.pending, is_lead=True, split=state.is_split)
        due = END_COST if alone else LOST_COST + END_COST
        rest = "" if alone else LOST
        for text in self._cheapest_texts(state, choice, due):
            made = state.write(text + rest, place, place + 1, self._model)
            made.supposes(Kind.CUT, END_COST)
            made.lost = ((0, lost),)
            into.append(made)

    def _cheapest_texts(self, state: State, choice: Choice, due: float) -> list[str]:
        """Return the characters that cost least behind what a state has read, in order."""
        least = Least(BEST_LOST)
        choice.add_costs(state, due, None, ANY, 0, least, self._model)
        return [choice.texts[at] for at in least.ats]

    def _hidden_pairs(self, state: State, place: int, into: list[State]) -> None:
        """Two bytes between the waiting one and what is shown made a private-use character.

        The first completes the waiting byte; the second starts a character that the next byte
        shown completes.
        """
        code = ord(self._line[place])
        lead = self._bytes[2 * code] if code < CODES else 0
        found: tuple[int, str] | None = None
        if not lead:
            if code == _QUESTION:
                found = self._tails.get(place + 1)
            elif 0x40 <= code <= 0x7E:
                found = self._annotations[place + 1]
            if found is None:
                return
        lost, choice = self._candidates.choice(
            state.pending, is_lead=True, hidden=True, split=state.is_split
        )
        least = Least(BEST_LOST)
        choice.add_costs(state, HIDDEN_COST, None, ANY, 0, least, self._model)
        if found is None:
            shown = lead, self._bytes[2 * code + 1]
            self._before_shown(state, place, shown, lost, choice, least.ats, into)
        else:
            keys = self._candidates.keys_of(found[1])
            if code == _QUESTION:
                keys = [key for key in keys if key.second > EURO]
            else:
                keys = [key for key in keys if key.second == code]
            self._before_annotation(state, place, found[0], keys, lost, choice, least.ats, into)

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
            lattice = state.extended(firsts.texts[at])
            hidden = self._hiding[firsts.trails[at]]
            first = len(lattices) * count
            lattices.append(lattice)
            seconds.add_costs(lattice, 0.0, after, hidden, first, least, self._model)
        for number in least.ats:
            first, second = number // count, number % count
            text = seconds.texts[second] + rest
            made = State(state, place, place + 1)
            made.follow(lattices[first])
            made.add(text, self._model)
            made.text = firsts.texts[ats[first]] + text
            made.bytes_are(pending, shown[1])
            made.supposes(Kind.HIDDEN, HIDDEN_COST)
            made.lost = ((0, lost), (1, lost_too))
            into.append(made)

    def _before_annotation(  # noqa: PLR0913, PLR0917
        self,
        state: State,
        place: int,
        end: int,
        keys: list[Key],
        lost: Lost,
        firsts: Choice,
        ats: list[int],
        into: list[State],
    ) -> None:
        """Complete the second byte of a hidden pair by the annotation shown next."""
        model = self._model
        lattices: list[Lattice] = []
        least = Least(BEST_LOST)
        count = len(keys)
        number = 0
        for at in ats:
            lattice = state.extended(firsts.texts[at])
            hidden = self._hiding[firsts.trails[at]]
            lattices.append(lattice)
            for key in keys:
                if hidden[key.first]:
                    least.add(lattice.cost_with(key.seen, model) + key.cost, number)
                number += 1
        for number in least.ats:
            first, key = number // count, keys[number % count]
            made = State(state, place, end)
            made.follow(lattices[first])
            made.add(key.character, model)
            made.text = firsts.texts[ats[first]] + key.character
            made.bytes_are(-1, key.second)
            made.supposes(Kind.HIDDEN, HIDDEN_COST + key.cost, key.character)
            made.lost = ((0, lost._replace(partner=key.first)),)
            into.append(made)

    def _literal(self, state: State, place: int) -> State:
        """The character stood there before the damage, alone."""
        code = ord(self._line[place])
        made = State(state, place, place + 1)
        made.put(code, self._model)
        if code < EURO:
            full = FULL_WIDTH.get(chr(code))
            made.last = code if full is None else self._pairs[full][1]
        return made

    def _annotated(
        self, state: State | None, key: str, kind: Kind, cost: float, into: list[State]
    ) -> None:
        """Add a state behind the annotation of a key, if there is such a text."""
        if state is not None:
            state.supposes(kind, cost + self._candidates.cost_of(key), key)
            into.append(state)


@cache
def _plain() -> bytes:
    """Tell of each character whether it has two bytes and is only itself where none waits."""
    found = bytearray(CODES)
    for character in frozenset(pairs()) - _MARKS:
        found[ord(character)] = 1
    return bytes(found)


def _put(cells: list[list[State] | None], state: State) -> None:
    cell = cells[state.end]
    if cell is None:
        cells[state.end] = [state]
    else:
        cell.append(state)


def _add(into: list[State], state: State | None) -> None:
    if state is not None:
        into.append(state)
