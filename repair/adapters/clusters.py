"""What running tasks on a cluster needs, whichever it is."""

from __future__ import annotations

import os
import re
import socket
from collections.abc import Callable
from contextlib import suppress

from repair.adapters import EngineError
from repair.adapters.batch.jobs import Task, TaskResult
from repair.patterns import pattern

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


def check_reachable(address: str) -> None:
    """See that somebody listens at ``host:port``, with or without a scheme before it.

    Ray tries for two minutes and then ends the program, Spark for more than one.

    Raises:
        EngineError: nobody does.
    """
    found = _HOST_AND_PORT.fullmatch(address)
    if found is None:
        return
    try:
        socket.create_connection((found[1], int(found[2])), timeout=_PATIENCE).close()
    except (OSError, OverflowError) as error:
        why = getattr(error, "strerror", None) or error
        msg = f"there is no cluster at {address}: {str(why).lower()}"
        raise EngineError(msg) from None


_HOST_AND_PORT = pattern(r"(?:\w+://)?\[?([\w.:-]+?)\]?:(\d+)", re.ASCII)
_PATIENCE = 10  # seconds; a name that is not known takes 5
