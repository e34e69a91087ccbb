"""From what was named to sources: format, compression, dialect, and the pieces to look at."""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator
from contextlib import closing
from dataclasses import replace
from pathlib import Path
from typing import IO

from repair.adapters.batch import tabular
from repair.adapters.batch.blocks import BLOCK
from repair.adapters.batch.codecs import codec_of, unpacked
from repair.adapters.batch.jobs import BatchError, Job, Source
from repair.adapters.batch.separated import Separated, dialect
from repair.adapters.batch.storage import Entry, find, is_remote, joined, open_input
from repair.detect import detect

SUFFIXES = {
    "jsonl": "jsonl",
    "ndjson": "jsonl",
    "json": "jsonl",
    "csv": "csv",
    "tsv": "tsv",
    "tab": "tsv",
    "parquet": "parquet",
    "pq": "parquet",
    "arrow": "arrow",
    "arrows": "arrow",
    "ipc": "arrow",
    "feather": "arrow",
    "txt": "text",
    "text": "text",
    "log": "text",
}
FORMATS = ("jsonl", "csv", "tsv", "parquet", "arrow", "text")
_WIDE = ("utf-16", "utf-32")


def entries(job: Job, paths: Iterable[str]) -> Iterator[Entry]:
    """Yield the files to work at; of folders and patterns those whose name tells a format.

    Raises:
        BatchError: there is nothing of a name; the message begins with it.
    """
    seen: set[str] = set()
    outputs: dict[str, str] = {}
    for path in paths:
        try:
            several = list(find(path))
        except (BatchError, OSError) as error:
            msg = f"{path}: {error}"
            raise BatchError(msg) from error
        if _holds(path, job.out):
            msg = f"{path}: the output would be in it; choose a folder outside"
            raise BatchError(msg)
        for entry in several:
            named = len(several) == 1
            if entry.path in seen or not (named or job.format or format_of(entry.path)):
                continue
            seen.add(entry.path)
            if entry.relative in outputs:
                other = outputs[entry.relative]
                msg = f"{entry.path}: would be written where {other} is; name their folder instead"
                raise BatchError(msg)
            outputs[entry.relative] = entry.path
            if _same(joined(job.out, entry.relative), entry.path):
                msg = f"{entry.path}: its output would take its place; choose another folder"
                raise BatchError(msg)
            yield entry


def _holds(folder: str, out: str) -> bool:
    """Whether the folder of the output is in a folder that was named."""
    if is_remote(folder) or is_remote(out) or not Path(folder).is_dir():
        return False
    return Path(os.path.realpath(out)).is_relative_to(os.path.realpath(folder))


def _same(one: str, other: str) -> bool:
    if is_remote(one) or is_remote(other):
        return one == other
    return os.path.realpath(one) == os.path.realpath(other)


def format_of(path: str) -> str:
    """Return the format that a name tells; empty if none."""
    name = path.rpartition("/")[2].lower()
    codec = codec_of(name)
    stem = name.removesuffix(f".{codec}") if codec else name
    return SUFFIXES.get(stem.rpartition(".")[2], "") if "." in stem else ""


def source_of(job: Job, entry: Entry) -> Source:
    """Look at the beginning of a file, and say how to work at it.

    Raises:
        BatchError: it cannot be read, or its format is not known.
    """
    format_ = job.format or format_of(entry.path)
    if not format_:
        msg = f"its name tells no format: use --format, one of {', '.join(FORMATS)}"
        raise BatchError(msg)
    codec = codec_of(entry.path)
    source = Source(entry.path, entry.relative, format_, codec, entry.size, entry.mtime_ns)
    if format_ in tabular.FORMATS:
        return _table(job, source)
    return _text(job, source)


def _table(job: Job, source: Source) -> Source:
    if source.codec:
        msg = f"{source.format} is compressed inside: unpack the .{source.codec} around it first"
        raise BatchError(msg)
    with tabular.opened(source.path, source.format) as table:
        chosen = tabular.chosen_columns(job, table.schema)
        names = {table.schema.field(i).name for i in chosen}
        must_wait = bool(names & set(table.sorted_by()))
        size = max(source.size, table.unpacked())
        if table.groups > 0 and (must_wait or (table.groups > 1 and size > job.split_bytes)):
            pieces = _runs(table.groups, max(1, size // job.split_bytes))
            return replace(source, pieces=pieces)
    return source


def _runs(groups: int, pieces: int) -> tuple[tuple[int, int], ...]:
    """Share groups among pieces as evenly as can be."""
    pieces = min(groups, pieces)
    ends = [groups * (i + 1) // pieces for i in range(pieces)]
    return tuple(zip([0, *ends[:-1]], ends, strict=True))


def _text(job: Job, source: Source) -> Source:
    with closing(open_input(source.path)) as file:
        head = _head(file, source)
        found = detect(head[: 1 << 16]).encoding or ""
        if found.startswith(_WIDE):
            wide = found if found.endswith(("le", "be")) else _unmarked(head, found)
            source = replace(source, wide=wide)
            head = head[: len(head) // 4 * 4].decode(wide, "replace").encode()
        if source.format in ("csv", "tsv"):
            source = _with_dialect(job, source, head)
        if not source.codec and not is_remote(source.path) and source.size > job.split_bytes:
            source = replace(source, pieces=tuple(_pieces(file, job, source)))
    return source


def _unmarked(head: bytes, name: str) -> str:
    """The order of bytes that a mark tells."""
    is_big = head.startswith((b"\xfe\xff", b"\0\0\xfe\xff"))
    return f"{name}-{'be' if is_big else 'le'}"


def _head(file: IO[bytes], source: Source) -> bytes:
    if not source.codec:
        return file.read(BLOCK)
    return next(unpacked(file, source.codec, lambda _: None), b"")[:BLOCK]


def _with_dialect(job: Job, source: Source, head: bytes) -> Source:
    head = head.removeprefix(b"\xef\xbb\xbf")
    delimiter, quoted = dialect(head, job.delimiter, source.format)
    source = replace(source, delimiter=delimiter, quoted=quoted)
    reader = Separated((), delimiter, quoted)
    first = next(iter(_first_record(head, quoted=quoted)), b"").decode("utf-8", "surrogateescape")
    names = tuple(reader.value(first, cell) for cell in reader.cells(first, lambda _: True))
    if not job.header:
        names = tuple(str(i + 1) for i in range(len(names)))
    for name in (*(job.columns or ()), *([job.key] if job.key else [])):
        if name not in names:
            known = ", ".join(map(repr, names))
            msg = f"column {name!r} is not there; there are {known}"
            raise BatchError(msg)
    return replace(source, names=names)


def _first_record(head: bytes, *, quoted: bool) -> Iterator[bytes]:
    end = head.find(b"\n") + 1
    while quoted and end and head.count(b'"', 0, end) % 2:
        end = head.find(b"\n", end) + 1
    if head:
        yield head[:end] if end else head


def _pieces(file: IO[bytes], job: Job, source: Source) -> Iterator[tuple[int, int]]:
    """Yield runs of bytes of about the same size that end where records do.

    Without quotation marks only the neighbourhood of each border is read.
    """
    if source.wide:
        yield 0, source.size
        return
    start = 0
    while start < source.size:
        end = start + job.split_bytes
        if end >= source.size:
            end = source.size
        elif source.quoted:
            end = _end_of_quoted(file, start, end, source.size)
        else:
            end = _next_line(file, end, source.size)
        yield start, end
        start = end


def _next_line(file: IO[bytes], at: int, size: int) -> int:
    file.seek(at)
    while piece := file.read(1 << 16):
        found = piece.find(b"\n")
        if found >= 0:
            return at + found + 1
        at += len(piece)
    return size


def _end_of_quoted(file: IO[bytes], start: int, at: int, size: int) -> int:
    """The first line end behind ``at`` that is not between quotation marks."""
    marks = 0
    file.seek(start)
    left = at - start
    while left > 0 and (piece := file.read(min(left, BLOCK))):
        marks += piece.count(b'"')
        left -= len(piece)
    while piece := file.read(1 << 16):
        low = 0
        while (found := piece.find(b"\n", low)) >= 0:
            marks += piece.count(b'"', low, found)
            if marks % 2 == 0:
                return at + found + 1
            low = found + 1
        marks += piece.count(b'"', low)
        at += len(piece)
    return size
