"""The lines that say something about an encoding: those beyond ASCII, from all over the input."""

from __future__ import annotations

import codecs
from collections.abc import Iterator

from repair.kernel import COMPILED
from repair.patterns import pattern

if COMPILED:
    from repair.kernel import sequences

# A line is looked at from a little before its first byte beyond ASCII.
BEFORE = 60
LONGEST = 240

# Parts of the input that each give their share, so that one odd paragraph does not decide.
PARTS = 8
SMALL = 16_384
# Text has a blank within this many bytes; where there is none, the rest of a part is not looked at.
FAR = 65_536


def sample(data: bytes, budget: int) -> list[bytes]:
    """Return lines, or parts of long ones, that hold ``budget`` bytes beyond ASCII or a few more.

    A piece begins at the beginning of a line or after ASCII, and so never within a character.
    """
    pieces: list[bytes] = []
    left = budget
    for number, (start, end) in enumerate(_parts(data)):
        share = left if len(data) <= SMALL else max(left // (PARTS - number), 1)
        some, held = taken(data, start, end, share)
        pieces += some
        left -= held
    return pieces


def taken(data: bytes, start: int, end: int, share: int) -> tuple[list[bytes], int]:
    """Return pieces of a part that hold ``share`` bytes beyond ASCII, and how many these hold."""
    if COMPILED:
        return sequences.pieces(data, start, end, share, BEFORE, LONGEST, FAR)
    return taken_slowly(data, start, end, share)


def taken_slowly(data: bytes, start: int, end: int, share: int) -> tuple[list[bytes], int]:
    """Return the same where the kernel is not compiled."""
    out, held = [], 0
    for piece in _pieces(data, start, end):
        out.append(piece)
        held += len(piece) - len(piece.translate(None, _HIGH))
        if held >= share:
            break
    return out, held


_HIGH = bytes(range(128, 256))

# In no encoding a later byte of a character: behind it a character begins.
_BLANK = pattern(rb"[\t-/]")


def _parts(data: bytes) -> Iterator[tuple[int, int]]:
    if len(data) <= SMALL:
        yield 0, len(data)
        return
    cuts = [number * len(data) // PARTS for number in range(PARTS)]
    starts = [0, *(_behind_blank(data, at, len(data)) for at in cuts[1:])]
    yield from zip(starts, [*starts[1:], len(data)], strict=True)


def _behind_blank(data: bytes, start: int, end: int) -> int:
    found = _BLANK.search(data, start, min(start + FAR, end))
    return found.end() if found else end


def first_beyond_ascii(data: bytes, start: int, end: int) -> int:
    """Return where the first byte beyond ASCII is, or ``end``; as fast as memory is read."""
    size = 1024
    while start < end:
        block = data[start : min(start + size, end)]
        if not block.isascii():
            try:
                codecs.ascii_decode(block)
            except UnicodeDecodeError as error:
                return start + error.start
        start += size
        size = min(2 * size, 1 << 20)
    return end


def _pieces(data: bytes, start: int, end: int) -> Iterator[bytes]:
    at = start
    while True:
        first = first_beyond_ascii(data, at, end)
        if first >= end:
            return
        low = max(at, first - BEFORE)
        low = data.rfind(b"\n", low, first) + 1 or low
        high = min(first + LONGEST, end)
        newline = data.find(b"\n", first, high)
        high = high if newline < 0 else newline
        yield data[low:high]
        at = _behind_blank(data, high, end)
