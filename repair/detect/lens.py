"""What a one-byte encoding makes of pairs of bytes, and what the judge says that they cost."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from functools import cache
from operator import itemgetter, mul

from repair.detect.encodings import USAGE_OF, Usage
from repair.model import judge
from repair.model.group import Group
from repair.model.judge import UNIT
from repair.model.lanes import alike, widened

# What it costs to be used for a language that the encoding was not made for, in nats.
FOREIGN = 8.0

# What a box costs more for each of its characters that is not the same as before, in nats: capitals
# of Greek and Cyrillic in a word are as many signs of boxes in DOS encodings.
BOX = 3.0

_NOT_LOOKED_UP = 255
_MOST = 254


class Lens:
    """A one-byte encoding: what its pairs of bytes cost in the languages of one script.

    A pair of bytes is a number: the first is its high byte.
    """

    def __init__(self, usage: Usage) -> None:
        self.usage = usage
        self.group = judge().group(usage.script)
        self._characters = [_character(value, usage.name) for value in range(256)]
        self._has_boxes = any(map(_drawn, self._characters))
        self._known: dict[str, bytearray] = {}
        self._least = bytearray([_NOT_LOOKED_UP]) * (1 << 16)

    def bound(self, pairs: Sequence[int], counts: Sequence[int]) -> float:
        """Return nats that the pairs cost at least, in whatever language each is cheapest.

        There must be two or more.
        """
        units = itemgetter(*pairs)(self._least)
        if _NOT_LOOKED_UP in units:
            for pair in pairs:
                if self._least[pair] == _NOT_LOOKED_UP:
                    self._least[pair] = self._cheapest(pair)
            units = itemgetter(*pairs)(self._least)
        total: int = sum(map(mul, units, counts))
        return total * UNIT - self.usage.prior

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

    def cost(self, pairs: Sequence[int], counts: Sequence[int], against: int) -> tuple[float, str]:
        """Return the nats that the pairs cost in their likeliest language, and that.

        ``against`` is what else speaks against each language of the group, in lanes.
        """
        texts = [self._text(pair) for pair in pairs]
        boxes = sum(map(mul, map(_box, texts), counts)) if self._has_boxes else 0
        pairs_of_text = zip(texts, counts, strict=True)
        nats, language = cheapest(self.group, pairs_of_text, against + preference(self.usage))
        return nats + boxes * UNIT - self.usage.prior, language

    def _text(self, pair: int) -> str:
        return self._characters[pair >> 8] + self._characters[pair & 255]


def _box(text: str) -> int:
    return round(BOX / UNIT) if _drawn(text[1]) and text[0] != text[1] else 0


def _drawn(character: str) -> bool:
    return "\u2500" <= character <= "\u259f"


def cheapest(group: Group, pairs: Iterable[tuple[str, int]], against: int) -> tuple[float, str]:
    """Return the least that pairs of characters cost in a language, in nats, and that language."""
    lanes = group.costs(pairs, against)
    least = min(lanes)
    return least * UNIT, group.tags[lanes.index(least)]


@cache
def preference(usage: Usage) -> int:
    """Return the lanes of what speaks against languages in an encoding before it is looked at."""
    group = judge().group(usage.script)
    units = (round(FOREIGN / UNIT) * (tag not in usage.languages) for tag in group.tags)
    return widened(bytes(units)) + group.rare


def everywhere(units: int, script: str) -> int:
    """Return lanes that hold the same for all languages of a script."""
    return alike(units, len(judge().group(script).tags))


def _character(value: int, encoding: str) -> str:
    return bytes([value]).decode(encoding, "replace")


@cache
def lens(name: str) -> Lens:
    """Return the lens of a one-byte encoding."""
    return Lens(USAGE_OF[name])
