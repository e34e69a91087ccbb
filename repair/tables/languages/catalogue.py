"""Which languages there are, and what each source calls them: ``sources/languages.tsv``."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

SOURCES = Path(__file__).parents[1] / "sources"


@dataclass(frozen=True, slots=True)
class Language:
    """A language in one script: its BCP 47 tag, its script, and its names in each source."""

    tag: str
    group: str
    names: dict[str, tuple[str, ...]]


def languages(table: str) -> list[Language]:
    """Read the rows of ``languages.tsv``; ``-`` stands for a source without this language."""
    header, *rows = (line.split("\t") for line in table.splitlines())
    out = []
    for tag, group, *cells in rows:
        names = (() if cell == "-" else tuple(cell.split(",")) for cell in cells)
        out.append(Language(tag, group, dict(zip(header[2:], names, strict=True))))
    return out
