"""Parquet and Arrow IPC files, read and written in their own groups of rows."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator
from itertools import takewhile
from typing import IO, Any

import pyarrow as pa
import pyarrow.parquet as pq

from repair.adapters.batch.jobs import BatchError

_MAGICS = {b"\x04\x22\x4d\x18": "lz4", b"\x28\xb5\x2f\xfd": "zstd"}
"""How compressed buffers of IPC begin, behind their length of 8 bytes."""


class Parquet:
    """A Parquet file."""

    def __init__(self, file: IO[bytes]) -> None:
        try:
            self._file = pq.ParquetFile(file)
        except (pa.ArrowException, OSError) as error:
            raise BatchError(_said(error)) from error
        self.schema: pa.Schema = self._file.schema_arrow
        self._metadata = self._file.metadata
        self.groups: int = self._metadata.num_row_groups

    def read(self, group: int) -> pa.Table:
        """Return a row group."""
        try:
            return self._file.read_row_group(group, use_threads=False)
        except (pa.ArrowException, OSError) as error:
            msg = f"row group {group}: {_said(error)}"
            raise BatchError(msg) from error

    def unpacked(self) -> int:
        """The bytes of all pages before they were compressed."""
        groups = map(self._metadata.row_group, range(self.groups))
        return sum(group.total_byte_size for group in groups)

    def sorted_by(self) -> tuple[str, ...]:
        """The columns of the sort order that the footer claims."""
        if not self.groups:
            return ()
        names = self._metadata.schema
        claimed = self._metadata.row_group(0).sorting_columns
        return tuple(names.column(one.column_index).path.split(".")[0] for one in claimed)

    def write(
        self, file: IO[bytes], tables: Iterable[pa.Table], *, changed: Collection[str] = ()
    ) -> None:
        """Write row groups of the same sizes, with the same settings for each column.

        ``changed``: the columns that changed; the file is sorted by none of them any more.
        """
        options = self._options(changed)
        with pq.ParquetWriter(file, self.schema, **options) as writer:
            for table in tables:
                writer.write_table(table, row_group_size=max(len(table), 1))

    def _options(self, changed: Collection[str]) -> dict[str, Any]:
        """The settings of the writer, as far as the footer tells them."""
        metadata = self._metadata
        options: dict[str, Any] = {
            "version": _version(metadata.format_version),
            "store_schema": b"ARROW:schema" in (metadata.metadata or {}),
        }
        if not self.groups:
            return options
        group = metadata.row_group(0)
        columns = [group.column(i) for i in range(group.num_columns)]
        paths = [column.path_in_schema for column in columns]
        dictionary = [c.path_in_schema for c in columns if _has_dictionary(c)]
        options |= {
            "compression": {c.path_in_schema: _codec(c.compression) for c in columns},
            "use_dictionary": dictionary
            if 0 < len(dictionary) < len(columns)
            else bool(dictionary),
            "write_statistics": [c.path_in_schema for c in columns if c.is_stats_set] or False,
            "use_compliant_nested_type": not any(".list.item" in path for path in paths),
            "use_deprecated_int96_timestamps": any(c.physical_type == "INT96" for c in columns),
            "write_page_index": any(c.has_offset_index for c in columns),
        }
        others = {c.path_in_schema: e for c in columns if (e := _other_encoding(c))}
        if others:
            options["column_encoding"] = others
        claimed = list(zip(self.sorted_by(), group.sorting_columns, strict=True))
        claimed = list(takewhile(lambda one: one[0] not in changed, claimed))
        if claimed:
            options["sorting_columns"] = [sorting for _, sorting in claimed]
        return options


def _version(format_version: str) -> str:
    return format_version if format_version in ("1.0", "2.4", "2.6") else "2.6"


def _has_dictionary(column: Any) -> bool:
    return bool({"PLAIN_DICTIONARY", "RLE_DICTIONARY"} & set(column.encodings))


def _other_encoding(column: Any) -> str | None:
    """An encoding that the writer uses only if it is told to."""
    told = (
        "DELTA_BINARY_PACKED",
        "DELTA_LENGTH_BYTE_ARRAY",
        "DELTA_BYTE_ARRAY",
        "BYTE_STREAM_SPLIT",
    )
    return (
        None if _has_dictionary(column) else next((e for e in told if e in column.encodings), None)
    )


def _codec(name: str) -> str:
    return "NONE" if name == "UNCOMPRESSED" else name


class Ipc:
    """An Arrow IPC file or stream."""

    def __init__(self, file: IO[bytes]) -> None:
        head = file.read(6)
        file.seek(0)
        self.is_stream = head != b"ARROW1"
        self._file = file
        try:
            if self.is_stream:
                self._stream = pa.ipc.open_stream(file)
                self.schema: pa.Schema = self._stream.schema
                self.groups = -1
            else:
                self._reader = pa.ipc.open_file(file)
                self.schema = self._reader.schema
                self.groups = self._reader.num_record_batches
        except (pa.ArrowException, OSError) as error:
            raise BatchError(_said(error)) from error

    def read(self, group: int) -> pa.Table:
        """Return a record batch; of a stream the next one, and ``IndexError`` at its end."""
        try:
            if self.is_stream:
                batch = self._stream.read_next_batch()
            else:
                batch = self._reader.get_batch(group)
        except StopIteration:
            raise IndexError(group) from None
        except (pa.ArrowException, OSError) as error:
            msg = f"record batch {group}: {_said(error)}"
            raise BatchError(msg) from error
        return pa.Table.from_batches([batch])

    def unpacked(self) -> int:
        """IPC does not say."""
        return 0

    def sorted_by(self) -> tuple[str, ...]:
        """IPC does not say."""
        return ()

    def write(
        self,
        file: IO[bytes],
        tables: Iterable[pa.Table],
        *,
        changed: Collection[str] = (),  # noqa: ARG002
    ) -> None:
        """Write the batches in the same form and compression."""
        options = pa.ipc.IpcWriteOptions(compression=self._compression())
        new = pa.ipc.new_stream if self.is_stream else pa.ipc.new_file
        with new(file, self.schema, options=options) as writer:
            for table in tables:
                for batch in table.to_batches() or [_empty(self.schema)]:
                    writer.write_batch(batch)

    def _compression(self) -> str | None:
        """By how the first buffers begin; pyarrow does not say it."""
        at = self._file.tell()
        self._file.seek(0)
        head = self._file.read(1 << 20)
        self._file.seek(at)
        places = [(head.find(magic), name) for magic, name in _MAGICS.items()]
        found = [(place, name) for place, name in places if place >= 0 and place % 4 == 0]
        return min(found)[1] if found else None


def _empty(schema: pa.Schema) -> pa.RecordBatch:
    return pa.RecordBatch.from_arrays([pa.array([], f.type) for f in schema], schema=schema)


def groups_of(table: Parquet | Ipc, first: int, end: int) -> Iterator[tuple[int, pa.Table]]:
    """Yield groups of rows and their numbers; ``end`` below 0 means all there are."""
    group = first
    while end < 0 or group < end:
        try:
            yield group, table.read(group)
        except IndexError:
            return
        group += 1


def _said(error: Exception) -> str:
    """The first line of what Arrow says."""
    return str(error).splitlines()[0] if str(error) else type(error).__name__
