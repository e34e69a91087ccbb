"""EBCDIC: its blanks are not those of ASCII; the judge knows which, or else chardet."""

from __future__ import annotations

import math
import re
from typing import TYPE_CHECKING, NamedTuple

from repair.detect.confirm import decodes
from repair.types import Detection

if TYPE_CHECKING:
    from repair.detect.encodings import Usage

SAMPLE = 4096

# In EBCDIC 0x40 is the blank; in all else 0x20 is, and 0x40 is @.
LEAST_BLANKS = 0.05
MOST_ASCII_BLANKS = 0.2

# What comes out is text: nats for each character, and how many fewer all of them take. Of 989 texts
# and parts of 80 bytes and more the right reading takes 2.5 to 5.2, 99 % of them less than 4.8.
# Random bytes with blanks take 7.0 and more, and 1,532 texts and parts in other encodings that have
# @ for blanks 5.5 and more.
MOST_NATS = 5.0
LEAST_LEAD = 12.0

# The letters of one EBCDIC are the signs of another. Each pair counts once, however often a text
# repeats its markup, and pairs of ASCII count for less. Of texts, parts of 400 bytes and of 80 (man
# pages; peers' files) 94, 98, 99 and 98, 100, 97 % are read right so; with ASCII at 0.35 92, 97, 97
# and 82, 96, 92 %, at 0.75 90, 90, 94 and 98, 100, 99 %.
WEIGHT_OF_ASCII = 0.6
MOST_WORDS = 400

# What the best share of the likelihood is worth. Where it was above 0.95, 98 % were read right.
CONFIDENCE = 0.95
LEAST_SHARE = 0.001


# Where the judge is not sure by so many nats, what chardet says counts for so many more. Asked more
# often, or believed more, it makes more answers wrong than right (decisions/0023).
SURE, OPINION = 0.5, 1.0
CHARDETS_SAMPLE = 200_000
"""In bytes."""


class _Reading(NamedTuple):
    nats: float
    encoding: str
    language: str


def look(data: bytes) -> Detection | None:
    """Answer with the likeliest EBCDIC if the blanks are those of EBCDIC, and text comes out."""
    sample = data[:SAMPLE]
    if not _has_its_blanks(sample):
        return None
    from repair.detect.encodings import EBCDIC  # noqa: PLC0415 (most input is UTF-8)

    readings: dict[str, _Reading] = {}
    for usage in EBCDIC:
        text = sample.decode(usage.name, "replace").replace("\x85", "\n")
        if text not in readings and decodes(data, usage.name):
            readings[text] = _weighed(text, usage)
    likeliest = max(readings, key=lambda text: readings[text].nats, default=None)
    if likeliest is None or not _is_text(likeliest):
        return None
    found = sorted(readings.values(), key=lambda reading: -reading.nats)
    return _answer(found if _is_sure(found) else _with_second_opinion(data, found))


def _has_its_blanks(sample: bytes) -> bool:
    blanks = sample.count(0x40)
    enough = blanks >= max(LEAST_BLANKS * len(sample), 1)
    return enough and sample.count(0x20) <= MOST_ASCII_BLANKS * blanks


def _is_text(text: str) -> bool:
    from repair.model import judge  # noqa: PLC0415 (20 ms, and little is in EBCDIC)

    text = " ".join(dict.fromkeys(text.split()))  # a word that comes again is no more evidence
    return MOST_NATS * len(text) + judge().best(text)[1] >= LEAST_LEAD


def _weighed(text: str, usage: Usage) -> _Reading:
    """Return what a text weighs in the likeliest language, those in view preferred."""
    from repair.detect.lens import FOREIGN  # noqa: PLC0415 (20 ms, and little is in EBCDIC)
    from repair.model import judge  # noqa: PLC0415
    from repair.model.judge import UNIT, pairs_of  # noqa: PLC0415

    words = " ".join(re.findall("[A-Za-z]+", text))[:MOST_WORDS]
    found = judge().evidence(text, words=words)
    ascii_cost = judge().group("Latn").ascii_cost
    once = sum(ascii_cost[pair] for pair in pairs_of(text) if pair.isascii())
    found = found._replace(pairs=dict.fromkeys(found.pairs, 1), ascii=round(WEIGHT_OF_ASCII * once))
    scores = judge().scores(found) or {"en": -UNIT * found.ascii}
    nats, language = max(
        (score - FOREIGN * (tag not in usage.languages), tag) for tag, score in scores.items()
    )
    return _Reading(usage.prior + nats, usage.name, language)


def _is_sure(readings: list[_Reading]) -> bool:
    return len(readings) == 1 or readings[0].nats - readings[1].nats >= SURE


def _with_second_opinion(data: bytes, readings: list[_Reading]) -> list[_Reading]:
    """Count what chardet says for one of the readings."""
    from chardet import detect  # noqa: PLC0415 (43 ms, and the judge is mostly sure)

    name = detect(data[:CHARDETS_SAMPLE], prefer_superset=False, compat_names=False)["encoding"]
    several = (
        reading._replace(nats=reading.nats + OPINION * (reading.encoding == name))
        for reading in readings
    )
    return sorted(several, key=lambda reading: -reading.nats)


def _answer(readings: list[_Reading]) -> Detection:
    from repair.detect.statistical import TEMPERATURE  # noqa: PLC0415

    best = readings[0]
    shares = [math.exp((each.nats - best.nats) / TEMPERATURE) for each in readings]
    others = [
        (each.encoding, CONFIDENCE * share / sum(shares))
        for each, share in zip(readings[1:], shares[1:], strict=True)
        if share > LEAST_SHARE * sum(shares)
    ]
    return Detection(best.encoding, CONFIDENCE / sum(shares), best.language, tuple(others))
