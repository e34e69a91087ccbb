"""Escaped bytes that are text in another encoding: whole lines, and strays within a line."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import groupby
from typing import NamedTuple

from repair.detect.encodings import ONE_BYTE, narrowest
from repair.detect.mixed import assign_surely
from repair.model import judge, probability
from repair.patterns import pattern
from repair.types import Finding, Safety

ESCAPED = pattern("[\udc80-\udcff]+")
_ESCAPED = pattern(f"({ESCAPED.pattern})")
# Half of a pair that is no escaped byte is no byte of the line either.
_WHOLE = pattern("[^\0-\x7f\udc80-\udcff]")
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
            start, end = offset + first.start(), offset + len(line) - same
            _, safety, sure = _sureness(margin)
            note = f"read as {narrowest(part, encoding)}"
            yield Finding("B107", start, end, new[: len(new) - same], safety, sure, note)


def _same_at_end(old: str, new: str) -> int:
    same = 0
    while same < min(len(old), len(new)) and old[-1 - same] == new[-1 - same]:
        same += 1
    return same


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


class _Reading(NamedTuple):
    """What escaped bytes read as in an encoding of one byte a character."""

    nats: float
    encoding: str
    runs: list[str]


def _weighed(strays: list[_Stray]) -> Iterator[Finding]:
    """Yield what strays read as, together, and each for itself surely enough."""
    readings = _readings([stray.word for stray in strays], " ".join(_around(strays)))
    if not readings:
        return
    best = readings[0]
    note = f"read as {best.encoding}"
    told: dict[str, tuple[float, Safety, float]] = {}
    first = 0
    for stray in strays:
        found = list(ESCAPED.finditer(stray.word))
        last = first + len(found)
        if stray.word not in told:
            told[stray.word] = _sureness(_margin(readings, slice(first, last)))
        margin, safety, sure = told[stray.word]
        if margin >= LIKELY:
            for match, new in zip(found, best.runs[first:last], strict=True):
                start, end = stray.start + match.start(), stray.start + match.end()
                yield Finding("B107", start, end, new, safety, sure, note)
        first = last


def _readings(words: list[str], around: str) -> list[_Reading]:
    """Return what the escaped bytes of words read as without errors, the likeliest first."""
    pieces = _ESCAPED.split("\n".join(words))
    if any("\ufffd" in piece for piece in pieces):
        return []
    data = "\n".join(pieces[1::2]).encode("ascii", "surrogateescape")
    read = [(usage, data.decode(usage.name, "replace")) for usage in USUAL]
    runs = [(usage, found.split("\n")) for usage, found in read if "\ufffd" not in found]
    told = judge().best_beside((_text(pieces, found) for _, found in runs), around)
    readings = [
        _Reading(nats + usage.prior, usage.name, found)
        for nats, (usage, found) in zip(told, runs, strict=True)
    ]
    return sorted(readings, key=lambda reading: -reading.nats)


def _text(pieces: list[str], runs: list[str]) -> str:
    """Return the text of which each other piece is read so."""
    text = pieces.copy()
    text[1::2] = runs
    return "".join(text).replace("\n", " ")


def _around(strays: list[_Stray]) -> Iterator[str]:
    """Yield the lines of strays: of long ones, what is around them, each place once."""
    for line, group in groupby(strays, key=lambda stray: stray.line):
        places = [stray.at for stray in group]
        yield line[max(places[0] - AROUND, 0) : places[-1] + AROUND]


def _margin(readings: list[_Reading], runs: slice) -> float:
    """Return by how much the best reading of some runs is likelier than any that differs."""
    best = readings[0]
    others = (each.nats for each in readings if each.runs[runs] != best.runs[runs])
    return best.nats - next(others, best.nats - SURE)


def _sureness(margin: float) -> tuple[float, Safety, float]:
    return margin, Safety.SAFE if margin >= SURE else Safety.LIKELY, probability(margin)
