"""Generated character tables, and how to open them. ``build.py`` makes them."""

from __future__ import annotations

from functools import cache
from importlib.resources import files
from typing import NamedTuple


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
    return files(__package__).joinpath(name).read_bytes()


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
