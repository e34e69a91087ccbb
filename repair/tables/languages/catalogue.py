"""Which languages there are, and what each source calls them: ``sources/languages.tsv``."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

SOURCES = Path(__file__).parents[1] / "sources"


@dataclass(frozen=True, slots=True)
class Language:
    """A language in one script: its BCP 47 tag, its script, and its names in each source.

    ``rarity`` is by how many nats it is rarer than the languages that everybody writes software
    for: 0 if langdetect knows it, 1.5 if lingua does (or it is a state's language), else 3.
    """

    tag: str
    group: str
    rarity: float
    names: dict[str, tuple[str, ...]]


def languages(table: str) -> list[Language]:
    """Read the rows of ``languages.tsv``; ``-`` stands for a source without this language."""
    header, *rows = (line.split("\t") for line in table.splitlines())
    out = []
    for tag, group, rarity, *cells in rows:
        names = (() if cell == "-" else tuple(cell.split(",")) for cell in cells)
        out.append(Language(tag, group, float(rarity), dict(zip(header[3:], names, strict=True))))
    return out
