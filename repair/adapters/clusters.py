"""What running tasks on a cluster needs, whichever it is."""

from __future__ import annotations

import os
from collections.abc import Callable
from contextlib import suppress

from repair.adapters.batch.jobs import Task, TaskResult

Work = Callable[[Task], TaskResult]
"""Does a task: ``batch.tasks.run_task``, or that and more."""


def guarded(work: Work, folder: str, task: Task) -> TaskResult:
    """Do a task; an error becomes part of the result, since engines would try it again for it.

    Relative paths are those in ``folder``, where whoever asked is; workers start anywhere.
    """
    with suppress(OSError):  # it may be that another machine has no such folder
        os.chdir(folder)
    try:
        return work(task)
    except Exception as error:  # noqa: BLE001 (the input counts as failed, and the rest goes on)
        return TaskResult(task.source.path, task.name, error=f"{type(error).__name__}: {error}")


def given_up(task: Task, problem: str) -> TaskResult:
    """Return the result of a task that ended all who worked at it."""
    return TaskResult(task.source.path, task.name, error=problem, killed=True)
