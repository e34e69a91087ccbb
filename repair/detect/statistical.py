"""The likeliest encoding, unless the text declares one that is nearly as likely; confirmed."""

from __future__ import annotations

import math
from collections.abc import Iterator

from repair.detect.confirm import decodes
from repair.detect.declared import declarations
from repair.detect.encodings import NARROWER, USAGE_OF, narrowest
from repair.detect.evidence import sample
from repair.detect.likelihood import UNKNOWN, Evidence, Reading, evidence, rank, read_text, slack
from repair.types import Detection

# Bytes beyond ASCII that are weighed.
BUDGET = 300
# And at first: what is out of the question then is not looked at again.
FIRST_BUDGET = 40

# A declared encoding is believed unless another one is likelier by this many nats, and by this
# many for each pair of bytes (prototype: 8,100 pages with right, wrong and no declarations).
VETO, VETO_PER_PAIR = 12.0, 1.0

# What a declared encoding may cost for each pair of bytes so that no other is looked at: the right
# ones of the peers' test files cost 2.6 to 3.5 nats in one-byte encodings and 2.0 to 4.6 in
# others, and the likeliest wrong ones 3.1 and 5.6 (5 %).
PLAIN = 3.5
OF_DECLARED = 0.99

# Lines of UTF-8 among others: as many make it the encoding of the whole, if they are likelier so by
# these nats. What is right then of the whole was measured on no real files: there are too few.
LEAST_UTF_8, NEED_UTF_8 = 0.2, 12.0
OF_MIXED = 0.9

# Errors that are counted; more make no difference.
MOST_ERRORS = 25

# Nats of pairs are not independent, so that the likeliest is not as sure as it seems.
TEMPERATURE = 4.0

# What text costs for each pair of bytes at most, in nats, but for a few odd pairs, and what random
# bytes do at least. Of the right readings of the peers' test files 95 % cost less than 4.6 in 40
# pairs; 10,000 random bytes beyond ASCII cost 7.6.
ALL_TEXT, NO_TEXT, FOR_FEW, LEAST_SENSE = 4.8, 7.2, 15.0, 0.02

MOST_ALTERNATIVES = 4
LEAST_SHARE = 0.001


def look(data: bytes) -> Detection | None:
    """Answer with the encoding that makes the likeliest text of ``data``."""
    utf_8, pieces = _apart(sample(data, BUDGET))
    if utf_8 and _is_utf_8(utf_8, pieces):
        return Detection("utf-8", OF_MIXED)
    found = evidence(pieces, FIRST_BUDGET)
    if not found.pieces:
        return None
    declared = list(dict.fromkeys(each.encoding for each in declarations(data)))
    plainly = _plainly_declared(data, found, declared)
    if plainly is not None:
        name = narrowest(data, plainly.encoding)
        return Detection(name, OF_DECLARED, plainly.language)
    readings = rank(found)
    least = readings[0].nats - slack(readings[0].nats)
    likely = {reading.encoding for reading in readings if reading.nats > least}
    more = evidence(pieces, BUDGET) if len(likely) > 1 else found
    if more.total != found.total:
        found = more
        readings = rank(found, likely) or rank(found)  # all may fail where encodings are mixed
    confirmed = _declared(data, found, readings, declared) or _confirmed(data, readings)
    return _answer(data, found, readings, confirmed)


def _apart(pieces: list[bytes]) -> tuple[list[bytes], list[bytes]]:
    """Return the pieces that are valid UTF-8, and the others, or else all of them."""
    utf_8: list[bytes] = []
    others: list[bytes] = []
    for piece in pieces:
        (utf_8 if decodes(piece, "utf-8") else others).append(piece)
    return utf_8, others or pieces


def _is_utf_8(utf_8: list[bytes], others: list[bytes]) -> bool:
    """Tell whether there are many pieces of UTF-8, and not so by chance."""
    if len(utf_8) < LEAST_UTF_8 * (len(utf_8) + len(others)):
        return False
    found = evidence(utf_8, BUDGET)
    readings = rank(found)
    return not readings or read_text(found, "utf-8") > readings[0].nats + NEED_UTF_8


def _plainly_declared(data: bytes, found: Evidence, declared: list[str]) -> Reading | None:
    """Return the reading of a declaration if it is as good as any could be."""
    for name in declared:
        for reading in rank(found, _widest(name)):
            enough = -reading.nats <= PLAIN * found.total
            if enough and decodes(data, reading.encoding):
                return reading
    return None


def _declared(
    data: bytes, found: Evidence, readings: list[Reading], declared: list[str]
) -> Reading | None:
    """Return the reading of a declaration that the text does not speak against."""
    for name in declared:
        wide = _widest(name)
        for reading in readings:
            if reading.encoding in wide and decodes(data, reading.encoding):
                behind = readings[0].nats - reading.nats
                if behind <= max(VETO, VETO_PER_PAIR * found.total):
                    return reading
    return None


def _widest(name: str) -> set[str]:
    """The encoding as it is weighed: some only with what their wider ones have in addition."""
    if name in USAGE_OF:
        return {name}
    return {wide for wide, narrow in NARROWER.items() if name in narrow}


def _confirmed(data: bytes, readings: list[Reading]) -> Reading:
    """Return the likeliest reading when the errors in all of the input are counted, too."""
    best = readings[0]._replace(nats=-math.inf)
    for reading in readings:
        if reading.nats <= best.nats:
            break
        nats = reading.nats - UNKNOWN * _errors(data, reading.encoding)
        best = max(best, reading._replace(nats=nats), key=lambda each: each.nats)
    return best


def _errors(data: bytes, encoding: str) -> int:
    if decodes(data, encoding):
        return 0
    return min(data.decode(encoding, "replace").count("\ufffd"), MOST_ERRORS)


def _answer(data: bytes, found: Evidence, readings: list[Reading], chosen: Reading) -> Detection:
    shares = list(_shares(found, readings, chosen))
    total = sum(share for _, share in shares)
    others = [
        (narrowest(data, name), share / total)
        for name, share in shares[1 : MOST_ALTERNATIVES + 1]
        if share > LEAST_SHARE * total and _reads_all(data, name)
    ]
    name = narrowest(data, chosen.encoding)
    sense = _sense(chosen, found)
    return Detection(
        name,
        sense * shares[0][1] / total,
        chosen.language,
        tuple((other, sense * share) for other, share in others),
    )


def _sense(chosen: Reading, found: Evidence) -> float:
    """Return how likely it is that the bytes are text at all."""
    cost = (-chosen.nats - FOR_FEW) / found.total
    return min(max((NO_TEXT - cost) / (NO_TEXT - ALL_TEXT), LEAST_SENSE), 1.0)


def _shares(
    found: Evidence, readings: list[Reading], chosen: Reading
) -> Iterator[tuple[str, float]]:
    """Yield the chosen encoding and the others that read something else, with their weights."""
    top = max(readings[0].nats, chosen.nats)
    seen: dict[tuple[str, ...], list[Reading]] = {}
    for reading in (chosen, *readings):
        if math.exp((reading.nats - top) / TEMPERATURE) > LEAST_SHARE or reading is chosen:
            text = tuple(piece.decode(reading.encoding, "replace") for piece in found.pieces)
            seen.setdefault(text, []).append(reading)
    for same in seen.values():
        nats = max(reading.nats for reading in same)
        yield same[0].encoding, math.exp((nats - top) / TEMPERATURE)


def _reads_all(data: bytes, encoding: str) -> bool:
    try:
        data.decode(encoding)
    except UnicodeDecodeError:
        return False
    return True
