"""Findings for everything a farm did to a document: the ``find`` of rules H1xx and S1xx."""

from __future__ import annotations

import re
from collections.abc import Iterator

from repair.kernel.words import CODES
from repair.patterns import pattern
from repair.rules.farm.candidates import Candidates
from repair.rules.farm.gate import Farm, look_at
from repair.rules.farm.irregular import Stretch, irregular, replay
from repair.rules.farm.letters import ANNOTATION, FULL_WIDTH, IRREGULAR, readings
from repair.rules.farm.restore import restore
from repair.rules.farm.search import Annotation, LineSearch
from repair.rules.farm.states import Kind, Step
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
    candidates = Candidates(farm)
    is_key = candidates.are_keys()
    for match in _LINE.finditer(text):
        annotations = [
            (each.start(), each.end(), each[1]) for each in ANNOTATION.finditer(match[0])
        ]
        if not _was_spared(match[0], annotations, is_key):
            line = _Line(match[0], match.start(), annotations, farm, candidates)
            yield from line.findings()
    yield from _half_width_marks(text)


def _was_spared(line: str, annotations: list[Annotation], is_key: bytes) -> bool:
    """Whether a line shows more of the farm's keys bare than annotated: it came from elsewhere."""
    annotated = bare = 0
    for start, _, _ in annotations:
        annotated += start > 0 and _is_key(ord(line[start - 1]), is_key)
    for at in range(len(line)):
        bare += _is_key(ord(line[at]), is_key)
    return bare > 2 * annotated


def _is_key(code: int, is_key: bytes) -> bool:
    return code < CODES and is_key[code] > 0


def _half_width_marks(text: str) -> Iterator[Finding]:
    """Yield marks that the farm made half-width: those the document never has full-width."""
    for match in _HALF_MARK.finditer(text):
        full = FULL_WIDTH[match[0]]
        if full not in text:
            yield Finding("H103", *match.span(), full, Safety.LIKELY, MARK_CONFIDENCE)


class _Line:
    def __init__(
        self,
        line: str,
        start: int,
        annotations: list[Annotation],
        farm: Farm,
        candidates: Candidates,
    ) -> None:
        self._line = line
        self._annotations = annotations
        self._replays: bool | None = None
        self._start = start
        self._farm = farm
        self._candidates = candidates
        self._steps = self._search()
        self._original = "".join(step.text for step in self._steps)
        self._restored = restore(self._original, known=farm.known)
        self._simplified = self._restored.characters

    def findings(self) -> Iterator[Finding]:  # noqa: C901
        """Yield one finding for each run, annotation and unbroken row of forms that change."""
        simplified, original = self._simplified, self._original
        row = 0  # how many characters before this one change
        end = offset = 0
        run: list[Step] = []  # of steps that are not aligned
        for step in self._steps:
            if not step.aligned:
                if row:
                    yield self._form(offset, row, end)
                    row = 0
                run.append(step)
                offset += len(step.text)
                continue
            if run:
                yield self._irregular(run, offset)
                run = []
            start = step.start
            for place in range(offset, offset + len(step.text)):
                if ord(simplified[place]) != ord(original[place]):
                    row += 1
                    end = start + place - offset + 1
                elif row:
                    yield self._form(place, row, end)
                    row = 0
            if step.kind is Kind.READING:
                if row:
                    yield self._form(offset + 1, row, end)
                    row = 0
                yield self._finding("H101", start + 1, step.end, "", CONFIDENCE)
            offset += len(step.text)
        if run:
            yield self._irregular(run, offset)
        if row:
            yield self._form(len(original), row, end)

    def _irregular(self, run: list[Step], end: int) -> Finding:
        """Return the finding for steps whose text ends there in the original."""
        if self._replays is None:
            self._replays = replay(self._line, self._steps)
        start = end - sum([len(step.text) for step in run])
        return irregular(
            self._line,
            Stretch(run, start),
            self._simplified,
            self._candidates,
            begin=self._start,
            replays=self._replays,
        )

    def _search(self) -> list[Step]:
        if IRREGULAR.search(self._line):
            steps = LineSearch(self._line, self._annotations, self._farm, self._candidates).run()
            if steps:
                return steps
        return self._plain_steps()

    def _plain_steps(self) -> list[Step]:
        """Steps of a line whose bytes never met: annotations stand behind their characters."""
        line, place = self._line, 0
        steps: list[Step] = []
        for start, end, reading in self._annotations:
            key = start - 1
            if key < 0 or line[key] not in self._farm.keys or reading != readings()[line[key]]:
                continue
            if place < key:
                steps.append(Step(place, key, line[place:key]))
            place = end
            steps.append(Step(key, place, line[key], Kind.READING))
        if place < len(line):
            steps.append(Step(place, len(line), line[place:]))
        return steps

    def _form(self, offset: int, row: int, end: int) -> Finding:
        """Return the finding for so many forms before an offset; they end there in the line."""
        new = "".join(self._simplified[offset - row : offset])
        confidence = CONFIDENCE * self._restored.confidence(offset - row, offset)
        return self._finding("H102", end - row, end, new, confidence)

    def _finding(self, code: str, start: int, end: int, new: str, confidence: float) -> Finding:
        begin = self._start
        return Finding(code, begin + start, begin + end, new, Safety.SAFE, confidence)
