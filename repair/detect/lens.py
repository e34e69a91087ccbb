"""What a one-byte encoding makes of pairs of bytes, and what the judge says that they cost."""

from __future__ import annotations

from array import array
from collections.abc import Callable, Iterable, Sequence
from functools import cache
from operator import itemgetter, mul

from repair.detect.encodings import USAGE_OF, Usage
from repair.detect.words import MOST_REPEATED, gather
from repair.model import judge
from repair.model.group import UNKNOWN, Group
from repair.model.judge import UNIT, pairs_of
from repair.model.lanes import alike, narrowed, widened

# What it costs to be used for a language that the encoding was not made for, in nats.
FOREIGN = 8.0

# What a box costs more for each of its characters that is not the same as before, in nats: capitals
# of Greek and Cyrillic in a word are as many signs of boxes in DOS encodings.
BOX = 3.0

_NOT_LOOKED_UP = UNKNOWN
_MOST = UNKNOWN - 1

# When so many pairs were looked up there will be more: to look up all takes 1 to 2 ms.
LEAST_PAIRS = 250


class Pairs:
    """Pairs of bytes, so many times each, and what their texts were found to cost."""

    def __init__(self, values: Sequence[int], counts: Sequence[int]) -> None:
        self.values = values
        self.counts = counts
        again = [
            value for value, count in zip(values, counts, strict=True) for _ in range(count - 1)
        ]
        self.of = _getter(values)
        self.again = _getter(again)
        self._sums: dict[tuple[str, ...], int] = {}

    def cheapest(self, group: Group, texts: tuple[str, ...], against: int) -> tuple[float, str]:
        """Return the least that the pairs cost in a language where they are read as ``texts``.

        Many encodings read them alike: these are added up once.
        """
        key = (group.script, *texts)
        if key not in self._sums:
            self._sums[key] = group.sum(zip(texts, self.counts, strict=True))
        return _least(group, narrowed(self._sums[key] + against, len(group.tags)))


def _getter(places: Sequence[int]) -> Callable[[bytearray], Sequence[int]]:
    if len(places) > 1:
        return itemgetter(*places)
    return lambda table: [table[place] for place in places]


class Lens:
    """A one-byte encoding: what its pairs of bytes cost in the languages of one script.

    A pair of bytes is a number: the first is its high byte.
    """

    def __init__(self, usage: Usage) -> None:
        self.usage = usage
        self.group = judge().group(usage.script)
        self._characters = [character(value, usage.name) for value in range(256)]
        self._has_boxes = any(map(_drawn, self._characters))
        self._known: dict[str, bytearray] = {}
        self._least = bytearray([_NOT_LOOKED_UP]) * (1 << 16)
        self._looked_up = 0

    def bound(self, pairs: Pairs) -> float:
        """Return nats that the pairs cost at least, in whatever language each is cheapest."""
        units = pairs.of(self._least)
        if _NOT_LOOKED_UP in units:
            self._look_up(pairs.values)
            units = pairs.of(self._least)
        total = sum(units) + sum(pairs.again(self._least))
        return total * UNIT - self.usage.prior

    def _look_up(self, pairs: Sequence[int]) -> None:
        """Look up what the pairs cost; and all others, if these are not the first ones."""
        if self._looked_up < LEAST_PAIRS <= self._looked_up + len(pairs):
            drawn = [value for value, character in enumerate(self._characters) if _drawn(character)]
            rows = []
            for row in self.group.least_of_known(self._characters):
                for value in drawn:  # what a box costs is added to it
                    row[value] = _NOT_LOOKED_UP
                rows.append(row)
            self._least = bytearray().join(rows)
        self._looked_up += len(pairs)
        least = self._least
        for pair in pairs:
            if least[pair] == _NOT_LOOKED_UP:
                least[pair] = self._cheapest(pair)

    def cost_in(self, language: str, pairs: Sequence[int]) -> int:
        """Return the units that some pairs cost in one language: fast, for many lines."""
        known = self._known.setdefault(language, bytearray([_NOT_LOOKED_UP]) * (1 << 16))
        total = 0
        for pair in pairs:
            units = known[pair]
            if units == _NOT_LOOKED_UP:
                units = known[pair] = self._in_language(language, pair)
            total += units
        return total

    def _in_language(self, language: str, pair: int) -> int:
        text = self._text(pair)
        lanes = zip(self.group.tags, self.group.costs([(text, 1)], 0), strict=True)
        units = min(units for tag, units in lanes if tag == language)
        return min(units + _box(text), _MOST)

    def _cheapest(self, pair: int) -> int:
        text = self._text(pair)
        return min(self.group.least(*text) + _box(text), _MOST)

    def cost(self, found: Pairs, against: int) -> tuple[float, str]:
        """Return the nats that the pairs cost in their likeliest language, and that.

        ``against`` is what else speaks against each language of the group, in lanes.
        """
        characters = self._characters
        texts = tuple([characters[pair >> 8] + characters[pair & 255] for pair in found.values])
        boxes = sum(map(mul, map(_box, texts), found.counts)) if self._has_boxes else 0
        against += preference(self.usage)
        nats, language = found.cheapest(self.group, texts, against)
        return nats + boxes * UNIT - self.usage.prior, language

    def _text(self, pair: int) -> str:
        return self._characters[pair >> 8] + self._characters[pair & 255]


def _box(text: str) -> int:
    return round(BOX / UNIT) if _drawn(text[1]) and text[0] != text[1] else 0


def _drawn(character: str) -> bool:
    return "\u2500" <= character <= "\u259f"


def _cheapest(group: Group, pairs: Iterable[tuple[str, int]], against: int) -> tuple[float, str]:
    """Return the least that pairs of characters cost in a language, in nats, and that language."""
    return _least(group, group.costs(pairs, against))


def _least(group: Group, lanes: array[int]) -> tuple[float, str]:
    least = min(lanes)
    return least * UNIT, group.tags[lanes.index(least)]


@cache
def preference(usage: Usage) -> int:
    """Return the lanes of what speaks against languages in an encoding before it is looked at."""
    group = judge().group(usage.script)
    units = (round(FOREIGN / UNIT) * (tag not in usage.languages) for tag in group.tags)
    return widened(bytes(units)) + group.rare


def _everywhere(units: int, script: str) -> int:
    """Return lanes that hold the same for all languages of a script."""
    return alike(units, len(judge().group(script).tags))


def character(value: int, encoding: str) -> str:
    """Return what a one-byte encoding makes of a byte."""
    return bytes([value]).decode(encoding, "replace")


@cache
def lens(name: str) -> Lens:
    """Return the lens of a one-byte encoding."""
    return Lens(USAGE_OF[name])


class Weighed:
    """Evidence that is weighed by sums of big integers: ``likelihood.Evidence``."""

    def __init__(self, pieces: Iterable[bytes], budget: int) -> None:
        found = gather(pieces, budget)
        self.pieces: Sequence[bytes] = found.pieces
        self.plain = found.plain
        self.total = sum(found.counts)
        self.ascii = found.ascii * UNIT
        self._pairs = Pairs(found.pairs, found.counts)
        self._against: dict[str, int] = {}

    def pairs(self) -> frozenset[int]:
        """Return the pairs of bytes of which one is beyond ASCII."""
        return frozenset(self._pairs.values)

    def bounds(self, usages: Sequence[Usage]) -> list[float]:
        """Return nats that the pairs cost at least in one-byte encodings, and their priors."""
        return [lens(usage.name).bound(self._pairs) for usage in usages]

    def read_as(self, usage: Usage) -> tuple[float, str]:
        """Return what the pairs cost in a one-byte encoding, in nats, and in which language."""
        return lens(usage.name).cost(self._pairs, self._spoken(usage.script))

    def read(self, usage: Usage, text: str) -> tuple[float, str]:
        """Return the same of an encoding that makes ``text`` of the pieces."""
        beyond, plain = _divided(text)
        against = preference(usage) + self._spoken(usage.script)
        cost, language = _cheapest(judge().group(usage.script), beyond, against)
        return cost + plain * UNIT - usage.prior, language

    def _spoken(self, script: str) -> int:
        """What the ASCII words say against the languages of a script, in lanes."""
        if script not in self._against:
            words = judge().evidence("", words=self.plain).words
            latin = script == "Latn"
            self._against[script] = words.lanes if latin else _everywhere(words.others, script)
        return self._against[script]


def _divided(text: str) -> tuple[list[tuple[str, int]], int]:
    """Return the pairs beyond ASCII, and the units that the others cost."""
    ascii_cost = judge().group("Latn").ascii_cost
    beyond, units = [], 0
    for pair, count in pairs_of(text).items():
        if pair.isascii():
            units += ascii_cost[pair] * count
        else:
            beyond.append((pair, min(count, MOST_REPEATED)))
    return beyond, units
