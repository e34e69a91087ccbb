"""Lines of JSON, read as they are written: only the inside of strings is ever replaced.

Numbers, duplicate keys, white space, the order of keys and the way characters are escaped stay.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from repair.adapters.batch.blocks import lines_worth_a_look
from repair.adapters.batch.cells import Cell, Edited, Spans, Wanted, offsets
from repair.patterns import pattern
from repair.types import Edit

_TOKEN = pattern(r'[ \t\r\n]*(?:"((?:[^"\\]|\\.)*)"|([{}\[\],:])|([^\s"{}\[\],:]+))', re.DOTALL)
_SPACE = pattern(r"[ \t\r\n]*\Z")
# Most escapes are those of marks, line ends and tabs, and say nothing.
_STAND_INS = ((b'\\"', b"''"), (b"\\n", b"\n\n"), (b"\\t", b"\t\t"))
"""As long, and no escapes: no rule looks for a mark but behind a backslash, which is one more."""
_ESCAPE = pattern(rb'\\[^"nt/]')
# A character as it is written: two escapes are one where they are halves of a pair.
_UNIT = pattern(
    r"\\u[dD][89abAB][0-9a-fA-F]{2}\\u[dD][c-fC-F][0-9a-fA-F]{2}|\\u[0-9a-fA-F]{4}|\\.|.", re.DOTALL
)


# An object becomes the list of its values: keys may come twice
_READER = json.JSONDecoder(
    strict=False, object_pairs_hook=lambda pairs: [value for _, value in pairs]
)


class NotJsonError(ValueError):
    """A line is not JSON; the message says where, in characters of the line."""


@dataclass(slots=True)
class _Container:
    path: str
    is_object: bool
    column: str = ""
    """Of the value that follows."""
    expects_key: bool = False


@dataclass(frozen=True, slots=True)
class JsonLines:
    """Records of JSON Lines."""

    key: str | None = None

    def spans(self, data: bytes) -> Spans:
        """Yield the spans of records worth a look, in bytes of a block."""
        view = data
        if b"\\" in data:
            for escape, stand_in in _STAND_INS:
                view = view.replace(escape, stand_in)
        view = view.replace(b'"', b"\n")
        return lines_worth_a_look(data, view, _ESCAPE if b"\\" in data else None, values=True)

    def rows(self, data: bytes) -> int:
        """How many records there are in a block."""
        return data.count(b"\n") + (not data.endswith(b"\n") and bool(data))

    def texts(self, record: str) -> list[str] | None:
        """All strings of a record that are no keys, at the price of a parser in C."""
        try:
            left = [_READER.decode(record.strip(" \t\r\n"))]
        except (ValueError, RecursionError):
            return None
        found = []
        while left:
            value = left.pop()
            if isinstance(value, str):
                found.append(value)
            elif isinstance(value, list):
                left += value
        return found

    def cells(self, record: str, wanted: Wanted) -> Iterator[Cell]:
        """Yield the strings of a record that are wanted.

        Raises:
            NotJsonError: it is not JSON.
        """
        return (cell for cell, is_string in _values(record) if is_string and wanted(cell.column))

    def key_of(self, record: str) -> str | None:
        """The value of the key, as text; as it is written if it is not a string."""
        for cell, is_string in _values(record):
            if cell.column == self.key:
                written = record[cell.start : cell.end]
                return self.value(record, cell) if is_string else written
        return None

    def value(self, record: str, cell: Cell) -> str:
        """What a cell says.

        Raises:
            NotJsonError: there is an escape that JSON does not have.
        """
        written = record[cell.start : cell.end]
        if "\\" not in written:
            return written
        try:
            value: str = _READER.decode(f'"{written}"')
        except ValueError as error:
            msg = f"not JSON at character {cell.start}: {error}"
            raise NotJsonError(msg) from error
        return value

    def refuses(self, new: str) -> bool:  # noqa: ARG002
        """Whether a text cannot stand in a value."""
        return False

    def edited(self, record: str, cell: Cell, edits: Iterable[Edit]) -> Iterator[Edited]:
        """Yield what becomes of a record by the edits of a value."""
        written = record[cell.start : cell.end]
        at = offsets(written, _UNIT) if "\\" in written else None
        escape = json.JSONEncoder(ensure_ascii=record.isascii()).encode
        for start, end, new in edits:
            low, high = (at[start], at[end]) if at else (start, end)
            yield Edited(cell.start + low, cell.start + high, escape(new)[1:-1])


def _values(record: str) -> Iterator[tuple[Cell, bool]]:
    """Yield all values that are no containers, and whether they are strings."""
    stack: list[_Container] = [_Container("", is_object=False)]
    at = 0
    while match := _TOKEN.match(record, at):
        at = match.end()
        mark, top = match[2], stack[-1]
        if match[1] is not None:
            if top.expects_key:
                top.column = f"{top.path}.{_name(match[1])}" if top.path else _name(match[1])
            else:
                yield Cell(top.column, *match.span(1)), True
        elif match[3] is not None:
            yield Cell(top.column, *match.span(3)), False
        elif mark in "{[":
            path = top.column
            is_object = mark == "{"
            stack.append(_Container(path, is_object, f"{path}[]", expects_key=is_object))
        elif mark in "}]":
            if len(stack) == 1 or top.is_object != (mark == "}"):
                at = match.start(2)
                break
            stack.pop()
        else:
            top.expects_key = top.is_object and mark == ","
    if len(stack) > 1 or not _SPACE.match(record, at):
        msg = f"not JSON at character {at}"
        raise NotJsonError(msg)


def _name(written: str) -> str:
    if "\\" not in written:
        return written
    try:
        return str(_READER.decode(f'"{written}"'))
    except ValueError:
        return written
