"""Looks at blocks of text records, and says which of their bytes become which."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from functools import partial
from typing import NamedTuple, Protocol

from repair.adapters.account import Account, Where
from repair.adapters.batch.blocks import Block
from repair.adapters.batch.cells import WORTH_A_LOOK, Cell, Edited, Spans, Wanted
from repair.decode import decode, encode
from repair.types import Decoded, Edit

_UTF_8_MARK = b"\xef\xbb\xbf"
# Encodings whose bytes for a character depend on what came before it.
_STATEFUL = ("iso2022", "iso-2022", "hz", "utf-7", "utf7")
# Of a record that could not be read as a whole
WHOLE_RECORD = ""


class Patch(NamedTuple):
    """Put ``new`` in the place of a run of bytes."""

    start: int
    end: int
    new: bytes


class Format(Protocol):
    """What a format of text knows about its records."""

    @property
    def key(self) -> str | None:
        """The column that identifies a row."""

    def spans(self, data: bytes) -> Spans:
        """Yield the spans of records worth a look, in bytes of a block in UTF-8."""

    def rows(self, data: bytes) -> int:
        """How many records there are in a block."""

    def texts(self, record: str) -> list[str] | None:
        """All values of a record that are text, if they can be had for little."""

    def cells(self, record: str, wanted: Wanted) -> Iterator[Cell]:
        """Yield the values of a record that are wanted; raises ``ValueError`` if it is broken."""

    def key_of(self, record: str) -> str | None:
        """The value of the key."""

    def value(self, record: str, cell: Cell) -> str:
        """What a cell says."""

    def refuses(self, new: str) -> bool:
        """Whether a text cannot stand in a value."""

    def edited(self, record: str, cell: Cell, edits: Iterable[Edit]) -> Iterator[Edited]:
        """Yield what becomes of a record by the edits of a value."""


@dataclass(slots=True)
class Reader:
    """Looks at block after block of a file."""

    format: Format
    wanted: Wanted
    account: Account
    wide: str = ""
    """The encoding, where its units are of more than a byte."""
    row: int = 0
    """Of the next block."""

    def look(self, block: Block) -> list[Patch]:
        """Return what is to be replaced in a block: in order, disjoint, offsets in the block."""
        if not block.whole:
            if block.ends_record:
                self._fail("a record that is too long to be looked at")
                self.row += self.format.rows(block.data)
            return []
        data, mark = block.data, 0
        if block.start == 0 and data.startswith(_UTF_8_MARK):
            mark = len(_UTF_8_MARK)
        if mark or (not self.wide and _is_utf_8(data)):
            return [_shifted(p, mark) for p in self._records(data[mark:], _as_utf_8)]
        return self._in_other_encoding(data)

    def _in_other_encoding(self, data: bytes) -> list[Patch]:
        decoded = decode(data, encoding=self.wide or None)
        if decoded.encoding == "utf-8" and not decoded.bom:  # but for some bytes
            return self._records(data, _as_utf_8)
        if not decoded.exact:
            self._fail(f"its bytes are not exactly what {decoded.encoding} makes of its text")
            self.row += self.format.rows(decoded.text.encode("utf-8", "surrogateescape"))
            return []
        text = decoded.text.encode("utf-8", "surrogateescape")
        write = partial(_encoded, decoded=decoded)
        patches = self._records(text, write)
        if patches and decoded.encoding.startswith(_STATEFUL):
            new = b"".join(patched(text, _as_utf_8_patches(patches, decoded)))
            return [Patch(0, len(data), encode(new.decode("utf-8", "surrogateescape"), decoded))]
        return list(_transcoded(patches, text, decoded, write))

    def _records(self, data: bytes, write: Callable[[str], bytes]) -> list[Patch]:
        """The same for a block in UTF-8; ``write`` gives the bytes of what is new."""
        patches: list[Patch] = []
        at, row = 0, self.row
        for start, end in self.format.spans(data):
            row += self.format.rows(data[at:start]) if start > at else 0
            at = start
            if row < 0:  # the names of columns stay what they are
                continue
            record = data[start:end].decode("utf-8", "surrogateescape")
            edits = self._edits(record, row, write)
            patches += _in_bytes(record, start, edits, write)
        self.row = row + self.format.rows(data[at:])
        return patches

    def _edits(self, record: str, row: int, write: Callable[[str], bytes]) -> list[Edited]:
        key = partial(self.format.key_of, record)
        edits: list[Edited] = []
        texts = self.format.texts(record)
        if texts is not None and not any(map(self._finds, texts)):
            return edits
        try:
            cells = [c for c in self.format.cells(record, self.wanted) if self._has(record, c)]
            for cell in cells:
                text = self.format.value(record, cell)
                where = Where(row, cell.column, key if self.format.key else _no_key)
                written = partial(self._written, write)
                result = self.account.look(text, where, written, as_whole=False)
                if result is not None:
                    edits += self.format.edited(record, cell, result.edits)
        except ValueError as error:
            self.account.fail(Where(row, WHOLE_RECORD, _no_key), str(error))
        return edits

    def _finds(self, text: str) -> bool:
        return WORTH_A_LOOK.search(text) is not None and self.account.finds(text)

    def _has(self, record: str, cell: Cell) -> bool:
        return WORTH_A_LOOK.search(record, cell.start, cell.end) is not None

    def _written(self, write: Callable[[str], bytes], text: str) -> bytes:
        if self.format.refuses(text):
            msg = "it cannot stand in a value"
            raise UnicodeError(msg)
        return write(text)

    def _fail(self, problem: str) -> None:
        self.account.fail(Where(self.row, WHOLE_RECORD, _no_key), problem)


def _no_key() -> None:
    return None


def _is_utf_8(data: bytes) -> bool:
    if data.isascii():
        return True
    try:
        data.decode()
    except UnicodeDecodeError:
        return False
    return True


def _as_utf_8(text: str) -> bytes:
    return text.encode()


def _encoded(text: str, decoded: Decoded) -> bytes:
    return encode(text, decoded)[len(decoded.bom) :]


def _shifted(patch: Patch, by: int) -> Patch:
    return patch._replace(start=patch.start + by, end=patch.end + by)


def _in_bytes(
    record: str, start: int, edits: list[Edited], write: Callable[[str], bytes]
) -> Iterator[Patch]:
    """The edits of a record, in order, as patches of a block."""
    at, byte = 0, start
    for edit in sorted(edits):
        byte += _length(record[at : edit.start])
        end = byte + _length(record[edit.start : edit.end])
        yield Patch(byte, end, write(edit.new))
        at, byte = edit.end, end


def _length(text: str) -> int:
    return len(text) if text.isascii() else len(text.encode("utf-8", "surrogateescape"))


def _as_utf_8_patches(patches: Iterable[Patch], decoded: Decoded) -> Iterator[Patch]:
    for patch in patches:
        yield patch._replace(new=patch.new.decode(decoded.encoding).encode())


def _transcoded(
    patches: Iterable[Patch], text: bytes, decoded: Decoded, write: Callable[[str], bytes]
) -> Iterator[Patch]:
    """Patches of a text in UTF-8 as patches of the bytes it was read from."""
    at, byte = 0, len(decoded.bom)
    for start, end, new in patches:
        byte += len(write(text[at:start].decode("utf-8", "surrogateescape")))
        stop = byte + len(write(text[start:end].decode("utf-8", "surrogateescape")))
        yield Patch(byte, stop, new)
        at, byte = end, stop


def patched(data: bytes, patches: Iterable[Patch]) -> Iterator[memoryview | bytes]:
    """Yield the pieces of ``data`` with patches made."""
    view = memoryview(data)
    at = 0
    for start, end, new in patches:
        yield view[at:start]
        yield new
        at = end
    yield view[at:]
