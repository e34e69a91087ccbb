"""Shares files out: to this process, or to others that begin while folders are still walked."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager
from typing import TYPE_CHECKING

from repair.cli.look import Looked, Looker

if TYPE_CHECKING:
    from types import TracebackType

    from repair.cli.pool import Pool

# A fork and its pipes cost what some 200 small files do.
LEAST_PARALLEL = 200
# A batch has as much work in it as hides the cost of handing it over, and no more.
BATCH_FILES = 64
BATCH_BYTES = 1 << 18


class Work(AbstractContextManager["Work"]):
    """Takes files one by one, and gives back what became of them, in the same order."""

    def __init__(self, looker: Looker, jobs: int) -> None:
        self.total = 0
        self.unknown = 0
        """Files of which nothing is known; the others are only read."""
        self._looker = looker
        self._jobs = jobs
        self._pool: Pool | None = None
        self._paths: list[str] = []
        """What was not handed to others yet."""
        self._batch: list[str] = []
        self._bytes = 0

    def add(self, path: str, size: int, *, unknown: bool) -> None:
        """Take one more file, of about so many bytes."""
        if self._batch and (len(self._batch) >= BATCH_FILES or self._bytes + size > BATCH_BYTES):
            self._end_batch()
        self._batch.append(path)
        self._bytes += size
        self.total += 1
        self.unknown += unknown

    def results(self, look: Callable[[str], Looked]) -> Iterator[Looked]:
        """Yield what became of each file; ``look`` does it if it is done here.

        Raises:
            WorkerDiedError: says which files it was about.
        """
        self._end_batch()
        if self._pool:
            for several in self._pool.results():
                yield from several
        else:
            yield from map(look, self._paths)

    def _end_batch(self) -> None:
        if self._pool is None:
            self._paths += self._batch
            if self._jobs > 1 and self.unknown >= LEAST_PARALLEL:
                self._start()
        else:
            self._pool.add(self._batch)
        self._batch, self._bytes = [], 0

    def _start(self) -> None:
        from repair.cli.pool import Pool  # noqa: PLC0415 (20 ms)

        self._pool = Pool(self._looker, self._jobs)
        for start in range(0, len(self._paths), BATCH_FILES):
            self._pool.add(self._paths[start : start + BATCH_FILES])

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        """End the other processes: at once, if this was left by an error or an interrupt."""
        if self._pool:
            self._pool.close(at_once=kind is not None)
