"""What the judge thinks of a text that grows character by character."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from repair.kernel.native import i64, vec
from repair.kernel.words import CODES, REST, STRANGER, WordModel, Words
from repair.model.chinese import chinese, fold
from repair.rules.farm.codepage import leads_and_trails
from repair.rules.farm.letters import simplified_only
from repair.tables import hanzi

LOST: Final = "\ufffd"
"""Stands for a character that cannot be known."""
LOST_CODE: Final = 0xFFFD
LOST_COST: Final = STRANGER / 2
# What it costs, in nats, that a page of traditional forms holds a simplified one.
SIMPLIFIED_COST: Final = 10.0
NEVER: Final = 1e9
ANY: Final = b"\x01" * 256
"""All bytes."""


class Judged:
    """What the judge is shown for a character of the traditional page."""

    __slots__ = ("code", "cost", "mark", "surcharge")

    def __init__(self, text: str, mark: int, cost: float, surcharge: float) -> None:
        self.code: i64 = ord(text)
        self.mark: int = mark
        self.cost: float = cost
        """Alone, in nats."""
        self.surcharge: float = surcharge

    def due(self, mark: int, model: WordModel) -> float:
        """Return what a mark costs behind another."""
        return model.beside(mark, self.mark) + self.cost + self.surcharge


_KNOWN: Final[dict[str, Judged]] = {}
_KNOWN_AT: Final[list[Judged | None]] = [None] * CODES


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


def judged_at(code: i64) -> Judged:
    """Return the same, by its number."""
    if code >= CODES:
        return judged(chr(code))
    known = _KNOWN_AT[code]
    if known is None:
        known = _KNOWN_AT[code] = judged(chr(code))
    return known


class Least:
    """The least costs so far, in order, with what they are of; of equal ones the first."""

    __slots__ = ("_ats", "_costs", "_taken", "count", "limit")

    def __init__(self, count: i64) -> None:
        self.count: i64 = count
        self._costs: vec[float] = vec[float]([0.0] * count)
        self._ats: vec[i64] = vec[i64]([i64(0)] * count)
        self._taken: i64 = 0
        self.limit: float = NEVER
        """What costs more is none of them."""

    @property
    def ats(self) -> list[int]:
        """What they are of."""
        return [int(self._ats[place]) for place in range(self._taken)]

    @property
    def costs(self) -> list[float]:
        """The costs themselves."""
        return [self._costs[place] for place in range(self._taken)]

    def add(self, cost: float, at: i64) -> None:
        """Take a cost in, if it is one of the least."""
        costs, ats = self._costs, self._ats
        place = self._taken
        if place == self.count:
            if cost > self.limit or (cost == self.limit and at > ats[place - 1]):
                return
            place -= 1
        else:
            self._taken = place + 1
        while place and (
            cost < costs[place - 1] or (cost == costs[place - 1] and at < ats[place - 1])
        ):
            costs[place] = costs[place - 1]
            ats[place] = ats[place - 1]
            place -= 1
        costs[place] = cost
        ats[place] = at
        if self._taken == self.count:
            self.limit = costs[self.count - 1]


class Ends:
    """Where characters stand that end a word so begun, with what it costs."""

    __slots__ = ("ats", "costs", "count")

    def __init__(self) -> None:
        self.count: i64 = 0
        self.ats: vec[i64] = vec[i64]([i64(0)] * 4)
        self.costs: vec[float] = vec[float]([0.0] * 4)

    def add(self, at: i64, cost: float) -> None:
        """Add one of them."""
        count = self.count
        if count == len(self.ats):
            ats = vec[i64]([i64(0)] * (2 * count))
            costs = vec[float]([0.0] * (2 * count))
            place: i64 = 0
            while place < count:
                ats[place] = self.ats[place]
                costs[place] = self.costs[place]
                place += 1
            self.ats = ats
            self.costs = costs
        self.ats[count] = at
        self.costs[count] = cost
        self.count = count + 1


class Choice:
    """Characters of which one stands at a place, the commonest first; none simplified only."""

    __slots__ = (
        "_better",
        "_ends",
        "_first",
        "_han",
        "_marks",
        "_next",
        "_noted",
        "_touched",
        "leads",
        "seen",
        "texts",
        "trails",
    )

    def __init__(self, texts: Sequence[str]) -> None:
        both = leads_and_trails()
        self.texts: Sequence[str] = texts
        self.leads: list[int] = []
        self.trails: list[int] = []
        self.seen: list[Judged] = []
        self._han: list[int] = []
        self._marks: list[int] = []
        for at in range(len(texts)):
            code = ord(texts[at])
            self.leads.append(both[2 * code])
            self.trails.append(both[2 * code + 1])
            seen = judged_at(code)
            self.seen.append(seen)
            (self._marks if seen.mark else self._han).append(at)
        room: i64 = len(texts)
        # Where a Han character stands first, by what the judge is shown for it, and where next.
        self._first: dict[int, int] = {}
        self._next: vec[i64] = vec[i64]([i64(-1)] * room)
        self._ends: dict[int, Ends] = {}
        # What characters cost that end a word with what stands before, and which do.
        self._better: vec[float] = vec[float]([NEVER] * room)
        self._touched: vec[i64] = vec[i64]([i64(0)] * room)
        self._noted: i64 = 0

    def _standing(self) -> dict[int, int]:
        """Return where the Han characters stand first, by what the judge is shown for them."""
        if not self._first:
            for at in reversed(self._han):
                code = int(self.seen[at].code)
                self._next[at] = self._first.get(code, -1)
                self._first[code] = at
        return self._first

    def _note(self, at: i64, cost: float) -> None:
        known = self._better[at]
        if cost < known:
            if known == NEVER:
                self._touched[self._noted] = at
                self._noted += 1
            self._better[at] = cost

    def _note_all(self, words: Words, first: i64, rest: i64, before: float) -> None:
        """Note what the characters cost that end a word so begun."""
        begun = rest << 16
        low = words.from_(first, begun)
        if not words.is_before(low, first, begun + CODES):
            return
        high = words.from_(first, begun + CODES)
        standing = self._standing()
        if high - low < len(standing):
            while low < high:
                at: i64 = standing.get(int(words.keys[low] & 0xFFFF), -1)
                while at >= 0:
                    self._note(at, before + words.cost(low))
                    at = self._next[at]
                low += 1
            return
        for code, place in standing.items():
            word = words.at(first, begun | code)
            if word >= 0:
                at = place
                while at >= 0:
                    self._note(at, before + words.cost(word))
                    at = self._next[at]

    def _ends_of(self, words: Words, first: i64) -> Ends:
        """Return where those stand that end a word of two characters, with its cost."""
        found = self._ends.get(int(first))
        if found is None:
            found = self._ends[int(first)] = Ends()
            self._note_all(words, first, 0, 0.0)
            at: i64 = 0
            while at < self._noted:
                found.add(self._touched[at], self._better[self._touched[at]])
                at += 1
            self._forget()
        return found

    def _forget(self) -> None:
        at: i64 = 0
        while at < self._noted:
            self._better[self._touched[at]] = NEVER
            at += 1
        self._noted = 0

    def _weigh(self, lattice: Lattice, model: WordModel) -> None:
        """Note the costs of a text and those that end a word with it."""
        tail = lattice.tail
        if tail:
            ends = self._ends_of(model.words[1], tail & 0xFFFF)
            at: i64 = 0
            while at < ends.count:
                self._note(ends.ats[at], lattice.before_1 + ends.costs[at])
                at += 1
        if tail > 0xFFFF:
            self._note_all(model.words[2], tail >> 16 & 0xFFFF, tail & 0xFFFF, lattice.before_2)
        if tail > 0xFFFFFFFF:
            self._note_all(model.words[3], tail >> 32, tail & 0xFFFFFFFF, lattice.before_3)

    def add_costs(  # noqa: PLR0913, PLR0917
        self,
        lattice: Lattice,
        due: float,
        rest: Judged | None,
        hidden: bytes,
        first: i64,
        into: Least,
        model: WordModel,
    ) -> None:
        """Add the costs of a text, each character and what follows it, where they are low.

        Only characters count whose lead byte ``hidden`` knows; the first is number ``first``.
        """
        for at in self._marks:
            if hidden[self.leads[at]]:
                cost = lattice.with_mark(self.seen[at], model)
                cost += due if rest is None else rest.due(self.seen[at].mark, model)
                into.add(cost, first + at)
        self._weigh(lattice, model)
        leads = self.leads
        alone = lattice.cost
        if lattice.mark:
            alone += model.beside(lattice.mark, 0)
        if rest is not None:
            due = rest.due(0, model)
        place: i64 = 0
        while place < self._noted:
            better: i64 = self._touched[place]
            if hidden[leads[better]]:
                cost = min(self._better[better], alone + self.seen[better].cost) + due
                into.add(cost, first + better)
            place += 1
        for at in self._han:
            cost = alone + self.seen[at].cost + due
            if cost > into.limit:
                break
            if hidden[leads[at]] and self._better[at] == NEVER:
                into.add(cost, first + at)
        self._forget()


class Lattice:
    """The costs of a text that grows, cut into words in the best way."""

    __slots__ = ("before_1", "before_2", "before_3", "cost", "mark", "tail")

    def __init__(self) -> None:
        self.tail: i64 = 0
        """The last three Han characters, as the judge reads them, 16 bits each."""
        self.mark: int = -1
        """The number of the last character's mark."""
        self.before_3: float = NEVER
        self.before_2: float = NEVER
        self.before_1: float = NEVER
        """Of the text without its last character, in nats."""
        self.cost: float = 0.0
        """Of the whole text."""

    def follow(self, other: Lattice) -> None:
        """Begin with the text of another one."""
        self.tail = other.tail
        self.mark = other.mark
        self.before_3 = other.before_3
        self.before_2 = other.before_2
        self.before_1 = other.before_1
        self.cost = other.cost

    def raise_by(self, cost: float) -> None:
        """Make every cost higher by ``cost``."""
        self.before_3 += cost
        self.before_2 += cost
        self.before_1 += cost
        self.cost += cost

    def with_mark(self, seen: Judged, model: WordModel) -> float:
        """Return the cost of the text and a mark."""
        return self.cost + seen.due(self.mark, model)

    def extended(self, text: str) -> Lattice:
        """Return the lattice of the text so far and ``text``."""
        lattice = Lattice()
        lattice.follow(self)
        lattice.add(text, chinese())
        return lattice

    def add(self, text: str, model: WordModel) -> None:
        """Put a text behind what there is."""
        for at in range(len(text)):
            self.put(ord(text[at]), model)

    def put(self, code: i64, model: WordModel) -> None:
        """Put a character behind what there is."""
        if code == LOST_CODE:
            self._end(-1, self.cost + LOST_COST)
            return
        seen = judged_at(code)
        if seen.mark:
            self._end(seen.mark, self.with_mark(seen, model))
        elif self.mark:
            before = self.cost + model.beside(self.mark, 0)
            self._end(0, min(NEVER, before + seen.cost) + seen.surcharge)
            self.tail = seen.code
            self.before_1 = before
        else:
            best = self._best(seen.code, seen.cost, model)
            self.tail = (self.tail << 16 | seen.code) & REST
            self.before_3 = self.before_2
            self.before_2 = self.before_1
            self.before_1 = self.cost
            self.cost = best + seen.surcharge

    def cost_with(self, seen: Judged, model: WordModel) -> float:
        """Return the cost of the text with a character more."""
        if seen.mark:
            return self.with_mark(seen, model)
        if self.mark:
            before = self.cost + model.beside(self.mark, 0)
            return min(NEVER, before + seen.cost) + seen.surcharge
        return self._best(seen.code, seen.cost, model) + seen.surcharge

    def _end(self, mark: int, cost: float) -> None:
        """End the words so far with a mark."""
        self.tail = 0
        self.mark = mark
        self.before_3 = NEVER
        self.before_2 = NEVER
        self.before_1 = NEVER
        self.cost = cost

    def _best(self, code: i64, alone: float, model: WordModel) -> float:
        """Return the cost of the text with a Han character more."""
        best = min(NEVER, self.cost + alone)
        tail = self.tail
        words = model.words
        if tail:
            best = _less(best, self.before_1, words[1], tail & 0xFFFF, code)
            if tail > 0xFFFF:
                rest = (tail & 0xFFFF) << 16 | code
                best = _less(best, self.before_2, words[2], tail >> 16 & 0xFFFF, rest)
                if tail > 0xFFFFFFFF:
                    rest = (tail & 0xFFFFFFFF) << 16 | code
                    best = _less(best, self.before_3, words[3], tail >> 32, rest)
        return best


def _less(best: float, before: float, words: Words, first: i64, rest: i64) -> float:
    """Return the cost of a text that ends in a word, if there is such a word and it is less."""
    at = words.at(first, rest)
    return best if at < 0 else min(best, before + words.cost(at))


EMPTY: Final = Lattice()
