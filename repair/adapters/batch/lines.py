"""Plain text: each line is a row, and all of it is its value."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from repair.adapters.batch.blocks import lines_worth_a_look
from repair.adapters.batch.cells import Cell, Edited, Spans, Wanted
from repair.types import Edit

COLUMN = "text"


@dataclass(frozen=True, slots=True)
class Lines:
    """Records of plain text."""

    key: None = None

    def spans(self, data: bytes) -> Spans:
        """Yield the spans of records worth a look, in bytes of a block."""
        return lines_worth_a_look(data, values=True)

    def rows(self, data: bytes) -> int:
        """How many records there are in a block."""
        return data.count(b"\n") + (not data.endswith(b"\n") and bool(data))

    def texts(self, record: str) -> None:
        """There is no way to them that costs less than ``cells``."""

    def cells(self, record: str, wanted: Wanted) -> Iterator[Cell]:
        """Yield the line without its end."""
        if wanted(COLUMN):
            body = record.removesuffix("\n")
            yield Cell(COLUMN, 0, len(body.removesuffix("\r") if body != record else body))

    def key_of(self, record: str) -> str | None:  # noqa: ARG002
        """There is none."""
        return None

    def value(self, record: str, cell: Cell) -> str:
        """What a cell says."""
        return record[cell.start : cell.end]

    def refuses(self, new: str) -> bool:
        """Whether a text cannot stand in a value: it would be two rows."""
        return "\n" in new

    def edited(self, record: str, cell: Cell, edits: Iterable[Edit]) -> Iterator[Edited]:  # noqa: ARG002
        """Yield what becomes of a record by the edits of a value."""
        return (Edited(cell.start + e.start, cell.start + e.end, e.new) for e in edits)
