"""What the report for people shows of one input: the findings of each line in a frame."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import islice
from math import floor

from repair.reports import rows
from repair.reports.frames import (
    SURE,
    UNSURE,
    Excerpt,
    Frame,
    edits_in,
    excerpts,
    frames,
    with_unsafe,
)
from repair.reports.outcomes import FIX, UNSAFE_FIX, Checked, Marked, View
from repair.reports.outcomes import marked as all_marked
from repair.reports.places import Place, locate
from repair.types import Edit
from repair.visible import visible

# A minified page may be one line with ten thousand findings: these many are shown of a line.
MOST_EXCERPTS = 20
MOST_NOTES = 8
LEAST_COLUMNS = 40


@dataclass(frozen=True, slots=True)
class _Page:
    """What all frames of one input share."""

    path: str
    text: str
    edits: Sequence[Edit]
    """What --fix and --unsafe-fixes did or would do."""
    done: Sequence[Edit] | None
    """What was done; ``None`` if nothing was written."""
    sign: str
    """What stands in the margin of a line as --fix would make it."""
    places: dict[int, Place]
    view: View

    def place(self, item: Marked) -> Place:
        return self.places[item.finding.start]


def framed(checked: Checked, view: View) -> Iterator[str]:
    """Yield a piece for each frame."""
    result = checked.result
    found = all_marked(checked, view)
    page = _Page(
        visible(checked.path) + (" (name)" if checked.of_name else ""),
        result.original,
        with_unsafe(result.edits, found),
        result.edits if checked.written else None,
        ">" if checked.refused else FIX,
        locate(result.original, (m.finding.start for m in found)),
        view,
    )
    for frame in frames(result.original, found):
        yield "\n".join(_frame(page, frame)) + "\n\n"
    if checked.refused:
        yield f"{view.paint(page.path, 'path')}: {checked.refused}\n\n"


def _frame(page: _Page, frame: Frame) -> Iterator[str]:
    """The lines of a frame."""
    paint = page.view.paint
    line = str(page.place(frame.found[0]).line)
    gutter = len(line) + 2
    columns = max(page.view.columns - gutter - 3, LEAST_COLUMNS)
    yield from _heads(page, frame)
    several = excerpts(page.text, frame, page.edits, columns - 2)
    for number, excerpt in enumerate(islice(several, MOST_EXCERPTS + 1)):
        if number == MOST_EXCERPTS:
            yield f"{rows.CUT:>{gutter}} | more of this line: see --format jsonl"
            break
        for label, row in _rows(page, frame, excerpt, columns):
            margin = (line if label == "" else label).rjust(gutter)
            yield f"{paint(margin + ' |', 'margin')} {row}".rstrip(" ")
    for note in _notes(page, frame):
        yield f"{paint('='.rjust(gutter), 'margin')} {paint(note, 'note')}"


def _heads(page: _Page, frame: Frame) -> Iterator[str]:
    """A line for each code and mark of the frame, in order of place."""
    alike: dict[tuple[str, str], list[Marked]] = {}
    for item in frame.found:
        alike.setdefault((item.finding.code, item.mark), []).append(item)
    for (code, mark), items in alike.items():
        place = page.place(items[0])
        parts = [
            page.view.paint(f"{page.path}:{place.line}:{place.column}", "path"),
            page.view.paint(code, "code"),
            *([page.view.paint(f"[{mark}]", "mark")] if mark else []),
            *([f"{len(items)}×"] if len(items) > 1 else []),
            page.view.rules[code].summary.rstrip("."),
            *([f"({_confidence(items)})"] if items[0].finding.new is not None else []),
        ]
        yield " ".join(parts)


def _confidence(items: Iterable[Marked]) -> str:
    """The range in per cent, rounded down: 100 % is certainty."""
    per_cent = sorted(floor(item.finding.confidence * 100 + 1e-9) for item in items)
    low, high = per_cent[0], per_cent[-1]
    return f"{low} %" if low == high else f"{low}–{high} %"


def _rows(page: _Page, frame: Frame, excerpt: Excerpt, columns: int) -> Iterator[tuple[str, str]]:
    """The rows of an excerpt, each with what stands in its margin; "" for the line's number."""
    paint = page.view.paint
    left = excerpt.span.start > frame.span.start
    right = excerpt.span.end < frame.span.end

    def fit(row: list[rows.Cell]) -> list[rows.Cell]:
        return rows.clip(rows.with_cuts(row, left=left, right=right), columns)

    old = fit(rows.before(page.text, excerpt))
    yield "", rows.painted(old, paint, "old")
    yield " ", paint(rows.underline(old), "old")
    for sign, edits in _afters(page, excerpt):
        yield sign, rows.painted(fit(rows.after(page.text, excerpt, edits)), paint, "new")


def _afters(page: _Page, excerpt: Excerpt) -> Iterator[tuple[str, Sequence[Edit]]]:
    """What an excerpt was or would be changed by, and the sign of it.

    Where nothing is written yet, one line shows it all: three lines that differ in a comma
    would not be read.
    """
    edits = edits_in(page.edits, excerpt.span)
    done = edits_in(page.done or (), excerpt.span)
    if page.done is None and edits:
        signs = {spot.sign for spot in excerpt.spots}
        yield (page.sign if SURE in signs else "") + (UNSAFE_FIX if UNSURE in signs else ""), edits
    if done:
        yield "+", done
    if page.done is not None and len(edits) > len(done):
        yield UNSAFE_FIX, edits


def _notes(page: _Page, frame: Frame) -> Iterator[str]:
    """The notes of a frame, equal ones once, with the code and the column where there are more."""
    notes: dict[tuple[str, str], list[Marked]] = {}
    for item in frame.found:
        if item.finding.note:
            notes.setdefault((item.finding.code, item.finding.note), []).append(item)
    for (code, note), items in islice(notes.items(), MOST_NOTES):
        where = "" if len(items) > 1 else f" in column {page.place(items[0]).column}"
        about = f"{code}{where}: " if len(frame.found) > len(items) else ""
        yield about + visible(note)
    if len(notes) > MOST_NOTES:
        yield f"{len(notes) - MOST_NOTES} more notes: see --format jsonl"
