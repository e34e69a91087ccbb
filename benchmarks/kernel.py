"""Throughput on clean and damaged text beside decoding, ftfy and plsfix, and how it grows.

    python -m benchmarks.kernel [--size BYTES] [--growth MOST_BYTES]

Texts are translations that the system has installed, news, and what comes with Python. One line
in a hundred, in ten, or each is damaged as UTF-8 read as Windows-1252. Rates are MB of UTF-8 a
second, the best of some runs; ratios are what counts. Needs plsfix.
"""

from __future__ import annotations

import argparse
import time
from collections.abc import Callable, Iterator

import ftfy

import repair
from benchmarks.mojibake import PLSFIX, by_plsfix
from benchmarks.mojibake_sets import CATALOGUES, catalogue_lines
from benchmarks.samples import clean_chinese, clean_english, source_code
from repair.kernel import COMPILED
from repair.rules.mojibake.ordinary import is_sound
from repair.rules.mojibake.pilot import weighed_alone
from repair.triggers import is_clean
from repair.types import Kind

BLOCK = 1 << 16
LANGUAGES = ("de", "ru", "ja")
MIXED = ("ar", "el", "fr", "he", "hi", "ko", "pl", "th", "tr", "uk", "vi")
RATES = (0, 100, 10, 1)
"""One line in so many is damaged; none at 0."""


def texts(size: int) -> Iterator[tuple[str, str, str]]:
    """Yield names, file names and about ``size`` bytes of clean text each."""
    lines = catalogue_lines(CATALOGUES)
    yield "English", "a.txt", cut(clean_english(), size)
    yield "Chinese", "a.txt", cut(clean_chinese(), size)
    for language in LANGUAGES:
        yield language, "a.txt", cut("\n".join(lines[language]), size)
    some = [line for language in MIXED for line in lines.get(language, ())[:40]]
    yield "mixed", "a.txt", cut("\n".join(some), size)
    page = "\n".join(f"<p>{line}</p>" for line in lines["de"])
    yield "HTML", "a.html", cut(f"<!doctype html><title>x</title>\n{page}", size)
    yield "code", "a.py", cut(source_code(), size)


def cut(text: str, size: int) -> str:
    data = f"{text}\n".encode()
    return (data * (size // len(data) + 1))[:size].decode(errors="ignore")


def damaged(text: str, one_in: int) -> str:
    if not one_in:
        return text
    lines = text.split("\n")
    for at in range(0, len(lines), one_in):
        lines[at] = lines[at].encode().decode("sloppy-windows-1252")
    return "\n".join(lines)


def rate(run: Callable[[], object], size: int, runs: int) -> float:
    run()
    best = min(_seconds(run) for _ in range(runs))
    return size / best / 1e6


def _seconds(run: Callable[[], object]) -> float:
    for kept in (is_sound, weighed_alone):  # each run meets its lines for the first time
        kept.cache_clear()
    start = time.perf_counter()
    run()
    return time.perf_counter() - start


def decode(data: bytes) -> None:
    for at in range(0, len(data), BLOCK):
        data[at : at + BLOCK].decode("utf-8", "ignore")


def by_plsfix_each(text: str) -> None:
    for line in text.split("\n"):
        by_plsfix(line)


def print_row(name: str, file: str, text: str, one_in: int) -> None:
    data = text.encode()
    size = len(data)
    runs = 3 if one_in in (0, 100) else 1
    decoding = rate(lambda: decode(data), size, 9)
    ours_bytes = rate(lambda: repair.repair_bytes(data, name=file), size, runs)
    ours = rate(lambda: repair.repair(text, name=file), size, runs)
    theirs = rate(lambda: by_plsfix_each(text), size, runs)
    ftfys = rate(lambda: ftfy.fix_text(text), size, 1)
    kind = Kind.CODE if file.endswith(".py") else Kind.MARKUP if "html" in file else Kind.TEXT
    scan = rate(lambda: is_clean(data, kind), size, 9) if not one_in else 0.0
    share = f"{scan / decoding:6.2f} {scan:7.0f}" if scan else " " * 14
    damage = f"1/{one_in}" if one_in else "clean"
    print(
        f"{name:8} {damage:6} decode {decoding:7.0f}  scan/decode {share}  bytes {ours_bytes:7.2f}"
        f"  str {ours:7.2f}  plsfix {theirs:5.1f}  ftfy {ftfys:5.1f}"
        f"  bytes/plsfix {ours_bytes / theirs:6.2f}  str/plsfix {ours / theirs:6.2f}",
        flush=True,
    )


def print_growth(most: int) -> None:
    print("\nSeconds for a text of so many bytes, and by how much more than ten times the last:")
    line = "Die Straße führt über Köln, und der Zug fährt täglich nach Süden.\n"
    size, last = 1_000, 0.0
    while size <= most:
        data = cut(line, size).encode()
        seconds = min(_seconds(lambda data=data: repair.repair_bytes(data)) for _ in range(3))  # type: ignore[misc]
        more = f"{seconds / last / 10:6.2f}" if last else ""
        print(f"{size:12,} {seconds:9.4f} {more}")
        size, last = size * 10, seconds


def main() -> None:
    parser = argparse.ArgumentParser()
    parser.add_argument("--size", type=int, default=200_000)
    parser.add_argument("--growth", type=int, default=10_000_000)
    options = parser.parse_args()
    if not PLSFIX:
        parser.error("install plsfix, which this is measured against")
    print("compiled" if COMPILED else "not compiled")
    for name, file, text in texts(options.size):
        for one_in in RATES:
            print_row(name, file, damaged(text, one_in), one_in)
    print_growth(options.growth)


if __name__ == "__main__":
    main()
