"""Runs of a line whose bytes met those of annotations or cuts, and the findings for them."""

from __future__ import annotations

import math
from collections.abc import Iterator, Mapping, Sequence

from repair.model.chinese import cost
from repair.rules.farm.candidates import Candidates
from repair.rules.farm.channel import encode, explains
from repair.rules.farm.codepage import pairs
from repair.rules.farm.lattice import LOST
from repair.rules.farm.letters import FULL_WIDTH, readings
from repair.rules.farm.lost import WINDOW, Filled, fill
from repair.rules.farm.search import DOUBTFUL_MARK_COST
from repair.rules.farm.states import Kind, Step
from repair.types import Finding, Safety

# A run is put right when the judge prefers its new reading to the text as it stands by this
# many nats; below, it is only offered.
REALIGN_MARGIN = 6.0
# Nats of that margin per unit of log odds.
TEMPERATURE = 4.0
# Characters before a run in which quotes and brackets are looked for: more than a long paragraph.
MOST_BEFORE = 2000


class Stretch:
    """Steps that belong together, and where their text stands in the line's original."""

    __slots__ = ("offset", "steps")

    def __init__(self, steps: tuple[Step, ...], offset: int) -> None:
        self.steps: tuple[Step, ...] = steps
        self.offset: int = offset

    @property
    def start(self) -> int:
        """In the damaged line."""
        return self.steps[0].move.start

    @property
    def end(self) -> int:
        """In the damaged line."""
        return self.steps[-1].move.end

    @property
    def text(self) -> str:
        """The characters of the original."""
        return "".join(step.text for step in self.steps)

    @property
    def has_cut(self) -> bool:
        """Whether the line was cut here at the bytes of a mark."""
        return any(step.move.kind is Kind.CUT for step in self.steps)


def stretches(steps: list[Step]) -> Iterator[Stretch]:
    """Yield aligned steps one by one, and the others in runs from alignment to alignment."""
    offset = run_offset = 0
    run: list[Step] = []
    for step in steps:
        if step.aligned:
            if run:
                yield Stretch(tuple(run), run_offset)
                run = []
            yield Stretch((step,), offset)
        else:
            run_offset = run_offset if run else offset
            run.append(step)
        offset += len(step.text)
    if run:
        yield Stretch(tuple(run), run_offset)


def irregular(
    line: str, stretch: Stretch, simplified: list[str], candidates: Candidates, *, replays: bool
) -> Finding:
    """Return the finding for a run; offsets in ``line``.

    ``replays`` says that the channel makes exactly this line of the proposed original.
    """
    end = stretch.offset + len(stretch.text)
    before = "".join(simplified[max(stretch.offset - MOST_BEFORE, 0) : stretch.offset])
    before = before if stretch.offset > MOST_BEFORE else "\n" + before
    after = ("".join(simplified[end : end + WINDOW]) + "\n")[:WINDOW]
    text = simplified[stretch.offset : end]
    filled = dict(_fill(stretch, before, list(text), after, candidates))
    new = "".join(filled[n].character if n in filled else c for n, c in enumerate(text))
    guess = "".join(filled[n].likeliest if n in filled else c for n, c in enumerate(text))
    margin = _margin(line[stretch.start : stretch.end], before, guess, after)
    margin += DOUBTFUL_MARK_COST * stretch.has_cut
    confidence = 1 / (1 + math.exp(-max(min(margin / TEMPERATURE, 30.0), -30.0)))
    sure = [f.confidence for f in filled.values() if f.character != LOST]
    confidence *= math.prod(sure, start=1.0)
    keys = ", ".join(dict.fromkeys(step.move.key for step in stretch.steps if step.move.key))
    notes = [f"the annotation of {keys} hit bytes of two characters"] if keys else []
    notes += [f.note for f in filled.values()]
    code = "S102" if stretch.has_cut else "S101"
    safe = margin >= REALIGN_MARGIN and (replays or replay(line, stretch.steps))
    safety = Safety.SAFE if safe else Safety.LIKELY
    note = "; ".join(notes)
    return Finding(code, stretch.start, stretch.end, new, safety, confidence, note)


def _fill(
    stretch: Stretch, before: str, text: list[str], after: str, candidates: Candidates
) -> Iterator[tuple[int, Filled]]:
    """Yield what the judge makes of the lost characters, by their places in ``text``.

    Those to the left are put into ``text`` before those to the right are judged.
    """
    offset = 0
    for step in stretch.steps:
        if step.move.lost:
            at, lost = offset + step.move.lost[0][0], [lost for _, lost in step.move.lost]
            left, right = "".join(text[:at]), "".join(text[at + len(lost) :])
            found = fill(before + left, lost, right + after, candidates)
            for place, filled in enumerate(found, at):
                text[place] = filled.likeliest
                yield place, filled
        offset += len(step.text)


def _margin(standing: str, before: str, new: str, after: str) -> float:
    """Return by how many nats the judge prefers ``new`` to the text as it stands."""
    before = before[-WINDOW:]
    return cost(before + standing + after) - cost(before + new + after)


def replay(line: str, steps: Sequence[Step]) -> bool:
    """Whether the channel makes exactly this damaged ``line`` of what the steps propose.

    Half-width marks of the line may have been full-width when its bytes were edited.
    """
    return any(_explained(line, steps, str.maketrans(marks)) for marks in (FULL_WIDTH, {}))


def _explained(line: str, steps: Sequence[Step], marks: Mapping[int, str]) -> bool:
    original: list[str] = []
    shown: list[str] = []
    insertions, since, length = [], 0, 0
    for step in steps:
        move = step.move
        original.append(step.text)
        if move.kind is Kind.SHARED:  # part of a cut that left no sign: not to be replayed
            shown.append(step.text.translate(marks))
            continue
        shown.append(line[move.start : move.end])
        if move.key:
            length += len(encode(_as_edited(original[since:], marks)))
            since = len(original)
            insertions.append((length + (step.pending >= 0), readings()[move.key]))
    return explains(_as_edited(original, marks), insertions, _of_code_page("".join(shown)))


def _as_edited(texts: list[str], marks: Mapping[int, str]) -> str:
    return _of_code_page("".join(texts)).translate(marks)


def _of_code_page(text: str) -> str:
    """Put something of the code page for characters that came later, and for lost ones ``?``."""
    text = text.replace(LOST, "?")
    known = pairs()
    return "".join([c if c < "\x80" or c == "€" or c in known else "□" for c in text])
