"""Findings for everything a farm did to a document: the ``find`` of rules H1xx and S1xx."""

from __future__ import annotations

import math
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from repair.model.chinese import chinese, is_han
from repair.rules.farm.channel import encode, explains
from repair.rules.farm.gate import Farm, look_at
from repair.rules.farm.letters import ANNOTATION, FULL_WIDTH, IRREGULAR, readings
from repair.rules.farm.lost import fill
from repair.rules.farm.restore import WINDOW, restore
from repair.rules.farm.search import LOST, Kind, LineSearch, Step
from repair.types import Finding, Safety

# A run is put right when its new reading beats the text as it stands by this many nats; below,
# it is only offered. Measured on simulated damage: see `python -m benchmarks.accuracy`.
REALIGN_MARGIN = 6.0
# Nats per unit of log-odds: the margins of realigned runs are about this much too sure.
TEMPERATURE = 4.0

_LINE = re.compile("[^\r\n]+")
_HALF_MARK = re.compile(r"(?<=[\u3400-\u9fff”’》）)])[,:;!?](?=[\u3400-\u9fff“‘《（(]|$)", re.M)


def find(text: str) -> Iterator[Finding]:
    """Yield what a farm did to ``text``; nothing unless the document shows that one did."""
    farm = look_at(text)
    if farm is None:
        return
    for match in _LINE.finditer(text):
        if not _was_spared(match[0], farm):
            yield from _Line(match[0], match.start(), farm).findings()
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
            yield Finding("H103", *match.span(), full, Safety.LIKELY, 0.9)


@dataclass(slots=True)
class _Stretch:
    """Steps that belong together, and the characters of the original they hold."""

    steps: list[Step]
    offset: int
    """Of its first character in the line's original."""

    @property
    def start(self) -> int:
        return self.steps[0].start

    @property
    def end(self) -> int:
        return self.steps[-1].end

    @property
    def text(self) -> str:
        return "".join(step.text for step in self.steps)


class _Line:
    def __init__(self, line: str, start: int, farm: Farm) -> None:
        self._line = line
        self._start = start
        self._farm = farm
        self._steps = self._search()
        self._original = "".join(step.text for step in self._steps)
        self._restored = restore(self._original)
        self._simplified = [form.character for form in self._restored]

    def findings(self) -> Iterator[Finding]:
        run: list[_Stretch] = []
        for stretch in _stretches(self._steps):
            step = stretch.steps[0]
            if not step.aligned:
                yield from self._forms(run)
                run = []
                yield self._irregular(stretch)
                continue
            run.append(stretch)
            if step.kind is Kind.READING:
                yield from self._forms(run)
                run = []
                yield self._finding("H101", step.start + 1, step.end, "", 0.999, "")
        yield from self._forms(run)

    def _search(self) -> list[Step]:
        if IRREGULAR.search(self._line):
            steps = LineSearch(self._line, self._farm).run()
            if steps is not None:
                return steps
        return list(self._plain_steps())

    def _plain_steps(self) -> Iterator[Step]:
        """Steps of a line whose bytes never met: annotations stand behind their characters."""
        place = 0
        while place < len(self._line):
            character = self._line[place]
            match = character in self._farm.keys and ANNOTATION.match(self._line, place + 1)
            if match and match[1] == readings()[character]:
                yield Step(place, match.end(), character, Kind.READING, aligned=True, pending=-1)
                place = match.end()
            else:
                yield Step(place, place + 1, character, Kind.PLAIN, aligned=True, pending=-1)
                place += 1

    def _forms(self, run: Sequence[_Stretch]) -> Iterator[Finding]:
        """Yield one finding for each unbroken row of characters that change."""
        row: list[_Stretch] = []
        for stretch in run:
            if self._simplified[stretch.offset] != stretch.text:
                row.append(stretch)
            elif row:
                yield self._form(row)
                row = []
        if row:
            yield self._form(row)

    def _form(self, row: list[_Stretch]) -> Finding:
        forms = [self._restored[stretch.offset] for stretch in row]
        new = "".join(form.character for form in forms)
        confidence = math.prod(form.confidence for form in forms)
        return self._finding(
            "H102", row[0].start, row[-1].start + 1, new, min(confidence, 0.999), ""
        )

    def _irregular(self, stretch: _Stretch) -> Finding:
        """Return the finding for a run whose bytes met those of annotations or cuts."""
        length = len(stretch.text)
        text = self._simplified[stretch.offset : stretch.offset + length]
        before = "\n" + "".join(self._simplified[: stretch.offset])
        after = ("".join(self._simplified[stretch.offset + length :]) + "\n")[:WINDOW]
        keys = "".join(dict.fromkeys(step.key for step in stretch.steps))
        notes = [f"the annotation of {', '.join(keys)} hit bytes of two characters"] if keys else []
        confidence, offset = 1.0, 0
        for step in stretch.steps:
            if step.lost:
                left, right = before + "".join(text[:offset]), "".join(text[offset + 1 :]) + after
                filled = fill(left, step.lost, right, self._farm)
                text[offset] = filled.character
                notes.append(filled.note)
                if filled.character != LOST:
                    confidence *= filled.confidence
            offset += len(step.text)
        new = "".join(text)
        margin = self._margin(stretch, before, new, after)
        confidence *= _logistic(margin / TEMPERATURE)
        safe = margin >= REALIGN_MARGIN and self._replays(stretch)
        code = "S102" if any(step.kind is Kind.CUT for step in stretch.steps) else "S101"
        safety = Safety.SAFE if safe else Safety.LIKELY
        return self._finding(
            code, stretch.start, stretch.end, new, confidence, "; ".join(notes), safety
        )

    def _margin(self, stretch: _Stretch, before: str, new: str, after: str) -> float:
        """Return by how many nats the judge prefers ``new`` to the text as it stands."""
        standing = ANNOTATION.sub("", self._line[stretch.start : stretch.end])
        model = chinese()
        before, after = before[-WINDOW:], after[:WINDOW]
        return model.cost(before + standing + after) - model.cost(before + new + after)

    def _replays(self, stretch: _Stretch) -> bool:
        """Whether the channel makes exactly this damage of the proposed original."""
        original, insertions = "", []
        for step in stretch.steps:
            if step.kind is Kind.SHARED:
                return True
            original += step.text
            if step.key:
                offset = len(encode(original)) + (step.pending >= 0)
                insertions.append((offset, readings()[step.key]))
        cut = any(step.kind is Kind.CUT for step in stretch.steps)
        return explains(original, insertions, self._line[stretch.start : stretch.end], cut=cut)

    def _finding(
        self,
        code: str,
        start: int,
        end: int,
        new: str,
        confidence: float,
        note: str,
        safety: Safety = Safety.SAFE,
    ) -> Finding:
        begin = self._start
        return Finding(code, begin + start, begin + end, new, safety, confidence, note)


def _stretches(steps: list[Step]) -> Iterator[_Stretch]:
    """Yield aligned steps one by one, and the others in runs from alignment to alignment."""
    offset = 0
    run: list[Step] = []
    run_offset = 0
    for step in steps:
        if step.aligned:
            if run:
                yield _Stretch(run, run_offset)
                run = []
            yield _Stretch([step], offset)
        else:
            if not run:
                run_offset = offset
            run.append(step)
        offset += len(step.text)
    if run:
        yield _Stretch(run, run_offset)


def _logistic(log_odds: float) -> float:
    return 1 / (1 + math.exp(-max(min(log_odds, 30.0), -30.0)))
