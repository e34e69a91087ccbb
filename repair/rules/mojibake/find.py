"""The search that all rules of the family share: at most one finding per damaged run."""

from __future__ import annotations

import re
from collections.abc import Iterator

from repair.rules.mojibake.pool import Pool, pooled
from repair.rules.mojibake.runs import changed_runs
from repair.rules.mojibake.suspects import part_around, suspects
from repair.rules.mojibake.verdicts import Verdict, verdict
from repair.rules.mojibake.weighing import Line, weigh, weigh_one
from repair.types import Finding

_BEYOND_ASCII = re.compile("[^\x00-\x7f]")


def find(text: str) -> Iterator[Finding]:
    """Yield a finding for each run that is damaged, by place.

    Every suspicious line is weighed by itself; what they tell together then decides those that
    are too short to tell, and finds those that did not look suspicious.
    """
    lines = [weigh(at, part) for at, part in suspects(text)]
    if not lines:
        return
    pool = pooled(lines, _count_beyond_ascii(text))
    if pool.chains:
        lines = sorted((*lines, *_others(text, lines, pool)), key=lambda line: line.at)
    for line in lines:
        decided = verdict(line, pool)
        if decided:
            yield from _findings(line, decided)


def _findings(line: Line, decided: Verdict) -> Iterator[Finding]:
    reading = decided.best.reading
    for start, end, new in changed_runs(line.text, reading.text):
        at = line.at
        yield Finding(
            reading.code,
            at + start,
            at + end,
            new,
            decided.safety,
            decided.confidence,
            decided.note,
        )


def _parts(text: str) -> Iterator[tuple[int, int]]:
    """Yield the bounds of all lines, or parts of long ones, that have anything beyond ASCII."""
    at = 0
    while match := _BEYOND_ASCII.search(text, at):
        start, end = part_around(text, match.start(), at)
        yield start, end
        at = end


def _count_beyond_ascii(text: str) -> int:
    return sum(1 for _ in _parts(text))


def _others(text: str, lines: list[Line], pool: Pool) -> Iterator[Line]:
    """Weigh the lines that are not suspicious in themselves, by the chains of the file."""
    weighed = {line.at for line in lines}
    for start, end in _parts(text):
        if start not in weighed:
            part = text[start:end]
            readings = [weigh_one(part, layers) for layers in pool.chains]
            found = sorted((r for r in readings if r), key=lambda r: -r.gain)
            if found:
                yield Line(start, part, tuple(found), None)
