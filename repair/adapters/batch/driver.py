"""Runs a job: plans, has the tasks done, records what is finished, and adds up what was found."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from contextlib import closing, suppress
from dataclasses import dataclass, field
from glob import escape
from pathlib import Path

import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq

from repair.adapters.arrow import FINDINGS
from repair.adapters.batch.jobs import (
    BatchError,
    Job,
    Source,
    Task,
    TaskResult,
    finishing,
    tasks_of,
)
from repair.adapters.batch.manifest import Manifest
from repair.adapters.batch.plan import entries, source_of
from repair.adapters.batch.storage import Entry, is_remote, joined, output
from repair.adapters.files import reason

Execute = Callable[[Iterable[Task]], Iterator[tuple[Task, TaskResult]]]
"""Has tasks done by ``run_task``, wherever, and yields each with its result in any order.

Of a task that cannot be done, because who did it died, the result has an ``error``.
"""
FINDINGS_FILE = "findings.parquet"
_WITH_FILE = pa.schema([pa.field("file", pa.string(), nullable=False), *FINDINGS])


@dataclass(slots=True)
class Progress:
    """How far a job is."""

    files: int = 0
    files_done: int = 0
    size: int = 0
    """Of all inputs, in bytes."""
    size_done: int = 0
    rows: int = 0
    findings: int = 0


@dataclass(slots=True)
class Done:
    """A job that was run."""

    results: list[tuple[Source, list[TaskResult]]] = field(default_factory=list)
    """Of each input whose output is whole, in order."""
    broken: list[tuple[str, str]] = field(default_factory=list)
    """Paths of inputs that have no output, and why."""
    resumed: int = 0
    """Inputs that an earlier run had finished."""
    poisonous: list[str] = field(default_factory=list)
    """Those of the broken ones that ended the processes that worked at them."""


def run_job(
    job: Job,
    paths: Iterable[str],
    execute: Execute,
    advance: Callable[[Progress], None] = lambda _: None,
) -> Done:
    """Run a job over files, folders, patterns and URLs.

    What an earlier run of the same job has finished is not done again.

    Raises:
        BatchError: there is no such input; says which.
        OSError: the folder of the output or of the work cannot be written.
    """
    done = Done()
    todo: list[Source] = []
    found = list(entries(job, paths))
    progress = Progress(files=len(found), size=sum(entry.size for entry in found))
    with closing(Manifest(job)) as manifest:
        finished: dict[str, list[TaskResult]] = {}
        sources: list[Source] = []
        for entry in found:
            source = _planned(job, entry, done)
            if source is None:
                progress.files_done += 1
                continue
            sources.append(source)
            known = manifest.done(source)
            if known is not None and _is_there(job, source):
                finished[source.path] = known
                done.resumed += 1
                _add(progress, source.size, known, 1)
            else:
                todo.append(source)
        advance(progress)
        _clear(job, todo)
        run = _Run(job, done, manifest, finished, progress, advance)
        run.look(todo, execute)
        run.finish(todo, execute)
        _clear(job, todo)
        done.results = [(s, finished[s.path]) for s in sources if s.path in finished]
        _write_findings(job, done.results)
        order = {entry.path: number for number, entry in enumerate(found)}
        done.broken.sort(key=lambda one: order[one[0]])
    return done


def _planned(job: Job, entry: Entry, done: Done) -> Source | None:
    try:
        return source_of(job, entry)
    except BatchError as error:
        done.broken.append((entry.path, str(error)))
    except OSError as error:
        done.broken.append((entry.path, reason(error)))
    return None


def _is_there(job: Job, source: Source) -> bool:
    """Whether an output, and its findings, are still where they were written."""
    return is_remote(job.out) or Path(joined(job.out, source.output)).exists()


def _clear(job: Job, todo: Iterable[Source]) -> None:
    """Remove what processes that were killed had begun to write."""
    for source in todo:
        folders = [(Path(_kept(job, source)), "*.tmp")]
        if not is_remote(job.out):
            whole = Path(joined(job.out, source.output))
            folders.append((whole.parent, f"{escape(whole.name)}.*.tmp"))
        for folder, names in folders:
            for path in folder.glob(names):
                path.unlink(missing_ok=True)


def _add(progress: Progress, size: int, results: Iterable[TaskResult], files: int) -> None:
    progress.files_done += files
    progress.size_done += size
    for result in results:
        progress.rows += result.rows
        progress.findings += sum(count for *_, count in result.counts)


@dataclass(slots=True)
class _Run:
    job: Job
    done: Done
    manifest: Manifest
    finished: dict[str, list[TaskResult]]
    progress: Progress
    advance: Callable[[Progress], None]
    looked: dict[str, dict[str, TaskResult]] = field(default_factory=dict)
    failed: set[str] = field(default_factory=set)

    def look(self, todo: Iterable[Source], execute: Execute) -> None:
        """Have all inputs looked at, the pieces of one beside those of others."""
        tasks = (
            task
            for source in todo
            for task in tasks_of(self.job, source)
            if source.path not in self.failed
        )
        for task, result in execute(tasks):
            source = task.source
            if result.error:
                self._fail(source, result)
                continue
            self.looked.setdefault(source.path, {})[result.name] = result
            _add(self.progress, result.bytes_read, [result], 0)
            if not source.pieces:
                self._record(source)
            self.advance(self.progress)

    def finish(self, todo: Iterable[Source], execute: Execute) -> None:
        """Have the outputs of those written that were looked at in pieces."""
        several = (finishing(self.job, source) for source in todo if source.path not in self.failed)
        for task, result in execute(task for task in several if task is not None):
            if result.error:
                self._fail(task.source, result)
            else:
                self._record(task.source)
            self.advance(self.progress)

    def _fail(self, source: Source, result: TaskResult) -> None:
        if source.path not in self.failed:
            self.failed.add(source.path)
            self.done.broken.append((source.path, result.error))
            self.progress.files_done += 1
            if result.killed:
                self.done.poisonous.append(source.path)

    def _record(self, source: Source) -> None:
        looked = self.looked[source.path]
        names = [task.name for task in tasks_of(self.job, source)]
        results = [looked[name] for name in names]
        kept = Path(_kept(self.job, source))
        if kept.exists():
            with suppress(OSError):
                for path in kept.iterdir():
                    if not path.name.endswith(".findings.parquet"):
                        path.unlink()
        self.manifest.finish(source, results)
        self.finished[source.path] = results
        self.progress.files_done += 1


def _kept(job: Job, source: Source) -> str:
    return Task(job, source).folder


def _write_findings(job: Job, results: Iterable[tuple[Source, list[TaskResult]]]) -> None:
    """Put the findings of all tasks into one table, in order, with rows counted by file."""
    with (
        output(joined(job.out, FINDINGS_FILE)) as out,
        pq.ParquetWriter(out, _WITH_FILE, compression="zstd") as writer,
    ):
        for source, several in results:
            first = 0
            tasks = {task.name: task for task in tasks_of(job, source)}
            for result in several:
                for batch in _batches(tasks[result.name].findings):
                    writer.write_batch(_placed(batch, source.path, first))
                first += result.rows


def _batches(path: str) -> Iterator[pa.RecordBatch]:
    if Path(path).exists():
        with pq.ParquetFile(path) as file:
            yield from file.iter_batches()


def _placed(batch: pa.RecordBatch, file: str, first: int) -> pa.RecordBatch:
    files = pa.array([file] * len(batch), pa.string())
    rows = pc.add(batch.column("row"), first)
    return pa.RecordBatch.from_arrays([files, rows, *batch.columns[1:]], schema=_WITH_FILE)
