"""Runs of UTF-16 in a text, and what they read as."""

from __future__ import annotations

from collections.abc import Iterator

from repair.detect.islands import islands
from repair.patterns import pattern
from repair.types import Finding, Safety

# Half of a pair that is no escaped byte: UTF-8 cannot carry it.
_OTHER_HALVES = pattern("[\ud800-\udc7f\udd00-\udfff]")


def runs(text: str) -> Iterator[Finding]:
    """Yield a finding for each run, and what it reads as."""
    data = _OTHER_HALVES.sub("\ufffd", text).encode("utf-8", "surrogateescape")
    at = offset = 0
    for island in islands(data):
        offset += len(data[at : island.start].decode("utf-8", "surrogateescape"))
        run = data[island.start : island.end]
        length = len(run.decode("utf-8", "surrogateescape"))
        new = run.decode(island.encoding, "replace").removeprefix("\ufeff")
        note = f"read as {island.encoding}"
        yield Finding("B106", offset, offset + length, new, Safety.LIKELY, 0.95, note)
        at, offset = island.end, offset + length
