"""The search that all rules of the family share: at most one finding per damaged run."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from repair.kernel.runs import changed_runs
from repair.rules.mojibake.pages import DOUBLE_BYTE
from repair.rules.mojibake.pilot import weighed
from repair.rules.mojibake.pool import Layers, all_layers, happened, pooled
from repair.rules.mojibake.readings import MARKS
from repair.rules.mojibake.sequences import beginning
from repair.rules.mojibake.suspects import part_around, parts
from repair.rules.mojibake.verdicts import Verdict, verdict
from repair.rules.mojibake.weighing import Line, weigh_one
from repair.types import Document, Finding

_BEYOND_ASCII, _CONTROLS = re.compile("[^\x00-\x7f]"), re.compile("[\x80-\x9f]")


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
        beyond = list(_parts_beyond_ascii(text))
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


def _parts_beyond_ascii(text: str) -> Iterator[tuple[int, int]]:
    """Yield the bounds of all lines, or parts of long ones, that have anything beyond ASCII."""
    at = 0
    while match := _BEYOND_ASCII.search(text, at):
        start, end = part_around(text, match.start(), at)
        yield start, end
        at = end


def _weighed_by(
    chains: Sequence[Layers], text: str, beyond: Sequence[tuple[int, int]], lines: Sequence[Line]
) -> list[Line]:
    """Weigh all lines beyond ASCII by the chains of the file, also those that look right."""
    known = {line.at: line for line in lines}
    signs = {layers: _sign(layers) for layers in chains}
    for start, end in beyond:
        fitting = [layers for layers in chains if signs[layers].search(text, start, end)]
        if not fitting:
            continue
        line = known.get(start, Line(start, text[start:end], (), None))
        seen = {layers for weighed in line.readings for layers in all_layers(weighed)}
        more = [weigh_one(line.text, layers) for layers in fitting if layers not in seen]
        readings = sorted((*line.readings, *filter(None, more)), key=lambda each: -each.gain)
        if readings or line.lossy:
            known[start] = line._replace(readings=tuple(readings))
    return [known[start] for start in sorted(known)]


def _sign(layers: Layers) -> re.Pattern[str]:
    """Return what must stand in a line to which these layers happened."""
    last = layers[-1]
    if last == MARKS:
        return _CONTROLS
    if last.written_as == "utf-8" and last.read_as not in DOUBLE_BYTE:
        return beginning(last.read_as)
    return _BEYOND_ASCII
