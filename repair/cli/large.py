"""Looks at a large file in blocks of lines: what is clean takes no memory, and little time.

What a rule wants of a document as a whole is evidence; it is in a block of this size if it is in
the document at all. So the blocks are judged one by one, and their accounts joined.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field, replace
from hashlib import blake2b
from typing import IO

from repair.decode import read_again
from repair.detect.declared import HEAD
from repair.detect.governing import governing
from repair.edits import apply
from repair.notices import WORD
from repair.reports.outcomes import Checked, Skipped
from repair.types import Decoded, Edit, Finding, Repaired, Segment

BLOCK = 1 << 22

# What is damaged and larger than this is neither shown nor repaired: its content, its text, both
# once more repaired, and what is recorded to undo it are in memory at once, some 7 times its size.
WHOLE = 1 << 29

UTF_8 = "utf-8"
ABOUT_ENCODINGS = "B0"
_MARK = b"\xef\xbb\xbf"


class _NotInLinesError(Exception):
    """It is in units of more than a byte, or has no lines."""


@dataclass(slots=True)
class Blocks:
    """What was found in the blocks of a file."""

    in_blocks: bool = True
    """What is clean in all blocks is clean."""
    joinable: bool = True
    """What was found in the blocks is what there is to find; else all must be judged at once."""
    first: tuple[int, str] | None = None
    """The line of the first finding, and its code."""
    findings: int = 0
    content: bytes = b""
    """The digest of all blocks, once they have been judged: the file may change."""
    results: list[tuple[int, int, Repaired]] = field(default_factory=list)
    """What is damaged: where it begins, in bytes and in code points, and what was found."""

    @property
    def clean(self) -> bool:
        """Whether there is nothing to find in any block."""
        return self.in_blocks and not self.findings

    def joined(self, data: bytes) -> Repaired | None:
        """Return the account of a file that holds ``data``; ``None`` if that is not known so."""
        if not (self.in_blocks and self.joinable and blake2b(data).digest() == self.content):
            return None
        bom = _MARK if data.startswith(_MARK) else b""
        parts = self._parts(data)
        if bom and parts:
            return None  # a mark speaks for all of the file
        parts = parts or (Segment(len(bom), len(data), UTF_8),)
        text = read_again(data, UTF_8, parts, bom)
        moved = [(at, result) for _, at, result in self.results]
        edits = tuple(Edit(s + at, e + at, new) for at, r in moved for s, e, new in r.edits)
        repaired = apply(text, edits)
        decoded = Decoded(text, UTF_8, 1.0, True, parts, bom)
        return Repaired(
            text,
            repaired,
            edits,
            tuple(_moved(finding, at) for at, r in moved for finding in r.findings),
            tuple(_moved(finding, at) for at, r in moved for finding in r.remaining),
            data=bom + repaired.encode(UTF_8, "surrogateescape") if edits else data,
            decoded=decoded,
            encoding=UTF_8,
        )

    def _parts(self, data: bytes) -> tuple[Segment, ...]:
        """The runs of the whole that are in one encoding each."""
        others = [
            Segment(part.start + at, part.end + at, part.encoding)
            for at, _, result in self.results
            if result.decoded
            for part in result.decoded.segments
            if part.encoding != UTF_8
        ]
        if not others:
            return ()
        from repair.detect.mixed import joined  # noqa: PLC0415 (20 ms)

        return tuple(joined(data, UTF_8, others))

    def too_large(self, size: int) -> str:
        """What is wrong with a file of ``size`` bytes that is damaged, and what to do."""
        remedy = f"cut it at ends of lines, as `split -C {WHOLE >> 20}m` does"
        if not self.first:
            return (
                f"too large to be looked at ({size >> 20} MB, and not in lines of UTF-8): {remedy}"
            )
        line, code = self.first
        place = f"in line {line} ({code})"
        many = f"damaged {place}"
        if self.in_blocks and self.joinable:
            count = "1 finding" if self.findings == 1 else f"{self.findings} findings, the first"
            many = f"{count} {place}"
        return f"too large to be shown or repaired ({size >> 20} MB): {many}; {remedy}"


def _moved(finding: Finding, by: int) -> Finding:
    return replace(finding, start=finding.start + by, end=finding.end + by)


Judge = Callable[[bytes], Checked | Skipped | None]
"""What became of a block."""


def look_in_blocks(file: IO[bytes], judge: Judge, *, keep: bool) -> Blocks:
    """Judge the blocks of ``file``, and keep what was found if it will be joined."""
    found = Blocks()
    at = characters = lines = 0
    content = blake2b()
    try:
        for block in _blocks(file):
            outcome = judge(block)
            if isinstance(outcome, Skipped):
                found.in_blocks = False
                return found
            if at == 0 and _names_another(block):
                found.in_blocks = False  # what it says is about all of the file
                return found
            if outcome:
                _count(found, outcome.result, lines)
                found.joinable &= not _is_about_encodings(outcome.result)
            length = _length(block, outcome)
            found.joinable &= length is not None and WORD.encode() not in block
            if found.findings and not found.joinable:
                return found
            if outcome and keep:
                found.results.append((at, characters, outcome.result))
            content.update(block)
            at += len(block)
            characters += length or 0
            lines += block.count(b"\n")
    except _NotInLinesError:
        found.in_blocks = False
    found.content = content.digest()
    return found


def _names_another(first: bytes) -> bool:
    """Whether the beginning of a file says that it is not in UTF-8."""
    head = first[:HEAD].decode("ascii", "replace")
    return any(place.encoding != UTF_8 for place in governing(head))


def _is_about_encodings(result: Repaired) -> bool:
    both = (*result.findings, *result.remaining)
    return any(finding.code.startswith(ABOUT_ENCODINGS) for finding in both)


def _count(found: Blocks, result: Repaired, lines: int) -> None:
    both = sorted((*result.findings, *result.remaining), key=lambda finding: finding.start)
    if found.first is None:
        line = lines + result.original.count("\n", 0, both[0].start) + 1
        found.first = (line, both[0].code)
    found.findings += len(both)


def _length(block: bytes, outcome: Checked | None) -> int | None:
    """How many code points a block has in UTF-8; ``None`` if it, or a part of it, is in another."""
    if outcome:
        decoded = outcome.result.decoded
        return len(outcome.result.original) if decoded and decoded.encoding == UTF_8 else None
    try:
        return len(block.decode(UTF_8)) - block.startswith(_MARK)
    except UnicodeDecodeError:
        return None


def _blocks(file: IO[bytes]) -> Iterator[bytes]:
    """Yield whole lines, some ``BLOCK`` bytes at a time."""
    rest = b""
    while piece := file.read(BLOCK):
        lines, end, begun = (rest + piece).rpartition(b"\n")
        if b"\0" in piece or len(begun) > BLOCK:
            raise _NotInLinesError
        if lines or end:
            yield lines + end
        rest = begun
    if rest:
        yield rest
