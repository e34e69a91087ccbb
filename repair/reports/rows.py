"""Rows of a frame: a stretch of text with what matters in it underlined or painted."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import groupby
from operator import itemgetter
from typing import NamedTuple

from repair.reports.frames import SURE, Excerpt
from repair.reports.outcomes import Paint
from repair.types import Edit
from repair.visible import is_plain, shown, width

CUT = "…"
_ORDINARY = {"\t": "    ", "\u3000": "\u3000"}


class Cell(NamedTuple):
    """What is printed for one character, or nothing at all, where something is inserted."""

    shown: str
    width: int
    sign: str
    """What it is underlined with: nothing, or the sign of its spot."""


def before(text: str, excerpt: Excerpt) -> list[Cell]:
    """The cells of an excerpt, with its spots marked."""
    row: list[Cell] = []
    at = excerpt.span.start
    for start, end, sign in excerpt.spots:
        row += _cells(text[at:start])
        row += _cells(text[start:end], sign) if start < end else [Cell("", 0, sign)]
        at = end
    return [*row, *_cells(text[at : excerpt.span.end])]


def after(text: str, excerpt: Excerpt, edits: Iterable[Edit]) -> list[Cell]:
    """The cells of what the edits make of an excerpt, with what they put there marked."""
    row: list[Cell] = []
    at = excerpt.span.start
    for edit in edits:
        row += _cells(text[at : edit.start])
        row += _cells(edit.new, SURE)
        at = edit.end
    return [*row, *_cells(text[at : excerpt.span.end])]


def _cells(text: str, sign: str = "") -> Iterable[Cell]:
    """Return a cell for each character of ``text``.

    Around spots, tabs and ideographic spaces are ordinary; inside of them they are named.
    """
    if not sign and is_plain(text):
        return map(_PLAIN.__getitem__, text)
    return _spelled_cells(text, sign)


_PLAIN = {character: Cell(character, 1, "") for character in map(chr, range(0x20, 0x7F))}


def _spelled_cells(text: str, sign: str) -> Iterator[Cell]:
    for character, spelled in zip(text, shown(text), strict=True):
        as_is = spelled if sign else _ORDINARY.get(character, spelled)
        yield Cell(as_is, width(as_is), sign)


def with_cuts(row: list[Cell], *, left: bool, right: bool) -> list[Cell]:
    """Show on which sides the line goes on."""
    cut = [Cell(CUT, 1, "")]
    return [*(cut if left else []), *row, *(cut if right else [])]


def clip(row: list[Cell], columns: int) -> list[Cell]:
    """Cut the middle out of a row that is too wide."""
    if sum(map(_width, row)) <= columns:
        return row
    half = (columns - 1) // 2
    head = _within(row, half)
    tail = _within(row[: len(head) - 1 : -1] if head else row[::-1], half)
    return [*head, Cell(CUT, 1, row[len(head)].sign), *reversed(tail)]


_width = itemgetter(1)


def _within(row: Iterable[Cell], columns: int) -> list[Cell]:
    """The first cells that fit."""
    kept = []
    for cell in row:
        columns -= cell.width
        if columns < 0:
            break
        kept.append(cell)
    return kept


def painted(row: list[Cell], paint: Paint, style: str) -> str:
    """Return the row as text, its marked cells in ``style``."""
    runs = (("".join(c.shown for c in run), sign) for sign, run in groupby(row, lambda c: c.sign))
    return "".join(paint(text, style) if sign else text for text, sign in runs).rstrip(" ")


def underline(row: list[Cell]) -> str:
    """Return the line that underlines the marked cells; an insertion gets one sign."""
    under: list[str] = []
    inserted = ""
    for cell in row:
        if cell.width:
            under += [cell.sign or " "] * cell.width
            if inserted:
                under[-cell.width] = inserted
            inserted = ""
        elif cell.sign and not cell.shown:
            inserted = cell.sign
        elif cell.sign:  # a mark on the letter before
            under[-1:] = [cell.sign]
    return "".join([*under, inserted]).rstrip()
