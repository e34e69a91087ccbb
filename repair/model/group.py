"""The statistics of the languages of one script, as loaded from ``languages.bin``."""

from __future__ import annotations

import json
from array import array
from collections.abc import Iterable
from functools import cached_property

from repair.model import strangers
from repair.model.lanes import MOST, alike, narrowed, widened

# Latin words stand within lines of these scripts without spaces, and symbols that Greek letters
# serve as stand beside Latin letters: what that costs is counted. Elsewhere letters of two scripts
# in a word are an accident that word lists do not tell of.
FREE = frozenset({"Latn", "Hani", "Thai", "Laoo", "Khmr", "Mymr", "Tibt"})

KEPT_BYTES = 4 << 20
"""Rows that were looked up are kept until they take this much."""


class Group:
    """Costs of pairs of characters, for all languages of a script at once.

    A pair's cost is that of its second character after its first: the pair's own where it was
    seen often enough, else the character's plus what it costs to leave the known pairs.
    """

    def __init__(
        self, script: str, tags: tuple[str, ...], rarity: tuple[int, ...], data: bytes
    ) -> None:
        self.script = script
        self.tags = tags
        self.rarity = rarity
        self.rare = widened(bytes(rarity))
        end = data.index(b"\n") + 1
        view, parts = memoryview(data), []
        for length in json.loads(data[:end]):
            parts.append(view[end : end + length])
            end += length
        singles, self._costs, contexts, self._leaving, numbers, followers, self._rows = parts[:7]
        self._words, self._ascii = parts[7:]
        self._singles = _places(singles)
        self._contexts = _places(contexts)
        self._ends = _running(numbers)
        self._followers = str(followers, "utf-8")
        self._row_of: dict[str, int] = {}
        self._most = KEPT_BYTES // (len(tags) * 4 + 200)

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
            return self._at(self._costs, single) + alike(mixed, len(self.tags))
        start, end = self._ends[context], self._ends[context + 1]
        place = self._followers.find(character, start, end)
        if place >= 0:
            return self._at(self._rows, place)
        return self._at(self._costs, single) + self._at(self._leaving, context)

    def least(self, before: str, character: str) -> int:
        """Return the units that a pair costs in the language in which it is cheapest."""
        if self.script != "Latn":
            before, character = _folded(before), _folded(character)
        single = self._singles.get(character)
        if single is None:
            return strangers.cost(before, character, self.script)
        width = len(self.tags)
        costs = self._costs[single * width : (single + 1) * width]
        context = self._contexts.get(before)
        mixed = 0 if self.script in FREE else strangers.mixed(before, character)
        if context is None or mixed:
            return min(costs) + mixed
        place = self._followers.find(character, self._ends[context], self._ends[context + 1])
        if place >= 0:
            return min(self._rows[place * width : (place + 1) * width])
        return min(map(int.__add__, costs, self._leaving[context * width : (context + 1) * width]))

    def _at(self, rows: memoryview, place: int) -> int:
        width = len(self.tags)
        return widened(rows[place * width : (place + 1) * width])

    def word_row(self, place: int) -> int:
        """Return the costs of a pair of ASCII letters, by its place in the table of words."""
        return self._at(self._words, place)

    @cached_property
    def ascii_cost(self) -> dict[str, int]:
        """The units of ASCII characters after each other, in whatever language."""
        printable = [chr(code) for code in range(0x20, 0x7F)]
        pairs = (first + second for first in printable for second in printable)
        return _NeverInText(zip(pairs, self._ascii, strict=True))


class _NeverInText(dict[str, int]):
    def __missing__(self, pair: str) -> int:
        return self[" " + pair[1]] if " " <= pair[1] < "\x7f" else strangers.NEVER


def _places(characters: memoryview) -> dict[str, int]:
    return {character: n for n, character in enumerate(str(characters, "utf-8"))}


def _running(numbers: memoryview) -> array[int]:
    ends, end = array("I", [0]), 0
    for low, high in zip(numbers[::2], numbers[1::2], strict=True):
        end += low + 256 * high
        ends.append(end)
    return ends


def _folded(character: str) -> str:
    return "a" if character.isascii() and character.isalpha() else character
