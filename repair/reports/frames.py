"""Groups the findings of an input into frames, one per line, and a frame into excerpts.

A damaged line may hold a hundred findings side by side. They share one frame: a head that
counts them by code, then as many excerpts as the width of the page asks for.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from repair.reports.outcomes import UNSAFE_FIX, Marked
from repair.types import Edit
from repair.visible import is_plain, shown, width

CONTEXT = 10  # columns kept free on each side of the spots
SURE = "^"
UNSURE = "~"  # sorts after SURE: a spot is as sure as the surest finding in it


class Span(NamedTuple):
    """A run of code points."""

    start: int
    end: int


class Spot(NamedTuple):
    """A run that findings cover."""

    start: int
    end: int
    sign: str
    """``SURE`` or, if it is changed with ``--unsafe-fixes`` only, ``UNSURE``."""


@dataclass(frozen=True, slots=True)
class Frame:
    """Whole lines, without the last line's end, and the findings that begin in them."""

    span: Span
    found: tuple[Marked, ...]


@dataclass(frozen=True, slots=True)
class Excerpt:
    """A part of a frame that fits the page, and the spots in it: disjoint, in order."""

    span: Span
    spots: tuple[Spot, ...]


def frames(text: str, found: Sequence[Marked]) -> Iterator[Frame]:
    """Yield the frames of findings, which must be in order."""
    group: list[Marked] = []
    line = Span(0, -1)
    for item in found:
        start, end = item.finding.start, item.finding.end
        if group and start <= line.end:
            line = Span(line.start, max(line.end, _line_end(text, end)))
        else:
            if group:
                yield Frame(line, tuple(group))
            group = []
            line = Span(text.rfind("\n", 0, start) + 1, _line_end(text, end))
        group.append(item)
    if group:
        yield Frame(line, tuple(group))


def _line_end(text: str, at: int) -> int:
    """Where the line of ``at`` ends, without its line end."""
    end = text.find("\n", at)
    end = len(text) if end < 0 else end
    return end - 1 if end > at and text[end - 1] == "\r" else end


def excerpts(text: str, frame: Frame, edits: Sequence[Edit], columns: int) -> Iterator[Excerpt]:
    """Yield the excerpts of a frame, disjoint, each at most ``columns`` wide if its spots are.

    No edit lies across the border of an excerpt.
    """
    spots = _spots(frame.found, edits_in(edits, frame.span))
    cores = list(_cores(text, spots, columns - 2 * CONTEXT))
    low = frame.span.start
    for number, core in enumerate(cores):
        last = number + 1 == len(cores)
        high = frame.span.end if last else (core[-1].end + cores[number + 1][0].start) // 2
        span = _with_context(text, Span(core[0].start, core[-1].end), Span(low, high), columns)
        yield Excerpt(span, tuple(core))
        low = high


def edits_in(edits: Sequence[Edit], span: Span) -> Sequence[Edit]:
    """The edits that lie in a run, which none may cross."""
    return edits[
        bisect_left(edits, span.start, key=_start) : bisect_right(edits, span.end, key=_start)
    ]


def _start(edit: Edit) -> int:
    return edit.start


def _spots(found: Iterable[Marked], edits: Iterable[Edit]) -> list[Spot]:
    """The disjoint runs that findings and edits cover."""
    runs = {Spot(e.start, e.end, UNSURE) for e in edits}
    runs |= {
        Spot(m.finding.start, m.finding.end, UNSURE if m.mark == UNSAFE_FIX else SURE)
        for m in found
    }
    spots: list[Spot] = []
    for start, end, sign in sorted(runs):
        last = spots[-1] if spots else Spot(-1, -1, UNSURE)
        if start < last.end or (start, end) == last[:2]:
            spots[-1] = Spot(last.start, max(last.end, end), min(last.sign, sign))
        else:
            spots.append(Spot(start, end, sign))
    return spots


def _cores(text: str, spots: Iterable[Spot], columns: int) -> Iterator[list[Spot]]:
    """Put as many neighbours together as fit, and part those that touch only where they must."""
    core: list[Spot] = []
    used = 0
    for spot in spots:
        more = _columns(text, Span(core[-1].end if core else spot.start, spot.end), columns - used)
        if used + more > columns and core:
            tail = _touching(core, spot)
            used = _columns(text, Span((*tail, spot)[0].start, spot.end), columns)
            if len(tail) == len(core) or used > columns:
                tail = []
                used = _columns(text, Span(spot.start, spot.end), columns)
            yield core[: len(core) - len(tail)]
            core = tail
        else:
            used += more
        core.append(spot)
    if core:
        yield core


def _touching(core: list[Spot], spot: Spot) -> list[Spot]:
    """The last spots of ``core`` that leave no gap up to ``spot``."""
    at, start = len(core), spot.start
    while at and core[at - 1].end == start:
        at -= 1
        start = core[at].start
    return core[at:]


def _columns(text: str, span: Span, enough: int) -> int:
    """Columns of a run, counted no further than ``enough``."""
    return _sum(text[span.start : min(span.end, span.start + enough + 1)])


def _with_context(text: str, core: Span, limits: Span, columns: int) -> Span:
    """Widen ``core`` on both sides, as evenly as the limits allow."""
    room = max(columns - _columns(text, core, columns), 2 * CONTEXT)
    left = text[max(core.start - room, limits.start) : core.start][::-1]
    right = text[core.end : min(core.end + room, limits.end)]
    left_columns = min(_sum(left), max(room // 2, room - _sum(right)))
    return Span(
        core.start - _fitting(left, left_columns),
        core.end + _fitting(right, room - left_columns),
    )


def _sum(text: str) -> int:
    return len(text) if is_plain(text) else sum(width(spelled) for spelled in shown(text))


def _fitting(text: str, columns: int) -> int:
    """How many characters of ``text`` fit."""
    if is_plain(text):
        return min(max(columns, 0), len(text))
    for number, spelled in enumerate(shown(text)):
        columns -= width(spelled)
        if columns < 0:
            return number
    return len(text)


def with_unsafe(edits: Sequence[Edit], found: Iterable[Marked]) -> Sequence[Edit]:
    """Add to the edits what ``--unsafe-fixes`` would change as well."""
    both = list(edits)
    for finding, mark in found:
        if mark == UNSAFE_FIX and finding.new is not None:
            edit = Edit(finding.start, finding.end, finding.new)
            at = bisect_left(both, edit)
            if not any(_clash(edit, other) for other in both[max(at - 1, 0) : at + 1]):
                both.insert(at, edit)
    return both


def _clash(one: Edit, other: Edit) -> bool:
    return (one.start < other.end and other.start < one.end) or one[:2] == other[:2]
