"""Cuts a stream of bytes into blocks that end where records do."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from repair.adapters.sieve import sieve

# Enough to hide what a block costs beside its bytes, and little enough to stay in the cache.
BLOCK = 1 << 20
# A record that is longer is not looked at: all of it must fit into memory several times.
MOST_RECORD = 32 << 20


@dataclass(frozen=True, slots=True)
class Block:
    """Whole records."""

    start: int
    """In bytes of the content."""
    data: bytes
    whole: bool = True
    """``False`` for a part of a record too long to be looked at."""
    ends_record: bool = True


@dataclass(frozen=True, slots=True)
class Cutter:
    """Where records may end."""

    quoted: bool = False
    """Line ends between quotation marks end no record."""
    wide: str = ""
    """An encoding whose units are of more than a byte."""

    def end(self, data: bytes) -> int:
        """Return where the last whole record of ``data``, which begins with one, ends; or 0."""
        if self.wide:
            return self._end_of_units(data)
        end = data.rfind(b"\n") + 1
        if not self.quoted:
            return end
        marks = data.count(b'"', 0, end)
        while end and marks % 2:
            before = data.rfind(b"\n", 0, end - 1) + 1
            marks -= data.count(b'"', before, end)
            end = before
        return end

    def _end_of_units(self, data: bytes) -> int:
        line_end = "\n".encode(self.wide)
        width = len(line_end)
        end = len(data)
        while (at := data.rfind(line_end, 0, end)) >= 0:
            if at % width == 0:
                return at + width
            end = at + width - 1
        return 0


def blocks(pieces: Iterable[bytes], cutter: Cutter, start: int = 0) -> Iterator[Block]:
    """Yield blocks of whole records; the last may lack its line end.

    Memory is bounded by ``MOST_RECORD``.
    """
    rest: list[bytes] = []
    size = 0
    too_long = False
    for piece in pieces:
        rest.append(piece)
        size += len(piece)
        # Joined once for each doubling, so that a long record costs no square of its length
        is_time = len(rest) == 1 or size - len(piece) <= len(piece) * len(rest)
        if size < BLOCK or not (is_time or size > MOST_RECORD):
            continue
        data = b"".join(rest)
        end = _line_end(data, cutter) if too_long else cutter.end(data)
        if end:
            yield Block(start, data[:end], not too_long)
            too_long = False
        elif size > MOST_RECORD:
            end = len(data) - len(data) % 4
            yield Block(start, data[:end], whole=False, ends_record=False)
            too_long = True
        start += end
        rest = [data[end:]]
        size -= end
    data = b"".join(rest)
    end = (_line_end(data, cutter) or len(data)) if too_long else 0
    if end:
        yield Block(start, data[:end], whole=False)
    if end < len(data):
        yield Block(start + end, data[end:])


def _line_end(data: bytes, cutter: Cutter) -> int:
    """Where the first line ends: of a record that is too long nothing else is known."""
    if cutter.wide:
        return cutter.end(data)
    return data.find(b"\n") + 1


def lines_worth_a_look(
    data: bytes,
    view: bytes | None = None,
    also: re.Pattern[bytes] | None = None,
    *,
    values: bool = False,
) -> Iterator[tuple[int, int]]:
    """Yield the spans of lines, with their ends, in which something may be found.

    ``view`` is ``data`` with a line end wherever values begin and end, as long as it is: a rule
    that looks at the beginning of a text finds it there. ``also`` matches what else wants a look.
    ``values`` says that each line of ``view`` is one of a value, but where there are backslashes.
    """
    view = data if view is None else view
    # Where all lines end so, it says nothing of any
    if b"\r" in data and data.count(b"\r\n") == data.count(b"\n"):
        view = view.replace(b"\r\n", b"\n\n")
    hits = sieve().lines(view, data, values=values)
    if also is None:
        yield from hits
        return
    both = sorted([*hits, *(match.span() for match in also.finditer(data))])
    at = 0
    for low, high in both:
        if low >= at:
            start = data.rfind(b"\n", at, low) + 1 or at
            at = data.find(b"\n", high - 1) + 1 or len(data)
            yield start, at
