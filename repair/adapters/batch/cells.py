"""A value in a record of text, and how what replaces a part of it is written."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from typing import NamedTuple

from repair.patterns import pattern

# What is no letter of plain ASCII: without, there is nothing to find (see arrow.py).
WORTH_A_LOOK = pattern("[^\t\n !-$'-*,-<>-\\[\\]-~]")


class Cell(NamedTuple):
    """A value of a record; offsets in code points of the record."""

    column: str
    start: int
    end: int
    """What stands there is the value as it is written: escaped, perhaps in quotation marks."""


class Edited(NamedTuple):
    """What to put in the place of a part of a record."""

    start: int
    end: int
    new: str


Wanted = Callable[[str], bool]


def chooser(columns: tuple[str, ...] | None, key: str | None) -> Wanted:
    """Return the function that says whether a column is to be looked at.

    The name of a column stands for all that is in it: ``tags`` for ``tags[].name``.
    """
    known: dict[str, bool] = {}

    def wanted(column: str) -> bool:
        if column not in known:
            known[column] = (
                column != key
                if columns is None
                else any(
                    column == name or column.startswith((f"{name}.", f"{name}["))
                    for name in columns
                )
            )
        return known[column]

    return wanted


def offsets(written: str, unit: re.Pattern[str]) -> list[int]:
    """Where each character of a value stands in the way it is written, and where it ends."""
    starts = [match.start() for match in unit.finditer(written)]
    return [*starts, len(written)]


Spans = Iterator[tuple[int, int]]
