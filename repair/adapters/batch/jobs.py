"""The values of a batch job: what is to be done, in which pieces, and what came of each.

All of them can be pickled, and a task needs nothing but itself: any engine may run
``tasks.run_task(task)`` anywhere, as often as it likes, where the inputs and outputs can be seen.
"""

from __future__ import annotations

from dataclasses import asdict, dataclass, field
from hashlib import blake2b
from typing import Any

from repair.config import Config


class BatchError(Exception):
    """An input that cannot be read, or an output that cannot be written.

    The message says what is wrong and where in the input; the path is said by whoever prints it.
    """


@dataclass(frozen=True, slots=True)
class Job:
    """What to do with all inputs."""

    out: str
    """The folder of the outputs, or a URL that fsspec knows."""
    work: str
    """A folder on this machine, for what is not finished."""
    config: Config = field(default_factory=Config)
    columns: tuple[str, ...] | None = None
    """Which columns to look at; all with text if ``None``."""
    key: str | None = None
    """The column that identifies a row."""
    format: str | None = None
    """The format of all inputs; by the name of each if ``None``."""
    delimiter: str | None = None
    header: bool = True
    look: bool = True
    """Without, inputs are only copied: what reading and writing cost."""
    tool: str = ""
    """What tells one version of the rules from another."""
    split_bytes: int = 32 << 20
    """Larger files are looked at in pieces of about this size."""

    def digest(self) -> str:
        """What results depend on, whatever the input."""
        parts = (self.config, self.columns, self.key, self.format, self.delimiter, self.header)
        return _digest(*parts, self.look, self.tool)


@dataclass(frozen=True, slots=True)
class Source:
    """An input file."""

    path: str
    output: str
    """Where its output goes, relative to that of the job."""
    format: str
    codec: str = ""
    """How it is compressed: gz, zst, bz2, xz or not at all."""
    size: int = 0
    mtime_ns: int = 0
    pieces: tuple[tuple[int, int], ...] = ()
    """Runs of bytes, or of row groups, that are looked at one by one; none: all at once."""
    names: tuple[str, ...] = ()
    """Of the columns, where the first line says them."""
    delimiter: str = ""
    quoted: bool = False
    wide: str = ""
    """The encoding, where its units are of more than a byte."""

    def digest(self, job: Job) -> str:
        """What identifies the result for this input under this job."""
        return _digest(self.path, self.output, self.size, self.mtime_ns, job.digest())


@dataclass(frozen=True, slots=True)
class Task:
    """A piece of work: look at all of a source or one piece of it, or put the pieces together."""

    job: Job
    source: Source
    number: int | None = None
    """The piece to look at; ``None`` means the whole source."""
    finish: bool = False
    """All pieces were looked at: write the output."""

    @property
    def name(self) -> str:
        """What a task is called among those of its source."""
        return "finish" if self.finish else "whole" if self.number is None else str(self.number)

    @property
    def folder(self) -> str:
        """Where what is not finished of this source is kept."""
        return f"{self.job.work}/parts/{self.source.digest(self.job)}"

    @property
    def findings(self) -> str:
        """The file with the findings of this task."""
        return f"{self.folder}/{self.name}.findings.parquet"


@dataclass(slots=True)
class TaskResult:
    """What came of a task."""

    source: str
    name: str
    rows: int = 0
    bytes_read: int = 0
    counts: list[tuple[str, str, bool, int]] = field(default_factory=list)
    """Column, code, whether applied, and how often."""
    damaged_rows: int = 0
    columns: list[tuple[str, str, int]] = field(default_factory=list)
    """Column, code, and the number of rows with such findings in the column."""
    codes: list[tuple[str, int]] = field(default_factory=list)
    """Code or beginning of codes, and the number of rows with such findings."""
    patterns: list[tuple[str, str, str | None, int]] = field(default_factory=list)
    """Code, before, after, and how often: the most frequent."""
    examples: list[tuple[str, int, str | None, str, str, str | None]] = field(default_factory=list)
    """Code, row, key, column, before and after of the first findings of each code."""
    failed: list[tuple[int, str | None, str, str]] = field(default_factory=list)
    """Row, key, column and problem of the first values that passed unchanged."""
    failures: int = 0
    error: str = ""
    """Why nothing came of the task; then nothing was written."""
    killed: bool = False
    """Those who worked at it died of it."""
    seconds: float = 0.0

    def to_json(self) -> dict[str, Any]:
        """Return the result as JSON can hold it."""
        return asdict(self)

    @classmethod
    def from_json(cls, value: dict[str, Any]) -> TaskResult:
        """Read what ``to_json`` returned."""
        lists = ("counts", "columns", "codes", "patterns", "examples", "failed")
        return cls(**value | {name: [tuple(item) for item in value[name]] for name in lists})


def tasks_of(job: Job, source: Source) -> list[Task]:
    """Return the tasks that look at a source, in any order; ``finishing`` may have to follow."""
    if not source.pieces:
        return [Task(job, source)]
    return [Task(job, source, number) for number in range(len(source.pieces))]


def finishing(job: Job, source: Source) -> Task | None:
    """Return the task that follows when all others of the source are done, if there is one."""
    return Task(job, source, finish=True) if source.pieces else None


def _digest(*parts: object) -> str:
    return blake2b(repr(parts).encode("utf-8", "surrogatepass"), digest_size=12).hexdigest()
