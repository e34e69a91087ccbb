"""Which encoding makes the likeliest text of the bytes? The judge weighs what each one reads."""

from __future__ import annotations

import codecs
import sys
from array import array
from collections import Counter
from collections.abc import Container, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from functools import cache
from typing import NamedTuple

from repair.detect.encodings import NAMES, ONE_BYTE, USAGE_OF, Usage
from repair.detect.lens import Pairs, cheapest, everywhere, lens, preference
from repair.model import judge
from repair.model.judge import UNIT, pairs_of

# A byte that an encoding does not know, in nats; and how many of them are too many.
UNKNOWN = 12.0
MOST_UNKNOWN = 0.05
# The first byte of a character at the end of a piece, which may have been cut there.
CUT = 6.0

# Readings that are less likely than the best by more nats, and by more of what it costs, are not
# looked for: repetitions and signs make some first words odd.
SLACK, SLACK_SHARE = 28.0, 0.4

# A pair that comes again and again is not so much more evidence: a line of dashes is one sign.
MOST_REPEATED = 3

# Bytes of ASCII words that tell the language.
MOST_PLAIN = 400

_HIGH = bytes(range(128, 256))

# Signs that are in no encoding a later byte of a character; four-byte characters have digits.
_BETWEEN = bytes([*range(0x30), *range(0x3A, 0x40)])
_WORDS = bytes.maketrans(_BETWEEN, b" " * len(_BETWEEN))
_BLANKS = bytes.maketrans(b"\t\n\x0b\x0c\r123456789", b"     000000000")

# Of encodings that read nearly the same, the first that knows all bytes is looked at.
_TWO_BYTES = (
    ("cp932", "shift_jis_2004"),
    ("euc_jp", "euc_jis_2004"),
    ("gb18030",),
    ("big5", "cp950", "big5hkscs"),
    ("cp949",),
    ("johab",),
)


class Reading(NamedTuple):
    """What an encoding makes of the evidence."""

    encoding: str
    nats: float
    """Of the text in its likeliest language, with the prior of the encoding."""
    language: str | None


@dataclass(slots=True)
class Evidence:
    """What there is to weigh."""

    pieces: tuple[bytes, ...]
    """The distinct words beyond ASCII of each piece of the input, a blank between them."""
    plain: str
    """ASCII words from the same lines."""
    pairs: tuple[int, ...]
    """Pairs of bytes of which one is beyond ASCII; the first is the high byte of a number."""
    counts: tuple[int, ...]
    ascii: float
    """What the other pairs cost, in nats, where an encoding reads them as ASCII."""
    of_bytes: Pairs
    """The same, as encodings of one byte want them."""
    _against: dict[str, int] = field(default_factory=dict)

    def against(self, script: str) -> int:
        """What the ASCII words say against the languages of a script, in lanes."""
        if script not in self._against:
            words = judge().evidence("", words=self.plain).words
            latin = script == "Latn"
            self._against[script] = words.lanes if latin else everywhere(words.others, script)
        return self._against[script]


def evidence(pieces: Iterable[bytes], budget: int) -> Evidence:
    """Gather the words beyond ASCII until they hold ``budget`` bytes that are."""
    seen: set[bytes] = set()
    joined: list[bytes] = []
    plain: list[bytes] = []
    room = MOST_PLAIN
    for piece in pieces:
        own: list[bytes] = []
        for word in piece.translate(_WORDS).split():
            if word.isascii():
                if room > 0:
                    plain.append(word)
                    room -= len(word) + 1
            elif word not in seen and budget > 0:
                seen.add(word)
                own.append(word)
                budget -= len(word) - len(word.translate(None, _HIGH))
        if own:
            joined.append(b" ".join(own))
    beyond: dict[int, int] = {}
    ascii_units = 0
    for pair, count in _pairs(b" " + b" ".join(joined).translate(_BLANKS) + b" ").items():
        if pair & 0x8080:
            beyond[pair] = min(count, MOST_REPEATED)
        else:
            ascii_units += _ascii_units(pair) * count
    pairs, counts = tuple(beyond), tuple(beyond.values())
    nats, of_bytes = ascii_units * UNIT, Pairs(pairs, counts)
    return Evidence(tuple(joined), b" ".join(plain).decode(), pairs, counts, nats, of_bytes)


def _pairs(data: bytes) -> Counter[int]:
    """Count the pairs of bytes, each as a number whose high byte is the first of them."""
    even = array("H", data[: len(data) & ~1])
    odd = array("H", data[1 : 1 + (len(data) - 1 & ~1)])
    if sys.byteorder == "little":
        even.byteswap()
        odd.byteswap()
    counter = Counter(even)
    counter.update(odd)
    return counter


@cache
def _ascii_units(pair: int) -> int:
    return judge().group("Latn").ascii_cost[chr(pair >> 8) + chr(pair & 255)]


def rank(found: Evidence, names: Container[str] = NAMES) -> list[Reading]:
    """Return what the named encodings make of the evidence, the likeliest first.

    Those that are surely less likely than the best, see ``slack``, are left out.
    """
    readings = list(_two_bytes(found, names))
    best = max((reading.nats for reading in readings), default=-1e9)
    usages = [usage for usage in ONE_BYTE if usage.name in names]
    pairs = found.of_bytes
    bounds = [(lens(usage.name).bound(pairs), usage) for usage in usages]
    for bound, usage in sorted(bounds):
        if -bound < best - slack(best):
            break
        reading = read_as(found, usage)
        best = max(best, reading.nats)
        readings.append(reading)
    return sorted(readings, key=lambda reading: -reading.nats)


def read_as(found: Evidence, usage: Usage) -> Reading:
    """Return what a one-byte encoding makes of the evidence."""
    against = found.against(usage.script)
    cost, language = lens(usage.name).cost(found.of_bytes, against)
    return Reading(usage.name, -cost, language)


def read_text(found: Evidence, encoding: str) -> float:
    """Return the nats of what an encoding makes of the evidence, whatever the language."""
    text = "\n".join(piece.decode(encoding, "replace") for piece in found.pieces)
    told = judge().evidence(text, words=found.plain)
    capped = {pair: min(count, MOST_REPEATED) for pair, count in told.pairs.items()}
    return judge().best(told._replace(pairs=capped))[1] + found.ascii


def slack(best: float) -> float:
    """Return how many nats behind the best a reading is still in question."""
    return SLACK + SLACK_SHARE * max(-best, 0.0)


def _two_bytes(found: Evidence, names: Container[str]) -> Iterator[Reading]:
    for alike in _TWO_BYTES:
        found_as = _first_clean(found.pieces, [name for name in alike if name in names])
        if found_as is not None:
            name, text, errors = found_as
            usage = USAGE_OF[name]
            beyond, plain = _divided(text)
            against = preference(usage) + found.against(usage.script)
            cost, language = cheapest(judge().group(usage.script), beyond, against)
            nats = usage.prior - cost - errors + found.ascii - plain * UNIT
            yield Reading(name, nats, language)


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


def _first_clean(pieces: Sequence[bytes], names: Sequence[str]) -> tuple[str, str, float] | None:
    """Return the first encoding that knows all bytes, or else the one with the fewest errors."""
    best: tuple[str, str, float] | None = None
    for name in names:
        read = _read(pieces, name)
        if read is not None and (best is None or read[1] < best[2]):
            best = (name, *read)
        if best is not None and not best[2]:
            break
    return best


def _read(pieces: Sequence[bytes], encoding: str) -> tuple[str, float] | None:
    """Return the text of the pieces, and what its errors cost; ``None`` if they are too many."""
    read, unknown, cut = [], 0, 0
    most = 1 + MOST_UNKNOWN * sum(map(len, pieces)) / 2
    decoder = codecs.getincrementaldecoder(encoding)("replace")
    for piece in pieces:
        decoder.reset()
        text = decoder.decode(piece)
        unknown += text.count("\ufffd")
        if unknown > most:
            return None
        cut += bool(decoder.getstate()[0])
        read.append(text)
    text = "\n".join(read)
    return None if text.isascii() else (text, UNKNOWN * unknown + CUT * cut)
