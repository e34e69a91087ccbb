"""Text files of records: JSON Lines, separated values, plain lines; as tasks see them."""

from __future__ import annotations

import struct
from collections.abc import Callable, Iterable, Iterator
from contextlib import closing
from pathlib import Path
from typing import IO

from repair.adapters.account import Account
from repair.adapters.batch.blocks import BLOCK, Block, Cutter, blocks
from repair.adapters.batch.cells import chooser
from repair.adapters.batch.codecs import Packer, unpacked
from repair.adapters.batch.findings import Gatherer
from repair.adapters.batch.jobs import Job, Source, Task, TaskResult
from repair.adapters.batch.jsonl import JsonLines
from repair.adapters.batch.lines import Lines
from repair.adapters.batch.separated import Separated
from repair.adapters.batch.storage import joined, open_input, output
from repair.adapters.batch.textual import Format, Patch, Reader, patched

FORMATS = ("jsonl", "csv", "tsv", "text")
_HEAD = struct.Struct("<QQQ")


def format_for(job: Job, source: Source) -> Format:
    """Return what knows the records of a source."""
    if source.format == "jsonl":
        return JsonLines(job.key)
    if source.format == "text":
        return Lines()
    return Separated(source.names, source.delimiter, source.quoted, job.key)


def cutter_for(source: Source) -> Cutter:
    """Return what knows where the records of a source end."""
    return Cutter(source.quoted, source.wide)


def look_at_all(task: Task, result: TaskResult) -> None:
    """Look at a whole source and write its output, block by block."""
    job, source = task.job, task.source
    reader, gatherer = _reader(task, result)
    destination = joined(job.out, source.output)
    with closing(open_input(source.path)) as file, output(destination) as out:
        packer = Packer(out, source.codec)
        for block in _blocks(file, source, _adder(result)):
            patches = reader.look(block) if job.look else []
            for piece in patched(block.data, patches) if patches else (block.data,):
                packer.write(piece)
            gatherer.drain()
        packer.close()
        result.rows = reader.row
        gatherer.close()


def look_at_piece(task: Task, result: TaskResult) -> None:
    """Look at a piece of a source, and keep what is to be replaced in it."""
    start, end = task.source.pieces[task.number or 0]
    reader, gatherer = _reader(task, result)
    with (
        closing(open_input(task.source.path)) as file,
        output(_patches_of(task, task.number or 0)) as out,
    ):
        pieces = _range(file, start, end, _adder(result))
        for block in blocks(pieces, cutter_for(task.source), start):
            if task.job.look:
                for low, high, new in reader.look(block):
                    out.write(_HEAD.pack(block.start + low, block.start + high, len(new)) + new)
            gatherer.drain()
    result.rows = reader.row
    gatherer.close()


def put_together(task: Task, result: TaskResult) -> None:
    """Write the output of a source whose pieces were all looked at."""
    source = task.source
    with (
        closing(open_input(source.path)) as file,
        output(joined(task.job.out, source.output)) as out,
    ):
        for number, (start, end) in enumerate(source.pieces):
            with Path(_patches_of(task, number)).open("rb") as kept:
                _copy(file, out, start, end, _kept(kept))
    result.rows = result.bytes_read = 0


def _patches_of(task: Task, number: int) -> str:
    return f"{task.folder}/{number}.patch"


def _reader(task: Task, result: TaskResult) -> tuple[Reader, Gatherer]:
    job, source = task.job, task.source
    account = Account(job.config)
    wanted = chooser(job.columns, job.key)
    reader = Reader(format_for(job, source), wanted, account, source.wide)
    if not source.names or (task.number or 0) > 0 or not job.header:
        return reader, Gatherer(account, result, task.findings)
    reader.row = -1  # the line with the names is no row
    return reader, Gatherer(account, result, task.findings)


def _adder(result: TaskResult) -> Callable[[int], None]:
    def add(count: int) -> None:
        result.bytes_read += count

    return add


def _blocks(file: IO[bytes], source: Source, read: Callable[[int], None]) -> Iterator[Block]:
    if source.codec:
        return blocks(unpacked(file, source.codec, read), cutter_for(source))
    return blocks(_range(file, 0, -1, read), cutter_for(source))


def _range(file: IO[bytes], start: int, end: int, read: Callable[[int], None]) -> Iterator[bytes]:
    """Yield the bytes of a run; ``end`` below 0 means to the end of the file."""
    if start:
        file.seek(start)
    at = start
    while piece := file.read(BLOCK if end < 0 else min(BLOCK, end - at)):
        at += len(piece)
        read(len(piece))
        yield piece


def _kept(file: IO[bytes]) -> Iterator[Patch]:
    while head := file.read(_HEAD.size):
        start, end, size = _HEAD.unpack(head)
        yield Patch(start, end, file.read(size))


def _copy(file: IO[bytes], out: IO[bytes], start: int, end: int, patches: Iterable[Patch]) -> None:
    """Copy a run with patches made; they are in order."""
    at = start
    file.seek(start)
    for patch in patches:
        _copy_run(file, out, patch.start - at)
        out.write(patch.new)
        file.seek(patch.end)
        at = patch.end
    _copy_run(file, out, end - at)


def _copy_run(file: IO[bytes], out: IO[bytes], count: int) -> None:
    while count > 0:
        piece = file.read(min(count, BLOCK))
        if not piece:
            return
        out.write(piece)
        count -= len(piece)
