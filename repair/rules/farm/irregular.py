"""Runs of a line whose bytes met those of annotations or cuts, and the findings for them."""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence

from repair.model.chinese import cost
from repair.rules.farm.candidates import Candidates
from repair.rules.farm.channel import edited, explains, shown
from repair.rules.farm.lattice import LOST
from repair.rules.farm.letters import readings
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
    """Steps from alignment to alignment, and where their text stands in the line's original."""

    __slots__ = ("offset", "steps")

    def __init__(self, steps: list[Step], offset: int) -> None:
        self.steps: list[Step] = steps
        self.offset: int = offset

    @property
    def start(self) -> int:
        """In the damaged line."""
        return self.steps[0].start

    @property
    def end(self) -> int:
        """In the damaged line."""
        return self.steps[-1].end

    @property
    def text(self) -> str:
        """The characters of the original."""
        return "".join(step.text for step in self.steps)

    @property
    def has_cut(self) -> bool:
        """Whether the line was cut here at the bytes of a mark."""
        return any(step.kind is Kind.CUT for step in self.steps)


def irregular(  # noqa: PLR0913
    line: str,
    stretch: Stretch,
    simplified: list[str],
    candidates: Candidates,
    *,
    begin: int,
    replays: bool,
) -> Finding:
    """Return the finding for a run of a line that begins there.

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
    keys = ", ".join(dict.fromkeys(step.key for step in stretch.steps if step.key))
    notes = [f"the annotation of {keys} hit bytes of two characters"] if keys else []
    notes += [f.note for f in filled.values()]
    code = "S102" if stretch.has_cut else "S101"
    safe = margin >= REALIGN_MARGIN and (replays or replay(line, stretch.steps))
    safety = Safety.SAFE if safe else Safety.LIKELY
    note = "; ".join(notes)
    start, end = begin + stretch.start, begin + stretch.end
    return Finding(code, start, end, new, safety, confidence, note)


def _fill(
    stretch: Stretch, before: str, text: list[str], after: str, candidates: Candidates
) -> Iterator[tuple[int, Filled]]:
    """Yield what the judge makes of the lost characters, by their places in ``text``.

    Those to the left are put into ``text`` before those to the right are judged.
    """
    offset = 0
    for step in stretch.steps:
        if step.lost:
            at, lost = offset + step.lost[0][0], [lost for _, lost in step.lost]
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
    seen: list[str] = []
    start = end = 0
    for step in steps:
        if step.kind is Kind.SHARED:  # part of a cut that left no sign: not to be replayed
            seen += (line[start:end], step.text)
            start = step.end
        elif end != step.start:
            seen.append(line[start:end])
            start = step.start
        end = step.end
    seen.append(line[start:end])
    target = shown("".join(seen))
    return _explained(steps, target, full_width=True) or _explained(steps, target, full_width=False)


def _explained(steps: Sequence[Step], target: str, *, full_width: bool) -> bool:
    original: list[bytes] = []
    texts: list[str] = []
    insertions: list[tuple[int, str]] = []
    length = 0
    for step in steps:
        texts.append(step.text)
        if step.key and step.kind is not Kind.SHARED:
            part = edited("".join(texts), full_width=full_width)
            texts.clear()
            original.append(part)
            length += len(part)
            insertions.append((length + (step.pending >= 0), readings()[step.key]))
    original.append(edited("".join(texts), full_width=full_width))
    return explains(b"".join(original), insertions, target)
