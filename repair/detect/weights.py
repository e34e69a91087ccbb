"""What lines weigh, in nats, in the encodings that may be their own."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import lru_cache
from typing import NamedTuple

from repair.detect.confirm import decodes
from repair.detect.encodings import NARROWER, USAGE_OF
from repair.detect.likelihood import (
    UNKNOWN,
    Evidence,
    Reading,
    evidence,
    rank,
    read_text,
    reading_in,
)

# Bytes beyond ASCII of a line that are weighed.
BUDGET = 300

# Encodings that are rarer do not come into files in others.
LEAST_PRIOR = -4.0

# A line that is in no encoding yet weighs so much less than in the worst that reads it.
UNREAD = 50.0

# So many lines are remembered; longer ones, in bytes, are not.
KEPT, LONG = 200, 1_000

_UTF_8 = "utf-8"
_USUAL = frozenset(usage.name for usage in USAGE_OF.values() if usage.prior > LEAST_PRIOR)


class Weights(NamedTuple):
    """What a line weighs in the encodings that may be its own, in nats."""

    nats: dict[str, float]
    pairs: int = 0
    evidence: frozenset[int] = frozenset()


def weigh(line: bytes, primary: str | None) -> Weights:
    """Weigh a line in all encodings that are met often, and in that of most lines."""
    return _remembered(line, primary) if len(line) <= LONG else _weighed(line, primary)


def _weighed(line: bytes, primary: str | None) -> Weights:
    found = evidence([line], BUDGET)
    if not found.pieces:
        return Weights({})
    readings = [each for each in rank(found, _USUAL) if decodes(line, each.encoding)]
    nats = {each.encoding: _without_prior(each) for each in readings}
    if decodes(line, _UTF_8):
        nats[_UTF_8] = read_text(found, _UTF_8)
    if primary is not None and primary not in nats:
        nats[primary] = weight(line, found, primary)
    return Weights(nats, found.total, found.pairs())


# After a repair most lines are asked for again.
_remembered = lru_cache(KEPT)(_weighed)


def weighed_as(
    line: bytes, known: Mapping[str, float], names: Sequence[str], *, roughly: bool = False
) -> dict[str, float]:
    """Return what a line weighs in the named encodings; roughly, only which can read it."""
    fitting = [name for name in names if decodes(line, name)]
    if len(fitting) == 1 or roughly:
        return {name: 0.0 if name in fitting else -UNREAD for name in names}
    found = evidence([line], BUDGET)
    return {name: known[name] if name in known else weight(line, found, name) for name in names}


def weight(line: bytes, found: Evidence, name: str) -> float:
    """Return what a line, and what was found in it, weighs in an encoding."""
    if not found.pieces:
        return 0.0
    wider = name if name in USAGE_OF or name == _UTF_8 else wide(name)
    text = line.decode(wider, "replace")
    errors = text.count("\ufffd")
    if wider == _UTF_8 or errors:
        return read_text(found, wider) - UNKNOWN * errors
    reading = reading_in(found, wider)
    return _without_prior(reading) if reading else read_text(found, wider)


def _without_prior(reading: Reading) -> float:
    """How usual an encoding is counts once in a file and not in each line."""
    return reading.nats - USAGE_OF[reading.encoding].prior


def wide(name: str) -> str:
    """Return the encoding with statistics that an encoding is a part of."""
    return next(wide for wide, narrow in NARROWER.items() if name in narrow and wide in USAGE_OF)
