"""CSV and TSV (RFC 4180), read as they are written: only the inside of fields is ever replaced."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from repair.adapters.batch.blocks import lines_worth_a_look
from repair.adapters.batch.cells import Cell, Edited, Spans, Wanted, offsets
from repair.patterns import pattern
from repair.types import Edit

DELIMITERS = (",", "\t", ";", "|")
# As it stands between quotation marks
_ESCAPED_MARK = pattern(rb'\\"')
_QUOTED_UNIT = pattern(r'""|.', re.DOTALL)


@dataclass(frozen=True, slots=True)
class Separated:
    """Records of separated values."""

    names: tuple[str, ...]
    delimiter: str
    quoted: bool
    key: str | None = None

    def spans(self, data: bytes) -> Spans:
        """Yield the spans of records worth a look, in bytes of a block."""
        view = data.replace(self.delimiter.encode(), b"\n")
        if not self.quoted or b'"' not in data:
            yield from lines_worth_a_look(data, view)
            return
        lines = lines_worth_a_look(data, view.replace(b'"', b"\n"), _ESCAPED_MARK)
        yield from _records_around(data, lines)

    def rows(self, data: bytes) -> int:
        """How many records there are in a block."""
        count = data.count(b"\n") + (not data.endswith(b"\n") and bool(data))
        if self.quoted and b'"' in data:
            count -= b"".join(data.split(b'"')[1::2]).count(b"\n")
        return count

    def texts(self, record: str) -> None:
        """There is no way to them that costs less than ``cells``."""

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


def _records_around(data: bytes, lines: Iterable[tuple[int, int]]) -> Iterator[tuple[int, int]]:
    """The records that lines are in: a line end between quotation marks is in a value."""
    end = at = marks = 0
    for low, high in lines:
        if high <= end:
            continue
        low = max(low, end)  # noqa: PLW2901 (what is left of the line begins another record)
        marks += data.count(b'"', at, low)
        at, odd = low, marks % 2
        while odd and low > end:
            before = data.rfind(b"\n", end, low - 1) + 1 or end
            odd = (odd - data.count(b'"', before, low)) % 2
            low = before  # noqa: PLW2901
        stop, odd = high, data.count(b'"', low, high) % 2
        while odd and stop < len(data):
            after = data.find(b"\n", stop) + 1 or len(data)
            odd = (odd + data.count(b'"', stop, after)) % 2
            stop = after
        if odd:  # a mark that nothing closes is text
            stop, marks = high, marks + 1
        end = stop
        yield low, end


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
