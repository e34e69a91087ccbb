"""The search of all byte rules: what each escaped byte is, each byte once."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator

from repair.patterns import pattern
from repair.rules.bytes import foreign, forms, wide_runs
from repair.types import Finding, Safety

# What PEP 383 makes of a byte that does not decode. Other lone surrogates were in the text.
ESCAPED_BYTES = pattern("[\udc80-\udcff]+")

# Longer runs are cut in the note: a reader sees what it is from the first ones.
MOST_SHOWN = 16

# In the order in which they own places.
_CLAIMS = (
    wide_runs.runs,
    forms.pairs,
    forms.cut,
    foreign.foreign,
    forms.halves,
    forms.overlong,
)


def find(text: str) -> Iterator[Finding]:
    """Yield what is known of bytes that do not belong, and B101 for those of which nothing is."""
    claimed: list[Finding] = []
    for claim in _CLAIMS:
        starts = [found.start for found in claimed]
        ends = [found.end for found in claimed]
        free = [found for found in claim(text) if _is_free(found, starts, ends)]
        if free:
            claimed = sorted((*claimed, *free), key=lambda found: found.start)
    yield from claimed
    for start, end in _between(claimed, len(text)):
        for match in ESCAPED_BYTES.finditer(text, start, end):
            yield Finding("B101", *match.span(), None, Safety.SHOW, 1.0, _note(match[0]))


def _is_free(found: Finding, starts: list[int], ends: list[int]) -> bool:
    """Whether a finding shares no character with those that start and end there."""
    at = bisect_right(ends, found.start)
    return at == len(starts) or starts[at] >= found.end


def _between(claimed: list[Finding], end: int) -> Iterator[tuple[int, int]]:
    at = 0
    for found in claimed:
        yield at, found.start
        at = found.end
    yield at, end


def _note(run: str) -> str:
    shown = " ".join(f"{ord(character) - 0xDC00:02X}" for character in run[:MOST_SHOWN])
    more = f" and {len(run) - MOST_SHOWN} more" if len(run) > MOST_SHOWN else ""
    return f"{'byte' if len(run) == 1 else 'bytes'} {shown}{more}"
