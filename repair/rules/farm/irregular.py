"""Runs of a line whose bytes met those of annotations or cuts, and the findings for them."""

from __future__ import annotations

import math
from collections.abc import Iterator
from dataclasses import dataclass

from repair.model.chinese import chinese
from repair.rules.farm.channel import encode, explains
from repair.rules.farm.gate import Farm
from repair.rules.farm.lattice import LOST
from repair.rules.farm.letters import readings
from repair.rules.farm.lost import WINDOW, Filled, fill
from repair.rules.farm.states import Kind, Step
from repair.types import Finding, Safety

# A run is put right when the judge prefers its new reading to the text as it stands by this
# many nats; below, it is only offered.
REALIGN_MARGIN = 6.0
# Nats of that margin per unit of log odds.
TEMPERATURE = 4.0


@dataclass(frozen=True, slots=True)
class Stretch:
    """Steps that belong together, and where their text stands in the line's original."""

    steps: tuple[Step, ...]
    offset: int

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


def irregular(line: str, stretch: Stretch, simplified: list[str], farm: Farm) -> Finding:
    """Return the finding for a run; offsets in ``line``."""
    end = stretch.offset + len(stretch.text)
    before = "\n" + "".join(simplified[: stretch.offset])
    after = ("".join(simplified[end:]) + "\n")[:WINDOW]
    text = simplified[stretch.offset : end]
    filled = list(_fill(stretch, before, text, after, farm))
    new = "".join(text)
    margin = _margin(line[stretch.start : stretch.end], before, new, after)
    confidence = 1 / (1 + math.exp(-max(min(margin / TEMPERATURE, 30.0), -30.0)))
    confidence *= math.prod(f.confidence for f in filled if f.character != LOST)
    keys = ", ".join(dict.fromkeys(step.move.key for step in stretch.steps if step.move.key))
    notes = [f"the annotation of {keys} hit bytes of two characters"] if keys else []
    notes += [f.note for f in filled]
    code = "S102" if stretch.has_cut else "S101"
    safe = margin >= REALIGN_MARGIN and _replays(line[stretch.start : stretch.end], stretch)
    safety = Safety.SAFE if safe else Safety.LIKELY
    note = "; ".join(notes)
    return Finding(code, stretch.start, stretch.end, new, safety, confidence, note)


def _fill(
    stretch: Stretch, before: str, text: list[str], after: str, farm: Farm
) -> Iterator[Filled]:
    """Put into ``text`` what the judge makes of its lost characters, and yield it."""
    offset = 0
    for step in stretch.steps:
        if step.move.lost:
            at, lost = offset + step.move.lost[0][0], [lost for _, lost in step.move.lost]
            left, right = "".join(text[:at]), "".join(text[at + len(lost) :])
            found = fill(before + left, lost, right + after, farm)
            text[at : at + len(lost)] = [filled.character for filled in found]
            yield from found
        offset += len(step.text)


def _margin(standing: str, before: str, new: str, after: str) -> float:
    """Return by how many nats the judge prefers ``new`` to the text as it stands."""
    model = chinese()
    before = before[-WINDOW:]
    return model.cost(before + standing + after) - model.cost(before + new + after)


def _replays(damaged: str, stretch: Stretch) -> bool:
    """Whether the channel makes exactly this damage of the proposed original."""
    original, insertions = "", []
    for step in stretch.steps:
        if step.move.kind is Kind.SHARED:  # part of a cut whose sign is missing
            return True
        original += step.text
        if step.move.key:
            offset = len(encode(original)) + (step.pending >= 0)
            insertions.append((offset, readings()[step.move.key]))
    return explains(original, insertions, damaged, cut=stretch.has_cut)
