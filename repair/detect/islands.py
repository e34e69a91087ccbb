"""Runs of UTF-16 inside other text: what one program wrote into the log of another."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache

from repair.detect.confirm import decodes
from repair.patterns import pattern
from repair.types import Segment

# A mark before units that may be text; four ASCII characters, each beside a NUL; or a line that
# begins with six letters of Greek, Cyrillic, Hebrew or Arabic. A list of names of one letter,
# each ended by NUL, looks the same: that is why no repair of an island is safe.
_FIRST = rb"[\x10-\x5f]\x04|[\x86-\xce]\x03|[\xd0-\xea]\x05|[\x20-\xd3]\x06|[\t\n\r -~]\0"
_SECOND = rb"\x04[\x10-\x5f]|\x03[\x86-\xce]|\x05[\xd0-\xea]|\x06[\x20-\xd3]|\0[\t\n\r -~]"
_ANCHORS = {
    "utf-16-le": pattern(
        rb"\xff\xfe(?=" + _FIRST + rb"|[\0-\xff][\x30-\x9f\xac-\xd7])"
        rb"|[\t\r -~]\0(?:[\t\n\r -~]\0){3}|(?<![^\n])(?:" + _FIRST + rb"){6}"
    ),
    "utf-16-be": pattern(
        rb"\xfe\xff(?=" + _SECOND + rb"|[\x30-\x9f\xac-\xd7][\0-\xff])"
        rb"|(?:\0[\t\n\r -~]){4}|(?<![^\n])(?:" + _SECOND + rb"){6}"
    ),
}
_MARKS = {"utf-16-le": b"\xff\xfe", "utf-16-be": b"\xfe\xff"}

# Units read at a time.
STEP = 2048

SHORTEST = 8

# Controls, private use and noncharacters end a run.
_NO_TEXT = pattern("[\0-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ue000-\uf8ff\ufff0-\uffff]")

# Six ideographs in a row whose bytes are all those of ASCII: no, that is ASCII.
_PLAIN_RUN = pattern(rb"[\t\n\r -~]{12}")

_PLAIN = frozenset([9, 10, 13, *range(0x20, 0x7F)])


@cache
def _sure() -> re.Pattern[str]:
    """Matches up to the last character that no bytes of ASCII or UTF-8 look like.

    Two ASCII characters may be an ideograph or a sign, and bytes of UTF-8 a syllable.
    """
    sure = (chr(value) for value in range(9, 0x2E80) if not _PLAIN.issuperset(divmod(value, 256)))
    return re.compile(f"[^\0]*[{re.escape(''.join(sure))}]", re.DOTALL)


def islands(data: bytes) -> Iterator[Segment]:
    """Yield the runs of UTF-16 in ``data``, in order, with their byte order marks."""
    if b"\0" not in data and not any(mark in data for mark in _MARKS.values()):
        return
    at = 0
    anchors = {encoding: anchor.search(data) for encoding, anchor in _ANCHORS.items()}
    while True:
        for encoding, match in anchors.items():
            if match and match.start() < at:
                anchors[encoding] = _ANCHORS[encoding].search(data, at)
        found = min(((m.start(), name) for name, m in anchors.items() if m), default=None)
        if found is None:
            return
        start, encoding = _with_beginning(data, at, *found), found[1]
        end = _end(data, start, encoding)
        if end - start >= SHORTEST:
            yield Segment(start, end, encoding)
        at = max(end, found[0] + 2)


def _with_beginning(data: bytes, at: int, start: int, encoding: str) -> int:
    """Return the beginning of the line, if all units from there are UTF-16."""
    low = max(data.rfind(b"\n", at, start) + 1, at, start - STEP)
    if (start - low) % 2 or low == start:
        return start
    text = data[low:start].decode(encoding, "surrogatepass")
    surely = _sure().match(text)
    return low if surely and surely.end() == len(text) and not _NO_TEXT.search(text) else start


def _end(data: bytes, start: int, encoding: str) -> int:
    """Return where the run ends: behind the last unit that is surely one of UTF-16 text."""
    at = sure = start + len(_MARKS[encoding]) * data.startswith(_MARKS[encoding], start)
    while True:
        block = data[at : at + 2 * STEP]
        plain = _PLAIN_RUN.search(block)
        block = block[: plain.start() + 1] if plain else block  # the first may end a unit
        text = block[: len(block) & ~1].decode(encoding, "surrogatepass")
        other = _NO_TEXT.search(text)
        surely = _sure().match(text[: other.start()] if other else text)
        if surely:
            sure = at + len(surely[0].encode(encoding, "surrogatepass"))
        if other or plain:
            return sure
        if len(block) < 2 * STEP:
            return sure if decodes(data[sure:], "utf-8") else len(data)
        at += 2 * STEP
