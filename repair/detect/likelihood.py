"""Which encoding makes the likeliest text of the bytes? The judge weighs what each one reads."""

from __future__ import annotations

import codecs
from collections.abc import Container, Iterable, Iterator, Sequence
from typing import NamedTuple, Protocol

from repair.detect import lens
from repair.detect.encodings import NAMES, ONE_BYTE, TWO_BYTES, USAGE_OF, Usage
from repair.detect.words import MOST_REPEATED
from repair.kernel import COMPILED
from repair.model import judge

if COMPILED:
    from repair.detect import quick

# A byte that an encoding does not know, in nats; and how many of them are too many.
UNKNOWN = 12.0
MOST_UNKNOWN = 0.05
# The first byte of a character at the end of a piece, which may have been cut there.
CUT = 6.0

# Readings that are less likely than the best by more nats, and by more of what it costs, are not
# looked for: repetitions and signs make some first words odd.
SLACK, SLACK_SHARE = 28.0, 0.4

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


class Evidence(Protocol):
    """What there is to weigh, and what it weighs: in the kernel, or where that is not compiled."""

    pieces: Sequence[bytes]
    """The distinct words beyond ASCII of each piece of the input, a blank between them."""
    plain: str
    """ASCII words from the same lines."""
    total: int
    """How many pairs of bytes count, of which one is beyond ASCII."""
    ascii: float
    """What the other pairs cost, in nats, where an encoding reads them as ASCII."""

    def pairs(self) -> frozenset[int]:
        """Return the former pairs, as numbers whose high byte is the first byte."""

    def bounds(self, usages: Sequence[Usage]) -> list[float]:
        """Return nats that the pairs cost at least in one-byte encodings, and their priors."""

    def read_as(self, usage: Usage) -> tuple[float, str]:
        """Return what the pairs cost in a one-byte encoding, in nats, and in which language."""

    def read(self, usage: Usage, text: str) -> tuple[float, str]:
        """Return the same of an encoding that makes ``text`` of the pieces."""


def evidence(pieces: Iterable[bytes], budget: int) -> Evidence:
    """Gather the words beyond ASCII until they hold ``budget`` bytes that are."""
    if COMPILED:
        return quick.Weighed(pieces, budget)
    return lens.Weighed(pieces, budget)


def rank(found: Evidence, names: Container[str] = NAMES) -> list[Reading]:
    """Return what the named encodings make of the evidence, the likeliest first.

    Those that are surely less likely than the best, see ``slack``, are left out.
    """
    readings = list(_two_bytes(found, names))
    best = max((reading.nats for reading in readings), default=-1e9)
    usages = ONE_BYTE if names is NAMES else [usage for usage in ONE_BYTE if usage.name in names]
    bounds = sorted(zip(found.bounds(usages), usages, strict=True))
    for bound, usage in bounds:
        if -bound < best - slack(best):
            break
        cost, language = found.read_as(usage)
        best = max(best, -cost)
        readings.append(Reading(usage.name, -cost, language))
    return sorted(readings, key=lambda reading: -reading.nats)


def reading_in(found: Evidence, encoding: str) -> Reading | None:
    """Return what an encoding of ``USAGE_OF`` makes of the evidence, if it reads most of it."""
    usage = USAGE_OF[encoding]
    if usage in TWO_BYTES:
        return next(_two_bytes(found, (encoding,)), None)
    cost, language = found.read_as(usage)
    return Reading(encoding, -cost, language)


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
            cost, language = found.read(usage, text)
            yield Reading(name, found.ascii - cost - errors, language)


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
