"""What encodings make of bytes, and what that costs: the weighing of detection.

``repair.detect.lens`` says what is counted, and does the same where this is not compiled.
"""

from __future__ import annotations

from typing import Final

from librt.vecs import append, vec
from mypy_extensions import i32, i64, u8

from repair.kernel.costs import Costs
from repair.kernel.rows import (
    SPACE,
    Script,
    added,
    folded,
    least,
    letter,
    row_of,
    zeros,
)
from repair.kernel.spoken import Heard

MOST: Final = 254
"""What a pair of bytes costs at most, in units."""
NINE: Final = 0x39
AT: Final = 0x40
SPREAD: Final = 0x9E3779B1
"""Spreads neighbouring numbers over a table: 2 ** 32 divided by the golden ratio."""


class Counter:
    """Counts pairs of numbers up to a limit, in the order in which they are met."""

    def __init__(self, most: i64, room: i64) -> None:
        self.most: i64 = most
        """A pair that comes again and again is not so much more evidence."""
        size: i64 = 16
        while size < 2 * room:
            size *= 2
        self.mask: i64 = size - 1
        self.slots: vec[i64] = zeros(size)
        """Where a pair stands in the list, and 1; 0 for none."""
        self.values: vec[i64] = vec[i64](capacity=room)
        self.counts: vec[i64] = vec[i64](capacity=room)

    def add(self, value: i64) -> bool:
        """Count a pair; false if it was met as often as counts."""
        slots = self.slots
        values = self.values
        slot: i64 = ((((value ^ (value >> 21)) & 0x3FFFFFF) * SPREAD) >> 15) & self.mask
        while True:
            place: i64 = slots[slot] - 1
            if place < 0:
                slots[slot] = len(values) + 1
                self.values = append(values, value)
                self.counts = append(self.counts, 1)
                return True
            if values[place] == value:
                counts = self.counts
                if counts[place] >= self.most:
                    return False
                counts[place] += 1
                return True
            slot = (slot + 1) & self.mask


class Found:
    """Evidence: words beyond ASCII, and their pairs of bytes of which one is."""

    def __init__(self, pieces: list[bytes], plain: str, counter: Counter, ascii_units: i64) -> None:
        self.pieces: list[bytes] = pieces
        self.plain: str = plain
        self.values: vec[i64] = counter.values
        self.counts: vec[i64] = counter.counts
        self.ascii: i64 = ascii_units
        """What the other pairs cost where they are read as ASCII."""
        self.spoken: Heard | None = None
        """What the ASCII words say."""

    def total(self) -> int:
        """Return how many pairs count."""
        total: i64 = 0
        at: i64 = 0
        while at < len(self.counts):
            total += self.counts[at]
            at += 1
        return int(total)

    def pairs(self) -> list[int]:
        """Return the pairs, as numbers whose high byte is the first."""
        return [int(value) for value in self.values]

    def words(self, costs: Costs) -> Heard:
        """Return what the ASCII words say."""
        known = self.spoken
        if known is not None:
            return known
        spoken = costs.spoken(self.plain)
        self.spoken = spoken
        return spoken


class Words:
    """Words that were taken, as long as there is room for them."""

    def __init__(self, budget: i64, room: i64) -> None:
        self.budget: i64 = budget
        """How many bytes beyond ASCII are still wanted."""
        self.room: i64 = room
        """How many bytes of ASCII words."""
        self.seen: set[bytes] = set()
        self.own: list[bytes] = []
        """Words beyond ASCII of one piece."""
        self.plain: list[bytes] = []

    def take(self, word: bytes, beyond: i64) -> None:
        """Take a word that has so many bytes beyond ASCII."""
        if not beyond:
            if self.room > 0:
                self.plain.append(word)
                self.room -= len(word) + 1
        elif self.budget > 0 and word not in self.seen:
            self.seen.add(word)
            self.own.append(word)
            self.budget -= beyond


def gather(costs: Costs, pieces: list[bytes], budget: i64, room: i64, most: i64) -> Found:
    """Gather the words beyond ASCII until they hold ``budget`` bytes that are.

    And ASCII words until they hold ``room`` bytes. A pair counts ``most`` times.
    """
    words = Words(budget, room)
    joined: list[bytes] = []
    for piece in pieces:
        at: i64 = 0
        end: i64 = len(piece)
        while at < end and (words.budget > 0 or words.room > 0):
            start: i64 = at
            beyond: i64 = 0
            while at < end:
                byte: i64 = i64(piece[at])
                if byte < 0x30 or NINE < byte < AT:
                    break
                beyond += byte >> 7
                at += 1
            if at > start:
                words.take(piece[start:at], beyond)
            at += 1
        if words.own:
            joined.append(b" ".join(words.own))
            words.own = []
    return _paired(costs, joined, b" ".join(words.plain).decode("ascii"), most)


def _paired(costs: Costs, joined: list[bytes], plain: str, most: i64) -> Found:
    text = b" ".join(joined)
    table = costs.ascii
    end: i64 = len(text)
    counter = Counter(most, end + 1)
    units: i64 = 0
    before: i64 = SPACE
    at: i64 = 0
    while at <= end:
        byte: i64 = SPACE
        if at < end:
            byte = i64(text[at])
        if 0x31 <= byte <= NINE:
            byte = 0x30
        if (before | byte) < 0x80:
            units += i64(table[(before << 7) | byte])
        else:
            counter.add((before << 8) | byte)
        before = byte
        at += 1
    return Found(joined, plain, counter, units)


class Rows:
    """What is to be added: rows of a script, and what all its languages have more."""

    def __init__(self, script: Script, room: i64) -> None:
        self.script: Script = script
        self.places: vec[i32] = vec[i32]([i32(0)] * room)
        """Where they begin."""
        self.count: i64 = 0
        self.alike: i64 = 0

    def add(self, row: i64, times: i64) -> None:
        """Add a row so many times."""
        places = self.places
        count: i64 = self.count
        at: i64 = row * self.script.lanes
        self.count = count + times
        while count < self.count:
            places[count] = i32(at)
            count += 1


class Reader:
    """The languages of a script, and how likely each is in an encoding."""

    def __init__(self, costs: Costs, number: int, against: list[int]) -> None:
        self.costs: Costs = costs
        self.script: Script = costs.script(i64(number))
        self.latin: bool = i64(number) == costs.latin
        self.against: vec[i64] = vec[i64]([i64(units) for units in against])
        """What speaks against each language before anything is read, in units."""

    def best(self, rows: Rows, found: Found, more: i64) -> tuple[int, int]:
        """Return the least sum of all languages, ``more`` added, and its lane."""
        words = found.words(self.costs)
        others: i64 = words.others
        wide = added(self.script.rows, rows.places, rows.count, self.script.lanes)
        best: i64 = 0
        least_units: i64 = 0
        lane: i64 = 0
        while lane < self.script.lanes:
            units: i64 = wide[lane] + self.against[lane]
            units += words.against[lane] if self.latin else others
            if lane == 0 or units < least_units:
                best = lane
                least_units = units
            lane += 1
        return int(least_units + rows.alike + more), int(best)

    def weigh(self, found: Found, text: str, most: int) -> tuple[int, int, int]:
        """Return what the text of the evidence costs: in its best lane, that, and its ASCII."""
        costs = self.costs
        script = self.script
        table = costs.ascii
        codes = folded(text)
        end: i64 = len(codes)
        rows = Rows(script, 2 * end)
        counter = Counter(i64(most), end)
        units: i64 = 0
        before: i64 = SPACE
        at: i64 = 1
        while at < end:
            code: i64 = i64(codes[at])
            if (before | code) < 0x80:
                units += i64(table[(before << 7) | code])
            elif counter.add((before << 21) | code):
                first: i64 = letter(before) if script.folds else before
                second: i64 = letter(code) if script.folds else code
                _add(costs, rows, first, second, script.single(second), script.context(first), 1)
            before = code
            at += 1
        units_of_best, lane = self.best(rows, found, 0)
        return units_of_best, lane, int(units)


def _add(  # noqa: PLR0913, PLR0917
    costs: Costs,
    rows: Rows,
    first: i64,
    second: i64,
    single: i64,
    context: i64,
    times: i64,
) -> None:
    """Add what a pair of characters costs, whose places in the tables are known."""
    script = rows.script
    if single < 0:
        rows.alike += costs.stranger(first, second, script.number) * times
        return
    mixed: i64 = 0
    if script.mixes:
        mixed = costs.mixed(first, second)
    if context < 0 or mixed:
        rows.add(script.costs + single, times)
        rows.alike += mixed * times
        return
    row: i64 = row_of(script.known, context, second)
    if row >= 0:
        rows.add(row, times)
    else:
        rows.add(script.costs + single, times)
        rows.add(script.leaving + context, times)


class Lens:
    """A one-byte encoding: what its pairs of bytes cost in the languages of one script."""

    def __init__(self, reader: Reader, codes: list[int], box: int) -> None:
        self.reader: Reader = reader
        self.box: i64 = box
        """What a box costs more, in units, for each of its characters that is not the same as
        before."""
        script = reader.script
        self.codes: vec[i32] = vec[i32](capacity=256)
        """By byte, the character."""
        self.singles: vec[i32] = vec[i32](capacity=256)
        """By byte, its place in the tables of the script; -1 if it is not there."""
        self.contexts: vec[i32] = vec[i32](capacity=256)
        self.drawn: vec[u8] = vec[u8](capacity=256)
        for point in codes:
            code: i64 = letter(i64(point)) if script.folds else i64(point)
            self.codes = append(self.codes, i32(code))
            self.singles = append(self.singles, i32(script.single(code)))
            self.contexts = append(self.contexts, i32(script.context(code)))
            self.drawn = append(self.drawn, u8(1 if 0x2500 <= code <= 0x259F else 0))
        self.least: vec[u8] = vec[u8]([u8(0)] * 0x10000)
        """By pair of bytes, what it costs at least, and 1; 0 where it was not asked for."""

    def bound(self, found: Found) -> int:
        """Return units that the pairs cost at least, in whatever language each is cheapest."""
        known = self.least
        values = found.values
        counts = found.counts
        total: i64 = 0
        at: i64 = 0
        end: i64 = len(values)
        while at < end:
            pair: i64 = values[at]
            units: i64 = i64(known[pair])
            if not units:
                units = self.cheapest(pair) + 1
                known[pair] = u8(units)
            total += (units - 1) * counts[at]
            at += 1
        return int(total)

    def cheapest(self, pair: i64) -> i64:
        """Return the units that a pair costs at least, in whatever language."""
        costs = self.reader.costs
        script = self.reader.script
        first: i64 = i64(self.codes[pair >> 8])
        second: i64 = i64(self.codes[pair & 255])
        single: i64 = i64(self.singles[pair & 255])
        context: i64 = i64(self.contexts[pair >> 8])
        units: i64 = self.boxed(pair)
        if single < 0:
            return min(MOST, units + costs.stranger(first, second, script.number))
        mixed: i64 = 0
        if script.mixes:
            mixed = costs.mixed(first, second)
        if context < 0 or mixed:
            return min(MOST, units + mixed + least(script, script.costs + single))
        place: i64 = row_of(script.known, context, second)
        if place >= 0:
            return min(MOST, units + least(script, place))
        units += least(script, script.costs + single)
        return min(MOST, units + least(script, script.leaving + context))

    def boxed(self, pair: i64) -> i64:
        """Return what a pair costs more because it goes on with a box."""
        if self.drawn[pair & 255] and self.codes[pair >> 8] != self.codes[pair & 255]:
            return self.box
        return 0

    def weigh(self, found: Found) -> tuple[int, int]:
        """Return what the pairs cost in their likeliest language, in units, and its lane."""
        reader = self.reader
        script = reader.script
        values = found.values
        counts = found.counts
        rows = Rows(script, 2 * found.total())
        boxes: i64 = 0
        at: i64 = 0
        while at < len(values):
            pair: i64 = values[at]
            times: i64 = counts[at]
            before: i64 = pair >> 8
            byte: i64 = pair & 255
            boxes += self.boxed(pair) * times
            _add(
                reader.costs,
                rows,
                i64(self.codes[before]),
                i64(self.codes[byte]),
                i64(self.singles[byte]),
                i64(self.contexts[before]),
                times,
            )
            at += 1
        return reader.best(rows, found, boxes)


def bounds(lenses: list[Lens], found: Found) -> list[int]:
    """Return the bounds of several encodings, in units."""
    return [lens.bound(found) for lens in lenses]
