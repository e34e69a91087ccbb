"""The search that all rules of the family share: at most one finding per damaged run."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator, Sequence

from repair.kernel.runs import changed_runs
from repair.patterns import pattern
from repair.rules.mojibake.pages import DOUBLE_BYTE
from repair.rules.mojibake.pilot import weighed
from repair.rules.mojibake.pool import Layers, all_layers, happened, pooled
from repair.rules.mojibake.readings import MARKS
from repair.rules.mojibake.sequences import beginning
from repair.rules.mojibake.suspects import parts, parts_beyond_ascii
from repair.rules.mojibake.verdicts import Verdict, verdict
from repair.rules.mojibake.weighing import Line, weigh_one
from repair.types import Document, Finding

_CONTROLS = pattern("[\x80-\x9f]")


def find(document: Document) -> Iterator[Finding]:
    """Yield a finding for each run that is damaged, by place.

    Every suspicious line is weighed by itself; what they tell together then decides those that
    are too short to tell, and finds those that did not look suspicious.
    """
    text = document.text
    lines = list(weighed(parts(text, document.places)))
    if not lines:
        return
    chains = happened(lines)
    beyond_ascii = 0
    if chains:
        beyond = list(parts_beyond_ascii(text))
        beyond_ascii = len(beyond)
        lines = _weighed_by(chains, text, beyond, lines)
    pool = pooled(chains, lines, beyond_ascii)
    known: dict[str, str] = {}
    for line in lines:
        decided = verdict(line, pool, text)
        if decided:
            yield from _findings(line, decided, known)


def _findings(line: Line, decided: Verdict, known: dict[str, str]) -> list[Finding]:
    """Return what changes on a line; ``known`` are the words that need not be kept twice."""
    best, safety, confidence, note = decided
    at, code, share = line.at, best.reading.code, known.setdefault
    return [
        Finding(code, at + start, at + end, share(new, new), safety, confidence, note)
        for start, end, new in changed_runs(line.text, best.reading.text)
    ]


def _weighed_by(
    chains: Sequence[Layers], text: str, beyond: Sequence[tuple[int, int]], lines: Sequence[Line]
) -> list[Line]:
    """Weigh all lines beyond ASCII by the chains of the file, also those that look right."""
    known = {line.at: line for line in lines}
    for (start, end), fitting in _fitting(chains, text, beyond):
        line = known.get(start, Line(start, text[start:end], (), None))
        if line.sure:
            continue
        seen = {layers for weighed in line.readings for layers in all_layers(weighed)}
        more = [weigh_one(line.text, layers) for layers in fitting if layers not in seen]
        readings = sorted((*line.readings, *filter(None, more)), key=lambda each: -each.gain)
        if readings or line.lossy:
            known[start] = line._replace(readings=tuple(readings))
    return [known[start] for start in sorted(known)]


def _fitting(
    chains: Sequence[Layers], text: str, beyond: Sequence[tuple[int, int]]
) -> Iterator[tuple[tuple[int, int], list[Layers]]]:
    """Yield the lines with the chains that may have happened to them."""
    starts = [start for start, _ in beyond]
    found: dict[int, list[Layers]] = {}
    for layers in chains:
        sign = _sign(layers)
        at = 0
        while at < len(beyond):
            if sign is not None:
                hit = sign.search(text, beyond[at][0])
                if hit is None:
                    break
                at = bisect_right(starts, hit.start(), at) - 1
            found.setdefault(at, []).append(layers)
            at += 1
    for number in sorted(found):
        yield beyond[number], found[number]


def _sign(layers: Layers) -> re.Pattern[str] | None:
    """Return what must stand in a line to which these layers happened, if that is known."""
    last = layers[-1]
    if last == MARKS:
        return _CONTROLS
    if last.written_as == "utf-8" and last.read_as not in DOUBLE_BYTE:
        return beginning(last.read_as)
    return None
