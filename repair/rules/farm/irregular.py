"""Runs of a line whose bytes met those of annotations or cuts, and the findings for them."""

from __future__ import annotations

import math
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from repair.model.chinese import chinese
from repair.rules.farm.channel import encode, explains
from repair.rules.farm.codepage import pairs
from repair.rules.farm.gate import Farm
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


def irregular(
    line: str, stretch: Stretch, simplified: list[str], farm: Farm, *, replays: bool
) -> Finding:
    """Return the finding for a run; offsets in ``line``.

    ``replays`` says that the channel makes exactly this line of the proposed original.
    """
    end = stretch.offset + len(stretch.text)
    before = "\n" + "".join(simplified[: stretch.offset])
    after = ("".join(simplified[end:]) + "\n")[:WINDOW]
    text = simplified[stretch.offset : end]
    filled = dict(_fill(stretch, before, list(text), after, farm))
    new = "".join(filled[n].character if n in filled else c for n, c in enumerate(text))
    guess = "".join(filled[n].likeliest if n in filled else c for n, c in enumerate(text))
    margin = _margin(line[stretch.start : stretch.end], before, guess, after)
    margin += DOUBTFUL_MARK_COST * stretch.has_cut
    confidence = 1 / (1 + math.exp(-max(min(margin / TEMPERATURE, 30.0), -30.0)))
    confidence *= math.prod(f.confidence for f in filled.values() if f.character != LOST)
    keys = ", ".join(dict.fromkeys(step.move.key for step in stretch.steps if step.move.key))
    notes = [f"the annotation of {keys} hit bytes of two characters"] if keys else []
    notes += [f.note for f in filled.values()]
    code = "S102" if stretch.has_cut else "S101"
    safe = margin >= REALIGN_MARGIN and (replays or replay(line, stretch.steps))
    safety = Safety.SAFE if safe else Safety.LIKELY
    note = "; ".join(notes)
    return Finding(code, stretch.start, stretch.end, new, safety, confidence, note)


def _fill(
    stretch: Stretch, before: str, text: list[str], after: str, farm: Farm
) -> Iterator[tuple[int, Filled]]:
    """Yield what the judge makes of the lost characters, by their places in ``text``.

    Those to the left are put into ``text`` before those to the right are judged.
    """
    offset = 0
    for step in stretch.steps:
        if step.move.lost:
            at, lost = offset + step.move.lost[0][0], [lost for _, lost in step.move.lost]
            left, right = "".join(text[:at]), "".join(text[at + len(lost) :])
            for place, filled in enumerate(fill(before + left, lost, right + after, farm), at):
                text[place] = filled.likeliest
                yield place, filled
        offset += len(step.text)


def _margin(standing: str, before: str, new: str, after: str) -> float:
    """Return by how many nats the judge prefers ``new`` to the text as it stands."""
    model = chinese()
    before = before[-WINDOW:]
    return model.cost(before + standing + after) - model.cost(before + new + after)


def replay(line: str, steps: Sequence[Step]) -> bool:
    """Whether the channel makes exactly this damaged ``line`` of what the steps propose.

    Half-width marks of the line may have been full-width when its bytes were edited.
    """
    return any(_explained(line, steps, str.maketrans(marks)) for marks in (FULL_WIDTH, {}))


def _explained(line: str, steps: Sequence[Step], marks: Mapping[int, str]) -> bool:
    original, insertions, shown = "", [], ""
    for step in steps:
        text = _of_code_page(step.text).translate(marks)
        original += text
        if step.move.kind is Kind.SHARED:  # part of a cut that left no sign: not to be replayed
            shown += text
            continue
        shown += _of_code_page(line[step.move.start : step.move.end])
        if step.move.key:
            offset = len(encode(original)) + (step.pending >= 0)
            insertions.append((offset, readings()[step.move.key]))
    return explains(original, insertions, shown)


def _of_code_page(text: str) -> str:
    """Put something of the code page for characters that came later, and for lost ones ``?``."""
    text = text.replace(LOST, "?")
    return "".join(c if c < "\x80" or c == "€" or c in pairs() else "□" for c in text)
