"""Texts to measure speed on: as many bytes of each kind."""

from __future__ import annotations

import argparse
from collections.abc import Callable
from pathlib import Path
from pydoc_data.topics import topics
from random import Random

from benchmarks.corpora import farm_source, news
from benchmarks.farms import unknown_farm

SIZE = 200_000
"""Bytes of UTF-8."""


def clean_english() -> str:
    """Prose: the language reference that comes with Python."""
    return _fill("\n".join(topics.values()))


def clean_chinese() -> str:
    return _fill("\n".join("".join(words) for words in news()[:2000]))


def source_code() -> str:
    return _fill(Path(argparse.__file__).read_text(encoding="utf-8"))


def mojibake() -> str:
    """Return UTF-8 read as Windows-1252 in one line of four."""
    broken = " “naïve” — café".encode().decode("cp1252", "replace")
    lines = clean_english().splitlines()
    return _fill("\n".join(line + broken * (at % 4 == 0) for at, line in enumerate(lines)))


def farm_damaged() -> str:
    """Return the pages of one farm, with all its habits."""
    random = Random(1)
    farm = unknown_farm(random)
    clean = "\n".join(farm_source(random)[1] for _ in range(12))
    return _fill(farm.damage(clean, random).text)


def _fill(text: str) -> str:
    """Repeat and cut the text to SIZE."""
    data = (text + "\n").encode()
    return (data * (SIZE // len(data) + 1))[:SIZE].decode(errors="ignore")


SAMPLES: dict[str, Callable[[], str]] = {
    "clean English": clean_english,
    "clean Chinese": clean_chinese,
    "source code": source_code,
    "mojibake": mojibake,
    "farm damage": farm_damaged,
}
