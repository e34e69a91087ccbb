"""Spreads work over processes and gives the results back in order."""

from __future__ import annotations

import gc
import multiprocessing
import os
import signal
import threading
from collections import deque
from collections.abc import Iterator, Sequence
from concurrent.futures import Future, ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from contextlib import suppress
from typing import Any

from repair.cli.look import Looked, Looker, WorkerDiedError

# Batches that wait for each process, so that none has to wait while results are written.
AHEAD = 16


class Pool:
    """Processes that look at batches of files."""

    def __init__(self, looker: Looker, jobs: int) -> None:
        # A fork takes 16 ms and anything else 100; there are no threads yet that it could harm
        method = "fork" if "fork" in multiprocessing.get_all_start_methods() else None
        self._processes = ProcessPoolExecutor(
            jobs, multiprocessing.get_context(method), initializer=_begin, initargs=(looker,)
        )
        self._most = AHEAD * jobs
        self._later: deque[Sequence[str]] = deque()
        self._waiting: deque[tuple[Sequence[str], Future[list[_Row]]]] = deque()

    def add(self, batch: Sequence[str]) -> None:
        """Take one more batch of files.

        Raises:
            WorkerDiedError: says which files it was about.
        """
        self._later.append(batch)
        self._hand_over()

    def results(self) -> Iterator[list[Looked]]:
        """Yield for each batch, in order, what became of its files.

        Raises:
            WorkerDiedError: says which files it was about.
        """
        while self._waiting:
            batch, future = self._waiting.popleft()
            try:
                rows = future.result()
            except BrokenProcessPool as error:
                raise WorkerDiedError(batch[0]) from error
            self._hand_over()
            yield [_looked(path, row) for path, row in zip(batch, rows, strict=True)]

    def close(self, *, at_once: bool) -> None:
        """End the processes; ``at_once`` if what they work at is not wanted any more."""
        if at_once:
            for child in multiprocessing.active_children():
                child.terminate()
        # The interpreter wakes a pool that is left to itself when it exits, and complains if
        # that has just ended
        self._processes.shutdown(wait=True, cancel_futures=True)

    def _hand_over(self) -> None:
        while self._later and len(self._waiting) < self._most:
            batch = self._later.popleft()
            try:
                self._waiting.append((batch, self._processes.submit(_look, batch)))
            except BrokenProcessPool as error:
                oldest = self._waiting[0][0] if self._waiting else batch
                raise WorkerDiedError(oldest[0]) from error


_Row = tuple[Any, ...] | None
"""What travels: of a file in which nothing was found what is to be remembered, if anything; else
all that became of it, as a plain tuple, which travels at half the price of others."""


def _looked(path: str, row: _Row) -> Looked:
    if row is None or len(row) == _OF_KNOWN:
        return Looked(path, None, "", row)
    return Looked(*row)


_OF_KNOWN = 3


def _row(looked: Looked) -> _Row:
    return looked.known if looked.outcome is None else tuple(looked)


_looker: Looker | None = None


def _begin(looker: Looker) -> None:
    """Make ready a process for its work: it dies at once if asked to, or if its parent does."""
    global _looker  # noqa: PLW0603 (one for each process)
    _looker = looker
    gc.freeze()  # what was there before the fork is not looked through again
    gc.enable()
    for number in (signal.SIGINT, signal.SIGTERM):
        signal.signal(number, signal.SIG_DFL)
    threading.Thread(target=_end_with_parent, daemon=True).start()


def _end_with_parent() -> None:
    parent = multiprocessing.parent_process()
    if parent is not None:
        with suppress(OSError):
            parent.join()
        os._exit(1)


def _look(paths: Sequence[str]) -> list[_Row]:
    assert _looker is not None  # noqa: S101
    return [_row(_looker.look(path)) for path in paths]
