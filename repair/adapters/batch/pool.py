"""Processes that do tasks: killed ones are replaced, and none outlives who started them.

``multiprocessing.Pool`` hangs for ever when a worker is killed, and ``ProcessPoolExecutor`` gives
up all of its work; so a worker is a process and a pipe, and the task it dies of is known.
"""

from __future__ import annotations

import multiprocessing
import os
import signal
import threading
from collections import Counter, deque
from collections.abc import Iterable, Iterator
from contextlib import suppress
from dataclasses import dataclass
from multiprocessing.connection import Connection, wait
from multiprocessing.process import BaseProcess

from repair.adapters.batch.jobs import Task, TaskResult
from repair.adapters.batch.tasks import run_task

TRIES = 3
"""A task that this many processes died of is given up."""

# A fork would copy the threads' locks of Arrow; a fresh process takes some 0.4 s, once.
_CONTEXT = multiprocessing.get_context("spawn")


@dataclass(slots=True)
class _Worker:
    process: BaseProcess
    pipe: Connection
    task: Task | None = None


def run_in_processes(tasks: Iterable[Task], jobs: int) -> Iterator[tuple[Task, TaskResult]]:
    """Yield tasks with what came of them, in the order in which they are done."""
    waiting = iter(tasks)
    again: deque[Task] = deque()
    deaths: Counter[Task] = Counter()
    workers: list[_Worker] = []
    try:
        while True:
            _hand_out(workers, waiting, again, jobs)
            busy = {worker.pipe: worker for worker in workers if worker.task is not None}
            if not busy:
                return
            for ready in wait(list(busy)):
                worker = busy[ready]  # type: ignore[index]
                task = worker.task
                assert task is not None  # noqa: S101
                result = _received(worker)
                if result is None:
                    workers.remove(worker)
                    deaths[task] += 1
                    if deaths[task] < TRIES:
                        again.append(task)
                        continue
                    result = TaskResult(task.source.path, task.name, error=_death(worker))
                    result.killed = True
                yield task, result
    finally:
        for worker in workers:
            worker.process.kill()  # it does nothing that could not be done again
            worker.process.join()


def _hand_out(
    workers: list[_Worker], waiting: Iterator[Task], again: deque[Task], jobs: int
) -> None:
    """Give each idle worker a task, and start workers while there is more to do."""
    while True:
        idle = next((worker for worker in workers if worker.task is None), None)
        if idle is None and len(workers) >= jobs:
            return
        task = next(waiting, None)
        # What somebody died of comes last, so that it holds up nothing else
        if task is None and again:
            task = again.popleft()
        if task is None:
            return
        if idle is None:
            idle = _start()
            workers.append(idle)
        idle.task = task
        with suppress(OSError):  # it has died meanwhile, which shows when it is waited for
            idle.pipe.send(task)


def _start() -> _Worker:
    ours, theirs = _CONTEXT.Pipe()
    process = _CONTEXT.Process(target=work, args=(theirs,), daemon=True)
    process.start()
    theirs.close()
    return _Worker(process, ours)


def _received(worker: _Worker) -> TaskResult | None:
    """What a worker sends; ``None`` if it is dead."""
    try:
        result: TaskResult = worker.pipe.recv()
    except (EOFError, OSError):
        worker.process.join()
        worker.pipe.close()
        return None
    worker.task = None
    return result


def _death(worker: _Worker) -> str:
    code = worker.process.exitcode
    how = f"by signal {signal.Signals(-code).name}" if code and code < 0 else f"with status {code}"
    return f"{TRIES} processes ended {how} while they worked at it"


def work(pipe: Connection) -> None:
    """Do one task after another until nobody asks any more."""
    for number in (signal.SIGINT, signal.SIGTERM):
        signal.signal(number, signal.SIG_DFL)
    if hasattr(signal, "SIGINT"):
        signal.signal(signal.SIGINT, signal.SIG_IGN)  # whoever asked for work decides
    threading.Thread(target=_end_with_parent, daemon=True).start()
    with suppress(EOFError, OSError):
        while True:
            pipe.send(run_task(pipe.recv()))


def _end_with_parent() -> None:
    parent = multiprocessing.parent_process()
    if parent is not None:
        with suppress(OSError):
            parent.join()
        os._exit(1)
