"""CSV and TSV (RFC 4180), read as they are written: only the inside of fields is ever replaced."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from repair.adapters.batch.blocks import lines_worth_a_look
from repair.adapters.batch.cells import Cell, Edited, Spans, Wanted, offsets
from repair.types import Edit

DELIMITERS = (",", "\t", ";", "|")
# With pairs of quotation marks kept together: a line end between them is in a value.
_RECORD = re.compile(rb'[^"\n]*(?:"[^"]*"[^"\n]*)*(?:\n|\Z)')
_QUOTED_UNIT = re.compile(r'""|.', re.DOTALL)


@dataclass(frozen=True, slots=True)
class Separated:
    """Records of separated values."""

    names: tuple[str, ...]
    delimiter: str
    quoted: bool
    key: str | None = None

    def spans(self, data: bytes) -> Spans:
        """Yield the spans of records worth a look, in bytes of a block."""
        lines = lines_worth_a_look(data)
        if not self.quoted or b'"' not in data:
            yield from lines
            return
        start = end = 0
        for low, high in lines:
            if low < end:
                if high <= end:
                    continue
                low = end  # noqa: PLW2901 (what is left of the line begins another record)
            while end <= low and end < len(data):
                start, end = end, _end_of_record(data, end)
            yield start, end

    def rows(self, data: bytes) -> int:
        """How many records there are in a block."""
        if not self.quoted or b'"' not in data:
            return data.count(b"\n") + (not data.endswith(b"\n") and bool(data))
        at = rows = 0
        while at < len(data):
            at = _end_of_record(data, at)
            rows += 1
        return rows

    def cells(self, record: str, wanted: Wanted) -> Iterator[Cell]:
        """Yield the fields of a record that are wanted."""
        return (cell for cell in self._fields(record) if wanted(cell.column))

    def _fields(self, record: str) -> Iterator[Cell]:
        body = record.removesuffix("\n")
        end = len(body.removesuffix("\r") if body != record else body)
        at = number = 0
        while at <= end:
            stop = self._end_of_field(record, at, end)
            name = self.names[number] if number < len(self.names) else str(number + 1)
            yield Cell(name, at, stop)
            at, number = stop + 1, number + 1

    def _end_of_field(self, record: str, at: int, end: int) -> int:
        start = at
        if self.quoted and record.startswith('"', at):
            close = record.find('"', at + 1, end)
            while close >= 0 and record.startswith('""', close):
                close = record.find('"', close + 2, end)
            start = close + 1 if close >= 0 else end
        stop = record.find(self.delimiter, start, end)
        return end if stop < 0 else stop

    def key_of(self, record: str) -> str | None:
        """The value of the key."""
        return next(
            (self.value(record, c) for c in self._fields(record) if c.column == self.key), None
        )

    def value(self, record: str, cell: Cell) -> str:
        """What a cell says."""
        written = record[cell.start : cell.end]
        return written[1:-1].replace('""', '"') if self._is_quoted(written) else written

    def _is_quoted(self, written: str) -> bool:
        """Whether a field is between quotation marks; what is odd about it counts as its text."""
        return (
            self.quoted
            and len(written) > 1
            and written[0] == written[-1] == '"'
            and '"' not in written[1:-1].replace('""', "")
        )

    def edited(self, record: str, cell: Cell, edits: Iterable[Edit]) -> Iterator[Edited]:
        """Yield what becomes of a record by the edits of a value."""
        written = record[cell.start : cell.end]
        if self._is_quoted(written):
            at = offsets(written[1:-1], _QUOTED_UNIT)
            low = cell.start + 1
            for start, end, new in edits:
                yield Edited(low + at[start], low + at[end], new.replace('"', '""'))
            return
        several = list(edits)
        if self.quoted and any(self._needs_quotes(edit) for edit in several):
            yield Edited(cell.start, cell.end, _in_quotes(written, several))
            return
        for start, end, new in several:
            yield Edited(cell.start + start, cell.start + end, new)

    def _needs_quotes(self, edit: Edit) -> bool:
        """Whether what is new would end the field, or begin it with a quotation mark."""
        return any(mark in edit.new for mark in (self.delimiter, '"', "\n", "\r"))

    def refuses(self, new: str) -> bool:
        """Whether a text cannot stand in a field, as nothing can be quoted."""
        return not self.quoted and any(mark in new for mark in (self.delimiter, "\n", "\r"))


def _in_quotes(written: str, edits: list[Edit]) -> str:
    pieces, at = [], 0
    for start, end, new in edits:
        pieces += [written[at:start], new]
        at = end
    return '"' + "".join([*pieces, written[at:]]).replace('"', '""') + '"'


def _end_of_record(data: bytes, at: int) -> int:
    match = _RECORD.match(data, at)
    if match is not None and match.end() > at:
        return match.end()
    return data.find(b"\n", at) + 1 or len(data)  # a mark that nothing closes


def dialect(head: bytes, delimiter: str | None, format_: str) -> tuple[str, bool]:
    """Return the delimiter and whether fields may stand in quotation marks, by how a file begins.

    RFC 4180 says that they may; much that is separated by tabs has marks that are text.
    """
    first = head[: head.find(b"\n") + 1 or len(head)].decode("utf-8", "replace")
    if delimiter is None:
        likely = max(DELIMITERS, key=first.count)
        delimiter = "\t" if format_ == "tsv" else likely if first.count(likely) else ","
    sign = re.escape(delimiter.encode())
    has_quoted = re.search(rb"(?:\A|\n|" + sign + rb')"', head) is not None
    return delimiter, has_quoted or format_ == "csv"
