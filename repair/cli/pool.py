"""Spreads work over processes and gives the results back in order."""

from __future__ import annotations

import multiprocessing
import os
import signal
import threading
from collections import deque
from collections.abc import Iterable, Iterator, Sequence
from concurrent.futures import Future, ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from contextlib import suppress
from typing import Any

from repair.cli.look import Looked, Looker, WorkerDiedError

# Batches that wait for each process, so that none has to wait while results are written.
AHEAD = 4


def look_at_all(
    looker: Looker, batches: Sequence[Sequence[str]], jobs: int
) -> Iterator[list[Looked]]:
    """Yield for each batch of paths, in order, what became of them.

    Raises:
        WorkerDiedError: says which files it was about.
    """
    import repair.engine  # noqa: F401, PLC0415 (once, and not in each process)

    # A fork takes 16 ms and anything else 100; there are no threads yet that it could harm
    method = "fork" if "fork" in multiprocessing.get_all_start_methods() else None
    pool = ProcessPoolExecutor(
        jobs, multiprocessing.get_context(method), initializer=_begin, initargs=(looker,)
    )
    try:
        yield from _in_order(pool, batches, AHEAD * jobs)
    except BaseException:
        for child in multiprocessing.active_children():
            child.terminate()  # what they work at is not wanted any more
        raise
    finally:
        # The interpreter wakes a pool that is left to itself when it exits, and complains if
        # that has just ended
        pool.shutdown(wait=True, cancel_futures=True)


def _in_order(
    pool: ProcessPoolExecutor, batches: Iterable[Sequence[str]], window: int
) -> Iterator[list[Looked]]:
    waiting: deque[tuple[Sequence[str], Future[list[tuple[Any, ...]]]]] = deque()
    for batch in batches:
        try:
            waiting.append((batch, pool.submit(_look, batch)))
        except BrokenProcessPool as error:
            raise WorkerDiedError((waiting[0][0] if waiting else batch)[0]) from error
        if len(waiting) >= window:
            yield _result(*waiting.popleft())
    while waiting:
        yield _result(*waiting.popleft())


def _result(batch: Sequence[str], future: Future[list[tuple[Any, ...]]]) -> list[Looked]:
    try:
        return [Looked(*values) for values in future.result()]
    except BrokenProcessPool as error:
        raise WorkerDiedError(batch[0]) from error


_looker: Looker | None = None


def _begin(looker: Looker) -> None:
    """Make ready a process for its work: it dies at once if asked to, or if its parent does."""
    global _looker  # noqa: PLW0603 (one for each process)
    _looker = looker
    for number in (signal.SIGINT, signal.SIGTERM):
        signal.signal(number, signal.SIG_DFL)
    threading.Thread(target=_end_with_parent, daemon=True).start()


def _end_with_parent() -> None:
    parent = multiprocessing.parent_process()
    if parent is not None:
        with suppress(OSError):
            parent.join()
        os._exit(1)


def _look(paths: Sequence[str]) -> list[tuple[Any, ...]]:
    """Plain tuples travel at half the price of others."""
    assert _looker is not None  # noqa: S101
    return [tuple(_looker.look(path)) for path in paths]
