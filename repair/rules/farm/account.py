"""Findings for everything a farm did to a document: the ``find`` of rules H1xx and S1xx."""

from __future__ import annotations

import math
import re
from collections.abc import Iterator, Sequence
from dataclasses import replace

from repair.patterns import pattern
from repair.rules.farm.candidates import Candidates
from repair.rules.farm.gate import Farm, look_at
from repair.rules.farm.irregular import Stretch, irregular, replay, stretches
from repair.rules.farm.letters import ANNOTATION, FULL_WIDTH, IRREGULAR, readings
from repair.rules.farm.restore import restore
from repair.rules.farm.search import LineSearch
from repair.rules.farm.states import Kind, Move, Step
from repair.types import Finding, Safety

# Share of the simulated lines that are only annotated, of farms seen and of others, that come
# out exact (python -m benchmarks.accuracy): a single finding is surer than a line.
CONFIDENCE = 0.999
# No simulation says how often an author wrote a half-width mark himself.
MARK_CONFIDENCE = 0.9

_LINE = pattern("[^\r\n]+")
_HALF_MARK = pattern(
    r"(?<=[\u3400-\u9fff”’》）)])[,:;!?](?=[\u3400-\u9fff“‘《（(]|$)", re.MULTILINE
)


def find(text: str) -> Iterator[Finding]:
    """Yield what a farm did to ``text``; nothing unless the document shows that one did."""
    farm = look_at(text)
    if farm is None:
        return
    candidates = Candidates(farm.keys)
    for match in _LINE.finditer(text):
        if not _was_spared(match[0], farm):
            yield from _Line(match[0], match.start(), farm, candidates).findings()
    yield from _half_width_marks(text)


def _was_spared(line: str, farm: Farm) -> bool:
    """Whether a line shows more of the farm's keys bare than annotated: it came from elsewhere."""
    annotated = bare = 0
    for place, character in enumerate(line):
        if character in farm.keys:
            if ANNOTATION.match(line, place + 1):
                annotated += 1
            else:
                bare += 1
    return bare > annotated


def _half_width_marks(text: str) -> Iterator[Finding]:
    """Yield marks that the farm made half-width: those the document never has full-width."""
    for match in _HALF_MARK.finditer(text):
        full = FULL_WIDTH[match[0]]
        if full not in text:
            yield Finding("H103", *match.span(), full, Safety.LIKELY, MARK_CONFIDENCE)


class _Line:
    def __init__(self, line: str, start: int, farm: Farm, candidates: Candidates) -> None:
        self._line = line
        self._start = start
        self._farm = farm
        self._candidates = candidates
        self._steps = self._search()
        self._original = "".join(step.text for step in self._steps)
        self._restored = restore(self._original, known=farm.known)
        self._simplified = [form.character for form in self._restored]

    def findings(self) -> Iterator[Finding]:
        run: list[Stretch] = []
        replays: bool | None = None
        for stretch in stretches(self._steps):
            step = stretch.steps[0]
            if not step.aligned:
                yield from self._forms(run)
                run = []
                replays = replay(self._line, self._steps) if replays is None else replays
                found = irregular(
                    self._line, stretch, self._simplified, self._candidates, replays=replays
                )
                yield replace(found, start=self._start + found.start, end=self._start + found.end)
                continue
            run.append(stretch)
            if step.move.kind is Kind.READING:
                yield from self._forms(run)
                run = []
                yield self._finding("H101", step.move.start + 1, step.move.end, "", CONFIDENCE)
        yield from self._forms(run)

    def _search(self) -> list[Step]:
        if IRREGULAR.search(self._line):
            steps = LineSearch(self._line, self._farm, self._candidates).run()
            if steps:
                return steps
        return list(self._plain_steps())

    def _plain_steps(self) -> Iterator[Step]:
        """Steps of a line whose bytes never met: annotations stand behind their characters."""
        place = 0
        while place < len(self._line):
            character = self._line[place]
            match = character in self._farm.keys and ANNOTATION.match(self._line, place + 1)
            if match and match[1] == readings()[character]:
                yield Step(Move(place, match.end(), Kind.READING), character, aligned=True)
                place = match.end()
            else:
                yield Step(Move(place, place + 1), character, aligned=True)
                place += 1

    def _forms(self, run: Sequence[Stretch]) -> Iterator[Finding]:
        """Yield one finding for each unbroken row of characters that change."""
        row: list[Stretch] = []
        for stretch in run:
            if self._simplified[stretch.offset] != stretch.text:
                row.append(stretch)
            elif row:
                yield self._form(row)
                row = []
        if row:
            yield self._form(row)

    def _form(self, row: list[Stretch]) -> Finding:
        forms = [self._restored[stretch.offset] for stretch in row]
        new = "".join(form.character for form in forms)
        confidence = math.prod([form.confidence for form in forms], start=1.0)
        start, end = row[0].start, row[-1].start + 1
        return self._finding("H102", start, end, new, CONFIDENCE * confidence)

    def _finding(self, code: str, start: int, end: int, new: str, confidence: float) -> Finding:
        begin = self._start
        return Finding(code, begin + start, begin + end, new, Safety.SAFE, confidence)
