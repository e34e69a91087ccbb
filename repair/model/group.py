"""The statistics of the languages of one script, as loaded from ``languages.bin``."""

from __future__ import annotations

import json
from array import array
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import cache, cached_property
from typing import NamedTuple

from repair.model import strangers
from repair.model.lanes import BYTES, MOST, alike, narrowed, widened

# Latin words stand within lines of these scripts without spaces, and symbols that Greek letters
# serve as stand beside Latin letters: what that costs is counted. Elsewhere letters of two scripts
# in a word are an accident that word lists do not tell of.
FREE = frozenset({"Latn", "Hani", "Thai", "Laoo", "Khmr", "Mymr", "Tibt"})

UNKNOWN = 255
"""Stands for costs that are not known: none is as high."""

KEPT_BYTES = 4 << 20
"""Rows that were looked up are kept until they take this much."""


class Tables(NamedTuple):
    """The statistics of a script, as ``Group`` looks them up."""

    singles: Mapping[str, int]
    """The characters that have costs of their own, and where."""
    contexts: Mapping[str, int]
    """Those that have followers, and their numbers."""
    ends: Sequence[int]
    """By context: where its followers begin; where they end comes next."""
    followers: str
    """In the order of code points within a context."""
    rows: tuple[bytes, bytes, bytes]
    """Of the followers, the characters, and the contexts: a byte for each language."""
    words: bytes
    """Rows of pairs of ASCII letters."""
    ascii: bytes
    """The units of pairs of printable ASCII, in whatever language."""


class Group:
    """Costs of pairs of characters, for all languages of a script at once.

    A pair's cost is that of its second character after its first: the pair's own where it was
    seen often enough, else the character's plus what it costs to leave the known pairs.
    """

    def __init__(
        self, script: str, tags: tuple[str, ...], rarity: tuple[int, ...], data: bytes, start: int
    ) -> None:
        """Read the section that begins at ``start`` of ``data``."""
        self.script = script
        self.tags = tags
        self.rarity = rarity
        self.rare = widened(bytes(rarity))
        end = data.index(b"\n", start) + 1
        parts = []
        for length in json.loads(data[start:end]):
            parts.append(data[end : end + length])
            end += length
        singles, self._costs, contexts, self._leaving, numbers, followers, self._rows = parts[:7]
        self._words, self._ascii = parts[7:]
        self._singles = _places(singles)
        self._contexts = _places(contexts)
        self._ends = _running(numbers)
        self._followers = followers.decode()
        self._row_of: dict[str, int] = {}
        self._most = KEPT_BYTES // (len(tags) * 4 + 200)

    def tables(self) -> Tables:
        """Return all there is to be looked up."""
        rows = (self._rows, self._costs, self._leaving)
        return Tables(
            self._singles,
            self._contexts,
            self._ends,
            self._followers,
            rows,
            self._words,
            self._ascii,
        )

    def knows(self, character: str) -> bool:
        """Tell whether there are statistics of a character."""
        return (_folded(character) if self.script != "Latn" else character) in self._singles

    def costs(self, pairs: Iterable[tuple[str, int]], total: int) -> array[int]:
        """Return, for each lane, ``total`` and the units of these pairs, so many times each."""
        row_of, weight = self._row_of, 0
        sums = None
        for pair, count in pairs:
            if count > MOST:
                sums = self._added(sums, self._looked_up(pair), count)
                continue
            weight += count
            if weight > MOST:
                sums, total, weight = self._added(sums, total), 0, count
            try:
                total += row_of[pair] * count
            except KeyError:
                total += self._looked_up(pair) * count
        return self._added(sums, total)

    def sum(self, pairs: Iterable[tuple[str, int]]) -> int:
        """Return the lanes of what these pairs cost, of which there may be ``lanes.MOST``."""
        row_of, total = self._row_of, 0
        for pair, count in pairs:
            try:
                total += row_of[pair] * count
            except KeyError:  # noqa: PERF203 (rarely)
                total += self._looked_up(pair) * count
        return total

    def _added(self, sums: array[int] | None, total: int, times: int = 1) -> array[int]:
        """Carry what the lanes hold over to wider ones."""
        new = narrowed(total, len(self.tags))
        if sums is None and times == 1:
            return new
        old = sums or array("Q", bytes(8 * len(new)))
        return array("Q", (a + b * times for a, b in zip(old, new, strict=True)))

    def _looked_up(self, pair: str) -> int:
        if len(self._row_of) > self._most:
            self._row_of.clear()
        row = self._row_of[pair] = self._row(*pair)
        return row

    def _row(self, before: str, character: str) -> int:
        if self.script != "Latn":
            before, character = _folded(before), _folded(character)
        single = self._singles.get(character)
        if single is None:
            return alike(strangers.cost(before, character, self.script), len(self.tags))
        context = self._contexts.get(before)
        mixed = 0 if self.script in FREE else strangers.mixed(before, character)
        if context is None or mixed:
            return self._at(self._wide_costs, single) + alike(mixed, len(self.tags))
        start, end = self._ends[context], self._ends[context + 1]
        place = self._followers.find(character, start, end)
        if place >= 0:
            return self._at(self._wide_rows, place)
        return self._at(self._wide_costs, single) + self._at(self._wide_leaving, context)

    def least(self, before: str, character: str) -> int:
        """Return units that a pair costs at least, in whatever language.

        For pairs that were not seen often that is the least of all languages for leaving the known
        pairs, and the least of all for the character: 8 % more encodings pass by it than by the
        least sum, which takes ten times as long.
        """
        if self.script != "Latn":
            before, character = _folded(before), _folded(character)
        single = self._singles.get(character)
        if single is None:
            return strangers.cost(before, character, self.script)
        context = self._contexts.get(before)
        mixed = 0 if self.script in FREE else strangers.mixed(before, character)
        if context is None or mixed:
            return self._least_costs[single] + mixed
        place = self._followers.find(character, self._ends[context], self._ends[context + 1])
        if place >= 0:
            return self._least_rows[place]
        return self._least_costs[single] + self._least_leaving[context]

    def least_of_known(self, characters: Sequence[str]) -> Iterator[bytearray]:
        """Yield, for each character, the same for it and each of them behind it; fast for many.

        255 stands for a pair that ``least`` must be asked for.
        """
        if self.script != "Latn":
            characters = [_folded(character) for character in characters]
        places: dict[str, list[int]] = {}
        for place, character in enumerate(characters):
            places.setdefault(character, []).append(place)
        first = {strangers.script(character): character for character in reversed(characters)}
        beside = {script: self._beside(before, characters) for script, before in first.items()}
        rows: dict[str, bytearray] = {}
        for before in characters:
            if before not in rows:
                rows[before] = self._row_of_least(before, beside[strangers.script(before)], places)
            yield rows[before]

    def _row_of_least(
        self, before: str, beside: tuple[bytes, int], places: dict[str, list[int]]
    ) -> bytearray:
        known, fixed = beside
        context = self._contexts.get(before)
        more = known.translate(_more_by(0 if context is None else self._least_leaving[context]))
        row = bytearray((int.from_bytes(more, "little") | fixed).to_bytes(len(more), "little"))
        for at in places[before]:
            row[at] = UNKNOWN  # what comes again may be a line of it
        if context is not None:
            start, end = self._ends[context], self._ends[context + 1]
            for place, follower in enumerate(self._followers[start:end], start):
                for at in places.get(follower, ()):
                    if known[at] != UNKNOWN:
                        row[at] = min(self._least_rows[place], UNKNOWN - 1)
        return row

    def _beside(self, before: str, characters: Sequence[str]) -> tuple[bytes, int]:
        """Return what characters cost behind those of the script of ``before``.

        In the first, ``UNKNOWN`` stands for those whose costs are in the second and depend on
        no known pair: strangers, and letters of another script.
        """
        known, fixed = bytearray(), bytearray()
        for character in characters:
            single = self._singles.get(character)
            mixed = 0 if self.script in FREE else strangers.mixed(before, character)
            if single is not None and not mixed:
                known.append(self._least_costs[single])
                fixed.append(0)
                continue
            known.append(UNKNOWN)
            units = self.least(before, character)
            fixed.append(min(units, UNKNOWN - 1))
        return bytes(known), int.from_bytes(fixed, "little")

    @cached_property
    def _least_costs(self) -> bytes:
        return self._least_of(self._costs)

    @cached_property
    def _least_leaving(self) -> bytes:
        return self._least_of(self._leaving)

    @cached_property
    def _least_rows(self) -> bytes:
        return self._least_of(self._rows)

    def _least_of(self, rows: bytes) -> bytes:
        return bytes(map(min, zip(*[iter(rows)] * len(self.tags), strict=True)))

    @cached_property
    def _wide_rows(self) -> memoryview:
        return _apart(self._rows)

    @cached_property
    def _wide_costs(self) -> memoryview:
        return _apart(self._costs)

    @cached_property
    def _wide_leaving(self) -> memoryview:
        return _apart(self._leaving)

    def _at(self, rows: memoryview, place: int) -> int:
        width = BYTES * len(self.tags)
        return int.from_bytes(rows[place * width : (place + 1) * width], "little")

    @cached_property
    def word_rows(self) -> list[int]:
        """The costs of pairs of ASCII letters, by their places in the table of words."""
        width = len(self.tags)
        starts = range(0, len(self._words), width)
        return [widened(self._words[start : start + width]) for start in starts]

    @cached_property
    def ascii_cost(self) -> dict[str, int]:
        """The units of ASCII characters after each other, in whatever language."""
        printable = [chr(code) for code in range(0x20, 0x7F)]
        pairs = (first + second for first in printable for second in printable)
        return _NeverInText(zip(pairs, self._ascii, strict=True))


def _apart(rows: bytes) -> memoryview:
    """Return the rows with each byte in a lane of its own: to look one up is then one copy."""
    lanes = bytearray(BYTES * len(rows))
    lanes[::BYTES] = rows
    return memoryview(lanes).toreadonly()


@cache
def _more_by(units: int) -> bytes:
    """A table for ``bytes.translate`` that adds to all costs that are known; others become 0."""
    return bytes(min(cost + units, UNKNOWN - 1) for cost in range(UNKNOWN)) + b"\0"


class _NeverInText(dict[str, int]):
    def __missing__(self, pair: str) -> int:
        return self[" " + pair[1]] if " " <= pair[1] < "\x7f" else strangers.NEVER


def _places(characters: bytes) -> dict[str, int]:
    return {character: n for n, character in enumerate(characters.decode())}


def _running(numbers: bytes) -> array[int]:
    ends, end = array("I", [0]), 0
    for low, high in zip(numbers[::2], numbers[1::2], strict=True):
        end += low + 256 * high
        ends.append(end)
    return ends


def _folded(character: str) -> str:
    return "a" if character.isascii() and character.isalpha() else character
