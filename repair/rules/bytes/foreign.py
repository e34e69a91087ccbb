"""Escaped bytes that are text in another encoding: whole lines, and strays within a line."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache
from itertools import groupby
from typing import NamedTuple

from repair.detect.encodings import ONE_BYTE, narrowest
from repair.detect.mixed import assign_surely
from repair.model import judge, probability
from repair.patterns import pattern
from repair.types import Finding, Safety

ESCAPED = pattern("[\udc80-\udcff]+")
_WHOLE = pattern("[^\0-\x7f\ud800-\udfff]")
_TOKEN = pattern(r"\S{1,80}")

# By how many nats a reading must be likelier than all others. Of 5,337 damaged lines that were
# ahead by SURE 2 were wrong, and of 74 more by LIKELY 1: see docs/decisions/0017.
LIKELY, SURE = 5.0, 15.0

# Strays that are weighed together, with so many characters of their line around them, and those
# encodings that are rarer are not looked for.
MOST_STRAYS = 60
AROUND = 2000
LEAST_PRIOR = -4.0
USUAL = tuple(usage for usage in ONE_BYTE if usage.prior > LEAST_PRIOR)


def foreign(text: str) -> Iterator[Finding]:
    """Yield what escaped bytes read as, where one reading is much likelier than the others."""
    lines: list[tuple[int, str]] = []
    strays: list[tuple[int, str]] = []
    at = 0
    while match := ESCAPED.search(text, at):
        start = text.rfind("\n", 0, match.start()) + 1
        end = text.find("\n", match.end())
        end = len(text) if end < 0 else end
        line = text[start:end]
        (strays if _WHOLE.search(line) else lines).append((start, line))
        at = end
    yield from _lines(lines)
    yield from _strays(strays)


def _lines(lines: list[tuple[int, str]]) -> Iterator[Finding]:
    data = [line.encode("ascii", "surrogateescape") for _, line in lines]
    for (offset, line), part, found in zip(lines, data, assign_surely(data), strict=True):
        first = ESCAPED.search(line)
        if found is None or first is None or found[1] < LIKELY:
            continue
        encoding, margin = found
        old, new = line[first.start() :], part[first.start() :].decode(encoding, "replace")
        same = _same_at_end(old, new)
        if "\ufffd" not in new:
            yield _finding(
                offset + first.start(),
                old[: len(old) - same],
                new[: len(new) - same],
                narrowest(part, encoding),
                margin,
            )


def _same_at_end(old: str, new: str) -> int:
    same = 0
    while same < min(len(old), len(new)) and old[-1 - same] == new[-1 - same]:
        same += 1
    return same


def _finding(start: int, old: str, new: str, encoding: str, margin: float) -> Finding:
    safety = Safety.SAFE if margin >= SURE else Safety.LIKELY
    note = f"read as {encoding}"
    return Finding("B107", start, start + len(old), new, safety, probability(margin), note)


class _Stray(NamedTuple):
    """A word with escaped bytes in it, of a line that has other characters beyond ASCII."""

    start: int
    word: str
    line: str
    at: int
    """Where the word stands in the line."""


def _strays(lines: list[tuple[int, str]]) -> Iterator[Finding]:
    strays = [
        _Stray(offset + match.start(), match[0], line, match.start())
        for offset, line in lines
        for match in _TOKEN.finditer(line)
        if ESCAPED.search(match[0])
    ]
    for at in range(0, len(strays), MOST_STRAYS):
        yield from _weighed(strays[at : at + MOST_STRAYS])


def _weighed(strays: list[_Stray]) -> Iterator[Finding]:
    """Yield what strays read as, together, and each for itself surely enough."""
    words = " ".join(_around(strays))
    written = "\n".join(stray.word for stray in strays)
    weights: dict[str, float] = {}
    readings: dict[str, list[str]] = {}
    for usage in USUAL:
        read = written.translate(_characters(usage.name))
        if "\ufffd" not in read:
            readings[usage.name] = read.split("\n")
            told = judge().evidence(read.replace("\n", " "), words=words)
            weights[usage.name] = judge().best(told)[1] + usage.prior
    if not weights:
        return
    best = max(weights, key=lambda name: weights[name])
    for stray, *texts in zip(strays, *readings.values(), strict=True):
        yield from _stray(stray, best, weights, dict(zip(weights, texts, strict=True)))


def _around(strays: list[_Stray]) -> Iterator[str]:
    """Yield the lines of strays: of long ones, what is around them, each place once."""
    for line, group in groupby(strays, key=lambda stray: stray.line):
        places = [stray.at for stray in group]
        yield line[max(places[0] - AROUND, 0) : places[-1] + AROUND]


def _stray(
    stray: _Stray, best: str, weights: dict[str, float], texts: dict[str, str]
) -> Iterator[Finding]:
    others = (weights[name] for name, text in texts.items() if text != texts[best])
    margin = weights[best] - max(others, default=weights[best] - SURE)
    if margin < LIKELY:
        return
    for match in ESCAPED.finditer(stray.word):
        new = match[0].translate(_characters(best))
        yield _finding(stray.start + match.start(), match[0], new, best, margin)


@cache
def _characters(encoding: str) -> dict[int, str]:
    """Return what escaped bytes read as in an encoding of one byte a character."""
    return {0xDC00 + byte: bytes((byte,)).decode(encoding, "replace") for byte in range(0x80, 256)}
