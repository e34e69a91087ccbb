"""Generated character tables, and how to open them. ``build.py`` makes them."""

from __future__ import annotations

from bisect import bisect_right
from functools import cache
from pkgutil import get_data
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from repair.tables.words import Filter


class Hanzi(NamedTuple):
    """What is known about a Chinese character whose simplified form is another one."""

    simplified: str
    """Every simplified form it may stand for, the usual one first; may hold itself."""
    reading: str
    """Its first pinyin reading, with tone marks; empty if none is known."""
    rank: int
    """Place of the usual simplified form among all characters by frequency, from 1."""


def read_table(name: str) -> bytes:
    """Return the raw bytes of a table of this package."""
    return get_data(__package__, name) or b""


def _rows(name: str) -> list[list[str]]:
    lines = read_table(name).decode("utf-8").splitlines()
    return [line.split("\t") for line in lines if not line.startswith("#")]


@cache
def hanzi() -> dict[str, Hanzi]:
    """Traditional and variant characters of GBK, with their simplified forms."""
    return {row[0]: Hanzi(row[1], row[2], int(row[3])) for row in _rows("hanzi.tsv")}


@cache
def farm_keys() -> tuple[tuple[str, str], ...]:
    """Characters that content farms were seen to annotate, with readings, in their order."""
    return tuple((row[0], row[1]) for row in _rows("farm_keys.tsv"))


@cache
def homoglyphs() -> dict[str, dict[str, str]]:
    """For each script, what a letter of another one may stand for in it, likeliest first."""
    from repair.tables.words import SCRIPTS  # noqa: PLC0415

    tables: dict[str, dict[str, str]] = {script: {} for script in SCRIPTS}
    for letter, *columns in _rows("homoglyphs.tsv"):
        for script, points in zip(SCRIPTS, columns, strict=True):
            if points:
                tables[script][_letters(letter)] = _letters(points)
    return tables


@cache
def known_words() -> Filter:
    """Words of the languages that are most written, by script."""
    from repair.tables.words import Filter  # noqa: PLC0415 (3 ms, and few texts need it)

    return Filter.read(read_table("known_words.bin"))


@cache
def script_of(character: str) -> str | None:
    """Return the script by its long name; ``None`` for what all or several scripts share."""
    starts, rows = _script_ranges()
    row = bisect_right(starts, ord(character)) - 1
    return rows[row][1] if row >= 0 and ord(character) <= rows[row][0] else None


def ranges_of(script: str) -> list[tuple[int, int]]:
    """Return the first and the last code points of runs of ``script``."""
    starts, rows = _script_ranges()
    return [(start, end) for start, (end, name) in zip(starts, rows, strict=True) if name == script]


@cache
def _script_ranges() -> tuple[list[int], list[tuple[int, str]]]:
    rows = _rows("scripts.tsv")
    return [int(row[0], 16) for row in rows], [(int(row[1], 16), row[2]) for row in rows]


def _letters(points: str) -> str:
    return "".join(chr(int(point, 16)) for point in points.split())
